//! From a language file (`templates/<tag>.ftl`) to the tables the formatting functions use.

use std::collections::HashMap;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::{
    Language, PhraseError,
    pattern::{Pattern, Unfit},
    resource::{bundle, parse},
};

/// Everything a language file says, ready to be filled in. Each field is the message of the same name.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) list_middle: Pattern,
    pub(super) list_last: Pattern,
    pub(super) quote: Pattern,
    pub(super) decimal_separator: String,
    pub(super) group_separator: String,
    pub(super) group_from: usize,
    pub(super) minus_sign: String,
    pub(super) percent: Pattern,
    pub(super) months: Vec<String>,
    pub(super) months_short: Vec<String>,
    pub(super) days: Vec<String>,
    pub(super) date: Pattern,
    pub(super) date_short: Pattern,
    pub(super) date_without_year: Pattern,
    pub(super) clock: Clock,
    pub(super) clock_the: Clock,
    pub(super) clock_at: Clock,
    pub(super) clock_of: Clock,
    pub(super) utc: String,
    pub(super) zone: Pattern,
    pub(super) zone_named: Pattern,
    pub(super) zone_names: HashMap<String, Vec<(i32, String)>>,
    pub(super) moment: Pattern,
    pub(super) moment_short: Pattern,
    pub(super) clock_in_utc: Pattern,
    pub(super) clock_in_utc_on_day: Pattern,
    pub(super) clock_in_utc_on_date: Pattern,
    pub(super) with_utc: Pattern,
    pub(super) at_on_day: Pattern,
    pub(super) at_on_date: Pattern,
    pub(super) the_on_day: Pattern,
    pub(super) the_on_date: Pattern,
    pub(super) between: Pattern,
    pub(super) in_zone: Pattern,
    pub(super) not_before: Pattern,
    pub(super) not_after: Pattern,
    pub(super) unit_day: String,
    pub(super) unit_hour: String,
    pub(super) unit_minute: String,
    pub(super) unit_second: String,
    pub(super) length_under: Pattern,
    pub(super) span_at_least: Pattern,
    pub(super) span_at_most: Pattern,
    pub(super) span_between: Pattern,
    pub(super) span_short_at_least: Pattern,
    pub(super) span_short_at_most: Pattern,
    pub(super) span_short_between: Pattern,
    pub(super) unknown: String,
    /// Kept for `factor`, whose plural depends on the number.
    bundle: Option<FluentBundle<FluentResource>>,
}

/// A clock: for each hour of the day the text before the minutes and after them.
#[derive(Default)]
pub(super) struct Clock(Vec<(String, String)>);

impl Clock {
    /// Appends hour and minute.
    pub(super) fn fill(&self, out: &mut String, hour: u32, minute: u32) {
        if let Some((before, after)) = usize::try_from(hour).ok().and_then(|hour| self.0.get(hour)) {
            out.push_str(before);
            out.push_str(&format!("{minute:02}"));
            out.push_str(after);
        }
    }
}

impl Tables {
    /// `factor` with its plural; `shown` is the number as written. Its own text when the language has no such phrase.
    pub(super) fn factor(&self, count: FluentValue<'_>, shown: String) -> String {
        let mut values = FluentArgs::new();
        values.set("count", count);
        values.set("number", shown.clone());
        self.bundle.as_ref().and_then(|bundle| resolve(bundle, "factor", &values)).unwrap_or(shown)
    }
}

impl Language {
    /// Reads a language file; `tag` is its name without `.ftl`.
    pub fn read(tag: &str, text: &str) -> Result<Self, PhraseError> {
        let file = format!("templates/{tag}.ftl");
        let id: LanguageIdentifier =
            tag.parse().map_err(|_| PhraseError::NotATag { file: file.clone(), tag: tag.to_owned() })?;
        let mut messages = bundle(&id);
        messages.add_resource_overriding(parse(&file, text)?);
        let reader = Reader { file, bundle: messages };
        let name = reader.text("language-name")?;
        let tables = reader.tables()?;
        Ok(Self {
            tag: tag.to_owned(),
            portuguese: id.language.as_str() == "pt",
            name,
            tables: Tables { bundle: Some(reader.bundle), ..tables },
        })
    }
}

/// The parts of a clock on a day that moments are built of.
pub(super) const CLOCK_PARTS: [&str; 6] = ["clock", "the", "at", "of", "date", "day"];

struct Reader {
    file: String,
    bundle: FluentBundle<FluentResource>,
}

