//! Tests of whole documents.

mod drafts;
mod html;
mod look;
mod phrases;
mod runbooks;
mod targets;

use std::sync::{LazyLock, Mutex};

use proptest::prelude::*;
use snapbox::{Data, assert_data_eq};

use super::*;
use crate::{
    archive::Archive,
    measure::measure,
    query::stats::{StatFacts, StatFilter, StatQuestion, Step, periods, stats},
    source::{Memory, Tree, WorkTree},
};

const MARKED: &str = include_str!("testdata/marked.yaml");
const MARKED_SERVICES: &str = include_str!("testdata/marked.services.yaml");
const SMALLEST: &str = "\
relato: 1
id: 2022-12-18-order-imports
timezone: America/New_York
status: resolved
title: {en: Order imports stopped, pt-BR: Importação de pedidos parada}
impacts:
  - service: order-import
    class: critical
    started: 2022-12-18T16:20
    detected: 2022-12-18T20:00
    recovered: 2022-12-19T18:08
";

/// Every page of a site, by path, and what is left out.
struct Site {
    documents: Vec<Document>,
    left_out: Vec<LeftOut>,
}

impl Site {
    fn text(&self, path: &str) -> &str {
        let found = self.documents.iter().find(|document| document.path == path);
        std::str::from_utf8(&found.unwrap_or_else(|| panic!("no {path}")).bytes).unwrap()
    }
}

