//! The JSON Schemas say what the reader reads: our own files are valid, and a misspelt key is not.

use serde_json::Value;

use crate::sandbox::{SMALLEST, Sandbox, incidents, read};

/// A YAML text as JSON.
fn json(yaml: &str) -> Value {
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
}

/// What the schema of these files finds wrong with a text.
fn wrong(sandbox: &Sandbox, kind: &str, yaml: &str) -> Vec<String> {
    let schema = sandbox.relato(&["schema", kind]).with_code(0).json();
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{kind}: {error}"));
    validator.iter_errors(&json(yaml)).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn our_own_files_are_valid() {
    let sandbox = Sandbox::new();
    let mut files: Vec<(&str, String, String)> = vec![
        ("settings", "relato.yaml".to_owned(), read("relato.yaml")),
        ("services", "services.yaml".to_owned(), read("services.yaml")),
        ("glossary", "glossary.yaml".to_owned(), read("glossary.yaml")),
        ("incident", "the smallest".to_owned(), SMALLEST.to_owned()),
    ];
    files.extend(incidents().into_iter().map(|path| ("incident", path.clone(), read(&path))));
    for (kind, name, text) in files {
        assert_eq!(wrong(&sandbox, kind, &text), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn what_init_and_new_write_is_valid_and_so_are_the_schemas_beside_it() {
    let sandbox = Sandbox::new();
    sandbox.relato(&["init"]).with_code(0);
    let new = sandbox.relato(&["new", "some", "--service", "checkout"]).with_code(0);
    for (kind, path, schema) in [
        ("settings", "relato.yaml", ".relato/relato.schema.json"),
        ("services", "services.yaml", ".relato/services.schema.json"),
        ("incident", "incidents/2026/2026-01-15-example.yaml", ".relato/incident.schema.json"),
        ("incident", new.out.trim(), ".relato/incident.schema.json"),
    ] {
        assert_eq!(wrong(&sandbox, kind, &sandbox.read(path)), Vec::<String>::new(), "{path}");
        assert_eq!(sandbox.read(schema), sandbox.relato(&["schema", kind]).out, "{schema}");
    }
}

#[test]
fn a_misspelt_key_a_wrong_word_and_a_wrong_kind_are_invalid() {
    let sandbox = Sandbox::new();
    for (kind, text, from, to) in [
        ("incident", SMALLEST.to_owned(), "recovered:", "recoverd:"),
        ("incident", SMALLEST.to_owned(), "timezone:", "time_zone:"),
        ("incident", SMALLEST.to_owned(), "status: resolved", "status: resloved"),
        ("incident", SMALLEST.to_owned(), "id: 2022-12-18-order-imports\n", ""),
        ("incident", SMALLEST.to_owned(), "service: order-import", "servce: order-import"),
        ("incident", SMALLEST.to_owned(), "impacts:", "actions:"),
        ("services", read("services.yaml"), "public_name:", "publicname:"),
        ("services", read("services.yaml"), "teams:", "team:"),
        ("settings", read("relato.yaml"), "org:", "orgs:"),
        ("settings", read("relato.yaml"), "languages:", "langs:"),
        ("glossary", read("glossary.yaml"), "terms:", "term:"),
    ] {
        let text = text.replacen(from, to, 1);
        assert!(!wrong(&sandbox, kind, &text).is_empty(), "{kind}: {from} as {to}");
    }
    // keys that begin with `x-` are free
    assert_eq!(
        wrong(&sandbox, "incident", &format!("{SMALLEST}x-notes: [1, {{a: b}}]\n")),
        Vec::<String>::new()
    );
}

#[test]
fn the_schema_and_the_reader_agree_on_what_is_wrong_with_keys() {
    let sandbox = Sandbox::new();
    for path in incidents() {
        let text = read(&path);
        // each key of the file misspelt, one at a time; what a mapping of free keys holds stays out
        for (at, line) in text.lines().enumerate().step_by(23) {
            let key = line.trim_start().trim_start_matches("- ").split(':').next().unwrap_or_default();
            let plain = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            if key.len() < 4 || !plain || !line.contains(&format!("{key}:")) {
                continue;
            }
            let broken: String = text
                .lines()
                .enumerate()
                .map(|(i, line)| match i == at {
                    true => format!("{}\n", line.replacen(&format!("{key}:"), &format!("{key}zz:"), 1)),
                    false => format!("{line}\n"),
                })
                .collect();
            let Ok(_) = serde_yaml::from_str::<Value>(&broken) else { continue };
            let said = crate::entries::workspace(&[(path.as_str(), broken.as_bytes())]);
            let reader = said.findings.iter().any(|one| one["rule"] == "key-unknown");
            let schema = !wrong(&sandbox, "incident", &broken).is_empty();
            assert_eq!(reader, schema, "{path}:{}: {line}", at + 1);
        }
    }
}
