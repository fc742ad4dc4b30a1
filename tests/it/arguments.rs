//! What commands make of their arguments: paths, ids, folders, and what is there already.

use std::process::Stdio;

use crate::sandbox::{NEW_YEAR, SMALLEST, SMALLEST_FILE, Sandbox};

const ID: &str = "2022-12-18-order-imports";

#[test]
fn a_document_that_was_committed_with_its_incident_is_not_stale() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST)]);
    let render = ["render", ID, "-o", "docs"];
    let check = ["render", ID, "-o", "docs", "--check"];
    sandbox.git(&["init", "-q"]);
    sandbox.relato(&render).with_code(0);
    sandbox.commit();
    assert_eq!(sandbox.relato(&check).with_code(0).out, "", "written before the commit");
    assert_eq!(sandbox.relato(&render).with_code(0).out, "", "nothing to write anew");
    sandbox.write(SMALLEST_FILE, SMALLEST.replace("stopped", "stood still"));
    let stale = sandbox.relato(&check).with_code(1).out;
    assert_eq!(stale.lines().filter(|line| line.starts_with("stale ")).count(), 4, "{stale}");
    sandbox.relato(&render).with_code(0);
    sandbox.commit();
    sandbox.relato(&check).with_code(0);
}

#[test]
fn an_incident_is_named_by_the_beginning_of_its_id_everywhere() {
    let sandbox = Sandbox::with(&[(
        SMALLEST_FILE,
        &format!("{SMALLEST}actions: [{{id: A1, title: {{en: a, pt-BR: b}}, status: accepted}}]\n"),
    )]);
    for args in [
        &["metrics", "2022-12"][..],
        &["metrics", "2022-12", ID],
        &["actions", "--incident", "2022-12"],
        &["actions", "--incident", SMALLEST_FILE],
        &["check", "2022-12"],
        &["render", "2022-12"],
    ] {
        let said = sandbox.relato(args);
        assert!(said.code < 2 && said.out.contains(ID), "{args:?}: {said:?}");
    }
    assert_eq!(
        sandbox.relato(&["metrics", "2022-12", ID]).out.matches(ID).count(),
        1,
        "named twice, told once"
    );
}

#[test]
fn a_path_to_check_must_be_there() {
    let sandbox = Sandbox::with(&[("services.yaml", "relato: 1\nservices: {}\n"), (SMALLEST_FILE, SMALLEST)]);
    for (path, there) in [
        (".", true),
        ("./incidents/", true),
        ("incidents/2022/../2022", true),
        (SMALLEST_FILE, true),
        ("services.yaml", true),
        ("relato.yaml", false),
        ("glossary.yaml", false),
        ("incidents/20", false),
        ("/", false),
        ("..", false),
    ] {
        let said = sandbox.relato(&["check", path]);
        assert_eq!(said.code < 2, there, "{path}: {said:?}");
    }
    let said = sandbox.relato(&["check", "2022-12-18-order-import5"]).with_code(2);
    assert!(said.err.contains(&format!("did you mean `{ID}`?")), "{said:?}");
}

#[cfg(unix)]
#[test]
fn a_path_through_a_link_is_the_path_behind_it() {
    let sandbox = Sandbox::with(&[("relato.yaml", "relato: 1\n"), (SMALLEST_FILE, SMALLEST)]);
    let link = sandbox.beside("link");
    std::os::unix::fs::symlink(sandbox.path(""), &link).unwrap();
    let link = link.to_str().unwrap();
    for args in [
        &["-C", &format!("{link}/incidents"), "check", "2022"][..],
        &["check", &format!("{link}/incidents/2022")],
    ] {
        assert_eq!(sandbox.relato(args).code, 0, "{args:?}");
    }
}

