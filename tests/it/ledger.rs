//! The ledger, held against a history made by hand with every trap that histories have.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

use crate::sandbox::{Sandbox, snapshot};

/// Where the first incident begins, and where it moves to.
const CARDS: &str = "incidents/2026-01-05-cards.yaml";
const CARDS_MOVED: &str = "incidents/2026/2026-01-05-cards.yaml";
const MAIL: &str = "incidents/2026/2026-01-20-mail.yaml";
const MAIL_MOVED: &str = "incidents/mail/2026-01-20-mail.yaml";

/// A history under construction: each commit an hour after the one before, and known by its label.
struct Made {
    sandbox: Sandbox,
    /// The folder of the workspace in the repository, with `/` at its end, or empty.
    below: &'static str,
    hours: i64,
}

/// What an incident's file says of its actions: id → the lines of the action.
type Actions = BTreeMap<&'static str, BTreeMap<&'static str, String>>;

impl Made {
    fn new(below: &'static str) -> Self {
        let sandbox = Sandbox::new();
        sandbox.git(&["init", "-q", "-b", "main"]);
        Self { sandbox, below, hours: 0 }
    }

    fn write(&self, path: &str, text: &str) {
        self.sandbox.write(&format!("{}{path}", self.below), text);
    }

    fn incident(&self, path: &str, actions: &Actions) {
        let id = Path::new(path).file_stem().unwrap().to_str().unwrap();
        self.write(path, &incident(id, actions));
    }

    fn commit(&mut self, label: &str) {
        self.commit_as(label, ("Bia Lima", "bia@example.org"), None);
    }

    fn commit_as(&mut self, label: &str, (name, email): (&str, &str), date: Option<&str>) {
        self.hours += 1;
        let usual = format!("2026-02-{:02}T{:02}:00:00Z", 1 + self.hours / 24, self.hours % 24);
        let date = date.unwrap_or(&usual);
        self.sandbox.git(&["add", "-A"]);
        self.sandbox.git_as(name, email, date, &["commit", "-q", "--allow-empty", "-m", label]);
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.sandbox.path(&format!("{}{path}", self.below))).unwrap();
    }
}

fn incident(id: &str, actions: &Actions) -> String {
    let mut text = format!(
        "relato: 1\nid: {id}\nstatus: resolved\ntimezone: UTC\ntitle: {{en: Down, pt-BR: Fora do ar}}\nimpacts:\n  \
         - {{service: orders, started: 2026-01-05T10:00, recovered: 2026-01-05T10:05}}\nactions:\n"
    );
    for (id, lines) in actions {
        text += &format!("  - id: {id}\n");
        for (key, value) in lines {
            text += &format!("    {key}: {value}\n");
        }
    }
    if actions.is_empty() {
        text = text.replace("actions:\n", "");
    }
    text
}

fn action(title: &str, status: &str, due: &str) -> BTreeMap<&'static str, String> {
    let mut lines = BTreeMap::from([
        ("title", format!("{{en: {title}, pt-BR: {title} (pt)}}")),
        ("status", status.to_owned()),
        ("owner", "role:lead".to_owned()),
        ("priority", "P1".to_owned()),
    ]);
    if !due.is_empty() {
        lines.insert("due", due.to_owned());
    }
    lines
}

