//! `causes[]`: why it happened, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    action::Evidence,
    collection::List,
    reader::{Reader, filled},
    scalar::{Date, Localized, Moment, Text, Whole, Word, YesNo},
};
use crate::{locate::Path, model};

/// One cause, and how sure the organisation is of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["id"]))]
pub struct Cause {
    /// Unique in the file: letters, digits, `-`.
    pub id: Option<Text>,
    /// The part it played.
    pub role: Option<Word<model::CauseRole>>,
    /// What sort of cause.
    pub category: Option<Word<model::CauseCategory>>,
    /// How sure the organisation is.
    pub confidence: Option<Word<model::Confidence>>,
    /// Ids of the impacts it explains.
    pub impacts: List<Text>,
    /// In words; internal.
    pub text: Option<Localized>,
    /// In words for the public; without it the cause is internal.
    pub public_text: Option<Localized>,
    /// What shows it.
    pub evidence: List<Evidence>,
    /// When a trigger pulled, possibly long before the impact.
    pub at: Option<Moment>,
    /// Whether it was known before.
    pub known_before: Option<YesNo>,
    /// The decision taken when it was known.
    pub decision: Option<Decision>,
    /// Ids of the causes it led to; a human action must be led to by a condition of the system.
    pub leads_to: List<Text>,
    /// The risk was accepted rather than removed.
    pub risk_accepted: Option<RiskAccepted>,
    /// The limit that was reached.
    pub limit: Option<TypeLimit>,
    /// The change that caused it.
    pub change: Option<Change>,
}

/// A decision about a risk that was known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Decision {
    /// When, `2022-10-01`.
    pub date: Option<Date>,
    /// By which role, `role:head-of-engineering`.
    pub by_role: Option<Text>,
    /// Why.
    pub reason: Option<Localized>,
    /// When to look again.
    pub review_by: Option<Date>,
}

/// A risk accepted by a role for a time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct RiskAccepted {
    /// By which role.
    pub by: Option<Text>,
    /// When.
    pub date: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<Localized>,
}

/// A limit that was reached.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct TypeLimit {
    /// Its name, `order-id`.
    pub name: Option<Text>,
    /// Its type, `int32`.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// Its value, `2147483647`.
    pub max: Option<Whole>,
}

/// The change behind a cause.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Change {
    /// What changed.
    pub kind: Option<Word<model::ChangeKind>>,
    /// Where to look.
    #[serde(rename = "ref")]
    pub reference: Option<Text>,
    /// What was verified.
    pub verification: Option<ChangeVerification>,
    /// Whether it could be undone.
    pub rollback: Option<ChangeRollback>,
}

/// What the verification of a change covered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct ChangeVerification {
    /// `producer`, `consumer`, `end_to_end`.
    pub covers: List<Text>,
}

/// Whether a change could be undone, and was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct ChangeRollback {
    /// Could it be?
    pub possible: Option<YesNo>,
    /// Was it?
    pub done: Option<YesNo>,
    /// Why, or why not.
    pub reason: Option<Localized>,
}

impl Cause {
    pub(super) fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Cause {
        model::Cause {
            id: reader.id(at, "id", self.id),
            role: reader.word(at, "role", self.role),
            category: reader.word(at, "category", self.category),
            confidence: reader.word(at, "confidence", self.confidence),
            impacts: reader.texts(at, "impacts", self.impacts),
            text: reader.localized(at, "text", self.text),
            public_text: reader.localized(at, "public_text", self.public_text),
            evidence: reader.each(at, "evidence", self.evidence, Evidence::read),
            at: reader.point(at, "at", self.at),
            known_before: self.known_before.map(|yes| yes.0),
            decision: reader.part(at, "decision", self.decision, |decision, reader, at| model::Decision {
                date: reader.date(at, "date", decision.date),
                by_role: filled(decision.by_role),
                reason: reader.localized(at, "reason", decision.reason),
                review_by: reader.date(at, "review_by", decision.review_by),
            }),
            leads_to: reader.texts(at, "leads_to", self.leads_to),
            risk_accepted: reader.part(at, "risk_accepted", self.risk_accepted, |risk, reader, at| {
                model::RiskAccepted {
                    by: filled(risk.by),
                    date: reader.date(at, "date", risk.date),
                    until: reader.date(at, "until", risk.until),
                    reason: reader.localized(at, "reason", risk.reason),
                }
            }),
            limit: self.limit.map(|limit| model::TypeLimit {
                name: filled(limit.name),
                kind: filled(limit.kind),
                max: limit.max.map(|max| max.0),
            }),
            change: reader.part(at, "change", self.change, Change::read),
        }
    }
}

impl Change {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Change {
        model::Change {
            kind: reader.word(at, "kind", self.kind),
            reference: filled(self.reference),
            verification: reader.part(at, "verification", self.verification, |verification, reader, at| {
                model::ChangeVerification { covers: reader.texts(at, "covers", verification.covers) }
            }),
            rollback: reader.part(at, "rollback", self.rollback, |rollback, reader, at| model::Rollback {
                possible: rollback.possible.map(|yes| yes.0),
                done: rollback.done.map(|yes| yes.0),
                reason: reader.localized(at, "reason", rollback.reason),
            }),
        }
    }
}
