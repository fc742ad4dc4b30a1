//! Numbers, dates, lists, units and plurals held against CLDR's own data.
//!
//! `testdata/cldr.json` says where it was taken from. Where relato writes something else on purpose, it stands in
//! [`ON_PURPOSE`] with its reason, and a test fails as well when it no longer differs.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, Timelike as _};
use serde::Deserialize;

use super::*;
use crate::time::{Date, Span};

/// What CLDR says of one language.
#[derive(Deserialize)]
struct Cldr {
    months: Vec<String>,
    months_short: Vec<String>,
    date_long: String,
    date_medium: String,
    month_day: String,
    hour_minute: String,
    date_time: String,
    interval: String,
    list: List,
    quotes: [String; 2],
    decimal: String,
    group: String,
    minus: String,
    minimum_grouping_digits: usize,
    number_pattern: String,
    percent_pattern: String,
    units: BTreeMap<String, BTreeMap<String, String>>,
    plurals: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct List {
    two: String,
    start: String,
    middle: String,
    end: String,
}

/// What is written otherwise than CLDR says: language, what, why.
const ON_PURPOSE: &[(&str, &str, &str)] = &[
    ("en", "list of three or more", "no comma before the last `and`: one style for lists of two and of more"),
    (
        "en",
        "minus",
        "the minus sign of mathematics: a hyphen before a number reads as a range, and may end a line",
    ),
    (
        "pt-BR",
        "minus",
        "the minus sign of mathematics: a hyphen before a number reads as a range, and may end a line",
    ),
    ("pt-BR", "date", "the first of a month is an ordinal in Brazil: `1º de março`"),
    ("pt-BR", "short date", "without `de`, which fills the columns of tables where alone it stands"),
    ("pt-BR", "day", "the first of a month is an ordinal in Brazil: `1º de março`"),
    ("pt-BR", "clock", "`14h03` is how Brazilian texts write a time; `14:03` is of timetables and screens"),
    (
        "pt-BR",
        "moment",
        "a comma between date and time, since the time has letters of its own: `10 de novembro de 2017, 22h00`",
    ),
    ("en", "range", "plain spaces round the dash: Markdown, mails and terminals show thin ones badly"),
    ("pt-BR", "range", "plain spaces round the dash: Markdown, mails and terminals show thin ones badly"),
    ("en", "unit day", "the symbol, which is the same in both languages and needs no plural: `4 d 1 h`"),
    ("en", "unit hour", "the symbol of the SI, which is the same in both languages"),
    ("en", "unit second", "the symbol of the SI, which is the same in both languages"),
    ("pt-BR", "unit day", "the symbol, which is the same in both languages and needs no plural: `4 d 1 h`"),
];

fn data() -> Vec<(&'static Language, Cldr)> {
    let mut all: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(include_str!("testdata/cldr.json")).unwrap();
    let of = |language: &'static Language| {
        let data =
            all.remove(language.tag()).unwrap_or_else(|| panic!("no data of CLDR for {}", language.tag()));
        (language, serde_json::from_value(data).unwrap())
    };
    Language::all().iter().map(of).collect()
}

/// Compares what is written with what CLDR says, case by case; what differs on purpose must differ somewhere.
struct Held {
    differs: Vec<(String, String, String, String)>,
}

