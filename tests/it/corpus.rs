//! The corpus of the fuzz targets, run through the same ways in.

use std::fs;

use crate::{entries, sandbox::package};

/// Runs every file of a target's corpus.
fn each(target: &str, run: impl Fn(&[u8])) {
    // the published crate leaves `fuzz/` out
    let Ok(files) = fs::read_dir(package().join("fuzz/corpus").join(target)) else { return };
    let mut ran = 0;
    for file in files {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&bytes))).is_err() {
            panic!("{} breaks `{target}`", path.display());
        }
        ran += 1;
    }
    assert!(ran > 3, "{target} has a corpus");
}

fn text(bytes: &[u8], run: impl Fn(&str)) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        run(text);
    }
}

#[test]
fn moments() {
    each("instant", |bytes| text(bytes, entries::instant));
}

#[test]
fn lengths() {
    each("length", |bytes| text(bytes, entries::length));
}

#[test]
fn files_of_incidents() {
    each("incident", |bytes| drop(entries::incident(bytes)));
}

#[test]
fn files_of_settings() {
    each("settings", |bytes| drop(entries::settings(bytes)));
}

#[test]
fn places_in_texts() {
    each("document", |bytes| text(bytes, entries::document));
}

#[test]
fn prose_in_documents() {
    each("prose", |bytes| text(bytes, entries::prose));
}

#[test]
fn texts_in_two_languages() {
    each("parity", |bytes| text(bytes, entries::parity));
}

#[test]
fn changes_in_place() {
    each("amend", |bytes| text(bytes, entries::amend));
}

#[test]
fn exports_of_trackers() {
    each("tracker", entries::tracker);
}
