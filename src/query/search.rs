//! What a text is found in: every text of an incident, of the catalogue, and what teams wrote.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    locate::Field,
    model::{Incident, Localized, Service},
    runbook::{Document, Query},
};

/// At most so many places are told of one find.
const MOST_PLACES: usize = 3;
/// At most so many characters are shown around a word.
const EXCERPT: usize = 100;

/// Something that says what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How much of it.
    pub document: Document,
    /// What is told of it.
    pub row: FoundRow,
}

/// A row of the answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundRow {
    /// `incident`, `service`, `infra`, `team`, `runbook`.
    pub kind: &'static str,
    /// The id of the incident or service.
    pub id: String,
    /// What it is called, by language.
    pub title: BTreeMap<String, String>,
    /// How alike it is: higher is more.
    pub score: f64,
    /// The file.
    pub file: String,
    /// Where in it, the best place first.
    pub places: Vec<PlaceRow>,
}

/// A place of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceRow {
    /// The field; empty in a file without fields.
    pub field: String,
    /// The line, from 1.
    pub line: usize,
    /// The language of the text; empty where it has none.
    pub language: String,
    /// The words around what was found.
    pub text: String,
    /// Where to look.
    #[serde(skip)]
    pub at: Field,
    /// How many words of the query it says, and whether it is prose.
    #[serde(skip)]
    score: (u32, bool),
}

impl Found {
    /// What an incident says of a query, quoted in the language of this tag where that says it; `None` when it says
    /// nothing.
    pub fn in_incident(query: &Query, tag: &str, file: &str, incident: &Incident) -> Option<Self> {
        let mut look = Look::new(query, tag);
        look.plain(&incident.id, Field::of("id"));
        incident.each_text(&mut |path, text| {
            let weight = if path.field() == Field::of("title") { 3.0 } else { 1.0 };
            look.localized(text, weight, || path.field());
        });
        for (i, impact) in incident.impacts.iter().enumerate() {
            look.plain(&impact.service, Field::of("impacts").at(i).key("service"));
        }
        for (i, event) in incident.timeline.iter().enumerate() {
            let Some(step) = &event.step else { continue };
            let here = Field::of("timeline").at(i).key("step");
            for (key, text) in [("key", &step.key), ("command", &step.command), ("target", &step.target)] {
                if let Some(text) = text {
                    look.plain(text, here.key(key));
                }
            }
        }
        look.found("incident", &incident.id, file, &incident.title)
    }

    /// What a service of the catalogue says of a query.
    pub fn in_service(query: &Query, tag: &str, file: &str, service: &Service) -> Option<Self> {
        let mut look = Look::new(query, tag);
        let here = Field::of("services").key(&service.id);
        look.plain(&service.id, here.clone());
        for (key, text) in [("name", &service.name), ("public_name", &service.public_name)] {
            if let Some(text) = text {
                look.localized(text, 1.0, || here.key(key));
            }
        }
        for alert in &service.alerts {
            look.plain(&alert.0, here.key("alerts"));
        }
        let title = service.name.clone().or_else(|| service.public_name.clone()).unwrap_or_default();
        look.found("service", &service.id, file, &title)
    }

    /// What a unit of shared fate, or a team, says of a query: `section` is where the catalogue has it.
    pub fn in_catalogue(
        query: &Query,
        tag: &str,
        file: &str,
        (kind, section): (&'static str, &str),
        id: &str,
        name: Option<&Localized>,
    ) -> Option<Self> {
        let mut look = Look::new(query, tag);
        let here = Field::of(section).key(id);
        look.plain(id, here.clone());
        if let Some(name) = name {
            look.localized(name, 1.0, || here.key("name"));
        }
        look.found(kind, id, file, &name.cloned().unwrap_or_default())
    }

    /// What a team wrote of a query: a file of lines.
    pub fn in_lines(query: &Query, file: &str, service: &str, text: &str) -> Option<Self> {
        let mut look = Look::new(query, "");
        for (at, line) in text.lines().enumerate() {
            look.line(line, at + 1);
        }
        look.found("runbook", service, file, &Localized::default())
    }
}

struct Look<'q> {
    query: &'q Query,
    /// The tag of the language that is quoted where it says anything.
    tag: &'q str,
    document: Document,
    places: Vec<PlaceRow>,
}

impl<'q> Look<'q> {
    fn new(query: &'q Query, tag: &'q str) -> Self {
        Self { query, tag, document: Document::default(), places: Vec::new() }
    }

    fn localized(&mut self, text: &Localized, weight: f64, field: impl Fn() -> Field) {
        for (tag, text) in text.iter() {
            self.text(text, tag, weight, 0, &field);
        }
    }

    fn plain(&mut self, text: &str, field: Field) {
        self.text(text, "", 1.0, 0, &|| field.clone());
    }

    fn line(&mut self, text: &str, line: usize) {
        self.text(text, "", 1.0, line, &Field::top);
    }

    fn text(&mut self, text: &str, tag: &str, weight: f64, line: usize, field: &dyn Fn() -> Field) {
        let mut own = Document::default();
        self.query.read(&mut own, text, weight);
        self.query.read(&mut self.document, text, weight);
        if !own.is_like() {
            return;
        }
        // prose tells more than an id or a key that says as much
        let score = (own.matched(), !tag.is_empty() || line > 0);
        let at = field();
        // the same text in another language says nothing more
        if let Some(known) = self.places.iter_mut().find(|known| known.at == at && line == 0) {
            let is_better = match (tag == self.tag, known.language == self.tag) {
                (true, false) => true,
                (false, true) => false,
                _ => known.score < score,
            };
            known.score = known.score.max(score);
            if is_better {
                known.language = tag.to_owned();
                known.text = excerpt(self.query, text);
            }
            self.places.sort_by_key(|place| std::cmp::Reverse(place.score));
            return;
        }
        let full = self.places.len() >= MOST_PLACES;
        if full && self.places.last().is_none_or(|worst| worst.score >= score) {
            return;
        }
        let text = excerpt(self.query, text);
        self.places.push(PlaceRow { field: at.to_string(), line, language: tag.to_owned(), text, at, score });
        // stable: what is as good comes in the order of the file
        self.places.sort_by_key(|place| std::cmp::Reverse(place.score));
        self.places.truncate(MOST_PLACES);
    }

    fn found(self, kind: &'static str, id: &str, file: &str, title: &Localized) -> Option<Found> {
        let title = title.iter().map(|(tag, text)| (tag.to_owned(), text.to_owned())).collect();
        let row = FoundRow {
            kind,
            id: id.to_owned(),
            title,
            score: 0.0,
            file: file.to_owned(),
            places: self.places,
        };
        self.document.is_like().then_some(Found { document: self.document, row })
    }
}

/// The words around the first that was asked for, on one line.
fn excerpt(query: &Query, text: &str) -> String {
    let place = query.place(text).unwrap_or(0..0);
    let before = text.get(..place.start).unwrap_or_default();
    let back = before.char_indices().rev().take(EXCERPT / 3).last().map_or(0, |(at, _)| at);
    let from = match back {
        0 => 0,
        back => before.get(back..).and_then(|rest| rest.find(' ')).map_or(back, |space| back + space + 1),
    };
    let rest: String = text.get(from..).unwrap_or_default().chars().take(EXCERPT).collect();
    let whole = rest.len() + from == text.len();
    let cut = if whole { rest.as_str() } else { rest.rsplit_once(' ').map_or(rest.as_str(), |(cut, _)| cut) };
    let line = cut.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}{line}{}", if from > 0 { "… " } else { "" }, if whole { "" } else { " …" })
}
