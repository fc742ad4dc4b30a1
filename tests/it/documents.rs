//! Documents and the site, from outside: where they lie, what they must never hold, when they are stale.

use std::{collections::BTreeSet, fs};

use crate::{
    entries::runs_nothing,
    sandbox::{NEW_YEAR, SMALLEST, SMALLEST_FILE, Sandbox},
};

#[test]
fn the_site_has_every_page_and_every_link_of_it_leads_somewhere() {
    let sandbox = Sandbox::own();
    for audience in ["public", "internal"] {
        sandbox.relato(&["build", "--audience", audience, "--as-of", NEW_YEAR]).with_code(0);
        let files: BTreeSet<String> = sandbox.files(audience).into_iter().collect();
        for lang in ["en", "pt-BR"] {
            for page in [
                "index.html",
                "actions.html",
                "services.html",
                "statistics.html",
                "search.html",
                "incidents/index.html",
                "incidents/2017-11-10-oms.html",
                "incidents/2017-11-10-oms.md",
            ] {
                assert!(files.contains(&format!("{lang}/{page}")), "{audience} {lang}/{page}: {files:?}");
            }
        }
        assert!(files.contains("index.html"));
        for file in files.iter().filter(|file| file.ends_with(".html")) {
            let html = sandbox.read(&format!("{audience}/{file}"));
            runs_nothing(&html);
            let lang = if format!("/{file}").contains("/pt-BR/") { "lang=\"pt-BR\"" } else { "lang=\"en\"" };
            assert!(html.contains(lang), "{file}");
            for attribute in ["href=\"", "src=\""] {
                for target in html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                    if target.contains(':') || target.starts_with('#') || target.is_empty() {
                        continue;
                    }
                    let to = resolve(file, target.split('#').next().unwrap_or_default());
                    assert!(files.contains(&to), "{audience}/{file} leads to {target}, which is {to}");
                }
            }
        }
    }
}

/// Where a relative link of a page leads.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    if link.ends_with('/') {
        parts.push("index.html");
    }
    parts.join("/")
}

#[test]
fn building_again_changes_nothing_and_touches_no_file_of_others() {
    let sandbox = Sandbox::own();
    sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    let again = sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    assert!(again.err.contains(": 0 files written"), "{}", again.err);
    sandbox.write("public/CNAME", "status.example.org\n");
    fs::remove_file(sandbox.path("incidents/2014/2014-10-23-task-processing.yaml")).unwrap();
    sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    let files = sandbox.files("public");
    assert!(files.contains(&"CNAME".to_owned()));
    assert!(!files.iter().any(|file| file.contains("2014-10-23")), "{files:?}");
    // a page that someone else wrote is not overwritten
    let other = Sandbox::own();
    other.write("site/en/index.html", "mine");
    let said = other.relato(&["build", "-o", "site"]).with_code(2);
    assert!(said.err.contains("help: "), "{}", said.err);
    assert_eq!(other.read("site/en/index.html"), "mine");
}

#[test]
fn the_rules_are_pages_of_the_internal_site_in_both_languages() {
    let sandbox = Sandbox::own();
    let build = |as_of| sandbox.relato(&["build", "--audience", "internal", "--as-of", as_of]).with_code(0);
    build(NEW_YEAR);
    for (lang, heading) in [("en", "<h2>Why</h2>"), ("pt-BR", "<h2>Por quê</h2>")] {
        let index = sandbox.read(&format!("internal/{lang}/rules/index.html"));
        for rule in relato::rules::RULES.iter() {
            assert!(index.contains(&format!("<a href=\"{}.html\">", rule.name)), "{}", rule.name);
            let page = sandbox.read(&format!("internal/{lang}/rules/{}.html", rule.name));
            assert!(page.contains(heading) && page.contains("<pre><code"), "{lang} {}", rule.name);
        }
        let incident = sandbox.read(&format!("internal/{lang}/incidents/2017-11-10-oms.html"));
        assert!(incident.contains("<a href=\"../rules/index.html\">"), "{lang}");
    }
    let written = |below: &str| {
        let time =
            |path: &String| std::fs::metadata(sandbox.path(below).join(path)).unwrap().modified().unwrap();
        sandbox.files(below).iter().map(time).collect::<Vec<_>>()
    };
    let before = written("internal/en/rules");
    build("2027-01-01");
    assert_eq!(written("internal/en/rules"), before);
    // what customers read is not about how records are kept
    sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    assert!(sandbox.files("public").iter().all(|path| !path.contains("/rules/")));
    assert!(!sandbox.read("public/en/index.html").contains("rules/"));
}

