//! `relato runbook --symptom`: past incidents and steps, the most alike first; dangers first of all.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::json;

use super::{super::search, CliError, Format, Work, painted};
use crate::{
    locate::{Field, Places},
    model::{Catalogue, Localized},
    query::{Found, PlaceRow},
    render::Placement,
    report::one_line,
    runbook::{Attempt, Document, Known, Query, Record, Runbook, rank},
};

/// At most so many incidents, and so many steps, are shown.
const MOST: usize = 8;

/// What is less than so much as alike as the first is left out: at night a short list is read, a long one is not.
const LEAST: f64 = 0.25;

/// A step and how alike it is.
struct Step<'a> {
    service: usize,
    known: &'a Known<'a>,
    score: f64,
}

/// An incident and how alike it is.
struct Case<'a> {
    record: &'a Record,
    score: f64,
    /// Where the likeness was found.
    place: Option<PlaceRow>,
    line: usize,
}

impl Work<'_> {
    /// Ranks what is known of some services by how alike it is to a text.
    pub(super) fn symptom(&self, text: &str, services: &[String]) -> Result<(), CliError> {
        let query = Query::of(text);
        if query.is_empty() {
            return Err(CliError::argument(
                ("`--symptom` has no words to look for", "`--symptom` não tem palavras para procurar"),
                (
                    "say what is seen: `--symptom 'queue grows'`",
                    "diga o que se vê: `--symptom 'fila cresce'`",
                ),
            ));
        }
        let runbooks: Vec<Runbook<'_>> =
            services.iter().map(|service| self.shelf.evidence.runbook(service)).collect();
        let cases = self.cases(&query, &runbooks)?;
        let steps = steps(&query, &runbooks, &cases, &self.archive.catalogue);
        match self.args.format {
            Format::Json => self.symptom_json(text, services, &cases, &steps),
            Format::Text | Format::Markdown => self.symptom_text(text, services, &runbooks, &cases, &steps),
        }
    }

    /// The incidents that these runbooks are made from, ranked: those of the services, and those of steps that harmed them.
    fn cases<'r>(&self, query: &Query, runbooks: &[Runbook<'r>]) -> Result<Vec<Case<'r>>, CliError> {
        let mut records: Vec<&Record> =
            runbooks.iter().flat_map(|runbook| &runbook.records).copied().collect();
        records.sort_by(|a, b| (b.day, &b.id, &b.file).cmp(&(a.day, &a.id, &a.file)));
        records.dedup_by(|a, b| std::ptr::eq(*a, *b));
        let catalogue = &self.archive.catalogue;
        let documents: Vec<Document> = records.iter().map(|record| said(query, record, catalogue)).collect();
        let ranked = rank(&documents).into_iter().filter_map(|scored| {
            Some(Case {
                record: records.get(scored.index).copied()?,
                score: scored.score,
                place: None,
                line: 0,
            })
        });
        let mut cases: Vec<Case<'_>> = ranked.collect();
        let best = cases.first().map_or(0.0, |case| case.score);
        cases.retain(|case| case.score >= LEAST * best);
        for case in cases.iter_mut().take(MOST) {
            let found =
                self.archive.find(&case.record.id).ok().map(|index| self.archive.read(index)).transpose()?;
            let incident =
                found.filter(|reading| reading.file == case.record.file).and_then(|it| it.incident);
            let file = &case.record.file;
            let found = incident.and_then(|it| Found::in_incident(query, self.language.tag(), file, &it));
            match found {
                Some(mut found) => {
                    found.row.places.truncate(1);
                    search::place(&mut found.row, self.archive);
                    case.place = found.row.places.pop();
                    case.line = case.place.as_ref().map_or(0, |place| place.line);
                }
                // the catalogue calls its service so
                None => {
                    let text = self.archive.text(file).unwrap_or_default();
                    case.line = Places::of(&text).place(&Field::of("impacts").at(0).key("service")).line;
                }
            }
        }
        Ok(cases)
    }

    fn symptom_json(
        &self,
        text: &str,
        services: &[String],
        cases: &[Case<'_>],
        steps: &[Step<'_>],
    ) -> Result<(), CliError> {
        let score = |score: f64| (score * 1000.0).round() / 1000.0;
        let incidents: Vec<_> = cases
            .iter()
            .take(MOST)
            .map(|case| {
                json!({
                    "id": case.record.id,
                    "title": languages(&case.record.title),
                    "file": case.record.file,
                    "line": case.line,
                    "field": case.place.as_ref().map(|place| &place.field),
                    "language": case.place.as_ref().map(|place| &place.language),
                    "text": case.place.as_ref().map(|place| &place.text),
                    "score": score(case.score),
                })
            })
            .collect();
        let steps: Vec<_> = steps
            .iter()
            .take(MOST)
            .map(|step| {
                json!({
                    "service": services.get(step.service),
                    "key": step.known.key,
                    "placement": step.known.placement.word(),
                    "dangerous": step.known.is_dangerous(),
                    "score": score(step.score),
                })
            })
            .collect();
        let answer = json!({
            "version": 1,
            "as_of": self.as_of_text(),
            "revision": self.session.revision(),
            "symptom": text,
            "incidents": incidents,
            "steps": steps,
        });
        self.console.answer(format!("{answer:#}\n").as_bytes())
    }

    fn symptom_text(
        &self,
        text: &str,
        services: &[String],
        runbooks: &[Runbook<'_>],
        cases: &[Case<'_>],
        steps: &[Step<'_>],
    ) -> Result<(), CliError> {
        let pt = self.language.is_portuguese();
        let say = |en: &'static str, portuguese: &'static str| if pt { portuguese } else { en };
        let tag = self.language.tag().to_owned();
        let renderer = self.renderer(std::slice::from_ref(&tag))?;
        let mut told = Vec::new();
        for runbook in runbooks {
            told.push(self.tell(&renderer, runbook, &tag, Placement::Alone)?);
        }
        let mut out = String::new();
        // of the services that were asked for, or of those that look alike
        let asked = !self.args.service.is_empty();
        for (at, told) in told.iter().enumerate() {
            if asked || steps.iter().take(MOST).any(|step| step.service == at) {
                out += &told.dangers()?;
            }
        }
        let name = |record: &Record| match record.title.nearest(&tag) {
            Some((_, title)) => one_line(title),
            None => record.id.clone(),
        };
        out += &format!(
            "\n{}\n",
            say("Past incidents, the most alike first", "Incidentes passados, os mais parecidos primeiro")
        );
        for case in cases.iter().take(MOST) {
            out += &format!("  {}: {}\n", case.record.id, name(case.record));
            let quoted =
                case.place.as_ref().map_or(String::new(), |place| format!(": {}", one_line(&place.text)));
            out += &format!("    {}:{}{quoted}\n", one_line(&case.record.file), case.line);
        }
        if cases.is_empty() {
            out += &format!("  {} “{}”\n", say("none is like", "nenhum se parece com"), one_line(text));
        }
        out += &format!("\n{}\n", say("Steps, the most alike first", "Passos, os mais parecidos primeiro"));
        let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
        for step in steps {
            let Some(line) = told.get(step.service).and_then(|told| told.step_line(&step.known.key)) else {
                continue;
            };
            let service = services.get(step.service).map_or("", String::as_str);
            let line = format!("  {}: {}\n    {}", line.title, line.tally, line.section);
            match lines.iter().position(|(known, _)| *known == line) {
                Some(at) => lines.get_mut(at).map(|(_, services)| services.push(service)).unwrap_or_default(),
                None if lines.len() < MOST => lines.push((line, vec![service])),
                None => {}
            }
        }
        for (line, services) in lines {
            out += &format!("{line}; {}\n", services.join(", "));
        }
        if steps.is_empty() {
            out += &format!("  {}\n", say("none", "nenhum"));
        }
        self.console.answer(painted(&out, self.console.colour()).as_bytes())
    }
}

/// Steps ranked by what is said of them, and by how alike the incidents are that they were tried in. Dangerous ones stay
/// what they are: a likeness recommends nothing.
fn steps<'a>(
    query: &Query,
    runbooks: &'a [Runbook<'_>],
    cases: &[Case<'_>],
    catalogue: &Catalogue,
) -> Vec<Step<'a>> {
    let all = runbooks.iter().enumerate().flat_map(|(at, runbook)| {
        let steps = runbook.looks.iter().chain(&runbook.steps).chain(&runbook.checks);
        steps.map(move |known| (at, known))
    });
    let all: Vec<(usize, &Known<'_>)> = all.collect();
    let documents: Vec<Document> = all
        .iter()
        .map(|(_, known)| {
            let mut document = Document::default();
            for tried in known.told() {
                attempted(query, &mut document, tried.attempt);
            }
            let of: BTreeSet<&str> =
                known.told().flat_map(|tried| &tried.attempt.services).map(String::as_str).collect();
            of.into_iter().for_each(|service| named(query, &mut document, service, catalogue));
            document
        })
        .collect();
    let own: HashMap<usize, f64> =
        rank(&documents).into_iter().map(|scored| (scored.index, scored.score)).collect();
    let best = cases.first().map_or(1.0, |case| case.score).max(f64::MIN_POSITIVE);
    let of: HashMap<*const Record, f64> =
        cases.iter().map(|case| (std::ptr::from_ref(case.record), case.score / best)).collect();
    let alike = |known: &Known<'_>| {
        let scores = known.told().filter_map(|tried| of.get(&std::ptr::from_ref(tried.record)).copied());
        scores.fold(0.0, f64::max)
    };
    let scored = all.iter().enumerate().map(|(at, (service, known))| Step {
        service: *service,
        known,
        score: own.get(&at).copied().unwrap_or(0.0) + alike(known),
    });
    let mut scored: Vec<Step<'_>> = scored.filter(|step| step.score > 0.0).collect();
    scored.sort_by(|a, b| {
        (b.score.total_cmp(&a.score))
            .then_with(|| a.known.placement.cmp(&b.known.placement))
            .then_with(|| a.known.key.cmp(&b.known.key))
    });
    let best = scored.first().map_or(0.0, |step| step.score);
    scored.retain(|step| step.score >= LEAST * best);
    scored
}

/// What an incident says of how it showed itself, of what was tried, and of what that does.
fn said(query: &Query, record: &Record, catalogue: &Catalogue) -> Document {
    let mut document = Document::default();
    query.read(&mut document, &record.id, 1.0);
    read(query, &mut document, Some(&record.title), 2.0);
    for seen in &record.seen {
        read(query, &mut document, seen.scope.as_ref(), 2.0);
        for text in seen
            .signs
            .iter()
            .chain(&seen.findings)
            .chain(&seen.triggers)
            .chain(&seen.unknown)
            .chain(&seen.confirmed)
        {
            read(query, &mut document, Some(text), 1.0);
        }
    }
    for attempt in &record.attempts {
        attempted(query, &mut document, attempt);
    }
    for service in record.services() {
        named(query, &mut document, service, catalogue);
    }
    document
}

/// What is said of an attempt.
fn attempted(query: &Query, document: &mut Document, attempt: &Attempt) {
    let step = &attempt.step;
    query.read(document, step.key.as_deref().unwrap_or_default(), 1.0);
    read(query, document, step.title.as_ref(), 2.0);
    read(query, document, attempt.text.as_ref(), 1.0);
    read(query, document, step.costs.as_ref(), 1.0);
    read(query, document, step.hazard.as_ref().and_then(|hazard| hazard.text.as_ref()), 1.0);
    query.read(document, step.target.as_deref().unwrap_or_default(), 0.5);
    query.read(document, step.command.as_deref().unwrap_or_default(), 0.5);
}

/// A service by its id and its names. Less than what happened: all incidents of a service share them.
fn named(query: &Query, document: &mut Document, service: &str, catalogue: &Catalogue) {
    query.read(document, service, 0.5);
    if let Some(known) = catalogue.service(service) {
        read(query, document, known.name.as_ref(), 0.5);
        read(query, document, known.public_name.as_ref(), 0.5);
    }
}

fn read(query: &Query, document: &mut Document, text: Option<&Localized>, weight: f64) {
    for (_, text) in text.iter().flat_map(|text| text.iter()) {
        query.read(document, text, weight);
    }
}

fn languages(text: &Localized) -> BTreeMap<&str, &str> {
    text.iter().collect()
}
