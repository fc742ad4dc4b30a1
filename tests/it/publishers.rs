//! Documents read by the programs they are for: posts built by Jekyll, issue files by Hugo in the way of cState.
//!
//! These need both programs, which `.ci/run` installs from Debian's packages: `cargo test` alone leaves them out, and says
//! so.

use std::{fs, path::Path, process::Command};

use crate::sandbox::Sandbox;

const AS_OF: &str = "2026-11-20T12:00:00Z";

/// Texts full of what Liquid, kramdown and Hugo take for commands; each piece of [`LITERAL`] is in a public field.
const COMMANDS: &str = r##"relato: 1
id: 2026-03-01-commands
status: resolved
timezone: America/Sao_Paulo
title: {en: "Pages showed {{ cart.total }} and {% if x %}", pt-BR: "Páginas mostravam {{ cart.total }} e {% if x %}"}
summary: &s
  en: "It said {% raw %} and {% endraw %}, {%- endraw -%}, {{ site.title }}, {: .red}, {{< track 1 >}}, {{% y %}}, {{</* z */>}}, {% include_relative x.html %}, {% comment %}kept{% endcomment %} in `{{ code.span }} {% endraw %} {: .blue} {{< span >}}`."
  pt-BR: "Dizia {% raw %} e {% endraw %}, {%- endraw -%}, {{ site.title }}, {: .red}, {{< track 1 >}}, {{% y %}}, {{</* z */>}}, {% include_relative x.html %}, {% comment %}kept{% endcomment %} em `{{ code.span }} {% endraw %} {: .blue} {{< span >}}`."
impacts:
  - id: shop
    service: order-import
    level: down
    scope:
      en: &scope "```\n{{ code.block }}\n{% endraw %}\n{{< block }} {: .green}\n```\n\nA {{ split {{ and }} a {% tag"
      pt-BR: *scope
    started: 2026-03-01T10:00
    detected: 2026-03-01T10:05
    recovered: 2026-03-01T11:00
timeline:
  - {id: e-one, at: 2026-03-01T10:05, type: detection, visibility: public, text: {en: "Seen: {{ page.url }} {", pt-BR: "Visto: {{ page.url }} {"}}
  - {id: e-two, at: 2026-03-01T11:00, type: recovery, visibility: public, text: {en: "{{", pt-BR: "{{"}}
actions:
  - {id: A1, title: {en: "Escape {{ x }} and {% y %}", pt-BR: "Escapar {{ x }} e {% y %}"}, type: prevent, priority: P1, status: accepted, due: 2026-04-01, public_commitment: true}
lessons:
  - en: "# Templates {#templates}\n\n{::comment}\nkept\n{:/comment}"
    pt-BR: "# Modelos {#templates}\n\n{::comment}\nkept\n{:/comment}"
"##;

/// What readers must find as it is written, in the built page of each language.
const LITERAL: &[&str] = &[
    "{{ cart.total }}",
    "{% if x %}",
    "{% raw %}",
    "{% endraw %}, {%- endraw -%}, {{ site.title }}, {: .red}, {{< track 1 >}}, {{% y %}}, {{</* z */>}}",
    "{% include_relative x.html %}, {% comment %}kept{% endcomment %}",
    "{{ code.span }} {% endraw %} {: .blue} {{< span >}}",
    "{{ code.block }} {% endraw %} {{< block }} {: .green}",
    "{{ split {{ and }} a {% tag",
    "{{ page.url }} {",
    "{{ x }}",
    "{#templates}",
    "{::comment} kept {:/comment}",
];

/// The examples and an incident full of commands, built for the public.
fn examples() -> Sandbox {
    let sandbox = Sandbox::own();
    let services = "  order-import: {public_name: {en: \"Import, of: orders\", pt-BR: Importação}, pt_gender: f, class: critical}\n";
    sandbox.write("services.yaml", sandbox.read("services.yaml") + services);
    sandbox.write("incidents/2026/2026-03-01-commands.yaml", COMMANDS);
    sandbox.relato(&["build", "--as-of", AS_OF]).with_code(0);
    sandbox
}

