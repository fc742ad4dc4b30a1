//! Lengths as an author writes them: `45s`, `1h30m`, `7d`, `5bd`, `PT6H`.

use std::fmt;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// A length of time, or a number of business days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Elapsed seconds; a day is 24 hours, a week seven days.
    Seconds(i64),
    /// Working days of a calendar (policy only: `postmortem_within: 5bd`).
    BusinessDays(u32),
}

impl Length {
    /// The longest length that can be written, in seconds: about a thousand years, so that sums never overflow.
    pub const MAX_SECONDS: i64 = 366_000 * DAY;
    /// The most business days that can be written: about forty years.
    pub const MAX_BUSINESS_DAYS: u32 = 10_000;

    /// Elapsed seconds; `None` for business days, which have no fixed length.
    pub fn seconds(&self) -> Option<i64> {
        match self {
            Self::Seconds(seconds) => Some(*seconds),
            Self::BusinessDays(_) => None,
        }
    }
}

/// The canonical short form, which `read_length` reads back: whole days as `7d`, else hours, minutes and seconds
/// (`26h`, `1h30m`, `45s`, `0s`); business days as `5bd`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = match self {
            Self::BusinessDays(days) => return write!(f, "{days}bd"),
            Self::Seconds(0) => return f.write_str("0s"),
            Self::Seconds(seconds) => *seconds,
        };
        if seconds % DAY == 0 {
            return write!(f, "{}d", seconds / DAY);
        }
        if seconds < 0 {
            f.write_str("-")?;
        }
        let seconds = seconds.unsigned_abs();
        for (count, unit) in [(seconds / 3600, 'h'), (seconds / 60 % 60, 'm'), (seconds % 60, 's')] {
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

/// Why a text is not a length. The message says what to write; the caller quotes what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LengthFault {
    /// Nothing stands there.
    #[error("is empty; write a length such as `45s`, `10m`, `1h30m` or `7d`")]
    Empty,
    /// A bare number: `10`.
    #[error("has no unit; write `s`, `m`, `h`, `d` or `w` after the number, as in `10m`")]
    NoUnit,
    /// `-10m`.
    #[error("is negative; a length of time has no sign")]
    Negative,
    /// `P1M`, `1y`, `2mo`: no fixed length.
    #[error("counts months or years, which have no fixed length; write days, as in `90d`")]
    MonthsOrYears,
    /// `5bd` where only elapsed time has a meaning.
    #[error("counts business days, which have no fixed length; write `h` or `d` here")]
    BusinessDays,
    /// More than the limits of `Length`.
    #[error("is too long; the limit is 366000d, or 10000bd")]
    TooLong,
    /// `{min, max}` with `min` above `max`.
    #[error("is reversed: `min` is more than `max`")]
    Reversed,
    /// Anything else: an unknown unit, a fraction, units out of order, stray text.
    #[error("is not a length; write one such as `45s`, `10m`, `1h30m`, `7d`, `2w` or `PT6H`")]
    NotALength,
}

/// Reads a length: `45s`, `10m`, `1h30m`, `1h 30m`, `7d`, `2w`, `5bd`, or ISO 8601 such as `PT6H`, `P1DT2H30M`, `P2W`.
///
/// Units go from the largest to the smallest, each at most once; numbers are whole.
pub fn read_length(text: &str) -> Result<Length, LengthFault> {
    let bytes = text.as_bytes();
    match bytes {
        [] => Err(LengthFault::Empty),
        [b'-', ..] => Err(LengthFault::Negative),
        [b'P', rest @ ..] => read_iso(rest),
        _ => read_short(bytes),
    }
}

fn read_short(mut rest: &[u8]) -> Result<Length, LengthFault> {
    let mut total = 0;
    let mut smallest = i64::MAX;
    let whole = rest;
    while !rest.is_empty() {
        if smallest < i64::MAX
            && let [b' ', after @ ..] = rest
        {
            rest = after;
        }
        let (count, after) = number(rest)?;
        let letters = after.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let (unit, after) = after.split_at_checked(letters).ok_or(LengthFault::NotALength)?;
        let unit = match unit {
            b"w" => WEEK,
            b"d" => DAY,
            b"h" => HOUR,
            b"m" => MINUTE,
            b"s" => 1,
            b"bd" if after.is_empty() && smallest == i64::MAX => {
                return match u32::try_from(count) {
                    Ok(days) if days <= Length::MAX_BUSINESS_DAYS => Ok(Length::BusinessDays(days)),
                    _ => Err(LengthFault::TooLong),
                };
            }
            b"y" | b"mo" | b"M" | b"Y" => return Err(LengthFault::MonthsOrYears),
            b"" if after.is_empty() && whole.iter().all(u8::is_ascii_digit) => {
                return Err(LengthFault::NoUnit);
            }
            _ => return Err(LengthFault::NotALength),
        };
        if unit >= smallest {
            return Err(LengthFault::NotALength);
        }
        total = add(total, count, unit)?;
        smallest = unit;
        rest = after;
    }
    Ok(Length::Seconds(total))
}

