//! What keeps a command from doing its work, and what to do next.

use std::io;

use thiserror::Error;

use crate::{archive::NoSuchIncident, render::RenderError, source::SourceError};

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
    /// The answer could not be written.
    #[error("the answer cannot be written: {0}")]
    Write(io::Error),
    /// An argument that makes no sense.
    #[error("{message}")]
    Argument {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
}

impl CliError {
    /// What to do next.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Source(error) => error.help(),
            Self::Render(error) => error.help(),
            Self::Argument { help, .. } => Some(help.clone()),
            Self::NoSuchIncident(_) => Some("`relato metrics` lists the incidents there are".to_owned()),
            Self::Write(_) => None,
        }
    }

    pub(super) fn argument(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Argument { message: message.into(), help: help.into() }
    }

    /// An incident that is there and cannot be read.
    pub(super) fn unreadable(file: &str) -> Self {
        Self::argument(format!("{file} is not right as written"), format!("`relato check {file}` says why"))
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
