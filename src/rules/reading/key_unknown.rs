//! `key-unknown`: a key that the format does not have.

use crate::{
    finding::Fix,
    model::FaultKind,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # Unknown key
    ///
    /// Every key is one of the format's. Keys that begin with `x-` are free.
    ///
    /// ## Why
    ///
    /// A misspelt `recoverd` would otherwise be an impact that never recovered.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recoverd
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     recoverd: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    /// > there is no key `recoverd` here
    /// > não existe a chave `recoverd` aqui
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// x-notes: whatever a team likes
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the key that was meant. Keys of your own begin with `x-`.
    ///
    /// # Chave desconhecida
    ///
    /// Toda chave é uma das chaves do formato. Chaves que começam com `x-` são livres.
    ///
    /// ## Por quê
    ///
    /// Sem isso, um `recoverd` digitado errado seria um impacto que nunca se recuperou.
    ///
    /// ## Correção
    ///
    /// Escreva a chave pretendida. Chaves próprias começam com `x-`.
    "key-unknown": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.faults {
        let FaultKind::UnknownKey { key, near, known } = &fault.kind else { continue };
        let sentence = sentence! { key = key.as_str() => "there is no key `{key}` here", "não existe a chave `{key}` aqui" };
        let finding = out.find_fault(fault, sentence);
        finding.fix = near.as_ref().filter(|near| near.sure).map(|near| Fix::new(key, near.as_str()));
        finding.help = match near {
            Some(near) => {
                words! { near = near.as_str() => "did you mean `{near}`?", "você quis dizer `{near}`?" }
            }
            None if known.is_empty() => words! { key = key.as_str() =>
                "remove it, or write `x-{key}` if it is your own",
                "remova-a ou escreva `x-{key}`, se for uma chave própria"
            },
            None => words! { key = key.as_str(), known = several(known.iter().copied()) =>
                "the keys here are {known}; write `x-{key}` if it is your own",
                "as chaves aqui são {known}; escreva `x-{key}`, se for uma chave própria"
            },
        };
    }
}
