//! Lengths of time in words: `25 h 48 min`, `between 5 h 30 min and 6 h 30 min`.

use crate::time::Span;

use super::Language;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// To what whole number of seconds a length is rounded where it is shown (`policy.rounding`); nothing is ever judged
/// by a rounded length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding(i64);

impl Rounding {
    /// To the second.
    pub const SECOND: Self = Self(1);
    /// To the minute.
    pub const MINUTE: Self = Self(MINUTE);

    /// To a multiple of `seconds`, at least one.
    pub fn seconds(seconds: i64) -> Self {
        Self(seconds.max(1))
    }

    fn nearest(self, seconds: i64) -> i64 {
        self.down(seconds.saturating_add(self.0 / 2))
    }

    fn down(self, seconds: i64) -> i64 {
        seconds - seconds % self.0
    }

    fn up(self, seconds: i64) -> i64 {
        self.down(seconds.saturating_add(self.0 - 1))
    }
}

impl Language {
    /// A length: `25 h 48 min`, `3 d 4 h`, `45 s`. Hours up to 48, days beyond; parts that are zero are left out.
    ///
    /// Rounded to the nearest; a positive length that rounds to nothing is `under 1 min`.
    pub fn length(&self, seconds: i64, rounding: Rounding) -> String {
        let length = seconds.saturating_abs();
        let rounded = rounding.nearest(length);
        if rounded == 0 && length > 0 {
            return self.tables.length_under.with(&[&self.units(rounding.0, rounding)]);
        }
        let sign = if seconds < 0 { self.tables.minus_sign.as_str() } else { "" };
        format!("{sign}{}", self.units(rounded, rounding))
    }

    /// A length that may be uncertain: `19 h 30 min or more`, `between 5 h 30 min and 6 h 30 min`, `up to 6 h`,
    /// `unknown`. Bounds are rounded outwards, so that what is said stays true.
    pub fn span(&self, span: Span, rounding: Rounding) -> String {
        let tables = &self.tables;
        match self.bounds(span, rounding) {
            Bounds::Exact(length) => length,
            Bounds::Unknown => tables.unknown.clone(),
            Bounds::AtLeast(length) => tables.span_at_least.with(&[&length]),
            Bounds::AtMost(length) => tables.span_at_most.with(&[&length]),
            Bounds::Between(min, max) => tables.span_between.with(&[&min, &max]),
        }
    }

    /// The same for the cell of a table: `≥ 19 h 30 min`, `5 h 30 – 6 h 30 min`, `≤ 6 h`.
    pub fn short_span(&self, span: Span, rounding: Rounding) -> String {
        let tables = &self.tables;
        match self.bounds(span, rounding) {
            Bounds::Exact(length) => length,
            Bounds::Unknown => tables.unknown.clone(),
            Bounds::AtLeast(length) => tables.span_short_at_least.with(&[&length]),
            Bounds::AtMost(length) => tables.span_short_at_most.with(&[&length]),
            Bounds::Between(min, max) => {
                // a unit that both end with is written once
                let shared = match (min.rsplit_once(' '), max.rsplit_once(' ')) {
                    (Some((rest, unit)), Some((_, other))) if unit == other => rest,
                    _ => &min,
                };
                tables.span_short_between.with(&[shared, &max])
            }
        }
    }

    /// The word for what is not known.
    pub fn unknown(&self) -> &str {
        &self.tables.unknown
    }

    fn bounds(&self, span: Span, rounding: Rounding) -> Bounds {
        if let Some(exact) = span.exactly() {
            return Bounds::Exact(self.length(exact, rounding));
        }
        // a lower bound that would round away is told to the second
        let min = || match rounding.down(span.min) {
            0 => self.units(span.min, Rounding::SECOND),
            min => self.units(min, rounding),
        };
        let max = |max| self.units(rounding.up(max), rounding);
        match (span.min > 0, span.max) {
            (false, None) => Bounds::Unknown,
            (true, None) => Bounds::AtLeast(min()),
            (false, Some(most)) => Bounds::AtMost(max(most)),
            (true, Some(most)) => Bounds::Between(min(), max(most)),
        }
    }

