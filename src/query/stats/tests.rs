//! Statistics of incidents made up for it; the reference values are those of the statistics page.

use super::*;
use crate::{format::defaults, query::stats::facts::ImpactFacts, time::read_date};

const MINUTE: f64 = 60.0;

fn close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() < within, "{found} is not {expected}");
}

fn day(text: &str) -> Date {
    read_date(text).unwrap()
}

fn minutes(minutes: i64) -> Span {
    Span::exact(minutes * 60)
}

/// An incident of one impact.
fn one(date: Date, class: &str, ttr: Option<Span>, verdict: Verdict) -> StatFacts {
    let class = Some(class.to_owned());
    StatFacts {
        incident: format!("{date}-sample"),
        date: Some(date),
        kind: IncidentKind::Incident,
        hit_someone: true,
        impacts: vec![ImpactFacts {
            id: "checkout".to_owned(),
            service: "checkout".to_owned(),
            class: class.clone(),
            verdict,
            ttr,
            ttd: None,
            ongoing: verdict == Verdict::Running,
            factor_min: None,
            by_customer: None,
        }],
        customer_impact: ttr,
        by_class: vec![(class, ttr)],
    }
}

/// Incidents of these lengths in minutes, one a day.
fn lasting(class: &str, lengths: &[i64]) -> Vec<StatFacts> {
    let dates = day("2026-01-01").iter_days();
    lengths.iter().zip(dates).map(|(m, date)| one(date, class, Some(minutes(*m)), Verdict::Met)).collect()
}

fn answer(facts: &[StatFacts], question: StatQuestion) -> Stats {
    stats(facts, &question, &defaults::settings())
}

/// The one class of the one period.
fn only(facts: &[StatFacts]) -> ClassStats {
    let stats = answer(facts, StatQuestion::default());
    let [period] = stats.periods.as_slice() else { panic!("{stats:?}") };
    let [class] = period.classes.as_slice() else { panic!("{stats:?}") };
    class.clone()
}

const A: [i64; 15] = [7, 12, 18, 25, 31, 44, 58, 73, 95, 120, 185, 260, 410, 1548, 2321];
const C: [i64; 12] = [185, 44, 410, 95, 260, 31, 120, 73, 58, 25, 18, 12];

#[test]
fn vector_a_has_its_quantiles_and_no_mean() {
    let ttr = only(&lasting("critical", &A)).ttr;
    assert_eq!((ttr.n, ttr.open, ttr.unknown, ttr.mean), (15, 0, 0, None));
    for (row, value, low, high) in [
        (ttr.median, 73.0, 25.0, Some(260.0)),
        (ttr.p75, 222.5, 73.0, Some(2321.0)),
        (ttr.p90, 1092.8, 185.0, None),
    ] {
        let row = row.unwrap();
        close(row.min_seconds.unwrap(), value * MINUTE, 1e-9);
        assert_eq!(row.min_seconds, row.max_seconds);
        assert_eq!(row.low_seconds, Some(low * MINUTE));
        assert_eq!(row.high_seconds, high.map(|high| high * MINUTE));
    }
    let question = StatQuestion { with_mean: true, ..StatQuestion::default() };
    let mean = answer(&lasting("critical", &A), question).periods[0].classes[0].ttr.mean.unwrap();
    close(mean.min_seconds, 5207.0 / 15.0 * MINUTE, 1e-9);
    close(mean.geometric_seconds.unwrap() / MINUTE, 89.074_992, 5e-7);
}

#[test]
fn the_ninth_decile_waits_for_ten() {
    assert_eq!(only(&lasting("critical", &A[..9])).ttr.p90, None);
    assert!(only(&lasting("critical", &A[..10])).ttr.p90.is_some());
}

#[test]
fn what_still_runs_lasts_longer() {
    let times = [10, 25, 40, 60, 90, 180, 240, 300];
    let mut facts = lasting("critical", &times);
    for open in [3, 6] {
        facts[open].impacts[0].ongoing = true;
        facts[open].impacts[0].ttr = Some(Span::at_least(times[open] * 60));
    }
    let ttr = only(&facts).ttr;
    assert_eq!((ttr.n, ttr.open), (8, 2));
    let median = ttr.median.unwrap();
    assert_eq!((median.min_seconds, median.max_seconds), (Some(90.0 * MINUTE), Some(90.0 * MINUTE)));
    // ranks 1 and 8 of 8: the longest that is over may not be the longest
    assert_eq!((median.low_seconds, median.high_seconds), (Some(10.0 * MINUTE), None));
    // most of them still run
    for fact in facts.iter_mut().skip(1) {
        fact.impacts[0].ongoing = true;
    }
    assert_eq!(only(&facts).ttr.median.unwrap().min_seconds, None);
}

