//! An incident as the organisation sees it: everything that helps to learn from it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Named, Prose, Teller, When,
    event::{Day, EventWords, Told, as_told},
    impact::{Extent, ImpactBar, Judged, Mark, Moments},
    public::{Target, definitions},
};
use crate::{
    language::Rounding,
    model::{Action, Cause, Count, Detection, Due, Event, Impact, Presence, Step, Users},
    render::{RenderError, escape},
};

/// What an internal document is made of: the fields of a public one, from the internal texts and names, and more.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct InternalIncident {
    /// Its id.
    id: String,
    /// The zone that its moments are told in.
    zone: String,
    /// Incident, near miss or maintenance.
    kind: Named,
    /// Plain text on one line.
    title: String,
    /// How far the record is.
    status: Named,
    /// The organisation's own label.
    severity: Option<String>,
    /// In a few sentences.
    summary: Option<Prose>,
    /// The organisation apologised in public.
    apology: bool,
    /// When it all happened, and for how long.
    extent: Extent,
    /// What each service went through.
    impacts: Vec<InternalImpact>,
    /// Services that kept working.
    unaffected: Vec<String>,
    /// One sentence on data.
    data: Option<String>,
    /// Statements on data, written for readers.
    data_statements: Vec<Prose>,
    /// What happened, day by day.
    timeline: Vec<Day<InternalEvent>>,
    /// Why it happened.
    causes: Vec<InternalCause>,
    /// What was done, and what it did.
    steps: Vec<InternalStep>,
    /// What will be done.
    actions: Vec<InternalAction>,
    /// What was learnt.
    lessons: Vec<Prose>,
    /// The classes of its services, and their targets.
    definitions: Vec<Target>,
    /// What was said.
    posts: Vec<Post>,
    /// What the record was made from.
    sources: Vec<String>,
    /// Ids of incidents with the same cause.
    same_cause_as: Vec<String>,
}

#[derive(Debug, JsonSchema, Serialize)]
struct InternalImpact {
    /// What readers call it.
    name: String,
    /// Who notices what.
    scope: Option<Prose>,
    /// What was measured, and the verdict.
    judged: Judged,
    /// When.
    moments: Moments,
    /// What stays missing.
    residual: Option<InternalResidual>,
    /// The first signal that reached anyone.
    first_signal: Option<When>,
    /// When someone took it on.
    acknowledged: Option<When>,
    /// When recovery was confirmed.
    verified: Option<When>,
    /// How it was noticed, as clauses.
    detection: Vec<String>,
    /// How many users, as clauses.
    users: Vec<String>,
    /// The event that caused it.
    caused_by: Option<Prose>,
    /// One sentence on personal data.
    personal_data: Option<String>,
}

#[derive(Debug, JsonSchema, Serialize)]
struct InternalResidual {
    /// For readers, Markdown.
    text: Prose,
    /// Until when, in words.
    until: Option<String>,
    /// The role that accepted it.
    accepted_by: Option<String>,
}

#[derive(Debug, JsonSchema, Serialize)]
struct InternalEvent {
    /// The same in words.
    words: EventWords,
    /// The role that did it.
    actor: Option<String>,
    /// Services and what the event did to them.
    effects: Vec<String>,
    /// Whether the public sees it, too.
    public: bool,
}

#[derive(Debug, JsonSchema, Serialize)]
struct InternalStep {
    /// Plain text on one line.
    title: Prose,
    /// What it did.
    outcome: Option<Named>,
    /// How long it took.
    took: Option<String>,
    /// What it cost.
    costs: Option<Prose>,
    /// What makes it dangerous.
    hazard: Option<Prose>,
    /// The command that was run.
    command: Option<String>,
}

#[derive(Debug, JsonSchema, Serialize)]
struct InternalCause {
    /// The part it played.
    role: Option<Named>,
    /// For readers, Markdown.
    text: Prose,
    /// How sure.
    confidence: Option<Named>,
    /// What sort of cause.
    category: Option<Named>,
    /// It was known before the incident.
    known_before: bool,
    /// What was decided when it was known.
    decision: Option<Prose>,
    /// Whether the public sees it, too.
    public: bool,
}

#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct InternalAction {
    /// Its id.
    pub(in crate::render) id: String,
    /// Plain text on one line.
    pub(in crate::render) title: String,
    /// The due date in words.
    pub(in crate::render) due: Option<String>,
    /// How far it is.
    pub(in crate::render) state: Named,
    /// The role that answers for it.
    pub(in crate::render) owner: Option<String>,
    /// How urgent.
    pub(in crate::render) priority: Option<String>,
    /// A remark.
    note: Option<Prose>,
    /// When it counts as done.
    /// When it counts as done.
    done_when: Option<Prose>,
    /// Why it was dropped.
    reason: Option<Prose>,
    /// Its key in the tracker.
    tracker: Option<String>,
    /// Whether the public sees it, too.
    public: bool,
}