/// The whole history: forty commits on the line, four beside it.
fn made(below: &'static str) -> Made {
    let mut it = Made::new(below);
    let mut cards = Actions::new();
    let mut mail = Actions::new();
    fn set(of: &mut Actions, id: &'static str, key: &'static str, value: &str) {
        of.get_mut(id).unwrap().insert(key, value.to_owned());
    }
    it.write("relato.yaml", "relato: 1\norg: {name: Example, timezone: UTC, languages: [en, pt-BR]}\n");
    it.write("services.yaml", "relato: 1\nservices:\n  orders: {class: critical}\n");
    it.sandbox.write(".mailmap", "Ana Souza <ana@example.org> <ana@old.example>\n");
    it.commit("01 settings");
    cards.insert("A1", action("Alert", "proposed", ""));
    cards.insert("A2", action("Limit", "accepted", "2026-02-10"));
    it.incident(CARDS, &cards);
    it.commit_as("02 draft", ("ana", "ana@old.example"), None);
    set(&mut cards, "A1", "due", "2026-02-01");
    it.incident(CARDS, &cards);
    it.commit("03 a date proposed");
    set(&mut cards, "A1", "due", "2026-02-05");
    it.incident(CARDS, &cards);
    it.commit("04 another date proposed");
    set(&mut cards, "A1", "status", "accepted");
    it.incident(CARDS, &cards);
    it.commit("05 accepted");
    set(&mut cards, "A1", "due", "2026-02-20");
    it.incident(CARDS, &cards);
    it.commit("06 put off in silence");
    set(&mut cards, "A2", "owner", "role:sre");
    set(&mut cards, "A2", "priority", "P0");
    it.incident(CARDS, &cards);
    it.commit("07 handed over");
    it.sandbox.write("README.md", "elsewhere\n");
    it.commit("08 elsewhere");
    set(&mut cards, "A1", "due", "2026-03-10");
    set(
        &mut cards,
        "A1",
        "slips",
        "[{from: 2026-02-20, to: 2026-03-10, date: 2026-02-09, reason: {en: Ill., pt-BR: Doença.}}]",
    );
    it.incident(CARDS, &cards);
    it.commit("09 put off and told");
    it.remove(CARDS);
    it.incident(CARDS_MOVED, &cards);
    it.commit("10 moved");
    set(&mut cards, "A2", "due", "2026-02-25");
    it.incident(CARDS_MOVED, &cards);
    it.commit("11 put off by mistake");
    set(&mut cards, "A2", "due", "2026-02-10");
    it.incident(CARDS_MOVED, &cards);
    it.commit("12 reverted");
    it.write(CARDS_MOVED, "relato: 1\n\tid: broken");
    it.commit("13 broken");
    set(&mut cards, "A2", "status", "done");
    it.incident(CARDS_MOVED, &cards);
    it.commit("14 mended");
    mail.insert("A1", action("Page", "accepted", "2026-03-01"));
    it.incident(MAIL, &mail);
    it.commit("15 second incident");
    let page = mail.remove("A1").unwrap();
    it.incident(MAIL, &mail);
    it.commit("16 action removed");
    mail.insert("A1", page);
    set(&mut mail, "A1", "due", "2026-03-20");
    it.incident(MAIL, &mail);
    it.commit("17 back with a later date");
    cards.insert("A3", action("Rotate the keys", "accepted", "2026-04-01"));
    it.incident(CARDS_MOVED, &cards);
    it.commit("18 third action");
    cards.remove("A3");
    it.incident(CARDS_MOVED, &cards);
    it.commit("19 third action removed");
    cards.insert("A3", action("Train the team", "accepted", "2026-05-01"));
    it.incident(CARDS_MOVED, &cards);
    it.commit("20 its id for another");
    // a branch of two commits, and one on the line meanwhile
    it.sandbox.git(&["checkout", "-q", "-b", "side"]);
    mail.insert("A2", action("Queue", "accepted", "2026-03-05"));
    it.incident(MAIL, &mail);
    it.commit("side 1");
    set(&mut mail, "A2", "due", "2026-03-15");
    it.incident(MAIL, &mail);
    it.commit("side 2");
    it.sandbox.git(&["checkout", "-q", "main"]);
    set(&mut cards, "A1", "owner", "role:sre");
    it.incident(CARDS_MOVED, &cards);
    it.commit("21 meanwhile");
    it.sandbox.git(&["merge", "-q", "--no-ff", "--no-commit", "side"]);
    it.commit("22 merge");
    // a merge that decides otherwise than both sides
    it.sandbox.git(&["checkout", "-q", "-b", "other"]);
    set(&mut mail, "A2", "due", "2026-03-16");
    it.incident(MAIL, &mail);
    it.commit("other 1");
    it.sandbox.git(&["checkout", "-q", "main"]);
    set(&mut mail, "A2", "due", "2026-03-17");
    it.incident(MAIL, &mail);
    it.commit("23 the line goes on");
    it.sandbox.git(&["merge", "-q", "-s", "ours", "--no-commit", "other"]);
    set(&mut mail, "A2", "due", "2026-03-18");
    it.incident(MAIL, &mail);
    it.commit("24 merge with a third date");
    set(&mut cards, "A1", "status", "in_progress");
    it.incident(CARDS_MOVED, &cards);
    it.commit_as("25 clock of 2019", ("Bia Lima", "bia@example.org"), Some("2019-01-01T00:00:00Z"));
    set(&mut cards, "A1", "due", "null");
    it.incident(CARDS_MOVED, &cards);
    it.commit_as("26 clock of 2031", ("Bia Lima", "bia@example.org"), Some("2031-01-01T00:00:00Z"));
    set(&mut cards, "A1", "due", "2026-03-30");
    it.incident(CARDS_MOVED, &cards);
    it.commit("27 a date again");
    set(&mut cards, "A1", "due", "2026-03-15");
    it.incident(CARDS_MOVED, &cards);
    it.commit("28 brought forward");
    set(&mut cards, "A1", "due", "2026-04-30");
    set(&mut cards, "A1", "status", "done");
    it.incident(CARDS_MOVED, &cards);
    it.commit("29 done, and the date moved to suit");
    set(&mut cards, "A1", "status", "verified");
    it.incident(CARDS_MOVED, &cards);
    it.commit("30 verified");
    set(&mut cards, "A1", "status", "accepted");
    it.incident(CARDS_MOVED, &cards);
    it.commit("31 reopened");
    it.remove(MAIL);
    it.commit("32 file removed");
    it.incident(MAIL_MOVED, &mail);
    it.commit("33 file back elsewhere");
    it.write("incidents/copy.yaml", &incident("2026-01-05-cards", &Actions::new()));
    it.commit("34 copy under another name");
    it.remove("incidents/copy.yaml");
    it.commit("35 copy removed");
    let file = format!("{below}{CARDS_MOVED}");
    it.sandbox.git(&["update-index", "--chmod=+x", &file]);
    it.sandbox.git_as(
        "Bia Lima",
        "bia@example.org",
        "2026-02-02T20:00:00Z",
        &["commit", "-q", "-m", "36 mode alone"],
    );
    it.sandbox.git(&["checkout", "-q", "--", "."]);
    set(&mut cards, "A2", "title", "{en: Limit it, pt-BR: Limit (pt)}");
    it.incident(CARDS_MOVED, &cards);
    it.commit_as("37 one title reworded", ("ana", "ana@old.example"), None);
    set(&mut cards, "A2", "title", "{en: Bound it, pt-BR: Impor um limite}");
    it.incident(CARDS_MOVED, &cards);
    it.commit("38 both titles reworded");
    let (one, two) = (mail["A1"]["title"].clone(), mail["A2"]["title"].clone());
    set(&mut mail, "A1", "title", &two);
    set(&mut mail, "A2", "title", &one);
    it.incident(MAIL_MOVED, &mail);
    it.commit("39 renumbered");
    set(&mut cards, "A1", "due", "\"2026-05-31\"");
    it.incident(CARDS_MOVED, &cards);
    it.commit("40 quoted");
    it
}

