//! `relato translate`: what is behind its source, and marking it as reviewed.

use std::{fs, path::Path};

use serde_json::Value;

use crate::sandbox::{SMALLEST, SMALLEST_FILE, Sandbox, incidents, read};

const AS_OF: &str = "2026-02-03T12:00:00Z";

fn mark(sandbox: &Sandbox, args: &[&str]) -> String {
    let args = [&["translate", "--mark-reviewed", "--lang", "en", "--as-of", AS_OF], args].concat();
    sandbox.relato(&args).with_code(0).out
}

fn stale(sandbox: &Sandbox) -> Vec<Value> {
    let said = sandbox.relato(&["translate", "--stale", "--format", "json"]).with_code(0);
    said.json()["stale"].as_array().unwrap().clone()
}

/// The lines of one text that the other does not have.
fn added(before: &str, after: &str) -> Vec<String> {
    let mut rest = after.lines();
    let mut added = Vec::new();
    for line in before.lines() {
        loop {
            let next = rest.next().unwrap_or_else(|| panic!("`{line}` is lost"));
            if next == line {
                break;
            }
            added.push(next.to_owned());
        }
    }
    added.extend(rest.map(str::to_owned));
    added
}

#[test]
fn marking_writes_the_review_and_keeps_every_other_byte() {
    let sandbox = Sandbox::own();
    let out = mark(&sandbox, &["--by", "editor-pt"]);
    assert_eq!(out.lines().count(), incidents().len(), "{out}");
    for path in incidents() {
        let added = added(&read(&path), &sandbox.read(&path)).join("\n");
        assert!(added.starts_with(
            "translation:\n  pt-BR:\n    reviewed_by: role:editor-pt\n    reviewed_on: 2026-02-03\n"
        ));
        assert!(added.contains("\n      title: \""), "{added}");
        assert!(out.contains(&format!("{path}: ")), "{out}");
    }
    let written: Vec<String> = incidents().iter().map(|path| sandbox.read(path)).collect();
    let again = mark(&sandbox, &[]);
    assert!(again.lines().all(|line| line.ends_with("nothing to write")), "{again}");
    assert_eq!(incidents().iter().map(|path| sandbox.read(path)).collect::<Vec<_>>(), written);
    assert!(stale(&sandbox).is_empty());
    let said = sandbox.relato(&["translate", "--stale", "--lang", "pt-BR"]).with_code(0);
    assert_eq!(said.out, "nenhuma tradução está desatualizada\n");
    assert!(sandbox.findings().iter().all(|one| one["rule"] != "translation-stale"));
}

#[test]
fn every_layout_is_kept() {
    let review = "reviewed_on: 2026-02-03, source_hashes: {title: \"9bec653dbd84dd99\"}";
    let title = "title: {en: Order imports stopped, pt-BR: Importação de pedidos parada}";
    let fingerprint = |text: &str| text.replace("9bec653dbd84dd99", &hash_of_title());
    for (before, after) in [
        (
            format!("{SMALLEST}translation: {{pt-BR: {{reviewed_by: role:x, reviewed_on: 2020-01-01, source_hashes: {{}}}}}}  # who\n# end\n"),
            format!("{SMALLEST}translation: {{pt-BR: {{reviewed_by: role:x, {review}}}}}  # who\n# end\n"),
        ),
        (
            format!("{SMALLEST}translation:   # to come\nsources: []\n"),
            format!("{SMALLEST}translation: {{pt-BR: {{{review}}}}}   # to come\nsources: []\n"),
        ),
        (
            SMALLEST.replace('\n', "\r\n"),
            format!("{SMALLEST}translation:\n  pt-BR:\n    reviewed_on: 2026-02-03\n    source_hashes:\n      title: \"9bec653dbd84dd99\"\n")
                .replace('\n', "\r\n"),
        ),
        (
            format!("\u{feff}{}", SMALLEST.trim_end()),
            format!("\u{feff}{SMALLEST}translation:\n  pt-BR:\n    reviewed_on: 2026-02-03\n    source_hashes:\n      title: \"9bec653dbd84dd99\"\n"),
        ),
    ] {
        assert!(before.contains(title));
        let sandbox = Sandbox::with(&[(SMALLEST_FILE, &before)]);
        mark(&sandbox, &["2022-12-18-order-imports"]);
        assert_eq!(sandbox.read(SMALLEST_FILE), fingerprint(&after));
    }
}

fn hash_of_title() -> String {
    relato::review::fingerprint("Order imports stopped")
}

