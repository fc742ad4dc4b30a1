//! The texts that an incident has in both languages, read once for all rules that compare them.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashMap},
    hash::Hash,
    rc::Rc,
};

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Case, Judged,
    lists::Search,
    sentence::{Sentence, sentence},
    sink::{Readings, Sink},
};
use crate::{
    finding::{Excerpt, Finding, Words},
    locate::Field,
    model::Incident,
    prose::{Desk, Difference, FactKind, Only, Prose, Tongue},
    time::{Zone, read_date},
};

/// The tags of the two languages that are compared.
pub(super) const ENGLISH: &str = "en";
pub(super) const PORTUGUESE: &str = "pt-BR";

/// One field's text in both languages.
#[derive(Debug)]
pub(super) struct Pair {
    /// The position of its incident among those at hand.
    incident: usize,
    /// The position of its field among the texts of the incident …
    nth: usize,
    /// … which are named only when something is found in one.
    fields: Rc<OnceCell<Vec<Field>>>,
    en: Prose,
    pt: Prose,
    /// Which of them is the translation.
    translation: Tongue,
    /// The numbers, lengths and times that one of them states alone; a clock that names no zone is read in the
    /// incident's.
    pub(super) differences: Vec<Difference>,
}

impl Pair {
    /// The field that holds both.
    pub(super) fn field(&self, judged: &Judged<'_>) -> Field {
        let fields = self.fields.get_or_init(|| judged.incident.text_fields());
        fields.get(self.nth).cloned().unwrap_or_default()
    }

    /// The field of the text in one language.
    pub(super) fn side(&self, judged: &Judged<'_>, tongue: Tongue) -> Field {
        self.field(judged).key(tag(tongue))
    }

    /// The text in one language.
    pub(super) fn text(&self, tongue: Tongue) -> &Prose {
        match tongue {
            Tongue::English => &self.en,
            Tongue::Portuguese => &self.pt,
        }
    }

    /// The translation: where a difference is shown, since the source is what it is held against.
    pub(super) fn translation(&self) -> Tongue {
        self.translation
    }
}

/// The tag of a language.
pub(super) fn tag(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => ENGLISH,
        Tongue::Portuguese => PORTUGUESE,
    }
}

/// The other language.
pub(super) fn other(tongue: Tongue) -> Tongue {
    match tongue {
        Tongue::English => Tongue::Portuguese,
        Tongue::Portuguese => Tongue::English,
    }
}

/// Narrows a finding's place to a part of its field's text.
pub(super) fn at(finding: &mut Finding, only: &Only) {
    finding.excerpt = Some(Excerpt { text: only.text.clone(), before: only.before.clone(), nth: only.nth });
}

/// What stands in one list and not in the other, each as often as it does; both in their order. Linear.
pub(super) fn unanswered<'p, T: Eq + Hash>(one: &'p [T], other: &'p [T]) -> (Vec<&'p T>, Vec<&'p T>) {
    if one == other {
        return (Vec::new(), Vec::new());
    }
    let only = |mine: &'p [T], theirs: &'p [T]| -> Vec<&'p T> {
        let mut counts: HashMap<&T, usize> = HashMap::new();
        for item in theirs {
            *counts.entry(item).or_default() += 1;
        }
        let mut answers = |item: &T| match counts.get_mut(item) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        mine.iter().filter(|item| !answers(item)).collect()
    };
    (only(one, other), only(other, one))
}

/// What one text alone states, as a sentence quotes it.
pub(super) fn quoted(only: &[Only]) -> String {
    only.iter().map(|only| format!("`{}`", short(&only.text))).collect::<Vec<_>>().join(", ")
}

/// A text that a sentence can hold: its first line, and of that what one reads at a glance.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.trim().lines().next().unwrap_or_default();
    let end = line.char_indices().nth(MOST).map_or(line.len(), |(at, _)| at);
    let cut = line.get(..end).unwrap_or(line);
    if cut.len() < text.trim().len() { format!("{cut}…") } else { cut.to_owned() }
}