impl Held {
    fn of(tell: impl Fn(&mut dyn FnMut(&str, String, String), &'static Language, &Cldr), what: &[&str]) {
        let mut held = Self { differs: Vec::new() };
        for (language, cldr) in &data() {
            let mut compare = |name: &str, ours: String, theirs: String| {
                assert!(what.contains(&name), "{name} is not among {what:?}");
                if ours != theirs {
                    held.differs.push((language.tag().to_owned(), name.to_owned(), ours, theirs));
                }
            };
            tell(&mut compare, language, cldr);
        }
        for (tag, name, ours, theirs) in &held.differs {
            let known =
                ON_PURPOSE.iter().any(|(of, known, _)| (of, known) == (&tag.as_str(), &name.as_str()));
            assert!(known, "{tag}, {name}: `{ours}`, and CLDR has `{theirs}`");
        }
        for (tag, name, why) in ON_PURPOSE.iter().filter(|(_, name, _)| what.contains(name)) {
            let differs = held
                .differs
                .iter()
                .any(|(of, known, ..)| (of, known) == (&(*tag).to_owned(), &(*name).to_owned()));
            assert!(differs, "{tag}, {name} is as CLDR has it, and it is said to differ: {why}");
        }
    }
}

/// A moment by a pattern of CLDR: `d`, `MMM`, `MMMM`, `y`, `HH`, `mm`, and words between apostrophes.
fn by_pattern(pattern: &str, at: chrono::NaiveDateTime, cldr: &Cldr) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            let (word, after) = rest.get(1..).unwrap().split_once('\'').unwrap();
            out.push_str(word);
            rest = after;
            continue;
        }
        let run = rest.len() - rest.trim_start_matches(first).len();
        let month = at.month0() as usize;
        match rest.get(..run).unwrap() {
            "d" => out.push_str(&at.day().to_string()),
            "MMMM" => out.push_str(&cldr.months[month]),
            "MMM" => out.push_str(&cldr.months_short[month]),
            "y" => out.push_str(&at.year().to_string()),
            "HH" => out.push_str(&format!("{:02}", at.hour())),
            "mm" => out.push_str(&format!("{:02}", at.minute())),
            other => {
                assert!(!first.is_ascii_alphabetic(), "the field {other} of {pattern}");
                out.push_str(other);
            }
        }
        rest = rest.get(run..).unwrap();
    }
    out
}

fn dates() -> impl Iterator<Item = Date> {
    let days =
        |month| [1, 2, 9, 10, 21, 28].map(move |day| NaiveDate::from_ymd_opt(2024, month, day).unwrap());
    (1..=12).flat_map(days)
}

#[test]
fn dates_and_clocks_are_those_of_cldr() {
    Held::of(
        |compare, language, cldr| {
            for date in dates() {
                let noon = date.and_hms_opt(12, 0, 0).unwrap();
                compare("date", language.date(date), by_pattern(&cldr.date_long, noon, cldr));
                compare("short date", language.short_date(date), by_pattern(&cldr.date_medium, noon, cldr));
                compare("day", language.day(date), by_pattern(&cldr.month_day, noon, cldr));
            }
            let day = NaiveDate::from_ymd_opt(2017, 11, 10).unwrap();
            for (hour, minute) in [(0, 0), (0, 10), (1, 5), (9, 59), (12, 0), (13, 10), (23, 59)] {
                let at = day.and_hms_opt(hour, minute, 0).unwrap();
                let wall = Wall::new(at, -3 * 3600, "America/Sao_Paulo");
                compare("clock", language.clock(&wall), by_pattern(&cldr.hour_minute, at, cldr));
                // as it is put together, whatever the clock is
                let moment =
                    cldr.date_time.replace("{1}", &language.date(day)).replace("{0}", &language.clock(&wall));
                compare("moment", language.moment(&wall), language.in_zone(&moment, &wall));
            }
        },
        &["date", "short date", "day", "clock", "moment"],
    );
}

#[test]
fn lists_and_quotes_are_those_of_cldr() {
    Held::of(
        |compare, language, cldr| {
            let fill = |pattern: &str, first: &str, second: &str| {
                pattern.replace("{0}", first).replace("{1}", second)
            };
            let items = ["a", "b", "c", "d", "e"];
            for count in 1..=items.len() {
                let items = &items[..count];
                let told = match items {
                    [one] => (*one).to_owned(),
                    [one, other] => fill(&cldr.list.two, one, other),
                    [first, between @ .., before, last] => {
                        let end = fill(&cldr.list.end, before, last);
                        let all =
                            between.iter().rev().fold(end, |rest, item| fill(&cldr.list.middle, item, &rest));
                        fill(&cldr.list.start, first, &all)
                    }
                    [] => String::new(),
                };
                let name = if count > 2 { "list of three or more" } else { "list" };
                compare(name, language.list(items), told);
            }
            let [open, close] = &cldr.quotes;
            compare("quote", language.quote("x"), format!("{open}x{close}"));
        },
        &["list", "list of three or more", "quote"],
    );
}

