//! What runbooks are made from: the evidence of all incidents, and what teams wrote themselves.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{CliError, Console, Session, session, stamps::languages};
use crate::{
    archive::{Archive, DOCUMENT_LIMIT, Reading},
    format::{self, nearest},
    model::Incident,
    render::{HandWritten, file_name},
    report::one_line,
    runbook::{Evidence, Record, Runbook},
    source::{Content, ContentId, Tree},
    time::Instant,
};

/// The folder of hand-written sections, and of the pages that are made.
pub(super) const RUNBOOKS_FOLDER: &str = "runbooks";

/// The evidence, with the files it comes from.
pub(super) struct Shelf {
    /// What all incidents say.
    pub(super) evidence: Evidence,
    /// The content of each incident's file.
    contents: HashMap<String, ContentId>,
    /// What teams wrote, by service, with the content of its file.
    own: BTreeMap<String, (HandWritten, ContentId)>,
    /// Every service that there is, by the catalogue or by an incident.
    known: BTreeSet<String>,
}

/// A file in the folder of runbooks that is of no service.
pub(super) enum Stray {
    /// A page that relato wrote, and that nothing makes any more.
    Page(String),
    /// Notes that are included nowhere, and the file that they may have been meant for.
    Notes(String, Option<String>),
}

impl Stray {
    /// What to do with it.
    pub(super) fn words(&self) -> (String, String) {
        match self {
            Self::Page(path) => {
                let path = one_line(path);
                (
                    format!(
                        "{path}: nothing makes this page any more; if its service has another name now, it has a new page there; remove this one: `git rm {path}`"
                    ),
                    format!(
                        "{path}: nada mais gera esta página; se o serviço mudou de nome, já há uma página nova com ele; remova esta: `git rm {path}`"
                    ),
                )
            }
            Self::Notes(path, near) => {
                let path = one_line(path);
                let (en, pt) = match near {
                    Some(near) => (format!("did you mean `{near}`?"), format!("você quis dizer `{near}`?")),
                    None => (
                        "notes are read from `runbooks/<service>.md`".to_owned(),
                        "as notas são lidas de `runbooks/<service>.md`".to_owned(),
                    ),
                };
                (
                    format!("{path}: no service has this name, so these notes stand on no page; {en}"),
                    format!(
                        "{path}: nenhum serviço tem este nome, e estas notas não aparecem em página nenhuma; {pt}"
                    ),
                )
            }
        }
    }
}

/// What the front matter of a page holds that relato wrote.
const MARK: &str = "\ngenerated_by: relato runbook\n";

/// Whether relato wrote a page: its front matter says so.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    front.is_some_and(|(front, _)| format!("\n{front}\n").contains(MARK))
}

/// The files that may be hand-written runbooks.
pub(super) fn own_files(tree: &dyn Tree) -> Result<Vec<String>, CliError> {
    let files = tree.list(RUNBOOKS_FOLDER)?.into_iter().map(|entry| entry.path);
    Ok(files.filter(|path| path.ends_with(".md")).collect())
}

/// One record with what its file holds.
pub(super) type Shelved = (Record, ContentId);

/// What is kept of an incident while others are read; `None` of one that had not begun at the moment of asking.
pub(super) fn shelved(
    archive: &Archive<'_>,
    reading: &Reading,
    incident: &Incident,
    as_of: Instant,
) -> Option<Shelved> {
    let known = session::known(archive, incident, as_of)?;
    let measured = session::measured(archive, &known, as_of);
    let content = match &known {
        Cow::Borrowed(_) => reading.content,
        // of a part of the file
        Cow::Owned(_) => ContentId::of(format!("{} {as_of}", reading.content).as_bytes()),
    };
    Some((Record::of(&reading.file, &known, &measured, &archive.settings), content))
}

impl Shelf {
    /// Reads every incident and every hand-written runbook.
    pub(super) fn read(
        session: &Session,
        console: &Console,
        archive: &Archive<'_>,
        as_of: Instant,
    ) -> Result<Self, CliError> {
        let shelved = session::each(session, console, archive, &[], "reading", |reading, incident| {
            shelved(archive, reading, incident, as_of)
        })?;
        Self::of(archive, shelved.into_iter().flatten().collect())
    }

