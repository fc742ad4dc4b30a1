//! The cache saves time and changes no answer: cold, warm, damaged, or in a folder that cannot be written.

use std::{fs, path::PathBuf};

use crate::sandbox::{NEW_YEAR, Sandbox};

fn answers(sandbox: &Sandbox) -> Vec<String> {
    [
        &["check", "--format", "json"][..],
        &["metrics", "--format", "json"],
        &["actions", "--all", "--format", "json"],
    ]
    .iter()
    .map(|question| {
        let args = [question, &["--lang", "en", "--as-of", NEW_YEAR][..]].concat();
        sandbox.relato(&args).with_code(0).out
    })
    .collect()
}

/// The files of the cache.
fn files(sandbox: &Sandbox) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![sandbox.cache()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}

#[test]
fn cold_warm_and_damaged_caches_give_the_same_answers() {
    let sandbox = Sandbox::own();
    assert!(files(&sandbox).is_empty());
    let cold = answers(&sandbox);
    let kept = files(&sandbox);
    assert_eq!(kept.len(), 1, "one cache for one workspace");
    assert_eq!(answers(&sandbox), cold, "warm");
    let whole = fs::read(&kept[0]).unwrap();
    assert!(!whole.is_empty());
    // a byte flipped in each part, a file cut short, garbage, nothing
    for part in 0..40 {
        let mut bytes = whole.clone();
        let at = part * (bytes.len() - 1) / 39;
        bytes[at] ^= 0x41;
        fs::write(&kept[0], bytes).unwrap();
        let args = ["metrics", "--format", "json", "--lang", "en", "--as-of", NEW_YEAR];
        assert_eq!(sandbox.relato(&args).with_code(0).out, cold[1], "byte {at} flipped");
    }
    for bytes in [&whole[..whole.len() / 2], &whole[..7], b"", &[0xFF; 4096], &b"relato\x001"[..]] {
        fs::write(&kept[0], bytes).unwrap();
        assert_eq!(answers(&sandbox), cold, "{} bytes", bytes.len());
    }
}

#[test]
fn a_file_that_changes_is_read_again() {
    let sandbox = Sandbox::own();
    let before = answers(&sandbox);
    let file = "incidents/2017/2017-11-10-oms.yaml";
    let text = sandbox.read(file);
    sandbox.write(file, text.replace("about: 20h", "about: 21h"));
    assert_ne!(answers(&sandbox)[1], before[1]);
    sandbox.write(file, text);
    assert_eq!(answers(&sandbox), before);
}

#[test]
fn a_cache_that_cannot_be_written_is_no_error() {
    let sandbox = Sandbox::own();
    let expected = answers(&sandbox);
    for place in [sandbox.path("relato.yaml"), PathBuf::from("/nowhere/at/all"), PathBuf::from("relative")] {
        let env = [("XDG_CACHE_HOME", place.to_str().unwrap())];
        let args = ["metrics", "--format", "json", "--lang", "en", "--as-of", NEW_YEAR];
        let said = sandbox.relato_env(&env, &args).with_code(0);
        assert_eq!((said.out, said.err), (expected[1].clone(), String::new()), "{place:?}");
    }
    assert!(!sandbox.path("relative").exists());
    let mut command = sandbox.command(&["metrics"]);
    command.env_remove("HOME").env_remove("XDG_CACHE_HOME");
    assert_eq!(command.output().unwrap().status.code(), Some(0), "without a home");
}

#[test]
fn two_commands_at_once_do_not_harm_each_other() {
    let sandbox = Sandbox::own();
    let expected = answers(&sandbox);
    fs::remove_dir_all(sandbox.cache()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(answers(&sandbox), expected));
        }
    });
    assert_eq!(answers(&sandbox), expected);
}
