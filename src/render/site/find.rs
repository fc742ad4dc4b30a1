//! The page of the search, and its index: incidents, services, and, for those inside, runbooks and rules.

use std::collections::BTreeMap;

use super::{Document, Place, RenderError, Renderer, SiteFrame, has_rules, rule_path, services};
use crate::{
    model::{Catalogue, Service},
    render::{
        Spoken, escape, has_runbooks,
        search::{Entry, PlaceOfWord, index},
    },
    rules::RULES,
};

/// Writes the search. `items` are the incidents, those to be shown first at the front, each with one entry a language.
pub(super) fn pages<E: From<RenderError>>(
    renderer: &Renderer,
    frame: &SiteFrame<'_>,
    catalogue: &Catalogue,
    runbooks: &[String],
    mut items: Vec<Vec<Entry>>,
    put: &(dyn Fn(Document) -> Result<(), E> + Sync),
) -> Result<(), E> {
    let mut named: Vec<Vec<(String, String)>> = Vec::new();
    for Spoken { language, .. } in &renderer.languages {
        named.push(services::named(language, frame, catalogue));
    }
    for at in 0..named.first().map_or(0, Vec::len) {
        let mut item = Vec::new();
        for (Spoken { language, .. }, services) in renderer.languages.iter().zip(&named) {
            let Some((key, name)) = services.get(at) else { continue };
            let href = format!("{}/services/{key}.html", language.tag());
            let note = renderer.titled(language.tag(), "found-service")?;
            item.push(Entry::new(href, name.clone(), note, &[]));
        }
        items.push(item);
    }
    if has_runbooks(frame.audience) && !runbooks.is_empty() {
        of_runbooks(renderer, frame, catalogue, runbooks, &mut items)?;
    }
    for rule in RULES.iter().filter(|_| has_rules(frame.audience)) {
        let mut item = Vec::new();
        for Spoken { language, .. } in &renderer.languages {
            let note = renderer.titled(language.tag(), "found-rule")?;
            let title = rule.page().title.tell(language).to_owned();
            let texts = [(PlaceOfWord::Title, rule.name), (PlaceOfWord::Text, &*rule.body(language, "#"))];
            let href = rule_path(language.tag(), Some(rule));
            item.push(Entry::new(href, title, format!("{note} · {}", rule.name), &texts));
        }
        items.push(item);
    }
    let index = index(&items);
    drop(items);
    for file in index.files {
        put(file)?;
    }
    let tags: Vec<&str> = renderer.languages.iter().map(|spoken| spoken.language.tag()).collect();
    let names: Vec<&str> = renderer.languages.iter().map(|spoken| spoken.language.name()).collect();
    for tag in &tags {
        let mut context = tera::Context::new();
        context.insert("beginnings", &index.shards.join(" "));
        context.insert("per_file", &crate::render::search::DOCUMENTS);
        context.insert("tags", &tags.join("|"));
        context.insert("names", &names.join("|"));
        let place =
            Place { path: format!("{tag}/search.html"), part: "search", template: "site/search.html" };
        let title = renderer.titled(tag, "search-title")?;
        put(renderer.site_page(frame, tag, place, title, context)?)?;
    }
    Ok(())
}

/// The runbooks of services, found by the alerts that lead there as well, and the pages of alerts.
fn of_runbooks(
    renderer: &Renderer,
    frame: &SiteFrame<'_>,
    catalogue: &Catalogue,
    runbooks: &[String],
    items: &mut Vec<Vec<Entry>>,
) -> Result<(), RenderError> {
    for service in runbooks.iter().filter_map(|id| catalogue.service(id)) {
        let alerts: Vec<&str> = service.alerts.iter().map(|alert| alert.0.as_str()).collect();
        let alerts = alerts.join(" ");
        let mut item = Vec::new();
        for Spoken { language, .. } in &renderer.languages {
            let tag = language.tag();
            if let Some(href) = renderer.runbook_page(tag, &service.id)? {
                let texts = [(PlaceOfWord::Text, service.id.as_str()), (PlaceOfWord::Text, &alerts)];
                let (title, note) = (
                    services::name(language, frame.audience, service),
                    renderer.titled(tag, "found-runbook")?,
                );
                item.push(Entry::new(href, title, note, &texts));
            }
        }
        items.push(item);
    }
    let alerts = catalogue
        .services
        .iter()
        .flat_map(|service| service.alerts.iter().map(move |alert| (alert, service)));
    let mut of_alert: BTreeMap<&str, Vec<&Service>> = BTreeMap::new();
    for (alert, service) in alerts {
        of_alert.entry(&alert.0).or_default().push(service);
    }
    for (alert, about) in of_alert {
        let mut item = Vec::new();
        for Spoken { language, .. } in &renderer.languages {
            let tag = language.tag();
            if let Some(href) = renderer.alert_page(tag, alert)? {
                let named = about.iter().map(|service| services::name(language, frame.audience, service));
                let named = named.collect::<Vec<_>>().join(", ");
                let note = format!("{} · {named}", renderer.titled(tag, "found-alert")?);
                let texts = [(PlaceOfWord::Services, named.as_str())];
                item.push(Entry::new(href, escape::one_line(alert), note, &texts));
            }
        }
        items.push(item);
    }
    Ok(())
}
