//! A build after one incident has changed, against the whole build.

use std::{fs, path::Path, process::Command};

use super::{Goal, Scratch, Space, Table, Versus, copy, median, timed};

/// Measures `build --changed-since` of every target: each time one commit changes the title of one incident, which moves
/// pages, lists and the search.
pub(super) fn since(space: &Space, pairs: usize, table: &mut Table) {
    let scratch = Scratch::new("since");
    let folder = scratch.fresh().to_owned();
    fs::create_dir_all(&folder).unwrap();
    copy(&space.folder.join("incidents"), &folder.join("incidents"));
    for file in ["relato.yaml", "services.yaml"] {
        fs::copy(space.folder.join(file), folder.join(file)).unwrap();
    }
    let own =
        Space { size: space.size, as_of: space.as_of.clone(), expected: space.expected.clone(), folder };
    own.builds(None);
    git(&own.folder, &["init", "-q"]);
    commit(&own.folder);
    let out = Scratch::new("build");
    let whole = own.build(out.fresh());
    let mut times = Vec::new();
    for _ in 0..pairs {
        change(&own.folder.join("incidents"));
        commit(&own.folder);
        let mut command = own.build_command(&out.0);
        command.args(["--changed-since", "HEAD~1"]);
        times.push(timed(command).as_secs_f64());
    }
    let ours = std::time::Duration::from_secs_f64(median(times));
    let ratio = ours.as_secs_f64() / whole.as_secs_f64();
    let versus = Versus { ours, theirs: whole, ratio };
    let name = "`build --changed-since` of every target, one incident changed, against the whole";
    table.ratio(name, &versus, Goal::AtMost(0.02));
}

/// Another English title for the first incident of the last folder.
fn change(incidents: &Path) {
    let mut paths: Vec<_> = fs::read_dir(incidents).unwrap().map(|item| item.unwrap().path()).collect();
    paths.sort();
    let mut files: Vec<_> =
        fs::read_dir(paths.last().unwrap()).unwrap().map(|item| item.unwrap().path()).collect();
    files.sort();
    let file = files.first().unwrap();
    let text = fs::read_to_string(file).unwrap();
    let changed = text.replacen("title:\n  en: \"", "title:\n  en: \"Again: ", 1);
    assert_ne!(text, changed, "the generator writes titles otherwise");
    fs::write(file, changed).unwrap();
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-qm", "change"]);
}

fn git(folder: &Path, args: &[&str]) {
    let done = Command::new("git").arg("-C").arg(folder).args(args).status().unwrap();
    assert!(done.success(), "git {args:?}");
}
