//! `relato stats`: what many incidents say together, in every form and both languages.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sandbox::{NEW_YEAR, Sandbox, read, snapshot};

const SETTINGS: &str = "\
relato: 1
org: {name: Example, timezone: UTC, languages: [en, pt-BR], source_language: en}
";

const SERVICES: &str = "\
relato: 1
teams:
  shop: {name: {en: Shop, pt-BR: Loja}}
services:
  checkout: {name: {en: checkout, pt-BR: checkout}, owner: team:shop, class: critical}
  reports: {name: {en: reports, pt-BR: relatórios}, owner: team:shop, class: non-critical}
";

/// An incident of one impact: its date, its service, how many minutes it lasted, whatever else its impact says.
fn incident(date: &str, service: &str, minutes: i64, more: &str) -> (String, String) {
    let (hours, minutes) = (10 + minutes / 60, minutes % 60);
    let (days, hours) = (hours / 24, hours % 24);
    let day: i64 = date[8..].parse().unwrap();
    let text = format!(
        "\
relato: 1
id: {date}-{service}
status: resolved
timezone: UTC
title: {{en: Down, pt-BR: Parado}}
impacts:
  - {{service: {service}, started: {date}T10:00Z, recovered: {}{:02}T{hours:02}:{minutes:02}Z{more}}}
",
        &date[..8],
        day + days,
    );
    (format!("incidents/{}/{date}-{service}.yaml", &date[..4]), text)
}

/// Twelve incidents of the critical class whose lengths fall, and three of the other.
fn workspace() -> Sandbox {
    let sandbox = Sandbox::with(&[("relato.yaml", SETTINGS), ("services.yaml", SERVICES)]);
    let lengths = [185, 44, 410, 95, 260, 31, 120, 73, 58, 25, 9, 8];
    for (month, minutes) in (1..).zip(lengths) {
        let more = match month % 3 {
            0 => ", detection: {source: customer}",
            1 => ", detection: {source: monitor}",
            _ => "",
        };
        let (path, text) = incident(&format!("2025-{month:02}-05"), "checkout", minutes, more);
        sandbox.write(&path, text);
    }
    for (date, minutes) in [("2025-02-10", 30), ("2025-05-10", 600), ("2025-08-10", 2000)] {
        let (path, text) = incident(date, "reports", minutes, "");
        sandbox.write(&path, text);
    }
    // one that still runs, and a near miss
    let (path, text) = incident("2025-12-20", "reports", 1, "");
    let recovered = ", recovered: 2025-12-20T10:01Z";
    assert!(text.contains(recovered));
    sandbox.write(&path, text.replace(recovered, "").replace("status: resolved", "status: open"));
    let (path, text) = incident("2025-12-21", "checkout", 5, "");
    sandbox.write(&path, text.replace("status: resolved\n", "status: resolved\nkind: near_miss\n"));
    sandbox
}

fn answer(sandbox: &Sandbox, args: &[&str]) -> Value {
    let said = sandbox.relato(&[&["stats", "--format", "json", "--as-of", NEW_YEAR], args].concat());
    assert_eq!(said.err, "");
    said.with_code(0).json()
}

#[test]
fn statistics_are_told_in_every_form() {
    let sandbox = workspace();
    for (name, args) in [
        ("stats.en.txt", &[][..]),
        ("stats.pt-BR.txt", &["--lang", "pt-BR"]),
        ("stats.json", &["--format", "json"]),
        ("stats.csv", &["--format", "csv"]),
        ("stats.md", &["--format", "markdown"]),
        ("stats.split.en.txt", &["--split", "2025-07-01", "--with-mean"]),
        ("stats.split.pt-BR.txt", &["--split", "2025-07-01", "--with-mean", "--lang", "pt-BR"]),
        ("stats.by.en.txt", &["--by", "quarter", "--class", "critical", "--since", "2025-07-01"]),
    ] {
        let said = sandbox.relato(&[&["stats", "--as-of", NEW_YEAR], args].concat()).with_code(0);
        assert_eq!(said.err, "", "{name}");
        snapshot(name, &said.out);
    }
}

#[test]
fn the_published_postmortems_have_these_statistics() {
    let own = Sandbox::own();
    for (name, lang) in [("stats.own.en.txt", "en"), ("stats.own.pt-BR.txt", "pt-BR")] {
        snapshot(name, &own.relato(&["stats", "--as-of", NEW_YEAR, "--lang", lang]).with_code(0).out);
    }
}

