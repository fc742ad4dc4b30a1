//! Plain text made fit for where it stands: one line, Markdown, YAML front matter, a file's name.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Text without the characters that no document may hold: control characters (tabs and line breaks stay), and code
/// points that are no characters. Line breaks become `\n`.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            c if is_kept(c) => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}

fn is_kept(c: char) -> bool {
    match c {
        '\n' | '\t' | ' '..='~' => true,
        '\u{2028}' | '\u{2029}' => false,
        c => !c.is_control() && u32::from(c) & 0xFFFE != 0xFFFE && !('\u{FDD0}'..='\u{FDEF}').contains(&c),
    }
}

/// Cleaned text on one line: every run of white space is one space.
pub(super) fn one_line(text: &str) -> String {
    let cleaned = clean(text);
    if is_one_line(&cleaned) {
        return cleaned.into_owned();
    }
    let mut out = String::with_capacity(cleaned.len());
    for word in cleaned.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn is_one_line(text: &str) -> bool {
    let mut after_space = true;
    for c in text.chars() {
        let space = c == ' ';
        if space && after_space || !space && c.is_whitespace() {
            return false;
        }
        after_space = space;
    }
    !after_space || text.is_empty()
}

/// Escapes plain text for Markdown, wherever in a line, a heading, a list or a table it comes to stand. The signature
/// is that of an escape function of templates.
pub(super) fn markdown(text: &str, out: &mut dyn Write) -> io::Result<()> {
    // most of what a template prints is a few words
    if text.starts_with(char::is_alphabetic) && text.chars().all(is_harmless) {
        return out.write_all(text.as_bytes());
    }
    out.write_all(markdown_line(text).as_bytes())
}

/// True for a sign that means nothing to Markdown wherever it stands after a letter, and that needs no cleaning.
fn is_harmless(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '-' | ':' | '(' | ')' | '/' | ';' | '?')
}

/// The same as a string. Line breaks become spaces: plain text is one line.
pub(super) fn markdown_line(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    let mut before: Option<char> = None;
    let mut rest = line.chars().peekable();
    let mut digits_only = true;
    // a row of `#` at the end of a heading closes it
    let closing = line.trim_end_matches('#').len();
    let mut at = 0;
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        let starts = before.is_none();
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // between two letters it is only a letter, in every reading of Markdown
            '_' if [before, after].iter().all(|side| side.is_some_and(char::is_alphanumeric)) => out.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '#' if starts || at >= closing => {
                out.push('\\');
                out.push(c);
            }
            '-' | '+' | '=' | ':' if starts => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if digits_only && !starts => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        digits_only = digits_only && c.is_ascii_digit();
        before = Some(c);
        at += c.len_utf8();
    }
    out
}

/// A YAML double-quoted string, which every reader of front matter understands.
pub(super) fn yaml_string(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 2);
    out.push('"');
    for c in line.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            // marks that turn the direction of text are told by number: a front matter is read as source
            '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}' => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// An id as a part of a path: letters, digits, `-` and `_` stay, everything else is written as its number, so that no
/// id leaves its folder and no two ids share a file.
pub(super) fn file_name(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
            out.push(c);
        } else {
            out.push_str(&format!(".{:x}.", u32::from(c)));
        }
    }
    if out.is_empty() { "_".to_owned() } else { out }
}

/// A path as part of an address: what could end it, or begin another part, is written as its number.
pub(super) fn url_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Text as a part of an address: its words in small letters without accents, with `-` between them, cut between words to
/// at most `most` characters. Empty for a text without letters or digits.
pub(super) fn slug(text: &str, most: usize) -> String {
    let mut out = String::new();
    let kept = |c: char| if c.is_ascii_alphanumeric() { c } else { ' ' };
    let folded: String = match text.is_ascii() {
        true => text.chars().map(|c| kept(c.to_ascii_lowercase())).collect(),
        false => {
            let bare = text.nfkd().filter(|c| !is_combining_mark(*c));
            bare.flat_map(char::to_lowercase).map(kept).collect()
        }
    };
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if out.len() + word.len() + 1 > most {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    out
}

/// Text escaped for HTML, in elements and in quoted attributes.
pub(super) fn html(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    #[test]
    fn titles_are_escaped_where_markdown_would_read_them() {
        let check = |text: &str, expected: &str| assert_eq!(markdown_line(text), expected, "{text}");
        check("Orders stopped", "Orders stopped");
        check("a | b", "a \\| b");
        check("---", "\\---");
        check("# 1", "\\# 1");
        check("1. first", "1\\. first");
        check("25 h 48 min", "25 h 48 min");
        check("3.5 times", "3\\.5 times");
        check("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
        check("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))");
        check("snake_case and _this_", "snake_case and \\_this\\_");
        check("two\nlines", "two lines");
        check("Q&A &lt;", "Q&amp;A &amp;lt;");
        check("a ` b", "a \\` b");
        check("🔥 إيقاف", "🔥 إيقاف");
    }

    #[test]
    fn ids_stay_in_their_folder() {
        let check = |id: &str, expected: &str| assert_eq!(file_name(id), expected);
        check("2022-12-18-order-imports", "2022-12-18-order-imports");
        check("../../etc", ".2e..2e..2f..2e..2e..2f.etc");
        check("", "_");
    }

    #[test]
    fn titles_make_addresses() {
        let check = |text: &str, expected: &str| assert_eq!(slug(text, 30), expected);
        check("Order imports stopped", "order-imports-stopped");
        check("Importação de pedidos parada: às 13h10!", "importacao-de-pedidos-parada");
        check("¿Qué? — 100%", "que-100");
        check("../../etc/passwd", "etc-passwd");
        check("إيقاف", "");
    }

    #[test]
    fn front_matter_reads_back() {
        for text in [
            "plain",
            "a: b",
            "say \"x\" \\ y",
            "---",
            "# c",
            "emoji 🔥",
            "rtl \u{202E}x",
            "'",
            "- a",
            "null",
            "{}",
        ] {
            let value: String = serde_yaml::from_str(&yaml_string(text)).unwrap();
            assert_eq!(value, text);
        }
    }

    proptest! {
        #[test]
        fn an_escaped_title_reads_as_the_same_plain_text(text in "\\PC{0,40}|[-*_`\\[\\]()<>#|.0-9a-z&;:!~\\\\ =+]{0,24}") {
            let line = one_line(&text);
            for (template, tag) in [(format!("# {}\n", markdown_line(&text)), TagEnd::Heading(pulldown_cmark::HeadingLevel::H1)),
                                    (format!("- {}\n", markdown_line(&text)), TagEnd::Item)] {
                let mut told = String::new();
                for event in Parser::new_ext(&template, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
                    match event {
                        Event::Text(t) => told.push_str(&t),
                        Event::Start(Tag::Heading { .. } | Tag::List(None) | Tag::Item) => {}
                        Event::End(TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::Item) => {}
                        other => prop_assert!(false, "{other:?} in {template:?} {tag:?}"),
                    }
                }
                prop_assert_eq!(told.trim(), line.trim());
            }
        }

        #[test]
        fn front_matter_holds_any_title(text in "\\PC{0,40}") {
            let value: String = serde_yaml::from_str(&yaml_string(&text)).unwrap();
            prop_assert_eq!(value, one_line(&text));
        }
    }
}
