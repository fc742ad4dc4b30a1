//! An incident as status pages keep it: a state, a grade, moments to the second, components by their public names.

use serde::Serialize;

use super::{Teller, post::PublicPost, post::short_id};
use crate::{
    model::{Impact, IncidentKind, Level, Status},
    time::{Instant, TimePoint},
};

/// What a status page's program wants to know of an incident. Moments are RFC 3339 in the page's zone; of an uncertain
/// one the first that is possible.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct Published {
    /// Made from the incident's id.
    id: String,
    /// The civil date that the incident is filed under, `2019-12-05`.
    date: Option<String>,
    /// `investigating`, `identified`, `monitoring`, `resolved`, `postmortem`; of maintenance `scheduled`, `in_progress`,
    /// `completed`.
    pub(in crate::render) state: String,
    /// `none`, `minor`, `major`, `critical`, `maintenance`.
    pub(in crate::render) grade: &'static str,
    /// `down`, `disrupted`, `notice`.
    severity: &'static str,
    /// Nothing more is expected to happen.
    pub(in crate::render) over: bool,
    started: Option<String>,
    created: Option<String>,
    updated: Option<String>,
    monitoring: Option<String>,
    resolved: Option<String>,
    /// When its postmortem went out.
    postmortem: Option<String>,
    /// The announced window of maintenance.
    from: Option<String>,
    to: Option<String>,
    /// Each service that was hit, once.
    components: Vec<Component>,
    /// What orders incidents.
    #[serde(skip)]
    pub(in crate::render) at: Option<Instant>,
    /// When anything last changed.
    #[serde(skip)]
    pub(in crate::render) touched: Option<Instant>,
}

/// A service, as readers know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::render) struct Component {
    /// Made from the service's id, so that it is not told.
    pub(in crate::render) id: String,
    /// Its public name.
    pub(in crate::render) name: String,
    /// `operational`, `degraded_performance`, `partial_outage`, `major_outage`, `under_maintenance`, as of the moment of
    /// asking.
    pub(in crate::render) status: &'static str,
}

/// The words of a component's status, the best first.
pub(in crate::render) const STATUSES: [&str; 5] =
    ["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"];

