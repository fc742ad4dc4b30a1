//! `relato actions set` and `relato actions add`.

use std::collections::BTreeSet;

use clap::Args;

use super::{Edit, HowArgs, finish, wishes};
use crate::{
    amend::{self, Around, Put},
    archive::{Archive, INCIDENT_LIMIT, Reading},
    cli::{CliError, Console, Exit, Session},
    edit::Value,
    finding::Words,
    format::nearest,
    locate::{Document, Field},
    measure::action_zone,
    model::{Action, Incident},
    review,
    source::versions,
};

/// Change an action in its file: state, due date, owner, evidence, any of its keys
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato actions set A5 owner=role:lead --diff                     the change, and nothing written
  relato actions set 2017-11-10-oms/A5 status=in_progress
  relato actions set A5 status=done evidence=merge:4f2a9c1         with the day it was done
  relato actions set A5 status=verified verified=role:sre evidence=drill:march
  relato actions set A5 due=2026-04-01 reason.en=Frozen reason.pt-BR=Congelado
  relato actions set A5 status=cancelled reason.en=Gone reason.pt-BR=Extinto approved_by=role:head
  relato actions set A5 addresses+=c-coupling tracker=jira:OD-101
  relato actions set A5 done_when.en=Fired --commit                … and one commit of this file

A due date that moves is recorded under `slips`. `null` empties a key, `+=` adds to a list, a
value in brackets is YAML. Only the lines concerned change; what `relato check` would call an
error is not written (exit code 1). Today's date, where one is written, is that of --as-of in the
zone of the action.")]
pub(in crate::cli) struct SetArgs {
    /// The action: `INCIDENT/A5`, or `A5` where only one incident has it
    id: String,
    /// What to set: `key=value`, `key.part=value`, `list+=item`
    #[arg(required = true, value_name = "KEY=VALUE")]
    changes: Vec<String>,
    #[command(flatten)]
    how: HowArgs,
}

/// Add an action to an incident's file
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato actions add 2017-11-10-oms title.en=Alert title.pt-BR=Alertar type=detect addresses=search --diff
  relato actions add 2017-11-10-oms title.en=Alert title.pt-BR=Alertar priority=P1 owner=role:lead
  relato actions add 2017-11-10-oms title.en=Alert title.pt-BR=Alertar tracker=jira:OD-101 --commit

It gets the next id, one that the file never had as far as git knows, and is `proposed` and
written down today unless you say otherwise.")]
pub(in crate::cli) struct AddArgs {
    /// The incident, by id or path
    incident: String,
    /// What it says: `key=value`; a title at least
    #[arg(required = true, value_name = "KEY=VALUE")]
    changes: Vec<String>,
    #[command(flatten)]
    how: HowArgs,
}

pub(in crate::cli) fn set(args: &SetArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    session.needs_work_tree("actions set")?;
    let wishes = wishes(&args.changes)?;
    let archive = session.archive()?;
    let (reading, position) = find(&archive, &args.id)?;
    let Some((incident, action)) = at(&reading, position) else {
        return Err(CliError::unreadable(&reading.file));
    };
    let source = review::source_language(incident, &archive.settings.org.source_language);
    let around = Around {
        languages: &archive.settings.org.languages,
        source_language: source,
        today: action_zone(action, incident, &archive.settings, &archive.catalogue)
            .date(session.as_of(&archive.settings)?),
    };
    let field = Field::of("actions").at(position);
    let mut edit = Edit::of(session, &reading.file, &incident.id, &|text| {
        Ok(amend::amend_action(text, action, &field, &wishes, &around)?)
    })?;
    let name = format!("{}/{}", incident.id, action.id);
    let status = wishes.iter().find(|wish| wish.key == "status").and_then(|wish| wish.given.text());
    let due = wishes.iter().find(|wish| wish.key == "due").and_then(|wish| wish.given.text());
    edit.subject = match (status, due) {
        (Some(status), _) => {
            (format!("Mark {name} as {status}"), format!("Marca {name} como {status}")).into()
        }
        (None, Some(due)) => {
            (format!("Set the due date of {name} to {due}"), format!("Define o prazo de {name}: {due}"))
                .into()
        }
        (None, None) => {
            let keys = edit.keys().join(", ");
            (format!("Change {keys} of {name}"), format!("Muda {keys} de {name}")).into()
        }
    };
    edit.action = Some(action.id.clone());
    finish(&edit, &args.how, session, console, &archive)
}

