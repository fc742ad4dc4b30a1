//! Arithmetic on uncertain instants and lengths that stays sound: every possible value stays inside the result.

use crate::time::{Instant, Interval, Span, Stated};

/// `max(0, to - from)`: the time that passed, zero when `to` came first (metrics: *Metrics*).
pub(super) fn elapsed(from: &Interval, to: &Interval) -> Span {
    from.until(to).unwrap_or(Span::ZERO)
}

/// The instants that both allow; `None` when they contradict each other.
pub(super) fn agreed(a: Interval, b: Interval) -> Option<Interval> {
    let both = Interval {
        earliest: a.earliest.max(b.earliest),
        latest: match (a.latest, b.latest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        },
    };
    match (both.earliest, both.latest) {
        (Some(earliest), Some(latest)) if earliest > latest => None,
        _ => Some(both),
    }
}

/// The instant, known to lie at or after `floor`; unchanged when that contradicts it.
pub(super) fn not_before(at: Interval, floor: Option<Instant>) -> Interval {
    agreed(at, Interval { earliest: floor, latest: None }).unwrap_or(at)
}

/// The instant, known to lie at or before `ceiling`; unchanged when that contradicts it.
pub(super) fn not_after(at: Interval, ceiling: Option<Instant>) -> Interval {
    agreed(at, Interval { earliest: None, latest: ceiling }).unwrap_or(at)
}

/// The length narrowed by something else known of it; unchanged when the two contradict each other.
pub(super) fn narrowed(length: Span, by: Span) -> Span {
    length.intersect(&by).unwrap_or(length)
}

/// A length by its end points, narrowed by a stated one, or either of the two (metrics: *Uncertain times*).
///
/// Where they contradict each other the end points stand, and `stated-duration-contradicted` says so.
pub(super) fn with_stated(ends: Option<Span>, stated: Option<Span>) -> Option<Span> {
    match (ends, stated) {
        (Some(ends), Some(stated)) => Some(narrowed(ends, stated)),
        (ends, stated) => ends.or(stated),
    }
}

/// The lengths a statement allows.
pub(super) fn spans(stated: Option<&Stated>) -> Option<Span> {
    stated.map(|stated| stated.span)
}

/// `max(0, whole - part)`.
pub(super) fn less(whole: Span, part: Span) -> Span {
    Span {
        min: part.max.map_or(0, |part| whole.min.saturating_sub(part).max(0)),
        max: whole.max.map(|whole| whole.saturating_sub(part.min).max(0)),
    }
}

/// `None` when nothing is known.
pub(super) fn known(length: Span) -> Option<Span> {
    Some(length).filter(|length| !length.is_unknown())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_timestamp(seconds, 0).unwrap()
    }

    fn interval() -> impl Strategy<Value = Interval> {
        (proptest::option::of(-50_i64..50), proptest::option::of(-50_i64..50)).prop_map(|ends| match ends {
            (Some(a), Some(b)) => Interval::between(at(a.min(b)), at(a.max(b))),
            (a, b) => Interval { earliest: a.map(at), latest: b.map(at) },
        })
    }

    fn allows(interval: &Interval, seconds: i64) -> bool {
        interval.earliest.is_none_or(|a| a <= at(seconds)) && interval.latest.is_none_or(|b| at(seconds) <= b)
    }

    proptest! {
        #[test]
        fn first_and_last_allow_every_first_and_last(a in interval(), b in interval(), x in -60_i64..60, y in -60_i64..60) {
            prop_assume!(allows(&a, x) && allows(&b, y));
            prop_assert!(allows(&a.earliest_of(b), x.min(y)));
            prop_assert!(allows(&a.latest_of(b), x.max(y)));
        }

        #[test]
        fn agreement_allows_exactly_what_both_allow(a in interval(), b in interval(), x in -60_i64..60) {
            let both = allows(&a, x) && allows(&b, x);
            prop_assert_eq!(agreed(a, b).is_some_and(|both| allows(&both, x)), both);
        }

        #[test]
        fn what_is_left_of_a_length_allows_every_remainder(min in 0_i64..50, more in 0_i64..50, part in 0_i64..50, extra in 0_i64..50) {
            let left = less(Span::between(min, min + more), Span::between(part, part + extra));
            for remainder in [min - part, min + more - part, min - part - extra, min + more - part - extra] {
                prop_assert!(left.min <= remainder.max(0) && left.max.is_some_and(|max| remainder.max(0) <= max));
            }
        }
    }
}
