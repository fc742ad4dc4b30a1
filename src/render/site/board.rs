//! The board of actions: what is owed, the latest first; then what is done or dropped.
//!
//! A page holds so many rows. Where there are several pages, the rows of each lie in a script file beside it, too, so that
//! a filter reaches all of them without asking a server.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    ActionRow, Document, ListsInput, Pager, Place, ROWS_PER_PAGE, RenderError, Renderer, in_pages, paged,
};
use crate::{
    model::Audience,
    render::{Syntax, engine::Voice},
};

/// How many actions there are.
#[derive(Serialize)]
struct Counts {
    all: usize,
    open: usize,
    /// Written down, and not accepted yet: nobody has promised them.
    proposed: usize,
    overdue: usize,
}

/// What rows can be filtered by: the words there are.
#[derive(Serialize)]
struct Choices {
    owners: Vec<String>,
    teams: Vec<String>,
    classes: Vec<String>,
    priorities: Vec<String>,
    /// Key and name.
    states: Vec<(String, String)>,
    /// There is an action that nobody answers for.
    unowned: bool,
}

/// `<lang>/actions.html`, and the pages after it.
pub(super) fn pages<E: From<RenderError>>(
    renderer: &Renderer,
    voice: &Voice,
    input: &ListsInput<'_>,
    put: &(dyn Fn(Document) -> Result<(), E> + Sync),
) -> Result<(), E> {
    let mut rows: Vec<&ActionRow> = input.actions.iter().collect();
    rows.sort_by(|a, b| {
        let owed = |row: &ActionRow| match row.open {
            true => (0, -row.days_overdue, row.due_date.is_none(), row.due_date),
            false => (1, 0, false, None),
        };
        // of what is over, the newest incident comes first
        let by_incident = if a.open { a.incident.cmp(&b.incident) } else { b.incident.cmp(&a.incident) };
        owed(a).cmp(&owed(b)).then(by_incident).then_with(|| a.by_id(b))
    });
    let counts = Counts {
        all: rows.len(),
        open: rows.iter().filter(|row| row.open).count(),
        proposed: rows.iter().filter(|row| row.is_proposed()).count(),
        overdue: rows.iter().filter(|row| row.days_overdue > 0).count(),
    };
    let internal = input.frame.audience == Audience::Internal;
    let choices = Choices::of(&rows);
    let stem = format!("{}/actions", input.language);
    for (number, own) in in_pages(&rows) {
        let mut context = tera::Context::new();
        context.insert("rows", own);
        context.insert("internal", &internal);
        context.insert("teams", &!choices.teams.is_empty());
        let told = voice.render(Syntax::Html, "site/board-rows.html", &context)?;
        if rows.len() > ROWS_PER_PAGE {
            put(data(input.language, number, &told))?;
        }
        let mut context = tera::Context::new();
        context.insert("told", told.trim());
        context.insert("counts", &counts);
        context.insert("choices", &choices);
        context.insert("internal", &internal);
        context.insert("pager", &Pager::of(&stem, number, rows.len()));
        let title = renderer.titled(input.language, "actions-title")?;
        let place = Place { path: paged(&stem, number), part: "actions", template: "site/actions.html" };
        put(renderer.site_page(&input.frame, input.language, place, title, context)?)?;
    }
    Ok(())
}

/// The rows of a page as a script that hands them over.
fn data(tag: &str, number: usize, told: &str) -> Document {
    let text = serde_json::Value::from(told.trim());
    Document::of(format!("{tag}/actions/{number}.js"), format!("relato.rows({number},{text});\n"))
}

impl Choices {
    fn of(rows: &[&ActionRow]) -> Self {
        let inside = || rows.iter().filter_map(|row| row.inside.as_ref());
        let distinct = |words: &mut dyn Iterator<Item = &String>| {
            let mut words: Vec<String> = words.cloned().collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let states: BTreeMap<&str, &str> =
            rows.iter().map(|row| (row.state.key.as_str(), row.state.name.as_str())).collect();
        Self {
            owners: distinct(&mut inside().filter_map(|it| it.owner.as_ref())),
            teams: distinct(&mut inside().filter_map(|it| it.team.as_ref())),
            classes: distinct(&mut inside().filter_map(|it| it.class.as_ref())),
            priorities: distinct(&mut inside().filter_map(|it| it.priority.as_ref())),
            states: states.into_iter().map(|(key, name)| (key.to_owned(), name.to_owned())).collect(),
            unowned: inside().any(|it| it.owner.is_none()),
        }
    }
}
