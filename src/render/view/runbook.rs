//! A runbook as a template sees it: dangers first, each step told by how often it did what, and what is not known.

mod step;

use schemars::JsonSchema;
use serde::Serialize;

use step::{DangerView, Section, StepView};

use super::{Named, Prose, bare, line, prose};
use crate::{
    language::{Language, Phrases, Rounding, Value},
    model::{Catalogue, Class, Links, Localized, Service, Settings},
    render::{RenderError, StepLine, escape, markdown},
    runbook::{Gap, Known, Placement, Record, Runbook, Seen, gaps},
    source::ContentId,
    time::{Date, Span},
};

/// At most so many incidents are told in full, and so many attempts at one step; the evidence lists all of them.
const MOST_TOLD: usize = 5;
/// At most so many paragraphs of the team's notes are shown in a terminal, of so many characters.
const MOST_PARAGRAPHS: usize = 2;
const PARAGRAPH: usize = 320;
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
#[derive(Clone, Debug, JsonSchema, Serialize)]
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
    /// How it begins, one paragraph a line, for who has no time to open it.
    own_start: Vec<String>,
    own_goes_on: bool,
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
    /// Changes when something that the page says does, and at no other time: not when its inputs are committed, not with
    /// what else an incident's file holds.
    pub(in crate::render) version: String,
}

/// A row of the list of runbooks.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
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

#[derive(Clone, Debug, JsonSchema, Serialize)]
struct Link {
    day: Option<String>,
    title: String,
    href: String,
}

#[derive(Clone, Debug, JsonSchema, Serialize)]
struct PastView {
    incident: Link,
    scope: Option<Prose>,
    facts: Vec<String>,
    triggers: Vec<Prose>,
    signs: Vec<Prose>,
    findings: Vec<Prose>,
}

#[derive(Clone, Debug, JsonSchema, Serialize)]
struct Quoted {
    incident: Link,
    text: Prose,
}

#[derive(Clone, Debug, JsonSchema, Serialize)]
struct PostView {
    label: String,
    text: String,
}

#[derive(Clone, Debug, JsonSchema, Serialize)]
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
        let own: Vec<Prose> = own.into_iter().filter_map(|(tag, text)| it.own(tag, text)).collect();
        let mut own_start: Vec<String> =
            own.iter().flat_map(|prose| paragraphs(&prose.text)).take(MOST_PARAGRAPHS + 1).collect();
        let own_goes_on = own_start.len() > MOST_PARAGRAPHS;
        own_start.truncate(MOST_PARAGRAPHS);
        let mut page = Self {
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
            own_start,
            own_goes_on,
            own,
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
            version: String::new(),
        };
        page.version = version(&page);
        Ok(page)
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

    fn all_prose(&self, texts: &[Localized]) -> Vec<Prose> {
        texts.iter().filter_map(|text| self.prose(Some(text))).collect()
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

    fn span(&self, span: Span) -> String {
        self.language.span(span, self.rounding())
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
        let form = match service.and_then(|service| service.gender) {
            Some(gender) => format!("service-in-{}", gender.word()),
            None => "service-in".to_owned(),
        };
        let in_it = self.say(&form, &[("name", (&name).into())])?;
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
            post("monitoring", &[("in", (&in_it).into())])?,
            post("resolved", &[("in", (&in_it).into())])?,
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

/// The paragraphs of what a team wrote, each on one line.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let told = text.split("\n\n").map(|paragraph| markdown::to_line(paragraph, PARAGRAPH));
    told.filter(|paragraph| !paragraph.is_empty())
}

/// Twelve digits of the hash of what a page says, wherever it lies.
fn version(page: &RunbookPage) -> String {
    let mut said = serde_json::to_value(page).unwrap_or_default();
    without_ways(&mut said);
    ContentId::of(said.to_string().as_bytes()).to_string().chars().take(12).collect()
}

/// Takes out where links lead, which depends on where the page lies.
fn without_ways(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.remove("href");
            fields.values_mut().for_each(without_ways);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_ways),
        _ => {}
    }
}

/// What `tell` makes of a count that is not zero.
fn some(
    count: usize,
    tell: impl Fn(usize) -> Result<String, RenderError>,
) -> Result<Option<String>, RenderError> {
    (count > 0).then(|| tell(count)).transpose()
}