#[test]
fn what_cannot_be_changed_safely_is_left_alone_and_said() {
    for strange in [
        format!("{SMALLEST}x-it: &it {{pt-BR: {{reviewed_on: 2020-01-01}}}}\ntranslation: {{pt-BR: *it}}\n"),
        format!("{SMALLEST}...\n"),
    ] {
        let sandbox = Sandbox::with(&[(SMALLEST_FILE, &strange)]);
        let said = sandbox.relato(&["translate", "--mark-reviewed", "--as-of", AS_OF]);
        if said.code == 0 {
            let after = sandbox.read(SMALLEST_FILE);
            assert!(sandbox.relato(&["check"]).out.lines().count() > 0);
            assert!(after.contains(&hash_of_title()), "{after}");
        } else {
            assert!(said.err.contains("cannot be changed safely"), "{}", said.err);
            assert_eq!(sandbox.read(SMALLEST_FILE), strange);
        }
    }
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    sandbox.commit();
    let said = sandbox.relato(&["translate", "--mark-reviewed", "--at", "HEAD"]).with_code(2);
    assert!(said.err.contains("leave out `--at`"), "{}", said.err);
    assert_eq!(sandbox.relato(&["translate"]).code, 2);
    assert_eq!(sandbox.relato(&["translate", "--stale", "--by", "x"]).code, 2);
    assert_eq!(sandbox.relato(&["translate", "--stale", "nope"]).code, 2);
}

#[test]
fn a_changed_source_is_shown_word_by_word_from_the_history() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    mark(&sandbox, &[]);
    let reviewed = sandbox.read(SMALLEST_FILE);
    sandbox.commit();
    sandbox.write(SMALLEST_FILE, reviewed.replace("Order imports stopped", "Order imports were delayed"));
    sandbox.commit();
    let [row] = stale(&sandbox).try_into().unwrap();
    assert_eq!((&row["field"], &row["language"]), (&"title".into(), &"pt-BR".into()));
    assert_eq!(
        (&row["then"], &row["now"]),
        (&"Order imports stopped".into(), &"Order imports were delayed".into())
    );
    assert_eq!((&row["line"], &row["reviewed_on"]), (&5.into(), &"2026-02-03".into()));
    let said = sandbox.relato(&["translate", "--stale", "--lang", "en"]).with_code(0);
    assert_eq!(
        said.out,
        format!(
            "{SMALLEST_FILE}:5: title: en has changed since pt-BR was reviewed on February 3, 2026
  en: Order imports [-stopped-]{{+were delayed+}}
  pt-BR: Importação de pedidos parada

1 translation is behind its source
"
        )
    );
    let found = sandbox.findings();
    let finding = found.iter().find(|one| one["rule"] == "translation-stale").unwrap();
    assert_eq!((&finding["severity"], &finding["line"]), (&"warning".into(), &5.into()));

    // a shallow clone says what it cannot show, and judges all the same
    let url = format!("file://{}", sandbox.path("").display());
    sandbox.git_in(&sandbox.beside(""), &["clone", "-q", "--depth", "1", &url, "shallow"]);
    let shallow = sandbox.beside("shallow");
    let folder = shallow.to_str().unwrap();
    let said = sandbox.relato(&["-C", folder, "translate", "--stale", "--lang", "en"]).with_code(0);
    assert!(said.out.contains("shallow clone; `git fetch --unshallow`"), "{}", said.out);
    let said = sandbox.relato(&["-C", folder, "translate", "--stale", "--lang", "pt-BR"]).with_code(0);
    assert!(said.out.contains("este clone é raso"), "{}", said.out);
    assert!(sandbox.relato(&["-C", folder, "check", "--lang", "en"]).out.contains("translation-stale"));

    mark(&sandbox, &[]);
    assert!(stale(&sandbox).is_empty());
}

#[test]
fn without_git_the_stale_text_is_shown_without_its_past() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    mark(&sandbox, &[]);
    let reviewed = sandbox.read(SMALLEST_FILE);
    sandbox.write(SMALLEST_FILE, reviewed.replace("Order imports stopped", "Imports stopped"));
    let said = sandbox.relato(&["translate", "--stale", "--lang", "en"]).with_code(0);
    assert!(said.out.contains("there is no git history here"), "{}", said.out);
    assert_eq!(stale(&sandbox)[0]["then_unknown"], "no_history");
}

#[test]
#[cfg(unix)]
fn a_link_inside_the_workspace_is_followed_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let sandbox = Sandbox::with(&[("shared/2022-12-18-order-imports.yaml", SMALLEST)]);
    let real = sandbox.path("shared/2022-12-18-order-imports.yaml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    fs::create_dir_all(sandbox.path("incidents")).unwrap();
    symlink(
        Path::new("../shared/2022-12-18-order-imports.yaml"),
        sandbox.path("incidents/2022-12-18-order-imports.yaml"),
    )
    .unwrap();
    mark(&sandbox, &[]);
    assert!(sandbox.path("incidents/2022-12-18-order-imports.yaml").is_symlink());
    assert!(sandbox.read("shared/2022-12-18-order-imports.yaml").contains("reviewed_on"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}
