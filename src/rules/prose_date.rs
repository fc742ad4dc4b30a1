//! Dates in prose, beside a weekday or a word such as "today", as people write them in both languages.

use crate::time::{Date, Datelike, Weekday, read_date};

/// A word, and the date that stands beside it with nothing between but a comma or a bracket: "Friday, November 10,
/// 2017", "sexta-feira (10 de novembro de 2017)", "hoje, dia 14 de novembro".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Beside<'t, W> {
    /// The word, as it is written.
    pub(super) word: &'t str,
    /// What it means.
    pub(super) means: W,
    /// The word and the date, as they are written.
    pub(super) said: &'t str,
    /// Its year, when it has one.
    pub(super) year: Option<i32>,
    /// Its month, 1 to 12.
    pub(super) month: u32,
    /// Its day.
    pub(super) day: u32,
}

impl<W> Beside<'_, W> {
    /// The date, when it has a year and exists.
    pub(super) fn date(&self) -> Option<Date> {
        Date::from_ymd_opt(self.year?, self.month, self.day)
    }

    /// Whether it may be this date: the year may be left out.
    pub(super) fn may_be(&self, date: Date) -> bool {
        (self.month, self.day) == (date.month(), date.day())
            && self.year.is_none_or(|year| year == date.year())
    }
}

/// What a weekday's name means. Portuguese ordinals that are also weekdays ("a segunda") count only with `-feira`.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "segunda-feira" => Weekday::Mon,
        "tuesday" | "terça-feira" => Weekday::Tue,
        "wednesday" | "quarta-feira" => Weekday::Wed,
        "thursday" | "quinta-feira" => Weekday::Thu,
        "friday" | "sexta-feira" => Weekday::Fri,
        "saturday" | "sábado" => Weekday::Sat,
        "sunday" | "domingo" => Weekday::Sun,
        _ => return None,
    })
}

/// How many days after today a word means.
pub(super) fn relative(word: &str) -> Option<i64> {
    match word {
        "today" | "hoje" => Some(0),
        "yesterday" | "ontem" => Some(-1),
        "tomorrow" | "amanhã" => Some(1),
        _ => None,
    }
}

/// Every word that `means` something and has a date beside it, in one pass over the text.
pub(super) fn beside<'t, W>(text: &'t str, means: impl Fn(&str) -> Option<W>) -> Vec<Beside<'t, W>> {
    let words = words(text);
    let mut found = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let Some(meaning) = means(&word.lower) else { continue };
        let after = words.get(i + 1..).unwrap_or_default();
        let skipped =
            after.first().filter(|next| matches!(next.lower.as_str(), "dia" | "the")).map_or(0, |_| 1);
        let (near, after) = (after.first(), after.get(skipped..).unwrap_or_default());
        let joined = near.is_some_and(|next| next.joins(text, word.end));
        let Some((end, year, month, day)) = Some(after).filter(|_| joined).and_then(|it| date(text, it))
        else {
            continue;
        };
        let written = |end: usize| text.get(word.start..end).unwrap_or_default();
        let (said, word) = (written(end), written(word.end));
        found.push(Beside { word, means: meaning, said, year, month, day });
    }
    found
}

/// A run of letters, digits and the marks that stand inside a date or a name: `-`, `/`.
struct Word {
    start: usize,
    end: usize,
    lower: String,
}

impl Word {
    /// Whether nothing lies between `end` and this word but space, a comma, a bracket, emphasis.
    fn joins(&self, text: &str, end: usize) -> bool {
        let between = text.get(end..self.start).unwrap_or(".");
        between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '(' | '*' | '_'))
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        let inside = c.is_alphanumeric() || matches!(c, '-' | '/' | 'º' | 'ª');
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let lower = text.get(from..at).unwrap_or_default().to_lowercase();
                words.push(Word { start: from, end: at, lower });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Where a date ends in the text; its year, month, day.
type Read = (usize, Option<i32>, u32, u32);

