//! The site as readers find it, whatever happened to the build.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rayon::prelude::*;

use super::{disk::STEPS_LEFT, *};

/// Path → bytes of what a reader of the folder finds; the manifest and staging folders are not for readers.
type Files = BTreeMap<String, String>;

fn files(pairs: &[(&str, &str)]) -> Files {
    pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn on_disk(out: &Path) -> Files {
    if !out.exists() {
        return Files::new();
    }
    let (paths, _) = disk::contents(out).unwrap();
    let shown = paths.into_iter().filter(|path| !path.starts_with(".relato-"));
    shown.map(|path| (path.clone(), fs::read_to_string(out.join(&path)).unwrap())).collect()
}

fn build(out: &Path, site: &Files) -> Result<Built, SourceError> {
    put_all(Site::open(out)?, site)
}

fn put_all(build: Site, site: &Files) -> Result<Built, SourceError> {
    for (path, text) in site {
        build.put(path, None, text.as_bytes())?;
    }
    build.finish()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn merged(one: &Files, other: &Files) -> Files {
    one.iter().chain(other).map(|(path, text)| (path.clone(), text.clone())).collect()
}

#[test]
fn a_build_writes_what_changed_and_removes_what_is_gone() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("new/public");
    let old = files(&[("index.html", "1"), ("en/a.html", "a"), ("en/b.html", "b"), ("gone/c.html", "c")]);
    let new = files(&[("index.html", "2"), ("en/a.html", "a"), ("en/b.html", "b"), ("en/d/e.html", "e")]);
    assert_eq!(build(&out, &old).unwrap(), Built { written: 4, unchanged: 0, removed: 0 });
    assert_eq!(on_disk(&out), old);
    assert_eq!(build(&out, &new).unwrap(), Built { written: 2, unchanged: 2, removed: 1 });
    assert_eq!(on_disk(&out), new);
    assert!(!out.join("gone").exists());
    assert_eq!(build(&out, &Files::new()).unwrap(), Built { written: 0, unchanged: 0, removed: 4 });
    assert_eq!(on_disk(&out), Files::new());
    assert_eq!(fs::read_dir(top.path().join("new")).unwrap().count(), 1, "nothing is left beside the output");
}

#[test]
fn a_build_with_nothing_changed_writes_nothing() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("public");
    let site = files(&[("index.html", "1"), ("en/a.html", "a")]);
    build(&out, &site).unwrap();
    let times = || -> Vec<_> {
        ["", "public", "public/.relato-manifest", "public/index.html", "public/en", "public/en/a.html"]
            .map(|path| top.path().join(path).metadata().unwrap().modified().unwrap())
            .to_vec()
    };
    let before = times();
    assert_eq!(build(&out, &site).unwrap(), Built { written: 0, unchanged: 2, removed: 0 });
    assert_eq!(times(), before);
}

#[test]
fn two_builds_of_the_same_site_are_the_same_bytes() {
    let top = tempfile::tempdir().unwrap();
    let site = files(&[("index.html", "1"), ("en/a.html", "a")]);
    let manifest = |name: &str, before: &Files| {
        let out = top.path().join(name);
        build(&out, before).unwrap();
        build(&out, &site).unwrap();
        fs::read(out.join(MANIFEST)).unwrap()
    };
    assert_eq!(manifest("one", &site), manifest("two", &files(&[("en/z.html", "z")])));
}

#[test]
fn a_page_is_kept_without_its_bytes_while_its_inputs_are_the_same() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("public");
    let [one, two] = [b"1", b"2"].map(|bytes| ContentId::of(bytes));
    let site = Site::open(&out).unwrap();
    assert!(!site.keep("a.html", one).unwrap());
    for path in ["a.html", "b.html", "c.html"] {
        site.put(path, Some(one), b"text").unwrap();
    }
    site.finish().unwrap();
    write(&out.join("c.html"), "edit");
    let site = Site::open(&out).unwrap();
    assert!(site.keep("a.html", one).unwrap());
    assert!(!site.keep("b.html", two).unwrap());
    assert!(!site.keep("c.html", one).unwrap(), "it was edited");
    assert_eq!(site.put("b.html", Some(two), b"text").unwrap(), Wrote::Unchanged);
    assert_eq!(site.put("c.html", Some(one), b"text").unwrap(), Wrote::Written);
    assert_eq!(site.finish().unwrap(), Built { written: 1, unchanged: 2, removed: 0 });
    assert!(Site::open(&out).unwrap().keep("b.html", two).unwrap());
}

