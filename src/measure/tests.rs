//! The metrics of metrics.md, one impact at a time.

use super::Verdict::*;
use super::sample::*;
use super::{Interval, measure};
use crate::model::{Residual, Status, Verification};
use crate::time::{Form, Instant, Span, Stated, TimePoint, Written, Zone, read_instant, read_point};

#[test]
fn the_vtex_incident_of_2017_is_measured_by_stated_lengths() {
    let mut vtex = incident(vec![
        impact("search", |i| {
            (i.started, i.detected, i.mitigated) = (at("unknown"), at("unknown"), at("unknown"));
            i.recovered = at("open");
            i.stated.mitigate = stated("~20h ±30m");
            i.residual = residual(None).map(|r| Residual { accepted_by: None, until: None, ..r });
        }),
        impact("workflow", |i| {
            (i.started, i.first_signal, i.detected) = (at("unknown"), at("unknown"), at("unknown"));
            i.recovered = at("unknown");
            i.stated.recover = stated("~6h ±30m");
        }),
        impact("export", |i| {
            (i.started, i.detected) = (at("unknown"), at("unknown"));
            i.mitigated = Some(read_point("2017-11-14", Zone::named("America/Sao_Paulo").as_ref()));
            i.recovered = at("open");
        }),
    ]);
    vtex.id = "2017-11-10-oms".to_owned();
    vtex.zone = Zone::named("America/Sao_Paulo");
    let vtex = measured(&vtex);
    let [search, workflow, export] = vtex.impacts.as_slice() else { panic!("three impacts") };

    assert_eq!((search.class.as_deref(), search.target), (Some("non-critical"), Some(4 * HOUR)));
    assert_eq!((search.ttd, search.ttm), (None, Some(Span::between(70_200, 73_800))));
    assert_eq!((search.ttr, search.verdict), (Some(Span::at_least(70_200)), Breached));
    assert_eq!(search.factor_min, Some(4.875));

    assert_eq!((workflow.class.as_deref(), workflow.target), (Some("critical"), Some(600)));
    assert_eq!((workflow.ttd, workflow.ttm), (None, None));
    assert_eq!((workflow.ttr, workflow.verdict), (Some(Span::between(19_800, 23_400)), Breached));
    assert_eq!(workflow.factor_min, Some(33.0));

    assert_eq!((export.ttd, export.ttm, export.ttr), (None, None, None));
    assert_eq!((export.verdict, export.factor_min, export.ongoing), (Indeterminate, None, false));

    assert_eq!(vtex.customer_impact, Some(Span::at_least(70_200)));
    assert_eq!(vtex.compliant, Some(false));
}

#[test]
fn every_metric_follows_its_formula() {
    let m = of("workflow", |i| {
        i.started = at("10:00");
        i.first_signal = at("10:02");
        i.detected = at("10:05");
        i.acknowledged = at("10:06");
        i.mitigated = at("10:20");
        i.recovered = at("10:48");
        i.verified = Some(Verification { at: at("11:00"), signal: None, source: None });
    });
    assert_eq!((m.signal_delay, m.recognition_gap), (exactly(2), exactly(3)));
    assert_eq!((m.ttd, m.tta, m.ttm, m.ttr), (exactly(5), exactly(1), exactly(20), exactly(48)));
    assert_eq!((m.repair, m.verification_lag), (exactly(43), exactly(12)));
    assert_eq!((m.verdict, m.factor_min), (Breached, Some(4.8)));
    assert_eq!((m.detection_verdict, m.mitigation_verdict), (Some(Breached), Some(Breached)));
    assert_eq!((m.started, m.ended), (Interval::exact(instant("10:00")), Interval::exact(instant("10:48"))));
    assert_eq!((m.lead, m.ttr_first, m.impact_time, m.elapsed, m.exposure), (None, None, None, None, None));
}

#[test]
fn the_order_desk_incident_agrees_with_its_stated_length() {
    let mut m = of("export", |i| {
        i.started = at("2022-12-18T16:20:00-05:00");
        i.detected = Some(TimePoint::Between {
            not_before: read_instant("2022-12-18T16:20:00-05:00", None).ok(),
            not_after: read_instant("2022-12-18T20:00:00-05:00", None).ok(),
        });
        i.recovered = at("2022-12-19T18:08:00-05:00");
        i.stated.recover = stated("~26h ±30m");
    });
    assert_eq!(
        (m.ttr, m.ttd, m.repair),
        (exactly(25 * 60 + 48), minutes(0, 220), minutes(22 * 60 + 8, 25 * 60 + 48))
    );
    m = of("export", |i| {
        i.started = at("2022-12-18T16:20:00-05:00");
        i.recovered = at("2022-12-19T18:08:00-05:00/2022-12-19T18:38:00-05:00");
        i.stated.recover = stated("~26h ±30m");
    });
    assert_eq!(m.ttr, minutes(25 * 60 + 48, 26 * 60 + 18));
}

