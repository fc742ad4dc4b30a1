//! Runbooks and search, from outside: what the next person on call reads, and what nobody else does.

use std::fs;

use crate::{
    entries::runs_nothing,
    sandbox::{NEW_YEAR, Sandbox, read, snapshot},
};

/// The package's own workspace, with what is hand-written.
fn own() -> Sandbox {
    let sandbox = Sandbox::own();
    sandbox.write("runbooks/oms-search.md", read("runbooks/oms-search.md"));
    sandbox
}

#[test]
fn the_pages_of_the_examples_say_what_to_do_and_what_not() {
    let sandbox = own();
    for service in ["oms-search", "order-workflow", "orderdesk-order-import"] {
        for (lang, danger) in [("en", "DANGER"), ("pt-BR", "PERIGO")] {
            let ask = |more: &[&str]| {
                let args = ["runbook", service, "--lang", lang, "--as-of", NEW_YEAR];
                sandbox.relato(&[&args[..], more].concat()).with_code(0).out
            };
            let page = ask(&["--format", "markdown"]);
            snapshot(&format!("runbook/{service}.{lang}.md"), &page);
            let short = ask(&[]);
            snapshot(&format!("runbook/{service}.{lang}.txt"), &short);
            // the first thing that is seen
            let first = short.split("\n\n").nth(1).unwrap();
            assert!(first.starts_with(&format!("!! {danger}: ")), "{first}");
            let body = page.split("\n---\n").nth(1).unwrap();
            let heading = body.lines().filter(|line| line.starts_with("##")).nth(1).unwrap();
            assert!(heading.starts_with(&format!("### {danger}: ")), "{heading}");
        }
    }
}

#[test]
fn a_terminal_shows_dangers_in_red() {
    let sandbox = own();
    let told = sandbox.relato(&["runbook", "oms-search", "--color", "always"]).with_code(0).out;
    let line = told.lines().find(|line| line.contains("DANGER")).unwrap();
    assert!(line.starts_with("\u{1b}[1m\u{1b}[31m!! DANGER: "), "{line:?}");
    let plain = sandbox.relato(&["runbook", "oms-search"]).with_code(0).out;
    assert!(!plain.contains('\u{1b}'));
}

#[test]
fn the_list_of_runbooks_and_their_rows_are_told() {
    let sandbox = own();
    let said = sandbox.relato(&["runbook", "--as-of", NEW_YEAR]).with_code(0);
    snapshot("runbook/list.txt", &said.out);
    let said =
        sandbox.relato(&["runbook", "order-workflow", "--format", "json", "--as-of", NEW_YEAR]).with_code(0);
    snapshot("runbook/order-workflow.json", &said.out);
    let attempt = &said.json()["runbooks"][0]["dangers"][0]["attempts"][0];
    let file = sandbox.read(attempt["file"].as_str().unwrap());
    let line = file.lines().nth(usize::try_from(attempt["line"].as_u64().unwrap()).unwrap() - 1).unwrap();
    assert!(line.trim_start().starts_with("step:") || line.contains("stop-worker-farm"), "{line}");
    let said = sandbox.relato(&["runbook", "oms-serach"]).with_code(2);
    assert!(said.err.contains("did you mean `oms-search`?"), "{}", said.err);
    let none = Sandbox::new().relato(&["runbook"]).with_code(0);
    assert!(none.out.starts_with("no runbooks; "), "{}", none.out);
}

