//! The rows of metrics.md, one by one.

use super::Unjudged::*;
use super::Verdict::*;
use super::sample::*;
use super::*;
use crate::model::{Cause, Impact, IncidentKind, Level, Status, Users, Verification};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

fn measured(incident: &Incident) -> Measured {
    measure(incident, &settings(), &catalogue(), instant("12:00"))
}

/// The one impact of a resolved incident.
fn of(service: &str, with: impl FnOnce(&mut Impact)) -> MeasuredImpact {
    only(&incident(vec![impact(service, with)]))
}

fn only(incident: &Incident) -> MeasuredImpact {
    measured(incident).impacts.into_iter().next().unwrap()
}

fn open(service: &str, with: impl FnOnce(&mut Impact)) -> MeasuredImpact {
    let mut incident = incident(vec![impact(service, with)]);
    incident.status = Status::Open;
    only(&incident)
}

fn minutes(min: i64, max: i64) -> Option<Span> {
    Some(Span::between(min * MINUTE, max * MINUTE))
}

fn exactly(minutes: i64) -> Option<Span> {
    Some(Span::exact(minutes * MINUTE))
}

fn at_least(minutes: i64) -> Option<Span> {
    Some(Span::at_least(minutes * MINUTE))
}

#[test]
fn the_vtex_incident_of_2017_is_measured_by_stated_lengths() {
    let mut vtex = incident(vec![
        impact("search", |i| {
            (i.started, i.detected, i.mitigated) = (at("unknown"), at("unknown"), at("unknown"));
            i.recovered = at("open");
            i.stated.mitigate = stated("~20h ±30m");
            i.residual =
                residual(None).map(|r| crate::model::Residual { accepted_by: None, until: None, ..r });
        }),
        impact("workflow", |i| {
            (i.started, i.first_signal, i.detected) = (at("unknown"), at("unknown"), at("unknown"));
            i.recovered = at("unknown");
            i.stated.recover = stated("~6h ±30m");
        }),
        impact("export", |i| {
            (i.started, i.detected) = (at("unknown"), at("unknown"));
            i.mitigated = Some(crate::time::read_point(
                "2017-11-14",
                crate::time::Zone::named("America/Sao_Paulo").as_ref(),
            ));
            i.recovered = at("open");
        }),
    ]);
    vtex.id = "2017-11-10-oms".to_owned();
    vtex.zone = crate::time::Zone::named("America/Sao_Paulo");
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
        i.detected = Some(crate::time::TimePoint::Between {
            not_before: crate::time::read_instant("2022-12-18T16:20:00-05:00", None).ok(),
            not_after: crate::time::read_instant("2022-12-18T20:00:00-05:00", None).ok(),
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
fn a_return_within_the_window_continues_the_same_impact() {
    let m = of("search", |i| {
        (i.started, i.recovered) = (at("10:00"), at("12:10"));
        i.segments = vec![part("10:00", "10:30"), part("12:00", "12:10")];
    });
    assert_eq!((m.ttr, m.ttr_first, m.impact_time), (exactly(130), exactly(30), exactly(40)));
    assert!(!m.returned_late);

    // the parts alone give the ends
    let m = of("search", |i| i.segments = vec![part("10:00", "10:30"), part("12:00", "12:10")]);
    assert_eq!((m.ttr, m.impact_time), (exactly(130), exactly(40)));
    // the file forgot the second recovery: the last part counts
    let m = of("search", |i| {
        (i.started, i.recovered) = (at("10:00"), at("10:30"));
        i.segments = vec![part("10:00", "10:30"), part("12:00", "12:10")];
    });
    assert_eq!((m.ttr, m.impact_time), (exactly(130), exactly(40)));
    // at a time not known, after the last part began
    let m = of("search", |i| {
        i.recovered = at("unknown");
        i.segments = vec![part("10:00", "10:30"), part("16:00", "unknown")];
    });
    assert_eq!((m.ttr, m.impact_time, m.verdict), (at_least(360), at_least(30), Breached));
    // one part is no return
    let m = of("search", |i| i.segments = vec![part("10:00", "10:30")]);
    assert_eq!((m.ttr, m.ttr_first, m.impact_time), (exactly(30), None, None));
    // after the window it should be another incident; as written it is one
    let m = of("search", |i| {
        i.segments = vec![part("10:00", "10:30"), part("2026-03-02T10:31Z", "2026-03-02T11:00Z")]
    });
    assert!(m.returned_late);
    assert_eq!(m.ttr, exactly(25 * 60));
    // back again and going on
    let mut again = incident(vec![impact("search", |i| {
        i.segments = vec![part("10:00", "10:30"), part("11:50", "open")]
    })]);
    again.status = Status::Monitoring;
    let m = only(&again);
    assert_eq!((m.ttr, m.elapsed, m.impact_time), (at_least(120), exactly(120), at_least(40)));
    assert_eq!((m.verdict, m.ttr_first), (Running, exactly(30)));
}

#[test]
fn an_open_impact_runs_until_it_breaches() {
    for (started, mitigated, elapsed, verdict) in [
        (at("11:50"), None, exactly(10), Running),
        (at("11:49"), None, exactly(11), Breached),
        (at("11:45/11:52"), None, minutes(8, 15), Running),
        (at("11:40/11:48"), None, minutes(12, 20), Breached),
        (at("unknown"), None, None, Running),
        (None, None, None, Running),
        // mitigated is not recovered
        (at("11:40"), at("11:45"), exactly(20), Breached),
        // a start that is yet to come
        (at("12:30"), None, None, Running),
    ] {
        for recovered in [None, at("open")] {
            let m = open("workflow", |i| {
                (i.started, i.mitigated) = (started.clone(), mitigated.clone());
                i.recovered = recovered;
            });
            assert!(m.ongoing);
            assert_eq!((m.elapsed, m.verdict), (elapsed, verdict), "{started:?}");
            assert_eq!(m.ttr, elapsed.map(|e| Span::at_least(e.min)), "{started:?}");
        }
    }
    let m = open("workflow", |i| (i.started, i.mitigated) = (at("11:40"), at("11:45")));
    assert_eq!(m.mitigation_verdict, Some(Met));
    let m = open("workflow", |i| i.started = at("11:56"));
    assert_eq!((m.mitigation_verdict, m.detection_verdict), (Some(Running), Some(Indeterminate)));
    let m = open("workflow", |i| i.started = at("11:54"));
    assert_eq!((m.mitigation_verdict, m.verdict), (Some(Breached), Running));
    let m = open("workflow", |i| (i.started, i.detected) = (at("11:40"), at("11:50")));
    assert_eq!(m.repair, at_least(10));
    // one impact of an open incident may have recovered
    let m = open("workflow", |i| (i.started, i.recovered) = (at("11:40"), at("11:45")));
    assert_eq!((m.ongoing, m.verdict, m.elapsed), (false, Met, None));
}

#[test]
fn once_resolved_an_open_recovery_is_an_unknown_one_whenever_asked() {
    for status in [Status::Resolved, Status::Reviewed, Status::Closed] {
        for recovered in [None, at("open"), at("unknown")] {
            let mut incident = incident(vec![impact("workflow", |i| {
                (i.started, i.mitigated, i.recovered) = (at("10:00"), at("10:04"), recovered);
            })]);
            incident.status = status;
            let asked = ["10:05", "12:00", "2036-01-01T00:00Z"];
            let [first, rest @ ..] = asked.map(|t| measure(&incident, &settings(), &catalogue(), instant(t)));
            let m = &first.impacts[0];
            assert_eq!((m.ttr, m.verdict, m.ongoing, m.elapsed), (at_least(4), Indeterminate, false, None));
            assert_eq!(m.ended.earliest, Some(instant("10:04")));
            assert!(rest.iter().all(|other| *other == first));
        }
    }
}

#[test]
fn an_accepted_residual_ends_the_clock() {
    let accepted = |recovered, accepted_at: &str, stated_recover| {
        of("search", |i| {
            (i.started, i.mitigated, i.recovered) = (at("10:00"), at("10:30"), recovered);
            i.stated.recover = stated_recover;
            i.residual = residual(at(accepted_at));
        })
    };
    for (recovered, accepted_at, ttr, verdict, by_residual) in [
        (at("open"), "13:00", exactly(180), Met, true),
        (None, "15:00", exactly(300), Breached, true),
        (at("open"), "12:00/15:00", minutes(120, 300), Indeterminate, true),
        (at("open"), "unknown", at_least(30), Indeterminate, true),
        // recovered in full, later or earlier than that
        (at("18:00"), "13:00", exactly(180), Met, true),
        (at("12:00"), "13:00", exactly(120), Met, false),
        (at("unknown"), "13:00", minutes(30, 180), Met, false),
    ] {
        let m = accepted(recovered, accepted_at, None);
        assert_eq!((m.ttr, m.verdict, m.ended_by_residual), (ttr, verdict, by_residual), "{accepted_at}");
    }
    // a length to full recovery is no less long than the clock
    let m = accepted(at("unknown"), "15:00", stated("~2h ±10m"));
    assert_eq!((m.ttr, m.verdict), (minutes(30, 130), Met));
    // nobody accepted it, or nobody said when
    for residual in
        [residual(None), residual(at("13:00")).map(|r| crate::model::Residual { until: None, ..r })]
    {
        let m = of("search", |i| (i.started, i.recovered, i.residual) = (at("10:00"), at("open"), residual));
        assert_eq!((m.ttr, m.ended_by_residual), (None, false));
    }
    let m = open("search", |i| {
        (i.started, i.recovered, i.residual) = (at("07:00"), at("open"), residual(at("09:00")))
    });
    assert_eq!((m.ttr, m.ongoing, m.verdict), (exactly(120), false, Met));
}

#[test]
fn announced_maintenance_runs_no_clock_inside_its_window() {
    let night = "2026-02-20T12:00Z";
    for (announced, service, started, recovered, ttr, verdict) in [
        (night, "search", "05:00", "07:00", None, NotJudged(Maintenance)),
        (night, "search", "05:30", "06:00", None, NotJudged(Maintenance)),
        (night, "search", "unknown", "06:00", None, NotJudged(Maintenance)),
        // the overrun starts with the window's end
        (night, "search", "05:00", "09:00", exactly(120), Met),
        (night, "search", "05:00", "12:00", exactly(300), Breached),
        (night, "search", "05:00", "06:00/07:30", minutes(0, 30), Met),
        (night, "search", "05:00", "unknown", None, Indeterminate),
        // after the window, or before it
        (night, "search", "08:00", "09:00", exactly(60), Met),
        (night, "search", "04:00", "06:00", exactly(120), Met),
        // not announced for this service, or not in time
        (night, "workflow", "05:00", "05:05", exactly(5), Met),
        (night, "workflow", "05:00", "06:00", exactly(60), Breached),
        ("05:00", "search", "05:00", "06:00", exactly(60), Met),
        ("05:30", "search", "05:00", "10:00", exactly(300), Breached),
        ("04:59", "search", "05:00", "06:00", None, NotJudged(Maintenance)),
        ("unknown", "search", "05:00", "06:00", None, NotJudged(Maintenance)),
    ] {
        let moments = |i: &mut Impact| (i.started, i.recovered) = (at(started), at(recovered));
        let m = only(&maintenance(announced, vec![impact(service, moments)]));
        assert_eq!(
            (m.ttr, m.verdict),
            (ttr, verdict),
            "{service} {started} to {recovered}, announced {announced}"
        );
    }
    let overrun = maintenance(
        night,
        vec![impact("search", |i| {
            (i.started, i.detected, i.recovered) = (at("05:00"), at("05:00"), at("09:00"));
            i.stated.recover = stated("4h");
        })],
    );
    let m = measured(&overrun);
    assert_eq!(m.customer_impact, exactly(120));
    let m = &m.impacts[0];
    assert_eq!((m.ttd, m.lead, m.repair, m.overran_window), (exactly(0), None, exactly(120), true));
    assert_eq!((m.started, m.by_end_points.recover), (Interval::exact(instant("07:00")), exactly(240)));

    let mut inside =
        maintenance(night, vec![impact("search", |i| (i.started, i.recovered) = (at("05:00"), at("06:00")))]);
    let all = measured(&inside);
    assert_eq!((all.customer_impact, all.whole, all.compliant), (None, None, None));
    inside.kind = IncidentKind::Incident;
    assert_eq!(only(&inside).ttr, exactly(60), "maintenance declared during an incident is never planned");
}

#[test]
fn maintenance_that_goes_on_runs_its_clock_after_the_window() {
    for (as_of, elapsed, verdict) in [
        ("06:00", None, NotJudged(Maintenance)),
        ("07:00", None, NotJudged(Maintenance)),
        ("09:00", exactly(120), Running),
        ("11:01", exactly(241), Breached),
    ] {
        let mut going = maintenance("2026-02-20T12:00Z", vec![impact("search", |i| i.started = at("05:00"))]);
        going.status = Status::Open;
        let m = measure(&going, &settings(), &catalogue(), instant(as_of)).impacts.remove(0);
        assert_eq!((m.elapsed, m.verdict, m.ongoing), (elapsed, verdict, true), "{as_of}");
    }
}

#[test]
fn near_misses_and_levels_that_do_not_count_are_not_judged() {
    let mut near = incident(vec![impact("search", |i| {
        (i.first_signal, i.detected) = (at("10:00"), at("10:05"));
        (i.started, i.recovered) = (at("10:00"), at("10:30"));
    })]);
    near.kind = IncidentKind::NearMiss;
    let all = measured(&near);
    let m = &all.impacts[0];
    assert_eq!((m.verdict, m.ttr, m.ttd, m.recognition_gap), (NotJudged(NearMiss), None, None, exactly(5)));
    assert_eq!((all.customer_impact, all.whole, all.compliant), (None, None, None));

    let archive = |level, parts: Vec<Option<Level>>| {
        of("archive", |i| {
            i.level = level;
            (i.started, i.recovered) = (at("10:00"), at("11:00"));
            i.segments = parts
                .into_iter()
                .zip([part("10:00", "10:30"), part("10:40", "11:00")])
                .map(|(level, part)| crate::model::Segment { level, ..part })
                .collect();
        })
    };
    for (level, parts, verdict) in [
        (Level::Down, vec![], Met),
        (Level::Degraded, vec![], NotJudged(LevelNotCounted)),
        (Level::Degraded, vec![None, None], NotJudged(LevelNotCounted)),
        (Level::Degraded, vec![None, Some(Level::Down)], Met),
        (Level::Down, vec![Some(Level::Delayed), Some(Level::Delayed)], NotJudged(LevelNotCounted)),
    ] {
        let m = archive(level, parts);
        assert_eq!((m.verdict, m.ttr), (verdict, exactly(60)));
    }
    for level in
        [Level::Down, Level::Degraded, Level::Delayed, Level::WrongResults, Level::DataLoss, Level::Exposure]
    {
        let m = of("search", |i| {
            i.level = level;
            (i.started, i.recovered) = (at("10:00"), at("11:00"));
        });
        assert_eq!(m.verdict, Met, "a class counts every level unless it says otherwise");
    }
}

#[test]
fn the_class_is_the_one_in_force_at_the_start() {
    let zone = crate::time::Zone::named("America/Sao_Paulo");
    for (service, started, other, zone, class) in [
        ("search", at("10:00"), None, None, Some("non-critical")),
        ("search", at("2015-12-31T23:59Z"), None, None, None),
        ("moved", at("2026-02-28T23:59Z"), None, None, Some("non-critical")),
        ("moved", at("00:00"), None, None, Some("critical")),
        // the civil date in the incident's zone: still 28 February
        ("moved", at("02:59"), None, zone, Some("non-critical")),
        ("moved", at("03:00"), None, zone, Some("critical")),
        ("moved", at("2026-02-28"), None, None, Some("non-critical")),
        ("moved", at("unknown"), at("2026-02-28T10:00Z"), None, Some("non-critical")),
        ("moved", at("unknown"), at("unknown"), None, Some("critical")),
        ("search", at("unknown"), at("2015-01-01T10:00Z"), None, Some("non-critical")),
        ("nowhere", at("10:00"), None, None, None),
        ("unset", at("10:00"), None, None, Some("platinum")),
    ] {
        let mut incident = incident(vec![impact(service, |i| {
            (i.started, i.detected) = (started.clone(), other);
            i.class = Some("critical".to_owned());
        })]);
        incident.zone = zone;
        let m = only(&incident);
        assert_eq!(m.class.as_deref(), class, "{service} {started:?}");
        let known = class.is_some_and(|class| class != "platinum");
        assert_eq!(m.verdict == NotJudged(UnknownClass), !known);
        assert_eq!(m.target.is_some(), known);
    }
    // a change of class between the ends of an uncertain start decides nothing against either target
    for (recovered, verdict) in
        [("2026-03-01T00:05Z", Met), ("2026-03-01T02:00Z", Indeterminate), ("2026-03-01T06:00Z", Breached)]
    {
        let m = of("moved", |i| {
            (i.started, i.recovered) = (at("2026-02-28T23:55Z/2026-03-01T00:05Z"), at(recovered))
        });
        assert_eq!((m.verdict, m.target), (verdict, Some(4 * HOUR)), "{recovered}");
    }
}

#[test]
fn without_a_catalogue_the_impact_names_its_class() {
    let none = Catalogue::default();
    for (class, verdict) in [
        (Some("critical"), Breached),
        (Some("non-critical"), Met),
        (Some("platinum"), NotJudged(UnknownClass)),
        (None, NotJudged(UnknownClass)),
    ] {
        let incident = incident(vec![impact("anything", |i| {
            (i.started, i.recovered) = (at("10:00"), at("11:00"));
            i.class = class.map(str::to_owned);
        })]);
        let m = measure(&incident, &settings(), &none, instant("12:00")).impacts.remove(0);
        assert_eq!((m.class.as_deref(), m.verdict, m.ttr), (class, verdict, exactly(60)));
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
fn an_incident_counts_the_union_of_its_impacts() {
    let hit = |service: &str, started: &str, recovered: &str| {
        impact(service, |i| (i.started, i.recovered) = (at(started), at(recovered)))
    };
    for (impacts, customer_impact, whole, compliant) in [
        (vec![], None, None, None),
        (vec![hit("search", "10:00", "11:00")], exactly(60), exactly(60), Some(true)),
        (
            vec![hit("search", "10:00", "11:00"), hit("export", "10:30", "11:30")],
            exactly(90),
            exactly(90),
            Some(true),
        ),
        (
            vec![hit("search", "10:00", "11:00"), hit("export", "12:00", "12:30")],
            exactly(90),
            exactly(150),
            Some(true),
        ),
        (
            vec![hit("search", "10:00", "12:00"), hit("export", "10:30", "11:00")],
            exactly(120),
            exactly(120),
            Some(true),
        ),
        (
            vec![hit("search", "10:00", "11:00"), hit("workflow", "10:30", "11:00")],
            exactly(60),
            exactly(60),
            Some(false),
        ),
        (
            vec![hit("search", "10:00", "11:00"), hit("workflow", "10:30", "unknown")],
            at_least(60),
            at_least(60),
            None,
        ),
        (
            vec![hit("search", "10:00", "11:00"), hit("nowhere", "10:30", "12:00")],
            exactly(120),
            exactly(120),
            Some(true),
        ),
        (vec![hit("nowhere", "10:30", "12:00")], exactly(90), exactly(90), None),
        (
            vec![hit("search", "10:00/10:10", "11:00"), hit("export", "10:50", "11:20/11:30")],
            minutes(70, 90),
            minutes(70, 90),
            Some(true),
        ),
        (
            vec![hit("search", "10:00/10:10", "11:00"), hit("export", "12:00", "12:20/12:30")],
            minutes(70, 90),
            minutes(130, 150),
            Some(true),
        ),
    ] {
        let all = measured(&incident(impacts.clone()));
        assert_eq!((all.customer_impact, all.compliant), (customer_impact, compliant), "{impacts:#?}");
        assert_eq!(all.whole, whole, "{impacts:#?}");
    }
    // pauses are no impact
    let paused = impact("search", |i| i.segments = vec![part("10:00", "10:30"), part("12:00", "12:10")]);
    let all = measured(&incident(vec![paused.clone(), hit("export", "10:20", "10:40")]));
    assert_eq!((all.customer_impact, all.whole), (exactly(50), exactly(130)));
    // a length without ends adds to what it may add at most
    let undated = impact("export", |i| i.stated.recover = stated("~1h ±10m"));
    let all = measured(&incident(vec![paused, undated]));
    assert_eq!((all.customer_impact, all.whole), (minutes(50, 110), at_least(130)));
}

#[test]
fn equivalent_downtime_weighs_by_share_of_users_when_every_share_is_known() {
    let share = |service: &str, percent| {
        impact(service, |i| {
            (i.started, i.recovered) = (at("10:00"), at("11:00"));
            i.users = Some(Users { count: None, percent, eu_percent: None });
        })
    };
    for (shares, expected) in [
        (vec![Some(50.0)], exactly(30)),
        (vec![Some(50.0), Some(100.0)], exactly(90)),
        (vec![Some(50.0), None], None),
        (vec![Some(f64::NAN)], None),
        (vec![Some(-1.0)], None),
        (vec![], None),
    ] {
        let impacts =
            shares.iter().zip(["search", "export"]).map(|(percent, id)| share(id, *percent)).collect();
        assert_eq!(measured(&incident(impacts)).equivalent_downtime, expected, "{shares:?}");
    }
}

#[test]
fn exposure_counts_from_the_earliest_dated_cause() {
    let cause = |impacts: &[&str], moment: &str| Cause {
        id: "c".to_owned(),
        role: None,
        category: None,
        confidence: None,
        impacts: impacts.iter().map(|id| (*id).to_owned()).collect(),
        text: None,
        public_text: None,
        evidence: Vec::new(),
        at: at(moment),
        known_before: None,
        decision: None,
        leads_to: Vec::new(),
        risk_accepted: None,
        limit: None,
        change: None,
    };
    let mut incident = incident(vec![impact("search", |i| i.started = at("10:00"))]);
    incident.causes =
        vec![cause(&["search"], "09:00"), cause(&["search"], "09:30"), cause(&["other"], "01:00")];
    assert_eq!(only(&incident).exposure, exactly(60));
    incident.causes.push(cause(&[], "08:00"));
    assert_eq!(only(&incident).exposure, exactly(120));
    incident.causes = vec![cause(&["search"], "11:00")];
    assert_eq!(only(&incident).exposure, None);
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
    let exact = |at: Instant| {
        Some(crate::time::TimePoint::Exact(crate::time::Written { at, form: crate::time::Form::Utc }))
    };
    let ends = [exact(Instant::MIN_UTC), exact(Instant::MAX_UTC), at("10:00"), at("unknown"), None];
    for started in &ends {
        for moment in &ends {
            for recovered in &ends {
                for status in [Status::Open, Status::Closed] {
                    let mut incident = incident(vec![impact("moved", |i| {
                        (i.started, i.recovered) = (started.clone(), recovered.clone());
                        (i.detected, i.mitigated) = (moment.clone(), moment.clone());
                        i.stated.recover =
                            Some(crate::time::Stated { span: Span::exact(i64::MAX), about: None });
                        i.residual = residual(moment.clone());
                    })]);
                    incident.impacts.extend_from_within(..);
                    incident.impacts.extend_from_within(..);
                    incident.status = status;
                    for as_of in [Instant::MIN_UTC, Instant::MAX_UTC] {
                        for zone in ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
                            incident.zone = crate::time::Zone::named(zone);
                            let _ = measure(&incident, &settings(), &catalogue(), as_of);
                        }
                    }
                }
            }
        }
    }
}
