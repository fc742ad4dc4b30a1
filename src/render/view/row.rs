//! Rows of the site's lists: small enough to be kept for every incident while models are let go.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Named, Teller,
    internal::internal_action,
    public::{nameless, public_actions},
};
use crate::{
    measure::Verdict,
    model::{Audience, Due},
    render::{RenderError, escape},
    time::Date,
};

/// One line of the list of incidents, in one language, for one audience.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct IncidentRow {
    /// The incident's id.
    pub id: String,
    /// What the list is sorted by, newest first: the date its id starts with, else of its first impact.
    #[serde(skip)]
    pub date: Option<Date>,
    /// The date in words.
    day: Option<String>,
    /// Plain text on one line.
    title: String,
    /// Incident, near miss or maintenance.
    kind: Row,
    /// How far the record is.
    status: Row,
    /// Still fought or watched.
    ongoing: bool,
    services: String,
    lasted: Option<String>,
    /// The gravest verdict among its impacts.
    verdict: Option<Row>,
    /// The way to its page from the list.
    href: String,
}

/// One line of the board of actions, in one language, for one audience.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ActionRow {
    /// The incident's id.
    pub incident: String,
    /// The action's id.
    #[serde(skip)]
    pub id: String,
    /// What the board is sorted by.
    #[serde(skip)]
    pub due_date: Option<Date>,
    /// By how many days it is late; 0 when it is not.
    pub days_overdue: i64,
    /// Work is still owed.
    pub open: bool,
    /// Plain text on one line.
    title: String,
    incident_title: String,
    /// The way to the incident's page from the board.
    href: String,
    /// The due date in words.
    due: Option<String>,
    /// How far it is.
    state: Row,
    /// Internal boards only.
    owner: Option<String>,
    /// Internal boards only.
    priority: Option<String>,
    /// `5 days late`; `None` when it is not.
    late: Option<String>,
}

impl IncidentRow {
    /// Still fought or watched.
    pub fn ongoing(&self) -> bool {
        self.ongoing
    }
}

/// A word of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub(in crate::render) struct Row {
    key: String,
    /// What readers call it.
    name: String,
}

impl From<Named> for Row {
    fn from(named: Named) -> Self {
        Self { key: named.key, name: named.name }
    }
}

/// The line of an incident.
pub(in crate::render) fn incident_row(
    teller: &Teller<'_>,
    audience: Audience,
    href: String,
) -> Result<IncidentRow, RenderError> {
    let incident = teller.incident;
    let mut services: Vec<String> = Vec::new();
    for (at, impact) in incident.impacts.iter().enumerate() {
        let name = match audience {
            Audience::Internal => teller.internal_name(&impact.service),
            Audience::Public => match teller.public_name(&impact.service) {
                Some(name) => name,
                None => nameless(teller, at)?,
            },
        };
        if !services.contains(&name) {
            services.push(name);
        }
    }
    let first = incident.impacts.iter().filter_map(|i| i.started.as_ref()?.interval().earliest).min();
    let date = teller.date_of_id().or_else(|| first.map(|at| teller.zone.date(at)));
    let gravest = teller.measured.impacts.iter().map(|m| m.verdict).max_by_key(|verdict| match verdict {
        Verdict::Breached => 4,
        Verdict::Indeterminate => 3,
        Verdict::Running => 2,
        Verdict::Met => 1,
        Verdict::NotJudged(_) => 0,
    });
    Ok(IncidentRow {
        id: incident.id.clone(),
        date,
        day: date.map(|date| teller.language.short_date(date)),
        title: teller.title(),
        kind: teller.name("kind", incident.kind.word())?.into(),
        status: teller.name("status", incident.status.word())?.into(),
        ongoing: incident.status.is_ongoing(),
        services: services.join(", "),
        lasted: teller.extent()?.lasted(),
        verdict: gravest.map(|v| teller.name("verdict", v.word())).transpose()?.map(Into::into),
        href,
    })
}

/// The lines of an incident's actions. `overdue` tells by how many days an action is late, by its id.
pub(in crate::render) fn action_rows(
    teller: &Teller<'_>,
    audience: Audience,
    href: &str,
    overdue: &dyn Fn(&str) -> i64,
) -> Result<Vec<ActionRow>, RenderError> {
    let mut rows = Vec::new();
    let incident_title = teller.title();
    match audience {
        Audience::Public => {
            for (action, told) in public_actions(teller, &mut Vec::new())? {
                rows.push((action, told.title, told.due, told.state, None, None));
            }
        }
        Audience::Internal => {
            for action in &teller.incident.actions {
                let told = internal_action(teller, action)?;
                rows.push((action, told.title, told.due, told.state, told.owner, told.priority));
            }
        }
    }
    let rows = rows.into_iter().map(|(action, title, due, state, owner, priority)| {
        let days_overdue = overdue(&action.id).max(0);
        let late = (days_overdue > 0)
            .then(|| teller.say("days-late", &[("days", days_overdue.into())]))
            .transpose()?;
        Ok(ActionRow {
            incident: escape::one_line(&teller.incident.id),
            id: action.id.clone(),
            due_date: action.due.as_ref().and_then(Due::date),
            days_overdue,
            open: action.status.is_open(),
            title,
            incident_title: incident_title.clone(),
            href: href.to_owned(),
            due,
            state: state.into(),
            owner,
            priority,
            late,
        })
    });
    rows.collect()
}
