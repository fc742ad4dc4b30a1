//! `relato actions set`, `actions add` and `incident set`: what is written, what is refused, what is committed.

use crate::sandbox::{Said, Sandbox};

const FILE: &str = "incidents/2026/2026-03-02-orders.yaml";
const OTHER: &str = "incidents/2026/2026-04-02-search.yaml";

const SETTINGS: &str = "\
relato: 1
org: {name: Example, timezone: America/Sao_Paulo, languages: [en, pt-BR], source_language: en}
";

const INCIDENT: &str = "\
# Written by hand.
relato: 1
id: 2026-03-02-orders
timezone: America/Sao_Paulo   # where it was
status: resolved
title: {en: 'Orders stopped', pt-BR: \"Pedidos parados\"}
impacts:
  - id: workflow
    service: orders
    class: critical
    started: 2026-03-02T10:00
    detected: 2026-03-02T10:03
    recovered: 2026-03-02T10:20      # the last queue
causes:
  - {id: c1, role: root, category: config, confidence: confirmed, text: {en: A bad setting, pt-BR: Um ajuste ruim}}

actions:                             # agreed on 3 March
  - id: A1
    title: {en: Alert on silence, pt-BR: Alertar no silêncio}
    type: detect
    priority: P0
    owner: 'role:lead'               # for now
    created_on: 2026-03-03
    due: 2026-03-20
    status: accepted
    addresses: [workflow]
    done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}
  # small ones
  - {id: A2, title: {en: Split the queue, pt-BR: Dividir a fila}, type: prevent, status: proposed}

lessons: []
";

fn workspace() -> Sandbox {
    let other = "\
relato: 1
id: 2026-04-02-search
timezone: UTC
status: open
title: {en: Search slow, pt-BR: Busca lenta}
actions: [{id: A1, title: {en: Tune it, pt-BR: Ajustar}, status: proposed}]
";
    Sandbox::with(&[("relato.yaml", SETTINGS), (FILE, INCIDENT), (OTHER, other)])
}

fn relato(sandbox: &Sandbox, args: &[&str]) -> Said {
    // on 10 March in São Paulo, on 11 March in UTC
    sandbox.relato(&[args, &["--lang", "en", "--as-of", "2026-03-11T02:00:00Z"]].concat())
}

/// What stands in the file instead of what stood there.
#[track_caller]
fn sets(wishes: &[&str], changes: &[(&str, &str)]) {
    let mut expected = INCIDENT.to_owned();
    for (old, new) in changes {
        assert!(expected.contains(old), "{old}");
        expected = expected.replacen(old, new, 1);
    }
    for (ends, mark) in [("\n", ""), ("\r\n", ""), ("\n", "\u{feff}")] {
        let laid_out = |text: &str| format!("{mark}{}", text.replace('\n', ends));
        let sandbox = workspace();
        sandbox.write(FILE, laid_out(INCIDENT));
        let said = relato(&sandbox, wishes).with_code(0);
        assert_eq!(sandbox.read(FILE), laid_out(&expected), "{wishes:?} {}", said.err);
        assert_eq!(
            sandbox.files("incidents"),
            ["2026/2026-03-02-orders.yaml", "2026/2026-04-02-search.yaml"]
        );
    }
}

#[test]
fn an_action_is_changed_in_its_lines_and_nowhere_else() {
    let a1 = "2026-03-02-orders/A1";
    sets(&["actions", "set", a1, "owner=role:head"], &[("'role:lead'", "'role:head'")]);
    let end = "    done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}\n";
    let with = |lines: &str| format!("{end}{lines}");
    sets(
        &["actions", "set", a1, "status=done", "evidence=drill:march"],
        &[
            ("status: accepted", "status: done"),
            (
                end,
                &with(
                    "    done_on: 2026-03-10\n    evidence: [{kind: drill, ref: march, date: 2026-03-10}]\n",
                ),
            ),
        ],
    );
    sets(
        &["actions", "set", a1, "due=2026-04-01", "reason.en=Frozen: now", "reason.pt-BR=Frio"],
        &[
            ("due: 2026-03-20", "due: 2026-04-01"),
            (
                end,
                &with(
                    "    slips: [{from: 2026-03-20, to: 2026-04-01, date: 2026-03-10, reason: {en: \"Frozen: now\", pt-BR: Frio}}]\n",
                ),
            ),
        ],
    );
    sets(
        &["actions", "set", a1, "addresses+=c1", "title.pt-BR=Alertar"],
        &[("[workflow]", "[workflow, c1]"), ("Alertar no silêncio", "Alertar")],
    );
    sets(
        &["actions", "set", "A2", "tracker=jira:OD-7"],
        &[("status: proposed}", "status: proposed, tracker: {system: jira, key: OD-7}}")],
    );
}

