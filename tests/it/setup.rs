//! `relato init` and `relato new`: what they write passes `relato check`.

use crate::sandbox::{NEW_YEAR, Sandbox};

#[test]
fn init_in_an_empty_folder_passes_even_the_strictest_check() {
    let sandbox = Sandbox::new();
    let said = sandbox.relato(&["init"]).with_code(0);
    let wrote: Vec<&str> = said.out.lines().collect();
    assert_eq!(wrote, sandbox.files(""), "it says what it wrote");
    for file in ["relato.yaml", "services.yaml", ".relato/incident.schema.json", ".gitignore"] {
        assert!(wrote.contains(&file), "{file} in {wrote:?}");
    }
    for as_of in [&[][..], &["--as-of", "2026-01-20"], &["--as-of", "2036-01-20"]] {
        let said = sandbox.relato(&[&["check", "--deny", "warnings"], as_of].concat()).with_code(0);
        assert_eq!(said.out, "nothing to report\n", "{as_of:?}");
    }
    let answer = sandbox.relato(&["metrics", "--format", "json"]).with_code(0).json();
    assert_eq!(answer["incidents"][0]["impacts"][0]["verdict"], "met");
}

#[test]
fn init_twice_overwrites_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("relato.yaml", "relato: 1\norg: {name: Mine}\n");
    let first = sandbox.relato(&["init"]).with_code(0);
    assert!(first.err.contains("relato.yaml is already there, and stays as it is"), "{}", first.err);
    assert_eq!(sandbox.read("relato.yaml"), "relato: 1\norg: {name: Mine}\n");
    sandbox.write("services.yaml", "relato: 1\n");
    let before = sandbox.files("");
    let second = sandbox.relato(&["init"]).with_code(0);
    assert_eq!(second.out, "");
    assert_eq!(sandbox.files(""), before);
    assert_eq!(sandbox.read("services.yaml"), "relato: 1\n");
}

#[test]
fn init_makes_the_folder_it_is_given() {
    let sandbox = Sandbox::new();
    sandbox.relato(&["init", "a/b"]).with_code(0);
    assert!(sandbox.path("a/b/relato.yaml").exists());
    sandbox.relato(&["-C", "a/b", "check", "--deny", "warnings"]).with_code(0);
    sandbox.relato(&["-C", "a", "init", "c"]).with_code(0);
    assert!(sandbox.path("a/c/relato.yaml").exists());
}

#[test]
fn new_scaffolds_a_file_that_passes_in_each_zone() {
    for zone in [
        "UTC",
        "America/Sao_Paulo",
        "America/New_York",
        "Europe/Warsaw",
        "Asia/Kathmandu",
        "Pacific/Kiritimati",
        "Africa/Casablanca",
    ] {
        let sandbox = Sandbox::new();
        sandbox.relato(&["init"]).with_code(0);
        let settings = sandbox.read("relato.yaml").replace("timezone: UTC ", &format!("timezone: {zone} "));
        assert!(settings.contains(zone));
        sandbox.write("relato.yaml", settings);
        for as_of in [
            "2026-03-31T18:00:00Z",
            // the hours around the ends of summer time in New York, Warsaw and, once, São Paulo
            "2026-11-01T05:30:00Z",
            "2026-11-01T06:30:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
            "2018-02-18T01:30:00Z",
            "2018-02-18T02:30:00Z",
        ] {
            let slug = format!("o-{}", as_of.to_lowercase().replace(':', "-"));
            let said = sandbox
                .relato(&["new", &slug, "--service", "checkout", "--service", "reports", "--as-of", as_of])
                .with_code(0);
            let path = said.out.trim();
            let check = sandbox.relato(&["check", path, "--as-of", as_of, "--format", "json"]).with_code(0);
            let counts = check.json()["counts"].clone();
            assert_eq!((&counts["error"], &counts["warning"]), (&0.into(), &0.into()), "{zone} {as_of}");
            let answer =
                sandbox.relato(&["metrics", path, "--format", "json", "--as-of", as_of]).with_code(0).json();
            for impact in answer["incidents"][0]["impacts"].as_array().unwrap() {
                assert_eq!(impact["verdict"], "running", "{zone} {as_of}");
                let elapsed = impact["ttr"]["min_seconds"].as_i64().unwrap_or(0);
                assert!(elapsed < 60, "{zone} {as_of}: started {elapsed} s ago");
            }
        }
    }
}