fn as_of() -> Instant {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

/// A renderer for a site of every target.
fn whole(renderer: Renderer) -> Renderer {
    let names: Vec<String> = renderer.targets().iter().map(|target| target.name.clone()).collect();
    renderer.with_built(names)
}

fn site(tree: &dyn Tree, audience: Audience, overrides: &[(String, Vec<u8>)]) -> Result<Site, RenderError> {
    let archive = Archive::open(tree, None).unwrap();
    let settings = &archive.settings;
    // templates are read once, as for ten thousand incidents
    static EMBEDDED: LazyLock<Renderer> =
        LazyLock::new(|| whole(Renderer::new(&["en".to_owned(), "pt-BR".to_owned()], &[]).unwrap()));
    let own;
    let renderer = match overrides.is_empty() && settings.org.languages == ["en", "pt-BR"] {
        true => &*EMBEDDED,
        false => {
            own = whole(Renderer::new(&settings.org.languages, overrides)?);
            &own
        }
    };
    let stamp = Stamp::Commit("0123456789abcdef0123456789abcdef01234567".to_owned());
    let frame = SiteFrame { settings, audience, as_of: as_of() };
    let documents = vec![renderer.style(), renderer.script(), renderer.site_root(&frame)?];
    let mut site = Site { documents, left_out: Vec::new() };
    let mut found: Vec<(IncidentRow, Vec<Entry>)> = Vec::new();
    let lists: Mutex<Vec<Document>> = Mutex::default();
    let put = |document: Document| -> Result<(), RenderError> {
        lists.lock().unwrap().push(document);
        Ok(())
    };
    for language in &settings.org.languages {
        let (mut incidents, mut actions, mut listed, mut facts) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for at in 0..archive.files().len() {
            let reading = archive.read(at).unwrap();
            let incident = reading.incident.unwrap_or_else(|| panic!("{:?}", reading.faults));
            let measured = measure(&incident, settings, &archive.catalogue, as_of());
            let input = DocumentInput {
                incident: &incident,
                measured: &measured,
                settings,
                catalogue: &archive.catalogue,
                audience,
                language,
                placement: Placement::Site,
                stamp: &stamp,
                as_of: as_of(),
            };
            let told = renderer.tell(&input)?;
            for target in renderer
                .targets()
                .iter()
                .filter(|it| it.view == View::Incident)
                .filter(|target| target.is_for(audience) && target.is_due(incident.status))
            {
                for kind in target.documents() {
                    site.documents.push(told.document(target, kind)?);
                }
            }
            site.left_out.extend(told.left_out().iter().cloned());
            listed.extend(told.listed());
            let row = renderer.incident_row(&input)?;
            let entry = renderer.entry(&input, &row);
            match found.iter_mut().find(|(known, _)| known.id == row.id) {
                Some((_, entries)) => entries.push(entry),
                None => found.push((row.clone(), vec![entry])),
            }
            incidents.push(row);
            actions.extend(renderer.action_rows(&input, &FirstIsLate)?);
            facts.extend(StatFacts::of(&incident, &measured, settings, as_of(), &StatFilter::default()));
        }
        let catalogue = &archive.catalogue;
        let status = StatusInput { frame, language, catalogue, incidents: &listed, in_site: true };
        for target in renderer.targets().iter().filter(|it| it.view == View::Status && it.is_for(audience)) {
            site.documents.extend(renderer.status(target, &status)?);
        }
        let by =
            |step| periods(&facts, &StatQuestion { by: Some(step), ..StatQuestion::default() }, settings);
        let input = ListsInput {
            frame,
            catalogue: &archive.catalogue,
            language,
            incidents: &incidents,
            actions: &actions,
            runbooks: &[],
            whole: &stats(&facts, &StatQuestion::default(), settings),
            years: &by(Step::Year),
            quarters: &by(Step::Quarter),
        };
        renderer.site_lists(&input, &put)?;
    }
    let found = found.iter().map(|(row, entries)| (row, entries.clone())).collect();
    renderer.site_search(&frame, &archive.catalogue, &[], found, &put)?;
    site.documents.extend(lists.into_inner().unwrap());
    Ok(site)
}

/// The first action of each incident is late, and all of them lie in one file.
struct FirstIsLate;

impl ActionsNow for FirstIsLate {
    fn days_overdue(&self, at: usize) -> i64 {
        if at == 0 { 3 } else { 0 }
    }

    fn source(&self, at: usize) -> Option<String> {
        Some(format!("https://forge.example/file#L{}", at + 10))
    }
}

fn memory(incident: &str, services: Option<&str>) -> Memory {
    let services = services.map(|text| ("services.yaml".to_owned(), text.to_owned()));
    let id = incident.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
    Memory::new([(format!("incidents/2026/{id}.yaml"), incident.to_owned())].into_iter().chain(services))
}

#[test]
fn a_trend_is_spoken_of_where_the_test_says_so() {
    let told = |count: i64, minutes: &dyn Fn(i64) -> i64| {
        let files = (0..count).map(|at| {
            let (year, month) = (2020 + at / 12, at % 12 + 1);
            let id = format!("{year}-{month:02}-10-orders");
            let minutes = minutes(at);
            let text = format!(
                "relato: 1\nid: {id}\ntimezone: UTC\nstatus: reviewed\ntitle: {{en: Orders stopped, pt-BR: Pedidos parados}}\n\
                 impacts:\n  - {{service: orders, class: critical, started: {year}-{month:02}-10T01:00Z, recovered: {year}-{month:02}-10T{:02}:{:02}Z}}\n",
                1 + minutes / 60,
                minutes % 60,
            );
            (format!("incidents/{id}.yaml"), text)
        });
        let services =
            "relato: 1\nservices: {orders: {public_name: {en: Orders, pt-BR: Pedidos}}}\n".to_owned();
        let files: Vec<_> = files.chain([("services.yaml".to_owned(), services)]).collect();
        site(&Memory::new(files), Audience::Public, &[]).unwrap()
    };
    let said = |count, minutes: &dyn Fn(i64) -> i64, en: &str, pt: &str| {
        let site = told(count, minutes);
        for (page, words) in [("en/statistics.html", en), ("pt-BR/statistics.html", pt)] {
            assert!(site.text(page).contains(words), "{words}");
        }
        site
    };
    let rise = said(
        14,
        &|at| 5 + 20 * at,
        "There is evidence that recovery takes longer than it used to (14 incidents).",
        "Há indício de que a recuperação demora mais do que antes (14 incidentes).",
    );
    // three impacts a quarter, and two in the last
    assert_eq!(rise.text("en/statistics.html").matches("class=\"estimate few\"").count(), 5);
    assert!(rise.text("en/statistics.html").contains(">Q1 2021</th>"));
    assert!(rise.text("pt-BR/statistics.html").contains(">1º tri. 2021</th>"));
    said(14, &|at| 300 - 20 * at, "takes less time than it used to", "demora menos do que antes");
    said(14, &|at| if at % 2 == 0 { 30 } else { 40 }, "No evidence that", "Não há indício");
    said(9, &|at| 5 + 20 * at, "too few to speak of a trend", "poucos para falar em tendência");
}

#[test]
fn nothing_internal_reaches_a_public_document() {
    let told = site(&memory(MARKED, Some(MARKED_SERVICES)), Audience::Public, &[]).unwrap();
    for document in &told.documents {
        assert_unmarked(document, "zq");
        let readable = crate::leak::Guard::readable_html(&String::from_utf8_lossy(&document.bytes));
        let readable = Document::of(document.path.clone(), readable);
        for number in
            ["4321", "4.321", "4,321", "12.5", "12,5", "876", "7 h 13 min", "2147483647", "2,147,483,647"]
        {
            // geometry holds any number
            assert_unmarked(if document.path.ends_with(".html") { &readable } else { document }, number);
        }
    }
    let shown = [
        "title",
        "summary.",
        "search",
        "scope.",
        "statement.",
        "residual.",
        "other",
        "event.",
        "step",
        "cause.",
        "action",
        "second action",
        "lesson.",
    ];
    for path in ["en/incidents/2026-03-01-marked.md", "en/incidents/2026-03-01-marked.html"] {
        for shown in shown {
            assert!(told.text(path).contains(&format!("Shown {shown}")), "{shown} in {path}");
        }
    }
    let fields: Vec<&str> = told.left_out.iter().map(|left| left.field.as_str()).collect();
    assert_eq!(fields, ["impacts[1].service", "actions[2].due"].repeat(2));
}

#[test]
fn a_public_document_holds_the_public_texts_and_no_other() {
    let tree = memory(MARKED, Some(MARKED_SERVICES));
    let archive = Archive::open(&tree, None).unwrap();
    let incident = archive.read(0).unwrap().incident.unwrap();
    let mut public = std::collections::BTreeSet::new();
    incident.each_public_text(&mut |path, text| {
        public.insert((path.field(), text.get("en").unwrap_or_default().to_owned()));
    });
    let told = site(&tree, Audience::Public, &[]).unwrap();
    let page = told.text("en/incidents/2026-03-01-marked.md");
    incident.each_text(&mut |path, text| {
        let field = path.field();
        let text = text.get("en").unwrap_or_default().to_owned();
        // posts are published elsewhere
        if field.to_string().starts_with("comms") {
            return;
        }
        let listed = public.contains(&(field.clone(), text.clone()));
        assert_eq!(page.contains(&text), listed, "{field}: {text}");
    });
}

#[test]
fn the_embedded_templates_add_nothing_that_must_stay_inside() {
    let guard = crate::leak::Guard::new(&Default::default(), &Default::default());
    let own = WorkTree::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let trees: [&dyn Tree; 3] = [&own, &memory(MARKED, Some(MARKED_SERVICES)), &memory(SMALLEST, None)];
    for tree in trees {
        for document in site(tree, Audience::Public, &[]).unwrap().documents {
            let text = String::from_utf8(document.bytes).unwrap();
            for text in
                [crate::leak::Guard::readable_html(&text), crate::leak::Guard::readable_markdown(&text)]
            {
                assert_eq!(guard.leaks(&text), [], "{}", document.path);
            }
        }
    }
}

#[test]
fn an_internal_document_holds_what_a_public_one_must_not() {
    let told = site(&memory(MARKED, Some(MARKED_SERVICES)), Audience::Internal, &[]).unwrap();
    for path in ["en/incidents/2026-03-01-marked.md", "en/incidents/2026-03-01-marked.html"] {
        for held in [
            "zq-severity",
            "zq internal summary",
            "zq service name",
            "zq nameless name",
            "zq-accepter",
            "zq-actor",
            "zq internal event",
            "zq-command --force",
            "zq costs",
            "zq hazard",
            "zq internal step",
            "zq cause",
            "zq reason",
            "zq hidden cause",
            "zq-owner",
            "ZQ-101",
            "zq internal action",
            "zq someday",
            "zq-channel",
            "zq source title",
            "2025-01-01-zq",
            "4,321",
            "12.5%",
            "7 h 13 min",
        ] {
            assert!(told.text(path).contains(held), "{held} in {path}");
        }
    }
}

fn assert_unmarked(document: &Document, mark: &str) {
    let text = String::from_utf8_lossy(&document.bytes).to_lowercase();
    let at = text
        .find(mark)
        .map(|at| text.get(at.saturating_sub(80)..(at + 40).min(text.len())).unwrap_or_default().to_owned());
    assert_eq!(at, None, "`{mark}` in {}", document.path);
}

/// Texts that try to leave the place they stand in.
fn hostile() -> impl Strategy<Value = String> {
    let tricks = proptest::sample::select(vec![
        "<script>alert(1)</script>",
        "</title></main></body></html>",
        "\" onmouseover=\"x",
        "' onfocus='x",
        "]]>",
        "<!--",
        "-->",
        "{{ page.title }}",
        "{% raw %}",
        "```",
        "---",
        "***",
        "| a | b |",
        "\n\n# Title\n",
        "\n---\n",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/p.png)",
        "<img src=x onerror=y>",
        "&lt;b&gt;",
        "\\",
        "`",
        "\u{202E}",
        "\u{200F}",
        "🔥",
        "عربي",
        "\u{0}",
        "\r\n",
        "a: b",
        "- x",
        "1. x",
        "> q",
        "\t",
        "<https://ok.example>",
    ]);
    proptest::collection::vec(
        prop_oneof![tricks.prop_map(str::to_owned), "[a-zA-Z ]{1,8}", "\\PC{0,6}"],
        1..4,
    )
    .prop_map(|parts| parts.concat())
    .prop_filter("blank text is absent", |text| !text.trim().is_empty())
}

