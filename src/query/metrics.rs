//! Measures as rows (product: *Machine-readable contracts*).

use serde::Serialize;

use crate::{
    measure::{Measured, MeasuredImpact, Verdict},
    model::{Impact, Incident},
    time::Span,
};

/// A length with both ends; `max_seconds: null` is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SpanRow {
    /// At least.
    pub min_seconds: i64,
    /// At most.
    pub max_seconds: Option<i64>,
}

impl From<Span> for SpanRow {
    fn from(span: Span) -> Self {
        Self { min_seconds: span.min, max_seconds: span.max }
    }
}

/// One incident and its impacts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IncidentRow {
    /// The further workspace that it is of; `None` for this one.
    pub repository: Option<String>,
    /// Its id; `name:id` in a further workspace.
    pub id: String,
    /// How far it is.
    pub status: &'static str,
    /// Every judged impact met: true; one breached: false; otherwise null.
    pub compliant: Option<bool>,
    /// The length of the union of its impacts.
    pub customer_impact: Option<SpanRow>,
    /// Its impacts, in the order of the file.
    pub impacts: Vec<ImpactRow>,
}

/// One impact and its measures; a span is null where nothing is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImpactRow {
    /// Its id.
    pub id: String,
    /// The service.
    pub service: String,
    /// The class in force at its start.
    pub class: Option<String>,
    /// The class's target.
    pub target_seconds: Option<i64>,
    /// Time to detect.
    pub ttd: Option<SpanRow>,
    /// Time to acknowledge.
    pub tta: Option<SpanRow>,
    /// Time to mitigate.
    pub ttm: Option<SpanRow>,
    /// Time to recover: impact start to full recovery.
    pub ttr: Option<SpanRow>,
    /// Repair time.
    pub repair: Option<SpanRow>,
    /// `met`, `breached`, `indeterminate`, `running`, `not_judged`.
    pub verdict: &'static str,
    /// `ttr.min / target`, when breached.
    pub factor_min: Option<f64>,
    /// The verdict, for whoever needs more than its word.
    #[serde(skip)]
    pub judged: Verdict,
}

/// The row of one incident.
pub fn incident_row(incident: &Incident, measured: &Measured) -> IncidentRow {
    IncidentRow {
        repository: None,
        id: incident.id.clone(),
        status: incident.status.word(),
        compliant: measured.compliant,
        customer_impact: measured.customer_impact.map(SpanRow::from),
        impacts: incident.impacts.iter().zip(&measured.impacts).map(|(i, m)| impact_row(i, m)).collect(),
    }
}

fn impact_row(impact: &Impact, measured: &MeasuredImpact) -> ImpactRow {
    ImpactRow {
        id: impact.id.clone(),
        service: impact.service.clone(),
        class: measured.class.clone(),
        target_seconds: measured.target,
        ttd: measured.ttd.map(SpanRow::from),
        tta: measured.tta.map(SpanRow::from),
        ttm: measured.ttm.map(SpanRow::from),
        ttr: measured.ttr.map(SpanRow::from),
        repair: measured.repair.map(SpanRow::from),
        verdict: measured.verdict.word(),
        factor_min: measured.factor_min,
        judged: measured.verdict,
    }
}
