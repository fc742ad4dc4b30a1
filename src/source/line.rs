//! One walk over history: which commit changed which files, what they held then, and who made it.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    path::Path,
    rc::Rc,
};

use git2::Oid;
use rayon::prelude::*;

use super::{
    ContentId, SourceError, find_workspace,
    git::{Git, Handle, Item, ItemKind},
    join,
    revision::{below, workspace_at},
    trees,
};
use crate::time::Instant;

/// Commits, or files, that one thread takes at a time: enough for it to meet what it unpacked a moment before.
const PIECE: usize = 256;

/// The deepest folder that is gone into.
const DEPTH_LIMIT: usize = 100;

/// The id of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(pub [u8; 20]);

impl fmt::Display for CommitId {
    /// Forty hexadecimal digits, lower case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ContentId(self.0).fmt(f)
    }
}

/// The history of a workspace up to a commit.
pub struct History {
    git: Git,
    head: Oid,
    /// The folders from the repository's root to the workspace's.
    prefix: Vec<Vec<u8>>,
}

/// Commits in the order in which they came, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Line {
    steps: Vec<Step>,
    /// The commit before the first one, where the walk ended because it was known.
    pub joined: Option<CommitId>,
    /// The commits whose parents lie beyond the end of a shallow clone, by position.
    pub cut_off: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Step {
    id: Oid,
    tree: Oid,
    seconds: i64,
    /// The trees that it is held against: its parents'. None for a beginning.
    against: Vec<Oid>,
}

/// One file that one commit changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The commit's position in its line.
    pub commit: usize,
    /// Relative to the workspace.
    pub path: String,
    /// What it held in the first parent; `None` when it was not there.
    pub old: Option<ContentId>,
    /// What it holds; `None` when it is gone.
    pub new: Option<ContentId>,
}

/// Who made a commit, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Its id.
    pub id: CommitId,
    /// The committer's time, in seconds since the Unix epoch.
    pub seconds: i64,
    /// The author's time.
    pub authored_seconds: i64,
    /// The author's name, as the commit has it.
    pub name: String,
    /// The author's address, as the commit has it.
    pub email: String,
    /// How many parents it has.
    pub parents: usize,
}

/// Whether a folder lies in a git repository.
///
/// # Errors
/// A repository that cannot be read.
pub fn is_repository(start: &Path) -> Result<bool, SourceError> {
    Ok(Git::discover(&find_workspace(start))?.is_some())
}

/// The last commit on the first-parent line of `name` that was there at a moment; see [`Line::last_at`]. `asked` is how
/// the revision was named.
///
/// # Errors
/// No such revision, none so early, or a history that cannot be read.
pub fn last_commit_at(
    start: &Path,
    name: &str,
    asked: &str,
    moment: Instant,
) -> Result<CommitId, SourceError> {
    let git = Git::discover(start)?.ok_or_else(|| SourceError::NotARepository { path: start.to_owned() })?;
    let head = git.resolve(name)?;
    let history = History { git, head, prefix: Vec::new() };
    let line = history.trunk(&|_| false)?;
    match line.last_at(moment).and_then(|at| line.ids().nth(at)) {
        Some(id) => Ok(id),
        None => Err(SourceError::NoSuchRevision {
            revision: asked.to_owned(),
            repository: history.git.folder().to_owned(),
            reason: format!("`{name}` has no commit as early as {moment}"),
            shallow: !line.cut_off.is_empty(),
        }),
    }
}

/// The commit that two revisions parted at.
///
/// # Errors
/// No such revision, or none that both descend from.
pub fn common_ancestor(start: &Path, one: &str, other: &str) -> Result<String, SourceError> {
    let git = Git::discover(start)?.ok_or_else(|| SourceError::NotARepository { path: start.to_owned() })?;
    let (one, other) = (git.resolve(one)?, git.resolve(other)?);
    git.merge_base(one, other).map(|id| id.to_string())
}