#[test]
fn what_relato_did_not_write_stays() {
    let old = files(&[("index.html", "1"), ("en/a.html", "a")]);
    let new = files(&[("index.html", "2"), ("pt-BR/a.html", "a")]);
    for strangers in [
        files(&[("CNAME", "example.org")]),
        files(&[("CNAME", "example.org"), ("en/notes.txt", "mine")]),
        files(&[(".git/config", "x"), ("images/logo.svg", "y")]),
    ] {
        let top = tempfile::tempdir().unwrap();
        let out = top.path().join("public");
        for first in [true, false] {
            if first {
                strangers.iter().for_each(|(path, text)| write(&out.join(path), text));
            }
            build(&out, &old).unwrap();
            build(&out, &new).unwrap();
            assert_eq!(on_disk(&out), merged(&new, &strangers));
        }
        assert_eq!(fs::read_dir(top.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_strangers_file_is_in_the_way_unless_it_holds_the_same() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("public");
    write(&out.join("index.html"), "mine");
    let error = build(&out, &files(&[("index.html", "relato's"), ("a.html", "a")])).unwrap_err();
    assert!(matches!(&error, SourceError::InTheWay { path } if path.ends_with("index.html")), "{error}");
    assert_eq!(on_disk(&out), files(&[("index.html", "mine")]));
    build(&out, &files(&[("index.html", "mine"), ("a.html", "a")])).unwrap();
    build(&out, &files(&[("a.html", "a")])).unwrap();
    assert_eq!(on_disk(&out), files(&[("index.html", "mine"), ("a.html", "a")]), "it was never adopted");
    assert_eq!(fs::read_dir(top.path()).unwrap().count(), 1);
}

#[test]
fn a_page_that_was_edited_by_hand_is_overwritten_but_never_removed() {
    for stranger in [None, Some("folder/x")] {
        let top = tempfile::tempdir().unwrap();
        let out = top.path().join("public");
        build(&out, &files(&[("a.html", "a"), ("b.html", "b")])).unwrap();
        write(&out.join("a.html"), "edited");
        write(&out.join("b.html"), "edited");
        stranger.iter().for_each(|path| write(&out.join(path), "x"));
        build(&out, &files(&[("a.html", "a")])).unwrap();
        assert_eq!(fs::read_to_string(out.join("a.html")).unwrap(), "a");
        assert_eq!(fs::read_to_string(out.join("b.html")).unwrap(), "edited");
    }
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    let one = files(&[("a", "page"), ("z", "1")]);
    let two = files(&[("a/b/c", "page"), ("z", "1")]);
    for stranger in [files(&[]), files(&[("folder/x", "x")])] {
        let top = tempfile::tempdir().unwrap();
        let out = top.path().join("public");
        for site in [&one, &two, &one] {
            build(&out, site).unwrap();
            stranger.iter().for_each(|(path, text)| write(&out.join(path), text));
            assert_eq!(on_disk(&out), merged(site, &stranger));
        }
    }
}

#[test]
fn paths_that_leave_the_output_are_refused() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("public");
    let site = Site::open(&out).unwrap();
    for path in ["", ".", "../x", "/x", "a/../../x", ".relato-manifest", "a\nb"] {
        let error = site.put(path, None, b"x").unwrap_err();
        assert!(matches!(error, SourceError::LeavesOutput { .. }), "{path}");
    }
    drop(site);
    assert_eq!(fs::read_dir(top.path()).unwrap().count(), 0);
}

#[test]
fn two_files_with_one_path_are_refused() {
    let check = |paths: [&str; 2]| {
        let top = tempfile::tempdir().unwrap();
        let site = Site::open(&top.path().join("public")).unwrap();
        let put = |path: &str, text: &str| site.put(path, None, text.as_bytes()).map(drop);
        let error =
            put(paths[0], "1").and_then(|()| put(paths[1], "2")).and_then(|()| site.finish().map(drop));
        error.unwrap_err()
    };
    assert!(matches!(check(["a/b", "a/b"]), SourceError::WrittenTwice { .. }));
    check(["a", "a/b"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_inside_the_output() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("public");
    let elsewhere = top.path().join("elsewhere");
    write(&elsewhere.join("a.html"), "a");
    build(&out, &files(&[("index.html", "1")])).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("en")).unwrap();
    let error = build(&out, &files(&[("en/a.html", "b")])).unwrap_err();
    assert!(matches!(&error, SourceError::LeavesOutput { path, .. } if path == "en"), "{error}");
    // a page of ours that someone replaced by a link is replaced again, not followed
    fs::remove_file(out.join("en")).unwrap();
    fs::remove_file(out.join("index.html")).unwrap();
    std::os::unix::fs::symlink(elsewhere.join("a.html"), out.join("index.html")).unwrap();
    build(&out, &files(&[("index.html", "2")])).unwrap();
    assert_eq!(on_disk(&elsewhere), files(&[("a.html", "a")]));
    assert_eq!(on_disk(&out), files(&[("index.html", "2")]));
}

#[cfg(unix)]
#[test]
fn the_output_folder_itself_may_be_a_link() {
    let top = tempfile::tempdir().unwrap();
    fs::create_dir_all(top.path().join("real/folder")).unwrap();
    let out = top.path().join("public");
    std::os::unix::fs::symlink(top.path().join("real/folder"), &out).unwrap();
    for text in ["1", "2"] {
        build(&out, &files(&[("index.html", text)])).unwrap();
        assert_eq!(on_disk(&top.path().join("real/folder")), files(&[("index.html", text)]));
    }
    assert!(out.is_symlink());
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("public");
    let [one, two] = [Site::open(&out).unwrap(), Site::open(&out).unwrap()];
    one.put("a", None, b"1").unwrap();
    assert!(matches!(two.put("a", None, b"2"), Err(SourceError::OutputInUse { .. })));
    assert!(matches!(Site::open(&out), Err(SourceError::OutputInUse { .. })));
    one.finish().unwrap();
    drop(two);
    assert_eq!(on_disk(&out), files(&[("a", "1")]));
}

#[test]
fn a_build_that_is_given_up_leaves_no_trace() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("public");
    Site::open(&out).unwrap().put("a/b", None, b"1").unwrap();
    assert_eq!(fs::read_dir(top.path()).unwrap().count(), 0);
}

#[test]
fn a_staging_folder_with_something_else_in_it_is_not_touched() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("public");
    let taken = top.path().join(".public.relato-staging/diary.txt");
    write(&taken, "mine");
    assert!(matches!(Site::open(&out), Err(SourceError::StagingTaken { .. })));
    assert!(taken.exists());
}

#[test]
fn many_threads_write_one_site() {
    let top = tempfile::tempdir().unwrap();
    let out = top.path().join("public");
    for text in ["1", "1", "2"] {
        let site = Site::open(&out).unwrap();
        (0..2000).into_par_iter().for_each(|n| {
            let text = if n % 2 == 0 { text } else { "same" };
            site.put(&format!("{}/{n}.html", n % 13), None, text.as_bytes()).unwrap();
        });
        site.finish().unwrap();
    }
    assert_eq!(on_disk(&out).len(), 2000);
    assert_eq!(on_disk(&out).values().filter(|text| *text == "2").count(), 1000);
}

/// Whether readers find the old or the new site at every moment, or only after the next build has begun.
#[derive(Clone, Copy, PartialEq)]
enum Promise {
    AlwaysWhole,
    WholeAfterRecovery,
    /// The same, because the build was asked for it.
    InPlace,
}

/// Kills the second build after each number of steps in turn.
fn kill_everywhere(strangers: &Files, old: Option<&Files>, new: &Files, promise: Promise) {
    for steps in 0.. {
        let top = tempfile::tempdir().unwrap();
        let out = top.path().join("public");
        if let Some(old) = old {
            build(&out, old).unwrap();
        }
        strangers.iter().for_each(|(path, text)| write(&out.join(path), text));
        let whole = |found: &Files| {
            let old = old.cloned().unwrap_or_default();
            assert!(
                *found == merged(&old, strangers) || *found == merged(new, strangers),
                "killed after {steps} steps: {found:?}"
            );
        };
        STEPS_LEFT.set(steps);
        let result = match promise {
            Promise::InPlace => Site::open(&out).and_then(|site| put_all(site.in_place(), new)),
            _ => build(&out, new),
        };
        let was_killed = STEPS_LEFT.replace(usize::MAX) == 0;

        let found = on_disk(&out);
        if promise == Promise::AlwaysWhole {
            whole(&found);
        }
        for (path, text) in strangers {
            assert_eq!(found.get(path), Some(text), "killed after {steps} steps");
        }
        drop(Site::open(&out).unwrap());
        whole(&on_disk(&out));
        build(&out, new).unwrap();
        assert_eq!(on_disk(&out), merged(new, strangers));
        assert_eq!(fs::read_dir(top.path()).unwrap().count(), 1, "nothing is left beside the output");
        assert!(!out.join(".relato-staging").exists());
        if !was_killed {
            result.unwrap();
            assert!(steps > 5, "the build was killed at least a few times");
            return;
        }
    }
}

#[test]
fn a_first_build_killed_anywhere_leaves_no_site_or_the_whole_one() {
    let new = files(&[("index.html", "2"), ("en/a.html", "a"), ("en/b.html", "b")]);
    kill_everywhere(&Files::new(), None, &new, Promise::AlwaysWhole);
    kill_everywhere(&files(&[("CNAME", "x")]), None, &new, Promise::AlwaysWhole);
}

#[test]
fn a_rebuild_killed_anywhere_leaves_the_old_site_or_the_new_one() {
    let old = files(&[("index.html", "1"), ("en/a.html", "a"), ("en/b.html", "b"), ("gone/c.html", "c")]);
    let new = files(&[("index.html", "2"), ("en/a.html", "a"), ("en/b.html", "bb"), ("en/d/e.html", "e")]);
    kill_everywhere(&Files::new(), Some(&old), &new, Promise::AlwaysWhole);
    let strangers = files(&[("CNAME", "x"), ("en/notes.txt", "mine")]);
    kill_everywhere(&strangers, Some(&old), &new, Promise::AlwaysWhole);
}

#[test]
fn a_rebuild_in_place_killed_anywhere_is_completed_by_the_next() {
    let old = files(&[("index.html", "1"), ("en/a.html", "a"), ("en/b.html", "b"), ("gone/c.html", "c")]);
    let new = files(&[("index.html", "2"), ("en/a.html", "a"), ("en/b.html", "bb"), ("gone", "now a page")]);
    let strangers = files(&[(".git/config", "x"), ("images/logo.svg", "y")]);
    kill_everywhere(&strangers, Some(&old), &new, Promise::WholeAfterRecovery);
    kill_everywhere(&strangers, None, &new, Promise::WholeAfterRecovery);
}

#[test]
fn a_rebuild_that_asks_to_stay_in_place_is_completed_by_the_next_too() {
    let old = files(&[("index.html", "1"), ("en/a.html", "a"), ("en/b.html", "b"), ("gone/c.html", "c")]);
    let new = files(&[("index.html", "2"), ("en/a.html", "a"), ("en/b.html", "bb"), ("gone", "now a page")]);
    kill_everywhere(&files(&[("CNAME", "x"), ("en/notes.txt", "mine")]), Some(&old), &new, Promise::InPlace);
    kill_everywhere(&Files::new(), None, &new, Promise::InPlace);
}

#[test]
fn a_file_is_written_only_when_its_bytes_change() {
    let top = tempfile::tempdir().unwrap();
    let path = top.path().join("a/b.md");
    for (bytes, expected) in
        [("1", Wrote::Written), ("1", Wrote::Unchanged), ("2", Wrote::Written), ("", Wrote::Written)]
    {
        assert_eq!(write_atomic(&path, bytes.as_bytes()).unwrap(), expected);
        assert_eq!(fs::read_to_string(&path).unwrap(), bytes);
    }
    assert_eq!(fs::read_dir(top.path().join("a")).unwrap().count(), 1);
    assert!(write_atomic(&path.join("c"), b"").is_err());
    assert!(matches!(write_new(&path, b""), Err(SourceError::InTheWay { .. })));
    write_new(&top.path().join("c/d"), b"x").unwrap();
    assert!(write_atomic(&top.path().join("c"), b"").is_err());
}

#[cfg(unix)]
#[test]
fn a_written_file_keeps_its_permissions_and_its_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let top = tempfile::tempdir().unwrap();
    let (file, link) = (top.path().join("file"), top.path().join("link"));
    write_new(&file, b"1").unwrap();
    assert_ne!(file.metadata().unwrap().permissions().mode() & 0o444, 0o400, "a new file is not private");
    fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
    symlink(&file, &link).unwrap();
    write_atomic(&link, b"2").unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&file).unwrap(), "2");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_site_follows_any_other(
        sites in prop::collection::vec(
            prop::collection::btree_map("[ab]{1,2}/[ab]{1,2}|x[ab]", "[12]{0,2}", 0..6), 1..5),
        stranger in prop::option::of("(own/)?y"),
    ) {
        let top = tempfile::tempdir().unwrap();
        let out = top.path().join("public");
        stranger.iter().for_each(|path| write(&out.join(path), "mine"));
        let mine: Files = stranger.iter().map(|path| (path.clone(), "mine".to_owned())).collect();
        for site in &sites {
            build(&out, site).unwrap();
            prop_assert_eq!(on_disk(&out), merged(site, &mine));
        }
    }
}
