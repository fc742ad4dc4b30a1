//! Findings as SARIF 2.1.0, for code scanning (OASIS, *Static Analysis Results Interchange Format*, errata 01).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Fingerprint, Placed, Report, fingerprint::numbered};
use crate::{
    finding::{Accepted, Finding, Severity},
    language::Language,
    locate::Spot,
    rules,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run with the rules that spoke, their pages as help, and a result for each finding; what is waived is suppressed.
///
/// `prefix` leads from the repository's root to the workspace; empty, or with `/` at its end.
pub fn findings(report: &Report, language: &Language, prefix: &str) -> Value {
    let names: BTreeMap<&str, usize> = report.placed.iter().map(|placed| (placed.finding.rule, 0)).collect();
    let names: BTreeMap<&str, usize> = names.into_keys().zip(0..).collect();
    let fingerprints = numbered(report.placed.iter().map(|placed| &placed.finding));
    let results: Vec<Value> = (report.placed.iter().zip(fingerprints))
        .map(|(placed, print)| result(placed, names.get(placed.finding.rule), print, language, prefix))
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "relato",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": names.keys().map(|name| rule(name, language)).collect::<Vec<_>>(),
            }},
            "language": language.tag(),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(name: &str, language: &Language) -> Value {
    let Ok(rule) = rules::find(name) else { return json!({"id": name}) };
    let page = rule.page();
    json!({
        "id": name,
        "shortDescription": {"text": page.title.tell(language)},
        "fullDescription": {"text": page.check.tell(language)},
        "help": {"text": page.fix.tell(language), "markdown": rule.body(language, "##")},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": [rule.group().word()], "kind": rule.kind},
    })
}

fn result(
    placed: &Placed,
    index: Option<&usize>,
    (fingerprint, number): (Fingerprint, usize),
    language: &Language,
    prefix: &str,
) -> Value {
    let finding = &placed.finding;
    let mut result = Map::new();
    let mut put = |key: &str, value: Value| result.insert(key.to_owned(), value);
    put("ruleId", finding.rule.into());
    if let Some(index) = index {
        put("ruleIndex", (*index).into());
    }
    put("level", level(finding.severity).into());
    put("message", json!({"text": told(finding, language)}));
    let mut place = location(&finding.file, placed.spot, prefix);
    if !finding.field.steps().is_empty() {
        place["logicalLocations"] =
            json!([{"fullyQualifiedName": finding.field.to_string(), "kind": "member"}]);
    }
    put("locations", json!([place]));
    if !finding.related.is_empty() {
        let related = finding.related.iter().zip(&placed.related).enumerate().map(|(i, (other, spot))| {
            let mut place = location(&other.file, *spot, prefix);
            place["id"] = i.into();
            place["message"] = json!({"text": other.message.tell(language)});
            place
        });
        put("relatedLocations", related.collect());
    }
    put("partialFingerprints", json!({"relatoFinding/v1": format!("{fingerprint}:{number}")}));
    if let Some(fix) = &placed.fix {
        let file = uri(&format!("{prefix}{}", finding.file));
        put(
            "fixes",
            json!([{
                "description": {"text": finding.help.tell(language)},
                "artifactChanges": [{
                    "artifactLocation": {"uri": file, "uriBaseId": "%SRCROOT%"},
                    "replacements": [{
                        "deletedRegion": region(fix.spot),
                        "insertedContent": {"text": fix.text},
                    }],
                }],
            }]),
        );
    }
    if let Some(accepted) = &finding.waiver {
        put("suppressions", json!([suppression(accepted, language)]));
    }
    put("properties", json!({"kind": finding.kind, "values": finding.values}));
    Value::Object(result)
}

/// What is shown in place of the finding: the sentence, and what to do.
fn told(finding: &Finding, language: &Language) -> String {
    let (message, help) = (finding.message.tell(language), finding.help.tell(language));
    if help.is_empty() { message.to_owned() } else { format!("{message}\n{help}") }
}

fn location(file: &str, spot: Spot, prefix: &str) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&format!("{prefix}{file}")), "uriBaseId": "%SRCROOT%"},
        "region": region(spot),
    }})
}

fn region(spot: Spot) -> Value {
    json!({
        "startLine": spot.line,
        "startColumn": spot.column,
        "endLine": spot.end_line,
        "endColumn": spot.end_column,
    })
}

/// A waiver stands in the source itself.
fn suppression(accepted: &Accepted, language: &Language) -> Value {
    let mut suppression = json!({"kind": "inSource", "status": "accepted"});
    let role = accepted.approved_by.as_deref();
    let until = accepted.until.map(|until| until.to_string());
    let parts = [Some(accepted.reason.tell(language)), role, until.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if !parts.is_empty() {
        suppression["justification"] = parts.join(" · ").into();
    }
    suppression
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A relative reference: what has a meaning in an address is written in hexadecimal (RFC 3986, section 2).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}
