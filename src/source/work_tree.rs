//! The workspace as it lies on disk, read without ever leaving its root.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    io::Read as _,
    path::{Component, Path, PathBuf},
    sync::{Mutex, PoisonError, RwLock},
};

use super::{
    Commit, Content, Entry, LISTING_LIMIT, Refusal, SourceError, Tree, WORKSPACE_FILE, join,
    output::{Wrote, sweep, write_atomic},
    parts,
};

/// The root of the workspace that `start` lies in: the nearest folder, from `start` upwards, that holds
/// `relato.yaml`; `start` itself when none does.
pub fn find_workspace(start: &Path) -> PathBuf {
    let real = start.canonicalize().unwrap_or_else(|_| start.to_owned());
    match real.ancestors().position(|folder| folder.join(WORKSPACE_FILE).is_file()) {
        None | Some(0) => start.to_owned(),
        Some(up) => real.ancestors().nth(up).unwrap_or(start).to_owned(),
    }
}

/// Where `path` really lies, links followed; as it is given when nothing is there.
pub fn real_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The files below a folder on disk. It remembers which folders lie inside the root: open a new one for each run.
pub struct WorkTree {
    /// Canonical.
    root: PathBuf,
    /// Folders gone through: path → real path.
    folders: RwLock<HashMap<String, Found>>,
    /// Folders that hold nothing any more of processes that were killed.
    swept: Mutex<HashSet<PathBuf>>,
}

impl WorkTree {
    /// The workspace at `root`.
    ///
    /// # Errors
    /// When it does not exist, is no folder, or cannot be reached.
    pub fn open(root: &Path) -> Result<Self, SourceError> {
        let real = root.canonicalize().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => SourceError::FolderMissing { path: root.to_owned() },
            _ => SourceError::disk("open", root, error),
        })?;
        if !real.is_dir() {
            return Err(SourceError::NotAFolder { path: root.to_owned() });
        }
        Ok(Self { root: real, folders: RwLock::default(), swept: Mutex::default() })
    }

    /// The root, canonical.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Makes the file at `path`, read before as `old`, hold `new`: whole or not at all. A link inside the workspace is
    /// followed, permissions stay. What a killed process left in its folder is swept away first.
    ///
    /// # Errors
    /// [`SourceError::ChangedMeanwhile`] when it no longer holds `old`, or must not be read; when it cannot be written.
    pub fn rewrite(&self, path: &str, old: &[u8], new: &[u8]) -> Result<Wrote, SourceError> {
        let changed = || SourceError::ChangedMeanwhile { path: path.to_owned() };
        let (real, size) = self.file(path).map_err(|_| changed())?;
        match bounded(&real, size, old.len() as u64) {
            Ok(bytes) if bytes == old => {
                if let Some(folder) = real.parent()
                    && self.swept.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned())
                {
                    sweep(folder);
                }
                write_atomic(&real, new)
            }
            Ok(_) => Err(changed()),
            Err(error) => Err(SourceError::disk("read", &real, error)),
        }
    }

    /// The plain file that `path` leads to without leaving the workspace, and its size in bytes.
    fn file(&self, path: &str) -> Result<(PathBuf, u64), Found> {
        let mut parts = parts(path).ok_or(Found::Refused(Refusal::LinkLeavesWorkspace))?;
        let name = parts.pop().ok_or(Found::Missing)?;
        if is_git(Component::Normal(name.as_ref())) {
            return Err(Found::Refused(Refusal::LinkLeavesWorkspace));
        }
        let mut real = match self.folder(&parts.join("/")) {
            Found::At(folder) => folder.join(name),
            found => return Err(found),
        };
        let mut metadata = fs::symlink_metadata(&real).map_err(|error| failed(&error, false))?;
        if metadata.is_symlink() {
            real = match self.resolve(&real, true) {
                Found::At(real) => real,
                found => return Err(found),
            };
            metadata = fs::symlink_metadata(&real).map_err(|error| failed(&error, true))?;
        }
        match metadata.file_type() {
            kind if kind.is_dir() => Err(Found::Missing),
            kind if kind.is_file() => Ok((real, metadata.len())),
            _ => Err(Found::Refused(Refusal::NotAFile)),
        }
    }

    /// Where `path` really lies. A link must end inside the workspace, and not in its git folder, which may hold
    /// credentials.
    fn resolve(&self, path: &Path, is_link: bool) -> Found {
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) => return failed(&error, is_link),
        };
        match real.strip_prefix(&self.root) {
            Ok(inside) if !inside.components().any(is_git) => Found::At(real),
            _ => Found::Refused(Refusal::LinkLeavesWorkspace),
        }
    }

    fn folder(&self, path: &str) -> Found {
        if let Some(found) = self.folders.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return found.clone();
        }
        let on_disk = self.root.join(path);
        let mut found = self.resolve(&on_disk, false);
        let is_link = |path: &&Path| path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
        if !matches!(found, Found::At(_))
            && on_disk.ancestors().take_while(|up| *up != self.root).any(|up| is_link(&up))
        {
            found = Found::Refused(Refusal::LinkLeavesWorkspace);
        }
        self.folders.write().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), found.clone());
        found
    }
}

