//! `translation-stale`: a translation was reviewed against another source text than there is now.

use crate::{
    review::{source_language, stale},
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Translation is stale
    ///
    /// `translation.<language>.source_hashes` keeps a hash of each source text as it was when its translation was
    /// reviewed; `relato translate --mark-reviewed` writes it. The source text still has that hash. Line breaks, white
    /// space and the encoding of accents do not count.
    ///
    /// ## Why
    ///
    /// This is the commonest drift there is: someone corrects one language and forgets the other. Of 49 differences
    /// between VTEX's two postmortems, 20 need a reader, and the gravest are among them; that a translation must be read
    /// again takes no linguistics to know.
    ///
    /// ## Fires
    ///
    /// ```yaml title.pt-BR
    /// title: {en: Orders and search stopped, pt-BR: Pedidos parados}
    /// translation:
    ///   pt-BR: {reviewed_by: role:editor-pt, reviewed_on: 2026-03-05, source_hashes: {title: 8f2e65c1c2d3e4f5}}
    /// ```
    /// > the en text of `title` has changed since its pt-BR was reviewed on March 5, 2026
    /// > o texto en de `title` mudou desde a revisão do pt-BR em 5 de março de 2026
    ///
    /// ```yaml actions[0].title.pt-BR
    /// translation:
    ///   pt-BR: {source_hashes: {actions.A1.title: 8f2e65c1c2d3e4f5}}
    /// ```
    /// > the en text of `actions[0].title` has changed since its pt-BR was reviewed
    /// > o texto en de `actions[0].title` mudou desde a revisão do pt-BR
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// title: {en: Orders stopped, pt-BR: Pedidos parados}
    /// translation:
    ///   pt-BR: {reviewed_by: role:editor-pt, reviewed_on: 2026-03-05, source_hashes: {title: 25507f2152e81800}}
    /// ```
    ///
    /// ## Fix
    ///
    /// `relato translate --stale` shows what changed. Bring the translation up to date, then run
    /// `relato translate --mark-reviewed`.
    ///
    /// # Tradução desatualizada
    ///
    /// `translation.<idioma>.source_hashes` guarda um hash de cada texto de origem como estava quando a tradução foi revisada;
    /// quem o grava é `relato translate --mark-reviewed`. O texto de origem ainda tem esse hash. Quebras de linha, espaços e a
    /// codificação dos acentos não contam.
    ///
    /// ## Por quê
    ///
    /// É a divergência mais comum que existe: alguém corrige um idioma e esquece o outro. Das 49 diferenças entre os dois
    /// postmortems da VTEX, 20 só um leitor percebe, e as mais graves estão entre elas; para saber que uma tradução precisa
    /// ser relida não é preciso linguística nenhuma.
    ///
    /// ## Correção
    ///
    /// `relato translate --stale` mostra o que mudou. Atualize a tradução e então execute
    /// `relato translate --mark-reviewed`.
    "translation-stale": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        if judged.incident.translation.is_empty() {
            continue;
        }
        let source = source_language(judged.incident, &case.settings.org.source_language);
        for stale in stale(judged.incident, source) {
            let (field, lang) = (stale.source.field, stale.language);
            let told = field.to_string();
            let sentence = match stale.reviewed_on {
                Some(date) => sentence! { field = told, source = source, lang = lang, date = date =>
                    "the {source} text of `{field}` has changed since its {lang} was reviewed on {date}",
                    "o texto {source} de `{field}` mudou desde a revisão do {lang} em {date}"
                },
                None => sentence! { field = told, source = source, lang = lang =>
                    "the {source} text of `{field}` has changed since its {lang} was reviewed",
                    "o texto {source} de `{field}` mudou desde a revisão do {lang}"
                },
            };
            out.find(judged, field.key(lang), sentence).help = words! {
                "`relato translate --stale` shows what changed; then `relato translate --mark-reviewed`",
                "`relato translate --stale` mostra o que mudou; depois, `relato translate --mark-reviewed`"
            };
        }
    }
}
