//! `timeline[]`: what happened, in order, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    collection::{List, Map},
    reader::{Reader, filled},
    value::{Length, Localized, Moment, StatedLength, Text, Whole, Word, YesNo},
};
use crate::{
    locate::Path,
    model::{self, EventType, Visibility},
};

/// One entry of the timeline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Event {
    /// Unique in the file: letters, digits, `-`.
    pub id: Option<Text>,
    /// When.
    pub at: Option<Moment>,
    /// When it ended.
    pub until: Option<Moment>,
    /// The position when the instant is unknown; unique and increasing.
    pub order: Option<Whole>,
    /// What kind of event; `note` unless given.
    #[serde(rename = "type")]
    pub kind: Option<Word<EventType>>,
    /// What happened, for readers.
    pub text: Option<Localized>,
    /// Ids of the impacts it concerns.
    pub impacts: List<Text>,
    /// The role that acted, `role:oms-on-call`; never a name.
    pub actor: Option<Text>,
    /// Effects observed on services, `{order-workflow: down}`.
    pub effects: Map<Word<model::Effect>>,
    /// `true`: nothing happened, on purpose.
    pub quiet: Option<YesNo>,
    /// Where this is known from; internal.
    pub source: Option<EventSource>,
    /// Who may see it; `internal` unless given.
    pub visibility: Option<Word<Visibility>>,
    /// The role that confirmed a manual operation, `role:dba-second`.
    pub verified_by: Option<Text>,
    /// The measurement that a verification or recovery looked at.
    pub signal: Option<Text>,
    /// The step, when the event is one.
    pub step: Option<Step>,
}

/// Where an event is known from; internal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct EventSource {
    /// `chat`, `alert`, `document` …
    pub kind: Option<Text>,
    /// Where to look.
    #[serde(rename = "ref")]
    pub reference: Option<Text>,
}

/// One thing done during the response; runbooks are made of these.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Step {
    /// Stable across incidents, `restart-search`; evidence is grouped by it.
    pub key: Option<Text>,
    /// Which attempt at the same thing, from 1.
    pub attempt: Option<Whole>,
    /// What for.
    pub intent: Option<Word<model::Intent>>,
    /// In an imperative sentence.
    pub title: Option<Localized>,
    /// What it was done to, `infra:oms-workers` or `service:oms-search`.
    pub target: Option<Text>,
    /// Whether it changes anything.
    pub changes_state: Option<YesNo>,
    /// Whether its reach was checked before.
    pub blast_radius_checked: Option<YesNo>,
    /// What must hold before.
    pub preconditions: List<Localized>,
    /// The command with placeholders, `gh-ost --max-load=<load>`; internal.
    pub command: Option<Text>,
    /// What was expected.
    pub expected: Option<Expected>,
    /// How long it took.
    pub took: Option<StatedLength>,
    /// How long until it showed effect.
    pub effect_after: Option<StatedLength>,
    /// What it did.
    pub outcome: Option<Word<model::Outcome>>,
    /// What it cost.
    pub costs: Option<Localized>,
    /// For what cannot be undone: who approved it.
    pub irreversible: Option<Irreversible>,
    /// Why to be careful.
    pub hazard: Option<Hazard>,
    /// How to see that it worked.
    pub verify: Option<Verify>,
    /// How to undo it.
    pub rollback: Option<Rollback>,
    /// Whether it was confirmed to have worked.
    pub verified: Option<Verified>,
    /// A person's decision to keep a dangerous step in the runbook.
    pub keep: Option<YesNo>,
    /// Why it is kept; without a reason it is not.
    pub keep_reason: Option<Localized>,
}

/// What a step was expected to do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Expected {
    /// How long it should take.
    pub took: Option<StatedLength>,
    /// The sign that it goes well.
    pub sign: Option<Localized>,
}

/// Who approved what cannot be undone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Irreversible {
    /// The role, `role:head-of-platform`.
    pub approval: Option<Text>,
}

/// Why a step is dangerous.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Hazard {
    /// How dangerous.
    pub level: Option<Word<model::HazardLevel>>,
    /// Ids of the services it may hurt.
    pub affects: List<Text>,
    /// What it does, and what to do instead.
    pub text: Option<Localized>,
}

