//! What the ledger needs of one version of a file, read by a light look at its lines where that is exact, and as every
//! other reader reads it where it is not.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

use crate::{
    format::{self, Workspace},
    locate::{Sketch, Written},
    measure::{is_published, post_names},
    model::{Action, ActionStatus, Audience, Due, Incident, PostState, Priority, Status, Word},
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
    /// What the public is told of by it; `None` while its figures are not public.
    pub announced: Option<Announced>,
}

/// What the public is told of by a version.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Announced {
    /// The public posts, as hashes of what they are known by.
    pub(super) posts: Vec<u64>,
    /// A hash of all that figures are computed from: where two are alike, the figures are.
    pub(super) figures: u64,
}

impl Announced {
    /// Whether this has a post that the other has not.
    pub(super) fn says_more_than(&self, other: &Self) -> bool {
        self.posts.iter().any(|post| !other.posts.contains(post))
    }

    fn of<'a>(public: impl Iterator<Item = &'a str>, figures: u64) -> Self {
        Self { posts: post_names(public).iter().map(|name| xxh3_64(name.as_bytes())).collect(), figures }
    }
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
    let actions = with_ids(actions.collect());
    let announced = announced(&incident, text);
    Some(Version { incident: incident.id, named, actions, announced })
}

fn announced(incident: &Incident, text: &str) -> Option<Announced> {
    let public = incident.comms.iter().filter(|post| post.audience == Audience::Public);
    // which lines count is not known here
    let figures = || xxh3_64(text.as_bytes());
    is_published(incident).then(|| Announced::of(public.map(|post| post.id.as_str()), figures()))
}

/// Of a file as people write it; `None` where that takes more.
fn quick(sketch: &Sketch<'_>, stem: &str) -> Option<Version> {
    const KEYS: [&str; 5] = ["relato", "id", "actions", "status", "comms"];
    /// What figures are computed from, besides the status.
    const MEASURED: [&str; 4] = ["impacts", "timezone", "kind", "maintenance"];
    let mut found: [Option<usize>; KEYS.len()] = [None; KEYS.len()];
    let mut measured: [Option<usize>; MEASURED.len()] = [None; MEASURED.len()];
    for at in sketch.below(None) {
        let key = sketch.key(at)?;
        let place = |keys: &[&str]| keys.iter().position(|known| *known == key);
        let slot = place(&KEYS)
            .and_then(|at| found.get_mut(at))
            .or_else(|| place(&MEASURED).and_then(|at| measured.get_mut(at)));
        if slot.is_some_and(|slot| slot.replace(at).is_some()) {
            return None;
        }
    }
    let [relato, id, list, status, comms] = found;
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
    let status = status.map_or(Some(None), |at| scalar(sketch, at))?;
    let status = status.and_then(|word| Status::read(&word)).unwrap_or(Status::Open);
    let (posts, is_posted) = posts(sketch, comms)?;
    let announced = (is_posted || matches!(status, Status::Reviewed | Status::Closed)).then(|| {
        let mut all = vec![u8::from(status.is_ongoing())];
        for lines in measured.into_iter().filter_map(|at| sketch.lines(at?)) {
            all.extend_from_slice(lines.as_bytes());
        }
        Announced::of(posts.iter().map(|id| &**id), xxh3_64(&all))
    });
    Some(Version { incident, named: true, actions: with_ids(actions), announced })
}

/// The ids of the public posts, and whether one of them is the postmortem.
fn posts<'t>(sketch: &Sketch<'t>, list: Option<usize>) -> Option<(Vec<Cow<'t, str>>, bool)> {
    let Some(list) = list else { return Some((Vec::new(), false)) };
    if sketch.written(list) != Written::Collection {
        return None;
    }
    let (mut posts, mut is_posted) = (Vec::new(), false);
    for item in sketch.below(Some(list)) {
        let [id, audience, state] = entries(sketch, item, ["id", "audience", "state"])?;
        let word = |at: Option<usize>| at.map_or(Some(None), |at| scalar(sketch, at));
        let audience = word(audience)?.and_then(|word| Audience::read(&word)).unwrap_or(Audience::Public);
        let state = word(state)?.and_then(|word| PostState::read(&word));
        let id = word(id)?.unwrap_or_default();
        if audience == Audience::Public {
            posts.push(id);
            is_posted |= state == Some(PostState::Postmortem);
        }
    }
    Some((posts, is_posted))
}

/// The entries of an item that have these keys; `None` where it is no mapping, or has one twice.
fn entries<const N: usize>(sketch: &Sketch<'_>, item: usize, keys: [&str; N]) -> Option<[Option<usize>; N]> {
    if sketch.key(item).is_some() || sketch.written(item) != Written::Collection {
        return None;
    }
    let mut found = [None; N];
    for at in sketch.below(Some(item)) {
        let key = sketch.key(at)?;
        if let Some(slot) = keys.iter().position(|known| *known == key).and_then(|at| found.get_mut(at))
            && slot.replace(at).is_some()
        {
            return None;
        }
    }
    Some(found)
}

fn action(sketch: &Sketch<'_>, item: usize) -> Option<(String, State)> {
    const KEYS: [&str; 7] = ["id", "title", "status", "due", "owner", "priority", "created_on"];
    let [id, title_at, status, due, owner, priority, created_on] = entries(sketch, item, KEYS)?;
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
