//! A git repository opened once for each thread that reads it: commits, trees as raw bytes, blobs, and git's errors
//! in our words.

use std::{
    collections::{HashMap, HashSet},
    io::Read,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, Once, PoisonError, RwLock},
};

use git2::{ErrorClass, ErrorCode, ObjectType, Oid, Repository};

use super::{Commit, CommitId, ContentId, Signed, SourceError};
use crate::time::Instant;

/// Trees kept in memory, in bytes; a flat folder of 10,000 files takes 0.5 MB.
const TREES_KEPT: usize = 64 << 20;

/// The largest tree object that is read, in bytes: about two million entries.
const TREE_LIMIT: usize = 100 << 20;

/// A repository. `git2::Repository` cannot be shared between threads, so each reader borrows one handle of a pool.
pub(super) struct Git {
    /// The git folder: `.git`, the bare repository, or the folder of a linked work tree.
    folder: PathBuf,
    /// The work tree's root, canonical; `None` in a bare repository.
    work_tree: Option<PathBuf>,
    /// The commits whose parents a shallow clone left out.
    boundary: HashSet<Oid>,
    shallow: bool,
    idle: Mutex<Vec<Repository>>,
    trees: RwLock<(HashMap<Oid, RawTree>, usize)>,
}

impl Git {
    /// The repository at `start` or above it; `None` when there is none.
    pub(super) fn discover(start: &Path) -> Result<Option<Self>, SourceError> {
        static ONCE: Once = Once::new();
        // the objects are those of a local clone, which git checked when it fetched them; 2.6 times faster walks
        ONCE.call_once(|| git2::opts::strict_hash_verification(false));
        if !start.exists() {
            return Err(SourceError::FolderMissing { path: start.to_owned() });
        }
        if !start.is_dir() {
            return Err(SourceError::NotAFolder { path: start.to_owned() });
        }
        let repository = match Repository::discover(start) {
            Ok(repository) => repository,
            Err(error) if error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Repository => {
                return Ok(None);
            }
            Err(error) => return Err(refused(start, &error)),
        };
        let shallow = repository.is_shallow();
        let boundary = if shallow { boundary(repository.commondir())? } else { HashSet::new() };
        Ok(Some(Self {
            folder: repository.path().to_owned(),
            work_tree: repository.workdir().and_then(|folder| folder.canonicalize().ok()),
            boundary,
            shallow,
            idle: Mutex::new(vec![repository]),
            trees: RwLock::default(),
        }))
    }

    /// Whether the history ends at this commit because a shallow clone left its parents out.
    pub(super) fn is_boundary(&self, id: Oid) -> bool {
        self.boundary.contains(&id)
    }

    /// The best commit that both descend from.
    pub(super) fn merge_base(&self, one: Oid, other: Oid) -> Result<Oid, SourceError> {
        self.with(|repository| {
            repository.merge_base(one, other).map_err(|error| match error.code() {
                ErrorCode::NotFound => SourceError::NoSuchRevision {
                    revision: format!("{one}...{other}"),
                    repository: self.folder.clone(),
                    reason: "the two have no commit in common".to_owned(),
                    shallow: self.shallow,
                },
                _ => self.failure("look for a common commit", &error),
            })
        })
    }

    /// The git folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the work tree, canonical.
    pub(super) fn work_tree(&self) -> Option<&Path> {
        self.work_tree.as_deref()
    }

    /// The commit that `revision` names, in any way `git rev-parse` knows.
    pub(super) fn resolve(&self, revision: &str) -> Result<Oid, SourceError> {
        let unknown = |reason: &str| SourceError::NoSuchRevision {
            revision: revision.to_owned(),
            repository: self.folder.clone(),
            reason: reason.to_owned(),
            shallow: self.shallow,
        };
        self.with(|repository| {
            if revision.is_empty() {
                return Err(unknown("it is empty"));
            }
            let object = repository.revparse_single(revision).map_err(|error| match error.code() {
                ErrorCode::NotFound if repository.is_empty().unwrap_or(false) => {
                    unknown("there is no commit yet")
                }
                _ => unknown(error.message()),
            })?;
            let id = object.id();
            let commit = object.peel_to_commit().map_err(|error| match error.code() {
                ErrorCode::NotFound => self.object_error("read the commit", id, &error),
                _ => unknown("it is not a commit"),
            })?;
            Ok(commit.id())
        })
    }

