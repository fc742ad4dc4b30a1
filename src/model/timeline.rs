//! What happened, in order: events, and the steps of the response.

use super::{Effect, EventType, HazardLevel, Intent, Localized, Outcome, Visibility};
use crate::time::{Length, Stated, TimePoint};

/// One entry of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Unique in the file; empty when not given.
    pub id: String,
    /// When; `None` when the file leaves it out.
    pub at: Option<TimePoint>,
    /// When it ended.
    pub until: Option<TimePoint>,
    /// The place in the order when the instant is unknown.
    pub order: Option<i64>,
    /// What kind of event.
    pub kind: EventType,
    /// What happened, for readers.
    pub text: Option<Localized>,
    /// Ids of the impacts it concerns.
    pub impacts: Vec<String>,
    /// The role that acted.
    pub actor: Option<String>,
    /// Effects observed on services, in the order of the file.
    pub effects: Vec<(String, Effect)>,
    /// Nothing happened, on purpose.
    pub quiet: bool,
    /// Where this is known from; internal.
    pub source: Option<EventSource>,
    /// Who may see it; internal unless given.
    pub visibility: Visibility,
    /// The role that confirmed a manual operation.
    pub verified_by: Option<String>,
    /// The signal that a verification or recovery looked at.
    pub signal: Option<String>,
    /// The step, when the event is one.
    pub step: Option<Step>,
}

/// Where an event is known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventSource {
    /// `chat`, `alert`, `document` …
    pub kind: Option<String>,
    /// Where to look.
    pub reference: Option<String>,
}

/// One thing done during the response; evidence for runbooks is grouped by its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Stable across incidents.
    pub key: Option<String>,
    /// Which attempt at the same thing, from 1.
    pub attempt: Option<u32>,
    /// What for.
    pub intent: Option<Intent>,
    /// In an imperative sentence.
    pub title: Option<Localized>,
    /// What it was done to: `infra:x`, `service:x`.
    pub target: Option<String>,
    /// Whether it changes anything.
    pub changes_state: Option<bool>,
    /// Whether its reach was checked before.
    pub blast_radius_checked: Option<bool>,
    /// What must hold before.
    pub preconditions: Vec<Localized>,
    /// The command, with placeholders; internal.
    pub command: Option<String>,
    /// What was expected.
    pub expected: Option<Expected>,
    /// How long it took.
    pub took: Option<Stated>,
    /// How long until it showed effect.
    pub effect_after: Option<Stated>,
    /// What it did.
    pub outcome: Option<Outcome>,
    /// What it cost.
    pub costs: Option<Localized>,
    /// The role that approved something that cannot be undone.
    pub irreversible_approval: Option<String>,
    /// Why to be careful.
    pub hazard: Option<Hazard>,
    /// How to see that it worked.
    pub verify: Option<StepVerify>,
    /// How to undo it.
    pub rollback: Option<StepRollback>,
    /// Whether it was confirmed to have worked.
    pub verified: Option<StepVerified>,
    /// A person decided to keep a dangerous step in the runbook.
    pub keep: bool,
    /// Why; without a reason nothing is kept.
    pub keep_reason: Option<Localized>,
}

/// What a step was expected to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// How long it should take.
    pub took: Option<Stated>,
    /// The sign that it goes well.
    pub sign: Option<Localized>,
}

/// Why a step is dangerous.
#[derive(Clone, Debug, PartialEq)]
pub struct Hazard {
    /// How dangerous.
    pub level: Option<HazardLevel>,
    /// The services it may hurt.
    pub affects: Vec<String>,
    /// What it does, and what to do instead.
    pub text: Option<Localized>,
}

/// How to see that a step worked.
#[derive(Clone, Debug, PartialEq)]
pub struct StepVerify {
    /// The measurement.
    pub signal: Option<String>,
    /// What it should show.
    pub expect: Option<Localized>,
    /// Within how long.
    pub within: Option<Length>,
}

/// How to undo a step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepRollback {
    /// In words.
    pub how: Option<Localized>,
}

/// Whether a step was confirmed to have worked.
#[derive(Clone, Debug, PartialEq)]
pub struct StepVerified {
    /// Whether it had.
    pub ok: Option<bool>,
    /// When that was seen.
    pub at: Option<TimePoint>,
}
