//! Gives the program a name for its own source, and builds again when a template joins or leaves.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

#[allow(
    clippy::disallowed_methods,
    reason = "a build script reads the source, and is no part of the program"
)]
fn main() {
    // `include_dir!` alone does not notice files that join a folder; naming the folders here makes cargo look
    for path in ["src", "templates", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let mut files = vec![PathBuf::from("Cargo.lock")];
    collect(Path::new("src"), &mut files);
    collect(Path::new("templates"), &mut files);
    files.sort();
    // caches of parsed files and pages of an earlier build are good only for the program that wrote them: two builds
    // of one version may differ while relato itself is being worked on
    let mut hash = DefaultHasher::new();
    for file in files {
        file.hash(&mut hash);
        fs::read(&file).unwrap_or_default().hash(&mut hash);
    }
    println!("cargo::rustc-env=RELATO_SOURCE={:016x}", hash.finish());
}

#[allow(
    clippy::disallowed_methods,
    reason = "a build script reads the source, and is no part of the program"
)]
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