#[derive(Debug, JsonSchema, Serialize)]
struct Post {
    /// When.
    at: Option<When>,
    /// How far it is.
    state: Option<Named>,
    /// Where.
    channel: Option<String>,
}

impl InternalIncident {
    /// Takes the whole of the model.
    pub(in crate::render) fn tell(
        teller: &Teller<'_>,
    ) -> Result<(Self, Vec<ImpactBar>, Vec<Mark>), RenderError> {
        let incident = teller.incident;
        let mut impacts = Vec::new();
        let mut bars = Vec::new();
        let mut names = Vec::new();
        for (_, impact, measured) in teller.impacts() {
            let name = teller.internal_name(&impact.service);
            let judged = teller.judged(impact, measured)?;
            bars.push(teller.bar(name.clone(), &judged, measured));
            names.push(name.clone());
            impacts.push(internal_impact(teller, impact, name, judged)?);
        }
        let (mut told, mut marks) = (Vec::new(), Vec::new());
        for event in &incident.timeline {
            marks.push(teller.mark(event)?);
            told.push(Told { event, view: internal_event(teller, event)? });
        }
        let steps = incident.timeline.iter().map(|event| Told { event, view: (event, event.step.as_ref()) });
        let steps: Result<Vec<Option<InternalStep>>, RenderError> = as_told(steps.collect())
            .filter_map(|(event, step)| Some(internal_step(teller, event, step?)))
            .collect();
        let causes: Result<Vec<Option<InternalCause>>, RenderError> =
            incident.causes.iter().map(|cause| internal_cause(teller, cause)).collect();
        let actions: Result<Vec<InternalAction>, RenderError> =
            incident.actions.iter().map(|action| internal_action(teller, action)).collect();
        let mut posts = Vec::new();
        for post in &incident.comms {
            posts.push(Post {
                at: post.at.as_ref().map_or(Ok(None), |at| teller.when(at))?,
                state: post.state.map(|state| teller.name("post", state.word())).transpose()?,
                channel: post.channel.as_deref().map(|channel| escape::one_line(channel).replace('_', " ")),
            });
        }
        let view = Self {
            id: incident.id.clone(),
            zone: teller.zone.name().to_owned(),
            kind: teller.name("kind", incident.kind.word())?,
            title: teller.title(),
            status: teller.name("status", incident.status.word())?,
            severity: incident.severity.as_deref().map(escape::one_line),
            summary: teller.prose(incident.internal_summary.as_ref().or(incident.summary.as_ref())),
            apology: false,
            extent: teller.extent()?,
            unaffected: incident.unaffected.iter().map(|service| teller.internal_name(service)).collect(),
            data: teller.data_sentence()?,
            data_statements: teller.data_statements(),
            timeline: teller.timeline(told, &names)?,
            causes: causes?.into_iter().flatten().collect(),
            steps: steps?.into_iter().flatten().collect(),
            actions: actions?,
            lessons: incident.lessons.iter().filter_map(|lesson| teller.prose(Some(lesson))).collect(),
            definitions: definitions(teller),
            posts,
            sources: incident
                .sources
                .iter()
                .filter_map(|source| source.title.as_deref().or(source.url.as_deref()).map(escape::one_line))
                .collect(),
            same_cause_as: incident.same_cause_as.iter().map(|id| escape::one_line(id)).collect(),
            impacts,
        };
        Ok((view, bars, marks))
    }
}

/// An action with everything about it.
pub(in crate::render) fn internal_action(
    teller: &Teller<'_>,
    action: &Action,
) -> Result<InternalAction, RenderError> {
    let due = action.due.as_ref().map(|due| match due {
        Due::On(date) => teller.language.date(*date),
        Due::Words(words) => escape::one_line(words),
    });
    let tracker =
        action.tracker.as_ref().and_then(|tracker| tracker.key.as_deref().or(tracker.url.as_deref()));
    Ok(InternalAction {
        id: escape::one_line(&action.id),
        title: teller.line(Some(&action.title)).unwrap_or_else(|| escape::one_line(&action.id)),
        due,
        state: teller.name("state", action.status.word())?,
        owner: teller.role(action.owner.as_ref()),
        priority: action.priority.map(|priority| priority.word().to_owned()),
        note: teller.prose(action.note.as_ref()),
        done_when: teller.prose(action.done_when.as_ref()),
        reason: teller.prose(action.withdrawal.as_ref().map(|withdrawal| &withdrawal.reason)),
        tracker: tracker.map(escape::one_line),
        public: action.public_commitment,
    })
}

