//! What a preview needs of the disk: a folder to build into, its files, and whether the workspace changed.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use super::{ContentId, SourceError, parts};

/// A folder for one preview; it goes when this is dropped.
#[derive(Debug)]
pub struct Preview {
    folder: tempfile::TempDir,
    /// Canonical.
    root: PathBuf,
}

impl Preview {
    /// A new folder among the system's temporary ones.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open() -> Result<Self, SourceError> {
        let folder = tempfile::Builder::new().prefix("relato-").tempdir();
        let folder =
            folder.map_err(|error| SourceError::disk("create", Path::new("a temporary folder"), error))?;
        let root =
            folder.path().canonicalize().map_err(|error| SourceError::disk("open", folder.path(), error))?;
        Ok(Self { folder, root })
    }

    /// Where to build into: a folder in it, so that a build may replace it whole.
    pub fn out(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// The bytes of a file of the site, by its path with `/`; `None` when there is none, or the path would leave it.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        // no name that is hidden, climbs, or means a drive
        let plain = path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        if !plain || path.contains(['\\', ':', '\0']) {
            return None;
        }
        let real = parts(path)?.into_iter().fold(self.out(), |folder, part| folder.join(part));
        let real = real.canonicalize().ok().filter(|real| real.starts_with(&self.root))?;
        let mut bytes = Vec::new();
        let file = fs::File::open(&real).ok().filter(|file| file.metadata().is_ok_and(|it| it.is_file()))?;
        file.take(1 << 30).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// The folders and files of a workspace that its site is made from.
const WATCHED: [&str; 9] = [
    "relato.yaml",
    "services.yaml",
    "glossary.yaml",
    "people.yaml",
    "incidents",
    "templates",
    "runbooks",
    "brand",
    ".git/HEAD",
];
/// Folders deeper than this are not looked into.
const DEEPEST: usize = 16;

/// One id for the names, lengths and times of what a site is made from: another one when something was changed.
pub fn trace(root: &Path) -> ContentId {
    let mut seen = String::new();
    for name in WATCHED {
        look(&root.join(name), 0, &mut seen);
    }
    ContentId::of(seen.as_bytes())
}

fn look(path: &Path, depth: usize, seen: &mut String) {
    let Ok(metadata) = fs::symlink_metadata(path) else { return };
    if metadata.is_dir() && depth < DEEPEST {
        let Ok(entries) = fs::read_dir(path) else { return };
        let mut below: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        below.sort();
        for path in below {
            look(&path, depth + 1, seen);
        }
        return;
    }
    let changed = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let changed = changed.map_or(0, |at| at.as_nanos());
    seen.push_str(&format!("{} {} {changed}\n", path.display(), metadata.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_gives_its_own_files_and_no_others() {
        let preview = Preview::open().unwrap();
        fs::create_dir_all(preview.out().join("en")).unwrap();
        fs::write(preview.out().join("en/index.html"), "here").unwrap();
        fs::write(preview.folder.path().join("beside"), "secret").unwrap();
        fs::write(preview.out().join(".relato-manifest"), "secret").unwrap();
        assert_eq!(preview.read("en/index.html").as_deref(), Some(&b"here"[..]));
        for path in [
            "../beside",
            "en/../../beside",
            "/etc/passwd",
            "",
            "en",
            "en/",
            "en//index.html",
            ".relato-manifest",
            "en\\index.html",
            "C:/x",
            "en/index.html\0",
            "./en/index.html",
        ] {
            assert_eq!(preview.read(path), None, "{path:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_preview_is_not_followed() {
        let preview = Preview::open().unwrap();
        fs::create_dir_all(preview.out()).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", preview.out().join("x.html")).unwrap();
        assert_eq!(preview.read("x.html"), None);
    }

    #[test]
    fn a_change_leaves_a_trace() {
        let folder = tempfile::tempdir().unwrap();
        let before = trace(folder.path());
        fs::create_dir_all(folder.path().join("incidents/2026")).unwrap();
        fs::write(folder.path().join("incidents/2026/x.yaml"), "a").unwrap();
        let after = trace(folder.path());
        assert_ne!(before, after);
        assert_eq!(after, trace(folder.path()));
        fs::write(folder.path().join("incidents/2026/x.yaml"), "ab").unwrap();
        assert_ne!(after, trace(folder.path()));
        fs::write(folder.path().join("unrelated.txt"), "ab").unwrap();
        assert_eq!(trace(folder.path()), trace(folder.path()));
    }
}