#[test]
fn a_target_is_met_by_equality_and_undecided_across_it() {
    for (started, recovered, ttr, verdict) in [
        ("10:00", "10:10", exactly(10), Met),
        ("10:00", "2026-03-01T10:10:01Z", Some(Span::exact(601)), Breached),
        ("10:00/10:05", "10:10", minutes(5, 10), Met),
        ("10:00/10:05", "10:12", minutes(7, 12), Indeterminate),
        ("10:00/10:05", "10:16", minutes(11, 16), Breached),
        ("10:00/", "10:10", minutes(0, 10), Met),
        ("/10:05", "10:12", at_least(7), Indeterminate),
        ("/10:00", "10:12", at_least(12), Breached),
        ("10:00", "10:12/", at_least(12), Breached),
        ("~2026-03-01T10:00Z ±30m", "10:15", minutes(0, 45), Indeterminate),
        ("~2026-03-01T10:00Z", "10:15", exactly(15), Breached),
        ("10:04", "10:14", exactly(10), Met),
        ("10:00", "unknown", None, Indeterminate),
        ("unknown", "10:00", None, Indeterminate),
        // out of order: no length describes it
        ("10:00", "09:00", None, Indeterminate),
    ] {
        let m = of("workflow", |i| (i.started, i.recovered) = (at(started), at(recovered)));
        assert_eq!((m.ttr, m.verdict), (ttr, verdict), "{started} to {recovered}");
        let factor = (verdict == Breached).then(|| ttr.unwrap().min as f64 / 600.0);
        assert_eq!(m.factor_min, factor);
    }
}

#[test]
fn mitigation_bounds_recovery_from_below_and_never_meets_its_target() {
    for (mitigated, stated_mitigate, recovered, ttm, ttr, verdict) in [
        // only M is dated: TTR ≥ TTM
        (at("10:30"), None, None, exactly(30), at_least(30), Breached),
        (at("10:05"), None, None, exactly(5), at_least(5), Indeterminate),
        (at("10:05"), None, at("open"), exactly(5), at_least(5), Indeterminate),
        (at("10:05"), None, at("unknown"), exactly(5), at_least(5), Indeterminate),
        (None, stated("~20m ±5m"), None, minutes(15, 25), at_least(15), Breached),
        (at("10:05/10:25"), None, at("10:00/10:20"), minutes(5, 20), minutes(5, 20), Indeterminate),
        // narrowed from both sides
        (at("10:00/10:30"), stated("~20m ±5m"), at("10:20"), minutes(15, 20), exactly(20), Breached),
    ] {
        let m = of("workflow", |i| {
            i.started = at("10:00");
            (i.mitigated, i.recovered) = (mitigated.clone(), recovered.clone());
            i.stated.mitigate = stated_mitigate;
        });
        assert_eq!((m.ttm, m.ttr, m.verdict), (ttm, ttr, verdict), "{mitigated:?} {recovered:?}");
    }
    let m = of("workflow", |i| {
        (i.started, i.mitigated, i.recovered) = (at("10:00/11:00"), at("10:30"), at("12:00"));
    });
    assert_eq!(m.ttr, minutes(90, 120), "it began no later than it was mitigated");
}

#[test]
fn stated_lengths_narrow_and_contradictions_leave_the_end_points() {
    for (started, recovered, text, ttr, ends) in [
        ("10:00/11:00", "12:00", "~90m ±10m", minutes(80, 100), minutes(60, 120)),
        ("10:00", "12:00", "~2h ±10m", exactly(120), exactly(120)),
        ("10:00", "12:00", "~6h ±10m", exactly(120), exactly(120)),
        ("unknown", "unknown", "~6h ±30m", minutes(330, 390), None),
        ("unknown", "12:00", "~6h ±30m", minutes(330, 390), None),
        ("10:00", "unknown", "6h", exactly(360), None),
        ("12:00", "10:00", "6h", exactly(360), None),
    ] {
        let m = of("search", |i| {
            (i.started, i.recovered, i.stated.recover) = (at(started), at(recovered), stated(text));
        });
        assert_eq!((m.ttr, m.by_end_points.recover), (ttr, ends), "{started} to {recovered}, {text}");
    }
    // a length to recovery tells that there was one
    let mut unsaid = incident(vec![impact("search", |i| i.stated.recover = stated("6h"))]);
    unsaid.status = Status::Open;
    assert_eq!((only(&unsaid).ttr, only(&unsaid).ongoing), (exactly(360), false));
    let m = of("search", |i| (i.stated.detect, i.stated.recover) = (stated("~20m ±5m"), stated("~1h ±5m")));
    assert_eq!((m.ttd, m.repair), (minutes(15, 25), minutes(30, 50)));
}

