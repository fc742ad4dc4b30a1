//! What is not known for a service: said, so that nobody takes silence for knowledge.

use super::{Known, Placement, Record, Runbook};
use crate::model::{Intent, Localized};

/// At most so many causes are named.
const MOST_CAUSES: usize = 5;

/// Something that nobody has recorded.
#[derive(Clone, Debug, PartialEq)]
pub enum Gap<'a> {
    /// No incident of this service is recorded.
    NoIncident,
    /// No step for this service is recorded: how it came back, if it did, is not told.
    NoStep,
    /// No step is known to work, though some were tried.
    NoneWorked,
    /// Nothing is recorded to look at before something is changed.
    NoLook,
    /// Nothing is recorded that shows, from the users' side, that it is back.
    NoConfirmation,
    /// What came of these steps is not recorded.
    NoOutcome(Vec<&'a Known<'a>>),
    /// How to see that these steps worked is not recorded.
    NoVerification(Vec<&'a Known<'a>>),
    /// How to undo these steps is not recorded.
    NoWayBack(Vec<&'a Known<'a>>),
    /// A cause that nobody has established.
    UnknownCause(&'a Record, &'a Localized),
}

/// What is not known, the gravest first.
pub fn gaps<'a>(runbook: &'a Runbook<'a>) -> Vec<Gap<'a>> {
    let mut gaps = Vec::new();
    let tried = || runbook.steps.iter().filter(|known| !known.attempts.is_empty());
    if runbook.past.is_empty() {
        gaps.push(Gap::NoIncident);
    } else if tried().next().is_none() {
        gaps.push(Gap::NoStep);
    } else if tried().all(|known| known.tally.worked == 0) {
        gaps.push(Gap::NoneWorked);
    }
    if !runbook.past.is_empty() {
        if runbook.looks.is_empty() {
            gaps.push(Gap::NoLook);
        }
        let seen = || runbook.past.iter().flat_map(|past| &past.seen);
        let confirmed = seen().any(|seen| !seen.signals.is_empty() || !seen.confirmed.is_empty());
        if !confirmed && runbook.checks.is_empty() {
            gaps.push(Gap::NoConfirmation);
        }
    }
    let mut those = |lacks: &dyn Fn(&&'a Known<'a>) -> bool, gap: fn(Vec<&'a Known<'a>>) -> Gap<'a>| {
        let lacking: Vec<&Known<'_>> = tried().filter(lacks).collect();
        if !lacking.is_empty() {
            gaps.push(gap(lacking));
        }
    };
    those(&|known| known.tally.unknown == known.tally.attempts, Gap::NoOutcome);
    let may_help = |known: &Known<'_>| known.placement < Placement::NotCompleted;
    those(
        &|known| may_help(known) && is_for_recovery(known) && known.verify().is_none(),
        Gap::NoVerification,
    );
    let no_way_back = |known: &Known<'_>| known.rollback().is_none() && known.approval().is_none();
    those(&|known| known.changes_state() == Some(true) && no_way_back(known), Gap::NoWayBack);
    let mut causes: Vec<&Localized> = Vec::new();
    for past in &runbook.past {
        for text in past.seen.iter().flat_map(|seen| &seen.unknown) {
            if causes.len() < MOST_CAUSES && !causes.contains(&text) {
                causes.push(text);
                gaps.push(Gap::UnknownCause(past.record, text));
            }
        }
    }
    gaps
}

fn is_for_recovery(known: &Known<'_>) -> bool {
    matches!(known.intent(), Some(Intent::Mitigate | Intent::Recover) | None)
}