#[test]
fn written_runbooks_are_fresh_until_an_incident_changes_them_and_no_others() {
    let sandbox = own();
    sandbox.commit();
    let check = || sandbox.relato(&["runbook", "--check", "--as-of", NEW_YEAR]);
    assert!(check().with_code(1).out.contains("stale runbooks/oms-search.en.md\n"));
    assert!(!sandbox.path("runbooks/oms-search.en.md").exists(), "a check writes nothing");
    sandbox.relato(&["runbook", "--write", "--as-of", NEW_YEAR]).with_code(0);
    check().with_code(0);
    let again = sandbox.relato(&["runbook", "--write", "--as-of", NEW_YEAR]).with_code(0);
    assert_eq!(
        (again.out.as_str(), again.err.as_str()),
        ("", "nothing to write: 22 pages are as they should be\n")
    );
    // committing them with nothing else leaves them fresh, at the commit as in the work tree
    sandbox.commit();
    assert_eq!(check().with_code(0).err, "22 pages are as they should be\n");
    sandbox.relato(&["runbook", "--check", "--at", "HEAD"]).with_code(0);
    for page in sandbox.files("runbooks") {
        let text = sandbox.read(&format!("runbooks/{page}"));
        assert!(!text.contains("commit"), "{text}");
    }
    // what is hand-written stays as it is
    assert_eq!(sandbox.read("runbooks/oms-search.md"), read("runbooks/oms-search.md"));
    let pages = sandbox.files("runbooks");
    assert_eq!(pages.len(), 11 * 2 + 1, "{pages:?}");
    let before: Vec<String> = pages.iter().map(|page| sandbox.read(&format!("runbooks/{page}"))).collect();
    sandbox.write(
        "incidents/2025/2025-06-01-export.yaml",
        "relato: 1\nid: 2025-06-01-export\ntimezone: UTC\nstatus: resolved\ntitle: {en: Export late, pt-BR: Exportação atrasada}\nimpacts:\n  - {service: order-export, started: 2025-06-01T10:00, detected: 2025-06-01T10:05, recovered: 2025-06-01T11:00}\ntimeline:\n  - {id: e1, at: 2025-06-01T10:30, type: step, step: {key: rerun-export, intent: recover, title: {en: Run the export again, pt-BR: Rodar a exportação de novo}, outcome: worked, took: 20m}}\n",
    );
    let stale = check().with_code(1).out;
    let named: Vec<&str> = stale.lines().filter(|line| line.starts_with("stale ")).collect();
    assert_eq!(named, ["stale runbooks/order-export.en.md", "stale runbooks/order-export.pt-BR.md"]);
    // nothing but what the incident tells, and the page's own revision
    snapshot("runbook/one-more.diff", &stale);
    sandbox.relato(&["runbook", "--write", "--as-of", NEW_YEAR]).with_code(0);
    for (page, before) in pages.iter().zip(before) {
        assert_eq!(
            sandbox.read(&format!("runbooks/{page}")) == before,
            !page.starts_with("order-export."),
            "{page}"
        );
    }
    check().with_code(0);
    // a service of which nothing is known any more: told, and nothing is removed
    fs::remove_dir_all(sandbox.path("incidents/2019")).unwrap();
    let said = check().with_code(1);
    assert!(
        said.err.contains("runbooks/productsup-platform-api.en.md: nothing makes this page any more"),
        "{}",
        said.err
    );
    assert!(said.err.contains("`git rm runbooks/productsup-platform-api.en.md`"), "{}", said.err);
    assert!(!said.err.contains("--write"), "writing would not help: {}", said.err);
    sandbox.relato(&["runbook", "--write", "--as-of", NEW_YEAR]).with_code(0);
    assert!(sandbox.path("runbooks/productsup-platform-api.en.md").exists());
}

#[test]
fn a_page_is_stale_only_when_it_would_say_something_else() {
    let sandbox = own();
    sandbox.commit();
    sandbox.relato(&["runbook", "--write", "--as-of", NEW_YEAR]).with_code(0);
    sandbox.commit();
    let stale = || {
        let said = sandbox.relato(&["runbook", "--check", "--as-of", NEW_YEAR]).out;
        said.lines().filter_map(|line| line.strip_prefix("stale ")).map(str::to_owned).collect::<Vec<_>>()
    };
    // an action is done, a comment is written, another service gets an owner: no page tells of these
    let path = "incidents/2017/2017-11-10-oms.yaml";
    let incident = sandbox.read(path);
    sandbox.write(path, incident.replacen("status: accepted", "status: in_progress", 1) + "# seen\n");
    assert!(sandbox.read(path).contains("status: in_progress"));
    let services = sandbox.read("services.yaml");
    sandbox.write("services.yaml", format!("{services}  zq-new: {{class: critical}}\n"));
    assert_eq!(stale(), Vec::<String>::new());
    // a word of one step in one language
    let incident = sandbox.read(path);
    let told = incident.replace("Switch off the worker farm", "Turn off the worker farm");
    assert_ne!(told, incident);
    sandbox.write(path, told);
    assert_eq!(stale(), ["runbooks/oms-search.en.md", "runbooks/order-workflow.en.md"]);
}

