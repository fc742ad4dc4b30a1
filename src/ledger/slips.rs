//! How often a due date was put off, by what git saw and by what the file tells.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{ActionHistory, At, Change, Ledger};
use crate::{
    model::{Action, ActionStatus, Due, Slip},
    time::Date,
};

/// One move of a due date to a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The commit that made it; `None` while it is not committed.
    pub at: Option<At>,
    /// The date before.
    pub from: Date,
    /// The date after.
    pub to: Date,
}

/// How often an action was put off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slips {
    /// As far as is known. It is all there were only when the history is.
    pub count: usize,
    /// Whether nothing can be missing.
    pub complete: bool,
    /// The date it was first promised for.
    pub first_due: Option<Date>,
    /// The moves that git saw, or that are not committed yet, the oldest first.
    pub moves: Vec<Move>,
    /// Those of the action that had its id before.
    pub former: Vec<Move>,
    /// Those of the first that the file does not tell of.
    pub untold: Vec<Move>,
}

/// What an action's file says of its due date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Where it stands now.
    pub status: Option<ActionStatus>,
    /// When it must be done, now.
    pub due: Option<Date>,
    /// From and to, of each of its `slips`.
    pub slips: Vec<(Option<Date>, Option<Date>)>,
}

impl Told {
    /// What an action says.
    pub fn of(action: &Action) -> Self {
        let slip = |slip: &Slip| (slip.from, slip.to);
        Self {
            status: Some(action.status),
            due: action.due.as_ref().and_then(Due::date),
            slips: action.slips.iter().map(slip).collect(),
        }
    }
}

/// How often an action was put off: what git saw, what the file tells, and the change that is not committed yet, each
/// move once. Only a move to a later day counts, of an action that was accepted by then; one that was taken back does
/// not. Without a ledger only the file is asked, and what it does not tell is not known.
pub fn slips(ledger: Option<&Ledger>, history: Option<&ActionHistory>, told: &Told) -> Slips {
    let seen = history.map(|history| seen(history, told)).unwrap_or_default();
    let targets: HashSet<Date> = told.slips.iter().filter_map(|(_, to)| *to).collect();
    // the file may tell of several moves that one commit brought
    let untold: Vec<Move> = seen.moves.iter().filter(|it| !targets.contains(&it.to)).copied().collect();
    let is_later =
        |(from, to): &&(Option<Date>, Option<Date>)| from.zip(*to).is_none_or(|(from, to)| to > from);
    let written = told.slips.iter().filter(is_later).count();
    let first = told.slips.iter().filter_map(|(from, _)| *from).min();
    Slips {
        count: written + untold.len(),
        complete: ledger.is_some_and(|ledger| ledger.knows_all_of(history)),
        first_due: seen.first_due.into_iter().chain(first).min().or(told.due),
        moves: seen.moves,
        former: seen.former,
        untold,
    }
}

#[derive(Default)]
struct Seen {
    moves: Vec<Move>,
    former: Vec<Move>,
    first_due: Option<Date>,
}

fn seen(history: &ActionHistory, told: &Told) -> Seen {
    let mut seen = Seen::default();
    // a date that is withdrawn for a while and set anew has moved all the same
    let mut due: Option<Date> = None;
    let mut status = ActionStatus::Proposed;
    let mut reused_at = None;
    for entry in &history.entries {
        if reused_at != Some(entry.at) {
            seen.promised(status, due);
        }
        match &entry.change {
            Change::Opened(state) => (status, due) = (state.status, state.due),
            Change::Due { from, to: Some(to) } => {
                // the date of an action that has just taken over an id has not moved
                let owed = status.is_open() && reused_at != Some(entry.at);
                let before = due.replace(*to);
                seen.moved(Some(entry.at), from.or(before), *to, owed);
            }
            Change::Status { to, .. } => status = *to,
            // what follows is the history of another action
            Change::Retitled { reused: true, .. } => {
                let moves = std::mem::take(&mut seen.moves);
                seen = Seen { former: [seen.former, moves].concat(), ..Seen::default() };
                reused_at = Some(entry.at);
            }
            _ => {}
        }
    }
    seen.promised(status, due);
    if let Some(to) = told.due.filter(|to| due != Some(*to)) {
        seen.moved(None, due, to, status.is_open());
    }
    seen
}

impl Seen {
    fn promised(&mut self, status: ActionStatus, due: Option<Date>) {
        if status != ActionStatus::Proposed && self.first_due.is_none() {
            self.first_due = due;
        }
    }

    fn moved(&mut self, at: Option<At>, from: Option<Date>, to: Date, owed: bool) {
        let Some(from) = from else { return };
        while self.moves.last().is_some_and(|last| last.from >= to) {
            self.moves.pop();
        }
        if owed && to > from {
            self.moves.push(Move { at, from, to });
        }
    }
}
