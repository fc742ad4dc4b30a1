//! Targets: a folder of templates and phrases, embedded and overridden by path, and what it says of itself.

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry};
use serde::Deserialize;

use super::{RenderError, Syntax, escape, runbook::RUNBOOK};
use crate::{
    language::TEMPLATES,
    locate::Passage,
    model::{Audience, Status, Word as _},
};

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

    /// The embedded text of a file.
    pub(super) fn embedded_text(&self, path: &str) -> Option<&str> {
        self.embedded.get(path).copied()
    }

    /// The workspace's text of a file.
    pub(super) fn own_text(&self, path: &str) -> Option<&str> {
        self.own.get(path).map(String::as_str)
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

/// What the templates of a target see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// One incident: its documents are one for each incident.
    #[default]
    Incident,
    /// All action items of the workspace.
    Actions,
    /// What is known of one service, and of the services that an alert is about: one document for each service, and one
    /// for each alert.
    Service,
    /// How services do now, and the latest incidents, as a status page shows them.
    Status,
}

/// What a target says of itself in `target.yaml`.
#[derive(Clone, Debug)]
pub struct Target {
    /// The name of its folder under `templates/`.
    pub name: String,
    /// What its templates see.
    pub view: View,
    audiences: Vec<Audience>,
    /// From which status of the incident on its documents are written; `None` for all.
    from_status: Option<Status>,
    /// Its folder in a whole build; empty for the site's own pages.
    folder: String,
    documents: Vec<Kind>,
    /// The template of what a terminal shows, as the engine names it.
    pub(super) short: Option<String>,
    /// Whether front matter is written for the TechDocs of Backstage as well.
    pub(super) techdocs: bool,
    /// What the program that reads the documents would take for its own commands.
    pub(super) inert: Option<Inert>,
}

/// A language of commands inside documents, which no text of an incident may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Inert {
    /// `{{ x }}` and `{% x %}`, of Jekyll; and the attribute lists `{: x}` of its Markdown.
    Liquid,
    /// The shortcodes `{{< x >}}` and `{{% x %}}` of Hugo.
    Hugo,
}

/// How much the program that reads a document takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    /// Where in the JSON, as `/incident/updates/*/body`.
    pub(super) at: String,
    /// The most characters of a text, or items of a list.
    pub(super) most: usize,
    /// The field of the incident that is too long then.
    pub(super) field: Option<String>,
}

