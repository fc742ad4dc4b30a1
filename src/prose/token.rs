//! A text as words, numbers and signs.

use super::{
    Tongue,
    vocabulary::{Meaning, Tone, Vocabulary},
};

/// One word, number or sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Byte positions in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// No space lies between it and the token before.
    pub(super) glued: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Letters: what they mean, if they mean anything here, and how they colour what is said.
    Word(Option<Meaning>, Option<Tone>),
    /// Digits, with points and commas between them.
    Number,
    /// Any other character.
    Sign(char),
    /// `http://…` up to the next space.
    Address,
    /// `{{ … }}`.
    Placeholder,
    /// The end of a paragraph, an item, a heading.
    Break,
}

/// What stands for code in a text that is looked through: no word, and no space.
pub(super) const CODE: char = '\u{fffc}';
/// What stands between two blocks.
pub(super) const BREAK: char = '\u{0}';

/// Splits `text` into `tokens`.
pub(super) fn split(text: &str, tongue: Tongue, tokens: &mut Vec<Token>) {
    let vocabulary = Vocabulary::of(tongue);
    tokens.clear();
    let mut lower = String::new();
    let last_close = if text.contains('}') { text.rfind("}}").unwrap_or(0) } else { 0 };
    let mut at = 0;
    let mut glued = false;
    while let Some(byte) = text.as_bytes().get(at) {
        let start = at;
        // between words there is mostly one space
        if *byte == b' ' {
            at += 1;
            glued = false;
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let Some(c) = first(rest, *byte) else { break };
        let kind = if c.is_alphabetic() {
            if matches!(c, 'h' | 'H') && is_address(rest) {
                at += address_length(rest);
                Kind::Address
            } else {
                let word = rest.get(..word_length(rest)).unwrap_or_default();
                at += word.len();
                let (meaning, tone) = vocabulary.meaning(word, &mut lower);
                Kind::Word(meaning, tone)
            }
        } else if c.is_ascii_digit() {
            at += number_length(rest);
            Kind::Number
        } else if at < last_close && rest.starts_with("{{") {
            at += rest.find("}}").map_or(2, |end| end + 2);
            Kind::Placeholder
        } else {
            at += c.len_utf8();
            match c {
                BREAK => Kind::Break,
                c if c.is_whitespace() => {
                    glued = false;
                    continue;
                }
                c => Kind::Sign(c),
            }
        };
        tokens.push(Token { kind, start, end: at, glued });
        glued = true;
    }
}

/// The first character of a text, whose first byte is known.
fn first(text: &str, byte: u8) -> Option<char> {
    if byte.is_ascii() { Some(char::from(byte)) } else { text.chars().next() }
}

/// Letters, and an apostrophe between letters.
fn word_length(text: &str) -> usize {
    // most words are of plain letters
    let mut length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    match text.as_bytes().get(length) {
        Some(byte) if *byte >= 0x80 || *byte == b'\'' => {}
        _ => return length,
    }
    let from = length;
    let rest = text.get(from..).unwrap_or_default();
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_inner = from + at > 0
            && matches!(c, '\'' | '’')
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !c.is_alphabetic() && !is_inner {
            break;
        }
        length = from + at + c.len_utf8();
    }
    length
}

/// Digits, and one point, comma or thin space between digits; after a space exactly three.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    // thin spaces group from the first group on
    let mut spaced = length <= 3;
    loop {
        let rest = text.get(length..).unwrap_or_default();
        let Some(sign) = rest.chars().next() else { return length };
        let more = digits(rest.get(sign.len_utf8()..).unwrap_or_default());
        match sign {
            '.' | ',' if more > 0 => {
                length += 1 + more;
                spaced = false;
            }
            '\u{a0}' | '\u{202f}' | '\u{2009}' if more == 3 && spaced => length += sign.len_utf8() + 3,
            _ => return length,
        }
    }
}

fn is_address(text: &str) -> bool {
    let starts = |with: &str| text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    starts("https://") || starts("http://")
}

/// Up to a space or a sign that closes what an address is put in; without the stop that ends its sentence.
fn address_length(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | BREAK | CODE))
        .unwrap_or(text.len());
    let address = text.get(..end).unwrap_or(text);
    address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '”', '’']).len()
}
