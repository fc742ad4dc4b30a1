//! `relato check` on whole workspaces: one broken file stops no other; waivers; levels; paths.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sandbox::{NEW_YEAR, SMALLEST, SMALLEST_FILE, Sandbox, snapshot};

/// A sound, short incident of this day.
fn sound(id: &str) -> String {
    SMALLEST.replace("2022-12-18-order-imports", id)
}

/// Ways to break a file, each with the rule that must say so.
fn breakages(id: &str) -> Vec<(Vec<u8>, &'static str)> {
    let text = sound(id);
    let with = |from: &str, to: &str| text.replacen(from, to, 1).into_bytes();
    let mut too_large = text.clone().into_bytes();
    too_large.resize(2 << 20, b'#');
    vec![
        (Vec::new(), "value-invalid"),
        (with("title: {", "title: {{{"), "yaml-invalid"),
        (with("started", "\tstarted"), "yaml-invalid"),
        ([text.as_bytes(), &[0xFF, 0xFE]].concat(), "file-unreadable"),
        (too_large, "file-unreadable"),
        (with("status: resolved", "status: resloved"), "value-invalid"),
        (with("recovered", "recoverd"), "key-unknown"),
        (with("relato: 1", "relato: 99"), "schema-newer"),
        (with("2022-12-18T16:20", "16h20"), "instant-without-offset"),
        (with("status: resolved", "status: resolved\nstatus: open"), "key-duplicated"),
    ]
}

#[test]
fn ten_broken_files_of_a_thousand_are_reported_and_the_others_are_judged() {
    let sandbox = Sandbox::new();
    let mut broken = Vec::new();
    for number in 0..1000_usize {
        let id = format!("20{:02}-12-18-case-{number}", number % 10);
        let path = format!("incidents/20{:02}/{id}.yaml", number % 10);
        if number % 100 == 37 {
            let (text, rule) = breakages(&id).remove(number / 100);
            sandbox.write(&path, text);
            broken.push((path, rule));
        } else {
            sandbox.write(&path, sound(&id));
        }
    }
    let said =
        sandbox.relato(&["check", "--format", "json", "--lang", "en", "--as-of", NEW_YEAR]).with_code(1);
    let findings = said.findings();
    let errors: Vec<&Value> = findings.iter().filter(|one| one["severity"] == "error").collect();
    let files: BTreeSet<&str> = errors.iter().map(|one| one["file"].as_str().unwrap()).collect();
    let expected: BTreeSet<&str> = broken.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(files, expected);
    for (path, rule) in &broken {
        let found = errors.iter().any(|one| one["file"] == path.as_str() && one["rule"] == *rule);
        assert!(
            found,
            "{path} without {rule}: {:#?}",
            errors.iter().find(|one| one["file"] == path.as_str())
        );
    }
    // each of the others has missed its target, and is told so
    let judged: BTreeSet<&str> = findings
        .iter()
        .filter(|one| one["rule"] == "recovery-over-target")
        .map(|one| one["file"].as_str().unwrap())
        .collect();
    assert_eq!(judged.difference(&expected).count(), 990);

    let answer = sandbox.relato(&["metrics", "--format", "json"]).with_code(0);
    // a moment that is none is kept as written, and is the affair of a rule
    assert!(answer.err.contains("9 files are not right as written"), "{}", answer.err);
    assert!(answer.json()["incidents"].as_array().unwrap().len() >= 990);
}

#[test]
fn findings_stand_in_the_order_of_files_and_lines() {
    let said = Sandbox::own().relato(&["check", "--format", "json", "--as-of", NEW_YEAR]).with_code(0);
    let findings = said.findings();
    let places: Vec<(String, u64, u64)> = findings
        .iter()
        .map(|one| {
            let number = |key: &str| one[key].as_u64().unwrap();
            (one["file"].as_str().unwrap().to_owned(), number("line"), number("column"))
        })
        .collect();
    let mut sorted = places.clone();
    sorted.sort();
    assert_eq!(places, sorted);
    for finding in &findings {
        for key in [
            "rule",
            "severity",
            "kind",
            "file",
            "line",
            "column",
            "end_line",
            "end_column",
            "field",
            "message",
            "help",
            "related",
            "values",
            "fix",
            "waived",
        ] {
            assert!(finding.get(key).is_some(), "{key} in {finding}");
        }
        let number = |key: &str| finding[key].as_u64().unwrap();
        assert!(number("line") >= 1 && number("column") >= 1);
        assert!(
            (number("end_line"), number("end_column")) >= (number("line"), number("column")),
            "{finding}"
        );
    }
    let counts = &said.json()["counts"];
    let count = |severity: &str| {
        findings.iter().filter(|one| one["severity"] == severity && one["waived"] == false).count()
    };
    for severity in ["error", "warning", "info"] {
        assert_eq!(counts[severity], count(severity), "{severity}");
    }
}

