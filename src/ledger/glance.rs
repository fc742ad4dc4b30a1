//! What the ledger needs of one version of a file, read by a light look at its lines where that is exact, and as every
//! other reader reads it where it is not.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

use crate::{
    format::{self, Workspace},
    locate::{Sketch, Written},
    model::{Action, ActionStatus, Due, Priority, Word},
    time::{Date, read_date},
};

/// The actions of one version of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The incident's id.
    pub incident: String,
    /// Whether the file says so itself; else its name stands in.
    pub named: bool,
    /// The actions, in the order of the file; of two with one id, the first.
    pub actions: Vec<(String, State)>,
}

/// Where one action stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its status.
    pub status: ActionStatus,
    /// When it must be done; `None` without a date.
    pub due: Option<Date>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// How soon.
    pub priority: Option<Priority>,
    /// What it is.
    pub what: What,
}

/// What tells one action from another: its title in each language, as hashes of the words, and the day it was written
/// down.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct What {
    titles: Vec<u64>,
    #[serde(with = "super::stored::day")]
    created_on: Option<Date>,
}

impl What {
    /// Whether both have a title in some language.
    pub fn shares_a_title(&self, other: &Self) -> bool {
        self.titles.iter().any(|title| other.titles.contains(title))
    }

    /// Whether it was written down on a later day than `other`.
    pub fn is_later(&self, other: &Self) -> bool {
        self.created_on.zip(other.created_on).is_some_and(|(own, other)| own > other)
    }

    /// Whether it has a title at all.
    pub fn is_titled(&self) -> bool {
        !self.titles.is_empty()
    }
}

impl State {
    /// Where an action of the model stands.
    pub fn of(action: &Action) -> Self {
        let titles = action.title.iter().filter(|(_, text)| !text.trim().is_empty());
        let what =
            What { titles: titles.map(|(_, text)| title(text)).collect(), created_on: action.created_on };
        Self {
            status: action.status,
            due: action.due.as_ref().and_then(Due::date),
            owner: action.owner.clone(),
            priority: action.priority,
            what,
        }
    }
}

/// One version of an incident's file; `None` when it cannot be read as an incident. `stem` is the file's name without
/// its ending.
pub fn version(bytes: Vec<u8>, stem: &str) -> Option<Version> {
    let text = format::text(bytes).ok()?;
    light(&text, stem).or_else(|| whole(&text, stem))
}

/// By a light look; `None` where that takes more.
pub(super) fn light(text: &str, stem: &str) -> Option<Version> {
    Sketch::of(text).and_then(|sketch| quick(&sketch, stem))
}

/// As every other reader reads it.
pub(super) fn whole(text: &str, stem: &str) -> Option<Version> {
    let (written, faults) = format::parse(text);
    let written = written?;
    let own = written.id.as_ref().map(|id| id.0.clone());
    let (incident, _) = format::incident(written, faults, "", stem, &Workspace::default(), Some(&[]));
    let incident = incident?;
    let named = own.as_ref() == Some(&incident.id);
    let actions = incident.actions.iter().map(|action| (action.id.clone(), State::of(action)));
    Some(Version { incident: incident.id, named, actions: with_ids(actions.collect()) })
}

/// Of a file as people write it; `None` where that takes more.
fn quick(sketch: &Sketch<'_>, stem: &str) -> Option<Version> {
    let (mut relato, mut id, mut list) = (None, None, None);
    for at in sketch.below(None) {
        let slot = match sketch.key(at)? {
            "relato" => &mut relato,
            "id" => &mut id,
            "actions" => &mut list,
            _ => continue,
        };
        if slot.replace(at).is_some() {
            return None;
        }
    }
    if sketch.written(relato?) != Written::Scalar("1") {
        return None;
    }
    // an id that differs from the file's name may be none
    let incident = scalar(sketch, id?)?.filter(|id| id == stem)?.into_owned();
    let mut actions = Vec::new();
    if let Some(list) = list {
        if sketch.written(list) != Written::Collection {
            return None;
        }
        for item in sketch.below(Some(list)) {
            actions.push(action(sketch, item)?);
        }
    }
    Some(Version { incident, named: true, actions: with_ids(actions) })
}

