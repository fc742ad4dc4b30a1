//! `relato actions import`: what a tracker's export says of the actions, proposed as changes to their files.

use std::{
    collections::{BTreeMap, HashSet},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use crate::{
    amend::{self, Around, Followed},
    archive::{Archive, INCIDENT_LIMIT},
    cli::{
        CliError, Console, Exit, Session,
        edit::{self, Changed},
        fix, session,
    },
    finding::Words,
    language::Language,
    locate::Field,
    measure::action_zone,
    model::{Action, Incident, Tracker},
    report::one_line,
    review,
    source::{Content, Overlay, WorkTree, take_in},
    tracker::{EXPORT_LIMIT, Export, System, Ticket, Tickets, read_export},
};

/// Follow the states of tickets: from a CSV of Jira, or issues of GitHub or GitLab as JSON
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato actions import jira.csv                     what would change; nothing is written
  relato actions import jira.csv --diff              … as a unified diff
  relato actions import jira.csv --write             … and write it
  relato actions import issues.json --from gitlab
  relato actions import - --format json              from standard input

  gh issue list -s all --json number,title,state,stateReason,url,closedAt > issues.json
  glab issue list --all -F json > issues.json

An action is matched by its `tracker`: address or key. States follow the ticket as far as the
lifecycle allows; what needs a reason, an approval or a decision is listed with what to run, and
due dates never move by themselves. It shows before it writes because an export is a file from
elsewhere, and one wrong column would touch many incidents. No network is used.")]
pub(in crate::cli) struct ImportArgs {
    /// The export; `-` for standard input
    file: PathBuf,
    /// What it is an export of [default: what it looks like]
    #[arg(long, value_enum, value_name = "TRACKER")]
    from: Option<From>,
    /// Show the changes as a unified diff, and write nothing
    #[arg(long)]
    diff: bool,
    /// Write the changes into the files
    #[arg(long, conflicts_with = "diff")]
    write: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    Jira,
    Github,
    Gitlab,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// An action that a ticket changes.
struct Change {
    incident: String,
    action: String,
    file: String,
    key: String,
    said: String,
    changes: Vec<Changed>,
}

/// An action that someone must decide on.
struct ByHand {
    incident: String,
    action: String,
    key: String,
    why: Words,
    help: Words,
}

/// What an export comes to.
#[derive(Default)]
struct Answer<'e> {
    changes: Vec<Change>,
    by_hand: Vec<ByHand>,
    /// Actions whose ticket the export does not hold.
    missing: Vec<(String, String)>,
    unmatched: Vec<&'e Ticket>,
    written: bool,
}

pub(in crate::cli) fn run(args: &ImportArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    session.needs_work_tree("actions import")?;
    let export = export(args, session)?;
    let archive = session.archive()?;
    let language = session.language(&archive.settings);
    let pointing = session::each(session, console, &archive, &[], "reading", |reading, incident| {
        let points = incident.actions.iter().any(|action| action.tracker.is_some());
        points.then(|| (reading.file.clone(), incident.clone()))
    })?;
    let mut tickets = Tickets::of(&export);
    let mut tree = Overlay::of(session.tree());
    let mut answer = Answer::default();
    for (file, incident) in pointing.into_iter().flatten() {
        follow(&file, &incident, &export, &mut tickets, session, &archive, &mut tree, &mut answer)?;
    }
    answer.unmatched = tickets.unused();
    refuse_errors(session, &archive, &mut tree, &mut answer)?;
    if args.write {
        let disk = WorkTree::open(&session.root)?;
        for (path, new) in tree.changed() {
            if let Content::Bytes(old) = session.tree().read(path, INCIDENT_LIMIT)? {
                disk.rewrite(path, &old, new)?;
                answer.written = true;
            }
        }
    }
    let told = match args.format {
        Format::Json => {
            let mut json = answer.json(&export, language);
            if args.diff {
                json["diff"] = fix::diff(session, &tree)?.into();
            }
            format!("{json:#}\n")
        }
        Format::Text if args.diff => fix::diff(session, &tree)?,
        Format::Text => answer.text(&export, language),
    };
    console.answer(told.as_bytes())?;
    Ok(Exit::Done)
}

fn export(args: &ImportArgs, session: &Session) -> Result<Export, CliError> {
    let path = if args.file.as_os_str() == "-" { args.file.clone() } else { session.folder.join(&args.file) };
    let bytes = take_in(&path, EXPORT_LIMIT)?;
    let from = args.from.map(|from| match from {
        From::Jira => System::Jira,
        From::Github => System::Github,
        From::Gitlab => System::Gitlab,
    });
    let shown = args.file.display();
    read_export(&bytes, from).map_err(|error| {
        CliError::argument(
            (
                format!("`{shown}` cannot be read as an export of a tracker: {error}"),
                format!(
                    "não dá para ler `{shown}` como exportação de um tracker: {}",
                    error.in_portuguese()
                ),
            ),
            (
                "export issues from Jira as CSV, or from GitHub or GitLab as JSON (`relato actions import --help`), and say which with `--from`",
                "exporte os itens do Jira em CSV, ou do GitHub ou GitLab em JSON (`relato actions import --help`), e diga qual com `--from`",
            ),
        )
    })
}

/// Lets each action of one incident follow its ticket.
#[expect(clippy::too_many_arguments, reason = "the parts of one command, named here only")]
fn follow(
    file: &str,
    incident: &Incident,
    export: &Export,
    tickets: &mut Tickets<'_>,
    session: &Session,
    archive: &Archive<'_>,
    tree: &mut Overlay<'_>,
    answer: &mut Answer<'_>,
) -> Result<(), CliError> {
    let settings = &archive.settings;
    let as_of = session.as_of(settings)?;
    let Content::Bytes(bytes) = session.tree().read(file, INCIDENT_LIMIT)? else { return Ok(()) };
    let Ok(mut text) = String::from_utf8(bytes) else { return Ok(()) };
    let mut is_changed = false;
    for (position, action) in incident.actions.iter().enumerate() {
        let Some(tracker) = &action.tracker else { continue };
        let name = format!("{}/{}", incident.id, action.id);
        let Some(ticket) = tickets.find(tracker) else {
            if tickets.concern(tracker) {
                answer.missing.push((name, pointer(tracker)));
            }
            continue;
        };
        let zone = action_zone(action, incident, settings, &archive.catalogue);
        let today = zone.date(as_of);
        let by_hand = |why: Words, help: Words| ByHand {
            incident: incident.id.clone(),
            action: action.id.clone(),
            key: ticket.key.clone(),
            why,
            help,
        };
        let wishes = match amend::follow_ticket(&name, action, ticket, export.system, &zone, today) {
            Followed::Same => continue,
            Followed::ByHand { why, help } => {
                answer.by_hand.push(by_hand(why, help));
                continue;
            }
            Followed::Change(wishes) => wishes,
        };
        let source = review::source_language(incident, &settings.org.source_language);
        let around = Around { languages: &settings.org.languages, source_language: source, today };
        match amended(&text, file, action, position, &wishes, &around) {
            Ok((new, changes)) => {
                (text, is_changed) = (new, true);
                answer.changes.push(Change {
                    incident: incident.id.clone(),
                    action: action.id.clone(),
                    file: file.to_owned(),
                    key: ticket.key.clone(),
                    said: ticket.said.clone(),
                    changes,
                });
            }
            Err(error) => {
                let why = error.words();
                let (en, pt) = (&ticket.said, &ticket.said);
                let why = (
                    format!("{name}: {} is there as `{en}`, but {}", ticket.key, why.en),
                    format!("{name}: {} está lá como `{pt}`, mas {}", ticket.key, why.pt),
                );
                let run =
                    wishes.first().map(|wish| wish.given.text().unwrap_or_default()).unwrap_or_default();
                let run = format!("`relato actions set {name} status={run}`");
                let help = error.help().unwrap_or_default();
                let help = (format!("{run}: {}", help.en), format!("{run}: {}", help.pt));
                answer.by_hand.push(by_hand(why.into(), help.into()));
            }
        }
    }
    if is_changed {
        tree.put(file, text.into_bytes());
    }
    Ok(())
}

fn amended(
    text: &str,
    file: &str,
    action: &Action,
    position: usize,
    wishes: &[amend::Wish],
    around: &Around<'_>,
) -> Result<(String, Vec<Changed>), CliError> {
    let field = Field::of("actions").at(position);
    let puts = amend::amend_action(text, action, &field, wishes, around)?;
    edit::make_all(text, file, puts)
}

/// A file in which a change would bring errors stays as it is.
fn refuse_errors(
    session: &Session,
    archive: &Archive<'_>,
    tree: &mut Overlay<'_>,
    answer: &mut Answer<'_>,
) -> Result<(), CliError> {
    if answer.changes.is_empty() {
        return Ok(());
    }
    let brought = edit::errors_brought(session, archive, tree)?;
    let mut why: BTreeMap<&str, &Words> = BTreeMap::new();
    for finding in &brought {
        why.entry(&finding.file).or_insert(&finding.message);
    }
    let files: HashSet<String> = why.keys().map(|file| (*file).to_owned()).collect();
    for file in &files {
        tree.leave(file);
    }
    for change in answer.changes.extract_if(.., |change| files.contains(&change.file)) {
        let Some(words) = why.get(change.file.as_str()) else { continue };
        let name = format!("{}/{}", change.incident, change.action);
        answer.by_hand.push(ByHand {
            why: (
                format!(
                    "{name}: {} is there as `{}`, but following it would bring an error: {}",
                    change.key, change.said, words.en
                ),
                format!(
                    "{name}: {} está lá como `{}`, mas segui-lo traria um erro: {}",
                    change.key, change.said, words.pt
                ),
            )
                .into(),
            help: (format!("mend {} first", change.file), format!("corrija antes {}", change.file)).into(),
            incident: change.incident,
            action: change.action,
            key: change.key,
        });
    }
    Ok(())
}

/// How an action names its ticket.
fn pointer(tracker: &Tracker) -> String {
    let place = tracker.key.as_deref().or(tracker.url.as_deref()).unwrap_or_default();
    match &tracker.system {
        Some(system) => format!("{system}:{place}"),
        None => place.to_owned(),
    }
}

impl Answer<'_> {
    fn json(&self, export: &Export, language: &Language) -> Json {
        let changes: Vec<Json> = self
            .changes
            .iter()
            .map(|change| {
                json!({
                    "incident": change.incident,
                    "action": change.action,
                    "file": change.file,
                    "ticket": change.key,
                    "said": change.said,
                    "changes": change.changes.iter().map(Changed::json).collect::<Vec<_>>(),
                })
            })
            .collect();
        let by_hand: Vec<Json> = self
            .by_hand
            .iter()
            .map(|it| {
                json!({
                    "incident": it.incident,
                    "action": it.action,
                    "ticket": it.key,
                    "why": it.why.tell(language),
                    "help": it.help.tell(language),
                })
            })
            .collect();
        let ticket = |ticket: &&Ticket| json!({"key": ticket.key, "title": ticket.title, "state": ticket.state.word(), "url": ticket.url});
        let missing = |(action, ticket): &(String, String)| json!({"action": action, "ticket": ticket});
        json!({
            "version": 1,
            "system": export.system.word(),
            "tickets": export.tickets.len(),
            "left_out": export.left_out,
            "changes": changes,
            "by_hand": by_hand,
            "unmatched": self.unmatched.iter().map(ticket).collect::<Vec<_>>(),
            "missing": self.missing.iter().map(missing).collect::<Vec<_>>(),
            "written": self.written,
        })
    }

    fn text(&self, export: &Export, language: &Language) -> String {
        let pt = language.is_portuguese();
        let say = |en: &str, br: &str| if pt { br.to_owned() } else { en.to_owned() };
        let mut out = String::new();
        for change in &self.changes {
            let fields: Vec<String> = change.changes.iter().map(|changed| changed.text(true)).collect();
            let fields = fields.join("; ");
            out += &format!("{}/{} ({}): {fields}\n", change.incident, change.action, one_line(&change.key));
        }
        if !self.by_hand.is_empty() {
            let head = say("to decide:", "a decidir:");
            out += &format!("{}{head}\n", if out.is_empty() { "" } else { "\n" });
        }
        for it in &self.by_hand {
            out +=
                &format!("  {}\n    {}\n", one_line(it.why.tell(language)), one_line(it.help.tell(language)));
        }
        let mut lists: Vec<String> = Vec::new();
        if !self.unmatched.is_empty() {
            let keys = few(self.unmatched.iter().map(|ticket| ticket.key.clone()).collect(), pt);
            lists.push(format!("{} {keys}", say("tickets without an action:", "chamados sem ação:")));
        }
        if !self.missing.is_empty() {
            let names = self.missing.iter().map(|(action, ticket)| format!("{action} ({ticket})")).collect();
            let names = few(names, pt);
            lists.push(format!(
                "{} {names}",
                say(
                    "actions whose ticket is not in the export:",
                    "ações cujo chamado não está na exportação:"
                )
            ));
        }
        if !lists.is_empty() {
            out += &format!("{}{}\n", if out.is_empty() { "" } else { "\n" }, lists.join("\n"));
        }
        let count = |n: usize, one: [&str; 2], several: [&str; 2]| {
            let [en, br] = if n == 1 { one } else { several };
            format!("{n} {}", if pt { br } else { en })
        };
        let tickets = count(export.tickets.len(), ["ticket", "chamado"], ["tickets", "chamados"]);
        let changes = count(self.changes.len(), ["change", "mudança"], ["changes", "mudanças"]);
        let what = match (self.changes.is_empty(), self.written) {
            (true, _) => say("nothing to change", "nada a mudar"),
            (false, true) => format!(
                "{changes}{}",
                say(", written", if self.changes.len() == 1 { ", gravada" } else { ", gravadas" })
            ),
            (false, false) => format!(
                "{changes}{}",
                say("; nothing was written: `--write` does it", "; nada foi gravado: `--write` grava")
            ),
        };
        let gap = if out.is_empty() { "" } else { "\n" };
        out + &format!("{gap}{tickets} ({}): {what}\n", export.system.word())
    }
}

/// The first few, and how many more.
fn few(names: Vec<String>, pt: bool) -> String {
    const FEW: usize = 20;
    let more = names.len().saturating_sub(FEW);
    let shown: Vec<String> = names.iter().take(FEW).map(|name| one_line(name)).collect();
    match more {
        0 => shown.join(", "),
        n => format!("{} {} {n}", shown.join(", "), if pt { "e mais" } else { "and another" }),
    }
}
