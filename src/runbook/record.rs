//! What one incident says for runbooks: what users noticed, and what was tried.

use std::{collections::HashMap, ops::Range};

use crate::{
    measure::{Measured, Verdict},
    model::{
        CauseCategory, CauseRole, Confidence, DetectionSource, Effect, Event, EventType, FailureMode,
        HazardLevel, Incident, Level, Localized, Outcome, Settings, Step,
    },
    time::{Date, Instant, Span, TimePoint, read_date},
};

/// A step that names no impact counts for at most so many services of its incident.
const MOST_SERVICES: usize = 64;
/// At most so many texts of one kind are kept of an impact.
const MOST_TEXTS: usize = 4;

/// What is kept of one incident. Incidents pass by one at a time; these are in memory together.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its file, relative to the workspace.
    pub file: String,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Localized,
    /// The day it is counted on: that of its id, else that of its first known start.
    pub day: Option<Date>,
    /// Still fought or watched: what is told of it is not the last word.
    pub ongoing: bool,
    /// What each impact was, in the order of the file.
    pub seen: Vec<Seen>,
    /// The steps, in the order of the timeline.
    pub attempts: Vec<Attempt>,
}

/// What one service went through.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The impact's id.
    pub impact: String,
    /// The service.
    pub service: String,
    /// What users noticed, in a word.
    pub level: Level,
    /// What users noticed.
    pub scope: Option<Localized>,
    /// The class in force at its start.
    pub class: Option<String>,
    /// The verdict on recovery.
    pub verdict: Verdict,
    /// The time to recover; `None` while it is not over, and where nothing is known.
    pub ttr: Option<Span>,
    /// Who noticed first.
    pub noticed_by: Option<DetectionSource>,
    /// Whether the failure showed itself.
    pub failure_mode: Option<FailureMode>,
    /// The signs by which it was noticed, as events tell them.
    pub signs: Vec<Localized>,
    /// What was found out on the way.
    pub findings: Vec<Localized>,
    /// What set it off.
    pub triggers: Vec<Localized>,
    /// Measurements that confirmed recovery, by name.
    pub signals: Vec<String>,
    /// How recovery was confirmed, as events tell it.
    pub confirmed: Vec<Localized>,
    /// Causes that are not established.
    pub unknown: Vec<Localized>,
    /// It was not over when the record was written.
    pub open: bool,
    /// The position among the attempts of the step that caused it.
    pub caused_by: Option<usize>,
}

/// One step of one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The event's position in the timeline.
    pub index: usize,
    /// The event's id; empty when it has none.
    pub event: String,
    /// The step as recorded.
    pub step: Step,
    /// What happened, as the event tells it.
    pub text: Option<Localized>,
    /// The services it was for: those of the impacts it names, of all impacts when it names none.
    pub services: Vec<String>,
    /// The services it was seen to harm besides.
    pub hurt: Vec<(String, Option<Effect>)>,
    /// How long it took.
    pub took: Option<Span>,
    /// Positions among the attempts of what was done since the last attempt at the same thing; empty for the first.
    pub between: Range<usize>,
}

