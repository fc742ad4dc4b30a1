//! `term-not-in-glossary`: an acronym that nobody explains.

use std::collections::{HashMap, HashSet};

use crate::{
    locate::Field,
    model::Localized,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        wording::{at, plain},
    },
};

rule! {
    /// # Term not in the glossary
    ///
    /// An acronym in a public text, two to six capitals, stands in `glossary.yaml` (as an acronym, in a term, or among the
    /// words that stay as they are), in a name of the catalogue, or is explained in a public text of the incident: `single
    /// point of failure (SPOF)`. Clocks, currencies and units of measure need no explanation. The rule asks nothing of a
    /// workspace without a glossary.
    ///
    /// ## Why
    ///
    /// OMS, ERP, SPOF and API stand unexplained in what VTEX and Allegro tell their customers.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.en
    /// summary: {en: The queue was a SPOF., pt-BR: A fila era o único ponto de falha.}
    /// ```
    /// > "SPOF" is not in the glossary, and no public text explains it
    /// > "SPOF" não está no glossário, e nenhum texto público explica a sigla
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary: {en: "The queue of the OMS was a single point of failure (SPOF). The SPOF stopped at 10:00 UTC.", pt-BR: "A fila do OMS era um ponto único de falha (SPOF). O SPOF parou às 10h00 UTC."}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add it to `glossary.yaml`, or expand it at its first use.
    ///
    /// # Termo fora do glossário
    ///
    /// Uma sigla em um texto público, de duas a seis maiúsculas, está no `glossary.yaml` (como sigla, em um termo ou entre
    /// as palavras que ficam como estão), em um nome do catálogo, ou é explicada em um texto público do incidente: `ponto
    /// único de falha (SPOF)`. Horários, moedas e unidades de medida dispensam explicação. A regra não vale em um workspace
    /// sem glossário.
    ///
    /// ## Por quê
    ///
    /// OMS, ERP, SPOF e API aparecem sem explicação no que a VTEX e o Allegro contam aos clientes.
    ///
    /// ## Correção
    ///
    /// Acrescente a sigla ao `glossary.yaml` ou explique-a no primeiro uso.
    "term-not-in-glossary": Info Fact
}

/// What everybody reads without help, and small words that stand in capitals for their weight.
const KNOWN: &[&str] = &[
    "UTC", "GMT", "AM", "PM", "CET", "CEST", "EST", "EDT", "PST", "PDT", "BRT", "BRST", "OK", "KB", "MB",
    "GB", "TB", "PB", "KIB", "MIB", "GIB", "USD", "EUR", "BRL", "GBP", "US", "USA", "UK", "EU", "UE", "EUA",
    "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "TV", "PC", "ID", "PDF", "CSV", "FAQ", "CEO",
    "CTO", "IT", "TI", "NOT", "AND", "OR", "ALL", "NO", "YES", "OU", "SIM", "UM", "UMA", "PIX", "CPF",
    "CNPJ", "SMS", "SP", "RJ",
];

fn check(case: &Case<'_>, out: &mut Sink) {
    let glossary = case.glossary;
    if glossary.terms.is_empty() && glossary.acronyms.is_empty() && glossary.do_not_translate.is_empty() {
        return;
    }
    let mut known: Option<HashSet<&str>> = None;
    for judged in case.incidents {
        let mut first: HashMap<String, Field> = HashMap::new();
        let mut order: Vec<String> = Vec::new();
        let mut explained: HashSet<String> = HashSet::new();
        judged.incident.each_public_text(&mut |path, localized| {
            for (tag, text) in localized.iter().filter(|(_, text)| has_acronym(text)) {
                let plain = plain(text);
                for (acronym, is_explained) in acronyms(&plain) {
                    if is_explained {
                        explained.insert(acronym.to_owned());
                    }
                    if !first.contains_key(acronym) {
                        first.insert(acronym.to_owned(), path.key(tag).field());
                        order.push(acronym.to_owned());
                    }
                }
            }
        });
        if order.is_empty() {
            continue;
        }
        let known = known.get_or_insert_with(|| known_words(case));
        for acronym in order {
            if known.contains(acronym.as_str()) || explained.contains(&acronym) {
                continue;
            }
            let Some(field) = first.remove(&acronym) else { continue };
            let sentence = sentence! { term = acronym.as_str() =>
                "\"{term}\" is not in the glossary, and no public text explains it",
                "\"{term}\" não está no glossário, e nenhum texto público explica a sigla"
            };
            let finding = out.find(judged, field, sentence);
            at(finding, &acronym);
            finding.help = words! {
                "add it under `acronyms` in `glossary.yaml`, or expand it at its first use",
                "acrescente a sigla em `acronyms` no `glossary.yaml` ou explique-a no primeiro uso"
            };
        }
    }
}

fn has_acronym(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase()))
}

/// The acronyms of a text, each with whether it stands there with its explanation.
fn acronyms(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += bytes.get(at..)?.iter().position(u8::is_ascii_uppercase)?;
            let end = at
                + bytes.get(at..)?.iter().position(|b| !b.is_ascii_uppercase()).unwrap_or(bytes.len() - at);
            let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied();
            let after = bytes.get(end).copied();
            let joined = |byte: Option<u8>| {
                byte.is_some_and(|b| {
                    b.is_ascii_alphanumeric()
                        || b >= 0x80
                        || matches!(b, b'_' | b'-' | b'/' | b'.' | b'&' | b'@' | b'#')
                })
            };
            // a full stop ends a sentence; a small `s` is the plural
            let plural = after == Some(b's') && !joined(bytes.get(end + 1).copied());
            let stop = after == Some(b'.') && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
            let word = text.get(at..end)?;
            at = end;
            if (2..=6).contains(&word.len()) && !joined(before) && (plural || stop || !joined(after)) {
                let opens = text.get(end..).is_some_and(|rest| rest.starts_with(" ("));
                return Some((word, (before == Some(b'(') && after == Some(b')')) || opens));
            }
        }
    })
}

/// Every word of the glossary, the catalogue and the organisation.
fn known_words<'a>(case: &Case<'a>) -> HashSet<&'a str> {
    let mut known: HashSet<&str> = KNOWN.iter().copied().collect();
    let mut add = |text: &'a str| {
        known.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 2));
    };
    let glossary: &'a crate::model::Glossary = case.glossary;
    for acronym in &glossary.acronyms {
        add(&acronym.short);
    }
    for word in &glossary.do_not_translate {
        add(word);
    }
    let mut names: Vec<&'a Localized> = glossary.terms.iter().map(|term| &term.forms).collect();
    for service in &case.catalogue.services {
        names.extend(service.name.iter().chain(&service.public_name));
    }
    names.extend(case.catalogue.teams.iter().filter_map(|team| team.name.as_ref()));
    for (_, text) in names.into_iter().flat_map(Localized::iter) {
        add(text);
    }
    if let Some(name) = &case.settings.org.name {
        add(name);
    }
    known
}
