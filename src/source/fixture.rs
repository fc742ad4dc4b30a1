//! Temporary git repositories for the tests, made by the `git` command away from the machine's own settings.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A folder that goes away, and a repository in it.
pub(super) struct Fixture {
    folder: tempfile::TempDir,
    seconds: std::cell::Cell<i64>,
}

impl Fixture {
    /// An empty repository with a work tree in `repo`.
    pub(super) fn new() -> Self {
        Self::with(&["init", "-q", "-b", "main", "repo"])
    }

    /// The repository that this command makes in `repo`.
    pub(super) fn with(command: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fixture = Self { folder, seconds: std::cell::Cell::new(1_500_000_000) };
        fixture.git(fixture.folder.path(), command);
        fixture
    }

    pub(super) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub(super) fn repo(&self) -> PathBuf {
        self.path("repo")
    }

    /// Writes a file of the work tree.
    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.repo().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Commits the whole work tree, a minute after the commit before, and returns the id.
    pub(super) fn commit(&self) -> String {
        self.git(&self.repo(), &["add", "-A"]);
        self.git(&self.repo(), &["commit", "-q", "--allow-empty", "-m", "change"]);
        self.git(&self.repo(), &["rev-parse", "HEAD"])
    }

    /// Runs git in a folder and returns what it says.
    pub(super) fn git(&self, folder: &Path, arguments: &[&str]) -> String {
        self.seconds.set(self.seconds.get() + 60);
        let when = format!("{} +0000", self.seconds.get());
        let output = Command::new("git")
            .current_dir(folder)
            .args(arguments)
            .env_remove("GIT_DIR")
            .envs([
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("GIT_CONFIG_NOSYSTEM", "1"),
                ("GIT_AUTHOR_NAME", "a"),
                ("GIT_AUTHOR_EMAIL", "a@example.org"),
                ("GIT_COMMITTER_NAME", "c"),
                ("GIT_COMMITTER_EMAIL", "c@example.org"),
                ("GIT_AUTHOR_DATE", "1000000000 +0000"),
                ("GIT_COMMITTER_DATE", when.as_str()),
            ])
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}