/// The table: action, commit, author, change, from, to, slip. Written by hand.
const TABLE: &str = "\
cards/A1 | 02 draft | Ana Souza | opened | | P1, proposed, no date | false
cards/A1 | 03 a date proposed | Bia Lima | due | | 2026-02-01 | false
cards/A1 | 04 another date proposed | Bia Lima | due | 2026-02-01 | 2026-02-05 | false
cards/A1 | 05 accepted | Bia Lima | status | proposed | accepted | false
cards/A1 | 06 put off in silence | Bia Lima | due | 2026-02-05 | 2026-02-20 | true
cards/A1 | 09 put off and told | Bia Lima | due | 2026-02-20 | 2026-03-10 | true
cards/A1 | 10 moved | Bia Lima | file | incidents/2026-01-05-cards.yaml | incidents/2026/2026-01-05-cards.yaml | false
cards/A1 | 13 broken | Bia Lima | unreadable | | | false
cards/A1 | 21 meanwhile | Bia Lima | owner | role:lead | role:sre | false
cards/A1 | 25 clock of 2019 | Bia Lima | status | accepted | in_progress | false
cards/A1 | 26 clock of 2031 | Bia Lima | due | 2026-03-10 | | false
cards/A1 | 27 a date again | Bia Lima | due | | 2026-03-30 | true
cards/A1 | 28 brought forward | Bia Lima | due | 2026-03-30 | 2026-03-15 | false
cards/A1 | 29 done, and the date moved to suit | Bia Lima | due | 2026-03-15 | 2026-04-30 | true
cards/A1 | 29 done, and the date moved to suit | Bia Lima | status | in_progress | done | false
cards/A1 | 30 verified | Bia Lima | status | done | verified | false
cards/A1 | 31 reopened | Bia Lima | status | verified | accepted | false
cards/A1 | 40 quoted | Bia Lima | due | 2026-04-30 | 2026-05-31 | true
cards/A2 | 02 draft | Ana Souza | opened | | P1, accepted, 2026-02-10 | false
cards/A2 | 07 handed over | Bia Lima | owner | role:lead | role:sre | false
cards/A2 | 07 handed over | Bia Lima | priority | P1 | P0 | false
cards/A2 | 10 moved | Bia Lima | file | incidents/2026-01-05-cards.yaml | incidents/2026/2026-01-05-cards.yaml | false
cards/A2 | 11 put off by mistake | Bia Lima | due | 2026-02-10 | 2026-02-25 | false
cards/A2 | 12 reverted | Bia Lima | due | 2026-02-25 | 2026-02-10 | false
cards/A2 | 13 broken | Bia Lima | unreadable | | | false
cards/A2 | 14 mended | Bia Lima | status | accepted | done | false
cards/A2 | 37 one title reworded | Ana Souza | title | | | false
cards/A2 | 38 both titles reworded | Bia Lima | title | | | false
cards/A3 | 18 third action | Bia Lima | opened | | P1, accepted, 2026-04-01 | false
cards/A3 | 19 third action removed | Bia Lima | removed | | | false
cards/A3 | 20 its id for another | Bia Lima | returned | | | false
cards/A3 | 20 its id for another | Bia Lima | id_reused | | | false
cards/A3 | 20 its id for another | Bia Lima | due | 2026-04-01 | 2026-05-01 | false
mail/A1 | 15 second incident | Bia Lima | opened | | P1, accepted, 2026-03-01 | false
mail/A1 | 16 action removed | Bia Lima | removed | | | false
mail/A1 | 17 back with a later date | Bia Lima | returned | | | false
mail/A1 | 17 back with a later date | Bia Lima | due | 2026-03-01 | 2026-03-20 | true
mail/A1 | 32 file removed | Bia Lima | removed | | | false
mail/A1 | 33 file back elsewhere | Bia Lima | returned | | | false
mail/A1 | 39 renumbered | Bia Lima | id_reused | | | false
mail/A2 | 22 merge | Bia Lima | opened | | P1, accepted, 2026-03-15 | false
mail/A2 | 23 the line goes on | Bia Lima | due | 2026-03-15 | 2026-03-17 | true
mail/A2 | 24 merge with a third date | Bia Lima | due | 2026-03-17 | 2026-03-18 | true
mail/A2 | 32 file removed | Bia Lima | removed | | | false
mail/A2 | 33 file back elsewhere | Bia Lima | returned | | | false
mail/A2 | 39 renumbered | Bia Lima | id_reused | | | false
";

