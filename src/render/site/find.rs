//! The page of the search, and its index: incidents, services, and, for those who write, the rules.

use super::{Document, Place, RenderError, Renderer, SiteFrame, has_rules, rule_path, services};
use crate::{
    model::Catalogue,
    render::{
        Spoken,
        search::{Entry, PlaceOfWord, index},
    },
    rules::RULES,
};

/// Writes the search. `items` are the incidents, those to be shown first at the front, each with one entry a language.
pub(super) fn pages<E: From<RenderError>>(
    renderer: &Renderer,
    frame: &SiteFrame<'_>,
    catalogue: &Catalogue,
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
