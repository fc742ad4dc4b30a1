//! Exit codes, the two streams, colours, languages, folders.

use std::process::Stdio;

use crate::sandbox::{NEW_YEAR, SMALLEST, SMALLEST_FILE, Sandbox};

const BROKEN: &str = "incidents/2022/2022-12-19-broken.yaml";

fn sandbox() -> Sandbox {
    Sandbox::with(&[(SMALLEST_FILE, SMALLEST)])
}

fn broken() -> Sandbox {
    let sandbox = sandbox();
    sandbox.write(
        BROKEN,
        SMALLEST.replace("12-18-order-imports", "12-19-broken").replace("status: r", "status: x"),
    );
    sandbox
}

#[test]
fn the_exit_code_says_whether_something_is_wrong_or_nothing_could_be_done() {
    let (sound, broken) = (sandbox(), broken());
    for (sandbox, args, code) in [
        (&sound, &["check"][..], 0),
        (&sound, &["check", "--deny", "warnings"], 1),
        (&sound, &["check", "--format", "json"], 0),
        (&broken, &["check"], 1),
        (&broken, &["check", "--format", "json"], 1),
        (&broken, &["check", SMALLEST_FILE], 0),
        (&broken, &["check", BROKEN], 1),
        (&broken, &["check", "2022-12-19-broken"], 1),
        (&broken, &["check", "incidents"], 1),
        (&broken, &["metrics"], 0),
        (&broken, &["actions"], 0),
        (&sound, &["explain", "recovery-over-target"], 0),
        (&sound, &["explain", "--list"], 0),
        (&sound, &["--version"], 0),
        (&sound, &["--help"], 0),
        (&sound, &["help", "check"], 0),
        (&sound, &[], 2),
        (&sound, &["chekc"], 2),
        (&sound, &["check", "--frob"], 2),
        (&sound, &["check", "--format", "xml"], 2),
        (&sound, &["check", "nowhere"], 2),
        (&sound, &["check", "--as-of", "yesterday"], 2),
        (&sound, &["check", "--as-of", "2026-02-30"], 2),
        (&sound, &["check", "--as-of", "2026-02-20T10:00"], 2),
        (&sound, &["check", "--at", "HEAD"], 2),
        (&sound, &["check", "--lang", "fr"], 2),
        (&sound, &["-C", "nowhere", "check"], 2),
        (&sound, &["explain", "no-such-rule"], 2),
        (&sound, &["explain"], 2),
        (&sound, &["metrics", "nothing"], 2),
        (&sound, &["render", "nothing"], 2),
        (&sound, &["man", "nothing"], 2),
        (&sound, &["completions", "cmd"], 2),
        (&sound, &["schema", "nothing"], 2),
    ] {
        let said = sandbox.relato(args);
        assert_eq!(said.code, code, "{args:?}: {said:#?}");
        match code {
            2 => {
                assert_eq!(said.out, "", "{args:?}");
                assert!(!said.err.is_empty(), "{args:?}");
            }
            _ => assert!(!said.err.contains("error:"), "{args:?}: {}", said.err),
        }
    }
}

