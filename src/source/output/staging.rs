//! The folder in which new output waits: `lock` (held while its process lives), `site` (the files), and what a killed
//! process was at: `journal` (completing in place) or `swapping` (exchanging two folders).

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{commit, disk};
use crate::source::SourceError;

const INSIDE: &str = ".relato-staging";

/// The names that a staging folder may hold.
const NAMES: [&str; 4] = ["lock", "site", "journal", "swapping"];

/// A staging folder that this process owns. Dropped, it sweeps itself away, unless a journal waits to be completed.
pub(super) struct Staging {
    folder: PathBuf,
    /// Open, and so locked, as long as the process lives.
    _lock: fs::File,
}

impl Staging {
    /// A new one for `out`: beside it if that is wanted and possible, else inside.
    pub(super) fn create(out: &Path, beside: bool) -> Result<Self, SourceError> {
        let [outside, inside] = places(out);
        if let Some(folder) = outside.filter(|_| beside) {
            let parent = folder.parent().unwrap_or(out);
            // should this fail, what follows says why
            let _ = fs::create_dir_all(parent);
            if !out.exists() || disk::on_one_system(parent, out) {
                match Self::at(&folder, out) {
                    Err(SourceError::Disk { .. }) => {}
                    answer => return answer,
                }
            }
        }
        let folder = inside.unwrap_or_else(|| out.join(INSIDE));
        fs::create_dir_all(out).map_err(|error| SourceError::disk("create", out, error))?;
        Self::at(&folder, out)
    }

    fn at(folder: &Path, out: &Path) -> Result<Self, SourceError> {
        disk::create_folder(folder).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => SourceError::OutputInUse { folder: out.to_owned() },
            _ => SourceError::disk("create", folder, error),
        })?;
        Self::own(folder, out)
    }

    fn own(folder: &Path, out: &Path) -> Result<Self, SourceError> {
        let path = folder.join("lock");
        let lock = fs::OpenOptions::new().create(true).append(true).open(&path);
        let lock = lock.map_err(|error| SourceError::disk("lock", &path, error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { folder: folder.to_owned(), _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => Err(SourceError::OutputInUse { folder: out.to_owned() }),
            // some network file systems cannot lock: then that the folder exists must do
            Err(fs::TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Self { folder: folder.to_owned(), _lock: lock })
            }
            Err(fs::TryLockError::Error(error)) => Err(SourceError::disk("lock", &path, error)),
        }
    }

    /// Where the files wait.
    pub(super) fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("journal")
    }

    pub(super) fn swapping(&self) -> PathBuf {
        self.folder.join("swapping")
    }

    /// Whether it lies beside the output folder, and so could take its place.
    pub(super) fn is_beside(&self, out: &Path) -> bool {
        self.folder.parent() != Some(out)
    }

    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), SourceError> {
        let to = self.site().join(path);
        disk::write_new(&to, bytes).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => SourceError::WrittenTwice { path: path.to_owned() },
            _ => SourceError::disk("write", &to, error),
        })
    }

    /// Removes it, the lock last: whatever is left by a kill is known for what it is.
    fn sweep(&self) -> io::Result<()> {
        disk::remove_tree(&self.site())?;
        for name in ["journal", "swapping", "lock"] {
            match disk::remove(&self.folder.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        disk::remove_empty(&self.folder);
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // the old site after a swap is removed file by file, never as a whole
        let is_waiting = self.journal().exists() || (self.swapping().exists() && self.site().exists());
        if !is_waiting {
            let _ = self.sweep();
        }
    }
}

/// The output folder without links on the way to it; it need not exist.
pub(super) fn real(out: &Path) -> Result<PathBuf, SourceError> {
    match out.canonicalize() {
        Ok(real) if real.is_dir() => Ok(real),
        Ok(_) => Err(SourceError::NotAFolder { path: out.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound && out.symlink_metadata().is_err() => {
            let absolute = std::path::absolute(out).map_err(|error| SourceError::disk("find", out, error))?;
            // the part that exists may hold links; the rest will be made by us
            let existing = absolute.ancestors().find_map(|up| Some((up, up.canonicalize().ok()?)));
            let real = existing.and_then(|(up, real)| Some(real.join(absolute.strip_prefix(up).ok()?)));
            Ok(real.unwrap_or(absolute))
        }
        Err(error) => Err(SourceError::disk("open", out, error)),
    }
}

/// Completes or sweeps away what a killed build left.
pub(super) fn recover(out: &Path) -> Result<(), SourceError> {
    for folder in places(out).into_iter().flatten() {
        let items = match fs::read_dir(&folder) {
            Ok(items) => items,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                continue;
            }
            Err(error) => return Err(SourceError::disk("list", &folder, error)),
        };
        let is_ours = |item: io::Result<fs::DirEntry>| {
            item.is_ok_and(|item| NAMES.iter().any(|name| item.file_name() == *name))
        };
        if !items.into_iter().all(is_ours) {
            return Err(SourceError::StagingTaken { folder });
        }
        let staging = Staging::own(&folder, out)?;
        if staging.journal().exists() {
            commit::complete(&staging, out)?;
        } else if staging.swapping().exists() && staging.site().exists() {
            commit::retire(&staging.site(), out)?;
        }
        staging.sweep().map_err(|error| SourceError::disk("remove", &folder, error))?;
    }
    Ok(())
}

/// Where a staging folder may lie: beside `out`, and inside.
fn places(out: &Path) -> [Option<PathBuf>; 2] {
    let beside = out.parent().zip(out.file_name()).map(|(parent, name)| {
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(".relato-staging");
        parent.join(hidden)
    });
    [beside, Some(out.join(INSIDE))]
}