#[test]
fn an_action_is_added_as_its_neighbours_are_written() {
    sets(
        &[
            "actions",
            "add",
            "2026-03-02",
            "title.en=Look: again",
            "title.pt-BR=Olhar",
            "type=process",
            "priority=P2",
        ],
        &[(
            "type: prevent, status: proposed}\n",
            "type: prevent, status: proposed}\n  - {id: A3, title: {en: \"Look: again\", pt-BR: Olhar}, type: process, priority: P2, created_on: 2026-03-10, status: proposed}\n",
        )],
    );
    let sandbox = workspace();
    // an id that was given away is not given again
    sandbox.commit();
    sandbox.write(FILE, INCIDENT.replace("id: A2", "id: A7"));
    sandbox.commit();
    sandbox.write(FILE, INCIDENT);
    let said = relato(
        &sandbox,
        &["actions", "add", "2026-03-02-orders", "title={en: a, pt-BR: b}", "--format", "json"],
    );
    assert_eq!(said.with_code(0).json()["action"], "A8");
    relato(&sandbox, &["actions", "add", "2026-03-02-orders", "type=detect"]).with_code(2);
}

#[test]
fn an_incident_is_changed_by_paths() {
    sets(
        &[
            "incident",
            "set",
            "2026-03-02",
            "impacts.workflow.recovered=2026-03-02T10:09",
            "impacts[0].mitigated=unknown",
        ],
        &[(
            "recovered: 2026-03-02T10:20      # the last queue\n",
            "recovered: 2026-03-02T10:09      # the last queue\n    mitigated: unknown\n",
        )],
    );
    sets(
        &[
            "incident",
            "set",
            "2026-03-02-orders",
            "title.en=It's over",
            "severity=SEV1",
            "lessons+={en: a, pt-BR: b}",
        ],
        &[
            ("'Orders stopped'", "'It''s over'"),
            ("lessons: []\n", "lessons: [{en: a, pt-BR: b}]\nseverity: SEV1\n"),
        ],
    );
    sets(
        &[
            "incident",
            "set",
            FILE,
            "impacts.workflow.recovered={not_before: 2026-03-02T10:20, not_after: 2026-03-02T10:30}",
        ],
        &[(
            "recovered: 2026-03-02T10:20 ",
            "recovered: {not_before: 2026-03-02T10:20, not_after: 2026-03-02T10:30} ",
        )],
    );
}

#[test]
fn what_is_not_found_or_not_allowed_says_what_to_write() {
    let sandbox = workspace();
    for (args, expected) in [
        (
            &["actions", "set", "A1", "owner=role:x"][..],
            "say which: 2026-03-02-orders/A1, 2026-04-02-search/A1",
        ),
        (&["actions", "set", "A9", "owner=role:x"], "there is no action `A9`"),
        (&["actions", "set", "2026-03-02-orders/A3", "owner=x"], "the actions there are `A1`, `A2`"),
        (&["actions", "set", "2026-03-02-orders/A1", "onwer=x"], "did you mean `owner`?"),
        (&["actions", "set", "2026-03-02-orders/A1", "owner"], "there is no `=` in it"),
        (&["actions", "set", "2026-03-02-orders/A1", "status=done"], "cannot be `done` without `evidence`"),
        (&["actions", "set", "2026-03-02-orders/A1", "due=2026-04-01"], "does not move without a reason"),
        (&["actions", "set", "2026-03-02-orders/A1", "due=soon"], "`due=soon` is not a date"),
        (&["actions", "set", "A2", "due=next week"], "write a day, like `due=2026-03-31`"),
        (&["actions", "set", "A2", "due=31/03/2026"], "did you mean `due=2026-03-31`?"),
        (&["actions", "add", "2026-03-02", "title.en=x", "due=amanhã"], "`due=amanhã` is not a date"),
        (&["actions", "set", "2026-03-02-orders/A1", "title=x"], "say which: `title.en=…`"),
        (&["actions", "set", "2026-03-02-orders/A1", "owner.name=x"], "is a plain value"),
        (&["incident", "set", "2026-03-02-orders", "id=x"], "`id` never changes"),
        (&["incident", "set", "2026-03-02-orders", "actions.A1.owner=x"], "run `relato actions set"),
        (&["incident", "set", "2026-03-02-orders", "impacts.workflw.level=down"], "did you mean `workflow`?"),
        (&["incident", "set", "2026-03-02-orders", "impacts[4].level=down"], "has no item 4"),
        (&["incident", "set", "2026-03-02-order", "status=closed", "--at", "HEAD"], "leave out `--at`"),
    ] {
        if args.contains(&"--at") {
            sandbox.commit();
        }
        let said = relato(&sandbox, args).with_code(2);
        assert!(said.err.contains(expected), "{args:?}: {}", said.err);
        assert_eq!(sandbox.read(FILE), INCIDENT);
    }
    let said = sandbox.relato(&["actions", "set", "A2", "status=accepted", "--lang", "pt-BR"]).with_code(2);
    assert!(said.err.contains("não pode ficar `accepted` sem `owner`, `due`, `done_when`"), "{}", said.err);
}

