//! A tree with some files changed, as it would be if they were written.

use std::collections::BTreeMap;

use super::{Commit, Content, Entry, Refusal, SourceError, Tree};

/// A tree, and the bytes that some of its files would have. Nothing is written.
pub struct Overlay<'t> {
    tree: &'t dyn Tree,
    changed: BTreeMap<String, Vec<u8>>,
}

impl<'t> Overlay<'t> {
    /// The tree as it is.
    pub fn of(tree: &'t dyn Tree) -> Self {
        Self { tree, changed: BTreeMap::new() }
    }

    /// Lets a file that the tree lists hold these bytes.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.changed.insert(path.to_owned(), bytes);
    }

    /// Lets a file be as the tree has it.
    pub fn leave(&mut self, path: &str) {
        self.changed.remove(path);
    }

    /// The files that were changed, in byte order of their paths.
    pub fn changed(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.changed.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

impl Tree for Overlay<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, SourceError> {
        let mut entries = self.tree.list(folder)?;
        for entry in &mut entries {
            if self.changed.contains_key(&entry.path) {
                entry.id = None;
            }
        }
        Ok(entries)
    }

    fn read(&self, path: &str, limit: u64) -> Result<Content, SourceError> {
        match self.changed.get(path) {
            Some(bytes) if bytes.len() as u64 > limit => {
                Ok(Content::Refused(Refusal::TooLarge(bytes.len() as u64)))
            }
            Some(bytes) => Ok(Content::Bytes(bytes.clone())),
            None => self.tree.read(path, limit),
        }
    }

    fn commit(&self) -> Option<&Commit> {
        self.tree.commit()
    }
}