/// Slips, the least that is known, first due.
const SLIPS: [(&str, u64, &str); 5] = [
    ("cards/A1", 5, "2026-02-05"),
    ("cards/A2", 0, "2026-02-10"),
    ("cards/A3", 0, "2026-05-01"),
    ("mail/A1", 0, "2026-03-20"),
    ("mail/A2", 0, "2026-03-18"),
];

fn full(name: &str) -> String {
    name.replace("cards", "2026-01-05-cards").replace("mail", "2026-01-20-mail")
}

/// The ledger's answer as rows of the table.
fn table(sandbox: &Sandbox, folder: &Path, args: &[&str]) -> String {
    let log = sandbox.git_in(folder, &["log", "--all", "--format=%H %s"]);
    let labels: BTreeMap<&str, &str> = log.lines().filter_map(|line| line.split_once(' ')).collect();
    let mut out = String::new();
    for (name, ..) in SLIPS {
        let id = full(name);
        let args =
            [&["-C", folder.to_str().unwrap(), "actions", "history", &id, "--format", "json"], args].concat();
        let said = sandbox.relato(&args);
        if said.code != 0 {
            continue;
        }
        for entry in said.json()["entries"].as_array().unwrap() {
            let text = |value: &Value| match value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Object(state) => format!(
                    "{}, {}, {}",
                    state["priority"].as_str().unwrap(),
                    state["status"].as_str().unwrap(),
                    state["due"].as_str().unwrap_or("no date")
                ),
                other => other.to_string(),
            };
            let commit = entry["commit"].as_str().map_or("(none)", |id| labels[id]);
            let cells = [
                name.to_owned(),
                commit.to_owned(),
                text(&entry["author"]),
                text(&entry["change"]),
                text(&entry["from"]),
                text(&entry["to"]),
                text(&entry["slip"]),
            ];
            out += &(cells.join(" | ").replace("|  |", "| |").replace("|  |", "| |") + "\n");
        }
    }
    out
}

