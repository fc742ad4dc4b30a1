//! Runbooks as rows (README: *Runbooks*, `--format json`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::SpanRow;
use crate::{
    measure::{Proportion, Spread},
    model::{Catalogue, HazardLevel, Intent, Localized, Settings},
    runbook::{Gap, Known, Runbook, Tried, gaps},
    time::{Date, Length},
};

/// What is known for one service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunbookRow {
    /// The service's id.
    pub service: String,
    /// Its class now.
    pub class: Option<String>,
    /// The class's target for recovery.
    pub target_seconds: Option<i64>,
    /// Names of its alerts.
    pub alerts: Vec<String>,
    /// Whom to call after how long.
    pub escalation: Vec<EscalationRow>,
    /// When a person last reviewed the runbook.
    pub last_reviewed: Option<Date>,
    /// The incidents it is made from, the newest first.
    pub incidents: Vec<String>,
    /// Steps to be warned of, kept ones among them, the gravest first.
    pub dangers: Vec<StepRow>,
    /// What to look at before anything is changed.
    pub looks: Vec<StepRow>,
    /// Every other step, in the order of the page.
    pub steps: Vec<StepRow>,
    /// Steps that confirm that the service is back.
    pub checks: Vec<StepRow>,
    /// What is not known.
    pub unknown: Vec<GapRow>,
}

/// Whom to call after how long.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EscalationRow {
    /// After how long.
    pub after_seconds: Option<i64>,
    /// The role.
    pub to: Option<String>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepRow {
    /// What its evidence is grouped by.
    pub key: String,
    /// In each language.
    pub title: BTreeMap<String, String>,
    /// `diagnose`, `mitigate`, `recover`, `verify`, `rollback`.
    pub intent: Option<&'static str>,
    /// What it is done to.
    pub target: Option<String>,
    /// Whether it changes anything; null when no attempt says.
    pub changes_state: Option<bool>,
    /// `do_first`, `may_help`, `not_recorded`, `not_completed`, `without_effect`, `danger`.
    pub placement: &'static str,
    /// Why a person keeps it recommended for all its danger; null when none does.
    pub kept: Option<BTreeMap<String, String>>,
    /// How often it did what, for this service.
    pub counts: CountsRow,
    /// The share of attempts that worked, of those whose outcome is known: null below three.
    pub success: Option<ShareRow>,
    /// How long it took where it helped.
    pub took: Option<SpreadRow>,
    /// How long until the first sign of its effect.
    pub effect_after: Option<SpreadRow>,
    /// How long it took where it did not help.
    pub cost: Option<SpreadRow>,
    /// The day of the incident it was last tried in, for this service.
    pub last_used: Option<Date>,
    /// The services that it harmed or may harm.
    pub endangers: Vec<String>,
    /// How it is marked.
    pub hazard: Option<HazardRow>,
    /// What must hold before, each by language.
    pub preconditions: Vec<BTreeMap<String, String>>,
    /// The command, with places like `<namespace>` to be filled in. Never run by relato.
    pub command: Option<String>,
    /// The sign that it goes well, and how long it should take.
    pub expected: ExpectedRow,
    /// How to see that it worked.
    pub verify: Option<VerifyRow>,
    /// How to undo it, by language.
    pub rollback: Option<BTreeMap<String, String>>,
    /// The role that approves what cannot be undone.
    pub approval: Option<String>,
    /// What it cost, each by language.
    pub costs: Vec<BTreeMap<String, String>>,
    /// Each attempt, the newest first; of others only those that harmed.
    pub attempts: Vec<AttemptRow>,
}

/// How a step is marked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HazardRow {
    /// `caution`, `danger`; null when the mark has no level.
    pub level: Option<&'static str>,
    /// What it does, by language.
    pub text: BTreeMap<String, String>,
}

/// What a step should do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpectedRow {
    /// The sign that it goes well, by language.
    pub sign: Option<BTreeMap<String, String>>,
    /// How long it should take.
    pub took: Option<SpanRow>,
}

