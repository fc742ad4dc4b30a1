//! `glossary.yaml` and `people.yaml`: agreed words, and names that must stay inside, as written.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, IgnoredAny, MapAccess, Visitor},
    ser::SerializeMap,
};

use super::{
    collection::{List, Map, Seen},
    reader::{Reader, filled},
    scalar::{Localized, Text},
};
use crate::{locate::Path, model};

/// Agreed words in every language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["relato"]))]
pub struct Glossary {
    /// The version of the format: `1`.
    #[schemars(extend("type" = "integer", "const" = 1))]
    pub relato: Option<Text>,
    /// Terms with their agreed form in each language.
    pub terms: List<Term>,
    /// Words that stay as they are, `ERP`.
    pub do_not_translate: List<Text>,
    /// Acronyms and what they stand for.
    pub acronyms: Map<Localized>,
}

/// One agreed term: `{en: order, pt-BR: pedido, forbid: {en: [request]}}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Term {
    /// Its form by language.
    pub forms: Vec<(String, String)>,
    /// Forms not to use, by language.
    pub forbid: Option<Map<List<Text>>>,
    /// A remark.
    pub note: Option<Localized>,
}

/// Names that must never reach public text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["relato"]))]
pub struct People {
    /// The version of the format: `1`.
    #[schemars(extend("type" = "integer", "const" = 1))]
    pub relato: Option<Text>,
    /// The people.
    pub people: List<Person>,
}

/// One person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["name"]))]
pub struct Person {
    /// The full name.
    pub name: Option<Text>,
    /// Handles in chats and trackers.
    pub handles: List<Text>,
}

impl Glossary {
    /// The glossary, and what is wrong with its fields.
    pub(super) fn read(self, reader: &mut Reader<'_>) -> model::Glossary {
        let top = &Path::TOP;
        model::Glossary {
            terms: reader.each(top, "terms", self.terms, Term::read),
            do_not_translate: reader.texts(top, "do_not_translate", self.do_not_translate),
            acronyms: reader.entries(top, "acronyms", self.acronyms, |short, long, reader, at| {
                model::Acronym { short, long: reader.localized_here(at, long) }
            }),
        }
    }
}

impl Term {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Term {
        if self.forms.is_empty() {
            let language = reader.source_language.clone();
            reader.missing(at, &language);
        }
        for (tag, _) in &self.forms {
            reader.language(&at.key(tag), tag);
        }
        let forbid = self.forbid.unwrap_or_default();
        model::Term {
            forms: model::Localized::new(self.forms),
            forbid: reader.entries(at, "forbid", forbid, |tag, words, reader, at| {
                reader.language(at, &tag);
                let words = words.0.into_iter().map(|word| word.0).filter(|word| !word.trim().is_empty());
                (tag, words.collect())
            }),
            note: reader.localized(at, "note", self.note),
        }
    }
}

impl People {
    /// The people, and what is wrong with their fields.
    pub(super) fn read(self, reader: &mut Reader<'_>) -> model::People {
        let people = reader.each(&Path::TOP, "people", self.people, |person, reader, at| {
            let Some(name) = filled(person.name) else {
                reader.missing(at, "name");
                return None;
            };
            Some(model::Person { name, handles: reader.texts(at, "handles", person.handles) })
        });
        model::People { people: people.into_iter().flatten().collect() }
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (tag, form) in &self.forms {
            map.serialize_entry(tag, form)?;
        }
        if let Some(forbid) = &self.forbid {
            map.serialize_entry("forbid", forbid)?;
        }
        if let Some(note) = &self.note {
            map.serialize_entry("note", note)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Own;
        impl<'de> Visitor<'de> for Own {
            type Value = Term;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("expected:mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Term, A::Error> {
                let mut term = Term::default();
                let mut seen = Seen::default();
                while let Some(key) = map.next_key::<String>()? {
                    let again = match key.as_str() {
                        "forbid" => term.forbid.is_some(),
                        "note" => term.note.is_some(),
                        _ => !seen.is_new(&key, term.forms.iter().map(|(tag, _)| tag.as_str())),
                    };
                    if again {
                        return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
                    }
                    match key.as_str() {
                        "forbid" => term.forbid = Some(map.next_value()?),
                        "note" => term.note = map.next_value()?,
                        _ if key.starts_with("x-") => {
                            map.next_value::<IgnoredAny>()?;
                        }
                        _ => {
                            let form = map.next_value::<Option<Text>>()?.unwrap_or_default();
                            term.forms.push((key, form.0));
                        }
                    }
                }
                Ok(term)
            }
        }
        deserializer.deserialize_map(Own)
    }
}

impl JsonSchema for Term {
    fn schema_name() -> Cow<'static, str> {
        "Term".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let words = generator.subschema_for::<Map<List<Text>>>();
        let note = generator.subschema_for::<Option<Localized>>();
        json_schema!({
            "description": "One agreed term: its form by language tag, `{en: order, pt-BR: pedido}`.",
            "type": "object",
            "properties": { "forbid": words, "note": note },
            "additionalProperties": { "type": ["string", "null"] },
        })
    }
}