#[track_caller]
fn same(found: &str, expected: &str, what: &str) {
    let differ = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
    assert!(
        found == expected,
        "{what}: {differ:?}, of {} and {} lines",
        found.lines().count(),
        expected.lines().count()
    );
}

#[test]
fn the_ledger_is_the_table_written_by_hand() {
    let made = made("");
    same(&table(&made.sandbox, &made.sandbox.path(""), &[]), TABLE, "work tree");
    let rows = made.sandbox.relato(&["actions", "--all", "--format", "json"]).with_code(0).json();
    for (name, slips, first_due) in SLIPS {
        let id = full(name);
        let (incident, action) = id.split_once('/').unwrap();
        let row = rows["actions"].as_array().unwrap().iter();
        let row = row.clone().find(|row| row["incident"] == incident && row["id"] == action).unwrap();
        assert_eq!((&row["slips"], &row["slips_at_least"]), (&slips.into(), &slips.into()), "{name}");
        assert_eq!(row["first_due"], first_due, "{name}");
    }
}

#[test]
fn every_kind_of_clone_has_the_same_ledger() {
    for below in ["", "ops/incidents/"] {
        let made = made(below);
        let sandbox = &made.sandbox;
        let beside = sandbox.beside("");
        let source = format!("file://{}", sandbox.path("").display());
        let clone = |name: &str, options: &[&str]| {
            sandbox.git_in(&beside, &[&["clone", "-q"], options, &[source.as_str(), name]].concat());
            beside.join(name)
        };
        same(&table(sandbox, &sandbox.path(below), &[]), TABLE, "work tree");
        same(&table(sandbox, &sandbox.path(below), &["--at", "HEAD"]), TABLE, "revision");
        if below.is_empty() {
            same(&table(sandbox, &clone("bare.git", &["--bare"]), &["--at", "HEAD"]), TABLE, "bare");
        }
        let packed = clone("packed", &[]);
        sandbox.git_in(&packed, &["gc", "-q"]);
        same(&table(sandbox, &packed.join(below), &[]), TABLE, "packed");
        sandbox.git(&["worktree", "add", "-q", "--detach", "../linked", "HEAD"]);
        same(&table(sandbox, &beside.join("linked").join(below), &[]), TABLE, "linked");
    }
}

