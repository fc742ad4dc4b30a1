//! What a file held before: each of its contents in the history, the newest first.

use std::{
    collections::{BinaryHeap, HashSet},
    path::Path,
};

use git2::Oid;

use super::{
    ContentId, SourceError, find_workspace,
    git::{Git, ItemKind, RawTree},
    parts,
    revision::below,
};

/// How far the history was gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// There is no git repository, or no commit.
    None,
    /// What was looked for was found.
    Found,
    /// To its beginning.
    Whole,
    /// To where a shallow clone cuts it off.
    CutOff,
    /// As far as anyone waits for: [`MOST_COMMITS`].
    Limit,
}

/// The most commits that are looked at for one file.
pub const MOST_COMMITS: usize = 50_000;

/// Shows `visit` every content that the file `path` (relative to the workspace of `start`) had, from `HEAD` back, each
/// once and the newest first, until `visit` has seen enough (true). Contents over `limit` bytes are passed over.
///
/// # Errors
/// A repository that cannot be read.
pub fn versions(
    start: &Path,
    path: &str,
    limit: u64,
    visit: &mut dyn FnMut(&[u8]) -> bool,
) -> Result<Reach, SourceError> {
    let root = find_workspace(start);
    let Some(git) = Git::discover(&root)? else { return Ok(Reach::None) };
    let Some(head) = git.head()? else { return Ok(Reach::None) };
    let (Some(prefix), Some(parts)) = (below(&git, &root)?, parts(path)) else { return Ok(Reach::None) };
    let names: Vec<&[u8]> =
        prefix.iter().map(Vec::as_slice).chain(parts.into_iter().map(str::as_bytes)).collect();
    let mut seen = HashSet::new();
    let mut queued = HashSet::from([head]);
    let mut ahead = BinaryHeap::from([(i64::MAX, head)]);
    let mut reach = Reach::Whole;
    let mut gone = 0;
    while let Some((_, id)) = ahead.pop() {
        gone += 1;
        if gone > MOST_COMMITS {
            return Ok(Reach::Limit);
        }
        let node = git.node(id)?;
        if let Some((oid, content)) = file(&git, &git.tree(node.tree)?, &names)?
            && seen.insert(content)
            && let Ok(bytes) = git.blob(oid, limit)?
            && visit(&bytes)
        {
            return Ok(Reach::Found);
        }
        if git.is_boundary(id) {
            reach = Reach::CutOff;
            continue;
        }
        for parent in node.parents {
            if queued.insert(parent) {
                ahead.push((git.node(parent)?.seconds, parent));
            }
        }
    }
    Ok(reach)
}

/// The file of this path in a tree.
fn file(git: &Git, tree: &RawTree, names: &[&[u8]]) -> Result<Option<(Oid, ContentId)>, SourceError> {
    let Some((name, folders)) = names.split_last() else { return Ok(None) };
    let mut tree = tree.clone();
    for folder in folders {
        let Some(item) = tree.get(folder).filter(|item| item.kind == ItemKind::Folder) else {
            return Ok(None);
        };
        tree = git.tree(item.oid())?;
    }
    Ok(tree.get(name).filter(|item| item.kind == ItemKind::File).map(|item| (item.oid(), item.content())))
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::Fixture, *};

    fn all(start: &Path, path: &str, until: &str) -> (Vec<String>, Reach) {
        let mut seen = Vec::new();
        let reach = versions(start, path, 100, &mut |bytes| {
            seen.push(String::from_utf8_lossy(bytes).into_owned());
            bytes == until.as_bytes()
        });
        (seen, reach.unwrap())
    }

    #[test]
    fn each_content_is_shown_once_and_the_newest_first() {
        let fixture = Fixture::new();
        fixture.write("ops/relato.yaml", "");
        for text in ["1", "2", "1", "3"] {
            fixture.write("ops/incidents/a.yaml", text);
            fixture.write("other", &format!("other than {text}"));
            fixture.commit();
        }
        fixture.write("ops/incidents/a.yaml", "not committed");
        let start = fixture.path("repo/ops");
        assert_eq!(
            all(&start, "incidents/a.yaml", ""),
            (vec!["3".into(), "1".into(), "2".into()], Reach::Whole)
        );
        assert_eq!(all(&start, "incidents/a.yaml", "1"), (vec!["3".into(), "1".into()], Reach::Found));
        assert_eq!(all(&start, "incidents", ""), (vec![], Reach::Whole));
        assert_eq!(all(&start, "../x", ""), (vec![], Reach::None));
        let url = format!("file://{}", fixture.repo().display());
        fixture.git(&fixture.path(""), &["clone", "-q", "--depth", "1", &url, "shallow"]);
        assert_eq!(
            all(&fixture.path("shallow/ops"), "incidents/a.yaml", ""),
            (vec!["3".into()], Reach::CutOff)
        );
        let nowhere = tempfile::tempdir().unwrap();
        assert_eq!(all(nowhere.path(), "a", ""), (vec![], Reach::None));
    }
}
