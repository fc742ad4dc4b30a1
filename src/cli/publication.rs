//! Public documents before they are let out: read once more, and kept inside when they tell what must not be told.
//!
//! `render` and `build` judge each incident that they are about to publish: its public fields, and the documents as they
//! were rendered. `check` judges the fields of every incident, and renders only in a workspace that has templates of its
//! own: with the embedded ones a document holds nothing but its incident's public fields, the catalogue's public names
//! and fixed phrases (tests hold them to that), and all of these are judged where they are written. Rendering 10,000
//! incidents in two languages would cost more than everything else that `check` does.

use std::{borrow::Cow, collections::BTreeSet, sync::Mutex};

use super::{CliError, Console, Session, judging, stamps};
use crate::{
    archive::{Archive, Reading},
    finding::{Finding, Severity},
    leak::Guard,
    locate::Spot,
    measure::Measured,
    model::{Audience, Incident},
    render::{Document, DocumentInput, Placement, RenderError, Renderer, Stamp, Target, View},
    report::{self, Report},
    rules::{self, Case, Judged, Published, Shortfall, TemplateFault},
    time::Instant,
};

/// What keeps an incident inside: errors about its public fields and about these documents, that no waiver covers.
pub(super) fn refused(
    archive: &Archive<'_>,
    reading: &Reading,
    incident: &Incident,
    measured: &Measured,
    as_of: Instant,
    documents: &[Document],
) -> Vec<Finding> {
    let texts = texts(documents);
    let mut findings = rules::judge_published(&Case {
        incidents: &[Judged { file: &reading.file, incident, measured }],
        published: &published(&reading.file, &texts),
        ..judging::case_of(archive, as_of)
    });
    findings.retain(|finding| finding.severity == Severity::Error && !finding.is_waived());
    findings
}

/// What of an incident does not get to the readers of these documents.
pub(super) fn lacking(
    archive: &Archive<'_>,
    reading: &Reading,
    incident: &Incident,
    measured: &Measured,
    as_of: Instant,
    documents: &[Document],
) -> Vec<Finding> {
    let short = |document: &&Document| !document.shortfalls.is_empty();
    let published: Vec<Published<'_>> = documents
        .iter()
        .filter(short)
        .map(|document| Published {
            file: &reading.file,
            path: &document.path,
            text: "",
            shortfalls: &document.shortfalls,
        })
        .collect();
    if published.is_empty() {
        return Vec::new();
    }
    rules::judge_documents(&Case {
        incidents: &[Judged { file: &reading.file, incident, measured }],
        published: &published,
        ..judging::case_of(archive, as_of)
    })
}

/// Whether anything in these documents must not be told, waived or not. Where nothing is, there is nothing to judge.
pub(super) fn is_alarmed(archive: &Archive<'_>, documents: &[Document]) -> bool {
    let guard = archive.guard();
    documents
        .iter()
        .map(readable)
        .any(|text| !guard.leaks(&text).is_empty() || !guard.named(&text).is_empty())
}

/// What the catalogue and the settings publish under every incident: errors that no waiver can cover.
pub(super) fn refused_names(archive: &Archive<'_>, as_of: Instant) -> Vec<Finding> {
    let mut findings = rules::judge_published(&Case {
        settings_file: Some(crate::source::WORKSPACE_FILE),
        ..judging::case_of(archive, as_of)
    });
    findings.retain(|finding| finding.severity == Severity::Error);
    findings
}

/// Says why something is kept inside.
pub(super) fn tell(console: &Console, session: &Session, archive: &Archive<'_>, findings: Vec<Finding>) {
    let text = |file: &str| archive.text(file);
    let report = Report::of(findings, None, &text);
    let told = report::text(&report, session.language(&archive.settings), &text, false);
    console.warn(told.trim_end());
}

/// Renders public documents on trial: for `check` in a workspace with templates of its own, and where it is asked to.
pub(super) struct Trial<'a> {
    archive: &'a Archive<'a>,
    renderer: Renderer,
    languages: Vec<String>,
    templates: Vec<(String, Vec<u8>)>,
    as_of: Instant,
    /// What the readers of documents miss is asked for.
    asked: bool,
    kept: Mutex<Kept>,
}

impl<'a> Trial<'a> {
    /// `None` in a workspace that has no templates of its own, unless it is asked for.
    pub(super) fn open(
        archive: &'a Archive<'a>,
        as_of: Instant,
        asked: bool,
    ) -> Result<Option<Self>, CliError> {
        let templates = stamps::templates(archive.tree())?;
        if templates.is_empty() && !asked {
            return Ok(None);
        }
        let languages = stamps::languages(archive);
        let renderer = Renderer::new(&languages, &templates)?;
        Ok(Some(Self { archive, renderer, languages, templates, as_of, asked, kept: Mutex::default() }))
    }

