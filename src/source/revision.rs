//! The workspace as it stood at a commit: nothing is checked out, every file comes from git's objects.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use git2::Oid;

use super::{
    Commit, Content, ContentId, Entry, LISTING_LIMIT, LastCommits, Refusal, SourceError, Tree,
    WORKSPACE_FILE, find_workspace,
    git::{Git, ItemKind, RawTree},
    history, join, parts, real_path,
};

/// How many symbolic links one path may lead through, as on Linux.
const LINKS_FOLLOWED: usize = 40;

/// The longest path, in bytes, of a file or of a link's target, as on Linux.
const PATH_LIMIT: usize = 4096;

/// The way from the root of the repository that holds `folder` to it: `/` between and after folders. Empty for the root
/// itself, without a repository, and where a part is not UTF-8.
pub fn path_in_repository(folder: &Path) -> String {
    let git = Git::discover(folder).ok().flatten();
    let way = || {
        let root = git.as_ref()?.work_tree()?;
        let way = real_path(folder).strip_prefix(root).ok()?.to_owned();
        way.iter().map(|part| Some(format!("{}/", part.to_str()?))).collect::<Option<String>>()
    };
    way().unwrap_or_default()
}

/// The workspace at one commit of a work tree's, a linked work tree's, a bare or a shallow repository.
///
/// Its root is the folder that holds `relato.yaml` at that commit, looked for from the folder it was opened at
/// upwards; without one, the workspace root on disk; in a bare repository, the root of the commit's tree.
/// A symbolic link is followed as in a work tree, except that an absolute target is always refused.
pub struct Revision {
    git: Git,
    id: Oid,
    commit: Commit,
    /// The folders from the repository's root to the workspace's.
    prefix: Vec<Vec<u8>>,
    root: RawTree,
    /// What listings found, so that reading them needs no second walk: path → blob.
    listed: RwLock<HashMap<String, Oid>>,
}

impl Revision {
    /// The workspace of `start` at `revision`: anything that `git rev-parse` resolves to a commit (`v1.2`, `HEAD~3`,
    /// an abbreviated id).
    ///
    /// # Errors
    /// No folder, no repository, no such revision, or a repository that cannot be read.
    pub fn open(start: &Path, revision: &str) -> Result<Self, SourceError> {
        let git =
            Git::discover(start)?.ok_or_else(|| SourceError::NotARepository { path: start.to_owned() })?;
        let id = git.resolve(revision)?;
        let commit = git.commit(id)?;
        let top = git.tree(git.node(id)?.tree)?;
        let prefix = workspace_at(&git, &top, start)?;
        let mut root = top;
        for name in &prefix {
            root = folder(&git, &root, name)?.unwrap_or_else(RawTree::empty);
        }
        Ok(Self { git, id, commit, prefix, root, listed: RwLock::default() })
    }

    /// The last commit that changed each of `paths`, up to this revision; see [`history`](super::last_commits).
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn last_commits(&self, paths: &[String]) -> Result<LastCommits, SourceError> {
        history::walk(&self.git, self.id, &self.prefix, paths)
    }

    /// Where `path` leads from the real folder `from`, through links as long as they stay in the workspace.
    fn resolve(&self, from: &[Vec<u8>], path: &[u8]) -> Result<Found, SourceError> {
        let mut ahead: Vec<Vec<u8>> = path.split(|byte| *byte == b'/').rev().map(<[u8]>::to_vec).collect();
        ahead.extend(from.iter().rev().cloned());
        let mut real: Vec<(Vec<u8>, RawTree)> = Vec::new();
        let mut links = 0;
        while let Some(name) = ahead.pop() {
            match &*name {
                b"" | b"." => continue,
                b".." if real.pop().is_none() => return Ok(Found::Refused(Refusal::LinkLeavesWorkspace)),
                b".." => continue,
                _ => {}
            }
            let current = real.last().map_or(&self.root, |(_, tree)| tree);
            let Some(item) = current.get(&name) else { return Ok(nowhere(links)) };
            match item.kind {
                ItemKind::Folder => {
                    let tree = self.git.tree(item.oid())?;
                    real.push((name, tree));
                }
                ItemKind::File if ahead.iter().all(Vec::is_empty) => return Ok(Found::File(item.oid())),
                ItemKind::File => return Ok(nowhere(links)),
                ItemKind::Commit => return Ok(Found::Refused(Refusal::NotAFile)),
                ItemKind::Link => {
                    links += 1;
                    let target = self.git.blob(item.oid(), PATH_LIMIT as u64)?;
                    match target {
                        Ok(target) if links <= LINKS_FOLLOWED && !target.starts_with(b"/") => {
                            ahead.extend(target.split(|byte| *byte == b'/').rev().map(<[u8]>::to_vec));
                        }
                        _ => return Ok(Found::Refused(Refusal::LinkLeavesWorkspace)),
                    }
                }
            }
        }
        let tree = real.last().map_or_else(|| self.root.clone(), |(_, tree)| tree.clone());
        Ok(Found::Folder(real.into_iter().map(|(name, _)| name).collect(), tree))
    }
}

