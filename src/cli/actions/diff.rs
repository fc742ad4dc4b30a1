//! `relato actions diff`: what became of action items between two states of the workspace.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Asked, put_off, state, table};
use crate::{
    cli::{CliError, Console, Exit, Session, session::Coordinates, sides::Sides},
    language::Language,
    model::Localized,
    query::{ActionChange, ActionRow, Happened, action_changes},
};

/// Tell what became of action items between two revisions: opened, closed, put off, newly overdue, reopened
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato actions diff v1.2.0..v1.3.0
  relato actions diff main@{2026-03-01}..main@{2026-03-31}   a month
  relato actions diff origin/main...HEAD                     what this branch brought
  relato actions diff HEAD                                   what is not committed
  relato actions diff HEAD~20.. --format markdown --lang pt-BR

Each side is judged as of its own commit; the later one as of --as-of, when that is given.")]
pub(super) struct ActionsDiffArgs {
    /// A..B; A.. up to HEAD; A...B from where the two parted; A alone up to the work tree
    #[arg(value_name = "RANGE")]
    range: String,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 when anything happened
    #[arg(long)]
    exit_code: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

pub(super) fn run(args: &ActionsDiffArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let sides = Sides::open(&args.range, session)?;
    let language = session.language(&sides.after.archive()?.settings);
    let changes = changes_between(&sides, console)?;
    let (from, to) = (Coordinates::of(&sides.before)?, Coordinates::of(&sides.after)?);
    let text = match args.format {
        Format::Json => format!("{:#}\n", answer(&changes, &from, &to)),
        Format::Text => told(&changes, language, false) + &closing(&changes, &from, &to, language) + "\n",
        Format::Markdown => told(&changes, language, true) + &closing(&changes, &from, &to, language) + "\n",
    };
    console.answer(text.as_bytes())?;
    Ok(if args.exit_code && !changes.is_empty() { Exit::Found } else { Exit::Done })
}

/// What became of every action between the two sides.
pub(in crate::cli) fn changes_between(
    sides: &Sides,
    console: &Console,
) -> Result<Vec<ActionChange>, CliError> {
    Ok(action_changes(rows(&sides.before, console, false)?, rows(&sides.after, console, true)?))
}

/// Every action of one side.
fn rows(side: &Session, console: &Console, history: bool) -> Result<Vec<ActionRow>, CliError> {
    let archive = side.archive()?;
    let as_of = side.as_of(&archive.settings)?;
    let ledger = if history { side.known_ledger(console) } else { None };
    let asked = Asked { session: side, archive: &archive, as_of, ledger: ledger.as_ref() };
    asked.rows(console, &[], false, false, &|_| true)
}

fn answer(changes: &[ActionChange], from: &Coordinates, to: &Coordinates) -> Value {
    let changes: Vec<Value> = changes.iter().map(change_json).collect();
    json!({"version": 1, "from": from.json(), "to": to.json(), "changes": changes})
}

/// One action to which something happened, for machines.
pub(in crate::cli) fn change_json(change: &ActionChange) -> Value {
    let happened: Vec<&str> = change.happened.iter().map(|happened| happened.word()).collect();
    let (incident, id) = change.row().map(|row| (row.incident.as_str(), row.id.as_str())).unwrap_or_default();
    json!({
        "incident": incident,
        "id": id,
        "happened": happened,
        "before": change.before.as_ref().map(side),
        "after": change.after.as_ref().map(side),
    })
}

/// A row without its line, which is that of one text and not of the other.
fn side(row: &ActionRow) -> Value {
    let mut value = json!(row);
    if let Some(row) = value.as_object_mut() {
        row.remove("line");
    }
    value
}

/// A section for each thing that happened, with the actions to which it did.
pub(in crate::cli) fn told(changes: &[ActionChange], language: &Language, markdown: bool) -> String {
    let pt = language.is_portuguese();
    let mut out = String::new();
    for happened in Happened::ALL {
        let lines: Vec<Vec<String>> = changes
            .iter()
            .filter(|change| change.happened.contains(&happened))
            .filter_map(|change| line(change, happened, language))
            .collect();
        if lines.is_empty() {
            continue;
        }
        let title = title(happened, pt);
        if markdown {
            out += &format!("**{title}**\n\n");
            for line in &lines {
                let [name, what, title] = line.as_slice() else { continue };
                let text = |text: &str| crate::render::markdown_text(&crate::report::one_line(text));
                out += &format!("- `{name}` {}: {}\n", text(title), text(what));
            }
        } else {
            out += &format!("{title}\n");
            for row in table::plain(&lines) {
                out += &format!("  {row}\n");
            }
        }
        out += "\n";
    }
    out
}

fn title(happened: Happened, pt: bool) -> &'static str {
    match (happened, pt) {
        (Happened::Opened, false) => "opened",
        (Happened::Opened, true) => "criadas",
        (Happened::Closed, false) => "closed",
        (Happened::Closed, true) => "encerradas",
        (Happened::Slipped, false) => "put off",
        (Happened::Slipped, true) => "adiadas",
        (Happened::NewlyOverdue, false) => "newly overdue",
        (Happened::NewlyOverdue, true) => "atrasadas desde então",
        (Happened::Reopened, false) => "reopened",
        (Happened::Reopened, true) => "reabertas",
        (Happened::Removed, false) => "removed from their files",
        (Happened::Removed, true) => "removidas de seus arquivos",
    }
}

