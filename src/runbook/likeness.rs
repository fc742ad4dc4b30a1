//! How alike texts are: words of both languages, accents folded, endings cut, beginnings compared; scored as BM25 does.

use std::{borrow::Cow, ops::Range};

use crate::language::Folded;

/// The most words of a query that are looked for.
const MOST_WORDS: usize = 24;
/// BM25: how soon a word said again stops counting.
const SATURATION: f64 = 1.2;
/// BM25: how much a long text is held against it.
const LENGTH: f64 = 0.6;

/// Words too common to tell texts apart, folded.
const COMMON: &[&str] = &[
    "a", "an", "and", "ao", "aos", "are", "as", "at", "be", "by", "com", "da", "das", "de", "do", "dos", "e",
    "em", "esta", "foi", "for", "from", "has", "in", "is", "isso", "it", "its", "mas", "na", "nao", "nas",
    "no", "nos", "not", "o", "of", "on", "or", "os", "ou", "para", "pela", "pelo", "por", "que", "sao", "se",
    "sem", "ser", "than", "that", "the", "this", "to", "um", "uma", "was", "we", "were", "with",
];

/// What someone asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    stems: Vec<Vec<u8>>,
}

/// How much of a query one document says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// For each word of the query how often it is said, weighted.
    said: Vec<f64>,
    /// How many words the document has.
    words: usize,
}

/// A document that says something of a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// Its position among the documents.
    pub index: usize,
    /// Higher is more alike. Scores of one ranking can be compared with each other.
    pub score: f64,
}

impl Query {
    /// The words of a text. Common words count only when there are no others; each word counts once.
    pub fn of(text: &str) -> Self {
        let all: Vec<Word<'_>> = words(text).collect();
        let telling: Vec<&Word<'_>> = all.iter().filter(|word| !word.is_common()).collect();
        let chosen = if telling.is_empty() { all.iter().collect() } else { telling };
        let mut stems: Vec<Vec<u8>> = Vec::new();
        for word in chosen {
            let stem = stem(&word.letters).to_vec();
            if stems.len() < MOST_WORDS && !stems.contains(&stem) {
                stems.push(stem);
            }
        }
        Self { stems }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    /// Reads a text into a document. `weight` is how much its words count.
    pub fn read(&self, document: &mut Document, text: &str, weight: f64) {
        document.said.resize(self.stems.len(), 0.0);
        for word in words(text) {
            document.words += 1;
            let own = stem(&word.letters);
            for (said, wanted) in document.said.iter_mut().zip(&self.stems) {
                *said += weight * alike(wanted, own);
            }
        }
    }

    /// Where in a text the first word stands that is most like one of the query; `None` when no word is.
    pub fn place(&self, text: &str) -> Option<Range<usize>> {
        let mut best: Option<(f64, Range<usize>)> = None;
        for word in words(text) {
            let own = stem(&word.letters);
            let like = self.stems.iter().map(|wanted| alike(wanted, own)).fold(0.0, f64::max);
            if like > best.as_ref().map_or(0.0, |(best, _)| *best) {
                best = Some((like, word.range));
            }
        }
        best.map(|(_, range)| range)
    }
}

impl Document {
    /// Whether it says any word of the query.
    pub fn is_like(&self) -> bool {
        self.said.iter().any(|said| *said > 0.0)
    }

    /// How many words of the query it says, in thousandths: one that it says only in part counts in part, and none counts
    /// twice.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most `MOST_WORDS` thousand"
    )]
    pub fn matched(&self) -> u32 {
        self.said.iter().map(|said| (said.clamp(0.0, 1.0) * 1000.0) as u32).sum()
    }
}

/// The documents that say something of a query, the most alike first; those alike in the order given.
#[allow(clippy::cast_precision_loss, reason = "counts of words and documents are small")]
pub fn rank(documents: &[Document]) -> Vec<Scored> {
    let all = documents.len() as f64;
    let mean = documents.iter().map(|it| it.words as f64).sum::<f64>() / all.max(1.0);
    let terms = documents.iter().map(|it| it.said.len()).max().unwrap_or(0);
    let mut rarity = vec![0.0; terms];
    for document in documents {
        for (count, said) in rarity.iter_mut().zip(&document.said) {
            *count += if *said > 0.0 { 1.0 } else { 0.0 };
        }
    }
    for count in &mut rarity {
        *count = f64::ln(1.0 + (all - *count + 0.5) / (*count + 0.5));
    }
    let score = |document: &Document| -> f64 {
        let length = 1.0 - LENGTH + LENGTH * document.words as f64 / mean.max(1.0);
        let said = document.said.iter().zip(&rarity);
        said.map(|(said, rarity)| rarity * said * (SATURATION + 1.0) / (said + SATURATION * length)).sum()
    };
    let scored = documents.iter().enumerate().filter(|(_, document)| document.is_like());
    let mut scored: Vec<Scored> =
        scored.map(|(index, document)| Scored { index, score: score(document) }).collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.index.cmp(&b.index)));
    scored
}

/// A word of a text.
struct Word<'t> {
    letters: Cow<'t, [u8]>,
    range: Range<usize>,
}

impl Word<'_> {
    fn is_common(&self) -> bool {
        std::str::from_utf8(&self.letters).is_ok_and(|word| COMMON.binary_search(&word).is_ok())
    }
}

