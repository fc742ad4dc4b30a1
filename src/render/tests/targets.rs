//! Tests over the documents of every target: their grammar, and what of a source they hold, and where.

use super::*;

/// Fails when the program that reads a document would stumble over it, or run what it says.
pub(super) fn well_formed(document: &Document) {
    let Document { path, bytes, .. } = document;
    let text = std::str::from_utf8(bytes).unwrap();
    match path.rsplit('.').next().unwrap() {
        "html" => html::check(text),
        "json" => {
            serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
        }
        "md" => {
            let Some((front, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"))
            else {
                assert!(!path.contains("jekyll") && !path.contains("cstate"), "{path} has no front matter");
                return;
            };
            let front: serde_yaml::Value =
                serde_yaml::from_str(front).unwrap_or_else(|e| panic!("{path}: {e}\n{front}"));
            assert!(front.get("title").is_some_and(serde_yaml::Value::is_string), "{path}");
            if path.starts_with("jekyll-post/") {
                // what Liquid prints by itself
                let printed = ["{{", "{%", "{"]
                    .iter()
                    .fold(body.to_owned(), |body, sign| body.replace(&format!("{{{{ \"{sign}\" }}}}"), ""));
                assert_eq!(commands(&printed, "{{", "{%"), Vec::<&str>::new(), "{path}\n{body}");
            }
            if path.starts_with("cstate/") {
                let found = commands(body, "{{<", "{{%");
                assert!(found.iter().all(|command| command.starts_with("{{< track \"")), "{path}: {found:?}");
            }
        }
        "atom" | "rss" => {
            let feed =
                feed_rs::parser::parse(bytes.as_slice()).unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
            assert!(feed.title.is_some_and(|title| !title.content.is_empty()), "{path}");
            for entry in feed.entries {
                assert!(entry.title.is_some() && !entry.id.is_empty(), "{path}");
                let said = entry
                    .content
                    .and_then(|it| it.body)
                    .or(entry.summary.map(|it| it.content))
                    .unwrap_or_default();
                html::check(&format!(
                    "<!doctype html>\n<html lang=\"en\"><head><title>x</title></head><body>{said}</body></html>"
                ));
            }
        }
        "css" | "js" => {}
        other => panic!("{path}: nothing is known of `{other}`"),
    }
}

/// What begins with one of two openings.
fn commands<'t>(body: &'t str, one: &str, other: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find('{') {
        rest = rest.get(at..).unwrap();
        if rest.starts_with(one) || rest.starts_with(other) {
            found.push(rest.get(..rest.len().min(40)).unwrap_or(rest));
            rest = rest.get(2..).unwrap();
        } else {
            rest = rest.get(1..).unwrap();
        }
    }
    found
}

#[test]
fn every_target_tells_the_examples_in_its_grammar() {
    for (tree, audience) in [
        (&own() as &dyn Tree, Audience::Public),
        (&own(), Audience::Internal),
        (&memory(MARKED, Some(MARKED_SERVICES)), Audience::Public),
        (&memory(SMALLEST, None), Audience::Public),
    ] {
        let told = site(tree, audience, &[]).unwrap();
        told.documents.iter().for_each(well_formed);
        let paths: std::collections::BTreeSet<&str> =
            told.documents.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(
            told.documents.iter().filter(|it| !it.path.contains("{language}")).count(),
            told.documents.len()
        );
        assert!(paths.len() >= 10, "{paths:?}");
    }
}

/// What a client of Statuspage reads: its types, every field that they ask for.
mod client {
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    pub(super) struct Page {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) url: String,
        pub(super) time_zone: String,
        pub(super) updated_at: Option<Moment>,
    }

    #[derive(Debug, Deserialize)]
    pub(super) struct Overall {
        pub(super) indicator: Indicator,
        pub(super) description: String,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    pub(super) enum Indicator {
        None,
        Minor,
        Major,
        Critical,
        Maintenance,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    pub(super) enum Standing {
        Operational,
        DegradedPerformance,
        PartialOutage,
        MajorOutage,
        UnderMaintenance,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    pub(super) enum State {
        Investigating,
        Identified,
        Monitoring,
        Resolved,
        Postmortem,
        Scheduled,
        InProgress,
        Verifying,
        Completed,
    }

    #[derive(Debug, Deserialize)]
    pub(super) struct Component {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) status: Standing,
        pub(super) position: u32,
        pub(super) group: bool,
        pub(super) showcase: bool,
        pub(super) page_id: String,
        pub(super) group_id: Option<String>,
        pub(super) description: Option<String>,
        pub(super) updated_at: Option<Moment>,
    }

    #[derive(Debug, Deserialize)]
    pub(super) struct Update {
        pub(super) id: String,
        pub(super) incident_id: String,
        pub(super) status: State,
        pub(super) body: String,
        pub(super) created_at: Moment,
        pub(super) display_at: Moment,
        pub(super) updated_at: Moment,
    }

    #[derive(Debug, Deserialize)]
    pub(super) struct Affected {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) status: Standing,
    }

    #[derive(Debug, Deserialize)]
    pub(super) struct Incident {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) status: State,
        pub(super) impact: Indicator,
        pub(super) created_at: Moment,
        pub(super) updated_at: Moment,
        pub(super) started_at: Option<Moment>,
        pub(super) monitoring_at: Option<Moment>,
        pub(super) resolved_at: Option<Moment>,
        pub(super) scheduled_for: Option<Moment>,
        pub(super) scheduled_until: Option<Moment>,
        pub(super) shortlink: String,
        pub(super) page_id: String,
        pub(super) incident_updates: Vec<Update>,
        pub(super) components: Vec<Affected>,
    }

    #[derive(Debug, Deserialize)]
    pub(super) struct Tree {
        pub(super) page: Page,
        pub(super) status: Option<Overall>,
        pub(super) components: Option<Vec<Component>>,
        pub(super) incidents: Option<Vec<Incident>>,
        pub(super) scheduled_maintenances: Option<Vec<Incident>>,
    }

    /// A moment of RFC 3339.
    #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
    pub(super) struct Moment(pub(super) chrono::DateTime<chrono::FixedOffset>);

    impl<'de> Deserialize<'de> for Moment {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let text = String::deserialize(from)?;
            chrono::DateTime::parse_from_rfc3339(&text).map(Self).map_err(serde::de::Error::custom)
        }
    }
}