#[test]
fn our_own_incidents_have_true_warnings_and_no_error() {
    let said = Sandbox::own().relato(&["check", "--lang", "en", "--as-of", NEW_YEAR]).with_code(0);
    assert!(said.out.lines().last().unwrap().starts_with("0 errors, "));
    let findings = Sandbox::own().findings();
    let of = |rule: &str| findings.iter().filter(|one| one["rule"] == rule).count();
    for rule in ["action-without-owner", "action-without-due", "recovery-over-target"] {
        assert!(of(rule) > 0, "{rule}");
    }
    let in_file = |rule: &str, file: &str, waived: bool| {
        let here = |one: &&Value| one["file"].as_str().unwrap().contains(file) && one["waived"] == waived;
        findings.iter().filter(|one| one["rule"] == rule).filter(here).count()
    };
    // the post says that three services never stopped, and when they were turned back on
    assert_eq!(in_file("unaffected-claim-contradicted", "order-imports", true), 3);
    // nobody looks for what the post says four times is not understood
    assert_eq!(in_file("unknown-cause-without-investigation", "task-processing", false), 3);
    assert_eq!(in_file("detection-over-target", "task-processing", false), 3);
    assert_eq!(in_file("silent-failure-without-outcome-check", "oms", false), 1);
}

const BROKEN: &str = "\
relato: 1
id: 2026-03-02-ordrs
status: reviewed
timezone: America/Sao_Paulo
title: {en: \"Orders stopped — for a while\"}
impacts:
  - id: workflow
    service: order-import
    class: criticl
    started: 2026-03-02T10:00
    detected: 2026-03-02T09:00
    recoverd: 2026-03-02T10:08
    level: down
    level: degraded
causes:
  - {id: c1, role: root, category: config, confidence: confirmed, impacts: [workfow]}
actions:
  - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, priority: P1, owner: null, due: 31/03/2026, status: accepted, addresses: [workflow]}
waivers: []
";

#[test]
fn a_small_broken_workspace_is_told_in_both_languages() {
    let sandbox = Sandbox::with(&[
        ("relato.yaml", "relato: 1\norg: {timezone: America/Sao_Paolo}\nclases: {}\n"),
        ("incidents/2026/2026-03-02-orders.yaml", BROKEN),
        ("incidents/2026/2026-03-03-cut.yaml", "relato: 1\nid: 2026-03-03-cut\ntitle: {en: Cut\n"),
    ]);
    for lang in ["en", "pt-BR"] {
        let said = sandbox.relato(&["check", "--lang", lang, "--as-of", "2026-04-01"]).with_code(1);
        snapshot(&format!("check.{lang}.txt"), &said.out);
        assert_eq!(said.err, "");
    }
    let said =
        sandbox.relato(&["check", "--format", "json", "--lang", "en", "--as-of", "2026-04-01"]).with_code(1);
    snapshot("check.json", &said.out);
}

const WAIVED: &str = "\
waivers:
  - {rule: recovery-not-verified, target: order-import, reason: {en: No monitor then, pt-BR: Não havia monitor}, approved_by: role:head, until: 2023-06-30}
";

#[test]
fn what_is_waived_is_listed_and_does_not_count() {
    for (waivers, as_of, waived) in [
        ("", NEW_YEAR, false),
        (WAIVED, "2023-06-30T12:00:00Z", true),
        // the last day counts to its end, in the incident's zone
        (WAIVED, "2023-07-01T03:59:59Z", true),
        (WAIVED, "2023-07-01T04:00:00Z", false),
        (WAIVED.replace("target: order-import", "target: other").leak(), "2023-06-30T12:00:00Z", false),
        (WAIVED.replace("target: order-import, ", "").leak(), "2023-06-30T12:00:00Z", true),
        (WAIVED.replace(", until: 2023-06-30", "").leak(), NEW_YEAR, true),
        (WAIVED.replace("recovery-not-verified", "recovery-over-target").leak(), NEW_YEAR, false),
    ] {
        let sandbox = Sandbox::with(&[(SMALLEST_FILE, &format!("{SMALLEST}{waivers}"))]);
        let said =
            sandbox.relato(&["check", "--format", "json", "--lang", "en", "--as-of", as_of]).with_code(0);
        let findings = said.findings();
        let found = findings.iter().find(|one| one["rule"] == "recovery-not-verified").unwrap();
        assert_eq!(found["waived"], waived, "{as_of}\n{waivers}");
        assert_eq!(said.json()["counts"]["waived"], usize::from(waived), "{as_of}\n{waivers}");
    }
}