#[test]
fn what_someone_else_wrote_is_never_overwritten_and_keeps_no_other_page_from_being_written() {
    let sandbox = own();
    sandbox.write("runbooks/oms-search.en.md", "# Mine\n");
    for option in ["--write", "--check"] {
        let said = sandbox.relato(&["runbook", "oms-search", option]).with_code(1);
        assert!(said.err.contains("`runbooks/oms-search.en.md` was not written by relato"), "{}", said.err);
        assert!(said.err.contains("help: "), "{}", said.err);
    }
    let said = sandbox.relato(&["runbook", "--write"]).with_code(1);
    assert!(said.err.contains("`runbooks/oms-search.en.md` was not written by relato"), "{}", said.err);
    assert_eq!(sandbox.files("runbooks").len(), 11 * 2 + 1);
    assert_eq!(sandbox.read("runbooks/oms-search.en.md"), "# Mine\n");
    // the rest stands: only this one keeps the check from passing
    let said = sandbox.relato(&["runbook", "--check"]).with_code(1);
    assert_eq!(said.out, "");
    let said = sandbox.relato(&["runbook", "--check", "--lang", "pt-BR"]).with_code(1);
    assert!(said.err.contains("não foi escrito pelo relato"), "{}", said.err);
    fs::remove_file(sandbox.path("runbooks/oms-search.en.md")).unwrap();
    sandbox.relato(&["runbook", "--write"]).with_code(0);
    sandbox.relato(&["runbook", "--check"]).with_code(0);
    sandbox.commit();
    sandbox.relato(&["runbook", "--write", "--at", "HEAD"]).with_code(2);
}

#[test]
fn notes_of_no_service_are_noticed() {
    let sandbox = own();
    sandbox.write("runbooks/order-worklfow.md", "Restart it.\n");
    sandbox.write("runbooks/zq.md", "Of nobody.\n");
    sandbox.write("runbooks/README.md", "# What these are\n");
    sandbox.write("runbooks/_draft.md", "…\n");
    let expected = "runbooks/order-worklfow.md: no service has this name, so these notes stand on no page; did you mean `runbooks/order-workflow.md`?\nrunbooks/zq.md: no service has this name, so these notes stand on no page; notes are read from `runbooks/<service>.md`\n";
    assert_eq!(sandbox.relato(&["runbook"]).with_code(0).err, expected);
    assert!(sandbox.relato(&["runbook", "--write"]).with_code(0).err.starts_with(expected));
    let said = sandbox.relato(&["runbook", "--check", "--lang", "pt-BR"]).with_code(0);
    assert!(said.err.contains("você quis dizer `runbooks/order-workflow.md`?"), "{}", said.err);
    let said = sandbox.relato(&["build", "--audience", "internal", "--as-of", NEW_YEAR]).with_code(0);
    assert!(said.err.contains("did you mean `runbooks/order-workflow.md`?"), "{}", said.err);
    let said = sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    assert!(!said.err.contains("runbooks/"), "{}", said.err);
}

#[test]
fn at_night_the_notes_of_the_team_are_in_sight() {
    let sandbox = own();
    let short = sandbox.relato(&["runbook", "oms-search"]).with_code(0).out;
    assert!(
        short.contains("\nFrom the team: runbooks/oms-search.md\n  What it is. Order search serves"),
        "{short}"
    );
    assert!(short.contains("\n  …\n"), "{short}");
    sandbox.write("runbooks/oms-search.md", "## Before all\n\nRing the bell.\n");
    let short = sandbox.relato(&["runbook", "oms-search", "--lang", "pt-BR"]).with_code(0).out;
    assert!(
        short.contains("\nNotas da equipe: runbooks/oms-search.md\n  Before all\n  Ring the bell.\n\n"),
        "{short}"
    );
    assert!(short.ends_with("relato runbook oms-search --format markdown\n"), "{short}");
    let none = sandbox.relato(&["runbook", "order-workflow"]).with_code(0).out;
    assert!(!none.contains("runbooks/"), "{none}");
}

