//! A runbook as a template sees it: dangers first, each step told by how often it did what, and what is not known.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Named, Prose, bare, line, prose};
use crate::{
    language::{Language, Phrases, Rounding, Value},
    measure::{Proportion, Spread},
    model::{Catalogue, Class, Gender, HazardLevel, Links, Localized, Outcome, Service, Settings, Step},
    render::{RenderError, StepLine, escape, markdown},
    runbook::{Attempt, Gap, Known, Placement, Record, Runbook, Seen, Tried, gaps},
    time::{Date, Span},
};

/// At most so many incidents are told in full, and so many attempts at one step; the evidence lists all of them.
const MOST_TOLD: usize = 5;
/// At most so many things done between two attempts are named.
const MOST_BETWEEN: usize = 8;
/// How many characters a title may have.
const TITLE: usize = 200;
/// How many links of hard dependencies are followed.
const MOST_LINKS: usize = 10_000;

/// Tells what is known of a service in one language. Internal: it names what the organisation calls things.
pub(in crate::render) struct Speaker<'a> {
    pub(in crate::render) language: &'static Language,
    pub(in crate::render) phrases: &'a Phrases,
    pub(in crate::render) settings: &'a Settings,
    pub(in crate::render) catalogue: &'a Catalogue,
    pub(in crate::render) links: &'a Links,
    /// The day on which classes are asked for.
    pub(in crate::render) today: Date,
    /// The way from the page to an incident.
    pub(in crate::render) href: &'a dyn Fn(&Record) -> String,
}

/// What is known of one service.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct RunbookPage {
    /// The service's id.
    pub(in crate::render) id: String,
    /// What the organisation calls it.
    pub(in crate::render) name: String,
    title: String,
    /// Its class and target, told.
    class: Option<String>,
    /// The class's key, for styles and tags.
    class_key: Option<String>,
    owner: Option<String>,
    alerts: Option<String>,
    generated: String,
    reviewed: String,
    dangers: Vec<DangerView>,
    first: Vec<String>,
    escalation: Vec<String>,
    /// What the team wrote, in the page's language.
    own: Vec<Prose>,
    own_file: String,
    seen: Vec<PastView>,
    seen_earlier: Option<String>,
    look_title: String,
    look: Vec<String>,
    looks: Vec<StepView>,
    sections: Vec<Section>,
    order_note: bool,
    verify_title: String,
    checks: Vec<StepView>,
    verify: Vec<String>,
    confirmed: Vec<Quoted>,
    posts: Vec<PostView>,
    unknown: Vec<GapView>,
    evidence: Vec<Link>,
    has_commands: bool,
}

/// A row of the list of runbooks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunbookIndexRow {
    /// What the organisation calls the service.
    pub name: String,
    /// The way to its runbook.
    pub href: String,
    /// Its class and target.
    pub class: Option<String>,
    /// How many incidents it is made from.
    pub incidents: usize,
    /// How many dangers it warns of.
    pub dangers: usize,
    /// The step that comes first, when one is known to work.
    pub first: Option<String>,
    /// Its alerts, each with the way to its page.
    pub alerts: Vec<(String, String)>,
}

/// Steps that belong together.
#[derive(Clone, Debug, Serialize)]
struct Section {
    key: &'static str,
    title: String,
    steps: Vec<StepView>,
}

#[derive(Clone, Debug, Serialize)]
struct DangerView {
    title: String,
    /// What it does, as marked.
    text: Option<Prose>,
    /// Whom it harmed, when, and what is missing.
    facts: Vec<String>,
    /// For whom it is done, when that is another service than this one.
    foreign: Option<String>,
    /// How to undo it.
    undo: Option<Prose>,
    kept: Option<Prose>,
    anchor: String,
}

#[derive(Clone, Debug, Serialize)]
struct StepView {
    anchor: String,
    key: String,
    title: String,
    tally: String,
    facts: Vec<String>,
    outcome: &'static str,
    target: Option<String>,
    preconditions: Vec<Prose>,
    caution: Option<Prose>,
    danger: Option<Prose>,
    kept: Option<Prose>,
    command: Option<CommandView>,
    expected: Option<String>,
    sign: Option<Prose>,
    verify: Option<VerifyView>,
    otherwise: Option<String>,
    rollback: Option<Prose>,
    irreversible: Option<String>,
    costs: Vec<Prose>,
    attempts: Vec<AttemptView>,
    attempts_earlier: Option<String>,
}

/// A command, ready to be fenced.
#[derive(Clone, Debug, Serialize)]
struct CommandView {
    text: String,
    /// More backticks than the command has in a row.
    fence: String,
    /// The language and the attributes that Runme reads.
    info: String,
}

