//! Runbooks as files of the workspace: written whole, and held against what would be written.

use std::path::PathBuf;

use similar::TextDiff;

use super::{CliError, Exit, Work};
use crate::{
    render::{Placement, Renderer, file_name},
    report::one_line,
    runbook::Runbook,
    source::{Content, output},
};

use super::super::outside::{STALE, WROTE};
use super::super::shelf::{RUNBOOKS_FOLDER, Stray, is_page};

/// The largest page that is looked at, in bytes.
const LIMIT: u64 = 16 << 20;
/// At most so many lines of diffs are shown.
const MOST_LINES: usize = 400;

impl Work<'_> {
    /// Writes the pages of services, or holds them against what would be written. A file in the way of one page keeps no
    /// other page from being written.
    pub(super) fn files(&self, services: &[String]) -> Result<Exit, CliError> {
        let languages = self.languages();
        let renderer = self.renderer(&languages)?;
        let (mut fresh, mut stale, mut in_the_way) = (0_usize, 0_usize, 0_usize);
        let mut shown = 0;
        for service in services {
            let runbook = self.shelf.evidence.runbook(service);
            for language in &languages {
                let path = page_path(service, language);
                let old = match self.there(&path)? {
                    There::Nothing => String::new(),
                    There::Page(text) => text,
                    There::Other => {
                        in_the_way += 1;
                        self.console.warn(left_alone(&path));
                        continue;
                    }
                };
                let new = self.page(&renderer, &runbook, language)?;
                if old == new {
                    fresh += 1;
                } else if self.args.check {
                    stale += 1;
                    self.tell_stale(&path, &old, &new, &mut shown)?;
                } else {
                    stale += 1;
                    output::write_atomic(&self.on_disk(&path), new.as_bytes())?;
                    self.console.file(WROTE, &path)?;
                }
            }
        }
        let orphans = self.args.service.is_empty() && self.tell_strays()?;
        if self.args.check && stale > 0 {
            self.console.note((
                "`relato runbook --write` writes them anew",
                "`relato runbook --write` os escreve de novo",
            ));
        } else if stale == 0 && in_the_way == 0 {
            self.console.note(match (fresh, self.args.check) {
                (1, true) => {
                    ("1 page is as it should be".to_owned(), "1 página está como deveria".to_owned())
                }
                (1, false) => (
                    "nothing to write: 1 page is as it should be".to_owned(),
                    "nada a escrever: 1 página está como deveria".to_owned(),
                ),
                (n, true) => {
                    (format!("{n} pages are as they should be"), format!("{n} páginas estão como deveriam"))
                }
                (n, false) => (
                    format!("nothing to write: {n} pages are as they should be"),
                    format!("nada a escrever: {n} páginas estão como deveriam"),
                ),
            });
        }
        let found = in_the_way > 0 || (self.args.check && (stale > 0 || orphans));
        Ok(if found { Exit::Found } else { Exit::Done })
    }

    fn page(&self, renderer: &Renderer, runbook: &Runbook<'_>, language: &str) -> Result<String, CliError> {
        let told = self.tell(renderer, runbook, language, Placement::Folder)?;
        let document = self.whole(&told)?;
        Ok(String::from_utf8_lossy(&document.bytes).into_owned())
    }

    /// What lies in the workspace where a page belongs.
    fn there(&self, path: &str) -> Result<There, CliError> {
        Ok(match self.session.tree().read(path, LIMIT)? {
            Content::Missing => There::Nothing,
            Content::Bytes(bytes) if is_page(&bytes) => {
                There::Page(String::from_utf8_lossy(&bytes).into_owned())
            }
            Content::Bytes(_) | Content::Refused(_) => There::Other,
        })
    }

    fn on_disk(&self, path: &str) -> PathBuf {
        self.session.root.join(path)
    }

    fn tell_stale(&self, path: &str, old: &str, new: &str, shown: &mut usize) -> Result<(), CliError> {
        self.console.file(STALE, path)?;
        let mut out = String::new();
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

    /// Tells of files in the folder of runbooks that are of no service; true when a page is among them. It removes nothing.
    pub(super) fn tell_strays(&self) -> Result<bool, CliError> {
        let mut pages = false;
        for stray in self.shelf.strays(self.archive)? {
            pages |= matches!(stray, Stray::Page(_));
            self.console.note(stray.words());
        }
        Ok(pages)
    }
}

/// What lies where a page belongs.
enum There {
    Nothing,
    /// A page that relato wrote.
    Page(String),
    /// Anything else: it may be somebody's work.
    Other,
}

fn page_path(service: &str, language: &str) -> String {
    format!("{RUNBOOKS_FOLDER}/{}.{language}.md", file_name(service))
}

/// A line of a diff, its indent kept, without what could move the cursor.
fn one_line_kept(line: &str) -> String {
    crate::report::printable(line)
}

fn left_alone(path: &str) -> (String, String) {
    let path = one_line(path);
    (
        format!(
            "`{path}` was not written by relato, and is left as it is\n  help: what a team writes belongs in \
             `runbooks/<service>.md`, which is included: move it there"
        ),
        format!(
            "`{path}` não foi escrito pelo relato e fica como está\n  ajuda: o que a equipe escreve fica em \
             `runbooks/<service>.md`, que é incluído: mova o texto para lá"
        ),
    )
}
