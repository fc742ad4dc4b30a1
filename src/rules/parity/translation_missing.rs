//! `translation-missing`: every language the workspace promises.

use crate::{
    locate::Field,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Translation missing
    ///
    /// Every localized field has a text in each language of `org.languages`. A blank text counts as missing. Fields
    /// named under `not_translated` in `relato.yaml` need only the source language.
    ///
    /// ## Why
    ///
    /// The Portuguese front matter of VTEX's postmortem has a synopsis; the English one has none. Readers of one
    /// language are told less.
    ///
    /// ## Fires
    ///
    /// ```yaml title
    /// title: {en: Orders stopped}
    /// ```
    /// > `title` is missing in pt-BR
    /// > falta `title` em pt-BR
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// title: {en: Orders stopped, pt-BR: Pedidos parados}
    /// ```
    ///
    /// ## Fix
    ///
    /// Translate it, or name the field under `not_translated` in `relato.yaml`.
    ///
    /// # Tradução ausente
    ///
    /// Todo campo traduzível tem um texto em cada idioma de `org.languages`. Texto em branco conta como ausente. Campos
    /// citados em `not_translated` no `relato.yaml` precisam só do idioma de origem.
    ///
    /// ## Por quê
    ///
    /// O cabeçalho em português do postmortem da VTEX tem uma sinopse; o inglês, não. Quem lê em um dos idiomas fica
    /// sabendo menos.
    ///
    /// ## Correção
    ///
    /// Traduza o texto ou cite o campo em `not_translated` no `relato.yaml`.
    "translation-missing": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let languages = &case.settings.org.languages;
    for judged in case.incidents {
        let mut missing: Vec<(Field, &str, bool)> = Vec::new();
        judged.incident.each_text(&mut |path, text| {
            // a text that is not there at all is missing in no language
            if text.iter().next().is_none() {
                return;
            }
            for language in languages {
                if text.get(language).is_none() {
                    // what `relato new` leaves
                    let is_held_open = text.iter().any(|(tag, text)| tag == language && text.trim() == "…");
                    missing.push((path.field(), language, is_held_open));
                }
            }
        });
        for (field, language, is_held_open) in missing {
            let source =
                judged.incident.source_language.as_deref().unwrap_or(&case.settings.org.source_language);
            if language != source && case.settings.not_translated.iter().any(|name| name == field.name()) {
                continue;
            }
            let sentence = sentence! { field = field.to_string(), lang = language =>
                "`{field}` is missing in {lang}",
                "falta `{field}` em {lang}"
            };
            out.find(judged, field, sentence).help = match is_held_open {
                true => words! { "write the text in place of `…`", "escreva o texto no lugar de `…`" },
                false => words! { lang = language =>
                    "add `{lang}: …` beside the other language",
                    "acrescente `{lang}: …` ao lado do outro idioma"
                },
            };
        }
    }
}