fn tree_of(told: &Site, file: &str) -> client::Tree {
    serde_json::from_str(told.text(&format!("status-json/{file}"))).unwrap_or_else(|e| panic!("{file}: {e}"))
}

#[test]
fn a_client_of_statuspage_reads_the_tree() {
    let told = site(&own(), Audience::Public, &[]).unwrap();
    for folder in ["", "en/", "pt-BR/"] {
        let tree = |file: &str| tree_of(&told, &format!("{folder}api/v2/{file}.json"));
        let summary = tree("summary");
        assert_eq!(summary.page.time_zone, "UTC");
        assert_eq!((summary.page.name.as_str(), summary.page.url.as_str()), ("relato examples", ""));
        assert!(summary.page.updated_at.is_some() && !summary.page.id.is_empty());
        let overall = tree("status").status.unwrap();
        assert_eq!(overall.indicator, client::Indicator::None);
        assert_eq!(
            overall.description,
            if folder == "pt-BR/" { "Todos os sistemas operacionais" } else { "All Systems Operational" }
        );
        let components = tree("components").components.unwrap();
        assert_eq!(components.len(), summary.components.unwrap().len());
        for (at, component) in components.iter().enumerate() {
            assert_eq!(
                (component.position as usize, &component.status),
                (at + 1, &client::Standing::Operational)
            );
            assert!(
                component.showcase
                    && !component.group
                    && component.group_id.is_none()
                    && component.description.is_none()
            );
            assert_eq!(component.page_id, summary.page.id);
            assert!(component.updated_at.is_none_or(|at| at <= summary.page.updated_at.unwrap()));
        }
        let incidents = tree("incidents").incidents.unwrap();
        let states: Vec<&client::State> = incidents.iter().map(|it| &it.status).collect();
        assert_eq!(states, [&client::State::Postmortem; 4]);
        // of two nobody knows when all was back
        assert_eq!(incidents.iter().filter(|it| it.resolved_at.is_none()).count(), 2);
        for incident in &incidents {
            assert!(incident.created_at <= incident.updated_at);
            assert!(incident.scheduled_for.is_none() && incident.scheduled_until.is_none());
            assert!(
                incident.monitoring_at.is_none_or(|at| incident.resolved_at.is_none_or(|end| at <= end)),
                "{}",
                incident.name
            );
            assert!(
                incident.started_at.is_none_or(|at| at <= incident.created_at)
                    && incident.shortlink.is_empty()
            );
            assert_eq!(incident.page_id, summary.page.id);
            assert_ne!(incident.impact, client::Indicator::None);
            for affected in &incident.components {
                assert_eq!(affected.status, client::Standing::Operational);
                assert!(components.iter().any(|it| it.id == affected.id && it.name == affected.name));
            }
            for update in &incident.incident_updates {
                assert_eq!((&update.incident_id, update.created_at), (&incident.id, update.display_at));
                assert!(
                    update.updated_at == update.display_at
                        && !update.body.is_empty()
                        && !update.id.is_empty()
                );
            }
        }
        // the seed of the page form, update by update
        let name = if folder == "pt-BR/" { "Importações via Platform API" } else { "Platform API imports" };
        let productsup = incidents.iter().find(|it| it.name.starts_with(name)).unwrap();
        use client::State::{Identified, Monitoring, Postmortem, Resolved};
        let states: Vec<&client::State> = productsup.incident_updates.iter().map(|it| &it.status).collect();
        assert_eq!(states, [&Postmortem, &Resolved, &Monitoring, &Identified, &Identified]);
        let shown: Vec<String> =
            productsup.incident_updates.iter().map(|it| it.display_at.0.to_rfc3339()).collect();
        assert_eq!(
            shown,
            [
                "2019-12-10T15:13:00+01:00",
                "2019-12-09T17:49:00+01:00",
                "2019-12-06T20:04:00+01:00",
                "2019-12-06T17:58:00+01:00",
                "2019-12-06T12:46:00+01:00"
            ]
        );
        for (file, of) in [
            ("incidents/unresolved", 0),
            ("scheduled-maintenances", 1),
            ("scheduled-maintenances/upcoming", 1),
            ("scheduled-maintenances/active", 1),
        ] {
            let tree = tree(file);
            let list = if of == 0 { tree.incidents } else { tree.scheduled_maintenances };
            assert_eq!(list.unwrap().len(), 0, "{file}");
        }
        assert_eq!((summary.incidents.unwrap().len(), summary.scheduled_maintenances.unwrap().len()), (0, 0));
    }
}

