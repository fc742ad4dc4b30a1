//! Targets: a folder of templates and phrases, embedded and overridden by path, and what it says of itself.

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry};
use serde::Deserialize;

use super::{RenderError, Syntax, escape};
use crate::language::TEMPLATES;

/// Files of `templates/`: the embedded ones, and those of the workspace by the same path.
pub(super) struct Sources {
    embedded: BTreeMap<&'static str, &'static str>,
    own: BTreeMap<String, String>,
}

impl Sources {
    /// Takes the workspace's files, each a path under `templates/` (with `/`) and its bytes.
    pub(super) fn new(overrides: &[(String, Vec<u8>)]) -> Result<Self, RenderError> {
        let mut embedded = BTreeMap::new();
        collect(&TEMPLATES, &mut embedded);
        let mut own = BTreeMap::new();
        for (path, bytes) in overrides {
            let text =
                String::from_utf8(bytes.clone()).map_err(|_| RenderError::NotText { file: path.clone() })?;
            own.insert(path.clone(), text);
        }
        Ok(Self { embedded, own })
    }

    /// The text of a file: the workspace's, else the embedded one.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.own.get(path).map(String::as_str).or_else(|| self.embedded.get(path).copied())
    }

    /// Both texts of a file, the embedded one first, each with its path.
    pub(super) fn both(&self, path: &str) -> impl Iterator<Item = &str> {
        let embedded = self.embedded.get(path).copied();
        embedded.into_iter().chain(self.own.get(path).map(String::as_str))
    }

    /// Embedded files of a folder, by path.
    pub(super) fn embedded(&self, folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.embedded.iter().map(|(path, text)| (*path, *text)).filter(move |(path, _)| lies_in(path, folder))
    }

    /// The workspace's files of a folder, by path.
    pub(super) fn own(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        self.own
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .filter(move |(path, _)| lies_in(path, folder))
    }

    /// The folders that describe a target, by name.
    pub(super) fn targets(&self) -> Vec<String> {
        let paths = self.embedded.keys().copied().chain(self.own.keys().map(String::as_str));
        let mut names: Vec<String> =
            paths.filter_map(|path| path.strip_suffix("/target.yaml")).map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

fn lies_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn collect(folder: &'static Dir<'static>, files: &mut BTreeMap<&'static str, &'static str>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, files),
            DirEntry::File(file) => {
                if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                    files.insert(path, text);
                }
            }
        }
    }
}

/// What a target says of itself in `target.yaml`.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The name of its folder.
    pub(super) name: String,
    /// What each document is about.
    pub(super) of: Subject,
    /// Whether front matter is written for the TechDocs of Backstage.
    pub(super) techdocs: bool,
    documents: Vec<(Syntax, DocumentKind)>,
    alerts: Vec<(Syntax, DocumentKind)>,
    short: Option<String>,
}

/// What a document is about: its id fills the place of its name in the document's path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Subject {
    /// One incident.
    #[default]
    Incident,
    /// One service.
    Service,
}

impl Subject {
    fn place(self) -> &'static str {
        match self {
            Self::Incident => "{incident}",
            Self::Service => "{service}",
        }
    }
}

/// One kind of document of a target.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentKind {
    /// The template, relative to the target's folder.
    template: String,
    /// Where the document goes: `{language}` and `{incident}`, `{service}` or `{alert}` are filled in.
    file: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    of: Subject,
    documents: BTreeMap<Syntax, DocumentKind>,
    #[serde(default)]
    alerts: BTreeMap<Syntax, DocumentKind>,
    #[serde(default)]
    short: Option<String>,
    #[serde(default)]
    techdocs: bool,
}

