//! No input makes relato panic, hang, or use memory without bound.

use std::{fmt::Write as _, fs, time::Duration};

use crate::{
    entries,
    sandbox::{SMALLEST, Sandbox, finish, incidents, read},
};

/// One case of `yaml-cases.yaml`: documents of the shapes that YAML test suites hold.
fn yaml_cases() -> Vec<(String, String)> {
    let data = read("tests/it/yaml-cases.txt");
    let cases = data.split("\n=== ").skip(1).map(|case| {
        let (name, text) = case.split_once('\n').unwrap();
        let text = text
            .replace("<TAB>", "\t")
            .replace("<CR>", "\r")
            .replace("<NUL>", "\0")
            .replace("<BOM>", "\u{FEFF}");
        (name.to_owned(), text)
    });
    cases.collect()
}

#[test]
fn every_shape_of_yaml_is_read_or_refused_in_words() {
    let cases = yaml_cases();
    assert!(cases.len() >= 60, "{}", cases.len());
    for (name, text) in cases {
        // alone, as a document of every kind; and as a value inside an incident
        let outcome = entries::incident(text.as_bytes());
        assert!(!outcome.findings.is_empty(), "{name}: none of these is an incident, and that is told");
        entries::settings(text.as_bytes());
        entries::document(&text);
        let indented: String = text.lines().map(|line| format!("    {line}\n")).collect();
        entries::incident(format!("{SMALLEST}x-notes:\n{indented}").as_bytes());
        entries::incident(format!("{SMALLEST}timeline:\n{indented}").as_bytes());
    }
}

#[test]
fn every_beginning_of_an_incident_is_read_or_refused() {
    for text in [SMALLEST.to_owned(), SMALLEST.replace("{en: ", "{en: \"").replace(", pt", "\", pt")] {
        for cut in (0..=text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            entries::incident(&text.as_bytes()[..cut]);
            entries::document(&text[..cut]);
        }
    }
    // of long ones every 61st, a number that no indentation divides; the bytes may break in a character
    for path in incidents() {
        let text = read(&path);
        for cut in (0..text.len()).step_by(61 * 7) {
            entries::incident(&text.as_bytes()[..cut]);
        }
    }
}

#[test]
fn any_line_left_out_or_doubled_is_read_or_refused() {
    for path in incidents() {
        let text = read(&path);
        let lines: Vec<&str> = text.lines().collect();
        for at in (0..lines.len()).step_by(9) {
            let without: Vec<&str> =
                lines.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, line)| *line).collect();
            entries::incident(without.join("\n").as_bytes());
            let mut doubled = lines.clone();
            doubled.insert(at, lines[at]);
            entries::incident(doubled.join("\n").as_bytes());
        }
    }
}

/// Bytes that look random and are the same each time.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.push((state >> 24) as u8);
    }
    bytes
}

#[test]
fn random_bytes_and_damaged_files_are_refused_in_words() {
    for seed in 0..64 {
        let bytes = noise(seed, 64 << (seed % 8));
        let outcome = entries::incident(&bytes);
        assert!(!outcome.findings.is_empty());
        // random text of the letters that mean something
        let letters = b"{}[]:,-?!&*#|>'\"%@` \n\tab01~=.\\";
        let text: Vec<u8> = bytes.iter().map(|byte| letters[usize::from(*byte) % letters.len()]).collect();
        entries::incident(&text);
        entries::settings(&text);
        entries::document(std::str::from_utf8(&text).unwrap());
        // an incident with a few bytes changed
        let mut damaged = SMALLEST.as_bytes().to_vec();
        for pair in noise(seed + 1000, 6).chunks(2) {
            let at = (usize::from(pair[0]) * 7 + usize::from(pair[1])) % damaged.len();
            damaged[at] ^= pair[1] & 0x5F;
        }
        entries::incident(&damaged);
    }
}

/// Texts that are small and ask for much.
fn bombs() -> Vec<(&'static str, String)> {
    let doubling = |seed: &str, one: &dyn Fn(usize) -> String| {
        (1..30).fold(format!("x-0: &a0 {seed}\n"), |text, level| text + &one(level))
    };
    let laughs = doubling("[lol, lol]", &|level| {
        let before = format!("*a{}", level - 1);
        format!("x-{level}: &a{level} [{}]\n", vec![before; 9].join(", "))
    });
    let maps = doubling("{a: b}", &|level| {
        let before = level - 1;
        format!("x-{level}: &a{level} {{a: *a{before}, b: *a{before}, c: *a{before}}}\n")
    });
    let merges = doubling("{a: b}", &|level| {
        let before = level - 1;
        format!("x-{level}: &a{level} {{<<: [*a{before}, *a{before}], k{level}: *a{before}}}\n")
    });
    let deep =
        |open: &str, close: &str, depth: usize| format!("{}{}", open.repeat(depth), close.repeat(depth));
    let mut ladder = String::new();
    for depth in 0..600 {
        let _ = writeln!(ladder, "{}k:", " ".repeat(depth));
    }
    let used = |text: &str| format!("{SMALLEST}{text}timeline: *a29\ncauses: *a28\nlessons: *a27\n");
    vec![
        ("laughs", laughs.clone()),
        ("maps", maps.clone()),
        ("merges", merges.clone()),
        ("laughs in fields", used(&laughs)),
        ("maps in fields", used(&maps)),
        ("merges in fields", used(&merges)),
        ("open lists", "[".repeat(100_000)),
        ("open maps", "{".repeat(100_000)),
        ("open map keys", "{a: ".repeat(100_000)),
        ("lists", deep("[", "]", 50_000)),
        ("list items", "- ".repeat(100_000)),
        ("keys", "? ".repeat(100_000)),
        ("quotes", "'".repeat(500_000)),
        ("one long line", format!("id: {}", "x".repeat(300_000))),
        ("one long key", format!("{}: 1", "k".repeat(300_000))),
        ("many keys", (0..15_000).map(|n| format!("k{n}: 1\n")).collect()),
        ("one key many times", "relato: 1\n".repeat(15_000)),
        ("many documents", "---\na: 1\n".repeat(15_000)),
        ("many anchors", (0..15_000).map(|n| format!("x-{n}: &a{n} 1\n")).collect()),
        ("many comments", "#\n".repeat(100_000)),
        ("many tags", "- !!str a\n".repeat(15_000)),
        (
            "many wrong values",
            format!("{SMALLEST}actions:\n{}", "  - {id: A1, due: 99, typ: x}\n".repeat(1_000)),
        ),
        (
            "many impacts",
            format!(
                "{SMALLEST}{}",
                "  - {service: a, class: critical, started: 2022-12-18T16:20, recovered: 2022-12-19T18:08}\n"
                    .repeat(1_000)
            ),
        ),
        ("a ladder", ladder),
        ("itself", "a: &a [*a]\nb: *a\n".to_owned()),
        ("a long number", format!("relato: {}", "9".repeat(200_000))),
        ("a long moment", SMALLEST.replace("2022-12-18T16:20", &"2".repeat(200_000))),
        ("a long zone", SMALLEST.replace("America/New_York", &"A/".repeat(100_000))),
        ("a long word", SMALLEST.replace("resolved", &"resolve".repeat(50_000))),
        ("control characters", SMALLEST.replace("stopped", "\"\\u001b[31mred\\u0007\\u202e\"")),
        ("the end of time", SMALLEST.replace("2022-12-18T16:20", "9999-12-31T23:59:59+00:00")),
        ("the beginning of time", SMALLEST.replace("2022-12-18T16:20", "0000-01-01T00:00:00+14:00")),
    ]
}