#[test]
fn a_new_incident_is_no_second_one() {
    let sandbox = Sandbox::with(&[("incidents/2026-01-01-slow.yaml", "relato: 1\nid: 2026-01-01-slow\n")]);
    let new = |slug: &str, services: &[&str]| {
        let mut args = vec!["new", slug, "--as-of", NEW_YEAR];
        services.iter().for_each(|service| args.extend(["--service", service]));
        sandbox.relato(&args)
    };
    let said = new("slow", &["checkout"]).with_code(2);
    assert!(said.err.contains("`incidents/2026-01-01-slow.yaml` is already there"), "{said:?}");
    let path = new("twice", &["checkout", "checkout"]).with_code(0).out;
    assert_eq!(sandbox.read(path.trim()).matches("- service: checkout").count(), 1);
    for odd in ["a b", "a: {b", "", "a\nb"] {
        new("odd", &[odd]).with_code(2);
    }
}

#[test]
fn two_incidents_of_one_id_do_not_keep_the_others_from_being_built() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, SMALLEST), (&format!("incidents/{ID}.yaml"), SMALLEST)]);
    let said = sandbox.relato(&["build"]).with_code(1);
    assert!(said.err.contains("left out: "), "{said:?}");
    assert!(said.err.contains("1 incident in 2 languages"), "{said:?}");
}

#[test]
fn a_build_from_a_folder_below_goes_to_the_workspace() {
    let sandbox = Sandbox::with(&[("relato.yaml", "relato: 1\n"), (SMALLEST_FILE, SMALLEST)]);
    let inside = sandbox.path("incidents");
    sandbox.relato(&["-C", inside.to_str().unwrap(), "build"]).with_code(0);
    assert!(sandbox.path("public/index.html").exists());
    sandbox.relato(&["-C", inside.to_str().unwrap(), "build", "-o", "../site"]).with_code(0);
    assert!(sandbox.path("site/index.html").exists());
}

#[test]
fn a_workspace_is_set_up_round_services_that_are_there() {
    let sandbox = Sandbox::with(&[("services.yaml", "relato: 1\nservices: {}\n")]);
    sandbox.relato(&["init"]).with_code(0);
    assert_eq!(sandbox.read("services.yaml"), "relato: 1\nservices: {}\n");
    sandbox.relato(&["check"]).with_code(0);
}

#[test]
fn an_incident_without_impacts_or_that_cannot_be_read_is_not_passed_over() {
    let sandbox = Sandbox::with(&[
        ("incidents/2026-01-01-none.yaml", "relato: 1\nid: 2026-01-01-none\ntitle: {en: a, pt-BR: b}\n"),
        ("incidents/2026-01-02-broken.yaml", "["),
    ]);
    assert!(sandbox.relato(&["metrics", "2026-01-01-none"]).with_code(0).out.contains("2026-01-01-none"));
    for args in
        [&["metrics", "2026-01-02"][..], &["render", "2026-01-02"], &["actions", "--incident", "2026-01-02"]]
    {
        let said = sandbox.relato(args).with_code(2);
        assert!(said.err.contains("help: `relato check incidents/2026-01-02-broken.yaml`"), "{said:?}");
    }
}

#[test]
fn work_is_done_and_judged_though_nobody_reads_on() {
    let sandbox = Sandbox::with(&[(SMALLEST_FILE, &SMALLEST.replace("relato: 1", "relato: 2"))]);
    for (args, code) in [(&["check"][..], 1), (&["init"], 0)] {
        let mut child = sandbox.command(args).stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(code), "{args:?}");
    }
    assert!(sandbox.path("services.yaml").exists());
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_cannot_move_the_cursor() {
    let sandbox = Sandbox::with(&[("incidents/a\u{1b}[2Jb.yaml", "["), ("incidents/a\u{1b}[2Jc.yaml", "[")]);
    for args in [&["check"][..], &["metrics", "a"], &["render", "a\u{1b}[2Jb"], &["metrics", "x\u{1b}[2J"]] {
        let said = sandbox.relato(args);
        assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{said:?}");
    }
}
