//! `relato actions`: overdue to the day, in every zone; the ways to ask and the ways to be told.

use serde_json::Value;

use crate::sandbox::{NEW_YEAR, Sandbox, snapshot};

const SETTINGS: &str = "\
relato: 1
org: {name: Example, timezone: UTC, languages: [en, pt-BR], source_language: en}
";

const SERVICES: &str = "\
relato: 1
teams:
  sao-paulo: {name: {en: Orders, pt-BR: Pedidos}, timezone: America/Sao_Paulo}
  new-york: {name: {en: Care, pt-BR: Atendimento}, timezone: America/New_York}
services:
  orders: {name: {en: orders, pt-BR: pedidos}, owner: team:sao-paulo, class: critical}
  reports: {name: {en: reports, pt-BR: relatórios}, owner: team:new-york, class: non-critical}
";

/// An incident with these action items; `zone` is its time zone.
fn incident(id: &str, zone: &str, actions: &[String]) -> String {
    let actions: String = actions.iter().map(|action| format!("  - {action}\n")).collect();
    format!(
        "\
relato: 1
id: {id}
status: resolved
timezone: {zone}
title: {{en: Orders stopped, pt-BR: Pedidos parados}}
impacts:
  - {{service: orders, started: 2017-03-01T10:00, recovered: 2017-03-01T10:05, verified: {{at: 2017-03-01T10:06, signal: s}}}}
  - {{service: reports, started: 2017-03-01T10:00, recovered: 2017-03-01T10:05, verified: {{at: 2017-03-01T10:06, signal: s}}}}
actions:
{actions}"
    )
}

fn action(rest: &str) -> String {
    format!("{{title: {{en: Mend it, pt-BR: Consertar}}, type: prevent, owner: role:lead, {rest}}}")
}

fn workspace(zone: &str, actions: &[String]) -> Sandbox {
    Sandbox::with(&[
        ("relato.yaml", SETTINGS),
        ("services.yaml", SERVICES),
        ("incidents/2017/2017-03-01-orders.yaml", &incident("2017-03-01-orders", zone, actions)),
    ])
}

fn rows(sandbox: &Sandbox, args: &[&str]) -> Vec<Value> {
    let said = sandbox.relato(&[&["actions", "--format", "json"], args].concat()).with_code(0);
    said.json()["actions"].as_array().unwrap().clone()
}