#[test]
fn what_a_check_would_call_an_error_is_not_written() {
    let sandbox = workspace();
    for args in [
        &["actions", "set", "2026-03-02-orders/A1", "addresses=c9"][..],
        &["actions", "set", "2026-03-02-orders/A1", "priority=P9"],
        &["actions", "set", "2026-03-02-orders/A1", "due=31/03/2026", "reason=x"],
        &["incident", "set", "2026-03-02-orders", "impacts.workflow.recovered=2026-03-02T09:00"],
        &["incident", "set", "2026-03-02-orders", "impacts.workflow.recoverd=2026-03-02T10:00"],
        &["incident", "set", "2026-03-02-orders", "status=reviewed"],
    ] {
        let said = relato(&sandbox, args);
        assert_eq!(sandbox.read(FILE), INCIDENT, "{args:?}");
        if args.contains(&"due=31/03/2026") {
            assert_eq!(said.code, 2, "{}", said.err);
            continue;
        }
        let said = said.with_code(1);
        assert!(said.out.contains("error[") && said.out.contains(FILE), "{}", said.out);
        assert!(said.err.contains("stays as it was"), "{}", said.err);
        let json = relato(&sandbox, &[args, &["--format", "json"]].concat()).with_code(1).json();
        assert_eq!(json["written"], false);
        assert!(!json["findings"].as_array().unwrap().is_empty());
    }
    // what was wrong before is not the change's
    sandbox.write(FILE, INCIDENT.replace("addresses: [workflow]", "addresses: [c9]"));
    relato(&sandbox, &["check"]).with_code(1);
    relato(&sandbox, &["actions", "set", "2026-03-02-orders/A1", "owner=role:x"]).with_code(0);
}

#[test]
fn a_change_is_shown_before_it_is_made() {
    let sandbox = workspace();
    sandbox.commit();
    let args = ["actions", "set", "2026-03-02-orders/A1", "owner=role:head"];
    let said = relato(&sandbox, &[&args[..], &["--diff"]].concat()).with_code(0);
    assert_eq!(sandbox.read(FILE), INCIDENT);
    assert!(said.out.starts_with(&format!("--- a/{FILE}\n+++ b/{FILE}\n@@ ")), "{}", said.out);
    sandbox.write("it.patch", &said.out);
    sandbox.git(&["apply", "it.patch"]);
    assert_eq!(sandbox.read(FILE), INCIDENT.replace("'role:lead'", "'role:head'"));
    let again = relato(&sandbox, &args).with_code(0);
    assert_eq!(again.out, format!("{FILE}, A1: nothing to change\n"));
    let json = relato(&sandbox, &[&args[..3], &["owner=null", "--diff", "--format", "json"]].concat()).json();
    assert_eq!(json["changes"][0]["field"], "actions[0].owner");
    assert_eq!(json["changes"][0]["before"], "'role:head'");
    assert_eq!(json["changes"][0]["after"], "null");
    assert!(json["diff"].as_str().unwrap().contains("+    owner: null"));
}

