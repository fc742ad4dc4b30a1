//! `relato check`: read, resolve, judge.

use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CliError, Console, Exit, Session, progress::Progress, session};
use crate::{
    archive::Archive,
    finding::Finding,
    report::{self, Counts},
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
        let findings = session::judge_file(&archive, &reading, as_of);
        progress.step();
        findings
    })?;
    drop(progress);
    session.keep();
    let mut findings = session::judge_workspace(&archive, as_of);
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
    let mut wanted = Vec::new();
    for path in &args.paths {
        let name = path.to_string_lossy();
        let below = below(&session.root, &session.folder.join(path));
        let written = Some(name.trim_end_matches('/').to_owned()).filter(|path| !path.is_empty());
        let found = [below, written].into_iter().flatten().find(|path| {
            path.is_empty() || archive.files().any(|file| is_below(file, path)) || is_workspace_file(path)
        });
        let found = found.or_else(|| {
            archive.find(&name).ok().and_then(|index| archive.files().nth(index).map(str::to_owned))
        });
        wanted.push(found.ok_or_else(|| {
            CliError::argument(
                format!("`{}` is no file, folder or incident of this workspace", path.display()),
                "name a file below incidents/, a folder of them, or an incident's id",
            )
        })?);
    }
    Ok(Some(wanted))
}

fn is_workspace_file(path: &str) -> bool {
    ["relato.yaml", "services.yaml", "glossary.yaml", "people.yaml"].contains(&path)
}

fn is_below(file: &str, path: &str) -> bool {
    path.is_empty() || file == path || file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
}

/// `path` relative to `root` with `/` between folders, by its words alone; `None` when it lies elsewhere.
fn below(root: &Path, path: &Path) -> Option<String> {
    let plain = |path: &Path| {
        path.components().fold(PathBuf::new(), |mut plain, part| {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    plain.pop();
                }
                other => plain.push(other),
            }
            plain
        })
    };
    let relative = plain(path).strip_prefix(plain(root)).ok()?.to_owned();
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}