/// Tells every difference of one kind, and points at the first in the translation. Where both languages state something
/// alone, `both` words it: from the field, what English states and what Portuguese does, quoted.
pub(super) fn each_difference(
    case: &Case<'_>,
    out: &mut Sink,
    kind: FactKind,
    both: impl Fn(String, String, String) -> Sentence,
    help: &Words,
) {
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        for difference in pair.differences.iter().filter(|difference| difference.kind == kind) {
            let field = pair.field(judged).to_string();
            let (en_only, pt_only) = (quoted(&difference.one), quoted(&difference.other));
            let sentence = match (en_only.is_empty(), pt_only.is_empty()) {
                (false, false) => both(field, en_only, pt_only),
                (false, true) => sentence! { field = field, en_only = en_only =>
                    "`{field}`: {en_only} only in English",
                    "`{field}`: {en_only} só em inglês"
                },
                (true, _) => sentence! { field = field, pt_only = pt_only =>
                    "`{field}`: {pt_only} only in Portuguese",
                    "`{field}`: {pt_only} só em português"
                },
            };
            let by_tongue = |tongue| match tongue {
                Tongue::English => &difference.one,
                Tongue::Portuguese => &difference.other,
            };
            let tongue = pair.translation();
            let finding = out.find(judged, pair.side(judged, tongue), sentence);
            finding.help = help.clone();
            if let Some(first) = by_tongue(tongue).first() {
                at(finding, first);
            } else if let Some(first) = by_tongue(other(tongue)).first() {
                // the translation lacks it: it can be shown in the source alone
                finding.field = pair.side(judged, other(tongue));
                at(finding, first);
            }
        }
    }
}

/// The pairs of the incidents at hand.
pub(super) struct Texts(pub(super) Rc<Readings>);

impl Texts {
    /// Each pair with its incident.
    pub(super) fn each<'s>(&'s self, case: &Case<'s>) -> impl Iterator<Item = (&'s Judged<'s>, &'s Pair)> {
        let incidents = case.incidents;
        let pairs = self.0.texts.get().map(|read| read.pairs.as_slice()).unwrap_or_default();
        pairs.iter().filter_map(move |pair| Some((incidents.get(pair.incident)?, pair)))
    }

    /// What there is in a text.
    pub(super) fn glance(&self, text: &str) -> Glance {
        self.0.texts.get().map_or(Glance::UNKNOWN, |read| read.glance(text))
    }
}

/// What the texts of the incidents at hand say, each read once for all rules.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The fields that have both languages.
    pairs: Vec<Pair>,
    /// What there is in a text, by the text's hash.
    glances: FxHashMap<u64, Glance>,
}

/// What rules that look closer need to know of a text first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glance {
    /// A phrase of the word lists may stand in it.
    pub(super) phrases: bool,
    /// It may state lengths or times of day.
    pub(super) times: bool,
}

impl Glance {
    /// Of a text whose language is not known: everything may be in it.
    const UNKNOWN: Self = Self { phrases: true, times: true };
}

impl Read {
    /// What there is in a text.
    pub(super) fn glance(&self, text: &str) -> Glance {
        let known = self.glances.get(&xxh3_64(text.as_bytes()));
        known.copied().unwrap_or(Glance::UNKNOWN)
    }
}

/// Reads every text of the incidents at hand. What an alias repeats is read, and compared, once.
pub(super) fn read(case: &Case<'_>) -> Read {
    let mut desk = Desk::default();
    /// Most incidents have about so many texts: room for them is made once.
    const USUAL: usize = 48;
    let mut all = Read::default();
    all.pairs.reserve(USUAL * case.incidents.len());
    for (incident, judged) in case.incidents.iter().enumerate() {
        let source = judged.incident.source_language.as_deref().unwrap_or(&case.settings.org.source_language);
        let translation = if source == PORTUGUESE { Tongue::English } else { Tongue::Portuguese };
        let local = offset(judged.incident, &judged.zone(case));
        let mut seen = FxHashSet::default();
        let mut texts = 0..;
        let fields = Rc::default();
        judged.incident.each_text(&mut |_, text| {
            let nth = texts.next().unwrap_or_default();
            let is_pair = text.get(ENGLISH).is_some() && text.get(PORTUGUESE).is_some();
            let hashes = [ENGLISH, PORTUGUESE].map(|tag| text.get(tag).map(|text| xxh3_64(text.as_bytes())));
            if is_pair && !seen.insert(hashes) {
                return;
            }
            let (mut en, mut pt) = (None, None);
            for (tag, text) in text.iter() {
                let side = match tag {
                    ENGLISH => &mut en,
                    PORTUGUESE => &mut pt,
                    _ => continue,
                };
                let tongue = if tag == ENGLISH { Tongue::English } else { Tongue::Portuguese };
                let prose = Prose::read(text, tongue, &mut desk);
                let phrases =
                    Search::of(tag).is_some_and(|search| search.may_begin_in(prose.plain(), desk.words()));
                let glance = Glance { phrases, times: prose.states_time() };
                all.glances.insert(xxh3_64(text.as_bytes()), glance);
                *side = Some(prose);
            }
            if let (Some(en), Some(pt)) = (en, pt) {
                let differences = en.differences(&pt, local);
                let fields = Rc::clone(&fields);
                all.pairs.push(Pair { incident, nth, fields, en, pt, translation, differences });
            }
        });
    }
    all
}

