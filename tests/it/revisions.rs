//! `--at REV` answers as a work tree that stands there would, from every kind of repository, and without a checkout.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::sandbox::{NEW_YEAR, Sandbox};

/// The questions: each has the same answer at a revision as in a work tree that stands at it.
const QUESTIONS: [&[&str]; 5] = [
    &["check", "--format", "json"],
    &["metrics", "--format", "json"],
    &["actions", "--format", "json", "--all"],
    &["check", "2017-11-10-oms", "--format", "json"],
    &["metrics", "2022-12-18-order-imports", "--format", "json"],
];

/// A repository with three commits: our incidents, changed ones, and one removed. `below` is the workspace's folder.
fn history(below: &str) -> (Sandbox, Vec<String>) {
    let sandbox = Sandbox::new();
    let at = |path: &str| if below.is_empty() { path.to_owned() } else { format!("{below}/{path}") };
    sandbox.copy_own(below);
    let mut ids = vec![sandbox.commit()];
    let file = at("incidents/2017/2017-11-10-oms.yaml");
    let text = sandbox.read(&file);
    sandbox.write(
        &file,
        text.replacen("status: resolved", "status: reviewed", 1).replace("about: 20h", "about: 30h"),
    );
    let services = sandbox.read(&at("services.yaml"));
    sandbox.write(&at("services.yaml"), services.replacen("class: non-critical", "class: critical", 1));
    ids.push(sandbox.commit());
    std::fs::remove_file(sandbox.path(&at("incidents/2014/2014-10-23-task-processing.yaml"))).unwrap();
    sandbox.write(&at("incidents/2022/2022-12-19-broken.yaml"), "relato: 1\n\tnot: yaml");
    ids.push(sandbox.commit());
    (sandbox, ids)
}

/// The answer without what must differ.
fn answer(sandbox: &Sandbox, folder: &Path, at: Option<&str>, question: &[&str]) -> Value {
    let mut args = vec!["-C", folder.to_str().unwrap()];
    args.extend(question);
    args.extend(["--lang", "en", "--as-of", NEW_YEAR]);
    args.extend(at.map(|_| "--at"));
    args.extend(at);
    let said = sandbox.relato(&args);
    assert!(said.code < 2, "{args:?}: {said:?}");
    let mut answer = said.json();
    if let (Some(id), Some(revision)) = (at, answer.get("revision")) {
        assert_eq!(revision.as_str().unwrap().len(), 40, "{id}");
    }
    answer.as_object_mut().unwrap().remove("revision");
    answer
}

/// The work tree's answers at a commit.
fn expected(sandbox: &Sandbox, id: &str, below: &str) -> Vec<Value> {
    sandbox.git(&["checkout", "-q", id]);
    let folder = sandbox.path(below);
    QUESTIONS.iter().map(|question| answer(sandbox, &folder, None, question)).collect()
}

#[track_caller]
fn same(sandbox: &Sandbox, folder: &Path, at: &str, expected: &[Value]) {
    for (question, expected) in QUESTIONS.iter().zip(expected) {
        let found = answer(sandbox, folder, Some(at), question);
        assert_eq!(found, *expected, "{question:?} at {at} from {}", folder.display());
    }
}

/// An answer without what only a whole history tells.
fn without_slips(mut answer: Value) -> Value {
    for row in answer.get_mut("actions").and_then(Value::as_array_mut).into_iter().flatten() {
        row["slips"] = Value::Null;
        row["first_due"] = Value::Null;
    }
    if let Some(findings) = answer.get_mut("findings").and_then(Value::as_array_mut) {
        let of_history = ["class-changed-after-the-fact", "published-figure-changed"];
        findings.retain(|finding| !of_history.contains(&finding["rule"].as_str().unwrap()));
        answer["counts"] = Value::Null;
    }
    answer
}

#[test]
fn a_revision_answers_as_a_work_tree_that_stands_there() {
    for below in ["", "ops/incidents-workspace"] {
        let (sandbox, ids) = history(below);
        let first: Vec<Vec<Value>> = ids.iter().map(|id| expected(&sandbox, id, below)).collect();
        assert_ne!(first[0], first[1]);
        assert_ne!(first[1], first[2]);
        sandbox.git(&["checkout", "-q", "main"]);
        // what lies in the work tree, uncommitted, is no part of any revision
        let dirty =
            if below.is_empty() { "services.yaml".to_owned() } else { format!("{below}/services.yaml") };
        sandbox.write(&dirty, "relato: 1\n");
        for (id, expected) in ids.iter().zip(&first) {
            same(&sandbox, &sandbox.path(below), id, expected);
        }
        same(&sandbox, &sandbox.path(below), "HEAD~1", &first[1]);
        same(&sandbox, &sandbox.path(below), &ids[0][..10], &first[0]);
        sandbox.git(&["tag", "-a", "v1", "-m", "one", &ids[0]]);
        same(&sandbox, &sandbox.path(below), "v1", &first[0]);
        // from a folder of the workspace
        same(&sandbox, &sandbox.path(below).join("incidents/2017"), "v1", &first[0]);
    }
}

