//! Measures relato against reading alone, SQLite and Hugo, and against its own goals: `cargo bench`, see `README.md`.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a program of the repository, run by whoever measures"
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant, SystemTime},
};

use rayon::prelude::*;
use relato::{
    archive::Archive,
    measure::measure,
    rules::{self, Across, Case, Digest, Judged},
    source::WorkTree,
    time::read_date,
};

#[path = "compare/history.rs"]
mod history;
#[path = "compare/since.rs"]
mod since;
#[path = "compare/space.rs"]
mod space;

use space::{Space, hugo_build};

const RELATO: &str = env!("CARGO_BIN_EXE_relato");
const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// Pairs of runs for each comparison, unless `--pairs` says otherwise.
const PAIRS: usize = 5;

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["read", folder] => return read(Path::new(folder)),
        ["measure", folder, as_of] => return judge(Path::new(folder), as_of, false),
        ["judge", folder, as_of] => return judge(Path::new(folder), as_of, true),
        _ => {}
    }
    let after = |name: &str| args.iter().skip_while(|arg| *arg != name).nth(1);
    let pairs = after("--pairs").and_then(|n| n.parse().ok()).unwrap_or(PAIRS).max(1);
    let largest = after("--size").and_then(|n| n.parse().ok()).unwrap_or(10_000);
    if !runs("python3", "--version") {
        println!("nothing was measured: python3 makes the workspaces, and is not there; install it");
        return;
    }
    let mut table = Table::default();
    let sizes: Vec<usize> = SIZES.into_iter().filter(|size| *size <= largest).collect();
    let only = after("--only");
    let wanted = |part: &str| only.is_none_or(|only| only.split(',').any(|it| it == part));
    if ["check", "actions", "build", "since", "runbook", "growth"].into_iter().any(wanted) {
        let spaces: Vec<Space> = sizes.iter().copied().map(Space::prepare).collect();
        for space in &spaces {
            space.verify();
        }
        let Some(space) = spaces.last() else { return };
        let scale = (spaces.len() > 1).then(|| spaces.get(spaces.len() - 2)).flatten();
        if wanted("check") {
            checks(space, pairs, &mut table);
        }
        if wanted("actions") {
            actions(space, pairs, &mut table);
        }
        if wanted("build") {
            builds(space, pairs, &mut table);
        }
        if wanted("since") {
            since::since(space, pairs, &mut table);
        }
        if wanted("runbook") {
            runbooks(&Space::of_services(space.size, 200), pairs, &mut table);
        }
        if let Some(smaller) = scale.filter(|_| wanted("growth")) {
            growth(smaller, space, pairs, &mut table);
        }
    }
    if wanted("history") {
        history::history(&sizes, pairs, &mut table);
    }
    table.print(largest, pairs);
}

// the allocator that relato has, for everything that is timed here
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The baseline: every incident file read and deserialised, and nothing made of it.
fn read(folder: &Path) {
    let mut files = Vec::new();
    let mut folders = vec![folder.join("incidents")];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let lengths = files.par_iter().map(|file| {
        let text = fs::read_to_string(file).unwrap();
        let written: relato::format::Incident = serde_yaml::from_str(&text).unwrap();
        std::hint::black_box(&written);
        text.len()
    });
    println!("{} files, {} bytes", files.len(), lengths.sum::<usize>());
}

/// Reads and measures every incident; then, if wanted, applies all rules to it, and those that look across incidents.
fn judge(folder: &Path, as_of: &str, judging: bool) {
    let tree = WorkTree::open(folder).unwrap();
    let archive = Archive::open(&tree, None).unwrap();
    let as_of = archive.settings.org.zone.end_of_day(read_date(as_of).unwrap());
    let empty = Case {
        ledger: None,
        told: None,
        settings: &archive.settings,
        settings_file: None,
        catalogue: &archive.catalogue,
        catalogue_file: "services.yaml",
        glossary: &archive.glossary,
        guard: archive.guard(),
        links: &archive.links,
        as_of,
        incidents: &[],
        faults: &[],
        published: &[],
        template_faults: &[],
        waivers: &[],
    };
    let of_files = archive.map(|reading| {
        let incident = reading.incident.as_ref().unwrap();
        let measured = measure(incident, &archive.settings, &archive.catalogue, as_of);
        if !judging {
            std::hint::black_box(&measured);
            return (Vec::new(), None);
        }
        let judged = [Judged { file: &reading.file, incident, measured: &measured }];
        let case = Case { incidents: &judged, faults: &reading.faults, ..empty };
        let digest = Digest::of(&judged[0], &archive.settings, &archive.catalogue, as_of);
        (rules::judge(&case), Some(digest))
    });
    let (found, digests): (Vec<_>, Vec<_>) = of_files.unwrap().into_iter().unzip();
    let digests: Vec<Digest> = digests.into_iter().flatten().collect();
    let across = if judging { rules::judge_across(&Across::of(&empty, &digests)) } else { Vec::new() };
    println!("{} findings", found.iter().map(Vec::len).sum::<usize>() + across.len());
}

