//! What the outside refused: each error says what was being done to what, and what to do next.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::Uncommittable;

/// An error of the outside world: the disk or git. What is wrong with one file of a tree is a
/// [`Refusal`](super::Refusal) instead, and stops nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The folder to work in does not exist.
    #[error("there is no folder `{}`", path.display())]
    FolderMissing {
        /// As it was given.
        path: PathBuf,
    },
    /// What should be a folder is not one.
    #[error("`{}` is not a folder", path.display())]
    NotAFolder {
        /// As it was given.
        path: PathBuf,
    },
    /// No git repository at this folder, nor above it.
    #[error("`{}` lies in no git repository", path.display())]
    NotARepository {
        /// Where the search upwards began.
        path: PathBuf,
    },
    /// A revision that git cannot resolve to a commit.
    #[error("no such revision `{revision}` in `{}`: {reason}", repository.display())]
    NoSuchRevision {
        /// As it was given.
        revision: String,
        /// The repository's git folder.
        repository: PathBuf,
        /// Git's own words.
        reason: String,
        /// Whether the repository is a shallow clone, which may be why.
        shallow: bool,
    },
    /// The repository belongs to another user, so git does not trust its configuration.
    #[error("git does not trust the repository of `{}`: it belongs to another user", path.display())]
    OtherOwner {
        /// Where the search upwards began.
        path: PathBuf,
    },
    /// A repository in a format that this build cannot read: `reftable`, `sha256`.
    #[error("the repository of `{}` uses a format that relato cannot read: {reason}", path.display())]
    UnsupportedRepository {
        /// Where the search upwards began.
        path: PathBuf,
        /// Git's own words.
        reason: String,
    },
    /// An object that the history names and the repository does not hold.
    #[error("object {id} is missing in `{}`", repository.display())]
    MissingObject {
        /// Its full id.
        id: String,
        /// The repository's git folder.
        repository: PathBuf,
        /// Whether the repository is a partial clone, which leaves objects out on purpose.
        partial: bool,
    },
    /// A question about history that a shallow clone cannot answer.
    #[error("the history of `{}` is cut off: it is a shallow clone", repository.display())]
    ShallowHistory {
        /// The repository's git folder.
        repository: PathBuf,
    },
    /// A folder with more entries than a listing goes through.
    #[error("`{folder}` holds more than {limit} files and folders")]
    TooManyFiles {
        /// Relative to the workspace root; empty for the root itself.
        folder: String,
        /// [`LISTING_LIMIT`](super::LISTING_LIMIT).
        limit: usize,
    },
    /// Any other failure of git.
    #[error("could not {doing} in `{}`: {reason}", repository.display())]
    Git {
        /// What was being done: `read the commit 1234…`.
        doing: String,
        /// The repository's git folder, or where it was looked for.
        repository: PathBuf,
        /// Git's own words.
        reason: String,
    },
    /// A failure of the disk.
    #[error("could not {doing} `{}`", path.display())]
    Disk {
        /// What was being done: `write`, `list`.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A path of the output that leads out of the output folder.
    #[error("`{path}` leads out of the output folder `{}`", folder.display())]
    LeavesOutput {
        /// As it was given, or the symbolic link on the way to it.
        path: String,
        /// The output folder.
        folder: PathBuf,
    },
    /// A file that relato did not write stands where it wants to write.
    #[error("`{}` is in the way: relato did not write it, and will not overwrite it", path.display())]
    InTheWay {
        /// The file.
        path: PathBuf,
    },
    /// A file that is no longer as it was read, so that a change made from what was read would undo another's.
    #[error("`{path}` has changed since it was read; nothing was written to it")]
    ChangedMeanwhile {
        /// Relative to the workspace root.
        path: String,
    },
    /// A file that cannot be committed alone.
    #[error("`{path}` cannot be committed alone: {}", why.in_english())]
    Uncommittable {
        /// Relative to the workspace root.
        path: String,
        /// Why not.
        why: Uncommittable,
    },
    /// Two files of one build with the same path.
    #[error("two documents would be written to `{path}`")]
    WrittenTwice {
        /// Relative to the output folder.
        path: String,
    },
    /// Another process writes the same output folder now.
    #[error("another relato is writing `{}`", folder.display())]
    OutputInUse {
        /// The output folder.
        folder: PathBuf,
    },
    /// The folder that relato stages its output in exists, and holds what relato did not write.
    #[error("`{}` is needed to prepare the output, and holds something that relato did not write", folder.display())]
    StagingTaken {
        /// The staging folder.
        folder: PathBuf,
    },
}