#[test]
fn uncertain_lengths_bound_their_quantiles() {
    let mut facts = lasting("critical", &[10, 20, 30]);
    facts[1].impacts[0].ttr = Some(Span::between(600, 2400));
    facts[2].impacts[0].ttr = Some(Span::at_least(1800));
    let median = only(&facts).ttr.median.unwrap();
    assert_eq!((median.min_seconds, median.max_seconds), (Some(600.0), Some(2400.0)));
    facts[1].impacts[0].ttr = Some(Span::at_least(600));
    assert_eq!(only(&facts).ttr.median.unwrap().max_seconds, None);
    facts[1].impacts[0].ttr = None;
    let ttr = only(&facts).ttr;
    assert_eq!((ttr.n, ttr.unknown), (2, 1));
}

#[test]
fn verdicts_are_counted_apart_and_uncertain_ones_bound_the_share() {
    use crate::measure::Unjudged;
    let verdicts = [
        Verdict::Met,
        Verdict::Met,
        Verdict::Met,
        Verdict::Breached,
        Verdict::Breached,
        Verdict::Indeterminate,
        Verdict::Running,
        Verdict::NotJudged(Unjudged::LevelNotCounted),
    ];
    let dates = day("2026-01-01").iter_days();
    let facts: Vec<StatFacts> =
        verdicts.into_iter().zip(dates).map(|(v, date)| one(date, "critical", Some(minutes(5)), v)).collect();
    let class = only(&facts);
    let Compliance { met, indeterminate, running, not_judged, if_met, if_breached } = class.compliance;
    assert_eq!((met.count, met.of, indeterminate, running, not_judged), (3, 5, 1, 1, 1));
    close(met.low.unwrap(), 0.230_724, 5e-7);
    close(met.high.unwrap(), 0.882_379, 5e-7);
    assert_eq!(if_met.map(|share| (share.count, share.of)), Some((4, 6)));
    assert_eq!(if_breached.map(|share| (share.count, share.of)), Some((3, 6)));
    assert_eq!(class.breached.len(), 2);
    assert_eq!(class.incidents.count, 8);
    // a level that the class does not count says nothing of how long it takes
    assert_eq!(class.ttr.n, 7);
}

#[test]
fn no_percentage_is_told_of_fewer_than_five() {
    assert_eq!(Share::of(3, 4), Share { count: 3, of: 4, share: None, low: None, high: None });
    assert_eq!(Share::of(0, 0).share, None);
    assert_eq!(Share::of(3, 5).share, Some(0.6));
}

#[test]
fn who_detected_it_is_counted_where_it_is_known() {
    let mut facts = lasting("critical", &[5; 7]);
    for (fact, by) in
        facts.iter_mut().zip([Some(true), Some(false), None, Some(true), Some(false), Some(false)])
    {
        fact.impacts[0].by_customer = by;
    }
    let class = only(&facts);
    assert_eq!((class.detected_by_customers.count, class.detected_by_customers.of), (2, 5));
    assert_eq!(class.detection_unknown, 2);
}

#[test]
fn a_range_holds_its_upper_end_as_a_target_does() {
    let (bins, unplaced) = lengths::histogram(
        [0, 60, 61, 600, 601, 14_400, 14_401, 300_000]
            .into_iter()
            .map(Span::exact)
            .chain([
                Span::between(500, 700),
                Span::at_least(300_000),
                Span::at_least(10),
                Span::between(0, 7200),
            ])
            .map(Some)
            .chain([None]),
    );
    assert_eq!(unplaced, 3);
    let counts: Vec<(u64, u64)> = bins.iter().map(|bin| (bin.count, bin.at_least)).collect();
    assert_eq!(counts, [(2, 0), (1, 0), (1, 1), (1, 0), (0, 0), (1, 0), (1, 0), (0, 0), (0, 0), (2, 0)]);
}

