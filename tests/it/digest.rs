//! The calendar of due dates and the digest of a Monday.

use icalendar::{Calendar, CalendarComponent, Component};

use crate::{
    board::{AS_OF, incident, workspace},
    sandbox::{Sandbox, snapshot},
};

const INTERNAL: [&str; 4] = ["--audience", "internal", "--as-of", AS_OF];

fn render(sandbox: &Sandbox, args: &[&str]) -> String {
    let said = sandbox.relato(&[&["render"], &INTERNAL[..], args].concat()).with_code(0);
    assert_eq!(said.err, "");
    said.out
}

/// What RFC 5545 asks of any stream, then what a library makes of it.
fn parsed(text: &str) -> Calendar {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line:?} is longer than 75 bytes");
    }
    text.parse().unwrap()
}

/// The value of a property, as text.
fn value(component: &impl Component, name: &str) -> String {
    component.property_value(name).unwrap_or_else(|| panic!("no {name}")).to_owned()
}

#[test]
fn each_due_date_is_a_task_and_an_all_day_event() {
    let calendar = parsed(&render(&workspace(), &["--target", "calendar"]));
    let (mut tasks, mut events) = (Vec::new(), Vec::new());
    for component in &calendar.components {
        match component {
            CalendarComponent::Todo(todo) => {
                assert!(todo.property_value("DTSTAMP").is_some());
                tasks.push((
                    value(todo, "UID"),
                    value(todo, "DUE"),
                    value(todo, "STATUS"),
                    value(todo, "PRIORITY"),
                ));
            }
            CalendarComponent::Event(event) => {
                events.push((value(event, "UID"), value(event, "DTSTART"), value(event, "DTEND")));
            }
            other => panic!("{other:?}"),
        }
    }
    let text = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
    let tasks: Vec<Vec<String>> = tasks.into_iter().map(|(a, b, c, d)| vec![a, b, c, d]).collect();
    assert_eq!(
        tasks,
        [
            text(&["2026-01-10-queue.A2-todo", "20260310", "IN-PROCESS", "3"]),
            text(&["2026-03-02-queue-again.A3-todo", "20260310", "NEEDS-ACTION", "9"]),
            text(&["2026-01-10-queue.A1-todo", "20260328", "NEEDS-ACTION", "1"]),
            text(&["2026-03-02-queue-again.A1-todo", "20260405", "IN-PROCESS", "3"]),
        ]
    );
    let events: Vec<Vec<String>> = events.into_iter().map(|(a, b, c)| vec![a, b, c]).collect();
    assert_eq!(events[0], text(&["2026-01-10-queue.A2-due", "20260310", "20260311"]));
    assert_eq!(events.len(), 4);
}

#[test]
fn the_calendar_depends_on_the_record_and_not_on_the_clock() {
    let sandbox = workspace();
    let at = |as_of: &str| {
        sandbox.relato(&["render", "--target", "calendar", "--audience", "internal", "--as-of", as_of]).out
    };
    assert_eq!(at("2026-04-01"), at("2027-01-01"));
    snapshot("calendar.ics", &at("2026-04-01").replace("\r\n", "\n"));
}

