//! Same tree, same moment, same binary: same bytes, whatever the machine.

use crate::sandbox::{NEW_YEAR, Sandbox};

const QUESTIONS: [&[&str]; 11] = [
    &["check"],
    &["check", "--format", "json"],
    &["metrics"],
    &["metrics", "--format", "csv"],
    &["actions", "--all"],
    &["actions", "--all", "--format", "json"],
    &["actions", "--format", "markdown"],
    &["stats"],
    &["stats", "--format", "json", "--by", "year"],
    &["render", "2017-11-10-oms", "--syntax", "html"],
    &["render", "2022-12-18-order-imports", "--audience", "internal"],
];

const MACHINES: [&[(&str, &str)]; 7] = [
    &[],
    &[("TZ", "America/Sao_Paulo")],
    &[("TZ", "Pacific/Kiritimati")],
    &[("LC_ALL", "pt_BR.UTF-8"), ("LANG", "pt_BR.UTF-8")],
    &[("LC_ALL", "tr_TR.UTF-8")],
    &[("RAYON_NUM_THREADS", "1")],
    &[("COLUMNS", "40"), ("TERM", "dumb")],
];

#[test]
fn the_answer_is_the_same_on_every_machine() {
    let sandbox = Sandbox::own();
    for question in QUESTIONS {
        for lang in ["en", "pt-BR"] {
            let args = [question, &["--lang", lang, "--as-of", NEW_YEAR]].concat();
            let first = sandbox.relato(&args).with_code(0).out;
            assert!(!first.is_empty());
            for machine in MACHINES {
                let again = sandbox.relato_env(machine, &args).with_code(0).out;
                assert_eq!(again, first, "{machine:?} {args:?}");
            }
        }
    }
}

#[test]
fn the_site_is_the_same_twice_and_on_every_machine() {
    let sandbox = Sandbox::own();
    sandbox.commit();
    sandbox.relato(&["build", "-o", "first", "--as-of", NEW_YEAR]).with_code(0);
    let files = sandbox.files("first");
    assert!(files.len() > 10, "{files:?}");
    for (name, machine) in ["a", "b", "c", "d", "e", "f", "g"].iter().zip(MACHINES) {
        sandbox.relato_env(machine, &["build", "-o", name, "--as-of", NEW_YEAR]).with_code(0);
        assert_eq!(sandbox.files(name), files, "{machine:?}");
        for file in &files {
            let same = sandbox.read(&format!("{name}/{file}")) == sandbox.read(&format!("first/{file}"));
            assert!(same, "{file} differs with {machine:?}");
        }
    }
}
