//! What runbooks are made from: the evidence of all incidents, and what teams wrote themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{CliError, Console, Session, session, stamps::languages};
use crate::{
    archive::{Archive, DOCUMENT_LIMIT, Reading},
    format,
    model::Incident,
    render::{HandWritten, file_name},
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
}

/// The files that may be hand-written runbooks.
pub(super) fn own_files(tree: &dyn Tree) -> Result<Vec<String>, CliError> {
    let files = tree.list(RUNBOOKS_FOLDER)?.into_iter().map(|entry| entry.path);
    Ok(files.filter(|path| path.ends_with(".md")).collect())
}

/// One record with what its file holds.
pub(super) type Shelved = (Record, ContentId);

/// What is kept of an incident while others are read.
pub(super) fn shelved(
    archive: &Archive<'_>,
    reading: &Reading,
    incident: &Incident,
    as_of: Instant,
) -> Shelved {
    let measured = session::measured(archive, incident, as_of);
    (Record::of(&reading.file, incident, &measured, &archive.settings), reading.content)
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
        Self::of(archive, shelved)
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
        let services: BTreeSet<&str> = known.chain(evidence.services()).collect();
        let (mut own, languages) = (BTreeMap::new(), languages(archive));
        let there: BTreeSet<String> = own_files(archive.tree())?.into_iter().collect();
        for service in services {
            let file = format!("{RUNBOOKS_FOLDER}/{}.md", file_name(service));
            if !there.contains(&file) {
                continue;
            }
            if let Content::Bytes(bytes) = archive.tree().read(&file, DOCUMENT_LIMIT)? {
                let content = ContentId::of(&bytes);
                if let Ok(text) = format::text(bytes) {
                    own.insert(service.to_owned(), (HandWritten::of(&file, &text, &languages), content));
                }
            }
        }
        Ok(Self { evidence, contents, own })
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
