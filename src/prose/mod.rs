//! What a text of prose states, in one form for both languages: numbers, times, lengths, lists, links, code, headings.
//!
//! Two translations of one text must agree on all of it. A text is read once, by its Markdown, and then compared.

mod align;
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
use vocabulary::Tone;

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
    blocks: Vec<Block>,
    /// Words that only its own language uses.
    common: usize,
}

/// A paragraph, an item of a list, a heading: what colours its sentences.
#[derive(Debug, Default)]
struct Block {
    /// Byte positions in the plain text.
    range: std::ops::Range<usize>,
    /// Where words negate.
    negators: Vec<std::ops::Range<usize>>,
    /// How many words may stand for a negation.
    near_negators: usize,
    /// Where words are certain or uncertain, whole or partial, with their shade.
    hedges: Vec<(u8, std::ops::Range<usize>)>,
}

/// Two paragraphs, items or headings that say the same in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Aligned<'p> {
    one: (&'p Prose, &'p Block),
    other: (&'p Prose, &'p Block),
}

/// A shade of certainty or extent that one text has and its counterpart lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shade {
    /// The word as it stands there.
    pub only: Only,
    /// What the other language says for it.
    pub counterpart: &'static str,
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

impl Desk {
    /// Where each word and number of the last text that was read here begins in its plain text.
    pub fn words(&self) -> impl Iterator<Item = usize> {
        let is_word = |token: &&Token| matches!(token.kind, Kind::Word(..) | Kind::Number);
        self.tokens.iter().filter(is_word).map(|token| token.start)
    }
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
        let (blocks, common) = coloured(&plain, &desk.tokens);
        Self { tongue, plain, structure, facts, blocks, common }
    }

    /// The language it was read in.
    pub fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// Whether it states a length or a time of day.
    pub fn states_time(&self) -> bool {
        self.facts.iter().any(|fact| fact.kind != FactKind::Number)
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

    /// All of its words, without Markdown.
    pub fn plain(&self) -> &str {
        &self.plain
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

    /// How many paragraphs stand outside lists.
    pub fn paragraphs(&self) -> usize {
        self.structure.paragraphs.max(1)
    }

    /// How many characters there are, without Markdown.
    pub fn characters(&self) -> usize {
        self.plain.chars().count()
    }

    /// True when nothing in a text of some length is of its own language, and much is of the other.
    pub fn is_in_other_tongue(&self) -> bool {
        const ENOUGH: usize = 3;
        if self.common > 0 || self.words().take(6).count() < 6 {
            return false;
        }
        let other = match self.tongue {
            Tongue::English => Tongue::Portuguese,
            Tongue::Portuguese => Tongue::English,
        };
        let mut tokens = Vec::new();
        token::split(&self.plain, other, &mut tokens);
        coloured(&self.plain, &tokens).1 >= ENOUGH
    }

    /// The blocks of two texts that are each other's translation, as far as their lengths tell.
    pub fn aligned<'p>(&'p self, other: &'p Self) -> Vec<Aligned<'p>> {
        let lengths = |prose: &Self| prose.blocks.iter().map(|block| block.range.len()).collect::<Vec<_>>();
        let pairs = align::pairs(&lengths(self), &lengths(other));
        let aligned = |(one, two): (usize, usize)| {
            Some(Aligned { one: (self, self.blocks.get(one)?), other: (other, other.blocks.get(two)?) })
        };
        pairs.into_iter().filter_map(aligned).collect()
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

impl Aligned<'_> {
    /// The words of each, in small letters.
    pub fn words(&self) -> [Vec<String>; 2] {
        [self.one, self.other].map(|(prose, block)| {
            let text = prose.plain.get(block.range.clone()).unwrap_or_default();
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.map(str::to_lowercase).collect()
        })
    }

    /// Which of the two negates more often than the other does in any words, and where it first negates. Of short
    /// paragraphs nothing is said: `unknown` is `não se sabe`.
    pub fn negation(&self) -> Option<(Tongue, Only)> {
        const LONG_ENOUGH: usize = 60;
        if self.one.1.range.len() < LONG_ENOUGH || self.other.1.range.len() < LONG_ENOUGH {
            return None;
        }
        let more = |(prose, block): (&Prose, &Block), other: &Block| {
            // what is near to a negation in both texts is one thing: `only` and `só`
            let near = other.near_negators.saturating_sub(block.near_negators);
            let surplus = block.negators.len() > other.negators.len() + near;
            let first = block.negators.get(other.negators.len()).filter(|_| surplus)?;
            Some((prose.tongue, prose.excerpt(first.clone())))
        };
        more(self.one, self.other.1).or_else(|| more(self.other, self.one.1))
    }

    /// The shades that each of the two has and the other lacks altogether.
    pub fn shades(&self) -> [Vec<Shade>; 2] {
        let lacking = |(prose, block): (&Prose, &Block), other: &Block| {
            let is_lacking = |(shade, _): &&(u8, std::ops::Range<usize>)| {
                !other.hedges.iter().any(|(there, _)| there == shade)
            };
            let told = |(shade, range): &(u8, std::ops::Range<usize>)| {
                let (en, pt) = tone::HEDGES.get(usize::from(*shade)).copied().unwrap_or_default();
                let counterpart = if prose.tongue == Tongue::English { pt } else { en };
                Shade { only: prose.excerpt(range.clone()), counterpart }
            };
            block.hedges.iter().filter(is_lacking).map(told).collect()
        };
        [lacking(self.one, self.other.1), lacking(self.other, self.one.1)]
    }
}

/// The blocks of a text with their tones, and how many words no other language uses.
fn coloured(plain: &str, tokens: &[Token]) -> (Vec<Block>, usize) {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    let mut common = 0;
    let mut negated = false;
    let word = |index: usize| {
        let token = tokens.get(index);
        token.and_then(|token| plain.get(token.start..token.end)).unwrap_or_default()
    };
    for (index, token) in tokens.iter().enumerate() {
        let range = token.start..token.end;
        match token.kind {
            Kind::Break => {
                block.range.end = token.start;
                blocks.push(std::mem::take(&mut block));
                block.range.start = token.end;
                negated = false;
            }
            Kind::Sign('.' | ';' | '!' | '?') => negated = false,
            // by accident, for certain, at any rate: nothing is negated
            Kind::Word(_, Some(Tone::Not))
                if word(index) == "sem" && matches!(word(index + 1), "querer" | "dúvida" | "falta") => {}
            Kind::Word(_, Some(Tone::Not)) => {
                block.negators.push(range);
                negated = true;
            }
            Kind::Word(_, Some(Tone::NotAgain)) if !negated => block.negators.push(range),
            Kind::Word(_, Some(Tone::MayNot)) => block.near_negators += 1,
            Kind::Word(_, Some(Tone::Hedge(shade))) => block.hedges.push((shade, range)),
            Kind::Word(_, Some(Tone::Common)) => common += 1,
            _ => {}
        }
    }
    block.range.end = plain.len();
    blocks.push(block);
    (blocks, common)
}

#[cfg(test)]
mod tests;
