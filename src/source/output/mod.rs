//! Writing: one file that is there whole or as before, and a site of many files that is the old one or the new one.
//!
//! # What a killed `relato build` leaves
//!
//! A [`Site`] prepares its files in a staging folder, beside the output folder (`.public.relato-staging`) or inside
//! it, and touches the output in [`Site::finish`] alone. Then there are three ways:
//!
//! 1. *First build*: the output folder is absent or empty. The prepared folder is renamed into its place.
//! 2. *Rebuild*: the prepared folder is completed with hard links to what has not changed, and swapped with the output
//!    folder in one step of the system. Files that relato did not write come along when they lie in relato's folders.
//! 3. *In place*: the output holds folders or links that relato did not write (a `.git`, say), is a mount point, the
//!    system cannot swap folders, or the caller asked for it ([`Site::in_place`]), because a link to each of 100,000
//!    files that stay takes longer than writing the few that do not. The renames and removals are written down first (the journal), then done.
//!
//! In the first two, a reader finds the old site or the new one at every moment, however the build ends. In the third,
//! a build killed between its first rename and its last leaves some pages new and some old, each page whole; the next
//! [`Site::open`] completes it from the journal, before anything else. Nothing is synced to the disk: this holds
//! against a killed process, not against a power cut.
//!
//! # What is never touched
//!
//! `.relato-manifest` in the output folder lists what relato wrote, with its hash. A file that it does not list is
//! never overwritten and never removed; a listed one that is no longer part of the site is removed only while it is as
//! relato wrote it. Nothing is written through a symbolic link.

mod commit;
mod disk;
mod manifest;
mod staging;

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, OnceLock, PoisonError, RwLock},
};

pub use self::manifest::MANIFEST;
use self::{
    manifest::{Manifest, Mark},
    staging::Staging,
};
use super::{ContentId, SourceError, parts};

/// Whether writing a file changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrote {
    /// It is new, or its bytes are.
    Written,
    /// It held these bytes already, and was left alone.
    Unchanged,
}

/// Makes `path` hold `bytes`: by renaming a complete file into its place, so that a failure keeps the old one. Folders
/// on the way are created; a link is followed; permissions stay.
///
/// # Errors
/// When it cannot be written.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<Wrote, SourceError> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if real.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        // a terminal, `/dev/null`: written to, never replaced
        return match fs::write(&real, bytes) {
            Ok(()) => Ok(Wrote::Written),
            Err(error) => Err(SourceError::disk("write", path, error)),
        };
    }
    if holds(&real, bytes) {
        return Ok(Wrote::Unchanged);
    }
    replace(&real, bytes).map_err(|error| SourceError::disk("write", path, error))?;
    Ok(Wrote::Written)
}

/// Writes a file that must not exist yet. Folders on the way are created.
///
/// # Errors
/// [`SourceError::InTheWay`] when it exists, or when it cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), SourceError> {
    temporary_beside(path, bytes, None)
        .and_then(|file| file.persist_noclobber(path).map_err(|error| error.error))
        .map(drop)
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => SourceError::InTheWay { path: path.to_owned() },
            _ => SourceError::disk("write", path, error),
        })
}

/// The paths that a manifest lists, in order; none when it is not as relato writes it.
pub fn listed(manifest: &[u8]) -> Vec<String> {
    Manifest::parse(manifest).iter().map(|(path, _)| path.to_owned()).collect()
}

/// The first bytes of a file that may be written over, at most `most`; `None` when nothing is there.
///
/// # Errors
/// When it is there and cannot be read.
pub fn beginning(path: &Path, most: u64) -> Result<Option<Vec<u8>>, SourceError> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SourceError::disk("read", path, error)),
    }
}

/// What a finished build did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// Files written because they are new or have changed.
    pub written: usize,
    /// Files left alone.
    pub unchanged: usize,
    /// Files of an earlier build that are no longer part of the site.
    pub removed: usize,
}

