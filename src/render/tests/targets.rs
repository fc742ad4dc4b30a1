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
                assert_eq!(
                    commands(body, "{{", "{%", Some("{% raw %}")),
                    Vec::<&str>::new(),
                    "{path}\n{body}"
                );
            }
            if path.starts_with("cstate/") {
                let found = commands(body, "{{<", "{{%", None);
                assert!(found.iter().all(|command| command.starts_with("{{< track \"")), "{path}: {found:?}");
            }
        }
        "css" => {}
        other => panic!("{path}: nothing is known of `{other}`"),
    }
}

/// What begins with one of two openings, outside what is quoted from `raw` on.
fn commands<'t>(body: &'t str, one: &str, other: &str, raw: Option<&str>) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find('{') {
        rest = rest.get(at..).unwrap();
        if let Some(after) = raw.and_then(|raw| rest.strip_prefix(raw)) {
            rest = after.split_once("{% endraw %}").expect("raw is ended").1;
        } else if rest.starts_with(one) || rest.starts_with(other) {
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
            "## Accident 1 - Order search",
            "**non-critical**",
            "**4 h**",
            "19 h 30 min",
            "What is still missing",
            "1. ",
            "## Accident 2 - Order workflow",
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
            "## Acidente 1 - Busca de pedidos",
            "**não crítico**",
            "**4 h**",
            "## Acidente 2 - Workflow de pedidos",
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
