//! `services.yaml`: the service catalogue, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    collection::{List, Map},
    reader::{Reader, filled, number},
    references::Names,
    value::{Date, Length, Localized, Number, Text, Whole, Word},
};
use crate::{
    locate::Path,
    model::{self, Catalogue, ExpectedValue, Settings, Target},
    time::Calendar,
};

/// The service catalogue: what can be hit, who answers for it, and what stops together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["relato"]))]
pub struct Services {
    /// The version of the format: `1`.
    #[schemars(extend("type" = "integer", "const" = 1))]
    pub relato: Option<Text>,
    /// Teams by id.
    pub teams: Map<Team>,
    /// Units of shared fate by id: what stops together is one unit.
    pub infra: Map<Infra>,
    /// Services by id.
    pub services: Map<Service>,
}

/// A team.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Team {
    /// What it is called.
    pub name: Option<Localized>,
    /// Where its days begin and end, an IANA name.
    pub timezone: Option<Text>,
    /// Its working days: `br-national`, `br-banking`, `us-federal`, `none`.
    #[schemars(extend("enum" = calendars_or_null()))]
    pub calendar: Option<Text>,
    /// The role that answers for it, `role:oms-tech-lead`.
    pub accountable: Option<Text>,
}

/// A unit of shared fate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Infra {
    /// `server_farm`, `cluster`, `key_value` …
    pub kind: Option<Text>,
    /// What it is called; internal.
    pub name: Option<Localized>,
    /// What keeps one service on it from stopping another, where something does.
    pub isolation: Option<Localized>,
}

/// A service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Service {
    /// What the organisation calls it; internal.
    pub name: Option<Localized>,
    /// What customers read; never an internal name.
    pub public_name: Option<Localized>,
    /// The gender of its Portuguese name: `f` (a, na), `m` (o, no); of a plural `fp` (as, nas), `mp` (os, nos).
    pub pt_gender: Option<Word<model::Gender>>,
    /// `singular` or `plural`: the number of its English name ("Transfers have been…"). Left out, a plural where
    /// `pt_gender` is one.
    pub en_number: Option<Word<model::GrammaticalNumber>>,
    /// The owning team, `team:oms`.
    pub owner: Option<Text>,
    /// What it does for the business, `order-closing`.
    pub role: Option<Text>,
    /// Its class, when it never changed; short for a `class_history` of one entry.
    pub class: Option<Text>,
    /// Its classes over time.
    pub class_history: List<ClassSince>,
    /// Ids of the units it runs on.
    pub runs_on: List<Text>,
    /// What it needs.
    pub depends_on: List<Dependency>,
    /// What it may be used for, `admin-listing`.
    pub supported_uses: List<Text>,
    /// Whom to call after how long.
    pub escalation: List<Escalation>,
    /// Limits it can run into.
    pub limits: List<Limit>,
    /// Names of its alerts: one runbook page for each.
    pub alerts: List<Text>,
    /// The last review of its runbook.
    pub runbook: Option<RunbookReview>,
}

/// A class from a date on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["class"]))]
pub struct ClassSince {
    /// From this day on, `2016-01-01`.
    pub since: Option<Date>,
    /// The class, by its key in `relato.yaml`.
    pub class: Option<Text>,
}

/// What a service needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["service"]))]
pub struct Dependency {
    /// The id of the other service, or of a unit of `infra`.
    pub service: Option<Text>,
    /// Whether it stops with it.
    pub kind: Option<Word<model::DependencyKind>>,
}

/// Whom to call after how long.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Escalation {
    /// After how long, `30m`.
    pub after: Option<Length>,
    /// The role, `role:oms-duty-manager`.
    pub to: Option<Text>,
}

/// A limit that a service can run into.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["id"]))]
pub struct Limit {
    /// Unique in the service, `order-id`.
    pub id: Option<Text>,
    /// Its type, `int64`.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// Its value.
    pub max: Option<Whole>,
    /// How much of it is used.
    pub current: Option<Whole>,
    /// When that was measured, `2017-10-01`.
    pub measured_on: Option<Date>,
    /// How much is used up each day.
    pub per_day: Option<Number>,
    /// How long a fix takes, `120d`.
    pub lead_time: Option<Length>,
}

/// The last review of a runbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct RunbookReview {
    /// When, `2026-05-01`.
    pub last_reviewed: Option<Date>,
    /// By which role.
    pub by: Option<Text>,
}

impl Services {
    /// The catalogue, and what is wrong with its fields.
    pub(super) fn read(self, settings: &Settings, reader: &mut Reader<'_>) -> Catalogue {
        let top = &Path::TOP;
        let catalogue = Catalogue {
            present: true,
            teams: reader.entries(top, "teams", self.teams, Team::read),
            infra: reader.entries(top, "infra", self.infra, |id, infra, reader, at| {
                reader.id_shape(at, &id);
                model::Infra {
                    id,
                    kind: filled(infra.kind),
                    name: reader.localized(at, "name", infra.name),
                    isolation: reader.localized(at, "isolation", infra.isolation),
                }
            }),
            services: reader.entries(top, "services", self.services, Service::read),
        };
        check(&catalogue, settings, reader);
        catalogue
    }
}

