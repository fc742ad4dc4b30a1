//! The class in force at an impact's start, its targets, and the verdict against a target.

use super::Verdict;
use super::clock::{Clock, interval};
use crate::model::{Catalogue, Class, Impact, Incident, Level, Service, Settings};
use crate::time::{Date, Span, TimePoint, Zone, read_date};

/// The class in force at an impact's start.
#[derive(Clone, Copy, Debug)]
pub(super) struct InForce<'a> {
    /// Its key, whether the settings know it or not.
    pub(super) key: Option<&'a str>,
    /// What the settings say of it.
    pub(super) class: Option<&'a Class>,
    /// The target of TTR.
    pub(super) target: Option<Target>,
}

/// A target in seconds. The two differ only where the class changed while the impact may have started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    least: i64,
    most: i64,
}

impl<'a> InForce<'a> {
    /// The class of the impact's service at the start of its clock, by the civil date in the incident's zone, else in
    /// the organisation's. Without a catalogue it is the class that the impact names.
    ///
    /// Where the start is not known: by the first moment that is dated, else by the date of the incident's id, else the
    /// only class the service ever had.
    pub(super) fn of(
        incident: &'a Incident,
        impact: &'a Impact,
        clock: &Clock,
        settings: &'a Settings,
        catalogue: &'a Catalogue,
    ) -> Self {
        if !catalogue.present {
            return Self::alone(impact.class.as_deref(), settings);
        }
        let Some(service) = catalogue.service(&impact.service) else { return Self::alone(None, settings) };
        let zone = incident.zone.unwrap_or(settings.org.zone);
        match start_dates(impact, clock, &zone) {
            Some((first, last)) => Self::between(service, first, last, settings),
            None => {
                let key = nearest_date(incident, impact, &zone).and_then(|date| service.class_on(date));
                Self::alone(key.or_else(|| service.only_class()), settings)
            }
        }
    }

    /// Whether one of the impact's levels runs the clock.
    pub(super) fn counts(&self, impact: &Impact) -> bool {
        let counts = |level: Level| self.class.is_some_and(|class| class.counts_level(level));
        match impact.segments.as_slice() {
            [] => counts(impact.level),
            parts => parts.iter().any(|part| counts(part.level.unwrap_or(impact.level))),
        }
    }

    fn alone(key: Option<&'a str>, settings: &'a Settings) -> Self {
        let class = key.and_then(|key| settings.class(key));
        let target = class.and_then(|class| class.recover_within.seconds()).map(Target::exactly);
        Self { key, class, target }
    }

    /// The class on the last date; its target takes in every class that was in force from the first date on.
    fn between(service: &'a Service, first: Date, last: Date, settings: &'a Settings) -> Self {
        let mut found = Self::alone(service.class_on(last), settings);
        if first == last {
            return found;
        }
        let during = service
            .classes
            .iter()
            .filter(|entry| entry.since.is_some_and(|since| first < since && since <= last));
        let keys = service.class_on(first).into_iter().chain(during.map(|entry| entry.class.as_str()));
        for other in keys.filter_map(|key| Self::alone(Some(key), settings).target) {
            found.target = found.target.map(|target| target.or(other));
        }
        found
    }
}

impl Target {
    pub(super) fn exactly(seconds: i64) -> Self {
        Self { least: seconds, most: seconds }
    }

    /// The target to show: the longer one, which a breach surely exceeds.
    pub(super) fn seconds(self) -> i64 {
        self.most
    }

    /// Met if `max ≤ target`, equality included; breached if `min > target`; else undecided, or running while the
    /// impact goes on. Nothing known is undecided.
    pub(super) fn verdict(self, length: Option<Span>, ongoing: bool) -> Verdict {
        let length = length.unwrap_or(Span::UNKNOWN);
        if length.min > self.most {
            Verdict::Breached
        } else if ongoing {
            Verdict::Running
        } else if length.max.is_some_and(|max| max <= self.least) {
            Verdict::Met
        } else {
            Verdict::Indeterminate
        }
    }

    fn or(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most) }
    }
}

/// The first and the last civil date on which the clock may have started; `None` when nothing is known of it.
fn start_dates(impact: &Impact, clock: &Clock, zone: &Zone) -> Option<(Date, Date)> {
    if let Some(TimePoint::Day(date, day)) = &impact.started
        && *day == clock.start
    {
        return Some((*date, *date));
    }
    let (first, last) = (clock.start.earliest, clock.start.latest);
    let date = |at| zone.date(at);
    Some((first.or(last).map(date)?, last.or(first).map(date)?))
}

fn nearest_date(incident: &Incident, impact: &Impact, zone: &Zone) -> Option<Date> {
    let moments =
        [&impact.first_signal, &impact.detected, &impact.acknowledged, &impact.mitigated, &impact.recovered];
    let dated = moments.into_iter().filter_map(|moment| {
        let at = interval(moment.as_ref())?;
        at.earliest.or(at.latest)
    });
    let from_id = || incident.id.get(..10).and_then(read_date);
    dated.map(|at| zone.date(at)).next().or_else(from_id)
}
