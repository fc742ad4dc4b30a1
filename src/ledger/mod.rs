//! Who changed what of which action when: every change of status, due date, owner and priority, as the history has it.
//!
//! An incident is known by its id, wherever its file lies. Plain values: git stays behind [`source`](crate::source).

mod announced;
mod book;
mod classes;
mod glance;
mod open;
mod slips;
mod stored;

use serde::{Deserialize, Serialize};

pub use announced::{Announcement, Telling};
pub use book::{Book, Content, Touched};
pub use classes::{ClassVersion, Since, class_versions};
pub use glance::{Announced, State, Version, What, version};
pub use open::{LedgerOptions, open};
pub use slips::{Move, Slips, Told, slips};

use crate::{
    model::{ActionStatus, Priority},
    source::CommitId,
    time::{Date, Instant},
};

/// The history of every action of a workspace, up to one commit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// The commits that are spoken of, the oldest first.
    commits: Vec<Commit>,
    /// Names and addresses as commits have them.
    people: Vec<(String, String)>,
    /// The names by `.mailmap`, in the order of `people`; not kept, since `.mailmap` may change.
    #[serde(skip)]
    names: Vec<String>,
    /// By id.
    incidents: Vec<IncidentHistory>,
    /// By service.
    classes: Vec<ClassVersion>,
    /// Whether the history begins where a shallow clone cuts it off.
    cut_off: bool,
    /// How many commits were gone through.
    length: usize,
}

/// A commit that changed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    id: [u8; 20],
    seconds: i64,
    authored_seconds: i64,
    /// Position among `people`.
    author: u32,
    /// Its place in the line that was gone through.
    position: u32,
    /// It has more than one parent.
    merge: bool,
    /// A shallow clone hides what was before it.
    first_known: bool,
}

/// A commit by its place among those of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct At(u32);

/// What became of the actions of one incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IncidentHistory {
    /// The incident's id.
    pub id: String,
    /// Where its file lay from which commit on; `None` when it was gone.
    pub places: Vec<(At, Option<String>)>,
    /// The commits at which its file could not be read.
    pub unread: Vec<At>,
    /// What the public was told of by each version that told something else, the oldest first.
    tellings: Vec<Telling>,
    /// By id.
    actions: Vec<ActionHistory>,
}

/// What became of one action.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ActionHistory {
    /// The action's id in its incident.
    pub id: String,
    /// Every change, the oldest first.
    pub entries: Vec<Entry>,
}

/// One change of one action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The commit that made it.
    pub at: At,
    /// What changed.
    pub change: Change,
}

/// What changed of an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// It is there for the first time.
    Opened(#[serde(with = "opened")] State),
    /// It is no longer in the file, or the file is gone.
    Removed,
    /// It is there again.
    Returned,
    /// Another date, or none.
    Due {
        /// Before.
        #[serde(with = "stored::day")]
        from: Option<Date>,
        /// After.
        #[serde(with = "stored::day")]
        to: Option<Date>,
    },
    /// Another owner.
    Owner {
        /// Before.
        from: Option<String>,
        /// After.
        to: Option<String>,
    },
    /// Another priority.
    Priority {
        /// Before.
        #[serde(with = "stored::words")]
        from: Option<Priority>,
        /// After.
        #[serde(with = "stored::words")]
        to: Option<Priority>,
    },
    /// Another status.
    Status {
        /// Before.
        #[serde(with = "stored::word")]
        from: ActionStatus,
        /// After.
        #[serde(with = "stored::word")]
        to: ActionStatus,
    },
    /// Another title, or another day on which it was written down.
    Retitled {
        /// What it is now.
        to: What,
        /// It is another action that took over the id: it was gone and came back with no title that it had, or it has
        /// the title that another action had until then, or it was written down anew.
        reused: bool,
    },
}

mod opened {
    //! A state, in a form that can be kept.

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{ActionStatus, Date, Priority, State, What, stored};

    #[derive(Serialize, Deserialize)]
    struct Kept {
        #[serde(with = "stored::word")]
        status: ActionStatus,
        #[serde(with = "stored::day")]
        due: Option<Date>,
        owner: Option<String>,
        #[serde(with = "stored::words")]
        priority: Option<Priority>,
        what: What,
    }

