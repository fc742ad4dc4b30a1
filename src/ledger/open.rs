//! The ledger of a workspace: kept from run to run, and carried on with the commits that came since.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use super::{Book, Content, Ledger, Touched, Version, classes, version};
use crate::{
    format::{self, DOCUMENT_LIMIT, INCIDENT_LIMIT, INCIDENTS_FOLDER, SERVICES_FILE, defaults},
    source::{Cache, ContentId, FileChange, History, Line, SourceError, is_repository},
};

pub(super) use crate::format::stem;

/// The most that a kept ledger may take on the disk, in bytes.
const KEPT_LIMIT: u64 = 512 << 20;

/// Which history is asked for.
#[derive(Clone, Copy, Default)]
pub struct LedgerOptions<'a> {
    /// Up to this revision; up to `HEAD` without one.
    pub at: Option<&'a str>,
    /// Every commit that was merged speaks for itself, not only the first-parent line.
    pub all_parents: bool,
    /// The folder of caches.
    pub cache: Option<&'a Path>,
    /// Told on the way how many versions of files were read, and of how many.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
}

/// The ledger of the workspace of `start`; `None` outside git. Before the first commit it is empty.
///
/// # Errors
/// No such revision, or a history that cannot be read.
pub fn open(start: &Path, options: &LedgerOptions<'_>) -> Result<Option<Ledger>, SourceError> {
    let Some(history) = History::open(start, options.at)? else {
        return Ok(is_repository(start)?.then(Ledger::default));
    };
    let mut ledger = match options.all_parents {
        true => all_lines(&history, options)?,
        false => first_parents(&history, options)?,
    };
    ledger.names = history.mapped(&ledger.people);
    Ok(Some(ledger))
}

fn first_parents(history: &History, options: &LedgerOptions<'_>) -> Result<Ledger, SourceError> {
    let shelf = options.cache.map(|folder| Shelf::open(folder, history));
    let (known, ledger) = shelf.as_ref().and_then(Shelf::kept).unwrap_or_default();
    let places: HashMap<[u8; 20], usize> = known.iter().copied().zip(0..).collect();
    let line = history.trunk(&|id| places.contains_key(&id.0))?;
    let joined = line.joined.and_then(|id| places.get(&id.0).copied());
    // a line that meets nothing known begins anew
    let (begun, base) = match joined {
        Some(position) => (position + 1, ledger.until(position)),
        None => (0, Ledger::default()),
    };
    if line.is_empty() {
        return Ok(base);
    }
    let ledger = write_down(history, &line, Book::continuing(base), begun, options)?;
    if let Some(shelf) = shelf {
        let ids: Vec<[u8; 20]> = known.iter().take(begun).copied().chain(line.ids().map(|id| id.0)).collect();
        shelf.keep(&ids, &ledger);
    }
    Ok(ledger)
}

fn all_lines(history: &History, options: &LedgerOptions<'_>) -> Result<Ledger, SourceError> {
    let line = history.everything()?;
    write_down(history, &line, Book::continuing(Ledger::default()), 0, options)
}

fn write_down(
    history: &History,
    line: &Line,
    mut book: Book,
    begun: usize,
    options: &LedgerOptions<'_>,
) -> Result<Ledger, SourceError> {
    let changes = history.changes(line, &[INCIDENTS_FOLDER, SERVICES_FILE])?;
    let is_incident = |change: &FileChange| stem(&change.path).is_some() && change.path != SERVICES_FILE;
    let (incidents, catalogue): (Vec<FileChange>, Vec<FileChange>) = changes
        .into_iter()
        .filter(|change| is_incident(change) || change.path == SERVICES_FILE)
        .partition(is_incident);
    let from_parents = options.all_parents;
    let versions = Versions::read(history, &incidents, options)?;
    let classes = read_classes(history, &catalogue)?;
    let mut by_commit: BTreeMap<usize, (Vec<FileChange>, Option<usize>)> = BTreeMap::new();
    for change in incidents {
        by_commit.entry(change.commit).or_default().0.push(change);
    }
    for (at, change) in catalogue.iter().enumerate() {
        by_commit.entry(change.commit).or_default().1 = Some(at);
    }
    let positions: Vec<usize> = by_commit.keys().copied().collect();
    let signed = history.signed(line, &positions)?;
    for ((position, (files, catalogue_at)), signed) in by_commit.into_iter().zip(signed) {
        let times = (signed.seconds, signed.authored_seconds);
        let at = book.commit(signed.id.0, times, (signed.name, signed.email), begun + position);
        book.marked(signed.parents > 1, line.cut_off.contains(&position));
        if let Some(classes) = catalogue_at.and_then(|at| classes.get(at)) {
            book.classes(at, classes.as_deref());
        }
        let touched = files.into_iter().map(|file| Touched {
            old: file.old.filter(|_| from_parents).and_then(|id| versions.get(&file.path, id)),
            new: match file.new {
                None => Content::Gone,
                Some(id) => versions
                    .get(&file.path, id)
                    .map_or(Content::Unreadable, |version| Content::Read(version, id)),
            },
            path: file.path,
        });
        book.touched(at, touched.collect());
    }
    Ok(book.finish(begun + line.len()))
}

