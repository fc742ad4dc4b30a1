//! The outside world: files of a work tree, of a git revision, or of memory; the cache folder; written output.
//!
//! Nothing else in relato touches the disk or git, and git2's types never leave this folder.

/// The id that git gives to the same bytes: SHA-1 over `blob <length>\0` and the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub [u8; 20]);

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
    /// A symbolic link whose target lies outside the workspace, or that dangles, or that loops.
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
