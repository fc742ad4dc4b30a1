//! What became of action items between two states of a workspace, each judged as of its own moment.

use std::collections::{BTreeMap, BTreeSet};

use super::ActionRow;

/// What happened to an action between two states. One action may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happened {
    /// It is there, and was not.
    Opened,
    /// It is done or dropped, and was not, or was not there.
    Closed,
    /// It is due later than it was while it was open.
    Slipped,
    /// It is overdue, and was not.
    NewlyOverdue,
    /// It is open or proposed, and was done or dropped.
    Reopened,
    /// It is not there any more.
    Removed,
}

impl Happened {
    /// Every one, in the order of telling.
    pub const ALL: [Self; 6] =
        [Self::Opened, Self::Closed, Self::Slipped, Self::NewlyOverdue, Self::Reopened, Self::Removed];

    /// Its word in the JSON contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Closed => "closed",
            Self::Slipped => "slipped",
            Self::NewlyOverdue => "newly_overdue",
            Self::Reopened => "reopened",
            Self::Removed => "removed",
        }
    }
}

/// One action to which something happened.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionChange {
    /// What, at least one thing.
    pub happened: BTreeSet<Happened>,
    /// The action before; `None` when it was not there.
    pub before: Option<ActionRow>,
    /// The action after; `None` when it is gone.
    pub after: Option<ActionRow>,
}

impl ActionChange {
    /// The action as it is, or as it last was.
    pub fn row(&self) -> Option<&ActionRow> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// Every action to which something happened, by incident and id. Of two rows with one id the first counts.
pub fn action_changes(before: Vec<ActionRow>, after: Vec<ActionRow>) -> Vec<ActionChange> {
    let mut pairs: BTreeMap<(String, String), (Option<ActionRow>, Option<ActionRow>)> = BTreeMap::new();
    for row in before {
        pairs.entry(key(&row)).or_default().0.get_or_insert(row);
    }
    for row in after {
        pairs.entry(key(&row)).or_default().1.get_or_insert(row);
    }
    let changes = pairs.into_values().map(|(before, after)| ActionChange {
        happened: happened(before.as_ref(), after.as_ref()),
        before,
        after,
    });
    changes.filter(|change| !change.happened.is_empty()).collect()
}

fn key(row: &ActionRow) -> (String, String) {
    (row.incident.clone(), row.id.clone())
}

fn happened(before: Option<&ActionRow>, after: Option<&ActionRow>) -> BTreeSet<Happened> {
    let is_closed = |row: &ActionRow| row.status.is_done() || row.status.is_withdrawn();
    let Some(after) = after else { return before.map(|_| Happened::Removed).into_iter().collect() };
    let was_closed = before.is_some_and(is_closed);
    let later = before.is_some_and(|before| {
        before.status.is_open() && before.due.zip(after.due).is_some_and(|(from, to)| to > from)
    });
    let found = [
        (Happened::Opened, before.is_none()),
        (Happened::Closed, is_closed(after) && !was_closed),
        (Happened::Slipped, later),
        (
            Happened::NewlyOverdue,
            after.days_overdue > 0 && before.is_none_or(|before| before.days_overdue == 0),
        ),
        (Happened::Reopened, was_closed && !is_closed(after)),
    ];
    found.into_iter().filter(|(_, found)| *found).map(|(happened, _)| happened).collect()
}
