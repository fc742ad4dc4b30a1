//! Findings as workflow commands, which GitHub shows beside the lines of a pull request.

use super::{Report, one_line, text::summary};
use crate::{
    finding::{Finding, Severity},
    language::Language,
};

/// One command for each finding, then a line with the counts. What is waived is counted only: GitHub shows few
/// annotations of each kind, and they are for what needs a hand.
///
/// `prefix` leads from the repository's root to the workspace; empty, or with `/` at its end.
pub fn findings(report: &Report, language: &Language, prefix: &str) -> String {
    let mut out = String::new();
    for placed in report.placed.iter().filter(|placed| !placed.finding.is_waived()) {
        let (finding, spot) = (&placed.finding, placed.spot);
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        out += &format!(
            "::{command} file={},line={}",
            property(&format!("{prefix}{}", finding.file)),
            spot.line
        );
        // columns of a place over several lines are not understood
        if spot.end_line == spot.line {
            out += &format!(",endLine={},col={},endColumn={}", spot.end_line, spot.column, spot.end_column);
        } else {
            out += &format!(",endLine={}", spot.end_line);
        }
        out += &format!(",title={}::{}\n", property(finding.rule), data(&told(finding, language)));
    }
    out += &summary(report, language);
    out.push('\n');
    out
}

fn told(finding: &Finding, language: &Language) -> String {
    let message = one_line(finding.message.tell(language));
    match finding.help.tell(language) {
        "" => message,
        help => format!("{message}\n{}", one_line(help)),
    }
}

/// A message: what would end it or be unescaped in it is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: `:` and `,` would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_place_in_a_command() {
        for (text, in_message, in_property) in [
            ("plain", "plain", "plain"),
            ("100%", "100%25", "100%25"),
            ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
            ("a:b,c", "a:b,c", "a%3Ab%2Cc"),
            ("%0A::error::x", "%250A::error::x", "%250A%3A%3Aerror%3A%3Ax"),
        ] {
            assert_eq!((data(text).as_str(), property(text).as_str()), (in_message, in_property), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_was_escaped_reads_back(text in "[%:,\r\n0-9A-F a-zé]{0,40}") {
            let back = |text: &str| {
                let text = text.replace("%3A", ":").replace("%2C", ",");
                text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
            };
            let escaped = property(&text);
            assert!(!escaped.contains(['\r', '\n', ':', ',']));
            assert_eq!(back(&escaped), text);
        }
    }
}