#[test]
fn a_cache_that_is_there_gone_old_or_damaged_changes_nothing() {
    let made = made("");
    let sandbox = &made.sandbox;
    let folder = sandbox.path("");
    let cold = table(sandbox, &folder, &[]);
    same(&cold, TABLE, "cold");
    same(&table(sandbox, &folder, &[]), &cold, "warm");
    let at = |back: usize| table(sandbox, &folder, &["--at", &format!("HEAD~{back}")]);
    let warm: Vec<String> = [1, 9, 17, 18, 30, 38].map(at).to_vec();
    fs::remove_dir_all(sandbox.cache()).unwrap();
    assert_eq!([1, 9, 17, 18, 30, 38].map(at).to_vec(), warm, "each revision from the one before it");
    // a branch that leaves the line, and the line again
    sandbox.git(&["checkout", "-q", "-b", "away", "HEAD~20"]);
    let away = table(sandbox, &folder, &[]);
    fs::remove_dir_all(sandbox.cache()).unwrap();
    same(&table(sandbox, &folder, &[]), &away, "away");
    sandbox.git(&["checkout", "-q", "main"]);
    same(&table(sandbox, &folder, &[]), TABLE, "back");
    for file in sandbox.files_in(&sandbox.cache()) {
        let whole = fs::read(&file).unwrap();
        for part in 0..20 {
            let mut bytes = whole.clone();
            let at = part * (bytes.len() - 1) / 19;
            bytes[at] ^= 0x41;
            fs::write(&file, bytes).unwrap();
            same(&table(sandbox, &folder, &[]), TABLE, "damaged");
        }
        fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        same(&table(sandbox, &folder, &[]), TABLE, "cut");
    }
}

#[test]
fn commits_of_merged_branches_speak_for_themselves_when_asked() {
    let made = made("");
    let all = table(&made.sandbox, &made.sandbox.path(""), &["--all-parents"]);
    let of_mail: Vec<&str> = all.lines().filter(|line| line.starts_with("mail/A2")).take(5).collect();
    assert_eq!(
        of_mail,
        [
            "mail/A2 | side 1 | Bia Lima | opened | | P1, accepted, 2026-03-05 | false",
            "mail/A2 | side 2 | Bia Lima | due | 2026-03-05 | 2026-03-15 | true",
            "mail/A2 | 23 the line goes on | Bia Lima | due | 2026-03-15 | 2026-03-17 | true",
            "mail/A2 | other 1 | Bia Lima | due | 2026-03-15 | 2026-03-16 | true",
            "mail/A2 | 24 merge with a third date | Bia Lima | due | 2026-03-17 | 2026-03-18 | true",
        ]
    );
    let rest = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with("mail/A2")).map(str::to_owned).collect()
    };
    same(&rest(&all).join("\n"), &rest(TABLE).join("\n"), "what happened on the line alone");
}

#[test]
fn what_is_not_committed_is_told_as_such() {
    let made = made("");
    let text = made.sandbox.read(CARDS_MOVED).replace("\"2026-05-31\"", "2026-06-30");
    made.sandbox.write(CARDS_MOVED, text);
    let found = table(&made.sandbox, &made.sandbox.path(""), &[]);
    assert!(found.contains("cards/A1 | (none) | | due | 2026-05-31 | 2026-06-30 | true\n"), "{found}");
    let rows = made.sandbox.relato(&["actions", "--format", "json"]).json();
    let is_it = |row: &&Value| row["incident"] == "2026-01-05-cards" && row["id"] == "A1";
    let row = rows["actions"].as_array().unwrap().iter().find(is_it).unwrap();
    assert_eq!(row["slips"], 6);
    same(&table(&made.sandbox, &made.sandbox.path(""), &["--at", "HEAD"]), TABLE, "committed");
}