/// Digits by a pattern of CLDR whose groups are of three.
fn grouped(digits: &str, cldr: &Cldr) -> String {
    if digits.len() < 3 + cldr.minimum_grouping_digits {
        return digits.to_owned();
    }
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(&cldr.group)
}

#[test]
fn numbers_are_those_of_cldr() {
    Held::of(
        |compare, language, cldr| {
            assert_eq!(
                (cldr.number_pattern.as_str(), cldr.percent_pattern.as_str()),
                ("#,##0.###", "#,##0%")
            );
            for number in [0, 7, 42, 999, 1_000, 1_234, 9_999, 10_000, 123_456, 1_234_567, 2_147_483_647_i64]
            {
                let digits = grouped(&number.to_string(), cldr);
                compare("integer", language.integer(number), digits.clone());
                let (decimals, decimal) = (number as f64 + 0.5, &cldr.decimal);
                compare("decimal", language.number(decimals, 1), format!("{digits}{decimal}5"));
                compare("percent", language.percent(decimals, 1), format!("{digits}{decimal}5%"));
                if number > 0 {
                    compare("minus", language.integer(-number), format!("{}{digits}", cldr.minus));
                }
            }
        },
        &["integer", "decimal", "percent", "minus"],
    );
}

#[test]
fn units_and_ranges_are_those_of_cldr() {
    Held::of(
        |compare, language, cldr| {
            for (unit, name, seconds) in [
                ("day", "unit day", 86_400),
                ("hour", "unit hour", 3_600),
                ("minute", "unit minute", 60),
                ("second", "unit second", 1),
            ] {
                let count = if unit == "day" { 3 } else { 2 };
                let theirs = cldr.units[unit]["other"].replace("{0}", &count.to_string());
                compare(name, language.length(count * seconds, Rounding::SECOND), theirs);
            }
            let (from, to) = ("1 h", "2 h 30 min");
            let range = cldr.interval.replace("{0}", from).replace("{1}", to);
            compare("range", language.short_span(Span::between(3_600, 9_000), Rounding::MINUTE), range);
        },
        &["unit day", "unit hour", "unit minute", "unit second", "range"],
    );
}

/// Each sample that CLDR gives for a category chooses it. The library of plurals knows no `many`, which a million has in
/// Portuguese for its word (`1 milhão de itens`): in digits it takes the form of `other` (`1.000.000 itens`).
#[test]
fn plurals_are_chosen_as_cldr_chooses_them() {
    let file = "x = { $n ->\n    [zero] zero\n    [one] one\n    [two] two\n    [few] few\n    [many] many\n   *[other] other\n }\n";
    for (language, cldr) in data() {
        let phrases = Phrases::load(language, &[("test", file)]).unwrap();
        let mut checked = 0;
        for (category, rule) in &cldr.plurals {
            let chosen = if category == "many" { "other" } else { category.as_str() };
            let samples = |kind: &str| -> Vec<String> {
                let list = rule.split('@').find_map(|part| part.strip_prefix(kind)).unwrap_or_default();
                let items = list
                    .split(',')
                    .map(str::trim)
                    .filter(|it| !it.is_empty() && *it != "…" && !it.contains('c'));
                items.flat_map(|it| it.split('~').map(str::to_owned)).collect()
            };
            for sample in samples("integer") {
                let told = phrases.tell("x", &[("n", sample.parse::<i64>().unwrap().into())]).unwrap();
                assert_eq!(told, chosen, "{} {sample}", language.tag());
                checked += 1;
            }
            for sample in samples("decimal") {
                let value = Value::Number(sample.parse().unwrap(), 1);
                assert_eq!(
                    phrases.tell("x", &[("n", value)]).unwrap(),
                    chosen,
                    "{} {sample}",
                    language.tag()
                );
                checked += 1;
            }
        }
        assert!(checked > 10, "{}: {checked} samples", language.tag());
    }
}