#[test]
fn actions_are_a_calendar_of_what_was_asked_for() {
    let sandbox = workspace();
    let said =
        sandbox.relato(&["actions", "--format", "ics", "--team", "care", "--as-of", AS_OF]).with_code(0);
    assert!(said.err.contains("1 action has no due date"), "{said:?}");
    let calendar = parsed(&said.out);
    assert_eq!(calendar.components.len(), 2);
    // what is done is a task that is done, and no event
    let said = sandbox
        .relato(&["actions", "--format", "ics", "--status", "done", "--lang", "pt-BR", "--as-of", AS_OF]);
    let calendar = parsed(&said.with_code(0).out);
    let done: Vec<String> = calendar
        .components
        .iter()
        .map(|component| match component {
            CalendarComponent::Todo(todo) => value(todo, "COMPLETED"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(done, ["20260201T120000Z", "20260202T120000Z"]);
    for (args, code) in [(&["--team", "care"][..], 1), (&["--team", "care", "--public"], 0)] {
        let asked = [&["actions", "--format", "ics", "--exit-code", "-q", "--as-of", AS_OF], args].concat();
        sandbox.relato(&asked).with_code(code);
    }
}

#[test]
fn hostile_text_stays_in_its_property() {
    let sandbox = workspace();
    let nasty = "id: A1, type: prevent, team: 'a,b;c', owner: role:lead, due: 2026-05-01, created_on: 2026-04-01, status: accepted";
    let text = incident("2026-03-20-nasty", "checkout", "", &[nasty]).replace(
        "title: {en: Mend it, pt-BR: Consertar}",
        r#"title: {en: "x\r\nEND:VCALENDAR\nBEGIN:VEVENT; a, b \\n ção \U0001F525 very long text that has to be folded somewhere in the middle of ão", pt-BR: y}"#,
    );
    sandbox.write("incidents/2026/2026-03-20-nasty.yaml", text);
    let said = sandbox.relato(&[
        "actions",
        "--format",
        "ics",
        "--incident",
        "2026-03-20-nasty",
        "-q",
        "--as-of",
        AS_OF,
    ]);
    let calendar = parsed(&said.with_code(0).out);
    assert_eq!(calendar.components.len(), 2);
    assert_eq!(said_lines(&sandbox, "BEGIN:VEVENT"), 1);
    let CalendarComponent::Todo(todo) = &calendar.components[0] else { panic!() };
    let summary = value(todo, "SUMMARY");
    assert!(summary.contains("ção 🔥 very long") && summary.ends_with("ão"), "{summary}");
}

/// How many lines of the calendar of the nasty incident are exactly this.
fn said_lines(sandbox: &Sandbox, line: &str) -> usize {
    let said = sandbox.relato(&[
        "actions",
        "--format",
        "ics",
        "--incident",
        "2026-03-20-nasty",
        "-q",
        "--as-of",
        AS_OF,
    ]);
    said.out.split("\r\n").filter(|own| *own == line).count()
}

#[test]
fn the_digest_is_one_screen_in_each_language() {
    let sandbox = workspace();
    sandbox.write(
        "relato.yaml",
        sandbox.read("relato.yaml") + "repository_url: 'https://git.example/blob/{rev}/{path}#L{line}'\n",
    );
    for (name, args) in [
        ("digest.en.md", &["--lang", "en"][..]),
        ("digest.pt-BR.md", &["--lang", "pt-BR"]),
        ("digest.en.html", &["--lang", "en", "--syntax", "html"]),
        ("digest.pt-BR.html", &["--lang", "pt-BR", "--syntax", "html"]),
    ] {
        snapshot(name, &render(&sandbox, &[&["--target", "actions-digest"], args].concat()));
    }
    // what was done this week is told, and no longer after it
    let done = |as_of: &str| {
        let args = [
            "render",
            "--target",
            "actions-digest",
            "--audience",
            "internal",
            "--lang",
            "en",
            "--as-of",
            as_of,
        ];
        sandbox.relato(&args).with_code(0).out.contains("2 were done after")
    };
    assert!(done("2026-02-02") && done("2026-02-07") && !done("2026-02-10"));
}

#[test]
fn a_quiet_week_is_said_in_words() {
    let sandbox = Sandbox::with(&[("relato.yaml", "relato: 1\n")]);
    let said = sandbox.relato(&[
        "render",
        "--target",
        "actions-digest",
        "--audience",
        "internal",
        "--lang",
        "en",
        "--as-of",
        AS_OF,
    ]);
    let said = said.with_code(0).out;
    assert!(said.contains("Nothing is overdue.") && !said.contains('|'), "{said}");
}

#[test]
fn the_html_of_the_digest_is_what_mail_programs_keep() {
    let html = render(&workspace(), &["--target", "actions-digest", "--syntax", "html", "--lang", "en"]);
    for dropped in ["<style", "<script", "class=", "<link", "<img", "url(", "position:", "javascript:"] {
        assert!(!html.contains(dropped), "{dropped}");
    }
    // many rows are counted, not listed
    let sandbox = Sandbox::with(&[("relato.yaml", "relato: 1\n")]);
    let actions: Vec<String> = (1..=40)
        .map(|n| format!("id: A{n}, type: detect, owner: role:lead, due: 2026-03-{:02}, created_on: 2026-01-12, status: accepted", n % 28 + 1))
        .collect();
    let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
    let text = incident("2026-01-10-many", "checkout", "", &actions)
        .replace("service: checkout", "service: checkout, class: critical");
    sandbox.write("incidents/2026/2026-01-10-many.yaml", text);
    let html = render(&sandbox, &["--target", "actions-digest", "--syntax", "html", "--lang", "en"]);
    assert!(html.contains("and 28 more") && html.len() < 20_000, "{}", html.len());
}

#[test]
fn both_are_for_the_organisation_alone() {
    let sandbox = workspace();
    for target in ["calendar", "actions-digest"] {
        let said = sandbox.relato(&["render", "--target", target, "--as-of", AS_OF]).with_code(2);
        assert!(said.err.contains("is not for the public audience"), "{}", said.err);
        let said =
            sandbox.relato(&["render", "2026-01-10-queue", "--target", target, "--audience", "internal"]);
        assert!(said.with_code(2).err.contains("tells of the whole workspace"));
    }
    let said = sandbox.relato(&["render"]).with_code(2);
    assert!(said.err.contains("which incident?"), "{}", said.err);
    sandbox.relato(&["build", "--as-of", AS_OF, "-o", "public"]).with_code(0);
    assert!(!sandbox.files("public").iter().any(|file| file.contains("digest") || file.ends_with(".ics")));
    sandbox.relato(&["build", "--as-of", AS_OF, "--audience", "internal", "-o", "internal"]).with_code(0);
    let calendar = sandbox.read("internal/calendar/actions.ics");
    assert_eq!(parsed(&calendar).components.len(), 8);
    for file in ["en/digest.md", "en/digest.html", "pt-BR/digest.md", "pt-BR/digest.html"] {
        assert!(
            sandbox.read(&format!("internal/actions-digest/{file}")).contains("2026-01-10-queue/A2"),
            "{file}"
        );
    }
}

#[test]
fn a_digest_that_is_kept_is_checked_like_any_document() {
    let sandbox = workspace();
    let run = |as_of: &str, check: bool, code: i32| {
        let mut args = vec![
            "render",
            "--target",
            "actions-digest",
            "--audience",
            "internal",
            "-o",
            "docs",
            "--as-of",
            as_of,
        ];
        args.extend(check.then_some("--check"));
        sandbox.relato(&args).with_code(code).out
    };
    assert_eq!(run(AS_OF, true, 1).lines().count(), 4);
    assert_eq!(run(AS_OF, false, 0).lines().count(), 4);
    assert_eq!(run(AS_OF, true, 0), "");
    assert_eq!(run("2026-04-02T12:00:00Z", true, 1).lines().count(), 4);
}
