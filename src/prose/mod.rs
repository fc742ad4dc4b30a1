//! What a text of prose states, in one form for both languages: numbers, times, lengths, lists, links, code, headings.
//!
//! Two translations of one text must agree on all of it. A text is read once, by its Markdown, and then compared.

mod compare;
mod decimal;
mod fact;
mod markdown;
mod token;
mod tone;
mod vocabulary;

pub use fact::FactKind;
pub use markdown::Item;

use fact::Fact;
use markdown::Structure;
use token::{BREAK, Kind, Token};

/// A language whose numbers, times and lengths are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tongue {
    /// English.
    English,
    /// Brazilian Portuguese.
    Portuguese,
}

/// A text, read.
#[derive(Debug)]
pub struct Prose {
    tongue: Tongue,
    plain: String,
    structure: Structure,
    facts: Vec<Fact>,
}

/// A number, a time or a length that one of two texts states alone, as it is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    /// As written.
    pub text: String,
    /// The few words just before it.
    pub before: String,
    /// How many times the same was written before it in its text.
    pub nth: usize,
}

/// What two texts state differently, of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Numbers, lengths or times.
    pub kind: FactKind,
    /// What the first text alone states.
    pub one: Vec<Only>,
    /// What the other text alone states.
    pub other: Vec<Only>,
}

/// A place to work in: kept from text to text, so that reading many takes little memory.
#[derive(Debug, Default)]
pub struct Desk {
    tokens: Vec<Token>,
}

impl Prose {
    /// Reads a text. Never fails; linear in its length.
    pub fn read(text: &str, tongue: Tongue, desk: &mut Desk) -> Self {
        let mut structure = Structure::default();
        let plain = markdown::blocks(text, &mut structure).into_owned();
        token::split(&plain, tongue, &mut desk.tokens);
        for token in &desk.tokens {
            let slice = || plain.get(token.start..token.end).unwrap_or_default().to_owned();
            match token.kind {
                Kind::Address => structure.links.push(slice()),
                Kind::Placeholder => structure.code.push(slice()),
                _ => {}
            }
        }
        let facts = fact::facts(&plain, &desk.tokens, tongue);
        Self { tongue, plain, structure, facts }
    }

    /// The language it was read in.
    pub fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// Every item of every list, in order.
    pub fn items(&self) -> &[Item] {
        &self.structure.items
    }

    /// The target of every link and image, and every bare address.
    pub fn links(&self) -> &[String] {
        &self.structure.links
    }

    /// Code spans and blocks, and placeholders (`{{ … }}`).
    pub fn code(&self) -> &[String] {
        &self.structure.code
    }

    /// The levels of the headings, in order.
    pub fn headings(&self) -> &[u8] {
        &self.structure.headings
    }

    /// Every word: letters and digits, with its place in the plain text.
    pub fn words(&self) -> impl Iterator<Item = (usize, &str)> + Clone {
        let is_gap = |c: char| !c.is_alphanumeric();
        let parts = self.plain.split_inclusive(is_gap).scan(0, |end, part| {
            let start = *end;
            *end += part.len();
            Some((start, part))
        });
        parts
            .map(move |(start, part)| (start, part.trim_end_matches(is_gap)))
            .filter(|(_, word)| !word.is_empty())
    }

    /// The words without Markdown, block by block: paragraphs, items, headings.
    pub fn blocks(&self) -> impl Iterator<Item = &str> {
        self.plain.split(BREAK)
    }

    /// The numbers, lengths and times that only one of two texts states, by kind. `local` is the offset from UTC, in
    /// minutes, of a clock time that names no zone.
    pub fn differences(&self, other: &Prose, local: i16) -> Vec<Difference> {
        let left = compare::left(&self.facts, &other.facts, local);
        let by_kind = compare::by_kind(&left, &self.facts, &other.facts);
        let difference = |(kind, left): (FactKind, compare::Left)| Difference {
            kind,
            one: self.only(&left.one),
            other: other.only(&left.other),
        };
        by_kind.into_iter().map(difference).collect()
    }

    /// Facts in the words of the text: the first few, which is what a reader can take in.
    fn only(&self, indices: &[usize]) -> Vec<Only> {
        const MOST: usize = 5;
        let facts = indices.iter().take(MOST).filter_map(|index| self.facts.get(*index));
        facts.map(|fact| self.excerpt(fact.range.clone())).collect()
    }

    /// A part of the plain text, with what helps to find it in the text as written.
    fn excerpt(&self, range: std::ops::Range<usize>) -> Only {
        const CONTEXT: usize = 24;
        let before = self.plain.get(..range.start).unwrap_or_default();
        let text = self.plain.get(range).unwrap_or_default();
        let start = before.len().saturating_sub(CONTEXT);
        let start = (start..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(before.len());
        let near = before.get(start..).unwrap_or_default();
        let near = near.rsplit([BREAK, token::CODE]).next().unwrap_or_default();
        Only { text: text.to_owned(), before: near.to_owned(), nth: before.matches(text).count() }
    }
}

#[cfg(test)]
mod tests;