impl Tree for WorkTree {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, SourceError> {
        let Some(named) = parts(folder) else {
            return Ok(vec![refused(folder.to_owned(), Refusal::LinkLeavesWorkspace)]);
        };
        let named = named.join("/");
        let mut walk = Walk::default();
        match self.folder(&named) {
            Found::Missing => return Ok(Vec::new()),
            Found::Refused(why) => return Ok(vec![refused(named, why)]),
            Found::At(real) if !real.is_dir() => return Ok(Vec::new()),
            Found::At(real) => walk.folder(folder, real, named)?,
        }
        // links last, so that a file is listed under its own path where it has one below `folder`
        while !walk.links.is_empty() {
            let mut links = std::mem::take(&mut walk.links);
            links.sort();
            for (path, link) in links {
                let real = match self.resolve(&link, true) {
                    Found::At(real) => real,
                    Found::Missing => {
                        walk.entries.push(refused(path, Refusal::LinkLeavesWorkspace));
                        continue;
                    }
                    Found::Refused(why) => {
                        walk.entries.push(refused(path, why));
                        continue;
                    }
                };
                let kind = fs::metadata(&real).map(|metadata| metadata.file_type());
                let why = match kind {
                    Ok(kind) if kind.is_file() => None,
                    Ok(kind) if !kind.is_dir() => Some(Refusal::NotAFile),
                    Ok(_) if link.starts_with(&real) => Some(Refusal::LinkLeavesWorkspace),
                    Ok(_) => {
                        walk.folder(folder, real, path)?;
                        continue;
                    }
                    Err(error) => Some(Refusal::Unreadable(error.to_string())),
                };
                walk.entries.push(Entry { path, refused: why, id: None });
            }
        }
        walk.entries.sort();
        Ok(walk.entries)
    }

    fn read(&self, path: &str, limit: u64) -> Result<Content, SourceError> {
        let (real, size) = match self.file(path) {
            Ok(found) => found,
            Err(found) => return Ok(found.into_content()),
        };
        if size > limit {
            return Ok(Content::Refused(Refusal::TooLarge(size)));
        }
        Ok(match bounded(&real, size, limit) {
            Ok(bytes) if bytes.len() as u64 > limit => {
                Content::Refused(Refusal::TooLarge(bytes.len() as u64))
            }
            Ok(bytes) => Content::Bytes(bytes),
            Err(error) => failed(&error, false).into_content(),
        })
    }

    fn commit(&self) -> Option<&Commit> {
        None
    }
}

/// Where a path leads.
#[derive(Clone)]
enum Found {
    At(PathBuf),
    Missing,
    Refused(Refusal),
}

impl Found {
    /// The answer of a read that got no further.
    fn into_content(self) -> Content {
        match self {
            Self::Refused(why) => Content::Refused(why),
            Self::At(_) | Self::Missing => Content::Missing,
        }
    }
}

/// One listing under way.
#[derive(Default)]
struct Walk {
    /// Real paths of the folders gone through: each is listed once.
    seen: HashSet<PathBuf>,
    /// Path as shown, and on disk: to follow when the folders are done.
    links: Vec<(String, PathBuf)>,
    entries: Vec<Entry>,
    gone: usize,
}