    /// The public documents of an incident, as `build` writes them. A document that cannot be rendered is not there,
    /// and [`finish`](Self::finish) tells why.
    pub(super) fn documents(&self, judged: &Judged<'_>) -> Vec<Read> {
        let stamp = Stamp::Content(String::new());
        let mut documents = Vec::new();
        for language in &self.languages {
            let input = DocumentInput {
                incident: judged.incident,
                measured: judged.measured,
                settings: &self.archive.settings,
                catalogue: &self.archive.catalogue,
                audience: Audience::Public,
                language,
                placement: Placement::Site,
                stamp: &stamp,
                as_of: self.as_of,
            };
            let told = match self.renderer.tell(&input) {
                Ok(told) => told,
                Err(error) => {
                    self.keep(error);
                    continue;
                }
            };
            for target in self
                .renderer
                .targets()
                .iter()
                .filter(|it| it.view == View::Incident && self.is_wanted(it))
                .filter(|target| target.is_for(Audience::Public) && target.is_due(judged.incident.status))
            {
                let is_first = self.languages.first() == Some(language);
                for kind in target.documents().iter().filter(|kind| is_first || kind.is_in_each_language()) {
                    match told.document(target, kind) {
                        Ok(document) => documents.push(document),
                        Err(error) => self.keep(error),
                    }
                }
            }
        }
        if !self.asked {
            documents.iter_mut().for_each(|document| document.shortfalls.clear());
        }
        texts(&documents)
    }

    /// Whether the workspace builds it.
    fn is_wanted(&self, target: &Target) -> bool {
        self.archive.settings.targets.as_ref().is_none_or(|names| names.contains(&target.name))
    }

    /// What templates asked for in vain.
    ///
    /// # Errors
    /// A template that cannot be used for another reason.
    pub(super) fn finish(self) -> Result<Vec<TemplateFault>, CliError> {
        let Kept { faults, failed } =
            self.kept.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(faults.into_iter().collect()),
        }
    }

    fn keep(&self, error: RenderError) {
        let mut kept = self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match template_fault(&error, &self.templates) {
            Some(fault) => {
                kept.faults.insert(fault);
            }
            None => {
                kept.failed.get_or_insert(error);
            }
        }
    }
}

/// What went wrong on trial.
#[derive(Default)]
struct Kept {
    faults: BTreeSet<TemplateFault>,
    failed: Option<RenderError>,
}

/// What is kept of a document to be judged.
pub(super) struct Read {
    path: String,
    /// What its readers can see.
    text: String,
    shortfalls: Vec<Shortfall>,
}

/// The documents of an incident as rules are handed them.
pub(super) fn published<'t>(file: &'t str, read: &'t [Read]) -> Vec<Published<'t>> {
    let of =
        |read: &'t Read| Published { file, path: &read.path, text: &read.text, shortfalls: &read.shortfalls };
    read.iter().map(of).collect()
}

/// What readers of each document can see, and what they miss.
fn texts(documents: &[Document]) -> Vec<Read> {
    let read = |document: &Document| Read {
        path: document.path.clone(),
        text: readable(document),
        shortfalls: document.shortfalls.clone(),
    };
    documents.iter().map(read).collect()
}

/// What readers of a document can see.
pub(super) fn readable(document: &Document) -> String {
    let text = str::from_utf8(&document.bytes);
    let text = text.map_or_else(|_| String::from_utf8_lossy(&document.bytes), Cow::Borrowed);
    match document.path.rsplit('.').next().unwrap_or_default() {
        "html" | "xml" | "atom" | "rss" => Guard::readable_html(&text),
        "json" => Guard::readable_json(&text),
        _ => Guard::readable_markdown(&text),
    }
}

/// The place of a template of the workspace that asks for what the public view does not have; `None` for any other
/// error.
fn template_fault(error: &RenderError, templates: &[(String, Vec<u8>)]) -> Option<TemplateFault> {
    let RenderError::Template { name, line, column, .. } = error else { return None };
    let (_, bytes) = templates.iter().find(|(path, _)| path == name).filter(|_| error.is_missing_field())?;
    let text = String::from_utf8_lossy(bytes);
    let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    // the engine points at the last name of `incident.impacts.secret`
    let chars: Vec<char> = shown.chars().collect();
    let joined = |at: &usize| chars.get(*at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    let here = column.saturating_sub(1);
    let from = (0..here).rev().take_while(joined).last().unwrap_or(here);
    let end = (here..chars.len()).take_while(joined).last().map_or(here, |last| last + 1);
    let field: String = chars.get(from..end).unwrap_or_default().iter().collect();
    Some(TemplateFault {
        file: format!("{}/{name}", stamps::TEMPLATES_FOLDER),
        spot: Spot { line: *line, column: from + 1, end_line: *line, end_column: end.max(from + 1) + 1 },
        field,
    })
}
