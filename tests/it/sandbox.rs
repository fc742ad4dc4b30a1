//! A workspace in a folder of its own, and the `relato` command run in it away from the machine's settings.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

/// The longest that any one command of these tests may take, in a debug build on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The moment that answers are asked for as of.
pub const NEW_YEAR: &str = "2026-01-01T00:00:00Z";

/// The folder of the package.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the package.
pub fn read(path: &str) -> String {
    fs::read_to_string(package().join(path)).unwrap()
}

/// The incident files of the package, by path.
pub fn incidents() -> Vec<String> {
    let mut paths = Vec::new();
    for year in fs::read_dir(package().join("incidents")).unwrap() {
        for file in fs::read_dir(year.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            paths.push(path.strip_prefix(package()).unwrap().to_str().unwrap().to_owned());
        }
    }
    paths.sort();
    paths
}

/// The smallest incident of the documentation, alone in its folder: no settings, no catalogue.
pub const SMALLEST: &str = "\
relato: 1
id: 2022-12-18-order-imports
timezone: America/New_York
status: resolved
title: {en: Order imports stopped, pt-BR: Importação de pedidos parada}
impacts:
  - service: order-import
    class: critical          # only while there is no services.yaml
    started: 2022-12-18T16:20
    detected: 2022-12-18T20:00
    recovered: 2022-12-19T18:08
";

/// Where the smallest incident lies.
pub const SMALLEST_FILE: &str = "incidents/2022/2022-12-18-order-imports.yaml";

/// A temporary folder with a workspace in `ws`, and a home of its own.
pub struct Sandbox {
    folder: tempfile::TempDir,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// The answer as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The findings of `check --format json`.
    pub fn findings(&self) -> Vec<Value> {
        self.json()["findings"].as_array().unwrap().clone()
    }

    /// The same, after checking the exit code.
    #[track_caller]
    pub fn with_code(self, code: i32) -> Self {
        let some = |text: &str| text.chars().take(2000).collect::<String>();
        assert_eq!(self.code, code, "{}\n{}", some(&self.err), some(&self.out));
        self
    }
}

