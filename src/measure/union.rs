//! What the impacts of one incident come to together (metrics: *Edge cases*, several impacts).

use super::clock::Clock;
use super::lengths::{elapsed, known, narrowed};
use super::{MeasuredImpact, Unjudged, Verdict};
use crate::model::Impact;
use crate::time::{Instant, Interval, Span};

/// One impact, its clock and what was measured of it.
pub(super) type Seen<'a> = (&'a Impact, &'a Clock, &'a MeasuredImpact);

/// The length of the union of the impacts' intervals, in seconds.
///
/// At least the union of the parts in which an impact surely was, and the longest single impact; at most the union of
/// the parts in which one may have been, and the sum of the impacts. `None` when nothing is known or nobody was hit.
pub(super) fn customer_impact<'a>(seen: impl Iterator<Item = Seen<'a>>) -> Option<Span> {
    let (mut sure, mut possible, mut bounded) = (Vec::new(), Vec::new(), true);
    let (mut longest, mut sum) = (None, Span::ZERO);
    for (impact, clock, measured) in seen.filter(hit_someone) {
        let length = length(impact, measured);
        longest = longest.max(Some(length.min));
        sum = sum.plus(&length);
        for (from, to) in clock.parts(impact) {
            sure.extend(from.latest.zip(to.earliest));
            let extent = from.earliest.zip(to.latest);
            bounded &= extent.is_some();
            possible.extend(extent);
        }
    }
    let min = union(&mut sure).max(longest?);
    let max = match (bounded.then(|| union(&mut possible)), sum.max) {
        (Some(union), Some(sum)) => Some(union.min(sum)),
        (union, sum) => union.or(sum),
    };
    // contradictory moments, which rules report, must not turn the ends around
    known(Span { min, max: max.map(|max| max.max(min)) })
}

/// First start to last recovery, in seconds.
pub(super) fn whole<'a>(seen: impl Iterator<Item = Seen<'a>> + Clone) -> Option<Span> {
    let seen = seen.filter(hit_someone);
    let first = seen.clone().map(|(_, clock, _)| clock.start).reduce(Interval::earliest_of)?;
    let last = seen.clone().map(|(_, clock, _)| clock.end).reduce(Interval::latest_of)?;
    let longest = seen.filter_map(|(_, _, measured)| measured.ttr).map(|ttr| ttr.min).max().unwrap_or(0);
    known(narrowed(elapsed(&first, &last), Span::at_least(longest)))
}

/// Each length times the share of users that was hit, summed; `None` unless every share is known. A figure for reports,
/// never judged (metrics: *Edge cases*, degraded and down).
pub(super) fn equivalent_downtime<'a>(seen: impl Iterator<Item = Seen<'a>>) -> Option<Span> {
    let mut sum = None;
    for (impact, _, measured) in seen.filter(hit_someone) {
        let percent = impact.users.as_ref()?.percent.filter(|percent| (0.0..=100.0).contains(percent))?;
        let length = length(impact, measured);
        let weigh = |seconds: i64| seconds as f64 * percent / 100.0;
        let part = Span {
            min: weigh(length.min).floor() as i64,
            max: length.max.map(|max| weigh(max).ceil() as i64),
        };
        sum = Some(sum.unwrap_or(Span::ZERO).plus(&part));
    }
    sum.and_then(known)
}

/// True when every judged impact is met, false when one is breached, else none: also when no impact is judged.
pub(super) fn compliant(measured: &[MeasuredImpact]) -> Option<bool> {
    let mut judged =
        measured.iter().map(|m| m.verdict).filter(|v| !matches!(v, Verdict::NotJudged(_))).peekable();
    judged.peek()?;
    let mut all_met = true;
    for verdict in judged {
        if verdict == Verdict::Breached {
            return Some(false);
        }
        all_met &= verdict == Verdict::Met;
    }
    all_met.then_some(true)
}

fn hit_someone((_, _, measured): &Seen<'_>) -> bool {
    !matches!(measured.verdict, Verdict::NotJudged(Unjudged::NearMiss | Unjudged::Maintenance))
}

/// How long one impact lasted, its pauses left out.
fn length(impact: &Impact, measured: &MeasuredImpact) -> Span {
    let length = if impact.segments.len() > 1 { measured.impact_time } else { measured.ttr };
    length.unwrap_or(Span::UNKNOWN)
}

/// The seconds that closed intervals cover together; those that run backwards cover nothing.
fn union(intervals: &mut [(Instant, Instant)]) -> i64 {
    intervals.sort_unstable();
    let mut covered = 0_i64;
    let mut open: Option<(Instant, Instant)> = None;
    for &(from, to) in intervals.iter().filter(|(from, to)| from <= to) {
        open = match open {
            Some((start, end)) if from <= end => Some((start, end.max(to))),
            Some((start, end)) => {
                covered = covered.saturating_add((end - start).num_seconds());
                Some((from, to))
            }
            None => Some((from, to)),
        };
    }
    covered.saturating_add(open.map_or(0, |(start, end)| (end - start).num_seconds()))
}