fn checks(space: &Space, pairs: usize, table: &mut Table) {
    let read = || space.read();
    let versus = compare(pairs, || space.cold(&["check"]), read);
    table.ratio("`check`, cold, against reading alone", &versus, Goal::AtMost(1.5));
    let warm = compare(pairs, || space.warm(&["check"]), read);
    table.ratio("`check`, warm, against reading alone", &warm, Goal::None);
    let versus = compare(pairs, || space.cold(&["metrics"]), read);
    table.ratio("`metrics`, cold, against reading alone", &versus, Goal::None);
    let warm = compare(pairs, || space.warm(&["metrics"]), read);
    table.ratio("`metrics`, warm, against reading alone", &warm, Goal::None);
    let less = |versus: Versus, read: Duration| {
        let ours = versus.ours.saturating_sub(versus.theirs);
        Versus { ours, theirs: read, ratio: ours.as_secs_f64() / read.as_secs_f64() }
    };
    let rules = compare(pairs, || space.myself("judge"), || space.myself("measure"));
    table.ratio("all rules, against reading alone", &less(rules, versus.theirs), Goal::AtMost(1.0));
    // the two read alike, so what is left of `check` is judging and telling
    let told = compare(pairs, || space.cold(&["check"]), || space.cold(&["metrics"]));
    table.ratio(
        "all rules and the report (`check` less `metrics`), against reading alone",
        &less(told, versus.theirs),
        Goal::None,
    );
}

fn actions(space: &Space, pairs: usize, table: &mut Table) {
    let overdue = ["actions", "--overdue"];
    let versus = compare(pairs, || space.cold(&overdue), || space.cold(&["check"]));
    // level within the noise
    table.ratio("`actions --overdue`, cold, against `check`, cold", &versus, Goal::AtMost(1.02));
    space.export();
    let versus = compare(pairs * 3, || space.warm(&overdue), || space.sqlite());
    table.time("`actions --overdue`, warm", versus.ours, Some(Duration::from_millis(200)));
    table.ratio("`actions --overdue`, warm, against SQLite", &versus, Goal::AtMost(1.0));
    for format in ["csv", "json"] {
        let command = ["actions", "--overdue", "--format", format];
        let versus = compare(pairs, || space.warm(&command), || space.sqlite());
        table.time(&format!("`actions --overdue --format {format}`, warm"), versus.ours, None);
    }
    let set = ["actions", "set", &space.action(), "owner=role:lead", "--diff"];
    let versus = compare(pairs, || space.warm(&set), || space.warm(&["check"]));
    table.ratio("`actions set --diff`, warm, against `check`, warm", &versus, Goal::AtMost(1.0));
}

fn builds(space: &Space, pairs: usize, table: &mut Table) {
    let (out, whole) = (Scratch::new("build"), Scratch::new("whole"));
    space.builds(Some("postmortem"));
    let hugo = runs("hugo", "version");
    let (source, pages) = (space.folder.with_file_name(format!("hugo-{}", space.size)), Scratch::new("hugo"));
    if hugo {
        space.hugo(&source);
        let versus =
            compare(pairs, || space.build(out.fresh()), || timed(hugo_build(&source, pages.fresh())));
        table.ratio("`build`, first, against Hugo", &versus, Goal::AtMost(0.2));
        table.peak("Hugo, peak memory", peak(&hugo_build(&source, pages.fresh())), None);
    } else {
        table.left_out("`build`, first, against Hugo", "no `hugo` on this machine");
    }
    let peak = peak(&space.build_command(out.fresh()));
    table.peak("`build`, peak memory", peak, Some(300));
    let before = seen(&out.0);
    let mut written = false;
    let versus = compare(
        pairs,
        || {
            let took = space.build(&out.0);
            written |= seen(&out.0) != before;
            took
        },
        || space.build(pages.fresh()),
    );
    table.ratio("`build`, nothing changed, against the first", &versus, Goal::AtMost(0.5));
    let changed = if written { "some" } else { "none" };
    table.row("`build`, nothing changed: files written", "", changed, "none", Some(!written));
    let every = |out: &Path| {
        space.builds(None);
        let took = space.build(out);
        space.builds(Some("postmortem"));
        took
    };
    let versus = compare(1, || every(whole.fresh()), || space.build(out.fresh()));
    table.ratio("`build` of every target, against that of postmortems", &versus, Goal::AtMost(4.0));
    space.builds(None);
    let peak = self::peak(&space.build_command(whole.fresh()));
    table.peak("`build` of every target, peak memory", peak, Some(400));
}