#[derive(Clone, Debug, Serialize)]
struct VerifyView {
    signal: Option<String>,
    expect: Option<Prose>,
    within: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
struct AttemptView {
    /// `None` when it is that of the attempt told before.
    incident: Option<Link>,
    number: Option<String>,
    outcome: Named,
    after: Option<String>,
    expected: Option<String>,
    whom: Option<String>,
    text: Option<Prose>,
    preconditions: Vec<Prose>,
    between: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Link {
    day: Option<String>,
    title: String,
    href: String,
}

#[derive(Clone, Debug, Serialize)]
struct PastView {
    incident: Link,
    scope: Option<Prose>,
    facts: Vec<String>,
    triggers: Vec<Prose>,
    signs: Vec<Prose>,
    findings: Vec<Prose>,
}

#[derive(Clone, Debug, Serialize)]
struct Quoted {
    incident: Link,
    text: Prose,
}

#[derive(Clone, Debug, Serialize)]
struct PostView {
    label: String,
    text: String,
}

#[derive(Clone, Debug, Serialize)]
struct GapView {
    text: String,
    quoted: Option<Prose>,
    rule: Option<&'static str>,
}

impl RunbookPage {
    /// Tells a runbook. `own` is what the team wrote, `own_file` where.
    pub(in crate::render) fn tell(
        it: &Speaker<'_>,
        runbook: &Runbook<'_>,
        own: Vec<(String, String)>,
        own_file: &str,
    ) -> Result<Self, RenderError> {
        let service = it.catalogue.service(&runbook.service);
        let class = it.class(runbook);
        let name = it.service_name(&runbook.service);
        let dangers = it.dangers(runbook)?;
        let seen = runbook.past.iter().take(MOST_TOLD).map(|past| it.past(past.record, &past.seen));
        let earlier = runbook.past.len().saturating_sub(MOST_TOLD);
        let sections = it.sections(runbook)?;
        let recommended = ["do-first", "may-help"];
        Ok(Self {
            id: escape::one_line(&runbook.service),
            title: it.say("title", &[("service", (&name).into())])?,
            name,
            class: class.map(|class| it.class_target(class)).transpose()?,
            class_key: class.map(|class| escape::one_line(&class.key)),
            owner: it.owner(service)?,
            alerts: it.alerts(service)?,
            generated: it.say("generated", &[("incidents", runbook.records.len().into())])?,
            reviewed: it.reviewed(service)?,
            first: it.first(class, dangers.len())?,
            dangers,
            escalation: it.escalation(service)?,
            own: own.into_iter().filter_map(|(tag, text)| it.own(tag, text)).collect(),
            own_file: own_file.to_owned(),
            seen: seen.collect::<Result<_, _>>()?,
            seen_earlier: some(earlier, |count| it.say("seen-earlier", &[("count", count.into())]))?,
            look_title: it.say("heading-look", &[])?,
            verify_title: it.say("heading-verify", &[])?,
            look: it.stands_on(&runbook.service, service)?,
            looks: it.steps(&runbook.looks)?,
            order_note: sections.iter().any(|it| recommended.contains(&it.key) && it.steps.len() > 1),
            sections,
            checks: it.steps(&runbook.checks)?,
            verify: it.verify(runbook)?,
            confirmed: it.confirmed(runbook),
            posts: it.posts(service, &runbook.service)?,
            unknown: gaps(runbook).iter().map(|gap| it.gap(gap)).collect::<Result<_, _>>()?,
            has_commands: runbook.has_commands(),
            evidence: runbook.records.iter().map(|record| it.link(record)).collect(),
        })
    }

    /// A step in one line, by its key.
    pub(in crate::render) fn step_line(&self, key: &str) -> Option<StepLine> {
        let sections = self.sections.iter().map(|section| (&section.title, &section.steps));
        let all = sections.chain([(&self.look_title, &self.looks), (&self.verify_title, &self.checks)]);
        let mut all = all.flat_map(|(title, steps)| steps.iter().map(move |step| (title, step)));
        all.find(|(_, step)| step.key == key).map(|(section, step)| StepLine {
            title: step.title.clone(),
            tally: step.tally.clone(),
            section: section.clone(),
        })
    }
}

impl Speaker<'_> {
    /// The row of a runbook in the list of all of them.
    pub(in crate::render) fn index_row(
        &self,
        runbook: &Runbook<'_>,
        href: String,
        alerts: Vec<(String, String)>,
    ) -> Result<RunbookIndexRow, RenderError> {
        let first = runbook.steps.iter().find(|known| known.placement == Placement::DoFirst);
        Ok(RunbookIndexRow {
            name: self.service_name(&runbook.service),
            href,
            class: self.class(runbook).map(|class| self.class_target(class)).transpose()?,
            incidents: runbook.records.len(),
            dangers: runbook.dangers.len(),
            first: first.map(|known| self.step_title(known)),
            alerts,
        })
    }

    fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> Result<String, RenderError> {
        Ok(self.phrases.tell(key, values)?.into_owned())
    }

    fn prose(&self, text: Option<&Localized>) -> Option<Prose> {
        prose(self.language, text?)
    }

    /// What the team wrote, in a language; not in the page's own it says so.
    fn own(&self, tag: String, text: String) -> Option<Prose> {
        prose(self.language, &Localized::new(vec![(tag, text)]))
    }

    /// What the organisation calls a service; its id when it has no name.
    pub(in crate::render) fn service_name(&self, id: &str) -> String {
        let service = self.catalogue.service(id);
        let name = service.and_then(|it| it.name.as_ref().or(it.public_name.as_ref()));
        name.and_then(|name| line(self.language, name)).unwrap_or_else(|| escape::one_line(id))
    }

    /// The same with its class, which is what makes a harm grave.
    fn classed(&self, id: &str) -> Result<String, RenderError> {
        let name = self.service_name(id);
        let class = self.catalogue.service(id).and_then(|service| service.class_on(self.today));
        match class {
            None => Ok(name),
            Some(class) => {
                let class = self.class_name(class);
                self.say("critical-service", &[("service", (&name).into()), ("class", (&class).into())])
            }
        }
    }

    fn classed_list(&self, ids: &[&str]) -> Result<String, RenderError> {
        let names: Vec<String> = ids.iter().map(|id| self.classed(id)).collect::<Result<_, _>>()?;
        Ok(self.language.list(&names))
    }

    fn names(&self, ids: &[&str]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.service_name(id)).collect();
        self.language.list(&names)
    }