#[test]
fn a_waiver_keeps_a_build_from_failing() {
    let all = [
        "recovery-not-verified",
        "breach-without-faster-recovery",
        "unknown-cause-without-investigation",
        "detection-over-target",
        "service-without-runbook",
    ];
    let waivers: String = all
        .iter()
        .map(|rule| {
            format!(
                "  - {{rule: {rule}, reason: {{en: Old, pt-BR: Antigo}}, approved_by: role:head, until: 2026-03-31}}\n"
            )
        })
        .collect();
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &format!("{SMALLEST}waivers:\n{waivers}"))]);
    let said =
        sandbox.relato(&["check", "--deny", "warnings", "--lang", "en", "--as-of", NEW_YEAR]).with_code(0);
    assert!(said.out.contains("(waived until"), "{}", said.out);
    assert!(said.out.ends_with("5 waived\n"), "{}", said.out);
    // the day after, the waivers have run out: what they covered is back, and each of them is told
    let said = sandbox
        .relato(&["check", "--deny", "warnings", "--lang", "en", "--as-of", "2026-04-01"])
        .with_code(1);
    assert_eq!(said.out.matches("warning[waiver-unused]").count(), 5, "{}", said.out);
    assert!(!said.out.contains("waived until"), "{}", said.out);
}

#[test]
fn a_waiver_of_what_is_seen_only_across_incidents_is_used() {
    let waiver = "waivers:\n  - {rule: recurring-without-cause, target: order-import, reason: {en: a, pt-BR: b}, approved_by: role:head, until: 2026-03-31}\n";
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    let later = "2022-12-20-order-imports";
    let text = SMALLEST.replace("2022-12-1", "2022-12-2").replace("id: 2022-12-28", "id: 2022-12-20");
    sandbox.write(&format!("incidents/2022/{later}.yaml"), format!("{text}{waiver}"));
    let findings = sandbox.findings();
    let found = |rule: &str| findings.iter().find(|one| one["rule"] == rule);
    let recurring = found("recurring-without-cause").unwrap_or_else(|| panic!("{findings:#?}"));
    assert_eq!(
        (&recurring["waived"], &recurring["severity"]),
        (&true.into(), &"warning".into()),
        "{recurring}"
    );
    assert!(found("waiver-unused").is_none(), "{findings:#?}");
    // alone, it recurs no more
    std::fs::remove_file(sandbox.path(SMALLEST_FILE)).unwrap();
    let rules: Vec<Value> = sandbox.findings().iter().map(|one| one["rule"].clone()).collect();
    assert!(
        rules.contains(&"waiver-unused".into()) && !rules.contains(&"recurring-without-cause".into()),
        "{rules:?}"
    );
}

#[test]
fn levels_are_raised_lowered_and_switched_off_by_the_settings() {
    for (level, code, severity) in [
        ("\"off\"", 0, None),
        ("off", 0, None),
        ("info", 0, Some("info")),
        ("warning", 0, Some("warning")),
        // a completeness rule is at most a warning while the incident is merely resolved
        ("error", 0, Some("warning")),
    ] {
        let settings = format!("relato: 1\nrules: {{severity: {{recovery-not-verified: {level}}}}}\n");
        let sandbox = Sandbox::with(&[("relato.yaml", &settings), (SMALLEST_FILE, SMALLEST)]);
        let said = sandbox.relato(&["check", "--format", "json"]).with_code(code);
        let findings = said.findings();
        let found = findings.iter().find(|one| one["rule"] == "recovery-not-verified");
        assert_eq!(found.map(|one| one["severity"].as_str().unwrap()), severity, "{level}");
    }
    // a fact has the level it is given
    let settings = "relato: 1\nrules: {severity: {recovery-over-target: error}}\n";
    let sandbox = Sandbox::with(&[("relato.yaml", settings), (SMALLEST_FILE, SMALLEST)]);
    sandbox.relato(&["check"]).with_code(1);
}

