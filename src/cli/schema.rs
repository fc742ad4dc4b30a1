//! `relato schema`: the JSON Schema of each file, for editors.

use clap::{Args, ValueEnum};

use super::{CliError, Console, Exit, Global, Outside, Session, render::For, stamps};
use crate::{
    format::{self, SchemaKind},
    render::Renderer,
};

/// Print the JSON Schema of a file, for completion in editors
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato schema > incident.schema.json
  relato schema services > services.schema.json
  relato schema --view status-post         what its templates see

In an editor with the YAML language server, put this at the top of an incident:
  # yaml-language-server: $schema=../../incident.schema.json
`relato init` sets this up for a whole workspace.")]
pub(super) struct SchemaArgs {
    /// Which file
    #[arg(value_enum, default_value_t = File::Incident)]
    file: File,
    /// What the templates of this target see, instead: every name with what it is
    #[arg(long, value_name = "TARGET", conflicts_with = "file")]
    view: Option<String>,
    /// For whom: with `--view`
    #[arg(long, value_enum, default_value_t = For::Public, requires = "view")]
    audience: For,
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

pub(super) fn run(
    args: &SchemaArgs,
    global: &Global,
    outside: &Outside,
    console: &Console,
) -> Result<Exit, CliError> {
    if let Some(target) = &args.view {
        // the workspace may have targets of its own
        let templates = match Session::open(global, outside, console.settled()) {
            Ok(session) => stamps::templates(session.tree())?,
            Err(_) => Vec::new(),
        };
        let renderer = Renderer::new(&[], &templates)?;
        let view = renderer.any_target(target)?.view;
        console
            .answer(format!("{:#}\n", Renderer::view_schema(view, args.audience.audience())).as_bytes())?;
        return Ok(Exit::Done);
    }
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