    fn class_name(&self, key: &str) -> String {
        let named = self.settings.class(key).and_then(|class| line(self.language, &class.name));
        named.unwrap_or_else(|| escape::one_line(key))
    }

    /// The class in force; without a catalogue that of the newest incident.
    fn class(&self, runbook: &Runbook<'_>) -> Option<&Class> {
        let service = self.catalogue.service(&runbook.service);
        let recorded =
            || runbook.past.iter().flat_map(|past| &past.seen).find_map(|seen| seen.class.as_deref());
        self.settings.class(service.and_then(|service| service.class_on(self.today)).or_else(recorded)?)
    }

    fn class_target(&self, class: &Class) -> Result<String, RenderError> {
        let name = self.class_name(&class.key);
        let target = self.seconds(class.target_seconds());
        self.say("class-target", &[("class", (&name).into()), ("target", (&target).into())])
    }

    fn seconds(&self, seconds: i64) -> String {
        self.language.length(seconds, Rounding::SECOND)
    }

    fn length(&self, length: Option<&crate::time::Length>) -> Option<String> {
        Some(self.seconds(length?.seconds()?))
    }

    fn rounding(&self) -> Rounding {
        Rounding::seconds(self.settings.policy.rounding.seconds().unwrap_or(60))
    }

    fn owner(&self, service: Option<&Service>) -> Result<Option<String>, RenderError> {
        let Some(owner) = service.and_then(|service| service.owner.as_deref()) else { return Ok(None) };
        let team = self.catalogue.team(owner).and_then(|team| line(self.language, team.name.as_ref()?));
        let team = team.unwrap_or_else(|| bare(owner));
        self.say("owner", &[("team", (&team).into())]).map(Some)
    }

    fn alerts(&self, service: Option<&Service>) -> Result<Option<String>, RenderError> {
        let alerts: Vec<String> =
            service.iter().flat_map(|it| &it.alerts).map(|alert| escape::one_line(&alert.0)).collect();
        if alerts.is_empty() {
            return Ok(None);
        }
        self.say("alerts", &[("alerts", (&alerts.join(", ")).into())]).map(Some)
    }

    fn reviewed(&self, service: Option<&Service>) -> Result<String, RenderError> {
        let review = service.and_then(|service| service.runbook.as_ref());
        let Some(date) = review.and_then(|review| review.last_reviewed) else {
            return self.say("reviewed-never", &[]);
        };
        let date = self.language.date(date);
        match review.and_then(|review| review.by.as_deref()) {
            None => self.say("reviewed-on", &[("date", (&date).into())]),
            Some(by) => self.say("reviewed-by", &[("date", (&date).into()), ("role", (&bare(by)).into())]),
        }
    }

    fn first(&self, class: Option<&Class>, dangers: usize) -> Result<Vec<String>, RenderError> {
        let mut first = vec![self.say("first-take", &[])?];
        if dangers > 0 {
            first.push(self.say("first-read-dangers", &[("dangers", dangers.into())])?);
        }
        let Some(class) = class else { return Ok(first) };
        let (name, target) = (self.class_name(&class.key), self.seconds(class.target_seconds()));
        first.push(self.say("first-target", &[("class", (&name).into()), ("target", (&target).into())])?);
        match (self.length(class.first_post_within.as_ref()), self.length(class.update_every.as_ref())) {
            (Some(post), Some(every)) => {
                let values = [("first", (&post).into()), ("every", (&every).into())];
                first.push(self.say("first-post-then", &values)?);
            }
            (Some(post), None) => first.push(self.say("first-post", &[("first", (&post).into())])?),
            (None, _) => {}
        }
        Ok(first)
    }

    fn escalation(&self, service: Option<&Service>) -> Result<Vec<String>, RenderError> {
        let mut told = Vec::new();
        for escalation in service.iter().flat_map(|service| &service.escalation) {
            let Some(role) = escalation.to.as_deref().map(bare) else { continue };
            told.push(match self.length(escalation.after.as_ref()) {
                Some(length) => {
                    self.say("escalate", &[("length", (&length).into()), ("role", (&role).into())])?
                }
                None => self.say("escalate-at-once", &[("role", (&role).into())])?,
            });
        }
        if told.is_empty() {
            told.push(self.say("escalate-none", &[])?);
        }
        Ok(told)
    }

    fn link(&self, record: &Record) -> Link {
        let title = line(self.language, &record.title).unwrap_or_else(|| escape::one_line(&record.id));
        let day = record.day.map(|day| self.language.short_date(day));
        Link { day, title, href: (self.href)(record) }
    }

    fn dangers(&self, runbook: &Runbook<'_>) -> Result<Vec<DangerView>, RenderError> {
        runbook.dangers.iter().map(|known| self.danger(known)).collect()
    }

    fn danger(&self, known: &Known<'_>) -> Result<DangerView, RenderError> {
        let title = self.step_title(known);
        let mut facts = Vec::new();
        if !known.attempts.is_empty() {
            facts.push(sentence(&self.tally(known)?));
        }
        facts.extend(self.harms(known)?);
        if !known.is_marked() {
            facts.push(self.say("danger-mark-missing", &[])?);
        }
        let foreign = match known.attempts.is_empty() {
            false => None,
            true => {
                let mut services: Vec<&str> = Vec::new();
                for service in known.harms.iter().flat_map(|harm| &harm.tried.attempt.services) {
                    if !services.contains(&service.as_str()) {
                        services.push(service);
                    }
                }
                Some(self.say("danger-foreign", &[("services", (&self.names(&services)).into())])?)
            }
        };
        Ok(DangerView {
            title: self.say("danger-title", &[("title", (&title).into())])?,
            text: self.hazard(known),
            facts,
            foreign,
            undo: self.prose(known.latest(rollback)),
            kept: self.prose(known.kept),
            anchor: anchor(&known.key),
        })
    }

