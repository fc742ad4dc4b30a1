//! How prepared output takes its place: as a whole folder, by swapping two folders, or file by file under a journal.

use std::{collections::BTreeMap, fs, io, path::Path};

use super::{
    File, Place, disk,
    manifest::{self, MANIFEST, Manifest, Mark},
    staging::Staging,
};
use crate::source::{SourceError, join, parts};

/// What is to be done.
pub(super) struct Plan<'a> {
    pub(super) out: &'a Path,
    pub(super) fresh: bool,
    /// File by file, even where whole folders could be swapped.
    pub(super) in_place: bool,
    pub(super) files: &'a BTreeMap<String, File>,
    /// To be removed.
    pub(super) stale: &'a [(String, Mark)],
    pub(super) manifest: &'a [u8],
}

impl Plan<'_> {
    fn placed(&self, place: Place) -> impl Iterator<Item = &str> {
        self.files.iter().filter(move |(_, file)| file.place == place).map(|(path, _)| path.as_str())
    }
}

/// Lets the prepared site take its place, in the first of the three ways that is possible.
pub(super) fn commit(staging: Staging, plan: &Plan<'_>, old: &Manifest) -> Result<(), SourceError> {
    staging.write(MANIFEST, plan.manifest)?;
    if staging.is_beside(plan.out) && !plan.in_place {
        let placed = if plan.fresh {
            disk::place_folder(&staging.site(), plan.out).is_ok()
        } else {
            swap(&staging, plan, old)?
        };
        if placed {
            return Ok(());
        }
    }
    if plan.fresh {
        // what came in since the folder was found empty is not ours
        let taken =
            plan.files.keys().map(|path| plan.out.join(path)).find(|path| path.symlink_metadata().is_ok());
        if let Some(path) = taken {
            return Err(SourceError::InTheWay { path });
        }
    }
    let mut journal = String::new();
    for (path, mark) in plan.stale {
        journal.push_str(&format!("remove {}\n", manifest::line(path, mark)));
    }
    for path in plan.placed(Place::Staged).chain([MANIFEST]) {
        journal.push_str(&format!("move {path}\n"));
    }
    // renamed into place, so that a journal is whole or not there
    let draft = staging.site().join(".relato-journal");
    let ready =
        disk::write_new(&draft, journal.as_bytes()).and_then(|()| disk::replace(&draft, &staging.journal()));
    ready.map_err(|error| SourceError::disk("write", &staging.journal(), error))?;
    complete(&staging, plan.out)?;
    disk::remove(&staging.journal()).map_err(|error| SourceError::disk("remove", &staging.journal(), error))
}

/// Completes the prepared folder and swaps it with the output; false when that is not possible here, with the output
/// as it was.
fn swap(staging: &Staging, plan: &Plan<'_>, old: &Manifest) -> Result<bool, SourceError> {
    let is_ours = |path: &str| {
        plan.files.get(path).is_some_and(|file| file.place != Place::Foreign)
            || plan.stale.binary_search_by(|(stale, _)| stale.as_str().cmp(path)).is_ok()
    };
    let Some(strangers) = strangers(plan.out, &is_ours, old) else { return Ok(false) };
    let site = staging.site();
    let others = strangers.iter().map(String::as_str);
    for path in plan.placed(Place::Kept).chain(others) {
        if disk::link(&plan.out.join(path), &site.join(path)).is_err() {
            return Ok(false);
        }
    }
    let marked = disk::write_new(&staging.swapping(), b"");
    marked.map_err(|error| SourceError::disk("write", &staging.swapping(), error))?;
    if disk::swap(&site, plan.out).is_err() {
        let unmarked = disk::remove(&staging.swapping());
        unmarked.map_err(|error| SourceError::disk("remove", &staging.swapping(), error))?;
        return Ok(false);
    }
    retire(&site, plan.out)?;
    Ok(true)
}

/// The plain files of `out` that relato did not write, when the whole folder can be swapped: `None` when it holds a
/// folder without any file of ours, a link, or anything else that cannot come along.
pub(super) fn strangers(out: &Path, is_ours: &dyn Fn(&str) -> bool, old: &Manifest) -> Option<Vec<String>> {
    let mut strangers = Vec::new();
    let mut ahead = vec![(out.to_owned(), String::new())];
    while let Some((folder, shown)) = ahead.pop() {
        for item in fs::read_dir(&folder).ok()? {
            let item = item.ok()?;
            let path = join(&shown, item.file_name().to_str()?);
            match item.file_type().ok()? {
                kind if kind.is_file() && (path == MANIFEST || is_ours(&path)) => {}
                kind if kind.is_file() => strangers.push(path),
                kind if kind.is_dir() && old.has_folder(&path) => ahead.push((item.path(), path)),
                _ => return None,
            }
        }
    }
    Some(strangers)
}

/// Takes apart the folder that was swapped out (or, after a kill, not yet in): what relato wrote goes, and so does the
/// second name of what lies in `out` too. Anything else came in meanwhile, and moves over.
pub(super) fn retire(site: &Path, out: &Path) -> Result<(), SourceError> {
    let text = fs::read(site.join(MANIFEST)).unwrap_or_default();
    let written = Manifest::parse(&text);
    let (files, folders) = disk::contents(site)?;
    // the manifest last: without it nothing here would be known as ours
    for path in files.iter().filter(|path| *path != MANIFEST) {
        let (from, to) = (site.join(path), out.join(path));
        let done = if written.get(path).is_some() || disk::is_same_file(&from, &to) {
            disk::remove(&from)
        } else if to.symlink_metadata().is_err() {
            disk::replace(&from, &to)
        } else {
            return Err(SourceError::StagingTaken { folder: site.to_owned() });
        };
        done.map_err(|error| SourceError::disk("remove", &from, error))?;
    }
    match disk::remove(&site.join(MANIFEST)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(SourceError::disk("remove", &site.join(MANIFEST), error));
        }
        _ => {}
    }
    for folder in folders {
        disk::remove_empty(&folder);
    }
    Ok(())
}

/// Does what the journal says. Each line can be done again, so it does not matter where a kill stopped it.
pub(super) fn complete(staging: &Staging, out: &Path) -> Result<(), SourceError> {
    let path = staging.journal();
    let journal = fs::read_to_string(&path).map_err(|error| SourceError::disk("read", &path, error))?;
    for line in journal.lines() {
        if let Some((path, mark)) = line.strip_prefix("remove ").and_then(manifest::entry) {
            remove_written(out, &path, &mark)?;
        } else if let Some(path) = line.strip_prefix("move ").filter(|path| parts(path).is_some()) {
            let (from, to) = (staging.site().join(path), out.join(path));
            if from.symlink_metadata().is_ok() {
                disk::replace(&from, &to).map_err(|error| SourceError::disk("write", &to, error))?;
            }
        }
    }
    Ok(())
}

/// Removes a file while it is as relato wrote it, and the folders that this empties.
fn remove_written(out: &Path, path: &str, mark: &Mark) -> Result<(), SourceError> {
    let on_disk = out.join(path);
    if mark.is_of_file(&on_disk) {
        disk::remove(&on_disk).map_err(|error| SourceError::disk("remove", &on_disk, error))?;
    }
    let folders = on_disk.ancestors().skip(1).take_while(|folder| *folder != out);
    for folder in folders {
        if !disk::remove_empty(folder) {
            break;
        }
    }
    Ok(())
}
