//! Action items as rows, and the filters managers ask for.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    ledger::{self, Ledger, Told},
    measure::{ActionClasses, Measured, action_zone, days_late},
    model::{
        Action, ActionStatus, ActionType, Catalogue, Due, Incident, IncidentKind, Localized, Priority,
        Settings, Word,
    },
    time::{Date, Instant, Zone},
};

/// One action item, as `relato actions --format json` gives it (product: *Machine-readable contracts*).
#[derive(Clone, Debug, PartialEq)]
pub struct ActionRow {
    /// The further workspace that it is of; `None` for this one.
    pub repository: Option<String>,
    /// The incident's id; `name:id` in a further workspace.
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
    /// How often its due date moved to a later day; `None` where the history that would tell is not known.
    pub slips: Option<usize>,
    /// How often it did at least, as far as the file and the known part of the history say.
    pub slips_at_least: usize,
    /// The date it was first promised for; `None` where the history that would tell is not known.
    pub first_due: Option<Date>,
    /// Promised in public.
    pub public_commitment: bool,
    /// What keeps it from going on, as the file says.
    pub blocked_by: Option<String>,
    /// When it was done.
    pub done_on: Option<Date>,
    /// Whether the incident recurred while this fix was open; `None` where not all incidents were read.
    pub recurring: Option<bool>,
    /// The file, relative to the workspace.
    pub file: String,
    /// The line of the file it begins at, 1-based.
    pub line: usize,
    /// Its position in the file, from 0.
    pub position: usize,
}

impl ActionRow {
    /// The same, of a further workspace.
    #[must_use]
    pub fn of_repository(mut self, name: &str) -> Self {
        self.incident = format!("{name}:{}", self.incident);
        self.repository = Some(name.to_owned());
        self
    }

    /// Work is owed: open, or proposed.
    pub fn is_owed(&self) -> bool {
        self.status.is_open() || self.status == ActionStatus::Proposed
    }

    /// Its due date was put off. This is the one place that decides it.
    pub fn has_slipped(&self) -> bool {
        self.slips_at_least > 0
    }

    /// Work on it waits for something.
    pub fn is_blocked(&self) -> bool {
        self.status == ActionStatus::Blocked || (self.status.is_open() && self.blocked_by.is_some())
    }

    /// Whether it was done by its due day; `None` while it is not done, or a date is missing.
    pub fn was_on_time(&self) -> Option<bool> {
        let done = self.done_on.filter(|_| self.status.is_done())?;
        Some(done <= self.due?)
    }
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
    /// Only those whose due date was put off.
    pub slipped: bool,
    /// Only those that nobody answers for.
    pub unowned: bool,
    /// Only those that wait for something.
    pub blocked: bool,
    /// Only those promised in public.
    pub public: bool,
}

impl ActionFilter {
    /// Whether the row is wanted. Without `all` and without `statuses`, what is open or proposed.
    pub fn wants(&self, row: &ActionRow) -> bool {
        let state = if self.statuses.is_empty() {
            self.all || row.is_owed()
        } else {
            self.statuses.contains(&row.status)
        };
        state
            && (!self.overdue || row.days_overdue > 0)
            && self.due_within_days.is_none_or(|days| row.days_left.is_some_and(|left| left <= days))
            && (!self.slipped || row.has_slipped())
            && (!self.blocked || row.is_blocked())
            && self.concerns(row)
    }

    /// Whether the row is one of those asked about, in whatever state it is.
    pub fn concerns(&self, row: &ActionRow) -> bool {
        let any = |wanted: &[String], given: Option<&str>, prefix: &str| {
            let bare = |text: &str| text.strip_prefix(prefix).unwrap_or(text).to_owned();
            wanted.is_empty()
                || given.is_some_and(|given| wanted.iter().any(|want| bare(want) == bare(given)))
        };
        any(&self.owners, row.owner.as_deref(), "role:")
            && any(&self.teams, row.team.as_deref(), "team:")
            && (self.priorities.is_empty()
                || row.priority.is_some_and(|priority| self.priorities.contains(&priority)))
            && (!self.unowned || row.owner.is_none())
            && (!self.public || row.public_commitment)
    }
}

/// One action item as of no moment: what a row is made of, in a form that can be kept from run to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionFacts {
    incident: String,
    id: String,
    title: Vec<(String, String)>,
    owner: Option<String>,
    team: Option<String>,
    class: Option<String>,
    priority: Option<Kept<Priority>>,
    kind: Option<Kept<ActionType>>,
    status: Kept<ActionStatus>,
    created_on: Option<Date>,
    due: Option<Date>,
    zone: KeptZone,
    slips: Vec<(Option<Date>, Option<Date>)>,
    public_commitment: bool,
    blocked_by: Option<String>,
    done_on: Option<Date>,
    position: usize,
}

