//! The history as every kind of repository has it: whole, cut off, in part, or in a form that cannot be read.

use serde_json::Value;

use crate::{
    past::{Actions, CARDS_MOVED, Made, TABLE, action, incident, made, same, table},
    sandbox::{NEW_YEAR, Sandbox},
};

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

/// A clone beside the workspace that leaves objects out.
fn without(made: &Made, filter: &str, name: &str) -> String {
    let sandbox = &made.sandbox;
    sandbox.git(&["config", "uploadpack.allowFilter", "true"]);
    sandbox.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let source = format!("file://{}", sandbox.path("").display());
    sandbox.git_in(&sandbox.beside(""), &["clone", "-q", filter, &source, name]);
    sandbox.beside(name).to_str().unwrap().to_owned()
}

#[test]
fn a_partial_clone_answers_what_it_has_and_says_what_is_missing() {
    let made = made("");
    let sandbox = &made.sandbox;
    // nothing of ours is left out
    let small = without(&made, "--filter=blob:limit=1m", "small");
    same(&table(sandbox, small.as_ref(), &[]), TABLE, "partial, with all that is asked for");
    // the last versions alone are there
    let partial = without(&made, "--filter=blob:none", "partial");
    let listed = sandbox.relato(&["-C", &partial, "actions", "--all", "--format", "json"]).with_code(0);
    assert!(listed.err.contains("slips are not known"), "{}", listed.err);
    for row in listed.json()["actions"].as_array().unwrap() {
        assert_eq!((&row["slips"], &row["first_due"]), (&Value::Null, &Value::Null), "{row}");
    }
    let at_head = sandbox.relato(&["-C", &partial, "metrics", "--at", "HEAD", "--format", "json"]);
    let whole = sandbox.relato(&["metrics", "--at", "HEAD", "--format", "json"]).with_code(0);
    assert_eq!(at_head.with_code(0).out, whole.out);
    const FETCH: &[&str] = &["fetch", "-q", "--refetch", "--no-filter"];
    for args in [
        &["actions", "history", "2026-01-05-cards/A1"][..],
        &["actions", "diff", "HEAD~9..HEAD"],
        &["diff", "HEAD~9..HEAD"],
        &["actions", "--at", "HEAD~20"],
        &["actions", "add", "2026-01-05-cards", "title.en=a", "title.pt-BR=b"],
    ] {
        for (lang, words) in [("en", "this is a partial clone"), ("pt-BR", "este é um clone parcial")] {
            let said = sandbox.relato(&[&["-C", &partial, "--lang", lang], args].concat()).with_code(2);
            let is_told = said.err.contains(words) && said.err.contains("git fetch --refetch --no-filter");
            assert!(is_told && said.out.is_empty(), "{args:?} {said:?}");
        }
    }
    // the command that is told brings what is missing
    sandbox.git_in(partial.as_ref(), FETCH);
    same(&table(sandbox, partial.as_ref(), &[]), TABLE, "partial, made whole");
}

#[test]
fn what_cannot_be_read_is_said_and_the_files_are_read_all_the_same() {
    for (format, help) in [
        (&["--object-format=sha256"][..], "leave out `--at`"),
        (&["--ref-format=reftable"], "git refs migrate --ref-format=files"),
    ] {
        let sandbox = Sandbox::new();
        let actions = Actions::from([("A1", action("Alert", "accepted", "2026-02-01"))]);
        sandbox.write(CARDS_MOVED, incident("2026-01-05-cards", &actions));
        sandbox.git(&[&["init", "-q", "-b", "main"], format].concat());
        sandbox.commit();
        for args in [
            &["actions", "history", "A1"][..],
            &["actions", "--at", "HEAD"],
            &["diff", "HEAD"],
            &["actions", "set", "A1", "status=in_progress", "--commit"],
        ] {
            let said = sandbox.relato(args).with_code(2);
            assert!(said.err.contains("uses a format that relato cannot read"), "{args:?} {}", said.err);
            assert!(said.err.contains(help) && said.out.is_empty(), "{args:?} {said:?}");
        }
        let listed = sandbox.relato(&["actions", "--format", "json", "--as-of", NEW_YEAR]).with_code(0);
        assert!(listed.err.contains("slips are not known"), "{}", listed.err);
        assert_eq!(listed.json()["actions"][0]["slips"], Value::Null);
        let quiet = sandbox.relato(&["actions", "--no-history", "--as-of", NEW_YEAR]).with_code(0);
        assert_eq!(quiet.err, "");
        assert!(sandbox.read(CARDS_MOVED).contains("status: accepted"), "nothing was written");
    }
}