/// Each internal field holds its own mark.
const MARKED: &str = "\
relato: 1
id: 2026-01-05-marked
status: reviewed
severity: mark-severity
timezone: UTC
title: {en: Public title, pt-BR: Título público}
summary: {en: Public summary., pt-BR: Resumo público.}
internal_summary: {en: mark-internal-summary, pt-BR: mark-internal-summary}
impacts:
  - id: mark-impact
    service: mark-service
    level: down
    started: 2026-01-05T10:00
    first_signal: 2026-01-05T10:01
    detected: 2026-01-05T10:02
    recovered: 2026-01-05T10:05
    verified: {at: 2026-01-05T10:06, signal: mark-signal, source: monitor}
    detection: {source: monitor, monitoring: fired, failure_mode: loud, monitors: [mark-monitor]}
    scope: {en: Public scope., pt-BR: Alcance público.}
timeline:
  - id: e-internal
    at: 2026-01-05T10:01
    type: note
    text: {en: mark-internal-event, pt-BR: mark-internal-event}
    actor: role:mark-internal-actor
    source: {kind: chat, ref: mark-source}
  - id: e-step
    at: 2026-01-05T10:03
    type: step
    visibility: public
    actor: role:mark-actor
    text: {en: Public step., pt-BR: Passo público.}
    verified_by: role:mark-second
    source: {kind: chat, ref: mark-step-source}
    step:
      key: mark-key
      intent: recover
      title: {en: Public title of a step, pt-BR: Título público de um passo}
      command: mark-command --now
      target: infra:mark-infra
      outcome: worked
      verify: {signal: mark-verify, expect: {en: mark-expect, pt-BR: mark-expect}, within: 5m}
      rollback: {how: {en: mark-rollback, pt-BR: mark-rollback}}
causes:
  - id: mark-cause
    role: root
    category: config
    confidence: confirmed
    impacts: [mark-impact]
    text: {en: mark-cause-text, pt-BR: mark-cause-text}
    evidence: [{kind: document, ref: mark-evidence}]
  - id: c-public
    role: contributing
    category: config
    confidence: confirmed
    impacts: [mark-impact]
    text: {en: mark-other-cause-text, pt-BR: mark-other-cause-text}
    public_text: {en: Public cause., pt-BR: Causa pública.}
