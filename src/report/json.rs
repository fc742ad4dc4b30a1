//! Findings as JSON (product: *Machine-readable contracts*).

use serde_json::{Value, json};

use super::{Placed, PlacedFix, Report};
use crate::{finding::Severity, language::Language};

/// `{"version":1,"findings":[…],"counts":{…}}`, in file and line order. `more` when some are not shown, `known` when only
/// what a change brought was asked for.
pub fn findings(report: &Report, language: &Language) -> Value {
    let counts = report.counts;
    let mut answer = json!({
        "version": 1,
        "findings": report.placed.iter().map(|placed| finding(placed, language)).collect::<Vec<_>>(),
        "counts": {
            "error": counts.error,
            "warning": counts.warning,
            "info": counts.info,
            "waived": counts.waived,
        },
    });
    if report.more > 0 {
        answer["more"] = report.more.into();
    }
    if let Some(known) = &report.known {
        answer["known"] = json!({"revision": known.revision, "count": known.count});
    }
    answer
}

fn finding(placed: &Placed, language: &Language) -> Value {
    let (finding, spot) = (&placed.finding, placed.spot);
    let help = finding.help.tell(language);
    let related: Vec<Value> = finding
        .related
        .iter()
        .zip(&placed.related)
        .map(|(other, spot)| {
            json!({
                "file": other.file,
                "line": spot.line,
                "column": spot.column,
                "message": other.message.tell(language),
            })
        })
        .collect();
    let fix = placed.fix.as_ref().map(|PlacedFix { spot, text }| {
        json!({
            "replacement": text,
            "line": spot.line,
            "column": spot.column,
            "end_line": spot.end_line,
            "end_column": spot.end_column,
        })
    });
    json!({
        "rule": finding.rule,
        "severity": level(finding.severity),
        "kind": finding.kind,
        "file": finding.file,
        "line": spot.line,
        "column": spot.column,
        "end_line": spot.end_line,
        "end_column": spot.end_column,
        "field": finding.field.to_string(),
        "message": finding.message.tell(language),
        "help": if help.is_empty() { Value::Null } else { help.into() },
        "values": finding.values,
        "fix": fix,
        "related": related,
        "waived": finding.is_waived(),
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
