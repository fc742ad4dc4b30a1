//! A paragraph of plain sentences, read without a parser: most prose is one. It is told as the parser would tell it,
//! which tests hold.

/// A part of a paragraph. Nothing in it needs an escape, in HTML or in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    Code(&'t str),
    Emphasis(&'t str),
    Strong(&'t str),
    /// Between two lines.
    Break,
}

/// True for a byte that means nothing to Markdown inside a line. No sign outside ASCII does.
pub(super) fn is_harmless(byte: u8) -> bool {
    let known = b" .,;:'\"()-/%?+";
    byte >= 0x80 || byte.is_ascii_alphanumeric() || known.contains(&byte)
}

/// The pieces of one paragraph: lines that begin with a letter, of words, harmless signs, and what is marked from one word
/// to another as `*so*`, `**so**` or `` `so` ``. `None` where Markdown may have more to say.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    for line in text.split('\n') {
        if !line.starts_with(char::is_alphabetic) || line.ends_with(' ') || line.contains("  ") {
            return None;
        }
        if !pieces.is_empty() {
            pieces.push(Piece::Break);
        }
        let mut rest = line;
        while let Some(at) = rest.bytes().position(|byte| !is_harmless(byte)) {
            let (plain, marked) = rest.split_at_checked(at)?;
            let mark = ["**", "*", "`"].into_iter().find(|mark| marked.starts_with(mark))?;
            let inner = marked.strip_prefix(mark)?;
            let (content, after) = inner.split_at_checked(inner.find(['*', '`'])?)?;
            let after = after.strip_prefix(mark)?;
            // a number after a mark would be escaped
            let starts = |c: char| if mark == "`" { c.is_alphanumeric() } else { c.is_alphabetic() };
            let stands = plain.ends_with([' ', '('])
                && content.starts_with(starts)
                && content.ends_with(char::is_alphanumeric)
                && content.bytes().all(|byte| is_harmless(byte) || mark == "`" && byte == b'_')
                && (after.is_empty() || after.starts_with([' ', '.', ',', ';', ':', ')', '?']));
            if !stands {
                return None;
            }
            pieces.push(Piece::Text(plain));
            pieces.push(match mark {
                "`" => Piece::Code(content),
                "*" => Piece::Emphasis(content),
                _ => Piece::Strong(content),
            });
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest));
        }
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_may_read_otherwise_is_left_to_it() {
        for text in [
            "",
            "- a",
            "1. a",
            "# a",
            "a  \nb",
            "a\n\nb",
            "a\n---",
            "a *b",
            "a*b*",
            "a **b*",
            "a ***b***",
            "a *b*c",
            "a `` b ``",
            "a `b` `",
            "a _b_",
            "a [b](c)",
            "a <b>",
            "a & b",
            "a * b * c",
            "a *b `c* d`",
            "a ` b`",
            "a | b",
            "a\\b",
            "a ~b~",
            "**a** b",
        ] {
            assert_eq!(pieces(text), None, "{text}");
        }
    }

    #[test]
    fn marked_words_are_told_apart() {
        assert_eq!(
            pieces("It fell (**twice** in `order_id`).\nThen *rose*"),
            Some(vec![
                Piece::Text("It fell ("),
                Piece::Strong("twice"),
                Piece::Text(" in "),
                Piece::Code("order_id"),
                Piece::Text(")."),
                Piece::Break,
                Piece::Text("Then "),
                Piece::Emphasis("rose"),
            ])
        );
    }
}
