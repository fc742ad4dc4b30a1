//! The ledger, held against a table written by hand.

use std::fs;

use serde_json::Value;

use crate::{
    past::{CARDS_MOVED, SLIPS, TABLE, full, made, same, table},
    sandbox::snapshot,
};

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
