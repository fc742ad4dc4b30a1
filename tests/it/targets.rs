//! Targets, from outside: drafts, what does not fit, what is stale, what becomes public, a language of the workspace.

use serde_json::Value;

use crate::sandbox::{NEW_YEAR, SMALLEST, SMALLEST_FILE, Sandbox, read};

#[test]
fn the_next_post_is_written_or_what_it_lacks_is_named() {
    let services = "relato: 1\nservices:\n  order-import: {public_name: {en: Order import, pt-BR: Importação de pedidos}, pt_gender: f, class: critical, owner: role:x, escalation: [{after: 5m, to: role:x}]}\n";
    let incident = SMALLEST
        .replace("    class: critical          # only while there is no services.yaml\n", "")
        .replace("status: resolved", "status: open");
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &incident), ("services.yaml", services)]);
    let draft = |state: &str, lang: &str| {
        let as_of = "2022-12-18T21:30:00Z";
        sandbox.relato(&[
            "render",
            "2022",
            "--target",
            "status-post",
            "--state",
            state,
            "--as-of",
            as_of,
            "--lang",
            lang,
        ])
    };
    let said = draft("investigating", "pt-BR").with_code(0);
    assert_eq!(
        said.out,
        "Desde as 16h20 (UTC−5; 21h20 UTC), a Importação de pedidos está indisponível. Estamos investigando. Próxima atualização até as 17h00 (UTC−5; 22h00 UTC).\n"
    );
    assert!(said.err.contains("next_update_by: 2022-12-18T22:00Z"), "{}", said.err);
    let said = draft("identified", "en").with_code(1);
    assert_eq!(said.out, "Next update by 17:00 (UTC−5; 22:00 UTC).\n");
    assert!(
        said.err.contains("comms.parts.cause_plain: the cause in plain words is missing"),
        "{}",
        said.err
    );
    let said = sandbox.relato(&["render", "2022", "--state", "monitoring"]).with_code(2);
    assert!(said.err.contains("--target status-post"), "{}", said.err);
}

#[test]
fn what_does_not_fit_its_reader_is_told_and_never_cut() {
    let title = "long ".repeat(60);
    let incident = SMALLEST.replace("en: Order imports stopped", &format!("en: {title}"));
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &incident)]);
    let said = sandbox.relato(&["render", "2022", "--target", "statuspage-api", "--lang", "en"]).with_code(1);
    assert_eq!(said.out, "");
    for shown in [
        "error[document-over-limit]: `2022-12-18-order-imports.json` does not fit its reader",
        "/requests/0/body/incident/name` is 299 long, and 255 is the most there",
        "--> incidents/2022/2022-12-18-order-imports.yaml:5:1",
    ] {
        assert!(said.err.contains(shown), "{shown}\n{}", said.err);
    }
    let said = sandbox.relato(&["build", "--as-of", NEW_YEAR, "--lang", "en"]).with_code(1);
    assert!(
        said.err.contains("`statuspage-api/2022-12-18-order-imports.json` does not fit its reader"),
        "{}",
        said.err
    );
    // asked before anything is published, in every form that findings have
    let found = sandbox.relato(&["check", "--documents", "--format", "json", "--lang", "en"]).with_code(1);
    let found = found.findings();
    let over: Vec<&Value> = found.iter().filter(|it| it["rule"] == "document-over-limit").collect();
    assert_eq!(over.len(), 1, "{found:?}");
    assert_eq!((&over[0]["field"], &over[0]["severity"]), (&"title".into(), &"error".into()));
    let found = sandbox.relato(&["check", "--format", "json"]).findings();
    assert!(!found.iter().any(|it| it["rule"] == "document-over-limit"), "{found:?}");
    assert!(!sandbox.path("public/statuspage-api").exists());
    // whoever does not use it leaves it out
    sandbox.write("relato.yaml", "relato: 1\ntargets: [postmortem, jekyll-post]\n");
    sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    let files = sandbox.files("public");
    assert!(files.iter().any(|file| file.starts_with("jekyll-post/")), "{files:?}");
    assert!(
        !files.iter().any(|file| file.starts_with("slack/") || file.starts_with("status-json/")),
        "{files:?}"
    );
    sandbox.write("relato.yaml", "relato: 1\ntargets: [nothing]\n");
    let said = sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(2);
    assert!(said.err.contains("`nothing`") && said.err.contains("`postmortem`"), "{}", said.err);
}