/// The date that begins with the first of these words.
fn date(text: &str, words: &[Word]) -> Option<Read> {
    let word = |at: usize| words.get(at).map(|word| word.lower.as_str());
    // whether the word before this one ends where it may go on
    let joined = |at: usize| match (at.checked_sub(1).and_then(|at| words.get(at)), words.get(at)) {
        (Some(before), Some(next)) => next.joins(text, before.end),
        _ => false,
    };
    let year_at = |at: usize| word(at).filter(|_| joined(at)).and_then(year);
    let end = |last: usize| words.get(last).map(|word| word.end);
    let first = word(0)?;
    if let Some((year, month, day)) = iso(first) {
        return Some((end(0)?, Some(year), month, day));
    }
    if let (Some(month), Some(day)) = (month(first), word(1).filter(|_| joined(1)).and_then(day)) {
        // November 10, 2017
        let year = year_at(2);
        return Some((end(if year.is_some() { 2 } else { 1 })?, year, month, day));
    }
    let day = day(first)?;
    let named = |at: usize| word(at).filter(|_| joined(at)).and_then(month);
    if word(1) == Some("de") || word(1) == Some("of") {
        // 10 de novembro de 2017, 10th of November 2017
        let month = named(2)?;
        let (year, last) = match (word(3), year_at(3), year_at(4)) {
            (Some("de"), _, Some(year)) if joined(3) => (Some(year), 4),
            (_, Some(year), _) => (Some(year), 3),
            _ => (None, 2),
        };
        return Some((end(last)?, year, month, day));
    }
    // 10 November 2017
    let month = named(1)?;
    let year = year_at(2);
    Some((end(if year.is_some() { 2 } else { 1 })?, year, month, day))
}

/// `2017-11-10`.
fn iso(word: &str) -> Option<(i32, u32, u32)> {
    let date = read_date(word)?;
    Some((date.year(), date.month(), date.day()))
}

fn year(word: &str) -> Option<i32> {
    if word.len() == 4 { word.parse().ok().filter(|year| (1900..2200).contains(year)) } else { None }
}

/// `10`, `10th`, `1º`.
fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = word.get(digits.len()..).unwrap_or("?");
    let plain = matches!(ending, "" | "st" | "nd" | "rd" | "th" | "º") && digits.len() <= 2;
    if plain { digits.parse().ok().filter(|day| (1..=31).contains(day)) } else { None }
}

fn month(word: &str) -> Option<u32> {
    const NAMES: [(&str, &str); 12] = [
        ("january", "janeiro"),
        ("february", "fevereiro"),
        ("march", "março"),
        ("april", "abril"),
        ("may", "maio"),
        ("june", "junho"),
        ("july", "julho"),
        ("august", "agosto"),
        ("september", "setembro"),
        ("october", "outubro"),
        ("november", "novembro"),
        ("december", "dezembro"),
    ];
    let named = |(en, pt): &(&str, &str)| {
        // `Nov` and `Sept` too; the short Portuguese forms are hardly written in sentences
        word == *en
            || word == *pt
            || (en.len() > 3 && en.get(..3) == Some(word))
            || (word == "sept" && *en == "september")
    };
    (1..).zip(&NAMES).find(|(_, names)| named(names)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_beside_a_weekday_is_read_as_both_languages_write_it() {
        for (text, expected) in [
            ("last Friday, November 10, 2017, the servers", Some("2017-11-10")),
            ("on Friday November 10th 2017", Some("2017-11-10")),
            ("on **Friday**, 10 November 2017.", Some("2017-11-10")),
            ("Friday the 10th of November 2017", Some("2017-11-10")),
            ("Friday (2017-11-10)", Some("2017-11-10")),
            ("Friday, Nov 10, 2017", Some("2017-11-10")),
            ("na sexta-feira, 10 de novembro de 2017", Some("2017-11-10")),
            ("na Sexta-feira (1º de dezembro de 2017)", Some("2017-12-01")),
            ("sexta-feira, dia 10 de novembro de 2017", Some("2017-11-10")),
            ("Friday,\n  November 10,\n  2017", Some("2017-11-10")),
            // without a year, or no date at all
            ("Friday, November 10", None),
            ("Friday, 10 servers in 2017", None),
            ("Friday may 2017", None),
            ("Friday, February 30, 2017", None),
            // another sentence, another clause
            ("until Friday. November 10, 2017 was quiet", None),
            ("until Friday; November 10, 2017 was quiet", None),
            ("Friday: November 10, 2017", None),
            // an ordinal, and not a weekday
            ("a segunda, 10 de novembro de 2017", None),
            ("", None),
            ("Friday", None),
        ] {
            let found = beside(text, weekday);
            let date = found.first().and_then(Beside::date).map(|date| date.to_string());
            assert_eq!(date.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_date_beside_today_may_lack_its_year() {
        let found = beside("hoje, 14 de novembro, a exportação voltou", relative);
        let [found] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((found.word, found.means, found.said), ("hoje", 0, "hoje, 14 de novembro"));
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert!(found.may_be(date("2017-11-14")) && found.may_be(date("2018-11-14")));
        assert!(!found.may_be(date("2017-11-15")));
        let found = beside("Yesterday (November 13, 2017) we", relative);
        assert_eq!(found.first().map(|it| (it.means, it.said)), Some((-1, "Yesterday (November 13, 2017")));
        assert!(!found[0].may_be(date("2018-11-13")));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,40}(friday|hoje|sexta-feira)[,( ]{0,3}\\PC{0,30}") {
            beside(&text, weekday);
            beside(&text, relative);
        }
    }
}
