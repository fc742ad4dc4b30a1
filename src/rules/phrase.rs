//! Phrases of both languages looked for in prose: as whole words, whatever their case and accents.

use std::{ops::Range, sync::OnceLock};

use aho_corasick::{Anchored, automaton::Automaton, nfa::contiguous::NFA};

use super::wording;
use crate::{language::Folded, model::Localized};

/// Many phrases, ready to look for in folded texts.
#[derive(Debug)]
pub(super) struct Search {
    phrases: NFA,
    /// A bit for each beginning, which few others share: most words of a text are passed over at a glance. The beginning
    /// of a phrase is its first word and, where more follow, the sign after it and the first letter of the next.
    beginnings: [u64; MARKS],
}

/// How many words of bits tell at a glance that no phrase begins somewhere.
const MARKS: usize = 256;
/// How many bytes belong to a beginning behind its first word.
const BEHIND: usize = 2;

impl Search {
    /// Folded phrases, each of which begins with a letter or a digit; `None` when there are too many.
    pub(super) fn new(phrases: &[Vec<u8>]) -> Option<Self> {
        let mut beginnings = [0; MARKS];
        for phrase in phrases {
            let word = phrase.iter().take_while(|byte| Folded::joins(**byte)).count();
            let beginning = phrase.get(..word + BEHIND).or(phrase.get(..word))?;
            let (at, bit) = mark(beginning.iter().fold(EMPTY, |all, byte| mixed(all, *byte)));
            *beginnings.get_mut(at)? |= bit;
        }
        Some(Self { phrases: NFA::new(phrases).ok()?, beginnings })
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
        self.is_beginning(Folded::letters(text)) && self.walk(Folded::letters(text)).next().is_some()
    }

    /// Whether a phrase may begin as these bytes do.
    fn is_beginning(&self, mut bytes: impl Iterator<Item = u8>) -> bool {
        let known = |beginning: u64| {
            let (at, bit) = mark(beginning);
            self.beginnings.get(at).is_some_and(|marks| marks & bit != 0)
        };
        let mut word = EMPTY;
        let mut next = bytes.next();
        while let Some(byte) = next.filter(|byte| Folded::joins(*byte)) {
            word = mixed(word, byte);
            next = bytes.next();
        }
        let behind = next.into_iter().chain(bytes).take(BEHIND);
        known(word) || known(behind.fold(word, mixed))
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
        let from = folded.bytes().get(word.start..);
        from.is_some_and(|from| self.is_beginning(from.iter().copied()))
    }

    /// The longest phrase that begins here and ends with a word.
    fn at(&self, folded: &Folded, start: usize) -> Option<(usize, Range<usize>)> {
        let ends = self.walk(folded.bytes().get(start..)?.iter().copied());
        let phrases = ends.map(|(read, phrase)| (phrase, start..start + read));
        phrases.filter(|(_, range)| folded.is_whole(range)).last()
    }
}

/// No bytes.
const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// Bytes and one more (the hash of Fowler, Noll and Vo).
fn mixed(all: u64, byte: u8) -> u64 {
    (all ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Where a beginning is marked: which of the [`MARKS`], and its bit there.
fn mark(beginning: u64) -> (usize, u64) {
    let spread = beginning.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bits = spread >> (u64::BITS - MARKS.trailing_zeros() - u64::BITS.trailing_zeros());
    (usize::try_from(bits / 64).unwrap_or(0), 1 << (bits % 64))
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
        // where nothing can stand inside a phrase unseen, most texts need not be folded
        if !wording::may_split(text) && !search.may_begin_in(text, word_starts(text)) {
            return None;
        }
        let found = wording::look(text, |folded| search.find(folded))?;
        let (phrase, _) = found.hits.first()?;
        self.phrases.get(*phrase).copied()
    }
}

/// Where words begin in a text, and some places more.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut joined = false;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let begins = !joined && (byte.is_ascii_alphanumeric() || byte >= 0xc0);
        joined = byte.is_ascii() && Folded::joins(byte);
        begins.then_some(at)
    })
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
