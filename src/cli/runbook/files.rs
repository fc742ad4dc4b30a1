//! Runbooks as files of the workspace: written whole, and held against what would be written.

use std::path::PathBuf;

use similar::TextDiff;

use super::{CliError, Exit, Work};
use crate::{
    render::{Placement, Renderer, Stamp, file_name},
    report::one_line,
    runbook::Runbook,
    source::{Content, output},
};

use super::super::shelf::RUNBOOKS_FOLDER;

/// What the front matter of a page holds that relato wrote.
const MARK: &str = "\ngenerated_by: relato runbook\n";
/// The largest page that is looked at, in bytes.
const LIMIT: u64 = 16 << 20;
/// At most so many lines of diffs are shown.
const MOST_LINES: usize = 400;

impl Work<'_> {
    /// Writes the pages of services, or holds them against what would be written.
    pub(super) fn files(&self, services: &[String]) -> Result<Exit, CliError> {
        let languages = self.languages();
        let renderer = self.renderer(&languages)?;
        let stamps = self.stamps()?;
        let mut stale = false;
        let mut shown = 0;
        for service in services {
            let runbook = self.shelf.evidence.runbook(service);
            let stamp = self.stamp(&stamps, &runbook);
            for language in &languages {
                let path = page_path(service, language);
                let new = self.page(&renderer, &runbook, language, &stamp)?;
                let old = self.written(&path)?;
                if old.as_deref() == Some(new.as_str()) {
                    continue;
                }
                // written before its inputs were committed, it names their hash: committing both does not make it stale
                if old.is_some() && matches!(stamp, Stamp::Commit(_)) {
                    let before = stamps.uncommitted_files(&self.shelf.inputs(&runbook));
                    if old.as_deref() == Some(self.page(&renderer, &runbook, language, &before)?.as_str()) {
                        continue;
                    }
                }
                if self.args.check {
                    stale = true;
                    self.tell_stale(&path, old.as_deref().unwrap_or_default(), &new, &mut shown)?;
                } else {
                    output::write_atomic(&self.on_disk(&path), new.as_bytes())?;
                    self.console.answer(format!("wrote {}\n", one_line(&path)).as_bytes())?;
                }
            }
        }
        if self.args.service.is_empty() {
            stale |= self.strays(services, &languages)? && self.args.check;
        }
        if stale {
            self.console.note((
                "`relato runbook --write` writes them anew",
                "`relato runbook --write` os escreve de novo",
            ));
        }
        Ok(if stale { Exit::Found } else { Exit::Done })
    }

    fn page(
        &self,
        renderer: &Renderer,
        runbook: &Runbook<'_>,
        language: &str,
        stamp: &Stamp,
    ) -> Result<String, CliError> {
        let told = self.tell(renderer, runbook, language, Placement::Folder)?;
        let document = self.whole(&told, stamp)?;
        Ok(String::from_utf8_lossy(&document.bytes).into_owned())
    }

    /// The page as it lies in the workspace. One that relato did not write is in the way: it may be somebody's work.
    fn written(&self, path: &str) -> Result<Option<String>, CliError> {
        let bytes = match self.session.tree().read(path, LIMIT)? {
            Content::Missing => return Ok(None),
            Content::Bytes(bytes) => bytes,
            Content::Refused(_) => return Err(in_the_way(path)),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if is_ours(&text) { Ok(Some(text)) } else { Err(in_the_way(path)) }
    }

    fn on_disk(&self, path: &str) -> PathBuf {
        self.session.root.join(path)
    }

    fn tell_stale(&self, path: &str, old: &str, new: &str, shown: &mut usize) -> Result<(), CliError> {
        let mut out = format!("stale {}\n", one_line(path));
        if *shown < MOST_LINES {
            let diff = TextDiff::from_lines(old, new);
            let (from, to) = (format!("a/{path}"), format!("b/{path}"));
            let diff = diff.unified_diff().context_radius(2).header(&from, &to).to_string();
            for line in diff.lines().take(MOST_LINES - *shown) {
                out += &one_line_kept(line);
                out.push('\n');
                *shown += 1;
            }
            if *shown >= MOST_LINES {
                out += "…\n";
            }
        }
        self.console.answer(out.as_bytes())
    }

    /// Tells of pages that relato wrote and that nothing makes any more; true when there are any. It removes nothing.
    fn strays(&self, services: &[String], languages: &[String]) -> Result<bool, CliError> {
        let wanted: std::collections::HashSet<String> = services
            .iter()
            .flat_map(|service| languages.iter().map(move |language| page_path(service, language)))
            .collect();
        let mut found = false;
        for entry in self.session.tree().list(RUNBOOKS_FOLDER)? {
            let is_page = languages.iter().any(|language| entry.path.ends_with(&format!(".{language}.md")));
            if !is_page || wanted.contains(&entry.path) {
                continue;
            }
            if let Content::Bytes(bytes) = self.session.tree().read(&entry.path, LIMIT)?
                && is_ours(&String::from_utf8_lossy(&bytes))
            {
                found = true;
                let path = one_line(&entry.path);
                self.console.note((
                    format!("{path}: nothing is known of this service any more; remove the file"),
                    format!("{path}: não se sabe mais nada deste serviço; apague o arquivo"),
                ));
            }
        }
        Ok(found)
    }
}

fn page_path(service: &str, language: &str) -> String {
    format!("{RUNBOOKS_FOLDER}/{}.{language}.md", file_name(service))
}

/// Whether relato wrote a page: its front matter says so.
fn is_ours(text: &str) -> bool {
    let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    front.is_some_and(|(front, _)| format!("\n{front}\n").contains(MARK))
}

/// A line of a diff, its indent kept, without what could move the cursor.
fn one_line_kept(line: &str) -> String {
    crate::report::printable(line)
}

fn in_the_way(path: &str) -> CliError {
    let path = one_line(path);
    CliError::argument(
        (
            format!("`{path}` was not written by relato, and is left as it is"),
            format!("`{path}` não foi escrito pelo relato e fica como está"),
        ),
        (
            "what a team writes belongs in `runbooks/<service>.md`, which is included: move it there",
            "o que a equipe escreve fica em `runbooks/<service>.md`, que é incluído: mova o texto para lá",
        ),
    )
}