pub(in crate::cli) fn add(args: &AddArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    session.needs_work_tree("actions add")?;
    let wishes = wishes(&args.changes)?;
    let archive = session.archive()?;
    let reading = archive.read(archive.find(&args.incident)?)?;
    let Some(incident) = &reading.incident else { return Err(CliError::unreadable(&reading.file)) };
    let source = review::source_language(incident, &archive.settings.org.source_language);
    let zone = incident.zone.unwrap_or(archive.settings.org.zone);
    let around = Around {
        languages: &archive.settings.org.languages,
        source_language: source,
        today: zone.date(session.as_of(&archive.settings)?),
    };
    let id = amend::next_id(used_ids(session, &reading, incident)?.iter().map(String::as_str));
    let action = amend::write_action(&id, &wishes, &around)?;
    let mut edit = Edit::of(session, &reading.file, &incident.id, &|_| {
        Ok(vec![Put { field: Field::of("actions"), value: Value::Added(vec![action.clone()]) }])
    })?;
    edit.subject = (format!("Add {}/{id}", incident.id), format!("Acrescenta {}/{id}", incident.id)).into();
    edit.action = Some(id);
    finish(&edit, &args.how, session, console, &archive)
}

/// The ids of the actions that the file has, or had at any commit.
fn used_ids(session: &Session, reading: &Reading, incident: &Incident) -> Result<Vec<String>, CliError> {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    versions(&session.root, &reading.file, INCIDENT_LIMIT, &mut |bytes| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            let document = Document::parse(text);
            let actions = Field::of("actions");
            for index in 0..document.items(&actions).unwrap_or(0) {
                ids.extend(document.value_text(&actions.at(index).key("id")).map(str::to_owned));
            }
        }
        false
    })?;
    // those of now last: their form is the one that goes on
    let now: Vec<String> = incident.actions.iter().map(|action| action.id.clone()).collect();
    Ok(ids.into_iter().filter(|id| !now.contains(id)).chain(now.iter().cloned()).collect())
}

fn at(reading: &Reading, position: usize) -> Option<(&Incident, &Action)> {
    let incident = reading.incident.as_ref()?;
    Some((incident, incident.actions.get(position)?))
}

/// The action of this name: its incident's file, and its position there.
pub(in crate::cli) fn find(archive: &Archive<'_>, wanted: &str) -> Result<(Reading, usize), CliError> {
    if let Some((incident, id)) = wanted.rsplit_once('/') {
        let reading = archive.read(archive.find(incident)?)?;
        let Some(incident) = &reading.incident else { return Err(CliError::unreadable(&reading.file)) };
        let ids = || incident.actions.iter().map(|action| action.id.as_str());
        return match ids().position(|known| known == id) {
            Some(position) => Ok((reading, position)),
            None => Err(unknown(wanted, Some((nearest(id, ids()), ids().collect())))),
        };
    }
    let found = archive.map(|reading| {
        let actions = reading.incident.iter().flat_map(|incident| &incident.actions);
        let position = actions.clone().position(|action| action.id == wanted);
        let name =
            || format!("{}/{wanted}", reading.incident.as_ref().map_or("", |incident| incident.id.as_str()));
        position.map(|position| (name(), reading.index, position))
    })?;
    let found: Vec<(String, usize, usize)> = found.into_iter().flatten().collect();
    match found.as_slice() {
        [(_, index, position)] => Ok((archive.read(*index)?, *position)),
        [] => Err(unknown(wanted, None)),
        several => {
            const FEW: usize = 10;
            let names: Vec<&str> = several.iter().take(FEW).map(|(name, ..)| name.as_str()).collect();
            let more = several.len().saturating_sub(FEW);
            let (en, pt) = match more {
                0 => (String::new(), String::new()),
                n => (format!(" and {n} more"), format!(" e mais {n}")),
            };
            let names = names.join(", ");
            Err(CliError::argument(
                (
                    format!("{} incidents have an action `{wanted}`", several.len()),
                    format!("{} incidentes têm uma ação `{wanted}`", several.len()),
                ),
                (format!("say which: {names}{en}"), format!("diga qual: {names}{pt}")),
            ))
        }
    }
}

/// No action of that name; with the nearest of its incident's ids, and all of them.
fn unknown(wanted: &str, of_incident: Option<(Option<&str>, Vec<&str>)>) -> CliError {
    const MOST: usize = 20;
    let help: Words = match of_incident {
        Some((Some(near), _)) => CliError::did_you_mean(near),
        Some((None, ids)) if !ids.is_empty() && ids.len() <= MOST => {
            let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            let ids = ids.join(", ");
            (format!("the actions there are {ids}"), format!("as ações de lá são {ids}")).into()
        }
        _ => (
            "`relato actions --all` lists the actions there are",
            "`relato actions --all` lista as ações que existem",
        )
            .into(),
    };
    CliError::argument(
        (format!("there is no action `{wanted}`"), format!("não existe a ação `{wanted}`")),
        help,
    )
}