fn read_iso(mut rest: &[u8]) -> Result<Length, LengthFault> {
    let mut total = 0;
    let mut smallest = i64::MAX;
    let mut in_time = false;
    loop {
        if !in_time && let [b'T', after @ ..] = rest {
            in_time = true;
            // `P`, `PT` and `P1DT` lack what should follow
            if after.is_empty() {
                return Err(LengthFault::NotALength);
            }
            rest = after;
        }
        let (count, after) = number(rest)?;
        let (unit, after) = match (in_time, after) {
            (false, [b'Y' | b'M', ..]) => return Err(LengthFault::MonthsOrYears),
            // ISO 8601 lets weeks stand only alone
            (false, [b'W']) if smallest == i64::MAX => (WEEK, &[][..]),
            (false, [b'D', after @ ..]) => (DAY, after),
            (true, [b'H', after @ ..]) => (HOUR, after),
            (true, [b'M', after @ ..]) => (MINUTE, after),
            (true, [b'S', after @ ..]) => (1, after),
            _ => return Err(LengthFault::NotALength),
        };
        if unit >= smallest {
            return Err(LengthFault::NotALength);
        }
        total = add(total, count, unit)?;
        smallest = unit;
        rest = after;
        if rest.is_empty() {
            return Ok(Length::Seconds(total));
        }
    }
}

/// The number a text begins with, and what follows it.
fn number(text: &[u8]) -> Result<(i64, &[u8]), LengthFault> {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let (digits, rest) = text.split_at_checked(digits).ok_or(LengthFault::NotALength)?;
    if digits.is_empty() {
        return Err(LengthFault::NotALength);
    }
    let count = digits.iter().try_fold(0_i64, |n, d| n.checked_mul(10)?.checked_add(i64::from(d - b'0')));
    Ok((count.ok_or(LengthFault::TooLong)?, rest))
}

fn add(total: i64, count: i64, unit: i64) -> Result<i64, LengthFault> {
    count
        .checked_mul(unit)
        .and_then(|seconds| total.checked_add(seconds))
        .filter(|seconds| *seconds <= Length::MAX_SECONDS)
        .ok_or(LengthFault::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_are_read_in_short_and_iso_form() {
        for (text, expected) in [
            ("45s", 45),
            ("0s", 0),
            ("10m", 600),
            ("90m", 5_400),
            ("1h30m", 5_400),
            ("1h 30m", 5_400),
            ("1d 2h 3m 4s", 93_784),
            ("7d", 604_800),
            ("2w", 1_209_600),
            ("1w1d", 691_200),
            ("007d", 604_800),
            ("PT6H", 21_600),
            ("P1DT2H30M", 95_400),
            ("P2W", 1_209_600),
            ("P3D", 259_200),
            ("PT10H32M", 37_920),
            ("PT1H1S", 3_601),
        ] {
            assert_eq!(read_length(text), Ok(Length::Seconds(expected)), "{text}");
        }
        assert_eq!(read_length("5bd"), Ok(Length::BusinessDays(5)));
    }

    #[test]
    fn other_texts_are_refused_with_their_reason() {
        use LengthFault::*;
        for (text, expected) in [
            ("", Empty),
            ("10", NoUnit),
            ("-10m", Negative),
            ("-PT6H", Negative),
            ("1y", MonthsOrYears),
            ("2mo", MonthsOrYears),
            ("1M", MonthsOrYears),
            ("P1M", MonthsOrYears),
            ("P1Y2M", MonthsOrYears),
            ("99999999999999999999s", TooLong),
            ("9223372036854775807w", TooLong),
            ("366001d", TooLong),
            ("P366001D", TooLong),
            ("10001bd", TooLong),
            ("4294967296bd", TooLong),
            (" ", NotALength),
            (" 10m", NotALength),
            ("10m ", NotALength),
            ("10 m", NotALength),
            ("1h  30m", NotALength),
            ("30m1h", NotALength),
            ("1h1h", NotALength),
            ("1h5bd", NotALength),
            ("5bd1h", NotALength),
            ("1h30", NotALength),
            ("1.5h", NotALength),
            ("1,5h", NotALength),
            ("10min", NotALength),
            ("10H", NotALength),
            ("m", NotALength),
            ("±15m", NotALength),
            ("P", NotALength),
            ("PT", NotALength),
            ("P1DT", NotALength),
            ("P6H", NotALength),
            ("P1W2D", NotALength),
            ("P1D2W", NotALength),
            ("PT1.5H", NotALength),
            ("PT1H PT2H", NotALength),
            ("pt6h", NotALength),
            ("1h\u{a0}30m", NotALength),
        ] {
            assert_eq!(read_length(text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn lengths_are_written_in_one_canonical_form() {
        for (text, expected) in [
            ("0m", "0s"),
            ("90m", "1h30m"),
            ("24h", "1d"),
            ("26h", "26h"),
            ("2w", "14d"),
            ("P1DT2H30M", "26h30m"),
            ("PT10H32M5S", "10h32m5s"),
            ("3601s", "1h1s"),
            ("5bd", "5bd"),
        ] {
            assert_eq!(read_length(text).unwrap().to_string(), expected);
        }
    }

    proptest! {
        #[test]
        fn writing_then_reading_gives_the_same_length(seconds in 0..=Length::MAX_SECONDS, days in 0..=10_000_u32) {
            for length in [Length::Seconds(seconds), Length::BusinessDays(days)] {
                prop_assert_eq!(read_length(&length.to_string()), Ok(length));
            }
        }

        #[test]
        fn no_text_makes_the_reader_panic(any in ".*", near in "P?[0-9]{0,22}[wdhmsbPTWDHMS .-]{0,3}[0-9]{0,3}[a-zA-Z]{0,2}") {
            for text in [any, near] {
                if let Ok(Length::Seconds(seconds)) = read_length(&text) {
                    prop_assert!((0..=Length::MAX_SECONDS).contains(&seconds));
                }
            }
        }

        #[test]
        fn any_length_can_be_written(seconds: i64, days: u32) {
            let _ = (Length::Seconds(seconds).to_string(), Length::BusinessDays(days).to_string());
        }
    }
}
