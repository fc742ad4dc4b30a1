//! A workspace judged: every rule applied to it, with what its history tells.

use std::collections::HashMap;

use super::{
    CliError, Session,
    publication::{self, Trial},
    session::measured,
};
use crate::{
    archive::{Archive, INCIDENT_LIMIT, INCIDENTS_FOLDER, Reading, SERVICES_FILE},
    finding::Finding,
    ledger::Ledger,
    measure::Measured,
    model::Incident,
    rules::{self, Across, Before, Case, Digest, Judged, Waivers},
    source::{ContentId, History, Revision, Tree, WORKSPACE_FILE},
    time::Instant,
};

/// What the history tells of what is judged.
pub(super) struct Past {
    ledger: Ledger,
    history: Option<History>,
    /// What the files held in the last commit, where what is judged may differ from it.
    committed: Option<HashMap<String, ContentId>>,
}

/// An incident as the public was last told of it.
struct Told {
    incident: Incident,
    measured: Measured,
    at: Instant,
}

impl Past {
    /// The past of the workspace up to a revision; of its work tree without one. `ledger` goes up to there.
    ///
    /// # Errors
    /// A repository that cannot be read.
    pub(super) fn of(session: &Session, at: Option<&str>, ledger: Ledger) -> Result<Self, CliError> {
        let history = History::open(&session.folder, at)?;
        let committed = match (&history, at) {
            (Some(_), None) => {
                let entries = Revision::open(&session.folder, "HEAD")?.list(INCIDENTS_FOLDER)?;
                Some(entries.into_iter().filter_map(|entry| Some((entry.path, entry.id?))).collect())
            }
            _ => None,
        };
        Ok(Self { ledger, history, committed })
    }

    /// What the public was last told of an incident; `None` where nothing is published, and where the figures are surely
    /// the same.
    fn told(&self, archive: &Archive<'_>, reading: &Reading, as_of: Instant) -> Option<Told> {
        let id = &reading.incident.as_ref()?.id;
        let told = self.ledger.incident(id)?.announcement()?;
        let committed = || self.committed.as_ref().map(|files| files.get(&reading.file));
        let is_changed = committed().is_some_and(|committed| committed != Some(&reading.content));
        // whose clock was wrong was told as of no moment that is known
        if !(told.moved || is_changed) || told.content == reading.content || self.ledger.is_clock_off(told.at)
        {
            return None;
        }
        let read = self.history.as_ref()?.read_each(&[told.content], INCIDENT_LIMIT, |_, bytes| bytes);
        let incident = archive.version(&reading.file, read.ok()?.pop()??)?;
        let at = self.ledger.commit(told.at)?.at().min(as_of);
        let measured = measured(archive, &incident, at);
        Some(Told { incident, measured, at })
    }
}

/// Applies every rule to the whole workspace: one file at a time, then the settings, the catalogue, files that are not
/// read, and all incidents taken together; at last holds the waivers against what was found. Public documents are judged,
/// too, when they are rendered on trial, which `documents` asks for in every workspace. `past` is that of the tree that is
/// read. `step` is called after each file.
pub(super) fn judge(
    archive: &Archive<'_>,
    as_of: Instant,
    past: Option<&Past>,
    documents: bool,
    step: &(dyn Fn() + Sync),
) -> Result<Vec<Finding>, CliError> {
    judge_some(archive, as_of, past, &|_| true, documents, step)
}

/// The same, of some files only: of the others no more is known than what the rules that look across incidents need, and
/// what those say of them is said.
pub(super) fn judge_some(
    archive: &Archive<'_>,
    as_of: Instant,
    past: Option<&Past>,
    wanted: &(dyn Fn(&str) -> bool + Sync),
    documents: bool,
    step: &(dyn Fn() + Sync),
) -> Result<Vec<Finding>, CliError> {
    let trial = Trial::open(archive, as_of, documents)?;
    let of_files = archive.map(|reading| {
        let judged = match wanted(&reading.file) {
            true => judge_file(archive, &reading, as_of, past, trial.as_ref()),
            false => glance_at(archive, &reading, as_of),
        };
        step();
        judged
    })?;
    let template_faults = trial.map(Trial::finish).transpose()?.unwrap_or_default();
    let workspace = Case {
        settings_file: Some(WORKSPACE_FILE),
        faults: archive.faults(),
        template_faults: &template_faults,
        ledger: past.map(|past| &past.ledger),
        ..case_of(archive, as_of)
    };
    let mut findings = rules::judge(&workspace);
    findings.reserve(of_files.iter().map(|of_file| of_file.findings.len()).sum());
    let (mut digests, mut waivers) = (Vec::new(), Vec::new());
    for of_file in of_files {
        findings.extend(of_file.findings);
        digests.extend(of_file.digest);
        waivers.extend(of_file.waivers);
    }
    findings.extend(rules::judge_across(&Across::of(&workspace, &digests)));
    rules::waive(&mut findings, waivers, &workspace);
    Ok(findings)
}