    /// The commit of `HEAD`; `None` when the branch has no commit yet.
    pub(super) fn head(&self) -> Result<Option<Oid>, SourceError> {
        self.with(|repository| match repository.head() {
            Ok(head) => match head.peel_to_commit() {
                Ok(commit) => Ok(Some(commit.id())),
                Err(error) => Err(self.failure("read the commit of HEAD", &error)),
            },
            Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => Ok(None),
            Err(error) => Err(self.failure("read HEAD", &error)),
        })
    }

    /// Id, time and standing of a commit.
    pub(super) fn commit(&self, id: Oid) -> Result<Commit, SourceError> {
        let node = self.node(id)?;
        Ok(Commit { id: id.to_string(), at: node.at(), shallow: self.shallow })
    }

    /// Tree, time and parents of a commit.
    pub(super) fn node(&self, id: Oid) -> Result<Node, SourceError> {
        self.with(|repository| {
            let commit = repository
                .find_commit(id)
                .map_err(|error| self.object_error("read the commit", id, &error))?;
            Ok(Node {
                tree: commit.tree_id(),
                seconds: commit.time().seconds(),
                parents: commit.parent_ids().collect(),
            })
        })
    }

    /// The entries of a tree.
    pub(super) fn tree(&self, id: Oid) -> Result<RawTree, SourceError> {
        if let Some(tree) = self.trees.read().unwrap_or_else(PoisonError::into_inner).0.get(&id) {
            return Ok(tree.clone());
        }
        let tree = self.with(|repository| {
            let error = |error| self.object_error("read the tree", id, &error);
            let odb = repository.odb().map_err(error)?;
            let (size, kind) = odb.read_header(id).map_err(error)?;
            if kind != ObjectType::Tree || size > TREE_LIMIT {
                return Err(SourceError::Git {
                    doing: format!("read the tree {id}"),
                    repository: self.folder.clone(),
                    reason: format!("it is a {kind} of {size} bytes"),
                });
            }
            RawTree::parse(odb.read(id).map_err(error)?.data()).ok_or_else(|| SourceError::Git {
                doing: format!("read the tree {id}"),
                repository: self.folder.clone(),
                reason: "it is damaged".to_owned(),
            })
        })?;
        let mut kept = self.trees.write().unwrap_or_else(PoisonError::into_inner);
        if kept.1.saturating_add(tree.0.len()) > TREES_KEPT {
            *kept = Default::default();
        }
        if kept.0.insert(id, tree.clone()).is_none() {
            kept.1 += tree.0.len();
        }
        Ok(tree)
    }

    /// The bytes of a blob, or its size when that is beyond `limit`.
    pub(super) fn blob(&self, id: Oid, limit: u64) -> Result<Result<Vec<u8>, u64>, SourceError> {
        self.with(|repository| {
            let error = |error| self.object_error("read the file", id, &error);
            let odb = repository.odb().map_err(error)?;
            let (size, _) = odb.read_header(id).map_err(error)?;
            if size as u64 > limit {
                return Ok(Err(size as u64));
            }
            Ok(Ok(odb.read(id).map_err(error)?.data().to_vec()))
        })
    }

