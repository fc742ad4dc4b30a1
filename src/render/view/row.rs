//! Rows of the site's lists: small enough to be kept for every incident while models are let go.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Named, Teller,
    internal::internal_action,
    public::{nameless, public_actions},
};
use crate::{
    measure::{ActionClasses, Verdict},
    model::{Action, ActionStatus, Audience, Due},
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
    pub(in crate::render) day: Option<String>,
    /// Plain text on one line.
    pub(in crate::render) title: String,
    /// Incident, near miss or maintenance.
    kind: Row,
    /// How far the record is.
    status: Row,
    /// Still fought or watched.
    ongoing: bool,
    pub(in crate::render) services: String,
    pub(in crate::render) lasted: Option<String>,
    /// The gravest verdict among its impacts.
    verdict: Option<Row>,
    /// The way to its page from the folder of its language.
    pub(in crate::render) href: String,
    /// What each of its impacts did to a service.
    #[serde(skip)]
    pub(in crate::render) hits: Vec<Hit>,
}

/// One impact, as the page of its service tells it.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub(in crate::render) struct Hit {
    /// The key of the service's page; `None` of a service that its readers know no name of.
    #[serde(skip)]
    pub(in crate::render) key: Option<String>,
    /// The impact's id, which only the program sees.
    #[serde(skip)]
    pub(in crate::render) impact: String,
    /// The service, as its readers call it.
    pub(in crate::render) name: String,
    /// Time to recover.
    ttr: String,
    /// What users noticed.
    level: Row,
    pub(in crate::render) verdict: Row,
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
    /// The way to the incident's page from the folder of its language.
    href: String,
    /// The due date in words.
    due: Option<String>,
    /// The due date as machines write it, for sorting.
    due_iso: Option<String>,
    /// How far it is.
    pub(in crate::render) state: Row,
    /// `5 days late`; `None` when it is not.
    late: Option<String>,
    /// Internal boards only.
    pub(in crate::render) inside: Option<ActionInside>,
}

/// What only an internal board shows.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub(in crate::render) struct ActionInside {
    /// The action's id.
    id: String,
    /// Who answers for it.
    pub(in crate::render) owner: Option<String>,
    /// The team's name.
    pub(in crate::render) team: Option<String>,
    /// The strictest class it serves.
    pub(in crate::render) class: Option<String>,
    /// How soon.
    pub(in crate::render) priority: Option<String>,
    /// The way to its line in the repository.
    source: Option<String>,
}

impl ActionRow {
    /// Nobody has accepted it yet.
    pub(in crate::render) fn is_proposed(&self) -> bool {
        self.state.key == ActionStatus::Proposed.word()
    }

    /// By id, `A2` before `A10`.
    pub(in crate::render) fn by_id(&self, other: &Self) -> Ordering {
        natural(&self.incident, &other.incident).then_with(|| natural(&self.id, &other.id))
    }
}

/// Texts with their numbers compared as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (m, n) = (digits(left), digits(right));
        if m > 0 && n > 0 {
            let ((own, left_rest), (other, right_rest)) = (left.split_at(m), right.split_at(n));
            let (own, other) = (own.trim_start_matches('0'), other.trim_start_matches('0'));
            let order = own.len().cmp(&other.len()).then_with(|| own.cmp(other));
            if order != Ordering::Equal {
                return order;
            }
            (left, right) = (left_rest, right_rest);
            continue;
        }
        let (mut own, mut other) = (left.chars(), right.chars());
        match (own.next(), other.next()) {
            (None, None) => return a.cmp(b),
            (x, y) if x != y => return x.cmp(&y),
            _ => (left, right) = (own.as_str(), other.as_str()),
        }
    }
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
    pub(in crate::render) key: String,
    /// What readers call it.
    pub(in crate::render) name: String,
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
    let mut hits = Vec::new();
    for (at, impact, measured) in teller.impacts() {
        let known = match audience {
            Audience::Internal => Some(teller.internal_name(&impact.service)),
            Audience::Public => teller.public_name(&impact.service),
        };
        let key = known.as_ref().and_then(|_| teller.service_key(audience, &impact.service));
        let name = match known {
            Some(name) => name,
            None => nameless(teller, at)?,
        };
        if !services.contains(&name) {
            services.push(name.clone());
        }
        hits.push(Hit {
            key,
            impact: impact.id.clone(),
            name,
            ttr: teller.lasted(measured)?,
            level: teller.name("level", impact.level.word())?.into(),
            verdict: teller.name("verdict", measured.verdict.word())?.into(),
        });
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
        hits,
    })
}

/// What is known of an action only now and here, by its position in the file.
pub trait ActionsNow {
    /// By how many days it is late; 0 when it is not.
    fn days_overdue(&self, at: usize) -> i64;
    /// The address of its line in the repository.
    fn source(&self, at: usize) -> Option<String>;
}

/// The lines of an incident's actions.
pub(in crate::render) fn action_rows(
    teller: &Teller<'_>,
    audience: Audience,
    href: &str,
    now: &dyn ActionsNow,
) -> Result<Vec<ActionRow>, RenderError> {
    let mut rows = Vec::new();
    let incident_title = teller.title();
    let position = |action: &Action| teller.incident.actions.iter().position(|own| std::ptr::eq(own, action));
    match audience {
        Audience::Public => {
            for (action, told) in public_actions(teller, &mut Vec::new())? {
                rows.push((position(action), action, told.title, told.due, told.state, None));
            }
        }
        Audience::Internal => {
            let classes = ActionClasses::of(teller.incident, teller.measured, teller.settings);
            for (at, action) in teller.incident.actions.iter().enumerate() {
                let told = internal_action(teller, action)?;
                let inside = ActionInside {
                    id: told.id,
                    owner: told.owner,
                    team: action.team.as_deref().map(|team| teller.team_name(team)),
                    class: classes.served_by(action).map(|class| teller.class_name(class)),
                    priority: told.priority,
                    source: now.source(at),
                };
                rows.push((Some(at), action, told.title, told.due, told.state, Some(inside)));
            }
        }
    }
    let rows = rows.into_iter().map(|(at, action, title, due, state, inside)| {
        let days_overdue = at.map_or(0, |at| now.days_overdue(at)).max(0);
        let late = (days_overdue > 0)
            .then(|| teller.say("days-late", &[("days", days_overdue.into())]))
            .transpose()?;
        let due_date = action.due.as_ref().and_then(Due::date);
        Ok(ActionRow {
            incident: escape::one_line(&teller.incident.id),
            id: action.id.clone(),
            due_date,
            days_overdue,
            open: action.status.is_open(),
            title,
            incident_title: incident_title.clone(),
            href: href.to_owned(),
            due,
            due_iso: due_date.map(|date| date.to_string()),
            state: state.into(),
            late,
            inside,
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_ids_are_compared_as_numbers() {
        let mut ids = ["A10", "A2", "A1", "B1", "A", "A02", "A2b", "2017-11-10-oms"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(ids, ["2017-11-10-oms", "A", "A1", "A02", "A2", "A2b", "A10", "B1"]);
    }
}
