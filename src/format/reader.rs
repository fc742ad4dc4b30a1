//! From values as written to values of the model, collecting what is wrong on the way.

use super::{
    collection::{List, Map},
    near::{is_slip, near},
    value::{Count, Date, Length, Localized, Moment, Number, Percent, StatedLength, Text, Tristate, Word},
};
use crate::{
    locate::{Field, Path},
    model::{self, ExpectedValue as Expected, FaultKind, Near, Target},
    time::{self, Stated, TimePoint, Unreadable, Zone},
};

/// The most near words that are looked for in one file: each is dear, and more help nobody.
const NEAR_LIMIT: usize = 100;

/// The most faults that are told of one file.
const FAULT_LIMIT: usize = 1_000;

/// Reads one file: what its texts and moments depend on, and the faults so far.
pub(super) struct Reader<'a> {
    /// The languages of the organisation.
    pub(super) languages: &'a [String],
    /// The language of a text without one.
    pub(super) source_language: String,
    /// The zone of wall clocks.
    pub(super) zone: Option<Zone>,
    /// What is wrong, in the order it was found.
    pub(super) faults: Vec<(Field, FaultKind)>,
    nears: usize,
}

/// Whether `open` means something at a moment: it had not ended when the file was written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It may still be open.
    MayBeOpen,
    /// It is a point in time.
    Never,
}

impl<'a> Reader<'a> {
    pub(super) fn new(languages: &'a [String], source_language: &str) -> Self {
        Self {
            languages,
            source_language: source_language.to_owned(),
            zone: None,
            faults: Vec::new(),
            nears: 0,
        }
    }

    /// Adds a fault at a place.
    pub(super) fn fault(&mut self, at: &Path<'_>, kind: FaultKind) {
        if self.faults.len() < FAULT_LIMIT {
            self.faults.push((at.field(), kind));
        }
    }

    /// Adds a fault for a value that does not belong there.
    pub(super) fn invalid(&mut self, at: &Path<'_>, value: &str, expected: Expected, near: Option<Near>) {
        self.fault(at, FaultKind::Invalid { value: shorten(value), expected, near });
    }

    /// Adds a fault for a key that must be there; the place is the mapping that lacks it.
    pub(super) fn missing(&mut self, at: &Path<'_>, key: &str) {
        self.fault(at, FaultKind::Missing { key: key.to_owned() });
    }