impl Sandbox {
    /// An empty workspace.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("ws")).unwrap();
        fs::create_dir_all(folder.path().join("home")).unwrap();
        Self { folder }
    }

    /// A workspace of these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let sandbox = Self::new();
        for (path, text) in files {
            sandbox.write(path, text);
        }
        sandbox
    }

    /// A copy of the package's own workspace.
    pub fn own() -> Self {
        let sandbox = Self::new();
        sandbox.copy_own("");
        sandbox
    }

    /// Copies the package's own workspace into a folder below.
    pub fn copy_own(&self, below: &str) {
        let below = if below.is_empty() { String::new() } else { format!("{below}/") };
        let files = ["relato.yaml", "services.yaml", "glossary.yaml"].map(str::to_owned);
        for path in files.into_iter().chain(incidents()) {
            self.write(&format!("{below}{path}"), read(&path));
        }
    }

    /// A path below the workspace.
    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join("ws").join(below)
    }

    /// A path beside the workspace.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the workspace.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The text of a file of the workspace.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Every file below a folder of the workspace, hidden ones too, sorted.
    pub fn files(&self, below: &str) -> Vec<String> {
        let root = self.path(below);
        let mut files = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        files.sort();
        files
    }

    /// The folder that relato caches in.
    pub fn cache(&self) -> PathBuf {
        self.beside("home").join(if cfg!(target_os = "macos") { "Library/Caches" } else { "cache" })
    }

    /// The command, standing in the workspace, with nothing of the machine's environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relato"));
        self.scrub(command.args(args).current_dir(self.path("")));
        command
    }

    fn scrub(&self, command: &mut Command) {
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.beside("home"))
            .env("XDG_CACHE_HOME", self.cache())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        // where Windows keeps the rest of what a program needs to start
        for name in ["SystemRoot", "TEMP", "TMP"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
    }

    /// Runs relato to its end.
    #[track_caller]
    pub fn relato(&self, args: &[&str]) -> Said {
        finish(self.command(args), PATIENCE)
    }

    /// Runs relato with some of its environment set.
    #[track_caller]
    pub fn relato_env(&self, env: &[(&str, &str)], args: &[&str]) -> Said {
        let mut command = self.command(args);
        command.envs(env.iter().copied());
        finish(command, PATIENCE)
    }

    /// The findings of one check, errors and warnings and infos.
    #[track_caller]
    pub fn findings(&self) -> Vec<Value> {
        self.relato(&["check", "--format", "json", "--lang", "en", "--as-of", NEW_YEAR]).findings()
    }

    /// Runs git in a folder beside or below, and returns what it says.
    #[track_caller]
    pub fn git_in(&self, folder: &Path, args: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(args).current_dir(folder);
        self.scrub(&mut command);
        command.envs([
            ("GIT_AUTHOR_NAME", "a"),
            ("GIT_AUTHOR_EMAIL", "a@example.org"),
            ("GIT_COMMITTER_NAME", "c"),
            ("GIT_COMMITTER_EMAIL", "c@example.org"),
            ("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"),
            ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z"),
        ]);
        let said = finish(command, PATIENCE).with_code(0);
        said.out.trim().to_owned()
    }

    /// Runs git in the workspace.
    #[track_caller]
    pub fn git(&self, args: &[&str]) -> String {
        self.git_in(&self.path(""), args)
    }

    /// Runs git in the workspace as somebody, at some time.
    #[track_caller]
    pub fn git_as(&self, name: &str, email: &str, date: &str, args: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(args).current_dir(self.path(""));
        self.scrub(&mut command);
        command.envs([
            ("GIT_AUTHOR_NAME", name),
            ("GIT_AUTHOR_EMAIL", email),
            ("GIT_COMMITTER_NAME", "c"),
            ("GIT_COMMITTER_EMAIL", "c@example.org"),
            ("GIT_AUTHOR_DATE", date),
            ("GIT_COMMITTER_DATE", date),
        ]);
        finish(command, PATIENCE).with_code(0).out.trim().to_owned()
    }

    /// Every file below any folder.
    pub fn files_in(&self, folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        files
    }

    /// Makes the workspace a repository, if it is none, and commits all of it; the commit's id.
    #[track_caller]
    pub fn commit(&self) -> String {
        if !self.path(".git").exists() {
            self.git(&["init", "-q", "-b", "main"]);
        }
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "change"]);
        self.git(&["rev-parse", "HEAD"])
    }
}

/// Runs a command to its end, and kills it when it takes too long.
#[track_caller]
pub fn finish(mut command: Command, patience: Duration) -> Said {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let out = drain(child.stdout.take().unwrap());
    let err = drain(child.stderr.take().unwrap());
    let code = wait(&mut child, patience, &command);
    Said { code, out: out.join().unwrap(), err: err.join().unwrap() }
}

#[track_caller]
fn wait(child: &mut Child, patience: Duration, command: &Command) -> i32 {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().unwrap_or(-1);
        }
        if begun.elapsed() > patience {
            child.kill().unwrap();
            panic!("{command:?} takes longer than {patience:?}");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn drain(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap_or_else(|error| {
            let _ = std::io::stderr().write_all(error.as_bytes());
            panic!("what relato says is not UTF-8")
        })
    })
}

/// Holds a text against `tests/it/snapshots/<name>`; `SNAPSHOTS=overwrite` writes it anew.
#[track_caller]
pub fn snapshot(name: &str, text: &str) {
    snapshot_at(&format!("tests/it/snapshots/{name}"), text);
}

/// The same, anywhere in the package.
#[track_caller]
pub fn snapshot_at(path: &str, text: &str) {
    let path = package().join(path);
    if std::env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        return;
    }
    let expected = snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text)).raw();
    snapbox::Assert::new()
        .action(snapbox::assert::Action::Verify)
        .eq(snapbox::Data::text(text).raw(), expected);
}
