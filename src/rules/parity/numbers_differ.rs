//! `numbers-differ`: both languages state the same numbers.

use crate::{
    prose::FactKind,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        texts::each_difference,
    },
};

rule! {
    /// # Numbers differ
    ///
    /// Both languages state the same numbers, each as often. Decimal signs, thousands, words for numbers (`two`,
    /// `duas`, `vinte e quatro`), `half` and `metade`, `twice` and `dobro` are read as what they mean; `one` and `um`
    /// answer a 1 and need no answer. Numbers in code and in addresses belong to other rules.
    ///
    /// ## Why
    ///
    /// In VTEX's postmortem the paragraph on the 4-hour target stands twice in English and once in Portuguese. No
    /// number there is wrong; the next one may be.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: Searches succeeded again for 99.5 % of the stores.
    ///   pt-BR: As buscas voltaram a funcionar em 95,5 % das lojas.
    /// ```
    /// > `summary`: `99.5 %` only in English, `95,5 %` only in Portuguese
    /// > `summary`: `99.5 %` só em inglês, `95,5 %` só em português
    ///
    /// ```yaml summary.en
    /// summary:
    ///   en: Two of the three clusters stopped.
    ///   pt-BR: Dois dos clusters pararam.
    /// ```
    /// > `summary`: `three` only in English
    /// > `summary`: `three` só em inglês
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: Two of 1,234.5 thousand orders were read twice.
    ///   pt-BR: Dois de 1.234,5 mil pedidos foram lidos duas vezes.
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the side that is wrong, or leave the number to a field, which both languages are rendered from.
    ///
    /// # Números divergentes
    ///
    /// Os dois idiomas trazem os mesmos números, o mesmo número de vezes. Vírgula e ponto decimal, milhares, números
    /// por extenso (`two`, `duas`, `vinte e quatro`), `half` e `metade`, `twice` e `dobro` valem pelo que significam;
    /// `one` e `um` correspondem a um 1, mas não exigem correspondente. Números em código e em endereços ficam com
    /// outras regras.
    ///
    /// ## Por quê
    ///
    /// No postmortem da VTEX, o parágrafo sobre a meta de 4 horas aparece duas vezes em inglês e uma em português.
    /// Nenhum número ali está errado; o próximo pode estar.
    ///
    /// ## Correção
    ///
    /// Corrija o lado errado ou deixe o número a cargo de um campo, do qual os dois idiomas são gerados.
    "numbers-differ": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let both = |field, en_only, pt_only| {
        sentence! { field = field, en_only = en_only, pt_only = pt_only =>
            "`{field}`: {en_only} only in English, {pt_only} only in Portuguese",
            "`{field}`: {en_only} só em inglês, {pt_only} só em português"
        }
    };
    let help = words! {
        "correct the side that is wrong, or leave the number to a field",
        "corrija o lado errado ou deixe o número a cargo de um campo"
    };
    each_difference(case, out, FactKind::Number, both, &help);
}