/// The words of a text: letters and digits, folded. A word with letters that folding does not know is taken as written,
/// in small letters.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let folded = Folded::of(text);
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = folded.bytes();
        let joins = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == Folded::LETTER;
        let from = at + bytes.get(at..)?.iter().position(joins)?;
        let rest = bytes.get(from..)?;
        let to = from + rest.iter().position(|byte| !joins(byte)).unwrap_or(rest.len());
        at = to;
        let range = folded.range(&(from..to))?;
        let letters = bytes.get(from..to)?;
        let letters = match letters.contains(&Folded::LETTER) {
            true => text.get(range.clone())?.to_lowercase().into_bytes(),
            false => letters.to_vec(),
        };
        Some(Word { letters: Cow::Owned(letters), range })
    })
}

/// A word without the endings that both languages add to one thing: plurals, and English `-ing` and `-ed`.
fn stem(word: &[u8]) -> &[u8] {
    let cut =
        |ending: &str, least: usize| word.strip_suffix(ending.as_bytes()).filter(|stem| stem.len() >= least);
    // `migracoes` and `migracao` are `migrac`, `canais` and `canal` are `cana`
    for (ending, least) in
        [("coes", 3), ("cao", 3), ("soes", 3), ("sao", 3), ("ings", 4), ("ing", 4), ("ed", 4), ("ies", 3)]
    {
        if let Some(stem) = cut(ending, least) {
            return stem;
        }
    }
    match cut("s", 3) {
        Some(stem) if !stem.ends_with(b"s") && !stem.ends_with(b"u") => stem,
        _ => word,
    }
}

/// How much one word counts as another: 1 for the same, less where one begins like the other.
fn alike(wanted: &[u8], word: &[u8]) -> f64 {
    if wanted == word {
        return 1.0;
    }
    let shared = wanted.iter().zip(word).take_while(|(a, b)| a == b).count();
    let shorter = wanted.len().min(word.len());
    if shared == wanted.len() && shared >= 3 {
        // what was asked for is the beginning of a longer word
        0.7
    } else if shared >= 5 && shared * 4 >= shorter * 3 {
        0.4
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn like(query: &str, text: &str) -> f64 {
        let query = Query::of(query);
        let mut document = Document::default();
        query.read(&mut document, text, 1.0);
        document.said.iter().sum()
    }

    #[test]
    fn common_words_are_sorted() {
        assert!(COMMON.is_sorted());
    }

    #[test]
    fn words_are_alike_across_accents_endings_and_beginnings() {
        for (query, text, at_least, at_most) in [
            ("migracao", "A migração falhou", 1.0, 1.0),
            ("MIGRAÇÃO", "duas migrações", 1.0, 1.0),
            ("restart", "the restarts of restarting servers", 2.0, 2.0),
            ("migra", "migration and migração", 1.7, 1.7),
            ("migrated", "the migration", 0.4, 0.7),
            ("reiniciar", "o reinício do servidor", 0.4, 0.4),
            ("importação", "importar pedidos", 0.4, 0.7),
            ("service", "servers", 0.0, 0.0),
            ("fila", "filamento", 0.7, 0.7),
            ("no", "nothing", 0.0, 0.0),
            ("ünïcode", "unicode", 1.0, 1.0),
            ("очередь", "ОЧЕРЕДЬ полна", 1.0, 1.0),
            ("очередь", "сервер один", 0.0, 0.0),
            ("stop-worker-farm", "key: stop-worker-farm", 3.0, 3.0),
        ] {
            let found = like(query, text);
            assert!((at_least - 1e-9..=at_most + 1e-9).contains(&found), "{query} in {text}: {found}");
        }
    }

    #[test]
    fn common_words_count_only_alone() {
        assert_eq!(Query::of("the order of the day").stems, [b"order".to_vec(), b"day".to_vec()]);
        assert_eq!(Query::of("to be").stems, [b"to".to_vec(), b"be".to_vec()]);
        assert!(Query::of(" … ").is_empty());
    }

    #[test]
    fn rare_words_and_short_texts_rank_higher() {
        let query = Query::of("queue deadlock");
        let texts = [
            "the queue was long, and nothing else was, as far as anyone could see that day",
            "a deadlock",
            "the queue",
            "nothing",
            "queue queue queue",
        ];
        let documents: Vec<Document> = texts
            .iter()
            .map(|text| {
                let mut document = Document::default();
                query.read(&mut document, text, 1.0);
                document
            })
            .collect();
        let order: Vec<usize> = rank(&documents).iter().map(|scored| scored.index).collect();
        assert_eq!(order, [1, 4, 2, 0]);
        assert_eq!(query.place("no deadlocks here"), Some(3..12));
        assert_eq!(query.place("nothing"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_placed_without_harm(query in "\\PC{0,30}", text in "\\PC{0,60}") {
            let query = Query::of(&query);
            let mut document = Document::default();
            query.read(&mut document, &text, 1.0);
            prop_assert!(document.said.iter().all(|said| said.is_finite()));
            let place = query.place(&text);
            prop_assert_eq!(place.is_some(), document.is_like());
            if let Some(place) = place {
                prop_assert!(text.get(place).is_some());
            }
        }

        #[test]
        fn a_text_is_like_itself(text in "[a-zà-ú]{3,9}( [a-zà-ú]{3,9}){0,5}") {
            prop_assert!(like(&text, &text) >= 1.0);
        }
    }
}
