//! The runbooks of the site: the page of each service and of each alert, and the list of them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Work;
use crate::{
    archive::Reading,
    cli::{
        CliError,
        shelf::{Shelf, Shelved, shelved},
    },
    render::{HandWritten, Placement, RunbookIndexRow, RunbookInput, SiteFrame, has_runbooks},
    runbook::Runbook,
    source::ContentId,
};

impl Work<'_> {
    /// What runbooks are made from, of an incident that is published.
    pub(super) fn shelved(&self, reading: &Reading) -> Option<Shelved> {
        let sound = reading.faults.is_empty() && !self.doubled.contains(reading.file.as_str());
        let incident = reading.incident.as_ref().filter(|_| sound && has_runbooks(self.audience))?;
        shelved(self.archive, reading, incident, self.as_of)
    }

    /// Writes the runbooks: the page of each service and each alert, and the list of them.
    pub(super) fn runbooks(&self, shelf: &Shelf) -> Result<(), CliError> {
        let services = shelf.services(self.archive);
        let rows: Vec<Vec<RunbookIndexRow>> = services
            .par_iter()
            .map(|service| self.runbook(shelf, &shelf.evidence.runbook(service)))
            .collect::<Result<_, CliError>>()?;
        let frame =
            SiteFrame { settings: &self.archive.settings, audience: self.audience, as_of: self.as_of };
        for (at, language) in self.languages.iter().enumerate() {
            let mut rows: Vec<RunbookIndexRow> =
                rows.iter().filter_map(|rows| rows.get(at).cloned()).collect();
            rows.sort_by(|a, b| (&a.name, &a.href).cmp(&(&b.name, &b.href)));
            self.put_list(&self.renderer.site_runbooks(&frame, language, &rows)?)?;
        }
        let mut alerts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for service in &self.archive.catalogue.services {
            for alert in &service.alerts {
                alerts.entry(&alert.0).or_default().push(&service.id);
            }
        }
        alerts.par_iter().try_for_each(|(alert, services)| self.alert(shelf, alert, services))
    }

    /// Writes the runbook of a service in every language; its rows, one for each.
    fn runbook(&self, shelf: &Shelf, runbook: &Runbook<'_>) -> Result<Vec<RunbookIndexRow>, CliError> {
        let files = shelf.inputs(runbook);
        let own = shelf.own(&runbook.service);
        let service = self.archive.catalogue.service(&runbook.service);
        let alerts: Vec<String> =
            service.iter().flat_map(|service| &service.alerts).map(|alert| alert.0.clone()).collect();
        let mut rows = Vec::new();
        for language in self.languages {
            let input = self.runbook_input(runbook, &own, language);
            rows.push(self.renderer.runbook_row(&input, &alerts)?);
            let inputs = self.runbook_inputs("runbook", language, &files);
            let mut told = None;
            for kind in self.renderer.runbook_kinds(false) {
                let path = self.renderer.runbook_path(kind, language, &runbook.service)?;
                if self.keeps(&path, inputs)? {
                    continue;
                }
                let told = match &mut told {
                    Some(told) => told,
                    None => told.insert(self.renderer.tell_runbook(&input)?),
                };
                let document = told.document(kind)?;
                self.put(&document, Some(inputs))?;
            }
        }
        Ok(rows)
    }

    /// Writes the page of an alert in every language.
    fn alert(&self, shelf: &Shelf, alert: &str, services: &[&str]) -> Result<(), CliError> {
        let runbooks: Vec<Runbook<'_>> =
            services.iter().map(|service| shelf.evidence.runbook(service)).collect();
        let mut files: Vec<(&str, ContentId)> =
            runbooks.iter().flat_map(|runbook| shelf.inputs(runbook)).collect();
        files.sort_unstable();
        files.dedup();
        let owns: Vec<_> = services.iter().map(|service| shelf.own(service)).collect();
        for language in self.languages {
            let inputs = self.runbook_inputs(alert, language, &files);
            for kind in self.renderer.runbook_kinds(true) {
                let path = self.renderer.runbook_path(kind, language, alert)?;
                if self.keeps(&path, inputs)? {
                    continue;
                }
                let told = runbooks.iter().zip(&owns);
                let told = told.map(|(runbook, own)| {
                    self.renderer.tell_runbook(&self.runbook_input(runbook, own, language))
                });
                let told: Vec<_> = told.collect::<Result<_, _>>()?;
                let document = self.renderer.alert(kind, alert, &told.iter().collect::<Vec<_>>())?;
                self.put(&document, Some(inputs))?;
            }
        }
        Ok(())
    }

    fn runbook_input<'b>(
        &'b self,
        runbook: &'b Runbook<'b>,
        own: &'b HandWritten,
        language: &'b str,
    ) -> RunbookInput<'b> {
        RunbookInput {
            runbook,
            settings: &self.archive.settings,
            catalogue: &self.archive.catalogue,
            links: &self.archive.links,
            own,
            language,
            placement: Placement::Site,
            today: self.archive.settings.org.zone.date(self.as_of),
        }
    }

    /// One id for everything that a runbook is worked out from. The day of asking tells which class is in force.
    fn runbook_inputs(&self, what: &str, language: &str, files: &[(&str, ContentId)]) -> ContentId {
        let today = self.archive.settings.org.zone.date(self.as_of);
        let services = self.archive.catalogue.services.iter();
        // classes change on few days: the page stays the same on all others
        let classes: Vec<Option<&str>> = services.map(|service| service.class_on(today)).collect();
        let text = format!(
            "{} {what:?} {language} {} {classes:?}",
            env!("RELATO_SOURCE"),
            self.stamps.content_of(files)
        );
        ContentId::of(text.as_bytes())
    }
}
