//! What must stay inside stays inside: fields, documents, templates.

use serde_json::Value;

use crate::sandbox::{NEW_YEAR, SMALLEST, SMALLEST_FILE, Said, Sandbox};

const LEAKY: &str = "summary: {en: It ran on db-3.prod.internal., pt-BR: Rodava no db-3.prod.internal.}\n";
const PAGE: &str = "public/en/incidents/2022-12-18-order-imports.html";

fn build(sandbox: &Sandbox) -> Said {
    sandbox.relato(&["build", "--as-of", NEW_YEAR, "--lang", "en"])
}

fn render(sandbox: &Sandbox, audience: &str) -> Said {
    sandbox.relato(&["render", "2022", "--audience", audience, "--as-of", NEW_YEAR, "--lang", "en"])
}

/// Rule, file and line of the errors about what is public that `check` finds.
fn errors(sandbox: &Sandbox) -> Vec<(String, String, u64)> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let errors = sandbox.findings().into_iter().filter(|it| {
        it["severity"] == "error" && it["rule"].as_str().is_some_and(|rule| rule.contains("public"))
    });
    errors.map(|it| (text(&it, "rule"), text(&it, "file"), it["line"].as_u64().unwrap())).collect()
}

#[test]
fn an_incident_that_tells_a_host_is_not_published_and_the_others_are() {
    let sandbox = Sandbox::own();
    sandbox.write(SMALLEST_FILE, format!("{SMALLEST}{LEAKY}").replace("order-imports", "order-imports-2"));
    let file = SMALLEST_FILE.replace("order-imports", "order-imports-2");
    sandbox.write(
        &file,
        format!("{SMALLEST}{LEAKY}").replace("order-imports", "order-imports-2").replace(
            "service: order-import\n    class: critical          # only while there is no services.yaml",
            "service: orderdesk-order-import",
        ),
    );
    std::fs::remove_file(sandbox.path(SMALLEST_FILE)).unwrap();
    let said = build(&sandbox).with_code(1);
    assert!(said.err.contains("`db-3.prod.internal` is the name of an internal host"), "{}", said.err);
    assert!(said.err.contains(&format!("{file}:")), "{}", said.err);
    let files = sandbox.files("public");
    assert!(!files.iter().any(|file| file.contains("order-imports-2")), "{files:?}");
    assert!(files.iter().any(|file| file.contains("2017-11-10-oms")));
    for file in files {
        let page =
            String::from_utf8_lossy(&std::fs::read(sandbox.path("public").join(file)).unwrap()).into_owned();
        assert!(!page.contains("db-3") && !page.contains("order-imports-2"));
    }
}

#[test]
fn what_a_field_leaks_is_refused_to_the_public_alone_until_it_is_mended_or_waived() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &format!("{SMALLEST}{LEAKY}"))]);
    assert_eq!(errors(&sandbox), [("internal-detail-in-public".into(), SMALLEST_FILE.into(), 12)]);
    let said = render(&sandbox, "public").with_code(1);
    assert_eq!(said.out, "");
    assert!(said.err.contains("internal-detail-in-public"), "{}", said.err);
    let said = render(&sandbox, "internal").with_code(0);
    assert!(said.out.contains("db-3.prod.internal"));
    sandbox.relato(&["render", "2022", "-o", "docs", "--as-of", NEW_YEAR]).with_code(1);
    assert!(!sandbox.path("docs").exists());
    build(&sandbox).with_code(1);
    assert!(!sandbox.path(PAGE).exists());

    let waived = "waivers: [{rule: internal-detail-in-public, reason: {en: a, pt-BR: b}, approved_by: role:x, until: 2026-06-01}]\n";
    sandbox.write(SMALLEST_FILE, format!("{SMALLEST}{LEAKY}{waived}"));
    build(&sandbox).with_code(0);
    assert!(sandbox.read(PAGE).contains("db-3.prod.internal"));
}

#[test]
fn a_page_of_the_last_build_goes_when_what_it_tells_must_stay_inside() {
    let told = "summary: {en: It ran on db-3., pt-BR: Rodava no db-3.}\n";
    let sandbox =
        Sandbox::with(&[(SMALLEST_FILE, &format!("{SMALLEST}{told}")), ("relato.yaml", "relato: 1\n")]);
    build(&sandbox).with_code(0);
    assert!(sandbox.path(PAGE).exists());
    sandbox.write("relato.yaml", "relato: 1\nredaction: {hosts: [\"db-*\"]}\n");
    build(&sandbox).with_code(1);
    assert!(!sandbox.path(PAGE).exists());
}

