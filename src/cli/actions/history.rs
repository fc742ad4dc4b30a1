//! `relato actions history`: what became of one action, commit after commit.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{state, table};
use crate::{
    archive::Archive,
    cli::{
        CliError, Console, Exit, Session, also,
        session::{self, rfc3339},
    },
    language::Language,
    ledger::{ActionHistory, At, Change, IncidentHistory, Ledger, Slips, State, Told, slips},
    model::{Action, Localized, Priority},
    time::Date,
};

/// Tell what became of one action: opened, put off, handed over, done, each with its commit
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato actions history 2022-12-18-order-imports/A1
  relato actions history A5                     when only one incident has an A5
  relato actions history A5 --all-parents       commits of merged branches speak for themselves
  relato actions history A5 --at v1.2.0         as the repository stood then
  relato actions history A5 --format json

A slip is a due date that moves to a later day after the action was accepted. One that was taken back does not count.")]
pub(super) struct HistoryArgs {
    /// The action, as INCIDENT/ACTION; ACTION alone when no other incident has it
    #[arg(value_name = "ID")]
    id: String,
    /// Follow merged branches too, not only the first-parent line
    #[arg(long)]
    all_parents: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

pub(super) fn run(args: &HistoryArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    // an id of a further workspace, as the listing tells it
    if let Some((name, id)) = args.id.split_once(':') {
        let settings = session.archive()?.settings;
        let further = also::further(session, console, &settings)?;
        if let Some(further) = further.iter().find(|further| further.name == name) {
            return tell(args, id, Some(name), &further.session, console);
        }
    }
    tell(args, &args.id, None, session, console)
}

fn tell(
    args: &HistoryArgs,
    id: &str,
    repository: Option<&str>,
    session: &Session,
    console: &Console,
) -> Result<Exit, CliError> {
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let language = session.language(&archive.settings);
    let ledger = session.ledger(args.all_parents, console)?.ok_or_else(no_git)?;
    let subject = Subject { repository, ..Subject::find(id, &archive, &ledger)? };
    let story = Story::of(&subject, &ledger, session.at().is_none());
    if ledger.is_cut_off() {
        console.warn(session::cut_off());
    }
    let as_of_text = rfc3339(as_of);
    let text = match args.format {
        Format::Json => {
            let revision = session.revision();
            format!("{:#}\n", story.json(&subject, &ledger, revision, &as_of_text))
        }
        Format::Csv => table::csv(&CSV_HEAD, &story.csv(&subject, &ledger))?,
        Format::Table => {
            let words = match language.is_portuguese() {
                true => ["nenhuma mudança", "mudança", "mudanças"],
                false => ["no changes", "change", "changes"],
            };
            let closing = table::closing(story.rows.len(), words, session.revision(), &as_of_text, language);
            let names = match language.is_portuguese() {
                true => ["data", "commit", "por", "mudança"],
                false => ["date", "commit", "by", "change"],
            };
            let rows = story.cells(&ledger, language);
            let (head, table) = (story.head(&subject, language), table::aligned(&names, &rows));
            format!("{head}\n{table}\n{}{closing}\n", story.doubts(&ledger, language))
        }
    };
    console.answer(text.as_bytes())?;
    Ok(Exit::Done)
}

fn no_git() -> CliError {
    CliError::argument(
        ("there is no history: this is no git repository", "não há histórico: isto não é um repositório git"),
        ("`git init`, and commit the workspace", "faça `git init` e um commit do workspace"),
    )
}

/// The action that is asked for.
struct Subject<'n> {
    /// The name of the further workspace that it lies in.
    repository: Option<&'n str>,
    incident: String,
    id: String,
    /// As it stands in the tree that is read.
    now: Option<Action>,
    title: Localized,
}

