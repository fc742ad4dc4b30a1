//! `relato search`: what was ever written that is like a text, with its place.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{CliError, Console, Exit, Session, session, shelf::RUNBOOKS_FOLDER};
use crate::{
    archive::{Archive, DOCUMENT_LIMIT, SERVICES_FILE},
    format,
    language::Language,
    locate::Places,
    query::{Found, FoundRow},
    render::file_name,
    report::one_line,
    runbook::{Document, Query, rank},
    source::Content,
};

/// Search every text of incidents, services and hand-written runbooks
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato search 'queue grows'             the most alike first, each with file:line
  relato search migração                  accents, case and endings do not matter
  relato search 0 products --format json
  relato search deadlock --at v1.2.0      as the repository stood then

Words are looked for in both languages; a word is found by its beginning as well. Several words need
not stand together: what has more of them, and rarer ones, comes first.")]
pub(super) struct SearchArgs {
    /// What to look for
    #[arg(required = true)]
    text: Vec<String>,
    /// The most that is shown, 1 or more
    #[arg(long, default_value_t = 10, value_name = "N")]
    max: usize,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 when nothing is found
    #[arg(long)]
    exit_code: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &SearchArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let text = args.text.join(" ");
    let query = Query::of(&text);
    if query.is_empty() {
        return Err(CliError::argument(
            ("there are no words to look for", "não há palavras para procurar"),
            (
                "write some, like `relato search 'queue grows'`",
                "escreva algumas, como `relato search 'fila cresce'`",
            ),
        ));
    }
    if args.max == 0 {
        return Err(CliError::argument(
            ("`--max 0` would show nothing", "`--max 0` não mostraria nada"),
            (
                "write how many are wanted, like `--max 5`; `--exit-code` asks only whether there are any",
                "escreva quantos quer, como em `--max 5`; `--exit-code` só pergunta se há algum",
            ),
        ));
    }
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let language = session.language(&archive.settings);
    let tag = language.tag();
    let mut found: Vec<Option<Found>> =
        session::each(session, console, &archive, &[], "searching", |reading, incident| {
            Found::in_incident(&query, tag, &reading.file, incident)
        })?;
    let services = &archive.catalogue.services;
    found.extend(services.iter().map(|service| Found::in_service(&query, tag, SERVICES_FILE, service)));
    let of = |words, id: &str, name| Found::in_catalogue(&query, tag, SERVICES_FILE, words, id, name);
    let (units, teams) = (&archive.catalogue.infra, &archive.catalogue.teams);
    found.extend(units.iter().map(|unit| of(("infra", "infra"), &unit.id, unit.name.as_ref())));
    found.extend(teams.iter().map(|team| of(("team", "teams"), &team.id, team.name.as_ref())));
    for service in services {
        let file = format!("{RUNBOOKS_FOLDER}/{}.md", file_name(&service.id));
        if let Content::Bytes(bytes) = archive.tree().read(&file, DOCUMENT_LIMIT)?
            && let Ok(text) = format::text(bytes)
        {
            found.push(Found::in_lines(&query, &file, &service.id, &text));
        }
    }
    // what says nothing of it still counts in how rare a word is
    let documents: Vec<Document> =
        found.iter().map(|found| found.as_ref().map(|it| it.document.clone()).unwrap_or_default()).collect();
    let ranked = rank(&documents);
    let all = ranked.len();
    let mut rows: Vec<FoundRow> = Vec::new();
    for scored in ranked.into_iter().take(args.max) {
        let Some(Some(found)) = found.get(scored.index) else { continue };
        let score = (scored.score * 1000.0).round() / 1000.0;
        rows.push(FoundRow { score, ..found.row.clone() });
    }
    for row in &mut rows {
        place(row, &archive);
    }
    let answer = match args.format {
        Format::Json => {
            let as_of = as_of.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
            let answer = json!({
                "version": 1,
                "as_of": as_of,
                "revision": session.revision(),
                "query": text,
                "found": all,
                "results": rows,
            });
            format!("{answer:#}\n")
        }
        Format::Text => told(&rows, all, language),
    };
    console.answer(answer.as_bytes())?;
    Ok(if args.exit_code && all == 0 { Exit::Found } else { Exit::Done })
}

/// Gives each place its line.
pub(super) fn place(row: &mut FoundRow, archive: &Archive<'_>) {
    if row.places.iter().all(|place| place.line > 0) {
        return;
    }
    let Some(text) = archive.text(&row.file) else { return };
    let places = Places::of(&text);
    for place in row.places.iter_mut().filter(|place| place.line == 0) {
        let language = place.at.key(&place.language);
        let at = if place.language.is_empty() { &place.at } else { &language };
        place.line = places.place(at).line;
    }
}

fn told(rows: &[FoundRow], all: usize, language: &Language) -> String {
    let pt = language.is_portuguese();
    let mut out = String::new();
    for row in rows {
        let title = row.title.get(language.tag()).or_else(|| row.title.values().next());
        let kind = match (row.kind, pt) {
            ("service", true) => "serviço ",
            ("service", false) => "service ",
            ("team", true) => "time ",
            ("team", false) => "team ",
            ("infra", true) => "unidade ",
            ("infra", false) => "unit ",
            ("runbook", _) => "runbook ",
            _ => "",
        };
        out += &format!("{kind}{}", one_line(&row.id));
        if let Some(title) = title {
            out += &format!(": {}", one_line(title));
        }
        out.push('\n');
        for place in &row.places {
            out += &format!("  {}:{}: {}\n", one_line(&row.file), place.line, one_line(&place.text));
        }
    }
    let count = match (all, pt) {
        (0, false) => "nothing found".to_owned(),
        (0, true) => "nada encontrado".to_owned(),
        (1, false) => "1 found".to_owned(),
        (1, true) => "1 resultado".to_owned(),
        (n, false) => format!("{} found", language.integer(i64::try_from(n).unwrap_or(i64::MAX))),
        (n, true) => format!("{} resultados", language.integer(i64::try_from(n).unwrap_or(i64::MAX))),
    };
    let shown = match (rows.len() < all, pt) {
        (false, _) => String::new(),
        (true, false) => format!(", the first {}", rows.len()),
        (true, true) => format!(", os primeiros {}", rows.len()),
    };
    let gap = if rows.is_empty() { "" } else { "\n" };
    format!("{out}{gap}{count}{shown}\n")
}
