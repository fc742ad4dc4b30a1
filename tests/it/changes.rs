//! `relato diff`: what changed between two revisions, and why.

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, snapshot};

const SETTINGS: &str = "\
relato: 1
org: {name: Example, timezone: UTC, languages: [en, pt-BR], source_language: en}
";

const SERVICES: &str = "\
relato: 1
services:
  orders: {name: {en: orders, pt-BR: pedidos}, public_name: {en: Orders, pt-BR: Pedidos}, class: critical}
  search: {name: {en: search, pt-BR: busca}, public_name: {en: Search, pt-BR: Busca}, class: non-critical}
";

const FILE: &str = "incidents/2026/2026-01-05-orders.yaml";

const INCIDENT: &str = "\
relato: 1
id: 2026-01-05-orders
status: reviewed
timezone: UTC
title: {en: Orders stopped, pt-BR: Pedidos parados}
summary: {en: Orders did not advance., pt-BR: Os pedidos não avançaram.}
impacts:
  - {service: orders, started: 2026-01-05T10:00, detected: 2026-01-05T10:02, recovered: 2026-01-05T10:09}
  - {service: search, started: 2026-01-05T10:00, detected: 2026-01-05T10:02, recovered: 2026-01-05T10:30}
timeline:
  - {id: e1, at: 2026-01-05T10:02, type: detection, visibility: internal, text: {en: The alert fired., pt-BR: O alerta disparou.}}
actions:
  - {id: A1, title: {en: Alert sooner, pt-BR: Alertar antes}, status: accepted, owner: role:lead, due: 2026-02-10}
";

/// The workspace with one commit.
fn workspace() -> Sandbox {
    let sandbox = Sandbox::with(&[("relato.yaml", SETTINGS), ("services.yaml", SERVICES), (FILE, INCIDENT)]);
    sandbox.commit();
    sandbox
}

fn diff(sandbox: &Sandbox, range: &str) -> Value {
    sandbox.relato(&["diff", range, "--format", "json", "--as-of", "2026-02-01"]).with_code(0).json()
}

/// The moved figures of the first incident: figure, before, after, the fields that moved it.
fn figures(answer: &Value) -> Vec<String> {
    let moved = answer["incidents"][0]["figures"].as_array().cloned().unwrap_or_default();
    let told = moved.iter().map(|it| {
        let because: Vec<String> = it["because"]
            .as_array()
            .unwrap()
            .iter()
            .map(|why| format!("{} {} {}", why["field"], why["before"], why["after"]).replace('"', ""))
            .collect();
        let worth = |worth: &Value| match worth {
            Value::Object(span) => format!("{}..{}", span["min_seconds"], span["max_seconds"]),
            other => other.to_string().replace('"', ""),
        };
        let impact = it["impact"].as_str().unwrap_or("all");
        let figure = it["figure"].as_str().unwrap();
        format!(
            "{impact} {figure} {} -> {}: {}",
            worth(&it["before"]),
            worth(&it["after"]),
            because.join(", ")
        )
    });
    told.collect()
}

#[test]
fn a_figure_that_moved_names_the_field_that_moved_it() {
    for (old, new, expected) in [
        (
            "recovered: 2026-01-05T10:09",
            "recovered: 2026-01-05T10:19",
            &[
                "orders ttr 540..540 -> 1140..1140: impacts.orders.recovered 2026-01-05T10:09 2026-01-05T10:19",
                "orders verdict met -> breached: impacts.orders.recovered 2026-01-05T10:09 2026-01-05T10:19",
            ][..],
        ),
        (
            "detected: 2026-01-05T10:02, recovered: 2026-01-05T10:30",
            "detected: 2026-01-05T10:05, recovered: 2026-01-05T10:30",
            &["search ttd 120..120 -> 300..300: impacts.search.detected 2026-01-05T10:02 2026-01-05T10:05"],
        ),
        (
            "recovered: 2026-01-05T10:30",
            "recovered: unknown",
            &[
                "search ttr 1800..1800 -> null: impacts.search.recovered 2026-01-05T10:30 unknown",
                "search verdict met -> indeterminate: impacts.search.recovered 2026-01-05T10:30 unknown",
                "all customer_impact 1800..1800 -> 540..null: ",
            ],
        ),
        ("Orders stopped", "Orders were down", &[]),
    ] {
        let sandbox = workspace();
        sandbox.write(FILE, INCIDENT.replacen(old, new, 1));
        let found = figures(&diff(&sandbox, "HEAD"));
        assert_eq!(found, expected, "{new}");
        sandbox.commit();
        assert_eq!(figures(&diff(&sandbox, "HEAD~1..HEAD")), expected, "{new}, committed");
        assert_eq!(figures(&diff(&sandbox, "HEAD..HEAD")), Vec::<String>::new());
    }
}

