//! Minimum first: the smallest incident of the documentation, whole, and with any one line left out or misspelt.

use serde_json::Value;

use crate::sandbox::{NEW_YEAR, SMALLEST, SMALLEST_FILE, Sandbox, snapshot};

fn judged(text: &str) -> Vec<Value> {
    Sandbox::with(&[(SMALLEST_FILE, text)]).findings()
}

/// What of a finding the reader sees: level, rule, line, sentence, help.
fn told(finding: &Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    format!(
        "{} {} {}:{} {} || {}",
        text("severity"),
        text("rule"),
        finding["line"],
        finding["column"],
        text("message"),
        text("help")
    )
}

#[test]
fn the_smallest_incident_passes_and_shows_what_is_still_to_be_written() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    let said = sandbox.relato(&["check", "--lang", "en", "--as-of", NEW_YEAR]).with_code(0);
    assert_eq!(said.err, "");
    snapshot("smallest.txt", &said.out);
    let findings = sandbox.findings();
    assert!(findings.iter().all(|finding| finding["severity"] != "error"));
    assert!(findings.iter().any(|finding| finding["severity"] == "warning"));
    for finding in &findings {
        // what is wrong in the file comes with what to write; a missed target is a fact and repaired by nobody
        let fact = finding["rule"] == "recovery-over-target";
        assert!(fact || !finding["help"].as_str().unwrap_or_default().is_empty(), "{}", told(finding));
    }
    let answer = sandbox.relato(&["metrics", "--format", "json"]).with_code(0).json();
    let impact = &answer["incidents"][0]["impacts"][0];
    assert_eq!(impact["ttr"]["min_seconds"], 92880);
    assert_eq!(impact["factor_min"], 154.8);
}

/// What is said of the smallest incident without one of its lines.
struct Without {
    line: usize,
    severity: &'static str,
    rule: &'static str,
    at: u64,
    help: &'static str,
}

const fn without(
    line: usize,
    severity: &'static str,
    rule: &'static str,
    at: u64,
    help: &'static str,
) -> Without {
    Without { line, severity, rule, at, help }
}

const WITHOUT: &[Without] = &[
    without(1, "error", "value-missing", 1, "write `relato: 1`"),
    without(2, "error", "value-missing", 1, "write `id: 2022-12-18-order-imports`"),
    without(3, "error", "instant-without-offset", 8, "timezone: "),
    without(4, "error", "value-missing", 1, "write `status: open`"),
    without(5, "error", "value-missing", 1, "write `title: {en: …, pt-BR: …}`"),
    without(6, "error", "yaml-invalid", 6, "write `impacts:` in the line before"),
    without(7, "error", "value-invalid", 6, "begin each item with `- `, like `- service: order-import`"),
    without(8, "error", "unknown-service-or-class", 7, "add `class: critical` or `class: non-critical`"),
    without(9, "warning", "impact-without-start", 7, "`started: {not_before: …, not_after: …}`"),
    without(10, "warning", "detection-missing", 7, "`detected: unknown`"),
    without(11, "warning", "verdict-undecidable", 7, "`recovered`"),
];

fn without_line(number: usize) -> String {
    let lines = SMALLEST.lines().enumerate().filter(|(at, _)| at + 1 != number);
    lines.map(|(_, line)| format!("{line}\n")).collect()
}

#[test]
fn each_line_left_out_is_missed_where_it_is_missing() {
    let whole: Vec<String> = judged(SMALLEST).iter().map(|one| one["rule"].to_string()).collect();
    for case in WITHOUT {
        let findings = judged(&without_line(case.line));
        let all = findings.iter().map(told).collect::<Vec<_>>().join("\n");
        let found = findings.iter().find(|finding| finding["rule"] == case.rule);
        let found = found.unwrap_or_else(|| panic!("without line {}: no {}\n{all}", case.line, case.rule));
        assert_eq!(found["severity"], case.severity, "without line {}\n{all}", case.line);
        assert_eq!(found["line"], case.at, "without line {}\n{all}", case.line);
        assert!(
            found["help"].as_str().unwrap_or_default().contains(case.help),
            "without line {}\n{all}",
            case.line
        );
        // and nothing is said of what is there
        for finding in &findings {
            let rule = finding["rule"].to_string();
            let expected = rule.contains(case.rule)
                || whole.contains(&rule)
                || ["verdict-undecidable"].iter().any(|known| rule.contains(known));
            assert!(expected, "without line {}: {}", case.line, told(finding));
        }
    }
}