impl Tree for Revision {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, SourceError> {
        let refused = |path: &str, why| Entry { path: path.to_owned(), refused: Some(why), id: None };
        let Some(named) = parts(folder) else {
            return Ok(vec![refused(folder, Refusal::LinkLeavesWorkspace)]);
        };
        let named = named.join("/");
        let mut walk =
            Walk { seen: HashSet::new(), files: Vec::new(), links: Vec::new(), entries: Vec::new(), gone: 0 };
        match self.resolve(&[], named.as_bytes())? {
            Found::Missing | Found::File(_) => return Ok(Vec::new()),
            Found::Refused(why) => return Ok(vec![refused(&named, why)]),
            Found::Folder(real, tree) => walk.folder(self, folder, real, tree, named.clone())?,
        }
        // links last, so that a file is listed under its own path where it has one below `folder`
        while !walk.links.is_empty() {
            let mut links = std::mem::take(&mut walk.links);
            links.sort();
            for (path, from, target) in links {
                match self.resolve(&from, &target)? {
                    Found::File(id) => walk.files.push((path, id)),
                    Found::Folder(real, _) if from.starts_with(&real) => {
                        walk.entries.push(refused(&path, Refusal::LinkLeavesWorkspace));
                    }
                    Found::Folder(real, tree) => walk.folder(self, folder, real, tree, path)?,
                    Found::Missing => walk.entries.push(refused(&path, Refusal::LinkLeavesWorkspace)),
                    Found::Refused(why) => walk.entries.push(refused(&path, why)),
                }
            }
        }
        let Walk { files, mut entries, .. } = walk;
        entries.extend(files.iter().map(|(path, id)| Entry {
            path: path.clone(),
            refused: None,
            id: <[u8; 20]>::try_from(id.as_bytes()).ok().map(ContentId),
        }));
        self.listed.write().unwrap_or_else(PoisonError::into_inner).extend(files);
        entries.sort();
        Ok(entries)
    }

    fn read(&self, path: &str, limit: u64) -> Result<Content, SourceError> {
        let listed = self.listed.read().unwrap_or_else(PoisonError::into_inner).get(path).copied();
        let id = match (listed, parts(path)) {
            (Some(id), _) => id,
            (None, None) => return Ok(Content::Refused(Refusal::LinkLeavesWorkspace)),
            (None, Some(parts)) => match self.resolve(&[], parts.join("/").as_bytes())? {
                Found::File(id) => id,
                Found::Missing | Found::Folder(..) => return Ok(Content::Missing),
                Found::Refused(why) => return Ok(Content::Refused(why)),
            },
        };
        Ok(match self.git.blob(id, limit)? {
            Ok(bytes) => Content::Bytes(bytes),
            Err(size) => Content::Refused(Refusal::TooLarge(size)),
        })
    }

    fn commit(&self) -> Option<&Commit> {
        Some(&self.commit)
    }
}

/// Where a path leads.
enum Found {
    Missing,
    Refused(Refusal),
    File(Oid),
    /// Its real path from the workspace root, and its entries.
    Folder(Vec<Vec<u8>>, RawTree),
}

fn nowhere(links: usize) -> Found {
    if links == 0 { Found::Missing } else { Found::Refused(Refusal::LinkLeavesWorkspace) }
}

/// One listing under way.
struct Walk {
    /// Real paths of the folders gone through: each is listed once.
    seen: HashSet<Vec<u8>>,
    files: Vec<(String, Oid)>,
    /// Path, real folder it lies in, its own name: to follow when the folders are done.
    links: Vec<(String, Vec<Vec<u8>>, Vec<u8>)>,
    entries: Vec<Entry>,
    /// Entries gone through; a tree of a few objects can unfold into billions.
    gone: usize,
}