#[test]
fn what_is_asked_for_is_what_is_counted() {
    let sandbox = workspace();
    let count = |args: &[&str]| answer(&sandbox, args)["periods"][0]["incidents"]["count"].as_u64().unwrap();
    for (args, expected) in [
        (&[][..], 16),
        (&["--class", "critical"], 12),
        (&["--service", "reports"], 4),
        (&["--service", "service:reports", "--service", "checkout"], 16),
        (&["--service", "reports", "--class", "critical"], 0),
        (&["--since", "2025-12-01"], 2),
        (&["--until", "2025-02-10"], 3),
        (&["--since", "2025-02-10", "--until", "2025-02-10"], 1),
        (&["--since", "2027-01-01"], 0),
    ] {
        assert_eq!(count(args), expected, "{args:?}");
    }
    let quarters = answer(&sandbox, &["--by", "quarter"]);
    let quarters: Vec<(&str, u64)> = quarters["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|period| (period["period"].as_str().unwrap(), period["incidents"]["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(quarters, [("2025-Q1", 4), ("2025-Q2", 4), ("2025-Q3", 4), ("2025-Q4", 4)]);
}

#[test]
fn the_numbers_are_those_of_the_incidents() {
    let sandbox = workspace();
    let answer = answer(&sandbox, &[]);
    let [critical, other] = [0, 1].map(|i| &answer["periods"][0]["classes"][i]);
    assert_eq!(answer["periods"][0]["near_misses"], 1);
    assert_eq!(critical["compliance"]["met"]["count"], 2);
    assert_eq!(critical["compliance"]["met"]["of"], 12);
    assert_eq!(critical["breached"].as_array().unwrap().len(), 10);
    assert_eq!(critical["detected_by_customers"]["count"], 4);
    assert_eq!(critical["detected_by_customers"]["of"], 8);
    assert_eq!(critical["ttr"]["median"]["min_seconds"], 65.5 * 60.0);
    assert_eq!(answer["trends"][0]["evidence"], "fall");
    // three of the other class are over: no share; the fourth still runs, past its target
    assert_eq!(other["ttr"]["open"], 1);
    assert_eq!(
        (&other["compliance"]["met"]["of"], &other["compliance"]["met"]["share"]),
        (&4.into(), &Value::Null)
    );
    assert_eq!(other["ttr"]["p90"], Value::Null);
    // of 30 min, 10 h, 33 h 20 and one that still runs, half are over by 10 h
    assert_eq!(other["ttr"]["median"]["min_seconds"], 36_000.0);
}

#[test]
fn an_unknown_name_is_an_error_and_not_a_clean_record() {
    let sandbox = workspace();
    for (args, wrong, help) in [
        (
            &["--service", "chekout"][..],
            "there is no service `chekout` in services.yaml",
            "did you mean `checkout`?",
        ),
        (&["--class", "urgent"], "there is no class `urgent`", "the classes are critical, non-critical"),
        (
            &["--since", "2026-02-01", "--until", "2026-01-01"],
            "2026-01-01 comes before 2026-02-01",
            "--since",
        ),
    ] {
        let said = sandbox.relato(&[&["stats"], args].concat()).with_code(2);
        assert!(said.err.contains(wrong) && said.err.contains(help), "{}", said.err);
        assert_eq!(said.out, "");
    }
    let said = sandbox.relato(&["stats", "--since", "yesterday"]).with_code(2);
    assert!(said.err.contains("write a date like 2026-03-31"), "{}", said.err);
    let none =
        Sandbox::with(&[("relato.yaml", SETTINGS)]).relato(&["stats", "--as-of", NEW_YEAR]).with_code(0);
    assert_eq!(none.out, "no incidents; work tree, as of 2026-01-01T00:00:00Z\n");
}

#[test]
fn every_field_of_the_answer_is_documented() {
    let sandbox = workspace();
    let mut keys = BTreeSet::new();
    gather(&answer(&sandbox, &["--split", "2025-07-01", "--with-mean"]), &mut keys);
    let page = read("docs/machines.md");
    let missing: Vec<&String> = keys.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    // the head of every answer is told once, in quotes
    let missing: Vec<_> = missing.into_iter().filter(|key| !page.contains(&format!("`\"{key}\"`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The names of all fields.
pub fn gather(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                keys.insert(key.clone());
                gather(value, keys);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, keys)),
        _ => {}
    }
}

#[test]
fn what_had_not_begun_by_the_moment_of_asking_is_not_counted() {
    let sandbox = workspace();
    let incidents = |as_of: &str, more: &[&str]| {
        let args = [&["stats", "--format", "json", "--as-of", as_of], more].concat();
        sandbox.relato(&args).with_code(0).json()["periods"][0]["incidents"]["count"].as_u64()
    };
    let whole = incidents("2026-01-01", &[]);
    assert!(whole >= Some(15), "{whole:?}");
    // two of the class that counts, one of the other, by the fifth of February
    assert_eq!(incidents("2025-02-05", &[]), Some(2));
    assert_eq!(incidents("2025-02-10", &[]), Some(3));
    assert_eq!(incidents("2025-02-10", &["--until", "2025-12-31"]), Some(3), "the future has not been");
    assert_eq!(incidents("2026-01-01", &["--until", "2025-02-10"]), Some(3));
}