#[test]
fn what_a_form_cannot_say_is_a_warning() {
    let incident = SMALLEST.replace("    started:", "    level: degraded\n    started:");
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &incident)]);
    let said = sandbox.relato(&["render", "2022", "--target", "cstate", "--lang", "en"]).with_code(0);
    assert!(said.out.contains("severity: disrupted"), "{}", said.out);
    assert!(
        said.err
            .contains("warning[lossy-export]: `content/issues/2022-12-18-order-imports.md` cannot say all")
            && said.err.contains("cState has no word for “degraded”")
            && said.err.contains(".yaml:9:12"),
        "{}",
        said.err
    );
    let build =
        |sandbox: &Sandbox| sandbox.relato(&["build", "--as-of", NEW_YEAR, "--lang", "en"]).with_code(0).err;
    assert!(build(&sandbox).contains("1 thing could not be said in the form of a document"));
    // accepted for a time, and not held against the file where no document is rendered
    let waived = incident.clone()
        + "waivers: [{rule: lossy-export, reason: {en: Nobody reads it., pt-BR: Ninguém lê.}, approved_by: role:x, until: 2026-03-01}]\n";
    sandbox.write(SMALLEST_FILE, waived);
    assert!(!build(&sandbox).contains("could not be said"));
    for more in [&[][..], &["--documents"]] {
        let args = [&["check", "--format", "json", "--as-of", NEW_YEAR], more].concat();
        let found = sandbox.relato(&args).findings();
        let told = |rule: &str| found.iter().filter(|it| it["rule"] == rule).count();
        assert_eq!((told("lossy-export"), told("waiver-unused")), (more.len(), 0), "{found:?}");
    }
}

#[test]
fn what_a_form_cannot_say_is_told_in_the_language_of_who_asks() {
    let incident = SMALLEST.replace("    started:", "    level: degraded\n    started:");
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &incident)]);
    let found = |lang: &str| {
        let args = ["check", "--documents", "--only", "lossy-export", "--as-of", NEW_YEAR, "--lang", lang];
        sandbox.relato(&args).with_code(0).out
    };
    let (en, pt) = (found("en"), found("pt-BR"));
    assert!(en.contains("cannot say all: ") && en.contains("has no word for “degraded”"), "{en}");
    assert!(!en.contains("o cState não tem"), "{en}");
    assert!(pt.contains("não diz tudo: ") && pt.contains("com degradação"), "{pt}");
    assert!(!pt.contains("has no word"), "{pt}");
}

#[test]
fn what_is_wrong_with_a_template_is_shown_with_its_line() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    let said = |path: &str, text: &str, lang: &str| {
        sandbox.write(&format!("templates/postmortem/{path}"), text);
        let said = sandbox.relato(&["render", "2022", "--lang", lang]).with_code(2).err;
        std::fs::remove_file(sandbox.path(&format!("templates/postmortem/{path}"))).unwrap();
        said
    };
    assert_eq!(
        said("body.md", "# Ação: {{ incident.titel }}\n", "en"),
        "error: field `titel` is not defined. Available fields: actions, apology, causes, data, data_statements, definitions, extent, id, impacts, kind, lessons, postmortems, posts, published, services, status, steps, summary, timeline, title, unaffected, zone
 --> templates/postmortem/body.md:1:21
  |
1 | # Ação: {{ incident.titel }}
  |                     ^^^^^
  |
  = help: take the file out of the workspace's `templates/` to use the embedded one
"
    );
    for (path, text, shown) in [
        ("body.md", "a\n{{ t(key=\"nothing\") }}\n", "2 | {{ t(key=\"nothing\") }}\n  |    ^"),
        ("body.md", "{% if x %}", "1 | {% if x %}\n  |           ^"),
        ("pt-BR.ftl", "heading-timeline = { \n", "templates/postmortem/pt-BR.ftl:"),
        ("target.yaml", "documents: 1\n", "1 | documents: 1\n  |            ^"),
    ] {
        let err = said(path, text, "pt-BR");
        assert!(err.starts_with("erro: ") && err.contains(shown), "{err}");
    }
}

