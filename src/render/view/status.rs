//! Incidents as status pages keep them: a state, a grade, moments to the second, components by their public names; and
//! how all services do now.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Teller, post::PublicPost, post::short_id};
use crate::{
    language::Wall,
    model::{Audience, Catalogue, Impact, Incident, IncidentKind, Level, Service, Settings, Status},
    render::escape,
    time::{Date, Instant, TimePoint, Zone},
};

/// What a status page's program wants to know of an incident. Moments are RFC 3339 in the page's zone; of an uncertain
/// one the first that is possible.
#[derive(Clone, Debug, JsonSchema, Serialize)]
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
    /// When users began to get less than normal service.
    started: Option<String>,
    /// When it was first told of, else when it began.
    created: Option<String>,
    /// When it was last told of.
    updated: Option<String>,
    /// When a post said that the fix was in.
    monitoring: Option<String>,
    /// When it was over.
    resolved: Option<String>,
    /// When its postmortem went out.
    postmortem: Option<String>,
    /// The announced window of maintenance.
    from: Option<String>,
    /// The end of the announced window.
    to: Option<String>,
    /// Each service that was hit, once.
    components: Vec<Component>,
    /// What orders incidents.
    /// When anything last changed.
    #[serde(skip)]
    touched: Option<Instant>,
    /// When announced work begins.
    #[serde(skip)]
    begins: Option<Instant>,
}

/// What decides whether and where an incident stands on a status page, cheap enough to be kept for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusKey {
    /// When it was first told of, else when it began.
    pub at: Option<Instant>,
    /// Still fought or watched.
    pub ongoing: bool,
    /// Announced work; `None` for what a status page does not show, because no user was hit.
    pub maintenance: Option<bool>,
}

/// How everything does now.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct StatusPage<'a> {
    /// Made from the organisation's name.
    id: String,
    /// What readers call it.
    pub(in crate::render) name: String,
    /// The address of the status page, or nothing.
    url: String,
    /// The IANA name of the zone.
    zone: String,
    /// When anything last changed, RFC 3339; `None` when nothing ever did.
    updated: Option<String>,
    /// `none`, `minor`, `major`, `critical`, `maintenance`: that of the component that does worst.
    indicator: &'static str,
    /// Every service that readers know, in the order of the catalogue.
    components: Vec<Standing>,
    /// The latest incidents, as the documents of one incident see them, newest first.
    incidents: Vec<&'a Listed>,
    /// Those that are not over.
    unresolved: Vec<&'a Listed>,
    /// The latest announced work, likewise.
    maintenances: Vec<&'a Listed>,
    /// Announced work that is still to begin.
    upcoming: Vec<&'a Listed>,
    /// Announced work under way.
    active: Vec<&'a Listed>,
    /// Announced work that is not over.
    planned: Vec<&'a Listed>,
    /// The latest of both, newest first.
    history: Vec<&'a Listed>,
}

/// A component among all of them.
#[derive(Debug, JsonSchema, Serialize)]
struct Standing {
    #[serde(flatten)]
    component: Component,
    /// From 1 on.
    position: usize,
    /// When an incident of it was last told of, RFC 3339.
    updated: Option<String>,
}

/// An incident on the page of all.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Listed {
    /// As documents of one incident see it.
    #[schemars(with = "super::PublicIncident")]
    pub(in crate::render) incident: tera::Value,
    /// Its posts with a time, that of the postmortem first, then newest first.
    pub(in crate::render) updates: Vec<PublicPost>,
    #[serde(skip)]
    pub(in crate::render) published: Published,
    #[serde(skip)]
    pub(in crate::render) key: StatusKey,
}

/// How many incidents a status page keeps at hand.
pub(in crate::render) const LATEST: usize = 50;