impl Walk {
    fn folder(&mut self, listed: &str, real: PathBuf, shown: String) -> Result<(), SourceError> {
        let mut ahead = vec![(real, shown)];
        while let Some((real, shown)) = ahead.pop() {
            if !self.seen.insert(real.clone()) {
                continue;
            }
            let items = match fs::read_dir(&real) {
                Ok(items) => items,
                Err(error) => {
                    self.entries.push(refused(shown, Refusal::Unreadable(error.to_string())));
                    continue;
                }
            };
            for item in items {
                self.gone += 1;
                if self.gone > LISTING_LIMIT {
                    return Err(SourceError::TooManyFiles {
                        folder: listed.to_owned(),
                        limit: LISTING_LIMIT,
                    });
                }
                let item = match item {
                    Ok(item) => item,
                    Err(error) => {
                        self.entries.push(refused(shown.clone(), Refusal::Unreadable(error.to_string())));
                        break;
                    }
                };
                let name = item.file_name();
                if name.as_encoded_bytes().starts_with(b".") {
                    continue;
                }
                let Some(name) = name.to_str() else {
                    self.entries.push(refused(join(&shown, &name.to_string_lossy()), Refusal::NameNotUtf8));
                    continue;
                };
                let path = join(&shown, name);
                match item.file_type() {
                    Ok(kind) if kind.is_file() => self.entries.push(Entry { path, refused: None, id: None }),
                    Ok(kind) if kind.is_dir() => ahead.push((item.path(), path)),
                    Ok(kind) if kind.is_symlink() => self.links.push((path, item.path())),
                    Ok(_) => self.entries.push(refused(path, Refusal::NotAFile)),
                    Err(error) => {
                        self.entries.push(refused(path, Refusal::Unreadable(error.to_string())));
                    }
                }
            }
        }
        Ok(())
    }
}

fn refused(path: String, why: Refusal) -> Entry {
    Entry { path, refused: Some(why), id: None }
}

fn is_git(part: Component<'_>) -> bool {
    part.as_os_str().eq_ignore_ascii_case(".git")
}

/// What a failed look at a path means: a link that dangles or loops, nothing there, or the system's refusal.
fn failed(error: &io::Error, is_link: bool) -> Found {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory if !is_link => Found::Missing,
        io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => Found::Missing,
        io::ErrorKind::PermissionDenied => Found::Refused(Refusal::Unreadable(error.to_string())),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            Found::Refused(Refusal::LinkLeavesWorkspace)
        }
        _ if is_link => Found::Refused(Refusal::LinkLeavesWorkspace),
        _ => Found::Refused(Refusal::Unreadable(error.to_string())),
    }
}

