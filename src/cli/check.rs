//! `relato check`: read, resolve, judge.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use super::{
    CliError, Console, Exit, Session,
    choice::{Choice, RuleWord},
    fix,
    judging::{self, Past},
    progress::Progress,
    session,
};
use crate::{
    archive::{Archive, GLOSSARY_FILE, NoSuchIncident, SERVICES_FILE},
    finding::Finding,
    report::{self, Counts, Fingerprint, Known, Report},
    source::{WORKSPACE_FILE, real_path},
    time::Instant,
};

/// Read every file, apply the rules, and say what is wrong and what to write instead
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato check
  relato check incidents/2026                    only these files are reported
  relato check --deny warnings                   for CI: warnings fail, too
  relato check --since origin/main               only what the branch brought
  relato check --only actions,translation-missing
  relato check --documents                       does it fit Statuspage, Slack, cState …?
  relato check --format github                   beside the lines of a pull request
  relato check --format sarif > relato.sarif     for code scanning
  relato check --format json | jq '.findings[]'
  relato check --diff                            what can be mended with certainty
  relato check --fix                             … and mend it
  relato check --lang pt-BR
  relato check --at origin/main                  as the repository stands there

Exit codes: 0 no error, 1 findings at error level (or warnings, with --deny warnings), 2 nothing could be judged.
Rules and their groups: relato explain --list")]
pub(super) struct CheckArgs {
    /// Files, folders or incident ids to report on; everything when left out
    paths: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail on warnings, too
    #[arg(long, value_enum, value_name = "LEVEL")]
    deny: Option<Deny>,
    /// Report only these rules, or groups of rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = RuleWord { groups: true },
          hide_possible_values = true)]
    only: Vec<String>,
    /// Leave these rules, or groups of rules, out
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = RuleWord { groups: true },
          hide_possible_values = true)]
    skip: Vec<String>,
    /// Print at most so many findings, the gravest; all of them count
    #[arg(long, value_name = "N")]
    max: Option<usize>,
    /// Report only what came after this git revision: findings that it has already are counted, not told
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Leave git's history unread: what only it tells is not judged
    #[arg(long)]
    no_history: bool,
    /// Render the public documents, too, and report what does not fit into them or cannot be said there
    #[arg(long)]
    documents: bool,
    /// Write what can be mended with certainty into the files: slips of one word, dates with one reading
    #[arg(long)]
    fix: bool,
    /// Show what --fix would write, as a unified diff, and write nothing
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// The line of the file, and what to write instead
    Text,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, which GitHub shows beside the lines
    Github,
    /// JUnit XML, for servers that show tests
    Junit,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    Warnings,
}

pub(super) fn run(args: &CheckArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    if args.fix {
        session.needs_work_tree("check --fix")?;
    }
    let choice = Choice::of(&args.only, &args.skip)?;
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let wanted = wanted(args, session, &archive)?;
    let ledger = if args.no_history { None } else { session.known_ledger(console) };
    let past = ledger.map(|ledger| Past::of(session, session.at(), ledger)).transpose()?;
    let known = match &args.since {
        Some(revision) => known_at(revision, session, as_of, args, console)?,
        None => HashMap::new(),
    };
    let asked = Asked { wanted, choice, known, as_of, past, documents: args.documents };
    let (findings, known) = asked.judge(&archive, console)?;
    session::note_empty(console, session, &archive);
    let failed = fails(&findings, args.deny);
    if args.fix || args.diff {
        session.keep();
    }
    if args.diff {
        let (tree, _) = fix::mend(session, &|archive| Ok(asked.judge(archive, console)?.0))?;
        console.answer(fix::diff(session, &tree)?.as_bytes())?;
        return Ok(if failed { Exit::Found } else { Exit::Done });
    }
    if args.fix && findings.iter().any(|finding| finding.fix.is_some()) {
        let (tree, done) = fix::mend(session, &|archive| Ok(asked.judge(archive, console)?.0))?;
        fix::write(session, &tree, &done, console)?;
        // what remains is told of what was written, not of what was meant to be
        let after = Session::again(session)?;
        let archive = after.archive()?;
        let (findings, known) = asked.judge(&archive, console)?;
        return answer(args, &after, console, &archive, &asked, findings, known);
    }
    // what was read is put away while the report is written
    let told = || answer(args, session, console, &archive, &asked, findings, known);
    rayon::join(|| session.keep(), told).1
}

