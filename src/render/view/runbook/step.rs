//! Steps and dangers as a template sees them: each told by how often it did what.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Link, MOST_TOLD, Named, Prose, RenderError, Speaker, bare, some};
use crate::{
    measure::{Proportion, Spread},
    model::{HazardLevel, Outcome},
    render::{escape, markdown},
    runbook::{Attempt, Known, Placement, Record, Runbook, Tried},
    time::{Span, Stated},
};

/// At most so many things done between two attempts are named.
const MOST_BETWEEN: usize = 8;
/// At most so many characters stand between `<` and `>` in a command for it to be a place to be filled in, and so many
/// places are named.
const LONGEST_PLACE: usize = 60;
const MOST_PLACES: usize = 20;
/// How many characters a title may have.
const TITLE: usize = 200;

/// Steps that belong together.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(super) struct Section {
    pub(super) key: &'static str,
    pub(super) title: String,
    pub(super) steps: Vec<StepView>,
}

#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(super) struct DangerView {
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

#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(super) struct StepView {
    anchor: String,
    pub(super) key: String,
    pub(super) title: String,
    pub(super) tally: String,
    facts: Vec<String>,
    outcome: &'static str,
    target: Option<String>,
    preconditions: Vec<Prose>,
    caution: Option<Prose>,
    danger: Option<Prose>,
    kept: Option<Prose>,
    command: Option<CommandView>,
    /// What has to be filled in before the command is run.
    fill_in: Option<String>,
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
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(super) struct CommandView {
    text: String,
    /// More backticks than the command has in a row.
    fence: String,
    /// The language and the attributes that Runme reads.
    info: String,
    /// What has to be filled in.
    #[serde(skip)]
    places: Vec<String>,
}

#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(super) struct VerifyView {
    signal: Option<String>,
    expect: Option<Prose>,
    within: Option<String>,
}

#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub(super) struct AttemptView {
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