#[test]
fn every_kind_of_clone_gives_the_same_answer() {
    let (sandbox, ids) = history("");
    let last = expected(&sandbox, &ids[2], "");
    let before = expected(&sandbox, &ids[1], "");
    sandbox.git(&["checkout", "-q", "main"]);
    let source = format!("file://{}", sandbox.path("").display());
    let beside = sandbox.beside("");
    let clone = |name: &str, options: &[&str]| -> PathBuf {
        let args = [&["clone", "-q"], options, &[source.as_str(), name]].concat();
        sandbox.git_in(&beside, &args);
        beside.join(name)
    };
    let bare = clone("bare.git", &["--bare"]);
    same(&sandbox, &bare, "HEAD", &last);
    same(&sandbox, &bare, "main~1", &before);
    let shallow = clone("shallow", &["--depth", "1"]);
    // what a cut history would tell is not known there; the rest is the same
    for (question, expected) in QUESTIONS.iter().zip(&last) {
        let found = answer(&sandbox, &shallow, Some("HEAD"), question);
        assert_eq!(without_slips(found), without_slips(expected.clone()), "{question:?}");
    }
    let packed = clone("packed", &[]);
    sandbox.git_in(&packed, &["gc", "-q"]);
    same(&sandbox, &packed, "HEAD~1", &before);
    let empty = clone("unchecked", &["--no-checkout"]);
    same(&sandbox, &empty, "HEAD", &last);
    sandbox.git(&["worktree", "add", "-q", "../linked", &ids[0]]);
    same(&sandbox, &beside.join("linked"), &ids[1], &before);
    same(&sandbox, &beside.join("linked"), "main", &last);

    let said = sandbox.relato(&["-C", shallow.to_str().unwrap(), "metrics", "--at", "HEAD~1"]).with_code(2);
    assert!(said.err.contains("no such revision `HEAD~1`"), "{}", said.err);
    assert!(said.err.contains("help: ") && said.err.contains("shallow"), "{}", said.err);
}

#[test]
fn nothing_in_the_repository_or_the_work_tree_changes() {
    let (sandbox, ids) = history("");
    let before = sandbox.files("");
    for question in QUESTIONS {
        answer(&sandbox, &sandbox.path(""), Some(&ids[0]), question);
        answer(&sandbox, &sandbox.path(""), None, question);
    }
    assert_eq!(sandbox.files(""), before);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_revision_is_judged_as_of_its_commit_unless_told() {
    let (sandbox, ids) = history("");
    let json = |args: &[&str]| {
        sandbox.relato(&[&["metrics", "--format", "json"], args].concat()).with_code(0).json()
    };
    let at = json(&["--at", "HEAD"]);
    assert_eq!(at["as_of"], NEW_YEAR, "the committer's time");
    assert_eq!(at["revision"], ids[2].as_str());
    assert_eq!(json(&["--at", "HEAD", "--as-of", "2025-05-05"])["as_of"], "2025-05-05T23:59:59Z");
    assert_eq!(json(&["--as-of", "2025-05-05T10:00:00-03:00"])["as_of"], "2025-05-05T13:00:00Z");
    assert_eq!(json(&["--as-of", "2025-05-05T10:00:00-03:00"])["revision"], "worktree");
}

#[test]
fn what_is_no_commit_is_refused_in_words() {
    let (sandbox, ids) = history("");
    let tree = sandbox.git(&["rev-parse", &format!("{}^{{tree}}", ids[0])]);
    for at in
        ["nowhere", "HEAD~99", "", "HEAD:services.yaml", &tree, "--help", "a..b", "@{u}", "🙂", "HEAD\n"]
    {
        let said = sandbox.relato(&["metrics", &format!("--at={at}")]).with_code(2);
        assert!(said.err.starts_with("error: ") && said.err.contains("  help: "), "{at:?}: {}", said.err);
        assert_eq!(said.out, "");
    }
    let unborn = Sandbox::new();
    unborn.git(&["init", "-q"]);
    let said = unborn.relato(&["check", "--at", "HEAD"]).with_code(2);
    assert!(said.err.contains("help: "), "{}", said.err);
    unborn.relato(&["check"]).with_code(0);
}
