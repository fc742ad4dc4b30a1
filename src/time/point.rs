//! Moments as an author writes them: exact, approximate, between two others, a civil day, unknown, or not yet.

use super::{Date, Instant, Interval, Length};

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
    /// A wall clock that the zone skipped, with the readings by the offset before and after the gap.
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
                    let delta = chrono::TimeDelta::seconds(seconds);
                    Interval {
                        earliest: at.at.checked_sub_signed(delta),
                        latest: at.at.checked_add_signed(delta),
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
