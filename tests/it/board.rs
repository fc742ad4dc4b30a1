//! The views of `relato actions` for managers: filters, groups, totals, and whom to tell.

use serde_json::Value;

use crate::{
    sandbox::{Sandbox, read, snapshot},
    stats::gather,
};

pub const AS_OF: &str = "2026-04-01T12:00:00Z";

const SETTINGS: &str = "\
relato: 1
org: {name: Example, timezone: UTC, languages: [en, pt-BR], source_language: en}
";

const SERVICES: &str = "\
relato: 1
teams:
  shop: {name: {en: Shop, pt-BR: Loja}, accountable: role:shop-lead}
  care: {name: {en: Care, pt-BR: Atendimento}, accountable: role:care-lead}
services:
  checkout: {name: {en: checkout, pt-BR: checkout}, owner: team:shop, class: critical}
  reports: {name: {en: reports, pt-BR: relatórios}, owner: team:care, class: non-critical}
";

pub fn incident(id: &str, service: &str, more: &str, actions: &[&str]) -> String {
    let day = &id[..10];
    let title = "title: {en: Mend it, pt-BR: Consertar}";
    let actions: String = actions.iter().map(|action| format!("  - {{{title}, {action}}}\n")).collect();
    format!(
        "\
relato: 1
id: {id}
status: resolved
timezone: UTC
title: {{en: Down, pt-BR: Parado}}
{more}impacts:
  - {{service: {service}, started: {day}T10:00Z, recovered: {day}T10:05Z}}
actions:
{actions}"
    )
}

/// Two incidents, of which the second is the first come back.
pub fn workspace() -> Sandbox {
    let first = incident(
        "2026-01-10-queue",
        "checkout",
        "",
        &[
            "id: A1, type: prevent, team: shop, owner: role:shop-lead, priority: P0, due: 2026-03-28, created_on: 2026-01-12, status: accepted",
            "id: A2, type: detect, team: shop, owner: role:on-call, priority: P1, due: 2026-03-10, created_on: 2026-01-12, status: in_progress, public_commitment: true, slips: [{from: 2026-02-10, to: 2026-02-20, date: 2026-02-10}, {from: 2026-02-20, to: 2026-03-01, date: 2026-02-20}, {from: 2026-03-01, to: 2026-03-10, date: 2026-03-01}]",
            "id: A3, type: prevent, team: shop, owner: role:on-call, priority: P2, due: 2026-02-01, created_on: 2026-01-12, status: done, done_on: 2026-02-01",
            "id: A4, type: prevent, team: shop, owner: role:on-call, priority: P2, due: 2026-02-01, created_on: 2026-01-12, status: done, done_on: 2026-02-02",
        ],
    );
    let second = incident(
        "2026-03-02-queue-again",
        "reports",
        "same_cause_as: [2026-01-10-queue]\n",
        &[
            "id: A1, type: prevent, team: care, owner: role:care-sre, priority: P1, due: 2026-04-05, created_on: 2026-03-03, status: blocked, blocked_by: the vendor",
            "id: A2, type: process, team: care, priority: P3, created_on: 2026-03-30, status: proposed",
            "id: A3, type: process, owner: role:care-sre, priority: P3, due: 2026-03-10, created_on: 2026-03-03, status: accepted",
        ],
    );
    Sandbox::with(&[
        ("relato.yaml", SETTINGS),
        ("services.yaml", SERVICES),
        ("incidents/2026/2026-01-10-queue.yaml", &first),
        ("incidents/2026/2026-03-02-queue-again.yaml", &second),
    ])
}

fn answer(sandbox: &Sandbox, args: &[&str]) -> Value {
    let said = sandbox.relato(&[&["actions", "--format", "json", "--as-of", AS_OF], args].concat());
    assert_eq!(said.err, "");
    said.with_code(0).json()
}

fn ids(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let rows = answer(sandbox, args)["actions"].as_array().unwrap().clone();
    let id = |row: &Value| format!("{}/{}", row["incident"].as_str().unwrap(), row["id"].as_str().unwrap());
    rows.iter().map(id).collect()
}

