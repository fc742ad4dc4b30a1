//! One incident: the record that everything else is computed from.

use super::{Action, Cause, Event, Impact, IncidentKind, Localized, Post, Regulation, Status};
use crate::time::{Date, TimePoint, Zone};

/// One incident file, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Lower case, starts with a date, never changes.
    pub id: String,
    /// Incident, near miss or maintenance.
    pub kind: IncidentKind,
    /// How far it is.
    pub status: Status,
    /// The organisation's own label; targets come from service classes. Internal.
    pub severity: Option<String>,
    /// The zone in which local times were read; `None` when the file declares none.
    pub zone: Option<Zone>,
    /// Which language the others are translated from; the organisation's unless given.
    pub source_language: Option<String>,
    /// What it is called.
    pub title: Localized,
    /// In a few sentences; public.
    pub summary: Option<Localized>,
    /// The summary for internal audiences.
    pub internal_summary: Option<Localized>,
    /// Whether the author may be named in public.
    pub author_public: bool,
    /// The services hit.
    pub impacts: Vec<Impact>,
    /// Ids of services that are claimed to be unaffected.
    pub unaffected: Vec<String>,
    /// What happened, in the order of the file.
    pub timeline: Vec<Event>,
    /// Why.
    pub causes: Vec<Cause>,
    /// What will be done.
    pub actions: Vec<Action>,
    /// What was learnt.
    pub lessons: Vec<Localized>,
    /// What was said.
    pub comms: Vec<Post>,
    /// What regimes ask.
    pub regulatory: Regulation,
    /// Who reviewed each translation.
    pub translation: Vec<Translation>,
    /// What the record was made from.
    pub sources: Vec<Source>,
    /// Findings that the organisation accepts.
    pub waivers: Vec<Waiver>,
    /// Ids of incidents with the same cause.
    pub same_cause_as: Vec<String>,
    /// Numbers allowed in public prose though not in the record.
    pub public_numbers: Vec<String>,
    /// Reviews held.
    pub reviews: Vec<Review>,
    /// The announced window, for maintenance.
    pub maintenance: Option<Maintenance>,
    /// When it was closed.
    pub closed_at: Option<TimePoint>,
}

impl Incident {
    /// The date that its id starts with.
    pub fn date(&self) -> Option<Date> {
        Date::parse_from_str(self.id.get(..10)?, "%Y-%m-%d").ok()
    }

    /// The impact with this id.
    pub fn impact(&self, id: &str) -> Option<&Impact> {
        self.impacts.iter().find(|impact| impact.id == id)
    }
}

/// The review of one translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The language.
    pub language: String,
    /// The role.
    pub reviewed_by: Option<String>,
    /// When.
    pub reviewed_on: Option<Date>,
    /// The hash of each source text as it was translated, by field.
    pub source_hashes: Vec<(String, String)>,
}

/// A document the record was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Unique in the file.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// A finding that the organisation accepts for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiver {
    /// The rule.
    pub rule: String,
    /// The id of an impact, event, cause or action, or a `service:`/`infra:` reference; `None` for the whole file.
    pub target: Option<String>,
    /// Why.
    pub reason: Option<Localized>,
    /// The role that agreed.
    pub approved_by: Option<String>,
    /// Until when.
    pub until: Option<Date>,
}

/// A review held about the incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// When.
    pub date: Option<Date>,
    /// By whom.
    pub by: Option<String>,
    /// What was decided.
    pub decision: Option<Localized>,
}

/// Announced work.
#[derive(Clone, Debug, PartialEq)]
pub struct Maintenance {
    /// When it was announced.
    pub announced_at: Option<TimePoint>,
    /// The start of the window.
    pub from: Option<TimePoint>,
    /// The end of the window.
    pub to: Option<TimePoint>,
    /// Ids of the services it was announced for.
    pub services: Vec<String>,
}
