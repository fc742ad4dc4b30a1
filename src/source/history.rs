//! The last commit that changed each file: one walk for all of them, comparing trees and going into none that is
//! the same on both sides.

use std::{
    collections::{BTreeMap, BinaryHeap, HashMap, HashSet},
    path::Path,
};

use git2::Oid;

use super::{
    Commit, ContentId, Revision, SourceError, find_workspace,
    git::{Git, ItemKind, RawTree},
    parts,
    revision::below,
    trees::order,
};
use crate::time::Instant;

/// The last change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// The full id of the commit.
    pub commit: String,
    /// The committer's time.
    pub at: Instant,
    /// The file's content at that commit. A file of the work tree whose bytes have another id has changed since.
    pub blob: ContentId,
}

/// The last changes of several files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastCommits {
    /// The paths as they were asked for. A path is absent when no commit holds it, or when its last change lies
    /// beyond the end of a shallow clone (then [`complete`](Self::complete) is false).
    pub files: BTreeMap<String, Last>,
    /// False when a file's last change lies beyond the end of a shallow clone.
    pub complete: bool,
    /// The commit that the walk began at; `None` when there is none yet.
    pub head: Option<Commit>,
}

/// The last commit, up to `at`, that changed each of `paths` (relative to the workspace root of `start`); up to
/// `HEAD` without `at`. `None` outside git.
///
/// A merge counts only when the file differs from that of every parent, as in `git log -- PATH`.
///
/// # Errors
/// No such revision, or a repository that cannot be read.
pub fn last_commits(
    start: &Path,
    at: Option<&str>,
    paths: &[String],
) -> Result<Option<LastCommits>, SourceError> {
    if let Some(revision) = at {
        return match Revision::open(start, revision) {
            Ok(revision) => revision.last_commits(paths).map(Some),
            Err(SourceError::NotARepository { .. }) => Ok(None),
            Err(error) => Err(error),
        };
    }
    let root = find_workspace(start);
    let Some(git) = Git::discover(&root)? else { return Ok(None) };
    let prefix = below(&git, &root)?.unwrap_or_default();
    match git.head()? {
        Some(head) => walk(&git, head, &prefix, paths).map(Some),
        None => Ok(Some(LastCommits { files: BTreeMap::new(), complete: true, head: None })),
    }
}

impl LastCommits {
    /// The same, refused when a shallow clone hides part of it.
    ///
    /// # Errors
    /// [`SourceError::ShallowHistory`].
    pub fn whole(self, start: &Path) -> Result<Self, SourceError> {
        if self.complete {
            Ok(self)
        } else {
            Err(SourceError::ShallowHistory { repository: start.to_owned() })
        }
    }
}

/// The walk. Each path stands at one commit at a time and moves to the first parent that holds the same file; where no
/// parent does, that commit changed it.
pub(super) fn walk(
    git: &Git,
    head: Oid,
    prefix: &[Vec<u8>],
    paths: &[String],
) -> Result<LastCommits, SourceError> {
    let mut wanted = Wanted::default();
    for (index, path) in paths.iter().enumerate() {
        if let Some(parts) = parts(path).filter(|parts| parts.len() <= DEPTH_LIMIT) {
            wanted.add(prefix.iter().map(Vec::as_slice).chain(parts.into_iter().map(str::as_bytes)), index);
        }
    }
    let mut complete = true;
    let mut files = BTreeMap::new();
    let mut blobs = Vec::new();
    changed(git, &git.tree(git.node(head)?.tree)?, &RawTree::empty(), &wanted, &mut blobs)?;
    let blobs: HashMap<usize, ContentId> = blobs.into_iter().collect();

    let mut standing: HashMap<Oid, HashSet<usize>> = HashMap::from([(head, blobs.keys().copied().collect())]);
    let mut ahead = BinaryHeap::from([(i64::MAX, head)]);
    while let Some((_, id)) = ahead.pop() {
        // queued twice when two children passed files to it: the first visit took them all
        let Some(mut here) = standing.remove(&id).filter(|here| !here.is_empty()) else { continue };
        if git.is_boundary(id) {
            complete = false;
            continue;
        }
        let node = git.node(id)?;
        let tree = git.tree(node.tree)?;
        for parent in &node.parents {
            let other = git.node(*parent)?;
            let mut differing = Vec::new();
            if other.tree != node.tree {
                changed(git, &tree, &git.tree(other.tree)?, &wanted, &mut differing)?;
            }
            let left: HashSet<usize> =
                differing.into_iter().map(|(index, _)| index).filter(|index| here.remove(index)).collect();
            if !here.is_empty() {
                match standing.entry(*parent).or_default() {
                    there if there.is_empty() => *there = here,
                    there => there.extend(here),
                }
                ahead.push((other.seconds, *parent));
            }
            here = left;
            if here.is_empty() {
                break;
            }
        }
        for index in here {
            if let (Some(path), Some(blob)) = (paths.get(index), blobs.get(&index)) {
                files.insert(path.clone(), Last { commit: id.to_string(), at: node.at(), blob: *blob });
            }
        }
    }
    Ok(LastCommits { files, complete, head: Some(git.commit(head)?) })
}