impl History {
    /// The history of the workspace of `start` up to `at`, or to `HEAD`. `None` outside git, and before the first
    /// commit.
    ///
    /// # Errors
    /// No such revision, or a repository that cannot be read.
    pub fn open(start: &Path, at: Option<&str>) -> Result<Option<Self>, SourceError> {
        let root = find_workspace(start);
        let Some(git) = Git::discover(&root)? else { return Ok(None) };
        let head = match at {
            Some(revision) => Some(git.resolve(revision)?),
            None => git.head()?,
        };
        let Some(head) = head else { return Ok(None) };
        let prefix = match at {
            // as the revision itself is read: its workspace may have lain elsewhere
            Some(_) => workspace_at(&git, &git.tree(git.node(head)?.tree)?, start)?,
            None => below(&git, &root)?.unwrap_or_default(),
        };
        Ok(Some(Self { git, head, prefix }))
    }

    /// The commit that it ends at.
    pub fn head(&self) -> CommitId {
        commit_id(self.head)
    }

    /// The workspace's folder in the repository, with `/` at its end; empty at the root.
    pub fn folder(&self) -> String {
        self.prefix.iter().map(|name| format!("{}/", String::from_utf8_lossy(name))).collect()
    }

    /// What tells this workspace's history from any other's on this machine.
    pub fn place(&self) -> String {
        format!("{}\0{}", self.git.folder().display(), self.folder())
    }

    /// The first-parent line up to the head: from its beginning, or from the first commit after one that is `known`.
    ///
    /// # Errors
    /// A commit that cannot be read.
    pub fn trunk(&self, known: &dyn Fn(CommitId) -> bool) -> Result<Line, SourceError> {
        let mut steps = Vec::new();
        let mut cut_off = Vec::new();
        let mut next = Some(self.head);
        let (mut joined, mut last_tree) = (None, None);
        self.git.reading(|handle| {
            while let Some(id) = next {
                let node = handle.node(id)?;
                if known(commit_id(id)) {
                    (joined, last_tree) = (Some(commit_id(id)), Some(node.tree));
                    break;
                }
                let boundary = self.git.is_boundary(id);
                next = node.parents.first().copied().filter(|_| !boundary);
                if boundary {
                    cut_off.push(0);
                }
                steps.push(Step { id, tree: node.tree, seconds: node.seconds, against: Vec::new() });
            }
            Ok(())
        })?;
        steps.reverse();
        let mut before = last_tree;
        for step in &mut steps {
            step.against = before.into_iter().collect();
            before = Some(step.tree);
        }
        Ok(Line { steps, joined, cut_off })
    }

    /// Every commit that the head descends from, parents before children; what came by a merge stands right before it.
    ///
    /// # Errors
    /// A commit that cannot be read.
    pub fn everything(&self) -> Result<Line, SourceError> {
        let mut nodes = HashMap::new();
        let mut order = Vec::new();
        self.git.reading(|handle| {
            // depth first with a stack of its own, the first parent before the others
            let mut ahead = vec![(self.head, false)];
            let mut seen = HashSet::new();
            while let Some((id, done)) = ahead.pop() {
                if done {
                    order.push(id);
                    continue;
                }
                if !seen.insert(id) {
                    continue;
                }
                let mut node = handle.node(id)?;
                if self.git.is_boundary(id) {
                    node.parents.clear();
                }
                ahead.push((id, true));
                ahead.extend(node.parents.iter().rev().map(|parent| (*parent, false)));
                nodes.insert(id, node);
            }
            Ok(())
        })?;
        let mut line = Line::default();
        for id in order {
            let Some(node) = nodes.get(&id) else { continue };
            if self.git.is_boundary(id) {
                line.cut_off.push(line.steps.len());
            }
            let trees = node.parents.iter().filter_map(|parent| nodes.get(parent).map(|parent| parent.tree));
            let against = trees.collect();
            line.steps.push(Step { id, tree: node.tree, seconds: node.seconds, against });
        }
        Ok(line)
    }

    /// Which files each commit of a line changed, among those named and those below the folders named, relative to the
    /// workspace; in the order of the line, and of paths. A merge changed what differs from every parent. Links and
    /// hidden files are passed over, and names that are not UTF-8.
    ///
    /// # Errors
    /// A tree that cannot be read.
    pub fn changes(&self, line: &Line, watched: &[&str]) -> Result<Vec<FileChange>, SourceError> {
        let pieces = line.steps.par_chunks(PIECE).enumerate().map(|(piece, steps)| {
            self.git.reading(|handle| {
                let mut trees = Trees { handle, kept: HashMap::new(), bytes: 0 };
                let mut found = Vec::new();
                for (at, step) in steps.iter().enumerate() {
                    let mut changes = self.changed(&mut trees, step, watched)?;
                    changes.iter_mut().for_each(|change| change.commit = piece * PIECE + at);
                    found.append(&mut changes);
                }
                Ok(found)
            })
        });
        let pieces: Vec<Vec<FileChange>> = pieces.collect::<Result<_, SourceError>>()?;
        Ok(pieces.into_iter().flatten().collect())
    }