#[test]
fn small_files_that_ask_for_much_get_little() {
    for (name, text) in bombs() {
        let begun = std::time::Instant::now();
        entries::incident(text.as_bytes());
        entries::settings(text.as_bytes());
        let took = begun.elapsed();
        // a bound on hanging, not on speed: the machine may be busy
        assert!(took < Duration::from_secs(60), "{name} takes {took:?}");
    }
}

/// Runs `relato check` on the workspace under a limit of memory; what it says must be an answer.
#[cfg(target_os = "linux")]
#[track_caller]
fn check_in_two_gigabytes(sandbox: &Sandbox, code: i32) {
    let relato = sandbox.command(&[]).get_program().to_owned();
    let mut limited = std::process::Command::new("sh");
    limited
        .args(["-c", "ulimit -v 2000000; exec \"$0\" \"$@\""])
        .arg(relato)
        .args(["check", "--format", "json", "--lang", "en"])
        .current_dir(sandbox.path(""));
    limited.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", sandbox.beside("home"));
    let said = finish(limited, Duration::from_secs(60)).with_code(code);
    assert!(!said.findings().is_empty());
    assert_eq!(said.err, "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_hundred_megabytes_are_refused_unread() {
    let sandbox = Sandbox::new();
    sandbox.write("incidents/2026/2026-01-01-large.yaml", vec![b'['; 100 << 20]);
    check_in_two_gigabytes(&sandbox, 1);
    let sandbox = Sandbox::new();
    sandbox.write("relato.yaml", vec![b'['; 100 << 20]);
    check_in_two_gigabytes(&sandbox, 1);
    let sandbox = Sandbox::new();
    for (at, (_, text)) in bombs().into_iter().enumerate() {
        sandbox.write(&format!("incidents/2026/2026-01-01-bomb-{at}.yaml"), text);
    }
    check_in_two_gigabytes(&sandbox, 1);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let sandbox = Sandbox::with(&[("incidents/2026/2026-01-01-some.yaml", SMALLEST)]);
    let pipe = sandbox.path("incidents/2026/2026-01-02-pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if made.is_ok_and(|status| status.success()) {
        let findings = sandbox.findings();
        assert!(findings.iter().any(|one| one["rule"] == "file-unreadable"), "{findings:#?}");
        sandbox.relato(&["metrics"]).with_code(0);
        fs::remove_file(&pipe).unwrap();
    }
    std::os::unix::fs::symlink("/dev/zero", sandbox.path("relato.yaml")).unwrap();
    sandbox.relato(&["check"]).with_code(1);
    fs::remove_file(sandbox.path("relato.yaml")).unwrap();
    fs::create_dir(sandbox.path("relato.yaml")).unwrap();
    let said = sandbox.relato(&["check"]);
    assert!(said.code > 0 && !said.err.contains("panicked"), "{said:?}");
}

#[test]
fn names_of_files_are_any_bytes() {
    let sandbox = Sandbox::with(&[
        ("incidents/2026/2026-01-01-ação.yaml", SMALLEST),
        ("incidents/2026/ .yaml", "x"),
        ("incidents/2026/.yaml", "x"),
        ("incidents/2026/a'b\"c$(x).yaml", "relato: 1"),
        ("incidents/2026/\u{1b}[31m.yaml", "relato: 1"),
    ]);
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"incidents/2026/\xFF\xFE.yaml");
        fs::write(sandbox.path("").join(name), SMALLEST).unwrap();
    }
    let said = sandbox.relato(&["check"]).with_code(1);
    assert!(!said.out.contains('\u{1b}'), "a name reaches the terminal as it is");
    for args in [&["metrics"][..], &["metrics", "--format", "csv"], &["actions", "--all"], &["build"]] {
        let said = sandbox.relato(args).with_code(i32::from(args == ["build"]));
        assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{args:?}");
    }
}