impl Target {
    /// Reads `<name>/target.yaml`.
    pub(super) fn read(name: &str, sources: &Sources) -> Result<Self, RenderError> {
        let file = format!("{name}/target.yaml");
        let text = sources.text(&file).unwrap_or_default();
        let fault = |reason: String| RenderError::Target { file: file.clone(), reason };
        let written: Written = serde_yaml::from_str(text).map_err(|error| fault(error.to_string()))?;
        let documents = written.documents.values().map(|kind| (kind, written.of.place()));
        for (kind, place) in documents.chain(written.alerts.values().map(|kind| (kind, "{alert}"))) {
            if !kind.file.contains("{language}") || !kind.file.contains(place) {
                return Err(fault(format!("`{}` must hold `{{language}}` and `{place}`", kind.file)));
            }
            if kind.file.split('/').any(|part| matches!(part, "" | "." | "..")) || kind.file.contains('\\') {
                return Err(fault(format!("`{}` must be a path below the output folder", kind.file)));
            }
        }
        Ok(Self {
            name: name.to_owned(),
            of: written.of,
            techdocs: written.techdocs,
            documents: written.documents.into_iter().collect(),
            alerts: written.alerts.into_iter().collect(),
            short: written.short,
        })
    }

    /// The syntaxes it has a document of.
    pub(super) fn syntaxes(&self) -> impl Iterator<Item = Syntax> {
        self.documents.iter().map(|(syntax, _)| *syntax)
    }

    /// The template of a syntax, as the engine names it.
    pub(super) fn template(&self, syntax: Syntax) -> Option<String> {
        self.kind(syntax).map(|kind| format!("{}/{}", self.name, kind.template))
    }

    /// Where a document goes, relative to the output folder. `id` is that of its incident or service.
    pub(super) fn file(&self, syntax: Syntax, language: &str, id: &str) -> Option<String> {
        Some(self.kind(syntax)?.path(language, self.of.place(), id))
    }

    /// The template of an alert's page, as the engine names it.
    pub(super) fn alert_template(&self, syntax: Syntax) -> Option<String> {
        let (_, kind) = self.alerts.iter().find(|(s, _)| *s == syntax)?;
        Some(format!("{}/{}", self.name, kind.template))
    }

    /// Where an alert's page goes, relative to the output folder.
    pub(super) fn alert_file(&self, syntax: Syntax, language: &str, alert: &str) -> Option<String> {
        let (_, kind) = self.alerts.iter().find(|(s, _)| *s == syntax)?;
        Some(kind.path(language, "{alert}", alert))
    }

    /// The template of what a terminal shows, as the engine names it.
    pub(super) fn short_template(&self) -> Option<String> {
        Some(format!("{}/{}", self.name, self.short.as_deref()?))
    }

    fn kind(&self, syntax: Syntax) -> Option<&DocumentKind> {
        self.documents.iter().find(|(s, _)| *s == syntax).map(|(_, kind)| kind)
    }
}

impl DocumentKind {
    fn path(&self, language: &str, place: &str, id: &str) -> String {
        self.file.replace("{language}", language).replace(place, &escape::file_name(id))
    }
}

/// The way from one file to another, both relative to the same folder: `../../pt-BR/incidents/x.html`.
pub(super) fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len().saturating_sub(1));
    let mut way = "../".repeat(from.len() - shared);
    way.push_str(&to.iter().skip(shared).copied().collect::<Vec<_>>().join("/"));
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_files_are_relative() {
        let check = |from: &str, to: &str, way: &str| assert_eq!(relative(from, to), way, "{from} {to}");
        check("en/incidents/x.html", "pt-BR/incidents/x.html", "../../pt-BR/incidents/x.html");
        check("en/incidents/x.html", "style.css", "../../style.css");
        check("en/incidents/x.html", "en/index.html", "../index.html");
        check("en/index.html", "en/index.html", "index.html");
        check("index.html", "en/index.html", "en/index.html");
    }

    #[test]
    fn a_target_that_leaves_its_folder_is_refused() {
        let check = |yaml: &str, reason: &str| {
            let sources = Sources::new(&[("mine/target.yaml".to_owned(), yaml.as_bytes().to_vec())]).unwrap();
            assert!(sources.targets().contains(&"mine".to_owned()));
            let error = Target::read("mine", &sources).map(|t| t.name).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        };
        check(
            "documents: {html: {template: b.html, file: '../{language}/{incident}'}}",
            "below the output folder",
        );
        check("documents: {html: {template: b.html, file: x.html}}", "must hold");
        check("documents: {pdf: {template: b, file: c}}", "pdf");
        check("other: 1", "other");
        check("", "cannot be read");
    }
}
