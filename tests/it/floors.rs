//! The floors of `src/README.md`, held against the code.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Module → floor, from the plan in `src/README.md`.
fn plan() -> BTreeMap<String, u32> {
    let readme = fs::read_to_string(root().join("src/README.md")).unwrap();
    let block = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let floors = block.lines().map(|line| {
        let mut words = line.split_whitespace();
        let floor = words.next().unwrap().parse().unwrap();
        (words.next().unwrap().to_owned(), floor)
    });
    floors.collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of `src` below `folder`, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    files.sort();
    files
}

/// The module of `src` that a file belongs to.
fn module(path: &Path) -> String {
    let first = path.components().nth(1).unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of this crate that a text names: `crate::x`, `crate::{x, y::z}`, comments left out.
fn named(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word = |text: &str| -> String {
            text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        };
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut item = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => names.push(word(&std::mem::take(&mut item))),
                    _ => item.push(c),
                }
            }
            names.push(word(&item));
        } else {
            names.push(word(rest));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn a_module_names_only_lower_floors() {
    let plan = plan();
    let mut broken = Vec::new();
    for (path, text) in sources("") {
        let own = module(&path);
        let Some(floor) = plan.get(&own) else {
            assert!(
                ["lib", "main"].contains(&own.as_str()),
                "{} is on no floor of src/README.md",
                path.display()
            );
            continue;
        };
        for other in named(&text) {
            match plan.get(&other) {
                Some(below) if other == own || below < floor => {}
                Some(_) => broken.push(format!("{} names `{other}`", path.display())),
                None => broken.push(format!("{} names `crate::{other}`, which is no module", path.display())),
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_module_of_the_plan_is_there_and_public() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for name in plan().keys() {
        assert!(lib.contains(&format!("pub mod {name};")), "{name} is on the plan, and not in src/lib.rs");
    }
}

#[test]
fn what_belongs_to_one_floor_stays_there() {
    let only = |needle: &str, allowed: &[&str]| {
        for (path, text) in sources("") {
            let name = path.to_str().unwrap();
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n");
            let here = allowed.iter().any(|allowed| name.starts_with(allowed));
            assert!(here || !code.contains(needle), "{name} has `{needle}`, which belongs to {allowed:?}");
        }
    };
    only("git2", &["src/source/"]);
    only("chrono_tz", &["src/time/zone.rs"]);
    only("serde_yaml", &["src/format/", "src/render/"]);
    only("saphyr_parser", &["src/locate/", "src/format/"]);
    only("tera::", &["src/render/"]);
    only("fluent", &["src/language/"]);
    only("annotate_snippets", &["src/report/"]);
    only("clap", &["src/cli/"]);
    only("std::env", &["src/main.rs"]);
    only("SystemTime", &["src/main.rs"]);
}

#[test]
fn the_model_carries_no_serde() {
    for (path, text) in sources("model") {
        let code =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for needle in ["serde", "Spot", "std::path"] {
            let allowed = needle == "Spot" && path.ends_with("fault.rs");
            assert!(allowed || !code.contains(needle), "{} has `{needle}`", path.display());
        }
    }
}

#[test]
fn every_file_opens_with_one_sentence() {
    for (path, text) in sources("") {
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! ") || first.starts_with("#![doc"),
            "{} does not open with `//!`",
            path.display()
        );
    }
}

#[test]
fn the_version_stands_in_the_changelog() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(
        changelog.contains(concat!("## [", env!("CARGO_PKG_VERSION"), "]")),
        "CHANGELOG.md lacks this version"
    );
}
