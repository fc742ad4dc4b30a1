//! The ledger against git's own walk over the same history.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use super::{Goal, RELATO, Scratch, Table, compare, copy, generate, made_in, timed};

/// Measures the ledger on generated repositories of the largest size asked for, and the one below it.
pub(super) fn history(sizes: &[usize], pairs: usize, table: &mut Table) {
    let repositories: Vec<Repository> =
        sizes.iter().rev().take(2).map(|size| Repository::prepare(*size)).collect();
    let Some(large) = repositories.first() else { return };
    let log = || large.git(&["log", "-p", "--first-parent", "--", "incidents"]);
    let versus = compare(pairs, || large.cold(&large.question()), log);
    table.ratio(
        "the ledger, cold, against `git log -p --first-parent -- incidents`",
        &versus,
        Goal::AtMost(1.0),
    );
    let versus = compare(pairs, || large.after_one_more_commit(), log);
    table.ratio("the ledger, warm, after one more commit, against the same", &versus, Goal::AtMost(0.05));
    let overdue = ["actions", "--overdue"];
    let at = ["actions", "--overdue", "--at", "HEAD"];
    let versus = compare(pairs * 3, || large.warm(&at), || large.warm(&overdue));
    table.ratio("`actions --overdue --at HEAD`, warm, against the work tree", &versus, Goal::AtMost(1.5));
    let at = ["actions", "--overdue", "--at", "HEAD~100"];
    let versus = compare(pairs * 3, || large.warm(&at), || large.warm(&overdue));
    table.ratio("`actions --overdue --at HEAD~100`, warm, against the work tree", &versus, Goal::AtMost(1.5));
    let bare = ["actions", "--overdue", "--no-history"];
    let versus = compare(pairs * 3, || large.warm(&overdue), || large.warm(&bare));
    table.ratio("`actions --overdue`, warm, against `--no-history`", &versus, Goal::None);
    let unread = ["check", "--no-history"];
    let versus = compare(pairs, || large.cold(&["check"]), || large.cold(&unread));
    table.ratio("`check`, cold, against `--no-history`", &versus, Goal::None);
    let versus = compare(pairs, || large.warm(&["check"]), || large.warm(&unread));
    table.ratio("`check`, warm, against `--no-history`", &versus, Goal::None);
    if let Some(small) = repositories.get(1) {
        let factor = large.commits as f64 / small.commits as f64;
        let versus = compare(pairs, || large.cold(&large.question()), || small.cold(&small.question()));
        let exponent = versus.ratio.ln() / factor.ln();
        let name = format!(
            "the ledger, cold, from {} to {} commits, with folders as much larger: exponent",
            small.commits, large.commits
        );
        table.row(&name, &versus.times(), &format!("{exponent:.2}"), "", None);
        let log = |of: &Repository| of.git(&["log", "-p", "--first-parent", "--", "incidents"]);
        let versus = compare(pairs, || log(large), || log(small));
        let exponent = versus.ratio.ln() / factor.ln();
        table.row("`git log -p` on the same: exponent", &versus.times(), &format!("{exponent:.2}"), "", None);
    }
    // commits alone: a year's folder is as large at the end of the first year as at the end of the last
    let early = large.commits / 8;
    let revision = format!("HEAD~{}", large.commits - early);
    let action = first_action(&large.folder, &revision);
    let question = ["actions", "history", &action, "--at", &revision];
    let versus = compare(pairs, || large.cold(&large.question()), || large.cold(&question));
    let exponent = versus.ratio.ln() / (large.commits as f64 / early as f64).ln();
    let name =
        format!("the ledger, cold, from {early} to {} commits of one repository: exponent", large.commits);
    table.row(&name, &versus.times(), &format!("{exponent:.2}"), "≤ 1.05", Some(exponent <= 1.05));
}

/// The first action of the first incident that a revision has.
fn first_action(folder: &Path, revision: &str) -> String {
    let args = ["ls-tree", "-r", "--name-only", revision, "incidents"];
    let out = Command::new("git").current_dir(folder).args(args).output().unwrap();
    let files = String::from_utf8(out.stdout).unwrap();
    let stem = Path::new(files.lines().next().unwrap()).file_stem().unwrap().to_str().unwrap();
    format!("{stem}/A1")
}

/// A generated repository: about seven commits for each incident.
struct Repository {
    folder: PathBuf,
    commits: usize,
    /// An action that is there.
    action: String,
}

impl Repository {
    fn prepare(size: usize) -> Self {
        let folder = made_in().join(format!("git-{size}"));
        if !folder.join(".git").exists() {
            println!("making the history of {size} incidents");
            generate("git", size, &folder, &[]);
        }
        let said = |args: &[&str]| {
            let out = Command::new("git").current_dir(&folder).args(args).output().unwrap();
            String::from_utf8(out.stdout).unwrap().trim().to_owned()
        };
        let commits = said(&["rev-list", "--first-parent", "--count", "HEAD"]).parse().unwrap();
        let action = first_action(&folder, "HEAD");
        Self { folder, commits, action }
    }

    /// The cheapest question that needs the whole ledger.
    fn question(&self) -> [&str; 3] {
        ["actions", "history", &self.action]
    }

    fn relato(&self, args: &[&str], cache: &Path) -> Command {
        let mut command = Command::new(RELATO);
        command.args(["--as-of", "2026-11-20", "--lang", "en", "-C"]).arg(&self.folder).args(args);
        command.env("XDG_CACHE_HOME", cache);
        command
    }

    fn cold(&self, args: &[&str]) -> Duration {
        let cache = Scratch::new("cache");
        timed(self.relato(args, cache.fresh()))
    }

    fn warm(&self, args: &[&str]) -> Duration {
        timed(self.relato(args, &self.folder.with_extension("cache")))
    }

    /// The time of the question at the head, by a program that knows all but the last commit.
    fn after_one_more_commit(&self) -> Duration {
        let known = self.folder.with_extension("before");
        let mut before = self.question().to_vec();
        before.extend(["--at", "HEAD~1"]);
        if !known.exists() {
            timed(self.relato(&before, &known));
        }
        let cache = Scratch::new("cache");
        copy(&known, cache.fresh());
        let took = timed(self.relato(&self.question(), &cache.0));
        fs::remove_dir_all(&cache.0).unwrap();
        took
    }

    fn git(&self, args: &[&str]) -> Duration {
        let mut command = Command::new("git");
        command.current_dir(&self.folder).args(["-c", "core.pager=cat"]).args(args).stdin(Stdio::null());
        timed(command)
    }
}
