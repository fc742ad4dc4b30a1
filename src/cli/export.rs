//! `relato export`: the workspace as tables, for the tools that take over where one repository ends.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{
    CliError, Console, Exit, Session,
    also::{self, Further},
    outside::WROTE,
    session,
};
use crate::{
    archive::Archive,
    export::{About, RowsOfIncident, Source, Tables, changes, is_sqlite_export, sqlite},
    query::{
        ActionRow,
        board::{IncidentActions, Recurrences},
    },
    report::one_line,
    source::output,
};

/// Write incidents, impacts, events, actions and their history as typed tables
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato export sqlite incidents.db
  relato export sqlite march.db --at v1.2.0 --as-of 2026-03-31

Tables and columns are told in docs/machines.md. They hold everything that the files do: an export is for the
organisation, not for the public. What is there and was not written by relato is not written over without --force.")]
pub(super) struct ExportArgs {
    #[command(subcommand)]
    form: Form,
}

#[derive(Debug, Subcommand)]
enum Form {
    Sqlite(SqliteArgs),
    #[cfg(feature = "parquet")]
    Parquet(ParquetArgs),
    /// Whoever asks for it is told how to have it.
    #[cfg(not(feature = "parquet"))]
    #[command(hide = true)]
    Parquet {
        /// What would have been asked.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
}

/// One SQLite file, for Metabase, Grafana, DuckDB and SQL
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato export sqlite incidents.db
  sqlite3 incidents.db 'select team, count(*) from actions where overdue group by team'")]
struct SqliteArgs {
    /// The file; an earlier export is replaced, whole, in one step
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Write over whatever is there
    #[arg(long)]
    force: bool,
}

/// One Parquet file a table, for DuckDB, Spark and Trino
#[cfg(feature = "parquet")]
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato export parquet tables")]
struct ParquetArgs {
    /// The folder; earlier exports in it are replaced
    #[arg(value_name = "DIR")]
    tables: PathBuf,
    /// Write over whatever is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &ExportArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    match &args.form {
        Form::Sqlite(args) => {
            let path = session.folder.join(&args.file);
            // before anything is read: an error is wanted soon
            is_ours(&path, args.force, 4096, is_sqlite_export)?;
            let tables = tables(session, console)?;
            write(&path, &sqlite(&tables)?, console)?;
        }
        #[cfg(feature = "parquet")]
        Form::Parquet(args) => {
            let folder = session.folder.join(&args.tables);
            let names = ["incidents", "impacts", "events", "actions", "ledger"];
            let paths = names.map(|name| folder.join(format!("{name}.parquet")));
            for path in &paths {
                // who wrote it stands at the end
                is_ours(path, args.force, u64::MAX, crate::export::is_parquet_export)?;
            }
            let tables = tables(session, console)?;
            for (table, path) in tables.tables.iter().zip(&paths) {
                write(path, &crate::export::parquet(table, &tables.about)?, console)?;
            }
        }
        #[cfg(not(feature = "parquet"))]
        Form::Parquet { .. } => {
            return Err(CliError::argument(
                ("this relato was built without Parquet", "este relato foi compilado sem Parquet"),
                (
                    "build it with it: `cargo install --path . --features parquet`; or `relato export sqlite FILE`",
                    "compile-o com ele: `cargo install --path . --features parquet`; ou `relato export sqlite ARQUIVO`",
                ),
            ));
        }
    }
    Ok(Exit::Done)
}

fn tables(session: &Session, console: &Console) -> Result<Tables, CliError> {
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let further = also::further(session, console, &archive.settings)?;
    let languages = archive.settings.org.languages.clone();
    let (mut rows, mut kin, mut actions, mut history) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut take = |session: &Session, archive: &Archive<'_>, further: Option<&Further>| {
        // a text has a column for each language of this workspace
        let ledger = session.known_ledger(console);
        let read = session::each(session, console, archive, &[], "reading", |reading, incident| {
            let (settings, catalogue) = (&archive.settings, &archive.catalogue);
            let measured = session::measured(archive, incident, as_of);
            let id = further.map_or_else(|| incident.id.clone(), |further| further.id(&incident.id));
            let source = Source {
                repository: further.map(|further| further.name.as_str()),
                id: &id,
                file: &reading.file,
                incident,
                measured: &measured,
                catalogue,
            };
            let IncidentActions { kin, actions } =
                IncidentActions::of(incident, &measured, settings, catalogue);
            let actions: Vec<ActionRow> =
                actions.into_iter().map(|facts| facts.row(&reading.file, as_of, ledger.as_ref())).collect();
            (RowsOfIncident::of(&source, &languages), kin, actions)
        })?;
        let id = |id: &str| further.map_or_else(|| id.to_owned(), |further| further.id(id));
        let name = further.map(|further| further.name.as_str());
        history.extend(ledger.iter().flat_map(|ledger| changes(ledger, name, id)));
        for (of_incident, of_kin, of_actions) in read {
            rows.push(of_incident);
            match name {
                None => {
                    kin.push(of_kin);
                    actions.extend(of_actions);
                }
                Some(name) => {
                    kin.push(of_kin.of_repository(name));
                    actions.extend(of_actions.into_iter().map(|row| row.of_repository(name)));
                }
            }
        }
        Ok::<_, CliError>(())
    };
    take(session, &archive, None)?;
    for further in &further {
        take(&further.session, &further.session.archive()?, Some(further))?;
    }
    let recurrences = Recurrences::of(&kin);
    for action in &mut actions {
        action.recurring = Some(recurrences.has(action));
    }
    let about = About { as_of, revision: session.revision().to_owned() };
    Ok(Tables::of(rows, &actions, history, &archive.settings, about))
}

/// Refuses to write over what relato did not write, which at most so many bytes of its beginning tell.
fn is_ours(path: &Path, force: bool, most: u64, ours: fn(&[u8]) -> bool) -> Result<(), CliError> {
    let there = if force { None } else { output::beginning(path, most)? };
    match there {
        Some(bytes) if !bytes.is_empty() && !ours(&bytes) => {
            let shown = one_line(&path.to_string_lossy());
            Err(CliError::argument(
                (
                    format!("{shown} is there already, and is no export of relato"),
                    format!("{shown} já existe e não é uma exportação do relato"),
                ),
                (
                    "choose another name, or write over it with `--force`",
                    "escolha outro nome ou sobrescreva com `--force`",
                ),
            ))
        }
        _ => Ok(()),
    }
}

fn write(path: &Path, bytes: &[u8], console: &Console) -> Result<(), CliError> {
    let said = match output::write_atomic(path, bytes)? {
        output::Wrote::Written => WROTE,
        output::Wrote::Unchanged => ("unchanged", "sem mudança"),
    };
    console.file(said, &path.to_string_lossy())
}