impl Record {
    /// Of an incident and its measures.
    pub fn of(file: &str, incident: &Incident, measured: &Measured, settings: &Settings) -> Self {
        let zone = incident.zone.unwrap_or(settings.org.zone);
        let first: Option<Instant> =
            measured.impacts.iter().filter_map(|impact| impact.started.earliest).min();
        let attempts = attempts(incident);
        let positions: HashMap<&str, usize> =
            attempts.iter().enumerate().rev().map(|(at, attempt)| (attempt.event.as_str(), at)).collect();
        let ongoing = incident.status.is_ongoing();
        let told = |kinds: &[EventType]| {
            let events = incident.timeline.iter().filter(|event| kinds.contains(&event.kind));
            About::of(events.map(|event| (event.impacts.as_slice(), event.text.as_ref())))
        };
        let signs = told(&[EventType::Signal, EventType::Detection]);
        let findings = told(&[EventType::Finding]);
        let confirmed = told(&[EventType::Verification]);
        let (triggers, set_off) = (told(&[EventType::Trigger]), causes(incident, false));
        let unknown = causes(incident, true);
        let checks = incident.timeline.iter().filter(|event| event.kind == EventType::Verification);
        let signals = About::of(checks.map(|event| (event.impacts.as_slice(), event.signal.as_ref())));
        let seen = incident.impacts.iter().zip(&measured.impacts).map(|(impact, measured)| {
            let caused_by = impact.caused_by.as_deref().filter(|id| !id.is_empty());
            let detection = impact.detection.as_ref();
            let events = triggers.all(&impact.id);
            let own = impact.verified.iter().filter_map(|verified| verified.signal.clone());
            let mut signals: Vec<String> = own.chain(signals.all(&impact.id)).collect();
            distinct(&mut signals);
            Seen {
                impact: impact.id.clone(),
                service: impact.service.clone(),
                level: impact.level,
                scope: impact.scope.clone(),
                class: measured.class.clone(),
                verdict: measured.verdict,
                ttr: measured.ttr.filter(|_| !ongoing),
                noticed_by: detection.and_then(|detection| detection.source),
                failure_mode: detection.and_then(|detection| detection.failure_mode),
                signs: signs.all(&impact.id),
                findings: findings.all(&impact.id),
                // an event tells it as it was seen, a cause as it was understood
                triggers: if events.is_empty() { set_off.all(&impact.id) } else { events },
                signals,
                confirmed: confirmed.all(&impact.id),
                unknown: unknown.named(&impact.id),
                open: ongoing || matches!(impact.recovered, Some(TimePoint::Open)),
                caused_by: caused_by.and_then(|id| positions.get(id).copied()),
            }
        });
        Self {
            file: file.to_owned(),
            id: incident.id.clone(),
            title: incident.title.clone(),
            day: incident.id.get(..10).and_then(read_date).or_else(|| first.map(|at| zone.date(at))),
            ongoing,
            seen: seen.collect(),
            attempts,
        }
    }

    /// The services whose runbooks it has something to say for, each once.
    pub fn services(&self) -> Vec<&str> {
        let seen = self.seen.iter().map(|seen| seen.service.as_str());
        let tried = self.attempts.iter().flat_map(Attempt::touched);
        let mut services: Vec<&str> = seen.chain(tried).collect();
        services.sort_unstable();
        services.dedup();
        services
    }

    /// What evidence of a step is grouped by: its key, else the one attempt itself.
    pub fn key(&self, attempt: &Attempt) -> String {
        match attempt.step.key.as_deref() {
            Some(key) => key.to_owned(),
            None if attempt.event.is_empty() => format!("{}/timeline-{}", self.id, attempt.index),
            None => format!("{}/{}", self.id, attempt.event),
        }
    }
}

impl Attempt {
    /// What it did; an outcome left out is not known.
    pub fn outcome(&self) -> Outcome {
        self.step.outcome.unwrap_or(Outcome::Unknown)
    }

    /// Whether whoever reads of it must be warned first: it made things worse, harmed another service, or is marked
    /// as a danger.
    pub fn is_dangerous(&self) -> bool {
        let marked = self.step.hazard.as_ref().and_then(|hazard| hazard.level) == Some(HazardLevel::Danger);
        self.has_harmed() || marked
    }

    /// Whether it was seen to harm: the service it was for, or another one.
    pub fn has_harmed(&self) -> bool {
        self.outcome() == Outcome::Worse || !self.hurt.is_empty()
    }

    /// The services it harmed or, by what is marked, may harm.
    pub fn endangered(&self) -> impl Iterator<Item = &str> {
        let hurt = self.hurt.iter().map(|(service, _)| service.as_str());
        let marked = self.step.hazard.iter().filter(|hazard| hazard.level == Some(HazardLevel::Danger));
        hurt.chain(marked.flat_map(|hazard| hazard.affects.iter().map(String::as_str)))
    }

    /// The services it was for, and those it endangers.
    fn touched(&self) -> impl Iterator<Item = &str> {
        self.services.iter().map(String::as_str).chain(self.endangered())
    }

    /// Whether a person decided, with a reason, that it stays recommended for all its danger.
    pub fn kept(&self) -> Option<&Localized> {
        self.step.keep_reason.as_ref().filter(|reason| self.step.keep && !reason.is_blank())
    }
}