impl Walk {
    fn folder(
        &mut self,
        revision: &Revision,
        listed: &str,
        real: Vec<Vec<u8>>,
        tree: RawTree,
        shown: String,
    ) -> Result<(), SourceError> {
        let mut ahead = vec![(real, tree, shown)];
        while let Some((real, tree, shown)) = ahead.pop() {
            if !self.seen.insert(real.join(&b'/')) {
                continue;
            }
            for item in tree.items() {
                // a long path counts for more, so that the paths together stay within some 256 MB
                self.gone += 1 + shown.len() / 256;
                if self.gone > LISTING_LIMIT {
                    return Err(SourceError::TooManyFiles {
                        folder: listed.to_owned(),
                        limit: LISTING_LIMIT,
                    });
                }
                if item.name.starts_with(b".") {
                    continue;
                }
                let path = join(&shown, &String::from_utf8_lossy(item.name));
                let why = if std::str::from_utf8(item.name).is_err() {
                    Some(Refusal::NameNotUtf8)
                } else if path.len() > PATH_LIMIT {
                    Some(Refusal::Unreadable("its path is too long".to_owned()))
                } else {
                    (item.kind == ItemKind::Commit).then_some(Refusal::NotAFile)
                };
                match item.kind {
                    _ if why.is_some() => self.entries.push(Entry { path, refused: why, id: None }),
                    ItemKind::Folder => {
                        let mut inner = real.clone();
                        inner.push(item.name.to_vec());
                        ahead.push((inner, revision.git.tree(item.oid())?, path));
                    }
                    ItemKind::Link => self.links.push((path, real.clone(), item.name.to_vec())),
                    ItemKind::File | ItemKind::Commit => self.files.push((path, item.oid())),
                }
            }
        }
        Ok(())
    }
}

/// The folders from the repository's root to the workspace's, as `start` finds it at this commit.
pub(super) fn workspace_at(git: &Git, top: &RawTree, start: &Path) -> Result<Vec<Vec<u8>>, SourceError> {
    let Some(names) = below(git, start)? else { return Ok(Vec::new()) };
    let mut trees = vec![top.clone()];
    for name in &names {
        match trees.last().map(|tree| folder(git, tree, name)).transpose()?.flatten() {
            Some(tree) => trees.push(tree),
            None => break,
        }
    }
    let holds = |tree: &RawTree| {
        let item = tree.get(WORKSPACE_FILE.as_bytes());
        item.is_some_and(|item| matches!(item.kind, ItemKind::File | ItemKind::Link))
    };
    if let Some(depth) = trees.iter().rposition(holds) {
        return Ok(names.into_iter().take(depth).collect());
    }
    // not at this commit: then where it is now, so that old and new are read from the same folder
    Ok(below(git, &find_workspace(start))?.unwrap_or(names))
}

/// The folders from the repository's root to `path`; `None` in a bare repository, and outside the work tree.
pub(super) fn below(git: &Git, path: &Path) -> Result<Option<Vec<Vec<u8>>>, SourceError> {
    let Some(root) = git.work_tree() else { return Ok(None) };
    let real: PathBuf = path.canonicalize().map_err(|error| SourceError::disk("find", path, error))?;
    let Ok(relative) = real.strip_prefix(root) else { return Ok(None) };
    Ok(Some(relative.iter().map(|name| name.as_encoded_bytes().to_vec()).collect()))
}

