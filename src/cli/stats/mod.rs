//! `relato stats`: what many incidents say together, and how sure that is.

mod csv;
mod text;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{CliError, Console, Exit, Session, also, session, usage::Unfit};
use crate::{
    archive::Archive,
    format::nearest,
    model::{Catalogue, Settings},
    query::stats::{StatFacts, StatFilter, StatQuestion, Step, stats},
    time::{Date, read_date},
};

/// Say how often targets are met and how long it takes, each with its interval
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato stats                                      all incidents, by class
  relato stats --since 2026-01-01 --until 2026-03-31
  relato stats --by quarter --class critical        each quarter by itself
  relato stats --split 2026-01-01                   before that day against from that day on
  relato stats --format markdown --lang pt-BR
  relato stats --at v1.2.0 --format json

An incident belongs to the date that its id starts with; what is later than --as-of is left out.
Shares are told as k of n, without a percentage below five; intervals are of 95%. Lengths have a
median and no mean: of skewed lengths a mean says what the longest few were. A trend or a change
is told only of ten incidents or more.")]
pub(super) struct StatsArgs {
    /// Only incidents of this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Date>,
    /// Only incidents of this day or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<Date>,
    /// Only impacts on this service; may be repeated
    #[arg(long, value_name = "SERVICE")]
    service: Vec<String>,
    /// Only impacts of this class; may be repeated
    #[arg(long, value_name = "CLASS")]
    class: Vec<String>,
    /// Each year, quarter or month by itself
    #[arg(long, value_enum, value_name = "PERIOD")]
    by: Option<Period>,
    /// Compare the time before this day with the time from it on
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "by")]
    split: Option<Date>,
    /// Means, too, which a few long incidents decide
    #[arg(long)]
    with_mean: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Period {
    Year,
    Quarter,
    Month,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
    Markdown,
}

pub(super) fn run(args: &StatsArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let language = session.language(&archive.settings);
    let further = also::further(session, console, &archive.settings)?;
    let archives: Vec<Archive<'_>> =
        further.iter().map(|further| further.session.archive()).collect::<Result<_, _>>()?;
    let catalogue = also::together(&archive.catalogue, archives.iter().map(|archive| &archive.catalogue));
    let filter = filter(args, &archive.settings, &catalogue)?;
    let today = archive.settings.org.zone.date(as_of);
    let measure = |session: &Session, archive: &Archive<'_>| {
        let facts = session::each(session, console, archive, &[], "measuring", |_, incident| {
            // a question about the past is not answered by what came after
            let incident = session::known(archive, incident, as_of)?;
            let measured = session::measured(archive, &incident, as_of);
            StatFacts::of(&incident, &measured, &archive.settings, as_of, &filter)
        })?;
        Ok::<_, CliError>(facts.into_iter().flatten().collect::<Vec<StatFacts>>())
    };
    let mut facts = measure(session, &archive)?;
    for (further, archive) in further.iter().zip(&archives) {
        let more = measure(&further.session, archive)?;
        facts.extend(more.into_iter().map(|facts| facts.of_repository(&further.name)));
    }
    let question = StatQuestion {
        by: args.by.map(|by| match by {
            Period::Year => Step::Year,
            Period::Quarter => Step::Quarter,
            Period::Month => Step::Month,
        }),
        split: args.split,
        since: args.since,
        until: Some(args.until.map_or(today, |until| until.min(today))),
        with_mean: args.with_mean,
    };
    let stats = stats(&facts, &question, &archive.settings);
    let as_of_text = as_of.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let text = match args.format {
        Format::Json => {
            let answer = json!({
                "version": 1,
                "as_of": as_of_text,
                "revision": session.revision(),
                "asked": {
                    "since": args.since,
                    "until": args.until,
                    "services": filter.services,
                    "classes": filter.classes,
                    "by": args.by.and_then(|by| Some(by.to_possible_value()?.get_name().to_owned())),
                },
                "periods": stats.periods,
                "trends": stats.trends,
                "comparison": stats.comparison,
            });
            format!("{answer:#}\n")
        }
        Format::Csv => csv::rows(&stats)?,
        Format::Table | Format::Markdown => {
            let incidents = facts.len();
            let teller = text::Teller {
                language,
                settings: &archive.settings,
                markdown: args.format == Format::Markdown,
            };
            teller.tell(&stats, incidents, session.revision(), &as_of_text)
        }
    };
    console.answer(text.as_bytes())?;
    Ok(Exit::Done)
}

/// A name that nothing has would look like "nothing went wrong".
fn filter(args: &StatsArgs, settings: &Settings, catalogue: &Catalogue) -> Result<StatFilter, CliError> {
    let strip = |names: &[String], prefix: &str| -> Vec<String> {
        names.iter().map(|name| name.strip_prefix(prefix).unwrap_or(name).to_owned()).collect()
    };
    let (services, classes) = (strip(&args.service, "service:"), args.class.clone());
    let known: Vec<&str> = catalogue.services.iter().map(|service| service.id.as_str()).collect();
    if let Some(unknown) = services.iter().find(|s| catalogue.service(s).is_none())
        && catalogue.present
    {
        let message = (
            format!("there is no service `{unknown}` in services.yaml"),
            format!("não existe o serviço `{unknown}` em services.yaml"),
        );
        return Err(CliError::argument(message, near(unknown, &known, ("services", "serviços"))));
    }
    let known: Vec<&str> = settings.classes.iter().map(|class| class.key.as_str()).collect();
    if let Some(unknown) = classes.iter().find(|class| settings.class(class).is_none()) {
        let message = (format!("there is no class `{unknown}`"), format!("não existe a classe `{unknown}`"));
        return Err(CliError::argument(message, near(unknown, &known, ("classes", "classes"))));
    }
    if let (Some(since), Some(until)) = (args.since, args.until)
        && until < since
    {
        return Err(CliError::argument(
            (format!("{until} comes before {since}"), format!("{until} vem antes de {since}")),
            (
                "`--until` is the last day, `--since` the first",
                "`--until` é o último dia, `--since`, o primeiro",
            ),
        ));
    }
    Ok(StatFilter { since: args.since, until: args.until, services, classes })
}

fn near(word: &str, known: &[&str], (en, pt): (&str, &str)) -> crate::finding::Words {
    match nearest(word, known.iter().copied()) {
        Some(near) => CliError::did_you_mean(near),
        None => (format!("the {en} are {}", known.join(", ")), format!("{pt}: {}", known.join(", "))).into(),
    }
}

fn date(text: &str) -> Result<Date, Unfit> {
    let words = ("write a date like 2026-03-31", "escreva uma data como 2026-03-31");
    read_date(text).ok_or_else(|| Unfit(words.into()))
}
