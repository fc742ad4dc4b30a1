//! `relato init`: a workspace that passes `relato check`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{CliError, Console, Exit, Global, Outside, schema, session};
use crate::{
    archive::{INCIDENTS_FOLDER, SERVICES_FILE},
    format::SchemaKind,
    language::TEMPLATES,
    source::{Content, SourceError, Tree, WorkTree, output},
};

/// Set up a workspace: settings, services, one example incident, CI and editor files
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato init                 in the current folder
  relato init incidents-repo  in a new folder

Nothing that is already there is overwritten.")]
pub(super) struct InitArgs {
    /// The folder; the current one when left out
    #[arg(value_name = "DIR")]
    // not `folder`: that is the name of `-C`, and clap tells arguments apart by name
    into: Option<PathBuf>,
}

/// Each schema and where editors find it.
const SCHEMAS: [(SchemaKind, &str); 3] = [
    (SchemaKind::Incident, ".relato/incident.schema.json"),
    (SchemaKind::Services, ".relato/services.schema.json"),
    (SchemaKind::Settings, ".relato/relato.schema.json"),
];

pub(super) fn run(
    args: &InitArgs,
    global: &Global,
    outside: &Outside,
    console: &Console,
) -> Result<Exit, CliError> {
    let mut folder = session::started_in(global, outside);
    if let Some(name) = &args.into {
        folder = folder.join(name);
    }
    if global.at.is_some() {
        return Err(CliError::argument(
            ("`relato init` writes into a folder", "`relato init` escreve em uma pasta"),
            ("leave out `--at`", "omita `--at`"),
        ));
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    if let Some(template) = TEMPLATES.get_dir("init") {
        let mut folders = vec![template];
        while let Some(next) = folders.pop() {
            folders.extend(next.dirs());
            for file in next.files() {
                if let Ok(path) = file.path().strip_prefix("init") {
                    files.push((target_of(&path.to_string_lossy()), file.contents().to_owned()));
                }
            }
        }
    }
    for (which, path) in SCHEMAS {
        files.push((path.to_owned(), schema::text(which).into_bytes()));
    }
    files.sort();
    if has_own(&folder) {
        // the example speaks of the example's services
        files.retain(|(path, _)| !path.starts_with(INCIDENTS_FOLDER));
    }
    let mut wrote = 0;
    for (path, bytes) in &files {
        match output::write_new(&folder.join(path), bytes) {
            Ok(()) => {
                console.answer(format!("{path}\n").as_bytes())?;
                wrote += 1;
            }
            Err(SourceError::InTheWay { .. }) => console.note((
                format!("{path} is already there, and stays as it is"),
                format!("{path} já existe e fica como está"),
            )),
            Err(error) => return Err(error.into()),
        }
    }
    if wrote > 0 {
        console.note((
            "next: `relato check`, then `relato new SLUG --service SERVICE`",
            "a seguir: `relato check` e depois `relato new SLUG --service SERVIÇO`",
        ));
    }
    Ok(Exit::Done)
}

/// Whether a folder has services or incidents of its own.
fn has_own(folder: &Path) -> bool {
    WorkTree::open(folder).is_ok_and(|tree| {
        let services = !matches!(tree.read(SERVICES_FILE, 0), Ok(Content::Missing));
        services || tree.list(INCIDENTS_FOLDER).is_ok_and(|files| !files.is_empty())
    })
}

/// Template files that begin with `dot-` become hidden ones.
fn target_of(path: &str) -> String {
    path.split('/')
        .map(|part| part.strip_prefix("dot-").map_or(part.to_owned(), |rest| format!(".{rest}")))
        .collect::<Vec<_>>()
        .join("/")
}
