//! What a template may see: prepared words, in the page's language, and nothing of the model itself.
//!
//! `PublicIncident` and `InternalIncident` are two types. Public bytes come from a `PublicIncident` alone, and that type
//! has no place for an internal field.

mod board;
mod draft;
mod event;
mod extras;
mod impact;
mod internal;
mod page;
mod post;
mod public;
mod row;
mod runbook;
mod status;

use schemars::JsonSchema;
use serde::Serialize;

use super::{RenderError, escape};
use crate::{
    finding::Words,
    language::{Language, Phrases, Rounding, Value, Wall},
    measure::Measured,
    model::{Audience, Catalogue, Incident, Localized, Service, Settings},
    time::{Instant, Interval, TimePoint, Zone},
};

pub(super) use board::{Board, BoardTeller, Entry};
pub use draft::Draft;
pub(super) use extras::ExtrasView;
pub(super) use impact::{ImpactBar, Mark};
pub(super) use internal::InternalIncident;
pub(super) use page::{Alternate, Form, Page, Slug, Style, Way, slug};
pub(super) use public::PublicIncident;
pub(super) use row::Hit;
pub use row::{ActionRow, ActionsNow, IncidentRow};
pub(super) use row::{action_rows, incident_row};
pub use runbook::RunbookIndexRow;
pub(super) use runbook::{RunbookPage, Speaker};
pub use status::StatusKey;
pub(super) use status::{LATEST, Listed, StatusPage, status_key};

/// Something that a document leaves out, and why: for a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The field, as `impacts[0].service`.
    pub field: String,
    /// What a reader does not see, and what to write so that they do.
    pub words: Words,
}

/// Tells model values in one language, in the incident's zone.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) language: &'static Language,
    pub(super) phrases: &'a Phrases,
    pub(super) zone: Zone,
    pub(super) rounding: Rounding,
    pub(super) incident: &'a Incident,
    pub(super) measured: &'a Measured,
    pub(super) settings: &'a Settings,
    pub(super) catalogue: &'a Catalogue,
    pub(super) as_of: Instant,
}

/// Prose for readers.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub(super) struct Prose {
    /// Markdown.
    text: String,
    /// The tag of the language it is written in.
    lang: String,
    /// That language's name, when it is not the page's.
    foreign: Option<String>,
}

/// A moment, in the incident's zone and in UTC.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(super) struct When {
    /// In the incident's zone.
    local: String,
    /// In UTC; `None` when the zone is UTC.
    utc: Option<String>,
    /// RFC 3339, when it is known exactly.
    iso: Option<String>,
}

/// A word of a vocabulary: as the file writes it, for styles, and as the page says it.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub(super) struct Named {
    /// `in-progress`.
    pub(super) key: String,
    /// `in progress`.
    pub(super) name: String,
}

