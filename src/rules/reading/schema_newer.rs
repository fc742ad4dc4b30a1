//! `schema-newer`: a file written for a newer relato.

use crate::{
    model::FaultKind,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Written for a newer relato
    ///
    /// `relato:` names the version of the format. This relato reads version 1 and refuses to guess at newer ones.
    ///
    /// ## Why
    ///
    /// A field that means something else in a newer version would be judged by the wrong rule.
    ///
    /// ## Fires
    ///
    /// ```yaml relato
    /// relato: 2
    /// ```
    /// > the file is written in version 2 of the format; this relato reads version 1
    /// > o arquivo usa a versão 2 do formato; este programa lê a versão 1
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// relato: 1
    /// ```
    ///
    /// ## Fix
    ///
    /// Install a newer relato, or write `relato: 1`.
    ///
    /// # Arquivo de uma versão mais nova do formato
    ///
    /// `relato:` diz a versão do formato. Esta versão do programa lê a 1 e não tenta adivinhar as mais novas.
    ///
    /// ## Por quê
    ///
    /// Um campo que muda de sentido em uma versão nova seria julgado pela regra errada.
    ///
    /// ## Correção
    ///
    /// Instale uma versão mais nova do relato ou escreva `relato: 1`.
    "schema-newer": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.faults {
        let FaultKind::NewerSchema { found, known } = &fault.kind else { continue };
        let sentence = sentence! { found = found.as_str(), known = i64::from(*known) =>
            "the file is written in version {found} of the format; this relato reads version {known}",
            "o arquivo usa a versão {found} do formato; este programa lê a versão {known}"
        };
        out.find_fault(fault, sentence).help = words! { known = i64::from(*known) =>
            "install a newer relato, or write `relato: {known}`",
            "instale uma versão mais nova do relato ou escreva `relato: {known}`"
        };
    }
}
