//! Tickets of trackers: what their exports say of the state of an action, and actions as a tracker takes them in. The file is
//! the record and the ticket a pointer; nothing here asks a server.

mod github;
mod jira;
mod matching;
mod row;

use crate::time::{Date, Instant, Zone, read_date, read_instant};

pub use matching::Tickets;
pub use row::{TicketRow, ticket_rows};

/// The largest export that is read, in bytes.
pub const EXPORT_LIMIT: u64 = 64 << 20;

/// The most tickets of one export.
pub const MOST_TICKETS: usize = 200_000;

/// The longest text of a ticket that is kept, in characters.
const LONGEST: usize = 300;

/// A tracker whose exports are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// A CSV of Jira's issue navigator.
    Jira,
    /// JSON of `gh issue list --json …`, or of GitHub's REST API.
    Github,
    /// JSON of `glab issue list -F json`, or of GitLab's REST API.
    Gitlab,
}

impl System {
    /// As `tracker.system` writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Jira => "jira",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
        }
    }
}

/// How far a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketState {
    /// Not begun, as far as the tracker says.
    Open,
    /// Being worked on.
    InProgress,
    /// Waiting for something.
    Blocked,
    /// Done.
    Done,
    /// Closed without being done.
    Dropped,
}

impl TicketState {
    /// In a word, for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in_progress",
            Self::Blocked => "blocked",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// When something happened, as far as an export says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At a moment.
    At(Instant),
    /// On a day of nobody knows which zone.
    On(Date),
}

impl When {
    /// The day in a zone.
    pub fn date(self, zone: &Zone) -> Date {
        match self {
            Self::At(at) => zone.date(at),
            Self::On(date) => date,
        }
    }

    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let at = || read_instant(text, None).ok().map(|written| Self::At(written.at));
        let day = || text.get(..10).and_then(read_date).map(Self::On);
        read_date(text).map(Self::On).or_else(at).or_else(day)
    }
}

/// One ticket of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// `OD-101`, `owner/repository#12`, `group/project#12`.
    pub key: String,
    /// Its address for people.
    pub url: Option<String>,
    /// What it is called.
    pub title: String,
    /// How far it is.
    pub state: TicketState,
    /// The tracker's own word for that.
    pub said: String,
    /// When it was closed.
    pub closed: Option<When>,
    /// When it is due.
    pub due: Option<Date>,
}

/// What an export holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Of which tracker.
    pub system: System,
    /// Its tickets, in its order.
    pub tickets: Vec<Ticket>,
    /// How many entries are no tickets: without a key, or a state.
    pub left_out: usize,
}

/// Why a file is no export that is understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrackerError {
    /// It is not UTF-8.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// It is no JSON.
    #[error("it is not JSON: {0}")]
    NotJson(String),
    /// It is JSON, and no list of issues.
    #[error("it is not a list of issues of GitHub or GitLab")]
    NoIssues,
    /// It is a table without the columns that tell a ticket and its state.
    #[error("it has no column `{0}`")]
    NoColumn(&'static str),
    /// It is no table.
    #[error("it is not CSV: {0}")]
    NotCsv(String),
    /// It holds more tickets than are read.
    #[error("it holds more than {MOST_TICKETS} tickets")]
    TooMany,
}

impl TrackerError {
    /// What the error says. What the reader of JSON or CSV says itself stays as it says it.
    pub fn in_portuguese(&self) -> String {
        match self {
            Self::NotUtf8 => "não está em UTF-8".to_owned(),
            Self::NotJson(why) => format!("não é JSON: {why}"),
            Self::NoIssues => "não é uma lista de issues do GitHub nem do GitLab".to_owned(),
            Self::NoColumn(column) => format!("falta a coluna `{column}`"),
            Self::NotCsv(why) => format!("não é CSV: {why}"),
            Self::TooMany => format!("tem mais de {MOST_TICKETS} tickets"),
        }
    }
}

/// Reads an export: of the tracker told, else of the one it looks like.
///
/// # Errors
/// When it is none.
pub fn read_export(bytes: &[u8], from: Option<System>) -> Result<Export, TrackerError> {
    let text = std::str::from_utf8(bytes).map_err(|_| TrackerError::NotUtf8)?;
    let text = text.trim_start_matches('\u{feff}');
    match from {
        Some(System::Jira) => jira::read(text),
        Some(system) => github::read(text, Some(system)),
        None if text.trim_start().starts_with(['[', '{']) => github::read(text, None),
        None => jira::read(text),
    }
}

/// A text of a ticket on one line, and no longer than anyone reads.
fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(LONGEST).collect();
    words.join(" ").chars().take(LONGEST).collect()
}