    pub(super) fn serialize<S: Serializer>(state: &State, to: S) -> Result<S::Ok, S::Error> {
        let State { status, due, owner, priority, what } = state.clone();
        Kept { status, due, owner, priority, what }.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<State, D::Error> {
        let Kept { status, due, owner, priority, what } = Kept::deserialize(from)?;
        Ok(State { status, due, owner, priority, what })
    }
}

impl Ledger {
    /// The history of one incident.
    pub fn incident(&self, id: &str) -> Option<&IncidentHistory> {
        let at = self.incidents.binary_search_by(|incident| incident.id.as_str().cmp(id)).ok()?;
        self.incidents.get(at)
    }

    /// Every incident there ever was, by id.
    pub fn incidents(&self) -> &[IncidentHistory] {
        &self.incidents
    }

    /// The classes of a service as each commit of `services.yaml` that changed them has them, the oldest first.
    pub fn classes(&self, service: &str) -> &[ClassVersion] {
        let from = self.classes.partition_point(|version| version.service.as_str() < service);
        let rest = self.classes.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|version| version.service == service)).unwrap_or_default()
    }

    /// The commit.
    pub fn commit(&self, at: At) -> Option<&Commit> {
        self.commits.get(at.0 as usize)
    }

    /// The author of a commit, by `.mailmap`: for internal eyes.
    pub fn author(&self, at: At) -> &str {
        let author = self.commit(at).map_or(0, |commit| commit.author as usize);
        let raw = || self.people.get(author).map(|(name, _)| name);
        self.names.get(author).or_else(raw).map_or("", String::as_str)
    }

    /// Whether the history begins where a shallow clone cuts it off: what was before is not known.
    pub fn is_cut_off(&self) -> bool {
        self.cut_off
    }

    /// How many commits were gone through, whether they changed an action or not.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Whether a commit's time is more than a day before or after those of both its neighbours here: its clock was wrong.
    /// The order of commits does not depend on it.
    pub fn is_clock_off(&self, at: At) -> bool {
        const DAY: i64 = 86_400;
        let of = |at: usize| self.commits.get(at).map(|commit| commit.seconds);
        let at = at.0 as usize;
        let before = at.checked_sub(1).and_then(of);
        let (Some(own), Some(before), Some(after)) = (of(at), before, of(at + 1)) else { return false };
        own < before.min(after).saturating_sub(DAY) || own > before.max(after).saturating_add(DAY)
    }

    /// Whether all that ever happened to an action is known. One that is in no commit yet has no history to miss.
    pub fn knows_all_of(&self, action: Option<&ActionHistory>) -> bool {
        let first = action.and_then(|action| action.entries.first()).and_then(|entry| self.commit(entry.at));
        first.is_none_or(|commit| !commit.first_known)
    }

    /// The same up to the commit at this position of the line.
    fn until(mut self, position: usize) -> Self {
        let within = |commit: &Commit| (commit.position as usize) <= position;
        let kept = self.commits.partition_point(within);
        if kept == self.commits.len() {
            self.length = position + 1;
            return self;
        }
        self.commits.truncate(kept);
        let knows = |at: At| (at.0 as usize) < kept;
        for incident in &mut self.incidents {
            incident.places.retain(|(at, _)| knows(*at));
            incident.unread.retain(|at| knows(*at));
            incident.tellings.retain(|telling| knows(telling.at));
            for action in &mut incident.actions {
                action.entries.retain(|entry| knows(entry.at));
            }
            incident.actions.retain(|action| !action.entries.is_empty());
        }
        self.incidents.retain(|incident| !incident.places.is_empty() || !incident.unread.is_empty());
        self.classes.retain(|class| knows(class.at));
        self.length = position + 1;
        self
    }
}

impl Commit {
    /// Its id.
    pub fn id(&self) -> CommitId {
        CommitId(self.id)
    }

    /// The committer's time: from then on the repository said so.
    pub fn at(&self) -> Instant {
        moment(self.seconds)
    }

    /// The author's time: when the change was made.
    pub fn authored_at(&self) -> Instant {
        moment(self.authored_seconds)
    }