/// How to see that a step worked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Verify {
    /// The measurement, `search_cpu`.
    pub signal: Option<Text>,
    /// What it should show.
    pub expect: Option<Localized>,
    /// Within how long, `10m`.
    pub within: Option<Length>,
}

/// How to undo a step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Rollback {
    /// In words.
    pub how: Option<Localized>,
}

/// Whether a step was confirmed to have worked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Verified {
    /// Whether it had.
    pub ok: Option<YesNo>,
    /// When that was seen.
    pub at: Option<Moment>,
}

impl Event {
    pub(super) fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Event {
        let event = model::Event {
            id: reader.optional_id(at, "id", self.id),
            at: reader.point(at, "at", self.at),
            until: reader.point(at, "until", self.until),
            order: self.order.and_then(|order| i64::try_from(order.0).ok()),
            kind: reader.word(at, "type", self.kind).unwrap_or(EventType::Note),
            text: reader.localized(at, "text", self.text),
            impacts: reader.texts(at, "impacts", self.impacts),
            actor: filled(self.actor),
            effects: self
                .effects
                .0
                .into_iter()
                .filter_map(|(service, effect)| {
                    let effect = reader.word_here(&at.key("effects").key(&service), &effect.0)?;
                    Some((service, effect))
                })
                .collect(),
            quiet: self.quiet.is_some_and(|yes| yes.0),
            source: reader.part(at, "source", self.source, |source, _, _| model::EventSource {
                kind: filled(source.kind),
                reference: filled(source.reference),
            }),
            visibility: reader.word(at, "visibility", self.visibility).unwrap_or(Visibility::Internal),
            verified_by: filled(self.verified_by),
            signal: filled(self.signal),
            step: reader.part(at, "step", self.step, Step::read),
        };
        if event.text.is_none() && event.step.is_none() {
            reader.missing(at, "text");
        }
        event
    }
}

impl Step {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Step {
        model::Step {
            key: filled(self.key),
            attempt: self.attempt.and_then(|attempt| u32::try_from(attempt.0).ok()),
            intent: reader.word(at, "intent", self.intent),
            title: reader.localized(at, "title", self.title),
            target: filled(self.target),
            changes_state: self.changes_state.map(|yes| yes.0),
            blast_radius_checked: self.blast_radius_checked.map(|yes| yes.0),
            preconditions: reader.all_localized(at, "preconditions", self.preconditions),
            command: filled(self.command),
            expected: reader.part(at, "expected", self.expected, |expected, reader, at| model::Expected {
                took: reader.stated(at, "took", expected.took),
                sign: reader.localized(at, "sign", expected.sign),
            }),
            took: reader.stated(at, "took", self.took),
            effect_after: reader.stated(at, "effect_after", self.effect_after),
            outcome: reader.word(at, "outcome", self.outcome),
            costs: reader.localized(at, "costs", self.costs),
            irreversible_approval: self.irreversible.and_then(|irreversible| filled(irreversible.approval)),
            hazard: reader.part(at, "hazard", self.hazard, |hazard, reader, at| model::Hazard {
                level: reader.word(at, "level", hazard.level),
                affects: reader.texts(at, "affects", hazard.affects),
                text: reader.localized(at, "text", hazard.text),
            }),
            verify: reader.part(at, "verify", self.verify, |verify, reader, at| model::StepVerify {
                signal: filled(verify.signal),
                expect: reader.localized(at, "expect", verify.expect),
                within: reader.length(at, "within", verify.within),
            }),
            rollback: reader.part(at, "rollback", self.rollback, |rollback, reader, at| {
                model::StepRollback { how: reader.localized(at, "how", rollback.how) }
            }),
            verified: reader.part(at, "verified", self.verified, |verified, reader, at| {
                model::StepVerified {
                    ok: verified.ok.map(|yes| yes.0),
                    at: reader.point(at, "at", verified.at),
                }
            }),
            keep: self.keep.is_some_and(|yes| yes.0),
            keep_reason: reader.localized(at, "keep_reason", self.keep_reason),
        }
    }
}
