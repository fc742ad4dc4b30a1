//! The edge cases and settled points of metrics.md, row by row.

use super::Unjudged::*;
use super::Verdict::*;
use super::sample::*;
use super::{Interval, measure};
use crate::model::{Catalogue, Cause, Impact, IncidentKind, Level, Residual, Segment, Status, Users};
use crate::time::{Span, Zone};

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
    for residual in [residual(None), residual(at("13:00")).map(|r| Residual { until: None, ..r })] {
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
                .map(|(level, part)| Segment { level, ..part })
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
    let zone = Zone::named("America/Sao_Paulo");
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
