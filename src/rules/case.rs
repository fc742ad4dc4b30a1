//! What rules see: plain values, never git, files or places in a text.

use std::collections::HashSet;

use super::{
    Waivers,
    sentence::{english, portuguese},
};
use crate::{
    finding::Words,
    language::{Language, Quantity, Wall},
    leak::Guard,
    ledger::Ledger,
    locate::{Field, Spot},
    measure::{Measured, MeasuredImpact},
    model::{
        Action, ActionType, Catalogue, Cause, Event, Fault, Glossary, Impact, Incident, Links, Settings, Step,
    },
    time::{Date, Instant, TimePoint, Zone},
};

/// What is judged together: the workspace's settings and catalogue, and the incidents at hand.
///
/// Rules about single incidents are run with one incident at a time, so that nothing need be held in memory.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The file of the settings, when they are judged themselves: once in a run, not with every incident.
    pub settings_file: Option<&'a str>,
    /// The service catalogue.
    pub catalogue: &'a Catalogue,
    /// Its file.
    pub catalogue_file: &'a str,
    /// What its services have to do with each other.
    pub links: &'a Links,
    /// The agreed words.
    pub glossary: &'a Glossary,
    /// The moment of asking.
    pub as_of: Instant,
    /// The incidents at hand.
    pub incidents: &'a [Judged<'a>],
    /// What is wrong with the files at hand as they were written.
    pub faults: &'a [Fault],
    /// Knows what must not reach the public.
    pub guard: &'a Guard,
    /// Public documents as they were rendered.
    pub published: &'a [Published<'a>],
    /// What keeps public documents from being rendered.
    pub template_faults: &'a [TemplateFault],
    /// What the history tells of actions and classes, up to the commit that the files at hand go back to; `None` where it
    /// was not asked.
    pub ledger: Option<&'a Ledger>,
    /// What the public was last told of the incident at hand; `None` where it was told nothing, or nothing else.
    pub told: Option<Before<'a>>,
    /// The waivers of all incidents, after every rule has spoken; empty before.
    pub waivers: &'a [Waivers],
}

/// One incident with its measures.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// Its file, relative to the workspace: handed through to findings, never opened.
    pub file: &'a str,
    /// The incident.
    pub incident: &'a Incident,
    /// What was computed for it.
    pub measured: &'a Measured,
}

/// An incident as it was before, measured as of then by the catalogue and the settings of now.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// Its measures.
    pub measured: &'a Measured,
    /// When it was so.
    pub at: Instant,
}

/// A public document, as rendered: handed in as plain text, since rules do not render.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    /// The file of the incident that it tells.
    pub file: &'a str,
    /// Its own path among the documents.
    pub path: &'a str,
    /// What its readers can see and follow, in the lines of the document.
    pub text: &'a str,
    /// What of the incident does not get to them.
    pub shortfalls: &'a [Shortfall],
}

/// Something that a document cannot say, or that does not fit into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// The field of the incident that it comes from; the whole incident where it is not known.
    pub field: Field,
    /// What is wrong.
    pub lack: Lack,
}

/// Why something of an incident does not get to the readers of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The program that the document is for does not take it as it is.
    OverLimit {
        /// The place in the document, as `/requests/0/body/incident/name`.
        place: String,
        /// Characters of a text, items of a list.
        length: usize,
        /// The most that is taken there.
        most: usize,
    },
    /// The form has no words for it. What, whatever language the document is in.
    Unsaid(Words),
}

/// A place of a template that the public view has no field for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TemplateFault {
    /// The template, relative to the workspace.
    pub file: String,
    /// Where in it.
    pub spot: Spot,
    /// The field it names, as far as it can be told: `incident.severity`.
    pub field: String,
}

impl Case<'_> {
    /// The file of the catalogue, when there is one and it is judged itself: once in a run, not with every incident.
    pub(super) fn judged_catalogue(&self) -> Option<&str> {
        (self.settings_file.is_some() && self.catalogue.present).then_some(self.catalogue_file)
    }

    /// The day of asking, where the organisation is.
    pub(super) fn today(&self) -> Date {
        self.settings.org.zone.date(self.as_of)
    }

    /// What a class is called.
    pub(super) fn class_name(&self, key: &str) -> Words {
        let name = |language: &Language| {
            let name = self.settings.class(key).and_then(|class| class.name.get(language.tag()));
            name.unwrap_or(key).to_owned()
        };
        Words { en: name(english()), pt: name(portuguese()) }
    }

    /// Whether something in this field is not right as written: what follows from it alone need not be told as well.
    pub fn is_faulty(&self, judged: &Judged<'_>, field: &Field) -> bool {
        let below =
            |fault: &Fault| fault.file == judged.file && fault.field.steps().starts_with(field.steps());
        self.faults.iter().any(below)
    }
}

