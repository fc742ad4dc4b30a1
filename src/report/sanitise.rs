//! Untrusted text on a terminal: no control characters, no tricks with direction.

/// The text with its lines, without what could move the cursor or reorder what is read: such characters become spaces.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c != '\n' && (c.is_control() || is_direction(c)) { ' ' } else { c }).collect()
}

/// The text on one line: control characters and invisible direction marks become spaces, runs of space one space.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_control() || is_direction(c) { ' ' } else { c };
        if !(c == ' ' && out.ends_with(' ')) {
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// Marks that reorder what follows: a title could otherwise rewrite the line it stands in.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_move_the_cursor_or_reverse_the_line() {
        assert_eq!(one_line("a\u{1b}[31mb\r\nc\u{202e}d"), "a [31mb c d");
        assert_eq!(one_line("  Ação é  "), "Ação é");
        assert_eq!(printable("error: a\u{1b}[2J\r\u{61c}b\n  help: c"), "error: a [2J  b\n  help: c");
    }
}
