//! `relato new`: a scaffolded incident.

use clap::Args;

use super::{CliError, Console, Exit, Session, session};
use crate::{
    format::nearest,
    model::{Catalogue, Settings},
    source::output,
    time::{Instant, Zone},
};

/// Write a commented incident file, ready to be filled in
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato new refused-cards --service checkout
  relato new slow-reports --service reports --service checkout
  relato new refused-cards --service checkout --as-of 2026-01-15

The file is incidents/<year>/<date>-<slug>.yaml; the date is today's in the organisation's zone, or that of --as-of.")]
pub(super) struct NewArgs {
    /// A few words in lower case with `-` between them
    slug: String,
    /// A service that was hit; may be repeated
    #[arg(long, required = true, value_name = "SERVICE")]
    service: Vec<String>,
}

pub(super) fn run(args: &NewArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    session.needs_work_tree("new")?;
    let archive = session.archive()?;
    let now = session.as_of(&archive.settings)?;
    let slug = slug(&args.slug)?;
    let mut services: Vec<String> = Vec::new();
    for service in &args.service {
        known(service, &archive.catalogue)?;
        if !services.contains(service) {
            services.push(service.clone());
        }
    }
    let zone = archive.settings.org.zone;
    let date = zone.date(now);
    let id = format!("{date}-{slug}");
    let path = format!("incidents/{}/{id}.yaml", date.format("%Y"));
    if let Some(there) = archive.files().find(|file| stem(file) == id) {
        return Err(CliError::argument(
            (format!("`{there}` is already there"), format!("`{there}` já existe")),
            (
                "choose another slug, or go on in that file",
                "escolha outro nome curto ou continue nesse arquivo",
            ),
        ));
    }
    let text = scaffold(&id, &services, &archive.settings, &archive.catalogue, now);
    output::write_new(&session.root.join(&path), text.as_bytes())?;
    console.answer(format!("{path}\n").as_bytes())?;
    session::note_faults(console, &archive, 0);
    console.note(("fill it in, then run `relato check`", "preencha e rode `relato check`"));
    Ok(Exit::Done)
}

/// The name of a file without its folder and its ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn slug(text: &str) -> Result<&str, CliError> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.is_empty()
        || text.len() > 80
        || !text.chars().all(fits)
        || text.starts_with('-')
        || text.ends_with('-')
    {
        return Err(CliError::argument(
            (format!("`{text}` cannot be part of an id"), format!("`{text}` não pode fazer parte de um id")),
            (
                "use lower-case letters, digits and `-`, like order-imports",
                "use letras minúsculas, dígitos e `-`, como em order-imports",
            ),
        ));
    }
    Ok(text)
}

fn known(service: &str, catalogue: &Catalogue) -> Result<(), CliError> {
    if !catalogue.present {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if !service.is_empty() && service.bytes().all(fits) {
            return Ok(());
        }
        return Err(CliError::argument(
            (
                format!("`{service}` cannot be the id of a service"),
                format!("`{service}` não pode ser o id de um serviço"),
            ),
            (
                "use letters, digits and `-`, like order-import",
                "use letras, dígitos e `-`, como em order-import",
            ),
        ));
    }
    if catalogue.service(service).is_some() {
        return Ok(());
    }
    let near = nearest(service, catalogue.services.iter().map(|known| known.id.as_str()));
    let help = match near {
        Some(near) => (format!("did you mean `{near}`?"), format!("você quis dizer `{near}`?")),
        None => {
            let known: Vec<&str> =
                catalogue.services.iter().take(12).map(|known| known.id.as_str()).collect();
            let known = known.join(", ");
            (
                format!("add it there first, or name one of those it has: {known}"),
                format!("inclua-o lá antes ou cite um dos que existem: {known}"),
            )
        }
    };
    let message = (
        format!("there is no service `{service}` in services.yaml"),
        format!("não existe o serviço `{service}` em services.yaml"),
    );
    Err(CliError::argument(message, help))
}

fn scaffold(
    id: &str,
    services: &[String],
    settings: &Settings,
    catalogue: &Catalogue,
    now: Instant,
) -> String {
    let zone = settings.org.zone;
    let clock = written(zone, now);
    let mut out = format!(
        "\
# {id}. Ten lines are enough while it burns; `relato check` says what is still to be written.
relato: 1
id: {id}
status: open                      # open, monitoring, resolved, reviewed, closed
timezone: {zone}
title:
{title}\
impacts:
",
        title = localized(settings, "  ", "…"),
    );
    for service in services {
        out += &format!("  - service: {service}\n");
        if !catalogue.present {
            out += "    class: critical               # critical: recover within 10 min; non-critical: within 4 h\n";
        }
        out += &format!(
            "    level: down                   # down, degraded, delayed, wrong_results, data_loss, exposure
    started: {clock}    # first users noticed; unsure: ~{clock} ±15m, or {{not_before: …, not_after: …}}
    # detected: {clock}           # when the team knew that this service was affected
    # recovered: {clock}          # everyone back to normal, backlog done
    # verified: {{at: {clock}, signal: …}}
    # scope:
{scope}",
            scope = localized(settings, "    #   ", "…"),
        );
    }
    out += &format!(
        "\
timeline: []
# timeline:
#   - id: e1
#     at: {clock}
#     type: signal                # signal, detection, step, decision, recovery, verification, …
#     visibility: public          # internal unless said
#     text:
{text}\
#   - id: e2                      # what was tried: `relato runbook` is made of these
#     at: {clock}
#     type: step
#     impacts: [{first}]
#     step:
#       key: restart-queue        # the same in every incident: attempts are counted by it
#       intent: recover           # diagnose, mitigate, recover, verify, rollback
#       title:
{title}\
#       target: {target}
#       changes_state: true
#       command: queue restart <name>      # with places to fill in, never a secret
#       outcome: worked           # worked, partly, no_effect, worse, failed, unknown
#       took: 5m                  # and `effect_after`; about: ~5m ±1m
#       verify: {{signal: …, within: 5m}}
#       rollback:
#         how:
{how}\
#       # hazard: {{level: danger, affects: [{first}], text: {{…}}}}   # whom it may hurt
# causes:
#   - {{id: c1, role: root, category: config, confidence: likely, text: {{…}}}}
# actions:
#   - {{id: A1, title: {{…}}, type: detect, priority: P1, owner: role:…, due: {date}, status: proposed, addresses: [c1]}}
",
        text = localized(settings, "#       ", "…"),
        title = localized(settings, "#         ", "…"),
        how = localized(settings, "#           ", "…"),
        first = services.first().map_or("…", String::as_str),
        target = services.first().map_or("service:…".to_owned(), |service| format!("service:{service}")),
        date = zone.date(now),
    );
    out
}

/// One line a language, source language first.
fn localized(settings: &Settings, indent: &str, text: &str) -> String {
    settings.org.languages.iter().map(|tag| format!("{indent}{tag}: \"{text}\"\n")).collect()
}

/// The wall clock without an offset: the file declares its zone. In the hour that the zone repeats, with the offset.
fn written(zone: Zone, now: Instant) -> String {
    let local = zone.wall(now).format("%Y-%m-%dT%H:%M").to_string();
    match crate::time::read_instant(&local, Some(&zone)) {
        Ok(_) => local,
        Err(_) => now.format("%Y-%m-%dT%H:%MZ").to_string(),
    }
}
