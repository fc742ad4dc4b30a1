//! The workspace of one tree: settings, catalogue and glossary read once, incidents read one by one.

use std::sync::OnceLock;

use rayon::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    format::{self, Names, TextFault, Workspace, stem},
    leak::Guard,
    locate::Field,
    model::{Catalogue, Fault, FaultKind, Glossary, Incident, Links, People, Settings},
    source::{Cache, Content, ContentId, Entry, Refusal, SourceError, Tree, WORKSPACE_FILE},
};

pub use crate::format::{DOCUMENT_LIMIT, INCIDENT_LIMIT, INCIDENTS_FOLDER, SERVICES_FILE};

/// The glossary's file.
pub const GLOSSARY_FILE: &str = "glossary.yaml";

/// A workspace opened for reading. It holds the settings and the names of the incident files; the incidents themselves
/// are read when asked for, each on its own, so that ten thousand of them need the memory of a few.
pub struct Archive<'t> {
    /// The settings of `relato.yaml` over the defaults.
    pub settings: Settings,
    /// The catalogue of `services.yaml`.
    pub catalogue: Catalogue,
    /// What the services of the catalogue have to do with each other.
    pub links: Links,
    /// The glossary of `glossary.yaml`.
    pub glossary: Glossary,
    /// The names that must stay inside.
    pub people: People,
    guard: OnceLock<Guard>,
    tree: &'t dyn Tree,
    cache: Option<&'t Cache>,
    workspace: Workspace,
    /// The id of all that a reading depends on besides its own file.
    around: ContentId,
    /// The incident files, in byte order of their paths.
    files: Vec<Entry>,
    /// The stems of the incident files with their positions, sorted.
    stems: Vec<(String, usize)>,
    /// The stems alone, sorted: what `same_cause_as` may name.
    ids: Vec<String>,
    faults: Vec<Fault>,
}

/// One incident file, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its position in the archive.
    pub index: usize,
    /// Its path relative to the workspace.
    pub file: String,
    /// The id of its bytes; all zeros when they could not be had.
    pub content: ContentId,
    /// The incident; `None` when the file could not be read as one at all.
    pub incident: Option<Incident>,
    /// What is wrong with the file as written.
    pub faults: Vec<Fault>,
}

/// What a question needs of one incident file.
#[derive(Clone, Debug, PartialEq)]
pub struct Distilled<T> {
    /// What it needs.
    pub value: T,
    /// Whether it will be the same at every moment, and may be kept.
    pub lasts: bool,
}

/// An incident file on its way to be read.
enum Found {
    /// The tree knows the id of its bytes.
    Named(ContentId),
    /// Its bytes and their id.
    Bytes(ContentId, Vec<u8>),
    Unread(FaultKind),
}

impl Found {
    fn content(&self) -> Option<ContentId> {
        match self {
            Self::Named(id) | Self::Bytes(id, _) => Some(*id),
            Self::Unread(_) => None,
        }
    }
}

/// Why no single incident has the name that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchIncident {
    /// None has it.
    #[error("there is no incident `{wanted}`{}", near.as_ref().map(|id| format!("; did you mean `{id}`?")).unwrap_or_default())]
    Unknown {
        /// What was asked for.
        wanted: String,
        /// The nearest id that is there.
        near: Option<String>,
    },
    /// It is the beginning of several ids.
    #[error("`{wanted}` is the beginning of {}; write more of one", listed(ids))]
    Several {
        /// What was asked for.
        wanted: String,
        /// The ids that begin so.
        ids: Vec<String>,
    },
}

impl NoSuchIncident {
    /// The same in Portuguese.
    pub fn in_portuguese(&self) -> String {
        match self {
            Self::Unknown { wanted, near: None } => format!("não existe o incidente `{wanted}`"),
            Self::Unknown { wanted, near: Some(near) } => {
                format!("não existe o incidente `{wanted}`; você quis dizer `{near}`?")
            }
            Self::Several { wanted, ids } => {
                let ids = listed(ids).replace(" and ", " e ").replace(" more", " outros");
                format!("`{wanted}` é o começo de {ids}; escreva mais de um deles")
            }
        }
    }
}