impl ActionFacts {
    /// The facts of one incident's actions, in the order of the file.
    pub fn of(
        incident: &Incident,
        measured: &Measured,
        settings: &Settings,
        catalogue: &Catalogue,
    ) -> Vec<Self> {
        let classes = ActionClasses::of(incident, measured, settings);
        let facts = |(position, action): (usize, &Action)| Self {
            incident: incident.id.clone(),
            id: action.id.clone(),
            title: action.title.iter().map(|(tag, text)| (tag.to_owned(), text.to_owned())).collect(),
            owner: action.owner.clone(),
            team: action.team.clone(),
            class: classes.served_by(action).map(str::to_owned),
            priority: action.priority.map(Kept),
            kind: action.kind.map(Kept),
            status: Kept(action.status),
            created_on: action.created_on,
            due: action.due.as_ref().and_then(Due::date),
            zone: KeptZone(action_zone(action, incident, settings, catalogue)),
            slips: Told::of(action).slips,
            public_commitment: action.public_commitment,
            blocked_by: action.blocked_by.clone(),
            done_on: action.done_on,
            position,
        };
        incident.actions.iter().enumerate().map(facts).collect()
    }

    /// Whether [`of`](Self::of) gives the same at every moment: while announced work goes on, the start of an impact,
    /// and with it the class in force, may still move.
    pub fn last(incident: &Incident) -> bool {
        !(incident.kind == IncidentKind::Maintenance && incident.status.is_ongoing())
    }

    /// The row as of a moment, its line still to be filled in by whoever has the text. The ledger tells what the file does
    /// not: it must be that of the tree that is read.
    pub fn row(self, file: &str, as_of: Instant, ledger: Option<&Ledger>) -> ActionRow {
        let (status, zone) = (self.status.0, self.zone.0);
        let history = ledger.and_then(|ledger| ledger.incident(&self.incident)?.action(&self.id));
        let told = Told { status: Some(status), due: self.due, slips: self.slips };
        let slips = ledger::slips(ledger, history, &told);
        let today = zone.date(as_of);
        ActionRow {
            repository: None,
            incident: self.incident,
            id: self.id,
            title: Localized::new(self.title),
            owner: self.owner,
            team: self.team,
            class: self.class,
            priority: self.priority.map(|kept| kept.0),
            kind: self.kind.map(|kept| kept.0.word()),
            status,
            created_on: self.created_on,
            due: self.due,
            days_overdue: days_late(status, self.due, &zone, as_of),
            days_left: self.due.filter(|_| status.is_open()).map(|due| (due - today).num_days()),
            age_days: self.created_on.map(|created| (today - created).num_days()),
            slips: Some(slips.count).filter(|_| slips.complete),
            slips_at_least: slips.count,
            first_due: slips.first_due.filter(|_| slips.complete),
            public_commitment: self.public_commitment,
            blocked_by: self.blocked_by,
            done_on: self.done_on,
            recurring: None,
            file: file.to_owned(),
            line: 1,
            position: self.position,
        }
    }
}

/// A word of the format, kept as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kept<W>(W);

impl<W: Word + Copy> Serialize for Kept<W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl<'de, W: Word> Deserialize<'de> for Kept<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = <&str>::deserialize(deserializer)?;
        W::read(word).map(Self).ok_or_else(|| D::Error::custom("no word of the format"))
    }
}

/// A zone, kept by its name.
#[derive(Clone, Copy, Debug, PartialEq)]
struct KeptZone(Zone);

impl Serialize for KeptZone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de> Deserialize<'de> for KeptZone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <&str>::deserialize(deserializer)?;
        Zone::named(name).map(Self).ok_or_else(|| D::Error::custom("no time zone"))
    }
}

impl Serialize for ActionRow {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let titles: std::collections::BTreeMap<&str, &str> = self.title.iter().collect();
        let mut row = serializer.serialize_struct("action", 24)?;
        row.serialize_field("repository", &self.repository)?;
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
        row.serialize_field("slips_at_least", &self.slips_at_least)?;
        row.serialize_field("first_due", &self.first_due)?;
        row.serialize_field("public_commitment", &self.public_commitment)?;
        row.serialize_field("blocked_by", &self.blocked_by)?;
        row.serialize_field("done_on", &self.done_on)?;
        row.serialize_field("recurring", &self.recurring)?;
        row.serialize_field("file", &self.file)?;
        row.serialize_field("line", &self.line)?;
        row.end()
    }
}
