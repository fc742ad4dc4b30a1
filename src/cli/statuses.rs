//! Documents about how services do now: the tree that clients of a status page read, and its feeds.

use super::{CliError, Session, publication, session, stamps::Stamps};
use crate::{
    archive::Archive,
    model::Audience,
    render::{
        Document, DocumentInput, Placement, Renderer, SiteFrame, Stamp, StatusInput, StatusKey, Target,
    },
    time::Instant,
};

/// What documents about the state of services are made of.
pub(super) struct Statuses<'a> {
    pub(super) archive: &'a Archive<'a>,
    pub(super) stamps: &'a Stamps,
    pub(super) renderer: &'a Renderer,
    pub(super) audience: Audience,
    pub(super) as_of: Instant,
    /// In a whole build, below each target's own folder.
    pub(super) in_site: bool,
}

impl Statuses<'_> {
    /// Every document of these targets in these languages. `keys` are the incidents that may be told, each with its
    /// position in the archive: the latest of them, and those that are not over, are read again.
    pub(super) fn documents(
        &self,
        mut keys: Vec<(StatusKey, usize)>,
        targets: &[&Target],
        languages: &[String],
    ) -> Result<Vec<Document>, CliError> {
        keys.retain(|(key, _)| key.maintenance.is_some());
        keys.sort_by_key(|(key, index)| (key.at, *index));
        let (mut works, mut incidents) = (0, 0);
        let mut readings = Vec::new();
        for (key, index) in keys.into_iter().rev() {
            let count = if key.maintenance == Some(true) { &mut works } else { &mut incidents };
            *count += 1;
            if key.ongoing || *count <= Renderer::STATUS_LATEST {
                readings.push(self.archive.read(index)?);
            }
        }
        let settings = &self.archive.settings;
        let frame = SiteFrame { settings, audience: self.audience, as_of: self.as_of };
        let catalogue = &self.archive.catalogue;
        let mut documents = Vec::new();
        for language in languages {
            let mut incidents = Vec::new();
            for reading in &readings {
                let Some(incident) = &reading.incident else { continue };
                let measured = session::measured(self.archive, incident, self.as_of);
                let stamp = self.stamps.of(reading);
                let told = self.renderer.tell(&DocumentInput {
                    incident,
                    measured: &measured,
                    settings,
                    catalogue,
                    audience: self.audience,
                    language,
                    placement: Placement::Site,
                    stamp: &stamp,
                    as_of: self.as_of,
                })?;
                incidents.extend(told.listed());
            }
            let input =
                StatusInput { frame, language, catalogue, incidents: &incidents, in_site: self.in_site };
            for target in targets {
                documents.extend(self.renderer.status(target, &input)?);
            }
        }
        Ok(documents)
    }

    /// What decides about each incident that may be told: one that is right as written, and that nothing keeps inside.
    pub(super) fn keys(&self, language: &str) -> Result<Vec<(StatusKey, usize)>, CliError> {
        let stamp = Stamp::Content(String::new());
        let keys = self.archive.map(|reading| {
            let incident = reading.incident.as_ref().filter(|_| reading.faults.is_empty())?;
            let measured = session::measured(self.archive, incident, self.as_of);
            let refused = self.audience == Audience::Public
                && !publication::refused(self.archive, &reading, incident, &measured, self.as_of, &[])
                    .is_empty();
            let input = DocumentInput {
                incident,
                measured: &measured,
                settings: &self.archive.settings,
                catalogue: &self.archive.catalogue,
                audience: self.audience,
                language,
                placement: Placement::Site,
                stamp: &stamp,
                as_of: self.as_of,
            };
            (!refused).then(|| (self.renderer.status_key(&input), reading.index))
        })?;
        Ok(keys.into_iter().flatten().collect())
    }
}

/// Every document of one target, for `relato render`.
pub(super) fn rendered(
    target: &Target,
    renderer: &Renderer,
    session: &Session,
    archive: &Archive<'_>,
    audience: Audience,
    as_of: Instant,
    languages: &[String],
) -> Result<Vec<Document>, CliError> {
    let stamps = Stamps::read(session, archive.files())?;
    let statuses = Statuses { archive, stamps: &stamps, renderer, audience, as_of, in_site: false };
    let keys = statuses.keys(languages.first().map_or("", String::as_str))?;
    statuses.documents(keys, &[target], languages)
}
