//! Phrases of both languages looked for in prose, as whole words.

use crate::model::Localized;

/// Phrases to look for, with a table by which most words of a text are passed over at a glance.
pub(super) struct Phrases {
    phrases: &'static [&'static str],
    /// For each first byte the lengths, as bits, of the first words that begin with it.
    glance: [u64; 128],
}

impl Phrases {
    /// Phrases in lower case, with single spaces; each begins with an ASCII letter.
    pub(super) const fn of(phrases: &'static [&'static str]) -> Self {
        let mut glance = [0; 128];
        let mut at = 0;
        while at < phrases.len() {
            let bytes = phrases[at].as_bytes();
            let mut length = 0;
            while length < bytes.len() && bytes[length] != b' ' {
                length += 1;
            }
            glance[bytes[0] as usize] |= 1 << length;
            at += 1;
        }
        Self { phrases, glance }
    }

    /// The first phrase that stands in the text of some language, with that language's tag.
    ///
    /// Case, emphasis and the breaking of lines do not matter; the ends of a phrase are ends of words.
    pub(super) fn said<'t>(&self, text: &'t Localized) -> Option<(&'t str, &'static str)> {
        text.iter().find_map(|(tag, text)| Some((tag, self.first_in(text)?)))
    }

    fn first_in(&self, text: &str) -> Option<&'static str> {
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            rest = rest.get(start..).unwrap_or_default();
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let first = rest.bytes().next().map_or(0, |byte| byte.to_ascii_lowercase());
            let lengths = self.glance.get(usize::from(first)).copied().unwrap_or_default();
            if length < 64 && lengths >> length & 1 == 1 {
                let found = self.phrases.iter().find(|phrase| begins_with(rest, phrase));
                if found.is_some() {
                    return found.copied();
                }
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        None
    }
}

/// Whether the text begins with the phrase, word by word.
fn begins_with(text: &str, phrase: &str) -> bool {
    let mut rest = text;
    for (at, wanted) in phrase.split(' ').enumerate() {
        if at > 0 {
            let between = rest.find(is_part).unwrap_or(rest.len());
            let (between, next) = rest.split_at(between);
            if !between.chars().all(|c| c.is_whitespace() || matches!(c, '*' | '_' | '`')) {
                return false;
            }
            rest = next;
        }
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, next) = rest.split_at(length);
        let same = word.chars().flat_map(char::to_lowercase).eq(wanted.chars());
        if !same {
            return false;
        }
        rest = next;
    }
    true
}

/// Whether a character is part of a word.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    const THINK: Phrases = Phrases::of(&["we think"]);

    #[test]
    fn a_phrase_is_found_as_whole_words_in_any_case_across_lines_and_emphasis() {
        let text = |text: &str| Localized::new(vec![("en".to_owned(), text.to_owned())]);
        for (written, found) in [
            ("We think so", true),
            ("and **we** think", true),
            ("we\n  think.", true),
            ("(we think)", true),
            ("owe think", false),
            ("we thinking", false),
            ("non-we think", false),
            ("we do think", false),
        ] {
            assert_eq!(THINK.said(&text(written)).is_some(), found, "{written}");
        }
        let both = Localized::new(vec![
            ("en".to_owned(), "It was a defect.".to_owned()),
            ("pt-BR".to_owned(), "Não: **achamos que** é ÉTICO.".to_owned()),
        ]);
        const THOUGHT: Phrases = Phrases::of(&["nada", "achamos que é ético"]);
        assert_eq!(THOUGHT.said(&both), Some(("pt-BR", "achamos que é ético")));
        const PART: Phrases = Phrases::of(&["tico", "achamos que é étic", "defec", "defect was"]);
        assert_eq!(PART.said(&both), None);
    }
}
