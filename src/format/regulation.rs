//! `regulatory`: what reporting regimes ask about an incident, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    collection::{List, Map},
    reader::{Reader, filled, tristate},
    scalar::{Count, Date, Localized, Moment, Text, Tristate, YesNo},
};
use crate::{
    locate::Path,
    model::{self, ExpectedValue},
};

/// The regimes that relato knows (clocks: *Pack*).
pub const PACKS: &[&str] = &["lgpd", "gdpr", "nis2", "eu-dora", "sec-8k", "bcb"];

/// The regulatory side of an incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Regulation {
    /// When the organisation became aware, in the regime's sense; never taken from `detected`.
    pub aware_at: Option<Awareness>,
    /// Personal data concerned.
    pub personal_data: Option<PersonalData>,
    /// Does it cross a border?
    pub cross_border: Option<Tristate>,
    /// Is malice suspected?
    pub suspected_malicious: Option<Tristate>,
    /// When it was classified as major (EU DORA).
    pub classified_major_at: Option<Moment>,
    /// When it was found to be material (SEC 8-K).
    pub material_determined_at: Option<Moment>,
    /// When a crisis was declared (Banco Central do Brasil).
    pub crisis_declared_at: Option<Moment>,
    /// Thresholds by name, as the organisation judged them: `true`, `false` or `unknown`.
    pub triggers: Map<Tristate>,
    /// Reports handed in.
    pub submissions: List<Submission>,
    /// Judgements that a report is, or is not, due.
    pub assessments: List<Assessment>,
}

/// When the organisation became aware.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Awareness {
    /// When.
    pub at: Option<Moment>,
    /// On what grounds.
    pub basis: Option<Localized>,
    /// Which role says so, `role:dpo`.
    pub by_role: Option<Text>,
}

/// Personal data concerned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct PersonalData {
    /// Any at all?
    pub affected: Option<Tristate>,
    /// Which categories, `contact`.
    pub categories: List<Text>,
    /// How many people.
    pub subjects: Option<Count>,
    /// How many records.
    pub records: Option<Count>,
    /// Sensitive data?
    pub sensitive: Option<Tristate>,
}

/// A report handed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Submission {
    /// The regime, `gdpr`.
    #[schemars(extend("enum" = packs_or_null()))]
    pub pack: Option<Text>,
    /// Which report, `initial`.
    pub report: Option<Text>,
    /// When.
    pub submitted_at: Option<Moment>,
    /// The authority's reference.
    pub reference: Option<Text>,
}

/// A judgement that a report is, or is not, due.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Assessment {
    /// The regime, `nis2`.
    #[schemars(extend("enum" = packs_or_null()))]
    pub pack: Option<Text>,
    /// Is it due?
    pub reportable: Option<YesNo>,
    /// Which role says so.
    pub by: Option<Text>,
    /// When, `2026-03-01`.
    pub date: Option<Date>,
    /// Why.
    pub reason: Option<Localized>,
}

impl Regulation {
    pub(super) fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Regulation {
        let triggers = self.triggers.0.into_iter();
        model::Regulation {
            aware_at: reader.part(at, "aware_at", self.aware_at, |aware, reader, at| model::Awareness {
                at: reader.point(at, "at", aware.at),
                basis: reader.localized(at, "basis", aware.basis),
                by_role: filled(aware.by_role),
            }),
            personal_data: reader.part(at, "personal_data", self.personal_data, PersonalData::read),
            cross_border: tristate(self.cross_border),
            suspected_malicious: tristate(self.suspected_malicious),
            classified_major_at: reader.point(at, "classified_major_at", self.classified_major_at),
            material_determined_at: reader.point(at, "material_determined_at", self.material_determined_at),
            crisis_declared_at: reader.point(at, "crisis_declared_at", self.crisis_declared_at),
            triggers: triggers.filter_map(|(name, answer)| Some((name, tristate(Some(answer))?))).collect(),
            submissions: reader.each(at, "submissions", self.submissions, |submission, reader, at| {
                model::Submission {
                    pack: pack(submission.pack, reader, at),
                    report: filled(submission.report),
                    submitted_at: reader.point(at, "submitted_at", submission.submitted_at),
                    reference: filled(submission.reference),
                }
            }),
            assessments: reader.each(at, "assessments", self.assessments, |assessment, reader, at| {
                model::Assessment {
                    pack: pack(assessment.pack, reader, at),
                    reportable: assessment.reportable.map(|yes| yes.0),
                    by: filled(assessment.by),
                    date: reader.date(at, "date", assessment.date),
                    reason: reader.localized(at, "reason", assessment.reason),
                }
            }),
        }
    }
}

impl PersonalData {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::PersonalData {
        model::PersonalData {
            affected: tristate(self.affected),
            categories: reader.texts(at, "categories", self.categories),
            subjects: reader.count(at, "subjects", self.subjects),
            records: reader.count(at, "records", self.records),
            sensitive: tristate(self.sensitive),
        }
    }
}

fn pack(pack: Option<Text>, reader: &mut Reader<'_>, at: &Path<'_>) -> Option<String> {
    let pack = filled(pack)?;
    known_pack(&pack, reader, &at.key("pack"));
    Some(pack)
}

/// Checks that relato knows the regime.
pub(super) fn known_pack(pack: &str, reader: &mut Reader<'_>, here: &Path<'_>) {
    if !PACKS.contains(&pack) {
        let near = reader.near(pack, PACKS.iter().copied());
        reader.invalid(here, pack, ExpectedValue::OneOf(PACKS), near);
    }
}

fn packs_or_null() -> Vec<Option<&'static str>> {
    PACKS.iter().copied().map(Some).chain([None]).collect()
}
