//! `relato actions export`: actions as a tracker takes them in.

use clap::{Args, ValueEnum};

use crate::{
    cli::{CliError, Console, Exit, Session, session, table},
    language::Language,
    model::{ActionStatus, Priority},
    render::markdown_text,
    tracker::{TicketRow, ticket_rows},
};

/// Hand actions to a tracker: a CSV for Jira, a task list for GitHub, a table
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato actions export jira --untracked > new.csv     what has no ticket yet, for Jira's CSV import
  relato actions export github --incident 2017-11-10-oms | gh issue create -t Actions -F -
  relato actions export csv --all

What is open or proposed is exported, unless you say otherwise. It is for internal readers: it
names owners. Write the ticket's key back with `relato actions set A5 tracker=jira:OD-101`, and
its state comes back with `relato actions import`. No network is used.")]
pub(in crate::cli) struct ExportArgs {
    /// For whom
    #[arg(value_enum)]
    to: To,
    /// Only of this incident; may be repeated
    #[arg(long, value_name = "INCIDENT")]
    incident: Vec<String>,
    /// What is done or dropped, too
    #[arg(long)]
    all: bool,
    /// Only what has no ticket yet
    #[arg(long)]
    untracked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// CSV with the columns that Jira's importer knows
    Jira,
    /// A task list in Markdown
    Github,
    /// One row an action, with its ticket
    Csv,
}

pub(in crate::cli) fn run(args: &ExportArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let language = session.language(&archive.settings);
    let rows = session::each(session, console, &archive, &args.incident, "reading", |_, incident| {
        let measured = session::measured(&archive, incident, as_of);
        let mut rows = ticket_rows(incident, &measured, &archive.settings, language.tag());
        rows.retain(|row| {
            let is_owed = row.status.is_open() || row.status == ActionStatus::Proposed;
            (args.all || is_owed) && !(args.untracked && row.tracker.is_some())
        });
        rows
    })?;
    let rows: Vec<TicketRow> = rows.into_iter().flatten().collect();
    let text = match args.to {
        To::Jira => jira(&rows, language)?,
        To::Github => github(&rows, language),
        To::Csv => csv(&rows)?,
    };
    console.answer(text.as_bytes())?;
    Ok(Exit::Done)
}

/// Jira takes several labels from several columns of that name.
fn jira(rows: &[TicketRow], language: &Language) -> Result<String, CliError> {
    let labels = rows.iter().map(|row| row.labels.len()).max().unwrap_or(1).max(1);
    let mut head = vec!["Summary", "Description", "Due date", "Priority"];
    head.extend(std::iter::repeat_n("Labels", labels));
    head.push("Assignee");
    let cells = rows.iter().map(|row| {
        let priority = row.priority.map_or("", |priority| match priority {
            Priority::P0 => "Highest",
            Priority::P1 => "High",
            Priority::P2 => "Medium",
            Priority::P3 => "Low",
        });
        let due = row.due.map(|due| due.to_string()).unwrap_or_default();
        let mut cells = vec![row.title.clone(), description(row, language), due, priority.to_owned()];
        cells.extend((0..labels).map(|at| row.labels.get(at).cloned().unwrap_or_default()));
        // a role is nobody that Jira knows: it stands in the description
        let person = row.owner.as_deref().filter(|owner| !owner.contains(':')).unwrap_or_default();
        cells.push(person.to_owned());
        cells
    });
    table::csv(&head, &cells.collect::<Vec<_>>())
}

fn description(row: &TicketRow, language: &Language) -> String {
    let pt = language.is_portuguese();
    let say = |en: &'static str, br: &'static str| if pt { br } else { en };
    let mut lines = vec![format!("{}: {}", row.name, row.incident)];
    let mut line = |head: &str, text: &str| {
        if !text.is_empty() {
            lines.push(format!("{head}: {text}"));
        }
    };
    line(say("Done when", "Pronta quando"), row.done_when.as_deref().unwrap_or_default());
    line(say("For", "Para"), &row.addresses.join(", "));
    line(say("Owner", "Responsável"), row.owner.as_deref().unwrap_or_default());
    line(say("Team", "Time"), row.team.as_deref().unwrap_or_default());
    lines.join("\n")
}

fn github(rows: &[TicketRow], language: &Language) -> String {
    let pt = language.is_portuguese();
    let mut out = String::new();
    let mut incident = "";
    for row in rows {
        let (id, action) = row.name.split_once('/').unwrap_or((&row.name, ""));
        if id != incident {
            let gap = if out.is_empty() { "" } else { "\n" };
            out += &format!("{gap}### {}: {}\n\n", markdown_text(id), markdown_text(&row.incident));
            incident = id;
        }
        let mark = if row.status.is_done() { 'x' } else { ' ' };
        let title = markdown_text(&row.title);
        let title = if row.status.is_withdrawn() { format!("~~{title}~~") } else { title };
        let due = row.due.map(|due| if pt { format!("prazo {due}") } else { format!("due {due}") });
        let ticket = row.tracker.as_ref().and_then(|tracker| tracker.key.clone().or(tracker.url.clone()));
        let parts = [row.priority.map(|priority| priority.word().to_owned()), due, row.owner.clone(), ticket];
        let parts: Vec<String> = parts.into_iter().flatten().map(|part| markdown_text(&part)).collect();
        let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        out += &format!("- [{mark}] **{}** {title}{parts}\n", markdown_text(action));
    }
    out
}

const CSV_HEAD: [&str; 13] = [
    "action",
    "incident_title",
    "title",
    "status",
    "priority",
    "due",
    "owner",
    "team",
    "done_when",
    "labels",
    "tracker_system",
    "tracker_key",
    "tracker_url",
];

fn csv(rows: &[TicketRow]) -> Result<String, CliError> {
    let cells = rows.iter().map(|row| {
        let tracker = row.tracker.clone();
        let (system, key, url) = tracker.map(|it| (it.system, it.key, it.url)).unwrap_or_default();
        vec![
            row.name.clone(),
            row.incident.clone(),
            row.title.clone(),
            row.status.word().to_owned(),
            row.priority.map_or("", Priority::word).to_owned(),
            row.due.map(|due| due.to_string()).unwrap_or_default(),
            row.owner.clone().unwrap_or_default(),
            row.team.clone().unwrap_or_default(),
            row.done_when.clone().unwrap_or_default(),
            row.labels.join(" "),
            system.unwrap_or_default(),
            key.unwrap_or_default(),
            url.unwrap_or_default(),
        ]
    });
    table::csv(&CSV_HEAD, &cells.collect::<Vec<_>>())
}
