//! The beginning, the end and the order of things, as each document tells them.

use crate::sandbox::{NEW_YEAR, SMALLEST_FILE, Sandbox};

const SERVICES: &str = "relato: 1\nservices:\n  \
    a: {public_name: {en: Reports, pt-BR: Relatórios}, pt_gender: mp, class: critical, owner: role:x, escalation: [{after: 5m, to: role:x}]}\n  \
    b: {public_name: {en: Exports, pt-BR: Exportações}, pt_gender: fp, class: critical, owner: role:x, escalation: [{after: 5m, to: role:x}]}\n";

/// An incident of both services on 2022-12-18, in UTC.
fn workspace(status: &str, fields: &str) -> Sandbox {
    let incident = format!(
        "relato: 1\nid: 2022-12-18-order-imports\ntimezone: UTC\nstatus: {status}\ntitle: {{en: Title, pt-BR: Título}}\n{fields}"
    );
    Sandbox::with(&[(SMALLEST_FILE, &incident), ("services.yaml", SERVICES)])
}

fn render(sandbox: &Sandbox, more: &[&str]) -> String {
    let args = [&["render", "2022", "--lang", "en", "--as-of", NEW_YEAR], more].concat();
    sandbox.relato(&args).out
}

fn impacts(a: &str, b: &str) -> String {
    let of = |id: &str, moments: &str| {
        format!("  - {{id: {id}, service: {id}, level: down, detected: 2022-12-18T10:05, {moments}}}\n")
    };
    format!("impacts:\n{}{}", of("a", a), of("b", b))
}

#[test]
fn the_end_of_all_is_bounded_from_above_only_where_every_end_is() {
    let check = |a: &str, b: &str, told: &str, iso: &str| {
        let of = |recovered: &str| {
            format!("started: 2022-12-18T10:00, recovered: {}", recovered.replace('@', "2022-12-18T"))
        };
        let sandbox = workspace("resolved", &impacts(&of(a), &of(b)));
        let page = render(&sandbox, &[]);
        let line = page.lines().find(|line| line.contains("**Ended:**")).unwrap();
        assert!(line.contains(told), "{line}");
        let slack = render(&sandbox, &["--target", "slack"]);
        assert!(slack.contains(told), "{slack}");
        let issue = render(&sandbox, &["--target", "cstate"]);
        assert!(issue.contains(&format!("resolvedWhen: 2022-12-18T{iso}")), "{issue}");
    };
    let between = "{not_before: @12:00, not_after: @12:30}";
    check(between, "{not_before: @12:10}", "not before 12:10", "12:10");
    check(between, "{not_before: @12:10, not_after: @12:20}", "between 12:10 and 12:30", "12:10");
    check(between, "{not_after: @12:40}", "between 12:00 and 12:40", "12:00");
    check(between, "@12:10", "between 12:10 and 12:30", "12:10");
    check("{about: @12:10, plus_minus: 5m}", "@12:01", "give or take 5 min", "12:05");
    check("@12:10", "@12:30", "12:30", "12:30");
}

#[test]
fn the_beginning_of_all_is_no_later_than_any_of_them() {
    let of = |started: &str| {
        format!("started: {}, recovered: 2022-12-18T12:00", started.replace('@', "2022-12-18T"))
    };
    let a = of("{not_before: @10:00, not_after: @10:30}");
    let page =
        render(&workspace("resolved", &impacts(&a, &of("{not_before: @10:02, not_after: @10:04}"))), &[]);
    let line = page.lines().find(|line| line.contains("**Began:**")).unwrap();
    assert!(line.contains("between 10:00 and 10:04"), "{line}");
}

#[test]
fn the_fix_went_in_when_the_file_says_so_and_not_when_all_was_back() {
    let draft = |moments: &str| {
        let fields = format!(
            "impacts:\n  - {{id: a, service: a, level: down, started: 2022-12-18T04:40, {moments}}}\n\
             timeline:\n  - {{id: s, at: 2022-12-18T04:50, type: step, text: {{en: Restarted., pt-BR: Reiniciado.}}, step: {{title: {{en: Restart, pt-BR: Reiniciar}}, outcome: worked}}}}\n"
        );
        let args = ["--target", "status-post", "--state", "monitoring"];
        let args =
            [&["render", "2022", "--lang", "en", "--as-of", "2022-12-18T05:15:00Z"], &args[..]].concat();
        workspace("open", &fields).relato(&args)
    };
    let said = draft("recovered: 2022-12-18T05:10").with_code(1);
    assert!(!said.out.contains("went in"), "{}", said.out);
    assert!(said.err.contains("impacts[].mitigated: when the fix went in is missing"), "{}", said.err);
    let said = draft("mitigated: 2022-12-18T04:52, recovered: 2022-12-18T05:10");
    assert!(said.out.contains("The fix went in at 04:52"), "{}", said.out);
}

