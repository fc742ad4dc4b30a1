//! Translations held against the source text that they were made from: a hash of it is kept beside each.

use std::collections::{HashMap, HashSet};

use sha1::{Digest, Sha1};
use unicode_normalization::UnicodeNormalization;

use crate::{
    locate::{Field, Step},
    model::{Incident, Translation},
    time::Date,
};

/// One text of an incident in its source language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText<'i> {
    /// The field that holds every language.
    pub field: Field,
    /// What `translation.<language>.source_hashes` calls it: the field by the ids in it, which never change
    /// (`actions.A1.title`), and by positions only where there is no id (`lessons[0]`).
    pub name: String,
    /// The text.
    pub text: &'i str,
}

/// A translation whose source text is another than when it was reviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale<'i> {
    /// The source text as it is now.
    pub source: SourceText<'i>,
    /// The language of the translation.
    pub language: &'i str,
    /// When it was reviewed.
    pub reviewed_on: Option<Date>,
    /// The fingerprint of the source text as it was then.
    pub fingerprint: &'i str,
}

/// The language that an incident's other texts are translated from: its own word, else the organisation's.
pub fn source_language<'i>(incident: &'i Incident, organisation: &'i str) -> &'i str {
    incident.source_language.as_deref().unwrap_or(organisation)
}

/// Every text that the incident has in its source language and in `translation`.
pub fn translated<'i>(incident: &'i Incident, source: &str, translation: &str) -> Vec<SourceText<'i>> {
    let mut texts = Vec::new();
    incident.each_text(&mut |path, text| {
        if let (Some(text), Some(_)) = (text.get(source), text.get(translation)) {
            let field = path.field();
            texts.push(SourceText { name: name(incident, &field), field, text });
        }
    });
    texts
}

/// Every translation behind its source, in the order of the format. What was never reviewed is not behind.
pub fn stale<'i>(incident: &'i Incident, source: &str) -> Vec<Stale<'i>> {
    let mut stale = Vec::new();
    for Translation { language, reviewed_on, source_hashes, .. } in &incident.translation {
        if source_hashes.is_empty() || language == source {
            continue;
        }
        let hashes: HashMap<&str, &str> =
            source_hashes.iter().map(|(name, hash)| (name.as_str(), hash.as_str())).collect();
        // an item without an id keeps its review when others are put before it
        let moved: HashSet<&str> = hashes.values().copied().collect();
        for source in translated(incident, source, language) {
            let Some(known) = hashes.get(source.name.as_str()).copied() else { continue };
            let now = fingerprint(source.text);
            if known != now && !(source.name.contains('[') && moved.contains(now.as_str())) {
                stale.push(Stale { source, language, reviewed_on: *reviewed_on, fingerprint: known });
            }
        }
    }
    stale
}

/// What tells a text from another, whatever its line breaks and however its accents are encoded: the first 16
/// hexadecimal digits of the SHA-1 of the text in Unicode's composed form (NFC), with one space for any white space
/// between words and none around them.
pub fn fingerprint(text: &str) -> String {
    let mut hash = Sha1::new();
    for (index, word) in text.split_whitespace().enumerate() {
        if index > 0 {
            hash.update(b" ");
        }
        if word.is_ascii() {
            hash.update(word);
        } else {
            hash.update(word.nfc().collect::<String>());
        }
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A field by the id of the item that it lies in.
fn name(incident: &Incident, field: &Field) -> String {
    let by_position = || field.to_string();
    let [Step::Key(list), Step::Index(index), rest @ ..] = field.steps() else { return by_position() };
    let id = match list.as_str() {
        "impacts" => incident.impacts.get(*index).map(|it| &it.id),
        "timeline" => incident.timeline.get(*index).map(|it| &it.id),
        "causes" => incident.causes.get(*index).map(|it| &it.id),
        "actions" => incident.actions.get(*index).map(|it| &it.id),
        "comms" => incident.comms.get(*index).map(|it| &it.id),
        _ => None,
    };
    match id.filter(|id| !id.is_empty()) {
        Some(id) => format!("{list}.{id}.{}", Field::from(rest.to_vec())),
        None => by_position(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_of_the_words() {
        let of_words = fingerprint("São Paulo: down");
        // printf 'São Paulo: down' | sha1sum
        assert_eq!(of_words.len(), 16);
        for same in ["Sa\u{303}o Paulo: down", " São\n  Paulo:\tdown\n"] {
            assert_eq!(fingerprint(same), of_words, "{same:?}");
        }
        for other in ["São Paulo down", "SãoPaulo: down", "são Paulo: down", ""] {
            assert_ne!(fingerprint(other), of_words, "{other:?}");
        }
        assert_eq!(fingerprint(""), "da39a3ee5e6b4b0d");
    }
}
