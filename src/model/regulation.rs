//! What reporting regimes ask about an incident.

use super::{Count, Localized, Tristate};
use crate::time::{Date, TimePoint};

/// The regulatory side of an incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regulation {
    /// When the organisation became aware, in the regime's sense.
    pub aware_at: Option<Awareness>,
    /// Personal data concerned.
    pub personal_data: Option<PersonalData>,
    /// Does it cross a border?
    pub cross_border: Option<Tristate>,
    /// Is malice suspected?
    pub suspected_malicious: Option<Tristate>,
    /// When it was classified as major.
    pub classified_major_at: Option<TimePoint>,
    /// When it was found to be material.
    pub material_determined_at: Option<TimePoint>,
    /// When a crisis was declared.
    pub crisis_declared_at: Option<TimePoint>,
    /// Thresholds by name, as the organisation judged them.
    pub triggers: Vec<(String, Tristate)>,
    /// Reports handed in.
    pub submissions: Vec<Submission>,
    /// Judgements that a report is, or is not, due.
    pub assessments: Vec<Assessment>,
}

/// When the organisation became aware, and on what grounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Awareness {
    /// When.
    pub at: Option<TimePoint>,
    /// On what grounds.
    pub basis: Option<Localized>,
    /// Which role says so.
    pub by_role: Option<String>,
}

/// Personal data concerned by an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonalData {
    /// Any at all?
    pub affected: Option<Tristate>,
    /// Which categories.
    pub categories: Vec<String>,
    /// How many people.
    pub subjects: Option<Count>,
    /// How many records.
    pub records: Option<Count>,
    /// Sensitive data?
    pub sensitive: Option<Tristate>,
}

/// A report handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// The regime's pack.
    pub pack: Option<String>,
    /// Which report.
    pub report: Option<String>,
    /// When.
    pub submitted_at: Option<TimePoint>,
    /// The authority's reference.
    pub reference: Option<String>,
}

/// A judgement that a report is, or is not, due.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The regime's pack.
    pub pack: Option<String>,
    /// Is it due?
    pub reportable: Option<bool>,
    /// Which role says so.
    pub by: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// Why.
    pub reason: Option<Localized>,
}