fn post(id: &str, at: &str, rest: &str) -> String {
    format!(
        "  - {{id: {id}, channel: status_page, at: 2022-12-18T{at}, text: {{en: Text., pt-BR: Texto.}}, {rest}}}\n"
    )
}

#[test]
fn an_incident_is_over_when_posts_said_so_of_every_service() {
    let of = |clock: &str| format!("started: 2022-12-18T19:00, recovered: 2022-12-18T{clock}");
    let check = |posts: &[String], statuses: &[&str], resolved: &str| {
        let fields = format!("{}comms:\n{}", impacts(&of("19:20"), &of("19:40")), posts.concat());
        let sandbox = workspace("resolved", &fields);
        let issue = render(&sandbox, &["--target", "cstate"]);
        assert!(issue.contains(&format!("resolvedWhen: 2022-12-18T{resolved}:00")), "{resolved}\n{issue}");
        sandbox
            .relato(&["render", "--target", "status-json", "-o", "out", "--lang", "en", "--as-of", NEW_YEAR])
            .with_code(0);
        let tree: serde_json::Value =
            serde_json::from_str(&sandbox.read("out/api/v2/incidents.json")).unwrap();
        let incident = &tree["incidents"][0];
        let told = incident["resolved_at"].as_str().unwrap();
        assert!(told.starts_with(&format!("2022-12-18T{resolved}")), "{told}");
        assert_eq!(incident["status"], "resolved");
        let updates = incident["incident_updates"].as_array().unwrap();
        let told: Vec<&str> = updates.iter().map(|post| post["status"].as_str().unwrap()).collect();
        assert_eq!(told, statuses);
    };
    let first = post("p", "19:10", "state: investigating");
    let a = post("q", "19:25", "state: resolved, services: [a]");
    let b = post("r", "19:45", "state: resolved, services: [b]");
    let all = post("s", "19:50", "state: resolved");
    check(&[first.clone(), a.clone()], &["investigating", "investigating"], "19:40");
    check(&[first.clone(), a.clone(), b], &["resolved", "investigating", "investigating"], "19:45");
    check(&[first.clone(), a, all.clone()], &["resolved", "investigating", "investigating"], "19:50");
    // what was taken back did not end it
    let back = post("t", "19:52", "state: investigating, reopened: true");
    let again = post("u", "19:58", "state: resolved");
    let statuses = ["resolved", "investigating", "resolved", "investigating"];
    check(&[first, all, back, again], &statuses, "19:58");
}

#[test]
fn a_post_about_one_service_leaves_an_open_incident_as_it_was() {
    let fields = format!(
        "{}comms:\n{}{}",
        impacts(
            "started: 2022-12-18T19:00, recovered: 2022-12-18T19:20",
            "started: 2022-12-18T19:00, recovered: open"
        ),
        post("p", "19:10", "state: identified"),
        post("q", "19:25", "state: resolved, services: [a]"),
    );
    let sandbox = workspace("open", &fields);
    let requests = render(&sandbox, &["--target", "statuspage-api"]);
    assert!(!requests.contains("\"resolved\""), "{requests}");
    // while the other goes on, a post that names nobody is wrong, and `services` mends it
    sandbox.write(SMALLEST_FILE, sandbox.read(SMALLEST_FILE).replace(", services: [a]", ""));
    let said = sandbox.relato(&["check", "--only", "resolved-while-affected", "--lang", "en"]);
    assert!(said.out.contains("name the ones that are back under the post's `services`"), "{}", said.out);
    sandbox.write(
        SMALLEST_FILE,
        sandbox.read(SMALLEST_FILE).replace("state: resolved", "state: resolved, services: [a]"),
    );
    let said = sandbox.relato(&["check", "--only", "resolved-while-affected", "--lang", "en"]).with_code(0);
    assert!(!said.out.contains("resolved-while-affected"), "{}", said.out);
}

