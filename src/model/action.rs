//! What will be done about it (actions: *Lifecycle*).

use super::{ActionEffect, ActionStatus, ActionType, Detects, EvidenceKind, Localized, Priority, Strength};
use crate::time::Date;

/// One action item.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Unique in the file; spoken of as `<incident>/<id>`.
    pub id: String,
    /// In an imperative sentence.
    pub title: Localized,
    /// What for.
    pub kind: Option<ActionType>,
    /// What a detecting action looks at.
    pub detects: Option<Detects>,
    /// What it changes.
    pub effect: Option<ActionEffect>,
    /// How strongly it holds.
    pub strength: Option<Strength>,
    /// How soon.
    pub priority: Option<Priority>,
    /// The one accountable: `role:x` or a handle.
    pub owner: Option<String>,
    /// Who helps.
    pub contributors: Vec<String>,
    /// The team's id in the catalogue.
    pub team: Option<String>,
    /// When it was written down.
    pub created_on: Option<Date>,
    /// When it must be done: the due day counts to its end.
    pub due: Option<Due>,
    /// Where it stands.
    pub status: ActionStatus,
    /// What it waits for.
    pub blocked_by: Option<String>,
    /// When it was done.
    pub done_on: Option<Date>,
    /// How to tell that it is finished.
    pub done_when: Option<Localized>,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// Who confirmed that it works.
    pub verified: Option<Addressed>,
    /// Every time the due date moved.
    pub slips: Vec<Slip>,
    /// Why it was dropped.
    pub withdrawal: Option<Withdrawal>,
    /// The pointer into a tracker; internal.
    pub tracker: Option<Tracker>,
    /// Ids of the impacts and causes it is for.
    pub addresses: Vec<String>,
    /// It was promised in public.
    pub public_commitment: bool,
    /// A remark for readers.
    pub note: Option<Localized>,
    /// Where to read more.
    pub links: Vec<Link>,
}

/// A due date, or the words that stand in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// A civil date.
    On(Date),
    /// Words that are no date: "after Black Friday".
    Words(String),
}

impl Due {
    /// The date, when it is one.
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::On(date) => Some(*date),
            Self::Words(_) => None,
        }
    }
}

/// What shows that something is so.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What it is.
    pub kind: Option<EvidenceKind>,
    /// Where to look.
    pub reference: Option<String>,
    /// When it was seen.
    pub date: Option<Date>,
    /// A remark.
    pub note: Option<String>,
}

/// Who confirmed an action, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressed {
    /// The role.
    pub by: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// One move of a due date.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// The due date before.
    pub from: Option<Date>,
    /// The due date after.
    pub to: Option<Date>,
    /// When it was moved.
    pub date: Option<Date>,
    /// Why.
    pub reason: Option<Localized>,
    /// The role that agreed.
    pub approved_by: Option<String>,
}

/// Why an action was dropped.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    /// Why.
    pub reason: Localized,
    /// The role that agreed.
    pub approved_by: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// A pointer into a tracker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracker {
    /// `github`, `jira`, `linear`.
    pub system: Option<String>,
    /// Its key there.
    pub key: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// Where to read more, by language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub rel: Option<String>,
    /// Its address.
    pub href: Localized,
}