#[test]
fn an_error_says_once_what_is_wrong_and_then_what_to_do() {
    let sandbox = sandbox();
    let repository = self::sandbox();
    repository.commit();
    for (sandbox, args, message, help) in [
        (
            &sandbox,
            &["check", "--as-of", "yesterday"][..],
            "`--as-of yesterday` is not a moment",
            "2026-03-31T18:00:00Z",
        ),
        (&sandbox, &["check", "--lang", "fr"], "relato does not speak `fr`", "en, pt-BR"),
        (&sandbox, &["check", "--at", "HEAD"], "lies in no git repository", "leave out `--at`"),
        (&repository, &["check", "--at", "v9"], "no such revision `v9`", "git "),
        (&sandbox, &["-C", "nowhere", "check"], "there is no folder", "-C"),
        (&sandbox, &["-C", SMALLEST_FILE, "check"], "is not a folder", "give the folder that holds it"),
        (&sandbox, &["check", "nowhere"], "`nowhere` is no file, folder or incident", "incidents/"),
        (&sandbox, &["metrics", "2022-12-18-order-import"], "", ""),
        (&sandbox, &["metrics", "2022-12-81"], "there is no incident `2022-12-81`", "relato metrics"),
        (
            &sandbox,
            &["explain", "recovery-over-targt"],
            "there is no rule",
            "did you mean `recovery-over-target`?",
        ),
        (&sandbox, &["man", "chekc"], "no command `chekc`", "relato --help"),
    ] {
        let said = sandbox.relato(args);
        if message.is_empty() {
            assert_eq!(said.code, 0, "{args:?}");
            continue;
        }
        assert_eq!(said.code, 2, "{args:?}: {said:?}");
        let lines: Vec<&str> = said.err.lines().collect();
        assert!(lines[0].starts_with("error: ") && lines[0].contains(message), "{args:?}: {}", said.err);
        let last = lines.last().unwrap();
        assert!(last.starts_with("  help: ") && last.contains(help), "{args:?}: {}", said.err);
        let sentence = lines[0].trim_start_matches("error: ");
        assert_eq!(said.err.matches(sentence).count(), 1, "{args:?} says it twice: {}", said.err);
    }
}

#[test]
fn a_pipe_gets_no_escapes_unless_they_are_asked_for() {
    let sandbox = broken();
    for (env, args, coloured) in [
        (&[][..], &["check"][..], false),
        (&[], &["check", "--color", "auto"], false),
        (&[], &["check", "--color", "always"], true),
        (&[("NO_COLOR", "1")], &["check"], false),
        (&[("NO_COLOR", "1")], &["check", "--color", "always"], true),
        (&[("CLICOLOR_FORCE", "1")], &["check", "--color", "never"], false),
        (&[("TERM", "xterm-256color")], &["check"], false),
        (&[], &["metrics", "--color", "always", "--format", "json"], false),
        (&[], &["check", "--color", "always", "--format", "json"], false),
        (&[], &["--help"], false),
        (&[], &["frob"], false),
    ] {
        let said = sandbox.relato_env(env, args);
        assert_eq!(said.out.contains('\u{1b}'), coloured, "{env:?} {args:?}");
        assert!(!said.err.contains('\u{1b}'), "{env:?} {args:?}");
    }
}

#[test]
fn the_language_is_that_of_the_option_else_of_the_locale_else_of_the_settings() {
    let english = broken();
    let portuguese = broken();
    portuguese.write("relato.yaml", "relato: 1\norg: {languages: [pt-BR, en]}\n");
    for (sandbox, env, args, expected) in [
        (&english, &[][..], &["check"][..], "2 errors"),
        (&english, &[], &["check", "--lang", "pt-BR"], "2 erros"),
        (&english, &[], &["check", "--lang", "pt"], "2 erros"),
        (&english, &[], &["check", "--lang", "PT-br"], "2 erros"),
        (&english, &[("LC_ALL", "pt_BR.UTF-8")], &["check"], "2 erros"),
        (&english, &[("LANG", "pt_BR.UTF-8")], &["check"], "2 erros"),
        (&english, &[("LC_ALL", "en_US.UTF-8"), ("LANG", "pt_BR.UTF-8")], &["check"], "2 errors"),
        (&english, &[("LC_ALL", ""), ("LANG", "pt_BR")], &["check"], "2 erros"),
        (&english, &[("LC_ALL", "pt_BR.UTF-8")], &["check", "--lang", "en"], "2 errors"),
        (&english, &[("LC_ALL", "fr_FR.UTF-8")], &["check"], "2 errors"),
        (&portuguese, &[], &["check"], "2 erros"),
        (&portuguese, &[("LC_ALL", "C")], &["check"], "2 erros"),
        (&portuguese, &[("LC_ALL", "fr_FR.UTF-8")], &["check"], "2 erros"),
        (&portuguese, &[("LANG", "en_GB.UTF-8")], &["check"], "2 errors"),
    ] {
        let said = sandbox.relato_env(env, args);
        let last = said.out.lines().last().unwrap_or_default();
        let expected = expected.replace('2', "1").replace("errors", "error").replace("erros", "erro");
        assert!(last.starts_with(&format!("{expected},")), "{env:?} {args:?}: {last}");
    }
}

