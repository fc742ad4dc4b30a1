//! A workspace held in memory, for tests and examples.

use std::collections::BTreeMap;

use super::{Commit, Content, ContentId, Entry, Refusal, SourceError, Tree, join, parts};

/// A workspace whose files are values.
///
/// ```
/// use relato::source::{Content, Memory, Tree};
/// let tree = Memory::new([("incidents/2017/oms.yaml", "relato: 1\n")]);
/// assert_eq!(tree.list("incidents")?[0].path, "incidents/2017/oms.yaml");
/// assert_eq!(tree.read("incidents/2017/oms.yaml", 1024)?, Content::Bytes(b"relato: 1\n".to_vec()));
/// # Ok::<(), relato::source::SourceError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
    commit: Option<Commit>,
}

impl Memory {
    /// A workspace of these files, each a path relative to the root and its bytes.
    pub fn new<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        Self { files, commit: None }
    }

    /// The same, as if it stood at `commit`.
    #[must_use]
    pub fn at(mut self, commit: Commit) -> Self {
        self.commit = Some(commit);
        self
    }
}

impl Tree for Memory {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, SourceError> {
        let Some(folder) = parts(folder) else {
            return Ok(vec![Entry {
                path: folder.to_owned(),
                refused: Some(Refusal::LinkLeavesWorkspace),
                id: None,
            }]);
        };
        let prefix = if folder.is_empty() { String::new() } else { join(&folder.join("/"), "") };
        let below = |path: &str| {
            path.strip_prefix(&prefix).is_some_and(|rest| rest.split('/').all(|part| !part.starts_with('.')))
        };
        let files = self.files.iter().filter(|(path, _)| below(path));
        Ok(files
            .map(|(path, bytes)| Entry {
                path: path.clone(),
                refused: None,
                id: self.commit.is_some().then(|| ContentId::of(bytes)),
            })
            .collect())
    }

    fn read(&self, path: &str, limit: u64) -> Result<Content, SourceError> {
        let Some(parts) = parts(path) else { return Ok(Content::Refused(Refusal::LinkLeavesWorkspace)) };
        Ok(match self.files.get(&parts.join("/")) {
            None => Content::Missing,
            Some(bytes) if bytes.len() as u64 > limit => {
                Content::Refused(Refusal::TooLarge(bytes.len() as u64))
            }
            Some(bytes) => Content::Bytes(bytes.clone()),
        })
    }

    fn commit(&self) -> Option<&Commit> {
        self.commit.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_of_memory_lists_and_reads_as_any_other() {
        let tree =
            Memory::new([("a/b.yaml", "b"), ("a/c/d.yaml", "d"), ("a/.hidden/x", "x"), ("ab.yaml", "")]);
        let paths = |folder: &str| -> Vec<String> {
            tree.list(folder).unwrap().into_iter().map(|entry| entry.path).collect()
        };
        assert_eq!(paths("a"), ["a/b.yaml", "a/c/d.yaml"]);
        assert_eq!(paths("./a/"), ["a/b.yaml", "a/c/d.yaml"]);
        assert_eq!(paths(""), ["a/b.yaml", "a/c/d.yaml", "ab.yaml"]);
        assert!(paths("none").is_empty());
        for (path, expected) in [
            ("a/b.yaml", Content::Bytes(b"b".to_vec())),
            ("./a//b.yaml", Content::Bytes(b"b".to_vec())),
            ("a", Content::Missing),
            ("a/../a/b.yaml", Content::Refused(Refusal::LinkLeavesWorkspace)),
        ] {
            assert_eq!(tree.read(path, 1).unwrap(), expected, "{path}");
        }
        assert_eq!(tree.read("a/b.yaml", 0).unwrap(), Content::Refused(Refusal::TooLarge(1)));
    }
}
