//! Phrases of both languages looked for in prose, as whole words.

use crate::model::Localized;

/// The first of `phrases` that stands in the text of some language, with that language's tag.
///
/// Phrases are in lower case, with single spaces. Case, emphasis and the breaking of lines do not matter; the ends of a
/// phrase are ends of words.
pub(super) fn said<'t, 'p>(text: &'t Localized, phrases: &[&'p str]) -> Option<(&'t str, &'p str)> {
    text.iter().find_map(|(tag, text)| {
        let text = plain(text);
        let phrase = phrases.iter().find(|phrase| has(&text, phrase))?;
        Some((tag, *phrase))
    })
}

/// Lower case, emphasis and code marks dropped, any run of space one space.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut space = true;
    for c in text.chars().filter(|c| !matches!(c, '*' | '_' | '`')) {
        match c.is_whitespace() {
            true if space => {}
            true => plain.push(' '),
            false => plain.extend(c.to_lowercase()),
        }
        space = c.is_whitespace();
    }
    plain
}

/// Whether the phrase stands in the text from one end of a word to another.
fn has(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, found)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|after| after.chars().next());
        let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
        !part_of_word(before) && !part_of_word(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(said(&text(written), &["we think"]).is_some(), found, "{written}");
        }
        let both = Localized::new(vec![
            ("en".to_owned(), "It was a defect.".to_owned()),
            ("pt-BR".to_owned(), "Achamos que é ÉTICO.".to_owned()),
        ]);
        assert_eq!(said(&both, &["nada", "achamos"]), Some(("pt-BR", "achamos")));
        assert_eq!(said(&both, &["ético"]), Some(("pt-BR", "ético")));
        assert_eq!(said(&both, &["tico"]), None);
    }
}
