//! An incident as anyone may see it: an allow-list, field by field (status-page: *Audiences and redaction*).

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    LeftOut, Named, Prose, Teller,
    event::{Day, EventWords, Told, as_told},
    impact::{Extent, ImpactBar, Judged, Mark, Moments},
    post::PublicPost,
    status::{Listed, Published, StatusKey},
};
use crate::{
    finding::Words,
    model::{Action, Audience, Confidence, Due, Impact, Visibility},
    render::RenderError,
};

/// What a public document is made of. What is not a field here cannot be in it.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct PublicIncident {
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
    /// In a few sentences.
    summary: Option<Prose>,
    /// The organisation apologised in public.
    apology: bool,
    /// When it all happened, and for how long.
    extent: Extent,
    /// What each service went through.
    impacts: Vec<PublicImpact>,
    /// Public names of services that kept working.
    unaffected: Vec<String>,
    /// One sentence on data.
    data: Option<String>,
    /// Statements on data, written for readers.
    data_statements: Vec<Prose>,
    /// What happened, day by day.
    timeline: Vec<Day<PublicEvent>>,
    /// Why it happened.
    causes: Vec<PublicCause>,
    /// What was done, and what it did.
    steps: Vec<PublicStep>,
    /// What will be done.
    actions: Vec<PublicAction>,
    /// What was learnt.
    lessons: Vec<Prose>,
    /// The classes of its services, and their targets.
    definitions: Vec<Target>,
    /// The public names of the services that were hit, each once.
    services: Vec<String>,
    /// What was said in public, newest first.
    posts: Vec<PublicPost>,
    /// The posts that told of the postmortem, newest first.
    postmortems: Vec<PublicPost>,
    /// The incident as status pages keep it.
    published: Published,
}

/// One impact, by its service's public name.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct PublicImpact {
    /// What readers call it.
    name: String,
    /// Who notices what.
    scope: Option<Prose>,
    /// What was measured, and the verdict.
    judged: Judged,
    /// When.
    moments: Moments,
    /// What stays missing.
    residual: Option<PublicResidual>,
    /// How many parts it had, when it stopped and came back.
    parts: usize,
}

/// What stays missing.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct PublicResidual {
    /// For readers, Markdown.
    text: Prose,
    /// Until when, in words.
    until: Option<String>,
}

/// An event marked public.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct PublicEvent {
    /// The same in words.
    words: EventWords,
}

/// A step of a public event: what was done, and what it did.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct PublicStep {
    /// Plain text on one line.
    title: Prose,
    /// What it did.
    outcome: Option<Named>,
}

/// A cause with a text for the public.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct PublicCause {
    /// The part it played.
    role: Option<Named>,
    /// For readers, Markdown.
    text: Prose,
    /// The number of the first impact it has to do with.
    impact: Option<usize>,
    /// How sure, when not confirmed.
    confidence: Option<Named>,
}

/// An action that was promised in public.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct PublicAction {
    /// Plain text on one line.
    pub(in crate::render) title: String,
    /// The due date in words.
    pub(in crate::render) due: Option<String>,
    /// How far it is.
    pub(in crate::render) state: Named,
    /// The number of the first impact it has to do with, itself or through a cause.
    pub(in crate::render) impact: Option<usize>,
}

/// A class that was judged by, and its target.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub(in crate::render) struct Target {
    /// The class's name.
    pub(in crate::render) class: String,
    /// The target, in words.
    pub(in crate::render) target: String,
}

