//! One commit of one file: everything else that waits in the index or the work tree stays there.

use std::path::{Path, PathBuf};

use git2::{
    ErrorCode, FileMode, Oid, Repository, RepositoryState, Signature, Status, build::TreeUpdateBuilder,
};

use super::{SourceError, git::refused};
use crate::time::Instant;

/// Why a file cannot be committed alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uncommittable {
    /// A merge, a rebase or the like is under way; git's word for it.
    Busy(&'static str),
    /// The file is not in the last commit.
    NotTracked,
    /// Something of it is staged, or changed since the last commit.
    Changed,
    /// Commits are signed here, which takes git itself.
    Signed,
    /// Git is not told whose commits these are.
    NoIdentity,
    /// It lies in a submodule, or outside the work tree.
    Elsewhere,
    /// Git writes its index now, or was killed when it did; the file that says so.
    Locked(PathBuf),
}

/// A file that may be committed alone: as it was last committed, in a repository at rest.
pub struct Solo {
    repository: Repository,
    /// Relative to the repository's work tree.
    path: String,
    name: String,
    email: String,
}

/// A commit that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Its full id.
    pub id: String,
    /// The hooks that git itself would have run, and libgit2 does not.
    pub hooks: Vec<&'static str>,
}

impl Solo {
    /// The file at `path` below the workspace `root`, while it is as it was last committed.
    ///
    /// # Errors
    /// When there is no repository, or [`Uncommittable`].
    pub fn open(root: &Path, path: &str) -> Result<Self, SourceError> {
        let cannot = |why| SourceError::Uncommittable { path: path.to_owned(), why };
        let repository = Repository::discover(root).map_err(|error| match error.code() {
            ErrorCode::NotFound => SourceError::NotARepository { path: root.to_owned() },
            _ => refused(root, &error),
        })?;
        let below = || {
            let work_tree = repository.workdir()?.canonicalize().ok()?;
            let real = root.join(path).canonicalize().ok()?;
            let parts: Option<Vec<&str>> = real
                .strip_prefix(&work_tree)
                .ok()?
                .components()
                .map(|part| part.as_os_str().to_str())
                .collect();
            Some(parts?.join("/"))
        };
        let inside = below().ok_or_else(|| cannot(Uncommittable::Elsewhere))?;
        if let Some(word) = busy(repository.state()) {
            return Err(cannot(Uncommittable::Busy(word)));
        }
        // libgit2 holds it no longer than it takes to write the index; whoever is killed then leaves it there, as git does
        let lock = repository.path().join("index.lock");
        if lock.exists() {
            return Err(cannot(Uncommittable::Locked(lock)));
        }
        match repository.status_file(Path::new(&inside)) {
            Ok(Status::CURRENT) => {}
            Ok(status) if status.intersects(Status::WT_NEW | Status::IGNORED | Status::INDEX_NEW) => {
                return Err(cannot(Uncommittable::NotTracked));
            }
            Ok(_) => return Err(cannot(Uncommittable::Changed)),
            Err(error) if error.code() == ErrorCode::NotFound => {
                return Err(cannot(Uncommittable::NotTracked));
            }
            Err(error) => return Err(failure(&repository, "see what is staged", &error)),
        }
        let config = repository.config().and_then(|mut config| config.snapshot());
        let config = config.map_err(|error| failure(&repository, "read the settings", &error))?;
        if config.get_bool("commit.gpgsign").unwrap_or(false) {
            return Err(cannot(Uncommittable::Signed));
        }
        let of =
            |key: &str| config.get_str(key).ok().map(str::to_owned).filter(|text| !text.trim().is_empty());
        let (Some(name), Some(email)) = (of("user.name"), of("user.email")) else {
            return Err(cannot(Uncommittable::NoIdentity));
        };
        Ok(Self { repository, path: inside, name, email })
    }

    /// Commits the file as it lies in the work tree now, as of the moment `at`, told with an offset of `seconds_east`. The
    /// index takes it first: whatever ends the process then, nothing is staged that would take the change back.
    ///
    /// # Errors
    /// When git cannot write; the file in the work tree stays as it is.
    pub fn commit(&self, message: &str, at: Instant, seconds_east: i32) -> Result<Committed, SourceError> {
        let id = self.write(message, at, seconds_east);
        let id = id.map_err(|error| failure(&self.repository, "commit the file", &error))?;
        Ok(Committed { id: id.to_string(), hooks: self.hooks() })
    }

    fn write(&self, message: &str, at: Instant, seconds_east: i32) -> Result<Oid, git2::Error> {
        let repository = &self.repository;
        let path = Path::new(&self.path);
        let mut index = repository.index()?;
        index.add_path(path)?;
        index.write()?;
        let entry =
            index.get_path(path, 0).ok_or_else(|| git2::Error::from_str("the index lost the file"))?;
        let parent = repository.head()?.peel_to_commit()?;
        let mode = if entry.mode == 0o100_755 { FileMode::BlobExecutable } else { FileMode::Blob };
        let tree = TreeUpdateBuilder::new()
            .upsert(self.path.as_str(), entry.id, mode)
            .create_updated(repository, &parent.tree()?)?;
        let tree = repository.find_tree(tree)?;
        let when = git2::Time::new(at.timestamp(), seconds_east / 60);
        let author = Signature::new(&self.name, &self.email, &when)?;
        repository.commit(Some("HEAD"), &author, &author, message, &tree, &[&parent])
    }