    /// Whom a step harmed, in which incidents, and whom it may harm.
    fn harms(&self, known: &Known<'_>) -> Result<Vec<String>, RenderError> {
        let mut facts = Vec::new();
        let ids = |wanted: &dyn Fn(&Attempt) -> bool| {
            let harms = known.harms.iter().rev().filter(|harm| wanted(harm.tried.attempt));
            let mut ids: Vec<String> = harms.map(|harm| escape::one_line(&harm.tried.record.id)).collect();
            ids.dedup();
            if ids.len() > MOST_TOLD {
                ids.truncate(MOST_TOLD);
                ids.push("…".to_owned());
            }
            ids.join(", ")
        };
        let of = |get: &dyn Fn(&Attempt) -> Vec<String>| {
            let all = known.harms.iter().rev().flat_map(|harm| get(harm.tried.attempt));
            let mut services: Vec<String> = Vec::new();
            for service in all {
                if !services.contains(&service) {
                    services.push(service);
                }
            }
            services
        };
        let harmed = of(&|attempt| attempt.hurt.iter().map(|(service, _)| service.clone()).collect());
        let worse = |attempt: &Attempt| attempt.outcome() == Outcome::Worse && attempt.hurt.is_empty();
        let worsened = of(&|attempt| if worse(attempt) { attempt.services.clone() } else { Vec::new() });
        let mut tell = |key: &str, services: &[String], incidents: String| -> Result<(), RenderError> {
            if !services.is_empty() {
                let services: Vec<&str> = services.iter().map(String::as_str).collect();
                let services = self.classed_list(&services)?;
                let values = [("services", (&services).into()), ("incidents", (&incidents).into())];
                facts.push(self.say(key, if key == "danger-may-harm" { &values[..1] } else { &values })?);
            }
            Ok(())
        };
        tell("danger-harmed", &harmed, ids(&|attempt| !attempt.hurt.is_empty()))?;
        tell("danger-worse", &worsened, ids(&worse))?;
        let endangered = known.endangered();
        let may: Vec<String> = endangered
            .iter()
            .filter(|it| !harmed.iter().any(|known| known == *it))
            .map(|it| (*it).to_owned())
            .collect();
        tell("danger-may-harm", &may, String::new())?;
        if facts.is_empty() {
            facts.push(self.say("danger-marked", &[])?);
        }
        Ok(facts)
    }