impl Subject<'_> {
    /// The incident's id, as answers for several workspaces tell it.
    fn incident(&self) -> String {
        let prefix = self.repository.map(|name| format!("{name}:")).unwrap_or_default();
        format!("{prefix}{}", self.incident)
    }

    fn find(wanted: &str, archive: &Archive<'_>, ledger: &Ledger) -> Result<Self, CliError> {
        let (incident, id) = match wanted.rsplit_once('/') {
            Some((incident, id)) => {
                let known = archive.find(incident);
                let gone = || ledger.incident(incident).map(|it| it.id.clone());
                match (known, gone()) {
                    (Ok(index), _) => (archive.id(index).to_owned(), id.to_owned()),
                    (Err(_), Some(gone)) => (gone, id.to_owned()),
                    (Err(why), None) => return Err(why.into()),
                }
            }
            None => (only(wanted, archive, ledger)?, wanted.to_owned()),
        };
        let now = match archive.find(&incident) {
            Ok(index) => {
                let reading = archive.read(index)?;
                let actions = reading.incident.map(|incident| incident.actions).unwrap_or_default();
                actions.into_iter().find(|action| action.id == id)
            }
            Err(_) => None,
        };
        let known = ledger.incident(&incident).is_some_and(|it| it.action(&id).is_some());
        if now.is_none() && !known {
            let known: Vec<&str> = ledger
                .incident(&incident)
                .into_iter()
                .flat_map(IncidentHistory::actions)
                .map(|action| action.id.as_str())
                .collect();
            let (en, pt) = match known.is_empty() {
                true => ("it never had any".to_owned(), "ele nunca teve nenhuma".to_owned()),
                false => (
                    format!("it has or had {}", known.join(", ")),
                    format!("ele tem ou teve {}", known.join(", ")),
                ),
            };
            return Err(CliError::argument(
                (
                    format!("`{incident}` has and had no action `{id}`"),
                    format!("`{incident}` não tem nem teve a ação `{id}`"),
                ),
                (en, pt),
            ));
        }
        let title = now.as_ref().map(|action| action.title.clone()).unwrap_or_default();
        Ok(Self { repository: None, incident, id, now, title })
    }
}

/// The one incident that has or had an action of this id.
fn only(id: &str, archive: &Archive<'_>, ledger: &Ledger) -> Result<String, CliError> {
    let mut found: Vec<String> = ledger
        .incidents()
        .iter()
        .filter(|incident| incident.action(id).is_some())
        .map(|incident| incident.id.clone())
        .collect();
    let new = archive.map(|reading| {
        let incident = reading.incident?;
        incident.actions.iter().any(|action| action.id == id).then_some(incident.id)
    })?;
    found.extend(new.into_iter().flatten());
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(CliError::argument(
            (
                format!("no incident has or had an action `{id}`"),
                format!("nenhum incidente tem nem teve a ação `{id}`"),
            ),
            (
                "`relato actions --all` lists the actions there are",
                "`relato actions --all` lista as ações que existem",
            ),
        )),
        several => {
            let few: Vec<String> =
                several.iter().take(5).map(|incident| format!("{incident}/{id}")).collect();
            let n = several.len();
            Err(CliError::argument(
                (format!("{n} incidents have an action `{id}`"), format!("{n} incidentes têm a ação `{id}`")),
                (format!("say which: {}", few.join(", ")), format!("diga qual: {}", few.join(", "))),
            ))
        }
    }
}

/// What became of it.
struct Story<'l> {
    rows: Vec<Row<'l>>,
    slips: Slips,
}

/// One change, or a remark on one commit.
struct Row<'l> {
    /// `None` while it is not committed.
    at: Option<At>,
    what: What<'l>,
}

enum What<'l> {
    Changed(Change, Standing),
    /// The file lies elsewhere from here on.
    Moved(&'l str, &'l str),
    Unread,
}

/// Whether a change counts as a slip.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Plain,
    Slip,
    TakenBack,
}

