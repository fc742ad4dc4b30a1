//! `relato metrics` on the four published postmortems: every number follows from what their texts say.

use serde_json::{Value, json};

use crate::sandbox::{NEW_YEAR, Sandbox, snapshot};

/// An impact of the answer.
fn impact<'a>(answer: &'a Value, incident: &str, impact: &str) -> &'a Value {
    let named = |list: &'a Value, id: &str| -> Option<&'a Value> {
        list.as_array().unwrap().iter().find(|one| one["id"] == id)
    };
    named(&answer["incidents"], incident)
        .and_then(|found| named(&found["impacts"], impact))
        .unwrap_or_else(|| panic!("no {incident}/{impact}"))
}

fn span(min: i64, max: impl Into<Option<i64>>) -> Value {
    json!({"min_seconds": min, "max_seconds": max.into()})
}

#[test]
fn the_numbers_of_the_published_postmortems_are_these() {
    let answer = Sandbox::own().relato(&["metrics", "--format", "json", "--as-of", NEW_YEAR]).with_code(0);
    assert_eq!(answer.err, "");
    let answer = answer.json();
    let any = Value::from("any");
    /// Incident, impact, time to detect, time to recover, verdict, factor.
    type Expected = (&'static str, &'static str, Value, Value, &'static str, Option<f64>);
    let cases: &[Expected] = &[
        ("2017-11-10-oms", "search", Value::Null, span(70200, None), "breached", Some(4.875)),
        ("2017-11-10-oms", "workflow", Value::Null, span(19800, 23400), "breached", Some(33.0)),
        ("2017-11-10-oms", "export", any.clone(), any.clone(), "indeterminate", None),
        (
            "2019-12-05-platform-api-import",
            "import",
            span(45900, 69300),
            span(88980, 349440),
            "breached",
            Some(88980.0 / 14400.0),
        ),
        (
            "2022-12-18-order-imports",
            "imports",
            span(7200, 13200),
            span(92880, 95400),
            "breached",
            Some(92880.0 / 600.0),
        ),
        ("2022-12-18-order-imports", "app", any.clone(), span(18360, None), "breached", Some(30.6)),
        (
            "2014-10-23-task-processing",
            "tasks",
            span(15660, 15660),
            span(137460, 141060),
            "breached",
            Some(137460.0 / 14400.0),
        ),
        ("2014-10-23-task-processing", "cart", any.clone(), span(20700, 141060), "breached", Some(34.5)),
        (
            "2014-10-23-task-processing",
            "bulk-editing",
            any.clone(),
            span(20700, 141060),
            "breached",
            Some(1.4375),
        ),
        ("2014-10-23-task-processing", "newsletter", any.clone(), any.clone(), "indeterminate", None),
        ("2014-10-23-task-processing", "admin-panel", any.clone(), any.clone(), "indeterminate", None),
    ];
    let mut seen = 0;
    for (incident, id, ttd, ttr, verdict, factor) in cases {
        let found = impact(&answer, incident, id);
        for (name, expected) in [("ttd", ttd), ("ttr", ttr)] {
            assert!(*expected == any || found[name] == *expected, "{incident}/{id} {name}: {}", found[name]);
        }
        assert_eq!(found["verdict"], *verdict, "{incident}/{id}");
        assert_eq!(found["factor_min"].as_f64(), *factor, "{incident}/{id}");
        seen += 1;
    }
    let all: usize = answer["incidents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|incident| incident["impacts"].as_array().unwrap().len())
        .sum();
    assert_eq!(seen, all, "an impact without an expectation");
}

#[test]
fn the_answer_has_the_shape_of_the_contract() {
    let answer =
        Sandbox::own().relato(&["metrics", "--format", "json", "--as-of", NEW_YEAR]).with_code(0).json();
    assert_eq!(answer["version"], 1);
    assert_eq!(answer["as_of"], NEW_YEAR);
    assert_eq!(answer["revision"], "worktree");
    for incident in answer["incidents"].as_array().unwrap() {
        for key in ["id", "status", "compliant", "customer_impact", "impacts"] {
            assert!(incident.get(key).is_some(), "{key} in {incident}");
        }
        for impact in incident["impacts"].as_array().unwrap() {
            for key in [
                "id",
                "service",
                "class",
                "target_seconds",
                "ttd",
                "tta",
                "ttm",
                "ttr",
                "repair",
                "verdict",
                "factor_min",
            ] {
                assert!(impact.get(key).is_some(), "{key} in {impact}");
            }
            let verdict = impact["verdict"].as_str().unwrap();
            assert!(["met", "breached", "indeterminate", "running", "not_judged"].contains(&verdict));
        }
    }
}

#[test]
fn metrics_are_told_as_a_table_as_csv_and_as_json() {
    let sandbox = Sandbox::own();
    for (name, args) in [
        ("metrics.en.txt", &["--lang", "en"][..]),
        ("metrics.pt-BR.txt", &["--lang", "pt-BR"]),
        ("metrics.csv", &["--format", "csv"]),
        ("metrics.json", &["--format", "json"]),
    ] {
        let args = [&["metrics", "--as-of", NEW_YEAR], args].concat();
        let said = sandbox.relato(&args).with_code(0);
        snapshot(name, &said.out);
        assert_eq!(said.err, "");
    }
}

#[test]
fn an_incident_is_named_by_its_id_by_the_beginning_of_it_or_by_its_file() {
    let sandbox = Sandbox::own();
    for name in ["2017-11-10-oms", "2017", "incidents/2017/2017-11-10-oms.yaml"] {
        let answer = sandbox.relato(&["metrics", name, "--format", "json"]).with_code(0).json();
        let ids: Vec<&Value> = answer["incidents"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(ids, ["2017-11-10-oms"], "{name}");
    }
    let said = sandbox.relato(&["metrics", "20"]).with_code(2);
    assert!(said.err.contains("is the beginning of `2014-10-23-task-processing`"), "{}", said.err);
    let said = sandbox.relato(&["metrics", "2017-11-10-omms"]).with_code(2);
    assert!(said.err.contains("did you mean `2017-11-10-oms`?"), "{}", said.err);
}

#[test]
fn a_running_impact_is_judged_as_of_the_moment_asked_for() {
    let open = "\
relato: 1
id: 2026-03-01-orders
status: open
timezone: UTC
title: {en: Orders stopped, pt-BR: Pedidos parados}
impacts: [{service: orders, class: critical, started: 2026-03-01T10:00}]
";
    let sandbox = Sandbox::with(&[("incidents/2026/2026-03-01-orders.yaml", open)]);
    for (as_of, verdict) in [
        ("2026-03-01T10:05:00Z", "running"),
        ("2026-03-01T10:10:00Z", "running"),
        ("2026-03-01T10:10:01Z", "breached"),
        // a date is the end of that day
        ("2026-03-01", "breached"),
    ] {
        let answer = sandbox.relato(&["metrics", "--format", "json", "--as-of", as_of]).with_code(0).json();
        assert_eq!(impact(&answer, "2026-03-01-orders", "orders")["verdict"], verdict, "{as_of}");
    }
}