/// Runs a program that a Debian package brings.
fn run(program: &str, arguments: &[&str], folder: &Path) {
    let done = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(done.status.success(), "{program}: {}\n{}", told(&done.stdout), told(&done.stderr));
    assert!(!told(&done.stderr).to_lowercase().contains("error"), "{}", told(&done.stderr));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// The text of a page as a reader sees it: no tags, entities told, white space and typographic quotes made plain.
fn seen(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split('<').enumerate() {
        let shown = if at == 0 { part } else { part.split_once('>').map_or("", |(_, shown)| shown) };
        text.push_str(shown);
    }
    for (entity, sign) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        text = text.replace(entity, sign);
    }
    // what parts two braces in code, and is not seen
    let text = text.replace('\u{2060}', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn literal(html: &str) {
    let text = seen(html);
    for piece in LITERAL {
        assert!(
            text.contains(piece) || text.contains(&piece.replace(" and ", " e ")),
            "{piece} is not in\n{text}\n{html}"
        );
    }
}

#[test]
#[ignore = "needs Jekyll: .ci/run installs and runs it"]
fn posts_build_in_jekyll_and_say_what_is_written() {
    let examples = examples();
    let site = examples.beside("jekyll");
    for language in ["en", "pt-BR"] {
        let posts = format!("{language}/_posts");
        copy(&examples.path("public/jekyll-post").join(&posts), &site.join(posts));
    }
    fs::create_dir_all(site.join("_layouts")).unwrap();
    fs::write(
        site.join("_config.yml"),
        "title: the title of the site\npermalink: /:categories/:title.html\n",
    )
    .unwrap();
    let layout = "<h1>{{ page.title | escape }}</h1>\n<p id=meta>{{ page.date | date: '%F' }}|{{ page.lang }}|{{ page.ref }}|{{ page.tags | join: ';' | escape }}</p>\n{{ content }}";
    fs::write(site.join("_layouts/post.html"), layout).unwrap();
    run("jekyll", &["build", "--strict_front_matter", "--future", "--quiet"], &site);
    let ids = ["task-processing", "oms", "platform-api-import", "order-imports", "commands"];
    for (language, folder) in [("en", "en"), ("pt-BR", "pt-br")] {
        for id in ids {
            let page = fs::read_to_string(site.join(format!("_site/{folder}/{id}.html"))).unwrap();
            assert!(page.contains(&format!("|{language}|20")), "{id}: {page}");
            assert!(page.contains("<h2"), "{id}");
            // raw Markdown that was not read as such
            let text = seen(&page);
            assert!(!text.contains("**") && !text.contains("## ") && !text.contains("]("), "{id}: {text}");
        }
        let page = fs::read_to_string(site.join(format!("_site/{folder}/commands.html"))).unwrap();
        literal(&page);
        assert!(!page.contains("the title of the site"), "{page}");
        assert!(page.contains("<pre"), "the block of code is none:\n{page}");
        let tag = if language == "en" { ";Import, of: orders<" } else { ";Importação<" };
        assert!(page.contains("|2026-03-01-commands|") && page.contains(tag), "{page}");
    }
}

/// Hugo with what cState does to an issue: its front matter by name and type, the `track` shortcode, the systems by name.
#[test]
#[ignore = "needs Hugo: .ci/run installs and runs it"]
fn issue_files_build_in_hugo_as_cstate_reads_them() {
    let examples = examples();
    let site = examples.beside("hugo");
    copy(&examples.path("public/cstate/content/issues"), &site.join("content/issues"));
    for (path, text) in [
        (
            "config.yml",
            "baseURL: https://status.example/\ntitle: S\ndisableKinds: [taxonomy, term, sitemap, robotsTXT]\n",
        ),
        (
            "layouts/shortcodes/track.html",
            "<time>{{ (time (.Get 0)).UTC.Format \"2006-01-02T15:04:05Z\" }}</time>",
        ),
        // the fields with the types that cState's layouts rely on: comparing another type finds nothing, or fails
        (
            "layouts/_default/single.html",
            "{{ .Title }}\n{{ .Date.UTC.Format \"2006-01-02T15:04:05Z\" }}|{{ printf \"%T\" .Params.resolved }}|{{ with .Params.resolvedWhen }}{{ (time .).UTC.Format \"2006-01-02T15:04:05Z\" }}{{ end }}|{{ .Params.severity }}|{{ .Params.section }}|{{ range .Params.affected }}[{{ . }}]{{ end }}\n{{ .Content }}",
        ),
        (
            "layouts/index.html",
            "{{ $issues := where .Site.RegularPages \"Params.section\" \"issue\" }}{{ len $issues }} issues, {{ len (where $issues \"Params.resolved\" \"=\" false) }} active, {{ len (where $issues \"Params.affected\" \"intersect\" (slice \"Import, of: orders\")) }} of orders",
        ),
    ] {
        let path = site.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    run("hugo", &["--destination", "out", "--quiet"], &site);
    assert_eq!(fs::read_to_string(site.join("out/index.html")).unwrap(), "5 issues, 0 active, 1 of orders");
    let page = |id: &str| fs::read_to_string(site.join(format!("out/issues/{id}/index.html"))).unwrap();
    let commands = page("2026-03-01-commands");
    literal(&commands);
    assert!(
        commands.contains("\n2026-03-01T13:00:00Z|bool|2026-03-01T14:00:00Z|down|issue|[Import, of: orders]")
    );
    assert!(commands.contains("<pre"), "the block of code is none:\n{commands}");
    let productsup = page("2019-12-05-platform-api-import");
    assert!(
        productsup.contains("|bool|") && productsup.contains("|down|issue|[Platform API import]"),
        "{productsup}"
    );
    assert!(productsup.contains("<em>Monitoring</em>"), "{productsup}");
    assert!(productsup.contains("<time>2019-12-06T19:04:00Z</time>"), "{productsup}");
}