impl<'t> Archive<'t> {
    /// Opens the workspace of a tree. What is wrong with its files is kept as [`faults`](Self::faults) and stops nothing.
    ///
    /// # Errors
    /// When the tree itself cannot be read.
    pub fn open(tree: &'t dyn Tree, cache: Option<&'t Cache>) -> Result<Self, SourceError> {
        let mut faults = Vec::new();
        let mut around = String::new();
        let settings = match document(tree, WORKSPACE_FILE, &mut faults)? {
            Some(text) => {
                around = format!("{}", ContentId::of(text.as_bytes()));
                keep(format::settings(&text, WORKSPACE_FILE), &mut faults)
            }
            None => format::defaults::settings(),
        };
        let catalogue = match document(tree, SERVICES_FILE, &mut faults)? {
            Some(text) => {
                around = format!("{around}\0{}", ContentId::of(text.as_bytes()));
                keep(format::services(&text, SERVICES_FILE, &settings), &mut faults)
            }
            None => Catalogue::default(),
        };
        let glossary = match document(tree, GLOSSARY_FILE, &mut faults)? {
            Some(text) => keep(format::glossary(&text, GLOSSARY_FILE, &settings), &mut faults),
            None => Glossary::default(),
        };
        let people = people(tree, &settings, &mut faults)?;
        let mut files = Vec::new();
        for entry in tree.list(INCIDENTS_FOLDER)? {
            match &entry.refused {
                None if stem(&entry.path).is_some() => files.push(entry),
                Some(why) if may_hold_incidents(&entry.path) => {
                    faults.push(whole_file(&entry.path, refusal(why.clone(), INCIDENT_LIMIT)));
                }
                _ => {}
            }
        }
        let stems = files.iter().zip(0..);
        let mut stems: Vec<(String, usize)> =
            stems.map(|(entry, i)| (stem(&entry.path).unwrap_or_default().to_owned(), i)).collect();
        stems.sort_unstable();
        for pair in stems.windows(2) {
            if let [(first, at), (second, again)] = pair
                && first == second
            {
                let path = |at: &usize| files.get(*at).map(|entry| entry.path.clone());
                faults.push(Fault {
                    file: path(again).unwrap_or_default(),
                    field: Field::of("id"),
                    spot: None,
                    kind: FaultKind::DuplicateId { id: second.clone(), other: path(at) },
                });
            }
        }
        let ids: Vec<String> = stems.iter().map(|(stem, _)| stem.clone()).collect();
        let around = ContentId::of(format!("{around}\0\0{}", ids.join("\0")).as_bytes());
        let workspace = Workspace {
            languages: settings.org.languages.clone(),
            source_language: settings.org.source_language.clone(),
            names: Names::of(&catalogue),
        };
        let links = Links::of(&catalogue);
        Ok(Self {
            settings,
            catalogue,
            links,
            glossary,
            people,
            guard: OnceLock::new(),
            tree,
            cache,
            workspace,
            around,
            files,
            stems,
            ids,
            faults,
        })
    }

