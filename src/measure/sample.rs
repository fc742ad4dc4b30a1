//! Incidents, a catalogue and settings to try the measures on.

use super::{Measured, MeasuredImpact, measure};
use crate::model::*;
use crate::time::{
    Calendar, Instant, Length, Span, Stated, TimePoint, Zone, read_date, read_instant, read_length,
    read_point, read_stated,
};

/// An impact on the service of the same id, shaped by `with`.
pub(super) fn impact(service: &str, with: impl FnOnce(&mut Impact)) -> Impact {
    let mut impact = Impact {
        id: service.to_owned(),
        service: service.to_owned(),
        class: None,
        level: Level::Down,
        scope: None,
        started: None,
        first_signal: None,
        detected: None,
        acknowledged: None,
        mitigated: None,
        recovered: None,
        verified: None,
        stated: StatedLengths::default(),
        segments: Vec::new(),
        self_recovered: false,
        predetected: false,
        users: None,
        detection: None,
        caused_by: None,
        backlog: None,
        data: None,
        residual: None,
        via: Vec::new(),
    };
    with(&mut impact);
    impact
}

/// A resolved incident of 1 March 2026.
pub(super) fn incident(impacts: Vec<Impact>) -> Incident {
    Incident {
        id: "2026-03-01-sample".to_owned(),
        kind: IncidentKind::Incident,
        status: Status::Resolved,
        severity: None,
        zone: None,
        source_language: None,
        title: Localized::default(),
        summary: None,
        internal_summary: None,
        author_public: false,
        impacts,
        unaffected: Vec::new(),
        timeline: Vec::new(),
        causes: Vec::new(),
        actions: Vec::new(),
        lessons: Vec::new(),
        comms: Vec::new(),
        regulatory: Regulation::default(),
        translation: Vec::new(),
        sources: Vec::new(),
        waivers: Vec::new(),
        same_cause_as: Vec::new(),
        public_numbers: Vec::new(),
        reviews: Vec::new(),
        maintenance: None,
        closed_at: None,
    }
}

/// Maintenance of `search` from 05:00 to 07:00.
pub(super) fn maintenance(announced_at: &str, impacts: Vec<Impact>) -> Incident {
    let mut incident = incident(impacts);
    incident.kind = IncidentKind::Maintenance;
    incident.maintenance = Some(Maintenance {
        announced_at: at(announced_at),
        from: at("05:00"),
        to: at("07:00"),
        services: vec!["search".to_owned()],
    });
    incident
}

/// A moment: a time of 1 March 2026 in UTC (`10:00`), two of them (`10:00/10:30`, either may be left out), or any
/// written form.
pub(super) fn at(text: &str) -> Option<TimePoint> {
    let time = |text: &str| (!text.is_empty()).then(|| read_instant(&full(text), None).unwrap());
    Some(match text.split_once('/') {
        Some((first, last)) => TimePoint::Between { not_before: time(first), not_after: time(last) },
        None => read_point(&full(text), Some(&Zone::UTC)),
    })
}

/// The instant that a time of 1 March 2026 is.
pub(super) fn instant(text: &str) -> Instant {
    read_instant(&full(text), None).unwrap().at
}

pub(super) fn stated(text: &str) -> Option<Stated> {
    Some(read_stated(text).unwrap())
}

pub(super) fn part(from: &str, to: &str) -> Segment {
    Segment { from: at(from), to: at(to), level: None }
}

/// A residual that is accepted until the end of the year.
pub(super) fn residual(accepted_at: Option<TimePoint>) -> Option<Residual> {
    let until = read_date("2026-12-31");
    Some(Residual { text: None, accepted_by: Some("role:head-of-product".to_owned()), accepted_at, until })
}

