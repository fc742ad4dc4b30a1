//! One step over all its attempts: how often it worked, what it costs, whom it harmed, and where it belongs.

use std::cmp::{Ordering, Reverse};

use super::{Attempt, Record};
use crate::{
    measure::{Proportion, Spread},
    model::{Hazard, HazardLevel, Intent, Localized, Outcome, StepVerify},
    time::Stated,
};

/// Where a step belongs on a page. In the order in which a page shows them, dangers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placement {
    /// It has worked, and has harmed nobody.
    DoFirst,
    /// It has helped in part.
    MayHelp,
    /// It was tried, and nobody recorded what came of it.
    NotRecorded,
    /// It was begun, and never carried through: whether it would help is not known.
    NotCompleted,
    /// It was carried through, and did not help.
    WithoutEffect,
    /// It has made things worse, harmed another service, or is marked as a danger; and nobody decided, with a reason, to
    /// keep it.
    Danger,
}

impl Placement {
    /// `do_first`, `may_help`, `not_recorded`, `not_completed`, `without_effect`, `danger`.
    pub fn word(self) -> &'static str {
        match self {
            Self::DoFirst => "do_first",
            Self::MayHelp => "may_help",
            Self::NotRecorded => "not_recorded",
            Self::NotCompleted => "not_completed",
            Self::WithoutEffect => "without_effect",
            Self::Danger => "danger",
        }
    }
}

/// How often a step did what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often it was tried.
    pub attempts: usize,
    /// It did what it was for.
    pub worked: usize,
    /// It did some of it. Never counted as half a success.
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

impl Tally {
    /// Of outcomes in any order.
    pub fn of(outcomes: impl Iterator<Item = Outcome>) -> Self {
        let mut tally = Self::default();
        for outcome in outcomes {
            tally.attempts += 1;
            match outcome {
                Outcome::Worked => tally.worked += 1,
                Outcome::Partly => tally.partly += 1,
                Outcome::NoEffect => tally.no_effect += 1,
                Outcome::Worse => tally.worse += 1,
                Outcome::Failed => tally.failed += 1,
                Outcome::Unknown => tally.unknown += 1,
            }
        }
        tally
    }

    /// The share that worked, of the attempts whose outcome is known; `None` while none is.
    pub fn success(&self) -> Option<Proportion> {
        Proportion::of(self.worked, self.attempts - self.unknown)
    }

    /// Where a step belongs that harms nobody, or that is kept for all its harm.
    fn placement(&self) -> Placement {
        if self.worked > 0 {
            Placement::DoFirst
        } else if self.partly > 0 {
            Placement::MayHelp
        } else if self.unknown == self.attempts {
            Placement::NotRecorded
        } else if self.no_effect + self.worse == 0 {
            Placement::NotCompleted
        } else {
            Placement::WithoutEffect
        }
    }
}

/// One attempt, with the incident it was made in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tried<'a> {
    /// The incident.
    pub record: &'a Record,
    /// The attempt.
    pub attempt: &'a Attempt,
}

/// Harm that a step did, or is marked to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Harm<'a> {
    /// When.
    pub tried: Tried<'a>,
    /// Whether it was for the service of this page.
    pub own: bool,
}

/// What is known of one step for one service.
#[derive(Clone, Debug, PartialEq)]
pub struct Known<'a> {
    /// What its evidence is grouped by.
    pub key: String,
    /// Its attempts for this service, the oldest first. Empty for a step of other services that harmed this one.
    pub attempts: Vec<Tried<'a>>,
    /// Every attempt at it that was dangerous: those for this service, those that harmed it, and those of the same key at
    /// the same target.
    pub harms: Vec<Harm<'a>>,
    /// How often it did what, for this service.
    pub tally: Tally,
    /// How long it took where it helped.
    pub took: Option<Spread>,
    /// How long until the first sign of its effect.
    pub effect_after: Option<Spread>,
    /// How long it took where it did not help: what trying costs.
    pub cost: Option<Spread>,
    /// Where it belongs.
    pub placement: Placement,
    /// Why a person keeps it recommended, when it is dangerous and one does.
    pub kept: Option<&'a Localized>,
}