const FIRST: &str = "2026-01-10-queue";
const AGAIN: &str = "2026-03-02-queue-again";

#[test]
fn the_views_pick_what_a_manager_asks_for() {
    let sandbox = workspace();
    for (args, expected) in [
        (&["--slipped"][..], &[(FIRST, "A2")][..]),
        (&["--unowned"], &[(AGAIN, "A2")]),
        (&["--blocked"], &[(AGAIN, "A1")]),
        (&["--public"], &[(FIRST, "A2")]),
        // done ones prevented nothing, and are owed no more; what is not a fix cannot have prevented it
        (&["--recurring"], &[(FIRST, "A1")]),
        (&["--recurring", "--overdue"], &[(FIRST, "A1")]),
        (&["--slipped", "--unowned"], &[]),
        // review board: put off thrice, come back; then head, then owner
        (&["--escalation"], &[(FIRST, "A2"), (FIRST, "A1"), (AGAIN, "A3"), (AGAIN, "A1")]),
        (&["--escalation", "--team", "care"], &[(AGAIN, "A1")]),
    ] {
        let expected: Vec<String> =
            expected.iter().map(|(incident, id)| format!("{incident}/{id}")).collect();
        assert_eq!(ids(&sandbox, args), expected, "{args:?}");
    }
}

#[test]
fn whom_to_tell_follows_the_ladder() {
    let sandbox = workspace();
    let whom = |rung: Option<&str>, roles: &[&str]| (Value::from(rung), Value::from(roles.to_vec()));
    // due on 5 April; as of the end of these days
    for (as_of, expected) in [
        ("2026-03-28", whom(None, &[])),
        ("2026-03-29", whom(Some("owner"), &["role:care-sre"])),
        ("2026-04-05", whom(Some("owner"), &["role:care-sre"])),
        ("2026-04-06", whom(Some("accountable"), &["role:care-sre", "role:care-lead"])),
        ("2026-04-18", whom(Some("accountable"), &["role:care-sre", "role:care-lead"])),
        ("2026-04-19", whom(Some("head"), &["role:care-sre", "role:care-lead", "head"])),
    ] {
        let rows =
            sandbox.relato(&["actions", "--format", "json", "--as-of", as_of]).with_code(0).json()["actions"]
                .as_array()
                .unwrap()
                .clone();
        let row = rows.into_iter().find(|row| row["incident"] == AGAIN && row["id"] == "A1").unwrap();
        assert_eq!((row["escalation"].clone(), row["escalate_to"].clone()), expected, "{as_of}");
    }
    // a P0 goes to the head after three days, and to the board when its incident came back
    let rows = answer(&sandbox, &["--incident", FIRST])["actions"].as_array().unwrap().clone();
    let a1 = rows.iter().find(|row| row["id"] == "A1").unwrap();
    assert_eq!((&a1["escalation"], &a1["recurring"]), (&"head".into(), &Value::Null));
    let rows = answer(&sandbox, &[])["actions"].as_array().unwrap().clone();
    let a1 = rows.iter().find(|row| row["incident"] == FIRST && row["id"] == "A1").unwrap();
    assert_eq!(a1["escalate_to"], Value::from(vec!["role:shop-lead", "head", "review_board"]));
}