/// What the rules say of one incident by itself, with what its own waivers cover. What they say of several incidents
/// taken together is not there.
pub(super) fn judge_incident(archive: &Archive<'_>, reading: &Reading, as_of: Instant) -> Vec<Finding> {
    let JudgedFile { mut findings, waivers, .. } = judge_file(archive, reading, as_of, None, None);
    let own = findings.len();
    rules::waive(&mut findings, waivers.into_iter().collect(), &case_of(archive, as_of));
    // that a waiver covers nothing is known only when everything was judged
    findings.truncate(own);
    findings
}

/// What is said of one file, and what is kept of its incident until all were read.
struct JudgedFile {
    findings: Vec<Finding>,
    digest: Option<Digest>,
    waivers: Option<Waivers>,
}

/// Applies the rules to one file: what is wrong with it as written, and with the incident it holds; with its public
/// documents, too, when they are rendered on trial.
fn judge_file(
    archive: &Archive<'_>,
    reading: &Reading,
    as_of: Instant,
    past: Option<&Past>,
    trial: Option<&Trial<'_>>,
) -> JudgedFile {
    let measured = reading.incident.as_ref().map(|incident| measured(archive, incident, as_of));
    let judged: Vec<Judged<'_>> = reading
        .incident
        .iter()
        .zip(&measured)
        .map(|(incident, measured)| Judged { file: &reading.file, incident, measured })
        .collect();
    let texts = trial.zip(judged.first()).map(|(trial, it)| trial.documents(it)).unwrap_or_default();
    let published = publication::published(&reading.file, &texts);
    let told = past.and_then(|past| past.told(archive, reading, as_of));
    let case = Case {
        incidents: &judged,
        faults: &reading.faults,
        published: &published,
        ledger: past.map(|past| &past.ledger),
        told: told.as_ref().map(|Told { incident, measured, at }| Before { incident, measured, at: *at }),
        ..case_of(archive, as_of)
    };
    let first = judged.first();
    JudgedFile {
        findings: rules::judge(&case),
        digest: first.map(|it| Digest::of(it, &archive.settings, &archive.catalogue, as_of)),
        waivers: first.and_then(|it| Waivers::of(it, &case)),
    }
}

/// What is kept of an incident that is not judged itself.
fn glance_at(archive: &Archive<'_>, reading: &Reading, as_of: Instant) -> JudgedFile {
    let case = case_of(archive, as_of);
    let of = |incident: &Incident| {
        let measured = measured(archive, incident, as_of);
        let judged = Judged { file: &reading.file, incident, measured: &measured };
        (Digest::of(&judged, &archive.settings, &archive.catalogue, as_of), Waivers::of(&judged, &case))
    };
    let (digest, waivers) = reading.incident.as_ref().map(of).unzip();
    JudgedFile { findings: Vec::new(), digest, waivers: waivers.flatten() }
}

/// A case of this workspace that nothing is at hand of yet.
pub(super) fn case_of<'a>(archive: &'a Archive<'_>, as_of: Instant) -> Case<'a> {
    Case {
        settings: &archive.settings,
        settings_file: None,
        catalogue: &archive.catalogue,
        catalogue_file: SERVICES_FILE,
        glossary: &archive.glossary,
        guard: archive.guard(),
        links: &archive.links,
        as_of,
        incidents: &[],
        faults: &[],
        published: &[],
        template_faults: &[],
        ledger: None,
        told: None,
        waivers: &[],
    }
}