#[test]
fn names_of_the_catalogue_are_judged_before_anything_is_published() {
    let services = "relato: 1\nservices:\n  order-import:\n    public_name: {en: imports.prod.internal, pt-BR: Importação}\n    class: critical\n    owner: role:on-call\n    escalation: [{after: 5m, to: role:on-call}]\n";
    let incident =
        SMALLEST.replace("    class: critical          # only while there is no services.yaml\n", "");
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &incident), ("services.yaml", services)]);
    assert_eq!(errors(&sandbox), [("internal-detail-in-public".into(), "services.yaml".into(), 4)]);
    build(&sandbox).with_code(1);
    assert!(!sandbox.path("public").exists());
    render(&sandbox, "public").with_code(1);
    render(&sandbox, "internal").with_code(0);
}

#[test]
fn a_template_that_adds_a_detail_is_found_in_the_document() {
    let body = "# {{ incident.title }}\n\nAsk {{ incident.kind.key }}-3.prod.internal.\n";
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST), ("templates/postmortem/body.md", body)]);
    let found = sandbox.findings();
    let leak: Vec<&Value> = found.iter().filter(|it| it["rule"] == "internal-detail-in-public").collect();
    assert_eq!(leak.len(), 1, "{found:?}");
    assert_eq!(
        leak[0]["message"],
        "`incident-3.prod.internal` is the name of an internal host, and stands in line 3 of the public document `en/incidents/2022-12-18-order-imports.md`"
    );
    let said = render(&sandbox, "public").with_code(1);
    assert_eq!(said.out, "");
    build(&sandbox).with_code(1);
    assert!(!sandbox.path(PAGE).exists());
    let list = "<p>ghp_0123456789abcdefghijABCDEFGHIJ012345</p>";
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST), ("templates/site/home.html", list)]);
    let said = build(&sandbox).with_code(2);
    assert!(said.err.contains("a secret") && !said.err.contains("ghp_0123"), "{}", said.err);
    assert!(!sandbox.path("public").exists());
}

#[test]
fn a_template_that_asks_for_an_internal_field_is_told_at_its_line() {
    for (template, line, column, field) in [
        ("# x\n\n{{ incident.severity }}\n", 3, 4, "incident.severity"),
        (
            "{% for impact in incident.impacts %}\n{{ impact.verified }}\n{% endfor %}\n",
            2,
            4,
            "impact.verified",
        ),
        ("{{ incident.titel | upper }}\n", 1, 4, "incident.titel"),
        ("{% for source in incident.sources %}{{ source }}{% endfor %}\n", 1, 18, "incident.sources"),
        ("{{ secret }}\n", 1, 4, "secret"),
    ] {
        let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST), ("templates/postmortem/body.md", template)]);
        let found = sandbox.findings();
        let told: Vec<&Value> =
            found.iter().filter(|it| it["rule"] == "internal-field-in-public-template").collect();
        let [finding] = told.as_slice() else { panic!("{template}: {found:?}") };
        assert_eq!(finding["file"], "templates/postmortem/body.md");
        assert_eq!((&finding["line"], &finding["column"]), (&line.into(), &column.into()), "{template}");
        assert_eq!(finding["message"], format!("a public document has no `{field}`"));
        sandbox.relato(&["check", "--as-of", NEW_YEAR]).with_code(1);
        render(&sandbox, "public").with_code(2);
    }
    let inside = "{% if page.audience == \"internal\" %}{{ incident.severity }}{% endif %}\n";
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST), ("templates/postmortem/body.md", inside)]);
    sandbox.relato(&["check", "--as-of", NEW_YEAR]).with_code(0);
    // what is no template at all is no finding, and nothing can be judged by it
    let sandbox =
        Sandbox::with(&[(SMALLEST_FILE, SMALLEST), ("templates/postmortem/body.md", "{{ incident.")]);
    sandbox.relato(&["check", "--as-of", NEW_YEAR]).with_code(2);
}

#[test]
fn the_embedded_templates_copied_whole_change_nothing() {
    let sandbox = Sandbox::own();
    let before = sandbox.findings();
    for file in ["postmortem/body.md", "postmortem/body.html", "shared/layout.html", "site/home.html"] {
        sandbox.write(&format!("templates/{file}"), crate::sandbox::read(&format!("templates/{file}")));
    }
    assert_eq!(sandbox.findings(), before);
    build(&sandbox).with_code(0);
}