fn internal_impact(
    teller: &Teller<'_>,
    impact: &Impact,
    name: String,
    judged: Judged,
) -> Result<InternalImpact, RenderError> {
    let when = |point: Option<&crate::time::TimePoint>| point.map_or(Ok(None), |point| teller.when(point));
    let cause = impact.caused_by.as_ref();
    let cause = cause.and_then(|id| teller.incident.timeline.iter().find(|event| event.id == *id));
    let residual = impact.residual.as_ref().and_then(|residual| {
        Some(InternalResidual {
            text: teller.prose(residual.text.as_ref())?,
            until: residual.until.map(|date| teller.language.date(date)),
            accepted_by: teller.role(residual.accepted_by.as_ref()),
        })
    });
    let personal = impact.data.as_ref().and_then(|data| data.personal).map(|personal| match personal {
        Presence::None => "personal-none",
        Presence::Some => "personal-some",
        Presence::Unknown => "personal-unknown",
    });
    Ok(InternalImpact {
        name,
        scope: teller.prose(impact.scope.as_ref()),
        judged,
        moments: teller.moments(impact)?,
        residual,
        first_signal: when(impact.first_signal.as_ref())?,
        acknowledged: when(impact.acknowledged.as_ref())?,
        verified: when(impact.verified.as_ref().and_then(|verified| verified.at.as_ref()))?,
        detection: impact.detection.as_ref().map_or(Ok(Vec::new()), |d| detection(teller, d))?,
        users: impact.users.as_ref().map_or(Ok(Vec::new()), |u| users(teller, u))?,
        caused_by: cause.and_then(|event| teller.prose(event.text.as_ref())),
        personal_data: personal.map(|key| teller.say(key, &[])).transpose()?,
    })
}

fn internal_event(teller: &Teller<'_>, event: &Event) -> Result<InternalEvent, RenderError> {
    let mut effects = Vec::new();
    for (service, effect) in &event.effects {
        let effect = teller.name("effect", effect.word())?;
        effects.push(format!("{}: {}", teller.internal_name(service), effect.name));
    }
    Ok(InternalEvent {
        words: EventWords {
            kind: teller.name("event", event.kind.word())?,
            text: teller.prose(event.text.as_ref()),
            impact: teller.first_impact(&event.impacts),
        },
        actor: teller.role(event.actor.as_ref()),
        effects,
        public: event.visibility == crate::model::Visibility::Public,
    })
}

fn internal_step(
    teller: &Teller<'_>,
    event: &Event,
    step: &Step,
) -> Result<Option<InternalStep>, RenderError> {
    let Some(title) = teller.prose(step.title.as_ref().or(event.text.as_ref())) else { return Ok(None) };
    Ok(Some(InternalStep {
        title,
        outcome: step.outcome.map(|outcome| teller.name("outcome", outcome.word())).transpose()?,
        took: step.took.map(|took| teller.language.span(took.span, Rounding::MINUTE)),
        costs: teller.prose(step.costs.as_ref()),
        hazard: teller.prose(step.hazard.as_ref().and_then(|hazard| hazard.text.as_ref())),
        command: step.command.as_deref().map(escape::one_line),
    }))
}

fn internal_cause(teller: &Teller<'_>, cause: &Cause) -> Result<Option<InternalCause>, RenderError> {
    let Some(text) = teller.prose(cause.text.as_ref().or(cause.public_text.as_ref())) else {
        return Ok(None);
    };
    Ok(Some(InternalCause {
        role: cause.role.map(|role| teller.name("cause", role.word())).transpose()?,
        text,
        confidence: cause.confidence.map(|c| teller.name("confidence", c.word())).transpose()?,
        category: cause.category.map(|c| teller.name("category", c.word())).transpose()?,
        known_before: cause.known_before == Some(true),
        decision: teller.prose(cause.decision.as_ref().and_then(|decision| decision.reason.as_ref())),
        public: cause.public_text.as_ref().is_some_and(|text| !text.is_blank()),
    }))
}

fn detection(teller: &Teller<'_>, detection: &Detection) -> Result<Vec<String>, RenderError> {
    let mut clauses = Vec::new();
    if let Some(source) = detection.source {
        clauses.push(teller.name("noticed-by", source.word())?.name);
    }
    if let Some(monitoring) = detection.monitoring {
        clauses.push(teller.name("monitoring", monitoring.word())?.name);
    }
    if let Some(mode) = detection.failure_mode {
        clauses.push(teller.name("failure", mode.word())?.name);
    }
    Ok(clauses)
}

fn users(teller: &Teller<'_>, users: &Users) -> Result<Vec<String>, RenderError> {
    let language = teller.language;
    let number = |n: u64| language.integer(i64::try_from(n).unwrap_or(i64::MAX));
    let mut clauses = Vec::new();
    match users.count {
        Some(Count::Exact(count)) => {
            clauses.push(teller.say("users-count", &[("number", (&number(count)).into())])?)
        }
        Some(Count::About { about, .. }) => {
            clauses.push(teller.say("users-about", &[("number", (&number(about)).into())])?);
        }
        Some(Count::Many) => clauses.push(teller.say("users-many", &[])?),
        Some(Count::Unknown) => clauses.push(teller.say("users-unknown", &[])?),
        None => {}
    }
    if let Some(percent) = users.percent {
        let percent = language.percent(percent, usize::from(percent.fract() != 0.0));
        clauses.push(teller.say("users-share", &[("percent", (&percent).into())])?);
    }
    Ok(clauses)
}
