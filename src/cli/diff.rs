//! `relato diff`: what changed between two states of the workspace, for whoever reads it.

mod told;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

use super::{
    CliError, Console, Exit, Session,
    actions::changes_between,
    session::{self, Coordinates},
    sides::Sides,
    stamps,
};
use crate::{
    archive::{Archive, Reading},
    language::Language,
    locate::{Field, Places, Step},
    measure::{Measured, corrections, has_new_post, is_published},
    model::{Audience, Incident, Localized, Status},
    query::{
        ActionChange,
        moved::{self, Because, Moved, Standing, Worth},
    },
    render::{DocumentInput, Placement, Renderer, Stamp, Syntax},
    review,
    source::ContentId,
    time::Instant,
};

/// Tell what changed for readers between two revisions, and why
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  relato diff origin/main...HEAD --format markdown      a comment for the pull request
  relato diff HEAD                                      what is not committed
  relato diff v1.2.0..v1.3.0
  relato diff main@{2026-03-01}..main@{2026-03-31} --lang pt-BR
  relato diff HEAD~1.. --format json

Figures of both sides are computed as of the same moment, so that what moved was moved by a change of the files.
What became public is told as the lines of the public postmortem that were not there before.")]
pub(super) struct DiffArgs {
    /// A..B; A.. up to HEAD; A...B from where the two parted; A alone up to the work tree
    #[arg(value_name = "RANGE")]
    range: String,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 when anything changed
    #[arg(long)]
    exit_code: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

pub(super) fn run(args: &DiffArgs, session: &Session, console: &Console) -> Result<Exit, CliError> {
    let sides = Sides::open(&args.range, session)?;
    let before = Side::open(&sides.before)?;
    let after = Side::open(&sides.after)?;
    let as_of = sides.after.as_of(&after.archive.settings)?;
    let language = session.language(&after.archive.settings);
    let incidents = changes(&before, &after, as_of)?;
    let actions = changes_between(&sides, console)?;
    let changed = Changed {
        incidents,
        actions,
        from: Coordinates::of(&sides.before)?,
        to: Coordinates::of(&sides.after)?,
        // the catalogue alone may move every verdict, and says nothing of itself
        catalogue: before.archive.catalogue != after.archive.catalogue,
        settings: before.archive.settings != after.archive.settings,
    };
    let text = match args.format {
        Format::Json => format!("{:#}\n", changed.json()),
        Format::Text => changed.text(language),
        Format::Markdown => changed.markdown(language),
    };
    console.answer(text.as_bytes())?;
    Ok(if args.exit_code && !changed.is_empty() { Exit::Found } else { Exit::Done })
}

/// One state of the workspace.
struct Side<'a> {
    archive: Archive<'a>,
    /// When it was so.
    as_of: Instant,
    renderer: Renderer,
    languages: Vec<String>,
    /// By id: position and content.
    incidents: BTreeMap<String, (usize, ContentId)>,
}

impl<'a> Side<'a> {
    fn open(session: &'a Session) -> Result<Self, CliError> {
        let archive = session.archive()?;
        let as_of = session.as_of(&archive.settings)?;
        let languages = stamps::languages(&archive);
        let renderer = Renderer::new(&languages, &stamps::templates(archive.tree())?)?;
        let contents = archive.contents()?;
        let mut incidents = BTreeMap::new();
        for (index, content) in contents.into_iter().enumerate() {
            incidents.entry(archive.id(index).to_owned()).or_insert((index, content));
        }
        Ok(Self { archive, as_of, renderer, languages, incidents })
    }

    fn state(&self, id: &str, as_of: Instant) -> Result<Option<State>, CliError> {
        let Some((index, _)) = self.incidents.get(id) else { return Ok(None) };
        let reading = self.archive.read(*index)?;
        let measured = reading.incident.as_ref().map(|it| session::measured(&self.archive, it, as_of));
        Ok(Some(State { reading, measured }))
    }

