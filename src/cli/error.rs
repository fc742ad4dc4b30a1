//! What keeps a command from doing its work, and what to do next.

use std::io;

use thiserror::Error;

use crate::{
    archive::NoSuchIncident, export::ExportError, finding::Words, locate::Passage, render::RenderError,
    source::SourceError,
};

/// Why a command could not do its work (exit code 2).
#[derive(Debug, Error)]
pub enum CliError {
    /// The tree could not be read, or the output not be written.
    #[error(transparent)]
    Source(SourceError),
    /// A document could not be rendered.
    #[error(transparent)]
    Render(RenderError),
    /// An incident that is not there.
    #[error(transparent)]
    NoSuchIncident(#[from] NoSuchIncident),
    /// The tables of an export could not be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The answer could not be written.
    #[error("the answer cannot be written: {0}")]
    Write(io::Error),
    /// An argument that makes no sense.
    #[error("{}", message.en)]
    Argument {
        /// What is wrong.
        message: Words,
        /// What to do.
        help: Words,
    },
}

impl CliError {
    /// What is wrong. What a template engine or git says itself is English in every language.
    pub fn words(&self) -> Words {
        match self {
            Self::Argument { message, .. } => message.clone(),
            Self::Source(error) => (error.to_string(), error.in_portuguese()).into(),
            Self::NoSuchIncident(error) => (error.to_string(), error.in_portuguese()).into(),
            Self::Write(why) => {
                (self.to_string(), format!("não foi possível escrever a resposta: {why}")).into()
            }
            Self::Export(ExportError(why)) => {
                (self.to_string(), format!("não foi possível escrever as tabelas: {why}")).into()
            }
            Self::Render(error) => (error.to_string(), error.in_portuguese()).into(),
        }
    }

    /// What to do next.
    pub fn help(&self) -> Option<Words> {
        match self {
            Self::Source(error) => {
                let help = error.help()?;
                let pt = error.help_in_portuguese().unwrap_or_else(|| help.clone());
                Some((help, pt).into())
            }
            Self::Render(error) => {
                let help = error.help()?;
                let pt = error.help_in_portuguese().unwrap_or_else(|| help.clone());
                Some((help, pt).into())
            }
            Self::Argument { help, .. } => Some(help.clone()),
            Self::NoSuchIncident(_) => Some(
                (
                    "`relato metrics` lists the incidents there are",
                    "`relato metrics` lista os incidentes que existem",
                )
                    .into(),
            ),
            Self::Write(_) | Self::Export(_) => None,
        }
    }

    /// The place in a file of the workspace that it is about, and what is wrong there.
    pub(super) fn passage(&self) -> Option<(&Passage, &str)> {
        match self {
            Self::Render(error) => error.passage(),
            _ => None,
        }
    }

    pub(super) fn argument(message: impl Into<Words>, help: impl Into<Words>) -> Self {
        Self::Argument { message: message.into(), help: help.into() }
    }

    /// The help that names the word that was meant.
    pub(super) fn did_you_mean(near: &str) -> Words {
        (format!("did you mean `{near}`?"), format!("você quis dizer `{near}`?")).into()
    }

    /// An incident that is there and cannot be read.
    pub(super) fn unreadable(file: &str) -> Self {
        Self::argument(
            (format!("{file} is not right as written"), format!("{file} tem erros")),
            (format!("`relato check {file}` says why"), format!("`relato check {file}` diz quais")),
        )
    }
}

impl From<SourceError> for CliError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<RenderError> for CliError {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}
