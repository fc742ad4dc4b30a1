//! Uncertain instants and uncertain lengths as closed intervals (metrics: *Uncertain times*).

use super::Instant;

/// An instant known only to lie between two others, both included; `None` is unbounded on that side.
///
/// `Interval::UNKNOWN` is an instant that happened at a time not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The earliest the instant can be.
    pub earliest: Option<Instant>,
    /// The latest the instant can be.
    pub latest: Option<Instant>,
}

impl Interval {
    /// Any instant at all.
    pub const UNKNOWN: Self = Self { earliest: None, latest: None };

    /// An instant known exactly.
    pub fn exact(at: Instant) -> Self {
        Self { earliest: Some(at), latest: Some(at) }
    }

    /// An instant between two others.
    pub fn between(earliest: Instant, latest: Instant) -> Self {
        Self { earliest: Some(earliest), latest: Some(latest) }
    }

    /// The instant itself when it is known exactly.
    pub fn exactly(&self) -> Option<Instant> {
        match (self.earliest, self.latest) {
            (Some(a), Some(b)) if a == b => Some(a),
            _ => None,
        }
    }

    /// True when nothing at all is known.
    pub fn is_unknown(&self) -> bool {
        self.earliest.is_none() && self.latest.is_none()
    }

    /// True when every instant of this interval lies before every instant of `other`.
    pub fn surely_before(&self, other: &Self) -> bool {
        matches!((self.latest, other.earliest), (Some(a), Some(b)) if a < b)
    }

    /// The length from this instant to `end`, never negative: `min = max(0, end.earliest - self.latest)`,
    /// `max = end.latest - self.earliest` (metrics: *Duration from intervals*). `None` when `end` surely lies before
    /// this instant, which no length describes.
    pub fn until(&self, end: &Self) -> Option<Span> {
        let gap = |a: Option<Instant>, b: Option<Instant>| Some((b? - a?).num_seconds());
        let max = gap(self.earliest, end.latest);
        if max.is_some_and(|m| m < 0) {
            return None;
        }
        Some(Span { min: gap(self.latest, end.earliest).unwrap_or(0).max(0), max })
    }
}

/// A length of time known only to lie between two numbers of seconds, both included. Never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// At least this many seconds.
    pub min: i64,
    /// At most this many seconds; `None` is unbounded.
    pub max: Option<i64>,
}

impl Span {
    /// Any length at all: nothing is known.
    pub const UNKNOWN: Self = Self { min: 0, max: None };
    /// No time at all.
    pub const ZERO: Self = Self { min: 0, max: Some(0) };

    /// A length known exactly, in seconds.
    pub fn exact(seconds: i64) -> Self {
        Self { min: seconds, max: Some(seconds) }
    }

    /// A length of at least `min` and at most `max` seconds.
    pub fn between(min: i64, max: i64) -> Self {
        Self { min, max: Some(max) }
    }

    /// A length of at least `min` seconds.
    pub fn at_least(min: i64) -> Self {
        Self { min, max: None }
    }

    /// The length itself when it is known exactly, in seconds.
    pub fn exactly(&self) -> Option<i64> {
        self.max.filter(|max| *max == self.min)
    }

    /// True when nothing at all is known.
    pub fn is_unknown(&self) -> bool {
        *self == Self::UNKNOWN
    }

    /// The lengths that both allow; `None` when no length satisfies both.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        let min = self.min.max(other.min);
        let max = match (self.max, other.max) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        match max {
            Some(max) if max < min => None,
            _ => Some(Self { min, max }),
        }
    }

    /// The sum of two lengths.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let max = match (self.max, other.max) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            _ => None,
        };
        Self { min: self.min.saturating_add(other.min), max }
    }
}
