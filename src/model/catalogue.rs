//! What can be hit: services, their classes over time, their teams, and the units of shared fate.

use super::{DependencyKind, Gender, GrammaticalNumber, Localized};
use crate::time::{Calendar, Date, Length, Zone};

/// The service catalogue, in the order of `services.yaml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// False when the workspace has no `services.yaml`; then impacts name their class themselves.
    pub present: bool,
    /// Teams.
    pub teams: Vec<Team>,
    /// Units of shared fate: what stops together is one unit.
    pub infra: Vec<Infra>,
    /// Services.
    pub services: Vec<Service>,
}

impl Catalogue {
    /// The service with this id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The team with this id, with or without `team:` before it.
    pub fn team(&self, id: &str) -> Option<&Team> {
        let id = id.strip_prefix("team:").unwrap_or(id);
        self.teams.iter().find(|team| team.id == id)
    }

    /// The unit with this id.
    pub fn infra(&self, id: &str) -> Option<&Infra> {
        self.infra.iter().find(|unit| unit.id == id)
    }
}

/// A team.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub name: Option<Localized>,
    /// Where its days begin and end.
    pub zone: Option<Zone>,
    /// Its working days.
    pub calendar: Option<Calendar>,
    /// The role that answers for it.
    pub accountable: Option<String>,
}

/// A unit of shared fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Infra {
    /// Its key.
    pub id: String,
    /// `cluster`, `server_farm` …
    pub kind: Option<String>,
    /// What it is called; internal.
    pub name: Option<Localized>,
    /// What keeps one service on it from stopping another; internal.
    pub isolation: Option<Localized>,
}

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its key.
    pub id: String,
    /// What the organisation calls it; internal.
    pub name: Option<Localized>,
    /// What readers call it.
    pub public_name: Option<Localized>,
    /// The gender of its Portuguese name.
    pub gender: Option<Gender>,
    /// The number of its English name, where it is not that of the Portuguese one.
    pub en_number: Option<GrammaticalNumber>,
    /// The owning team: `team:x`.
    pub owner: Option<String>,
    /// What it does for the business (`order-closing`).
    pub role: Option<String>,
    /// Its classes over time, in the order of the file.
    pub classes: Vec<ClassSince>,
    /// Ids of the units it runs on.
    pub runs_on: Vec<String>,
    /// What it needs.
    pub depends_on: Vec<Dependency>,
    /// What it may be used for.
    pub supported_uses: Vec<String>,
    /// Whom to call when.
    pub escalation: Vec<Escalation>,
    /// Limits it can run into.
    pub limits: Vec<Limit>,
    /// Names of its alerts.
    pub alerts: Vec<Alerted>,
    /// The review of its runbook.
    pub runbook: Option<RunbookReview>,
}

impl Service {
    /// True where English speaks of it as of several: `Transfers have been…`.
    pub fn is_plural_in_english(&self) -> bool {
        match self.en_number {
            Some(number) => number == GrammaticalNumber::Plural,
            None => self.gender.is_some_and(Gender::is_plural),
        }
    }

    /// The class in force on `date`: the entry with the latest `since` that is not after it.
    pub fn class_on(&self, date: Date) -> Option<&str> {
        self.classes
            .iter()
            .filter(|entry| entry.since.is_none_or(|since| since <= date))
            .max_by_key(|entry| entry.since)
            .map(|entry| entry.class.as_str())
    }

    /// The first and only class the service ever had, when it never changed.
    pub fn only_class(&self) -> Option<&str> {
        match self.classes.as_slice() {
            [one] => Some(one.class.as_str()),
            _ => None,
        }
    }
}

/// A class from a date on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassSince {
    /// From this day on; `None` (the short form `class:`) since ever.
    pub since: Option<Date>,
    /// The class's key in the settings.
    pub class: String,
}

/// What a service needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The other service's id.
    pub service: String,
    /// How much.
    pub kind: Option<DependencyKind>,
}

/// Whom to call after how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// After how long.
    pub after: Option<Length>,
    /// The role.
    pub to: Option<String>,
}

/// A limit that a service can run into.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Unique in the service.
    pub id: String,
    /// Its type (`int64`).
    pub kind: Option<String>,
    /// Its value.
    pub max: Option<u64>,
    /// How much is used.
    pub current: Option<u64>,
    /// When that was measured.
    pub measured_on: Option<Date>,
    /// How much is used up each day.
    pub per_day: Option<f64>,
    /// How long a fix takes.
    pub lead_time: Option<Length>,
}

/// The name of an alert, which gets a runbook page of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alerted(pub String);

/// The last review of a runbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunbookReview {
    /// When.
    pub last_reviewed: Option<Date>,
    /// By which role.
    pub by: Option<String>,
}
