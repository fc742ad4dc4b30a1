//! The index of the site's search: which words stand where, in script files that a page reads as it needs them.
//!
//! A page that is opened from a disk cannot ask for data, but it can load scripts. An *item* is what is found: an incident,
//! a service, a rule. Each item is one *document* in each language, so that either language finds it. Words are folded: small
//! letters without accents. The files hold the words that begin alike, so that none grows large.

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Document, DocumentInput, IncidentRow, escape};
use crate::{
    locate::Path,
    model::{Audience, Localized},
};

/// Where in a document a word stands; each is one bit. Templates name them `place-<word>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceOfWord {
    /// The title, which weighs most.
    Title,
    /// The names of services.
    Services,
    /// What happened in short.
    Summary,
    /// Who was affected.
    Affected,
    /// What happened when.
    Timeline,
    /// Why.
    Causes,
    /// What is being changed.
    Actions,
    /// What was learned.
    Lessons,
    /// Anywhere else.
    Text,
}

impl PlaceOfWord {
    fn bit(self) -> u16 {
        1 << self as u16
    }

    /// The place of a field of an incident; `None` of what its page does not show.
    fn of(path: &Path<'_>) -> Option<Self> {
        match path.first_key()? {
            "title" => Some(Self::Title),
            "summary" | "internal_summary" => Some(Self::Summary),
            "impacts" => Some(Self::Affected),
            "timeline" => Some(Self::Timeline),
            "causes" => Some(Self::Causes),
            "actions" => Some(Self::Actions),
            "lessons" => Some(Self::Lessons),
            _ => None,
        }
    }
}

/// What can be found of one item in one language.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The way to its page from the root of the site.
    href: String,
    title: String,
    /// What is shown beside the title.
    note: String,
    /// Each word and where it stands, in the digits of the index, one a line: kept for every incident while the models are let go.
    words: String,
}

impl Entry {
    pub(super) fn new(href: String, title: String, note: String, texts: &[(PlaceOfWord, &str)]) -> Self {
        let mut words = Words::default();
        words.add(PlaceOfWord::Title, &title);
        for (place, text) in texts {
            words.add(*place, text);
        }
        Self { href, title, note, words: words.told() }
    }

    /// An incident, by the texts that its audience may read.
    pub(super) fn of_incident(input: &DocumentInput<'_>, row: &IncidentRow) -> Self {
        let mut words = Words::default();
        words.add(PlaceOfWord::Title, &row.title);
        for hit in &row.hits {
            words.add(PlaceOfWord::Services, &hit.name);
        }
        words.add(PlaceOfWord::Text, &input.incident.id);
        let mut visit = |path: &Path<'_>, text: &Localized| {
            if let (Some(place), Some((_, text))) = (PlaceOfWord::of(path), text.nearest(input.language)) {
                words.add(place, text);
            }
        };
        match input.audience {
            Audience::Public => input.incident.each_public_text(&mut visit),
            Audience::Internal => input.incident.each_text(&mut visit),
        }
        let note = [row.day.as_deref(), Some(row.services.as_str())];
        let note: Vec<&str> = note.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        Self {
            href: format!("{}/{}", input.language, row.href),
            title: row.title.clone(),
            note: note.join(" · "),
            words: words.told(),
        }
    }
}

/// Words and where they stand.
#[derive(Default)]
struct Words {
    text: String,
    at: Vec<(usize, usize, u16)>,
}

/// Shorter words are not worth finding, longer ones are found by their beginning.
const SHORTEST: usize = 2;
const LONGEST: usize = 32;

impl Words {
    fn add(&mut self, place: PlaceOfWord, text: &str) {
        each_word(text, &mut |word| {
            let mut put = |parts: [&str; 2]| {
                let from = self.text.len();
                parts.into_iter().for_each(|part| self.text.push_str(part));
                self.at.push((from, self.text.len(), place.bit()));
            };
            put([word, ""]);
            if let Some((stem, ending)) = singular(word) {
                put([stem, ending]);
            }
        });
    }

    /// Each word once, with its places as a number, in order.
    fn told(mut self) -> String {
        let text = std::mem::take(&mut self.text);
        let word = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        self.at.sort_unstable_by(|a, b| word(a.0, a.1).cmp(word(b.0, b.1)));
        let mut told = String::with_capacity(text.len());
        let mut at = self.at.into_iter().peekable();
        while let Some((from, to, mut places)) = at.next() {
            let own = word(from, to);
            while let Some((.., more)) = at.next_if(|(from, to, _)| word(*from, *to) == own) {
                places |= more;
            }
            told.push_str(own);
            told.push(' ');
            push_base36(&mut told, usize::from(places));
            told.push('\n');
        }
        told
    }
}