fn answer(
    args: &CheckArgs,
    session: &Session,
    console: &Console,
    archive: &Archive<'_>,
    asked: &Asked,
    findings: Vec<Finding>,
    known: usize,
) -> Result<Exit, CliError> {
    let failed = fails(&findings, args.deny);
    let text = |file: &str| archive.text(file);
    let language = session.language(&archive.settings);
    let mut report = Report::of(findings, args.max, &text);
    report.known = args.since.clone().map(|revision| Known { revision, count: known });
    let answer = match args.format {
        Format::Text => report::text(&report, language, &text, console.colour()),
        Format::Json => format!("{:#}\n", report::json(&report, language)),
        Format::Sarif => format!("{:#}\n", report::sarif(&report, language, &session.prefix())),
        Format::Github => report::github(&report, language, &session.prefix()),
        Format::Junit => {
            let files: Vec<String> =
                archive.files().filter(|file| asked.is_wanted(file)).map(str::to_owned).collect();
            report::junit(&report, language, &files, args.deny.is_some())
        }
    };
    console.answer(answer.as_bytes())?;
    Ok(if failed { Exit::Found } else { Exit::Done })
}

/// How many findings there were of each fingerprint, waived or not.
type Tally = HashMap<(Fingerprint, bool), usize>;

/// Which findings are asked for.
struct Asked {
    wanted: Option<Vec<String>>,
    choice: Choice,
    known: Tally,
    as_of: Instant,
    past: Option<Past>,
    /// Whether public documents are rendered in any case.
    documents: bool,
}

impl Asked {
    fn is_wanted(&self, file: &str) -> bool {
        self.wanted.as_ref().is_none_or(|paths| paths.iter().any(|path| is_below(file, path)))
    }

    /// The findings of a workspace that are asked for, and how many are left out because they were known.
    fn judge(&self, archive: &Archive<'_>, console: &Console) -> Result<(Vec<Finding>, usize), CliError> {
        let progress = Progress::start(console, archive.files().len(), "checking");
        let step = || progress.step();
        let mut findings = judging::judge(archive, self.as_of, self.past.as_ref(), self.documents, &step)?;
        drop(progress);
        findings.retain(|finding| self.is_wanted(&finding.file) && self.choice.has(finding));
        if self.known.is_empty() {
            return Ok((findings, 0));
        }
        let all = findings.len();
        let mut known = self.known.clone();
        findings.retain(|finding| {
            let fingerprint = Fingerprint::of(finding);
            // what was waived and is not any more is new; what is waived now is not
            let ways: &[bool] = if finding.is_waived() { &[true, false] } else { &[false] };
            // of several that look alike, as many as there were before
            let mut was_there = |waived: &bool| match known.get_mut(&(fingerprint, *waived)) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    true
                }
                _ => false,
            };
            !ways.iter().any(&mut was_there)
        });
        let left_out = all - findings.len();
        Ok((findings, left_out))
    }
}

/// What the workspace at a revision is told, judged as of the same moment.
fn known_at(
    revision: &str,
    session: &Session,
    as_of: Instant,
    args: &CheckArgs,
    console: &Console,
) -> Result<Tally, CliError> {
    let ledger = match args.no_history {
        true => None,
        false => session.ledger_at(revision, console).ok().flatten(),
    };
    let past = ledger.map(|ledger| Past::of(session, Some(revision), ledger)).transpose()?;
    let tree = session.revision_at(revision)?;
    let archive = session.archive_of(&tree)?;
    let progress = Progress::start(console, archive.files().len(), "comparing");
    let mut known = HashMap::new();
    let step = || progress.step();
    for finding in judging::judge(&archive, as_of, past.as_ref(), args.documents, &step)? {
        *known.entry((Fingerprint::of(&finding), finding.is_waived())).or_default() += 1;
    }
    Ok(known)
}