/// The versions that a line names, each content read once.
struct Versions(HashMap<ContentId, Option<Version>>);

impl Versions {
    fn read(
        history: &History,
        changes: &[FileChange],
        options: &LedgerOptions<'_>,
    ) -> Result<Self, SourceError> {
        let mut seen = HashMap::new();
        let mut wanted: Vec<(ContentId, &str)> = Vec::new();
        for change in changes {
            let name = stem(&change.path).unwrap_or_default();
            for id in change.old.filter(|_| options.all_parents).into_iter().chain(change.new) {
                if seen.insert(id, ()).is_none() {
                    wanted.push((id, name));
                }
            }
        }
        let ids: Vec<ContentId> = wanted.iter().map(|(id, _)| *id).collect();
        let done = AtomicUsize::new(0);
        let read = history.read_each(&ids, INCIDENT_LIMIT, |at, bytes| {
            let name = wanted.get(at).map_or("", |(_, name)| name);
            if let Some(progress) = options.progress {
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, ids.len());
            }
            bytes.and_then(|bytes| version(bytes, name))
        })?;
        Ok(Self(ids.into_iter().zip(read).collect()))
    }

    fn get(&self, path: &str, id: ContentId) -> Option<Version> {
        let mut version = self.0.get(&id)?.clone()?;
        // the same bytes may lie under two names
        if !version.named {
            version.incident = stem(path).unwrap_or_default().to_owned();
        }
        Some(version)
    }
}

type Classes = Option<Vec<(String, Vec<classes::Since>)>>;

fn read_classes(history: &History, changes: &[FileChange]) -> Result<Vec<Classes>, SourceError> {
    let settings = defaults::settings();
    let ids: Vec<ContentId> = changes.iter().filter_map(|change| change.new).collect();
    let read = history.read_each(&ids, DOCUMENT_LIMIT, |_, bytes| {
        bytes.and_then(|bytes| classes::class_versions(bytes, &settings))
    })?;
    let mut read = read.into_iter();
    // a catalogue that is gone has no services
    Ok(changes
        .iter()
        .map(|change| if change.new.is_some() { read.next().flatten() } else { Some(Vec::new()) })
        .collect())
}

/// Where the ledger of a workspace is kept: the line that was gone through, and what came of it.
struct Shelf {
    cache: Cache,
    line: ContentId,
    ledger: ContentId,
}

impl Shelf {
    fn open(folder: &Path, history: &History) -> Self {
        let place = history.place();
        let key = |what: &str| ContentId::of(format!("{what}\0{place}").as_bytes());
        let name = format!("ledger-{}", ContentId::of(place.as_bytes()));
        Self {
            cache: Cache::open(folder, &name, format::VERSION, KEPT_LIMIT),
            line: key("line"),
            ledger: key("ledger"),
        }
    }

    /// The line and its ledger; `None` unless both are there and belong together.
    fn kept(&self) -> Option<(Vec<[u8; 20]>, Ledger)> {
        let line = self.cache.get(self.line)?;
        let (sum, ledger): (u64, Ledger) = postcard::from_bytes(&self.cache.get(self.ledger)?).ok()?;
        let ids: Vec<[u8; 20]> = line.chunks_exact(20).filter_map(|id| id.try_into().ok()).collect();
        (sum == ids_sum(&ids) && ledger.length == ids.len()).then_some((ids, ledger))
    }

    fn keep(&self, ids: &[[u8; 20]], ledger: &Ledger) {
        let Ok(kept) = postcard::to_stdvec(&(ids_sum(ids), ledger)) else { return };
        self.cache.put(self.line, ids.concat());
        self.cache.put(self.ledger, kept);
        self.cache.save();
    }
}

fn ids_sum(ids: &[[u8; 20]]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(ids.last().map_or(&[], |id| id.as_slice()))
}
