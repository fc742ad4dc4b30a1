//! What can keep a document from being rendered; all of it is about templates, phrases and what was asked for.

use tera::ErrorKind;

use super::target::Sources;
use crate::{
    language::PhraseError,
    locate::{Passage, Spot},
};

/// Why a document could not be rendered. Exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// A template cannot be read, or uses what the view does not offer.
    #[error("`templates/{name}` line {line}, column {column}: {message}")]
    Template {
        /// Its path under `templates/`.
        name: String,
        /// The 1-based line.
        line: usize,
        /// The 1-based column.
        column: usize,
        /// What is wrong, and what there is instead.
        message: String,
        /// The same place with the text around it.
        passage: Option<Box<Passage>>,
    },
    /// The templates do not fit together: one extends or includes another that is not there, or itself.
    #[error("the templates of `{target}` do not fit together: {message}")]
    Templates {
        /// The target.
        target: String,
        /// What is wrong.
        message: String,
    },
    /// What a template wrote is no JSON.
    #[error("what `templates/{name}` writes is no JSON: {message}")]
    NotJson {
        /// The template's path under `templates/`.
        name: String,
        /// What is wrong, and where in what was written.
        message: String,
    },
    /// A phrase is missing or does not fit.
    #[error(transparent)]
    Phrase(#[from] PhraseError),
    /// A target's description cannot be read.
    #[error("`templates/{file}` cannot be read: {reason}")]
    Target {
        /// Its path under `templates/`.
        file: String,
        /// Why.
        reason: String,
        /// Where, when that is known.
        passage: Option<Box<Passage>>,
    },
    /// A file of the workspace's `templates/` is not text.
    #[error("`templates/{file}` is not UTF-8 text: save it as UTF-8, or take it out of the folder")]
    NotText {
        /// Its path under `templates/`.
        file: String,
    },
    /// There is no such target.
    #[error("there is no target `{name}`: there is {known}")]
    NoTarget {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The target has no document of this syntax.
    #[error("the target `{target}` has no {syntax} document")]
    NoSyntax {
        /// The target.
        target: String,
        /// `markdown`, `json` …
        syntax: &'static str,
    },
    /// The target has no documents for this audience.
    #[error("the target `{target}` is not for the {audience} audience")]
    NotFor {
        /// The target.
        target: String,
        /// `public` or `internal`.
        audience: &'static str,
    },
    /// The target's documents are not of one incident.
    #[error("the target `{target}` tells of the whole workspace")]
    NotOfIncident {
        /// The target.
        target: String,
    },
    /// The incident has not come far enough for the target.
    #[error("the target `{target}` is written from `status: {from}` on, and the incident is `{status}`")]
    NotYet {
        /// The target.
        target: String,
        /// The first status that it is written for.
        from: &'static str,
        /// That of the incident.
        status: &'static str,
    },
    /// Documents are not written in this language.
    #[error("there are no phrases for the language `{tag}`: there are phrases for {known}")]
    NoLanguage {
        /// What was asked for.
        tag: String,
        /// What there is.
        known: String,
    },
}

impl RenderError {
    /// What to do next, where the message alone does not say it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Template { .. } | Self::Templates { .. } | Self::Target { .. } => {
                Some("take the file out of the workspace's `templates/` to use the embedded one".to_owned())
            }
            Self::NotJson { .. } => {
                Some("print texts between quotes, and everything else with `| json`".to_owned())
            }
            Self::NoSyntax { .. } => Some("leave out `--syntax`, or choose another".to_owned()),
            Self::NotOfIncident { .. } => Some("`relato build` writes it".to_owned()),
            Self::NotYet { .. } => Some("until then, `--target status-post` tells how it stands".to_owned()),
            Self::NotFor { audience: "public", .. } => Some("add `--audience internal`".to_owned()),
            Self::NotFor { .. } => Some("leave out `--audience`, or write `--audience public`".to_owned()),
            Self::NoTarget { .. } | Self::NoLanguage { .. } | Self::NotText { .. } | Self::Phrase(_) => None,
        }
    }

    /// The place that it is about, and what is wrong there, when both are known.
    pub fn passage(&self) -> Option<(&Passage, &str)> {
        match self {
            Self::Template { passage: Some(passage), message, .. } => Some((passage, message)),
            Self::Target { passage: Some(passage), reason, .. } => Some((passage, reason)),
            Self::Phrase(PhraseError::NotFluent { passage, reason, .. }) => Some((passage, reason)),
            _ => None,
        }
    }

    /// Whether a template asked for a field or a variable that is not there.
    pub fn is_missing_field(&self) -> bool {
        match self {
            // the engine tells it in its message alone; a test holds these words
            Self::Template { message, .. } => {
                message.contains("is not defined") || message.contains("`undefined`")
            }
            _ => false,
        }
    }

    /// What the template engine says, with the place in the template where it knows it.
    pub(super) fn template(target: &str, error: &tera::Error, sources: Option<&Sources>) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let (called, span) = (report.filename(), report.span());
                let name = called.trim_start_matches(BUILT_IN);
                let text = sources.and_then(|sources| match called.starts_with(BUILT_IN) {
                    true => sources.embedded_text(name),
                    false => sources.text(name),
                });
                let (line, column) = (span.start_line, span.start_col + 1);
                // a place over several lines is shown by its beginning
                let end_column =
                    if span.end_line == line { (span.end_col + 1).max(column + 1) } else { column + 1 };
                let passage = text.map(|text| {
                    let spot = Spot { line, column, end_line: line, end_column };
                    Box::new(Passage { file: format!("templates/{name}"), text: text.to_owned(), spot })
                });
                Self::Template {
                    name: name.to_owned(),
                    line,
                    column,
                    message: sentence(report.message()),
                    passage,
                }
            }
            kind => Self::Templates { target: target.to_owned(), message: sentence(&kind.to_string()) },
        }
    }
}

/// What embedded templates are called among those of a workspace: `{% extends "builtin/postmortem/body.html" %}`.
pub(super) const BUILT_IN: &str = "builtin/";

/// The engine's sentence in the house's form: lower case, no full stop at the end.
fn sentence(message: &str) -> String {
    let mut letters = message.trim().trim_end_matches('.').chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