/// Every view that a target may have, with templates that only this workspace has.
#[test]
fn the_workspaces_own_targets_are_rendered_like_the_embedded_ones() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    for (view, audiences, file, text) in [
        (
            "incident",
            "public, internal",
            "{language}/{incident}.md",
            "{{ incident.title }} · {{ page.audience }}\n",
        ),
        ("actions", "internal", "{language}/all.md", "{{ board.day }}\n"),
        ("status", "public", "{language}/now.json", "{\"is\": {{ status.indicator | json }}}\n"),
    ] {
        let name = format!("own-{view}");
        let template = if view == "status" { "body.json" } else { "body.md" };
        let target = format!(
            "view: {view}\naudiences: [{audiences}]\ndocuments: [{{template: {template}, file: '{file}'}}]\n"
        );
        sandbox.write(&format!("templates/{name}/target.yaml"), target);
        sandbox.write(&format!("templates/{name}/{template}"), text);
    }
    let render = |args: &[&str]| {
        sandbox.relato(&[&["render", "--lang", "en", "--as-of", NEW_YEAR], args].concat()).with_code(0).out
    };
    assert_eq!(render(&["2022", "--target", "own-incident"]), "Order imports stopped · public\n");
    assert_eq!(
        render(&["2022", "--target", "own-incident", "--audience", "internal"]),
        "Order imports stopped · internal\n"
    );
    assert_eq!(render(&["--target", "own-actions", "--audience", "internal"]), "January 1, 2026\n");
    assert_eq!(render(&["--target", "own-status"]), "{\n  \"is\": \"none\"\n}\n");
    assert!(render(&["--target", "own-status", "-o", "out"]).contains("pt-BR/now.json"));
    assert_eq!(sandbox.files("out"), ["en/now.json", "pt-BR/now.json"]);
    sandbox.relato(&["render", "--target", "own-status", "-o", "out", "--check"]).with_code(0);
    let schema = sandbox.relato(&["schema", "--view", "own-status"]).with_code(0);
    assert!(schema.out.contains("indicator"), "{}", schema.out);
    // as `build` writes it, from the same incidents
    sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    let feed = render(&["--target", "status-json", "--syntax", "xml"]);
    assert!(feed.contains("<feed"), "{feed}");
    sandbox.relato(&["render", "--target", "status-json", "-o", "status", "--as-of", NEW_YEAR]).with_code(0);
    for file in sandbox.files("status") {
        let built = sandbox.read(&format!("public/status-json/{file}"));
        assert_eq!(sandbox.read(&format!("status/{file}")), built, "{file}");
    }
    // a page of the site leads to the other forms, and only to those that are built
    let page = sandbox.read("public/pt-BR/incidents/2022-12-18-order-imports.html");
    for link in ["../../status-post/pt-BR/2022-12-18-order-imports.html", "../../own-incident/pt-BR/"] {
        assert!(page.contains(&format!("href=\"{link}")), "{link}\n{page}");
    }
    sandbox.write("relato.yaml", "relato: 1\ntargets: [postmortem, status-post]\n");
    sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    let page = sandbox.read("public/pt-BR/incidents/2022-12-18-order-imports.html");
    assert!(page.contains("../../status-post/") && !page.contains("own-incident"), "{page}");
    // what tells of services is printed by another command
    let said = sandbox
        .relato(&["render", "--target", "runbook", "--audience", "internal", "--lang", "en"])
        .with_code(2);
    assert!(said.err.contains("relato runbook SERVICE"), "{}", said.err);
    sandbox.write(
        "templates/own-actions/target.yaml",
        "view: service\ndocuments: [{template: body.md, file: '{service}.md'}]\n",
    );
    let said = sandbox.relato(&["render", "2022"]).with_code(2);
    assert!(said.err.contains("alone: change its templates"), "{}", said.err);
}