impl PublicIncident {
    /// Takes from the model what anyone may see, and says what readers would miss.
    pub(in crate::render) fn tell(
        teller: &Teller<'_>,
        left_out: &mut Vec<LeftOut>,
    ) -> Result<(Self, Vec<ImpactBar>, Vec<Mark>), RenderError> {
        let incident = teller.incident;
        let mut impacts = Vec::new();
        let mut bars = Vec::new();
        let mut names = Vec::new();
        for (at, impact, measured) in teller.impacts() {
            let name = match teller.public_name(&impact.service) {
                Some(name) => name,
                None => {
                    left_out.push(no_public_name(format!("impacts[{at}].service"), &impact.service));
                    nameless(teller, at)?
                }
            };
            let judged = teller.judged(impact, measured)?;
            bars.push(teller.bar(name.clone(), &judged, measured));
            names.push(name.clone());
            impacts.push(PublicImpact {
                name,
                scope: teller.prose(impact.scope.as_ref()),
                judged,
                moments: teller.moments(impact)?,
                residual: residual(teller, impact),
                parts: impact.segments.len().max(1),
            });
        }
        let mut unaffected = Vec::new();
        for (at, service) in incident.unaffected.iter().enumerate() {
            match teller.public_name(service) {
                Some(name) => unaffected.push(name),
                None => left_out.push(no_public_name(format!("unaffected[{at}]"), service)),
            }
        }
        let public_events =
            || incident.timeline.iter().filter(|event| event.visibility == Visibility::Public);
        let (mut told, mut marks) = (Vec::new(), Vec::new());
        for event in public_events() {
            let words = EventWords {
                kind: teller.name("event", event.kind.word())?,
                text: teller.prose(event.text.as_ref()),
                impact: teller.first_impact(&event.impacts),
            };
            if words.text.is_some() {
                marks.push(teller.mark(event)?);
                told.push(Told { event, view: PublicEvent { words } });
            }
        }
        let mut steps = Vec::new();
        let in_order =
            as_told(public_events().map(|event| Told { event, view: event.step.as_ref() }).collect());
        for step in in_order.flatten() {
            if let Some(title) = teller.prose(step.title.as_ref()) {
                let outcome =
                    step.outcome.map(|outcome| teller.name("outcome", outcome.word())).transpose()?;
                steps.push(PublicStep { title, outcome });
            }
        }
        let mut causes = Vec::new();
        for cause in &incident.causes {
            let Some(text) = teller.prose(cause.public_text.as_ref()) else { continue };
            let doubted = cause.confidence.filter(|confidence| *confidence != Confidence::Confirmed);
            causes.push(PublicCause {
                role: cause.role.map(|role| teller.name("cause", role.word())).transpose()?,
                text,
                impact: teller.first_impact(&cause.impacts),
                confidence: doubted.map(|c| teller.name("confidence", c.word())).transpose()?,
            });
        }
        let actions = public_actions(teller, left_out)?.into_iter().map(|(_, action)| action).collect();
        let posts = teller.posts()?;
        let mut services = names.clone();
        let mut seen = std::collections::HashSet::new();
        services.retain(|name| seen.insert(name.clone()));
        let published = teller.published(&posts);
        let (postmortems, posts) = posts.into_iter().partition(|post| post.state.key == "postmortem");
        let view = Self {
            published,
            posts,
            postmortems,
            services,
            id: incident.id.clone(),
            zone: teller.zone.name().to_owned(),
            kind: teller.name("kind", incident.kind.word())?,
            title: teller.title(),
            status: teller.name("status", incident.status.word())?,
            summary: teller.prose(incident.summary.as_ref()),
            apology: incident.comms.iter().any(|post| post.apology && post.audience == Audience::Public),
            extent: teller.extent()?,
            unaffected,
            data: teller.data_sentence()?,
            data_statements: teller.data_statements(),
            timeline: teller.timeline(told, &names)?,
            causes,
            steps,
            actions,
            lessons: incident.lessons.iter().filter_map(|lesson| teller.prose(Some(lesson))).collect(),
            definitions: definitions(teller),
            impacts,
        };
        Ok((view, bars, marks))
    }
}

impl PublicIncident {
    /// The incident for the list of a status page. Posts of which it is not known when they went out are not in it: a
    /// program would ask when.
    pub(in crate::render) fn listed(&self, incident: tera::Value, key: StatusKey) -> Listed {
        let posts = self.postmortems.iter().chain(&self.posts).filter(|post| post.at.is_some());
        Listed { incident, updates: posts.cloned().collect(), published: self.published.clone(), key }
    }
}

/// The actions promised in public, each with its position in the file.
pub(in crate::render) fn public_actions<'a>(
    teller: &Teller<'a>,
    left_out: &mut Vec<LeftOut>,
) -> Result<Vec<(&'a Action, PublicAction)>, RenderError> {
    let mut told = Vec::new();
    for (at, action) in
        teller.incident.actions.iter().enumerate().filter(|(_, action)| action.public_commitment)
    {
        let Some(title) = teller.line(Some(&action.title)) else { continue };
        if matches!(action.due, Some(Due::Words(_))) {
            left_out.push(LeftOut {
                field: format!("actions[{at}].due"),
                words: Words {
                    en: "the public document shows no due date, because this is not a date: write one"
                        .to_owned(),
                    pt: "o documento público não mostra prazo, porque isto não é uma data: escreva uma"
                        .to_owned(),
                },
            });
        }
        let due = action.due.as_ref().and_then(Due::date).map(|date| teller.language.date(date));
        let state = teller.name("state", action.status.word())?;
        let causes = || teller.incident.causes.iter().filter(|cause| action.addresses.contains(&cause.id));
        let of_causes: Vec<String> = causes().flat_map(|cause| cause.impacts.iter().cloned()).collect();
        let impact = teller.first_impact(&action.addresses).or_else(|| teller.first_impact(&of_causes));
        told.push((action, PublicAction { title, due, state, impact }));
    }
    Ok(told)
}

/// The classes of the impacts and their targets, each once.
pub(in crate::render) fn definitions(teller: &Teller<'_>) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for (_, _, measured) in teller.impacts() {
        if let (Some(class), Some(target)) = (&measured.class, measured.target) {
            let target = Target {
                class: teller.class_name(class),
                target: teller.language.length(target, teller.rounding),
            };
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
    }
    targets
}

/// What stands for a service without a public name.
pub(in crate::render) fn nameless(teller: &Teller<'_>, at: usize) -> Result<String, RenderError> {
    if teller.incident.impacts.len() == 1 {
        teller.say("service-without-name", &[])
    } else {
        teller.say("service-without-name-numbered", &[("number", (at + 1).into())])
    }
}

fn residual(teller: &Teller<'_>, impact: &Impact) -> Option<PublicResidual> {
    let residual = impact.residual.as_ref()?;
    let text = teller.prose(residual.text.as_ref())?;
    Some(PublicResidual { text, until: residual.until.map(|date| teller.language.date(date)) })
}

fn no_public_name(field: String, service: &str) -> LeftOut {
    LeftOut {
        field,
        words: Words {
            en: format!(
                "`{service}` has no `public_name` in `services.yaml`: public documents cannot name it"
            ),
            pt: format!(
                "`{service}` não tem `public_name` em `services.yaml`: documentos públicos não podem citá-lo"
            ),
        },
    }
}
