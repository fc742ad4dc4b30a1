//! Help, manual pages, completions and the rules' pages.

use relato::{language::Language, rules};

use crate::sandbox::{Sandbox, snapshot};

const COMMANDS: [&str; 19] = [
    "init",
    "new",
    "check",
    "explain",
    "metrics",
    "render",
    "build",
    "serve",
    "actions",
    "diff",
    "stats",
    "export",
    "incident",
    "runbook",
    "search",
    "translate",
    "schema",
    "completions",
    "man",
];

#[test]
fn every_command_has_its_help() {
    let sandbox = Sandbox::new();
    let whole = sandbox.relato(&["--help"]).with_code(0);
    snapshot("help/relato.txt", &whole.out);
    for command in COMMANDS {
        let long = sandbox.relato(&[command, "--help"]).with_code(0);
        snapshot(&format!("help/{command}.txt"), &long.out);
        assert!(whole.out.lines().any(|line| line.trim_start().starts_with(command)), "{command}");
        assert!(long.out.contains("Examples:"), "{command} shows no example");
        assert_eq!(sandbox.relato(&["help", command]).with_code(0).out, long.out, "{command}");
        assert_eq!(long.err, "");
    }
    let listed = whole.out.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    let listed: Vec<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let mut known: Vec<&str> = COMMANDS.into_iter().chain(["help"]).collect();
    known.retain(|command| !listed.contains(command));
    assert_eq!((known, listed.len()), (vec![], COMMANDS.len() + 1), "{listed:?}");
}

/// Commands of commands.
const INNER: [[&str; 2]; 7] = [
    ["actions", "history"],
    ["actions", "diff"],
    ["actions", "set"],
    ["actions", "add"],
    ["actions", "import"],
    ["actions", "export"],
    ["incident", "set"],
];

#[test]
fn every_inner_command_has_its_help() {
    let sandbox = Sandbox::new();
    for [outer, inner] in INNER {
        let long = sandbox.relato(&[outer, inner, "--help"]).with_code(0);
        snapshot(&format!("help/{outer}-{inner}.txt"), &long.out);
        assert!(long.out.contains("Examples:"), "{outer} {inner} shows no example");
        assert!(sandbox.relato(&[outer, "--help"]).out.contains(&format!("\n  {inner} ")), "{outer} {inner}");
    }
}

#[test]
fn every_example_of_the_help_can_be_parsed() {
    let sandbox = Sandbox::own();
    let inner = INNER.iter().map(|inner| inner.as_slice());
    for command in COMMANDS.iter().map(std::slice::from_ref).chain(inner) {
        let help = sandbox.relato(&[command, &["--help"]].concat()).out;
        let examples = help.split("Examples:\n").nth(1).unwrap();
        for line in examples.lines().take_while(|line| line.starts_with("  ")) {
            let Some(example) = line.trim().strip_prefix("relato ") else { continue };
            // two spaces begin the explanation; the shell's part is the shell's
            let example = example.split("  ").next().unwrap();
            let example = example.split(['>', '|']).next().unwrap();
            let mut args: Vec<&str> = example.split_whitespace().collect();
            args.push("--help");
            assert_eq!(sandbox.relato(&args).code, 0, "relato {example}");
        }
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let sandbox = Sandbox::new();
    let whole = sandbox.relato(&["man"]).with_code(0);
    assert!(whole.out.contains(".TH relato 1"), "{}", &whole.out[..200]);
    for command in COMMANDS {
        let page = sandbox.relato(&["man", command]).with_code(0).out;
        assert!(page.contains(&format!(".TH relato-{command} 1")), "{command}: {}", &page[..200]);
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH OPTIONS"), "{command}");
    }
}

#[test]
fn every_shell_has_completions() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = sandbox.relato(&["completions", shell]).with_code(0).out;
        for command in COMMANDS {
            assert!(script.contains(command), "{shell} {command}");
        }
        assert!(script.contains("--as-of") || script.contains("as-of"), "{shell}");
    }
}

#[test]
fn a_rule_explains_itself_in_both_languages() {
    let sandbox = Sandbox::new();
    for lang in ["en", "pt-BR"] {
        let page = sandbox.relato(&["explain", "recovery-over-target", "--lang", lang]).with_code(0).out;
        snapshot(&format!("explain.{lang}.md"), &page);
        let list = sandbox.relato(&["explain", "--list", "--lang", lang]).with_code(0).out;
        for line in list.lines().skip(1).take_while(|line| !line.is_empty()) {
            let rule = line.split_whitespace().next().unwrap();
            let page = sandbox.relato(&["explain", rule, "--lang", lang]).with_code(0).out;
            let (fix, why) =
                if lang == "en" { ("## Fix", "## Why") } else { ("## Correção", "## Por quê") };
            assert!(page.contains(fix) && page.contains(why), "{rule}: {page}");
        }
    }
}

#[test]
fn every_rule_a_finding_names_has_a_page() {
    let sandbox = Sandbox::own();
    for finding in sandbox.findings() {
        sandbox.relato(&["explain", finding["rule"].as_str().unwrap()]).with_code(0);
    }
}

#[test]
fn the_version_is_the_packages() {
    let said = Sandbox::new().relato(&["--version"]).with_code(0);
    assert_eq!(said.out, concat!("relato ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_handbook_of_the_rules_is_what_they_say() {
    for (tag, name) in [("en", "README.md"), ("pt-BR", "README.pt-BR.md")] {
        let told = rules::handbook(Language::tagged(tag).unwrap());
        crate::sandbox::snapshot_at(&format!("src/rules/{name}"), &told);
        for rule in rules::RULES.iter() {
            assert!(told.contains(&format!("\n### {}\n", rule.name)), "{}", rule.name);
        }
    }
}

#[test]
fn the_list_of_rules_is_told_to_programs_too() {
    let sandbox = Sandbox::new();
    for lang in ["en", "pt-BR"] {
        let list =
            sandbox.relato(&["explain", "--list", "--format", "json", "--lang", lang]).with_code(0).json();
        let listed = list["rules"].as_array().unwrap();
        assert_eq!(listed.len(), rules::RULES.len());
        for rule in listed {
            for key in ["name", "group", "severity", "kind", "title", "check", "why", "fix"] {
                assert!(rule[key].as_str().is_some_and(|text| !text.is_empty()), "{key} of {rule}");
            }
        }
        let one = sandbox.relato(&["explain", "waiver-unused", "--format", "json", "--lang", lang]).json();
        assert_eq!(one["rule"]["waivable"], false);
        assert!(one["rule"]["page"].as_str().unwrap().contains("```yaml"));
        let text = sandbox.relato(&["explain", "--list", "--lang", lang]).with_code(0).out;
        assert!(text.contains("`reviewed`"), "{text}");
    }
}