/// How to see that a step worked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VerifyRow {
    /// The measurement.
    pub signal: Option<String>,
    /// What it should show, by language.
    pub expect: Option<BTreeMap<String, String>>,
    /// How long to wait for it.
    pub within_seconds: Option<i64>,
}

/// How often a step did what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CountsRow {
    /// How often it was tried.
    pub attempts: usize,
    /// It did what it was for.
    pub worked: usize,
    /// It did some of it.
    pub partly: usize,
    /// It did nothing.
    pub no_effect: usize,
    /// It did harm.
    pub worse: usize,
    /// It did not complete.
    pub failed: usize,
    /// What it did is not recorded.
    pub unknown: usize,
}

/// A Wilson interval of 95 %, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShareRow {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// Lengths of several attempts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SpreadRow {
    /// How many.
    pub count: usize,
    /// Their median.
    pub median: SpanRow,
    /// From the shortest to the longest.
    pub range: SpanRow,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttemptRow {
    /// The incident.
    pub incident: String,
    /// The event; empty when it has no id.
    pub event: String,
    /// The file.
    pub file: String,
    /// The line, from 1; 0 when it is not known.
    pub line: usize,
    /// `worked`, `partly`, `no_effect`, `worse`, `failed`, `unknown`.
    pub outcome: &'static str,
    /// How long it took.
    pub took: Option<SpanRow>,
    /// The services it was for.
    pub services: Vec<String>,
    /// The services it harmed.
    pub hurt: Vec<String>,
    /// The event's position in the timeline.
    #[serde(skip)]
    pub index: usize,
}

/// Something that is not known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GapRow {
    /// What kind: `no_incident`, `no_step`, `none_worked`, `no_look`, `no_confirmation`, `no_outcome`,
    /// `no_verification`, `no_way_back`, `unknown_cause`.
    pub what: &'static str,
    /// Of which steps.
    pub steps: Vec<String>,
    /// Of which incident.
    pub incident: Option<String>,
}

