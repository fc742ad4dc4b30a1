//! `relato incident set`.

use clap::{Args, Subcommand};

use super::{Edit, HowArgs, finish, wishes};
use crate::{
    amend,
    cli::{CliError, Console, Exit, Session},
};

/// Change an incident in its file
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato incident set 2017-11-10-oms status=reviewed --diff")]
pub(in crate::cli) struct IncidentArgs {
    #[command(subcommand)]
    command: IncidentCommand,
}

#[derive(Debug, Subcommand)]
enum IncidentCommand {
    Set(SetArgs),
}

/// Set fields of an incident: its state, moments of an impact, texts
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato incident set 2017-11-10-oms status=reviewed --diff          the change, and nothing written
  relato incident set 2017-11-10-oms impacts.search.recovered=2017-11-14T09:30-02:00
  relato incident set 2017-11-10-oms impacts[0].level=degraded
  relato incident set 2017-11-10-oms impacts.search.detection.source=monitor
  relato incident set 2017-11-10-oms title.pt-BR=Parada unaffected+=checkout
  relato incident set 2017-11-10-oms status=closed --commit          … and one commit of this file

A path goes by keys, by positions (`impacts[0]`, from 0), and by the ids of what a list holds
(`impacts.search`, `timeline.e1`, `causes.c1`); an impact without an id goes by its service.
`null` empties a field, `+=` adds to a list, a value in brackets is YAML: `{not_before: …}`.
Only the lines concerned change; what `relato check` would call an error is not written (exit
code 1). Ids never change; actions have `relato actions set`.")]
struct SetArgs {
    /// The incident, by id or path
    id: String,
    /// What to set: `path=value`, `list+=item`
    #[arg(required = true, value_name = "PATH=VALUE")]
    changes: Vec<String>,
    #[command(flatten)]
    how: HowArgs,
}

pub(in crate::cli) fn run(
    args: &IncidentArgs,
    session: &Session,
    console: &Console,
) -> Result<Exit, CliError> {
    let IncidentCommand::Set(args) = &args.command;
    session.needs_work_tree("incident set")?;
    let wishes = wishes(&args.changes)?;
    let archive = session.archive()?;
    let reading = archive.read(archive.find(&args.id)?)?;
    let Some(incident) = &reading.incident else { return Err(CliError::unreadable(&reading.file)) };
    let mut edit = Edit::of(session, &reading.file, &incident.id, &|text| {
        Ok(amend::amend_incident(text, &wishes, &archive.settings.org.languages)?)
    })?;
    let status = wishes.iter().find(|wish| wish.key == "status").and_then(|wish| wish.given.text());
    let name = &incident.id;
    edit.subject = match status {
        Some(status) => (format!("Mark {name} as {status}"), format!("Marca {name} como {status}")).into(),
        None => {
            let keys = edit.keys().join(", ");
            (format!("Change {keys} of {name}"), format!("Muda {keys} de {name}")).into()
        }
    };
    finish(&edit, &args.how, session, console, &archive)
}