/// `workflow` is critical, `search` and `export` non-critical, `archive` counts outages only; `moved` became critical on
/// 1 March 2026, `unset` is of a class that the settings do not know.
pub(super) fn catalogue() -> Catalogue {
    let service = |id: &str, classes: &[(Option<&str>, &str)]| Service {
        id: id.to_owned(),
        name: None,
        public_name: None,
        gender: None,
        en_number: None,
        owner: None,
        role: None,
        classes: classes
            .iter()
            .map(|(since, class)| ClassSince {
                since: since.map(|since| read_date(since).unwrap()),
                class: (*class).to_owned(),
            })
            .collect(),
        runs_on: Vec::new(),
        depends_on: Vec::new(),
        supported_uses: Vec::new(),
        escalation: Vec::new(),
        limits: Vec::new(),
        alerts: Vec::new(),
        runbook: None,
    };
    Catalogue {
        present: true,
        services: vec![
            service("search", &[(Some("2016-01-01"), "non-critical")]),
            service("workflow", &[(Some("2016-01-01"), "critical")]),
            service("export", &[(None, "non-critical")]),
            service("archive", &[(None, "outages-only")]),
            service("moved", &[(Some("2016-01-01"), "non-critical"), (Some("2026-03-01"), "critical")]),
            service("unset", &[(None, "platinum")]),
        ],
        ..Catalogue::default()
    }
}

/// The two default classes, with targets of detection and mitigation on the critical one, and `outages-only`.
pub(super) fn settings() -> Settings {
    let length = |text: &str| read_length(text).unwrap();
    let class = |key: &str, recover: &str| Class {
        key: key.to_owned(),
        name: Localized::default(),
        recover_within: length(recover),
        detect_within: None,
        mitigate_within: None,
        recognise_within: None,
        counts: None,
        timeline_gap: None,
        first_post_within: None,
        update_every: None,
        postmortem_within: None,
        actions: ActionLimits::default(),
    };
    Settings {
        org: Organisation {
            name: None,
            zone: Zone::UTC,
            calendar: Calendar::none(),
            extra_holidays: Vec::new(),
            languages: vec!["en".to_owned()],
            source_language: "en".to_owned(),
        },
        classes: vec![
            Class {
                detect_within: Some(length("3m")),
                mitigate_within: Some(length("5m")),
                ..class("critical", "10m")
            },
            class("non-critical", "4h"),
            Class { counts: Some(vec![Level::Down]), ..class("outages-only", "4h") },
        ],
        policy: Policy {
            reopen_window: Length::Seconds(86_400),
            recurrence: Recurrence { window: length("180d"), count: 2 },
            slips_max: 2,
            rounding: length("1m"),
        },
        critical_roles: Vec::new(),
        redaction: Redaction::default(),
        packs: Vec::new(),
        entities: Vec::new(),
        levels: Vec::new(),
        repository_url: None,
        brand: Brand::default(),
        status_page: StatusPage::default(),
        include: Vec::new(),
        targets: None,
        not_translated: Vec::new(),
    }
}

pub(super) const MINUTE: i64 = 60;
pub(super) const HOUR: i64 = 60 * MINUTE;

pub(super) fn measured(incident: &Incident) -> Measured {
    measure(incident, &settings(), &catalogue(), instant("12:00"))
}

/// The one impact of a resolved incident.
pub(super) fn of(service: &str, with: impl FnOnce(&mut Impact)) -> MeasuredImpact {
    only(&incident(vec![impact(service, with)]))
}

pub(super) fn only(incident: &Incident) -> MeasuredImpact {
    measured(incident).impacts.into_iter().next().unwrap()
}

pub(super) fn open(service: &str, with: impl FnOnce(&mut Impact)) -> MeasuredImpact {
    let mut incident = incident(vec![impact(service, with)]);
    incident.status = Status::Open;
    only(&incident)
}

pub(super) fn minutes(min: i64, max: i64) -> Option<Span> {
    Some(Span::between(min * MINUTE, max * MINUTE))
}

pub(super) fn exactly(minutes: i64) -> Option<Span> {
    Some(Span::exact(minutes * MINUTE))
}

pub(super) fn at_least(minutes: i64) -> Option<Span> {
    Some(Span::at_least(minutes * MINUTE))
}

fn full(text: &str) -> String {
    if text.len() == 5 { format!("2026-03-01T{text}Z") } else { text.to_owned() }
}