#[test]
fn a_shallow_clone_never_says_that_nothing_slipped() {
    let made = made("");
    let sandbox = &made.sandbox;
    let source = format!("file://{}", sandbox.path("").display());
    sandbox.git_in(&sandbox.beside(""), &["clone", "-q", "--depth", "20", &source, "shallow"]);
    let shallow = sandbox.beside("shallow");
    let shallow = shallow.to_str().unwrap();
    let listed = sandbox.relato(&["-C", shallow, "actions", "--all", "--format", "json"]).with_code(0);
    assert!(listed.err.contains("warning: this is a shallow clone"), "{}", listed.err);
    assert!(listed.err.contains("git fetch --unshallow"), "{}", listed.err);
    for row in listed.json()["actions"].as_array().unwrap() {
        // this one came after the first commit there is, and all of its life is known
        let known = row["incident"] == "2026-01-20-mail" && row["id"] == "A2";
        let expected = if known { (0.into(), "2026-03-18".into()) } else { (Value::Null, Value::Null) };
        assert_eq!((row["slips"].clone(), row["first_due"].clone()), expected, "{row}");
    }
    let listed = listed.json();
    let is_it = |row: &&Value| row["incident"] == "2026-01-05-cards" && row["id"] == "A1";
    let first = listed["actions"].as_array().unwrap().iter().find(is_it).unwrap();
    assert!(first["slips_at_least"].as_u64().unwrap() >= 1);
    let table = sandbox.relato(&["-C", shallow, "actions", "--all", "--lang", "pt-BR"]).with_code(0);
    assert!(table.out.contains(" ?  "), "{}", table.out);
    assert!(table.err.contains("aviso: este é um clone raso"), "{}", table.err);
    let history = sandbox.relato(&["-C", shallow, "actions", "history", "2026-01-20-mail/A1"]).with_code(0);
    assert!(history.out.contains("not known"), "{}", history.out);
}

#[test]
fn the_history_is_told_in_both_languages() {
    let made = made("");
    for (lang, name) in [("en", "history.en.txt"), ("pt-BR", "history.pt-BR.txt")] {
        let said = made.sandbox.relato(&[
            "actions",
            "history",
            "2026-01-05-cards/A1",
            "--lang",
            lang,
            "--as-of",
            "2026-03-01",
            "--at",
            "HEAD",
        ]);
        snapshot(name, &said.with_code(0).out);
    }
    let said = made.sandbox.relato(&["actions", "history", "A1"]).with_code(2);
    assert!(said.err.contains("2 incidents have an action `A1`"), "{}", said.err);
    made.sandbox.relato(&["actions", "history", "A3"]).with_code(0);
    let said = made.sandbox.relato(&["actions", "history", "2026-01-05-cards/A9"]).with_code(2);
    assert!(said.err.contains("it has or had A1, A2, A3"), "{}", said.err);
}

#[test]
fn outside_git_and_before_the_first_commit_nothing_is_made_up() {
    let sandbox = Sandbox::new();
    let actions = Actions::from([("A1", action("Alert", "accepted", "2026-02-01"))]);
    sandbox.write(CARDS_MOVED, incident("2026-01-05-cards", &actions));
    let row = |sandbox: &Sandbox| {
        sandbox.relato(&["actions", "--format", "json"]).with_code(0).json()["actions"][0].clone()
    };
    assert_eq!(row(&sandbox)["slips"], Value::Null);
    assert!(sandbox.relato(&["actions", "history", "A1"]).with_code(2).err.contains("no git repository"));
    sandbox.git(&["init", "-q"]);
    assert_eq!(row(&sandbox)["slips"], 0);
    let said = sandbox.relato(&["actions", "history", "A1", "--lang", "en"]).with_code(0);
    assert!(said.out.contains("not committed"), "{}", said.out);
}