#[test]
fn a_question_about_the_past_is_not_answered_by_what_came_after() {
    let sandbox = own();
    let ask = |as_of: &str| {
        let args = ["runbook", "orderdesk-order-import", "--format", "json", "--as-of", as_of];
        sandbox.relato(&args).with_code(0).json()["runbooks"][0].clone()
    };
    let counts = |page: &serde_json::Value| {
        let step =
            page["steps"].as_array().unwrap().iter().find(|it| it["key"] == "migrate-orders-id-bigint");
        step.map(|step| (step["counts"]["attempts"].clone(), step["counts"]["worked"].clone()))
    };
    assert_eq!(ask("2022-12-17")["incidents"], serde_json::json!([]));
    // the first attempt had begun and not ended; then it had; then all of them
    assert_eq!(counts(&ask("2022-12-19T01:00:00-05:00")), None);
    let first = ask("2022-12-19T02:00:00-05:00");
    assert_eq!(counts(&first), Some((1.into(), 0.into())), "{first:#}");
    assert_eq!(counts(&ask("2022-12-25")), Some((3.into(), 1.into())));
    let page = |as_of: &str| {
        let args = ["runbook", "orderdesk-order-import", "--format", "markdown", "--as-of", as_of];
        sandbox.relato(&args).with_code(0).out
    };
    let then = page("2022-12-19T02:00:00-05:00");
    assert!(then.contains("Not over when the record was written.") && !then.contains("99%"), "{then}");
    // statistics likewise
    let stats = |as_of: &str| {
        let said = sandbox.relato(&["stats", "--format", "json", "--as-of", as_of]).with_code(0).json();
        said["periods"][0]["incidents"]["count"].clone()
    };
    assert_eq!(stats("2014-01-01"), 0);
    assert_eq!(stats("2018-01-01"), 2);
    assert_eq!(stats(NEW_YEAR), 4);
}

#[test]
fn a_row_of_a_step_says_how_to_do_it() {
    let incident = "relato: 1\nid: 2025-01-05-shop\ntimezone: UTC\nstatus: resolved\ntitle: {en: Shop down, pt-BR: Loja fora}\nimpacts:\n  - {service: shop, started: 2025-01-05T10:00, recovered: 2025-01-05T11:00}\ntimeline:\n  - {id: e1, at: 2025-01-05T10:10, type: step, step: {key: drain, intent: recover, changes_state: true, title: {en: Drain it, pt-BR: Esvaziar}, outcome: worked, took: 5m, command: queue drain <queue>, preconditions: [{en: Nobody writes, pt-BR: Ninguém grava}], expected: {took: 4m, sign: {en: It shrinks, pt-BR: Ela diminui}}, verify: {signal: length, expect: {en: none, pt-BR: zero}, within: 10m}, rollback: {how: {en: Fill it, pt-BR: Encher}}, hazard: {level: caution, text: {en: Slow, pt-BR: Lento}}, costs: {en: ten minutes, pt-BR: dez minutos}}}\n";
    let sandbox = Sandbox::with(&[("incidents/2025/2025-01-05-shop.yaml", incident)]);
    let said =
        sandbox.relato(&["runbook", "shop", "--format", "json", "--as-of", NEW_YEAR]).with_code(0).json();
    let step = &said["runbooks"][0]["steps"][0];
    for (field, expected) in [
        ("command", serde_json::json!("queue drain <queue>")),
        ("changes_state", serde_json::json!(true)),
        ("preconditions", serde_json::json!([{"en": "Nobody writes", "pt-BR": "Ninguém grava"}])),
        (
            "expected",
            serde_json::json!({"sign": {"en": "It shrinks", "pt-BR": "Ela diminui"}, "took": {"min_seconds": 240, "max_seconds": 240}}),
        ),
        (
            "verify",
            serde_json::json!({"signal": "length", "expect": {"en": "none", "pt-BR": "zero"}, "within_seconds": 600}),
        ),
        ("rollback", serde_json::json!({"en": "Fill it", "pt-BR": "Encher"})),
        ("hazard", serde_json::json!({"level": "caution", "text": {"en": "Slow", "pt-BR": "Lento"}})),
        ("costs", serde_json::json!([{"en": "ten minutes", "pt-BR": "dez minutos"}])),
        ("approval", serde_json::Value::Null),
    ] {
        assert_eq!(step[field], expected, "{field}");
    }
    assert_eq!(step["took"]["median"]["min_seconds"], 300);
    // each field is told where the others are
    let documented = read("docs/machines.md");
    for field in step.as_object().unwrap().keys() {
        assert!(documented.contains(&format!("`{field}`")), "{field}");
    }
}

