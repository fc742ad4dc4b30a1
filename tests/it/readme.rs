//! The front page does what it says: its commands are run in our own workspace, and its output is theirs.

use crate::sandbox::{SMALLEST, SMALLEST_FILE, Sandbox, package, read};

/// Runs each ```` ```console ```` block of README.md; `TRYCMD=overwrite cargo test --test it readme` writes what they say.
#[test]
fn the_commands_of_the_front_page_say_what_it_shows() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().to_str().unwrap();
    let environment = [
        ("HOME", home),
        ("XDG_CACHE_HOME", home),
        ("LC_ALL", "C"),
        ("LC_MESSAGES", ""),
        ("LANG", ""),
        ("NO_COLOR", "1"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ];
    assert!(std::env::current_dir().unwrap() == package(), "cargo runs tests in the package's folder");
    let cases = trycmd::TestCases::new();
    for (name, value) in environment {
        cases.env(name, value);
    }
    cases.register_bin("relato", std::path::PathBuf::from(env!("CARGO_BIN_EXE_relato")));
    cases.case("README.md");
}

#[test]
fn the_incident_of_the_front_page_is_whole() {
    let readme = read("README.md");
    let incident = readme.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(incident, SMALLEST);
    Sandbox::with(&[(SMALLEST_FILE, incident)]).relato(&["check"]).with_code(0);
}

#[test]
fn every_command_the_front_page_names_exists() {
    let sandbox = Sandbox::own();
    for path in ["README.md", "CONTRIBUTING.md"] {
        for line in read(path).lines() {
            for command in line.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("relato "))
            {
                let name = command.split_whitespace().next().unwrap_or_default();
                if name.starts_with(|first: char| first.is_ascii_lowercase()) {
                    let mut said = sandbox.relato(&[name, "--help"]);
                    // a command of a command: `actions set`
                    let inner = command.split_whitespace().nth(1).filter(|word| !word.starts_with('-'));
                    if let Some(inner) = inner.filter(|inner| said.out.contains(&format!("\n  {inner} "))) {
                        said = sandbox.relato(&[name, inner, "--help"]);
                    }
                    assert_eq!(said.code, 0, "{path}: `relato {command}`");
                    for option in command.split_whitespace().filter(|word| word.starts_with("--")) {
                        let option = option.split('=').next().unwrap_or(option);
                        assert!(said.out.contains(option), "{path}: `relato {command}` has no {option}");
                    }
                }
            }
        }
    }
}