    /// Of records that were read.
    pub(super) fn of(archive: &Archive<'_>, shelved: Vec<Shelved>) -> Result<Self, CliError> {
        let mut contents = HashMap::new();
        let mut records = Vec::with_capacity(shelved.len());
        for (record, content) in shelved {
            contents.insert(record.file.clone(), content);
            records.push(record);
        }
        let evidence = Evidence::of(records);
        let known = archive.catalogue.services.iter().map(|service| service.id.as_str());
        let services: BTreeSet<String> = known.chain(evidence.services()).map(str::to_owned).collect();
        let (mut own, languages) = (BTreeMap::new(), languages(archive));
        let there: BTreeSet<String> = own_files(archive.tree())?.into_iter().collect();
        for service in &services {
            let file = format!("{RUNBOOKS_FOLDER}/{}.md", file_name(service));
            if !there.contains(&file) {
                continue;
            }
            if let Content::Bytes(bytes) = archive.tree().read(&file, DOCUMENT_LIMIT)? {
                let content = ContentId::of(&bytes);
                if let Ok(text) = format::text(bytes) {
                    own.insert(service.clone(), (HandWritten::of(&file, &text, &languages), content));
                }
            }
        }
        Ok(Self { evidence, contents, own, known: services })
    }

    /// The files in the folder of runbooks that are of no service. One for whoever opens the folder (`README.md`,
    /// `index.md`, `_draft.md`) is none of them.
    pub(super) fn strays(&self, archive: &Archive<'_>) -> Result<Vec<Stray>, CliError> {
        let notes = |service: &str| format!("{RUNBOOKS_FOLDER}/{}.md", file_name(service));
        let own: Vec<String> = self.known.iter().map(|service| notes(service)).collect();
        let mut wanted: BTreeSet<String> = own.iter().cloned().collect();
        for language in languages(archive) {
            let page = |service: &String| format!("{RUNBOOKS_FOLDER}/{}.{language}.md", file_name(service));
            wanted.extend(self.services(archive).iter().map(page));
        }
        let mut strays = Vec::new();
        for path in own_files(archive.tree())? {
            let Some(name) = path.strip_prefix(RUNBOOKS_FOLDER).and_then(|rest| rest.strip_prefix('/'))
            else {
                continue;
            };
            let stem = name.strip_suffix(".md").unwrap_or(name);
            let is_about = name.starts_with(['_', '.']) || name.contains('/');
            if wanted.contains(&path)
                || is_about
                || ["readme", "index"].contains(&stem.to_lowercase().as_str())
            {
                continue;
            }
            let is_page = match archive.tree().read(&path, DOCUMENT_LIMIT)? {
                Content::Bytes(bytes) => is_page(&bytes),
                Content::Missing | Content::Refused(_) => continue,
            };
            strays.push(match is_page {
                true => Stray::Page(path),
                false => {
                    let near = nearest(&path, own.iter().map(String::as_str)).map(str::to_owned);
                    Stray::Notes(path, near)
                }
            });
        }
        Ok(strays)
    }

    /// The services that a runbook is made for: those that something is known of, that a team wrote something for, or
    /// that an alert points to.
    pub(super) fn services(&self, archive: &Archive<'_>) -> Vec<String> {
        let mut services: BTreeSet<String> = self.evidence.services().map(str::to_owned).collect();
        services.extend(self.own.keys().cloned());
        let alerted = archive.catalogue.services.iter().filter(|service| !service.alerts.is_empty());
        services.extend(alerted.map(|service| service.id.clone()));
        services.into_iter().collect()
    }

    /// What the team of a service wrote; the file it would be in when it wrote nothing.
    pub(super) fn own(&self, service: &str) -> HandWritten {
        match self.own.get(service) {
            Some((own, _)) => own.clone(),
            None => HandWritten::of(&format!("{RUNBOOKS_FOLDER}/{}.md", file_name(service)), "", &[]),
        }
    }

    /// The files that a runbook is made from, besides the shared ones, with their content.
    pub(super) fn inputs<'s>(&'s self, runbook: &Runbook<'s>) -> Vec<(&'s str, ContentId)> {
        let incidents = runbook
            .records
            .iter()
            .filter_map(|record| Some((record.file.as_str(), *self.contents.get(&record.file)?)));
        let own = self.own.get(&runbook.service).map(|(own, content)| (own.file.as_str(), *content));
        incidents.chain(own).collect()
    }
}