    /// What `f` makes of the position and the bytes of each of these contents, in their order; of `None` where one is larger
    /// than `limit` bytes. Several are read at a time, and each as often as it is named.
    ///
    /// # Errors
    /// A content that cannot be read.
    pub fn read_each<T: Send>(
        &self,
        ids: &[ContentId],
        limit: u64,
        f: impl Fn(usize, Option<Vec<u8>>) -> T + Sync,
    ) -> Result<Vec<T>, SourceError> {
        let pieces = ids.par_chunks(PIECE).enumerate().map(|(piece, ids)| {
            self.git.reading(|handle| {
                let read = |(at, id): (usize, &ContentId)| {
                    handle.blob(oid(id.0), limit).map(|bytes| f(piece * PIECE + at, bytes))
                };
                ids.iter().enumerate().map(read).collect()
            })
        });
        let pieces: Vec<Vec<T>> = pieces.collect::<Result<_, SourceError>>()?;
        Ok(pieces.into_iter().flatten().collect())
    }

    /// Who made these commits of a line, and when.
    ///
    /// # Errors
    /// A commit that cannot be read.
    pub fn signed(&self, line: &Line, positions: &[usize]) -> Result<Vec<Signed>, SourceError> {
        let steps: Vec<&Step> = positions.iter().filter_map(|at| line.steps.get(*at)).collect();
        let pieces = steps.par_chunks(PIECE).map(|steps| {
            self.git.reading(|handle| steps.iter().map(|step| handle.signed(step.id)).collect())
        });
        let pieces: Vec<Vec<Signed>> = pieces.collect::<Result<_, SourceError>>()?;
        Ok(pieces.into_iter().flatten().collect())
    }

    /// What `.mailmap` calls these people, by name and address.
    pub fn mapped(&self, people: &[(String, String)]) -> Vec<String> {
        let mapped = self.git.reading(|handle| Ok(handle.mapped(people)));
        mapped.unwrap_or_else(|_| people.iter().map(|(name, _)| name.clone()).collect())
    }

    fn changed(
        &self,
        trees: &mut Trees<'_, '_>,
        step: &Step,
        watched: &[&str],
    ) -> Result<Vec<FileChange>, SourceError> {
        let parents: Vec<Option<Oid>> = match step.against.as_slice() {
            [] => vec![None],
            parents => parents.iter().map(|parent| Some(*parent)).collect(),
        };
        let mut found: Option<Vec<FileChange>> = None;
        for parent in parents {
            if parent == Some(step.tree) {
                return Ok(Vec::new());
            }
            let new = self.workspace(trees, step.tree)?;
            let old = parent.map(|parent| self.workspace(trees, parent)).transpose()?.flatten();
            let mut changes = Vec::new();
            if old != new {
                trees.compare(old, new, "", Some(watched), 0, &mut changes)?;
            }
            found = Some(match found {
                None => changes,
                Some(mut first) => {
                    let other: HashSet<&str> = changes.iter().map(|change| change.path.as_str()).collect();
                    first.retain(|change| other.contains(change.path.as_str()));
                    first
                }
            });
            if found.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
        }
        Ok(found.unwrap_or_default())
    }