#[test]
fn the_workspace_is_found_from_the_folder_given_upwards() {
    let sandbox = Sandbox::own();
    let whole = sandbox.relato(&["check", "--format", "json", "--as-of", NEW_YEAR]).with_code(0).out;
    let inside = ["-C", "incidents/2017", "check", "--format", "json", "--as-of", NEW_YEAR];
    assert_eq!(sandbox.relato(&inside).with_code(0).out, whole);
    let outside = ["-C", "..", "-C", "../ws", "check", "--format", "json"];
    assert_eq!(sandbox.relato(&outside).code, 2, "one folder is enough");
    // a path is relative to where the command stands; findings name files from the workspace's root
    let one = ["-C", "incidents/2017", "check", "2017-11-10-oms.yaml", "--format", "json"];
    let findings = sandbox.relato(&one).with_code(0).findings();
    assert!(!findings.is_empty());
    assert!(findings.iter().all(|finding| finding["file"] == "incidents/2017/2017-11-10-oms.yaml"));
}

#[test]
fn an_empty_folder_is_a_workspace_without_incidents() {
    let sandbox = Sandbox::new();
    for (args, out) in [
        (&["check"][..], "nothing to report\n"),
        (&["metrics", "--as-of", NEW_YEAR], "no incidents; work tree, as of 2026-01-01T00:00:00Z\n"),
        (&["actions", "--as-of", NEW_YEAR], "no actions; work tree, as of 2026-01-01T00:00:00Z\n"),
        (&["check", "--lang", "pt-BR"], "nada a relatar\n"),
    ] {
        let said = sandbox.relato(args).with_code(0);
        assert_eq!(said.out, out, "{args:?}");
        let words = [" holds no relato.yaml and no incidents", " não tem relato.yaml nem incidentes"];
        assert!(said.err.contains(words[usize::from(args.contains(&"pt-BR"))]), "{said:?}");
        assert_eq!(sandbox.relato(&[args, &["-q"]].concat()).with_code(0).err, "");
    }
}

#[test]
fn whoever_stops_reading_gets_no_complaint() {
    let sandbox = Sandbox::own();
    for args in [&["check"][..], &["metrics"], &["--help"], &["schema"], &["man"], &["completions", "bash"]] {
        let mut command = sandbox.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {output:?}");
        assert!(output.stderr.is_empty(), "{args:?}: {output:?}");
    }
}

#[test]
fn quiet_says_nothing_but_the_answer_and_verbose_says_more() {
    let sandbox = broken();
    let loud = sandbox.relato(&["metrics", "--as-of", NEW_YEAR]).with_code(0);
    assert!(loud.err.contains("1 file is not right as written"), "{}", loud.err);
    let quiet = sandbox.relato(&["metrics", "-q", "--as-of", NEW_YEAR]).with_code(0);
    assert_eq!((quiet.out, quiet.err), (loud.out, String::new()));
    let verbose = sandbox.relato(&["actions", "--all", "-v", "--as-of", NEW_YEAR]).with_code(0);
    assert!(verbose.err.contains("revision worktree, as of 2026-01-01T00:00:00Z"), "{}", verbose.err);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_an_error_and_not_a_panic() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let sandbox = sandbox();
    for args in [&["check"][..], &["metrics", "--format", "json"], &["schema"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = sandbox.command(args).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("cannot be written"),
            "{args:?}: {output:?}"
        );
    }
}

