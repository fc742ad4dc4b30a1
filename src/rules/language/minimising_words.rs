//! `minimising-words`: those few were hit in full.

use crate::{
    locate::{Field, Step},
    rules::{
        Case,
        lists::List,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        wording::at,
    },
};

rule! {
    /// # Minimising words
    ///
    /// Summary and posts do not make little of the impact: only a few customers, a small number of users, a minor issue, any
    /// inconvenience. "Only" by itself is not looked at.
    ///
    /// ## Why
    ///
    /// Productsup's "a few clients were excluded" reads otherwise to those few. A number says the same, and hurts nobody.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.en
    /// summary: {en: Only a small number of users saw errors., pt-BR: Usuários viram erros.}
    /// ```
    /// > "Only a small number" makes little of the impact; state it
    /// > "Only a small number" minimiza o impacto; diga qual foi
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary: {en: Orders did not advance; only reading worked. 2% of the stores could not import., pt-BR: Os pedidos não avançaram; só a leitura funcionava. 2% das lojas não conseguiram importar.}
    /// ```
    ///
    /// ## Fix
    ///
    /// State how many, or which part.
    ///
    /// # Palavras que minimizam
    ///
    /// Resumo e publicações não minimizam o impacto: apenas alguns clientes, um pequeno número de usuários, um pequeno
    /// problema, qualquer inconveniente. Um "só" ou "apenas" sozinho não é examinado.
    ///
    /// ## Por quê
    ///
    /// "Alguns clientes ficaram de fora", da Productsup, soa diferente para esses alguns. Um número diz o mesmo e não fere
    /// ninguém.
    ///
    /// ## Correção
    ///
    /// Diga quantos, ou que parte.
    "minimising-words": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let signs = out.signs(case);
    for (judged, sign) in signs.of(case, List::Minimising, |_, field| is_told(field)) {
        let sentence = sentence! { text = sign.phrase.as_str() =>
            "\"{text}\" makes little of the impact; state it",
            "\"{text}\" minimiza o impacto; diga qual foi"
        };
        let finding = out.find(judged, sign.field.clone(), sentence);
        at(finding, &sign.phrase);
        finding.help = words! { "state how many, or which part: `2% of stores`", "diga quantos, ou que parte: `2% das lojas`" };
    }
}

/// Whether a field is what customers are told first.
fn is_told(field: &Field) -> bool {
    let key = |at: usize| match field.steps().get(at) {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    key(0) == "summary" || (key(0) == "comms" && matches!(key(2), "text" | "parts"))
}