#[test]
fn a_class_of_the_catalogue_moves_verdicts_and_says_so() {
    let sandbox = workspace();
    sandbox.write("services.yaml", SERVICES.replace("class: non-critical", "class: critical"));
    let answer = diff(&sandbox, "HEAD");
    assert_eq!(
        figures(&answer),
        [
            "search class non-critical -> critical: services.search null null",
            "search verdict met -> breached: services.search null null",
        ]
    );
    assert_eq!((&answer["services_changed"], &answer["settings_changed"]), (&json!(true), &json!(false)));
}

#[test]
fn what_becomes_public_is_told_and_nothing_internal() {
    let sandbox = workspace();
    sandbox.write(
        FILE,
        INCIDENT.replace("The alert fired", "The alert rang").replace("role:lead", "role:secret-head"),
    );
    let answer = diff(&sandbox, "HEAD");
    assert_eq!(answer["incidents"], json!([]), "an internal event and an owner are nothing readers notice");
    sandbox.write(FILE, INCIDENT.replace("visibility: internal", "visibility: public"));
    let answer = diff(&sandbox, "HEAD");
    let public = &answer["incidents"][0]["public"];
    for (at, language, words) in [(0, "en", "The alert fired."), (1, "pt-BR", "O alerta disparou.")] {
        assert_eq!(public[at]["language"], language);
        assert!(public[at]["added"].to_string().contains(words), "{public}");
        // the moment was told before, in relato's words
        assert_eq!(public[at]["removed"].as_array().unwrap().len(), 1, "{public}");
    }
}

#[test]
fn published_figures_that_move_ask_for_a_correction() {
    let moved = INCIDENT.replace("10:09", "10:19");
    let post = "comms:\n  - {id: p1, audience: public, state: update, at: 2026-01-20T10:00Z, text: {en: Correction., pt-BR: Correção.}}\n";
    for (before, after, expected) in [
        (INCIDENT.to_owned(), moved.clone(), true),
        (INCIDENT.to_owned(), moved.clone() + post, false),
        (
            INCIDENT.replace("status: reviewed", "status: resolved"),
            moved.replace("status: reviewed", "status: resolved"),
            false,
        ),
        (INCIDENT.to_owned(), INCIDENT.replace("Orders stopped", "Orders down"), false),
    ] {
        let sandbox =
            Sandbox::with(&[("relato.yaml", SETTINGS), ("services.yaml", SERVICES), (FILE, &before)]);
        sandbox.commit();
        sandbox.write(FILE, &after);
        assert_eq!(diff(&sandbox, "HEAD")["incidents"][0]["needs_correction"], expected, "{after}");
    }
}

#[test]
fn a_translation_that_fell_behind_is_named() {
    let sandbox = workspace();
    let reviewed =
        sandbox.relato(&["translate", "--mark-reviewed", "2026-01-05-orders", "--by", "role:editor"]);
    assert!(reviewed.code == 0 || !reviewed.err.is_empty());
    if reviewed.code == 0 {
        sandbox.commit();
        let text = sandbox.read(FILE);
        sandbox.write(FILE, text.replace("Orders did not advance.", "No order advanced."));
        let stale = &diff(&sandbox, "HEAD")["incidents"][0]["stale_translations"];
        assert_eq!(*stale, json!([{"language": "pt-BR", "field": "summary"}]));
    } else {
        panic!("{reviewed:?}");
    }
}

