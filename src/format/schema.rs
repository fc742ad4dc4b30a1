//! JSON Schemas of the files, from the structs that read them: for editors, and for anyone who writes such files.

use schemars::{
    JsonSchema, Schema,
    generate::SchemaSettings,
    transform::{RecursiveTransform, Transform},
};
use serde_json::{Map, Value, json};

use super::{
    RELATO,
    glossary::{Glossary, People},
    incident::Incident,
    services::Services,
    settings::Settings,
};

/// Which file a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchemaKind {
    /// `incidents/**/*.yaml`.
    Incident,
    /// `services.yaml`.
    Services,
    /// `relato.yaml`.
    Settings,
    /// `glossary.yaml`.
    Glossary,
    /// `people.yaml`.
    People,
}

impl SchemaKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Incident, Self::Services, Self::Settings, Self::Glossary, Self::People];

    /// The name under which it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Services => "services",
            Self::Settings => "relato",
            Self::Glossary => "glossary",
            Self::People => "people",
        }
    }

    /// The files it describes, as a glob relative to the workspace.
    pub fn files(self) -> &'static str {
        match self {
            Self::Incident => "incidents/**/*.yaml",
            Self::Services => "services.yaml",
            Self::Settings => "relato.yaml",
            Self::Glossary => "glossary.yaml",
            Self::People => "people.yaml",
        }
    }
}

/// The JSON Schema (draft 2020-12) of a file. Strict as the reader is; short forms are accepted, and keys that begin
/// with `x-` are free.
pub fn schema(kind: SchemaKind) -> Value {
    match kind {
        SchemaKind::Incident => of::<Incident>(kind),
        SchemaKind::Services => of::<Services>(kind),
        SchemaKind::Settings => of::<Settings>(kind),
        SchemaKind::Glossary => of::<Glossary>(kind),
        SchemaKind::People => of::<People>(kind),
    }
}

fn of<T: JsonSchema>(kind: SchemaKind) -> Value {
    let settings = SchemaSettings::draft2020_12().for_deserialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(tidy).transform(&mut schema);
    let Value::Object(written) = schema.to_value() else { return Value::Bool(true) };
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("$id".to_owned(), json!(format!("urn:relato:schema:{}:{RELATO}", kind.name())));
    root.insert("title".to_owned(), json!(format!("relato: {}", kind.files())));
    for (key, value) in written {
        root.entry(key).or_insert(value);
    }
    Value::Object(root)
}

/// Defaults say nothing (`null`); `x-` keys are free in every mapping; a word may be left empty as any value.
fn tidy(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    object.remove("default");
    if object.contains_key("additionalProperties") {
        object.insert("patternProperties".to_owned(), json!({ "^x-": true }));
    }
    let nullable = object
        .get("type")
        .and_then(Value::as_array)
        .is_some_and(|types| types.iter().any(|kind| kind == "null"));
    if let (true, Some(Value::Array(words))) = (nullable, object.get_mut("enum"))
        && !words.contains(&Value::Null)
    {
        words.push(Value::Null);
    }
}
