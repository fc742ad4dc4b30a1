//! `lists-differ`: the lists of both languages have the same shape.

use crate::{
    prose::Tongue,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Lists differ
    ///
    /// The Markdown lists of both texts have the same number of items at each level, and numbered lists stay numbered.
    ///
    /// ## Why
    ///
    /// VTEX's Portuguese postmortem numbers four lessons with their actions; the English one runs all four on in a single
    /// paragraph, where the fourth is easily missed.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: |-
    ///     What changes:
    ///
    ///     - Search has servers of its own.
    ///     - Support asks engineers directly.
    ///   pt-BR: |-
    ///     O que muda:
    ///
    ///     - A busca tem servidores próprios. O suporte fala direto com os engenheiros.
    /// ```
    /// > `summary` has more or fewer list items in one language: 2 in English, 1 in Portuguese
    /// > `summary` tem itens de lista a mais ou a menos em um idioma: 2 em inglês, 1 em português
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: "1. Search stopped.\n2. Orders stopped."
    ///   pt-BR: "- A busca parou.\n- Os pedidos pararam."
    /// ```
    /// > the lists of `summary` have 2 items in both languages; from item 1 on they differ in level or in numbering
    /// > as listas de `summary` têm 2 itens nos dois idiomas; a partir do item 1, diferem no nível ou na numeração
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: "1. Search stopped.\n2. Orders stopped."
    ///   pt-BR: "1. A busca parou.\n2. Os pedidos pararam."
    /// ```
    ///
    /// ## Fix
    ///
    /// Give both texts the same list.
    ///
    /// # Listas divergentes
    ///
    /// As listas em Markdown dos dois textos têm o mesmo número de itens em cada nível, e listas numeradas continuam
    /// numeradas.
    ///
    /// ## Por quê
    ///
    /// O postmortem da VTEX em português numera quatro aprendizados com suas ações; o inglês emenda os quatro em um
    /// parágrafo só, em que o quarto passa facilmente despercebido.
    ///
    /// ## Correção
    ///
    /// Dê aos dois textos a mesma lista.
    "lists-differ": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        let (en, pt) = (pair.text(Tongue::English).items(), pair.text(Tongue::Portuguese).items());
        if en == pt {
            continue;
        }
        let field = pair.field(judged).to_string();
        let sentence = if en.len() == pt.len() {
            let from = en.iter().zip(pt).position(|(en, pt)| en != pt).unwrap_or(0) + 1;
            sentence! { field = field, count = en.len(), from = from =>
                "the lists of `{field}` have {count} items in both languages; from item {from} on they differ in level or in numbering",
                "as listas de `{field}` têm {count} itens nos dois idiomas; a partir do item {from}, diferem no nível ou na numeração"
            }
        } else {
            sentence! { field = field, en_n = en.len(), pt_n = pt.len() =>
                "`{field}` has more or fewer list items in one language: {en_n} in English, {pt_n} in Portuguese",
                "`{field}` tem itens de lista a mais ou a menos em um idioma: {en_n} em inglês, {pt_n} em português"
            }
        };
        out.find(judged, pair.side(judged, pair.translation()), sentence).help = words! {
            "give both texts the same list",
            "dê aos dois textos a mesma lista"
        };
    }
}