impl SourceError {
    /// The next thing to do; `None` where the error says it already.
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::FolderMissing { .. } => "give an existing folder with `-C`".to_owned(),
            Self::NotAFolder { path } => match path.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => {
                    format!("give the folder that holds it: `{}`", parent.display())
                }
                _ => "give a folder instead".to_owned(),
            },
            Self::NotARepository { .. } => {
                "run it inside a git repository, or leave out `--at` to read the files as they are".to_owned()
            }
            Self::NoSuchRevision { shallow: true, .. } => {
                "this is a shallow clone: fetch the rest with `git fetch --unshallow --tags` (in CI: `fetch-depth: 0`)"
                    .to_owned()
            }
            Self::NoSuchRevision { .. } => {
                "give a commit, tag or branch that `git rev-parse` knows; `git fetch --tags` may bring it".to_owned()
            }
            Self::OtherOwner { path } => format!(
                "if you trust it, say so once: `git config --global --add safe.directory '{}'`",
                path.display()
            ),
            Self::UnsupportedRepository { reason, .. } if reason.contains("refstorage") => {
                "keep its branches as files: `git refs migrate --ref-format=files`".to_owned()
            }
            Self::UnsupportedRepository { .. } => {
                "only repositories of SHA-1 objects can be asked about their past; the files as they are can be read: leave out `--at` \
                 and `--commit`"
                    .to_owned()
            }
            Self::MissingObject { partial: true, .. } => {
                "this is a partial clone: bring what it left out with `git fetch --refetch --no-filter`".to_owned()
            }
            Self::MissingObject { .. } => {
                "`git fsck` tells what else is missing; a fresh clone brings it back".to_owned()
            }
            Self::ShallowHistory { .. } => {
                "bring the rest with `git fetch --unshallow` (in CI: `fetch-depth: 0`)".to_owned()
            }
            Self::TooManyFiles { .. } => "point relato at the folder that holds the incidents".to_owned(),
            Self::LeavesOutput { .. } => {
                "remove the link, or choose another output folder".to_owned()
            }
            Self::InTheWay { .. } => "move it away, or choose another output folder".to_owned(),
            Self::ChangedMeanwhile { .. } => "run the command again".to_owned(),
            Self::Uncommittable { why, .. } => match why {
                Uncommittable::Busy(_) => "finish it first, or leave out `--commit`".to_owned(),
                Uncommittable::NotTracked => "commit it first, or leave out `--commit`".to_owned(),
                Uncommittable::Changed => {
                    "commit or stash what is there, or leave out `--commit` and commit by hand".to_owned()
                }
                Uncommittable::Signed => "leave out `--commit`, and run `git commit` by hand".to_owned(),
                Uncommittable::NoIdentity => {
                    "say it once: `git config user.name …` and `git config user.email …`".to_owned()
                }
                Uncommittable::Elsewhere => "leave out `--commit`".to_owned(),
                Uncommittable::Locked(lock) => format!(
                    "wait for the git command that is running; where there is none, one was killed: `rm '{}'`",
                    lock.display()
                ),
            },
            Self::OutputInUse { .. } => "wait until it is done, or choose another output folder".to_owned(),
            Self::StagingTaken { .. } => "look into it, move what is yours away, then remove it".to_owned(),
            Self::Disk { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied => "check its owner and permissions".to_owned(),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space".to_owned(),
                _ => return None,
            },
            Self::WrittenTwice { .. } => {
                "two incidents have the same id: `relato check` names them; give one of them another".to_owned()
            }
            Self::Git { .. } => return None,
        };
        Some(text)
    }

    /// A failure of the disk while `doing` something to `path`.
    pub(super) fn disk(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Disk { doing, path: path.to_owned(), source }
    }
}
