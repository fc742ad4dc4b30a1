//! Moments as an author writes them: exact, approximate, between two others, a civil day, unknown, or not yet.

use std::fmt;

use chrono::{Datelike, TimeDelta, Timelike};

use super::{Date, Instant, Interval, Length, format_offset};

/// How an instant was written, which decides what can be doubted about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// With `Z`.
    Utc,
    /// With an offset from UTC, in seconds east.
    Offset(i32),
    /// Without an offset: a wall clock in the incident's declared zone.
    Local,
}

/// One instant as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Written {
    /// The instant.
    pub at: Instant,
    /// How it was written.
    pub form: Form,
}

impl Written {
    /// Seconds east of UTC as written; `None` for a wall clock, whose offset only its zone knows.
    pub fn offset(&self) -> Option<i32> {
        match self.form {
            Form::Utc => Some(0),
            Form::Offset(seconds) => Some(seconds),
            Form::Local => None,
        }
    }
}

/// RFC 3339 with the offset as written, without seconds when they are zero: `2017-11-10T22:00-02:00`. A wall clock, and
/// an offset of odd seconds (local mean time), which RFC 3339 cannot write, are told in UTC.
impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = match self.form {
            Form::Offset(seconds) if seconds % 60 == 0 => Some(seconds),
            _ => None,
        };
        let east = TimeDelta::seconds(i64::from(offset.unwrap_or(0)));
        let (wall, offset) = match self.at.naive_utc().checked_add_signed(east) {
            Some(wall) => (wall, offset),
            None => (self.at.naive_utc(), None),
        };
        write!(f, "{:04}-{:02}-{:02}", wall.year(), wall.month(), wall.day())?;
        write!(f, "T{:02}:{:02}", wall.hour(), wall.minute())?;
        let nanos = wall.nanosecond();
        if wall.second() != 0 || nanos != 0 {
            write!(f, ":{:02}", wall.second())?;
        }
        if nanos != 0 {
            let digits = format!("{nanos:09}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        match offset {
            Some(seconds) => f.write_str(&format_offset(seconds)),
            None => f.write_str("Z"),
        }
    }
}

/// A moment of an impact or event (format: *TimePoint*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimePoint {
    /// An instant.
    Exact(Written),
    /// `{about, plus_minus}` or `~2019-12-05T17:00+01:00 ±15m`.
    About {
        /// The middle.
        at: Written,
        /// How far off it may be; computed as exact when left out (`approximate-without-bounds` warns).
        plus_minus: Option<Length>,
    },
    /// `{not_before, not_after}`; either may be left out.
    Between {
        /// The earliest it can have been.
        not_before: Option<Written>,
        /// The latest it can have been.
        not_after: Option<Written>,
    },
    /// A civil day in the incident's zone: from its first instant to its end.
    Day(Date, Interval),
    /// It happened, at a time not known.
    Unknown,
    /// It had not happened when the file was written (`recovered: open`).
    Open,
    /// What stands there cannot be read as a moment; judged by `instant-without-offset`, computed as unknown.
    Unreadable(Unreadable),
}

/// Why a text is not a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A wall clock without an offset in a file that declares no zone.
    NoOffset {
        /// What the author wrote.
        value: String,
    },
    /// Not one of the accepted forms (`06-12-2019`, `4:20pm`, `yesterday`, an abbreviation such as `BRT`).
    NotAMoment {
        /// What the author wrote.
        value: String,
    },
    /// A wall clock that the zone skipped, with the readings by the offset before and after the gap. Each reading is
    /// told with the offset in force at it, so that it can be written into the file as it stands.
    Skipped {
        /// What the author wrote.
        value: String,
        /// The zone's IANA name.
        zone: String,
        /// Both readings, as RFC 3339 with their offsets.
        readings: [String; 2],
    },
    /// A wall clock that the zone showed twice, with both readings.
    Repeated {
        /// What the author wrote.
        value: String,
        /// The zone's IANA name.
        zone: String,
        /// Both readings, as RFC 3339 with their offsets.
        readings: [String; 2],
    },
    /// `not_before` lies after `not_after`.
    Reversed {
        /// What was given as the earliest.
        not_before: String,
        /// What was given as the latest.
        not_after: String,
    },
}