#[test]
fn what_goes_wrong_is_told_in_the_language_of_the_answer() {
    let sandbox = Sandbox::own();
    for (args, wrong, help) in [
        (
            &["check", "--only", "action-overdu"][..],
            "não existe regra ou grupo `action-overdu`",
            "você quis dizer",
        ),
        (&["check", "--at", "no-such"], "não está em um repositório git", "omita `--at`"),
        (&["check", "--as-of", "ontem"], "`--as-of ontem` não é um momento", "escreva em RFC 3339"),
        (
            &["check", "2017-11-10-omz"],
            "não é arquivo, pasta nem incidente",
            "você quis dizer `2017-11-10-oms`?",
        ),
        (&["metrics", "2017-11-10-omz"], "não existe o incidente", "`relato metrics` lista"),
        (&["explain", "no-such"], "não existe regra `no-such`", "`relato explain --list`"),
        (&["actions", "--due-within", "soon"], "não é um número de dias", "escreva dias ou semanas"),
    ] {
        let said = sandbox.relato(&[args, &["--lang", "pt-BR"]].concat()).with_code(2);
        assert!(said.err.starts_with("erro: ") && said.err.contains(wrong), "{args:?}: {}", said.err);
        assert!(
            said.err.contains(&format!("  ajuda: {help}")) || said.err.contains(help),
            "{args:?}: {}",
            said.err
        );
        let english = sandbox.relato(&[args, &["--lang", "en"]].concat()).with_code(2);
        assert!(english.err.starts_with("error: ") && english.err.contains("\n  help: "), "{}", english.err);
        // the locale speaks where no language is named
        let by_locale = sandbox.relato_env(&[("LANG", "pt_BR.UTF-8")], args).with_code(2);
        assert_eq!(by_locale.err, said.err);
    }
}

#[test]
fn a_mistake_in_the_arguments_is_told_in_the_language_asked_for() {
    let sandbox = sandbox();
    for (args, expected) in [
        (
            &["chek"][..],
            "erro: não existe o comando 'chek'\n\n  ajuda: você quis dizer 'schema' ou 'check'?\n\nUso: relato",
        ),
        (
            &["check", "--formt", "json"],
            "erro: não existe o argumento '--formt'\n\n  ajuda: você quis dizer '--format'?",
        ),
        (
            &["check", "--format", "jsn"],
            "erro: 'jsn' não é um valor de '--format <FORMAT>'\n  [valores possíveis: text, json, sarif, github, junit]\n\n  ajuda: você quis dizer 'json'?",
        ),
        (&["check", "--format"], "erro: falta o valor de '--format <FORMAT>'"),
        (
            &["check", "--max", "many"],
            "erro: 'many' não é um valor de '--max <N>': não é um número inteiro a partir de zero",
        ),
        (&["actions", "--status", "ready"], "use um destes: "),
        (&["stats", "--since", "March"], "escreva uma data como 2026-03-31"),
        (&["actions", "set"], "erro: falta informar:\n  <ID>\n  <KEY=VALUE>...\n\nUso: relato actions set"),
        (&["stats", "--by", "year", "--split", "2026-01-01"], "não pode ser usado com"),
        (&["check", "--at", "a", "--at", "b"], "só pode ser usado uma vez"),
    ] {
        let pt = sandbox.relato(&[&["--lang", "pt-BR"], args].concat()).with_code(2).err;
        assert!(pt.contains(expected), "{args:?}:\n{pt}");
        assert!(!pt.contains("error") && !pt.contains("Usage"), "{pt}");
        let en = sandbox.relato(args).with_code(2).err;
        assert!(en.starts_with("error: ") && !en.contains("erro: "), "{en}");
    }
    let by_equals = sandbox.relato(&["--lang=pt-BR", "chek"]).with_code(2).err;
    assert!(by_equals.starts_with("erro: "), "{by_equals}");
}

#[test]
fn a_workspace_without_incidents_says_so() {
    let sandbox = Sandbox::with(&[("relato.yaml", "relato: 1\norg: {name: X, timezone: UTC}\n")]);
    let said = sandbox.relato(&["check", "--lang", "en"]).with_code(0);
    assert_eq!(said.out, "nothing to report\n");
    assert!(
        said.err.contains("there are no incidents below ") && said.err.contains("`-C DIR`"),
        "{}",
        said.err
    );
    let said = sandbox.relato(&["check", "--lang", "pt-BR"]).with_code(0);
    assert!(said.err.contains("não há incidentes em "), "{}", said.err);
}