    /// The tree of the workspace's folder in a commit's tree.
    fn workspace(&self, trees: &mut Trees<'_, '_>, top: Oid) -> Result<Option<Oid>, SourceError> {
        let mut at = top;
        for name in &self.prefix {
            let tree = trees.get(at)?;
            match entry(tree.data(), name).filter(|item| item.kind == ItemKind::Folder) {
                Some(item) => at = item.oid(),
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }
}

impl Line {
    /// How many commits it has.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The commits, the oldest first.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = CommitId> {
        self.steps.iter().map(|step| commit_id(step.id))
    }

    /// The position of the last commit that was there at a moment. A clock that was wrong once moves nothing: of each
    /// commit and its two neighbours the middle time counts.
    pub fn last_at(&self, moment: Instant) -> Option<usize> {
        let times: Vec<i64> = self.steps.iter().map(|step| step.seconds).collect();
        (0..times.len()).rev().find(|at| {
            let near = times.get(at.saturating_sub(1)..(at + 2).min(times.len())).unwrap_or_default();
            let mut near = near.to_vec();
            // at either end the commit's own time counts
            let own = times.get(*at).copied().unwrap_or_default();
            near.resize(3, own);
            near.sort_unstable();
            near.get(1).is_some_and(|middle| *middle <= moment.timestamp())
        })
    }
}

/// Tree objects near the ones that are looked at.
struct Trees<'h, 'r> {
    handle: &'h Handle<'r>,
    kept: HashMap<Oid, Rc<git2::OdbObject<'h>>>,
    bytes: usize,
}

impl<'h> Trees<'h, '_> {
    fn get(&mut self, id: Oid) -> Result<Rc<git2::OdbObject<'h>>, SourceError> {
        const MOST: usize = 16 << 20;
        if let Some(tree) = self.kept.get(&id) {
            return Ok(tree.clone());
        }
        let tree = Rc::new(self.handle.raw_tree(id)?);
        if self.bytes.saturating_add(tree.len()) > MOST {
            self.kept.clear();
            self.bytes = 0;
        }
        self.bytes += tree.len();
        self.kept.insert(id, tree.clone());
        Ok(tree)
    }

    fn compare(
        &mut self,
        old: Option<Oid>,
        new: Option<Oid>,
        folder: &str,
        watched: Option<&[&str]>,
        depth: usize,
        out: &mut Vec<FileChange>,
    ) -> Result<(), SourceError> {
        let mut bytes = |id: Option<Oid>| id.map(|id| self.get(id)).transpose();
        let (before, now) = (bytes(old)?, bytes(new)?);
        let (before, now) = (data(before.as_deref()), data(now.as_deref()));
        let mut inner = Vec::new();
        let whole = trees::differing(before, now, &mut |before, now| {
            let Some(name) = now.or(before).map(|item| item.name) else { return };
            let Ok(name) = std::str::from_utf8(name) else { return };
            if name.starts_with('.') || watched.is_some_and(|watched| !watched.contains(&name)) {
                return;
            }
            let path = join(folder, name);
            let (old, new) = (of_kind(before, ItemKind::File), of_kind(now, ItemKind::File));
            // a change of the mode alone changes nothing that is read
            if old.map(|item| item.content()) != new.map(|item| item.content()) {
                let [old, new] = [old, new].map(|item| item.map(|item| item.content()));
                out.push(FileChange { commit: 0, path: path.clone(), old, new });
            }
            let (old, new) = (of_kind(before, ItemKind::Folder), of_kind(now, ItemKind::Folder));
            if old.is_some() || new.is_some() {
                inner.push((old.map(|item| item.oid()), new.map(|item| item.oid()), path));
            }
        });
        if whole.is_none() {
            return Err(self.handle.damaged(new.or(old)));
        }
        for (old, new, path) in inner {
            if depth < DEPTH_LIMIT {
                self.compare(old, new, &path, None, depth + 1, out)?;
            }
        }
        Ok(())
    }
}

/// The bytes of a tree; none where there is no tree.
fn data<'t>(tree: Option<&'t git2::OdbObject<'_>>) -> &'t [u8] {
    tree.map_or(&[], |tree| tree.data())
}

fn of_kind(item: Option<Item<'_>>, kind: ItemKind) -> Option<Item<'_>> {
    item.filter(|item| item.kind == kind)
}

fn entry<'t>(tree: &'t [u8], name: &[u8]) -> Option<Item<'t>> {
    let mut rest = tree;
    while let Some((item, after)) = super::git::item(rest) {
        if item.name == name {
            return Some(item);
        }
        rest = after;
    }
    None
}

fn oid(id: [u8; 20]) -> Oid {
    Oid::from_bytes(&id).unwrap_or(Oid::ZERO_SHA1)
}

fn commit_id(id: Oid) -> CommitId {
    CommitId(<[u8; 20]>::try_from(id.as_bytes()).unwrap_or_default())
}