/// One service with everything that a step can hold; `TEXT` is whatever someone wrote.
const HOSTILE: &str = "\
relato: 1
id: 2025-01-05-hostile
timezone: UTC
status: resolved
title: {en: TEXT, pt-BR: TEXT}
impacts:
  - {service: shop, started: 2025-01-05T10:00, detected: 2025-01-05T10:05, recovered: 2025-01-05T11:00, scope: {en: TEXT, pt-BR: TEXT}}
timeline:
  - id: e1
    at: 2025-01-05T10:10
    type: step
    text: {en: TEXT, pt-BR: TEXT}
    step:
      key: TEXT
      intent: recover
      changes_state: true
      title: {en: TEXT, pt-BR: TEXT}
      target: service:shop
      preconditions: [{en: TEXT, pt-BR: TEXT}]
      command: TEXT
      costs: {en: TEXT, pt-BR: TEXT}
      outcome: OUTCOME
      hazard: {level: LEVEL, text: {en: TEXT, pt-BR: TEXT}}
      verify: {signal: TEXT, expect: {en: TEXT, pt-BR: TEXT}, within: 5m}
      rollback: {how: {en: TEXT, pt-BR: TEXT}}
";

const HOSTILE_SERVICES: &str = "\
relato: 1
services:
  shop:
    name: {en: TEXT, pt-BR: TEXT}
    class: critical
    escalation: [{after: 5m, to: TEXT}]
    alerts: [TEXT]
";

#[test]
fn no_text_of_a_step_breaks_out_of_its_place() {
    for text in [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "a `b` ``` c ```` d",
        "line\n```\n# not a heading\n```sh { name=evil }\nrm -rf /\n```\n~~~\nend",
        "\u{1b}[31m!! red\u{1b}[0m\n!! DANGER: not one\r\n\u{202e}reversed",
        "| a | b |\n|---|---|\n[x](javascript:alert(1)) ![y](http://x/y.png)",
        "---\ntitle: mine\n---\n",
        "{{ t(key=\"x\") }} {% raw %} {$x}",
    ] {
        let quoted = serde_json::to_string(text).unwrap();
        for (outcome, level) in [("worked", "caution"), ("worse", "danger")] {
            let incident =
                HOSTILE.replace("TEXT", &quoted).replace("OUTCOME", outcome).replace("LEVEL", level);
            let sandbox = Sandbox::with(&[
                ("incidents/2025/2025-01-05-hostile.yaml", incident.as_str()),
                ("services.yaml", &HOSTILE_SERVICES.replace("TEXT", &quoted)),
                ("runbooks/shop.md", &format!("Notes\n\n{text}")),
            ]);
            let short = sandbox.relato(&["runbook", "shop", "--as-of", NEW_YEAR]).with_code(0).out;
            assert!(!short.contains(['\u{1b}', '\u{202e}', '\r']), "{short:?}");
            let dangers = short.lines().filter(|line| line.starts_with("!! ")).count();
            assert_eq!(dangers, usize::from(outcome == "worse"), "{short}");
            let page = sandbox.relato(&["runbook", "shop", "--format", "markdown"]).with_code(0).out;
            let (front, body) = page.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
            assert!(front.ends_with("\ngenerated_by: relato runbook"), "{front}");
            check_markdown(body, outcome);
            sandbox.relato(&["build", "--audience", "internal", "--as-of", NEW_YEAR]).with_code(0);
            let files = sandbox.files("internal");
            let pages: Vec<&String> =
                files.iter().filter(|file| file.contains("/runbooks/") && file.ends_with(".html")).collect();
            assert_eq!(pages.len(), 6, "{pages:?}");
            for page in pages {
                runs_nothing(&sandbox.read(&format!("internal/{page}")));
            }
            let found = sandbox.relato(&["search", "heading", "alert", "red"]).with_code(0).out;
            assert!(!found.contains(['\u{1b}', '\u{202e}', '\r']), "{found:?}");
        }
    }
}

