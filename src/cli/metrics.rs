//! `relato metrics`: times to detect and recover, and the verdict on each impact.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{CliError, Console, Exit, Session, also, session, table};
use crate::{
    archive::Archive,
    language::{Language, Rounding},
    model::Settings,
    query::{ImpactRow, IncidentRow, SpanRow, incident_row},
    time::Span,
};

/// Compute time to detect, time to recover and the verdict for each impact
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato metrics
  relato metrics 2017-11-10-oms --format json
  relato metrics --format csv > metrics.csv
  relato metrics --at v1.2.0                 as the repository stood then
  relato metrics --also ../payments          two repositories, one answer

TTR is the time from the start of the impact to full recovery, around the clock. TTD is the time to
the moment the organisation knew that this service was affected.")]
pub(super) struct MetricsArgs {
    /// Incidents to answer for; all when left out
    incidents: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

pub(super) fn run(args: &MetricsArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let language = session.language(&archive.settings);
    let further = also::further(session, console, &archive.settings)?;
    let measure = |session: &Session, archive: &Archive<'_>, asked: &[String]| {
        session::each(session, console, archive, asked, "measuring", |_, incident| {
            incident_row(incident, &session::measured(archive, incident, as_of))
        })
    };
    let (own, asked_others) = also::split(&args.incidents, &further);
    let mut incidents = match own.is_empty() && asked_others {
        true => Vec::new(),
        false => measure(session, &archive, &own)?,
    };
    for further in &further {
        let asked = further.asked(&args.incidents);
        if asked.is_empty() && !args.incidents.is_empty() {
            continue;
        }
        let archive = further.session.archive()?;
        incidents.extend(measure(&further.session, &archive, &asked)?.into_iter().map(|row| IncidentRow {
            repository: Some(further.name.clone()),
            id: further.id(&row.id),
            ..row
        }));
    }
    let text = match args.format {
        Format::Json => {
            let answer = json!({
                "version": 1,
                "as_of": as_of.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
                "revision": session.revision(),
                "incidents": incidents,
            });
            format!("{answer:#}\n")
        }
        Format::Csv => csv(&incidents)?,
        Format::Table => {
            let words = if language.is_portuguese() {
                ["nenhum incidente", "incidente", "incidentes"]
            } else {
                ["no incidents", "incident", "incidents"]
            };
            let as_of = as_of.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
            let closing = table::closing(incidents.len(), words, session.revision(), &as_of, language);
            format!("{}{closing}\n", table(&incidents, &archive.settings, language))
        }
    };
    console.answer(text.as_bytes())?;
    Ok(Exit::Done)
}

fn table(incidents: &[IncidentRow], settings: &Settings, language: &Language) -> String {
    let pt = language.is_portuguese();
    let head = if pt {
        ["incidente", "impacto", "classe", "meta", "TTD", "TTR", "resultado"]
    } else {
        ["incident", "impact", "class", "target", "TTD", "TTR", "verdict"]
    };
    let class = |key: &str| {
        let name = settings.class(key).and_then(|class| class.name.nearest(language.tag()));
        name.map_or(key, |(_, name)| name).to_owned()
    };
    let mut rows = Vec::new();
    for incident in incidents {
        if incident.impacts.is_empty() {
            let mut row = vec![incident.id.clone()];
            row.resize(head.len(), "–".to_owned());
            rows.push(row);
        }
        for impact in &incident.impacts {
            let span = |span: Option<SpanRow>| match span {
                Some(row) => {
                    language.short_span(Span { min: row.min_seconds, max: row.max_seconds }, Rounding::MINUTE)
                }
                None => "–".to_owned(),
            };
            rows.push(vec![
                incident.id.clone(),
                impact.id.clone(),
                impact.class.as_deref().map_or_else(|| "–".to_owned(), class),
                impact
                    .target_seconds
                    .map_or("–".to_owned(), |target| language.length(target, Rounding::SECOND)),
                span(impact.ttd),
                span(impact.ttr),
                verdict(impact, language),
            ]);
        }
    }
    let note = if pt {
        "TTR: do início do impacto à recuperação completa. TTD: do início do impacto à detecção."
    } else {
        "TTR: impact start to full recovery. TTD: impact start to detection."
    };
    if rows.is_empty() {
        return String::new();
    }
    format!("{}\n{note}\n", table::aligned(&head, &rows))
}

fn verdict(impact: &ImpactRow, language: &Language) -> String {
    let word = match (impact.verdict, language.is_portuguese()) {
        ("met", true) => "cumprida",
        ("breached", true) => "não cumprida",
        ("indeterminate", true) => "indeterminada",
        ("running", true) => "em curso",
        (_, true) => "não avaliada",
        ("breached", false) => "breached",
        ("not_judged", false) => "not judged",
        (other, false) => other,
    };
    match impact.factor_min {
        Some(factor) => {
            let exact = impact.ttr.is_some_and(|ttr| ttr.max_seconds == Some(ttr.min_seconds));
            format!("{word} ({}{})", if exact { "" } else { "≥ " }, language.factor(factor))
        }
        None => word.to_owned(),
    }
}

fn csv(incidents: &[IncidentRow]) -> Result<String, CliError> {
    let spans = ["ttd", "tta", "ttm", "ttr", "repair"];
    let mut head: Vec<String> =
        ["incident", "status", "impact", "service", "class", "target_seconds"].map(str::to_owned).to_vec();
    for span in spans {
        head.push(format!("{span}_min_seconds"));
        head.push(format!("{span}_max_seconds"));
    }
    head.extend(["verdict", "factor_min"].map(str::to_owned));
    let mut rows = Vec::new();
    for incident in incidents {
        for impact in &incident.impacts {
            let mut row = vec![
                incident.id.clone(),
                incident.status.to_owned(),
                impact.id.clone(),
                impact.service.clone(),
                impact.class.clone().unwrap_or_default(),
                impact.target_seconds.map(|target| target.to_string()).unwrap_or_default(),
            ];
            for span in [impact.ttd, impact.tta, impact.ttm, impact.ttr, impact.repair] {
                row.push(span.map(|span| span.min_seconds.to_string()).unwrap_or_default());
                row.push(
                    span.and_then(|span| span.max_seconds).map(|max| max.to_string()).unwrap_or_default(),
                );
            }
            row.push(impact.verdict.to_owned());
            row.push(impact.factor_min.map(|factor| factor.to_string()).unwrap_or_default());
            rows.push(row);
        }
    }
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    table::csv(&head, &rows)
}