/// A service, as readers know it.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
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
        let ended = first(&self.ended());
        let of_state =
            |state: &str| posts.iter().rev().find(|post| post.state.key == state).and_then(|post| post.at);
        let filed = self.date_of_id().and_then(|date| self.zone.day(date).earliest);
        let created = posts.iter().rev().find_map(|post| post.at).or(started).or(filed);
        // said of all that was hit, and not taken back since
        let settled = |post: &&PublicPost| matches!(post.status.as_str(), "resolved" | "completed");
        let told_over = posts.iter().filter(|post| post.status != "postmortem").take_while(settled);
        let resolved = told_over.last().and_then(|post| post.at).or(ended);
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
            touched: updated,
            begins: work.and_then(|work| first(&work.from)),
        }
    }

    /// A service that readers know; `None` for one without a public name.
    pub(in crate::render) fn component(&self, service: &str, status: &'static str) -> Option<Component> {
        let name = self.public_name(service)?;
        Some(Component { id: component_id(service), name, status })
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

/// What decides about an incident's place on a status page.
pub(in crate::render) fn status_key(incident: &Incident, zone: Zone) -> StatusKey {
    let first = |point: Option<&TimePoint>| {
        let interval = point?.interval();
        interval.earliest.or(interval.latest)
    };
    let posts = incident.comms.iter().filter(|post| post.audience == Audience::Public);
    let told = posts.filter_map(|post| first(post.at.as_ref())).min();
    let started = || incident.impacts.iter().filter_map(|impact| first(impact.started.as_ref())).min();
    let filed = || {
        let date = Date::parse_from_str(incident.id.get(..10)?, "%Y-%m-%d").ok()?;
        zone.day(date).earliest
    };
    StatusKey {
        at: told.or_else(started).or_else(filed),
        ongoing: incident.status.is_ongoing(),
        maintenance: match incident.kind {
            IncidentKind::Incident => Some(false),
            IncidentKind::Maintenance => Some(true),
            IncidentKind::NearMiss => None,
        },
    }
}

impl<'a> StatusPage<'a> {
    /// `listed` holds the latest incidents and every one that is not over, in any order. `name` is what the page calls
    /// a service.
    pub(in crate::render) fn of(
        listed: &'a [Listed],
        catalogue: &Catalogue,
        settings: &Settings,
        url: Option<String>,
        as_of: Instant,
        name: &dyn Fn(&Service) -> Option<String>,
    ) -> Self {
        let zone = settings.status_page.zone.unwrap_or(settings.org.zone);
        let told = |at: Option<Instant>| at.map(|at| Wall::shown(at, &zone).rfc3339());
        let mut newest: Vec<&'a Listed> = listed.iter().collect();
        newest.sort_by(|a, b| (b.key.at, &b.published.id).cmp(&(a.key.at, &a.published.id)));
        let of = |maintenance: bool| {
            newest.iter().copied().filter(move |it| it.key.maintenance == Some(maintenance))
        };
        let begun = |it: &&'a Listed| it.published.begins.is_none_or(|from| from <= as_of);
        let mut components = Vec::new();
        for service in &catalogue.services {
            let Some(name) = name(service) else { continue };
            let id = component_id(&service.id);
            let of_it = || newest.iter().flat_map(|it| it.published.components.iter().map(move |c| (it, c)));
            let status = of_it()
                .filter(|(_, c)| c.id == id)
                .fold("operational", |worst, (_, c)| worse(worst, c.status));
            let touched =
                of_it().filter(|(_, c)| c.id == id).filter_map(|(it, _)| it.published.touched).max();
            let position = components.len() + 1;
            components.push(Standing {
                component: Component { id, name, status },
                position,
                updated: told(touched),
            });
        }
        let worst = components.iter().fold("operational", |worst, it| worse(worst, it.component.status));
        let organisation = settings.brand.name.as_ref().or(settings.org.name.as_ref());
        let organisation = organisation.map(|name| escape::one_line(name)).unwrap_or_default();
        Self {
            id: short_id(&format!("page/{organisation}")),
            name: organisation,
            url: url.unwrap_or_default(),
            zone: zone.name().to_owned(),
            updated: told(newest.iter().filter_map(|it| it.published.touched).max()),
            indicator: match worst {
                "major_outage" => "critical",
                "partial_outage" => "major",
                "degraded_performance" => "minor",
                "under_maintenance" => "maintenance",
                _ => "none",
            },
            components,
            incidents: of(false).take(LATEST).collect(),
            unresolved: of(false).filter(|it| it.key.ongoing).collect(),
            maintenances: of(true).take(LATEST).collect(),
            upcoming: of(true).filter(|it| it.key.ongoing && !begun(it)).collect(),
            planned: of(true).filter(|it| it.key.ongoing).collect(),
            history: newest.iter().copied().filter(|it| it.key.maintenance.is_some()).take(LATEST).collect(),
            active: of(true).filter(|it| it.key.ongoing && begun(it)).collect(),
        }
    }
}

fn component_id(service: &str) -> String {
    short_id(&format!("service/{service}"))
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