fn action(sketch: &Sketch<'_>, item: usize) -> Option<(String, State)> {
    if sketch.key(item).is_some() || sketch.written(item) != Written::Collection {
        return None;
    }
    const KEYS: [&str; 7] = ["id", "title", "status", "due", "owner", "priority", "created_on"];
    let mut found: [Option<usize>; KEYS.len()] = [None; KEYS.len()];
    for at in sketch.below(Some(item)) {
        let key = sketch.key(at)?;
        if let Some(slot) = KEYS.iter().position(|known| *known == key).and_then(|at| found.get_mut(at))
            && slot.replace(at).is_some()
        {
            return None;
        }
    }
    let [id, title_at, status, due, owner, priority, created_on] = found;
    let text = |at: Option<usize>| match at {
        Some(at) => scalar(sketch, at),
        None => Some(None),
    };
    let date = |text: Option<Cow<'_, str>>| text.and_then(|text| read_date(&text));
    let state = State {
        status: text(status)?.and_then(|word| ActionStatus::read(&word)).unwrap_or(ActionStatus::Proposed),
        due: date(text(due)?),
        owner: text(owner)?.map(Cow::into_owned),
        priority: text(priority)?.and_then(|word| Priority::read(&word)),
        what: What { titles: titles(sketch, title_at)?, created_on: date(text(created_on)?) },
    };
    Some((text(id)?.map(Cow::into_owned).unwrap_or_default(), state))
}

fn titles(sketch: &Sketch<'_>, at: Option<usize>) -> Option<Vec<u64>> {
    let Some(at) = at else { return Some(Vec::new()) };
    let of = |at| scalar(sketch, at).map(|text| text.map(|text| title(&text)));
    match sketch.written(at) {
        Written::Scalar(_) => return of(at).map(|title| title.into_iter().collect()),
        Written::Collection => {}
        Written::Other => return None,
    }
    let mut titles = Vec::new();
    for at in sketch.below(Some(at)) {
        if !sketch.key(at)?.starts_with("x-") {
            titles.extend(of(at)?);
        }
    }
    Some(titles)
}

/// The text of a scalar; `Some(None)` when there is none, or a blank one; `None` where it takes more to read.
fn scalar<'t>(sketch: &Sketch<'t>, at: usize) -> Option<Option<Cow<'t, str>>> {
    let text = match sketch.written(at) {
        Written::Scalar(text) => text,
        Written::Collection if sketch.below(Some(at)).next().is_none() => return Some(None),
        Written::Collection | Written::Other => return None,
    };
    let filled = |text: Cow<'t, str>| Some(text).filter(|text| !text.trim().is_empty());
    if let Some(inner) = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        return Some(filled(match inner.contains('\'') {
            true => inner.replace("''", "'").into(),
            false => inner.into(),
        }));
    }
    if let Some(inner) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        return match inner.contains('\\') {
            true => None,
            false => Some(filled(inner.into())),
        };
    }
    match text {
        "~" | "null" | "Null" | "NULL" => Some(None),
        // a number may be written in many ways; a date is none
        _ if may_be_number(text) => None,
        _ => Some(filled(text.into())),
    }
}

fn may_be_number(text: &str) -> bool {
    let figure = |byte: u8| byte.is_ascii_hexdigit() || b"xXoO_.+-".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(figure)
        && read_date(text).is_none()
}

/// One number for the words of a title, whatever stands between them.
fn title(text: &str) -> u64 {
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        words.push_str(word);
        words.push(' ');
    }
    xxh3_64(words.as_bytes())
}

/// The actions that have an id, of two with one id the first.
fn with_ids(actions: Vec<(String, State)>) -> Vec<(String, State)> {
    let mut seen = std::collections::HashSet::new();
    let is_new = |(id, _): &(String, State)| !id.is_empty() && seen.insert(id.clone());
    let mut is_new = is_new;
    actions.into_iter().filter(|action| is_new(action)).collect()
}
