//! Texts written as YAML scalars.

use crate::locate::Quote;

/// The longest line that is written where it can be broken, in characters.
pub(super) const WIDTH: usize = 110;

/// A scalar that YAML reads back as `text`, quoted as wanted where that can hold it.
pub(super) fn scalar(text: &str, quote: Quote, in_flow: bool) -> String {
    match quote {
        Quote::Single if text.chars().all(is_printable) => format!("'{}'", text.replace('\'', "''")),
        Quote::Plain | Quote::Literal | Quote::Folded if is_plain(text, in_flow) => text.to_owned(),
        _ => double(text),
    }
}

/// A key as YAML reads it back in any style.
pub(super) fn key(key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(plain) {
        key.to_owned()
    } else {
        double(key)
    }
}

/// Whether a plain scalar of this text means nothing at all.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// The lines of a block scalar below its header, and what the header says of its end; `None` where a block cannot hold
/// the text.
pub(super) fn block(
    text: &str,
    quote: Quote,
    indent: usize,
    line_end: &str,
) -> Option<(&'static str, String)> {
    let (chomp, body) = match text.strip_suffix('\n') {
        Some(body) => ("", body),
        None => ("-", text),
    };
    let lines: Vec<&str> = body.split('\n').collect();
    let fits = |line: &&str| line.chars().all(is_printable) && !line.ends_with([' ', '\t']);
    if !lines.iter().all(fits)
        || body.is_empty()
        || body.starts_with([' ', '\t', '\n'])
        || body.ends_with('\n')
    {
        return None;
    }
    let mut out: Vec<String> = Vec::new();
    if quote == Quote::Folded {
        let mut broke = false;
        for line in lines {
            if line.starts_with([' ', '\t']) || line.contains("  ") {
                return None;
            }
            // a break of the text takes one line more than it makes
            if broke && !line.is_empty() {
                out.push(String::new());
            }
            broke = true;
            wrap(line, indent, &mut out);
        }
    } else {
        out.extend(lines.into_iter().map(str::to_owned));
    }
    let lines =
        out.iter().map(|line| if line.is_empty() { String::new() } else { format!("{:indent$}{line}", "") });
    Some((chomp, lines.collect::<Vec<_>>().join(line_end)))
}

/// Breaks a line at spaces.
fn wrap(line: &str, indent: usize, out: &mut Vec<String>) {
    let mut current = String::new();
    let mut width = indent;
    for word in line.split(' ') {
        let more = word.chars().count();
        if !current.is_empty() {
            if width + 1 + more > WIDTH {
                out.push(std::mem::take(&mut current));
                width = indent;
            } else {
                current.push(' ');
                width += 1;
            }
        }
        current.push_str(word);
        width += more;
    }
    out.push(current);
}

fn double(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            c if u32::from(c) > 0xffff => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => out.push_str(&format!("\\u{:04X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Whether a character may stand in a text as it is, breaks of lines left out.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// By what every reader of YAML takes alike, which is less than it allows.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let colon_ends = |(at, _)| {
        !text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '/'))
    };
    let begins = text
        .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '(' | '$' | '+'))
        || (text.starts_with('~') && text.len() > 1);
    begins
        && !is_null(text)
        && text.chars().all(is_printable)
        && !text.ends_with(' ')
        && !text.match_indices(':').any(colon_ends)
        && !text.contains(" #")
        && !text.starts_with("...")
        && !(in_flow && text.contains([',', '[', ']', '{', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scalar_is_quoted_as_wanted_where_that_holds_it() {
        for (text, quote, in_flow, expected) in [
            ("role:lead", Quote::Plain, true, "role:lead"),
            ("a, b", Quote::Plain, false, "a, b"),
            ("a, b", Quote::Plain, true, "\"a, b\""),
            ("a: b", Quote::Plain, false, "\"a: b\""),
            ("a #1", Quote::Plain, false, "\"a #1\""),
            ("#1", Quote::Plain, false, "\"#1\""),
            ("null", Quote::Plain, false, "\"null\""),
            ("", Quote::Plain, false, "\"\""),
            ("~2026-01-01T10:00Z ±15m", Quote::Plain, true, "~2026-01-01T10:00Z ±15m"),
            ("it's", Quote::Single, false, "'it''s'"),
            ("a\nb", Quote::Single, false, "\"a\\nb\""),
            ("say \"x\\\"\u{7}", Quote::Double, false, "\"say \\\"x\\\\\\\"\\u0007\""),
            ("ação", Quote::Plain, true, "ação"),
        ] {
            assert_eq!(scalar(text, quote, in_flow), expected, "{text:?}");
        }
        assert_eq!(key("lessons[0]"), "\"lessons[0]\"");
    }

    #[test]
    fn a_block_holds_what_it_can() {
        let told = |text: &str, quote| block(text, quote, 2, "\n");
        assert_eq!(told("a\n\nb\n", Quote::Literal), Some(("", "  a\n\n  b".to_owned())));
        assert_eq!(told("a\nb\n\nc", Quote::Folded), Some(("-", "  a\n\n  b\n\n\n  c".to_owned())));
        let words = ["word"; 40].join(" ");
        let (_, folded) = told(&words, Quote::Folded).unwrap();
        assert!(folded.lines().count() == 2 && folded.lines().all(|line| line.chars().count() <= WIDTH));
        for none in ["", " a", "a ", "a\n\n", "\u{7}"] {
            assert_eq!(told(none, Quote::Literal), None, "{none:?}");
        }
    }
}