/// Every runbook of many services, against the public site of the same incidents.
fn runbooks(space: &Space, pairs: usize, table: &mut Table) {
    let (cache, out) = (Scratch::new("cache"), Scratch::new("build"));
    let pages = space.folder.join("runbooks");
    let written = |cache: &Path| {
        if pages.exists() {
            fs::remove_dir_all(&pages).unwrap();
        }
        space.relato(&["runbook", "--write", "-q"], cache)
    };
    let versus = compare(pairs, || timed(written(cache.fresh())), || space.build(out.fresh()));
    let count = fs::read_dir(&pages).unwrap().count();
    assert_eq!(count, 400, "one page for each of 200 services in each of two languages");
    table.ratio("`runbook --write`, 200 services, against `build`", &versus, Goal::AtMost(1.0));
    table.peak("`runbook --write`, peak memory", peak(&written(cache.fresh())), Some(300));
    let one = |cache: &Path| space.relato(&["runbook", "checkout", "-q"], cache);
    timed(one(&cache.0));
    table.time("`runbook SERVICE`, warm", timed(one(&cache.0)), None);
    table.time("`search`, warm", timed(space.relato(&["search", "queue grows"], &cache.0)), None);
    fs::remove_dir_all(&pages).unwrap();
}

fn growth(small: &Space, large: &Space, pairs: usize, table: &mut Table) {
    let factor = large.size as f64 / small.size as f64;
    let mut row = |name: &str, versus: Versus| {
        let exponent = versus.ratio.ln() / factor.ln();
        let times = versus.times();
        table.row(
            &format!("{name}, from {} to {}: exponent", small.size, large.size),
            &times,
            &format!("{exponent:.2}"),
            "≤ 1.05",
            Some(exponent <= 1.05),
        );
    };
    for command in [["check"].as_slice(), &["metrics"], &["actions", "--overdue"]] {
        let name = format!("`{}`, cold", command.join(" "));
        row(&name, compare(pairs, || large.cold(command), || small.cold(command)));
    }
    let (out, other) = (Scratch::new("large"), Scratch::new("small"));
    large.builds(Some("postmortem"));
    small.builds(Some("postmortem"));
    row("`build`, first", compare(pairs, || large.build(out.fresh()), || small.build(other.fresh())));
}

/// Two commands run in turns: medians of each, and the median of the ratios of the turns, ours over theirs.
struct Versus {
    ours: Duration,
    theirs: Duration,
    ratio: f64,
}

impl Versus {
    fn times(&self) -> String {
        format!("{} / {}", seconds(self.ours), seconds(self.theirs))
    }
}

