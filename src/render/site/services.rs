//! The services: each with its class, its incidents, and how its targets were met over the years.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::{
    Document, IncidentRow, ListsInput, Pager, Place, RenderError, Renderer, SiteFrame, in_pages, paged,
};
use crate::{
    language::{Language, Rounding},
    model::{Audience, Catalogue, Localized, Service},
    render::{
        engine::Voice,
        escape, has_runbooks,
        target::relative,
        view::{Hit, service_key},
    },
    time::Datelike,
};

/// One service, or several that readers know by one name.
#[derive(Clone, Serialize)]
struct ServiceRow {
    #[serde(skip)]
    key: String,
    name: String,
    /// The way there from the list.
    href: String,
    /// The class in force, and its target.
    class: Option<String>,
    target: Option<String>,
    /// Internal sites only.
    owner: Option<String>,
    incidents: usize,
    /// When the latest was.
    latest: Option<String>,
    met: usize,
    judged: usize,
    /// The way to its runbook from its page.
    runbook: Option<String>,
}

/// An impact on a service, and its incident.
#[derive(Serialize)]
struct HitRow<'a> {
    incident: &'a IncidentRow,
    hit: &'a Hit,
}

/// The verdicts of a year.
#[derive(Default, Serialize)]
struct Year {
    year: String,
    impacts: usize,
    met: usize,
    breached: usize,
    /// Neither met nor missed for certain, or not judged.
    other: usize,
    /// The three in per cent of the largest year, for drawing.
    parts: [f64; 3],
}

/// `<lang>/services.html`, and a page for each. The incidents come in the order of the lists.
pub(super) fn pages<E: From<RenderError>>(
    renderer: &Renderer,
    voice: &Voice,
    input: &ListsInput<'_>,
    incidents: &[&IncidentRow],
    put: &(dyn Fn(Document) -> Result<(), E> + Sync),
) -> Result<(), E> {
    let mut hits: BTreeMap<&str, Vec<HitRow<'_>>> = BTreeMap::new();
    for incident in incidents {
        for hit in &incident.hits {
            if let Some(key) = &hit.key {
                hits.entry(key).or_default().push(HitRow { incident, hit });
            }
        }
    }
    let mut rows: BTreeMap<String, ServiceRow> = BTreeMap::new();
    for service in &input.catalogue.services {
        let audience = input.frame.audience;
        if let Some(key) = service_key(input.frame.settings, input.catalogue, audience, &service.id) {
            rows.entry(key.clone()).or_insert_with(|| ServiceRow::known(voice, input, service, key));
        }
    }
    for (key, own) in &hits {
        let name = own.first().map_or("", |row| row.hit.name.as_str());
        rows.entry((*key).to_owned())
            .or_insert_with(|| ServiceRow::named((*key).to_owned(), name.to_owned()))
            .count(own);
    }
    for service in input.runbooks.iter().filter(|_| has_runbooks(input.frame.audience)) {
        if let Some(row) = rows.get_mut(&escape::file_name(service)) {
            let here = format!("{}/{}", input.language, row.href);
            let page = renderer.runbook_page(input.language, service)?;
            row.runbook = page.map(|page| relative(&here, &page));
        }
    }
    let mut listed: Vec<&ServiceRow> = rows.values().collect();
    listed.sort_by_key(|row| (row.name.to_lowercase(), &row.key));
    let mut context = tera::Context::new();
    context.insert("rows", &listed);
    let path = format!("{}/services.html", input.language);
    let place = Place { path, part: "services", template: "site/services.html" };
    let title = renderer.titled(input.language, "services-title")?;
    put(renderer.site_page(&input.frame, input.language, place, title, context)?)?;
    for row in rows.values() {
        let own = hits.get(row.key.as_str()).map(Vec::as_slice).unwrap_or_default();
        let stem = format!("{}/services/{}", input.language, row.key);
        let years = years(own);
        for (number, hits) in in_pages(own) {
            let mut context = tera::Context::new();
            context.insert("service", row);
            context.insert("years", &years);
            context.insert("hits", hits);
            context.insert("pager", &Pager::of(&stem, number, own.len()));
            let place = Place { path: paged(&stem, number), part: "services", template: "site/service.html" };
            put(renderer.site_page(&input.frame, input.language, place, row.name.clone(), context)?)?;
        }
    }
    Ok(())
}

