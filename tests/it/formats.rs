//! `relato check` for machines: SARIF and JUnit by their schemas, annotations of GitHub; and which findings are told.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sandbox::{NEW_YEAR, SMALLEST, SMALLEST_FILE, Said, Sandbox, read, snapshot};

/// Faults of each level, in names and texts that every format has to escape.
fn broken() -> Sandbox {
    let sandbox = Sandbox::with(&[
        ("relato.yaml", "relato: 1\nclases: {}\n"),
        ("incidents/2026/2026-03-02-orders.yaml", BROKEN),
        ("incidents/2026/a b, 100% <&>.yaml", "relato: 1\nid: 2026-03-03-cut\ntitle: {en: Cut\n"),
        (SMALLEST_FILE, SMALLEST),
    ]);
    sandbox.commit();
    sandbox
}

const BROKEN: &str = "\
relato: 1
id: 2026-03-02-ordrs
status: reviewed
timezone: America/Sao_Paulo
title: {en: \"Orders <stopped> & \\\"went\\\" on: 100%, ::error::\"}
impacts:
  - id: workflow
    service: order-import
    class: criticl
    started: 2026-03-02T10:00
    recoverd: \"%0A::error::x]]>\"
actions:
  - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, priority: P1, owner: null, due: 31/03/2026, status: accepted, addresses: [workfow]}