impl Reader {
    fn tables(&self) -> Result<Tables, PhraseError> {
        let date = ["day", "month", "year"];
        let length = ["length"];
        Ok(Tables {
            list_middle: self.pattern("list-middle", &["first", "second"])?,
            list_last: self.pattern("list-last", &["first", "second"])?,
            quote: self.pattern("quote", &["text"])?,
            decimal_separator: self.text("decimal-separator")?,
            group_separator: self.text("group-separator")?,
            group_from: self.count("group-from")?,
            minus_sign: self.text("minus-sign")?,
            percent: self.pattern("percent", &["number"])?,
            months: self.names("months")?,
            months_short: self.names("months-short")?,
            days: (1..=31)
                .map(|day| self.choice("day-of-month", &[("day", FluentValue::from(day))]))
                .collect::<Result<_, _>>()?,
            date: self.pattern("date", &date)?,
            date_short: self.pattern("date-short", &date)?,
            date_without_year: self.pattern("date-without-year", &date)?,
            clock: self.clock("clock")?,
            clock_the: self.clock("clock-the")?,
            clock_at: self.clock("clock-at")?,
            clock_of: self.clock("clock-of")?,
            utc: self.text("utc")?,
            zone: self.pattern("zone", &["offset"])?,
            zone_named: self.pattern("zone-named", &["offset", "name"])?,
            zone_names: self.zone_names("zone-names")?,
            moment: self.moment("moment")?,
            moment_short: self.moment("moment-short")?,
            clock_in_utc: self.moment("clock-in-utc")?,
            clock_in_utc_on_day: self.moment("clock-in-utc-on-day")?,
            clock_in_utc_on_date: self.moment("clock-in-utc-on-date")?,
            with_utc: self.pattern("with-utc", &["moment", "utc"])?,
            at_on_day: self.moment("at-on-day")?,
            at_on_date: self.moment("at-on-date")?,
            the_on_day: self.moment("the-on-day")?,
            the_on_date: self.moment("the-on-date")?,
            between: self.pattern("between", &["from", "to"])?,
            in_zone: self.pattern("in-zone", &["moment", "zone"])?,
            not_before: self.moment("not-before")?,
            not_after: self.moment("not-after")?,
            unit_day: self.text("unit-day")?,
            unit_hour: self.text("unit-hour")?,
            unit_minute: self.text("unit-minute")?,
            unit_second: self.text("unit-second")?,
            length_under: self.pattern("length-under", &length)?,
            span_at_least: self.pattern("span-at-least", &length)?,
            span_at_most: self.pattern("span-at-most", &length)?,
            span_between: self.pattern("span-between", &["min", "max"])?,
            span_short_at_least: self.pattern("span-short-at-least", &length)?,
            span_short_at_most: self.pattern("span-short-at-most", &length)?,
            span_short_between: self.pattern("span-short-between", &["min", "max"])?,
            unknown: self.text("unknown")?,
            bundle: None,
        })
    }

    fn pattern(&self, key: &str, offered: &[&str]) -> Result<Pattern, PhraseError> {
        let value = self.bundle.get_message(key).and_then(|message| message.value());
        let value = value.ok_or_else(|| self.missing(key))?;
        Pattern::read(value, offered).map_err(|unfit| match unfit {
            Unfit::Chooses => self.unfit(key, "must be text and values alone".to_owned()),
            Unfit::NotOffered(name) => {
                self.unfit(key, format!("uses `${name}`, but is offered only {}", offered.join(", ")))
            }
        })
    }

    fn moment(&self, key: &str) -> Result<Pattern, PhraseError> {
        self.pattern(key, &CLOCK_PARTS)
    }

    fn text(&self, key: &str) -> Result<String, PhraseError> {
        Ok(self.pattern(key, &[])?.with(&[]))
    }

    fn count(&self, key: &str) -> Result<usize, PhraseError> {
        self.text(key)?.parse().map_err(|_| self.unfit(key, "must be a whole number".to_owned()))
    }

    fn names(&self, key: &str) -> Result<Vec<String>, PhraseError> {
        let names: Vec<String> = self.text(key)?.split(',').map(|name| name.trim().to_owned()).collect();
        if names.len() == 12 {
            Ok(names)
        } else {
            Err(self.unfit(key, format!("must be 12 names with commas between, not {}", names.len())))
        }
    }

    fn choice(&self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> Result<String, PhraseError> {
        let values: FluentArgs<'_> = values.iter().cloned().collect();
        if !self.bundle.has_message(key) {
            return Err(self.missing(key));
        }
        resolve(&self.bundle, key, &values)
            .ok_or_else(|| self.unfit(key, "uses something that is not offered".to_owned()))
    }

    fn clock(&self, key: &str) -> Result<Clock, PhraseError> {
        // stands for the minutes, which alone change within the hour
        const MINUTES: char = '\u{1}';
        let mut hours = Vec::new();
        for hour in 0..24 {
            let text = self.choice(
                key,
                &[
                    ("hour", FluentValue::from(hour)),
                    ("h", FluentValue::from(hour.to_string())),
                    ("hh", FluentValue::from(format!("{hour:02}"))),
                    ("mm", FluentValue::from(MINUTES.to_string())),
                ],
            )?;
            let (before, after) =
                text.split_once(MINUTES).ok_or_else(|| self.unfit(key, "must use `$mm` once".to_owned()))?;
            hours.push((before.to_owned(), after.to_owned()));
        }
        Ok(Clock(hours))
    }

    fn zone_names(&self, key: &str) -> Result<HashMap<String, Vec<(i32, String)>>, PhraseError> {
        let entry = |line: &str| {
            let (place, name) = line.split_once('=')?;
            let (zone, offset) = place.trim().split_once(' ')?;
            let (sign, length) = offset.strip_prefix('-').map_or((1, offset), |length| (-1, length));
            let (hours, minutes) = length.split_once(':').unwrap_or((length, "0"));
            let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
            let offset = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
            Some((zone.to_owned(), (offset, name.trim().to_owned())))
        };
        let mut names: HashMap<String, Vec<_>> = HashMap::new();
        for line in self.text(key)?.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let read = entry(line);
            let (zone, name) =
                read.ok_or_else(|| self.unfit(key, format!("cannot read `{line}` as `zone offset = name`")))?;
            names.entry(zone).or_default().push(name);
        }
        Ok(names)
    }

    fn missing(&self, key: &str) -> PhraseError {
        PhraseError::NoPhrase { key: key.to_owned(), file: self.file.clone() }
    }

    fn unfit(&self, key: &str, reason: String) -> PhraseError {
        PhraseError::Unfit { key: key.to_owned(), file: self.file.clone(), reason }
    }
}

fn resolve(bundle: &FluentBundle<FluentResource>, key: &str, values: &FluentArgs<'_>) -> Option<String> {
    let message = bundle.get_message(key)?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(message.value()?, Some(values), &mut errors).into_owned();
    errors.is_empty().then_some(text)
}
