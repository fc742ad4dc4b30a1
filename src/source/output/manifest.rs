//! The list of what relato wrote into an output folder, with the hash of each file.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use xxhash_rust::xxh3::xxh3_128;

use crate::source::{ContentId, parts};

/// The name, in an output folder, of the list of what relato wrote there.
pub const MANIFEST: &str = ".relato-manifest";

const HEAD: &str = "relato wrote these files: hash, size, inputs, path\n";

/// Path → mark, in byte order of the paths, so that the same site has the same manifest.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(BTreeMap<String, Mark>);

/// What is remembered of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    hash: u128,
    size: u64,
    /// What it was worked out from, where the writer said so.
    pub(super) inputs: Option<ContentId>,
}

impl Mark {
    pub(super) fn of(bytes: &[u8], inputs: Option<ContentId>) -> Self {
        Self { hash: xxh3_128(bytes), size: bytes.len() as u64, inputs }
    }

    /// Whether this is a plain file that holds what was remembered.
    pub(super) fn is_of_file(&self, path: &Path) -> bool {
        let same_size =
            path.symlink_metadata().is_ok_and(|found| found.is_file() && found.len() == self.size);
        same_size && fs::read(path).is_ok_and(|bytes| xxh3_128(&bytes) == self.hash)
    }
}

impl Manifest {
    /// The manifest of this text; empty when any of it is not as relato writes it: then every file is a stranger's.
    pub(super) fn parse(text: &[u8]) -> Self {
        let lines = std::str::from_utf8(text).ok().and_then(|text| text.strip_prefix(HEAD));
        let entries = lines.and_then(|lines| lines.lines().map(entry).collect());
        Self(entries.unwrap_or_default())
    }

    pub(super) fn from_sorted(entries: impl Iterator<Item = (String, Mark)>) -> Self {
        Self(entries.collect())
    }

    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = String::from(HEAD);
        for (path, mark) in &self.0 {
            text.push_str(&line(path, mark));
            text.push('\n');
        }
        text.into_bytes()
    }

    pub(super) fn get(&self, path: &str) -> Option<&Mark> {
        self.0.get(path)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Mark)> {
        self.0.iter().map(|(path, mark)| (path.as_str(), mark))
    }

    /// Whether a file below this folder is listed.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        self.0.range(prefix.clone()..).next().is_some_and(|(path, _)| path.starts_with(&prefix))
    }
}

/// `hash size inputs path`, without the line's end.
pub(super) fn line(path: &str, mark: &Mark) -> String {
    let mut line = String::with_capacity(path.len() + 90);
    // writing to a string cannot fail
    let _ = match &mark.inputs {
        Some(inputs) => write!(line, "{:032x} {} {inputs} {path}", mark.hash, mark.size),
        None => write!(line, "{:032x} {} - {path}", mark.hash, mark.size),
    };
    line
}

/// The inverse of [`line()`]; `None` also for a path that could lead out of the folder.
pub(super) fn entry(line: &str) -> Option<(String, Mark)> {
    let mut words = line.splitn(4, ' ');
    let (hash, size, inputs, path) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let inputs = if inputs == "-" { None } else { Some(content_id(inputs)?) };
    let named = parts(path)?;
    let mark = Mark { hash: u128::from_str_radix(hash, 16).ok()?, size: size.parse().ok()?, inputs };
    (!named.is_empty() && named.join("/") == path).then(|| (path.to_owned(), mark))
}

fn content_id(hex: &str) -> Option<ContentId> {
    let mut id = [0; 20];
    if hex.len() != 40 {
        return None;
    }
    for (at, byte) in id.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(ContentId(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let files = [
            ("en/a b.html", Mark::of(b"x", None)),
            ("en/incidents/ação.md", Mark::of(b"", Some(ContentId::of(b"y")))),
        ];
        let manifest = Manifest::from_sorted(files.into_iter().map(|(path, mark)| (path.to_owned(), mark)));
        assert_eq!(Manifest::parse(&manifest.text()), manifest);
        assert!(manifest.has_folder("en") && manifest.has_folder("en/incidents"));
        assert!(!manifest.has_folder("e") && !manifest.has_folder("en/a b.html"));
    }

    #[test]
    fn a_manifest_that_is_not_ours_lists_nothing() {
        for text in ["", "{}", "relato wrote these files: hash, size, inputs, path\n0 1 - ../x\n", "\u{0}"] {
            assert_eq!(Manifest::parse(text.as_bytes()), Manifest::default(), "{text}");
        }
    }
}