/// The offset in force on the day that the incident's id begins with, in minutes.
fn offset(incident: &Incident, zone: &Zone) -> i16 {
    let date = incident.id.get(..10).and_then(read_date);
    let seconds = date.map_or(0, |date| zone.offset_at(zone.end_of_day(date)));
    i16::try_from(seconds / 60).unwrap_or(0)
}

/// Something that one text has and the other lacks, or has otherwise.
pub(super) enum Odd {
    /// Each has its own: English, Portuguese.
    Both(String, String),
    /// Only the English text.
    English(String),
    /// Only the Portuguese text.
    Portuguese(String),
}

/// Calls `tell` for everything that `odd` finds in the English text alone or in the Portuguese text alone: what both
/// have of their own goes together, in its order. Points at what stands in the translation, else in the source.
pub(super) fn each_odd(
    case: &Case<'_>,
    out: &mut Sink,
    odd: impl Fn(&Pair) -> (Vec<String>, Vec<String>),
    mut tell: impl FnMut(String, Odd) -> (Sentence, Words),
) {
    let texts = out.texts(case);
    for (judged, pair) in texts.each(case) {
        let (en, pt) = odd(pair);
        let (mut en, mut pt) = (en.into_iter(), pt.into_iter());
        loop {
            let (odd, tongue, text) = match (en.next(), pt.next()) {
                (Some(en), Some(pt)) => {
                    let tongue = pair.translation();
                    let text = if tongue == Tongue::English { en.clone() } else { pt.clone() };
                    (Odd::Both(short(&en), short(&pt)), tongue, text)
                }
                (Some(en), None) => (Odd::English(short(&en)), Tongue::English, en),
                (None, Some(pt)) => (Odd::Portuguese(short(&pt)), Tongue::Portuguese, pt),
                (None, None) => break,
            };
            let (sentence, help) = tell(pair.field(judged).to_string(), odd);
            let finding = out.find(judged, pair.side(judged, tongue), sentence);
            finding.help = help;
            finding.excerpt = Some(Excerpt { text, before: String::new(), nth: 0 });
        }
    }
}

/// Words or groups of words that are looked for in many texts.
pub(super) struct Phrases<'g> {
    /// First word → the whole phrase, word by word, and its position in the list.
    by_first: HashMap<&'g str, Vec<(Vec<&'g str>, usize)>>,
}

impl<'g> Phrases<'g> {
    /// Phrases that are found exactly as they are written; a plural `s` may follow.
    pub(super) fn exactly(phrases: impl Iterator<Item = &'g str>) -> Self {
        let mut by_first: HashMap<&str, Vec<(Vec<&str>, usize)>> = HashMap::new();
        for (index, phrase) in phrases.enumerate() {
            let words: Vec<&str> =
                phrase.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
            if let Some(first) = words.first() {
                by_first.entry(first).or_default().push((words, index));
            }
        }
        Self { by_first }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// The positions of the phrases that stand in a text.
    pub(super) fn found(&self, text: &Prose) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut words = text.words().map(|(_, word)| word).peekable();
        while let Some(word) = words.next() {
            let singular = word.strip_suffix('s').unwrap_or(word);
            let both = [self.by_first.get(word), self.by_first.get(singular).filter(|_| singular != word)];
            for (phrase, index) in both.into_iter().flatten().flatten() {
                let mut ahead = words.clone();
                let same =
                    |(word, wanted): (&str, &&str)| word == *wanted || word.strip_suffix('s') == Some(wanted);
                let rest = phrase.get(1..).unwrap_or_default();
                if rest.iter().all(|wanted| ahead.next().is_some_and(|word| same((word, wanted)))) {
                    found.insert(*index);
                }
            }
        }
        found
    }
}