    /// Runs `work` on a handle that no other thread uses meanwhile.
    fn with<T>(&self, work: impl FnOnce(&Repository) -> Result<T, SourceError>) -> Result<T, SourceError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let repository = match idle {
            Some(repository) => repository,
            None => Repository::open(&self.folder).map_err(|error| refused(&self.folder, &error))?,
        };
        let result = work(&repository);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(repository);
        result
    }

    /// Runs `work` on a handle that is kept for all of it, for many small reads of one thread.
    pub(super) fn reading<T>(
        &self,
        work: impl FnOnce(&Handle<'_>) -> Result<T, SourceError>,
    ) -> Result<T, SourceError> {
        self.with(|repository| {
            let odb = repository.odb().map_err(|error| self.failure("read the objects", &error))?;
            work(&Handle { git: self, repository, odb })
        })
    }

    fn object_error(&self, doing: &str, id: Oid, error: &git2::Error) -> SourceError {
        if error.code() == ErrorCode::NotFound {
            let partial = self.with(|repository| Ok(is_partial(repository))).unwrap_or(false);
            return SourceError::MissingObject {
                id: id.to_string(),
                repository: self.folder.clone(),
                partial,
            };
        }
        self.failure(&format!("{doing} {id}"), error)
    }

    fn failure(&self, doing: &str, error: &git2::Error) -> SourceError {
        SourceError::Git {
            doing: doing.to_owned(),
            repository: self.folder.clone(),
            reason: error.message().to_owned(),
        }
    }
}

/// A repository in the hands of one thread.
pub(super) struct Handle<'r> {
    git: &'r Git,
    repository: &'r Repository,
    odb: git2::Odb<'r>,
}

impl Handle<'_> {
    /// Tree, time and parents of a commit.
    pub(super) fn node(&self, id: Oid) -> Result<Node, SourceError> {
        let commit = self.commit(id)?;
        Ok(Node {
            tree: commit.tree_id(),
            seconds: commit.time().seconds(),
            parents: commit.parent_ids().collect(),
        })
    }

    /// Who made a commit, and when.
    pub(super) fn signed(&self, id: Oid) -> Result<Signed, SourceError> {
        let commit = self.commit(id)?;
        let author = commit.author();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Signed {
            id: CommitId(<[u8; 20]>::try_from(id.as_bytes()).unwrap_or_default()),
            seconds: commit.time().seconds(),
            authored_seconds: author.when().seconds(),
            name: text(author.name_bytes()),
            email: text(author.email_bytes()),
            parents: commit.parent_count(),
        })
    }

    /// A tree object, its bytes where git's own cache has them.
    pub(super) fn raw_tree(&self, id: Oid) -> Result<git2::OdbObject<'_>, SourceError> {
        let error = |error| self.git.object_error("read the tree", id, &error);
        let object = self.odb.read(id).map_err(error)?;
        if object.kind() != ObjectType::Tree || object.len() > TREE_LIMIT {
            return Err(self.damaged(Some(id)));
        }
        Ok(object)
    }

    /// The bytes of a blob; `None` when they are more than `limit`.
    pub(super) fn blob(&self, id: Oid, limit: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let error = |error| self.git.object_error("read the file", id, &error);
        let (size, _) = self.odb.read_header(id).map_err(error)?;
        if size as u64 > limit {
            return Ok(None);
        }
        Ok(Some(self.odb.read(id).map_err(error)?.data().to_vec()))
    }

    /// What `.mailmap` calls these people.
    pub(super) fn mapped(&self, people: &[(String, String)]) -> Vec<String> {
        let mailmap = self.repository.mailmap().ok();
        let mapped = |(name, email): &(String, String)| {
            let signature = git2::Signature::new(name, email, &git2::Time::new(0, 0)).ok()?;
            let mapped = mailmap.as_ref()?.resolve_signature(&signature).ok()?;
            Some(String::from_utf8_lossy(mapped.name_bytes()).into_owned())
        };
        people.iter().map(|person| mapped(person).unwrap_or_else(|| person.0.clone())).collect()
    }

    /// That a tree is not as git writes trees.
    pub(super) fn damaged(&self, id: Option<Oid>) -> SourceError {
        SourceError::Git {
            doing: format!("read the tree {}", id.unwrap_or(Oid::ZERO_SHA1)),
            repository: self.git.folder.clone(),
            reason: "it is damaged".to_owned(),
        }
    }

    fn commit(&self, id: Oid) -> Result<git2::Commit<'_>, SourceError> {
        self.repository.find_commit(id).map_err(|error| self.git.object_error("read the commit", id, &error))
    }
}

/// What a walk needs of a commit.
pub(super) struct Node {
    pub(super) tree: Oid,
    /// The committer's time, in seconds since the Unix epoch.
    pub(super) seconds: i64,
    pub(super) parents: Vec<Oid>,
}

