//! Times to detect, acknowledge, mitigate and recover, and the verdict on each impact (metrics).

mod action;

pub use action::{action_class, action_zone, days_overdue};

use crate::time::{Interval, Span};

/// The judgement of one impact against its class's target (metrics: *Uncertain times*, *Settled points*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Recovery surely took no longer than the target; equality meets it.
    Met,
    /// Recovery surely took longer than the target.
    Breached,
    /// The times given allow both.
    Indeterminate,
    /// Still going on, and within the target so far.
    Running,
    /// No clock runs.
    NotJudged(Unjudged),
}

/// Why no clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unjudged {
    /// The class does not count impacts of this level.
    LevelNotCounted,
    /// Nobody was hit.
    NearMiss,
    /// Inside the announced window.
    Maintenance,
    /// The service has no known class at the impact's start.
    UnknownClass,
}

impl Verdict {
    /// The word of the machine-readable contract: `met`, `breached`, `indeterminate`, `running`, `not_judged`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Breached => "breached",
            Self::Indeterminate => "indeterminate",
            Self::Running => "running",
            Self::NotJudged(_) => "not_judged",
        }
    }
}

/// What is computed for one incident. Every span is in seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// One for each impact, in the order of the file.
    pub impacts: Vec<MeasuredImpact>,
    /// The length of the union of the impacts' intervals; `None` when nothing is known.
    pub customer_impact: Option<Span>,
    /// First start to last recovery; `None` when nothing is known.
    pub whole: Option<Span>,
    /// `Some(true)` when every judged impact is met, `Some(false)` when one is breached, `None` otherwise.
    pub compliant: Option<bool>,
}

/// What is computed for one impact. A span is `None` where nothing is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredImpact {
    /// The class in force at the impact's start, by its key.
    pub class: Option<String>,
    /// The class's target for TTR, in seconds.
    pub target: Option<i64>,
    /// Start to first signal.
    pub signal_delay: Option<Span>,
    /// First signal to detection.
    pub recognition_gap: Option<Span>,
    /// Time to detect: start to detection, zero when detected before.
    pub ttd: Option<Span>,
    /// How long before the start it was detected.
    pub lead: Option<Span>,
    /// Time to acknowledge: detection to acknowledgement.
    pub tta: Option<Span>,
    /// Time to mitigate: start to mitigation.
    pub ttm: Option<Span>,
    /// Time to recover: start to full recovery. This is what the verdict judges.
    pub ttr: Option<Span>,
    /// Start to the first recovery, when the impact returned.
    pub ttr_first: Option<Span>,
    /// The sum of the segments, when the impact returned.
    pub impact_time: Option<Span>,
    /// Repair time: from start or detection, whichever is later, to recovery.
    pub repair: Option<Span>,
    /// Recovery to its verification.
    pub verification_lag: Option<Span>,
    /// What the end points alone say of TTR and of TTM, before stated lengths are taken in.
    pub by_end_points: EndPoints,
    /// The start, as far as known.
    pub started: Interval,
    /// The end of the clock, as far as known: full recovery, or the accepted residual.
    pub ended: Interval,
    /// Not over as of the moment of asking, in an incident that is still fought or watched.
    pub ongoing: bool,
    /// It ended before anyone knew.
    pub self_recovered: bool,
    /// The clock ended by an accepted residual, not by full recovery.
    pub ended_by_residual: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// `ttr.min / target`, only when breached.
    pub factor_min: Option<f64>,
}

/// Lengths by end points alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndPoints {
    /// Start to detection.
    pub detect: Option<Span>,
    /// Start to mitigation.
    pub mitigate: Option<Span>,
    /// Start to recovery.
    pub recover: Option<Span>,
}