/// The page is whole: its headings are its own, its code is what the step says, and nothing is run as HTML.
fn check_markdown(body: &str, outcome: &str) {
    use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag};
    let (mut sections, mut titles, mut fences) = (0, 0, Vec::new());
    for event in Parser::new(body) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {body}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("{dest_url}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(!dest_url.contains("javascript"), "{dest_url}")
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => sections += 1,
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => titles += 1,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if !info.is_empty() => {
                fences.push(info.to_string())
            }
            _ => {}
        }
    }
    let worse = outcome == "worse";
    assert_eq!(titles, 1, "{body}");
    // dangers, first, own, seen, look, one section of steps, verify, posts, unknown, evidence
    assert_eq!(sections, if worse { 10 } else { 9 }, "{body}");
    // a dangerous command is text, and offered to nobody to run
    assert_eq!(fences.len(), 1, "{fences:?} in {body}");
    match worse {
        true => assert_eq!(fences, ["text"]),
        // what looks like a place to be filled in is not offered either
        false if body.contains("Fill in first: ") => assert_eq!(fences, ["text"]),
        false => assert!(
            fences[0].starts_with("sh { name=") && fences[0].ends_with(" excludeFromRunAll=true }"),
            "{fences:?}"
        ),
    }
}

#[test]
fn a_check_that_changes_nothing_is_offered_to_be_run() {
    let incident = "relato: 1\nid: 2025-01-05-shop\ntimezone: UTC\nstatus: resolved\ntitle: {en: Shop down, pt-BR: Loja fora}\nimpacts:\n  - {service: shop, started: 2025-01-05T10:00, recovered: 2025-01-05T11:00}\ntimeline:\n  - {id: e1, at: 2025-01-05T10:10, type: step, step: {key: count-queue, intent: diagnose, changes_state: false, title: {en: Count the queue, pt-BR: Contar a fila}, outcome: worked, command: queue count}}\n  - {id: e2, at: 2025-01-05T10:20, type: step, step: {key: count-one, intent: diagnose, title: {en: Count one, pt-BR: Contar uma}, outcome: worked, command: queue count <queue>}}\n";
    let services = "relato: 1\nservices:\n  shop: {class: critical, alerts: [ShopDown], runbook: {last_reviewed: 2025-12-01, by: role:shop-lead}}\n  queue: {class: critical, alerts: [ShopDown, QueueGrows]}\n";
    let sandbox =
        Sandbox::with(&[("incidents/2025/2025-01-05-shop.yaml", incident), ("services.yaml", services)]);
    let page = sandbox.relato(&["runbook", "shop", "--format", "markdown"]).with_code(0).out;
    assert!(page.contains("```sh { name=count-queue }\nqueue count\n```\n"), "{page}");
    // a shell would take `<queue>` for a file to read: nothing offers to run it
    assert!(page.contains("Fill in first: &lt;queue&gt;.\n\n```text\nqueue count <queue>\n```\n"), "{page}");
    let short = sandbox.relato(&["runbook", "shop", "--lang", "pt-BR"]).with_code(0).out;
    assert!(short.contains("    Antes de rodar, preencha: <queue>.\n    $ queue count <queue>\n"), "{short}");
    assert!(page.contains("Reviewed on December 1, 2025 by shop-lead."), "{page}");
    let look = page.find("Look first: this changes nothing").unwrap();
    assert!(look < page.find("### Count the queue").unwrap());
    // an alert leads to its services, in the terminal and in the site
    let both = sandbox.relato(&["runbook", "ShopDown"]).with_code(0).out;
    assert_eq!(both.matches("Runbook: ").count(), 2, "{both}");
    sandbox.relato(&["build", "--audience", "internal", "--as-of", NEW_YEAR]).with_code(0);
    for (alert, services) in [("ShopDown", 2), ("QueueGrows", 1)] {
        for lang in ["en", "pt-BR"] {
            let html = sandbox.read(&format!("internal/{lang}/runbooks/alerts/{alert}.html"));
            assert_eq!(html.matches("<section>").count(), services, "{html}");
            assert!(html.contains(&format!("{alert}</h1>")), "{html}");
        }
    }
    let again = sandbox.relato(&["build", "--audience", "internal", "--as-of", NEW_YEAR]).with_code(0);
    assert!(again.err.contains(": 0 files written"), "{}", again.err);
    // a workspace may ask for the front matter of TechDocs
    let target = read("templates/runbook/target.yaml").replace("techdocs: false", "techdocs: true");
    sandbox.write("templates/runbook/target.yaml", target);
    let page = sandbox.relato(&["runbook", "shop", "--format", "markdown"]).with_code(0).out;
    assert!(page.contains("\ntags: [runbook, \"critical\"]\n---\n"), "{page}");
}

