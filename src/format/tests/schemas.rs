//! The schemas that editors use, held against the reader.

use super::*;

#[test]
fn the_schemas_know_every_field_and_accept_every_form() {
    for (kind, texts) in [
        (SchemaKind::Incident, &[EVERYTHING, VTEX, SMALLEST][..]),
        (SchemaKind::Settings, &[EVERY_SETTING, VTEX_SETTINGS]),
        (SchemaKind::Services, &[EVERY_SERVICE, VTEX_SERVICES]),
        (SchemaKind::Glossary, &[EVERY_TERM, VTEX_GLOSSARY]),
        (SchemaKind::People, &[EVERY_PERSON]),
    ] {
        let schema = schema(kind);
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let mut used = BTreeSet::new();
        for text in texts {
            let value: Json = serde_yaml::from_str(text).unwrap();
            let problems: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{error} at {}", error.instance_path()))
                .collect();
            assert_eq!(problems, [""; 0], "{kind:?}");
            uses(&schema, &schema, &value, &mut used);
        }
        let mut known = BTreeSet::new();
        each_property(&schema, &schema, &mut known);
        let unused: Vec<_> = known.difference(&used).collect();
        assert_eq!(unused, Vec::<&(String, String)>::new(), "{kind:?}: no fixture uses these");
    }
}

/// The properties of every type, each under its description, which no two types share.
fn each_property(root: &Json, schema: &Json, known: &mut BTreeSet<(String, String)>) {
    let types =
        std::iter::once(schema).chain(root["$defs"].as_object().into_iter().flat_map(|defs| defs.values()));
    for each in types {
        for key in each["properties"].as_object().into_iter().flat_map(|properties| properties.keys()) {
            known.insert((each["description"].to_string(), key.clone()));
        }
    }
}

fn uses(root: &Json, schema: &Json, value: &Json, used: &mut BTreeSet<(String, String)>) {
    if let Some(name) = schema["$ref"].as_str() {
        return uses(root, root.pointer(name.trim_start_matches('#')).unwrap(), value, used);
    }
    for branch in schema["anyOf"].as_array().into_iter().flatten() {
        uses(root, branch, value, used);
    }
    for item in value.as_array().into_iter().flatten() {
        uses(root, &schema["items"], item, used);
    }
    for (key, child) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(property) => {
                used.insert((schema["description"].to_string(), key.clone()));
                uses(root, property, child, used);
            }
            None => uses(root, &schema["additionalProperties"], child, used),
        }
    }
}

#[test]
fn the_schemas_are_strict_leave_x_keys_free_and_accept_short_forms() {
    let short = "relato: 1\nid: 2022-12-18-x\nstatus: open\ntitle: Plain\nowner-notes: {}\n";
    for (text, valid) in [
        ("relato: 1\nid: 2022-12-18-x\nstatus: open\ntitle: Plain\nsummary: null\nimpacts: null\n", true),
        (
            "relato: 1\nid: 2022-12-18-x\nstatus: open\nstatus: open\ntitle: Plain\nx-notes: {any: thing}\nimpacts: [{service: a, x-y: 1}]\n",
            true,
        ),
        ("relato: 1\nid: 2022-12-18-x\nstatus: open\ntitle: {en: a, x-b: {}}\n", true),
        (short, false),
        ("relato: 2\nid: 2022-12-18-x\nstatus: open\ntitle: Plain\n", false),
        ("relato: 1\nid: Some-Id\ntitle: Plain\n", false),
        ("relato: 1\nid: 2022-12-18-x\nstatus: open\n", false),
        ("relato: 1\nid: 2022-12-18-x\ntitle: Plain\n", false),
        ("relato: 1\nid: 2022-12-18-x\nstatus: solved\ntitle: a\n", false),
        (
            "relato: 1\nid: 2022-12-18-x\nstatus: open\nstatus: open\ntitle: a\nimpacts: [{service: a, started: {about: x, day: y}}]\n",
            false,
        ),
        ("relato: 1\nid: 2022-12-18-x\nstatus: open\ntitle: a\nimpacts: [{service: a, level: null}]\n", true),
    ] {
        let value: Json = serde_yaml::from_str(text).unwrap();
        let validator = jsonschema::draft202012::new(&schema(SchemaKind::Incident)).unwrap();
        assert_eq!(validator.is_valid(&value), valid, "{text}");
    }
    let text = schema(SchemaKind::Incident).to_string();
    assert!(text.contains("The first instant at which users got less than normal service."));
    for word in model::Status::WORDS {
        assert!(text.contains(&format!("\"{word}\"")));
    }
}
