//! Killed at any moment, relato leaves every file as it was or as it was to be: a thousand kills in one run.

use std::{
    collections::BTreeMap,
    fs,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use crate::sandbox::{NEW_YEAR, Sandbox};

const FILE: &str = "incidents/2026/2026-03-02-orders.yaml";

const INCIDENT: &str = "\
relato: 1
id: 2026-03-02-orders
timezone: America/Sao_Paulo
status: resolved
title: {en: Orders stopped, pt-BR: Pedidos parados}
impacts:
  - {id: workflow, service: orders, class: critical, started: 2026-03-02T10:00, recovered: 2026-03-02T10:20}
actions:
  - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: process, owner: role:one, status: proposed}
";

/// On a machine that is starved, fewer kills must do.
const ENOUGH: Duration = Duration::from_secs(40);

/// Runs a command and kills it after a share of the time that it takes.
fn kill(sandbox: &Sandbox, args: &[&str], after: Duration) {
    let mut command = sandbox.command(args);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// How long a command takes here and now.
fn timed(sandbox: &Sandbox, args: &[&str]) -> Duration {
    let begun = Instant::now();
    sandbox.relato(args).with_code(0);
    begun.elapsed()
}

/// Finds the moments to kill at: half of them anywhere, half of them near the moment at which files are written. That one
/// moves with the load of the machine: what was killed too early is killed later the next time, and the other way round.
struct Aim {
    whole: Duration,
    end: f64,
    turn: u32,
    begun: Instant,
    /// Kills that left things as they were, and such that came after the change.
    seen: [u32; 2],
}

impl Aim {
    fn at(whole: Duration) -> Self {
        Self { whole, end: 1.0, turn: 0, begun: Instant::now(), seen: [0, 0] }
    }

    /// The next of `kills` moments.
    fn next(&mut self, kills: u32) -> Option<Duration> {
        if self.turn >= kills || self.begun.elapsed() > ENOUGH {
            return None;
        }
        self.turn += 1;
        let share = (f64::from(self.turn) * 0.618_033_988_75).fract();
        Some(
            self.whole
                .mul_f64(self.end * if self.turn.is_multiple_of(2) { share } else { 0.85 + share * 0.3 }),
        )
    }

    fn learn(&mut self, changed: bool) {
        self.seen[usize::from(changed)] += 1;
        if !self.turn.is_multiple_of(2) {
            self.end = (self.end * if changed { 0.93 } else { 1.07 }).clamp(0.05, 50.0);
        }
    }

    /// Both must have been met, or nothing was tried.
    fn done(self) {
        assert!(self.seen.iter().all(|times| *times > 0), "all too early, or too late: {:?}", self.seen);
    }
}

/// Kills commands that change one file to and fro: it holds one text or the other, and nothing beside it bothers a later run.
fn one_file(kills: u32, texts: [&str; 2], commands: [&[&str]; 2]) {
    let sandbox = Sandbox::with(&[(FILE, texts[0])]);
    // the first run fills the cache
    sandbox.relato(commands[0]).with_code(0);
    let whole = timed(&sandbox, commands[0]);
    sandbox.write(FILE, texts[0]);
    let mut aim = Aim::at(whole);
    while let Some(moment) = aim.next(kills) {
        let before = sandbox.read(FILE);
        let at = usize::from(before == texts[1]);
        kill(&sandbox, commands[at], moment);
        let after = sandbox.read(FILE);
        assert!(texts.contains(&after.as_str()), "after {moment:?}: {after:?}");
        aim.learn(after != before);
        if after == texts[1] && commands[0] == commands[1] {
            sandbox.write(FILE, texts[0]);
        }
    }
    aim.done();
    sandbox.write(FILE, texts[0]);
    sandbox.relato(commands[0]).with_code(0);
    assert_eq!(sandbox.read(FILE), texts[1]);
    assert_eq!(sandbox.files("incidents"), ["2026/2026-03-02-orders.yaml"], "what was left is swept away");
}

#[test]
fn a_killed_set_leaves_the_old_file_or_the_new() {
    let other = INCIDENT.replace("role:one", "role:two");
    one_file(
        660,
        [INCIDENT, &other],
        [&["actions", "set", "A1", "owner=role:two"], &["actions", "set", "A1", "owner=role:one"]],
    );
}

#[test]
fn a_killed_fix_leaves_the_old_file_or_the_new() {
    let wrong = INCIDENT.replace("status: resolved", "status: resloved");
    let fix: &[&str] = &["check", "--fix"];
    one_file(280, [&wrong, INCIDENT], [fix, fix]);
}

/// Every file of the site, and what it holds; `None` while there is no site.
fn site(sandbox: &Sandbox) -> Option<BTreeMap<String, Vec<u8>>> {
    let root = sandbox.path("public");
    root.exists().then(|| {
        let files = sandbox.files("public");
        files.into_iter().map(|path| (path.clone(), fs::read(root.join(path)).unwrap())).collect()
    })
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new() {
    let sandbox = Sandbox::with(&[(FILE, INCIDENT)]);
    let build: &[&str] = &["build", "--as-of", NEW_YEAR];
    let other = INCIDENT.replace("Orders stopped", "Orders stood still");
    timed(&sandbox, build);
    let one = site(&sandbox).unwrap();
    sandbox.write(FILE, &other);
    let whole = timed(&sandbox, build);
    let two = site(&sandbox).unwrap();
    assert_ne!(one, two);
    let mut aim = Aim::at(whole);
    while let Some(moment) = aim.next(60) {
        let before = site(&sandbox).unwrap();
        sandbox.write(FILE, if before == one { &other } else { INCIDENT });
        kill(&sandbox, build, moment);
        let after = site(&sandbox).unwrap();
        assert!(after == one || after == two, "a mixture after {moment:?}");
        aim.learn(after != before);
    }
    aim.done();
    sandbox.write(FILE, INCIDENT);
    sandbox.relato(build).with_code(0);
    assert_eq!(site(&sandbox).unwrap(), one);
    assert!(!sandbox.path(".public.relato-staging").exists());
}