    /// The nearest known word; none once a file has had too many.
    pub(super) fn near<'k>(&mut self, value: &str, known: impl IntoIterator<Item = &'k str>) -> Option<Near> {
        self.nears += 1;
        if self.nears > NEAR_LIMIT { None } else { near(value, known) }
    }

    /// Adds a fault for a reference to something that is not there.
    pub(super) fn dangling<'k>(
        &mut self,
        at: &Path<'_>,
        value: &str,
        target: Target,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let near = self.near(value, known);
        self.unknown(at, value, target, near);
    }

    /// The same, with the nearest name already found.
    pub(super) fn unknown(&mut self, at: &Path<'_>, value: &str, target: Target, near: Option<Near>) {
        self.fault(at, FaultKind::UnknownReference { value: shorten(value), target, near });
    }

    /// Each item of a list, with its place.
    pub(super) fn each<T, M>(
        &mut self,
        at: &Path<'_>,
        key: &str,
        list: List<T>,
        mut read: impl FnMut(T, &mut Self, &Path<'_>) -> M,
    ) -> Vec<M> {
        let here = at.key(key);
        list.0.into_iter().enumerate().map(|(i, item)| read(item, self, &here.at(i))).collect()
    }

    /// Each entry of a mapping, with its place.
    pub(super) fn entries<V, M>(
        &mut self,
        at: &Path<'_>,
        key: &str,
        map: Map<V>,
        mut read: impl FnMut(String, V, &mut Self, &Path<'_>) -> M,
    ) -> Vec<M> {
        let here = at.key(key);
        let entries = map.0.into_iter().map(|(key, value)| {
            // the key moves into the model; its place outlives it
            let name = key.clone();
            read(key, value, self, &here.key(&name))
        });
        entries.collect()
    }

    /// A part, with its place.
    pub(super) fn part<T, M>(
        &mut self,
        at: &Path<'_>,
        key: &str,
        value: Option<T>,
        read: impl FnOnce(T, &mut Self, &Path<'_>) -> M,
    ) -> Option<M> {
        value.map(|value| read(value, self, &at.key(key)))
    }

    /// The texts of a list; an empty one is a fault, and stays, so that positions are those of the file.
    pub(super) fn texts(&mut self, at: &Path<'_>, key: &str, list: List<Text>) -> Vec<String> {
        for (i, text) in list.0.iter().enumerate() {
            if text.0.trim().is_empty() {
                self.invalid(&at.key(key).at(i), "", Expected::Text, None);
            }
        }
        list.0.into_iter().map(|text| text.0).collect()
    }

    /// A word of a closed vocabulary.
    pub(super) fn word<W: model::Word>(
        &mut self,
        at: &Path<'_>,
        key: &str,
        word: Option<Word<W>>,
    ) -> Option<W> {
        self.word_here(&at.key(key), &word?.0)
    }

    /// The word of a closed vocabulary at this very place.
    pub(super) fn word_here<W: model::Word>(&mut self, here: &Path<'_>, word: &str) -> Option<W> {
        let read = W::read(word);
        if read.is_none() {
            let near = self.near(word, W::WORDS.iter().copied());
            self.invalid(here, word, Expected::OneOf(W::WORDS), near);
        }
        read
    }

    /// Words of a closed vocabulary; those that are none are left out.
    pub(super) fn words<W: model::Word>(&mut self, at: &Path<'_>, key: &str, list: List<Word<W>>) -> Vec<W> {
        let here = at.key(key);
        list.0.iter().enumerate().filter_map(|(i, word)| self.word_here(&here.at(i), &word.0)).collect()
    }

    /// A text for readers; a blank one counts as absent.
    pub(super) fn localized(
        &mut self,
        at: &Path<'_>,
        key: &str,
        text: Option<Localized>,
    ) -> Option<model::Localized> {
        let text = self.localized_here(&at.key(key), text?);
        // a text still to be written (`…`) is there, and is missing in every language
        let is_there = text.iter().any(|(_, text)| !text.trim().is_empty());
        is_there.then_some(text)
    }

    /// The text for readers at this very place, blank or not.
    pub(super) fn localized_here(&mut self, here: &Path<'_>, text: Localized) -> model::Localized {
        match text {
            Localized::Plain(text) => model::Localized::new(vec![(self.source_language.clone(), text)]),
            Localized::ByLanguage(map) => {
                for (tag, _) in &map.0 {
                    if self.languages.contains(tag) {
                        continue;
                    }
                    let absent = |known: &&String| !map.0.iter().any(|(tag, _)| tag == *known);
                    let absent: Vec<String> = self.languages.iter().filter(absent).cloned().collect();
                    self.language_unless(&here.key(tag), tag, &absent);
                }
                model::Localized::new(map.0.into_iter().map(|(tag, text)| (tag, text.0)).collect())
            }
        }
    }

    /// Texts for readers.
    pub(super) fn all_localized(
        &mut self,
        at: &Path<'_>,
        key: &str,
        list: List<Localized>,
    ) -> Vec<model::Localized> {
        self.each(at, key, list, |text, reader, here| reader.localized_here(here, text))
    }

    /// Checks that a tag is one, written as the organisation writes it.
    pub(super) fn language(&mut self, here: &Path<'_>, tag: &str) {
        self.language_unless(here, tag, &[]);
    }

    /// The same, where a tag is a slip, too, when it is near to one of those that are missed here.
    fn language_unless(&mut self, here: &Path<'_>, tag: &str, missed: &[String]) {
        if self.languages.iter().any(|known| known == tag) {
            return;
        }
        let same = |known: &&String| known.replace('_', "-").eq_ignore_ascii_case(&tag.replace('_', "-"));
        let slip = || near(tag, missed.iter().map(String::as_str));
        let same = self.languages.iter().find(same).map(|known| Near { word: known.clone(), sure: true });
        let missed = same.or_else(slip);
        if missed.is_some() || !is_language(tag) {
            let known = || near(tag, self.languages.iter().map(String::as_str));
            let near = missed.or_else(known);
            self.invalid(here, tag, Expected::Language, near);
        }
    }

    /// Checks that a tag is one of the organisation's.
    pub(super) fn configured_language(&mut self, here: &Path<'_>, tag: &str) {
        if !self.languages.iter().any(|known| known == tag) {
            let near = near(tag, self.languages.iter().map(String::as_str));
            self.invalid(here, tag, Expected::Language, near);
        }
    }

    /// A civil date.
    pub(super) fn date(&mut self, at: &Path<'_>, key: &str, date: Option<Date>) -> Option<time::Date> {
        let date = date?.0;
        let read = time::read_date(&date);
        if read.is_none() {
            let only = time::only_date(&date).map(|date| Near { word: date.to_string(), sure: true });
            self.invalid(&at.key(key), &date, Expected::Date, only);
        }
        read
    }

    /// A length of elapsed time: business days, which have no fixed length, are refused.
    pub(super) fn length(
        &mut self,
        at: &Path<'_>,
        key: &str,
        length: Option<Length>,
    ) -> Option<time::Length> {
        let length = length?.0;
        match time::read_length(&length) {
            Ok(read @ time::Length::Seconds(_)) => Some(read),
            _ => {
                self.invalid(&at.key(key), &length, Expected::Length, None);
                None
            }
        }
    }

    /// A length of elapsed time, or a number of business days.
    pub(super) fn limit(&mut self, at: &Path<'_>, key: &str, length: Option<Length>) -> Option<time::Length> {
        let length = length?.0;
        let read = time::read_length(&length).ok();
        if read.is_none() {
            self.invalid(&at.key(key), &length, Expected::Length, None);
        }
        read
    }

    /// A zone. A name that is none is a fault, and its nearest name is used, so that one slip does not make every
    /// wall clock of the file unreadable.
    pub(super) fn zone(&mut self, at: &Path<'_>, key: &str, name: Option<Text>) -> Option<Zone> {
        let name = filled(name)?;
        if let Some(zone) = Zone::named(&name) {
            return Some(zone);
        }
        let near = Zone::nearest(&name);
        let last = |zone: &str| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&name));
        let sure = near.is_some_and(|zone| is_slip(&name, zone) || last(zone));
        let told = near.map(|zone| Near { word: zone.to_owned(), sure });
        self.invalid(&at.key(key), &name, Expected::Zone, told);
        near.and_then(Zone::named)
    }

    /// A moment. One that cannot be read is no fault: it stays in the model, and a rule tells of it.
    pub(super) fn moment(
        &mut self,
        at: &Path<'_>,
        key: &str,
        end: End,
        moment: Option<Moment>,
    ) -> Option<TimePoint> {
        let zone = self.zone;
        let point = match moment? {
            Moment::Short(text) => {
                let point = time::read_point(&text, zone.as_ref());
                if point == TimePoint::Open && end == End::Never {
                    self.invalid(&at.key(key), &text, Expected::Moment, None);
                    return Some(TimePoint::Unknown);
                }
                point
            }
            Moment::Long(long) => {
                let here = at.key(key);
                match (long.about, long.not_before, long.not_after, long.day, long.plus_minus) {
                    (Some(about), None, None, None, plus_minus) => {
                        let plus_minus = self.length(&here, "plus_minus", plus_minus);
                        TimePoint::about(&about.0, plus_minus, zone.as_ref())
                    }
                    (None, None, None, Some(day), None) => TimePoint::day(&day.0, zone.as_ref()),
                    (None, not_before, not_after, None, None)
                        if not_before.is_some() || not_after.is_some() =>
                    {
                        let [not_before, not_after] =
                            [&not_before, &not_after].map(|text| text.as_ref().map(|text| text.0.as_str()));
                        TimePoint::between(not_before, not_after, zone.as_ref())
                    }
                    (about, not_before, not_after, day, plus_minus) => {
                        let parts = [
                            ("about", about.is_some()),
                            ("plus_minus", plus_minus.is_some()),
                            ("not_before", not_before.is_some()),
                            ("not_after", not_after.is_some()),
                            ("day", day.is_some()),
                        ];
                        self.mixed(&here, parts, Expected::Moment);
                        TimePoint::Unknown
                    }
                }
            }
        };
        Some(match point {
            // what a rule would show of a long text is shortened as in any fault
            TimePoint::Unreadable(Unreadable::NotAMoment { value }) => {
                TimePoint::Unreadable(Unreadable::NotAMoment { value: shorten(&value) })
            }
            point => point,
        })
    }

    /// A moment that is over once it is written.
    pub(super) fn point(&mut self, at: &Path<'_>, key: &str, moment: Option<Moment>) -> Option<TimePoint> {
        self.moment(at, key, End::Never, moment)
    }

    /// A length that a source states.
    pub(super) fn stated(
        &mut self,
        at: &Path<'_>,
        key: &str,
        length: Option<StatedLength>,
    ) -> Option<Stated> {
        let here = at.key(key);
        let long = match length? {
            StatedLength::Short(text) => {
                let read = time::read_stated(&text).ok();
                if read.is_none() {
                    self.invalid(&here, &text, Expected::StatedLength, None);
                }
                return read;
            }
            StatedLength::Long(long) => long,
        };
        let parts = [
            ("about", long.about.is_some()),
            ("plus_minus", long.plus_minus.is_some()),
            ("min", long.min.is_some()),
            ("max", long.max.is_some()),
        ];
        let read = match parts.map(|(_, given)| given) {
            [true, _, false, false] => {
                let about = self.length(&here, "about", long.about)?;
                let plus_minus = self.length(&here, "plus_minus", long.plus_minus);
                Stated::about(about, plus_minus)
            }
            [false, false, min, max] if min || max => {
                let [min, max] = [("min", long.min), ("max", long.max)];
                Stated::between(self.length(&here, min.0, min.1), self.length(&here, max.0, max.1))
            }
            _ => {
                self.mixed(&here, parts, Expected::StatedLength);
                return None;
            }
        };
        if read.is_err() {
            self.mixed(&here, parts, Expected::StatedLength);
        }
        read.ok()
    }

    /// A number of things.
    pub(super) fn count(&mut self, at: &Path<'_>, key: &str, count: Option<Count>) -> Option<model::Count> {
        Some(match count? {
            Count::Exact(number) => model::Count::Exact(number),
            Count::Many => model::Count::Many,
            Count::Unknown => model::Count::Unknown,
            Count::About(about) => {
                let plus_minus = about.plus_minus.map(|number| number.0);
                let Some(about) = about.about else {
                    self.missing(&at.key(key), "about");
                    return Some(model::Count::Unknown);
                };
                model::Count::About { about: about.0, plus_minus }
            }
        })
    }

    /// A share in percent; `None` when unknown.
    pub(super) fn percent(&mut self, at: &Path<'_>, key: &str, percent: Option<Percent>) -> Option<f64> {
        let number = percent?.0?;
        if !(0.0..=100.0).contains(&number) {
            self.invalid(&at.key(key), &number.to_string(), Expected::Number, None);
            return None;
        }
        Some(number)
    }

    /// An id that must be there, of letters, digits and `-`.
    pub(super) fn id(&mut self, at: &Path<'_>, key: &str, id: Option<Text>) -> String {
        let Some(id) = filled(id) else {
            self.missing(at, key);
            return String::new();
        };
        self.id_shape(&at.key(key), &id);
        id
    }

    /// An id that may be left out; then it is empty.
    pub(super) fn optional_id(&mut self, at: &Path<'_>, key: &str, id: Option<Text>) -> String {
        let Some(id) = filled(id) else { return String::new() };
        self.id_shape(&at.key(key), &id);
        id
    }

    /// Checks that an id is of letters, digits and `-`.
    pub(super) fn id_shape(&mut self, here: &Path<'_>, id: &str) {
        if !is_id(id) {
            self.invalid(here, id, Expected::Id, None);
        }
    }

    /// Adds a fault at the second of two items with one id. `ids` are in the order of the file; empty ones are not given.
    pub(super) fn unique<'i>(&mut self, at: &Path<'_>, key: &str, ids: impl IntoIterator<Item = &'i str>) {
        let here = at.key(key);
        let mut known: Vec<(&str, usize)> =
            ids.into_iter().zip(0..).filter(|(id, _)| !id.is_empty()).collect();
        known.sort_unstable();
        let mut again: Vec<(usize, &str)> = Vec::new();
        for pair in known.windows(2) {
            if let [(first, _), (second, i)] = pair
                && first == second
            {
                again.push((*i, second));
            }
        }
        again.sort_unstable();
        for (i, id) in again {
            self.fault(&here.at(i).key("id"), FaultKind::DuplicateId { id: shorten(id), other: None });
        }
    }

    /// Adds a fault for a mapping whose keys do not go together.
    fn mixed<const N: usize>(&mut self, here: &Path<'_>, parts: [(&str, bool); N], expected: Expected) {
        let given: Vec<&str> = parts.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect();
        self.invalid(here, &format!("{{{}}}", given.join(", ")), expected, None);
    }
}

/// The text, unless it is blank.
pub(super) fn filled(text: Option<Text>) -> Option<String> {
    text.map(|text| text.0).filter(|text| !text.trim().is_empty())
}

/// The number.
pub(super) fn number(number: Option<Number>) -> Option<f64> {
    number.map(|number| number.0)
}

/// Yes, no, or not known.
pub(super) fn tristate(answer: Option<Tristate>) -> Option<model::Tristate> {
    answer.map(|answer| match answer.0 {
        Some(true) => model::Tristate::Yes,
        Some(false) => model::Tristate::No,
        None => model::Tristate::Unknown,
    })
}

/// Letters, digits, `-`.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The beginning of what an author wrote, enough to know it again.
pub(crate) fn shorten(value: &str) -> String {
    const MOST: usize = 80;
    match value.char_indices().nth(MOST) {
        None => value.to_owned(),
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
    }
}

/// A language tag in its usual shape: `en`, `pt-BR`, `zh-Hant`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
