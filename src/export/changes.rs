//! The ledger as a table: one row for each change of an action that the history tells.

use super::{
    Kind, Value,
    tables::{Table, number},
};
use crate::ledger::{Change, Entry, Ledger};

/// The columns of the table.
const COLUMNS: [(&str, Kind); 10] = [
    ("incident", Kind::Text),
    ("repository", Kind::Text),
    ("action", Kind::Text),
    ("position", Kind::Integer),
    ("commit", Kind::Text),
    ("committed_at", Kind::Instant),
    ("author", Kind::Text),
    ("change", Kind::Text),
    ("from", Kind::Text),
    ("to", Kind::Text),
];

/// The changes of every action there ever was, by incident and action, the oldest first. `repository` names a further
/// workspace, whose incidents are told as `id` tells them.
pub fn changes(ledger: &Ledger, repository: Option<&str>, id: impl Fn(&str) -> String) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for incident in ledger.incidents() {
        let told = id(&incident.id);
        for action in incident.actions() {
            for (position, entry) in action.entries.iter().enumerate() {
                let (change, from, to) = said(entry);
                let commit = ledger.commit(entry.at);
                rows.push(vec![
                    told.as_str().into(),
                    repository.into(),
                    action.id.as_str().into(),
                    number(position),
                    commit.map(|commit| commit.id().to_string()).as_deref().into(),
                    commit.map(|commit| commit.at()).into(),
                    ledger.author(entry.at).into(),
                    change.into(),
                    from.as_deref().into(),
                    to.as_deref().into(),
                ]);
            }
        }
    }
    rows
}

/// The table of these rows.
pub(super) fn table(rows: Vec<Vec<Value>>) -> Table {
    let columns = COLUMNS.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    Table { name: "ledger", columns, rows }
}

/// The kind of a change, and what stood there before and after, as the file writes it.
fn said(entry: &Entry) -> (&'static str, Option<String>, Option<String>) {
    let word = |word: &'static str| Some(word.to_owned());
    match &entry.change {
        Change::Opened(state) => ("opened", None, word(state.status.word())),
        Change::Removed => ("removed", None, None),
        Change::Returned => ("returned", None, None),
        Change::Due { from, to } => ("due", from.map(|day| day.to_string()), to.map(|day| day.to_string())),
        Change::Owner { from, to } => ("owner", from.clone(), to.clone()),
        Change::Priority { from, to } => {
            ("priority", from.and_then(|it| word(it.word())), to.and_then(|it| word(it.word())))
        }
        Change::Status { from, to } => ("status", word(from.word()), word(to.word())),
        Change::Retitled { reused: true, .. } => ("reused", None, None),
        Change::Retitled { reused: false, .. } => ("retitled", None, None),
    }
}