#[test]
fn a_commit_holds_that_change_alone() {
    let sandbox = workspace();
    sandbox.commit();
    sandbox.git(&["config", "user.name", "Ana"]);
    sandbox.git(&["config", "user.email", "ana@example.org"]);
    sandbox.write("notes.txt", "mine");
    sandbox.git(&["add", "notes.txt"]);
    let set = |wish: &str| relato(&sandbox, &["actions", "set", "2026-03-02-orders/A1", wish, "--commit"]);
    let said = set("status=in_progress").with_code(0);
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    assert_eq!(said.out, format!("{FILE}, A1, committed as {head}:\n  status: accepted → in_progress\n"));
    assert_eq!(
        sandbox.git(&["log", "-1", "--name-only", "--format=%an %ae%n%B"]),
        format!(
            "Ana ana@example.org\nMark 2026-03-02-orders/A1 as in_progress\n\nstatus: accepted → in_progress\n\n\n{FILE}"
        )
    );
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "A  notes.txt");
    // hooks are git's, and that they were not run is said
    sandbox.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n");
    let said = set("status=blocked").with_code(0);
    assert!(said.err.contains("hooks were not run (pre-commit)"), "{}", said.err);
    // nothing else of the file is taken along
    sandbox.write(FILE, sandbox.read(FILE).replace("# Written by hand.", "# By hand."));
    let before = sandbox.read(FILE);
    let said = set("status=accepted").with_code(2);
    assert!(said.err.contains("has changes that are not committed"), "{}", said.err);
    assert_eq!(sandbox.read(FILE), before);
    sandbox.git(&["add", FILE]);
    set("status=accepted").with_code(2);
    assert_eq!(sandbox.read(FILE), before);
    let bare = workspace();
    let said = relato(&bare, &["actions", "set", "A2", "owner=role:x", "--commit"]).with_code(2);
    assert!(said.err.contains("git"), "{}", said.err);
    assert_eq!(bare.read(FILE), INCIDENT);
}

#[test]
fn what_cannot_be_changed_safely_is_left_alone_and_said() {
    for (from, to) in [
        ("owner: 'role:lead' ", "owner: &it role:lead "),
        (
            "    owner: 'role:lead'               # for now\n",
            "    <<: {owner: role:lead}\n    owner: &it role:x\n",
        ),
    ] {
        let sandbox = workspace();
        let text = format!("{}x-owner: *it\n", INCIDENT.replace(from, to));
        sandbox.write(FILE, &text);
        let said = relato(&sandbox, &["actions", "set", "2026-03-02-orders/A1", "owner=role:head"]);
        assert_eq!(said.code, 2, "{}", said.out);
        assert_eq!(sandbox.read(FILE), text);
    }
    let sandbox = workspace();
    let text = INCIDENT.replace("[workflow]", "[   # what users saw\n      workflow]");
    sandbox.write(FILE, &text);
    let said = relato(&sandbox, &["actions", "set", "2026-03-02-orders/A1", "addresses=c1"]).with_code(2);
    assert!(said.err.contains("remarks inside `actions[0].addresses`"), "{}", said.err);
    assert_eq!(sandbox.read(FILE), text);
}

#[test]
fn a_tab_after_a_colon_is_blank_space() {
    let sandbox = workspace();
    let tabbed = INCIDENT
        .replace("priority: P0", "priority:\tP0")
        .replace("status: resolved", "status:\tresolved")
        .replace("title: {en: 'Orders", "title:\t{en: 'Orders")
        .replace("{id: A2, title:", "{id: A2, title:\t");
    sandbox.write(FILE, &tabbed);
    let a1 = "2026-03-02-orders/A1";
    relato(&sandbox, &["actions", "set", a1, "priority=P1"]).with_code(0);
    relato(&sandbox, &["actions", "set", "A2", "tracker=jira:OD-7"]).with_code(0);
    relato(&sandbox, &["incident", "set", "2026-03-02-orders", "title.en=Orders back"]).with_code(0);
    let expected = tabbed
        .replace("priority:\tP0", "priority:\tP1")
        .replace("Orders stopped", "Orders back")
        .replace("status: proposed}", "status: proposed, tracker: {system: jira, key: OD-7}}");
    assert_eq!(sandbox.read(FILE), expected);
    // findings point to the same lines as without tabs
    let places = |text: &str| {
        sandbox.write(FILE, text);
        let said = relato(&sandbox, &["check", FILE, "--format", "json"]);
        let line = |finding: &serde_json::Value| (finding["rule"].to_string(), finding["line"].as_u64());
        said.findings().iter().map(line).collect::<Vec<_>>()
    };
    let spaced = places(INCIDENT);
    assert!(spaced.iter().any(|(_, line)| line.is_some_and(|line| line > 20)), "{spaced:?}");
    assert_eq!(places(&tabbed), spaced);
}