fn compare(pairs: usize, mut ours: impl FnMut() -> Duration, mut theirs: impl FnMut() -> Duration) -> Versus {
    // once each to warm what lies below both: the files, the program
    ours();
    theirs();
    let turns: Vec<(Duration, Duration)> = (0..pairs)
        .map(|turn| {
            // each begins as often as the other
            if turn % 2 == 0 {
                let first = ours();
                (first, theirs())
            } else {
                let first = theirs();
                (ours(), first)
            }
        })
        .collect();
    let of = |part: fn(&(Duration, Duration)) -> f64| median(turns.iter().map(part).collect());
    Versus {
        ours: Duration::from_secs_f64(of(|turn| turn.0.as_secs_f64())),
        theirs: Duration::from_secs_f64(of(|turn| turn.1.as_secs_f64())),
        ratio: of(|turn| turn.0.as_secs_f64() / turn.1.as_secs_f64()),
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}

/// The wall time of a whole process that must succeed.
fn timed(mut command: Command) -> Duration {
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let took = start.elapsed();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    took
}

/// The most memory that a command held, in MB; python asks the system, because Rust's library does not.
fn peak(command: &Command) -> Option<u64> {
    const ASK: &str = "import os,resource,subprocess,sys\nsubprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL)\n\
        k=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\nprint((k if sys.platform!='darwin' else k//1024)*1024//1000000)";
    let mut ask = Command::new("python3");
    ask.args(["-c", ASK]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        ask.env(name, value.unwrap_or_default());
    }
    String::from_utf8(ask.output().ok()?.stdout).ok()?.trim().parse().ok()
}

/// Every file below a folder with the moment it was written and the folder's own, which a swap would change.
fn seen(folder: &Path) -> Vec<(PathBuf, SystemTime)> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push((path.clone(), fs::metadata(&path).unwrap().modified().unwrap()));
            }
        }
    }
    all.sort();
    all
}

/// A folder in memory where the system has such, removed with what is beside it.
struct Scratch(PathBuf, #[expect(dead_code, reason = "removes the folder")] tempfile::TempDir);

impl Scratch {
    fn new(name: &str) -> Self {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { made_in() };
        let folder = tempfile::Builder::new().prefix("relato-bench-").tempdir_in(parent).unwrap();
        Self(folder.path().join(name), folder)
    }

    /// The folder, not there.
    fn fresh(&self) -> &Path {
        if self.0.exists() {
            fs::remove_dir_all(&self.0).unwrap();
        }
        &self.0
    }
}

#[derive(Default)]
struct Table(Vec<[String; 5]>);

#[derive(Clone, Copy)]
enum Goal {
    None,
    AtMost(f64),
}

impl Table {
    fn ratio(&mut self, name: &str, versus: &Versus, goal: Goal) {
        let (goal, met) = match goal {
            Goal::None => (String::new(), None),
            Goal::AtMost(most) => (format!("≤ {most:.2}"), Some(versus.ratio <= most)),
        };
        self.row(name, &versus.times(), &format!("{:.2}", versus.ratio), &goal, met);
    }

    fn time(&mut self, name: &str, took: Duration, most: Option<Duration>) {
        let goal = most.map(|most| format!("≤ {}", seconds(most))).unwrap_or_default();
        self.row(name, &seconds(took), "", &goal, most.map(|most| took <= most));
    }

    fn peak(&mut self, name: &str, found: Option<u64>, most: Option<u64>) {
        let Some(found) = found else { return self.left_out(name, "the system did not say") };
        let goal = most.map(|most| format!("< {most} MB")).unwrap_or_default();
        self.row(name, &format!("{found} MB"), "", &goal, most.map(|most| found < most));
    }

    fn left_out(&mut self, name: &str, why: &str) {
        self.row(name, &format!("left out: {why}"), "", "", None);
    }

    fn row(&mut self, name: &str, times: &str, ratio: &str, goal: &str, met: Option<bool>) {
        let met = met.map_or("", |met| if met { "yes" } else { "**no**" });
        let row = [name, times, ratio, goal, met].map(str::to_owned);
        println!("{}", row.join("  "));
        self.0.push(row);
    }

    fn print(&self, size: usize, pairs: usize) {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        println!("\n{size} incidents, {cores} cores, medians of {pairs} pairs run in turns\n");
        println!("| what | ours / theirs | ratio | goal | met |\n|---|---|---|---|---|");
        for row in &self.0 {
            println!("| {} |", row.join(" | "));
        }
    }
}

fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s < 1.0 => format!("{:.0} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}

fn benches() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches")
}

fn made_in() -> PathBuf {
    // the folder that cargo builds into, wherever it was put: beside the bench binary's own
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench")
}

fn python(args: &[&str]) -> Command {
    let mut command = Command::new("python3");
    command.current_dir(benches()).args(args);
    command
}

fn generate(what: &str, size: usize, folder: &Path, more: &[&str]) {
    let mut command = python(&["gen.py", what, &size.to_string()]);
    let done = command.arg(folder).args(more).stdout(Stdio::null()).status();
    assert!(done.unwrap().success(), "gen.py failed");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let path = item.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn runs(program: &str, arg: &str) -> bool {
    Command::new(program)
        .arg(arg)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
