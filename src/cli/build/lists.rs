//! What the site tells of all incidents together: lists, boards, how services do now, and the pages of the rules.

use rayon::prelude::*;

use super::{Kept, Work, board_targets};
use crate::{
    cli::{CliError, Session, boards::Boards, publication, statuses::Statuses},
    model::Audience,
    query::stats::{StatQuestion, Step, periods, stats},
    render::{
        ActionRow, Document, IncidentRow, ListsInput, Placement, SiteFrame, View, has_rules, rule_path,
    },
    rules::RULES,
    source::ContentId,
};

impl Work<'_> {
    /// Puts a page of the site that is of no single incident. Its names and titles were judged where they are written;
    /// a template of the workspace may add to them.
    pub(super) fn put_list(&self, page: &Document) -> Result<(), CliError> {
        if self.audience == Audience::Public && !self.stamps.templates.is_empty() {
            let text = publication::readable(page);
            if let Some(leak) = self.archive.guard().leaks(&text).first() {
                return Err(CliError::argument(
                    format!(
                        "the page `{}` would tell the public {}: `{}`",
                        page.path,
                        leak.kind.words().0,
                        leak.shown
                    ),
                    "take it out of the workspace's `templates/`; nothing was built",
                ));
            }
        }
        self.put(page, None)
    }

    /// Writes the pages of the rules, which change only with the program, the settings and the templates.
    fn rules(&self, frame: &SiteFrame<'_>, language: &str) -> Result<(), CliError> {
        let text =
            format!("{} {:?} {language} {}", env!("RELATO_SOURCE"), self.audience, self.stamps.of_site());
        let inputs = ContentId::of(text.as_bytes());
        for rule in std::iter::once(None).chain(RULES.iter().map(|rule| Some(*rule))) {
            if self.keeps(&rule_path(language, rule), inputs)? {
                continue;
            }
            self.put(&self.renderer.site_rule(frame, language, rule)?, Some(inputs))?;
        }
        Ok(())
    }

    /// Writes the documents that tell of all actions.
    pub(super) fn boards(&self, session: &Session) -> Result<(), CliError> {
        let targets = board_targets(self.targets);
        if targets.is_empty() {
            return Ok(());
        }
        let mut rows =
            std::mem::take(&mut *self.owed.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        rows.sort_by_key(|(index, _)| *index);
        let rows = rows.into_iter().flat_map(|(_, rows)| rows).collect();
        let boards = Boards::of(rows, session, self.archive, self.as_of, self.audience);
        for document in boards.documents(self.renderer, &targets, self.languages, Placement::Site)? {
            self.put(&document, None)?;
        }
        Ok(())
    }

    /// Writes how services do now, from the latest incidents and those that are not over, which are read again.
    pub(super) fn status(&self, kept: &[Kept]) -> Result<(), CliError> {
        let targets: Vec<_> = self.targets.iter().copied().filter(|it| it.view == View::Status).collect();
        if targets.is_empty() {
            return Ok(());
        }
        let keys = kept.iter().map(|kept| (kept.status, kept.index)).collect();
        let statuses = Statuses {
            archive: self.archive,
            stamps: self.stamps,
            renderer: self.renderer,
            audience: self.audience,
            as_of: self.as_of,
            in_site: true,
        };
        statuses
            .documents(keys, &targets, self.languages)?
            .iter()
            .try_for_each(|document| self.put_list(document))
    }

    /// Writes the pages of the site that tell of all incidents.
    pub(super) fn lists(&self, kept: Vec<Kept>, runbooks: &[String]) -> Result<(), CliError> {
        let mut incidents: Vec<Vec<IncidentRow>> = self.languages.iter().map(|_| Vec::new()).collect();
        let mut actions: Vec<Vec<ActionRow>> = self.languages.iter().map(|_| Vec::new()).collect();
        let (mut facts, mut found) = (Vec::new(), Vec::new());
        for kept in kept {
            facts.extend(kept.facts);
            found.push(kept.found);
            for ((incident, mut own), (incidents, actions)) in
                kept.rows.into_iter().zip(incidents.iter_mut().zip(actions.iter_mut()))
            {
                incidents.push(incident);
                actions.append(&mut own);
            }
        }
        let settings = &self.archive.settings;
        let frame = SiteFrame { settings, audience: self.audience, as_of: self.as_of };
        let put = |document: Document| self.put_list(&document);
        let found = incidents.first().into_iter().flatten().zip(found).collect();
        let search = || self.renderer.site_search(&frame, &self.archive.catalogue, runbooks, found, &put);
        let lists = || {
            let by =
                |step| periods(&facts, &StatQuestion { by: Some(step), ..StatQuestion::default() }, settings);
            let (whole, (years, quarters)) = rayon::join(
                || stats(&facts, &StatQuestion::default(), settings),
                || (by(Step::Year), by(Step::Quarter)),
            );
            let told = self.languages.par_iter().zip(&incidents).zip(&actions);
            told.try_for_each(|((language, incidents), actions)| {
                let input = ListsInput {
                    frame,
                    catalogue: &self.archive.catalogue,
                    language,
                    incidents,
                    actions,
                    runbooks,
                    whole: &whole,
                    years: &years,
                    quarters: &quarters,
                };
                self.renderer.site_lists(&input, &put)
            })
        };
        // the search takes as long as everything else
        let (searched, listed) = rayon::join(search, lists);
        searched.and(listed)?;
        if has_rules(self.audience) {
            self.languages.par_iter().try_for_each(|language| self.rules(&frame, language))?;
        }
        put(self.renderer.site_root(&frame)?)?;
        put(self.renderer.style())?;
        put(self.renderer.script())
    }
}
