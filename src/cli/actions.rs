//! `relato actions`: what is owed, by whom, and what is late.

mod board;
mod diff;
mod history;

use clap::{Args, Subcommand, ValueEnum};
pub(super) use diff::{change_json, changes_between, told as told_changes};
use serde_json::json;

use super::{CliError, Console, Exit, Session, also, boards, edit, session, table, tracker, usage::Unfit};
use crate::{
    archive::{Archive, Distilled},
    format::nearest,
    language::Language,
    ledger::Ledger,
    model::{ActionStatus, Catalogue, Incident, Priority, Word},
    query::{
        ActionFacts, ActionFilter, ActionRow,
        board::{Escalation, IncidentActions, Kin, Recurrences},
    },
    time::{Instant, Length, read_length},
};

/// List action items: what is open, what is overdue, whose; change them
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  relato actions                                what is open or proposed
  relato actions --overdue                      what is late, the latest first
  relato actions --overdue --at HEAD~100        as written then, judged as of that commit
  relato actions --overdue --as-of 2026-03-01   as written now, judged as of the end of 1 March
  relato actions --due-within 7d --team oms
  relato actions --by team                      one line a team, and the totals
  relato actions --slipped --public             promises that were put off
  relato actions --recurring                    fixes still owed though the incident came back
  relato actions --escalation                   what someone must hear of, and who
  relato actions --by team --also ../payments   two repositories, one answer
  relato actions --overdue --exit-code -q       for bots: exit 1 when anything is late
  relato actions --format markdown --lang pt-BR
  relato actions --team oms --format ics > oms.ics
  relato actions set A5 status=done evidence=merge:4f2a9c1

The due day counts to its end, in the zone of the action's team, else of the incident, else of the organisation."
)]
pub(super) struct ActionsArgs {
    #[command(subcommand)]
    command: Option<ActionsCommand>,
    /// Only what is overdue
    #[arg(long)]
    overdue: bool,
    /// Only what is open and due within this time, overdue included: 7d, 2w, or a number of days
    #[arg(long, value_name = "DAYS")]
    due_within: Option<String>,
    /// Only of this owner; may be repeated
    #[arg(long, value_name = "OWNER")]
    owner: Vec<String>,
    /// Only of this team; may be repeated
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// Only in this state; may be repeated
    #[arg(long, value_name = "STATE", value_parser = one_of::<ActionStatus>)]
    status: Vec<ActionStatus>,
    /// Only of this priority; may be repeated
    #[arg(long, value_name = "PRIORITY", value_parser = one_of::<Priority>)]
    priority: Vec<Priority>,
    /// Only what was put off
    #[arg(long)]
    slipped: bool,
    /// Only what nobody answers for
    #[arg(long)]
    unowned: bool,
    /// Only what waits for something
    #[arg(long)]
    blocked: bool,
    /// Only what was promised in public
    #[arg(long)]
    public: bool,
    /// Only fixes that are owed though their incident came back, as `same_cause_as` tells
    #[arg(long)]
    recurring: bool,
    /// Only what someone must hear of, with whom: owner, the team's accountable role, head, review board
    #[arg(long, conflicts_with = "by")]
    escalation: bool,
    /// One line for each, with totals, instead of one for each action
    #[arg(long, value_enum, value_name = "GROUP")]
    by: Option<board::Grouping>,
    /// Only of this incident; may be repeated
    #[arg(long, value_name = "INCIDENT")]
    incident: Vec<String>,
    /// What is done or dropped, too
    #[arg(long)]
    all: bool,
    /// Leave git's history unread: only slips that files tell of are known then
    #[arg(long)]
    no_history: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Exit with 1 when any row is found
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Subcommand)]
enum ActionsCommand {
    Diff(diff::ActionsDiffArgs),
    History(history::HistoryArgs),
    Set(edit::SetArgs),
    Add(edit::AddArgs),
    Import(tracker::ImportArgs),
    Export(tracker::ExportArgs),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
    Markdown,
    /// iCalendar: a task and an all-day event for each due date
    Ics,
}

impl ActionsArgs {
    /// Whether `--also` and `include` have a meaning for it: what writes or compares stays with one workspace.
    pub(super) fn answers_for_several(&self) -> bool {
        matches!(self.command, None | Some(ActionsCommand::History(_)))
    }
}

