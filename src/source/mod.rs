//! The outside world: files of a work tree, of a git revision, or of memory; the cache folder; written output.
//!
//! Nothing else in relato touches the disk or git, and git2's types never leave this folder.
#![allow(
    clippy::disallowed_methods,
    reason = "the fences keep the disk and git out of every folder but this one"
)]

mod cache;
mod error;
mod git;
mod history;
mod line;
mod memory;
pub mod output;
mod overlay;
mod preview;
mod revision;
mod solo;
mod spoken;
mod taken;
mod trees;
mod versions;
mod work_tree;

use std::fmt;

use sha1::{Digest, Sha1};

pub use cache::Cache;
pub use error::SourceError;
pub use history::{Last, LastCommits, last_commits};
pub use line::{CommitId, FileChange, History, Line, Signed, common_ancestor, is_repository, last_commit_at};
pub use memory::Memory;
pub use overlay::Overlay;
pub use preview::{Preview, trace};
pub use revision::{Revision, path_in_repository};
pub use solo::{Committed, Solo, Uncommittable};
pub use taken::take_in;
pub use versions::{MOST_COMMITS, Reach, versions};
pub use work_tree::{WorkTree, find_workspace, real_path};

use crate::time::Instant;

/// The file whose folder is the workspace root.
pub const WORKSPACE_FILE: &str = "relato.yaml";

/// The most files and folders that one listing goes through; a tree that holds more is an error, not a long wait.
pub const LISTING_LIMIT: usize = 1_000_000;

/// The id that git gives to the same bytes: SHA-1 over `blob <length>\0` and the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub [u8; 20]);

impl ContentId {
    /// The id of these bytes, as `git hash-object` computes it.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hash = Sha1::new();
        hash.update(format!("blob {}\0", bytes.len()));
        hash.update(bytes);
        Self(hash.finalize().into())
    }
}

impl fmt::Display for ContentId {
    /// Forty hexadecimal digits, lower case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The full id, in hexadecimal.
    pub id: String,
    /// The committer's time; the Unix epoch where it lies outside the calendar.
    pub at: Instant,
    /// Whether the repository is a shallow clone, whose history ends before its beginning.
    pub shallow: bool,
}

/// One file below the workspace root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Path relative to the workspace root, `/` between folders. A name that is not UTF-8 is shown with `\u{FFFD}`.
    pub path: String,
    /// Why it must not be read, when it must not.
    pub refused: Option<Refusal>,
    /// The id of its bytes, where the tree knows it without reading them (a git revision does).
    pub id: Option<ContentId>,
}

/// Why a file is there and yet is not read. A finding, never an error: the other files are read all the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// The name is not UTF-8.
    NameNotUtf8,
    /// A symbolic link whose target lies outside the workspace (or in its `.git`), or that dangles, or that loops;
    /// also a path that leaves the workspace in words: absolute, or with `..`.
    LinkLeavesWorkspace,
    /// Neither a file nor a folder: a device, a socket, a submodule.
    NotAFile,
    /// The system would not let it be read; its own words.
    Unreadable(String),
    /// Larger than the limit, in bytes.
    TooLarge(u64),
}

/// The answer to reading one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The bytes.
    Bytes(Vec<u8>),
    /// There is no such file.
    Missing,
    /// It is there, and is not read.
    Refused(Refusal),
}

/// The workspace's files at one moment: the work tree, a git revision, or memory.
pub trait Tree: Send + Sync {
    /// Every file below `folder`, at any depth, in byte order of the paths; empty when there is no such folder.
    /// `folder` is relative to the workspace root. Hidden files and folders (`.git`, `.name`) are left out.
    ///
    /// # Errors
    /// When the tree itself cannot be read.
    fn list(&self, folder: &str) -> Result<Vec<Entry>, SourceError>;

    /// The bytes of one file of at most `limit` bytes.
    ///
    /// # Errors
    /// When the tree itself cannot be read; a single unreadable file is [`Content::Refused`].
    fn read(&self, path: &str, limit: u64) -> Result<Content, SourceError>;

    /// The commit this tree stands at; `None` for a work tree and for memory.
    fn commit(&self) -> Option<&Commit>;
}

/// The parts of a path below the root, `.` and empty ones left out; `None` when it is absolute, climbs with `..`, or
/// could mean anything else on some system.
fn parts(path: &str) -> Option<Vec<&str>> {
    let foreign = |c: char| c == '\0' || (cfg!(windows) && matches!(c, '\\' | ':'));
    if path.starts_with('/') || path.contains(foreign) {
        return None;
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    (!parts.contains(&"..")).then_some(parts)
}

/// `folder/name`, or `name` at the root.
fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod fixture;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_id_is_the_one_git_gives() {
        for (bytes, expected) in [
            (&b""[..], "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"),
            (b"hello\n", "ce013625030ba8dba906f756967f9e9ca394464a"),
        ] {
            assert_eq!(ContentId::of(bytes).to_string(), expected);
        }
    }

    #[test]
    fn a_path_has_parts_only_when_it_stays_below_the_root() {
        for (path, expected) in [
            ("", Some(vec![])),
            (".", Some(vec![])),
            ("./incidents//2017/", Some(vec!["incidents", "2017"])),
            ("a..b/...", Some(vec!["a..b", "..."])),
            ("/etc", None),
            ("a/../b", None),
            ("..", None),
            ("a\0b", None),
        ] {
            assert_eq!(parts(path), expected, "{path:?}");
        }
    }
}
