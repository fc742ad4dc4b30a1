//! The two languages of one text: what differs is told once, at its line; what says the same is not told.

use std::{collections::BTreeMap, ops::Range};

use relato::{
    archive::Archive,
    edit::{Change, apply, byte_ranges},
    locate::{Document, Field},
    source::Memory,
};
use serde_json::Value;

use crate::sandbox::{Sandbox, incidents, read};

/// The rules that compare what two texts state.
const RULES: [&str; 6] =
    ["numbers-differ", "times-differ", "durations-differ", "lists-differ", "links-differ", "code-differs"];

/// Where each text of an incident that both languages have is written: field, language, bytes.
fn texts(yaml: &str, path: &str) -> Vec<(Field, &'static str, Range<usize>)> {
    let tree = Memory::new([(path, yaml)]);
    let archive = Archive::open(&tree, None).unwrap();
    let incident = archive.read(0).unwrap().incident.unwrap();
    let document = Document::parse(yaml);
    let mut texts = Vec::new();
    incident.each_text(&mut |path, text| {
        for language in ["en", "pt-BR"] {
            if text.get("en").is_some() && text.get("pt-BR").is_some() {
                let field = path.field();
                let range = byte_ranges(yaml, &[document.place(&field.key(language))]).remove(0).unwrap();
                texts.push((field, language, range));
            }
        }
    });
    // what an alias repeats is written once
    texts.retain(|(.., range)| !yaml[range.clone()].starts_with('*'));
    texts
}

/// Every way to change one number of a text: the next digit for a digit, or a number between two words.
fn edits(written: &str) -> Vec<(usize, Change)> {
    let mut edits = Vec::new();
    let bytes = written.as_bytes();
    for (at, byte) in written.bytes().enumerate() {
        let starts = byte.is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit());
        if starts {
            let next = char::from(b'0' + (byte - b'0' + 1) % 10).to_string();
            edits.push((at, Change { range: at..at + 1, text: next }));
        }
    }
    // not inside a name: that would be another difference
    let between = |at: &usize| {
        let is_small = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        bytes[*at] == b' ' && *at > 0 && is_small(at - 1) && is_small(at + 1)
    };
    if let Some(at) = (0..bytes.len()).find(between) {
        edits.push((at, Change { range: at..at, text: " 42".to_owned() }));
    }
    edits
}

#[test]
fn one_number_changed_in_one_language_of_any_text_is_found_once_and_at_its_line() {
    let sandbox = Sandbox::new();
    for path in ["relato.yaml", "services.yaml", "glossary.yaml"] {
        sandbox.write(path, read(path));
    }
    // one incident for each edit: file → what was edited, and the lines that its texts are written in
    let mut edited: BTreeMap<String, (String, Vec<Range<u64>>)> = BTreeMap::new();
    for path in incidents() {
        let yaml = read(&path);
        let id = path.rsplit('/').next().unwrap().trim_end_matches(".yaml");
        let texts = texts(&yaml, &path);
        for (field, language, range) in &texts {
            let line = |at: usize| yaml[..at].matches('\n').count() as u64 + 1;
            let lines: Vec<Range<u64>> = texts
                .iter()
                .filter(|(other, ..)| other == field)
                .map(|(.., range)| line(range.start)..line(range.end) + 1)
                .collect();
            for (at, mut change) in edits(&yaml[range.clone()]) {
                change.range = change.range.start + range.start..change.range.end + range.start;
                let text = apply(&yaml, &[change]).unwrap();
                let name = format!("{id}-{}", edited.len());
                let text = text.replacen(&format!("id: {id}"), &format!("id: {name}"), 1);
                let file = format!("incidents/{name}.yaml");
                sandbox.write(&file, text);
                edited.insert(file, (format!("{path}: {field} in {language}, byte {at}"), lines.clone()));
            }
        }
    }
    assert!(edited.len() > 400, "{} edits", edited.len());
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for finding in sandbox.findings() {
        if RULES.contains(&finding["rule"].as_str().unwrap()) {
            found.entry(finding["file"].as_str().unwrap().to_owned()).or_default().push(finding);
        }
    }
    let mut wrong = Vec::new();
    for (file, (what, lines)) in &edited {
        let findings = found.remove(file).unwrap_or_default();
        let right = match findings.as_slice() {
            [finding] => {
                let line = finding["line"].as_u64().unwrap();
                lines.iter().any(|lines| lines.contains(&line))
            }
            _ => false,
        };
        if !right {
            let told: Vec<_> =
                findings.iter().map(|one| (&one["rule"], &one["message"], &one["line"])).collect();
            wrong.push(format!("{what}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), edited.len(), wrong.join("\n"));
}

#[test]
fn our_own_incidents_say_the_same_in_both_languages() {
    let told: Vec<Value> = Sandbox::own()
        .findings()
        .into_iter()
        .filter(|one| RULES.contains(&one["rule"].as_str().unwrap()))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}