    /// The tree it was opened on.
    pub fn tree(&self) -> &'t dyn Tree {
        self.tree
    }

    /// The paths of the incident files, in byte order.
    pub fn files(&self) -> impl ExactSizeIterator<Item = &str> {
        self.files.iter().map(|entry| entry.path.as_str())
    }

    /// What is wrong with the files of the workspace other than incidents, with files that are refused unread, and with
    /// ids that two files share.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Knows what must not reach the public, by the settings and the registry of people. Made when it is first asked for.
    pub fn guard(&self) -> &Guard {
        self.guard.get_or_init(|| Guard::new(&self.settings.redaction, &self.people))
    }

    /// Reads one incident file; positions past the end give a reading without an incident.
    ///
    /// # Errors
    /// When the tree itself cannot be read.
    pub fn read(&self, index: usize) -> Result<Reading, SourceError> {
        let Some(entry) = self.files.get(index) else { return Ok(unread(index, String::new(), Vec::new())) };
        let found = self.look(entry)?;
        self.read_found(index, entry, found)
    }

    /// Reads every incident file, several at a time, and keeps what `f` makes of each, in the order of the files. Only
    /// the readings being worked on are in memory.
    ///
    /// # Errors
    /// When the tree itself cannot be read.
    pub fn map<T: Send>(&self, f: impl Fn(Reading) -> T + Sync + Send) -> Result<Vec<T>, SourceError> {
        (0..self.files.len()).into_par_iter().map(|index| self.read(index).map(&f)).collect()
    }

    /// What `answer` makes of what `distil` took from each incident file, in the order of the files. What was distilled
    /// is kept under `name` from run to run: `distil` must depend on nothing but the reading and the workspace.
    ///
    /// # Errors
    /// When the tree itself cannot be read.
    pub fn map_distilled<T: Serialize + DeserializeOwned, U: Send>(
        &self,
        name: &str,
        distil: impl Fn(&Reading) -> Distilled<T> + Sync,
        answer: impl Fn(&str, T) -> U + Sync,
    ) -> Result<Vec<U>, SourceError> {
        let one = |(index, entry): (usize, &Entry)| {
            let found = self.look(entry)?;
            let key = found.content().map(|content| self.key(name, &entry.path, content));
            let kept = key.zip(self.cache).and_then(|(key, cache)| cache.get(key));
            if let Some(value) = kept.and_then(|kept| postcard::from_bytes(&kept).ok()) {
                return Ok(answer(&entry.path, value));
            }
            let distilled = distil(&self.read_found(index, entry, found)?);
            if let (true, Some(key), Some(cache)) = (distilled.lasts, key, self.cache)
                && let Ok(stored) = postcard::to_stdvec(&distilled.value)
            {
                cache.put(key, stored);
            }
            Ok(answer(&entry.path, distilled.value))
        };
        self.files.par_iter().enumerate().map(|(index, entry)| one((index, entry))).collect()
    }

    /// The id of each incident file's bytes, in the order of the files; all zeros where they cannot be had.
    ///
    /// # Errors
    /// When the tree itself cannot be read.
    pub fn contents(&self) -> Result<Vec<ContentId>, SourceError> {
        let one = |entry: &Entry| Ok(self.look(entry)?.content().unwrap_or(ContentId([0; 20])));
        self.files.par_iter().map(one).collect()
    }

    /// The text of a file of the workspace, to show findings in; `None` when it cannot be read now.
    pub fn text(&self, file: &str) -> Option<String> {
        match self.tree.read(file, DOCUMENT_LIMIT) {
            Ok(Content::Bytes(bytes)) => format::text(bytes).ok(),
            _ => None,
        }
    }

    /// The position of the incident with this id, with an id that begins so and is the only one, or with this path.
    /// Ids are the stems of files.
    ///
    /// # Errors
    /// When none or several have it.
    pub fn find(&self, wanted: &str) -> Result<usize, NoSuchIncident> {
        let from = self.stems.partition_point(|(stem, _)| stem.as_str() < wanted);
        let rest = self.stems.get(from..).unwrap_or_default();
        let end = rest.partition_point(|(stem, _)| stem.starts_with(wanted));
        match rest.get(..end).unwrap_or_default() {
            [(stem, at), ..] if stem == wanted => Ok(*at),
            [(_, at)] if !wanted.is_empty() => Ok(*at),
            [] => self.files().position(|path| path == wanted).ok_or_else(|| NoSuchIncident::Unknown {
                wanted: wanted.to_owned(),
                near: format::nearest(wanted, self.ids.iter().map(String::as_str)).map(str::to_owned),
            }),
            several => Err(NoSuchIncident::Several {
                wanted: wanted.to_owned(),
                ids: several.iter().map(|(stem, _)| stem.clone()).collect(),
            }),
        }
    }

    /// The id of the incident at this position: the stem of its file.
    pub fn id(&self, index: usize) -> &str {
        self.files.get(index).and_then(|entry| stem(&entry.path)).unwrap_or_default()
    }

    /// The bytes of an incident file, or only their id where the tree knows it.
    fn look(&self, entry: &Entry) -> Result<Found, SourceError> {
        match entry.id {
            Some(id) => Ok(Found::Named(id)),
            None => self.load(&entry.path),
        }
    }

    fn load(&self, file: &str) -> Result<Found, SourceError> {
        Ok(match self.tree.read(file, INCIDENT_LIMIT)? {
            Content::Bytes(bytes) => Found::Bytes(ContentId::of(&bytes), bytes),
            // listed a moment ago
            Content::Missing => Found::Unread(FaultKind::Unreadable { why: "the file is gone".to_owned() }),
            Content::Refused(why) => Found::Unread(refusal(why, INCIDENT_LIMIT)),
        })
    }

    fn read_found(&self, index: usize, entry: &Entry, found: Found) -> Result<Reading, SourceError> {
        let file = entry.path.clone();
        if let Some((content, written)) = found.content().and_then(|id| Some((id, self.cached(id)?))) {
            return Ok(self.convert(index, file, content, written, Vec::new()));
        }
        let found = match found {
            Found::Named(_) => self.load(&file)?,
            found => found,
        };
        let (content, bytes) = match found {
            Found::Bytes(id, bytes) => (entry.id.unwrap_or(id), bytes),
            Found::Unread(kind) => return Ok(unread(index, file, vec![kind])),
            Found::Named(_) => return Ok(unread(index, file, Vec::new())),
        };
        let text = match format::text(bytes) {
            Ok(text) => text,
            Err(kind) => return Ok(Reading { content, ..unread(index, file, vec![kind]) }),
        };
        let (written, faults) = format::parse(&text);
        drop(text);
        let Some(written) = written else {
            let faults = faults.into_iter().map(|fault| Fault {
                file: file.clone(),
                field: fault.field,
                spot: fault.spot,
                kind: fault.kind,
            });
            let faults = faults.collect();
            return Ok(Reading { index, file, content, incident: None, faults });
        };
        if let Some(cache) = self.cache
            && faults.is_empty()
            && let Ok(stored) = postcard::to_stdvec(&written)
        {
            cache.put(content, stored);
        }
        Ok(self.convert(index, file, content, written, faults))
    }

    /// An incident as a file held it before, in the workspace as it is now; `None` when those bytes are none.
    pub fn version(&self, file: &str, bytes: Vec<u8>) -> Option<Incident> {
        let text = format::text(bytes).ok()?;
        let (written, faults) = format::parse(&text);
        self.convert(0, file.to_owned(), ContentId([0; 20]), written?, faults).incident
    }

    /// Under what a distilled value is kept: everything that it may depend on.
    fn key(&self, name: &str, file: &str, content: ContentId) -> ContentId {
        let around = format!("{name}\0{file}\0{}\0{content}", self.around);
        ContentId::of(around.as_bytes())
    }

    fn cached(&self, id: ContentId) -> Option<format::Incident> {
        postcard::from_bytes(&self.cache?.get(id)?).ok()
    }

    fn convert(
        &self,
        index: usize,
        file: String,
        content: ContentId,
        written: format::Incident,
        faults: Vec<TextFault>,
    ) -> Reading {
        let stem = stem(&file).unwrap_or_default();
        // incidents of further workspaces may be named too
        let ids = self.settings.include.is_empty().then_some(self.ids.as_slice());
        let (incident, faults) = format::incident(written, faults, &file, stem, &self.workspace, ids);
        Reading { index, file, content, incident, faults }
    }
}