impl Teller<'_> {
    /// The incident as status pages keep it. `posts` are newest first.
    pub(in crate::render) fn published(&self, posts: &[PublicPost]) -> Published {
        let page = self.on_page();
        let incident = self.incident;
        let told = |at: Option<Instant>| at.map(|at| page.wall(at).rfc3339());
        let first = |point: &Option<TimePoint>| {
            let interval = point.as_ref()?.interval();
            interval.earliest.or(interval.latest)
        };
        let started = incident.impacts.iter().filter_map(|impact| first(&impact.started)).min();
        let ends: Option<Vec<Instant>> =
            incident.impacts.iter().map(|impact| first(&impact.recovered)).collect();
        let ended = ends.and_then(|ends| ends.into_iter().max());
        let of_state =
            |state: &str| posts.iter().rev().find(|post| post.state.key == state).and_then(|post| post.at);
        let filed = self.date_of_id().and_then(|date| self.zone.day(date).earliest);
        let created = posts.iter().rev().find_map(|post| post.at).or(started).or(filed);
        let resolved = of_state("resolved").or_else(|| of_state("completed")).or(ended);
        let over = !incident.status.is_ongoing();
        let updated = posts.iter().filter_map(|post| post.at).max().or(resolved.filter(|_| over)).or(created);
        let work = incident.maintenance.as_ref();
        let mut components: Vec<Component> = Vec::new();
        for impact in &incident.impacts {
            let Some(component) = self.component(&impact.service, self.component_status(impact)) else {
                continue;
            };
            match components.iter_mut().find(|known| known.id == component.id) {
                Some(known) => known.status = worse(known.status, component.status),
                None => components.push(component),
            }
        }
        Published {
            id: short_id(&incident.id),
            date: self
                .date_of_id()
                .or_else(|| started.map(|at| self.zone.date(at)))
                .map(|date| date.to_string()),
            state: self.state(posts),
            grade: self.grade(),
            severity: self.severity(),
            over,
            started: told(started),
            created: told(created),
            updated: told(updated),
            monitoring: told(of_state("monitoring")),
            resolved: told(resolved.filter(|_| over)),
            postmortem: told(of_state("postmortem")),
            from: told(work.and_then(|work| first(&work.from))),
            to: told(work.and_then(|work| first(&work.to))),
            components,
            at: created,
            touched: updated,
        }
    }

    /// A service that readers know; `None` for one without a public name.
    pub(in crate::render) fn component(&self, service: &str, status: &'static str) -> Option<Component> {
        let name = self.public_name(service)?;
        Some(Component { id: short_id(&format!("service/{service}")), name, status })
    }

    /// The state that the last post announced; what the record says when it is further than the posts.
    fn state(&self, posts: &[PublicPost]) -> String {
        let last = posts.first().map(|post| post.status.as_str());
        let maintenance = self.incident.kind == IncidentKind::Maintenance;
        let state = match (self.incident.status, last) {
            (Status::Open | Status::Monitoring, Some(last)) => last,
            (Status::Open, None) if maintenance => "in_progress",
            (Status::Open, None) => "investigating",
            (Status::Monitoring, None) => "monitoring",
            (_, Some("postmortem")) if !maintenance => "postmortem",
            _ if maintenance => "completed",
            _ => "resolved",
        };
        state.to_owned()
    }

    fn grade(&self) -> &'static str {
        match self.incident.kind {
            IncidentKind::Maintenance => "maintenance",
            IncidentKind::NearMiss => "none",
            IncidentKind::Incident => {
                let worst = self
                    .incident
                    .impacts
                    .iter()
                    .map(|impact| at_worst(impact.level))
                    .fold("operational", worse);
                match worst {
                    "major_outage" => "critical",
                    "partial_outage" => "major",
                    "operational" => "none",
                    _ => "minor",
                }
            }
        }
    }

    fn severity(&self) -> &'static str {
        match self.incident.kind {
            IncidentKind::Maintenance | IncidentKind::NearMiss => "notice",
            IncidentKind::Incident => {
                match self.incident.impacts.iter().any(|impact| at_worst(impact.level) == "major_outage") {
                    true => "down",
                    false if self.incident.impacts.is_empty() => "notice",
                    false => "disrupted",
                }
            }
        }
    }

    /// How the service of an impact does at the moment of asking.
    fn component_status(&self, impact: &Impact) -> &'static str {
        let by_now = |point: &Option<TimePoint>| {
            let earliest = point.as_ref().and_then(|point| point.interval().earliest);
            earliest.is_some_and(|at| at <= self.as_of)
        };
        let fought = self.incident.status.is_ongoing() && self.incident.kind != IncidentKind::NearMiss;
        if !fought || by_now(&impact.recovered) {
            return "operational";
        }
        match (self.incident.kind, at_worst(impact.level)) {
            (IncidentKind::Maintenance, _) => "under_maintenance",
            (_, "major_outage") if by_now(&impact.mitigated) => "partial_outage",
            (_, status) => status,
        }
    }
}

/// What a level means for a service, at its worst.
fn at_worst(level: Level) -> &'static str {
    match level {
        Level::Down | Level::DataLoss => "major_outage",
        Level::WrongResults | Level::Exposure => "partial_outage",
        Level::Degraded | Level::Delayed => "degraded_performance",
    }
}

/// The worse of two statuses.
pub(in crate::render) fn worse(a: &'static str, b: &'static str) -> &'static str {
    let rank = |status: &str| STATUSES.iter().position(|known| *known == status);
    if rank(b) > rank(a) { b } else { a }
}
