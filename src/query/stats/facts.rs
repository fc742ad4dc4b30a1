//! What statistics need of one incident.

use crate::{
    measure::{Measured, MeasuredImpact, Unjudged, Verdict, customer_impact_of},
    model::{DetectionSource, Impact, Incident, IncidentKind, Settings},
    time::{Date, Instant, Span},
};

/// Which incidents and impacts are wanted; everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct StatFilter {
    /// Only of this day or later. An incident without a date is not.
    pub since: Option<Date>,
    /// Only of this day or earlier.
    pub until: Option<Date>,
    /// Only impacts on these services.
    pub services: Vec<String>,
    /// Only impacts of these classes.
    pub classes: Vec<String>,
}

/// One incident, as far as statistics see it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatFacts {
    /// Its id.
    pub(super) incident: String,
    /// The date that its id starts with, else that of its first start in the organisation's zone.
    pub(super) date: Option<Date>,
    /// What kind of record it is.
    pub(super) kind: IncidentKind,
    /// One of the wanted impacts hit someone, or none is recorded of an incident.
    pub(super) hit_someone: bool,
    /// The wanted impacts that hit someone.
    pub(super) impacts: Vec<ImpactFacts>,
    /// How long they lasted together.
    pub(super) customer_impact: Option<Span>,
    /// The same by class.
    pub(super) by_class: Vec<(Option<String>, Option<Span>)>,
}

/// One impact that hit someone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ImpactFacts {
    pub(super) id: String,
    pub(super) service: String,
    pub(super) class: Option<String>,
    pub(super) verdict: Verdict,
    pub(super) ttr: Option<Span>,
    pub(super) ttd: Option<Span>,
    pub(super) ongoing: bool,
    pub(super) factor_min: Option<f64>,
    /// `None` where it is not known who detected it.
    pub(super) by_customer: Option<bool>,
}

impl StatFacts {
    /// The facts of one incident; `None` when it is not wanted.
    pub fn of(
        incident: &Incident,
        measured: &Measured,
        settings: &Settings,
        as_of: Instant,
        filter: &StatFilter,
    ) -> Option<Self> {
        let date = date_of(incident, measured, settings);
        let within = filter.since.is_none_or(|since| date.is_some_and(|date| since <= date))
            && filter.until.is_none_or(|until| date.is_some_and(|date| date <= until));
        if !within {
            return None;
        }
        let wanted = |impact: &Impact, measured: &MeasuredImpact| {
            let service = filter.services.is_empty() || filter.services.contains(&impact.service);
            let class = filter.classes.is_empty()
                || measured.class.as_ref().is_some_and(|class| filter.classes.contains(class));
            service && class
        };
        let pairs = || incident.impacts.iter().zip(&measured.impacts).filter(|(i, m)| wanted(i, m));
        let nothing_asked = filter.services.is_empty() && filter.classes.is_empty();
        if pairs().next().is_none() && !nothing_asked {
            return None;
        }
        let impacts: Vec<ImpactFacts> =
            pairs().filter(|(_, m)| hit_someone(m)).map(|(i, m)| ImpactFacts::of(i, m)).collect();
        let customer_impact = |class: Option<&Option<String>>| {
            let of_class = |m: &MeasuredImpact| class.is_none_or(|class| m.class == *class);
            customer_impact_of(incident, measured, as_of, |i, m| wanted(i, m) && of_class(m))
        };
        let mut by_class: Vec<(Option<String>, Option<Span>)> = Vec::new();
        for impact in &impacts {
            if !by_class.iter().any(|(class, _)| *class == impact.class) {
                by_class.push((impact.class.clone(), customer_impact(Some(&impact.class))));
            }
        }
        let unwritten = incident.impacts.is_empty() && incident.kind == IncidentKind::Incident;
        Some(Self {
            incident: incident.id.clone(),
            date,
            kind: incident.kind,
            hit_someone: !impacts.is_empty() || unwritten,
            impacts,
            customer_impact: customer_impact(None),
            by_class,
        })
    }

    /// The same, of a further workspace.
    #[must_use]
    pub fn of_repository(mut self, name: &str) -> Self {
        self.incident = format!("{name}:{}", self.incident);
        self
    }

    /// How long impacts of a class lasted; `None` when there is none of it.
    pub(super) fn of_class(&self, class: Option<&str>) -> Option<Option<Span>> {
        self.by_class.iter().find(|(own, _)| own.as_deref() == class).map(|(_, span)| *span)
    }
}

impl ImpactFacts {
    fn of(impact: &Impact, measured: &MeasuredImpact) -> Self {
        let source = impact.detection.as_ref().and_then(|detection| detection.source);
        Self {
            id: impact.id.clone(),
            service: impact.service.clone(),
            class: measured.class.clone(),
            verdict: measured.verdict,
            ttr: measured.ttr,
            ttd: measured.ttd,
            ongoing: measured.ongoing,
            factor_min: measured.factor_min,
            by_customer: source
                .filter(|source| *source != DetectionSource::Unknown)
                .map(|source| source == DetectionSource::Customer),
        }
    }

    /// False for an impact of a level that its class does not count: how long it lasted says nothing of the target.
    pub(super) fn clock_runs(&self) -> bool {
        self.verdict != Verdict::NotJudged(Unjudged::LevelNotCounted)
    }
}

fn hit_someone(measured: &MeasuredImpact) -> bool {
    !matches!(measured.verdict, Verdict::NotJudged(Unjudged::NearMiss | Unjudged::Maintenance))
}

fn date_of(incident: &Incident, measured: &Measured, settings: &Settings) -> Option<Date> {
    let first = || measured.impacts.iter().filter_map(|impact| impact.started.earliest).min();
    incident.date().or_else(|| first().map(|at| settings.org.zone.date(at)))
}