/// A document of the workspace; `None` when there is none, or when it cannot be read, which is a fault.
fn document(tree: &dyn Tree, file: &str, faults: &mut Vec<Fault>) -> Result<Option<String>, SourceError> {
    let read = match tree.read(file, DOCUMENT_LIMIT)? {
        Content::Missing => return Ok(None),
        Content::Bytes(bytes) => format::text(bytes),
        Content::Refused(why) => Err(refusal(why, DOCUMENT_LIMIT)),
    };
    Ok(read.map_err(|kind| faults.push(whole_file(file, kind))).ok())
}

/// The names that must stay inside. A file that the settings name and that is not there leaves names unguarded, and is
/// a fault.
fn people(tree: &dyn Tree, settings: &Settings, faults: &mut Vec<Fault>) -> Result<People, SourceError> {
    let Some(file) = settings.redaction.people_registry.as_deref() else { return Ok(People::default()) };
    let before = faults.len();
    match document(tree, file, faults)? {
        Some(text) => Ok(keep(format::people(&text, file, settings), faults)),
        None => {
            if faults.len() == before && file != format::PEOPLE_FILE {
                faults.push(Fault {
                    file: WORKSPACE_FILE.to_owned(),
                    field: Field::of("redaction").key("people_registry"),
                    spot: None,
                    kind: FaultKind::Unreadable { why: format!("there is no file `{file}`") },
                });
            }
            Ok(People::default())
        }
    }
}

fn keep<T>((value, mut found): (T, Vec<Fault>), faults: &mut Vec<Fault>) -> T {
    faults.append(&mut found);
    value
}

/// An incident file, or a folder of them; other files of the folder are nobody's business.
fn may_hold_incidents(path: &str) -> bool {
    stem(path).is_some() || !path.rsplit('/').next().unwrap_or(path).contains('.')
}

fn refusal(why: Refusal, limit: u64) -> FaultKind {
    match why {
        Refusal::NameNotUtf8 => FaultKind::NameNotUtf8,
        Refusal::LinkLeavesWorkspace => FaultKind::LinkLeavesWorkspace,
        Refusal::NotAFile => FaultKind::NotAFile,
        Refusal::Unreadable(why) => FaultKind::Unreadable { why },
        Refusal::TooLarge(bytes) => FaultKind::TooLarge { bytes, limit },
    }
}

fn whole_file(file: &str, kind: FaultKind) -> Fault {
    Fault { file: file.to_owned(), field: Field::top(), spot: None, kind }
}

fn unread(index: usize, file: String, kinds: Vec<FaultKind>) -> Reading {
    let faults = kinds.into_iter().map(|kind| whole_file(&file, kind)).collect();
    Reading { index, file, content: ContentId([0; 20]), incident: None, faults }
}

/// The first few ids, and how many more there are.
fn listed(ids: &[String]) -> String {
    const FEW: usize = 5;
    let shown: Vec<String> = ids.iter().take(FEW).map(|id| format!("`{id}`")).collect();
    match ids.len().saturating_sub(FEW) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests;