    /// `seconds`, not negative, in units. `rounding` decides only the unit of zero.
    fn units(&self, seconds: i64, rounding: Rounding) -> String {
        let tables = &self.tables;
        let days = if seconds > 2 * DAY { seconds / DAY } else { 0 };
        let rest = seconds - days * DAY;
        let parts = [
            (days, &tables.unit_day),
            (rest / HOUR, &tables.unit_hour),
            (rest % HOUR / MINUTE, &tables.unit_minute),
            (rest % MINUTE, &tables.unit_second),
        ];
        let mut out = String::new();
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count > 0) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&self.integer(count));
            out.push(' ');
            out.push_str(unit);
        }
        if out.is_empty() {
            let unit = if rounding.0 < MINUTE { &tables.unit_second } else { &tables.unit_minute };
            out = format!("0 {unit}");
        }
        out
    }
}

enum Bounds {
    Exact(String),
    Unknown,
    AtLeast(String),
    AtMost(String),
    Between(String, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(tell: impl Fn(&Language) -> String) -> [String; 2] {
        ["en", "pt-BR"].map(|tag| tell(Language::tagged(tag).unwrap()))
    }

    fn at(hours: i64, minutes: i64) -> i64 {
        hours * HOUR + minutes * MINUTE
    }

    #[test]
    fn lengths_are_told_in_hours_up_to_two_days() {
        let check = |seconds: i64, rounding: Rounding, expected: &str| {
            assert_eq!(Language::english().length(seconds, rounding), expected, "{seconds} {rounding:?}");
        };
        let (second, minute) = (Rounding::SECOND, Rounding::MINUTE);
        check(at(25, 48), minute, "25 h 48 min");
        check(at(19, 30), minute, "19 h 30 min");
        check(at(48, 0), minute, "48 h");
        check(at(48, 1), minute, "2 d 1 min");
        check(at(76, 0), minute, "3 d 4 h");
        check(at(76, 12), minute, "3 d 4 h 12 min");
        check(at(24 * 1500, 0), minute, "1,500 d");
        check(45, second, "45 s");
        check(45, minute, "1 min");
        check(20, minute, "under 1 min");
        check(400, Rounding::seconds(900), "under 15 min");
        check(at(25, 48), Rounding::seconds(900), "25 h 45 min");
        check(90, second, "1 min 30 s");
        check(90, minute, "2 min");
        check(0, minute, "0 min");
        check(0, second, "0 s");
        check(-at(1, 30), minute, "−1 h 30 min");
        check(i64::MIN, Rounding::seconds(0), "−106,751,991,167,300 d 15 h 30 min 7 s");
    }

    #[test]
    fn uncertain_lengths_say_what_is_known_and_no_more() {
        let check = |span: Span, en: &str, pt: &str, short: &str| {
            assert_eq!(both(|l| l.span(span, Rounding::MINUTE)), [en, pt]);
            assert_eq!(Language::english().short_span(span, Rounding::MINUTE), short);
        };
        check(Span::exact(at(25, 48)), "25 h 48 min", "25 h 48 min", "25 h 48 min");
        check(Span::exact(20), "under 1 min", "menos de 1 min", "under 1 min");
        check(Span::ZERO, "0 min", "0 min", "0 min");
        check(Span::UNKNOWN, "unknown", "desconhecido", "unknown");
        check(Span::at_least(at(19, 30)), "19 h 30 min or more", "19 h 30 min ou mais", "≥ 19 h 30 min");
        check(Span::at_least(20), "20 s or more", "20 s ou mais", "≥ 20 s");
        check(Span::between(0, at(6, 0)), "up to 6 h", "até 6 h", "≤ 6 h");
        check(
            Span::between(at(5, 30), at(6, 30)),
            "between 5 h 30 min and 6 h 30 min",
            "entre 5 h 30 min e 6 h 30 min",
            "5 h 30 – 6 h 30 min",
        );
        check(
            Span::between(at(5, 0), at(6, 30)),
            "between 5 h and 6 h 30 min",
            "entre 5 h e 6 h 30 min",
            "5 h – 6 h 30 min",
        );
        check(Span::between(299, 301), "between 4 min and 6 min", "entre 4 min e 6 min", "4 – 6 min");
        check(
            Span::between(1, i64::MAX),
            "between 1 s and 106,751,991,167,300 d 15 h 30 min",
            "entre 1 s e 106.751.991.167.300 d 15 h 30 min",
            "1 s – 106,751,991,167,300 d 15 h 30 min",
        );
    }
}