impl<'a> Known<'a> {
    /// Of the attempts for a service and of all dangerous ones, each the oldest first.
    pub(super) fn of(key: String, attempts: Vec<Tried<'a>>, harms: Vec<Harm<'a>>) -> Self {
        let tally = Tally::of(attempts.iter().map(|tried| tried.attempt.outcome()));
        let helped =
            |tried: &&Tried<'_>| matches!(tried.attempt.outcome(), Outcome::Worked | Outcome::Partly);
        let lost = |tried: &&Tried<'_>| {
            matches!(tried.attempt.outcome(), Outcome::NoEffect | Outcome::Failed | Outcome::Worse)
        };
        let took = |tried: &Tried<'_>| tried.attempt.took;
        let effect = |tried: &Tried<'_>| tried.attempt.step.effect_after.map(|after| after.span());
        let kept = kept(&attempts, &harms);
        let placement =
            if harms.is_empty() || kept.is_some() { tally.placement() } else { Placement::Danger };
        Self {
            key,
            took: Spread::of(attempts.iter().filter(helped).filter_map(took)),
            effect_after: Spread::of(attempts.iter().filter_map(effect)),
            cost: Spread::of(attempts.iter().filter(lost).filter_map(took)),
            tally,
            placement,
            kept,
            attempts,
            harms,
        }
    }

    /// Every attempt that says something of the step, the newest first: those for this service, then the harms of others.
    pub fn told(&self) -> impl Iterator<Item = Tried<'a>> {
        let others = self.harms.iter().rev().filter(|harm| !harm.own).map(|harm| harm.tried);
        self.attempts.iter().rev().copied().chain(others)
    }

    /// The newest thing said of the step: what `get` finds in the latest attempt that has it.
    pub fn latest<T>(&self, get: impl Fn(&'a Attempt) -> Option<T>) -> Option<T> {
        self.told().find_map(|tried| get(tried.attempt))
    }

    /// Whether it is dangerous, kept or not.
    pub fn is_dangerous(&self) -> bool {
        !self.harms.is_empty()
    }

    /// Whether anyone marked it with a hazard, of any level.
    pub fn is_marked(&self) -> bool {
        self.told().any(|tried| tried.attempt.step.hazard.as_ref().is_some_and(|it| it.level.is_some()))
    }

    /// What it is for, by the latest attempt that says so.
    pub fn intent(&self) -> Option<Intent> {
        self.latest(|attempt| attempt.step.intent)
    }

    /// Whether it changes anything: as soon as one attempt says so. `None` when none says.
    pub fn changes_state(&self) -> Option<bool> {
        self.told().filter_map(|tried| tried.attempt.step.changes_state).max()
    }

    /// Whether it looks and changes nothing: what comes before any step that changes something.
    pub fn only_looks(&self) -> bool {
        self.intent() == Some(Intent::Diagnose) && self.changes_state() != Some(true) && !self.is_dangerous()
    }

    /// Whether it confirms that the service is back.
    pub fn confirms(&self) -> bool {
        self.intent() == Some(Intent::Verify) && self.changes_state() != Some(true) && !self.is_dangerous()
    }

    /// The services it harmed or may harm, each once, the latest first.
    pub fn endangered(&self) -> Vec<&'a str> {
        let mut services: Vec<&str> = Vec::new();
        for harm in self.harms.iter().rev() {
            for service in harm.tried.attempt.endangered() {
                if !services.contains(&service) {
                    services.push(service);
                }
            }
        }
        services
    }

    /// The gravest level it is marked with.
    pub fn hazard_level(&self) -> Option<HazardLevel> {
        self.told().filter_map(|tried| tried.attempt.step.hazard.as_ref()?.level).max()
    }

    /// The mark to be told: of those of the gravest level the latest that has words, else the latest.
    pub fn hazard(&self) -> Option<&'a Hazard> {
        let level = self.hazard_level();
        let marks = || {
            let hazards = self.told().filter_map(|tried| tried.attempt.step.hazard.as_ref());
            hazards.filter(|hazard| hazard.level == level)
        };
        marks()
            .find(|hazard| hazard.text.as_ref().is_some_and(|text| !text.is_blank()))
            .or_else(|| marks().next())
    }

    /// What it is done to.
    pub fn target(&self) -> Option<&'a str> {
        self.latest(|attempt| attempt.step.target.as_deref())
    }

    /// The command, with its placeholders.
    pub fn command(&self) -> Option<&'a str> {
        self.latest(|attempt| attempt.step.command.as_deref())
    }

    /// What must hold before.
    pub fn preconditions(&self) -> &'a [Localized] {
        let stated =
            self.latest(|attempt| Some(&attempt.step.preconditions).filter(|texts| !texts.is_empty()));
        stated.map_or(&[], Vec::as_slice)
    }

    /// How long it should take.
    pub fn expected(&self) -> Option<Stated> {
        self.latest(|attempt| attempt.step.expected.as_ref()?.took)
    }

    /// The sign that it goes well.
    pub fn sign(&self) -> Option<&'a Localized> {
        self.latest(|attempt| attempt.step.expected.as_ref()?.sign.as_ref().filter(|sign| !sign.is_blank()))
    }

    /// How to see that it worked.
    pub fn verify(&self) -> Option<&'a StepVerify> {
        let says = |it: &&StepVerify| {
            it.signal.is_some() || it.expect.as_ref().is_some_and(|expect| !expect.is_blank())
        };
        self.latest(|attempt| attempt.step.verify.as_ref().filter(says))
    }

    /// How to undo it.
    pub fn rollback(&self) -> Option<&'a Localized> {
        self.latest(|attempt| attempt.step.rollback.as_ref()?.how.as_ref().filter(|how| !how.is_blank()))
    }

    /// The role that approves what cannot be undone.
    pub fn approval(&self) -> Option<&'a str> {
        self.latest(|attempt| attempt.step.irreversible_approval.as_deref())
    }

    /// What it cost, the latest first, each once.
    pub fn costs(&self) -> Vec<&'a Localized> {
        let mut costs: Vec<&Localized> = Vec::new();
        for text in self.told().filter_map(|tried| tried.attempt.step.costs.as_ref()) {
            if !text.is_blank() && !costs.contains(&text) {
                costs.push(text);
            }
        }
        costs
    }

    /// The order of a page: where it belongs; then what has worked surely, then fast; then as it was tried last, one
    /// thing after the other.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let rank = |known: &Self| {
            let tally = &known.tally;
            let good = if known.placement == Placement::MayHelp { tally.partly } else { tally.worked };
            Proportion::of(good, tally.attempts - tally.unknown).map_or(0.0, |share| share.low)
        };
        let effect = |known: &Self| known.effect_after.map_or(i64::MAX, |after| after.median.min);
        let last = |known: &Self| known.told().next().map(|tried| tried.place());
        // steps that did not help: what was tried most often in vain comes first, what is sure to be of no use
        let tried = |known: &Self| match known.placement {
            Placement::NotCompleted | Placement::WithoutEffect => Reverse(known.tally.attempts),
            _ => Reverse(0),
        };
        (self.placement.cmp(&other.placement))
            .then_with(|| rank(other).total_cmp(&rank(self)))
            .then_with(|| tried(self).cmp(&tried(other)))
            .then_with(|| effect(self).cmp(&effect(other)))
            .then_with(|| last(self).cmp(&last(other)))
            .then_with(|| self.key.cmp(&other.key))
    }
}

impl<'a> Tried<'a> {
    /// What attempts are sorted by: the newest incident first, and within it as things happened.
    fn place(&self) -> (Reverse<Option<crate::time::Date>>, Reverse<&'a str>, usize) {
        (Reverse(self.record.day), Reverse(&self.record.id), self.attempt.index)
    }
}

/// The reason for which a person keeps a dangerous step recommended: one that was written no earlier than the last harm.
fn kept<'a>(attempts: &[Tried<'a>], harms: &[Harm<'a>]) -> Option<&'a Localized> {
    let age = |tried: &Tried<'a>| (tried.record.day, tried.record.id.as_str(), tried.attempt.index);
    let last = harms.iter().map(|harm| age(&harm.tried)).max()?;
    let tried = attempts.iter().copied().chain(harms.iter().map(|harm| harm.tried));
    let decided = tried
        .filter(|tried| age(tried) >= last)
        .filter_map(|tried| Some((age(&tried), tried.attempt.kept()?)));
    decided.max_by_key(|(age, _)| *age).map(|(_, reason)| reason)
}
