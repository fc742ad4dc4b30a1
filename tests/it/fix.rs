//! `relato check --fix` and `--diff`: what is mended, what is left alone, and that nothing else changes.

use serde_json::Value;

use crate::sandbox::{SMALLEST, SMALLEST_FILE, Said, Sandbox};

const FILE: &str = "incidents/2026/2026-03-02-orders.yaml";

/// Slips of each kind, in the layouts that people write.
const SLIPS: &str = "\
# Written in a hurry.
relato: 1
id: 2026-03-02-orders
timezone: America/Sao_Paolo   # where it was
status: resloved
title: {en: Orders stopped, pt-BR: Pedidos parados}
impcats:
  - id: workflow
    service: 'order-workfow'      # the service
    started: 31/03/2026 10h00
    detected: {about: \"31/03/2026 10:05\", plus_minus: 5m}
    recoverd: 2026-03-31T10:20   # a key
causes:
  - {id: c1, role: root, category: \"confg\", confidence: confirmed, impacts: [workfow]}
timeline:
  - {id: e1, at: 2026-03-31 10:00, type: trigger, text: {en: a, pt-BR: b}, quiet: yes}
actions:
  - id: A1
    title: {en: Alert on silence, pt-BR: Alertar no silêncio}
    type: detect
    due: 30/06/2026
    created_on: '2026/04/01'
    status: accepted
    addresses: [workflow]
waivers:
  - {rule: action-without-ower, target: A1, reason: {en: a, pt-BR: b}, approved_by: role:a, until: 2026-06-30}
";

const SERVICES: &str = "\
relato: 1
services:
  order-workflow: {class: critical}
";

const MENDED: [(&str, &str); 14] = [
    ("America/Sao_Paolo", "America/Sao_Paulo"),
    ("resloved", "resolved"),
    ("impcats", "impacts"),
    ("'order-workfow'", "'order-workflow'"),
    ("31/03/2026 10h00", "2026-03-31T10:00"),
    ("\"31/03/2026 10:05\"", "\"2026-03-31T10:05\""),
    ("recoverd", "recovered"),
    ("\"confg\"", "\"config\""),
    ("[workfow]", "[workflow]"),
    ("quiet: yes", "quiet: true"),
    ("30/06/2026", "2026-06-30"),
    ("'2026/04/01'", "'2026-04-01'"),
    ("action-without-ower", "action-without-owner"),
    ("", ""),
];

fn mended() -> String {
    MENDED.iter().filter(|(old, _)| !old.is_empty()).fold(SLIPS.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    })
}

fn workspace(text: &str) -> Sandbox {
    Sandbox::with(&[(FILE, text), ("services.yaml", SERVICES)])
}

fn check(sandbox: &Sandbox, args: &[&str]) -> Said {
    sandbox.relato(&[&["check", "--lang", "en", "--as-of", "2026-04-15"], args].concat())
}

#[test]
fn slips_are_mended_and_all_else_stays_as_it_was() {
    for (name, text, expected) in [
        ("plain", SLIPS.to_owned(), mended()),
        ("crlf", SLIPS.replace('\n', "\r\n"), mended().replace('\n', "\r\n")),
        ("mark", format!("\u{feff}{SLIPS}"), format!("\u{feff}{}", mended())),
        ("no end", SLIPS.trim_end().to_owned(), mended().trim_end().to_owned()),
    ] {
        let sandbox = workspace(&text);
        let before = check(&sandbox, &["--format", "json"]).findings();
        assert!(before.iter().filter(|one| !one["fix"].is_null()).count() >= 2, "{before:#?}");
        let said = check(&sandbox, &["--fix", "--format", "json"]);
        assert_eq!(sandbox.read(FILE), expected, "{name}: {}", said.err);
        assert_eq!(said.err.lines().filter(|line| line.starts_with("fixed: ")).count(), 13, "{}", said.err);
        assert!(said.err.contains(&format!("fixed: {FILE}:5: `resloved` is now `resolved` (value-invalid)")));
        // what remains is what a check says now, and there is nothing more to mend
        let after = check(&sandbox, &["--format", "json"]);
        assert_eq!((said.code, said.json()), (after.code, after.json()), "{name}");
        assert!(after.findings().iter().all(|one| one["fix"].is_null()), "{:#?}", after.findings());
        let again = check(&sandbox, &["--fix"]);
        assert_eq!(sandbox.read(FILE), expected, "{name}: a second time");
        assert_eq!(again.err, "");
    }
}

#[test]
fn a_diff_is_shown_and_nothing_is_written() {
    let sandbox = workspace(SLIPS);
    sandbox.commit();
    let said = check(&sandbox, &["--diff"]);
    assert_eq!(said.code, check(&sandbox, &[]).code);
    assert_eq!(sandbox.read(FILE), SLIPS);
    assert!(said.out.starts_with(&format!("--- a/{FILE}\n+++ b/{FILE}\n@@ ")), "{}", said.out);
    sandbox.write("mend.patch", &said.out);
    sandbox.git(&["apply", "mend.patch"]);
    assert_eq!(sandbox.read(FILE), mended());
    let said = check(&sandbox, &["--diff"]);
    assert_eq!(said.out, "");
    // of a revision, a diff may be asked for, and nothing mended
    assert!(check(&sandbox, &["--diff", "--at", "HEAD"]).out.contains("+status: resolved"));
    let said = check(&sandbox, &["--fix", "--at", "HEAD"]).with_code(2);
    assert!(said.err.contains("leave out `--at`"), "{}", said.err);
    check(&sandbox, &["--fix", "--diff"]).with_code(2);
}

#[test]
fn each_fix_alone_removes_its_finding() {
    for (old, new) in MENDED.iter().filter(|(old, _)| !old.is_empty()) {
        let text = mended().replacen(new, old, 1);
        let sandbox = workspace(&text);
        let fixes = |said: &Said| said.findings().iter().filter(|one| !one["fix"].is_null()).count();
        assert!(fixes(&check(&sandbox, &["--format", "json"])) > 0, "{old}: no fix is offered");
        let said = check(&sandbox, &["--fix", "--format", "json"]);
        assert_eq!(sandbox.read(FILE), mended(), "{old}: {}", said.err);
    }
}

#[test]
fn the_place_of_a_fix_is_the_text_that_it_replaces() {
    let sandbox = workspace(SLIPS);
    let findings = check(&sandbox, &["--format", "json"]).findings();
    let fixes: Vec<&Value> = findings.iter().map(|one| &one["fix"]).filter(|fix| !fix.is_null()).collect();
    for fix in &fixes {
        let number = |key: &str| fix[key].as_u64().unwrap() as usize;
        assert_eq!(fix["line"], fix["end_line"]);
        let line: Vec<char> = SLIPS.lines().nth(number("line") - 1).unwrap().chars().collect();
        let old: String = line[number("column") - 1..number("end_column") - 1].iter().collect();
        let new = fix["replacement"].as_str().unwrap();
        let known = |(from, to): &(&str, &str)| from.contains(&old) && to.contains(new);
        assert!(MENDED.iter().any(known), "{old} {new}");
    }
}

#[test]
fn what_is_not_certain_is_left_alone() {
    for (name, from, to) in [
        ("two readings", "started: 2022-12-18T16:20", "started: 06-12-2022 16:20"),
        ("no zone", "timezone: America/New_York\n", ""),
        ("skipped by the clocks", "2022-12-18T16:20", "13/03/2022 02:30"),
        ("happened twice", "2022-12-18T16:20", "06/11/2022 01:30"),
        ("the right key is there", "    detected:", "    recoverd: 2022-12-19T18:00\n    detected:"),
        ("another thing", "service: order-import", "service: order-import\n    caused_by: e2"),
        ("two near ones", "status: resolved", "status: re"),
        ("a folded text", "status: resolved", "status: >-\n  reslo\n  ved"),
        ("a block", "status: resolved", "status: |\n  resloved"),
    ] {
        let text = SMALLEST.replacen(from, to, 1);
        assert_ne!(text, SMALLEST, "{name}");
        let sandbox = Sandbox::with(&[(SMALLEST_FILE, &text)]);
        let findings = check(&sandbox, &["--format", "json"]).findings();
        assert!(findings.iter().any(|one| one["severity"] == "error"), "{name}: {findings:#?}");
        check(&sandbox, &["--fix"]);
        assert_eq!(sandbox.read(SMALLEST_FILE), text, "{name}");
    }
}

#[test]
fn only_what_is_asked_for_is_mended() {
    let sandbox = workspace(SLIPS);
    check(&sandbox, &["--fix", "--only", "action-overdue"]);
    assert_eq!(sandbox.read(FILE), SLIPS);
    check(&sandbox, &["--fix", "services.yaml"]);
    assert_eq!(sandbox.read(FILE), SLIPS);
    check(&sandbox, &["--fix", "--only", "value-invalid", "--skip", "key-unknown"]);
    let text = sandbox.read(FILE);
    assert!(text.contains("status: resolved") && text.contains("impcats"), "{text}");
    // a slip that was there before the change is not the change's
    sandbox.write(FILE, SLIPS);
    sandbox.commit();
    check(&sandbox, &["--fix", "--since", "HEAD"]);
    assert_eq!(sandbox.read(FILE), SLIPS);
}

#[test]
fn settings_and_catalogue_are_mended_too() {
    let sandbox = Sandbox::with(&[
        (
            "relato.yaml",
            "relato: 1\norg: {timezone: America/Sao_Paolo}\nclases: {}\nrules: {severity: {action-overdu: info}}\n",
        ),
        (
            "services.yaml",
            "relato: 1\nteams: {shop: {}}\nservices: {checkout: {class: critcal, owner: team:shop, name: {en: Till, pt-BR: Caixa}, escalation: [{after: 5m, to: role:head}]}}\n",
        ),
    ]);
    check(&sandbox, &["--fix"]).with_code(0);
    assert_eq!(
        sandbox.read("relato.yaml"),
        "relato: 1\norg: {timezone: America/Sao_Paulo}\nclasses: {}\nrules: {severity: {action-overdue: info}}\n"
    );
    assert_eq!(
        sandbox.read("services.yaml"),
        "relato: 1\nteams: {shop: {}}\nservices: {checkout: {class: critical, owner: team:shop, name: {en: Till, pt-BR: Caixa}, escalation: [{after: 5m, to: role:head}]}}\n"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_an_error_and_stays_whole() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = workspace(SLIPS);
    let folder = sandbox.path("incidents/2026");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    let said = check(&sandbox, &["--fix"]);
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    // whoever may write anywhere may write here
    if said.code == 2 {
        assert_eq!(sandbox.read(FILE), SLIPS);
    }
}