#[test]
fn the_whole_story_is_not_told_before_the_incident_is_over() {
    let whole = ["blog-post", "help-center", "jekyll-post"];
    for status in ["open", "monitoring", "resolved"] {
        let over = status == "resolved";
        let moments = "started: 2022-12-18T19:00, recovered: 2022-12-18T19:20";
        let sandbox = workspace(status, &impacts(moments, moments));
        sandbox.relato(&["build", "--as-of", NEW_YEAR, "--lang", "en"]).with_code(0);
        let files = sandbox.files("public");
        for target in whole {
            let has = files.iter().any(|file| file.starts_with(&format!("{target}/")));
            assert_eq!(has, over, "{status} {target} {files:?}");
            let said =
                sandbox.relato(&["render", "2022", "--target", target, "--lang", "en", "--as-of", NEW_YEAR]);
            let said = said.with_code(i32::from(!over));
            assert_eq!(said.out.is_empty(), !over, "{}", said.out);
            let why = format!(
                "`{target}` is written from `status: resolved` on, and `2022-12-18-order-imports` is `{status}`: nothing is written"
            );
            assert_eq!(said.err.contains(&why), !over, "{}", said.err);
        }
        // the page says how far the record is, and leads to no form that is not there
        assert!(files.iter().any(|file| file.starts_with("status-post/")), "{files:?}");
        for (page, so_far) in [
            ("public/en/incidents/2022-12-18-order-imports.html", "This is what is known so far"),
            ("public/pt-BR/incidents/2022-12-18-order-imports.md", "Isto é o que se sabe até agora"),
        ] {
            let page = sandbox.read(page);
            assert_eq!(page.contains(so_far), !over, "{page}");
            assert_eq!(page.contains("blog-post/"), over, "{page}");
        }
    }
    // a record of which nothing is written but its beginning
    let sandbox = Sandbox::new();
    sandbox.relato(&["init"]).with_code(0);
    sandbox.relato(&["new", "teste", "--service", "checkout", "--as-of", NEW_YEAR]).with_code(0);
    let args = ["render", "2026-01-01-teste", "--target", "help-center", "-o", "out", "--lang", "pt-BR"];
    let said = sandbox.relato(&args).with_code(1);
    assert!(said.err.contains("`help-center` é escrito a partir de `status: resolved`"), "{}", said.err);
    assert!(!sandbox.path("out").exists());
}

#[test]
fn what_happened_about_a_moment_stands_at_that_moment_and_steps_stand_in_the_same_order() {
    let event = |id: &str, at: &str, name: &str| {
        let at = at.replace('@', "2022-12-18T");
        format!(
            "  - {{id: {id}, at: {at}, type: step, visibility: public, text: {{en: {name}., pt-BR: {name}.}}, step: {{title: {{en: {name}, pt-BR: {name}}}, outcome: worked}}}}\n"
        )
    };
    let moments = "started: {about: 2022-12-18T17:40, plus_minus: 5m}, recovered: 2022-12-18T19:00";
    let timeline = [
        event("s4", "@18:30", "fourth"),
        event("s1", "@17:38", "first"),
        // its middle is 18:15
        event("s2", "{not_before: @17:00, not_after: @19:30}", "second"),
        event("s3", "@18:20", "third"),
        // its middle is 17:50, and it may as well have come after what the file tells before it
        event("s6", "{not_before: @17:00, not_after: @18:40}", "next"),
        event("s5", "{about: @18:30, plus_minus: 2h}", "fifth"),
    ];
    let fields = format!("{}timeline:\n{}", impacts(moments, moments), timeline.concat());
    let sandbox = workspace("resolved", &fields);
    let in_order = |text: &str, words: &[&str]| {
        let mut rest = text;
        for word in words {
            let at = rest.find(word).unwrap_or_else(|| panic!("{word} comes too late:\n{text}"));
            rest = &rest[at + word.len()..];
        }
    };
    let told = ["first.", "about 17:40", "second.", "third.", "next.", "fourth.", "fifth."];
    let steps = ["What we did", "first", "second", "third", "next", "fourth", "fifth"];
    for audience in ["public", "internal"] {
        for syntax in ["markdown", "html"] {
            let page = render(&sandbox, &["--audience", audience, "--syntax", syntax]);
            in_order(&page, &[&told[..], &steps[..]].concat());
        }
    }
    in_order(&render(&sandbox, &["--target", "blog-post"]), &told);
    // what was known only from a bound on did not end before the tests that began there
    let moments = "started: 2022-12-18T17:00, recovered: {not_before: 2022-12-18T18:08}";
    let timeline =
        [event("t", "{not_before: @18:08, not_after: @18:50}", "tests"), event("u", "@18:30", "later")];
    let fields = format!("{}timeline:\n{}", impacts(moments, moments), timeline.concat());
    let page = render(&workspace("resolved", &fields), &[]);
    in_order(&page, &["## Timeline", "tests.", "fully restored", "later."]);
}