fn status() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["open", "monitoring", "resolved", "reviewed", "closed"])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_texts_hold_pages_stay_whole_and_inert(text in hostile(), status in status()) {
        let quoted = serde_json::to_string(&text).unwrap();
        let mut incident = MARKED.replace("status: resolved", &format!("status: {status}"));
        for shown in ["Shown title", "Shown post.", "Shown symptom", "Shown summary.", "Shown scope.", "Shown event.", "Shown step", "Shown cause.", "Shown action", "Shown lesson.", "Shown residual.", "zq internal summary", "zq-severity", "zq someday", "zq note", "zq costs", "zq-command --force", "zq source title"] {
            incident = incident.replacen(shown, &quoted, 1);
        }
        let services = MARKED_SERVICES.replace("Shown search", &quoted).replace("zq service name", &quoted);
        for audience in [Audience::Public, Audience::Internal] {
            let told = site(&memory(&incident, Some(&services)), audience, &[]).unwrap();
            for document in &told.documents {
                targets::well_formed(document);
            }
            let markdown = told.text("en/incidents/2026-03-01-marked.md");
            let (front, body) = markdown.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap();
            let front: std::collections::BTreeMap<String, String> = serde_yaml::from_str(front).unwrap();
            let line = Some(escape::one_line(&text)).filter(|line| !line.is_empty());
            prop_assert_eq!(front.get("title"), Some(&line.unwrap_or_else(|| "2026-03-01-marked".to_owned())));
            prop_assert!(markdown::is_safe(body), "{}", body);
            // every heading and table of the document is where it belongs
            let headings = body.lines().filter(|line| line.starts_with("## ")).count();
            prop_assert_eq!(headings, if audience == Audience::Public { 8 } else { 11 }, "{}", body);
        }
    }

    #[test]
    fn marks_stay_inside_whatever_else_the_record_holds(
        status in status(),
        kind in proptest::sample::select(vec!["incident", "near_miss", "maintenance"]),
        level in proptest::sample::select(vec!["down", "degraded", "delayed", "wrong_results", "data_loss", "exposure"]),
        drop in proptest::collection::vec(any::<bool>(), 60),
        catalogue in any::<bool>()
    ) {
        let mut incident = String::new();
        for (at, line) in MARKED.lines().enumerate() {
            // some lines of single optional fields are left out
            let optional = line.starts_with("    ") && !line.contains("- ") && !line.trim_end().ends_with(':') && !line.contains("service:");
            if optional && drop.get(at % drop.len()) == Some(&true) {
                continue;
            }
            incident.push_str(line);
            incident.push('\n');
        }
        let incident = incident.replace("status: resolved", &format!("status: {status}\nkind: {kind}")).replace("level: down", &format!("level: {level}"));
        let told = site(&memory(&incident, catalogue.then_some(MARKED_SERVICES)), Audience::Public, &[]).unwrap();
        for document in &told.documents {
            assert_unmarked(document, "zq");
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let tree = memory(MARKED, Some(MARKED_SERVICES));
    let render = || site(&tree, Audience::Internal, &[]).unwrap().documents;
    assert_eq!(render(), render());
}

#[test]
fn the_examples_are_told_as_whole_pages() {
    let tree = WorkTree::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    for audience in [Audience::Public, Audience::Internal] {
        for document in site(&tree, audience, &[]).unwrap().documents {
            if document.path.ends_with(".html") {
                html::check(std::str::from_utf8(&document.bytes).unwrap());
            }
        }
    }
}

#[test]
fn the_smallest_incident_reads_well() {
    let told = site(&memory(SMALLEST, None), Audience::Public, &[]).unwrap();
    let path = |language: &str, extension: &str| {
        format!("{language}/incidents/2022-12-18-order-imports.{extension}")
    };
    snapshot(told.text(&path("en", "md")), snapbox::file!["snapshots/smallest.en.md": Text]);
    snapshot(told.text(&path("pt-BR", "md")), snapbox::file!["snapshots/smallest.pt-BR.md": Text]);
    snapshot(told.text(&path("en", "html")), snapbox::file!["snapshots/smallest.en.html": Text]);
}

#[test]
fn a_rich_incident_reads_well() {
    let public = site(&memory(MARKED, Some(MARKED_SERVICES)), Audience::Public, &[]).unwrap();
    let internal = site(&memory(MARKED, Some(MARKED_SERVICES)), Audience::Internal, &[]).unwrap();
    let page = "pt-BR/incidents/2026-03-01-marked.md";
    snapshot(public.text(page), snapbox::file!["snapshots/rich.public.pt-BR.md": Text]);
    snapshot(
        internal.text("en/incidents/2026-03-01-marked.md"),
        snapbox::file!["snapshots/rich.internal.en.md": Text],
    );
    snapshot(
        public.text("en/incidents/2026-03-01-marked.html"),
        snapbox::file!["snapshots/rich.public.en.html": Text],
    );
    snapshot(public.text("en/index.html"), snapbox::file!["snapshots/home.public.en.html": Text]);
    snapshot(public.text("pt-BR/actions.html"), snapbox::file!["snapshots/actions.public.pt-BR.html": Text]);
    snapshot(internal.text("en/actions.html"), snapbox::file!["snapshots/actions.internal.en.html": Text]);
    let service = "en/services/shown-search.html";
    snapshot(public.text(service), snapbox::file!["snapshots/service.public.en.html": Text]);
    snapshot(
        public.text("pt-BR/statistics.html"),
        snapbox::file!["snapshots/statistics.public.pt-BR.html": Text],
    );
}

fn snapshot(text: &str, expected: Data) {
    assert_data_eq!(Data::text(text.to_owned()).raw(), expected.raw());
}

#[test]
fn a_workspace_overrides_templates_and_phrases_by_path() {
    let render = |path: &str, text: &str| {
        let overrides = [(path.to_owned(), text.as_bytes().to_vec())];
        site(&memory(SMALLEST, None), Audience::Public, &overrides)
    };
    let page = "en/incidents/2022-12-18-order-imports.html";
    let told = render("postmortem/body.html", "<p>{{ incident.title }}</p>\n").unwrap();
    assert_eq!(told.text(page), "<p>Order imports stopped</p>\n");
    let told = render(
        "shared/layout.html",
        "{% extends \"builtin/shared/layout.html\" %}{% block content %}mine{% endblock content %}",
    );
    assert!(told.unwrap().text(page).contains("Order imports stopped"));
    let told = render("postmortem/en.ftl", "heading-timeline = What happened when\n").unwrap();
    assert!(told.text(page).contains("What happened when"));
    let told = render("shared/style.css", "p { color: red; }\n").unwrap();
    assert_eq!(told.text("style.css"), "p { color: red; }\n");
}

#[test]
fn a_broken_override_is_named_with_its_place_and_what_there_is() {
    let check = |path: &str, text: &str, parts: &[&str]| {
        let overrides = [(path.to_owned(), text.as_bytes().to_vec())];
        let error = match site(&memory(SMALLEST, None), Audience::Public, &overrides) {
            Ok(_) => panic!("{path} was accepted"),
            Err(error) => error.to_string(),
        };
        for part in parts {
            assert!(error.contains(part), "`{part}` in {error}");
        }
    };
    check(
        "postmortem/body.md",
        "a\n{{ incident.severity }}",
        &["`templates/postmortem/body.md` line 2, column 13", "severity", "title"],
    );
    check("postmortem/body.md", "a\n\n{{ incident.", &["`templates/postmortem/body.md` line 3"]);
    check("postmortem/body.html", "{{ titel }}", &["body.html` line 1", "titel", "incident, page"]);
    check("postmortem/body.html", "{{ t(key=\"nothing\") }}", &["body.html` line 1", "`nothing`"]);
    check("postmortem/body.html", "{{ incident.title | nothing }}", &["nothing"]);
    check("postmortem/body.html", "{% extends \"nothing.html\" %}", &["nothing.html"]);
    check("postmortem/en.ftl", "heading-timeline = { \n", &["templates/postmortem/en.ftl"]);
    check("shared/style.css", "</style><script>", &["shared/style.css"]);
    check("postmortem/target.yaml", "documents: 1", &["postmortem/target.yaml"]);
    let bytes = [("postmortem/body.md".to_owned(), vec![0xFF])];
    assert!(Renderer::new(&["en".to_owned()], &bytes).err().unwrap().to_string().contains("UTF-8"));
    assert!(Renderer::new(&["de".to_owned()], &[]).err().unwrap().to_string().contains("`en` and `pt-BR`"));
}