actions:
  - id: A1
    title: {en: mark-action, pt-BR: mark-action}
    type: prevent
    owner: role:mark-owner
    team: mark-team
    due: 2026-02-01
    status: accepted
    addresses: [mark-cause]
  - id: A2
    title: {en: Public action, pt-BR: Ação pública}
    type: prevent
    owner: role:mark-public-owner
    contributors: [role:mark-contributor]
    team: mark-team
    due: 2026-02-02
    status: accepted
    addresses: [mark-cause]
    public_commitment: true
    note: {en: mark-note, pt-BR: mark-note}
    done_when: {en: mark-done-when, pt-BR: mark-done-when}
    tracker: {system: jira, key: MARK-1, url: \"https://mark-tracker.example.org/1\"}
    evidence: [{kind: document, ref: mark-action-evidence}]
x-notes: mark-notes
sources:
  - {id: mark-source-id, title: mark-source-title, language: en}
waivers:
  - {rule: recovery-over-target, reason: {en: mark-waiver, pt-BR: mark-waiver}, approved_by: role:mark-approver}
";

const MARKED_SERVICES: &str = "\
relato: 1
teams:
  mark-team: {name: {en: mark-team-name, pt-BR: mark-team-name}, timezone: UTC, accountable: role:mark-accountable}
infra:
  mark-infra: {kind: server, name: {en: mark-infra-name, pt-BR: mark-infra-name}}
services:
  mark-service:
    name: {en: mark-service-name, pt-BR: mark-service-name}
    public_name: {en: Public service, pt-BR: Serviço público}
    owner: team:mark-team
    class: critical
    runs_on: [mark-infra]
    escalation: [{after: 5m, to: role:mark-escalation}]
";

#[test]
fn no_internal_field_reaches_a_public_document() {
    let sandbox = Sandbox::with(&[
        ("services.yaml", MARKED_SERVICES),
        ("incidents/2026/2026-01-05-marked.yaml", MARKED),
    ]);
    let faults: Vec<_> = sandbox.findings().into_iter().filter(|one| one["rule"] == "key-unknown").collect();
    assert!(faults.is_empty(), "{faults:#?}");
    sandbox.relato(&["build", "--as-of", "2026-03-01"]).with_code(0);
    sandbox.relato(&["build", "--audience", "internal", "--as-of", "2026-03-01"]).with_code(0);
    let mut inside = String::new();
    for file in sandbox.files("internal") {
        inside += &sandbox.read(&format!("internal/{file}"));
    }
    for shown in ["mark-internal-summary", "mark-internal-event", "mark-cause-text", "mark-action"] {
        assert!(inside.contains(shown), "the internal site lacks {shown}");
    }
    let mut public = String::new();
    for file in sandbox.files("public") {
        let text = sandbox.read(&format!("public/{file}"));
        if let Some(line) = text.lines().find(|line| line.to_lowercase().contains("mark-")) {
            panic!("public/{file} holds an internal field: {line}");
        }
        public += &text;
    }
    for shown in
        ["Public title", "Resumo público", "Public service", "Public step", "Causa pública", "Ação pública"]
    {
        assert!(public.contains(shown), "the public site lacks {shown}");
    }
    for args in [&["--syntax", "markdown"][..], &["--syntax", "html", "--lang", "pt-BR"]] {
        let said = sandbox.relato(&[&["render", "2026-01-05-marked"], args].concat()).with_code(0);
        assert!(!said.out.to_lowercase().contains("mark-"), "{}", said.out);
    }
}

#[test]
fn a_document_is_stale_when_its_incident_changed_and_not_because_it_was_committed() {
    let sandbox = Sandbox::new();
    sandbox.relato(&["init"]).with_code(0);
    let write = ["render", "2026-01-15-example", "-o", "docs"];
    let check = ["render", "2026-01-15-example", "-o", "docs", "--check"];
    let file = "incidents/2026/2026-01-15-example.yaml";
    sandbox.relato(&check).with_code(1);
    assert_eq!(sandbox.relato(&write).with_code(0).out.lines().count(), 4);
    sandbox.relato(&check).with_code(0);
    assert_eq!(sandbox.relato(&write).with_code(0).out, "", "written once");
    // the incident and its documents in one commit, as a pull request has them
    sandbox.commit();
    sandbox.relato(&check).with_code(0);
    sandbox.write(file, sandbox.read(file).replace("eight minutes", "nine minutes"));
    let said = sandbox.relato(&check).with_code(1);
    assert_eq!(said.out.matches("stale ").count(), 4, "{}", said.out);
    assert!(said.err.contains("without `--check`"), "{}", said.err);
    sandbox.relato(&write).with_code(0);
    sandbox.commit();
    sandbox.relato(&check).with_code(0);
    // an unrelated commit
    sandbox.write("notes.txt", "x");
    sandbox.commit();
    sandbox.relato(&check).with_code(0);
    // as of another day
    sandbox.relato(&[&check[..], &["--as-of", "2030-01-01"]].concat()).with_code(0);
    // a document changed by hand
    let document = sandbox.files("docs").remove(0);
    sandbox.write(&format!("docs/{document}"), "mine");
    sandbox.relato(&check).with_code(1);
}

#[test]
fn rendering_says_what_is_wrong_with_what_was_asked_for() {
    let sandbox = Sandbox::own();
    sandbox.write("incidents/2026/2026-01-01-broken.yaml", "relato: {1");
    for (args, message) in [
        (&["render", "2026-01-01-broken"][..], "relato check"),
        (&["render", "2017-11-10-oms", "2022-12-18-order-imports"], "-o DIR"),
        (&["render", "2017-11-10-oms", "--target", "nothing"], "nothing"),
        (&["render", "2017-11-10-oms", "--check"], "--output"),
        (&["render", "2017-11-10-oms", "-o", "relato.yaml"], "relato.yaml"),
    ] {
        let said = sandbox.relato(args).with_code(2);
        assert!(said.err.contains(message), "{args:?}: {}", said.err);
        assert_eq!(said.out, "");
    }
    // the site is built without it, and says so
    let said = sandbox.relato(&["build"]).with_code(1);
    assert!(
        said.err.contains("left out: incidents/2026/2026-01-01-broken.yaml is not right as written"),
        "{}",
        said.err
    );
}

#[test]
fn what_is_only_proposed_is_counted_apart_in_the_list_and_on_the_site() {
    let actions = "\
actions:
  - {id: A1, title: {en: Alert, pt-BR: Alertar}, type: detect, status: accepted, owner: role:x}
  - {id: A2, title: {en: Test, pt-BR: Testar}, type: prevent, status: proposed}
  - {id: A3, title: {en: Grow, pt-BR: Aumentar}, type: prevent, status: proposed}
";
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &format!("{SMALLEST}{actions}"))]);
    let as_of = ["--as-of", "2023-01-01"];
    for (lang, expected) in [("en", "3 actions (2 proposed); "), ("pt-BR", "3 ações (2 propostas); ")] {
        let said = sandbox.relato(&[&["actions", "--lang", lang], &as_of[..]].concat()).with_code(0).out;
        assert!(said.contains(expected), "{said}");
    }
    sandbox.relato(&[&["build", "--audience", "internal", "-o", "inside"], &as_of[..]].concat()).with_code(0);
    for (page, expected) in [
        ("en/index.html", "1 action item is open. 2 are proposed, not yet accepted."),
        ("en/actions.html", "1 action item is open. 2 are proposed, not yet accepted."),
        ("pt-BR/actions.html", "1 item de ação em aberto. 2 propostos, ainda não aceitos."),
    ] {
        let text = sandbox.read(&format!("inside/{page}"));
        assert!(text.contains(expected), "{page}");
    }
}

