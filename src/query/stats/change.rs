//! Whether it gets better or worse: said only where there is evidence, and only of enough incidents.
//!
//! Impacts of one incident depend on each other, so each incident counts once here: with its longest impact of the class.
//! Where lengths are uncertain, the tests are made of the shortest and of the longest that they can have been, and only
//! what both agree on is evidence.

use serde::Serialize;

use super::{StatFacts, StatQuestion};
use crate::{
    statistics::{self, ALPHA, Ends, FEWEST_FOR_TREND},
    time::{Date, Span},
};

/// What a test says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// No evidence of a change, which is not evidence of none.
    None,
    /// Evidence of a rise.
    Rise,
    /// Evidence of a fall.
    Fall,
}

/// How the times to recover of a class went over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassTrend {
    /// The class.
    pub class: Option<String>,
    /// Incidents, in the order of their dates.
    pub n: u64,
    /// What the test says.
    pub evidence: Evidence,
    /// Kendall's τ.
    pub tau: f64,
    /// The test of no trend.
    pub p: f64,
    /// The same, held against as many tests as were made at once.
    pub p_adjusted: f64,
    /// By what an incident is as long as the one before it, by Theil and Sen.
    pub factor_per_incident: f64,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// Two periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The first day of the second period.
    pub split: Date,
    /// Days of the first period.
    pub first_days: i64,
    /// Days of the second.
    pub second_days: i64,
    /// How often incidents came, by class.
    pub incidents: Vec<RateChange>,
    /// How long they took, by class.
    pub ttr: Vec<LengthsChange>,
}

/// Numbers of incidents in two periods; the figures of the test are `null` below ten together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RateChange {
    /// The class.
    pub class: Option<String>,
    /// Incidents in the first period.
    pub first: u64,
    /// Incidents in the second.
    pub second: u64,
    /// What the test says; `null` below ten incidents.
    pub evidence: Option<Evidence>,
    /// The second rate over the first.
    pub ratio: Option<f64>,
    /// The lower end of its score interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// The exact conditional test of equal rates.
    pub p: Option<f64>,
    /// The same, held against as many tests as were made at once.
    pub p_adjusted: Option<f64>,
}

/// Times to recover in two periods; the figures of the test are `null` below ten together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LengthsChange {
    /// The class.
    pub class: Option<String>,
    /// Incidents of known length in the first period.
    pub first: u64,
    /// In the second.
    pub second: u64,
    /// What the test says; `null` below ten incidents.
    pub evidence: Option<Evidence>,
    /// The second length over the first, by Hodges and Lehmann.
    pub ratio: Option<f64>,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// The test of Mann and Whitney.
    pub p: Option<f64>,
    /// The same, held against as many tests as were made at once.
    pub p_adjusted: Option<f64>,
}

/// The incidents that have a date, by it.
pub(super) fn in_order(facts: &[StatFacts]) -> Vec<&StatFacts> {
    let mut dated: Vec<&StatFacts> = facts.iter().filter(|fact| fact.date.is_some()).collect();
    dated.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| a.incident.cmp(&b.incident)));
    dated
}

/// The trend of each class that has enough incidents.
pub(super) fn trends(dated: &[&StatFacts], classes: &[Option<String>]) -> Vec<ClassTrend> {
    let mut trends = Vec::new();
    for class in classes {
        let (low, high) = logs(dated, class.as_deref(), |_| true);
        if low.len() < FEWEST_FOR_TREND {
            continue;
        }
        // of the longest that they can have been, only the test is asked
        let Some((short, long)) = statistics::trend(&low).zip(statistics::trend_test(&high)) else {
            continue;
        };
        let agree = short.s.signum() == long.s.signum();
        let Ends { low: least, high: most } = short.interval;
        trends.push(ClassTrend {
            class: class.clone(),
            n: low.len() as u64,
            evidence: if agree { direction(short.tau) } else { Evidence::None },
            tau: short.tau,
            p: short.p.max(long.p),
            p_adjusted: 1.0,
            factor_per_incident: short.slope.exp(),
            low: least.map(f64::exp),
            high: most.map(f64::exp),
        });
    }
    let adjusted = statistics::adjusted(&trends.iter().map(|trend| trend.p).collect::<Vec<_>>());
    for (trend, p) in trends.iter_mut().zip(adjusted) {
        trend.p_adjusted = p;
        trend.evidence = if p <= ALPHA { trend.evidence } else { Evidence::None };
    }
    trends
}