#[test]
fn incidents_that_come_go_move_or_break_are_told() {
    let sandbox = workspace();
    let happened = |sandbox: &Sandbox| -> Vec<String> {
        let answer = diff(sandbox, "HEAD");
        let told = answer["incidents"].as_array().unwrap().iter();
        told.map(|it| format!("{} {}", it["id"].as_str().unwrap(), it["happened"].as_str().unwrap()))
            .collect()
    };
    sandbox.write(
        "incidents/2026/2026-01-06-mail.yaml",
        INCIDENT.replace("2026-01-05-orders", "2026-01-06-mail"),
    );
    assert_eq!(happened(&sandbox), ["2026-01-06-mail added"]);
    sandbox.commit();
    std::fs::rename(sandbox.path(FILE), sandbox.path("incidents/2026-01-05-orders.yaml")).unwrap();
    assert_eq!(happened(&sandbox), Vec::<String>::new(), "a file that moved says the same");
    std::fs::remove_file(sandbox.path("incidents/2026-01-05-orders.yaml")).unwrap();
    assert_eq!(happened(&sandbox), ["2026-01-05-orders removed"]);
    sandbox.write(FILE, "relato: 1\n\tbroken");
    assert_eq!(happened(&sandbox), ["2026-01-05-orders unreadable"]);
}

#[test]
fn a_change_is_told_on_a_terminal_and_as_a_comment_in_both_languages() {
    let sandbox = workspace();
    let text = INCIDENT
        .replace("recovered: 2026-01-05T10:09", "recovered: 2026-01-05T10:19")
        .replace("visibility: internal", "visibility: public")
        .replace("The alert fired.", "The `alert` fired ``` it.")
        .replace("due: 2026-02-10", "due: 2026-03-10");
    sandbox.write(FILE, text);
    sandbox.write(
        "incidents/2026/2026-01-06-mail.yaml",
        INCIDENT.replace("2026-01-05-orders", "2026-01-06-mail"),
    );
    for (lang, format, name) in [
        ("en", "text", "diff.en.txt"),
        ("pt-BR", "text", "diff.pt-BR.txt"),
        ("en", "markdown", "diff.en.md"),
        ("pt-BR", "markdown", "diff.pt-BR.md"),
        ("en", "json", "diff.json"),
    ] {
        let args = ["diff", "HEAD", "--lang", lang, "--format", format, "--as-of", "2026-02-01"];
        let said = sandbox.relato(&args).with_code(0);
        let id = sandbox.git(&["rev-parse", "HEAD"]);
        snapshot(name, &said.out.replace(&id, "COMMIT").replace(&id[..10], "COMMIT"));
        assert_eq!(said.err, "");
    }
    sandbox.relato(&["diff", "HEAD", "--exit-code"]).with_code(1);
    sandbox.relato(&["diff", "HEAD..HEAD", "--exit-code"]).with_code(0);
    for (args, words) in [
        (&["diff", "HEAD", "--at", "HEAD"][..], "compares two"),
        (&["diff", "nowhere..HEAD"], "no such revision"),
        (&["diff", ""], "error"),
    ] {
        let said = sandbox.relato(args);
        assert!(said.code == 2 && said.err.contains(words) || args == ["diff", ""], "{args:?} {said:?}");
    }
}

