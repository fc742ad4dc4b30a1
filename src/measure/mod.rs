//! Times to detect, acknowledge, mitigate and recover, and the verdict on each impact (metrics).

mod action;
mod class;
mod clock;
mod correction;
mod evidence;
mod impact;
mod known;
mod lengths;
mod union;

#[cfg(test)]
mod edge_cases;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use action::{ActionClasses, action_zone, days_late, days_overdue};
pub use correction::{Corrected, Correction, corrections, has_new_post, is_published, post_names};
pub use evidence::{FEW, Proportion, Spread};
pub use known::known_at;

use crate::model::{Catalogue, Impact, Incident, Settings};
use crate::time::{Instant, Interval, Span};

/// Measures one incident and judges each of its impacts.
///
/// Lengths are elapsed seconds around the clock, in UTC, computed as intervals: each allows every value that the record
/// allows. `as_of` plays a part only for impacts that go on in an incident that is open or monitored.
pub fn measure(incident: &Incident, settings: &Settings, catalogue: &Catalogue, as_of: Instant) -> Measured {
    let clocks: Vec<_> =
        incident.impacts.iter().map(|impact| clock::Clock::of(incident, impact, as_of)).collect();
    let impacts: Vec<_> = incident
        .impacts
        .iter()
        .zip(&clocks)
        .map(|(impact, clock)| impact::measured(incident, impact, clock, settings, catalogue, as_of))
        .collect();
    let seen = || incident.impacts.iter().zip(&clocks).zip(&impacts).map(|((i, c), m)| (i, c, m));
    Measured {
        customer_impact: union::customer_impact(seen()),
        whole: union::whole(seen()),
        equivalent_downtime: union::equivalent_downtime(seen()),
        compliant: union::compliant(&impacts),
        impacts,
    }
}

/// The length of the union of those impacts of an incident that are `wanted`, as [`Measured::customer_impact`] is of all
/// of them; `None` when nothing is known, and when none is wanted or hit anybody.
pub fn customer_impact_of(
    incident: &Incident,
    measured: &Measured,
    as_of: Instant,
    wanted: impl Fn(&Impact, &MeasuredImpact) -> bool,
) -> Option<Span> {
    let clocks: Vec<_> =
        incident.impacts.iter().map(|impact| clock::Clock::of(incident, impact, as_of)).collect();
    let seen = incident.impacts.iter().zip(&clocks).zip(&measured.impacts).map(|((i, c), m)| (i, c, m));
    union::customer_impact(seen.filter(|(impact, _, measured)| wanted(impact, measured)))
}

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
    /// Customer impact time: the length of the union of the impacts' intervals, pauses left out (as Datadog); `None`
    /// when nothing is known. Near misses and maintenance inside its window are no part of it.
    pub customer_impact: Option<Span>,
    /// First start to last recovery; `None` when nothing is known.
    pub whole: Option<Span>,
    /// Each impact's length times the share of users it hit, summed; `None` unless every share is known. For reports,
    /// never judged.
    pub equivalent_downtime: Option<Span>,
    /// `Some(true)` when every judged impact is met, `Some(false)` when one is breached, `None` otherwise: while one is
    /// running or indeterminate, and when none is judged.
    pub compliant: Option<bool>,
}

/// What is computed for one impact. A span is `None` where nothing is known of it, and where no clock runs: for a near
/// miss, and for maintenance inside its window, nothing counts from a start.
///
/// S start, G first signal, D detection, A acknowledgement, M mitigation, R recovery, V verification (metrics:
/// *Moments*, *Metrics*).
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredImpact {
    /// The class in force at the impact's start, by its key; also one that the settings do not know.
    pub class: Option<String>,
    /// The class's target for TTR, in seconds. Where the class changed while the impact may have started, the longest
    /// of the targets in question.
    pub target: Option<i64>,
    /// Start to first signal: `max(0, G − S)`.
    pub signal_delay: Option<Span>,
    /// First signal to detection: `D − G`.
    pub recognition_gap: Option<Span>,
    /// Time to detect: `max(0, D − S)`, zero when detected before.
    pub ttd: Option<Span>,
    /// How long before the start it was detected: `S − D`, only where it surely was.
    pub lead: Option<Span>,
    /// Time to acknowledge: `A − D`.
    pub tta: Option<Span>,
    /// Time to mitigate: `M − S`.
    pub ttm: Option<Span>,
    /// Time to recover: start to full recovery, `R − S`. This is what the verdict judges. At least TTM (metrics:
    /// *Metrics*, second decision); the clock's end is `R` or the accepted residual (Reg. (EU) 2024/1772 art. 3 is the
    /// model: until the delayed service is fully provided). For an ongoing impact what has passed is its least value.
    pub ttr: Option<Span>,
    /// Start to the first recovery, when the impact returned.
    pub ttr_first: Option<Span>,
    /// The sum of the segments, when the impact returned.
    pub impact_time: Option<Span>,
    /// Repair time: `max(0, R − max(S, D))`, which is TTR less TTD. The time to repair of Google and Datadog.
    pub repair: Option<Span>,
    /// Recovery to its verification: `V − R`.
    pub verification_lag: Option<Span>,
    /// How long the fault lay there before: from the earliest dated cause to the start.
    pub exposure: Option<Span>,
    /// Start to the moment of asking, for an ongoing impact.
    pub elapsed: Option<Span>,
    /// What the end points alone say of TTD, TTM and TTR, before stated lengths are taken in.
    pub by_end_points: EndPoints,
    /// The start of the clock, as far as known: that of the impact, or the end of the window that it overran.
    pub started: Interval,
    /// The end of the clock, as far as known: full recovery, or the accepted residual. For an ongoing impact not before
    /// the moment of asking.
    pub ended: Interval,
    /// Not over as of the moment of asking, in an incident that is still fought or watched.
    pub ongoing: bool,
    /// It ended before anyone knew, by its moments or by the author's word.
    pub self_recovered: bool,
    /// The clock ended by an accepted residual, not by full recovery.
    pub ended_by_residual: bool,
    /// Announced maintenance that outlasted its window, or may have: the clock starts at the window's end.
    pub overran_window: bool,
    /// A segment surely began later after the one before than `reopen_window` allows: it should be another incident.
    pub returned_late: bool,
    /// The verdict on TTR.
    pub verdict: Verdict,
    /// The verdict on TTD, when the class has `detect_within`.
    pub detection_verdict: Option<Verdict>,
    /// The verdict on TTM, when the class has `mitigate_within`. Where no mitigation is on record, recovery brought it
    /// at the latest.
    pub mitigation_verdict: Option<Verdict>,
    /// `ttr.min / target`, only when breached; not rounded.
    pub factor_min: Option<f64>,
}

/// Lengths from the start of the impact by end points alone, which stated lengths may contradict; `None` where the
/// moments say nothing or run backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndPoints {
    /// Start to detection.
    pub detect: Option<Span>,
    /// Start to mitigation.
    pub mitigate: Option<Span>,
    /// Start to recovery.
    pub recover: Option<Span>,
}