#[test]
fn detection_before_impact_gives_a_lead_and_no_time_to_detect() {
    for (detected, predetected, ttd, lead, repair) in [
        ("09:40", false, exactly(0), exactly(20), exactly(60)),
        ("09:40", true, exactly(0), exactly(20), exactly(60)),
        ("10:00", false, exactly(0), None, exactly(60)),
        // may be either: the author's word decides
        ("09:40/10:10", false, minutes(0, 10), None, minutes(50, 60)),
        ("09:40/10:10", true, exactly(0), minutes(0, 20), exactly(60)),
        ("unknown", false, None, None, minutes(0, 60)),
    ] {
        let m = of("search", |i| {
            (i.started, i.detected, i.recovered) = (at("10:00"), at(detected), at("11:00"));
            i.predetected = predetected;
        });
        assert_eq!((m.ttd, m.lead, m.repair), (ttd, lead, repair), "{detected} {predetected}");
        assert_eq!(m.ttr, exactly(60));
    }
}

#[test]
fn recovery_before_detection_leaves_nothing_to_repair() {
    for (detected, flag, repair, self_recovered) in [
        ("14:00", false, exactly(0), true),
        ("14:00", true, exactly(0), true),
        ("10:50/14:00", false, minutes(0, 10), false),
        ("10:50/14:00", true, exactly(0), true),
        // weeks later, by an audit
        ("2026-03-22T10:00Z", false, exactly(0), true),
    ] {
        let m = of("search", |i| {
            (i.started, i.detected, i.recovered) = (at("10:00"), at(detected), at("11:00"));
            i.self_recovered = flag;
        });
        assert_eq!((m.repair, m.self_recovered, m.ttr), (repair, self_recovered, exactly(60)), "{detected}");
        assert!(m.ttd.unwrap().max > Some(HOUR), "time to detect exceeds time to recover");
    }
}

#[test]
fn detection_and_mitigation_have_their_own_targets() {
    for (detected, mitigated, detection, mitigation) in [
        (at("10:03"), at("10:05"), Met, Met),
        (at("10:04"), at("10:06"), Breached, Breached),
        (at("10:02/10:04"), at("10:04/10:06"), Indeterminate, Indeterminate),
        // nothing on record: recovery mitigated at the latest
        (None, None, Indeterminate, Indeterminate),
    ] {
        let m = of("workflow", |i| {
            (i.started, i.detected, i.mitigated, i.recovered) =
                (at("10:00"), detected, mitigated, at("10:08"));
        });
        assert_eq!((m.detection_verdict, m.mitigation_verdict), (Some(detection), Some(mitigation)));
        assert_eq!(m.verdict, Met);
    }
    let m = of("workflow", |i| (i.started, i.recovered) = (at("10:00"), at("10:05")));
    assert_eq!(m.mitigation_verdict, Some(Met));
    let m = of("search", |i| (i.started, i.recovered) = (at("10:00"), at("10:05")));
    assert_eq!((m.detection_verdict, m.mitigation_verdict), (None, None));
}

#[test]
fn the_change_of_clocks_changes_no_length() {
    let m = of("search", |i| {
        // São Paulo put its clocks forward at midnight of 15 October 2017
        (i.started, i.recovered) = (at("2017-10-14T23:30:00-03:00"), at("2017-10-15T01:30:00-02:00"));
    });
    assert_eq!(m.ttr, exactly(60));
}

#[test]
fn the_ends_of_all_dates_do_not_overflow() {
    let exact = |at: Instant| Some(TimePoint::Exact(Written { at, form: Form::Utc }));
    let ends = [exact(Instant::MIN_UTC), exact(Instant::MAX_UTC), at("10:00"), at("unknown"), None];
    for started in &ends {
        for moment in &ends {
            for recovered in &ends {
                for status in [Status::Open, Status::Closed] {
                    let mut incident = incident(vec![impact("moved", |i| {
                        (i.started, i.recovered) = (started.clone(), recovered.clone());
                        (i.detected, i.mitigated) = (moment.clone(), moment.clone());
                        i.stated.recover = Some(Stated { span: Span::exact(i64::MAX), about: None });
                        i.residual = residual(moment.clone());
                    })]);
                    incident.impacts.extend_from_within(..);
                    incident.impacts.extend_from_within(..);
                    incident.status = status;
                    for as_of in [Instant::MIN_UTC, Instant::MAX_UTC] {
                        for zone in ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
                            incident.zone = Zone::named(zone);
                            let _ = measure(&incident, &settings(), &catalogue(), as_of);
                        }
                    }
                }
            }
        }
    }
}