#[test]
fn a_committed_site_is_stale_when_its_incidents_changed_and_the_difference_is_shown() {
    let sandbox = Sandbox::own();
    let build =
        |more: &[&str]| sandbox.relato(&[&["build", "-o", "docs", "--as-of", NEW_YEAR], more].concat());
    build(&["--check"]).with_code(1);
    assert!(!sandbox.path("docs").exists());
    build(&[]).with_code(0);
    assert_eq!(build(&["--check"]).with_code(0).out, "");
    // both in one commit, as a pull request has them
    sandbox.commit();
    assert_eq!(build(&["--check"]).with_code(0).out, "");
    let file = "incidents/2022/2022-12-18-order-imports.yaml";
    sandbox.write(file, sandbox.read(file).replace("Order imports stopped at", "Order imports ceased at"));
    let said = build(&["--check"]).with_code(1);
    assert!(
        said.out.contains("stale blog-post/en/2022-12-18-order-imports.md\n--- a/blog-post/en/"),
        "{}",
        said.out
    );
    assert!(
        said.out.contains("-# Order imports stopped at the limit")
            && said.out.contains("+# Order imports ceased at")
    );
    // lists name every incident; the pages of another one are as they were
    assert!(!said.out.contains("incidents/2017-11-10-oms.html\n---"), "{}", said.out);
    // a page that nothing asks for any more
    std::fs::remove_file(sandbox.path("incidents/2014/2014-10-23-task-processing.yaml")).unwrap();
    assert!(
        build(&["--check"])
            .with_code(1)
            .out
            .contains("stale cstate/content/issues/2014-10-23-task-processing.md")
    );
}

#[test]
fn building_what_changed_gives_the_same_site_as_building_all() {
    let sandbox = Sandbox::own();
    let build =
        |more: &[&str]| sandbox.relato(&[&["build", "--as-of", NEW_YEAR], more].concat()).with_code(0);
    sandbox.commit();
    build(&[]);
    let file = "incidents/2022/2022-12-18-order-imports.yaml";
    sandbox.write(file, sandbox.read(file).replace("Order imports stopped at", "Order imports ceased at"));
    let said = build(&["--changed-since", "HEAD"]);
    assert!(!said.err.contains(" 0 files written"), "{}", said.err);
    build(&["-o", "whole"]);
    let files = sandbox.files("whole");
    assert_eq!(sandbox.files("public"), files);
    for file in files.iter().filter(|file| !file.ends_with(".relato-manifest")) {
        assert_eq!(sandbox.read(&format!("public/{file}")), sandbox.read(&format!("whole/{file}")), "{file}");
    }
    // what all documents share
    sandbox.write(
        "services.yaml",
        sandbox.read("services.yaml").replace("en: Order import,", "en: Importing of orders,"),
    );
    build(&["--changed-since", "HEAD"]);
    build(&["-o", "whole"]);
    for file in sandbox.files("whole").iter().filter(|file| !file.ends_with(".relato-manifest")) {
        assert_eq!(sandbox.read(&format!("public/{file}")), sandbox.read(&format!("whole/{file}")), "{file}");
    }
    sandbox.relato(&["build", "--changed-since", "nothing"]).with_code(2);
}

#[test]
fn what_becomes_public_is_told_sentence_by_sentence() {
    let sandbox = Sandbox::own();
    sandbox.commit();
    let explain =
        || sandbox.relato(&["render", "2022", "--explain-disclosure", "--lang", "en"]).with_code(0).out;
    assert!(
        explain().starts_with("2022-12-18-order-imports: 0 sentences become public since HEAD\n"),
        "{}",
        explain()
    );
    let file = "incidents/2022/2022-12-18-order-imports.yaml";
    let text = sandbox.read(file);
    sandbox.write(
        file,
        text.replace(
            "    customers noticed first. Widening",
            "    customers noticed first. We knew on Sunday. Widening",
        ),
    );
    let said = explain();
    assert!(said.starts_with("2022-12-18-order-imports: 1 sentence becomes public since HEAD\n"), "{said}");
    assert!(said.contains("\n+ summary (en): We knew on Sunday.\n"), "{said}");
    assert!(said.contains("\n  title (en): Order imports stopped at the limit of an ID field\n"), "{said}");
    assert!(!said.contains("\n- "), "{said}");
}