#[test]
fn a_chart_draws_the_target_of_its_class_and_nothing_of_an_unknown_length() {
    let unknown =
        "  - {id: b, service: search, class: critical, started: 2022-12-18T10:00, recovered: unknown}
  - {id: c, service: export, class: non-critical, started: 2022-12-18T10:00, recovered: 2022-12-18T10:40}
";
    let first = SMALLEST.replace("  - service: order-import", "  - id: a\n    service: order-import");
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &format!("{first}{unknown}"))]);
    sandbox.relato(&["build", "-o", "out", "--as-of", "2023-01-01"]).with_code(0);
    let page = sandbox.read("out/en/statistics.html");
    let charts: Vec<&str> = page.split("<svg class=\"histogram\"").skip(1).collect();
    let [critical, other] = charts[..] else { panic!("{} charts", charts.len()) };
    for (chart, target) in [(critical, "10 min"), (other, "4 h")] {
        let chart = chart.split("</svg>").next().unwrap();
        assert_eq!(chart.matches("<line class=\"target\"").count(), 1, "{chart}");
        assert!(chart.contains(&format!("y=\"12\">{target}</text>")), "{chart}");
        assert_eq!(chart.matches("<rect").count(), 1, "{chart}");
    }
    assert!(
        critical.contains("1 more is not drawn: it is not even known to have lasted a minute."),
        "{critical}"
    );
    assert!(!other.split("</section>").next().unwrap().contains("not drawn"), "{other}");
    let told = sandbox.relato(&["stats", "--as-of", "2023-01-01"]).with_code(0).out;
    assert!(
        told.lines().any(|line| line.starts_with("not known") && line.trim_end().ends_with('1')),
        "{told}"
    );
}

#[test]
fn on_a_narrow_screen_an_empty_cell_has_no_label() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    sandbox.relato(&["build", "-o", "out", "--as-of", "2023-01-01"]).with_code(0);
    let style = sandbox.files("out").into_iter().find(|file| file.ends_with(".css")).unwrap();
    let style = sandbox.read(&format!("out/{style}"));
    let narrow = style.find("td::before { content: attr(data-label)").unwrap();
    assert!(style[narrow..].contains("table.rows td:empty { display: none; }"));
}

#[test]
fn pages_of_an_open_incident_stay_fresh_when_asked_as_of_the_commit_they_were_made_from() {
    let open =
        SMALLEST.replace("status: resolved", "status: open").replace("    recovered: 2022-12-19T18:08\n", "");
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &open)]);
    sandbox.git(&["init", "-q", "-b", "main"]);
    let commit = |day: &str| {
        sandbox.git(&["add", "-A"]);
        let date = format!("{day}T12:00:00Z");
        sandbox.git_as("a", "a@example.org", &date, &["commit", "-q", "-m", "change"]);
    };
    commit("2023-01-01");
    sandbox.relato(&["build", "--at", "HEAD", "-o", "docs"]).with_code(0);
    commit("2023-01-05");
    let made_from = sandbox.git(&["log", "-1", "--format=%H", "--", ":!docs"]);
    let check = |more: &[&str]| sandbox.relato(&[&["build", "-o", "docs", "--check"], more].concat()).code;
    assert_eq!(check(&["--at", &made_from]), 0);
    assert_eq!(check(&["--as-of", "2023-01-01T12:00:00Z"]), 0);
    // a later moment: the day the pages were committed, and today
    assert_eq!((check(&["--at", "HEAD"]), check(&[])), (1, 1));
}
