//! Phrases of both languages looked for in prose: as whole words, whatever their case and accents.

use std::{ops::Range, sync::OnceLock};

use aho_corasick::{Anchored, automaton::Automaton, nfa::contiguous::NFA};

use super::wording;
use crate::{language::Folded, model::Localized};

/// Many phrases, ready to look for in folded texts.
#[derive(Debug)]
pub(super) struct Search {
    phrases: NFA,
    /// For each first byte the lengths, as bits, of the first words that begin with it: most words of a text are
    /// passed over at a glance.
    glance: [u64; 256],
}

impl Search {
    /// Folded phrases, each of which begins with a letter or a digit; `None` when there are too many.
    pub(super) fn new(phrases: &[Vec<u8>]) -> Option<Self> {
        let mut glance = [0; 256];
        for phrase in phrases {
            let length = phrase.iter().take_while(|byte| Folded::joins(**byte)).count();
            let first = phrase.first().and_then(|byte| glance.get_mut(usize::from(*byte)));
            *first? |= bit(length);
        }
        Some(Self { phrases: NFA::new(phrases).ok()?, glance })
    }

    /// The phrases in a text by their number, in its order; of those that overlap the first, of those that begin
    /// together the longest.
    pub(super) fn find(&self, folded: &Folded) -> Vec<(usize, Range<usize>)> {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        let mut end = 0;
        for word in folded.words().filter(|word| self.may_begin(folded, word)) {
            if word.start >= end
                && let Some((phrase, range)) = self.at(folded, word.start)
            {
                end = range.end;
                found.push((phrase, range));
            }
        }
        found
    }

    /// Whether a phrase may begin at one of these places of a text, wherever it ends: cheaper than to fold all of it.
    pub(super) fn may_begin_in(&self, text: &str, mut words: impl Iterator<Item = usize>) -> bool {
        words.any(|start| text.get(start..).is_some_and(|text| self.may_begin_with(text)))
    }

    fn may_begin_with(&self, text: &str) -> bool {
        let mut letters = Folded::letters(text).peekable();
        let first = letters.peek().and_then(|first| self.glance.get(usize::from(*first)));
        let Some(lengths) = first.filter(|lengths| **lengths != 0) else { return false };
        let word = Folded::letters(text).take_while(|byte| Folded::joins(*byte)).count();
        lengths & bit(word) != 0 && self.walk(letters).next().is_some()
    }

    /// How many bytes have been read where a phrase ends that began with the first, with the phrase.
    fn walk(&self, bytes: impl Iterator<Item = u8>) -> impl Iterator<Item = (usize, usize)> {
        let mut state = self.phrases.start_state(Anchored::Yes).ok();
        let states = bytes.map_while(move |byte| {
            state = state.map(|state| self.phrases.next_state(Anchored::Yes, state, byte));
            state.filter(|state| !self.phrases.is_dead(*state))
        });
        states.zip(1..).filter(|(state, _)| self.phrases.is_match(*state)).filter_map(|(state, read)| {
            let mut ends = (0..self.phrases.match_len(state)).map(|at| self.phrases.match_pattern(state, at));
            // what ends here may have begun later
            let whole = ends.find(|phrase| self.phrases.pattern_len(*phrase) == read)?;
            Some((read, whole.as_usize()))
        })
    }

    fn may_begin(&self, folded: &Folded, word: &Range<usize>) -> bool {
        let lengths = folded.bytes().get(word.start).and_then(|first| self.glance.get(usize::from(*first)));
        lengths.is_some_and(|lengths| lengths & bit(word.len()) != 0)
    }

    /// The longest phrase that begins here and ends with a word.
    fn at(&self, folded: &Folded, start: usize) -> Option<(usize, Range<usize>)> {
        let ends = self.walk(folded.bytes().get(start..)?.iter().copied());
        let phrases = ends.map(|(read, phrase)| (phrase, start..start + read));
        phrases.filter(|(_, range)| folded.is_whole(range)).last()
    }
}

/// The bit of a word's length; very long ones share one.
fn bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// A rule's own list of phrases.
#[derive(Debug)]
pub(super) struct Phrases {
    phrases: &'static [&'static str],
    search: OnceLock<Option<Search>>,
}

impl Phrases {
    /// Phrases with single spaces; each begins with a letter.
    pub(super) const fn of(phrases: &'static [&'static str]) -> Self {
        Self { phrases, search: OnceLock::new() }
    }

    /// The first phrase that the author says in the text of some language, with that language's tag; what is quoted is
    /// not the author's.
    pub(super) fn said<'t>(&self, text: &'t Localized) -> Option<(&'t str, &'static str)> {
        text.iter().find_map(|(tag, text)| Some((tag, self.first_in(text)?)))
    }

    fn first_in(&self, text: &str) -> Option<&'static str> {
        let folded = |phrase: &&str| Folded::of(phrase).bytes().to_vec();
        let new = || Search::new(&self.phrases.iter().map(folded).collect::<Vec<_>>());
        let search = self.search.get_or_init(new).as_ref()?;
        let found = wording::look(text, |folded| search.find(folded))?;
        let (phrase, _) = found.hits.first()?;
        self.phrases.get(*phrase).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_as_whole_words_in_any_case_across_lines_and_emphasis() {
        static THINK: Phrases = Phrases::of(&["we think"]);
        let text = |text: &str| Localized::new(vec![("en".to_owned(), text.to_owned())]);
        for (written, found) in [
            ("We think so", true),
            ("and **we** think", true),
            ("we\n  think.", true),
            ("(we think)", true),
            ("run `it`; we think", true),
            ("he said “we think so”", false),
            ("owe think", false),
            ("we thinking", false),
            ("non-we think", false),
            ("we do think", false),
            ("we\n\nthink", false),
        ] {
            assert_eq!(THINK.said(&text(written)).is_some(), found, "{written}");
        }
        let both = Localized::new(vec![
            ("en".to_owned(), "It was a defect.".to_owned()),
            ("pt-BR".to_owned(), "Não: **achamos que** é ÉTICO.".to_owned()),
        ]);
        static THOUGHT: Phrases = Phrases::of(&["nada", "achamos que é ético"]);
        assert_eq!(THOUGHT.said(&both), Some(("pt-BR", "achamos que é ético")));
        static PART: Phrases = Phrases::of(&["tico", "achamos que é étic", "defec", "defect was"]);
        assert_eq!(PART.said(&both), None);
    }

    #[test]
    fn the_longest_whole_phrase_wins_and_none_is_found_inside_another() {
        let search =
            Search::new(&["a few".into(), "a few of".into(), "few of them".into(), "of".into()]).unwrap();
        for (text, expected) in [
            ("a few of them", vec![(1, 0..8)]),
            ("a few offers", vec![(0, 0..5)]),
            ("few of them, of all", vec![(2, 0..11), (3, 13..15)]),
            ("a fewer of", vec![(3, 8..10)]),
        ] {
            assert_eq!(search.find(&Folded::of(text)), expected, "{text}");
            let starts = text.match_indices(|c: char| c.is_alphabetic()).map(|(at, _)| at);
            assert!(search.may_begin_in(text, starts), "{text}");
        }
    }
}
