//! Documents held against those that are there: which differ, and in what.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Mutex, PoisonError},
};

use similar::TextDiff;

use super::CliError;
use crate::source::{Content, Memory, Tree, WorkTree, output};

/// A folder of documents that nothing is written into.
pub(super) struct Committed {
    tree: Box<dyn Tree>,
    /// The documents that were asked about.
    seen: Mutex<BTreeSet<String>>,
    /// What differs, by path, as a unified diff.
    stale: Mutex<BTreeMap<String, String>>,
}

impl Committed {
    /// The folder as it is; one that is not there holds nothing.
    pub(super) fn open(folder: &Path) -> Result<Self, CliError> {
        let tree: Box<dyn Tree> = match folder.is_dir() {
            true => Box::new(WorkTree::open(folder)?),
            false => Box::new(Memory::default()),
        };
        Ok(Self { tree, seen: Mutex::default(), stale: Mutex::default() })
    }

    /// Whether a document is there with these bytes.
    pub(super) fn holds(&self, path: &str, bytes: &[u8]) -> Result<bool, CliError> {
        Ok(matches!(self.read(path)?, Content::Bytes(there) if there == bytes))
    }

    /// Whether there is anything at this path.
    pub(super) fn has(&self, path: &str) -> Result<bool, CliError> {
        Ok(self.read(path)? != Content::Missing)
    }

    /// Notes in what a document differs from what it would be; nothing when it does not.
    pub(super) fn compare(&self, path: &str, bytes: &[u8]) -> Result<(), CliError> {
        self.saw(path);
        let there = match self.read(path)? {
            Content::Bytes(there) if there == bytes => return Ok(()),
            Content::Bytes(there) => there,
            Content::Missing | Content::Refused(_) => Vec::new(),
        };
        self.note(path, diff(path, &there, bytes));
        Ok(())
    }

    /// In what a document was found to differ.
    pub(super) fn told(&self, path: &str) -> String {
        let stale = self.stale.lock().unwrap_or_else(PoisonError::into_inner);
        stale.get(path).cloned().unwrap_or_default()
    }

    /// Notes that a document is asked for, and is as it should be.
    pub(super) fn saw(&self, path: &str) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
    }

    /// What differs, by path; documents among it that an earlier build wrote and that nothing asks for any more.
    pub(super) fn finish(self) -> Result<BTreeMap<String, String>, CliError> {
        let listed = match self.read(output::MANIFEST)? {
            Content::Bytes(manifest) => output::listed(&manifest),
            _ => Vec::new(),
        };
        for path in listed {
            let known = self.seen.lock().unwrap_or_else(PoisonError::into_inner).contains(&path);
            if let (false, Content::Bytes(there)) = (known, self.read(&path)?) {
                self.note(&path, diff(&path, &there, &[]));
            }
        }
        Ok(self.stale.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn read(&self, path: &str) -> Result<Content, CliError> {
        Ok(self.tree.read(path, u64::MAX >> 1)?)
    }

    fn note(&self, path: &str, diff: String) {
        self.stale.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), diff);
    }
}

/// In what a document differs from what it would be, as a unified diff.
pub(super) fn diff(path: &str, there: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(there), String::from_utf8_lossy(new));
    let diff = TextDiff::from_lines(&*old, &*new);
    diff.unified_diff().context_radius(2).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}
