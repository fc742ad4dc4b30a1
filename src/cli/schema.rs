//! `relato schema`: the JSON Schema of each file, for editors.

use clap::{Args, ValueEnum};

use super::{CliError, Console, Exit};
use crate::format::{self, SchemaKind};

/// Print the JSON Schema of a file, for completion in editors
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato schema > incident.schema.json
  relato schema services > services.schema.json

In an editor with the YAML language server, put this at the top of an incident:
  # yaml-language-server: $schema=../../incident.schema.json
`relato init` sets this up for a whole workspace.")]
pub(super) struct SchemaArgs {
    /// Which file
    #[arg(value_enum, default_value_t = File::Incident)]
    file: File,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum File {
    /// incidents/**/*.yaml
    Incident,
    /// services.yaml
    Services,
    /// relato.yaml
    Settings,
    /// glossary.yaml
    Glossary,
    /// people.yaml
    People,
}

pub(super) fn run(args: &SchemaArgs, console: &Console) -> Result<Exit, CliError> {
    let file = match args.file {
        File::Incident => SchemaKind::Incident,
        File::Services => SchemaKind::Services,
        File::Settings => SchemaKind::Settings,
        File::Glossary => SchemaKind::Glossary,
        File::People => SchemaKind::People,
    };
    console.answer(text(file).as_bytes())?;
    Ok(Exit::Done)
}

/// The schema as the command prints it and `relato init` writes it.
pub(super) fn text(file: SchemaKind) -> String {
    format!("{:#}\n", format::schema(file))
}