impl Speaker<'_> {
    pub(super) fn dangers(&self, runbook: &Runbook<'_>) -> Result<Vec<DangerView>, RenderError> {
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
            undo: self.prose(known.rollback()),
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

    /// What is marked.
    fn hazard(&self, known: &Known<'_>) -> Option<Prose> {
        self.prose(known.hazard()?.text.as_ref())
    }

    pub(super) fn step_title(&self, known: &Known<'_>) -> String {
        known
            .told()
            .find_map(|tried| self.attempt_title(tried.attempt))
            .unwrap_or_else(|| escape::one_line(&known.key))
    }

    pub(super) fn attempt_title(&self, attempt: &Attempt) -> Option<String> {
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

    pub(super) fn sections(&self, runbook: &Runbook<'_>) -> Result<Vec<Section>, RenderError> {
        let places = [
            (Placement::DoFirst, "do-first"),
            (Placement::MayHelp, "may-help"),
            (Placement::NotRecorded, "not-recorded"),
            (Placement::NotCompleted, "not-completed"),
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

    pub(super) fn steps(&self, steps: &[Known<'_>]) -> Result<Vec<StepView>, RenderError> {
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
        let (caution, danger) = match known.hazard_level() {
            Some(HazardLevel::Danger) => (None, hazard),
            _ => (hazard, None),
        };
        let verify = self.step_verify(known)?;
        let rollback = self.prose(known.rollback());
        let changes = known.changes_state() == Some(true);
        let otherwise = match (&verify, known.is_dangerous()) {
            (Some(_), false) => Some(match (changes, rollback.is_some()) {
                (true, true) => "otherwise-undo",
                (true, false) => "otherwise-call",
                (false, _) => "otherwise-next",
            }),
            _ => None,
        };
        let costs = known.costs().into_iter().take(MOST_TOLD);
        let expected = known.expected().map(|took| self.stated(&took)).transpose()?;
        let command = command(known);
        let fill_in = command
            .as_ref()
            .filter(|command| !command.places.is_empty())
            .map(|command| self.say("fill-in", &[("places", (&command.places.join(", ")).into())]));
        Ok(StepView {
            anchor: anchor(&known.key),
            key: escape::one_line(&known.key),
            title: self.step_title(known),
            tally: self.tally(known)?,
            facts: self.facts(known)?,
            outcome: outcome.into_iter().find(|(count, _)| *count > 0).map_or("unknown", |(_, word)| word),
            target: self.target(known)?,
            preconditions: self.all_prose(known.preconditions()),
            caution,
            danger,
            kept: self.prose(known.kept),
            command,
            fill_in: fill_in.transpose()?,
            expected: expected
                .map(|length| self.say("expected", &[("length", (&length).into())]))
                .transpose()?,
            sign: self.prose(known.sign()),
            verify,
            otherwise: otherwise.map(|key| self.say(key, &[])).transpose()?,
            rollback,
            irreversible: known
                .approval()
                .map(|role| self.say("irreversible", &[("role", (&bare(role)).into())]))
                .transpose()?,
            costs: costs.filter_map(|text| self.prose(Some(text))).collect(),
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
        single: Option<Stated>,
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
    fn stated(&self, stated: &Stated) -> Result<String, RenderError> {
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
        let Some(target) = known.target() else { return Ok(None) };
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

    fn step_verify(&self, known: &Known<'_>) -> Result<Option<VerifyView>, RenderError> {
        let Some(verify) = known.verify() else { return Ok(None) };
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
            preconditions: match known.told().count() {
                0 | 1 => Vec::new(),
                _ => self.all_prose(&attempt.step.preconditions),
            },
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
}

/// The command, as it was recorded, for readers and for Runme. Nothing offers to run a dangerous one, or one that has
/// places to be filled in: a shell takes `<namespace>` for a file to read, and what follows for one to overwrite. Names of
/// variables in their stead would be another command than the one that was run, and quoted wrongly as soon as a place
/// stands between quotes. One that changes something is left out when all are run.
fn command(known: &Known<'_>) -> Option<CommandView> {
    let text = escape::clean(known.command()?).trim_end().to_owned();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let name = runme_name(&known.key);
    let places = places(&text);
    let info = match (known.is_dangerous() || !places.is_empty(), known.only_looks()) {
        (true, _) => "text".to_owned(),
        (false, true) => format!("sh {{ name={name} }}"),
        (false, false) => format!("sh {{ name={name} excludeFromRunAll=true }}"),
    };
    Some(CommandView { text, fence: "`".repeat(longest.max(2) + 1), info, places })
}

/// What a command has to be filled in: `<namespace>`, `<task id>`, each once.
fn places(command: &str) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    // `<a <b>` holds one place, `<<EOF` and `< file` begin none
    for after in command.split('<').skip(1).filter(|after| after.starts_with(char::is_alphabetic)) {
        let name: String =
            after.chars().take(LONGEST_PLACE).take_while(|c| !matches!(c, '>' | '\n')).collect();
        let place = format!("<{name}>");
        let is_closed = after.get(name.len()..).is_some_and(|rest| rest.starts_with('>'));
        let is_closed = is_closed && !name.ends_with(char::is_whitespace);
        if is_closed && places.len() < MOST_PLACES && !places.contains(&place) {
            places.push(place);
        }
    }
    places
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_to_be_filled_in_are_known() {
        for (command, expected) in [
            ("kubectl get pods", vec![]),
            ("kubectl -n <namespace> delete pod <pod>", vec!["<namespace>", "<pod>"]),
            ("curl https://<host>/<task id>?n=<host>", vec!["<host>", "<task id>"]),
            ("sort < in > out", vec![]),
            ("cat <<EOF > file", vec![]),
            ("diff <(a) <(b) > c", vec![]),
            ("a <b <c>", vec!["<c>"]),
            ("psql -c 'select 1 where a < b'", vec![]),
            ("apagar <último id>", vec!["<último id>"]),
            ("sort <in >out", vec![]),
            // a reader loses nothing by it
            ("sort <in>out", vec!["<in>"]),
            ("<", vec![]),
        ] {
            assert_eq!(places(command), expected, "{command}");
        }
    }
}