#[test]
fn a_rule_that_the_settings_misname_is_found() {
    let settings = "relato: 1\nrules: {severity: {recovery-over-targt: \"off\"}}\n";
    let sandbox = Sandbox::with(&[("relato.yaml", settings), (SMALLEST_FILE, SMALLEST)]);
    let findings = sandbox.findings();
    let found = findings.iter().find(|one| one["file"] == "relato.yaml");
    let found = found.unwrap_or_else(|| panic!("a misspelt rule passes: {findings:#?}"));
    assert_eq!(found["line"], 2);
    assert!(found["help"].as_str().unwrap_or_default().contains("recovery-over-target"), "{found}");
    // a rule of another version
    let settings = "relato: 1\nrules: {severity: {counterfactual: \"off\", recovery-over-target: info}}\n";
    let sandbox = Sandbox::with(&[("relato.yaml", settings)]);
    assert_eq!(sandbox.findings(), Vec::<Value>::new());
}

#[test]
fn only_what_was_asked_for_is_reported() {
    let sandbox = Sandbox::own();
    let files = |args: &[&str]| -> BTreeSet<String> {
        let args = [&["check", "--format", "json", "--as-of", NEW_YEAR], args].concat();
        let findings = sandbox.relato(&args).with_code(0).findings();
        findings.iter().map(|one| one["file"].as_str().unwrap().to_owned()).collect()
    };
    let oms = "incidents/2017/2017-11-10-oms.yaml".to_owned();
    let desk = "incidents/2022/2022-12-18-order-imports.yaml".to_owned();
    for (args, expected) in [
        (&["incidents/2017/2017-11-10-oms.yaml"][..], BTreeSet::from([oms.clone()])),
        (&["2017-11-10-oms"], BTreeSet::from([oms.clone()])),
        (&["2017"], BTreeSet::from([oms.clone()])),
        (&["incidents/2017/"], BTreeSet::from([oms.clone()])),
        (&["./incidents/2017"], BTreeSet::from([oms.clone()])),
        (&["incidents/2017", "2022-12-18-order-imports"], BTreeSet::from([oms.clone(), desk])),
        (&["services.yaml"], BTreeSet::from(["services.yaml".to_owned()])),
    ] {
        assert_eq!(files(args), expected, "{args:?}");
    }
    assert_eq!(files(&["."]), files(&[]));
    let absolute = sandbox.path("incidents/2017");
    assert_eq!(files(&[absolute.to_str().unwrap()]), BTreeSet::from([oms]));
    for outside in ["..", "/", "../..", "incidents/2017/../../.."] {
        sandbox.relato(&["check", outside]).with_code(2);
    }
}

#[test]
fn two_files_of_one_name_and_links_out_of_the_workspace_are_findings() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    sandbox.write("incidents/again/2022-12-18-order-imports.yaml", SMALLEST);
    let findings = sandbox.findings();
    assert!(findings.iter().any(|one| one["rule"] == "id-duplicated"), "{findings:#?}");
    let said = sandbox.relato(&["build"]).with_code(1);
    assert!(said.err.contains("left out: incidents/again/2022-12-18-order-imports.yaml"), "{}", said.err);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/hostname", sandbox.path("incidents/2022-01-01-secret.yaml"))
            .unwrap();
        std::os::unix::fs::symlink(".", sandbox.path("incidents/loop")).unwrap();
        let findings = sandbox.findings();
        let secret = findings.iter().find(|one| one["file"] == "incidents/2022-01-01-secret.yaml").unwrap();
        assert_eq!(secret["rule"], "file-unreadable");
    }
}