/// Visits the words of a text, folded. The site's script folds what is asked in the same way.
fn each_word(text: &str, visit: &mut dyn FnMut(&str)) {
    let mut folded = String::new();
    for word in text.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c))) {
        if word.is_empty() {
            continue;
        }
        folded.clear();
        if word.is_ascii() {
            folded.push_str(word);
            folded.make_ascii_lowercase();
        } else {
            folded.extend(word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
        }
        // what is written as one sign may be several words: ½ is 1⁄2
        for word in folded.split(|c: char| !c.is_alphanumeric()) {
            if word.chars().take(SHORTEST).count() == SHORTEST {
                let end = word.char_indices().nth(LONGEST).map_or(word.len(), |(at, _)| at);
                visit(word.get(..end).unwrap_or(word));
            }
        }
    }
}

/// The singular of a Portuguese plural that does not begin with it: `interrupcoes` is of `interrupcao`. Other plurals are
/// found by their beginning. The site's script does the same to what is asked.
fn singular(word: &str) -> Option<(&str, &'static str)> {
    const ENDINGS: [(&str, &str); 6] =
        [("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ois", "ol"), ("ens", "em")];
    let of = |(plural, singular): &(&str, &'static str)| {
        Some((word.strip_suffix(plural).filter(|stem| stem.len() >= 2)?, *singular))
    };
    ENDINGS.iter().find_map(of)
}

/// How large a file of words may become before it is divided, in bytes.
const LARGEST: usize = 48 << 10;
/// How many documents one file tells of.
pub(super) const DOCUMENTS: usize = 128;
/// Files of words are divided by at most so many letters.
const DEEPEST: usize = 4;

/// The files of an index, and the beginnings of words by which they are divided.
pub(super) struct Index {
    pub(super) shards: Vec<String>,
    pub(super) files: Vec<Document>,
}

/// The index of items, each with one entry a language.
pub(super) fn index(items: &[Vec<Entry>]) -> Index {
    index_in(items, LARGEST)
}

fn index_in(items: &[Vec<Entry>], largest: usize) -> Index {
    let mut words: HashMap<&str, (usize, String)> = HashMap::new();
    for (number, entry) in items.iter().flatten().enumerate() {
        for line in entry.words.lines() {
            let Some((word, places)) = line.split_once(' ') else { continue };
            let (last, told) = words.entry(word).or_default();
            if !told.is_empty() {
                told.push(';');
            }
            // documents count on from the one before
            push_base36(told, number - *last);
            told.push(',');
            told.push_str(places);
            *last = number;
        }
    }
    let mut words: Vec<Told<'_>> = words.into_iter().map(|(word, (_, told))| (word, told)).collect();
    words.sort_unstable();
    let mut shards = Vec::new();
    divide(&words, "", largest, &mut shards);
    let mut files = Vec::new();
    for (prefix, words) in &shards {
        let table: serde_json::Map<String, serde_json::Value> =
            words.iter().map(|(word, told)| ((*word).to_owned(), told.as_str().into())).collect();
        let name = serde_json::Value::from(prefix.as_str());
        let table = serde_json::Value::Object(table);
        let path = format!("search/w-{}.js", escaped(prefix));
        files.push(Document::of(path, format!("relato.words({name},{table});\n")));
    }
    let entries: Vec<&Entry> = items.iter().flatten().collect();
    for (number, entries) in entries.chunks(DOCUMENTS).enumerate() {
        let told: Vec<[&str; 3]> =
            entries.iter().map(|it| [it.href.as_str(), it.title.as_str(), it.note.as_str()]).collect();
        let told = serde_json::json!(told);
        let path = format!("search/d-{number}.js");
        files.push(Document::of(path, format!("relato.documents({number},{told});\n")));
    }
    Index { shards: shards.into_iter().map(|(prefix, _)| prefix).collect(), files }
}

fn escaped(prefix: &str) -> String {
    if prefix.is_empty() { String::new() } else { escape::file_name(prefix) }
}

/// A word, and the documents that hold it.
type Told<'w> = (&'w str, String);

