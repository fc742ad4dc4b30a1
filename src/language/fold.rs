//! Text made comparable: small letters without accents, one byte a letter, with the way back to the text.

use std::{cmp::Ordering, ops::Range};

/// A text in the form that word lists are matched on.
///
/// Each letter is one byte: ASCII in small letters, Latin letters without their accents (composed or not), any other
/// letter [`Folded::LETTER`]. White space is one space, or `\n` between paragraphs; every other sign is itself when it
/// is ASCII, and [`Folded::SIGN`] when it is not. A curly apostrophe is `'`, a hyphen that does not break is `-`.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    bytes: Vec<u8>,
    /// From which byte on the text is how many bytes further: most texts differ in few places.
    shifts: Vec<(usize, usize)>,
    /// The length of the text.
    length: usize,
}

impl Folded {
    /// A letter of another script.
    pub const LETTER: u8 = 0x80;
    /// A sign that is not ASCII.
    pub const SIGN: u8 = 0x81;

    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let mut folded =
            Self { bytes: Vec::with_capacity(text.len()), shifts: Vec::new(), length: text.len() };
        let mut broken = false;
        let mut shift = 0;
        let mut next = 0;
        while let Some(rest) = text.get(next..) {
            let at = next;
            // most of any text
            let plain = rest.bytes().take_while(u8::is_ascii_graphic).count();
            if let Some((first, more)) = rest.as_bytes().get(..plain).and_then(<[u8]>::split_first) {
                broken = false;
                folded.push(at, first.to_ascii_lowercase(), &mut shift);
                folded.bytes.extend(more.iter().map(u8::to_ascii_lowercase));
                next += plain;
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            next += c.len_utf8();
            let byte = match letter(c) {
                Some(byte) => byte,
                None => continue,
            };
            if byte == b' ' {
                // a second line break ends the paragraph
                let again = broken && c == '\n';
                broken |= c == '\n';
                match folded.bytes.last_mut() {
                    Some(last @ b' ') if again => *last = b'\n',
                    Some(b' ' | b'\n') => {}
                    _ => folded.push(at, byte, &mut shift),
                }
                continue;
            }
            broken = false;
            folded.push(at, byte, &mut shift);
        }
        folded
    }

    /// The bytes to match on.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where these bytes stand in the text that was folded; `None` for a range that is not in it.
    pub fn range(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let at = |index: usize| match index.cmp(&self.bytes.len()) {
            Ordering::Less => {
                let shifts = self.shifts.partition_point(|(from, _)| *from <= index);
                let last = shifts.checked_sub(1).and_then(|last| self.shifts.get(last));
                Some(index + last.map_or(0, |(_, shift)| *shift))
            }
            Ordering::Equal => Some(self.length),
            Ordering::Greater => None,
        };
        Some(at(bytes.start)?..at(bytes.end)?)
    }

    /// Whether these bytes are whole words: no letter, digit, `_` or hyphen touches them.
    pub fn is_whole(&self, bytes: &Range<usize>) -> bool {
        let before = bytes.start.checked_sub(1).and_then(|at| self.bytes.get(at));
        let after = self.bytes.get(bytes.end);
        !before.into_iter().chain(after).any(|byte| Self::joins(*byte))
    }

    /// Whether a byte belongs to the word beside it: a letter, a digit, `_`, a hyphen.
    pub fn joins(byte: u8) -> bool {
        const JOINS: [bool; 256] = {
            let mut joins = [false; 256];
            let mut byte = 0;
            while byte < joins.len() {
                joins[byte] = (byte as u8).is_ascii_alphanumeric()
                    || matches!(byte as u8, b'_' | b'-' | Folded::LETTER);
                byte += 1;
            }
            joins
        };
        JOINS.get(usize::from(byte)).is_some_and(|joins| *joins)
    }

    /// The folded bytes of a text one after the other, without its paragraphs: for a first look.
    pub fn letters(text: &str) -> impl Iterator<Item = u8> {
        let mut rest = text;
        let mut last = 0;
        std::iter::from_fn(move || {
            loop {
                // most of any text
                let byte = match rest.as_bytes().first()? {
                    byte @ b'!'..=b'~' => {
                        rest = rest.get(1..)?;
                        byte.to_ascii_lowercase()
                    }
                    _ => {
                        let mut chars = rest.chars();
                        let byte = chars.next().and_then(letter);
                        rest = chars.as_str();
                        let Some(byte) = byte.filter(|byte| *byte != b' ' || last != b' ') else { continue };
                        byte
                    }
                };
                last = byte;
                return Some(byte);
            }
        })
    }