impl Team {
    fn read(id: String, written: Self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Team {
        reader.id_shape(at, &id);
        model::Team {
            id,
            name: reader.localized(at, "name", written.name),
            zone: reader.zone(at, "timezone", written.timezone),
            calendar: calendar(written.calendar, reader, at),
            accountable: filled(written.accountable),
        }
    }
}

impl Service {
    fn read(id: String, written: Self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Service {
        reader.id_shape(at, &id);
        let mut classes = reader.each(at, "class_history", written.class_history, |entry, reader, at| {
            let class = filled(entry.class).unwrap_or_else(|| {
                reader.missing(at, "class");
                String::new()
            });
            model::ClassSince { since: reader.date(at, "since", entry.since), class }
        });
        if let Some(class) = filled(written.class) {
            if classes.is_empty() {
                classes.push(model::ClassSince { since: None, class });
            } else {
                // two answers to one question: the history, which says more, is kept
                reader.fault(&at.key("class"), model::FaultKind::DuplicateKey { key: "class".to_owned() });
            }
        }
        let service = model::Service {
            id,
            name: reader.localized(at, "name", written.name),
            public_name: reader.localized(at, "public_name", written.public_name),
            gender: reader.word(at, "pt_gender", written.pt_gender),
            en_number: reader.word(at, "en_number", written.en_number),
            owner: filled(written.owner),
            role: filled(written.role),
            classes,
            runs_on: reader.texts(at, "runs_on", written.runs_on),
            depends_on: reader.each(at, "depends_on", written.depends_on, |dependency, reader, at| {
                let service = filled(dependency.service).unwrap_or_else(|| {
                    reader.missing(at, "service");
                    String::new()
                });
                model::Dependency { service, kind: reader.word(at, "kind", dependency.kind) }
            }),
            supported_uses: reader.texts(at, "supported_uses", written.supported_uses),
            escalation: reader.each(at, "escalation", written.escalation, |escalation, reader, at| {
                model::Escalation {
                    after: reader.length(at, "after", escalation.after),
                    to: filled(escalation.to),
                }
            }),
            limits: reader.each(at, "limits", written.limits, |limit, reader, at| model::Limit {
                id: reader.id(at, "id", limit.id),
                kind: filled(limit.kind),
                max: limit.max.map(|number| number.0),
                current: limit.current.map(|number| number.0),
                measured_on: reader.date(at, "measured_on", limit.measured_on),
                per_day: number(limit.per_day),
                lead_time: reader.length(at, "lead_time", limit.lead_time),
            }),
            alerts: reader.texts(at, "alerts", written.alerts).into_iter().map(model::Alerted).collect(),
            runbook: reader.part(at, "runbook", written.runbook, |review, reader, at| model::RunbookReview {
                last_reviewed: reader.date(at, "last_reviewed", review.last_reviewed),
                by: filled(review.by),
            }),
        };
        reader.unique(at, "limits", service.limits.iter().map(|limit| limit.id.as_str()));
        service
    }
}

/// An embedded calendar by its name.
pub(super) fn calendar(name: Option<Text>, reader: &mut Reader<'_>, at: &Path<'_>) -> Option<Calendar> {
    let name = filled(name)?;
    let calendar = Calendar::named(&name);
    if calendar.is_none() {
        let near = reader.near(&name, Calendar::NAMES);
        reader.invalid(&at.key("calendar"), &name, ExpectedValue::Calendar(&Calendar::NAMES), near);
    }
    calendar
}

/// The embedded calendars, or nothing, for the schema.
pub(super) fn calendars_or_null() -> Vec<Option<&'static str>> {
    Calendar::NAMES.into_iter().map(Some).chain([None]).collect()
}

/// What a service names must be there.
fn check(catalogue: &Catalogue, settings: &Settings, reader: &mut Reader<'_>) {
    let names = Names::of(catalogue);
    let services = Path::TOP.key("services");
    for service in &catalogue.services {
        let here = &services.key(&service.id);
        if let Some(owner) = service.owner.as_deref().filter(|owner| !owner.starts_with("role:")) {
            names.team(reader, &here.key("owner"), owner);
        }
        let runs_on = here.key("runs_on");
        for (i, unit) in service.runs_on.iter().enumerate() {
            names.infra(reader, &runs_on.at(i), unit);
        }
        let depends_on = here.key("depends_on");
        for (i, dependency) in service.depends_on.iter().enumerate() {
            names.service_or_infra(reader, &depends_on.at(i).key("service"), &dependency.service);
        }
        let history = here.key("class_history");
        for (i, entry) in service.classes.iter().enumerate() {
            if entry.class.is_empty() || settings.class(&entry.class).is_some() {
                continue;
            }
            let known = settings.classes.iter().map(|class| class.key.as_str());
            // a class that was always in force may be the short form
            match entry.since {
                None if service.classes.len() == 1 => {
                    reader.dangling(&here.key("class"), &entry.class, Target::Class, known);
                }
                _ => reader.dangling(&history.at(i).key("class"), &entry.class, Target::Class, known),
            }
        }
    }
}