/// A site under way: files are put from many threads, in any order, and take their places in [`finish`](Self::finish).
/// Dropped before, it leaves the output folder as it was.
pub struct Site {
    /// As it was given.
    given: PathBuf,
    /// Canonical.
    out: PathBuf,
    /// Nothing is there yet: no file needs to be compared.
    fresh: bool,
    /// What changed takes its place file by file.
    in_place: bool,
    old: Manifest,
    /// The bytes of the old manifest file.
    old_text: Vec<u8>,
    staging: OnceLock<Staging>,
    opening: Mutex<()>,
    /// Folders on the way to files that are known to be no links.
    safe: RwLock<HashSet<String>>,
    files: Mutex<Vec<(String, File)>>,
}

/// One file of the new site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct File {
    mark: Mark,
    place: Place,
}

/// Where the bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Staged,
    /// Already in the output folder, from an earlier build.
    Kept,
    /// Already in the output folder, and not relato's: it stays so.
    Foreign,
}

impl Site {
    /// The site in the folder `out`, which need not exist. A build that was killed while it took its place is
    /// completed first; one that was killed earlier is swept away.
    ///
    /// # Errors
    /// When `out` is no folder, another relato writes it now, or it cannot be read.
    pub fn open(out: &Path) -> Result<Self, SourceError> {
        let real = staging::real(out)?;
        staging::recover(&real)?;
        let fresh = match fs::read_dir(&real) {
            Ok(mut items) => items.next().is_none(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(SourceError::disk("list", out, error)),
        };
        let old_text = match fs::read(real.join(MANIFEST)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(SourceError::disk("read", &real.join(MANIFEST), error)),
        };
        Ok(Self {
            given: out.to_owned(),
            fresh,
            in_place: false,
            old: Manifest::parse(&old_text),
            old_text,
            out: real,
            staging: OnceLock::new(),
            opening: Mutex::default(),
            safe: RwLock::default(),
            files: Mutex::default(),
        })
    }

    /// Lets what changed take its place file by file under a journal, and not the whole folder at once: for builds that
    /// change little of much.
    #[must_use]
    pub fn in_place(self) -> Self {
        Self { in_place: true, ..self }
    }

    /// Whether the last build put this file with the same `inputs`. Nothing is added.
    pub fn knows(&self, path: &str, inputs: ContentId) -> bool {
        self.old.get(path).is_some_and(|mark| mark.inputs == Some(inputs))
    }

    /// Adds a file: `path` is relative to the output folder, with `/` between folders. `inputs`, when given, is an id
    /// of all that the bytes were worked out from, for [`keep`](Self::keep) to recognise in the next build.
    ///
    /// # Errors
    /// When `path` leads out of the folder, a file that relato did not write is in the way and has other bytes, or the
    /// bytes cannot be written.
    pub fn put(&self, path: &str, inputs: Option<ContentId>, bytes: &[u8]) -> Result<Wrote, SourceError> {
        let path = self.checked(path)?;
        let mark = Mark::of(bytes, inputs);
        let place = self.place(&path, bytes)?;
        if place == Place::Staged {
            self.staging()?.write(&path, bytes)?;
        }
        self.add(path, File { mark, place });
        Ok(if place == Place::Staged { Wrote::Written } else { Wrote::Unchanged })
    }

    /// Adds the file as the last build wrote it, without its bytes: true when that build put it with the same `inputs`
    /// and it has not been touched since. Otherwise nothing is added, and it must be put.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn keep(&self, path: &str, inputs: ContentId) -> Result<bool, SourceError> {
        let Some(mark) = self.old.get(path).filter(|mark| mark.inputs == Some(inputs)).copied() else {
            return Ok(false);
        };
        let path = self.checked(path)?;
        if !mark.is_of_file(&self.out.join(&path)) {
            return Ok(false);
        }
        self.add(path, File { mark, place: Place::Kept });
        Ok(true)
    }

    /// Adds the file as the last build wrote it, without looking at it: true when that build put it with the same
    /// `inputs`. For whoever knows that nobody else writes there.
    ///
    /// # Errors
    /// When `path` leads out of the folder.
    pub fn trust(&self, path: &str, inputs: ContentId) -> Result<bool, SourceError> {
        let Some(mark) = self.old.get(path).filter(|mark| mark.inputs == Some(inputs)).copied() else {
            return Ok(false);
        };
        let path = self.checked(path)?;
        self.add(path, File { mark, place: Place::Kept });
        Ok(true)
    }