    /// Every word, as the bytes it stands at.
    pub fn words(&self) -> impl Iterator<Item = Range<usize>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = self.bytes.get(at..)?;
            let start = at + rest.iter().position(|byte| Self::joins(*byte))?;
            let rest = self.bytes.get(start..)?;
            at = start + rest.iter().position(|byte| !Self::joins(*byte)).unwrap_or(rest.len());
            Some(start..at)
        })
    }

    /// Adds the byte of what stands `at` in the text; `shift` is how much further the last one stood.
    fn push(&mut self, at: usize, byte: u8, shift: &mut usize) {
        let index = self.bytes.len();
        if at != index + *shift {
            *shift = at.saturating_sub(index);
            self.shifts.push((index, *shift));
        }
        self.bytes.push(byte);
    }
}

/// The one byte of a character; `None` for a mark that only accents the letter before it.
fn letter(c: char) -> Option<u8> {
    let byte = match c {
        ' ' | '\t' | '\r' | '\n' => b' ',
        '\0'..='\x7f' => u8::try_from(c).unwrap_or(Folded::SIGN).to_ascii_lowercase(),
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => return None,
        'À'..='Å' | 'à'..='å' | 'ª' => b'a',
        'Ç' | 'ç' => b'c',
        'È'..='Ë' | 'è'..='ë' => b'e',
        'Ì'..='Ï' | 'ì'..='ï' => b'i',
        'Ñ' | 'ñ' => b'n',
        'Ò'..='Ö' | 'ò'..='ö' | 'º' => b'o',
        'Ù'..='Ü' | 'ù'..='ü' => b'u',
        'Ý' | 'ý' | 'ÿ' => b'y',
        '’' | '‘' | 'ʼ' => b'\'',
        '‐' | '‑' => b'-',
        c if c.is_whitespace() => b' ',
        c if c.is_alphanumeric() => Folded::LETTER,
        _ => Folded::SIGN,
    };
    Some(byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_case_and_white_space_do_not_tell_texts_apart() {
        for (text, folded) in [
            ("Não É só", "nao e so"),
            // the same accents, written as marks of their own
            ("Na\u{303}o E\u{301} so\u{301}", "nao e so"),
            ("by\n  mistake", "by mistake"),
            ("by\u{a0}mistake", "by mistake"),
            ("one.\n\nTwo", "one.\ntwo"),
            ("one.\n \n\n\nTwo", "one.\ntwo"),
            ("won’t", "won't"),
            ("co‑op", "co-op"),
            ("ÇÃO", "cao"),
        ] {
            assert_eq!(String::from_utf8_lossy(Folded::of(text).bytes()), folded, "{text:?}");
        }
        assert_eq!(Folded::of("я—1").bytes(), [Folded::LETTER, Folded::SIGN, b'1']);
    }

    #[test]
    fn a_word_is_whole_when_nothing_is_joined_to_it() {
        for (text, whole) in [
            ("só", true),
            ("(só)", true),
            ("só, então", true),
            ("sólido", false),
            ("é_só", false),
            ("read-só", false),
            ("só-lido", false),
            ("—só—", true),
            ("яsó", false),
        ] {
            let folded = Folded::of(text);
            let at = folded.bytes().windows(2).position(|pair| pair == b"so").unwrap();
            assert_eq!(folded.is_whole(&(at..at + 2)), whole, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_found_can_be_shown(text in "\\PC{0,40}[ \n\u{301}é’-]{0,9}\\PC{0,9}", from in 0..60_usize, to in 0..60_usize) {
            let folded = Folded::of(&text);
            let (from, to) = (from.min(folded.bytes().len()), to.min(folded.bytes().len()));
            if from <= to {
                let range = folded.range(&(from..to)).unwrap();
                prop_assert!(text.get(range).is_some());
            }
        }

        #[test]
        fn folding_twice_changes_nothing_in_ascii(text in "[ -~]{0,60}") {
            let once = String::from_utf8(Folded::of(&text).bytes().to_vec()).unwrap();
            let twice = Folded::of(&once);
            prop_assert_eq!(twice.bytes(), once.as_bytes());
        }
    }
}