pub(super) fn run(args: &ActionsArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    match &args.command {
        Some(ActionsCommand::Set(args)) => edit::set(args, session, console),
        Some(ActionsCommand::Add(args)) => edit::add(args, session, console),
        Some(ActionsCommand::Import(args)) => tracker::import(args, session, console),
        Some(ActionsCommand::Export(args)) => tracker::export(args, session, console),
        Some(ActionsCommand::Diff(args)) => diff::run(args, session, console),
        Some(ActionsCommand::History(args)) => history::run(args, session, console),
        None => list(args, session, console),
    }
}

fn list(args: &ActionsArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let language = session.language(&archive.settings);
    let further = also::further(session, console, &archive.settings)?;
    let archives: Vec<Archive<'_>> =
        further.iter().map(|further| further.session.archive()).collect::<Result<_, _>>()?;
    let catalogue = also::together(&archive.catalogue, archives.iter().map(|archive| &archive.catalogue));
    let filter = filter(args, &catalogue)?;
    let known = |session: &Session| if args.no_history { None } else { session.known_ledger(console) };
    let ledger = known(session);
    // only the JSON contract names lines, and finding them costs a look at the text
    let lines = args.format == Format::Json;
    // what came back is known only of all incidents together; not to ask for it spares the default listing the work
    let all_read = args.incident.is_empty();
    let families = all_read && (args.recurring || args.escalation || args.by.is_some() || lines);
    if args.recurring && !all_read {
        return Err(CliError::argument(
            (
                "`--recurring` looks at all incidents, and `--incident` reads one",
                "`--recurring` olha todos os incidentes, e `--incident` lê um só",
            ),
            ("leave out `--incident`", "omita `--incident`"),
        ));
    }
    let of_interest = |row: &ActionRow| filter.wants(row) || (args.by.is_some() && filter.concerns(row));
    let asked = Asked { session, archive: &archive, as_of, ledger: ledger.as_ref() };
    let (own, elsewhere) = also::split(&args.incident, &further);
    let (mut kin, mut concerned) = match own.is_empty() && elsewhere {
        true => (Vec::new(), Vec::new()),
        false => asked.read(console, &own, lines, families, &of_interest)?,
    };
    for (further, archive) in further.iter().zip(&archives) {
        let wanted = further.asked(&args.incident);
        if wanted.is_empty() && !all_read {
            continue;
        }
        let ledger = known(&further.session);
        let asked = Asked { session: &further.session, archive, as_of, ledger: ledger.as_ref() };
        let (more_kin, more) = asked.read(console, &wanted, lines, families, &of_interest)?;
        kin.extend(more_kin.into_iter().map(|kin| kin.of_repository(&further.name)));
        concerned.extend(more.into_iter().map(|row| row.of_repository(&further.name)));
    }
    if families {
        come_back(&kin, &mut concerned);
    }
    let wanted = |row: &ActionRow| {
        filter.wants(row)
            && (!args.recurring || row.recurring == Some(true))
            && (!args.escalation || Escalation::of(row, &archive.settings).is_some())
    };
    let mut rows: Vec<ActionRow> = match args.by {
        Some(_) => concerned.iter().filter(|row| wanted(row)).cloned().collect(),
        None => std::mem::take(&mut concerned).into_iter().filter(wanted).collect(),
    };
    if args.overdue {
        rows.sort_by_key(|row| std::cmp::Reverse(row.days_overdue));
    } else if args.escalation {
        // the highest rung first
        rows.sort_by_key(|row| {
            (std::cmp::Reverse(Escalation::of(row, &archive.settings)), row.due.is_none(), row.due)
        });
    } else {
        rows.sort_by_key(|row| (row.due.is_none(), row.due));
    }
    let board = args.by.map(|by| board::Board::of(&rows, &concerned, by, &archive.settings));
    let as_of_text = as_of.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    if args.format == Format::Ics {
        let found = !rows.is_empty();
        console.answer(&boards::calendar(rows, session, console, &archive, as_of)?)?;
        return Ok(if args.exit_code && found { Exit::Found } else { Exit::Done });
    }
    let text = match args.format {
        Format::Ics => String::new(),
        Format::Json => {
            let told = |row: &ActionRow| board::with_escalation(row, &archive.settings, &catalogue);
            let mut answer = json!({
                "version": 1,
                "as_of": as_of_text,
                "revision": session.revision(),
                "actions": rows.iter().map(told).collect::<Vec<_>>(),
            });
            if let (Some(board), Some(answer)) = (&board, answer.as_object_mut()) {
                board.add_to(answer);
            }
            format!("{answer:#}\n")
        }
        Format::Csv => match &board {
            Some(board) => board.csv()?,
            None => table::csv(&CSV_HEAD, &rows.iter().map(csv_row).collect::<Vec<_>>())?,
        },
        Format::Table => {
            console.detail(format!("revision {}, as of {as_of_text}", session.revision()));
            let closing = closing(&rows, session.revision(), &as_of_text, language);
            let told = match &board {
                _ if rows.is_empty() => String::new(),
                Some(board) => board.table(language, &archive.settings, &catalogue, table::aligned),
                None if args.escalation => {
                    let ladder = board::ladder(&rows, &archive.settings, &catalogue, language);
                    table::aligned(&board::ladder_head(language), &ladder)
                }
                None => {
                    let (head, cells) = columns(&rows, ledger.is_some(), language);
                    table::aligned(&head, &cells)
                }
            };
            told + &closing
        }
        Format::Markdown => match &board {
            Some(board) => board.table(language, &archive.settings, &catalogue, table::markdown),
            None if args.escalation => {
                let ladder = board::ladder(&rows, &archive.settings, &catalogue, language);
                table::markdown(&board::ladder_head(language), &ladder)
            }
            None => {
                let (head, cells) = columns(&rows, ledger.is_some(), language);
                table::markdown(&head, &cells)
            }
        },
    };
    console.answer(text.as_bytes())?;
    Ok(if args.exit_code && !rows.is_empty() { Exit::Found } else { Exit::Done })
}