#[test]
fn what_goes_on_now_decides_how_components_do() {
    let incident = |id: &str, fields: &str| {
        (
            format!("incidents/2026/{id}.yaml"),
            format!("relato: 1\nid: {id}\ntimezone: UTC\ntitle: {{en: T, pt-BR: T}}\n{fields}"),
        )
    };
    let services = "relato: 1\nservices:\n  a: {public_name: {en: A, pt-BR: A}, class: critical}\n  b: {public_name: {en: B, pt-BR: B}, class: critical}\n  c: {class: critical}\n  d: {public_name: {en: D, pt-BR: D}, class: critical}\n";
    let tree = Memory::new([
        incident(
            "2026-11-20-one",
            "status: open\nimpacts:\n  - {id: x, service: a, level: down, started: 2026-11-20T10:00, mitigated: 2026-11-20T11:00}\n  - {id: y, service: c, level: down, started: 2026-11-20T10:00}\n  - {id: z, service: d, level: delayed, started: 2026-11-20T10:00, recovered: 2026-11-20T10:30}\ncomms:\n  - {id: p, channel: status_page, at: 2026-11-20T10:10, state: investigating, text: {en: We look., pt-BR: Olhamos.}}\n  - {id: q, channel: status_page, at: 2026-11-20T10:20, state: update, text: {en: Still., pt-BR: Ainda.}}\n  - {id: r, channel: mail, audience: internal, at: 2026-11-20T10:25, state: monitoring, text: {en: zq, pt-BR: zq}}\n",
        ),
        incident(
            "2026-11-20-work",
            "status: open\nkind: maintenance\nmaintenance: {window: {from: 2026-11-20T11:30, to: 2026-11-20T13:00}, services: [b]}\nimpacts: [{id: x, service: b, level: down, started: 2026-11-20T11:30}]\n",
        ),
        incident(
            "2026-11-19-near",
            "status: open\nkind: near_miss\nimpacts: [{id: x, service: d, level: down, started: 2026-11-19T11:30}]\n",
        ),
        ("services.yaml".to_owned(), services.to_owned()),
    ]);
    let told = site(&tree, Audience::Public, &[]).unwrap();
    told.documents.iter().for_each(well_formed);
    let summary = tree_of(&told, "api/v2/summary.json");
    use client::Standing::{Operational, PartialOutage, UnderMaintenance};
    let components: Vec<(&str, &client::Standing)> =
        summary.components.as_ref().unwrap().iter().map(|it| (it.name.as_str(), &it.status)).collect();
    assert_eq!(components, [("A", &PartialOutage), ("B", &UnderMaintenance), ("D", &Operational)]);
    let overall = summary.status.unwrap();
    assert_eq!(
        (overall.indicator, overall.description.as_str()),
        (client::Indicator::Major, "Partial System Outage")
    );
    let incidents = summary.incidents.unwrap();
    let [one] = incidents.as_slice() else { panic!("{incidents:?}") };
    assert_eq!(
        (&one.status, &one.impact, one.resolved_at),
        (&client::State::Investigating, &client::Indicator::Critical, None)
    );
    assert_eq!(one.incident_updates.len(), 2);
    let work = tree_of(&told, "api/v2/scheduled-maintenances/active.json").scheduled_maintenances.unwrap();
    let [work] = work.as_slice() else { panic!("{work:?}") };
    assert_eq!(work.scheduled_for.unwrap().0.to_rfc3339(), "2026-11-20T11:30:00+00:00");
    assert_eq!((&work.status, &work.impact), (&client::State::InProgress, &client::Indicator::Maintenance));
}