impl Node {
    /// The committer's time; the Unix epoch where it lies outside the calendar.
    pub(super) fn at(&self) -> Instant {
        Instant::from_timestamp(self.seconds, 0).unwrap_or(Instant::UNIX_EPOCH)
    }
}

/// A tree object as stored: entries in git's order, which puts `a/` (a folder) after `a.yaml`.
#[derive(Clone)]
pub(super) struct RawTree(Arc<[u8]>);

impl RawTree {
    /// A tree without entries.
    pub(super) fn empty() -> Self {
        Self(Arc::from([]))
    }

    /// The tree of these bytes; `None` when they are no whole list of entries.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = item(rest)?.1;
        }
        Some(Self(Arc::from(bytes)))
    }

    /// The entries, in git's order.
    pub(super) fn items(&self) -> impl Iterator<Item = Item<'_>> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            let (item, after) = item(rest)?;
            rest = after;
            Some(item)
        })
    }

    /// The entry of this name.
    pub(super) fn get(&self, name: &[u8]) -> Option<Item<'_>> {
        self.items().find(|item| item.name == name)
    }
}

/// One entry of a tree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Item<'t> {
    pub(super) name: &'t [u8],
    pub(super) kind: ItemKind,
    /// The mode as git writes it; a change of it is a change of the file.
    mode: u32,
    id: [u8; 20],
}

impl Item<'_> {
    pub(super) fn oid(&self) -> Oid {
        Oid::from_bytes(&self.id).unwrap_or(Oid::ZERO_SHA1)
    }

    pub(super) fn content(&self) -> ContentId {
        ContentId(self.id)
    }
}

/// What an entry of a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    File,
    Folder,
    Link,
    /// A submodule.
    Commit,
}

/// The first entry of a tree, and the bytes after it.
pub(super) fn item(bytes: &[u8]) -> Option<(Item<'_>, &[u8])> {
    let space = bytes.iter().position(|byte| *byte == b' ')?;
    let (mode, rest) = bytes.split_at_checked(space)?;
    let mode = mode.iter().try_fold(0_u32, |mode, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 8)?;
        mode.checked_mul(8)?.checked_add(u32::from(digit))
    })?;
    let rest = rest.get(1..)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    let (name, rest) = rest.split_at_checked(end)?;
    let (id, rest) = rest.get(1..)?.split_first_chunk::<20>()?;
    let kind = match mode & 0o170_000 {
        0o040_000 => ItemKind::Folder,
        0o120_000 => ItemKind::Link,
        0o160_000 => ItemKind::Commit,
        _ => ItemKind::File,
    };
    Some((Item { name, kind, mode, id: *id }, rest))
}

/// The ids in the file `shallow`, which libgit2 reads for itself and does not tell.
fn boundary(common: &Path) -> Result<HashSet<Oid>, SourceError> {
    let path = common.join("shallow");
    let mut text = String::new();
    std::fs::File::open(&path)
        .and_then(|file| file.take(64 << 20).read_to_string(&mut text))
        .map_err(|error| SourceError::disk("read", &path, error))?;
    Ok(text.lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect())
}

/// Whether a remote promised to hand out later what a clone left out.
fn is_partial(repository: &Repository) -> bool {
    let Ok(config) = repository.config().and_then(|mut config| config.snapshot()) else { return false };
    config.get_str("extensions.partialclone").is_ok()
        || config
            .entries(Some("remote\\..*\\.(promisor|partialclonefilter)"))
            .is_ok_and(|mut entries| entries.next().is_some())
}

pub(super) fn refused(path: &Path, error: &git2::Error) -> SourceError {
    let path = path.to_owned();
    let reason = error.message().to_owned();
    let lower = reason.to_lowercase();
    if error.code() == ErrorCode::Owner {
        SourceError::OtherOwner { path }
    } else if ["extension", "object format", "repository version", "sha256"]
        .iter()
        .any(|word| lower.contains(word))
    {
        SourceError::UnsupportedRepository { path, reason }
    } else {
        SourceError::Git { doing: "open the repository".to_owned(), repository: path, reason }
    }
}