    /// The hooks of a commit that are there.
    fn hooks(&self) -> Vec<&'static str> {
        let config = self.repository.config().and_then(|mut config| config.snapshot());
        let set = config.ok().and_then(|config| config.get_path("core.hookspath").ok());
        let folder = match (set, self.repository.workdir()) {
            (Some(set), Some(work_tree)) => work_tree.join(set),
            (Some(set), None) => set,
            (None, _) => self.repository.commondir().join("hooks"),
        };
        ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"]
            .into_iter()
            .filter(|hook| folder.join(hook).is_file())
            .collect()
    }
}

fn busy(state: RepositoryState) -> Option<&'static str> {
    match state {
        RepositoryState::Clean => None,
        RepositoryState::Merge => Some("merge"),
        RepositoryState::Revert | RepositoryState::RevertSequence => Some("revert"),
        RepositoryState::CherryPick | RepositoryState::CherryPickSequence => Some("cherry-pick"),
        RepositoryState::Bisect => Some("bisect"),
        RepositoryState::Rebase | RepositoryState::RebaseInteractive | RepositoryState::RebaseMerge => {
            Some("rebase")
        }
        RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => Some("am"),
    }
}

fn failure(repository: &Repository, doing: &str, error: &git2::Error) -> SourceError {
    SourceError::Git {
        doing: doing.to_owned(),
        repository: repository.path().to_owned(),
        reason: error.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::fixture::Fixture;

    const FILE: &str = "ws/a.yaml";

    fn fixture() -> Fixture {
        let fixture = Fixture::new();
        fixture.write(FILE, "one\n");
        fixture.write("other", "one\n");
        fixture.git(&fixture.repo(), &["config", "user.name", "n"]);
        fixture.git(&fixture.repo(), &["config", "user.email", "n@example.org"]);
        fixture.commit();
        fixture
    }

    fn open(fixture: &Fixture) -> Result<Solo, SourceError> {
        Solo::open(&fixture.repo().join("ws"), "a.yaml")
    }

    #[test]
    fn one_file_is_committed_and_all_else_waits() {
        let fixture = fixture();
        let repo = fixture.repo();
        fixture.write("other", "staged\n");
        fixture.git(&repo, &["add", "other"]);
        fixture.write("new", "untracked\n");
        let solo = open(&fixture).unwrap();
        fixture.write(FILE, "two\n");
        let at = Instant::from_timestamp(1_600_000_000, 0).unwrap();
        let committed = solo.commit("Say two\n", at, -10_800).unwrap();
        assert_eq!(fixture.git(&repo, &["rev-parse", "HEAD"]), committed.id);
        assert_eq!(
            fixture.git(&repo, &["show", "--name-only", "--format=%an %ae %aI %s"]),
            "n n@example.org 2020-09-13T09:26:40-03:00 Say two\n\nws/a.yaml"
        );
        assert_eq!(fixture.git(&repo, &["status", "--porcelain"]), "M  other\n?? new");
        assert_eq!(committed.hooks, Vec::<&str>::new());
    }

    #[test]
    fn what_would_take_more_along_is_refused() {
        let why = |fixture: &Fixture| match open(fixture) {
            Err(SourceError::Uncommittable { why, .. }) => Some(why),
            _ => None,
        };
        let fixture = fixture();
        let repo = fixture.repo();
        assert_eq!(why(&fixture), None);
        fixture.write(FILE, "changed\n");
        assert_eq!(why(&fixture), Some(Uncommittable::Changed));
        fixture.git(&repo, &["add", "-A"]);
        assert_eq!(why(&fixture), Some(Uncommittable::Changed));
        fixture.write(FILE, "one\n");
        assert_eq!(why(&fixture), Some(Uncommittable::Changed), "staged otherwise");
        fixture.git(&repo, &["reset", "-q", "--hard"]);
        fixture.git(&repo, &["config", "commit.gpgsign", "true"]);
        assert_eq!(why(&fixture), Some(Uncommittable::Signed));
        fixture.git(&repo, &["config", "--unset", "commit.gpgsign"]);
        fixture.write(".git/MERGE_HEAD", &fixture.git(&repo, &["rev-parse", "HEAD"]));
        assert_eq!(why(&fixture), Some(Uncommittable::Busy("merge")));
        std::fs::remove_file(repo.join(".git/MERGE_HEAD")).unwrap();
        let lock = repo.join(".git/index.lock");
        std::fs::write(&lock, "").unwrap();
        let error = open(&fixture).err().unwrap();
        let told = [error.help().unwrap(), error.help_in_portuguese().unwrap()];
        assert!(
            told.iter()
                .all(|help| help.contains(&format!("rm '{}'", lock.canonicalize().unwrap().display()))),
            "{told:?}"
        );
        std::fs::remove_file(lock).unwrap();
        fixture.git(&repo, &["rm", "-q", "--cached", FILE]);
        fixture.git(&repo, &["commit", "-qm", "x"]);
        assert_eq!(why(&fixture), Some(Uncommittable::NotTracked));
        let empty = tempfile::tempdir().unwrap();
        std::fs::write(empty.path().join("a.yaml"), "x").unwrap();
        assert!(matches!(Solo::open(empty.path(), "a.yaml"), Err(SourceError::NotARepository { .. })));
    }
}