/// One state of the workspace, and what is known of how it came about.
struct Asked<'a> {
    session: &'a Session,
    archive: &'a Archive<'a>,
    as_of: Instant,
    ledger: Option<&'a Ledger>,
}

impl Asked<'_> {
    /// The actions of the incidents named, or of all, that are `wanted`; with their lines, which cost a look at the text,
    /// if asked for, and with what came back, which is known when all incidents are read.
    fn rows(
        &self,
        console: &Console,
        incidents: &[String],
        lines: bool,
        families: bool,
        wanted: &(dyn Fn(&ActionRow) -> bool + Sync),
    ) -> Result<Vec<ActionRow>, CliError> {
        let (kin, mut rows) = self.read(console, incidents, lines, families, wanted)?;
        if families {
            come_back(&kin, &mut rows);
        }
        Ok(rows)
    }

    /// The same, and apart from it how the incidents are tied to each other.
    fn read(
        &self,
        console: &Console,
        incidents: &[String],
        lines: bool,
        families: bool,
        wanted: &(dyn Fn(&ActionRow) -> bool + Sync),
    ) -> Result<(Vec<Kin>, Vec<ActionRow>), CliError> {
        let archive = self.archive;
        let distil = |incident: &Incident| {
            let measured = session::measured(archive, incident, self.as_of);
            let value = IncidentActions::of(incident, &measured, &archive.settings, &archive.catalogue);
            Distilled { value, lasts: ActionFacts::last(incident) }
        };
        let answer = |file: &str, facts: IncidentActions| {
            let rows = facts.actions.into_iter().map(|facts| facts.row(file, self.as_of, self.ledger));
            let mut rows: Vec<ActionRow> = rows.filter(wanted).collect();
            if lines && !rows.is_empty() {
                boards::place(&mut rows, archive.text(file));
            }
            (families.then_some(facts.kin), rows)
        };
        let names = ("actions", "reading");
        let found =
            session::each_distilled(self.session, console, archive, incidents, names, distil, answer)?;
        let (kin, rows): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        Ok((kin.into_iter().flatten().collect(), rows.into_iter().flatten().collect()))
    }
}

/// Says of each row whether its incident came back.
fn come_back(kin: &[Kin], rows: &mut [ActionRow]) {
    let recurrences = Recurrences::of(kin);
    for row in rows {
        row.recurring = Some(recurrences.has(row));
    }
}