fn fails(findings: &[Finding], deny: Option<Deny>) -> bool {
    let counts = Counts::of(findings.iter());
    counts.error > 0 || (deny.is_some() && counts.warning > 0)
}

/// The paths asked for, relative to the workspace; `None` when everything is wanted.
fn wanted(
    args: &CheckArgs,
    session: &Session,
    archive: &Archive<'_>,
) -> Result<Option<Vec<String>>, CliError> {
    if args.paths.is_empty() {
        return Ok(None);
    }
    let known = |path: &String| {
        path.is_empty()
            || archive.files().any(|file| is_below(file, path))
            || archive.faults().iter().any(|fault| is_below(&fault.file, path))
            || (is_document(path, archive) && archive.text(path).is_some())
    };
    let mut wanted = Vec::new();
    for path in &args.paths {
        let name = path.to_string_lossy();
        let given = session.folder.join(path);
        // by its words, by where it really lies, and as it is written in findings
        let words = below(&session.root, &given);
        let real = || below(&real_path(&session.root), &real_path(&given));
        let written = || Some(name.trim_end_matches('/').to_owned()).filter(|path| !path.is_empty());
        let found = words.filter(known).or_else(|| real().filter(known)).or_else(|| written().filter(known));
        wanted.push(match found {
            Some(path) => path,
            None => match archive.find(&name) {
                Ok(index) => archive.files().nth(index).unwrap_or_default().to_owned(),
                Err(why) => return Err(not_there(path, why)),
            },
        });
    }
    Ok(Some(wanted))
}

fn not_there(path: &Path, why: NoSuchIncident) -> CliError {
    let help = match why {
        NoSuchIncident::Several { .. } => return why.into(),
        NoSuchIncident::Unknown { near: Some(near), .. } => CliError::did_you_mean(&near),
        NoSuchIncident::Unknown { near: None, .. } => (
            "name a file below incidents/, a folder of them, or an incident's id",
            "cite um arquivo de incidents/, uma pasta deles ou o id de um incidente",
        )
            .into(),
    };
    let path = path.display();
    let message = (
        format!("`{path}` is no file, folder or incident of this workspace"),
        format!("`{path}` não é arquivo, pasta nem incidente deste workspace"),
    );
    CliError::argument(message, help)
}

/// A file of the workspace that is no incident.
fn is_document(path: &str, archive: &Archive<'_>) -> bool {
    [WORKSPACE_FILE, SERVICES_FILE, GLOSSARY_FILE].contains(&path)
        || archive.settings.redaction.people_registry.as_deref() == Some(path)
}

fn is_below(file: &str, path: &str) -> bool {
    path.is_empty() || file == path || file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
}

/// `path` relative to `root` with `/` between folders, by its words alone; `None` when it lies elsewhere.
fn below(root: &Path, path: &Path) -> Option<String> {
    let relative = session::plain(path).strip_prefix(session::plain(root)).ok()?.to_owned();
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_the_root_of_the_workspace() {
        for (path, expected) in [
            ("/ws/incidents/2026/", Some("incidents/2026")),
            ("/ws/./incidents/../relato.yaml", Some("relato.yaml")),
            ("/ws", Some("")),
            ("/ws/incidents/../..", None),
            ("/wsx/incidents", None),
            ("/", None),
        ] {
            assert_eq!(below(Path::new("/ws"), Path::new(path)).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn a_folder_is_no_prefix_of_a_name() {
        for (file, path, expected) in [
            ("incidents/a.yaml", "incidents", true),
            ("incidents/a.yaml", "incidents/a.yaml", true),
            ("incidents/a.yaml", "incidents/a", false),
            ("incidents/a.yaml", "", true),
        ] {
            assert_eq!(is_below(file, path), expected, "{file} {path}");
        }
    }
}
