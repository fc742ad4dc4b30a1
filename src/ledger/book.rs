//! The book in which changes are written down, commit after commit.

use std::collections::HashMap;

use super::{
    ActionHistory, At, Change, ClassVersion, Commit, Entry, IncidentHistory, Ledger, Since, State, Version,
    differences,
};
use crate::source::ContentId;

/// What a commit did to one file.
#[derive(Clone, Debug)]
pub struct Touched {
    /// Relative to the workspace.
    pub path: String,
    /// What it held in the commit's first parent, where changes are to be told from there and not from what was last
    /// written down: a history of several lines has no one state before.
    pub old: Option<Version>,
    /// What it holds.
    pub new: Content,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// It is gone.
    Gone,
    /// It cannot be read as an incident.
    Unreadable,
    /// An incident, and the id of its bytes.
    Read(Version, ContentId),
}

/// A ledger that is being written.
#[derive(Debug)]
pub struct Book {
    ledger: Ledger,
    /// Position of each incident of the ledger, while they are in no order.
    incidents: HashMap<String, usize>,
    /// Which incident lies where.
    at_path: HashMap<String, usize>,
    people: HashMap<(String, String), u32>,
}

impl Book {
    /// Goes on with a ledger.
    pub fn continuing(ledger: Ledger) -> Self {
        let mut book = Self {
            incidents: HashMap::with_capacity(ledger.incidents.len()),
            at_path: HashMap::with_capacity(ledger.incidents.len()),
            people: ledger.people.iter().cloned().zip(0..).collect(),
            ledger,
        };
        for (at, incident) in book.ledger.incidents.iter().enumerate() {
            book.incidents.insert(incident.id.clone(), at);
            if let Some(path) = incident.place() {
                book.at_path.insert(path.to_owned(), at);
            }
        }
        book
    }

    /// Writes a commit down; what it did follows with [`touched`](Self::touched). Commits come parents first.
    pub fn commit(&mut self, id: [u8; 20], times: (i64, i64), who: (String, String), position: usize) -> At {
        let next = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        let author = *self.people.entry(who.clone()).or_insert_with(|| {
            self.ledger.people.push(who);
            next
        });
        let at = At(u32::try_from(self.ledger.commits.len()).unwrap_or(u32::MAX));
        self.ledger.commits.push(Commit {
            id,
            seconds: times.0,
            authored_seconds: times.1,
            author,
            position: u32::try_from(position).unwrap_or(u32::MAX),
            merge: false,
            first_known: false,
        });
        at
    }

    /// Says more of the last commit: that it is a merge; that a shallow clone hides what was before it.
    pub fn marked(&mut self, merge: bool, first_known: bool) {
        if let Some(commit) = self.ledger.commits.last_mut() {
            (commit.merge, commit.first_known) = (merge, first_known);
        }
        self.ledger.cut_off |= first_known;
    }

    /// Writes down what a commit did to the files of incidents.
    pub fn touched(&mut self, at: At, files: Vec<Touched>) {
        let gone: Vec<String> = files
            .iter()
            .filter(|file| matches!(file.new, Content::Gone))
            .map(|file| file.path.clone())
            .collect();
        // what an incident was before, wherever it lay then
        let mut before: HashMap<String, Version> = HashMap::new();
        let mut read = Vec::new();
        for file in files {
            if let Some(old) = file.old {
                before.insert(old.incident.clone(), old);
            }
            match file.new {
                Content::Gone => {}
                Content::Unreadable => self.unreadable(at, &file.path),
                Content::Read(version, content) => read.push((file.path, version, content)),
            }
        }
        // the places first: a file may have taken the place of another that moved on
        let holds: HashMap<&str, &str> =
            read.iter().map(|(path, version, _)| (path.as_str(), version.incident.as_str())).collect();
        let mut moved = Vec::new();
        for (path, version, _) in &read {
            let index = self.index(&version.incident);
            let place = self.ledger.incidents.get(index).and_then(IncidentHistory::place).map(str::to_owned);
            let is_free = place.as_deref().is_none_or(|place| {
                place == path
                    || gone.iter().any(|gone| gone == place)
                    || holds.get(place).is_some_and(|id| *id != version.incident)
            });
            // of two files with one id the first one counts, as long as it is there
            moved.push(is_free.then_some((index, place)));
        }
        for ((path, ..), moved) in read.iter().zip(&moved) {
            let Some((index, place)) = moved else { continue };
            if let Some(place) = place.as_ref().filter(|place| *place != path)
                && self.at_path.get(place) == Some(index)
            {
                self.at_path.remove(place);
            }
            // whoever lay here before has gone
            if let Some(other) = self.at_path.insert(path.clone(), *index).filter(|other| other != index)
                && self.ledger.incidents.get(other).and_then(IncidentHistory::place) == Some(path.as_str())
            {
                self.vanish(at, other);
            }
            if place.as_deref() != Some(path)
                && let Some(incident) = self.ledger.incidents.get_mut(*index)
            {
                incident.places.push((at, Some(path.clone())));
            }
        }
        for path in gone {
            if let Some(index) = self.at_path.get(&path).copied()
                && self.ledger.incidents.get(index).and_then(IncidentHistory::place) == Some(path.as_str())
            {
                self.at_path.remove(&path);
                self.vanish(at, index);
            }
        }
        for ((_, version, content), moved) in read.into_iter().zip(moved) {
            if let Some((index, _)) = moved
                && let Some(incident) = self.ledger.incidents.get_mut(index)
            {
                let old = before.get(&incident.id).map(|old| old.actions.as_slice());
                incident.record(at, old, version.actions);
                incident.announce(at, content, version.announced);
            }
        }
    }