impl<'l> Story<'l> {
    fn of(subject: &Subject<'_>, ledger: &'l Ledger, work_tree: bool) -> Self {
        let incident = ledger.incident(&subject.incident);
        let history = incident.and_then(|incident| incident.action(&subject.id));
        let told = subject.now.as_ref().map(Told::of).or_else(|| history.map(told_last)).unwrap_or_default();
        let slips = slips(Some(ledger), history, &told);
        let mut rows = Vec::new();
        let mut open = false;
        let mut due = None;
        let mut reused_at = None;
        for entry in history.into_iter().flat_map(|history| &history.entries) {
            let mut standing = Standing::Plain;
            match &entry.change {
                Change::Opened(state) => (open, due) = (state.status.is_open(), state.due),
                Change::Status { to, .. } => open = to.is_open(),
                Change::Retitled { reused: true, .. } => reused_at = Some(entry.at),
                Change::Due { from, to: Some(to) } => {
                    let later =
                        open && reused_at != Some(entry.at) && from.or(due).is_some_and(|from| *to > from);
                    let stands = slips.moves.iter().chain(&slips.former).any(|it| it.at == Some(entry.at));
                    standing = match (later, stands) {
                        (true, true) => Standing::Slip,
                        (true, false) => Standing::TakenBack,
                        (false, _) => Standing::Plain,
                    };
                    due = Some(*to);
                }
                _ => {}
            }
            rows.push(Row { at: Some(entry.at), what: What::Changed(entry.change.clone(), standing) });
        }
        if let Some(incident) = incident {
            let first = rows.first().and_then(|row| row.at);
            let since = |at: &At| first.is_some_and(|first| *at > first);
            for pair in incident.places.windows(2) {
                if let [(_, Some(from)), (at, Some(to))] = pair
                    && since(at)
                {
                    rows.push(Row { at: Some(*at), what: What::Moved(from, to) });
                }
            }
            let unread = incident.unread.iter().filter(|at| since(at));
            rows.extend(unread.map(|at| Row { at: Some(*at), what: What::Unread }));
            rows.sort_by_key(|row| row.at);
        }
        if work_tree {
            let now = subject.now.as_ref().map(State::of);
            let pending = history.cloned().unwrap_or_default().pending(now.as_ref());
            rows.extend(pending.into_iter().map(|change| {
                let slip =
                    matches!(change, Change::Due { .. }) && slips.moves.iter().any(|it| it.at.is_none());
                let standing = if slip { Standing::Slip } else { Standing::Plain };
                Row { at: None, what: What::Changed(change, standing) }
            }));
        }
        Self { rows, slips }
    }

    /// What it is, and how often it was put off.
    fn head(&self, subject: &Subject<'_>, language: &Language) -> String {
        let pt = language.is_portuguese();
        let title = subject.title.nearest(language.tag()).map_or("", |(_, title)| title);
        let name = format!("{}/{}", subject.incident(), subject.id);
        let mut text =
            crate::report::one_line(format!("{name}: {title}").trim_end_matches([':', ' '])) + "\n";
        if subject.now.is_none() {
            text += if pt { "não está mais no arquivo\n" } else { "no longer in the file\n" };
        }
        let Slips { count, complete, first_due, .. } = &self.slips;
        let least = match (complete, pt) {
            (true, _) => "",
            (false, false) => "at least ",
            (false, true) => "pelo menos ",
        };
        let since = first_due.map(|first| match pt {
            true => format!("; o primeiro prazo era {first}"),
            false => format!("; first due {first}"),
        });
        let said = match (*count, complete, pt) {
            (0, true, false) => "never put off".to_owned(),
            (0, true, true) => "nunca foi adiada".to_owned(),
            (0, false, false) => "whether it was put off is not known".to_owned(),
            (0, false, true) => "não se sabe se foi adiada".to_owned(),
            (1, _, false) => format!("put off {least}once"),
            (1, _, true) => format!("adiada {least}1 vez"),
            (n, _, false) => format!("put off {least}{n} times"),
            (n, _, true) => format!("adiada {least}{n} vezes"),
        };
        text + &said + &since.unwrap_or_default() + "\n"
    }