#[test]
fn new_in_a_folder_without_a_catalogue_names_the_class() {
    let sandbox = Sandbox::new();
    let args = ["new", "order-imports", "--service", "order-import", "--as-of", "2022-12-18"];
    let said = sandbox.relato(&args).with_code(0);
    assert_eq!(said.out, "incidents/2022/2022-12-18-order-imports.yaml\n");
    sandbox.relato(&["check", "--as-of", "2022-12-18"]).with_code(0);
    let again = sandbox.relato(&args).with_code(2);
    let expected = "error: `incidents/2022/2022-12-18-order-imports.yaml` is already there\n  help: choose another slug, or go on in that file\n";
    assert_eq!(again.err, expected);
}

#[test]
fn the_comments_of_a_scaffold_can_be_uncommented() {
    let sandbox = Sandbox::new();
    sandbox.relato(&["init"]).with_code(0);
    let said = sandbox.relato(&["new", "slow", "--service", "checkout", "--as-of", NEW_YEAR]).with_code(0);
    let path = said.out.trim();
    let text = sandbox.read(path);
    let (head, tail) = text.split_once("timeline: []\n").unwrap();
    let head: String = head
        .lines()
        .map(|line| match line.strip_prefix("    # ") {
            // the example shows the shape; its signal is for the author to name
            Some(rest) => format!("    {}\n", rest.replace("signal: …", "signal: orders")),
            None => format!("{line}\n"),
        })
        .collect();
    let (events, rest) = tail.split_once("# causes:").unwrap();
    let events: String =
        events.lines().map(|line| format!("{}\n", line.strip_prefix("# ").unwrap())).collect();
    sandbox.write(path, format!("{head}{events}# causes:{rest}"));
    let said = sandbox.relato(&["check", path, "--as-of", NEW_YEAR]);
    assert_eq!(said.code, 0, "{}\n{}", said.out, sandbox.read(path));
}

#[test]
fn new_refuses_what_it_cannot_write_and_says_what_to_do() {
    let sandbox = Sandbox::new();
    sandbox.relato(&["init"]).with_code(0);
    let before = sandbox.files("");
    for (args, message, help) in [
        (
            &["new", "slow", "--service", "chekout"][..],
            "there is no service `chekout`",
            "did you mean `checkout`?",
        ),
        (&["new", "slow", "--service", "zzz"], "there is no service `zzz`", "services.yaml"),
        (&["new", "Slow", "--service", "checkout"], "`Slow` cannot be part of an id", "lower-case"),
        (&["new", "../../etc", "--service", "checkout"], "`../../etc` cannot be part of an id", "lower-case"),
        (&["new", "", "--service", "checkout"], "`` cannot be part of an id", "lower-case"),
        (&["new", "-", "--service", "checkout"], "`-` cannot be part of an id", "lower-case"),
        (&["new", "busca-lenta-à-noite", "--service", "checkout"], "cannot be part of an id", "lower-case"),
        (&["new", "slow", "--service", "checkout", "--at", "HEAD"], "git repository", "--at"),
        (&["new", "slow"], "--service", "--help"),
    ] {
        let said = sandbox.relato(args).with_code(2);
        assert_eq!(said.out, "", "{args:?}");
        assert!(said.err.contains(message) && said.err.contains(help), "{args:?}: {}", said.err);
    }
    assert_eq!(sandbox.files(""), before);
}
