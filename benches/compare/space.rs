//! A generated workspace that is measured on.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use serde_json::Value;

use super::{RELATO, Scratch, benches, copy, generate, made_in, python, timed};

/// One generated workspace, and what its answers must be.
pub(super) struct Space {
    pub(super) size: usize,
    pub(super) folder: PathBuf,
    pub(super) as_of: String,
    pub(super) expected: Value,
}

impl Space {
    pub(super) fn prepare(size: usize) -> Self {
        Self::made(size, made_in().join(size.to_string()), &[])
    }

    /// As many incidents, of more services than the usual twenty.
    pub(super) fn of_services(size: usize, services: usize) -> Self {
        let folder = made_in().join(format!("{size}-{services}"));
        Self::made(size, folder, &["--services", &services.to_string()])
    }

    pub(super) fn made(size: usize, folder: PathBuf, more: &[&str]) -> Self {
        let expected = folder.join("expected.json");
        if !expected.exists() {
            println!("making {size} incidents");
            generate("workspace", size, &folder, more);
            generate("expected", size, &folder, more);
        }
        let expected: Value = serde_json::from_slice(&fs::read(expected).unwrap()).unwrap();
        let as_of = expected["as_of"].as_str().unwrap();
        // expected.json counts what was due before the day; the end of a day is still that day
        let as_of = as_of.to_owned();
        Self { size, folder, as_of, expected }
    }

    /// An action that is there.
    pub(super) fn action(&self) -> String {
        let mut folder = self.folder.join("incidents");
        while folder.is_dir() {
            let items = fs::read_dir(&folder).unwrap().map(|item| item.unwrap().path());
            folder = items.min().unwrap();
        }
        format!("{}/A1", folder.file_stem().unwrap().to_str().unwrap())
    }

    /// Builds one target besides the site's own pages, or every target.
    pub(super) fn builds(&self, target: Option<&str>) {
        let settings = self.folder.join("relato.yaml");
        let text = fs::read_to_string(&settings).unwrap();
        let kept = text.lines().filter(|line| !line.starts_with("targets:"));
        let added = target.map(|target| format!("targets: [{target}]"));
        let lines: Vec<String> = kept.map(str::to_owned).chain(added).collect();
        fs::write(&settings, lines.join("\n") + "\n").unwrap();
    }

    /// Nothing is worth timing that answers wrongly.
    pub(super) fn verify(&self) {
        let json = |args: &[&str]| -> Value {
            let mut command = self.relato(args, &self.folder.join("cache-verify"));
            let out = command.stderr(Stdio::inherit()).stdout(Stdio::piped()).output().unwrap();
            serde_json::from_slice(&out.stdout).unwrap()
        };
        let count = |answer: &Value, what: &str| answer[what].as_array().unwrap().len();
        let metrics = json(&["metrics", "--format", "json"]);
        let impacts: Vec<&Value> = metrics["incidents"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|incident| incident["impacts"].as_array().unwrap())
            .collect();
        let breached = impacts.iter().filter(|impact| impact["verdict"] == "breached").count();
        let found = [
            ("incidents", count(&metrics, "incidents")),
            ("impacts", impacts.len()),
            ("breached", breached),
            ("actions", count(&json(&["actions", "--all", "--format", "json"]), "actions")),
            ("overdue", count(&json(&["actions", "--overdue", "--format", "json"]), "actions")),
        ];
        for (name, found) in found {
            let expected = &self.expected[name];
            assert_eq!(*expected, found, "of {} incidents: {name}", self.size);
        }
        let check = self.relato(&["check"], &self.folder.join("cache-verify")).output().unwrap();
        assert!(check.status.success(), "`check` finds errors:\n{}", String::from_utf8_lossy(&check.stdout));
    }

    pub(super) fn relato(&self, args: &[&str], cache: &Path) -> Command {
        let mut command = Command::new(RELATO);
        command.args(["--as-of", &self.as_of, "--lang", "en", "-C"]).arg(&self.folder).args(args);
        command.env("XDG_CACHE_HOME", cache);
        command
    }

    /// The time of a command without a cache to begin with.
    pub(super) fn cold(&self, args: &[&str]) -> Duration {
        let cache = Scratch::new("cache");
        timed(self.relato(args, cache.fresh()))
    }

    /// The time of a command whose cache an earlier run has filled.
    pub(super) fn warm(&self, args: &[&str]) -> Duration {
        timed(self.relato(args, &self.folder.join("cache-verify")))
    }

    pub(super) fn build_command(&self, out: &Path) -> Command {
        let cache = out.with_extension("cache");
        if !out.exists() && cache.exists() {
            fs::remove_dir_all(&cache).unwrap();
        }
        let mut command = self.relato(&["build", "-q", "-o"], &cache);
        command.arg(out);
        command
    }

    pub(super) fn build(&self, out: &Path) -> Duration {
        timed(self.build_command(out))
    }

    /// The time of reading alone.
    pub(super) fn read(&self) -> Duration {
        let mut command = Command::new(env::current_exe().unwrap());
        command.arg("read").arg(&self.folder);
        timed(command)
    }

    /// The time of a part of the work alone.
    pub(super) fn myself(&self, mode: &str) -> Duration {
        let mut command = Command::new(env::current_exe().unwrap());
        command.arg(mode).arg(&self.folder).arg(&self.as_of);
        timed(command)
    }

    /// Everything that a row shows, into a database made beforehand.
    pub(super) fn export(&self) {
        let json = self.folder.join("actions.json");
        let mut command =
            self.relato(&["actions", "--all", "--format", "json"], &self.folder.join("cache-verify"));
        fs::write(&json, command.output().unwrap().stdout).unwrap();
        python(&["sqlite.py", "export"]).arg(json).arg(self.folder.join("actions.db")).status().unwrap();
    }

    pub(super) fn sqlite(&self) -> Duration {
        let mut command = python(&["sqlite.py", "overdue"]);
        command.arg(self.folder.join("actions.db")).arg(&self.as_of);
        timed(command)
    }

    /// The same incidents as a Hugo site.
    pub(super) fn hugo(&self, source: &Path) {
        if !source.join("content").exists() {
            copy(&benches().join("hugo"), source);
            generate("hugo", self.size, source, &[]);
        }
    }
}

pub(super) fn hugo_build(source: &Path, out: &Path) -> Command {
    let mut command = Command::new("hugo");
    command.args(["--quiet", "-s"]).arg(source).arg("-d").arg(out);
    command
}
