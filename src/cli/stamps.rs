//! What each document was made from: the last commit of its own inputs, or a hash of them.

use std::collections::BTreeMap;

use super::{CliError, Session};
use crate::{
    archive::{Archive, GLOSSARY_FILE, Reading, SERVICES_FILE},
    render::Stamp,
    source::{Content, ContentId, Last, Tree, WORKSPACE_FILE, last_commits},
};

/// The folder of a workspace's own templates.
pub(super) const TEMPLATES_FOLDER: &str = "templates";
/// The largest template that is read, in bytes.
const TEMPLATE_LIMIT: u64 = 1 << 20;

/// The inputs that all documents share, and when each input last changed.
pub(super) struct Stamps {
    /// The workspace's own templates: path below `templates/`, bytes.
    pub(super) templates: Vec<(String, Vec<u8>)>,
    /// Path and content of each shared input.
    shared: Vec<(String, ContentId)>,
    /// The last change of each input, where git knows it.
    last: BTreeMap<String, Last>,
    /// A shallow clone hides when some input last changed.
    pub(super) cut_off: bool,
}

impl Stamps {
    /// Reads the shared inputs, and asks git when they and the incidents `files` last changed.
    pub(super) fn read<'a>(
        session: &Session,
        files: impl Iterator<Item = &'a str>,
    ) -> Result<Self, CliError> {
        let mut shared = Vec::new();
        for file in [WORKSPACE_FILE, SERVICES_FILE, GLOSSARY_FILE] {
            if let Content::Bytes(bytes) = session.tree().read(file, u64::MAX >> 1)? {
                shared.push((file.to_owned(), ContentId::of(&bytes)));
            }
        }
        let templates = templates(session.tree())?;
        for (path, bytes) in &templates {
            shared.push((format!("{TEMPLATES_FOLDER}/{path}"), ContentId::of(bytes)));
        }
        let paths: Vec<String> =
            shared.iter().map(|(path, _)| path.clone()).chain(files.map(str::to_owned)).collect();
        let known = last_commits(&session.folder, session.at(), &paths)?;
        let cut_off = known.as_ref().is_some_and(|known| !known.complete);
        Ok(Self { templates, shared, last: known.map(|known| known.files).unwrap_or_default(), cut_off })
    }

    /// What a document of this incident is made from.
    pub(super) fn of(&self, reading: &Reading) -> Stamp {
        self.of_files(&[(reading.file.as_str(), reading.content)])
    }

    /// What a document of these files, and of the shared inputs, is made from.
    pub(super) fn of_files(&self, files: &[(&str, ContentId)]) -> Stamp {
        let mut newest: Option<&Last> = None;
        for (path, content) in self.inputs(files) {
            match self.last.get(path) {
                Some(last) if last.blob == content => {
                    newest = newest.into_iter().chain([last]).max_by_key(|last| (last.at, &last.commit));
                }
                _ => return self.uncommitted_files(files),
            }
        }
        match newest {
            Some(last) => Stamp::Commit(last.commit.clone()),
            None => self.uncommitted_files(files),
        }
    }

    /// The last commit of the incident's file, when that is as it was committed.
    pub(super) fn commit(&self, reading: &Reading) -> Option<&str> {
        let last = self.last.get(&reading.file)?;
        (last.blob == reading.content).then_some(last.commit.as_str())
    }

    /// The same, as it was before the inputs were committed.
    pub(super) fn uncommitted(&self, reading: &Reading) -> Stamp {
        Stamp::Content(self.content(reading).to_string())
    }

    /// Whether all shared inputs were the same in another tree, and there were no others.
    pub(super) fn same_shared(&self, tree: &dyn Tree) -> Result<bool, CliError> {
        let mut files: Vec<String> =
            [WORKSPACE_FILE, SERVICES_FILE, GLOSSARY_FILE].map(str::to_owned).to_vec();
        files.extend(tree.list(TEMPLATES_FOLDER)?.into_iter().map(|entry| entry.path));
        let mut there = Vec::new();
        for file in files {
            if let Content::Bytes(bytes) = tree.read(&file, u64::MAX >> 1)? {
                there.push((file, ContentId::of(&bytes)));
            }
        }
        let mut here = self.shared.clone();
        here.sort_unstable();
        there.sort_unstable();
        Ok(here == there)
    }

    /// The same of these files.
    pub(super) fn uncommitted_files(&self, files: &[(&str, ContentId)]) -> Stamp {
        Stamp::Content(self.content_of(files).to_string())
    }

    /// One id for what all pages of the site are made from: settings, catalogue, glossary, templates.
    pub(super) fn of_site(&self) -> ContentId {
        let parts = self.shared.iter().map(|(path, content)| format!("{path} {content}\n"));
        ContentId::of(parts.collect::<String>().as_bytes())
    }

    /// One id for the content of all inputs of this incident's documents.
    pub(super) fn content(&self, reading: &Reading) -> ContentId {
        self.content_of(&[(reading.file.as_str(), reading.content)])
    }

    /// One id for the content of these files and of the shared inputs.
    pub(super) fn content_of(&self, files: &[(&str, ContentId)]) -> ContentId {
        let mut all = Vec::new();
        for (path, content) in self.inputs(files) {
            all.extend_from_slice(path.as_bytes());
            all.push(0);
            all.extend_from_slice(&content.0);
        }
        ContentId::of(&all)
    }

    fn inputs<'a>(&'a self, files: &'a [(&'a str, ContentId)]) -> impl Iterator<Item = (&'a str, ContentId)> {
        let shared = self.shared.iter().map(|(path, content)| (path.as_str(), *content));
        shared.chain(files.iter().copied())
    }
}

/// The workspace's own templates: path below `templates/`, bytes.
pub(super) fn templates(tree: &dyn Tree) -> Result<Vec<(String, Vec<u8>)>, CliError> {
    let mut templates = Vec::new();
    for entry in tree.list(TEMPLATES_FOLDER)? {
        if let Content::Bytes(bytes) = tree.read(&entry.path, TEMPLATE_LIMIT)? {
            let below = entry.path.strip_prefix(TEMPLATES_FOLDER).unwrap_or(&entry.path);
            templates.push((below.trim_start_matches('/').to_owned(), bytes));
        }
    }
    Ok(templates)
}

/// The languages that documents are written in: the workspace's, as far as relato or the workspace's own templates speak
/// them.
pub(super) fn languages(archive: &Archive<'_>) -> Vec<String> {
    let own = |tag: &str| {
        let file = format!("{TEMPLATES_FOLDER}/{tag}.ftl");
        matches!(archive.tree().read(&file, TEMPLATE_LIMIT), Ok(Content::Bytes(_)))
    };
    archive
        .settings
        .org
        .languages
        .iter()
        .filter(|tag| crate::language::Language::tagged(tag).is_some() || own(tag))
        .cloned()
        .collect()
}