#[test]
fn what_became_of_actions_between_two_revisions_is_told() {
    let made = made("");
    let id = |label: &str| made.sandbox.git(&["log", "-1", "--format=%H", &format!("--grep=^{label}")]);
    let json = |range: &str| -> Vec<String> {
        let said = made.sandbox.relato(&["actions", "diff", range, "--format", "json"]).with_code(0).json();
        let told = said["changes"].as_array().unwrap().iter().map(|change| {
            let happened: Vec<&str> =
                change["happened"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
            let incident = change["incident"].as_str().unwrap();
            format!("{}/{}: {}", &incident[11..], change["id"].as_str().unwrap(), happened.join(" "))
        });
        told.collect()
    };
    let between = |a: &str, b: &str| json(&format!("{}..{}", id(a), id(b)));
    assert_eq!(between("02", "05"), Vec::<String>::new());
    assert_eq!(between("05", "09"), ["cards/A1: slipped"]);
    assert_eq!(between("11", "12"), Vec::<String>::new(), "brought forward");
    assert_eq!(between("12", "15"), ["cards/A2: closed", "mail/A1: opened"]);
    assert_eq!(between("15", "16"), ["mail/A1: removed"]);
    assert_eq!(between("28", "29"), ["cards/A1: closed slipped"]);
    assert_eq!(between("30", "31"), ["cards/A1: reopened"]);
    assert_eq!(between("31", "31"), Vec::<String>::new());
    let text = made.sandbox.read(CARDS_MOVED).replace("\"2026-05-31\"", "2026-06-30");
    made.sandbox.write(CARDS_MOVED, text);
    let not_committed =
        made.sandbox.relato(&["actions", "diff", "HEAD", "--as-of", "2026-02-03", "--format", "json"]);
    assert_eq!(not_committed.json()["changes"][0]["happened"], serde_json::json!(["slipped"]));
    assert_eq!(not_committed.json()["to"]["revision"], "worktree");
    let range = format!("{}..{}", id("02"), id("40"));
    for (lang, format, name) in
        [("en", "text", "actions-diff.en.txt"), ("pt-BR", "markdown", "actions-diff.pt-BR.md")]
    {
        let args = ["actions", "diff", &range, "--lang", lang, "--format", format, "--as-of", "2026-03-21"];
        snapshot(name, &made.sandbox.relato(&args).with_code(0).out);
    }
    for (range, code) in [("HEAD..HEAD", 0), ("HEAD~2..HEAD", 1)] {
        made.sandbox.relato(&["actions", "diff", range, "--exit-code"]).with_code(code);
    }
    // since the two parted: what the branch brought
    let parted = json("other...side");
    assert_eq!(parted, Vec::<String>::new(), "the one descends from the other");
    assert_eq!(json("side...other"), ["mail/A2: slipped"]);
    assert_eq!(json("side.."), json("side..main"));
}

#[test]
fn a_branch_is_read_as_it_stood_at_a_moment_in_every_clone() {
    let made = made("");
    let sandbox = &made.sandbox;
    let source = format!("file://{}", sandbox.path("").display());
    sandbox.git_in(&sandbox.beside(""), &["clone", "-q", &source, "fresh"]);
    let fresh = sandbox.beside("fresh");
    let at = |revision: &str| {
        let args = ["-C", fresh.to_str().unwrap(), "actions", "--format", "json", "--at", revision];
        let id = sandbox.relato(&args).with_code(0).json()["revision"].as_str().unwrap().to_owned();
        sandbox.git(&["log", "-1", "--format=%s", &id])
    };
    for (revision, label) in [
        ("main@{2026-02-01T02:00:00Z}", "02 draft"),
        ("main@{2026-02-01T02:59:00Z}", "02 draft"),
        ("@{2026-02-01T00:00:00-05:00}", "05 accepted"),
        ("main@{2026-02-01}", "21 meanwhile"),
        // two clocks were wrong next to each other; those before and after them hold
        ("main@{2026-02-02T03:00:00Z}", "25 clock of 2019"),
        ("main@{2026-02-02T07:00:00Z}", "28 brought forward"),
        ("main@{2030-01-01}", "40 quoted"),
    ] {
        assert_eq!(at(revision), label, "{revision}");
    }
    for (revision, words) in [
        ("main@{2019-06-01}", "no commit as early as"),
        ("nowhere@{2026-02-01}", "no such revision `nowhere`"),
        ("main..side", "is a range"),
    ] {
        let said = sandbox.relato(&["actions", "--at", revision, "--lang", "en"]).with_code(2);
        assert!(said.err.contains(words) && said.err.contains("help: "), "{revision}: {}", said.err);
    }
}
