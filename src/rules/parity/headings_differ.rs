//! `headings-differ`: the headings of both languages follow the same levels.

use crate::{
    language::Quantity,
    prose::Tongue,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Headings differ
    ///
    /// The Markdown headings of both texts have the same levels in the same order.
    ///
    /// ## Why
    ///
    /// VTEX's Portuguese postmortem has a heading above each of its two accidents; in the stored English text there is
    /// none, and where the first accident ends must be guessed.
    ///
    /// ## Fires
    ///
    /// ```yaml internal_summary.pt-BR
    /// internal_summary:
    ///   en: "## Search\n\nIt stopped.\n\n### Why\n\nNobody knows."
    ///   pt-BR: "## Busca\n\nParou.\n\nPor quê: ninguém sabe."
    /// ```
    /// > the headings of `internal_summary` differ at heading 2: level 3 in English, none in Portuguese
    /// > os títulos de `internal_summary` diferem no título 2: nível 3 em inglês, nenhum em português
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// internal_summary:
    ///   en: "## Search\n\nIt stopped."
    ///   pt-BR: "## Busca\n\nParou."
    /// ```
    ///
    /// ## Fix
    ///
    /// Give both texts the same headings.
    ///
    /// # Títulos divergentes
    ///
    /// Os títulos em Markdown dos dois textos têm os mesmos níveis, na mesma ordem.
    ///
    /// ## Por quê
    ///
    /// O postmortem da VTEX em português traz um título acima de cada um dos dois acidentes; o texto em inglês, como foi
    /// arquivado, não traz nenhum, e é preciso adivinhar onde termina o primeiro.
    ///
    /// ## Correção
    ///
    /// Dê aos dois textos os mesmos títulos.
    "headings-differ": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        let (en, pt) = (pair.text(Tongue::English).headings(), pair.text(Tongue::Portuguese).headings());
        if en == pt {
            continue;
        }
        let at = en.iter().zip(pt).position(|(en, pt)| en != pt).unwrap_or(en.len().min(pt.len()));
        let told = |levels: &[u8]| match levels.get(at) {
            Some(level) => Quantity::named(format!("level {level}"), format!("nível {level}")),
            None => Quantity::named("none", "nenhum"),
        };
        let sentence = sentence! {
            field = pair.field(judged).to_string(),
            number = at + 1,
            en_level = told(en),
            pt_level = told(pt) =>
            "the headings of `{field}` differ at heading {number}: {en_level} in English, {pt_level} in Portuguese",
            "os títulos de `{field}` diferem no título {number}: {en_level} em inglês, {pt_level} em português"
        };
        out.find(judged, pair.side(judged, pair.translation()), sentence).help = words! {
            "give both texts the same headings",
            "dê aos dois textos os mesmos títulos"
        };
    }
}