fn own() -> WorkTree {
    WorkTree::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The example incidents in the forms that their sources have.
#[test]
fn each_source_is_told_again_in_its_own_form_with_every_public_fact_in_its_place() {
    let tree = own();
    let archive = Archive::open(&tree, None).unwrap();
    let told = site(&tree, Audience::Public, &[]).unwrap();
    let check = |id: &str, target: &str, tag: &str, order: &[&str]| {
        let incident = archive.read(archive.find(id).unwrap()).unwrap().incident.unwrap();
        let page = told.documents.iter().find(|it| {
            it.path.starts_with(&format!("{target}/{tag}/"))
                && it.path.contains(id)
                && it.path.ends_with(".md")
        });
        let page = std::str::from_utf8(&page.unwrap_or_else(|| panic!("{target} {tag} {id}")).bytes).unwrap();
        let plain = escape::one_line(page);
        incident.each_public_text(&mut |path, text| {
            let field = path.field().to_string();
            // the event that a step belongs to tells of it; posts stand on the page of posts
            let elsewhere =
                field.contains(".step.title") || field.starts_with("comms") && target != "status-post";
            if let Some(text) = text.get(tag).filter(|_| !elsewhere) {
                assert!(plain.contains(&escape::one_line(text)), "{target} {tag} lacks {field}: {text}");
            }
        });
        let mut from = 0;
        for heading in order {
            let at = page.get(from..).unwrap().find(heading);
            from += at.unwrap_or_else(|| {
                panic!("{target} {tag} {id}: no {heading} after\n{}", page.get(..from).unwrap())
            });
        }
        snapshot(
            page,
            snapbox::Data::read_from(
                &std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join(format!("src/render/snapshots/{target}.{tag}.md")),
                Some(snapbox::data::DataFormat::Text),
            ),
        );
    };
    check(
        "2017-11-10-oms",
        "help-center",
        "en",
        &[
            "title:",
            "status: PUBLISHED",
            "locale: \"en\"",
            "slugPT: \"indisponibilidade-da-busca",
            "Dear customers,",
            "## Impact 1 - Order search",
            "**non-critical**",
            "**4 h**",
            "19 h 30 min",
            "What is still missing",
            "1. ",
            "## Impact 2 - Order workflow",
            "**critical**",
            "**10 min**",
            "1. ",
        ],
    );
    check(
        "2017-11-10-oms",
        "help-center",
        "pt-BR",
        &[
            "locale: \"pt-BR\"",
            "slugEN: \"order-search-outage",
            "Prezados clientes,",
            "## Impacto 1 - Busca de pedidos",
            "**não crítico**",
            "**4 h**",
            "## Impacto 2 - Workflow de pedidos",
            "**crítico**",
            "**10 min**",
        ],
    );
    check(
        "2019-12-05-platform-api-import",
        "status-post",
        "en",
        &[
            "## Postmortem",
            "### What we are changing",
            "*Posted December 10, 2019, 15:13 (UTC+1)",
            "## Resolved",
            "*Posted December 9, 2019, 17:49",
            "## Monitoring",
            "*Posted December 6, 2019, 20:04",
            "## Update",
            "17:58",
            "## Identified",
            "12:46",
            "This incident affected: Platform API import.",
        ],
    );
    check(
        "2019-12-05-platform-api-import",
        "status-post",
        "pt-BR",
        &[
            "## Postmortem",
            "*Publicado em 10 de dezembro de 2019, 15h13 (UTC+1)",
            "## Resolvido",
            "## Monitorando",
            "## Atualização",
            "## Identificado",
            "Este incidente afetou: Importação via Platform API.",
        ],
    );
    check(
        "2022-12-18-order-imports",
        "blog-post",
        "en",
        &[
            "What kept working",
            "## What happened?",
            "2,147,483,647",
            "## The timeline",
            "16:20",
            "18:08",
            "## What we learned",
            "## In conclusion",
        ],
    );
    check(
        "2014-10-23-task-processing",
        "jekyll-post",
        "en",
        &[
            "layout: post",
            "title:",
            "tags: [\"post-mortem\", \"failure\"",
            "---",
            "## What happened?",
            "04:19",
            "## How did we respond?",
            "08:40",
            "09:20",
            "10:04",
            "## Consequences",
            "## Prevention",
        ],
    );
}