#[test]
fn what_recurs_is_told_at_its_last_incident_whichever_path_is_asked_for_and_can_be_waived() {
    let at = |id: &str| format!("incidents/{}/{id}.yaml", &id[..4]);
    let (first, second) = ("2022-10-18-order-imports", "2022-12-18-order-imports");
    let sandbox = Sandbox::with(&[(&at(first), &sound(first).replace("2022-12", "2022-10"))]);
    let found = |sandbox: &Sandbox, paths: &[&str]| -> Vec<(String, bool)> {
        let args: Vec<&str> =
            ["check", "--format", "json", "--as-of", NEW_YEAR].iter().chain(paths).copied().collect();
        let said = sandbox.relato(&args).findings();
        let own = said.iter().filter(|one| one["rule"] == "recurring-without-cause");
        own.map(|one| (one["file"].as_str().unwrap().to_owned(), one["waived"] == true)).collect()
    };
    assert_eq!(found(&sandbox, &[]), []);
    sandbox.write(&at(second), sound(second));
    assert_eq!(found(&sandbox, &[]), [(at(second), false)]);
    // the others are read, though nobody asked for them
    assert_eq!(found(&sandbox, &[second]), [(at(second), false)]);
    assert_eq!(found(&sandbox, &[first]), []);
    sandbox.write(
        &at(second),
        sound(second) + "waivers: [{rule: recurring-without-cause, target: order-import}]\n",
    );
    assert_eq!(found(&sandbox, &[]), [(at(second), true)]);
    sandbox.write(&at(second), sound(second) + &format!("same_cause_as: [{first}]\n"));
    assert_eq!(found(&sandbox, &[]), []);
    // a row is told once, at its last; what came long before is a row of its own
    for id in ["2020-01-18-order-imports", "2020-06-18-order-imports", "2020-09-18-order-imports"] {
        sandbox.write(&at(id), sound(id).replace("2022-12", &id[..7]));
    }
    assert_eq!(found(&sandbox, &[]), [(at("2020-09-18-order-imports"), false)]);
}

#[test]
fn what_people_call_a_key_finds_it() {
    for (written, key) in [
        ("posts: []", "comms"),
        ("status_posts: []", "comms"),
        ("services: []", "impacts"),
        ("events: []", "timeline"),
        ("action_items: []", "actions"),
        ("todos: []", "actions"),
        ("root_cause: x", "causes"),
    ] {
        let sandbox = Sandbox::with(&[(SMALLEST_FILE, &format!("{SMALLEST}{written}\n"))]);
        for (lang, help) in [("en", "did you mean"), ("pt-BR", "você quis dizer")] {
            let said = sandbox.relato(&["check", "--lang", lang]).with_code(1);
            assert!(said.out.contains(&format!("{help} `{key}`?")), "{written}: {}", said.out);
        }
        let text = sandbox.read(SMALLEST_FILE);
        sandbox.relato(&["check", "--fix"]).with_code(1);
        assert_eq!(sandbox.read(SMALLEST_FILE), text, "what is not sure is not mended: {written}");
    }
    for (from, to, key) in [("started:", "start:", "started"), ("recovered:", "ended:", "recovered")] {
        let sandbox = Sandbox::with(&[(SMALLEST_FILE, &SMALLEST.replace(from, to))]);
        let said = sandbox.relato(&["check", "--lang", "en"]);
        assert!(said.out.contains(&format!("did you mean `{key}`?")), "{to}: {}", said.out);
    }
}

#[test]
fn a_line_out_of_its_column_is_told_to_be_aligned() {
    for (from, to, place) in [
        ("    class: critical ", "     class: critical ", ":8:6"),
        ("    class: critical ", "  class: critical ", ":8:3"),
    ] {
        let sandbox = Sandbox::with(&[(SMALLEST_FILE, &SMALLEST.replace(from, to))]);
        for (lang, help) in [("en", "align this line"), ("pt-BR", "alinhe esta linha")] {
            let said = sandbox.relato(&["check", "--lang", lang]).with_code(1);
            assert!(said.out.contains(help) && said.out.contains(place), "{to}: {}", said.out);
        }
    }
    let twice = SMALLEST.replace("timezone: America/New_York", "timezone: America: New_York");
    let said = Sandbox::with(&[(SMALLEST_FILE, &twice)]).relato(&["check", "--lang", "en"]).with_code(1);
    assert!(said.out.contains("into quotes"), "{}", said.out);
}

#[test]
fn a_wrong_class_is_a_fault_of_the_catalogue_alone() {
    let services = "relato: 1\nservices:\n  order-import: {class: critico}\n";
    let sandbox = Sandbox::with(&[("services.yaml", services), (SMALLEST_FILE, SMALLEST)]);
    let told = sandbox
        .findings()
        .into_iter()
        .filter(|it| it["severity"] == "error" && it["message"].to_string().contains("critico"));
    let told: Vec<Value> = told.collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0]["file"], "services.yaml");
}

#[test]
fn a_length_is_shown_in_its_plain_form_first() {
    let text = format!("{SMALLEST}    stated: {{recover: 26 hours or so}}\n");
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &text)]);
    let said = sandbox.relato(&["check", "--lang", "en"]).with_code(1);
    assert!(said.out.contains("write it like `10m`, "), "{}", said.out);
}
