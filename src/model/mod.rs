//! What an incident, the catalogue and the settings are, once read and resolved: plain values.
//!
//! The model carries no positions, no paths and no serde: how a file spells a thing is `format`'s business, where it
//! stands in the text is `locate`'s.

mod action;
mod catalogue;
mod cause;
mod comms;
mod fault;
mod glossary;
mod impact;
mod incident;
mod links;
mod regulation;
mod settings;
mod text;
mod timeline;
mod walk;
mod words;

pub use action::{Action, Addressed, Due, Evidence, Link, Slip, Tracker, Withdrawal};
pub use catalogue::{
    Alerted, Catalogue, ClassSince, Dependency, Escalation, Infra, Limit, RunbookReview, Service, Team,
};
pub use cause::{Cause, Change, ChangeVerification, Decision, RiskAccepted, Rollback, TypeLimit};
pub use comms::{Estimate, Parts, Post};
pub use fault::{Expected as ExpectedValue, Fault, FaultKind, Near, Target};
pub use glossary::{Acronym, Glossary, People, Person, Term};
pub use impact::{
    Backlog, Data, Detection, Impact, Residual, Segment, StatedLengths, Users, Verification, Via,
};
pub use incident::{Incident, Maintenance, Review, Source, Translation, Waiver};
pub use links::Links;
pub use regulation::{Assessment, Awareness, PersonalData, Regulation, Submission};
pub use settings::{
    ActionLimits, Brand, Class, Entity, Holiday, Organisation, Policy, Recurrence, Redaction, Settings,
    StatusPage,
};
pub use text::Localized;
pub use timeline::{Event, EventSource, Expected, Hazard, Step, StepRollback, StepVerified, StepVerify};
pub use words::*;