fn filter(args: &ActionsArgs, catalogue: &Catalogue) -> Result<ActionFilter, CliError> {
    // a name that nothing has would look like "all done"
    for team in &args.team {
        let known = catalogue.teams.iter().map(|team| team.id.as_str());
        if catalogue.present && catalogue.team(team).is_none() {
            let help = match nearest(team.trim_start_matches("team:"), known.clone()) {
                Some(near) => (format!("did you mean `{near}`?"), format!("você quis dizer `{near}`?")),
                None => {
                    let known = known.collect::<Vec<_>>().join(", ");
                    (format!("the teams are {known}"), format!("as equipes são {known}"))
                }
            };
            let message = (
                format!("there is no team `{team}` in services.yaml"),
                format!("não existe a equipe `{team}` em services.yaml"),
            );
            return Err(CliError::argument(message, help));
        }
    }
    let due_within_days = args.due_within.as_deref().map(whole_days).transpose()?;
    Ok(ActionFilter {
        all: args.all,
        overdue: args.overdue,
        due_within_days,
        owners: args.owner.clone(),
        teams: args.team.clone(),
        statuses: args.status.clone(),
        priorities: args.priority.clone(),
        slipped: args.slipped,
        unowned: args.unowned,
        blocked: args.blocked,
        public: args.public,
    })
}

/// A length in days: due dates are days, and hours would be lost.
fn whole_days(text: &str) -> Result<i64, CliError> {
    const DAY: i64 = 86_400;
    if text.starts_with(|first: char| first.is_ascii_digit())
        && let Ok(days) = text.parse::<u16>()
    {
        return Ok(days.into());
    }
    match read_length(text).ok().as_ref().and_then(Length::seconds) {
        Some(seconds) if seconds % DAY == 0 => Ok(seconds / DAY),
        _ => Err(CliError::argument(
            (
                format!("`--due-within {text}` is not a number of days"),
                format!("`--due-within {text}` não é um número de dias"),
            ),
            ("write days or weeks, like 7d or 2w", "escreva dias ou semanas, como 7d ou 2w"),
        )),
    }
}

fn one_of<W: Word>(text: &str) -> Result<W, Unfit> {
    let words = || W::WORDS.join(", ");
    W::read(text)
        .ok_or_else(|| Unfit((format!("one of {}", words()), format!("use um destes: {}", words())).into()))
}

fn head(language: &Language) -> [&'static str; 7] {
    if language.is_portuguese() {
        ["ação", "prazo", "atraso", "prioridade", "responsável", "situação", "título"]
    } else {
        ["action", "due", "overdue", "priority", "owner", "state", "title"]
    }
}

fn cells(rows: &[ActionRow], language: &Language) -> Vec<Vec<String>> {
    let pt = language.is_portuguese();
    rows.iter()
        .map(|row| {
            vec![
                format!("{}/{}", row.incident, row.id),
                row.due.map_or("–".to_owned(), |due| due.to_string()),
                days(row.days_overdue, language),
                row.priority.map_or("–", Priority::word).to_owned(),
                row.owner.clone().unwrap_or_else(|| "–".to_owned()),
                state(row.status, pt).to_owned(),
                row.title.nearest(language.tag()).map_or("", |(_, title)| title).to_owned(),
            ]
        })
        .collect()
}

/// `3 days`; nothing for none.
fn days(days: i64, language: &Language) -> String {
    match (days, language.is_portuguese()) {
        (0, _) => String::new(),
        (1, false) => "1 day".to_owned(),
        (1, true) => "1 dia".to_owned(),
        (n, false) => format!("{} days", language.integer(n)),
        (n, true) => format!("{} dias", language.integer(n)),
    }
}

/// The table, with a column of slips where it has something to say: that some action was put off, or that nobody knows.
fn columns(rows: &[ActionRow], in_git: bool, language: &Language) -> (Vec<&'static str>, Vec<Vec<String>>) {
    /// Right of the due date.
    const PLACE: usize = 2;
    let mut head = head(language).to_vec();
    let mut cells = cells(rows, language);
    let says = |row: &ActionRow| row.slips_at_least > 0 || (in_git && row.slips.is_none());
    if rows.iter().any(says) {
        head.insert(PLACE, if language.is_portuguese() { "adiada" } else { "put off" });
        for (row, cells) in rows.iter().zip(&mut cells) {
            cells.insert(PLACE, put_off(row, language));
        }
    }
    (head, cells)
}