waivers:
  - {rule: action-without-owner, target: A1, reason: {en: \"No <team> yet\", pt-BR: Ainda sem time}, approved_by: role:head, until: 2026-06-30}
";

fn check(sandbox: &Sandbox, args: &[&str]) -> Said {
    sandbox.relato(&[&["check", "--as-of", "2026-04-01"], args].concat())
}

#[track_caller]
fn is_sarif(answer: &Value) {
    // one pattern of the schema holds a stray bracket, which a strict reader of patterns refuses
    let schema = read("tests/schemas/sarif-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[track_caller]
fn is_junit(answer: &str) {
    let schema = read("tests/schemas/junit-10.xsd");
    let schema = uppsala::parse(&schema).unwrap();
    let validator = uppsala::XsdValidator::from_schema(&schema).unwrap();
    let document = uppsala::parse(answer).unwrap_or_else(|error| panic!("{error}\n{answer}"));
    let errors = validator.validate(&document);
    assert!(errors.is_empty(), "{errors:#?}\n{answer}");
}

#[test]
fn sarif_is_accepted_by_the_schema_of_its_committee() {
    for sandbox in [Sandbox::own(), broken(), Sandbox::new()] {
        for lang in ["en", "pt-BR"] {
            let answer = check(&sandbox, &["--format", "sarif", "--lang", lang]).json();
            is_sarif(&answer);
            assert_eq!(answer["runs"][0]["language"], lang);
            let findings = check(&sandbox, &["--format", "json", "--lang", lang]).findings();
            let results = answer["runs"][0]["results"].as_array().unwrap();
            assert_eq!(results.len(), findings.len());
            for (result, finding) in results.iter().zip(&findings) {
                assert_eq!(result["ruleId"], finding["rule"]);
                let rule = &answer["runs"][0]["tool"]["driver"]["rules"]
                    [result["ruleIndex"].as_u64().unwrap() as usize];
                assert_eq!(rule["id"], finding["rule"]);
                assert!(rule["help"]["markdown"].as_str().unwrap().contains("## "), "{rule}");
                assert_eq!(result["suppressions"].is_array(), finding["waived"] == true);
                assert!(
                    result["message"]["text"]
                        .as_str()
                        .unwrap()
                        .starts_with(finding["message"].as_str().unwrap())
                );
            }
        }
    }
    // the schema refuses something
    let mut wrong = check(&broken(), &["--format", "sarif"]).json();
    wrong["runs"][0]["results"][0]["level"] = "grave".into();
    assert!(std::panic::catch_unwind(|| is_sarif(&wrong)).is_err());
}

#[test]
fn junit_is_accepted_by_its_schema() {
    for sandbox in [Sandbox::own(), broken(), Sandbox::new()] {
        for args in
            [&["--format", "junit"][..], &["--format", "junit", "--deny", "warnings", "--lang", "pt-BR"]]
        {
            let said = check(&sandbox, args);
            is_junit(&said.out);
            // a build that fails has a failure to show, and the other way round
            assert_eq!(said.out.contains("<failure"), said.code == 1, "{}", said.out);
        }
    }
    let said = check(&broken(), &["--format", "junit", "--lang", "en"]);
    assert!(said.out.contains("<skipped message=\"`A1` has no owner\"/>"), "{}", said.out);
    let passing = Sandbox::with(&[("incidents/2026/a b, 100% <&>.yaml", "")]);
    assert!(
        passing.relato(&["check", "--format", "junit", "--only", "parity"]).out.contains("&lt;&amp;&gt;")
    );
    assert!(std::panic::catch_unwind(|| is_junit("<testsuite><testcase/></testsuite>")).is_err());
}

#[test]
fn each_format_tells_the_small_broken_workspace() {
    let sandbox = broken();
    for (format, name) in
        [("github", "check.github.txt"), ("junit", "check.junit.xml"), ("sarif", "check.sarif")]
    {
        let said =
            check(&sandbox, &["--format", format, "--lang", "en", "--only", "reading,action-without-owner"]);
        let version = format!("\"semanticVersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
        snapshot(name, &said.with_code(1).out.replace(&version, "\"semanticVersion\": \"…\""));
    }
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/incident log/relato.yaml", "relato: 1\nclases: {}\n");
    sandbox.commit();
    let folder = ["-C", "docs/incident log", "check", "--lang", "en"];
    let said = sandbox.relato(&[&folder[..], &["--format", "github"]].concat()).with_code(1);
    assert!(said.out.starts_with("::error file=docs/incident log/relato.yaml,line=2,"), "{}", said.out);
    let said = sandbox.relato(&[&folder[..], &["--format", "sarif"]].concat()).with_code(1).json();
    let place = &said["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/incident%20log/relato.yaml");
    // elsewhere, as the workspace has it
    let alone = Sandbox::with(&[("relato.yaml", "relato: 1\nclases: {}\n")]);
    let said = alone.relato(&["check", "--format", "github"]).with_code(1);
    assert!(said.out.starts_with("::error file=relato.yaml,"), "{}", said.out);
}

fn fingerprints(sandbox: &Sandbox, as_of: &str) -> Vec<String> {
    let said = sandbox.relato(&["check", "--format", "sarif", "--as-of", as_of]).json();
    let results = said["runs"][0]["results"].as_array().unwrap().clone();
    results
        .iter()
        .map(|one| one["partialFingerprints"]["relatoFinding/v1"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_fingerprint_outlives_lines_that_move_and_days_that_pass() {
    let sandbox = Sandbox::own();
    let before = fingerprints(&sandbox, NEW_YEAR);
    let distinct: BTreeSet<&String> = before.iter().collect();
    assert_eq!(distinct.len(), before.len(), "two findings have one fingerprint");
    // every line of every file moves down, and items move in their lists
    for path in sandbox.files("incidents") {
        let path = format!("incidents/{path}");
        let text = sandbox.read(&path);
        let moved = text.replacen("\nactions:\n", "\nactions:\n  - {id: A99, title: {en: a, pt-BR: b}, type: detect, priority: P3, owner: role:a, created_on: 2026-01-01, due: 2026-12-01, status: done, done_on: 2026-01-01, done_when: {en: a, pt-BR: b}, addresses: []}\n", 1);
        sandbox.write(&path, format!("# moved\n\n{moved}"));
    }
    let after: BTreeSet<String> = fingerprints(&sandbox, NEW_YEAR).into_iter().collect();
    let lost: Vec<&&String> = distinct.iter().filter(|print| !after.contains(**print)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    assert_eq!(fingerprints(&sandbox, NEW_YEAR), fingerprints(&sandbox, "2026-02-01"));
}

#[test]
fn rules_are_chosen_by_name_and_by_group() {
    let sandbox = Sandbox::own();
    let rules = |args: &[&str]| -> BTreeSet<String> {
        let said = check(&sandbox, &[&["--format", "json"], args].concat()).with_code(0);
        said.findings().iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
    };
    let all = rules(&[]);
    let actions = rules(&["--only", "actions"]);
    assert!(actions.len() > 1 && actions.is_subset(&all) && actions.len() < all.len(), "{actions:?}");
    assert_eq!(rules(&["--only", "action-without-owner"]).len(), 1);
    assert_eq!(rules(&["--only", "action-without-owner,action-without-due"]).len(), 2);
    assert_eq!(
        rules(&["--only", "actions", "--skip", "action-without-owner", "--skip", "action-without-due"]),
        &(&actions - &BTreeSet::from(["action-without-owner".to_owned(), "action-without-due".to_owned()]))
            - &BTreeSet::new()
    );
    assert!(rules(&["--skip", "actions"]).is_disjoint(&actions));
    for (args, help) in [
        (["--only", "action-without-ower"], "did you mean `action-without-owner`?"),
        (["--skip", "actoins"], "did you mean `actions`?"),
        (["--only", "zzz"], "`relato explain --list` lists them"),
        (["--skip", "yaml-invalid"], "mend the file, or name the files to check"),
    ] {
        let said = check(&sandbox, &[&args[..], &["--lang", "en"]].concat()).with_code(2);
        assert!(said.err.contains(help), "{args:?}: {}", said.err);
    }
    // a file that is not read is told whatever was asked for
    let cut = Sandbox::with(&[("incidents/2026-01-01-a.yaml", "title: [")]);
    for args in [["--only", "actions"], ["--skip", "reading"]] {
        let said = check(&cut, &[&args[..], &["--format", "json"]].concat()).with_code(1);
        assert_eq!(said.findings()[0]["rule"], "yaml-invalid", "{args:?}");
    }
}

#[test]
fn the_gravest_are_shown_and_all_of_them_count() {
    let sandbox = broken();
    let all = check(&sandbox, &["--format", "json"]).json();
    let found = all["findings"].as_array().unwrap();
    let errors = all["counts"]["error"].as_u64().unwrap() as usize;
    assert!(errors > 2 && found.len() > errors, "{}", all["counts"]);
    for most in [0, 1, errors, errors + 1, found.len(), found.len() + 1] {
        let few = check(&sandbox, &["--format", "json", "--max", &most.to_string()]).with_code(1).json();
        let shown = few["findings"].as_array().unwrap();
        assert_eq!(few["counts"], all["counts"]);
        assert_eq!(shown.len(), most.min(found.len()));
        assert_eq!(few["more"].as_u64().unwrap_or(0) as usize, found.len() - shown.len());
        let grave = shown.iter().filter(|one| one["severity"] == "error" && one["waived"] == false).count();
        assert_eq!(grave, most.min(errors), "errors first");
    }
    let said = check(&sandbox, &["--max", "1", "--lang", "pt-BR"]).with_code(1);
    assert!(said.out.contains("não mostrados"), "{}", said.out);
}

#[test]
fn only_what_a_change_brought_is_told() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    sandbox.commit();
    let since = |args: &[&str]| {
        check(&sandbox, &[&["--since", "HEAD", "--format", "json", "--lang", "en"], args].concat())
    };
    let before = check(&sandbox, &["--format", "json"]).findings().len();
    let said = since(&["--deny", "warnings"]).with_code(0).json();
    assert_eq!(said["findings"].as_array().unwrap().len(), 0);
    assert_eq!(said["known"]["count"].as_u64().unwrap() as usize, before);
    // lines move, one fault is new
    let changed = format!("# moved\n{SMALLEST}").replace("recovered: 2022", "recoverd: 2022");
    sandbox.write(SMALLEST_FILE, &changed);
    let said = since(&[]).with_code(1).json();
    let rules: Vec<&str> =
        said["findings"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"key-unknown") && !rules.contains(&"recovery-not-verified"), "{rules:?}");
    let told = check(&sandbox, &["--since", "HEAD", "--lang", "en"]).with_code(1).out;
    assert!(told.lines().last().unwrap().ends_with("already there at HEAD, not shown"), "{told}");
    // time that passes brings nothing by itself
    sandbox.write(SMALLEST_FILE, SMALLEST);
    for as_of in ["2023-01-01", "2030-01-01"] {
        let said =
            sandbox.relato(&["check", "--since", "HEAD", "--format", "json", "--as-of", as_of]).with_code(0);
        assert_eq!(said.findings(), Vec::<Value>::new(), "{as_of}");
    }
    // a second fault like one that was there is new, the first is not
    let mut twice = SMALLEST.replace("    recovered", "    recoverd: 2022-12-19T18:08\n    recovered");
    sandbox.write(SMALLEST_FILE, &twice);
    sandbox.commit();
    twice += "  - service: order-import\n    class: critical\n    started: 2022-12-18T16:20\n    recoverd: 2022-12-19T18:08\n";
    sandbox.write(SMALLEST_FILE, &twice);
    let keys = since(&[]).findings().iter().filter(|one| one["rule"] == "key-unknown").count();
    assert_eq!(keys, 1);
    let said = since(&["--since", "no-such"]);
    assert_eq!(said.code, 2);
    // a waiver that is withdrawn brings back what it covered
    let waived = format!("{SMALLEST}waivers: [{{rule: recovery-not-verified}}]\n");
    sandbox.write(SMALLEST_FILE, waived);
    sandbox.commit();
    sandbox.write(SMALLEST_FILE, SMALLEST);
    let rules: Vec<Value> = since(&[]).findings().iter().map(|one| one["rule"].clone()).collect();
    assert_eq!(rules, ["recovery-not-verified"]);
}

#[test]
fn two_revisions_are_compared_in_a_bare_and_in_a_shallow_clone() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    sandbox.commit();
    sandbox.git(&["tag", "before"]);
    sandbox.write(SMALLEST_FILE, SMALLEST.replace("recovered", "recoverd"));
    sandbox.commit();
    let whole = sandbox.path("").to_str().unwrap().to_owned();
    let beside = sandbox.beside("");
    sandbox.git_in(&beside, &["clone", "-q", "--bare", &whole, "bare"]);
    sandbox.git_in(&beside, &["clone", "-q", "--depth", "1", &format!("file://{whole}"), "shallow"]);
    let args = ["check", "--at", "main", "--format", "json", "--since"];
    let bare = sandbox.beside("bare");
    let said =
        sandbox.relato(&[&["-C", bare.to_str().unwrap()], &args[..], &["before"]].concat()).with_code(1);
    assert!(said.findings().iter().any(|one| one["rule"] == "key-unknown"));
    assert!(said.json()["known"]["count"].as_u64().unwrap() > 0);
    let shallow = sandbox.beside("shallow");
    let said = sandbox
        .relato(&[&["-C", shallow.to_str().unwrap(), "--lang", "en"], &args[..], &["before"]].concat());
    assert_eq!(said.code, 2);
    assert!(said.err.contains("shallow"), "{}", said.err);
}