/// The time before a day against the time from it on.
pub(super) fn compare(
    dated: &[&StatFacts],
    classes: &[Option<String>],
    split: Date,
    question: &StatQuestion,
) -> Comparison {
    let first_day = question.since.or_else(|| dated.first()?.date).map_or(split, |day| day.min(split));
    let last_day = question.until.or_else(|| dated.last()?.date).map_or(split, |day| day.max(split));
    let (first_days, second_days) = ((split - first_day).num_days(), (last_day - split).num_days() + 1);
    let before = |fact: &StatFacts| fact.date.is_some_and(|date| date < split);
    let after = |fact: &StatFacts| fact.date.is_some_and(|date| date >= split);
    let rate = |class: &Option<String>| {
        let of_class = || dated.iter().filter(|fact| fact.of_class(class.as_deref()).is_some());
        let first = of_class().filter(|fact| before(fact)).count() as u64;
        let second = of_class().filter(|fact| after(fact)).count() as u64;
        let rates = statistics::compare_rates((first, first_days as f64), (second, second_days as f64));
        let rates = rates.filter(|_| (first + second) as usize >= FEWEST_FOR_TREND);
        RateChange {
            class: class.clone(),
            first,
            second,
            // a rise from nothing is a rise
            evidence: rates.map(|rates| direction(rates.ratio.unwrap_or(f64::INFINITY).ln())),
            ratio: rates.and_then(|rates| rates.ratio),
            low: rates.and_then(|rates| rates.interval.low),
            high: rates.and_then(|rates| rates.interval.high),
            p: rates.map(|rates| rates.p),
            p_adjusted: None,
        }
    };
    let length = |class: &Option<String>| {
        let (short_first, long_first) = logs(dated, class.as_deref(), before);
        let (short_second, long_second) = logs(dated, class.as_deref(), after);
        let (first, second) = (short_first.len(), short_second.len());
        let shifts = statistics::shift(&short_first, &short_second)
            .zip(statistics::shift(&long_first, &long_second))
            .filter(|_| first + second >= FEWEST_FOR_TREND);
        let agree = |(short, long): &(statistics::Shift, statistics::Shift)| {
            short.shift.signum() == long.shift.signum()
        };
        LengthsChange {
            class: class.clone(),
            first: first as u64,
            second: second as u64,
            evidence: shifts.map(|both| if agree(&both) { direction(both.0.shift) } else { Evidence::None }),
            ratio: shifts.map(|(short, _)| short.shift.exp()),
            low: shifts.and_then(|(short, _)| short.interval.low).map(f64::exp),
            high: shifts.and_then(|(short, _)| short.interval.high).map(f64::exp),
            p: shifts.map(|(short, long)| short.p.max(long.p)),
            p_adjusted: None,
        }
    };
    let mut comparison = Comparison {
        split,
        first_days,
        second_days,
        incidents: classes.iter().map(rate).collect(),
        ttr: classes.iter().map(length).collect(),
    };
    hold(comparison.incidents.iter_mut().map(|it| (it.p, &mut it.p_adjusted, &mut it.evidence)).collect());
    hold(comparison.ttr.iter_mut().map(|it| (it.p, &mut it.p_adjusted, &mut it.evidence)).collect());
    comparison
}

/// Holds the tests of several classes against their number.
fn hold(mut tests: Vec<(Option<f64>, &mut Option<f64>, &mut Option<Evidence>)>) {
    tests.retain(|(p, _, _)| p.is_some());
    let adjusted = statistics::adjusted(&tests.iter().filter_map(|(p, _, _)| *p).collect::<Vec<_>>());
    for ((_, place, evidence), p) in tests.into_iter().zip(adjusted) {
        *place = Some(p);
        if p > ALPHA {
            *evidence = Some(Evidence::None);
        }
    }
}

fn direction(sign: f64) -> Evidence {
    if sign > 0.0 {
        Evidence::Rise
    } else if sign < 0.0 {
        Evidence::Fall
    } else {
        Evidence::None
    }
}

/// The logarithm of the length of each incident's longest impact of a class: at least, and at most. A length without
/// bound stands above all others: the tests look only at the order.
fn logs(
    dated: &[&StatFacts],
    class: Option<&str>,
    wanted: impl Fn(&StatFacts) -> bool,
) -> (Vec<f64>, Vec<f64>) {
    let longest = |fact: &&StatFacts| {
        let of_class = fact.impacts.iter().filter(|impact| impact.class.as_deref() == class);
        let spans = of_class.filter(|impact| impact.clock_runs()).filter_map(|impact| impact.ttr);
        spans.reduce(|a, b| Span { min: a.min.max(b.min), max: a.max.zip(b.max).map(|(a, b)| a.max(b)) })
    };
    let spans: Vec<Span> = dated.iter().filter(|fact| wanted(fact)).filter_map(longest).collect();
    let log = |seconds: i64| (seconds.max(1) as f64).ln();
    let above = 2.0 * log(i64::MAX);
    let low = spans.iter().map(|span| log(span.min)).collect();
    let high = spans.iter().map(|span| span.max.map_or(above, log)).collect();
    (low, high)
}