    /// The lines of the public postmortem, in each language; none where it cannot be rendered.
    fn public(&self, state: &State, as_of: Instant) -> BTreeMap<String, String> {
        let (Some(incident), Some(measured)) = (&state.reading.incident, &state.measured) else {
            return BTreeMap::new();
        };
        let stamp = Stamp::Content(String::new());
        let render = |language: &String| {
            let input = DocumentInput {
                incident,
                measured,
                settings: &self.archive.settings,
                catalogue: &self.archive.catalogue,
                audience: Audience::Public,
                language,
                placement: Placement::Alone,
                stamp: &stamp,
                as_of,
            };
            let target = self.renderer.target("postmortem").ok()?;
            let kind = target.documents().iter().find(|kind| kind.syntax == Syntax::Markdown)?;
            let document = self.renderer.tell(&input).ok()?.document(target, kind).ok()?;
            let text = String::from_utf8_lossy(&document.bytes).into_owned();
            // what stands before the text repeats it for machines
            let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
            let body = body.map_or(text.as_str(), |(_, body)| body);
            // what stands below names the record, not the incident
            let body = body.rsplit_once("\n---\n").map_or(body, |(body, _)| body);
            Some((language.clone(), body.to_owned()))
        };
        self.languages.iter().filter_map(render).collect()
    }
}

struct State {
    reading: Reading,
    measured: Option<Measured>,
}

/// What changed of the whole workspace.
struct Changed {
    incidents: Vec<IncidentChange>,
    actions: Vec<ActionChange>,
    from: Coordinates,
    to: Coordinates,
    catalogue: bool,
    settings: bool,
}