    fn cells(&self, ledger: &Ledger, language: &Language) -> Vec<Vec<String>> {
        let pt = language.is_portuguese();
        let mut last = None;
        let row = |row: &Row<'_>| {
            let said = row.what.tell(pt);
            // the commit once, with all that it did below
            if row.at.is_some() && last == row.at {
                return vec![String::new(), String::new(), String::new(), said];
            }
            last = row.at;
            match row.at.and_then(|at| Some((at, ledger.commit(at)?))) {
                Some((at, commit)) => {
                    let id = commit.id().to_string();
                    let doubt = if ledger.is_clock_off(at) { " (?)" } else { "" };
                    let date = format!("{}{doubt}", commit.at().date_naive());
                    vec![date, id.get(..10).unwrap_or(&id).to_owned(), ledger.author(at).to_owned(), said]
                }
                None => {
                    let words = if pt { "sem commit" } else { "not committed" };
                    vec![words.to_owned(), String::new(), String::new(), said]
                }
            }
        };
        self.rows.iter().map(row).collect()
    }

    /// What the dates' marks mean.
    fn doubts(&self, ledger: &Ledger, language: &Language) -> &'static str {
        let doubted = self.rows.iter().filter_map(|row| row.at).any(|at| ledger.is_clock_off(at));
        match (doubted, language.is_portuguese()) {
            (false, _) => "",
            (true, false) => "(?) the clock was wrong: the commits before and after are of other days\n",
            (true, true) => {
                "(?) o relógio estava errado: os commits de antes e de depois são de outros dias\n"
            }
        }
    }

    fn json(&self, subject: &Subject<'_>, ledger: &Ledger, revision: &str, as_of: &str) -> Value {
        let title: std::collections::BTreeMap<&str, &str> = subject.title.iter().collect();
        let incident = ledger.incident(&subject.incident);
        let history = incident.and_then(|incident| incident.action(&subject.id));
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let [change, from, to] = row.what.values();
                let commit = row.at.and_then(|at| ledger.commit(at));
                json!({
                    "commit": commit.map(|commit| commit.id().to_string()),
                    "at": commit.map(|commit| rfc3339(commit.at())),
                    "authored_at": commit.map(|commit| rfc3339(commit.authored_at())),
                    "author": row.at.map(|at| ledger.author(at)),
                    "clock_off": row.at.is_some_and(|at| ledger.is_clock_off(at)),
                    "merge": commit.is_some_and(|commit| commit.is_merge()),
                    "change": change,
                    "from": from,
                    "to": to,
                    "slip": row.what.is_slip(),
                })
            })
            .collect();
        json!({
            "version": 1,
            "as_of": as_of,
            "revision": revision,
            "incident": subject.incident(),
            "repository": subject.repository,
            "id": subject.id,
            "title": title,
            "file": incident.and_then(IncidentHistory::place),
            "complete": ledger.knows_all_of(history),
            "slips": Some(self.slips.count).filter(|_| self.slips.complete),
            "slips_at_least": self.slips.count,
            "first_due": self.slips.first_due,
            "entries": rows,
        })
    }

    fn csv(&self, subject: &Subject<'_>, ledger: &Ledger) -> Vec<Vec<String>> {
        let plain = |value: Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        let row = |row: &Row<'_>| {
            let commit = row.at.and_then(|at| ledger.commit(at));
            let [change, from, to] = row.what.values();
            vec![
                subject.incident(),
                subject.id.clone(),
                commit.map(|commit| commit.id().to_string()).unwrap_or_default(),
                commit.map(|commit| rfc3339(commit.at())).unwrap_or_default(),
                row.at.map_or("", |at| ledger.author(at)).to_owned(),
                plain(change),
                plain(from),
                plain(to),
                row.what.is_slip().to_string(),
            ]
        };
        self.rows.iter().map(row).collect()
    }
}

const CSV_HEAD: [&str; 9] = ["incident", "id", "commit", "at", "author", "change", "from", "to", "slip"];

/// What the last commit left, for an action that is gone from the tree.
fn told_last(history: &ActionHistory) -> Told {
    let state = history.state().map(|(state, _)| state);
    Told {
        status: state.as_ref().map(|state| state.status),
        due: state.and_then(|state| state.due),
        slips: Vec::new(),
    }
}