#[test]
fn periods_are_told_apart_by_the_date_of_the_incident() {
    let mut facts: Vec<StatFacts> = ["2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01"]
        .into_iter()
        .map(|date| one(day(date), "critical", Some(minutes(5)), Verdict::Met))
        .collect();
    facts.push(StatFacts { date: None, ..facts[0].clone() });
    for (by, expected) in [
        (None, vec![(None, 5)]),
        (Some(Step::Year), vec![(Some("2025"), 1), (Some("2026"), 3), (None, 1)]),
        (
            Some(Step::Quarter),
            vec![(Some("2025-Q4"), 1), (Some("2026-Q1"), 2), (Some("2026-Q2"), 1), (None, 1)],
        ),
        (
            Some(Step::Month),
            vec![
                (Some("2025-12"), 1),
                (Some("2026-01"), 1),
                (Some("2026-03"), 1),
                (Some("2026-04"), 1),
                (None, 1),
            ],
        ),
    ] {
        let stats = answer(&facts, StatQuestion { by, ..StatQuestion::default() });
        let found: Vec<(Option<&str>, u64)> =
            stats.periods.iter().map(|period| (period.period.as_deref(), period.incidents.count)).collect();
        assert_eq!(found, expected);
    }
    let nothing = answer(&[], StatQuestion { by: Some(Step::Year), ..StatQuestion::default() });
    assert_eq!(nothing.periods[0].incidents.count, 0);
}

#[test]
fn a_fall_is_evidence_and_less_so_beside_other_tests() {
    let stats = answer(&lasting("critical", &C), StatQuestion::default());
    let [trend] = stats.trends.as_slice() else { panic!("{stats:?}") };
    assert_eq!((trend.n, trend.evidence), (12, Evidence::Fall));
    close(trend.p, 0.005_380, 5e-7);
    close(trend.factor_per_incident, 0.775_964, 5e-7);
    close(trend.low.unwrap().ln(), -0.423_407, 5e-7);
    // beside a class that shows nothing
    let mut facts = lasting("critical", &C);
    facts.extend(lasting("non-critical", &[30, 10, 40, 20, 60, 15, 35, 25, 45, 12]));
    let stats = answer(&facts, StatQuestion::default());
    close(stats.trends[0].p_adjusted, 2.0 * stats.trends[0].p, 1e-12);
    assert_eq!(stats.trends[1].evidence, Evidence::None);
    // nine are too few, whatever they show
    assert_eq!(
        answer(&lasting("critical", &[9, 8, 7, 6, 5, 4, 3, 2, 1]), StatQuestion::default()).trends,
        []
    );
}

#[test]
fn what_uncertain_lengths_do_not_agree_on_is_no_evidence() {
    let mut facts = lasting("critical", &C);
    for fact in &mut facts {
        fact.impacts[0].ttr = Some(Span::between(60, 60 * 500));
    }
    facts[11].impacts[0].ttr = Some(Span::exact(60));
    assert_eq!(answer(&facts, StatQuestion::default()).trends[0].evidence, Evidence::None);
}

#[test]
fn impacts_of_one_incident_are_one_case_of_a_trend() {
    let mut facts = lasting("critical", &C);
    for fact in &mut facts {
        let again = fact.impacts[0].clone();
        fact.impacts.push(again);
    }
    let stats = answer(&facts, StatQuestion::default());
    assert_eq!((stats.trends[0].n, stats.periods[0].classes[0].ttr.n), (12, 24));
}

#[test]
fn two_periods_are_compared_in_the_words_of_the_evidence() {
    let split = Some(day("2026-01-07"));
    let question = StatQuestion { split, until: Some(day("2026-01-12")), ..StatQuestion::default() };
    let comparison = answer(&lasting("critical", &C), question).comparison.unwrap();
    assert_eq!((comparison.first_days, comparison.second_days), (6, 6));
    let ttr = &comparison.ttr[0];
    assert_eq!((ttr.first, ttr.second, ttr.evidence), (6, 6, Some(Evidence::None)));
    close(ttr.p.unwrap(), 0.093_074, 5e-7);
    close(ttr.ratio.unwrap(), 0.302_919, 5e-7);
    let rate = &comparison.incidents[0];
    assert_eq!((rate.ratio, rate.evidence), (Some(1.0), Some(Evidence::None)));

    // six before and twelve after, in the same time
    let mut facts = lasting("critical", &C[..6]);
    facts.extend(
        C.iter().map(|length| one(day("2026-01-08"), "critical", Some(minutes(*length)), Verdict::Met)),
    );
    let rate = answer(&facts, question).comparison.unwrap().incidents[0].clone();
    close(rate.p.unwrap(), 0.237_885, 5e-7);
    close(rate.ratio.unwrap(), 2.0, 1e-9);
    assert_eq!(rate.evidence, Some(Evidence::None));

    // too few
    let few = answer(&lasting("critical", &C[..9]), question).comparison.unwrap();
    assert_eq!((few.ttr[0].evidence, few.ttr[0].ratio, few.incidents[0].p), (None, None, None));
}

#[test]
fn a_sum_with_an_unknown_part_has_no_upper_bound() {
    let total = Total::of([Some(Span::exact(60)), None, Some(Span::between(10, 20))].into_iter());
    assert_eq!(total, Total { min_seconds: 70, max_seconds: None, unknown: 1 });
}