/// `3 times since 2026-03-10`, the date it was first promised for.
fn put_off(row: &ActionRow, language: &Language) -> String {
    let pt = language.is_portuguese();
    let times = |n: usize| match (n, pt) {
        (1, false) => "once".to_owned(),
        (1, true) => "1 vez".to_owned(),
        (n, false) => format!("{n} times"),
        (n, true) => format!("{n} vezes"),
    };
    let since = row.first_due.map(|due| format!(" {} {due}", if pt { "desde" } else { "since" }));
    match (row.slips, row.slips_at_least) {
        (Some(0), _) => String::new(),
        (Some(n), _) => times(n) + &since.unwrap_or_default(),
        (None, 0) => "?".to_owned(),
        (None, n) => format!("≥ {}", times(n)),
    }
}

fn state(status: ActionStatus, portuguese: bool) -> &'static str {
    match (status, portuguese) {
        (ActionStatus::Proposed, true) => "proposta",
        (ActionStatus::Accepted, true) => "aceita",
        (ActionStatus::InProgress, true) => "em andamento",
        (ActionStatus::Blocked, true) => "bloqueada",
        (ActionStatus::Done, true) => "concluída",
        (ActionStatus::Verified, true) => "verificada",
        (ActionStatus::Cancelled, true) => "cancelada",
        (ActionStatus::WontDo, true) => "não será feita",
        (ActionStatus::InProgress, false) => "in progress",
        (ActionStatus::WontDo, false) => "won't do",
        (other, false) => other.word(),
    }
}

/// How many, and both coordinates of the answer.
fn closing(rows: &[ActionRow], revision: &str, as_of: &str, language: &Language) -> String {
    let pt = language.is_portuguese();
    // nobody has promised what is only proposed: the site counts it apart, too
    let proposed = rows.iter().filter(|row| row.status == ActionStatus::Proposed).count();
    let apart = match (language.integer(i64::try_from(proposed).unwrap_or(i64::MAX)), proposed, pt) {
        (_, 0, _) => String::new(),
        (number, _, false) => format!(" ({number} proposed)"),
        (number, 1, true) => format!(" ({number} proposta)"),
        (number, _, true) => format!(" ({number} propostas)"),
    };
    let [none, one, several] =
        if pt { ["nenhuma ação", "ação", "ações"] } else { ["no actions", "action", "actions"] };
    let (one, several) = (format!("{one}{apart}"), format!("{several}{apart}"));
    let words = [none, &one, &several];
    let gap = if rows.is_empty() { "" } else { "\n" };
    format!("{gap}{}\n", table::closing(rows.len(), words, revision, as_of, language))
}

const CSV_HEAD: [&str; 20] = [
    "incident",
    "id",
    "title_en",
    "title_pt_br",
    "owner",
    "team",
    "class",
    "priority",
    "type",
    "status",
    "created_on",
    "due",
    "overdue",
    "days_overdue",
    "age_days",
    "public_commitment",
    "file",
    "slips",
    "slips_at_least",
    "first_due",
];

fn csv_row(row: &ActionRow) -> Vec<String> {
    let date = |date: Option<crate::time::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    vec![
        row.incident.clone(),
        row.id.clone(),
        row.title.get("en").unwrap_or_default().to_owned(),
        row.title.get("pt-BR").unwrap_or_default().to_owned(),
        row.owner.clone().unwrap_or_default(),
        row.team.clone().unwrap_or_default(),
        row.class.clone().unwrap_or_default(),
        row.priority.map_or("", Priority::word).to_owned(),
        row.kind.unwrap_or_default().to_owned(),
        row.status.word().to_owned(),
        date(row.created_on),
        date(row.due),
        (row.days_overdue > 0).to_string(),
        row.days_overdue.to_string(),
        row.age_days.map(|days| days.to_string()).unwrap_or_default(),
        row.public_commitment.to_string(),
        row.file.clone(),
        row.slips.map(|slips| slips.to_string()).unwrap_or_default(),
        row.slips_at_least.to_string(),
        date(row.first_due),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_within_takes_whole_days() {
        for (text, expected) in [
            ("7d", Some(7)),
            ("14", Some(14)),
            ("0", Some(0)),
            ("-14", None),
            ("+14", None),
            ("1.5", None),
            ("2w", Some(14)),
            ("0d", Some(0)),
            ("48h", Some(2)),
            ("12h", None),
            ("5bd", None),
            ("soon", None),
        ] {
            assert_eq!(whole_days(text).ok(), expected, "{text}");
        }
    }
}