#[test]
fn each_key_misspelt_is_found_where_it_stands_with_the_key_that_was_meant() {
    for key in [
        "relato",
        "id",
        "timezone",
        "status",
        "title",
        "impacts",
        "service",
        "class",
        "started",
        "detected",
        "recovered",
        "en",
        "pt-BR",
    ] {
        let (line, column) = place(key);
        // the last letter but one is doubled; short keys get a letter more
        let misspelt = match key {
            "id" => "idd".to_owned(),
            "en" => "enn".to_owned(),
            "pt-BR" => "pt_BR".to_owned(),
            _ => format!("{}{}", &key[..key.len() - 1], &key[key.len() - 2..]),
        };
        let text = SMALLEST.replacen(&format!("{key}:"), &format!("{misspelt}:"), 1);
        assert_ne!(text, SMALLEST);
        let findings = judged(&text);
        let all = findings.iter().map(told).collect::<Vec<_>>().join("\n");
        let found = findings
            .iter()
            .find(|finding| {
                finding["rule"]
                    == if ["en", "pt-BR"].contains(&key) { "value-invalid" } else { "key-unknown" }
            })
            .unwrap_or_else(|| panic!("{misspelt}: no key-unknown\n{all}"));
        assert_eq!(found["severity"], "error", "{misspelt}");
        assert_eq!(found["line"], line, "{misspelt}");
        // a language is pointed at where its text stands
        assert!(found["column"] == column || found["rule"] == "value-invalid", "{misspelt}: {}", told(found));
        assert!(
            found["help"].as_str().unwrap_or_default().contains(&format!("`{key}`")),
            "{misspelt}: {}",
            told(found)
        );
    }
}

/// Line and column of a key of the smallest incident.
fn place(key: &str) -> (u64, u64) {
    let needle = format!("{key}:");
    for (line, text) in (1..).zip(SMALLEST.lines()) {
        if let Some(at) = text.find(&needle) {
            return (line, text[..at].chars().count() as u64 + 1);
        }
    }
    panic!("no {key}");
}

#[test]
fn each_value_misspelt_is_found_where_it_stands() {
    for (from, to, rule, line, column, help) in [
        ("relato: 1", "relato: one", "value-invalid", 1, 9, "1"),
        ("relato: 1", "relato: 2", "schema-newer", 1, 9, "relato"),
        (
            "id: 2022-12-18-order-imports",
            "id: 2022-12-18-order-import",
            "id-not-file-name",
            2,
            5,
            "rename the file to `2022-12-18-order-import.yaml`",
        ),
        ("America/New_York", "America/New_Yrok", "value-invalid", 3, 11, "`America/New_York`"),
        ("America/New_York", "EST", "value-invalid", 3, 11, "write an IANA name such as `America/Sao_Paulo`"),
        (
            "America/New_York",
            "GMT-5",
            "value-invalid",
            3,
            11,
            "write an IANA name such as `America/Sao_Paulo`",
        ),
        ("status: resolved", "status: resloved", "value-invalid", 4, 9, "`resolved`"),
        ("class: critical ", "class: critcal ", "unknown-service-or-class", 8, 12, "`critical`"),
        (
            "2022-12-18T16:20",
            "2022-12-18 at 16:20",
            "instant-without-offset",
            9,
            14,
            "did you mean `2022-12-18T16:20`?",
        ),
        ("2022-12-18T16:20", "2022-12-32T16:20", "instant-without-offset", 9, 14, "write it like"),
        ("2022-12-18T20:00", "2022-12-20T20:00", "", 0, 0, ""),
        ("2022-12-19T18:08", "2022-12-17T18:08", "moments-out-of-order", 11, 16, ""),
        ("2022-12-18T16:20", "2022-12-18T16:20-03:00", "offset-not-in-force", 9, 14, "-05:00"),
        // a night without that hour
        (
            "2022-12-18T16:20",
            "2022-03-13T02:30",
            "instant-without-offset",
            9,
            14,
            "write the reading you mean: `2022-03-13T03:30-04:00`",
        ),
    ] {
        let text = SMALLEST.replacen(from, to, 1);
        assert_ne!(text, SMALLEST, "{from}");
        let findings = judged(&text);
        let all = findings.iter().map(told).collect::<Vec<_>>().join("\n");
        if rule.is_empty() {
            assert!(findings.iter().all(|finding| finding["severity"] != "error"), "{to}\n{all}");
            continue;
        }
        let found = findings
            .iter()
            .find(|finding| finding["rule"] == rule)
            .unwrap_or_else(|| panic!("{to}: no {rule}\n{all}"));
        assert_eq!(
            (&found["line"], &found["column"]),
            (&Value::from(line), &Value::from(column)),
            "{to}\n{all}"
        );
        assert!(found["help"].as_str().unwrap_or_default().contains(help), "{to}\n{all}");
    }
}

#[test]
fn an_unfinished_merge_is_told_at_its_first_mark_and_nothing_else() {
    let ours = "<<<<<<< HEAD\nstatus: resolved\n=======\nstatus: reviewed\n>>>>>>> review\n";
    let text = SMALLEST.replacen("status: resolved\n", ours, 1);
    assert_ne!(text, SMALLEST);
    let findings = judged(&text);
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    let line = text.lines().position(|line| line.starts_with("<<<<<<<")).unwrap() + 1;
    assert_eq!(finding["rule"], "yaml-invalid");
    assert_eq!(finding["line"], line);
    assert!(finding["help"].as_str().unwrap().contains("`=======`"), "{}", told(finding));
}