    /// Lets the new site take its place; what an earlier build wrote and this one did not put is removed. When nothing
    /// has changed, nothing is written.
    ///
    /// # Errors
    /// When two files were put to one path, or the output cannot be written; the old site then stays, or (in place)
    /// the next build completes this one.
    pub fn finish(mut self) -> Result<Built, SourceError> {
        let mut files = BTreeMap::new();
        for (path, file) in std::mem::take(self.files.get_mut().unwrap_or_else(PoisonError::into_inner)) {
            if let Some(previous) = files.insert(path.clone(), file)
                && previous != file
            {
                return Err(SourceError::WrittenTwice { path });
            }
        }
        if let Some(path) = nested(&files) {
            return Err(SourceError::WrittenTwice { path });
        }
        let count = |place: &dyn Fn(Place) -> bool| files.values().filter(|file| place(file.place)).count();
        let written = count(&|place| place == Place::Staged);
        let unchanged = files.len() - written;

        let gone = self.old.iter().filter(|(path, _)| !files.contains_key(*path));
        let stale: Vec<(String, Mark)> = gone
            .filter(|(path, mark)| mark.is_of_file(&self.out.join(path)))
            .map(|(path, mark)| (path.to_owned(), *mark))
            .collect();
        let ours = files.iter().filter(|(_, file)| file.place != Place::Foreign);
        let manifest = Manifest::from_sorted(ours.map(|(path, file)| (path.clone(), file.mark))).text();
        let built = Built { written, unchanged, removed: stale.len() };
        if written > 0 || !stale.is_empty() {
            self.staging()?;
        }
        if let Some(staging) = self.staging.take() {
            let plan = commit::Plan {
                out: &self.out,
                fresh: self.fresh,
                in_place: self.in_place && !self.fresh,
                files: &files,
                stale: &stale,
                manifest: &manifest,
            };
            commit::commit(staging, &plan, &self.old)?;
        } else if manifest != self.old_text && !(self.old_text.is_empty() && files.is_empty()) {
            write_atomic(&self.out.join(MANIFEST), &manifest)?;
        }
        Ok(built)
    }

    /// `path` in its plain form, once every folder on the way is known to be one, or not to be there.
    fn checked(&self, path: &str) -> Result<String, SourceError> {
        let leaves =
            |path: &str| SourceError::LeavesOutput { path: path.to_owned(), folder: self.given.clone() };
        let named = parts(path).filter(|parts| {
            !parts.is_empty()
                && !parts.iter().any(|part| part.starts_with(".relato-"))
                && !path.contains(['\n', '\r'])
        });
        let named = named.ok_or_else(|| leaves(path))?;
        let plain = named.join("/");
        let folder = plain.rsplit_once('/').map_or("", |(folder, _)| folder);
        if self.fresh
            || folder.is_empty()
            || self.safe.read().unwrap_or_else(PoisonError::into_inner).contains(folder)
        {
            return Ok(plain);
        }
        let mut way = String::new();
        for part in folder.split('/') {
            way = super::join(&way, part);
            let on_disk = self.out.join(&way);
            match on_disk.symlink_metadata() {
                Ok(metadata) if metadata.is_symlink() => return Err(leaves(&way)),
                Ok(metadata) if metadata.is_dir() => {}
                // a page of the last build where a folder must be: it will be removed
                Ok(_) if self.old.get(&way).is_some_and(|mark| mark.is_of_file(&on_disk)) => break,
                Ok(_) => return Err(SourceError::InTheWay { path: on_disk }),
                Err(_) => break,
            }
        }
        self.safe.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned());
        Ok(plain)
    }

    fn place(&self, path: &str, bytes: &[u8]) -> Result<Place, SourceError> {
        if self.fresh {
            return Ok(Place::Staged);
        }
        let on_disk = self.out.join(path);
        let is_ours = self.old.get(path).is_some();
        match on_disk.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                Err(SourceError::disk("read", &on_disk, error))
            }
            Err(_) => Ok(Place::Staged),
            Ok(metadata) if metadata.is_file() && holds(&on_disk, bytes) => {
                Ok(if is_ours { Place::Kept } else { Place::Foreign })
            }
            Ok(metadata) if is_ours && !metadata.is_dir() => Ok(Place::Staged),
            // a folder of the last build where a page must be: it will be gone if it holds nothing else
            Ok(metadata) if metadata.is_dir() && self.only_ours(path, &on_disk) => Ok(Place::Staged),
            Ok(_) => Err(SourceError::InTheWay { path: on_disk }),
        }
    }

    /// Whether a folder holds nothing but what the last build wrote.
    fn only_ours(&self, path: &str, on_disk: &Path) -> bool {
        let Ok(items) = fs::read_dir(on_disk) else { return false };
        items.into_iter().all(|item| {
            let Ok(item) = item else { return false };
            let Ok(name) = item.file_name().into_string() else { return false };
            let inner = super::join(path, &name);
            match item.file_type() {
                Ok(kind) if kind.is_dir() => self.only_ours(&inner, &item.path()),
                Ok(kind) if kind.is_file() => {
                    self.old.get(&inner).is_some_and(|mark| mark.is_of_file(&item.path()))
                }
                _ => false,
            }
        })
    }

    fn add(&self, path: String, file: File) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push((path, file));
    }

    /// The staging folder, made when the first file needs it.
    fn staging(&self) -> Result<&Staging, SourceError> {
        let _one = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(staging) = self.staging.get() {
            return Ok(staging);
        }
        let beside = self.fresh
            || self.in_place
            || commit::strangers(&self.out, &|path| self.old.get(path).is_some(), &self.old).is_some();
        let staging = Staging::create(&self.out, beside)?;
        Ok(self.staging.get_or_init(|| staging))
    }
}