/// At most one byte more than `limit`, whatever the file has become since it was measured.
fn bounded(path: &Path, size: u64, limit: u64) -> io::Result<Vec<u8>> {
    let size = usize::try_from(size).unwrap_or(0);
    let mut bytes = Vec::with_capacity(size.saturating_add(1));
    fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::{
        ffi::OsStr,
        os::unix::{ffi::OsStrExt as _, fs::symlink},
    };

    use super::*;

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn listed(tree: &WorkTree, folder: &str) -> Vec<(String, Option<Refusal>)> {
        tree.list(folder).unwrap().into_iter().map(|entry| (entry.path, entry.refused)).collect()
    }

    #[test]
    fn the_workspace_is_the_nearest_folder_with_a_relato_yaml() {
        let top = tempfile::tempdir().unwrap();
        let top = top.path().canonicalize().unwrap();
        write(&top, "w/relato.yaml", "");
        write(&top, "w/incidents/2017/a.yaml", "");
        write(&top, "other/x", "");
        for (start, root) in [("w/incidents/2017", "w"), ("w", "w"), ("other", "other")] {
            assert_eq!(find_workspace(&top.join(start)), top.join(root), "{start}");
        }
    }

    #[test]
    fn a_listing_is_in_byte_order_and_leaves_hidden_files_out() {
        let top = tempfile::tempdir().unwrap();
        for path in ["i/b.yaml", "i/a/z.yaml", "i/a.yaml", "i/.git/x", "i/.hidden", "relato.yaml"] {
            write(top.path(), path, "");
        }
        let tree = WorkTree::open(top.path()).unwrap();
        let paths =
            |folder| tree.list(folder).unwrap().into_iter().map(|entry| entry.path).collect::<Vec<_>>();
        assert_eq!(paths("i"), ["i/a.yaml", "i/a/z.yaml", "i/b.yaml"]);
        assert_eq!(paths("./i/"), paths("i"));
        assert_eq!(paths("").len(), 4);
        assert!(paths("none").is_empty() && paths("relato.yaml").is_empty());
    }

    #[test]
    fn a_file_is_rewritten_only_while_it_is_as_it_was_read() {
        let top = tempfile::tempdir().unwrap();
        let root = &top.path().join("w");
        write(top.path(), "outside", "a");
        write(root, "i/a.yaml", "a");
        write(root, "i/b.yaml", "b");
        symlink("a.yaml", root.join("i/link.yaml")).unwrap();
        symlink("../../outside", root.join("i/out.yaml")).unwrap();
        let tree = WorkTree::open(root).unwrap();
        assert_eq!(tree.rewrite("i/link.yaml", b"a", b"new").unwrap(), Wrote::Written);
        assert_eq!(fs::read(root.join("i/a.yaml")).unwrap(), b"new");
        assert!(root.join("i/link.yaml").is_symlink());
        assert_eq!(tree.rewrite("i/b.yaml", b"b", b"b").unwrap(), Wrote::Unchanged);
        for path in ["i/a.yaml", "i/out.yaml", "../outside", "i/none.yaml", "i"] {
            let error = tree.rewrite(path, b"a", b"worse").unwrap_err();
            assert!(matches!(error, SourceError::ChangedMeanwhile { .. }), "{path}: {error}");
        }
        assert_eq!(fs::read(top.path().join("outside")).unwrap(), b"a");
        assert_eq!(fs::read(root.join("i/a.yaml")).unwrap(), b"new");
    }

    #[test]
    fn what_a_killed_process_left_is_swept_away_and_nothing_else() {
        let top = tempfile::tempdir().unwrap();
        for path in
            ["i/a.yaml", "i/.relato-aB3xY9", "i/.relato-manifest", "i/.relato-live00", "i/relato-aB3xY9"]
        {
            write(top.path(), path, "a");
        }
        let live = fs::File::open(top.path().join("i/.relato-live00")).unwrap();
        live.lock().unwrap();
        let tree = WorkTree::open(top.path()).unwrap();
        assert_eq!(tree.rewrite("i/a.yaml", b"a", b"b").unwrap(), Wrote::Written);
        let mut left: Vec<_> =
            fs::read_dir(top.path().join("i")).unwrap().map(|item| item.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".relato-live00", ".relato-manifest", "a.yaml", "relato-aB3xY9"]);
        drop(live);
    }

    #[test]
    fn links_stay_inside_the_workspace() {
        let top = tempfile::tempdir().unwrap();
        let root = &top.path().join("w");
        write(top.path(), "secret", "secret");
        write(root, ".git/config", "token");
        write(root, "i/real.yaml", "text");
        write(root, "shared/deep/s.yaml", "shared");
        for (target, link) in [
            ("../../secret", "i/out.yaml"),
            ("/etc/passwd", "i/absolute.yaml"),
            ("../.git/config", "i/git.yaml"),
            ("nowhere", "i/dangling.yaml"),
            ("loop-b", "i/loop-a"),
            ("loop-a", "i/loop-b"),
            ("..", "i/up"),
            (".", "i/self"),
            ("real.yaml", "i/inside.yaml"),
            ("../shared", "i/shared"),
            ("../shared/deep", "i/shared-again"),
            ("../..", "out"),
        ] {
            symlink(target, root.join(link)).unwrap();
        }
        symlink(root.join("i/real.yaml"), root.join("i/inside-absolute.yaml")).unwrap();
        let tree = WorkTree::open(root).unwrap();
        let leaves = Some(Refusal::LinkLeavesWorkspace);
        let entry = |path: &str, refused: &Option<Refusal>| (path.to_owned(), refused.clone());
        assert_eq!(
            listed(&tree, "i"),
            [
                entry("i/absolute.yaml", &leaves),
                entry("i/dangling.yaml", &leaves),
                entry("i/git.yaml", &leaves),
                entry("i/inside-absolute.yaml", &None),
                entry("i/inside.yaml", &None),
                entry("i/loop-a", &leaves),
                entry("i/loop-b", &leaves),
                entry("i/out.yaml", &leaves),
                entry("i/real.yaml", &None),
                entry("i/self", &leaves),
                entry("i/shared/deep/s.yaml", &None),
                entry("i/up", &leaves),
            ]
        );
        assert_eq!(listed(&tree, "out"), [entry("out", &leaves)]);
        let refused = Content::Refused(Refusal::LinkLeavesWorkspace);
        for (path, expected) in [
            ("i/out.yaml", &refused),
            ("i/absolute.yaml", &refused),
            ("i/git.yaml", &refused),
            ("i/dangling.yaml", &refused),
            ("i/loop-a", &refused),
            ("out/secret", &refused),
            ("../secret", &refused),
            ("i/../../secret", &refused),
            (".git/config", &refused),
            ("/etc/passwd", &refused),
            ("i/real.yaml/x", &Content::Missing),
            ("i", &Content::Missing),
            ("", &Content::Missing),
            ("none/x", &Content::Missing),
            ("i/inside.yaml", &Content::Bytes(b"text".to_vec())),
            ("i/inside-absolute.yaml", &Content::Bytes(b"text".to_vec())),
            ("i/shared/deep/s.yaml", &Content::Bytes(b"shared".to_vec())),
        ] {
            assert_eq!(tree.read(path, 100).unwrap(), *expected, "{path}");
        }
        assert!(tree.read(&"x".repeat(10_000), 1).is_ok());
        assert!(tree.read(&"x/".repeat(10_000), 1).is_ok());
    }

    #[test]
    fn what_is_no_file_is_never_opened() {
        let top = tempfile::tempdir().unwrap();
        let status = std::process::Command::new("mkfifo").arg(top.path().join("pipe.yaml")).status().unwrap();
        assert!(status.success());
        symlink("pipe.yaml", top.path().join("link.yaml")).unwrap();
        fs::write(top.path().join(OsStr::from_bytes(b"caf\xe9.yaml")), "").unwrap();
        let tree = WorkTree::open(top.path()).unwrap();
        assert_eq!(
            listed(&tree, ""),
            [
                ("caf\u{FFFD}.yaml".to_owned(), Some(Refusal::NameNotUtf8)),
                ("link.yaml".to_owned(), Some(Refusal::NotAFile)),
                ("pipe.yaml".to_owned(), Some(Refusal::NotAFile)),
            ]
        );
        for path in ["pipe.yaml", "link.yaml"] {
            assert_eq!(tree.read(path, 10).unwrap(), Content::Refused(Refusal::NotAFile));
        }
    }

    #[test]
    fn a_file_is_read_up_to_its_limit_and_no_further() {
        let top = tempfile::tempdir().unwrap();
        write(top.path(), "a", "12345");
        let tree = WorkTree::open(top.path()).unwrap();
        assert_eq!(tree.read("a", 5).unwrap(), Content::Bytes(b"12345".to_vec()));
        assert_eq!(tree.read("a", 4).unwrap(), Content::Refused(Refusal::TooLarge(5)));
        assert_eq!(bounded(&top.path().join("a"), 1, 3).unwrap(), b"1234", "it grew since it was measured");
    }

    #[test]
    fn a_root_that_is_no_folder_is_an_error() {
        let top = tempfile::tempdir().unwrap();
        write(top.path(), "file", "");
        assert!(matches!(WorkTree::open(&top.path().join("x")), Err(SourceError::FolderMissing { .. })));
        assert!(matches!(WorkTree::open(&top.path().join("file")), Err(SourceError::NotAFolder { .. })));
    }
}
