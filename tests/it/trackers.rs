//! `relato actions import` and `relato actions export`.

use crate::sandbox::{Said, Sandbox, snapshot};

const FILE: &str = "incidents/2026/2026-03-02-orders.yaml";

const INCIDENT: &str = "\
relato: 1
id: 2026-03-02-orders
timezone: America/Sao_Paulo
status: resolved
severity: SEV1
title: {en: Orders stopped, pt-BR: Pedidos parados}
impacts:
  - {id: workflow, service: orders, class: critical, started: 2026-03-02T10:00, recovered: 2026-03-02T10:20}
actions:
  - id: A1
    title: {en: \"=HYPERLINK(1), on silence\", pt-BR: Alertar no silêncio}
    type: detect
    priority: P0
    owner: role:lead
    due: 2026-03-20
    status: accepted    # agreed
    addresses: [workflow]
    done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}
    tracker: {system: jira, key: OD-101}
  - {id: A2, title: {en: Split the queue, pt-BR: Dividir a fila}, type: prevent, owner: ana, due: 2026-04-01, status: in_progress, tracker: {system: jira, key: od-102}}
  - {id: A3, title: {en: Look, pt-BR: Olhar}, type: process, status: proposed, tracker: {system: jira, key: OD-103}}
  - {id: A4, title: {en: Look again, pt-BR: Olhar de novo}, type: process, owner: role:x, status: accepted, tracker: {system: jira, key: OD-104}}
  - {id: A5, title: {en: Ask, pt-BR: Perguntar}, type: process, owner: role:x, status: accepted, tracker: {system: jira, key: OD-999}}
  - {id: A6, title: {en: Tell, pt-BR: Contar}, type: communicate, owner: role:x, status: accepted, tracker: {url: \"https://github.com/o/r/issues/12\"}}
  - {id: A7, title: {en: Say, pt-BR: Dizer}, type: communicate, owner: role:x, status: accepted, tracker: {system: gitlab, key: \"#7\"}}
  - {id: A8, title: {en: \"New, *one*\", pt-BR: Nova}, type: process, status: proposed}
";

const JIRA: &str = "\
Summary,Issue key,Status,Status Category,Resolution,Resolved,Due date,Labels,Labels
Alert,OD-101,Done,Done,Done,09/Mar/26 4:05 PM,20/Mar/26 12:00 AM,a,b
Split,OD-102,To Do,To Do,,,15/Apr/26 12:00 AM,,
Look,OD-103,In Progress,In Progress,,,,,
\"Look\u{1b}[2J again\",OD-104,Closed,Done,Won't Do,10/Mar/26 4:05 PM,,,
Unknown,OD-200,Open,To Do,,,,,
";

fn workspace() -> Sandbox {
    Sandbox::with(&[
        ("relato.yaml", "relato: 1\norg: {timezone: UTC, languages: [en, pt-BR], source_language: en}\n"),
        (FILE, INCIDENT),
        ("jira.csv", JIRA),
    ])
}

fn relato(sandbox: &Sandbox, args: &[&str]) -> Said {
    sandbox.relato(&[args, &["--as-of", "2026-03-11T12:00:00Z"]].concat())
}

#[test]
fn an_export_of_jira_is_shown_first_and_then_written() {
    let sandbox = workspace();
    for lang in ["en", "pt-BR"] {
        let said = relato(&sandbox, &["actions", "import", "jira.csv", "--lang", lang]).with_code(0);
        snapshot(&format!("actions-import.{lang}.txt"), &said.out);
    }
    assert_eq!(sandbox.read(FILE), INCIDENT);
    let diff = relato(&sandbox, &["actions", "import", "jira.csv", "--diff"]).with_code(0).out;
    assert!(
        diff.starts_with(&format!("--- a/{FILE}\n")) && diff.contains("+    status: done    # agreed\n"),
        "{diff}"
    );
    assert_eq!(sandbox.read(FILE), INCIDENT);
    let json = relato(&sandbox, &["actions", "import", "jira.csv", "--write", "--format", "json"])
        .with_code(0)
        .json();
    assert_eq!((&json["written"], &json["changes"][0]["ticket"]), (&true.into(), &"OD-101".into()));
    let by_hand: Vec<&str> =
        json["by_hand"].as_array().unwrap().iter().map(|it| it["action"].as_str().unwrap()).collect();
    assert_eq!(by_hand, ["A2", "A3", "A4"]);
    assert_eq!(json["missing"][0]["action"], "2026-03-02-orders/A5");
    assert_eq!(json["unmatched"][0]["key"], "OD-200");
    let expected = INCIDENT
        .replace("status: accepted    # agreed", "status: done    # agreed")
        .replace(
            "    tracker: {system: jira, key: OD-101}\n",
            "    tracker: {system: jira, key: OD-101}\n    done_on: 2026-03-09\n    evidence: [{kind: document, ref: jira:OD-101, date: 2026-03-09}]\n",
        );
    assert_eq!(sandbox.read(FILE), expected);
    let again = relato(&sandbox, &["actions", "import", "jira.csv", "--write", "--lang", "en"]).with_code(0);
    assert!(again.out.ends_with("5 tickets (jira): nothing to change\n"), "{}", again.out);
    assert_eq!(sandbox.read(FILE), expected);
}

#[test]
fn issues_of_github_and_gitlab_are_followed_by_address_and_by_key() {
    let sandbox = workspace();
    let github = r#"[{"number":12,"title":"Tell","state":"CLOSED","stateReason":"COMPLETED","url":"https://github.com/o/r/issues/12","closedAt":"2026-03-10T02:00:00Z"}]"#;
    sandbox.write("issues.json", github);
    relato(&sandbox, &["actions", "import", "issues.json", "--write"]).with_code(0);
    // closed on the 9th in São Paulo
    assert!(sandbox.read(FILE).contains("status: done, tracker: {url: \"https://github.com/o/r/issues/12\"}, done_on: 2026-03-09, evidence: [{kind: document, ref: https://github.com/o/r/issues/12, date: 2026-03-09}]}"), "{}", sandbox.read(FILE));
    let gitlab = r#"[{"iid":7,"title":"Say","state":"closed","web_url":"https://gitlab.com/g/p/-/issues/7","closed_at":"2026-03-10T12:00:00Z"}]"#;
    sandbox.write("issues.json", gitlab);
    let json =
        relato(&sandbox, &["actions", "import", "issues.json", "--format", "json"]).with_code(0).json();
    assert_eq!((&json["system"], &json["changes"][0]["action"]), (&"gitlab".into(), &"A7".into()));
}

#[test]
fn what_is_no_export_says_what_to_hand_in() {
    let sandbox = workspace();
    for (text, from) in [
        ("", None),
        ("a,b\n1,2\n", None),
        ("{\"message\": \"Not found\"}", None),
        ("[{", None),
        ("[1, 2]", Some("github")),
        (JIRA, Some("gitlab")),
    ] {
        sandbox.write("it", text);
        let mut args = vec!["actions", "import", "it", "--lang", "en"];
        args.extend(from.iter().flat_map(|from| ["--from", from]));
        let said = relato(&sandbox, &args).with_code(2);
        assert!(
            said.err.contains("cannot be read as an export") && said.err.contains("help: "),
            "{}",
            said.err
        );
    }
    sandbox.write("it", b"\xff\xfe");
    relato(&sandbox, &["actions", "import", "it"]).with_code(2);
    relato(&sandbox, &["actions", "import", "none"]).with_code(2);
    sandbox.commit();
    relato(&sandbox, &["actions", "import", "jira.csv", "--at", "HEAD"]).with_code(2);
}

#[test]
fn a_change_that_would_bring_errors_is_left_to_people() {
    let sandbox = workspace();
    sandbox.write(FILE, INCIDENT.replace("status: resolved", "status: reviewed"));
    let before = sandbox.read(FILE);
    // reviewed incidents want more than they have: that was so before, and the change brings nothing new
    sandbox.write("jira.csv", "Issue key,Status,Resolved\nOD-101,Done,2025-01-01\n");
    let said = relato(&sandbox, &["actions", "import", "jira.csv", "--write", "--lang", "en"]).with_code(0);
    assert!(said.out.contains("following it would bring an error"), "{}", said.out);
    assert_eq!(sandbox.read(FILE), before);
}

#[test]
fn actions_are_handed_to_trackers() {
    let sandbox = workspace();
    for (to, name) in [("jira", "jira.csv"), ("github", "github.md"), ("csv", "table.csv")] {
        let said = relato(&sandbox, &["actions", "export", to, "--lang", "en"]).with_code(0);
        snapshot(&format!("actions-export-{name}"), &said.out);
        assert!(!said.out.contains("\n=") && !said.out.contains("\"=HYP") && !said.out.contains(",=HYP"));
    }
    let said =
        relato(&sandbox, &["actions", "export", "github", "--untracked", "--lang", "pt-BR"]).with_code(0);
    assert!(said.out.ends_with("- [ ] **A8** Nova\n") && said.out.lines().count() == 3, "{}", said.out);
    assert!(relato(&sandbox, &["actions", "export", "csv", "--incident", "none"]).code == 2);
}