fn attempts(incident: &Incident) -> Vec<Attempt> {
    let mut by_id: HashMap<&str, &str> = HashMap::new();
    let mut caused_by: HashMap<&str, Vec<&str>> = HashMap::new();
    for impact in &incident.impacts {
        by_id.entry(&impact.id).or_insert(&impact.service);
        if let Some(event) = impact.caused_by.as_deref().filter(|id| !id.is_empty()) {
            caused_by.entry(event).or_default().push(&impact.service);
        }
    }
    let mut all: Vec<&str> = incident.impacts.iter().map(|impact| impact.service.as_str()).collect();
    distinct(&mut all);
    all.truncate(MOST_SERVICES);
    let mut attempts: Vec<Attempt> = Vec::new();
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (index, event) in incident.timeline.iter().enumerate() {
        let Some(step) = &event.step else { continue };
        let mut caused = caused_by.get(event.id.as_str()).cloned().unwrap_or_default();
        distinct(&mut caused);
        let mut services: Vec<&str> = match event.impacts.is_empty() {
            // one that names no impact may have been for any but those it caused
            true => all.clone(),
            false => event.impacts.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect(),
        };
        if services.iter().any(|service| !caused.contains(service)) {
            services.retain(|service| !caused.contains(service));
        }
        distinct(&mut services);
        let bad = event.effects.iter().filter(|(service, effect)| {
            let service = service.as_str();
            *effect != Effect::Up && (!services.contains(&service) || caused.contains(&service))
        });
        let mut hurt: Vec<(String, Option<Effect>)> =
            bad.map(|(service, effect)| (service.clone(), Some(*effect))).collect();
        for service in caused {
            if !hurt.iter().any(|(known, _)| known == service) {
                hurt.push((service.to_owned(), None));
            }
        }
        let here = attempts.len();
        let before = step.key.as_deref().and_then(|key| last.insert(key, here));
        attempts.push(Attempt {
            index,
            event: event.id.clone(),
            step: step.clone(),
            text: event.text.clone(),
            services: services.into_iter().map(str::to_owned).collect(),
            hurt,
            took: took(event, step),
            between: before.map_or(here..here, |before| before + 1..here),
        });
    }
    attempts
}

/// As stated, else from the event's ends.
fn took(event: &Event, step: &Step) -> Option<Span> {
    let stated = step.took.map(|took| took.span());
    let ends = || event.at.as_ref()?.interval().until(&event.until.as_ref()?.interval());
    stated.or_else(ends).filter(|took| !took.is_unknown())
}

/// What is told of single impacts and of all of them: looked up in one step, so that reading a file stays linear.
struct About<'a, T> {
    of: HashMap<&'a str, Vec<&'a T>>,
    of_all: Vec<&'a T>,
}

impl<'a, T: Clone> About<'a, T> {
    /// Of what names impacts, or none, and says something, or nothing.
    fn of(told: impl Iterator<Item = (&'a [String], Option<&'a T>)>) -> Self {
        let (mut of, mut of_all): (HashMap<&str, Vec<&T>>, _) = (HashMap::new(), Vec::new());
        for (impacts, text) in told {
            let Some(text) = text else { continue };
            for impact in impacts {
                of.entry(impact).or_default().push(text);
            }
            if impacts.is_empty() {
                of_all.push(text);
            }
        }
        Self { of, of_all }
    }

    /// The first few that name an impact.
    fn named(&self, impact: &str) -> Vec<T> {
        self.of.get(impact).into_iter().flatten().take(MOST_TEXTS).map(|text| (*text).clone()).collect()
    }

    /// The first few that name an impact or none.
    fn all(&self, impact: &str) -> Vec<T> {
        let named = self.of.get(impact).into_iter().flatten();
        named.chain(&self.of_all).take(MOST_TEXTS).map(|text| (*text).clone()).collect()
    }
}

/// What is told of causes: of triggers, or of those that nobody has established, being of unknown category or held for
/// no more than a hypothesis.
fn causes(incident: &Incident, open: bool) -> About<'_, Localized> {
    let causes = incident.causes.iter().filter(|cause| {
        let unknown = matches!(cause.confidence, Some(Confidence::Unknown | Confidence::Hypothesis))
            || cause.category == Some(CauseCategory::Unknown);
        if open { unknown } else { cause.role == Some(CauseRole::Trigger) }
    });
    About::of(causes.map(|cause| (cause.impacts.as_slice(), cause.text.as_ref())))
}

/// Keeps the first of equal items, in their order. Lists of one incident are short.
fn distinct<T: PartialEq + Clone>(items: &mut Vec<T>) {
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    *items = kept;
}