    /// Whether it brought the work of another branch.
    pub fn is_merge(&self) -> bool {
        self.merge
    }

    /// Whether a shallow clone hides what was before it.
    pub fn is_first_known(&self) -> bool {
        self.first_known
    }
}

impl IncidentHistory {
    /// The history of one action.
    pub fn action(&self, id: &str) -> Option<&ActionHistory> {
        let at = self.actions.binary_search_by(|action| action.id.as_str().cmp(id)).ok()?;
        self.actions.get(at)
    }

    /// The ids that mean another action in the work tree than in the last commit: `now` is what its file says.
    pub fn reused_now(&self, now: Vec<(String, State)>) -> Vec<String> {
        let mut ahead = self.clone();
        let before: Vec<usize> = ahead.actions.iter().map(|action| action.entries.len()).collect();
        ahead.record(At(u32::MAX), None, now);
        let known = ahead.actions.into_iter().zip(before);
        let reused = known.filter(|(action, before)| {
            let new = action.entries.iter().skip(*before);
            new.into_iter().any(|entry| matches!(entry.change, Change::Retitled { reused: true, .. }))
        });
        reused.map(|(action, _)| action.id).collect()
    }

    /// Every action there ever was, by id.
    pub fn actions(&self) -> &[ActionHistory] {
        &self.actions
    }

    /// Where its file lies; `None` when it is gone.
    pub fn place(&self) -> Option<&str> {
        self.places.last()?.1.as_deref()
    }
}

impl ActionHistory {
    /// Where it stands after the last change, and whether it is in the file.
    pub fn state(&self) -> Option<(State, bool)> {
        let mut entries = self.entries.iter();
        let mut state = match &entries.next()?.change {
            Change::Opened(state) => state.clone(),
            _ => return None,
        };
        let mut there = true;
        for entry in entries {
            match &entry.change {
                Change::Opened(opened) => state = opened.clone(),
                Change::Removed => there = false,
                Change::Returned => there = true,
                Change::Due { to, .. } => state.due = *to,
                Change::Owner { to, .. } => state.owner.clone_from(to),
                Change::Priority { to, .. } => state.priority = *to,
                Change::Status { to, .. } => state.status = *to,
                Change::Retitled { to, .. } => state.what = to.clone(),
            }
        }
        Some((state, there))
    }

    /// What changed since the last commit: `now` is where the action stands in the work tree, `None` when it is not there.
    pub fn pending(&self, now: Option<&State>) -> Vec<Change> {
        match (self.state(), now) {
            (Some((_, true)), None) => vec![Change::Removed],
            (Some((last, true)), Some(now)) => differences(&last, now),
            (Some((last, false)), Some(now)) => [vec![Change::Returned], differences(&last, now)].concat(),
            (None, Some(now)) => vec![Change::Opened(now.clone())],
            (None | Some((_, false)), None) => Vec::new(),
        }
    }

    /// The commit by which its id came to mean another action, the last one.
    pub fn reused(&self) -> Option<At> {
        let reused = |entry: &&Entry| matches!(entry.change, Change::Retitled { reused: true, .. });
        self.entries.iter().rev().find(reused).map(|entry| entry.at)
    }
}

/// What changed from one state to another, in the order in which it counts: a date that moves while an action is closed
/// moved while it was open.
fn differences(before: &State, after: &State) -> Vec<Change> {
    let mut changes = Vec::new();
    if before.what != after.what {
        changes.push(Change::Retitled { to: after.what.clone(), reused: false });
    }
    if before.due != after.due {
        changes.push(Change::Due { from: before.due, to: after.due });
    }
    if before.owner != after.owner {
        changes.push(Change::Owner { from: before.owner.clone(), to: after.owner.clone() });
    }
    if before.priority != after.priority {
        changes.push(Change::Priority { from: before.priority, to: after.priority });
    }
    if before.status != after.status {
        changes.push(Change::Status { from: before.status, to: after.status });
    }
    changes
}

fn moment(seconds: i64) -> Instant {
    Instant::from_timestamp(seconds, 0).unwrap_or(Instant::UNIX_EPOCH)
}

#[cfg(test)]
mod tests;
