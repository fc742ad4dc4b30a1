//! Why it happened.

use super::{CauseCategory, CauseRole, ChangeKind, Confidence, Evidence, Localized};
use crate::time::{Date, TimePoint};

/// One cause, and how sure the organisation is of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// Unique in the file.
    pub id: String,
    /// The part it played.
    pub role: Option<CauseRole>,
    /// What sort.
    pub category: Option<CauseCategory>,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// Ids of the impacts it explains.
    pub impacts: Vec<String>,
    /// In words; internal.
    pub text: Option<Localized>,
    /// In words for the public; without it the cause is internal.
    pub public_text: Option<Localized>,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// When a trigger pulled, possibly long before the impact.
    pub at: Option<TimePoint>,
    /// Whether it was known before.
    pub known_before: Option<bool>,
    /// The decision taken when it was known.
    pub decision: Option<Decision>,
    /// Ids of the causes it led to.
    pub leads_to: Vec<String>,
    /// The risk was accepted rather than removed.
    pub risk_accepted: Option<RiskAccepted>,
    /// The limit that was reached.
    pub limit: Option<TypeLimit>,
    /// The change that caused it.
    pub change: Option<Change>,
}

/// A decision about a risk that was known.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// When.
    pub date: Option<Date>,
    /// By which role.
    pub by_role: Option<String>,
    /// Why.
    pub reason: Option<Localized>,
    /// When to look again.
    pub review_by: Option<Date>,
}

/// A risk accepted by a role for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskAccepted {
    /// By which role.
    pub by: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<Localized>,
}

/// A limit that was reached.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeLimit {
    /// Its name.
    pub name: Option<String>,
    /// Its type (`int32`).
    pub kind: Option<String>,
    /// Its value.
    pub max: Option<u64>,
}

/// The change behind a cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What changed.
    pub kind: Option<ChangeKind>,
    /// Where to look.
    pub reference: Option<String>,
    /// What was verified.
    pub verification: Option<ChangeVerification>,
    /// Whether it could be undone.
    pub rollback: Option<Rollback>,
}

/// What the verification of a change covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeVerification {
    /// `producer`, `consumer`, `end_to_end`.
    pub covers: Vec<String>,
}

/// Whether a change could be undone, and was.
#[derive(Clone, Debug, PartialEq)]
pub struct Rollback {
    /// Could it be?
    pub possible: Option<bool>,
    /// Was it?
    pub done: Option<bool>,
    /// Why, or why not.
    pub reason: Option<Localized>,
}