#[test]
fn nothing_of_a_runbook_is_public() {
    let sandbox = own();
    let services = read("services.yaml").replacen(
        "    role: order-search\n",
        "    role: order-search\n    alerts: [zqAlert]\n    runbook: {last_reviewed: 2020-01-01, by: role:zq-reviewer}\n",
        1,
    );
    let incident = read("incidents/2017/2017-11-10-oms.yaml").replacen(
        "      blast_radius_checked: false\n",
        "      blast_radius_checked: false\n      command: zq-command\n      preconditions: [{en: zq before, pt-BR: zq antes}]\n      costs: {en: zq costs, pt-BR: zq custos}\n      keep: true\n      keep_reason: {en: zq reason, pt-BR: zq motivo}\n",
        1,
    );
    sandbox.write("services.yaml", services);
    sandbox.write("incidents/2017/2017-11-10-oms.yaml", incident);
    sandbox.write("runbooks/oms-search.md", "zq notes of the team\n");
    sandbox.relato(&["build", "--audience", "internal", "--as-of", NEW_YEAR]).with_code(0);
    let inside = sandbox.read("internal/en/runbooks/oms-search.html");
    for mark in ["zqAlert", "zq-reviewer", "zq-command", "zq before", "zq costs", "zq reason", "zq notes"] {
        assert!(inside.contains(mark), "{mark}");
    }
    // the search of the internal site finds the page of the service and that of the alert, by the alert's name as well
    let index = |name: &str| -> String {
        let files =
            sandbox.files("internal").into_iter().filter(|file| file.starts_with(&format!("search/{name}-")));
        files.map(|file| sandbox.read(&format!("internal/{file}"))).collect()
    };
    for page in
        ["en/runbooks/oms-search.html", "pt-BR/runbooks/oms-search.html", "en/runbooks/alerts/zqAlert.html"]
    {
        assert!(index("d").contains(&format!("\"{page}\"")), "{page}");
    }
    assert!(index("w").contains("\"zqalert\":"));
    sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    for file in sandbox.files("public") {
        let bytes =
            String::from_utf8_lossy(&fs::read(sandbox.path("public").join(&file)).unwrap()).into_owned();
        assert!(!bytes.contains("zq") && !file.contains("runbook"), "{file}");
        assert!(!bytes.to_lowercase().contains("runbook") || file == "style.css", "{file}");
    }
    let said = sandbox.relato(&["render", "2017-11-10-oms", "--target", "runbook"]).with_code(2);
    assert!(said.err.contains("`runbook`"), "{}", said.err);
}

#[test]
fn a_symptom_finds_what_looks_alike_in_either_language() {
    let sandbox = own();
    let ask = |symptom: &str, more: &[&str]| {
        let args = ["runbook", "--symptom", symptom, "--as-of", NEW_YEAR];
        sandbox.relato(&[&args[..], more].concat()).with_code(0)
    };
    snapshot(
        "runbook/symptom.en.txt",
        &ask("database deadlocks, migration slow", &["orderdesk-order-import"]).out,
    );
    snapshot("runbook/symptom.pt-BR.txt", &ask("pedidos nao avancam, chamados", &["--lang", "pt-BR"]).out);
    for (symptom, incident) in [
        ("deadlock", "2022-12-18-order-imports"),
        ("importacao com zero produtos", "2019-12-05-platform-api-import"),
        ("reinicio do servidor errado", "2014-10-23-task-processing"),
        ("orders do not reach the erp", "2017-11-10-oms"),
    ] {
        let answer = ask(symptom, &["--format", "json"]).json();
        assert_eq!(answer["incidents"][0]["id"], incident, "{symptom}: {answer:#}");
    }
    // the place is where the likeness is, in the language that was asked for
    let answer = ask("99%", &["orderdesk-order-import", "--format", "json", "--lang", "pt-BR"]).json();
    let found = &answer["incidents"][0];
    let file = sandbox.read(found["file"].as_str().unwrap());
    let line = file.lines().nth(usize::try_from(found["line"].as_u64().unwrap()).unwrap() - 1).unwrap();
    assert!(line.contains("99%") && line.trim_start().starts_with("pt-BR"), "{line}: {found:#}");
    let told = ask("deadlocks", &["orderdesk-order-import"]).out;
    let place = told.lines().find(|line| line.contains(".yaml:")).unwrap();
    assert!(place.contains("deadlocks") && !place.contains(".yaml:9:"), "{place}");
    // an incident that hurt a service by a step alone, the words of a hazard, and the names of services
    let incident = read("incidents/2017/2017-11-10-oms.yaml")
        .replace("affects: [order-workflow]", "affects: [order-workflow, order-export]");
    assert!(incident.contains("order-workflow, order-export"));
    sandbox.write("incidents/2017/2017-11-10-oms.yaml", incident);
    let services =
        read("services.yaml") + "  zq-mail: {name: {en: Mailer, pt-BR: Carteiro}, class: critical}\n";
    sandbox.write("services.yaml", services);
    let hazard = "relato: 1\nid: 2020-01-05-mail\ntimezone: UTC\nstatus: resolved\ntitle: {en: Nothing, pt-BR: Nada}\nimpacts:\n  - {id: i, service: order-export, started: 2020-01-05T10:00, recovered: 2020-01-05T11:00}\ntimeline:\n  - {id: e1, at: 2020-01-05T10:10, type: step, impacts: [i], step: {key: k, title: {en: Do it, pt-BR: Fazer}, outcome: worked, hazard: {level: danger, affects: [zq-mail], text: {en: Empties the postbag., pt-BR: Esvazia o malote.}}}}\n";
    sandbox.write("incidents/2020/2020-01-05-mail.yaml", hazard);
    for symptom in ["malote", "mailer", "zq-mail"] {
        let answer = ask(symptom, &["zq-mail", "--format", "json"]).json();
        assert_eq!(answer["incidents"][0]["id"], "2020-01-05-mail", "{symptom}: {answer:#}");
        assert!(answer["incidents"][0]["line"].as_u64().unwrap() > 0, "{answer:#}");
    }
    // the danger is seen even when the symptom is like something else
    let told = ask("wave reload", &["oms-search"]).out;
    assert!(told.trim_start().starts_with("!! DANGER: Switch off the worker farm"), "{told}");
    sandbox.relato(&["runbook", "--symptom", "…"]).with_code(2);
}