impl TimePoint {
    /// The instants this moment allows.
    pub fn interval(&self) -> Interval {
        match self {
            Self::Exact(written) => Interval::exact(written.at),
            Self::About { at, plus_minus } => match plus_minus.as_ref().and_then(Length::seconds) {
                Some(seconds) => {
                    // a tolerance beyond all dates bounds nothing
                    let delta = TimeDelta::try_seconds(seconds);
                    Interval {
                        earliest: delta.and_then(|delta| at.at.checked_sub_signed(delta)),
                        latest: delta.and_then(|delta| at.at.checked_add_signed(delta)),
                    }
                }
                None => Interval::exact(at.at),
            },
            Self::Between { not_before, not_after } => {
                Interval { earliest: not_before.map(|w| w.at), latest: not_after.map(|w| w.at) }
            }
            Self::Day(_, interval) => *interval,
            Self::Unknown | Self::Open | Self::Unreadable(_) => Interval::UNKNOWN,
        }
    }

    /// The instant that it is told by and sorted by: the one that is stated, the middle between two bounds, the only
    /// bound, the start of a day. `None` when no time is given.
    pub fn likeliest(&self) -> Option<Instant> {
        match self {
            Self::Exact(at) | Self::About { at, .. } => Some(at.at),
            Self::Between { not_before: Some(from), not_after: Some(to) } => {
                // half of what lies between cannot lie beyond it
                Some(from.at.checked_add_signed((to.at - from.at) / 2).unwrap_or(from.at))
            }
            Self::Between { not_before, not_after } => not_before.or(*not_after).map(|at| at.at),
            Self::Day(_, day) => day.earliest.or(day.latest),
            Self::Unknown | Self::Open | Self::Unreadable(_) => None,
        }
    }

    /// Each instant written in this moment, with the key it stands under (`""` when it is the value itself).
    pub fn written(&self) -> impl Iterator<Item = (&'static str, Written)> {
        let pair = match self {
            Self::Exact(written) => [Some(("", *written)), None],
            Self::About { at, .. } => [Some(("about", *at)), None],
            Self::Between { not_before, not_after } => {
                [not_before.map(|w| ("not_before", w)), not_after.map(|w| ("not_after", w))]
            }
            Self::Day(..) | Self::Unknown | Self::Open | Self::Unreadable(_) => [None, None],
        };
        pair.into_iter().flatten()
    }

    /// True when a time is given at all, however uncertain.
    pub fn is_dated(&self) -> bool {
        !self.interval().is_unknown()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_without_needless_parts() {
        let at = |nanos| Instant::from_timestamp(1_510_358_400, nanos).unwrap();
        for (at, form, expected) in [
            (at(0), Form::Utc, "2017-11-11T00:00Z"),
            (at(0), Form::Local, "2017-11-11T00:00Z"),
            (at(0), Form::Offset(-7_200), "2017-11-10T22:00-02:00"),
            (at(0), Form::Offset(0), "2017-11-11T00:00+00:00"),
            (at(0), Form::Offset(-11_188), "2017-11-11T00:00Z"),
            (at(500_000_000), Form::Utc, "2017-11-11T00:00:00.5Z"),
            (
                Instant::from_timestamp(1_510_358_405, 0).unwrap(),
                Form::Offset(20_700),
                "2017-11-11T05:45:05+05:45",
            ),
        ] {
            assert_eq!(Written { at, form }.to_string(), expected);
        }
    }

    #[test]
    fn a_tolerance_of_any_size_gives_an_interval() {
        let about = |at, seconds| TimePoint::About {
            at: Written { at, form: Form::Utc },
            plus_minus: Some(Length::Seconds(seconds)),
        };
        let at = Instant::from_timestamp(0, 0).unwrap();
        let minute = TimeDelta::minutes(1);
        assert_eq!(about(at, 60).interval(), Interval::between(at - minute, at + minute));
        assert_eq!(about(at, i64::MAX).interval(), Interval::UNKNOWN);
        assert_eq!(about(Instant::MAX_UTC, 60).interval().latest, None);
        let _ = Written { at: Instant::MAX_UTC, form: Form::Offset(86_340) }.to_string();
    }
}