/// Name, what happened, title.
fn line(change: &ActionChange, happened: Happened, language: &Language) -> Option<Vec<String>> {
    let pt = language.is_portuguese();
    let row = change.row()?;
    let due = |row: &ActionRow| row.due.map_or("–".to_owned(), |due| due.to_string());
    let status = |row: &ActionRow| state(row.status, pt).to_owned();
    let title = |title: &Localized| title.nearest(language.tag()).map_or("", |(_, title)| title).to_owned();
    let what = match happened {
        Happened::Opened | Happened::Removed => {
            let mut parts = vec![status(row)];
            parts.extend(row.due.map(|due| format!("{} {due}", if pt { "prazo" } else { "due" })));
            parts.extend(row.priority.map(|priority| priority.word().to_owned()));
            parts.extend(row.owner.clone());
            parts.join(", ")
        }
        Happened::Closed | Happened::Reopened => {
            let before = change.before.as_ref().map(|before| format!("{} → ", status(before)));
            before.unwrap_or_default() + &status(row)
        }
        Happened::Slipped => {
            let before = change.before.as_ref().map_or_else(String::new, due);
            let days = change
                .before
                .as_ref()
                .and_then(|it| it.due)
                .zip(row.due)
                .map(|(from, to)| (to - from).num_days());
            let times = put_off(row, language);
            let times = if times.is_empty() || times == "?" { String::new() } else { format!("; {times}") };
            format!("{before} → {} (+{}){times}", due(row), days_of(days.unwrap_or_default(), language))
        }
        Happened::NewlyOverdue => {
            let late = days_of(row.days_overdue, language);
            match pt {
                false => format!("due {}, {late} late", due(row)),
                true => format!("prazo {}, {late} de atraso", due(row)),
            }
        }
    };
    Some(vec![format!("{}/{}", row.incident, row.id), what, title(&row.title)])
}

fn days_of(days: i64, language: &Language) -> String {
    match (days, language.is_portuguese()) {
        (1, false) => "1 day".to_owned(),
        (1, true) => "1 dia".to_owned(),
        (n, false) => format!("{} days", language.integer(n)),
        (n, true) => format!("{} dias", language.integer(n)),
    }
}

fn closing(changes: &[ActionChange], from: &Coordinates, to: &Coordinates, language: &Language) -> String {
    let pt = language.is_portuguese();
    let n = language.integer(i64::try_from(changes.len()).unwrap_or(i64::MAX));
    let count = match (changes.len(), pt) {
        (0, false) => "nothing happened to any action".to_owned(),
        (0, true) => "nada aconteceu com ação alguma".to_owned(),
        (1, false) => "1 action".to_owned(),
        (1, true) => "1 ação".to_owned(),
        (_, false) => format!("{n} actions"),
        (_, true) => format!("{n} ações"),
    };
    format!("{count}; {} → {}", from.tell(language), to.tell(language))
}