/// The folder of this name.
fn folder(git: &Git, tree: &RawTree, name: &[u8]) -> Result<Option<RawTree>, SourceError> {
    let item = tree.get(name).filter(|item| item.kind == ItemKind::Folder);
    item.map(|item| git.tree(item.oid())).transpose()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use rayon::prelude::*;

    use super::super::{WorkTree, fixture::Fixture};
    use super::*;

    /// Every path with what reading it gives.
    fn all(tree: &dyn Tree) -> Vec<(String, Content)> {
        let entries = tree.list("").unwrap();
        let contents = entries.into_iter().map(|entry| {
            let content = match entry.refused {
                Some(why) => Content::Refused(why),
                None => tree.read(&entry.path, 1000).unwrap(),
            };
            (entry.path, content)
        });
        contents.collect()
    }

    fn help(error: &SourceError) -> String {
        error.help().unwrap_or_default()
    }

    #[test]
    fn every_kind_of_clone_holds_what_the_work_tree_holds() {
        let fixture = Fixture::new();
        for n in 0..40 {
            fixture.write(&format!("incidents/{}/{n}.yaml", n % 3), &format!("text {n}\n"));
        }
        fixture.write("relato.yaml", "relato: 1\n");
        fixture.write("shared/deep/s.yaml", "shared\n");
        for (target, link) in [
            ("../relato.yaml", "incidents/inside.yaml"),
            ("../../outside", "incidents/outside.yaml"),
            ("nowhere", "incidents/dangling.yaml"),
            ("loop-b", "incidents/loop-a"),
            ("loop-a", "incidents/loop-b"),
            ("..", "incidents/up"),
            ("../shared", "incidents/shared"),
            ("0/../../incidents/1/1.yaml", "incidents/winding.yaml"),
        ] {
            symlink(target, fixture.repo().join(link)).unwrap();
        }
        let id = fixture.commit();
        fixture.git(&fixture.repo(), &["tag", "-a", "v1", "-m", "v1"]);
        let url = format!("file://{}", fixture.repo().display());
        let top = fixture.path("");
        fixture.git(&top, &["clone", "-q", "--bare", &url, "bare"]);
        fixture.git(&top, &["clone", "-q", "--depth", "1", &url, "shallow"]);
        fixture.git(&fixture.repo(), &["worktree", "add", "-q", &top.join("linked").display().to_string()]);

        let expected = all(&WorkTree::open(&fixture.repo()).unwrap());
        assert_eq!(expected.len(), 40 + 2 + 7, "`incidents/shared` is listed as `shared` already");
        let short: String = id.chars().take(7).collect();
        for (folder, revision) in [
            ("repo", "HEAD"),
            ("repo", "v1"),
            ("repo", short.as_str()),
            ("bare", "main"),
            ("shallow", "HEAD"),
            ("linked", "HEAD"),
        ] {
            let tree = Revision::open(&fixture.path(folder), revision).unwrap();
            assert_eq!(all(&tree), expected, "{folder} at {revision}");
            let commit = tree.commit().unwrap();
            assert_eq!((commit.id.as_str(), commit.shallow), (id.as_str(), folder == "shallow"));
            let entries = tree.list("incidents/0").unwrap();
            entries.into_par_iter().for_each(|entry| {
                let Content::Bytes(bytes) = tree.read(&entry.path, 100).unwrap() else { panic!("{entry:?}") };
                assert_eq!(entry.id, Some(ContentId::of(&bytes)));
            });
        }
        let tree = Revision::open(&fixture.repo(), "HEAD").unwrap();
        for (path, expected) in [
            ("incidents/0/0.yaml", Content::Refused(Refusal::TooLarge(7))),
            ("../relato.yaml", Content::Refused(Refusal::LinkLeavesWorkspace)),
            ("/relato.yaml", Content::Refused(Refusal::LinkLeavesWorkspace)),
            ("incidents/up/relato.yaml", Content::Refused(Refusal::TooLarge(10))),
            ("incidents/0", Content::Missing),
            ("incidents/0/0.yaml/x", Content::Missing),
            ("none", Content::Missing),
        ] {
            assert_eq!(tree.read(path, 6).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn the_workspace_may_be_a_folder_of_the_repository() {
        let fixture = Fixture::new();
        fixture.write("ops/records/incidents/a.yaml", "old");
        fixture.write("relato.yaml", "");
        let first = fixture.commit();
        fixture.write("ops/records/relato.yaml", "");
        fixture.write("ops/records/incidents/a.yaml", "new");
        std::fs::remove_file(fixture.repo().join("relato.yaml")).unwrap();
        fixture.commit();
        std::fs::remove_file(fixture.repo().join("ops/records/relato.yaml")).unwrap();
        fixture.commit();
        fixture.git(&fixture.repo(), &["checkout", "-q", "HEAD~1"]);
        for (start, revision, path, expected) in [
            ("repo/ops/records/incidents", "HEAD", "incidents/a.yaml", "new"),
            ("repo/ops/records", "HEAD", "incidents/a.yaml", "new"),
            // the root was the repository's own at that commit
            ("repo/ops/records", first.as_str(), "ops/records/incidents/a.yaml", "old"),
            // no `relato.yaml` at that commit: where it is now
            ("repo/ops/records/incidents", "main", "incidents/a.yaml", "new"),
        ] {
            let tree = Revision::open(&fixture.path(start), revision).unwrap();
            assert_eq!(
                tree.read(path, 10).unwrap(),
                Content::Bytes(expected.as_bytes().to_vec()),
                "{start} at {revision}"
            );
        }
    }

    #[test]
    fn names_that_are_not_utf_8_and_submodules_are_refused() {
        use std::os::unix::ffi::OsStrExt as _;
        let fixture = Fixture::new();
        std::fs::write(fixture.repo().join(std::ffi::OsStr::from_bytes(b"caf\xe9.yaml")), "").unwrap();
        let id = fixture.commit();
        fixture
            .git(&fixture.repo(), &["update-index", "--add", "--cacheinfo", &format!("160000,{id},module")]);
        fixture.git(&fixture.repo(), &["commit", "-q", "-m", "module"]);
        let tree = Revision::open(&fixture.repo(), "HEAD").unwrap();
        assert_eq!(
            all(&tree),
            [
                ("caf\u{FFFD}.yaml".to_owned(), Content::Refused(Refusal::NameNotUtf8)),
                ("module".to_owned(), Content::Refused(Refusal::NotAFile)),
            ]
        );
    }

    #[test]
    fn a_tree_that_unfolds_without_end_is_an_error_and_not_a_wait() {
        let fixture = Fixture::new();
        fixture.write("a", "");
        fixture.commit();
        let repository = git2::Repository::open(fixture.repo()).unwrap();
        let mut id = repository.head().unwrap().peel_to_tree().unwrap().id();
        for _ in 0..12 {
            let mut builder = repository.treebuilder(None).unwrap();
            (0..10).for_each(|n| drop(builder.insert(format!("{n}"), id, 0o040_000).unwrap()));
            id = builder.write().unwrap();
        }
        let author = git2::Signature::new("a", "a", &git2::Time::new(0, 0)).unwrap();
        let tree = repository.find_tree(id).unwrap();
        let commit = repository.commit(None, &author, &author, "bomb", &tree, &[]).unwrap();
        let revision = Revision::open(&fixture.repo(), &commit.to_string()).unwrap();
        assert!(matches!(revision.list(""), Err(SourceError::TooManyFiles { .. })));
    }

    #[test]
    fn each_repository_that_cannot_be_read_says_what_to_do() {
        let fixture = Fixture::new();
        fixture.write("a", "1");
        fixture.commit();
        fixture.write("a", "2");
        fixture.commit();
        let top = fixture.path("");
        let url = format!("file://{}", fixture.repo().display());
        fixture.git(&top, &["clone", "-q", "--depth", "1", &url, "shallow"]);
        fixture.git(&fixture.repo(), &["config", "uploadpack.allowFilter", "true"]);
        fixture.git(&top, &["clone", "-q", "--bare", "--filter=blob:none", &url, "partial"]);
        fixture.git(&top, &["init", "-q", "empty"]);
        fixture.git(&top, &["init", "-q", "--object-format=sha256", "sha256"]);
        fixture.git(&top, &["init", "-q", "--ref-format=reftable", "reftable"]);
        std::fs::create_dir(top.join("plain")).unwrap();
        for (folder, revision, message, next) in [
            ("none", "HEAD", "there is no folder", "`-C`"),
            ("plain", "HEAD", "lies in no git repository", "leave out `--at`"),
            ("empty", "HEAD", "there is no commit yet", "git rev-parse"),
            ("repo", "", "it is empty", "git rev-parse"),
            ("repo", "nope", "no such revision `nope`", "git rev-parse"),
            ("repo", "HEAD:a", "it is not a commit", "git rev-parse"),
            ("repo", "HEAD~9", "no such revision", "git rev-parse"),
            ("shallow", "HEAD~1", "no such revision", "--unshallow"),
            ("sha256", "HEAD", "uses a format", "SHA-1"),
            ("reftable", "HEAD", "uses a format", "git refs migrate"),
        ] {
            let error = Revision::open(&top.join(folder), revision).err().unwrap();
            assert!(error.to_string().contains(message), "{folder}: {error}");
            assert!(help(&error).contains(next), "{folder}: {error}: {}", help(&error));
        }
        let partial = Revision::open(&top.join("partial"), "HEAD").unwrap();
        assert_eq!(partial.list("").unwrap().len(), 1);
        let error = partial.read("a", 10).unwrap_err();
        assert!(help(&error).contains("git fetch --refetch"), "{error}: {}", help(&error));
    }

    #[test]
    fn the_repository_of_another_user_is_not_trusted_silently() {
        let fixture = Fixture::new();
        fixture.write("a", "1");
        fixture.commit();
        let changed = std::process::Command::new("chown").args(["-R", "12345"]).arg(fixture.repo()).status();
        if changed.is_ok_and(|status| status.success()) {
            let error = Revision::open(&fixture.repo(), "HEAD").err().unwrap();
            assert!(matches!(error, SourceError::OtherOwner { .. }), "{error}");
            assert!(help(&error).contains("safe.directory"));
        }
    }
}