/// What changed of one incident.
struct IncidentChange {
    id: String,
    title: Localized,
    file: String,
    happened: Happened,
    /// Its status before and after, where it is another.
    status: Option<(Option<Status>, Option<Status>)>,
    figures: Vec<FigureChange>,
    /// By language.
    public: Vec<PublicChange>,
    /// Translations that were not behind their source and are: language, field.
    stale: Vec<(String, String)>,
    /// What was published no longer holds, and no public post is new.
    needs_correction: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Happened {
    Added,
    Removed,
    Changed,
    /// One side cannot be read.
    Unreadable,
}

impl Happened {
    fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A figure that moved, with the fields that moved it as they are written.
struct FigureChange {
    moved: Moved,
    because: Vec<Why>,
}

struct Why {
    field: String,
    before: Option<String>,
    after: Option<String>,
}

struct PublicChange {
    language: String,
    added: Vec<String>,
    removed: Vec<String>,
}

fn changes(before: &Side<'_>, after: &Side<'_>, as_of: Instant) -> Result<Vec<IncidentChange>, CliError> {
    let around = before.archive.settings != after.archive.settings
        || before.archive.catalogue != after.archive.catalogue;
    let ids: BTreeSet<&String> = before.incidents.keys().chain(after.incidents.keys()).collect();
    let content = |side: &Side<'_>, id: &String| side.incidents.get(id).map(|(_, content)| *content);
    let asked: Vec<&String> =
        ids.into_iter().filter(|id| around || content(before, id) != content(after, id)).collect();
    let found = asked.into_par_iter().map(|id| {
        let (old, new) = (before.state(id, as_of)?, after.state(id, as_of)?);
        Ok(change(id, before, old, after, new, as_of))
    });
    let found: Vec<Option<IncidentChange>> = found.collect::<Result<_, CliError>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn change(
    id: &str,
    before: &Side<'_>,
    old: Option<State>,
    after: &Side<'_>,
    new: Option<State>,
    as_of: Instant,
) -> Option<IncidentChange> {
    let incident = |state: &Option<State>| state.as_ref().and_then(|state| state.reading.incident.clone());
    let (was, is) = (incident(&old), incident(&new));
    let happened = match (&old, &new) {
        (Some(_), Some(_)) if was.is_none() || is.is_none() => Happened::Unreadable,
        (None, _) => Happened::Added,
        (_, None) => Happened::Removed,
        _ => Happened::Changed,
    };
    let known = is.as_ref().or(was.as_ref());
    let status = |it: &Option<Incident>| it.as_ref().map(|it| it.status);
    let figures = match (&old, &new) {
        (Some(old), Some(new)) => figures(before, old, after, new),
        _ => Vec::new(),
    };
    let text = |side: &Side<'_>, state: &Option<State>| {
        state.as_ref().map(|state| side.public(state, as_of)).unwrap_or_default()
    };
    let public = public(&text(before, &old), &text(after, &new));
    let stale = stale(before, was.as_ref(), after, is.as_ref());
    let measured = new.as_ref().and_then(|state| state.measured.as_ref());
    let needs_correction = match (&was, &is, measured) {
        (Some(was), Some(is), Some(measured)) => {
            let told = session::measured(&before.archive, was, before.as_of.min(as_of));
            is_published(was)
                && !has_new_post(was, is)
                && !corrections((was, &told), (is, measured)).is_empty()
        }
        _ => false,
    };
    let change = IncidentChange {
        id: id.to_owned(),
        title: known.map(|it| it.title.clone()).unwrap_or_default(),
        file: new.as_ref().or(old.as_ref()).map(|state| state.reading.file.clone()).unwrap_or_default(),
        happened,
        status: (status(&was) != status(&is)).then(|| (status(&was), status(&is))),
        figures,
        public,
        stale,
        needs_correction,
    };
    let says_something = happened != Happened::Changed
        || change.status.is_some()
        || !change.figures.is_empty()
        || !change.public.is_empty()
        || !change.stale.is_empty();
    says_something.then_some(change)
}

fn figures(before: &Side<'_>, old: &State, after: &Side<'_>, new: &State) -> Vec<FigureChange> {
    let standing = |state: &'_ State| state.reading.incident.as_ref().zip(state.measured.as_ref()).is_some();
    if !standing(old) || !standing(new) {
        return Vec::new();
    }
    let (Some(was), Some(old_measured), Some(is), Some(new_measured)) =
        (&old.reading.incident, &old.measured, &new.reading.incident, &new.measured)
    else {
        return Vec::new();
    };
    let moved = moved::moved(
        &Standing { incident: was, measured: old_measured, catalogue: &before.archive.catalogue },
        &Standing { incident: is, measured: new_measured, catalogue: &after.archive.catalogue },
    );
    if moved.is_empty() {
        return Vec::new();
    }
    let old_text = before.archive.text(&old.reading.file).unwrap_or_default();
    let new_text = after.archive.text(&new.reading.file).unwrap_or_default();
    let (old_places, new_places) = (Places::of(&old_text), Places::of(&new_text));
    let mut known: HashMap<String, (Option<String>, Option<String>)> = HashMap::new();
    let why = |because: &Because, known: &mut HashMap<String, (Option<String>, Option<String>)>| match because
    {
        Because::Classes(service) => Why { field: format!("services.{service}"), before: None, after: None },
        Because::Field { name, before, after } => {
            let (before, after) = known
                .entry(name.clone())
                .or_insert_with(|| {
                    (
                        before.as_ref().and_then(|field| written(&old_text, &old_places, field)),
                        after.as_ref().and_then(|field| written(&new_text, &new_places, field)),
                    )
                })
                .clone();
            Why { field: name.clone(), before, after }
        }
    };
    moved
        .into_iter()
        .map(|moved| {
            let because = moved.because.iter().map(|because| why(because, &mut known)).collect();
            FigureChange { moved, because }
        })
        .collect()
}

/// What the author wrote for a field, when it is one scalar or collection on one line that the field itself stands in.
fn written(text: &str, places: &Places<'_>, field: &Field) -> Option<String> {
    const MOST: usize = 80;
    let spot = places.place(field);
    let parent = Field::from(field.steps().split_last()?.1.to_vec());
    // an absent field points at its parent
    if spot == places.place(&parent) || spot.line != spot.end_line {
        return None;
    }
    let line = text.lines().nth(spot.line.checked_sub(1)?)?;
    let part: String = line
        .chars()
        .skip(spot.column.saturating_sub(1))
        .take(spot.end_column.saturating_sub(spot.column))
        .collect();
    let is_key = matches!(field.steps().last(), Some(Step::Key(key)) if *key == part);
    (!is_key && !part.is_empty() && part.chars().count() <= MOST).then_some(part)
}

fn public(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<PublicChange> {
    let languages: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let nothing = String::new();
    let changes = languages.into_iter().map(|language| {
        let old = before.get(language).unwrap_or(&nothing);
        let new = after.get(language).unwrap_or(&nothing);
        let diff = TextDiff::from_lines(old.as_str(), new.as_str());
        let (mut added, mut removed) = (Vec::new(), Vec::new());
        for change in diff.iter_all_changes() {
            let line = change.value().trim();
            match change.tag() {
                ChangeTag::Insert if !line.is_empty() => added.push(line.to_owned()),
                ChangeTag::Delete if !line.is_empty() => removed.push(line.to_owned()),
                _ => {}
            }
        }
        PublicChange { language: language.clone(), added, removed }
    });
    changes.filter(|change| !change.added.is_empty() || !change.removed.is_empty()).collect()
}

fn stale(
    before: &Side<'_>,
    was: Option<&Incident>,
    after: &Side<'_>,
    is: Option<&Incident>,
) -> Vec<(String, String)> {
    let of = |side: &Side<'_>, incident: Option<&Incident>| -> BTreeSet<(String, String)> {
        let Some(incident) = incident else { return BTreeSet::new() };
        let source = review::source_language(incident, &side.archive.settings.org.source_language);
        let stale = review::stale(incident, source).into_iter();
        stale.map(|it| (it.language.to_owned(), it.source.name)).collect()
    };
    let known = of(before, was);
    of(after, is).into_iter().filter(|it| !known.contains(it)).collect()
}

impl Changed {
    fn is_empty(&self) -> bool {
        self.incidents.is_empty() && self.actions.is_empty() && !self.catalogue && !self.settings
    }

