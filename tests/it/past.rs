//! A history made by hand with every trap that histories have, and the table of what became of its actions.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

use crate::sandbox::Sandbox;

/// Where the first incident begins, and where it moves to.
const CARDS: &str = "incidents/2026-01-05-cards.yaml";
pub const CARDS_MOVED: &str = "incidents/2026/2026-01-05-cards.yaml";
const MAIL: &str = "incidents/2026/2026-01-20-mail.yaml";
const MAIL_MOVED: &str = "incidents/mail/2026-01-20-mail.yaml";

/// A history under construction: each commit an hour after the one before, and known by its label.
pub struct Made {
    pub sandbox: Sandbox,
    /// The folder of the workspace in the repository, with `/` at its end, or empty.
    below: &'static str,
    hours: i64,
}

/// What an incident's file says of its actions: id → the lines of the action.
pub type Actions = BTreeMap<&'static str, BTreeMap<&'static str, String>>;

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

    /// Writes one incident, and commits it.
    fn step(&mut self, path: &str, actions: &Actions, label: &str) {
        self.incident(path, actions);
        self.commit(label);
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

pub fn incident(id: &str, actions: &Actions) -> String {
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

pub fn action(title: &str, status: &str, due: &str) -> BTreeMap<&'static str, String> {
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
pub fn made(below: &'static str) -> Made {
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
    it.step(CARDS, &cards, "03 a date proposed");
    set(&mut cards, "A1", "due", "2026-02-05");
    it.step(CARDS, &cards, "04 another date proposed");
    set(&mut cards, "A1", "status", "accepted");
    it.step(CARDS, &cards, "05 accepted");
    set(&mut cards, "A1", "due", "2026-02-20");
    it.step(CARDS, &cards, "06 put off in silence");
    set(&mut cards, "A2", "owner", "role:sre");
    set(&mut cards, "A2", "priority", "P0");
    it.step(CARDS, &cards, "07 handed over");
    it.sandbox.write("README.md", "elsewhere\n");
    it.commit("08 elsewhere");
    set(&mut cards, "A1", "due", "2026-03-10");
    set(
        &mut cards,
        "A1",
        "slips",
        "[{from: 2026-02-20, to: 2026-03-10, date: 2026-02-09, reason: {en: Ill., pt-BR: Doença.}}]",
    );
    it.step(CARDS, &cards, "09 put off and told");
    it.remove(CARDS);
    it.step(CARDS_MOVED, &cards, "10 moved");
    set(&mut cards, "A2", "due", "2026-02-25");
    it.step(CARDS_MOVED, &cards, "11 put off by mistake");
    set(&mut cards, "A2", "due", "2026-02-10");
    it.step(CARDS_MOVED, &cards, "12 reverted");
    it.write(CARDS_MOVED, "relato: 1\n\tid: broken");
    it.commit("13 broken");
    set(&mut cards, "A2", "status", "done");
    it.step(CARDS_MOVED, &cards, "14 mended");
    mail.insert("A1", action("Page", "accepted", "2026-03-01"));
    it.step(MAIL, &mail, "15 second incident");
    let page = mail.remove("A1").unwrap();
    it.step(MAIL, &mail, "16 action removed");
    mail.insert("A1", page);
    set(&mut mail, "A1", "due", "2026-03-20");
    it.step(MAIL, &mail, "17 back with a later date");
    cards.insert("A3", action("Rotate the keys", "accepted", "2026-04-01"));
    it.step(CARDS_MOVED, &cards, "18 third action");
    cards.remove("A3");
    it.step(CARDS_MOVED, &cards, "19 third action removed");
    cards.insert("A3", action("Train the team", "accepted", "2026-05-01"));
    it.step(CARDS_MOVED, &cards, "20 its id for another");
    // a branch of two commits, and one on the line meanwhile
    it.sandbox.git(&["checkout", "-q", "-b", "side"]);
    mail.insert("A2", action("Queue", "accepted", "2026-03-05"));
    it.step(MAIL, &mail, "side 1");
    set(&mut mail, "A2", "due", "2026-03-15");
    it.step(MAIL, &mail, "side 2");
    it.sandbox.git(&["checkout", "-q", "main"]);
    set(&mut cards, "A1", "owner", "role:sre");
    it.step(CARDS_MOVED, &cards, "21 meanwhile");
    it.sandbox.git(&["merge", "-q", "--no-ff", "--no-commit", "side"]);
    it.commit("22 merge");
    // a merge that decides otherwise than both sides
    it.sandbox.git(&["checkout", "-q", "-b", "other"]);
    set(&mut mail, "A2", "due", "2026-03-16");
    it.step(MAIL, &mail, "other 1");
    it.sandbox.git(&["checkout", "-q", "main"]);
    set(&mut mail, "A2", "due", "2026-03-17");
    it.step(MAIL, &mail, "23 the line goes on");
    it.sandbox.git(&["merge", "-q", "-s", "ours", "--no-commit", "other"]);
    set(&mut mail, "A2", "due", "2026-03-18");
    it.step(MAIL, &mail, "24 merge with a third date");
    set(&mut cards, "A1", "status", "in_progress");
    it.incident(CARDS_MOVED, &cards);
    it.commit_as("25 clock of 2019", ("Bia Lima", "bia@example.org"), Some("2019-01-01T00:00:00Z"));
    set(&mut cards, "A1", "due", "null");
    it.incident(CARDS_MOVED, &cards);
    it.commit_as("26 clock of 2031", ("Bia Lima", "bia@example.org"), Some("2031-01-01T00:00:00Z"));
    set(&mut cards, "A1", "due", "2026-03-30");
    it.step(CARDS_MOVED, &cards, "27 a date again");
    set(&mut cards, "A1", "due", "2026-03-15");
    it.step(CARDS_MOVED, &cards, "28 brought forward");
    set(&mut cards, "A1", "due", "2026-04-30");
    set(&mut cards, "A1", "status", "done");
    it.step(CARDS_MOVED, &cards, "29 done, and the date moved to suit");
    set(&mut cards, "A1", "status", "verified");
    it.step(CARDS_MOVED, &cards, "30 verified");
    set(&mut cards, "A1", "status", "accepted");
    it.step(CARDS_MOVED, &cards, "31 reopened");
    it.remove(MAIL);
    it.commit("32 file removed");
    it.step(MAIL_MOVED, &mail, "33 file back elsewhere");
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
    it.step(CARDS_MOVED, &cards, "38 both titles reworded");
    let (one, two) = (mail["A1"]["title"].clone(), mail["A2"]["title"].clone());
    set(&mut mail, "A1", "title", &two);
    set(&mut mail, "A2", "title", &one);
    it.step(MAIL_MOVED, &mail, "39 renumbered");
    set(&mut cards, "A1", "due", "\"2026-05-31\"");
    it.step(CARDS_MOVED, &cards, "40 quoted");
    it
}

/// The table: action, commit, author, change, from, to, slip. Written by hand.
pub const TABLE: &str = "\
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
pub const SLIPS: [(&str, u64, &str); 5] = [
    ("cards/A1", 5, "2026-02-05"),
    ("cards/A2", 0, "2026-02-10"),
    ("cards/A3", 0, "2026-05-01"),
    ("mail/A1", 0, "2026-03-20"),
    ("mail/A2", 0, "2026-03-18"),
];

pub fn full(name: &str) -> String {
    name.replace("cards", "2026-01-05-cards").replace("mail", "2026-01-20-mail")
}

/// The ledger's answer as rows of the table.
pub fn table(sandbox: &Sandbox, folder: &Path, args: &[&str]) -> String {
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
pub fn same(found: &str, expected: &str, what: &str) {
    let differ = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
    assert!(
        found == expected,
        "{what}: {differ:?}, of {} and {} lines",
        found.lines().count(),
        expected.lines().count()
    );
}
