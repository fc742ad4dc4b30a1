//! The first page: what is open, what is owed next, how often targets are met; and the list of all incidents.

use serde::Serialize;

use super::{
    ActionRow, Document, IncidentRow, ListsInput, Pager, Place, RenderError, Renderer, in_pages, paged,
    statistics::class_views,
};
use crate::render::engine::Voice;

/// How many of the latest incidents the first page shows.
const LATEST: usize = 12;
/// How many of the next due actions.
const NEXT: usize = 8;

/// How many there are.
#[derive(Serialize)]
struct Counts {
    incidents: usize,
    open: usize,
    /// Written down, and not accepted yet: nobody has promised them.
    proposed: usize,
    overdue: usize,
}

/// `<lang>/index.html`. The incidents come in the order of the lists.
pub(super) fn page(
    renderer: &Renderer,
    voice: &Voice,
    input: &ListsInput<'_>,
    incidents: &[&IncidentRow],
) -> Result<Document, RenderError> {
    let ongoing = incidents.partition_point(|row| row.ongoing());
    let (ongoing, past) = incidents.split_at(ongoing);
    let mut next: Vec<&ActionRow> =
        input.actions.iter().filter(|row| row.open && row.due_date.is_some()).collect();
    next.sort_by(|a, b| a.due_date.cmp(&b.due_date).then_with(|| a.by_id(b)));
    next.truncate(NEXT);
    let mut context = tera::Context::new();
    context.insert("ongoing", ongoing);
    context.insert("latest", past.get(..LATEST.min(past.len())).unwrap_or_default());
    context.insert("next", &next);
    context.insert("classes", &class_views(voice, input)?);
    let counts = Counts {
        incidents: incidents.len(),
        open: input.actions.iter().filter(|row| row.open).count(),
        proposed: input.actions.iter().filter(|row| row.is_proposed()).count(),
        overdue: input.actions.iter().filter(|row| row.days_overdue > 0).count(),
    };
    context.insert("counts", &counts);
    let path = format!("{}/index.html", input.language);
    let place = Place { path, part: "incidents", template: "site/home.html" };
    let title = renderer.titled(input.language, "home-title")?;
    renderer.site_page(&input.frame, input.language, place, title, context)
}

/// `<lang>/incidents/index.html`, and the pages after it.
pub(super) fn all_incidents<E: From<RenderError>>(
    renderer: &Renderer,
    input: &ListsInput<'_>,
    incidents: &[&IncidentRow],
    put: &(dyn Fn(Document) -> Result<(), E> + Sync),
) -> Result<(), E> {
    let stem = format!("{}/incidents/index", input.language);
    for (number, rows) in in_pages(incidents) {
        let mut context = tera::Context::new();
        context.insert("incidents", rows);
        context.insert("pager", &Pager::of(&stem, number, incidents.len()));
        let title = renderer.titled(input.language, "incidents-title")?;
        let place = Place { path: paged(&stem, number), part: "incidents", template: "site/incidents.html" };
        put(renderer.site_page(&input.frame, input.language, place, title, context)?)?;
    }
    Ok(())
}