/// What `check` says of figures that were published.
fn said_of_figures(sandbox: &Sandbox, more: &[&str]) -> Vec<String> {
    let args = [&["check", "--only", "published-figure-changed", "--format", "json"], more].concat();
    let found = sandbox.relato(&args).with_code(0).findings();
    found
        .iter()
        .map(|it| format!("{}: {}", it["field"].as_str().unwrap(), it["message"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_published_figure_that_changes_in_silence_is_a_finding_until_a_post_tells_it() {
    let sandbox = workspace();
    let silent = || Vec::<String>::new();
    assert_eq!(said_of_figures(&sandbox, &[]), silent());
    let moved = INCIDENT.replace("10:09", "10:19");
    let post = "comms:\n  - {id: p1, audience: public, state: update, at: 2026-01-20T10:00Z, text: {en: Correction., pt-BR: Correção.}}\n";
    let told = [
        "impacts[0].recovered: `orders`: the time to recover was published on January 1, 2026 as 9 min, and is \
                 19 min now; no public post says so",
    ];
    sandbox.write(FILE, &moved);
    assert_eq!(said_of_figures(&sandbox, &[]), told, "not committed");
    assert_eq!(said_of_figures(&sandbox, &["--no-history"]), silent());
    assert_eq!(said_of_figures(&sandbox, &["--since", "HEAD"]), told);
    sandbox.commit();
    sandbox.write("elsewhere", "x");
    let id = sandbox.commit();
    for args in [&[][..], &["--since", "HEAD~2"], &["--at", "HEAD"], &["--at", &id[..12]]] {
        assert_eq!(said_of_figures(&sandbox, args), told, "{args:?}");
    }
    assert_eq!(said_of_figures(&sandbox, &["--since", "HEAD~1"]), silent(), "it was known there");
    let pt = sandbox.relato(&["check", "--only", "published-figure-changed", "--lang", "pt-BR"]).with_code(0);
    assert!(
        pt.out.contains("foi publicado em 1º de janeiro de 2026 como 9 min e agora é 19 min"),
        "{}",
        pt.out
    );
    // as it was known in every kind of clone
    let source = format!("file://{}", sandbox.path("").display());
    for (name, options, expected) in
        [("bare", &["--bare"][..], &told[..]), ("shallow", &["--depth", "1"], &[]), ("whole", &[], &told)]
    {
        sandbox.git_in(&sandbox.beside(""), &[&["clone", "-q"], options, &[&source, name]].concat());
        let folder = sandbox.beside(name);
        let args = ["-C", folder.to_str().unwrap(), "check", "--at", "HEAD", "--format", "json"];
        let said = sandbox.relato(&args);
        let found = said.findings().into_iter().filter(|it| it["rule"] == "published-figure-changed").count();
        assert_eq!(found, expected.len(), "{name}");
        assert_eq!(said.err.contains("shallow clone"), name == "shallow", "{}", said.err);
    }
    // other words of the same file change nothing; figures that are taken back are as they were told
    sandbox.write(FILE, INCIDENT.replace("Orders did not advance.", "No order advanced."));
    assert_eq!(said_of_figures(&sandbox, &[]), silent());
    sandbox.write(FILE, moved.clone() + post);
    assert_eq!(said_of_figures(&sandbox, &[]), silent(), "a post tells it");
    sandbox.commit();
    assert_eq!(said_of_figures(&sandbox, &[]), silent());
    sandbox.write(FILE, (moved + post).replace("  - {service: search", "  # {service: search"));
    assert_eq!(
        said_of_figures(&sandbox, &[]),
        [
            "impacts: `search`, published on January 1, 2026, is no longer among the impacts; no public post says so"
        ]
    );
}

#[test]
fn what_is_known_more_exactly_needs_no_correction() {
    for (before, after, expected) in [
        ("recovered: 2026-01-05T10:09", "recovered: 2026-01-05T10:09", 0),
        (
            "recovered: {not_before: 2026-01-05T10:05, not_after: 2026-01-05T10:09}",
            "recovered: 2026-01-05T10:08",
            0,
        ),
        (
            "recovered: 2026-01-05T10:08",
            "recovered: {not_before: 2026-01-05T10:05, not_after: 2026-01-05T10:09}",
            1,
        ),
        ("recovered: unknown", "recovered: 2026-01-05T10:08", 0),
        ("recovered: 2026-01-05T10:08", "recovered: unknown", 1),
        (
            "detected: 2026-01-05T10:02, recovered: 2026-01-05T10:09",
            "detected: 2026-01-05T10:03, recovered: 2026-01-05T10:09",
            1,
        ),
        ("service: orders, started", "id: all-orders, service: orders, started", 0),
    ] {
        let of = |text: &str| {
            let from = if text.starts_with("detected") {
                "detected: 2026-01-05T10:02, recovered: 2026-01-05T10:09"
            } else if text.contains("service") {
                "service: orders, started"
            } else {
                "recovered: 2026-01-05T10:09"
            };
            INCIDENT.replacen(from, text, 1)
        };
        let sandbox =
            Sandbox::with(&[("relato.yaml", SETTINGS), ("services.yaml", SERVICES), (FILE, &of(before))]);
        sandbox.commit();
        sandbox.write(FILE, of(after));
        assert_eq!(said_of_figures(&sandbox, &[]).len(), expected, "{before} -> {after}");
        let told = diff(&sandbox, "HEAD");
        let asks = told["incidents"][0]["needs_correction"].as_bool().unwrap_or(false);
        assert_eq!(asks, expected > 0, "{before} -> {after}");
    }
}