impl RunbookRow {
    /// The row of a runbook, with the service as the catalogue has it on `today`.
    pub fn of(runbook: &Runbook<'_>, settings: &Settings, catalogue: &Catalogue, today: Date) -> Self {
        let service = catalogue.service(&runbook.service);
        let recorded =
            || runbook.past.iter().flat_map(|past| &past.seen).find_map(|seen| seen.class.as_deref());
        let class = service.and_then(|service| service.class_on(today)).or_else(recorded);
        let rows = |steps: &[Known<'_>]| steps.iter().map(step).collect();
        Self {
            service: runbook.service.clone(),
            class: class.map(str::to_owned),
            target_seconds: class
                .and_then(|class| settings.class(class))
                .map(crate::model::Class::target_seconds),
            alerts: service.iter().flat_map(|service| &service.alerts).map(|alert| alert.0.clone()).collect(),
            escalation: service
                .iter()
                .flat_map(|service| &service.escalation)
                .map(|it| EscalationRow {
                    after_seconds: it.after.as_ref().and_then(Length::seconds),
                    to: it.to.clone(),
                })
                .collect(),
            last_reviewed: service.and_then(|service| service.runbook.as_ref()?.last_reviewed),
            incidents: runbook.records.iter().map(|record| record.id.clone()).collect(),
            dangers: rows(&runbook.dangers),
            looks: rows(&runbook.looks),
            steps: rows(&runbook.steps),
            checks: rows(&runbook.checks),
            unknown: gaps(runbook).iter().map(gap).collect(),
        }
    }

    /// Every attempt of every step, to be given its line.
    pub fn attempts_mut(&mut self) -> impl Iterator<Item = &mut AttemptRow> {
        let steps =
            self.dangers.iter_mut().chain(&mut self.looks).chain(&mut self.steps).chain(&mut self.checks);
        steps.flat_map(|step| &mut step.attempts)
    }
}

fn step(known: &Known<'_>) -> StepRow {
    let tally = known.tally;
    StepRow {
        key: known.key.clone(),
        title: known.latest(|attempt| attempt.step.title.as_ref()).map(languages).unwrap_or_default(),
        intent: known.intent().map(Intent::word),
        target: known.target().map(str::to_owned),
        changes_state: known.changes_state(),
        placement: known.placement.word(),
        kept: known.kept.map(languages),
        counts: CountsRow {
            attempts: tally.attempts,
            worked: tally.worked,
            partly: tally.partly,
            no_effect: tally.no_effect,
            worse: tally.worse,
            failed: tally.failed,
            unknown: tally.unknown,
        },
        success: tally
            .success()
            .filter(Proportion::is_telling)
            .map(|it| ShareRow { low: it.low, high: it.high }),
        took: known.took.map(spread),
        effect_after: known.effect_after.map(spread),
        cost: known.cost.map(spread),
        last_used: known.attempts.last().and_then(|tried| tried.record.day),
        endangers: known.endangered().into_iter().map(str::to_owned).collect(),
        hazard: known.hazard().map(|hazard| HazardRow {
            level: hazard.level.map(HazardLevel::word),
            text: hazard.text.as_ref().map(languages).unwrap_or_default(),
        }),
        preconditions: known.preconditions().iter().map(languages).collect(),
        command: known.command().map(str::to_owned),
        expected: ExpectedRow {
            sign: known.sign().map(languages),
            took: known.expected().map(|took| took.span().into()),
        },
        verify: known.verify().map(|verify| VerifyRow {
            signal: verify.signal.clone(),
            expect: verify.expect.as_ref().map(languages),
            within_seconds: verify.within.as_ref().and_then(Length::seconds),
        }),
        rollback: known.rollback().map(languages),
        approval: known.approval().map(str::to_owned),
        costs: known.costs().into_iter().map(languages).collect(),
        attempts: known.told().map(|tried| attempt(&tried)).collect(),
    }
}

fn attempt(tried: &Tried<'_>) -> AttemptRow {
    AttemptRow {
        incident: tried.record.id.clone(),
        event: tried.attempt.event.clone(),
        file: tried.record.file.clone(),
        line: 0,
        outcome: tried.attempt.outcome().word(),
        took: tried.attempt.took.map(SpanRow::from),
        services: tried.attempt.services.clone(),
        hurt: tried.attempt.hurt.iter().map(|(service, _)| service.clone()).collect(),
        index: tried.attempt.index,
    }
}

fn gap(gap: &Gap<'_>) -> GapRow {
    let of = |steps: &[&Known<'_>]| steps.iter().map(|known| known.key.clone()).collect::<Vec<_>>();
    let (what, steps, incident) = match gap {
        Gap::NoIncident => ("no_incident", Vec::new(), None),
        Gap::NoStep => ("no_step", Vec::new(), None),
        Gap::NoneWorked => ("none_worked", Vec::new(), None),
        Gap::NoLook => ("no_look", Vec::new(), None),
        Gap::NoConfirmation => ("no_confirmation", Vec::new(), None),
        Gap::NoOutcome(steps) => ("no_outcome", of(steps), None),
        Gap::NoVerification(steps) => ("no_verification", of(steps), None),
        Gap::NoWayBack(steps) => ("no_way_back", of(steps), None),
        Gap::UnknownCause(record, _) => ("unknown_cause", Vec::new(), Some(record.id.clone())),
    };
    GapRow { what, steps, incident }
}

fn spread(spread: Spread) -> SpreadRow {
    SpreadRow { count: spread.count, median: spread.median.into(), range: spread.range.into() }
}

fn languages(text: &Localized) -> BTreeMap<String, String> {
    text.iter().map(|(tag, text)| (tag.to_owned(), text.to_owned())).collect()
}
