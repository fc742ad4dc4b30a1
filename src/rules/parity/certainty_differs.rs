//! `certainty-differs`: what one language makes certain or doubtful, whole or partial, the other does too.

use crate::{
    prose::Tongue,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        texts::{at, other, tag},
    },
};

rule! {
    /// # Certainty or extent differs
    ///
    /// In two paragraphs that are each other's translation, a word that makes a statement more or less certain or whole
    /// (`apparently`, `almost`, `directly`, `automatically`, `certainly` and their like) has its counterpart.
    ///
    /// ## Why
    ///
    /// In VTEX's two postmortems a group that is `aparentemente grande` is simply `large` in English; `quase todo o ano`
    /// becomes `much of the year`; sales that were not affected `directly` are not affected at all in Portuguese.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR besides=vague-quantity
    /// summary:
    ///   en: A large group of customers reads orders through search.
    ///   pt-BR: Um grupo aparentemente grande de clientes lê pedidos pela busca.
    /// ```
    /// > `summary`: `aparentemente` has no counterpart in en
    /// > `summary`: `aparentemente` não tem correspondente em en
    ///
    /// ## Silent
    ///
    /// ```yaml besides=vague-quantity
    /// summary:
    ///   en: An apparently large group of customers reads orders through search.
    ///   pt-BR: Um grupo aparentemente grande de clientes lê pedidos pela busca.
    /// ```
    ///
    /// ## Fix
    ///
    /// Say it with the same certainty in both languages.
    ///
    /// # Certeza ou alcance divergente
    ///
    /// Em dois parágrafos que são tradução um do outro, uma palavra que torna uma afirmação mais ou menos certa, ou mais ou
    /// menos completa (`aparentemente`, `quase`, `diretamente`, `automaticamente`, `certamente` e semelhantes), tem a sua
    /// correspondente.
    ///
    /// ## Por quê
    ///
    /// Nos dois postmortems da VTEX, um grupo `aparentemente grande` é só `large` em inglês; `quase todo o ano` vira `much of
    /// the year`; vendas que não foram afetadas `directly` não foram afetadas de modo algum em português.
    ///
    /// ## Correção
    ///
    /// Diga com a mesma certeza nos dois idiomas.
    "certainty-differs": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        for aligned in pair.text(Tongue::English).aligned(pair.text(Tongue::Portuguese)) {
            for (tongue, shades) in [Tongue::English, Tongue::Portuguese].into_iter().zip(aligned.shades()) {
                for shade in shades {
                    let sentence = sentence! {
                        field = pair.field(judged).to_string(),
                        word = shade.only.text.clone(),
                        lang = tag(other(tongue)) =>
                        "`{field}`: `{word}` has no counterpart in {lang}",
                        "`{field}`: `{word}` não tem correspondente em {lang}"
                    };
                    let finding = out.find(judged, pair.side(judged, tongue), sentence);
                    finding.help = words! { counterpart = shade.counterpart =>
                        "say it with the same certainty in both languages, there with `{counterpart}` or the like",
                        "diga com a mesma certeza nos dois idiomas, lá com `{counterpart}` ou algo assim"
                    };
                    at(finding, &shade.only);
                }
            }
        }
    }
}
