//! The steps by which an output folder changes. Tests can stop them after any number, as a kill would.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::source::SourceError;

/// A file that must not exist yet; its folder is created when it does not.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    step()?;
    let create = || fs::OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = match create() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            create()?
        }
        other => other?,
    };
    file.write_all(bytes)
}

/// Another name for a file; the folder of `to` is created when it does not exist.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    match fs::hard_link(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(to.parent().unwrap_or(to))?;
            fs::hard_link(from, to)
        }
        other => other,
    }
}

/// A file takes the place of another; the folder of `to` is created when it does not exist. Across file systems it is
/// copied beside its place first.
pub(super) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            super::replace(to, &fs::read(from)?)?;
            fs::remove_file(from)
        }
        other => other,
    }
}

/// A folder takes a place where nothing is, or an empty folder.
pub(super) fn place_folder(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    if let Ok(metadata) = to.metadata() {
        fs::set_permissions(from, metadata.permissions())?;
    }
    // not every system renames onto an empty folder
    fs::rename(from, to).or_else(|error| match fs::remove_dir(to) {
        Ok(()) => fs::rename(from, to),
        Err(_) => Err(error),
    })
}

/// Two folders change places, in one step that no reader sees half done.
pub(super) fn swap(one: &Path, other: &Path) -> io::Result<()> {
    step()?;
    fs::set_permissions(one, other.metadata()?.permissions())?;
    exchange(one, other)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn remove(path: &Path) -> io::Result<()> {
    step()?;
    fs::remove_file(path)
}

/// An empty folder; false when it is not empty, or not there.
pub(super) fn remove_empty(path: &Path) -> bool {
    step().is_ok() && fs::remove_dir(path).is_ok()
}

/// A folder and all that is in it; nothing when it is not there.
pub(super) fn remove_tree(path: &Path) -> io::Result<()> {
    step()?;
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    step()?;
    fs::create_dir(path)
}

/// Every plain file below a folder (relative, with `/`), then every folder, deepest first.
pub(super) fn contents(top: &Path) -> Result<(Vec<String>, Vec<PathBuf>), SourceError> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    let mut ahead = vec![(top.to_owned(), String::new())];
    while let Some((folder, shown)) = ahead.pop() {
        let error = |error| SourceError::disk("list", &folder, error);
        for item in fs::read_dir(&folder).map_err(error)? {
            let item = item.map_err(error)?;
            let name = item.file_name();
            let Some(name) = name.to_str() else { continue };
            let path = crate::source::join(&shown, name);
            let kind = item.file_type().map_err(error)?;
            if kind.is_dir() {
                ahead.push((item.path(), path));
            } else if kind.is_file() {
                files.push(path);
            }
        }
        folders.push(folder);
    }
    folders.reverse();
    Ok((files, folders))
}

/// Whether two names are of one file.
#[cfg(unix)]
pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |path: &Path| path.symlink_metadata().ok().map(|metadata| (metadata.dev(), metadata.ino()));
    id(one).is_some() && id(one) == id(other)
}

#[cfg(not(unix))]
pub(super) fn is_same_file(_: &Path, _: &Path) -> bool {
    false
}

/// Whether two folders lie on one file system, as far as the system tells.
#[cfg(unix)]
pub(super) fn on_one_system(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| path.metadata().ok().map(|metadata| metadata.dev());
    device(one) == device(other)
}

#[cfg(not(unix))]
pub(super) fn on_one_system(_: &Path, _: &Path) -> bool {
    true
}

#[cfg(not(test))]
#[inline]
fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
std::thread_local! {
    /// How many more steps this thread may take.
    pub(super) static STEPS_LEFT: std::cell::Cell<usize> = const { std::cell::Cell::new(usize::MAX) };
}

#[cfg(test)]
fn step() -> io::Result<()> {
    STEPS_LEFT.with(|left| match left.get() {
        0 => Err(io::Error::other("killed")),
        usize::MAX => Ok(()),
        n => {
            left.set(n - 1);
            Ok(())
        }
    })
}