    /// What is marked, by the gravest mark and among these the latest.
    fn hazard(&self, known: &Known<'_>) -> Option<Prose> {
        let level = known.hazard_level();
        let text = |attempt: &'_ Attempt| {
            let hazard = attempt.step.hazard.as_ref().filter(|hazard| hazard.level == level)?;
            prose(self.language, hazard.text.as_ref()?)
        };
        known.told().find_map(|tried| text(tried.attempt))
    }

    fn step_title(&self, known: &Known<'_>) -> String {
        known
            .told()
            .find_map(|tried| self.attempt_title(tried.attempt))
            .unwrap_or_else(|| escape::one_line(&known.key))
    }

    fn attempt_title(&self, attempt: &Attempt) -> Option<String> {
        let (_, title) = attempt.step.title.as_ref()?.nearest(self.language.tag())?;
        Some(markdown::to_line(title, TITLE)).filter(|title| !title.is_empty())
    }

    /// How often it did what.
    fn tally(&self, known: &Known<'_>) -> Result<String, RenderError> {
        let tally = known.tally;
        let parts = [
            ("tally-worse", tally.worse),
            ("tally-worked", tally.worked),
            ("tally-partly", tally.partly),
            ("tally-failed", tally.failed),
            ("tally-no-effect", tally.no_effect),
            ("tally-unknown", tally.unknown),
        ];
        let mut told = Vec::new();
        for (key, count) in parts {
            if count > 0 {
                let values = [("count", count.into()), ("attempts", tally.attempts.into())];
                told.push(self.say(key, &values)?);
            }
        }
        Ok(told.join("; "))
    }

    fn sections(&self, runbook: &Runbook<'_>) -> Result<Vec<Section>, RenderError> {
        let places = [
            (Placement::DoFirst, "do-first"),
            (Placement::MayHelp, "may-help"),
            (Placement::NotRecorded, "not-recorded"),
            (Placement::WithoutEffect, "without-effect"),
        ];
        let mut sections = Vec::new();
        for (placement, key) in places {
            let steps = runbook.steps.iter().filter(|known| known.placement == placement);
            let steps: Vec<StepView> = steps.map(|known| self.step(known)).collect::<Result<_, _>>()?;
            if !steps.is_empty() {
                sections.push(Section { key, title: self.say(&format!("heading-{key}"), &[])?, steps });
            }
        }
        // kept ones stand where they belong
        let dangers =
            runbook.dangers.iter().filter(|known| known.kept.is_none() || known.attempts.is_empty());
        let steps: Vec<StepView> = dangers.map(|known| self.step(known)).collect::<Result<_, _>>()?;
        if !steps.is_empty() {
            sections.push(Section { key: "danger", title: self.say("heading-danger", &[])?, steps });
        }
        Ok(sections)
    }

    fn steps(&self, steps: &[Known<'_>]) -> Result<Vec<StepView>, RenderError> {
        steps.iter().map(|known| self.step(known)).collect()
    }

    fn step(&self, known: &Known<'_>) -> Result<StepView, RenderError> {
        let tally = known.tally;
        let outcome = [
            (tally.worse, "worse"),
            (tally.worked, "worked"),
            (tally.partly, "partly"),
            (tally.failed, "failed"),
            (tally.no_effect, "no-effect"),
        ];
        let attempts: Vec<Tried<'_>> = known.told().collect();
        let told: Vec<Tried<'_>> = attempts.iter().take(MOST_TOLD).rev().copied().collect();
        let earlier = attempts.len().saturating_sub(MOST_TOLD);
        let hazard = self.hazard(known);
        let level = known.hazard_level();
        let (caution, danger) = match level {
            Some(HazardLevel::Danger) => (None, hazard),
            _ => (hazard, None),
        };
        let preconditions =
            known.latest(|attempt| Some(&attempt.step.preconditions).filter(|texts| !texts.is_empty()));
        let verify = self.step_verify(known)?;
        let rollback = self.prose(known.latest(rollback));
        let irreversible = known.latest(|attempt| attempt.step.irreversible_approval.clone());
        let changes = known.changes_state() == Some(true);
        let otherwise = match (&verify, known.is_dangerous()) {
            (Some(_), false) => Some(match (changes, rollback.is_some()) {
                (true, true) => "otherwise-undo",
                (true, false) => "otherwise-call",
                (false, _) => "otherwise-next",
            }),
            _ => None,
        };
        let mut costs: Vec<Prose> = Vec::new();
        for text in attempts.iter().filter_map(|tried| self.prose(tried.attempt.step.costs.as_ref())) {
            if costs.len() < MOST_TOLD && !costs.contains(&text) {
                costs.push(text);
            }
        }
        let expected = |step: &Step| step.expected.as_ref().and_then(|expected| expected.took);
        let expected =
            known.latest(|attempt| expected(&attempt.step)).map(|took| self.stated(&took)).transpose()?;
        Ok(StepView {
            anchor: anchor(&known.key),
            key: escape::one_line(&known.key),
            title: self.step_title(known),
            tally: self.tally(known)?,
            facts: self.facts(known)?,
            outcome: outcome.into_iter().find(|(count, _)| *count > 0).map_or("unknown", |(_, word)| word),
            target: self.target(known)?,
            preconditions: preconditions
                .into_iter()
                .flatten()
                .filter_map(|text| self.prose(Some(text)))
                .collect(),
            caution,
            danger,
            kept: self.prose(known.kept),
            command: command(known),
            expected: expected
                .map(|length| self.say("expected", &[("length", (&length).into())]))
                .transpose()?,
            sign: self.prose(known.latest(|attempt| attempt.step.expected.as_ref()?.sign.as_ref())),
            verify,
            otherwise: otherwise.map(|key| self.say(key, &[])).transpose()?,
            rollback,
            irreversible: irreversible
                .map(|role| self.say("irreversible", &[("role", (&bare(&role)).into())]))
                .transpose()?,
            costs,
            attempts: (0..told.len())
                .filter_map(|at| told.get(..=at))
                .map(|told| self.attempt(known, told))
                .collect::<Result<_, _>>()?,
            attempts_earlier: some(earlier, |count| {
                self.say("attempts-earlier", &[("count", count.into())])
            })?,
        })
    }

    /// What its attempts come to, in figures.
    fn facts(&self, known: &Known<'_>) -> Result<Vec<String>, RenderError> {
        let mut facts = Vec::new();
        if let Some(share) = known.tally.success().filter(Proportion::is_telling) {
            let percent = |share: f64| self.language.percent((share * 100.0).round(), 0);
            let (low, high) = (percent(share.low), percent(share.high));
            let values = [("low", (&low).into()), ("high", (&high).into()), ("attempts", share.of.into())];
            facts.push(self.say("success", &values)?);
        }
        let helped = |outcome| matches!(outcome, Outcome::Worked | Outcome::Partly);
        let took: Vec<&Attempt> = known.attempts.iter().map(|tried| tried.attempt).collect();
        let one = |wanted: &dyn Fn(Outcome) -> bool| {
            took.iter().copied().find(|attempt| wanted(attempt.outcome()) && attempt.took.is_some())
        };
        let lost = |outcome| matches!(outcome, Outcome::NoEffect | Outcome::Failed | Outcome::Worse);
        let single = |attempt: Option<&Attempt>| attempt.and_then(|attempt| attempt.step.took);
        facts.extend(self.spread("took", known.took, single(one(&helped)))?);
        let effect = took.iter().find_map(|attempt| attempt.step.effect_after);
        facts.extend(self.spread("effect", known.effect_after, effect)?);
        facts.extend(self.spread("cost", known.cost, single(one(&lost)))?);
        if let Some(day) = known.attempts.last().and_then(|tried| tried.record.day) {
            facts.push(self.say("last-used", &[("date", (&self.language.date(day)).into())])?);
        }
        Ok(facts)
    }

    /// One length as it was stated, two as their range, more with their median.
    fn spread(
        &self,
        key: &str,
        spread: Option<Spread>,
        single: Option<crate::time::Stated>,
    ) -> Result<Option<String>, RenderError> {
        let Some(spread) = spread else { return Ok(None) };
        let told = match spread.count {
            1 => {
                let length = match single {
                    Some(stated) => self.stated(&stated)?,
                    None => self.span(spread.median),
                };
                self.say(&format!("{key}-once"), &[("length", (&length).into())])
            }
            2 => self.say(&format!("{key}-range"), &[("range", (&self.range(spread.range)?).into())]),
            count => {
                let (length, range) = (self.span(spread.median), self.range(spread.range)?);
                let values =
                    [("length", (&length).into()), ("range", (&range).into()), ("count", count.into())];
                self.say(&format!("{key}-several"), &values)
            }
        };
        told.map(Some)
    }

    fn span(&self, span: Span) -> String {
        self.language.span(span, self.rounding())
    }

    fn range(&self, range: Span) -> Result<String, RenderError> {
        let from = self.language.length(range.min, self.rounding());
        match range.max {
            Some(max) if max != range.min => {
                let to = self.language.length(max, self.rounding());
                self.say("range", &[("from", (&from).into()), ("to", (&to).into())])
            }
            Some(_) => Ok(from),
            None => self.say("range-open", &[("from", (&from).into())]),
        }
    }

    /// A length as it was stated: about so long, where it was so.
    fn stated(&self, stated: &crate::time::Stated) -> Result<String, RenderError> {
        match stated.about {
            Some(about) => {
                let length = self.language.length(about.middle, self.rounding());
                self.say("about", &[("length", (&length).into())])
            }
            None => Ok(self.span(stated.span)),
        }
    }

    fn attempt_took(&self, attempt: &Attempt) -> Result<Option<String>, RenderError> {
        match (&attempt.step.took, attempt.took) {
            (Some(stated), Some(_)) => self.stated(stated).map(Some),
            (None, Some(span)) => Ok(Some(self.span(span))),
            (_, None) => Ok(None),
        }
    }

    /// What it is done to, and what else runs there.
    fn target(&self, known: &Known<'_>) -> Result<Option<String>, RenderError> {
        let Some(target) = known.latest(|attempt| attempt.step.target.as_deref()) else { return Ok(None) };
        let name = match (target.strip_prefix("infra:"), target.strip_prefix("service:")) {
            (Some(unit), _) => self.unit_name(unit),
            (_, Some(service)) => self.service_name(service),
            _ => bare(target),
        };
        let own = known.attempts.iter().flat_map(|tried| &tried.attempt.services);
        let own: BTreeSet<&str> = own.map(String::as_str).collect();
        let beside = target.strip_prefix("infra:").map(|unit| self.hosted(unit)).unwrap_or_default();
        let beside: Vec<&str> = beside.into_iter().filter(|service| !own.contains(service)).collect();
        match beside.is_empty() {
            true => self.say("target", &[("target", (&name).into())]),
            false => {
                let services = self.classed_list(&beside)?;
                self.say("target-shared", &[("target", (&name).into()), ("services", (&services).into())])
            }
        }
        .map(Some)
    }

    fn unit_name(&self, unit: &str) -> String {
        let named = self.catalogue.infra(unit).and_then(|infra| line(self.language, infra.name.as_ref()?));
        named.unwrap_or_else(|| escape::one_line(unit))
    }

    /// The services that run on a unit, in the order of the catalogue.
    fn hosted(&self, unit: &str) -> Vec<&str> {
        let services = self.links.hosted(unit).iter().filter_map(|at| self.catalogue.services.get(*at));
        services.map(|service| service.id.as_str()).collect()
    }

    fn step_verify(&self, known: &Known<'_>) -> Result<Option<VerifyView>, RenderError> {
        let verify = known.latest(|attempt| {
            attempt.step.verify.as_ref().filter(|it| it.signal.is_some() || it.expect.is_some())
        });
        let Some(verify) = verify else { return Ok(None) };
        let within = self.length(verify.within.as_ref());
        Ok(Some(VerifyView {
            signal: verify.signal.as_deref().map(escape::one_line),
            expect: self.prose(verify.expect.as_ref()),
            within: within
                .map(|length| self.say("verify-within", &[("length", (&length).into())]))
                .transpose()?,
        }))
    }

    /// The last of some attempts.
    fn attempt(&self, known: &Known<'_>, told: &[Tried<'_>]) -> Result<AttemptView, RenderError> {
        let Some((Tried { record, attempt }, before)) = told.split_last() else {
            return Ok(AttemptView::default());
        };
        let (record, attempt) = (*record, *attempt);
        let again = before.last().is_some_and(|before| std::ptr::eq(before.record, record));
        let outcome = attempt.outcome().word().replace('_', "-");
        let name = self.say(&format!("tried-{outcome}"), &[])?;
        let after = self.attempt_took(attempt)?;
        let expected = attempt.step.expected.as_ref().and_then(|expected| expected.took);
        let expected = expected.map(|took| self.stated(&took)).transpose()?;
        // a number that another attempt of the incident has, too, tells nothing
        let same = |tried: &&Tried<'_>| {
            std::ptr::eq(tried.record, record) && tried.attempt.step.attempt == attempt.step.attempt
        };
        let unique = known.told().filter(|tried| same(&tried)).count() == 1;
        let number = attempt.step.attempt.filter(|_| unique && known.told().count() > 1);
        let number = match number {
            Some(number) => Some(self.say("attempt-number", &[("number", i64::from(number).into())])),
            None => again.then(|| self.say("attempt-again", &[])),
        };
        let is_own = known.attempts.iter().any(|own| std::ptr::eq(own.attempt, attempt));
        let whom: Vec<&str> = attempt.services.iter().map(String::as_str).collect();
        let whom = (!is_own).then(|| self.say("attempt-for", &[("services", (&self.names(&whom)).into())]));
        Ok(AttemptView {
            incident: (!again).then(|| self.link(record)),
            number: number.transpose()?,
            outcome: Named { key: outcome, name },
            after: after
                .map(|length| self.say("attempt-after", &[("length", (&length).into())]))
                .transpose()?,
            expected: expected
                .map(|length| self.say("attempt-expected", &[("length", (&length).into())]))
                .transpose()?,
            whom: whom.transpose()?,
            text: self.prose(attempt.text.as_ref()),
            // of a single attempt they are those of the step
            // of a single attempt they are those of the step
            preconditions: attempt
                .step
                .preconditions
                .iter()
                .filter(|_| known.told().count() > 1)
                .filter_map(|text| self.prose(Some(text)))
                .collect(),
            between: self.between(record, attempt)?,
        })
    }

    /// What was done between an attempt and the one before it: what made the difference may be among it.
    fn between(&self, record: &Record, attempt: &Attempt) -> Result<Option<String>, RenderError> {
        let mut told: Vec<String> = Vec::new();
        for other in record.attempts.get(attempt.between.clone()).into_iter().flatten() {
            let Some(title) = self.attempt_title(other) else { continue };
            let outcome = self.say(&format!("tried-{}", other.outcome().word().replace('_', "-")), &[])?;
            let one = format!("{title} ({outcome})");
            if told.len() < MOST_BETWEEN && !told.contains(&one) {
                told.push(one);
            }
        }
        match told.is_empty() {
            true => Ok(None),
            false => self.say("attempt-between", &[("steps", (&told.join("; ")).into())]).map(Some),
        }
    }

    fn past(&self, record: &Record, seen: &[&Seen]) -> Result<PastView, RenderError> {
        let mut facts = Vec::new();
        let mut texts: Vec<Prose> = Vec::new();
        let (mut triggers, mut signs, mut findings) = (Vec::new(), Vec::new(), Vec::new());
        for seen in seen {
            let level = self.say(&format!("level-{}", seen.level.word().replace('_', "-")), &[])?;
            facts.push(self.say("seen-level", &[("level", (&level).into())])?);
            texts.extend(self.prose(seen.scope.as_ref()));
            let noticed = seen.noticed_by.map(|who| format!("noticed-by-{}", who.word()));
            let failure = seen.failure_mode.map(|mode| format!("failure-{}", mode.word()));
            let how: Vec<String> = noticed
                .into_iter()
                .chain(failure)
                .filter(|key| !key.ends_with("-unknown"))
                .map(|key| self.say(&key, &[]))
                .collect::<Result<_, _>>()?;
            if !how.is_empty() {
                facts.push(self.say("seen-noticed", &[("how", (&how.join("; ")).into())])?);
            }
            if seen.open {
                facts.push(self.say("seen-open", &[])?);
            }
            if let Some(ttr) = seen.ttr.filter(|ttr| !ttr.is_unknown()) {
                let verdict = self.say(&format!("verdict-{}", seen.verdict.word().replace('_', "-")), &[])?;
                let length = self.span(ttr);
                facts.push(self.say(
                    "seen-recovered",
                    &[("length", (&length).into()), ("verdict", (&verdict).into())],
                )?);
            }
            let caused = seen.caused_by.and_then(|at| record.attempts.get(at));
            if let Some(title) = caused.and_then(|attempt| self.attempt_title(attempt)) {
                facts.push(self.say("seen-caused-by", &[("step", (&title).into())])?);
            }
            triggers.extend(seen.triggers.iter().filter_map(|text| self.prose(Some(text))));
            signs.extend(seen.signs.iter().filter_map(|text| self.prose(Some(text))));
            findings.extend(seen.findings.iter().filter_map(|text| self.prose(Some(text))));
        }
        let scope = match texts.len() {
            0 | 1 => texts.pop(),
            _ => {
                let lang = texts.first().map(|text| text.lang.clone()).unwrap_or_default();
                let text: Vec<String> = texts.into_iter().map(|text| text.text).collect();
                Some(Prose { text: text.join("\n\n"), lang, foreign: None })
            }
        };
        Ok(PastView { incident: self.link(record), scope, facts, triggers, signs, findings })
    }

    /// What it stands on, and what stands on it: where to look, and whom a change would reach.
    fn stands_on(&self, id: &str, service: Option<&Service>) -> Result<Vec<String>, RenderError> {
        let mut look = Vec::new();
        let Some(service) = service else { return Ok(look) };
        for unit in &service.runs_on {
            let name = self.unit_name(unit);
            let beside: Vec<&str> = self.hosted(unit).into_iter().filter(|other| *other != id).collect();
            look.push(match beside.is_empty() {
                true => self.say("runs-on", &[("unit", (&name).into())])?,
                false => {
                    let services = self.classed_list(&beside)?;
                    self.say("runs-on-with", &[("unit", (&name).into()), ("services", (&services).into())])?
                }
            });
        }
        let needs: Vec<&str> = service.depends_on.iter().map(|needed| needed.service.as_str()).collect();
        if !needs.is_empty() {
            look.push(self.say("needs", &[("services", (&self.classed_list(&needs)?).into())])?);
        }
        let taken = self.links.position(id).and_then(|at| self.links.with_dependants([at], MOST_LINKS));
        let mut taken: Vec<usize> = taken.into_iter().flatten().collect();
        taken.sort_unstable();
        let taken = taken.into_iter().filter_map(|at| self.catalogue.services.get(at));
        let taken: Vec<&str> = taken.map(|other| other.id.as_str()).filter(|other| *other != id).collect();
        if !taken.is_empty() {
            look.push(self.say("needed-by", &[("services", (&self.classed_list(&taken)?).into())])?);
        }
        Ok(look)
    }

    fn verify(&self, runbook: &Runbook<'_>) -> Result<Vec<String>, RenderError> {
        let mut signals: Vec<String> = Vec::new();
        for signal in runbook.past.iter().flat_map(|past| &past.seen).flat_map(|seen| &seen.signals) {
            let signal = escape::one_line(signal);
            if signals.len() < MOST_TOLD && !signals.contains(&signal) {
                signals.push(signal);
            }
        }
        let mut told = Vec::new();
        if !signals.is_empty() {
            told.push(self.say("verify-signals", &[("signals", (&signals.join(", ")).into())])?);
        }
        Ok(told)
    }

    /// How recovery was confirmed, as incidents tell it.
    fn confirmed(&self, runbook: &Runbook<'_>) -> Vec<Quoted> {
        let told = runbook.past.iter().flat_map(|past| {
            let texts = past.seen.iter().flat_map(|seen| &seen.confirmed);
            texts.filter_map(|text| {
                Some(Quoted { incident: self.link(past.record), text: prose(self.language, text)? })
            })
        });
        told.take(MOST_TOLD).collect()
    }

    fn posts(&self, service: Option<&Service>, id: &str) -> Result<Vec<PostView>, RenderError> {
        let name = service.and_then(|service| line(self.language, service.public_name.as_ref()?));
        let name = name.unwrap_or_else(|| self.service_name(id));
        let gender = match service.and_then(|service| service.gender) {
            Some(Gender::Feminine) => "f",
            Some(Gender::Masculine) => "m",
            None => "n",
        };
        let in_it = self.say(&format!("in-service-{gender}"), &[("service", (&name).into())])?;
        let the = self.say(&format!("the-service-{gender}"), &[("service", (&name).into())])?;
        let post = |state: &str, values: &[(&str, Value<'_>)]| {
            Ok::<_, RenderError>(PostView {
                label: self.say(&format!("post-label-{state}"), &[])?,
                text: self.say(&format!("post-text-{state}"), values)?,
            })
        };
        Ok(vec![
            post("investigating", &[("in", (&in_it).into())])?,
            post("scope", &[])?,
            post("identified", &[])?,
            post("monitoring", &[("the", (&the).into())])?,
            post("resolved", &[("the", (&the).into())])?,
        ])
    }

    fn gap(&self, gap: &Gap<'_>) -> Result<GapView, RenderError> {
        let of = |key: &str, steps: &[&Known<'_>], rule: Option<&'static str>| {
            let titles: Vec<String> = steps.iter().map(|known| self.step_title(known)).collect();
            let text = self.say(key, &[("steps", (&titles.join("; ")).into())])?;
            Ok(GapView { text, quoted: None, rule })
        };
        let plain = |key: &str, rule: Option<&'static str>| {
            Ok(GapView { text: self.say(key, &[])?, quoted: None, rule })
        };
        match gap {
            Gap::NoIncident => plain("gap-no-incident", None),
            Gap::NoStep => plain("gap-no-step", Some("service-without-runbook")),
            Gap::NoneWorked => plain("gap-none-worked", None),
            Gap::NoLook => plain("gap-no-look", None),
            Gap::NoConfirmation => plain("gap-no-confirmation", Some("recovery-not-verified")),
            Gap::NoOutcome(steps) => of("gap-no-outcome", steps, None),
            Gap::NoVerification(steps) => of("gap-no-verification", steps, Some("step-without-verification")),
            Gap::NoWayBack(steps) => of("gap-no-way-back", steps, Some("step-without-way-back")),
            Gap::UnknownCause(record, text) => Ok(GapView {
                text: self.say("gap-cause", &[("incident", (&self.link(record).title).into())])?,
                quoted: self.prose(Some(text)),
                rule: None,
            }),
        }
    }
}