impl What<'_> {
    fn is_slip(&self) -> bool {
        matches!(self, Self::Changed(_, Standing::Slip))
    }

    /// The name of the change, and what it was and is.
    fn values(&self) -> [Value; 3] {
        let change = match self {
            Self::Moved(from, to) => return ["file".into(), (*from).into(), (*to).into()],
            Self::Unread => return ["unreadable".into(), Value::Null, Value::Null],
            Self::Changed(change, _) => change,
        };
        match change {
            Change::Opened(State { status, due, owner, priority, .. }) => {
                let to = json!({"status": status.word(), "due": due, "owner": owner, "priority": priority.map(Priority::word)});
                ["opened".into(), Value::Null, to]
            }
            Change::Removed => ["removed".into(), Value::Null, Value::Null],
            Change::Returned => ["returned".into(), Value::Null, Value::Null],
            Change::Due { from, to } => ["due".into(), json!(from), json!(to)],
            Change::Owner { from, to } => ["owner".into(), json!(from), json!(to)],
            Change::Priority { from, to } => {
                ["priority".into(), json!(from.map(Priority::word)), json!(to.map(Priority::word))]
            }
            Change::Status { from, to } => ["status".into(), from.word().into(), to.word().into()],
            Change::Retitled { reused: true, .. } => ["id_reused".into(), Value::Null, Value::Null],
            Change::Retitled { .. } => ["title".into(), Value::Null, Value::Null],
        }
    }

    fn tell(&self, pt: bool) -> String {
        let date = |date: &Option<Date>| date.map_or("–".to_owned(), |date| date.to_string());
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let word = |priority: &Option<Priority>| priority.map_or("–", Priority::word);
        let (change, standing) = match self {
            Self::Moved(from, to) if pt => return format!("arquivo: {from} → {to}"),
            Self::Moved(from, to) => return format!("file: {from} → {to}"),
            Self::Unread if pt => return "o arquivo não pôde ser lido neste commit".to_owned(),
            Self::Unread => return "the file could not be read at this commit".to_owned(),
            Self::Changed(change, standing) => (change, *standing),
        };
        let mark = match (standing, pt) {
            (Standing::Plain, _) => "",
            (Standing::Slip, false) => " (slip)",
            (Standing::Slip, true) => " (adiamento)",
            (Standing::TakenBack, false) => " (slip, taken back later)",
            (Standing::TakenBack, true) => " (adiamento desfeito depois)",
        };
        match (change, pt) {
            (Change::Opened(it), _) => {
                let mut parts = vec![state(it.status, pt).to_owned()];
                parts.extend(it.due.map(|due| format!("{} {due}", if pt { "prazo" } else { "due" })));
                parts.extend(it.priority.map(|priority| priority.word().to_owned()));
                parts.extend(it.owner.clone());
                format!("{}: {}", if pt { "criada" } else { "opened" }, parts.join(", "))
            }
            (Change::Removed, false) => "removed from the file".to_owned(),
            (Change::Removed, true) => "removida do arquivo".to_owned(),
            (Change::Returned, false) => "back in the file".to_owned(),
            (Change::Returned, true) => "de volta ao arquivo".to_owned(),
            (Change::Due { from, to }, false) => format!("due: {} → {}{mark}", date(from), date(to)),
            (Change::Due { from, to }, true) => format!("prazo: {} → {}{mark}", date(from), date(to)),
            (Change::Owner { from, to }, false) => format!("owner: {} → {}", text(from), text(to)),
            (Change::Owner { from, to }, true) => format!("responsável: {} → {}", text(from), text(to)),
            (Change::Priority { from, to }, false) => format!("priority: {} → {}", word(from), word(to)),
            (Change::Priority { from, to }, true) => format!("prioridade: {} → {}", word(from), word(to)),
            (Change::Status { from, to }, false) => {
                format!("state: {} → {}", state(*from, pt), state(*to, pt))
            }
            (Change::Status { from, to }, true) => {
                format!("situação: {} → {}", state(*from, pt), state(*to, pt))
            }
            (Change::Retitled { reused: true, .. }, false) => {
                "the id means another action from here on".to_owned()
            }
            (Change::Retitled { reused: true, .. }, true) => {
                "daqui em diante o id designa outra ação".to_owned()
            }
            (Change::Retitled { .. }, false) => "title reworded".to_owned(),
            (Change::Retitled { .. }, true) => "título reescrito".to_owned(),
        }
    }
}