#[test]
fn groups_are_counted_and_never_ranked() {
    let sandbox = workspace();
    let groups = |by: &str, field: &str| -> Vec<(Value, Value)> {
        let answer = answer(&sandbox, &["--by", by]);
        let groups = answer["groups"].as_array().unwrap().iter();
        groups.map(|group| (group["group"].clone(), group[field].clone())).collect()
    };
    let named = |pairs: &[(Option<&str>, i64)]| -> Vec<(Value, Value)> {
        pairs.iter().map(|(name, count)| (Value::from(*name), Value::from(*count))).collect()
    };
    for (by, field, expected) in [
        ("team", "actions", &[(Some("care"), 2), (Some("shop"), 2), (None, 1)][..]),
        ("team", "overdue", &[(Some("care"), 0), (Some("shop"), 2), (None, 1)]),
        (
            "owner",
            "actions",
            &[(Some("care-sre"), 2), (Some("on-call"), 1), (Some("shop-lead"), 1), (None, 1)],
        ),
        ("class", "slipped", &[(Some("critical"), 1), (Some("non-critical"), 0)]),
        ("priority", "due_soon", &[(Some("P0"), 0), (Some("P1"), 1), (Some("P2"), 0), (Some("P3"), 0)]),
        ("age", "actions", &[(Some("0-7"), 1), (Some("8-30"), 2), (Some("31-90"), 2)]),
    ] {
        assert_eq!(groups(by, field), named(expected), "{by} {field}");
    }
    let answer = answer(&sandbox, &["--by", "team"]);
    let total = &answer["total"];
    for (field, expected) in [
        ("actions", Value::from(5)),
        ("overdue", 3.into()),
        // 4, 22 and 22 days
        ("median_days_overdue", 22.0.into()),
        ("due_soon", 1.into()),
        ("unowned", 1.into()),
        ("blocked", 1.into()),
        ("slipped", 1.into()),
        ("recurring", 1.into()),
        ("public", 1.into()),
    ] {
        assert_eq!(total[field], expected, "{field}");
    }
    // one of two was done on its due day, which counts to its end; two are too few for a percentage
    assert_eq!((&total["on_time"]["count"], &total["on_time"]["of"]), (&1.into(), &2.into()));
    assert_eq!(total["on_time"]["share"], Value::Null);
    // whoever asks by whom finds each of them in a row, also where nothing more is owed
    for by in ["team", "owner", "class", "priority", "age"] {
        let told = groups(by, "on_time");
        let sum = |field: &str| told.iter().filter_map(|(_, share)| share[field].as_u64()).sum::<u64>();
        assert_eq!((sum("count"), sum("of")), (1, 2), "{by}");
    }
}

#[test]
fn the_views_are_told_in_every_form() {
    let sandbox = workspace();
    for (name, args) in [
        ("board.team.en.txt", &["--by", "team"][..]),
        ("board.team.pt-BR.txt", &["--by", "team", "--lang", "pt-BR"]),
        ("board.age.en.txt", &["--by", "age"]),
        ("board.class.md", &["--by", "class", "--format", "markdown"]),
        ("board.owner.csv", &["--by", "owner", "--format", "csv"]),
        ("board.team.json", &["--by", "team", "--format", "json", "--public"]),
        ("board.escalation.en.txt", &["--escalation"]),
        ("board.escalation.pt-BR.md", &["--escalation", "--lang", "pt-BR", "--format", "markdown"]),
    ] {
        let said = sandbox.relato(&[&["actions", "--as-of", AS_OF], args].concat()).with_code(0);
        assert_eq!(said.err, "", "{name}");
        snapshot(name, &said.out);
    }
}

#[test]
fn a_bot_learns_of_each_view_from_the_exit_code() {
    let sandbox = workspace();
    for (args, code) in [
        (&["--slipped"][..], 1),
        (&["--slipped", "--team", "care"], 0),
        (&["--escalation"], 1),
        (&["--by", "team"], 1),
        (&["--recurring", "--incident", FIRST], 2),
        (&["--by", "lateness"], 2),
        (&["--by", "team", "--escalation"], 2),
    ] {
        sandbox.relato(&[&["actions", "--exit-code", "--as-of", AS_OF], args].concat()).with_code(code);
    }
}

#[test]
fn every_field_of_an_action_is_documented() {
    let sandbox = workspace();
    let mut keys = std::collections::BTreeSet::new();
    gather(&answer(&sandbox, &["--by", "team"]), &mut keys);
    let page = read("docs/machines.md");
    keys.retain(|key| !page.contains(&format!("`{key}`")) && !page.contains(&format!("`\"{key}\"`")));
    // the languages of a title
    assert_eq!(keys.into_iter().collect::<Vec<_>>(), ["en", "pt-BR"]);
}