fn ids(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    rows(sandbox, args).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Due, as of, zone, days overdue: the table of the design, and the days around it.
const DAYS: &[(&str, &str, &str, i64)] = &[
    ("2026-03-31", "2026-04-01T02:59:59Z", "America/Sao_Paulo", 0),
    ("2026-03-31", "2026-04-01T03:00:00Z", "America/Sao_Paulo", 1),
    ("2026-03-31", "2026-04-01T00:00:00Z", "UTC", 1),
    ("2026-03-31", "2026-03-31T23:59:59Z", "UTC", 0),
    ("2026-03-31", "2026-04-01T03:59:59Z", "America/New_York", 0),
    ("2026-03-31", "2026-04-01T04:00:00Z", "America/New_York", 1),
    // there was no midnight that night
    ("2017-10-14", "2017-10-15T02:59:59Z", "America/Sao_Paulo", 0),
    ("2017-10-14", "2017-10-15T03:00:00Z", "America/Sao_Paulo", 1),
    ("2026-03-31", "2026-04-30T12:00:00Z", "UTC", 30),
    ("2026-03-31", "2026-03-31T10:00:00Z", "Pacific/Kiritimati", 1),
    ("2026-03-31", "2026-03-31T09:59:59Z", "Pacific/Kiritimati", 0),
];

#[test]
fn overdue_agrees_to_the_day_in_each_zone() {
    for (due, as_of, zone, days) in DAYS {
        let sandbox = workspace(zone, &[action(&format!("id: A1, due: {due}, status: accepted"))]);
        let found = rows(&sandbox, &["--overdue", "--as-of", as_of]);
        assert_eq!(found.len(), usize::from(*days > 0), "{due} as of {as_of} in {zone}");
        let all = rows(&sandbox, &["--all", "--as-of", as_of]);
        assert_eq!(all[0]["days_overdue"], *days, "{due} as of {as_of} in {zone}");
        assert_eq!(all[0]["overdue"], *days > 0, "{due} as of {as_of} in {zone}");
    }
}

#[test]
fn the_zone_is_the_teams_else_the_incidents_else_the_organisations() {
    for (team, zone, as_of, overdue) in [
        ("team: sao-paulo, ", "UTC", "2026-04-01T02:59:59Z", false),
        ("team: sao-paulo, ", "UTC", "2026-04-01T03:00:00Z", true),
        ("team: new-york, ", "America/Sao_Paulo", "2026-04-01T03:59:59Z", false),
        ("", "America/Sao_Paulo", "2026-04-01T02:59:59Z", false),
        ("", "UTC", "2026-04-01T00:00:00Z", true),
    ] {
        let sandbox = workspace(zone, &[action(&format!("id: A1, {team}due: 2026-03-31, status: accepted"))]);
        let found = rows(&sandbox, &["--overdue", "--as-of", as_of]);
        assert_eq!(!found.is_empty(), overdue, "{team}{zone} {as_of}");
    }
    // without a zone in the file, the organisation's
    let text = incident("2017-03-01-orders", "UTC", &[action("id: A1, due: 2026-03-31, status: accepted")])
        .replace("timezone: UTC\n", "")
        .replace(":00, rec", ":00Z, rec")
        .replace(":05, ver", ":05Z, ver")
        .replace(":06, sig", ":06Z, sig");
    let sandbox = Sandbox::with(&[
        ("relato.yaml", &SETTINGS.replace("UTC", "America/New_York")),
        ("services.yaml", SERVICES),
        ("incidents/2017/2017-03-01-orders.yaml", &text),
    ]);
    assert_eq!(rows(&sandbox, &["--overdue", "--as-of", "2026-04-01T03:59:59Z"]).len(), 0);
    assert_eq!(rows(&sandbox, &["--overdue", "--as-of", "2026-04-01T04:00:00Z"]).len(), 1);
}

#[test]
fn a_date_asks_for_the_end_of_that_day() {
    let sandbox = workspace("UTC", &[action("id: A1, due: 2026-03-31, status: accepted")]);
    for (as_of, overdue) in [("2026-03-31", 0), ("2026-04-01", 1)] {
        assert_eq!(rows(&sandbox, &["--overdue", "--as-of", as_of]).len(), overdue, "{as_of}");
    }
}

fn board() -> Sandbox {
    workspace(
        "UTC",
        &[
            action("id: A1, team: sao-paulo, due: 2026-03-31, status: accepted, priority: P0, created_on: 2026-03-02, addresses: [orders]"),
            action("id: A2, team: new-york, due: 2026-03-20, status: in_progress, priority: P1, addresses: [reports]"),
            action("id: A3, due: 2026-02-01, status: done, done_on: 2026-01-30, priority: P2"),
            action("id: A4, status: proposed").replace("role:lead", "role:head"),
            action("id: A5, due: 2026-04-07, status: blocked, priority: P3, public_commitment: true"),
            action("id: A6, due: 2026-03-01, status: cancelled"),
            action("id: A7, due: 2026-03-01, status: wont_do"),
            action("id: A8, due: 2026-03-01, status: verified"),
            "{id: A9, title: {en: 'A | pipe, a \"quote\", <b>', pt-BR: '=1+1'}, type: repair, owner: null, due: null, status: accepted}".to_owned(),
        ],
    )
}

#[test]
fn the_filters_pick_what_was_asked_for() {
    let sandbox = board();
    for (args, expected) in [
        (&[][..], &["A2", "A1", "A5", "A4", "A9"][..]),
        (&["--overdue"], &["A2", "A1"]),
        (&["--all"], &["A3", "A6", "A7", "A8", "A2", "A1", "A5", "A4", "A9"]),
        (&["--due-within", "7d"], &["A2", "A1", "A5"]),
        (&["--due-within", "5d"], &["A2", "A1"]),
        (&["--due-within", "1w"], &["A2", "A1", "A5"]),
        (&["--owner", "role:head"], &["A4"]),
        (&["--owner", "head"], &["A4"]),
        (&["--team", "sao-paulo"], &["A1"]),
        (&["--team", "sao-paulo", "--team", "team:new-york"], &["A2", "A1"]),
        (&["--status", "done"], &["A3"]),
        (&["--status", "done", "--status", "blocked"], &["A3", "A5"]),
        (&["--priority", "P1"], &["A2"]),
        (&["--incident", "2017-03-01-orders", "--overdue"], &["A2", "A1"]),
        (&["--overdue", "--team", "new-york"], &["A2"]),
    ] {
        let mut found = ids(&sandbox, &[&["--as-of", "2026-04-01T12:00:00Z"], args].concat());
        let mut expected: Vec<String> = expected.iter().map(|id| (*id).to_owned()).collect();
        if args == ["--all"] {
            found.sort();
            expected.sort();
        }
        assert_eq!(found, expected, "{args:?}");
    }
}

#[test]
fn a_row_says_what_the_contract_promises() {
    let rows = rows(&board(), &["--overdue", "--as-of", "2026-04-01T12:00:00Z"]);
    let row = rows.iter().find(|row| row["id"] == "A1").unwrap();
    for (key, expected) in [
        ("incident", Value::from("2017-03-01-orders")),
        ("owner", "role:lead".into()),
        ("team", "sao-paulo".into()),
        ("class", "critical".into()),
        ("priority", "P0".into()),
        ("type", "prevent".into()),
        ("status", "accepted".into()),
        ("created_on", "2026-03-02".into()),
        ("due", "2026-03-31".into()),
        ("overdue", true.into()),
        ("days_overdue", 1.into()),
        ("age_days", 30.into()),
        ("public_commitment", false.into()),
        ("file", "incidents/2017/2017-03-01-orders.yaml".into()),
        ("line", 10.into()),
    ] {
        assert_eq!(row[key], expected, "{key}");
    }
    assert_eq!(row["title"]["pt-BR"], "Consertar");
    assert!(row.get("slips").is_some());
    // the class of what it addresses; of the strictest impact when it addresses none
    let other = rows.iter().find(|row| row["id"] == "A2").unwrap();
    assert_eq!(other["class"], "non-critical");
}

#[test]
fn actions_are_told_as_a_table_as_markdown_and_as_csv() {
    let sandbox = board();
    for (name, args) in [
        ("actions.en.txt", &["--lang", "en"][..]),
        ("actions.pt-BR.txt", &["--lang", "pt-BR"]),
        ("actions.csv", &["--format", "csv"]),
        ("actions.md", &["--format", "markdown", "--lang", "pt-BR"]),
        ("actions.json", &["--format", "json"]),
    ] {
        let args = [&["actions", "--as-of", "2026-04-01T12:00:00Z"], args].concat();
        let said = sandbox.relato(&args).with_code(0);
        snapshot(name, &said.out);
        assert_eq!(said.err, "");
    }
}

#[test]
fn a_bot_learns_from_the_exit_code_whether_rows_were_found() {
    let sandbox = board();
    for (args, code) in [
        (&["actions", "--overdue", "--exit-code", "--as-of", "2026-04-01T12:00:00Z"][..], 1),
        (&["actions", "--overdue", "--exit-code", "--as-of", "2026-03-01T12:00:00Z"], 0),
        (&["actions", "--overdue", "--as-of", "2026-04-01T12:00:00Z"], 0),
        (&["actions", "--incident", "2017-03-01-order"], 0),
        (&["actions", "--incident", "2017-03-02"], 2),
        (&["actions", "--due-within", "soon"], 2),
        (&["actions", "--due-within", "5bd"], 2),
        (&["actions", "--status", "lost"], 2),
    ] {
        let said = sandbox.relato(args).with_code(code);
        assert_eq!(said.err.contains("error: "), code == 2, "{args:?} {said:?}");
    }
}

#[test]
fn of_our_own_incidents_nothing_is_overdue_because_nothing_has_a_date() {
    let sandbox = Sandbox::own();
    assert_eq!(rows(&sandbox, &["--overdue", "--as-of", NEW_YEAR]).len(), 0);
    assert!(rows(&sandbox, &["--as-of", NEW_YEAR]).len() >= 11);
}