#[test]
fn the_view_of_a_target_is_documented() {
    for (target, audience, name) in [
        ("status-post", "public", "posts"),
        ("postmortem", "internal", "severity"),
        ("status-json", "public", "indicator"),
    ] {
        let sandbox = Sandbox::new();
        let said = sandbox.relato(&["schema", "--view", target, "--audience", audience]).with_code(0);
        let schema: Value = serde_json::from_str(&said.out).unwrap();
        assert!(said.out.contains(&format!("\"{name}\": {{")), "{target}");
        let mut undocumented = Vec::new();
        let defs = schema["$defs"].as_object().unwrap();
        for (of, def) in defs {
            for (field, value) in def["properties"].as_object().into_iter().flatten() {
                if value["description"].as_str().is_none_or(str::is_empty) {
                    undocumented.push(format!("{of}.{field}"));
                }
            }
        }
        assert_eq!(undocumented, Vec::<String>::new(), "{target}");
    }
}

/// A language that relato does not speak, added by files of the workspace alone.
#[test]
fn a_workspace_adds_a_language_by_files_alone() {
    let sandbox = Sandbox::with(&[(
        SMALLEST_FILE,
        &SMALLEST.replace(
            "{en: Order imports stopped, pt-BR: Importação de pedidos parada}",
            "{en: Order imports stopped, es: Importación de pedidos detenida}",
        ),
    )]);
    sandbox
        .write("relato.yaml", "relato: 1\norg: {languages: [en, es]}\ntargets: [postmortem, status-post]\n");
    let spanish = read("templates/en.ftl")
        .replace("language-name = English", "language-name = Español")
        .replace("list-last = { $first } and { $second }", "list-last = { $first } y { $second }")
        .replace("decimal-separator = .", "decimal-separator = ,")
        .replace("group-separator = ,", "group-separator = .")
        .replace(
            "months = January, February, March, April, May, June, July, August, September, October, November, December",
            "months = enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre",
        )
        .replace("date = { $month } { $day }, { $year }", "date = { $day } de { $month } de { $year }");
    sandbox.write("templates/es.ftl", spanish);
    let shared = read("templates/shared/en.ftl")
        .replace("status-resolved = Resolved", "status-resolved = Resuelto")
        .replace("level-down = unavailable", "level-down = no disponible")
        .replace("heading-timeline = Timeline", "heading-timeline = Cronología")
        .replace("page-postmortem = Postmortem", "page-postmortem = Informe")
        .replace("verdict-breached = missed", "verdict-breached = incumplido");
    sandbox.write("templates/shared/es.ftl", shared);
    for folder in ["postmortem", "site"] {
        sandbox.write(&format!("templates/{folder}/es.ftl"), read(&format!("templates/{folder}/en.ftl")));
    }
    sandbox.write("templates/status-post/es.ftl", "report-for = Informe de incidente de { $organisation }\npost-not-recorded = No consta.\naffected-services = Este incidente afectó a: { $services }.\n");
    sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(0);
    let page = sandbox.read("public/es/incidents/2022-12-18-order-imports.html");
    for shown in [
        "lang=\"es\"",
        "Importación de pedidos detenida",
        "18 de diciembre de 2022",
        "Resuelto",
        "Cronología",
        "incumplido",
        "Español",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert!(
        sandbox
            .read("public/status-post/es/2022-12-18-order-imports.md")
            .contains("Este incidente afectó a: Affected service.")
    );
    // a file that lacks a phrase is named with the phrase
    sandbox.write("templates/status-post/es.ftl", "report-for = { $organisation }\n");
    let said = sandbox.relato(&["build", "--as-of", NEW_YEAR]).with_code(2);
    assert!(
        said.err.contains("templates/status-post/es.ftl` has no phrase `affected-services`"),
        "{}",
        said.err
    );
}