#[test]
fn search_finds_words_in_both_languages_with_their_place() {
    let sandbox = own();
    let ask = |args: &[&str]| sandbox.relato(&[&["search"], args].concat());
    for (words, file, part) in [
        ("MIGRACAO", "incidents/2022/2022-12-18-order-imports.yaml", "migra"),
        ("worker farm", "incidents/2017/2017-11-10-oms.yaml", "worker farm"),
        ("metade da lamina", "services.yaml", "lâmina"),
        ("set-task-counter", "incidents/2014/2014-10-23-task-processing.yaml", "set-task-counter"),
        ("reading feed wave", "runbooks/oms-search.md", "feed"),
    ] {
        let answer = ask(&[words, "--format", "json"]).with_code(0).json();
        let results = answer["results"].as_array().unwrap();
        let places = results
            .iter()
            .filter(|row| row["file"] == file)
            .flat_map(|row| row["places"].as_array().unwrap());
        let text = sandbox.read(file);
        let mut seen = 0;
        for place in places {
            let line =
                text.lines().nth(usize::try_from(place["line"].as_u64().unwrap()).unwrap() - 1).unwrap();
            let field = place["field"].as_str().unwrap();
            let folded = text.to_lowercase();
            assert!(folded.contains(&part.to_lowercase()), "{part}");
            seen += usize::from(line.to_lowercase().contains(&part.to_lowercase()) || !field.is_empty());
        }
        assert!(seen > 0, "{words}: {answer:#}");
    }
    let said = ask(&["deadlocks", "--as-of", NEW_YEAR]).with_code(0);
    snapshot("runbook/search.txt", &said.out);
    // where both languages say it, the one that was asked for is quoted
    for (lang, words) in [("pt-BR", "dados"), ("en", "database")] {
        let told = ask(&["deadlocks", "--lang", lang]).with_code(0).out;
        let places: Vec<&str> = told.lines().filter(|line| line.contains(".yaml:")).collect();
        assert!(!places.is_empty() && places.iter().all(|place| place.contains(words)), "{told}");
    }
    let said = ask(&["deadlocks", "--max", "0"]).with_code(2);
    assert_eq!(
        said.err,
        "error: `--max 0` would show nothing\n  help: write how many are wanted, like `--max 5`; `--exit-code` asks only whether there are any\n"
    );
    let none = ask(&["zzzz", "--exit-code"]).with_code(1);
    assert_eq!(none.out, "nothing found\n");
    ask(&["…"]).with_code(2);
}
