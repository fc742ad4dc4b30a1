//! Findings as JUnit XML, for servers that show tests.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{Placed, Report, one_line};
use crate::{finding::Severity, language::Language};

/// One suite for each file that was judged, with a case for each finding, or one that passes. A finding that fails the
/// build is a failure, a waived one is skipped, any other passes and says what it found.
///
/// `warnings_fail` under `--deny warnings`.
pub fn findings(report: &Report, language: &Language, files: &[String], warnings_fail: bool) -> String {
    let mut suites: BTreeMap<&str, Vec<&Placed>> =
        files.iter().map(|file| (file.as_str(), Vec::new())).collect();
    for placed in &report.placed {
        suites.entry(&placed.finding.file).or_default().push(placed);
    }
    let mut out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"relato check\">\n".to_owned();
    for (file, findings) in suites {
        suite(&mut out, file, &findings, language, warnings_fail);
    }
    out += "</testsuites>\n";
    out
}

fn suite(out: &mut String, file: &str, findings: &[&Placed], language: &Language, warnings_fail: bool) {
    let fails = |placed: &Placed| match placed.finding.severity {
        Severity::Error => true,
        Severity::Warning => warnings_fail,
        Severity::Info => false,
    };
    let skipped = findings.iter().filter(|placed| placed.finding.is_waived()).count();
    let failures = findings.iter().filter(|placed| !placed.finding.is_waived() && fails(placed)).count();
    let file = xml(file);
    let _ = writeln!(
        out,
        "  <testsuite name=\"{file}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"0\">",
        findings.len().max(1)
    );
    if findings.is_empty() {
        let _ = writeln!(out, "    <testcase name=\"relato check\" classname=\"{file}\" time=\"0\"/>");
    }
    for placed in findings {
        let (finding, spot) = (&placed.finding, placed.spot);
        let place = format!("{}:{}:{}", finding.file, spot.line, spot.column);
        let message = one_line(finding.message.tell(language));
        let mut text = format!("{place}: {message}");
        let help = finding.help.tell(language);
        if !help.is_empty() {
            text += &format!("\n{}", one_line(help));
        }
        let (message, text) = (xml(&message), xml(&text));
        let _ = writeln!(
            out,
            "    <testcase name=\"{} {}:{}\" classname=\"{file}\" time=\"0\">",
            finding.rule, spot.line, spot.column
        );
        let _ = if finding.is_waived() {
            writeln!(out, "      <skipped message=\"{message}\"/>")
        } else if fails(placed) {
            writeln!(out, "      <failure type=\"{}\" message=\"{message}\">{text}</failure>", finding.rule)
        } else {
            writeln!(out, "      <system-out>{text}</system-out>")
        };
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n");
}

/// Text of an element or attribute; what XML cannot hold becomes a space.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