#[test]
fn notes_and_errors_speak_the_language_of_the_workspace() {
    let sandbox = Sandbox::with(&[
        ("relato.yaml", "relato: 1\norg: {name: X, timezone: UTC, languages: [pt-BR]}\n"),
        ("incidents/2026/2026-01-01-a.yaml", "relato: 1\nid: 2026-01-01-a\nstatus: nada\n"),
    ]);
    let said = sandbox.relato_env(&[("LANG", "C.UTF-8")], &["metrics"]).with_code(0);
    assert!(said.err.starts_with("nota: 1 arquivo tem erros"), "{}", said.err);
    let said = sandbox.relato_env(&[("LANG", "C.UTF-8")], &["metrics", "2026-01-01-b"]).with_code(2);
    assert!(said.err.starts_with("erro: não existe o incidente"), "{}", said.err);
    // the locale, and what is asked for, come before it
    let said = sandbox.relato_env(&[("LANG", "en_US.UTF-8")], &["metrics", "2026-01-01-b"]).with_code(2);
    assert!(said.err.starts_with("error: "), "{}", said.err);
    let said = sandbox.relato(&["metrics", "2026-01-01-b", "--lang", "en"]).with_code(2);
    assert!(said.err.starts_with("error: "), "{}", said.err);
}

#[test]
fn what_an_answer_lacks_is_told_in_both_languages() {
    let sandbox = Sandbox::own();
    sandbox.commit();
    sandbox.write("tickets.csv", "a,b\n1,2\n");
    for (args, en, pt) in [
        (
            &["actions", "import", "tickets.csv"][..],
            "it has no column `Issue key`",
            "falta a coluna `Issue key`",
        ),
        (
            &["metrics", "--at", "HEAD@{1999-01-01}"],
            "`HEAD` has no commit as early as 1999-01-01",
            "`HEAD` não tem commit até 1999-01-01",
        ),
        (
            &["render", "--target", "actions-digest"],
            "is not for the public audience\n  help: add `--audience internal`",
            "não se destina ao público externo\n  ajuda: acrescente `--audience internal`",
        ),
        (
            &["render", "2017-11-10-oms", "--target", "foo"],
            "there is no target `foo`: there is ",
            "não existe o alvo `foo`: existem ",
        ),
        (
            &["render", "2017-11-10-oms", "--target", "postmortem", "--syntax", "calendar"],
            "has no ",
            "não tem documento em ",
        ),
    ] {
        let said = sandbox.relato(&[args, &["--lang", "en"]].concat()).with_code(2);
        assert!(said.err.contains(en), "{}", said.err);
        let said = sandbox.relato(&[args, &["--lang", "pt-BR"]].concat()).with_code(2);
        assert!(said.err.contains(pt) && !said.err.contains(" the "), "{}", said.err);
    }
}

#[test]
fn what_becomes_of_files_is_told_in_the_language_of_the_answer() {
    let sandbox = Sandbox::own();
    let said = sandbox.relato(&["render", "2017-11-10-oms", "-o", "docs", "--lang", "pt-BR"]).with_code(0);
    assert!(
        said.out.lines().all(|line| line.starts_with("escrito ")) && !said.out.is_empty(),
        "{}",
        said.out
    );
    let said = sandbox.relato(&["export", "sqlite", "a.db", "--lang", "pt-BR"]).with_code(0);
    assert_eq!(said.out, format!("escrito {}\n", sandbox.path("a.db").display()));
    let said = sandbox.relato(&["runbook", "--check", "--lang", "pt-BR", "--as-of", NEW_YEAR]).with_code(1);
    assert!(said.out.contains("desatualizado ") && !said.out.contains("stale "), "{}", said.out);
    let said = sandbox.relato(&["metrics", "2017-11-10-oms", "--lang", "pt-BR"]).with_code(0);
    assert!(said.out.contains("  crítico  "), "{}", said.out);
}