    /// The ledger, in order. `length` is how many commits were gone through in all.
    pub fn finish(mut self, length: usize) -> Ledger {
        self.ledger.length = length;
        self.ledger.incidents.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        for incident in &mut self.ledger.incidents {
            incident.actions.sort_by(|a, b| a.id.cmp(&b.id));
        }
        self.ledger.classes.sort_by(|a, b| (&a.service, a.at).cmp(&(&b.service, b.at)));
        self.ledger
    }

    /// Writes down the classes of all services as a commit has them; `None` when its catalogue cannot be read.
    pub fn classes(&mut self, at: At, services: Option<&[(String, Vec<Since>)]>) {
        let Some(services) = services else { return };
        let mut last: HashMap<&str, &[Since]> = HashMap::new();
        for version in &self.ledger.classes {
            last.insert(&version.service, &version.classes);
        }
        let mut new = Vec::new();
        for (service, classes) in services {
            if last.remove(service.as_str()) != Some(classes.as_slice()) {
                new.push(ClassVersion { service: service.clone(), at, classes: classes.clone() });
            }
        }
        let gone = last.into_iter().filter(|(_, classes)| !classes.is_empty());
        new.extend(gone.map(|(service, _)| ClassVersion {
            service: service.to_owned(),
            at,
            classes: Vec::new(),
        }));
        self.ledger.classes.append(&mut new);
    }

    fn index(&mut self, id: &str) -> usize {
        if let Some(index) = self.incidents.get(id) {
            return *index;
        }
        let index = self.ledger.incidents.len();
        self.ledger.incidents.push(IncidentHistory { id: id.to_owned(), ..IncidentHistory::default() });
        self.incidents.insert(id.to_owned(), index);
        index
    }

    fn unreadable(&mut self, at: At, path: &str) {
        let index = match self.at_path.get(path).copied() {
            Some(index) => index,
            None => {
                let index = self.index(super::open::stem(path).unwrap_or(path));
                let is_free = self.ledger.incidents.get(index).is_some_and(|it| it.place().is_none());
                if is_free {
                    self.at_path.insert(path.to_owned(), index);
                    if let Some(incident) = self.ledger.incidents.get_mut(index) {
                        incident.places.push((at, Some(path.to_owned())));
                    }
                }
                index
            }
        };
        if let Some(incident) = self.ledger.incidents.get_mut(index) {
            incident.unread.push(at);
        }
    }

    /// The incident's file is gone, and its actions with it.
    fn vanish(&mut self, at: At, index: usize) {
        let Some(incident) = self.ledger.incidents.get_mut(index) else { return };
        incident.places.push((at, None));
        for action in &mut incident.actions {
            if action.state().is_some_and(|(_, there)| there) {
                action.entries.push(Entry { at, change: Change::Removed });
            }
        }
    }
}

impl IncidentHistory {
    /// Writes down how the actions differ from what they were.
    pub(super) fn record(&mut self, at: At, old: Option<&[(String, State)]>, new: Vec<(String, State)>) {
        let positions: HashMap<String, usize> =
            self.actions.iter().map(|action| action.id.clone()).zip(0..).collect();
        let known: Vec<Option<(State, bool)>> = self.actions.iter().map(ActionHistory::state).collect();
        let old: Option<HashMap<&str, &State>> =
            old.map(|old| old.iter().map(|(id, state)| (id.as_str(), state)).collect());
        // the titles that one action had until now, to know them again under another id
        let titles: Vec<(&str, &super::What)> = match &old {
            Some(old) => old.iter().map(|(id, state)| (*id, &state.what)).collect(),
            None => {
                let there = self.actions.iter().zip(&known).filter_map(|(action, state)| {
                    state
                        .as_ref()
                        .filter(|(_, there)| *there)
                        .map(|(state, _)| (action.id.as_str(), &state.what))
                });
                there.collect()
            }
        };
        let mut entries: Vec<(usize, Change)> = Vec::new();
        let mut fresh: Vec<(String, State)> = Vec::new();
        let mut seen = vec![false; self.actions.len()];
        for (id, state) in new {
            let Some(index) = positions.get(&id).copied() else {
                fresh.push((id, state));
                continue;
            };
            if let Some(seen) = seen.get_mut(index) {
                *seen = true;
            }
            let Some((last, there)) = known.get(index).and_then(Option::as_ref) else { continue };
            let base = old.as_ref().and_then(|old| old.get(id.as_str()).copied()).unwrap_or(last);
            if !there {
                entries.push((index, Change::Returned));
            }
            let is_another = || {
                let others =
                    titles.iter().filter(|(other, what)| *other != id && what.shares_a_title(&state.what));
                let base = &base.what;
                base.is_titled()
                    && state.what.is_titled()
                    && !base.shares_a_title(&state.what)
                    && (!there || state.what.is_later(base) || others.count() == 1)
            };
            for change in differences(base, &state) {
                let change = match change {
                    Change::Retitled { to, .. } => Change::Retitled { to, reused: is_another() },
                    change => change,
                };
                entries.push((index, change));
            }
        }
        let is_gone = |index: usize| known.get(index).is_some_and(|it| it.as_ref().is_some_and(|it| it.1));
        let gone = seen.iter().enumerate().filter(|(index, seen)| !**seen && is_gone(*index));
        entries.extend(gone.map(|(index, _)| (index, Change::Removed)));
        for (index, change) in entries {
            if let Some(action) = self.actions.get_mut(index) {
                action.entries.push(Entry { at, change });
            }
        }
        for (id, state) in fresh {
            self.actions
                .push(ActionHistory { id, entries: vec![Entry { at, change: Change::Opened(state) }] });
        }
    }
}