/// A path that is a file and, for another file, a folder.
fn nested(files: &BTreeMap<String, File>) -> Option<String> {
    let mut known = HashSet::new();
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    for path in files.keys() {
        let mut up = folder(path);
        while let Some(way) = up.filter(|way| !known.contains(way)) {
            if files.contains_key(&way) {
                return Some(way);
            }
            up = folder(&way);
            known.insert(way);
        }
    }
    None
}

/// Whether a file holds exactly these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let same_size = path.metadata().is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
    same_size && fs::read(path).is_ok_and(|found| found == bytes)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    /// Another process may sweep a temporary file away in the moment before it is locked.
    const TRIES: usize = 3;
    let permissions = path.metadata().ok().map(|metadata| metadata.permissions());
    let mut tries = 0;
    loop {
        tries += 1;
        match temporary_beside(path, bytes, permissions.clone())?.persist(path) {
            Err(error) if error.error.kind() == io::ErrorKind::NotFound && tries < TRIES => {}
            Err(error) => return Err(error.error),
            Ok(_) => return Ok(()),
        }
    }
}

/// What the names of temporary files begin with.
const TEMPORARY: &str = ".relato-";

/// How many characters follow.
const RANDOM: usize = 6;

/// Removes from a folder the temporary files of processes that were killed. One of a process that lives is locked, and stays.
/// What cannot be removed is left: nothing reads it.
pub(super) fn sweep(folder: &Path) {
    let Ok(items) = fs::read_dir(folder) else { return };
    for item in items.flatten() {
        let name = item.file_name();
        let random = name.to_str().and_then(|name| name.strip_prefix(TEMPORARY));
        let is_temporary = random.is_some_and(|random| {
            random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        if is_temporary
            && item.file_type().is_ok_and(|kind| kind.is_file())
            && let Ok(file) = fs::File::open(item.path())
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(item.path());
        }
    }
}

/// A complete temporary file in the folder of `path`, with the permissions of a new file unless told.
fn temporary_beside(
    path: &Path,
    bytes: &[u8],
    permissions: Option<fs::Permissions>,
) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.prefix(TEMPORARY).rand_bytes(RANDOM).tempfile_in(folder)?;
    // known to be ours as long as this process lives; where nothing can be locked, nothing is swept
    let _ = file.as_file().try_lock();
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests;