/// One kind of document of a target.
#[derive(Clone, Debug)]
pub struct Kind {
    /// How it is written, by the ending of its template.
    pub syntax: Syntax,
    /// The template, as the engine names it.
    pub(super) template: String,
    /// Where the document goes, with placeholders in braces.
    file: String,
    /// Texts in Markdown that are rendered first and handed to the template: name, template as the engine names it.
    pub(super) texts: Vec<(String, String)>,
    /// What does not fit into its reader.
    pub(super) limits: Vec<Limit>,
    /// A template in Markdown: each line it writes is something that the document cannot say.
    pub(super) losses: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    view: View,
    audiences: Option<Vec<For>>,
    from_status: Option<String>,
    folder: Option<String>,
    inert: Option<Inert>,
    documents: Vec<WrittenKind>,
    short: Option<String>,
    #[serde(default)]
    techdocs: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKind {
    template: String,
    file: String,
    #[serde(default)]
    texts: BTreeMap<String, String>,
    #[serde(default)]
    limits: Vec<Limit>,
    losses: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum For {
    Public,
    Internal,
}

impl Target {
    /// Reads `<name>/target.yaml`.
    pub(super) fn read(name: &str, sources: &Sources) -> Result<Self, RenderError> {
        let file = format!("{name}/target.yaml");
        let text = sources.text(&file).unwrap_or_default();
        let fault = |reason: String| RenderError::Target { file: file.clone(), reason, passage: None };
        let written: Written = serde_yaml::from_str(text).map_err(|error| {
            let at = error.location();
            let passage =
                at.map(|at| Box::new(Passage::at_byte(&format!("templates/{file}"), text, at.index())));
            RenderError::Target { file: file.clone(), reason: error.to_string(), passage }
        })?;
        let documents = written.documents.into_iter().map(|kind| Kind::of(name, kind, written.view));
        let documents: Vec<Kind> = documents.collect::<Result<_, _>>().map_err(&fault)?;
        if documents.is_empty() {
            return Err(fault("`documents` must list at least one".to_owned()));
        }
        if written.view == View::Service && name != RUNBOOK {
            return Err(fault(format!(
                "`view: service` is that of the target `{RUNBOOK}` alone: change its templates instead"
            )));
        }
        let from_status = written.from_status.map(|word| {
            let known =
                || Status::WORDS.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            Status::read(&word)
                .ok_or_else(|| fault(format!("`from_status: {word}` must be one of {}", known())))
        });
        let from_status = from_status.transpose()?;
        if from_status.is_some() && written.view != View::Incident {
            return Err(fault("`from_status` is for documents of one incident: take it out".to_owned()));
        }
        let folder = written.folder.unwrap_or_else(|| name.to_owned());
        if !folder.is_empty() && !stays_below(&folder) {
            return Err(fault(format!("`{folder}` must be a path below the output folder")));
        }
        let audiences = written.audiences.unwrap_or_else(|| vec![For::Public, For::Internal]);
        let audiences = audiences.into_iter().map(|it| match it {
            For::Public => Audience::Public,
            For::Internal => Audience::Internal,
        });
        Ok(Self {
            inert: written.inert,
            name: name.to_owned(),
            view: written.view,
            audiences: audiences.collect(),
            from_status,
            folder,
            documents,
            short: written.short.map(|template| format!("{name}/{template}")),
            techdocs: written.techdocs,
        })
    }

    /// Whether it has documents for this audience.
    pub fn is_for(&self, audience: Audience) -> bool {
        self.audiences.contains(&audience)
    }

    /// Whether an incident of this status has come far enough for it.
    pub fn is_due(&self, status: Status) -> bool {
        self.from_status.is_none_or(|from| status >= from)
    }

    /// From which status of an incident on its documents are written; `None` for all.
    pub fn from_status(&self) -> Option<Status> {
        self.from_status
    }

    /// The kinds of its documents, never none; the first is the one that is shown unless another is asked for.
    pub fn documents(&self) -> &[Kind] {
        &self.documents
    }

    /// Where a document goes: in a whole build below the target's own folder. `values` fill the placeholders.
    pub(super) fn path(&self, kind: &Kind, in_site: bool, values: &[(&str, &str)]) -> String {
        let mut path = String::new();
        if in_site && !self.folder.is_empty() {
            path.push_str(&self.folder);
            path.push('/');
        }
        let mut rest = kind.file.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            path.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            path.push_str(&escape::file_name(value));
            rest = after;
        }
        path.push_str(rest);
        path
    }
}

impl Kind {
    fn of(target: &str, written: WrittenKind, view: View) -> Result<Self, String> {
        let WrittenKind { template, file, texts, limits, losses } = written;
        let syntax = Syntax::ALL.into_iter().find(|syntax| template.ends_with(syntax.extension()));
        let Some(syntax) = syntax else {
            let known: Vec<String> = Syntax::ALL.iter().map(|s| format!("`{}`", s.extension())).collect();
            return Err(format!("`{template}` must end in one of {}", known.join(", ")));
        };
        if !stays_below(&file) {
            return Err(format!("`{file}` must be a path below the output folder"));
        }
        let needed: &[&str] = match view {
            View::Incident => &["incident", "slug"],
            View::Actions => &[],
            View::Service => &["service", "alert"],
            View::Status => &[],
        };
        let known = || needed.iter().copied().chain(["language"]);
        for name in placeholders(&file) {
            if !known().any(|known| known == name) {
                let known: Vec<String> = known().map(|name| format!("`{{{name}}}`")).collect();
                return Err(format!("`{file}` holds `{{{name}}}`: there is {}", known.join(", ")));
            }
        }
        if !needed.is_empty() && !placeholders(&file).any(|name| needed.contains(&name)) {
            return Err(format!("`{file}` must hold `{{{}}}`", needed.join("}` or `{")));
        }
        let named = |template: String| format!("{target}/{template}");
        let texts = texts.into_iter().map(|(name, template)| (name, named(template))).collect();
        if !limits.is_empty() && syntax != Syntax::Json {
            return Err(format!("`limits` are for JSON, and `{template}` is none"));
        }
        Ok(Self { syntax, template: named(template), file, texts, limits, losses: losses.map(named) })
    }