    fn json(&self) -> Value {
        json!({
            "version": 1,
            "from": self.from.json(),
            "to": self.to.json(),
            "services_changed": self.catalogue,
            "settings_changed": self.settings,
            "incidents": self.incidents.iter().map(IncidentChange::json).collect::<Vec<_>>(),
            "actions": self.actions.iter().map(super::actions::change_json).collect::<Vec<_>>(),
        })
    }
}

impl IncidentChange {
    fn json(&self) -> Value {
        let title: BTreeMap<&str, &str> = self.title.iter().collect();
        let word = |status: Option<Status>| status.map(Status::word);
        let figures: Vec<Value> = self.figures.iter().map(FigureChange::json).collect();
        let public: Vec<Value> = self
            .public
            .iter()
            .map(|it| json!({"language": it.language, "added": it.added, "removed": it.removed}))
            .collect();
        let stale: Vec<Value> = self
            .stale
            .iter()
            .map(|(language, field)| json!({"language": language, "field": field}))
            .collect();
        json!({
            "id": self.id,
            "title": title,
            "file": self.file,
            "happened": self.happened.word(),
            "status": self.status.map(|(before, after)| json!({"before": word(before), "after": word(after)})),
            "figures": figures,
            "public": public,
            "stale_translations": stale,
            "needs_correction": self.needs_correction,
        })
    }
}

impl FigureChange {
    fn json(&self) -> Value {
        let worth = |worth: &Option<Worth>| match worth {
            None => Value::Null,
            Some(Worth::Span(span)) => json!({"min_seconds": span.min, "max_seconds": span.max}),
            Some(Worth::Verdict(verdict)) => verdict.word().into(),
            Some(Worth::Class(class)) => class.as_str().into(),
        };
        let because: Vec<Value> = self
            .because
            .iter()
            .map(|why| json!({"field": why.field, "before": why.before, "after": why.after}))
            .collect();
        json!({
            "impact": self.moved.impact,
            "figure": self.moved.figure.word(),
            "before": worth(&self.moved.before),
            "after": worth(&self.moved.after),
            "because": because,
        })
    }
}

fn is_portuguese(language: &Language) -> bool {
    language.is_portuguese()
}