/// The services of the catalogue that have a page: key and name, in the order of the catalogue.
pub(super) fn named(
    language: &Language,
    frame: &SiteFrame<'_>,
    catalogue: &Catalogue,
) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    let mut keys = HashSet::new();
    for service in &catalogue.services {
        let key = service_key(frame.settings, catalogue, frame.audience, &service.id);
        if let Some(key) = key.filter(|key| keys.insert(key.clone())) {
            named.push((key, name(language, frame.audience, service)));
        }
    }
    named
}

/// What readers call a service.
pub(super) fn name(language: &Language, audience: Audience, service: &Service) -> String {
    let public = service.public_name.as_ref();
    let named = if audience == Audience::Internal { service.name.as_ref().or(public) } else { public };
    named.and_then(|text| line(language, text)).unwrap_or_else(|| escape::one_line(&service.id))
}

fn line(language: &Language, text: &Localized) -> Option<String> {
    let (_, text) = text.nearest(language.tag())?;
    Some(escape::one_line(text)).filter(|line| !line.is_empty())
}

impl ServiceRow {
    fn named(key: String, name: String) -> Self {
        Self {
            href: format!("services/{key}.html"),
            key,
            name,
            class: None,
            target: None,
            owner: None,
            incidents: 0,
            latest: None,
            met: 0,
            judged: 0,
            runbook: None,
        }
    }

    /// A service of the catalogue.
    fn known(voice: &Voice, input: &ListsInput<'_>, service: &Service, key: String) -> Self {
        let settings = input.frame.settings;
        let internal = input.frame.audience == Audience::Internal;
        let line = |text: &Localized| line(voice.language, text);
        let class = service.class_on(settings.org.zone.date(input.frame.as_of));
        let limits = class.and_then(|class| settings.class(class));
        let team = service.owner.as_deref().filter(|_| internal);
        let team_name = |team: &str| {
            let named = input.catalogue.team(team).and_then(|team| line(team.name.as_ref()?));
            named.unwrap_or_else(|| escape::one_line(team.strip_prefix("team:").unwrap_or(team)))
        };
        Self {
            class: class.map(|class| {
                limits.and_then(|known| line(&known.name)).unwrap_or_else(|| escape::one_line(class))
            }),
            target: limits.map(|class| voice.language.length(class.target_seconds(), Rounding::MINUTE)),
            owner: team.map(team_name),
            ..Self::named(key, name(voice.language, input.frame.audience, service))
        }
    }

    fn count(&mut self, hits: &[HitRow<'_>]) {
        let mut ids: Vec<&str> = hits.iter().map(|row| row.incident.id.as_str()).collect();
        ids.dedup();
        self.incidents = ids.len();
        let latest = hits.iter().map(|row| row.incident).max_by_key(|incident| incident.date);
        self.latest = latest.and_then(|incident| incident.day.clone());
        let verdicts = |key: &str| hits.iter().filter(|row| row.hit.verdict.key == key).count();
        self.met = verdicts("met");
        self.judged = self.met + verdicts("breached");
    }
}

/// The verdicts by year, the newest first; impacts without a date are in none.
fn years(hits: &[HitRow<'_>]) -> Vec<Year> {
    let mut years: BTreeMap<i32, Year> = BTreeMap::new();
    for HitRow { incident, hit } in hits {
        let Some(date) = incident.date else { continue };
        let year = years.entry(date.year()).or_default();
        year.impacts += 1;
        match hit.verdict.key.as_str() {
            "met" => year.met += 1,
            "breached" => year.breached += 1,
            _ => year.other += 1,
        }
    }
    let most = years.values().map(|year| year.impacts).max().unwrap_or(1) as f64;
    let told = years.into_iter().rev().map(|(number, mut year)| {
        year.year = number.to_string();
        year.parts = [year.met, year.breached, year.other].map(|part| part as f64 / most * 100.0);
        year
    });
    told.collect()
}