impl Teller<'_> {
    /// A phrase.
    pub(super) fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> Result<String, RenderError> {
        Ok(self.phrases.tell(key, values)?.into_owned())
    }

    /// The word of a vocabulary, whose phrases are called `<vocabulary>-<word>`.
    pub(super) fn name(&self, vocabulary: &str, word: &str) -> Result<Named, RenderError> {
        let key = word.replace('_', "-");
        let name = self.say(&format!("{vocabulary}-{}", key.to_lowercase()), &[])?;
        Ok(Named { key, name })
    }

    /// Prose in the page's language, else in the nearest.
    pub(super) fn prose(&self, text: Option<&Localized>) -> Option<Prose> {
        prose(self.language, text?)
    }

    /// Prose that was put together in the page's language.
    pub(super) fn own_prose(&self, text: String) -> Prose {
        Prose { text, lang: self.language.tag().to_owned(), foreign: None }
    }

    /// A name or title: one line of plain text.
    pub(super) fn line(&self, text: Option<&Localized>) -> Option<String> {
        line(self.language, text?)
    }

    /// The incident's title; its id when it has none.
    pub(super) fn title(&self) -> String {
        self.line(Some(&self.incident.title)).unwrap_or_else(|| escape::one_line(&self.incident.id))
    }

    /// What readers call a service.
    pub(super) fn public_name(&self, service: &str) -> Option<String> {
        self.line(self.catalogue.service(service)?.public_name.as_ref())
    }

    /// What the organisation calls a service; its id when it has no name.
    pub(super) fn internal_name(&self, service: &str) -> String {
        let known = self.catalogue.service(service);
        let name = known
            .and_then(|Service { name, public_name, .. }| self.line(name.as_ref().or(public_name.as_ref())));
        name.unwrap_or_else(|| escape::one_line(service))
    }

    /// The key of a service's page: its id, where readers may know it; else its public name in the first language, so
    /// that services which customers know by one name have one page. `None` of a service without a public name.
    pub(super) fn service_key(&self, audience: Audience, service: &str) -> Option<String> {
        service_key(self.settings, self.catalogue, audience, service)
    }

    /// What a team is called; its key when it has no name.
    pub(super) fn team_name(&self, team: &str) -> String {
        let bare = team.strip_prefix("team:").unwrap_or(team);
        let named = self.catalogue.team(bare).and_then(|team| self.line(team.name.as_ref()));
        named.unwrap_or_else(|| escape::one_line(bare))
    }

    /// What a class is called; its key when it has no name.
    pub(super) fn class_name(&self, key: &str) -> String {
        let named = self.settings.class(key).and_then(|class| self.line(Some(&class.name)));
        named.unwrap_or_else(|| escape::one_line(key))
    }

    /// An instant on the incident's clock.
    pub(super) fn wall(&self, at: Instant) -> Wall {
        Wall::new(self.zone.wall(at), self.zone.offset_at(at), self.zone.name())
    }

    /// A moment, told in both zones; `None` when nothing is known of it.
    pub(super) fn when(&self, point: &TimePoint) -> Result<Option<When>, RenderError> {
        let interval = point.interval();
        if interval.is_unknown() {
            return Ok(None);
        }
        let utc = |at: Instant| Wall::utc(at);
        let local = |at: Instant| self.wall(at);
        let (told, in_utc) = match point {
            TimePoint::Day(date, _) => {
                (self.say("on-day", &[("date", (&self.language.date(*date)).into())])?, None)
            }
            TimePoint::About { at, plus_minus: Some(length) } => {
                let margin = self.language.length(length.seconds().unwrap_or(0), Rounding::SECOND);
                let moment = self.language.moment(&local(at.at));
                let values = [("moment", (&moment).into()), ("margin", (&margin).into())];
                (self.say("about-moment", &values)?, Some(self.utc_clock(at.at)?))
            }
            _ => {
                let in_utc = match interval.exactly() {
                    Some(at) => self.utc_clock(at)?,
                    None => self.language.interval(&interval, utc),
                };
                (self.language.interval(&interval, local), Some(in_utc))
            }
        };
        let in_utc = in_utc.filter(|in_utc| *in_utc != told && !self.is_utc(&interval));
        Ok(Some(When { local: told, utc: in_utc, iso: interval.exactly().map(|at| self.wall(at).rfc3339()) }))
    }

    /// True when the zone shows UTC at the ends of an interval.
    pub(super) fn is_utc(&self, interval: &Interval) -> bool {
        let ends = [interval.earliest, interval.latest];
        ends.into_iter().flatten().all(|at| self.zone.offset_at(at) == 0)
    }

    /// A role or handle as the organisation reads it: `role:oms-on-call` is `oms-on-call`.
    pub(super) fn role(&self, role: Option<&String>) -> Option<String> {
        role.map(|role| bare(role))
    }
}

/// The key of a service's page: see [`Teller::service_key`].
pub(super) fn service_key(
    settings: &Settings,
    catalogue: &Catalogue,
    audience: Audience,
    service: &str,
) -> Option<String> {
    match audience {
        Audience::Internal => Some(escape::file_name(service)),
        Audience::Public => {
            let name = catalogue.service(service)?.public_name.as_ref()?;
            let first = settings.org.languages.first().map_or("en", String::as_str);
            let (_, text) = name.nearest(first)?;
            let text = escape::one_line(text);
            let slug = escape::slug(&text, 80);
            // names that differ in what an address cannot hold still need a file each
            let held = slug.bytes().filter(|byte| *byte != b'-').count();
            let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '-').count();
            Some(if held == letters && slug != "index" { slug } else { escape::file_name(&text) })
                .filter(|_| !text.is_empty())
        }
    }
}

/// Prose in a language, else in the nearest.
fn prose(language: &Language, text: &Localized) -> Option<Prose> {
    let (tag, text) = text.nearest(language.tag())?;
    let foreign = (tag != language.tag())
        .then(|| Language::tagged(tag).map_or_else(|| tag.to_owned(), |language| language.name().to_owned()));
    Some(Prose { text: text.to_owned(), lang: escape::one_line(tag), foreign })
}

/// A name or title: one line of plain text.
fn line(language: &Language, text: &Localized) -> Option<String> {
    let (_, text) = text.nearest(language.tag())?;
    Some(escape::one_line(text)).filter(|line| !line.is_empty())
}

/// A reference without its kind: `role:oms-on-call` is `oms-on-call`.
fn bare(reference: &str) -> String {
    let kinds = ["role:", "team:", "infra:", "service:"];
    let bare = kinds.iter().find_map(|kind| reference.strip_prefix(kind));
    escape::one_line(bare.unwrap_or(reference))
}
