//! `relato check`: read, resolve, judge.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CliError, Console, Exit, Session, progress::Progress, session};
use crate::{
    archive::{Archive, GLOSSARY_FILE, NoSuchIncident, SERVICES_FILE},
    finding::Finding,
    report::{self, Counts},
    rules::Digest,
    source::{WORKSPACE_FILE, real_path},
};

/// Read every file, apply the rules, and say what is wrong and what to write instead
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato check
  relato check incidents/2026                    only these files are reported
  relato check --deny warnings                   for CI: warnings fail, too
  relato check --format json | jq '.findings[]'
  relato check --lang pt-BR
  relato check --at origin/main                  as the repository stands there

Exit codes: 0 no error, 1 findings at error level (or warnings, with --deny warnings), 2 nothing could be judged.")]
pub(super) struct CheckArgs {
    /// Files, folders or incident ids to report on; everything when left out
    paths: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail on warnings, too
    #[arg(long, value_enum, value_name = "LEVEL")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    Warnings,
}

pub(super) fn run(args: &CheckArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let archive = session.archive()?;
    let as_of = session.as_of(&archive.settings)?;
    let wanted = wanted(args, session, &archive)?;
    let progress = Progress::start(console, archive.files().len(), "checking");
    let of_files = archive.map(|reading| {
        let judged = session::judge_file(&archive, &reading, as_of);
        progress.step();
        judged
    })?;
    drop(progress);
    session.keep();
    session::note_empty(console, session, &archive);
    let (of_files, digests): (Vec<_>, Vec<_>) = of_files.into_iter().unzip();
    let digests: Vec<Digest> = digests.into_iter().flatten().collect();
    let mut findings = session::judge_workspace(&archive, as_of, &digests);
    drop(digests);
    findings.extend(of_files.into_iter().flatten());
    if let Some(wanted) = &wanted {
        findings.retain(|finding| wanted.iter().any(|path| is_below(&finding.file, path)));
    }
    let failed = fails(&findings, args.deny);
    let text = |file: &str| archive.text(file);
    let language = session.language(&archive.settings);
    let placed = report::place(findings, &text);
    let answer = match args.format {
        Format::Text => report::text(&placed, language, &text, console.colour()),
        Format::Json => format!("{:#}\n", report::json(&placed, language)),
    };
    console.answer(answer.as_bytes())?;
    Ok(if failed { Exit::Found } else { Exit::Done })
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
        NoSuchIncident::Unknown { near: Some(near), .. } => format!("did you mean `{near}`?"),
        NoSuchIncident::Unknown { near: None, .. } => {
            "name a file below incidents/, a folder of them, or an incident's id".to_owned()
        }
    };
    CliError::argument(format!("`{}` is no file, folder or incident of this workspace", path.display()), help)
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
