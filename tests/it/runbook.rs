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

/// A page without the id of its inputs, which changes with every word of the workspace.
fn unstamped(page: &str) -> String {
    let mut out = String::new();
    for (at, part) in page.split("inputs ").enumerate() {
        let hash = part.chars().take_while(char::is_ascii_hexdigit).count();
        out += match at {
            0 => part,
            _ => &part[hash..],
        };
    }
    let mut out = out.replace("entradas ", "");
    if let Some(at) = out.find("Feito a partir das ") {
        let hash = out[at + 19..].chars().take_while(char::is_ascii_hexdigit).count();
        out.replace_range(at + 19..at + 19 + hash, "");
    }
    out
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
            let page = unstamped(&ask(&["--format", "markdown"]));
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
    assert_eq!(sandbox.relato(&["runbook", "--write", "--as-of", NEW_YEAR]).with_code(0).out, "");
    // committing them with nothing else leaves them fresh, at the commit as in the work tree
    sandbox.commit();
    check().with_code(0);
    sandbox.relato(&["runbook", "--check", "--at", "HEAD"]).with_code(0);
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
    for line in
        ["+### Run the export again", "+### Rodar a exportação de novo", "+**funcionou em 1 de 1 tentativa**"]
    {
        assert!(stale.contains(line), "{line} in {stale}");
    }
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
    assert!(said.err.contains("runbooks/productsup-platform-api.en.md: nothing is known"), "{}", said.err);
    sandbox.relato(&["runbook", "--write", "--as-of", NEW_YEAR]).with_code(0);
    assert!(sandbox.path("runbooks/productsup-platform-api.en.md").exists());
}

#[test]
fn what_someone_else_wrote_is_never_overwritten() {
    let sandbox = own();
    sandbox.write("runbooks/oms-search.en.md", "# Mine\n");
    for option in ["--write", "--check"] {
        let said = sandbox.relato(&["runbook", "oms-search", option]).with_code(2);
        assert!(said.err.contains("`runbooks/oms-search.en.md` was not written by relato"), "{}", said.err);
        assert!(said.err.contains("help: "), "{}", said.err);
    }
    assert_eq!(sandbox.read("runbooks/oms-search.en.md"), "# Mine\n");
    sandbox.commit();
    sandbox.relato(&["runbook", "--write", "--at", "HEAD"]).with_code(2);
}

/// One service with everything that a step can hold; `TEXT` is whatever someone wrote.
const HOSTILE: &str = "\
relato: 1
id: 2026-01-05-hostile
timezone: UTC
status: resolved
title: {en: TEXT, pt-BR: TEXT}
impacts:
  - {service: shop, started: 2026-01-05T10:00, detected: 2026-01-05T10:05, recovered: 2026-01-05T11:00, scope: {en: TEXT, pt-BR: TEXT}}
timeline:
  - id: e1
    at: 2026-01-05T10:10
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
                ("incidents/2026/2026-01-05-hostile.yaml", incident.as_str()),
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
        false => assert!(
            fences[0].starts_with("sh { name=") && fences[0].ends_with(" excludeFromRunAll=true }"),
            "{fences:?}"
        ),
    }
}

#[test]
fn a_check_that_changes_nothing_is_offered_to_be_run() {
    let incident = "relato: 1\nid: 2026-01-05-shop\ntimezone: UTC\nstatus: resolved\ntitle: {en: Shop down, pt-BR: Loja fora}\nimpacts:\n  - {service: shop, started: 2026-01-05T10:00, recovered: 2026-01-05T11:00}\ntimeline:\n  - {id: e1, at: 2026-01-05T10:10, type: step, step: {key: count-queue, intent: diagnose, changes_state: false, title: {en: Count the queue, pt-BR: Contar a fila}, outcome: worked, command: queue count}}\n  - {id: e2, at: 2026-01-05T10:20, type: step, step: {key: count-one, intent: diagnose, title: {en: Count one, pt-BR: Contar uma}, outcome: worked, command: queue count <queue>}}\n";
    let services = "relato: 1\nservices:\n  shop: {class: critical, alerts: [ShopDown], runbook: {last_reviewed: 2025-12-01, by: role:shop-lead}}\n  queue: {class: critical, alerts: [ShopDown, QueueGrows]}\n";
    let sandbox =
        Sandbox::with(&[("incidents/2026/2026-01-05-shop.yaml", incident), ("services.yaml", services)]);
    let page = sandbox.relato(&["runbook", "shop", "--format", "markdown"]).with_code(0).out;
    assert!(page.contains("```sh { name=count-queue }\nqueue count\n```\n"), "{page}");
    assert!(
        page.contains("```sh { name=count-one excludeFromRunAll=true }\nqueue count <queue>\n```\n"),
        "{page}"
    );
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
    let none = ask(&["zzzz", "--exit-code"]).with_code(1);
    assert_eq!(none.out, "nothing found\n");
    ask(&["…"]).with_code(2);
}