impl<'a> Judged<'a> {
    /// Each impact with its measures and its field.
    pub fn impacts(&self) -> impl Iterator<Item = (Field, &'a Impact, &'a MeasuredImpact)> {
        let impacts = Field::of("impacts");
        self.incident
            .impacts
            .iter()
            .zip(&self.measured.impacts)
            .enumerate()
            .map(move |(i, (impact, measured))| (impacts.at(i), impact, measured))
    }

    /// The zone that the incident's days and clocks are shown in: its own, else the organisation's.
    pub fn zone(&self, case: &Case<'_>) -> Zone {
        self.incident.zone.unwrap_or(case.settings.org.zone)
    }

    /// A moment in words, in the incident's zone.
    pub fn tell(&self, case: &Case<'_>, point: &TimePoint) -> Quantity {
        let zone = self.zone(case);
        let wall = |at: Instant| Wall::shown(at, &zone);
        let interval = point.interval();
        match interval.exactly() {
            Some(at) => Quantity::Moment(wall(at)),
            None => Quantity::Interval {
                not_before: interval.earliest.map(wall),
                not_after: interval.latest.map(wall),
            },
        }
    }

    /// The steps of the timeline that are `wanted` and lack what `has` looks for, each with its field. Of steps with the
    /// same key one is enough: to have it, and to be told.
    pub(super) fn steps_lacking(
        &self,
        wanted: impl Fn(&Step) -> bool,
        has: impl Fn(&Step) -> bool,
    ) -> Vec<(Field, &'a Event)> {
        let timeline = &self.incident.timeline;
        let steps =
            || timeline.iter().enumerate().filter_map(|(i, event)| Some((i, event, event.step.as_ref()?)));
        let mut done: HashSet<&str> =
            steps().filter(|(.., step)| has(step)).filter_map(|(.., step)| step.key.as_deref()).collect();
        let lacking = steps().filter(|(.., step)| {
            wanted(step) && !has(step) && step.key.as_deref().is_none_or(|key| done.insert(key))
        });
        lacking.map(|(i, event, _)| (Field::of("timeline").at(i), event)).collect()
    }

    /// What the actions of these types are for. What was dropped is for nothing.
    pub(super) fn addressed(&self, types: &[ActionType]) -> Addressed<'a> {
        self.addressed_by(|action| action.kind.is_some_and(|kind| types.contains(&kind)))
    }

    /// What the actions that `wanted` picks are for. What was dropped is for nothing.
    pub(super) fn addressed_by(&self, wanted: impl Fn(&Action) -> bool) -> Addressed<'a> {
        let actions = self.incident.actions.iter();
        let wanted = actions.filter(|action| !action.status.is_withdrawn() && wanted(action));
        let named: HashSet<&str> =
            wanted.flat_map(|action| action.addresses.iter().map(String::as_str)).collect();
        let causes = self.incident.causes.iter().filter(|cause| named.contains(cause.id.as_str()));
        let explained = causes.flat_map(|cause| cause.impacts.iter().map(String::as_str)).collect();
        Addressed { named, explained }
    }
}

/// What some actions are for. Made once for an incident, so that a rule stays linear in the size of its file.
#[derive(Debug)]
pub(super) struct Addressed<'a> {
    named: HashSet<&'a str>,
    explained: HashSet<&'a str>,
}

impl Addressed<'_> {
    /// Whether an action names this impact or cause.
    pub(super) fn names(&self, id: &str) -> bool {
        self.named.contains(id)
    }

    /// Whether an action names this impact, or a cause of it.
    pub(super) fn reaches(&self, impact: &str) -> bool {
        self.names(impact) || self.explained.contains(impact)
    }

    /// Whether an action names this cause, or an impact of it.
    pub(super) fn serves(&self, cause: &Cause) -> bool {
        self.names(&cause.id) || cause.impacts.iter().any(|impact| self.names(impact))
    }
}

/// Names in a row, each in backticks and with its remark in English and in Portuguese: the first few, and how many more
/// there are.
pub(super) fn remarked<'a>(items: impl IntoIterator<Item = (&'a str, Words)>) -> Quantity {
    const FEW: usize = 4;
    let items: Vec<(&str, Words)> = items.into_iter().collect();
    let row = |language: &Language| {
        let told = items.iter().take(FEW).map(|(name, remark)| match remark.tell(language) {
            "" => format!("`{name}`"),
            remark => format!("`{name}` ({remark})"),
        });
        let mut told: Vec<String> = told.collect();
        match items.len().saturating_sub(FEW) {
            0 => {}
            more if language.is_portuguese() => told.push(format!("mais {more}")),
            more => told.push(format!("{more} more")),
        }
        language.list(&told)
    };
    Quantity::named(row(english()), row(portuguese()))
}

/// Names in a row, each in backticks.
pub(super) fn several<'a>(names: impl IntoIterator<Item = &'a str>) -> Quantity {
    remarked(names.into_iter().map(|name| (name, Words::default())))
}

/// What a sentence calls a thing: its id, or its place while it has none.
pub(super) fn called(id: &str, field: &Field) -> String {
    if id.is_empty() { field.to_string() } else { id.to_owned() }
}