/// Words that begin with `prefix`, in files that are small enough. A word that is the prefix itself stays by itself.
fn divide<'w>(words: &'w [Told<'w>], prefix: &str, largest: usize, out: &mut Vec<(String, &'w [Told<'w>])>) {
    let size: usize = words.iter().map(|(word, told)| word.len() + told.len() + 6).sum();
    if size <= largest || prefix.chars().count() >= DEEPEST {
        out.push((prefix.to_owned(), words));
        return;
    }
    let mut rest = words;
    while let Some((first, _)) = rest.first() {
        let next = first.get(prefix.len()..).and_then(|rest| rest.chars().next());
        let longer = next.map_or_else(|| prefix.to_owned(), |c| format!("{prefix}{c}"));
        let end = match next {
            None => 1,
            Some(_) => rest.partition_point(|(word, _)| word.starts_with(&longer)),
        };
        let (own, others) = rest.split_at(end.max(1));
        if next.is_none() {
            out.push((longer, own));
        } else {
            divide(own, &longer, largest, out);
        }
        rest = others;
    }
}

fn push_base36(out: &mut String, number: usize) {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    if number >= 36 {
        push_base36(out, number / 36);
    }
    out.push(DIGITS.get(number % 36).copied().map_or('0', char::from));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_word(text, &mut |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn words_are_small_letters_without_accents() {
        for (text, expected) in [
            ("Interrupções às 14h03!", vec!["interrupcoes", "as", "14h03"]),
            ("Indisponibilidade, e a API", vec!["indisponibilidade", "api"]),
            ("e\u{301}te\u{301}", vec!["ete"]),
            ("ﬁle-system", vec!["file", "system"]),
            ("", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_plural_is_found_by_its_singular() {
        let told = |word| singular(word).map(|(stem, ending)| format!("{stem}{ending}"));
        for (plural, expected) in [
            ("interrupcoes", Some("interrupcao")),
            ("alemaes", Some("alemao")),
            ("canais", Some("canal")),
            ("niveis", Some("nivel")),
            ("itens", Some("item")),
            ("pedidos", None),
            ("oes", None),
        ] {
            assert_eq!(told(plural).as_deref(), expected, "{plural}");
        }
    }

    fn entry(title: &str, text: &str) -> Entry {
        let texts = [(PlaceOfWord::Timeline, text)];
        Entry::new("en/x.html".to_owned(), title.to_owned(), String::new(), &texts)
    }

    #[test]
    fn a_word_is_found_with_its_documents_and_places() {
        let items = vec![vec![entry("Search outage", "search stopped")], vec![entry("Imports", "a search")]];
        let index = index(&items);
        assert_eq!(index.shards, [""]);
        let told: Vec<(&str, String)> = index
            .files
            .iter()
            .map(|file| (file.path.as_str(), String::from_utf8(file.bytes.clone()).unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    "search/w-.js",
                    "relato.words(\"\",{\"imports\":\"1,1\",\"outage\":\"0,1\",\"search\":\"0,h;1,g\",\"stopped\":\"0,g\"});\n"
                        .to_owned()
                ),
                (
                    "search/d-0.js",
                    "relato.documents(0,[[\"en/x.html\",\"Search outage\",\"\"],[\"en/x.html\",\"Imports\",\"\"]]);\n"
                        .to_owned()
                ),
            ]
        );
    }

    proptest! {
        #[test]
        fn whatever_is_indexed_lies_in_the_file_of_its_beginning(texts in proptest::collection::vec("[a-dé]{1,6}( [a-dé]{1,6}){0,300}", 1..40)) {
            let items: Vec<Vec<Entry>> = texts.iter().map(|text| vec![entry(text, text)]).collect();
            let index = index_in(&items, 200);
            for text in &texts {
                for word in words(text) {
                    let held = index.shards.iter().filter(|shard| word.starts_with(shard.as_str())).any(|shard| {
                        let path = format!("search/w-{}.js", escaped(shard));
                        let file = index.files.iter().find(|file| file.path == path).unwrap();
                        String::from_utf8_lossy(&file.bytes).contains(&format!("\"{word}\":"))
                    });
                    prop_assert!(held, "{word} in {:?}", index.shards);
                }
            }
        }

        #[test]
        fn no_file_has_two_names(texts in proptest::collection::vec("\\PC{0,20}", 1..20)) {
            let items: Vec<Vec<Entry>> = texts.iter().map(|text| vec![entry(text, text)]).collect();
            let mut paths: Vec<String> = index_in(&items, 200).files.into_iter().map(|file| file.path).collect();
            let all = paths.len();
            paths.sort();
            paths.dedup();
            prop_assert_eq!(paths.len(), all);
        }
    }
}
