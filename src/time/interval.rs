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

    /// True when every instant of this interval lies after every instant of `other`.
    pub fn surely_after(&self, other: &Self) -> bool {
        other.surely_before(self)
    }

    /// The first of two instants: it is bounded from above by either.
    #[must_use]
    pub fn earliest_of(self, other: Self) -> Self {
        Self {
            earliest: self.earliest.zip(other.earliest).map(|(a, b)| a.min(b)),
            latest: match (self.latest, other.latest) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    /// The last of two instants: it is bounded from below by either, and from above only where both are.
    #[must_use]
    pub fn latest_of(self, other: Self) -> Self {
        Self {
            earliest: self.earliest.max(other.earliest),
            latest: self.latest.zip(other.latest).map(|(a, b)| a.max(b)),
        }
    }

    /// The length from this instant to `end`, never negative: `min = max(0, end.earliest - self.latest)`,
    /// `max = end.latest - self.earliest` (metrics: *Duration from intervals*), in whole seconds: fractions drop.
    /// `None` when `end` surely lies before this instant, which no length describes.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn a_duration_is_bounded_by_the_nearest_and_the_farthest_ends() {
        let between = |a, b| Interval::between(at(a), at(b));
        for (start, end, expected) in [
            (Interval::exact(at(10)), Interval::exact(at(70)), Some(Span::exact(60))),
            (between(0, 10), between(40, 70), Some(Span::between(30, 70))),
            (between(0, 50), between(40, 70), Some(Span::between(0, 70))),
            (between(40, 70), between(0, 40), Some(Span::ZERO)),
            (between(40, 70), between(0, 39), None),
            (Interval::UNKNOWN, Interval::exact(at(70)), Some(Span::UNKNOWN)),
            (between(0, 10), Interval { earliest: Some(at(40)), latest: None }, Some(Span::at_least(30))),
            (Interval { earliest: Some(at(0)), latest: None }, between(40, 70), Some(Span::between(0, 70))),
        ] {
            assert_eq!(start.until(&end), expected, "{start:?} to {end:?}");
        }
    }

    #[test]
    fn the_ends_of_all_dates_do_not_overflow() {
        let (first, last) = (Interval::exact(Instant::MIN_UTC), Interval::exact(Instant::MAX_UTC));
        assert!(first.until(&last).unwrap().exactly().is_some());
        assert_eq!(last.until(&first), None);
        assert_eq!(Span::exact(i64::MAX).plus(&Span::exact(i64::MAX)), Span::exact(i64::MAX));
    }

    fn instant() -> impl Strategy<Value = i64> {
        -1_000_i64..1_000
    }

    fn interval() -> impl Strategy<Value = Interval> {
        (proptest::option::of(instant()), proptest::option::of(instant())).prop_map(|ends| match ends {
            (Some(a), Some(b)) => Interval::between(at(a.min(b)), at(a.max(b))),
            (a, b) => Interval { earliest: a.map(at), latest: b.map(at) },
        })
    }

    fn span() -> impl Strategy<Value = Span> {
        (0_i64..100, proptest::option::of(0_i64..100))
            .prop_map(|(min, more)| Span { min, max: more.map(|more| min + more) })
    }

    fn allows(span: &Span, seconds: i64) -> bool {
        span.min <= seconds && span.max.is_none_or(|max| seconds <= max)
    }

    proptest! {
        #[test]
        fn exact_ends_give_an_exact_length(a in instant(), b in instant()) {
            let span = Interval::exact(at(a)).until(&Interval::exact(at(b)));
            prop_assert_eq!(span.and_then(|s| s.exactly()), (a <= b).then_some(b - a));
        }

        #[test]
        fn a_duration_narrows_when_an_end_narrows(start in interval(), end in interval(), a in instant(), b in instant()) {
            let narrow = |wide: &Interval, a: i64, b: i64| {
                let inside = Interval {
                    earliest: wide.earliest.max(Some(at(a.min(b)))),
                    latest: wide.latest.map_or(Some(at(a.max(b))), |latest| Some(latest.min(at(a.max(b))))),
                };
                if inside.earliest <= inside.latest { inside } else { *wide }
            };
            let wide = start.until(&end);
            for narrowed in [narrow(&start, a, b).until(&end), start.until(&narrow(&end, a, b))].into_iter().flatten() {
                prop_assert!(wide.is_some_and(|wide| wide.intersect(&narrowed) == Some(narrowed)), "{wide:?} {narrowed:?}");
            }
        }

        #[test]
        fn a_duration_allows_every_length_between_its_ends(start in interval(), end in interval(), a in instant(), b in instant()) {
            let inside = |i: &Interval, t| i.earliest.is_none_or(|e| e <= at(t)) && i.latest.is_none_or(|l| at(t) <= l);
            if a <= b && inside(&start, a) && inside(&end, b) {
                prop_assert!(start.until(&end).is_some_and(|span| allows(&span, b - a)));
            }
        }

        #[test]
        fn no_length_runs_backwards(start in interval(), end in interval()) {
            prop_assert_eq!(start.until(&end).is_none(), end.surely_before(&start));
            if let Some(span) = start.until(&end) {
                prop_assert!(span.min >= 0 && span.max.is_none_or(|max| span.min <= max));
            }
        }

        #[test]
        fn intersection_is_commutative_and_associative_and_keeps_what_both_allow(a in span(), b in span(), c in span(), n in 0_i64..200) {
            prop_assert_eq!(a.intersect(&b), b.intersect(&a));
            let left = a.intersect(&b).and_then(|ab| ab.intersect(&c));
            let right = b.intersect(&c).and_then(|bc| a.intersect(&bc));
            prop_assert_eq!(left, right);
            prop_assert_eq!(a.intersect(&a), Some(a));
            prop_assert_eq!(a.intersect(&Span::UNKNOWN), Some(a));
            let both = allows(&a, n) && allows(&b, n);
            prop_assert_eq!(a.intersect(&b).is_some_and(|span| allows(&span, n)), both);
        }

        #[test]
        fn sums_allow_the_sums_of_what_the_parts_allow(a in span(), b in span(), n in 0_i64..200, m in 0_i64..200) {
            prop_assert_eq!(a.plus(&b), b.plus(&a));
            prop_assert_eq!(a.plus(&Span::ZERO), a);
            if allows(&a, n) && allows(&b, m) {
                prop_assert!(allows(&a.plus(&b), n + m));
            }
        }
    }
}