fn rollback(attempt: &Attempt) -> Option<&Localized> {
    attempt.step.rollback.as_ref()?.how.as_ref().filter(|how| !how.is_blank())
}

/// The command, as it was recorded, for readers and for Runme. A dangerous one is text: nothing offers to run it. One
/// that changes something, or that still has placeholders, is left out when all are run.
fn command(known: &Known<'_>) -> Option<CommandView> {
    let text = known.latest(|attempt| attempt.step.command.as_deref())?;
    let text = escape::clean(text).trim_end().to_owned();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let has_places = text.contains('<') && text.contains('>');
    let name = runme_name(&known.key);
    let info = match (known.is_dangerous(), known.only_looks() && !has_places) {
        (true, _) => "text".to_owned(),
        (false, true) => format!("sh {{ name={name} }}"),
        (false, false) => format!("sh {{ name={name} excludeFromRunAll=true }}"),
    };
    Some(CommandView { text, fence: "`".repeat(longest.max(2) + 1), info })
}

/// A key as the name of a block: letters, digits and hyphens.
fn runme_name(key: &str) -> String {
    let mut name = String::with_capacity(key.len());
    for c in key.chars().take(80) {
        let c = if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        if !(c == '-' && (name.is_empty() || name.ends_with('-'))) {
            name.push(c);
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "step".to_owned() } else { name.to_owned() }
}

/// The id of a step in its page.
fn anchor(key: &str) -> String {
    format!("step-{}", escape::file_name(key).replace('.', "-"))
}

/// A told tally as a sentence of its own.
fn sentence(told: &str) -> String {
    let mut letters = told.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).chain(['.']).collect(),
        None => String::new(),
    }
}

/// What `tell` makes of a count that is not zero.
fn some(
    count: usize,
    tell: impl Fn(usize) -> Result<String, RenderError>,
) -> Result<Option<String>, RenderError> {
    (count > 0).then(|| tell(count)).transpose()
}
