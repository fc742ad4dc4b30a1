//! Action items as rows, and the filters managers ask for.

use serde::Serialize;

use crate::{
    measure::{ActionClasses, Measured, action_zone, days_overdue},
    model::{Action, ActionStatus, Catalogue, Due, Incident, Localized, Priority, Settings},
    time::{Date, Instant},
};

/// One action item, as `relato actions --format json` gives it (product: *Machine-readable contracts*).
#[derive(Clone, Debug, PartialEq)]
pub struct ActionRow {
    /// The incident's id.
    pub incident: String,
    /// The action's id in its incident.
    pub id: String,
    /// Its title in every language.
    pub title: Localized,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its team.
    pub team: Option<String>,
    /// The strictest class it serves.
    pub class: Option<String>,
    /// How soon.
    pub priority: Option<Priority>,
    /// What for, as a word of the format.
    pub kind: Option<&'static str>,
    /// Where it stands.
    pub status: ActionStatus,
    /// When it was written down.
    pub created_on: Option<Date>,
    /// When it must be done.
    pub due: Option<Date>,
    /// Civil days overdue; 0 when it is not.
    pub days_overdue: i64,
    /// Civil days until it is due, for an open action with a date; negative when overdue.
    pub days_left: Option<i64>,
    /// Civil days since it was written down.
    pub age_days: Option<i64>,
    /// How often its due date moved, as far as the file says; `None` where that is not known.
    pub slips: Option<usize>,
    /// Promised in public.
    pub public_commitment: bool,
    /// The file, relative to the workspace.
    pub file: String,
    /// The line of the file it begins at, 1-based.
    pub line: usize,
    /// Its position in the file, from 0.
    pub position: usize,
}

/// Which actions are wanted; everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct ActionFilter {
    /// Those that are done or dropped, too.
    pub all: bool,
    /// Only overdue ones.
    pub overdue: bool,
    /// Only open ones due within so many days, overdue ones included.
    pub due_within_days: Option<i64>,
    /// Only of these owners, with or without `role:`.
    pub owners: Vec<String>,
    /// Only of these teams.
    pub teams: Vec<String>,
    /// Only in these states.
    pub statuses: Vec<ActionStatus>,
    /// Only of these priorities.
    pub priorities: Vec<Priority>,
}

impl ActionFilter {
    /// Whether the row is wanted. Without `all` and without `statuses`, what is open or proposed.
    pub fn wants(&self, row: &ActionRow) -> bool {
        let any = |wanted: &[String], given: Option<&str>, prefix: &str| {
            let bare = |text: &str| text.strip_prefix(prefix).unwrap_or(text).to_owned();
            wanted.is_empty()
                || given.is_some_and(|given| wanted.iter().any(|want| bare(want) == bare(given)))
        };
        let state = if self.statuses.is_empty() {
            self.all || row.status.is_open() || row.status == ActionStatus::Proposed
        } else {
            self.statuses.contains(&row.status)
        };
        state
            && (!self.overdue || row.days_overdue > 0)
            && self.due_within_days.is_none_or(|days| row.days_left.is_some_and(|left| left <= days))
            && any(&self.owners, row.owner.as_deref(), "role:")
            && any(&self.teams, row.team.as_deref(), "team:")
            && (self.priorities.is_empty()
                || row.priority.is_some_and(|priority| self.priorities.contains(&priority)))
    }
}

/// The rows of one incident's actions that the filter wants, in the order of the file. Lines are filled in by whoever has the
/// text.
pub fn action_rows(
    file: &str,
    incident: &Incident,
    measured: &Measured,
    settings: &Settings,
    catalogue: &Catalogue,
    as_of: Instant,
    filter: &ActionFilter,
) -> Vec<ActionRow> {
    let classes = ActionClasses::of(incident, measured, settings);
    let row = |(position, action): (usize, &Action)| {
        let zone = action_zone(action, incident, settings, catalogue);
        let today = zone.date(as_of);
        let due = action.due.as_ref().and_then(Due::date);
        let row = ActionRow {
            incident: incident.id.clone(),
            id: action.id.clone(),
            title: action.title.clone(),
            owner: action.owner.clone(),
            team: action.team.clone(),
            class: classes.served_by(action).map(str::to_owned),
            priority: action.priority,
            kind: action.kind.map(|kind| kind.word()),
            status: action.status,
            created_on: action.created_on,
            due,
            days_overdue: days_overdue(action, incident, settings, catalogue, as_of),
            days_left: due.filter(|_| action.status.is_open()).map(|due| (due - today).num_days()),
            age_days: action.created_on.map(|created| (today - created).num_days()),
            slips: Some(action.slips.len()).filter(|slips| *slips > 0),
            public_commitment: action.public_commitment,
            file: file.to_owned(),
            line: 1,
            position,
        };
        filter.wants(&row).then_some(row)
    };
    incident.actions.iter().enumerate().filter_map(row).collect()
}

impl Serialize for ActionRow {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let titles: std::collections::BTreeMap<&str, &str> = self.title.iter().collect();
        let mut row = serializer.serialize_struct("action", 18)?;
        row.serialize_field("incident", &self.incident)?;
        row.serialize_field("id", &self.id)?;
        row.serialize_field("title", &titles)?;
        row.serialize_field("owner", &self.owner)?;
        row.serialize_field("team", &self.team)?;
        row.serialize_field("class", &self.class)?;
        row.serialize_field("priority", &self.priority.map(Priority::word))?;
        row.serialize_field("type", &self.kind)?;
        row.serialize_field("status", self.status.word())?;
        row.serialize_field("created_on", &self.created_on)?;
        row.serialize_field("due", &self.due)?;
        row.serialize_field("overdue", &(self.days_overdue > 0))?;
        row.serialize_field("days_overdue", &self.days_overdue)?;
        row.serialize_field("age_days", &self.age_days)?;
        row.serialize_field("slips", &self.slips)?;
        row.serialize_field("public_commitment", &self.public_commitment)?;
        row.serialize_field("file", &self.file)?;
        row.serialize_field("line", &self.line)?;
        row.end()
    }
}