    /// Whether there is one in each language; otherwise there is one, in the first language of the workspace.
    pub fn is_in_each_language(&self) -> bool {
        self.file.contains("{language}")
    }

    /// The syntaxes of all its templates.
    pub(super) fn syntaxes(&self) -> impl Iterator<Item = Syntax> {
        let others = self.texts.iter().map(|_| Syntax::Markdown);
        [self.syntax].into_iter().chain(others).chain(self.losses.iter().map(|_| Syntax::Markdown))
    }

    /// Whether it is of an alert, and not of a service.
    pub fn is_of_alert(&self) -> bool {
        self.file.contains("{alert}")
    }

    /// Whether the path is made from the incident's title.
    pub(super) fn has_slug(&self) -> bool {
        self.file.contains("{slug}")
    }
}

fn placeholders(file: &str) -> impl Iterator<Item = &str> {
    file.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name))
}

fn stays_below(path: &str) -> bool {
    !path.split('/').any(|part| matches!(part, "" | "." | "..")) && !path.contains('\\')
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
    fn a_target_says_where_its_documents_go() {
        let yaml = "documents: [{template: b.md, file: '{language}/{incident}.txt'}, {template: b.json, file: '{incident}.json'}]";
        let sources = Sources::new(&[("mine/target.yaml".to_owned(), yaml.as_bytes().to_vec())]).unwrap();
        let target = Target::read("mine", &sources).unwrap();
        let [text, json] = target.documents() else { panic!() };
        let path = |kind, in_site| target.path(kind, in_site, &[("language", "pt-BR"), ("incident", "a/b")]);
        assert_eq!(path(text, true), "mine/pt-BR/a.2f.b.txt");
        assert_eq!(path(json, false), "a.2f.b.json");
        assert_eq!((text.syntax, json.syntax), (Syntax::Markdown, Syntax::Json));
        assert!(text.is_in_each_language() && !json.is_in_each_language());
        assert!(target.is_for(Audience::Public) && target.is_for(Audience::Internal));
    }

    #[test]
    fn a_target_that_leaves_its_folder_is_refused() {
        let check = |yaml: &str, reason: &str| {
            let sources = Sources::new(&[("mine/target.yaml".to_owned(), yaml.as_bytes().to_vec())]).unwrap();
            assert!(sources.targets().contains(&"mine".to_owned()));
            let error = Target::read("mine", &sources).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        };
        check("documents: [{template: b.html, file: '../{language}/{incident}'}]", "below the output folder");
        check("documents: [{template: b.html, file: x.html}]", "must hold `{incident}`");
        check("documents: [{template: b.html, file: '{incident}-{owner}.html'}]", "holds `{owner}`");
        check("documents: [{template: b.pdf, file: '{incident}.pdf'}]", "must end in one of");
        check(
            "documents: [{template: b.md, file: '{incident}.md'}]\nfolder: ../x",
            "below the output folder",
        );
        check("documents: []", "at least one");
        let documents = "documents: [{template: b.md, file: '{incident}.md'}]";
        check(&format!("from_status: done\n{documents}"), "must be one of `open`, `monitoring`, `resolved`");
        check("view: actions\nfrom_status: open\ndocuments: [{template: b.md, file: x.md}]", "take it out");
        check("other: 1", "other");
        check("", "cannot be read");
    }
}