/// Folders of folders that a path may have; the comparison descends once for each.
const DEPTH_LIMIT: usize = 500;

/// The files asked for, as a tree.
#[derive(Default)]
struct Wanted {
    folders: HashMap<Vec<u8>, Wanted>,
    files: HashMap<Vec<u8>, usize>,
}

impl Wanted {
    fn add<'p>(&mut self, names: impl Iterator<Item = &'p [u8]>, index: usize) {
        let mut names = names.peekable();
        let mut here = self;
        while let Some(name) = names.next() {
            if names.peek().is_none() {
                here.files.insert(name.to_vec(), index);
                return;
            }
            here = here.folders.entry(name.to_vec()).or_default();
        }
    }
}

/// The wanted files of `ours` that are not the same in `theirs`, with their content.
fn changed(
    git: &Git,
    ours: &RawTree,
    theirs: &RawTree,
    wanted: &Wanted,
    found: &mut Vec<(usize, ContentId)>,
) -> Result<(), SourceError> {
    let mut others = theirs.items().peekable();
    for item in ours.items() {
        while others.next_if(|other| order(other, &item).is_lt()).is_some() {}
        let other = others.peek().filter(|other| order(other, &item).is_eq());
        if other == Some(&item) {
            continue;
        }
        if item.kind != ItemKind::Folder {
            found.extend(wanted.files.get(item.name).map(|index| (*index, item.content())));
        } else if let Some(inner) = wanted.folders.get(item.name) {
            let before = other.map_or_else(|| Ok(RawTree::empty()), |other| git.tree(other.oid()))?;
            changed(git, &git.tree(item.oid())?, &before, inner, found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    fn paths(paths: &[&str]) -> Vec<String> {
        paths.iter().map(|path| (*path).to_owned()).collect()
    }

    fn found(start: &Path, at: Option<&str>, asked: &[&str]) -> LastCommits {
        last_commits(start, at, &paths(asked)).unwrap().unwrap()
    }

    #[test]
    fn each_file_has_the_last_commit_that_changed_it() {
        let fixture = Fixture::new();
        fixture.write("relato.yaml", "");
        fixture.write("incidents/a.yaml", "a");
        fixture.write("incidents/b.yaml", "b");
        fixture.write("incidents/2017/c.yaml", "c");
        let first = fixture.commit();
        fixture.write("incidents/a.yaml", "aa");
        let second = fixture.commit();
        fixture.write("incidents/2017/c.yaml", "cc");
        fixture.write("other", "x");
        let third = fixture.commit();
        fixture.write("incidents/a.yaml", "a");
        let fourth = fixture.commit();
        fixture.write("incidents/new.yaml", "not committed");

        let asked = [
            "incidents/a.yaml",
            "incidents/b.yaml",
            "incidents/2017/c.yaml",
            "incidents/new.yaml",
            "../x",
            "",
        ];
        let commit = |last: &LastCommits, path: &str| last.files.get(path).map(|last| last.commit.clone());
        let last = found(&fixture.repo(), None, &asked);
        assert!(last.complete);
        assert_eq!(last.head.as_ref().map(|head| head.id.as_str()), Some(fourth.as_str()));
        assert_eq!(commit(&last, "incidents/a.yaml"), Some(fourth));
        assert_eq!(commit(&last, "incidents/b.yaml"), Some(first.clone()));
        assert_eq!(commit(&last, "incidents/2017/c.yaml"), Some(third));
        assert_eq!(last.files.len(), 3);
        assert_eq!(last.files["incidents/a.yaml"].blob, ContentId::of(b"a"));
        let shown = fixture.git(&fixture.repo(), &["log", "-1", "--format=%ct", "--", "incidents/b.yaml"]);
        assert_eq!(last.files["incidents/b.yaml"].at.timestamp().to_string(), shown);

        let earlier = found(&fixture.repo(), Some("HEAD~2"), &asked);
        assert_eq!(commit(&earlier, "incidents/a.yaml"), Some(second));
        assert_eq!(commit(&earlier, "incidents/2017/c.yaml"), Some(first));
    }

    #[test]
    fn a_workspace_in_a_folder_asks_by_its_own_paths() {
        let fixture = Fixture::new();
        fixture.write("ops/relato.yaml", "");
        fixture.write("ops/incidents/a.yaml", "a");
        let first = fixture.commit();
        fixture.write("else", "x");
        fixture.commit();
        for at in [None, Some("HEAD")] {
            let last = found(&fixture.path("repo/ops/incidents"), at, &["incidents/a.yaml"]);
            assert_eq!(last.files["incidents/a.yaml"].commit, first);
        }
    }

    #[test]
    fn a_merge_counts_only_where_it_differs_from_every_parent() {
        let fixture = Fixture::new();
        let repo = fixture.repo();
        for name in ["left", "right", "both", "still"] {
            fixture.write(name, "1\n");
        }
        let first = fixture.commit();
        fixture.git(&repo, &["checkout", "-q", "-b", "side"]);
        fixture.write("right", "2\n");
        fixture.write("both", "right\n");
        let right = fixture.commit();
        fixture.git(&repo, &["checkout", "-q", "main"]);
        fixture.write("left", "2\n");
        fixture.write("both", "left\n");
        let left = fixture.commit();
        fixture.git(&repo, &["merge", "-q", "-s", "ours", "--no-commit", "side"]);
        fixture.write("right", "2\n");
        fixture.write("both", "merged\n");
        let merge = fixture.commit();
        let last = found(&repo, None, &["left", "right", "both", "still"]);
        for (path, expected) in [("left", left), ("right", right), ("both", merge), ("still", first)] {
            assert_eq!(last.files[path].commit, expected, "{path}");
            assert_eq!(
                fixture.git(&repo, &["log", "-1", "--format=%H", "--", path]),
                expected,
                "git says so of {path}"
            );
        }
    }

    #[test]
    fn what_a_shallow_clone_hides_is_absent_and_never_its_first_commit() {
        let fixture = Fixture::new();
        fixture.write("old", "1");
        fixture.write("new", "1");
        fixture.commit();
        fixture.commit();
        fixture.write("new", "2");
        let last_change = fixture.commit();
        let url = format!("file://{}", fixture.repo().display());
        fixture.git(&fixture.path(""), &["clone", "-q", "--depth", "2", &url, "shallow"]);
        let last = found(&fixture.path("shallow"), None, &["old", "new"]);
        assert!(!last.complete);
        assert_eq!(last.files.keys().collect::<Vec<_>>(), ["new"]);
        assert_eq!(last.files["new"].commit, last_change);
        assert!(last.head.as_ref().unwrap().shallow);
        let error = last.whole(&fixture.path("shallow")).unwrap_err();
        assert!(error.help().unwrap().contains("--unshallow"));
        assert!(found(&fixture.path("shallow"), None, &["new"]).complete);
    }

    #[test]
    fn a_file_that_became_a_folder_or_changed_its_mode_has_changed() {
        let fixture = Fixture::new();
        fixture.write("a", "1");
        fixture.write("b.x/c", "1");
        fixture.write("run", "1");
        fixture.commit();
        std::fs::remove_file(fixture.repo().join("a")).unwrap();
        fixture.write("a/c", "1");
        fixture.write("a.b", "1");
        let second = fixture.commit();
        fixture.git(&fixture.repo(), &["update-index", "--chmod=+x", "run"]);
        fixture.git(&fixture.repo(), &["commit", "-q", "-m", "mode"]);
        let third = fixture.git(&fixture.repo(), &["rev-parse", "HEAD"]);
        let last = found(&fixture.repo(), None, &["a/c", "a.b", "run", "b.x/c"]);
        for (path, expected) in [("a/c", &second), ("a.b", &second), ("run", &third)] {
            assert_eq!(last.files[path].commit, *expected, "{path}");
        }
        assert_eq!(last.files.len(), 4);
    }

    #[test]
    fn outside_git_there_is_no_history() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(last_commits(folder.path(), None, &paths(&["a"])).unwrap(), None);
        assert_eq!(last_commits(folder.path(), Some("HEAD"), &paths(&["a"])).unwrap(), None);
        let fixture = Fixture::new();
        assert_eq!(found(&fixture.repo(), None, &["a"]).head, None);
    }
}
