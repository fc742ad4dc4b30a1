//! One service hit by an incident, with its own moments (metrics: *Moments*).

use super::{Count, DetectionSource, FailureMode, Level, Localized, Monitoring, Presence};
use crate::time::{Date, Stated, TimePoint};

/// What one service's users went through. Times belong to impacts, not to incidents.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// Unique in the file; the service's id unless given.
    pub id: String,
    /// The service's id in the catalogue.
    pub service: String,
    /// The class named on the impact itself, used only while there is no catalogue.
    pub class: Option<String>,
    /// What users noticed.
    pub level: Level,
    /// Who notices what, for readers.
    pub scope: Option<Localized>,
    /// First instant at which users got less than normal service.
    pub started: Option<TimePoint>,
    /// First signal that reached anyone, understood or not.
    pub first_signal: Option<TimePoint>,
    /// First instant at which the organisation knew that this service was affected.
    pub detected: Option<TimePoint>,
    /// A first responder took ownership.
    pub acknowledged: Option<TimePoint>,
    /// Impact materially smaller, not yet over.
    pub mitigated: Option<TimePoint>,
    /// Back at the level before the incident for all affected users, delayed work done.
    pub recovered: Option<TimePoint>,
    /// Evidence, from the users' side, that recovery holds.
    pub verified: Option<Verification>,
    /// Lengths the source states without end points.
    pub stated: StatedLengths,
    /// The impact's parts, when it paused and returned.
    pub segments: Vec<Segment>,
    /// The service recovered before anyone knew.
    pub self_recovered: bool,
    /// The organisation knew before users were hit.
    pub predetected: bool,
    /// How many users were hit.
    pub users: Option<Users>,
    /// How it was noticed.
    pub detection: Option<Detection>,
    /// The id of the event, a response step for example, that caused this impact.
    pub caused_by: Option<String>,
    /// Work that piled up.
    pub backlog: Option<Backlog>,
    /// What happened to data.
    pub data: Option<Data>,
    /// What stays missing, and who accepted that.
    pub residual: Option<Residual>,
    /// Uses through which users were hit.
    pub via: Vec<Via>,
}

/// How and when recovery was confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    /// When.
    pub at: Option<TimePoint>,
    /// The measurement that showed it.
    pub signal: Option<String>,
    /// Where the measurement comes from (`monitor`, `customer`, …).
    pub source: Option<String>,
}

/// Lengths stated without end points, each from the start of the impact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedLengths {
    /// Start to detection.
    pub detect: Option<Stated>,
    /// Start to mitigation.
    pub mitigate: Option<Stated>,
    /// Start to recovery.
    pub recover: Option<Stated>,
}

/// One uninterrupted part of an impact.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its start.
    pub from: Option<TimePoint>,
    /// Its end.
    pub to: Option<TimePoint>,
    /// Its level; the impact's unless given.
    pub level: Option<Level>,
}

/// How many users were hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Users {
    /// How many.
    pub count: Option<Count>,
    /// Share of all users, in percent; `None` when unknown.
    pub percent: Option<f64>,
    /// Share of users in the European Union, in percent; `None` when unknown.
    pub eu_percent: Option<f64>,
}

/// How an impact was noticed.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// Who noticed first.
    pub source: Option<DetectionSource>,
    /// What the monitoring did.
    pub monitoring: Option<Monitoring>,
    /// Whether the failure announced itself.
    pub failure_mode: Option<FailureMode>,
    /// The monitors concerned.
    pub monitors: Vec<String>,
    /// How many reports came from users.
    pub reports: Option<Count>,
}

/// Work that piled up during an impact.
#[derive(Clone, Debug, PartialEq)]
pub struct Backlog {
    /// Its size at the peak.
    pub size: Option<Count>,
    /// When it was worked off.
    pub drained_at: Option<TimePoint>,
    /// Whether any of it was dropped.
    pub dropped: Option<Presence>,
    /// Whether its order was kept.
    pub ordered: Option<bool>,
}

/// What happened to data.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// Was any lost?
    pub loss: Option<Presence>,
    /// Was any altered?
    pub corruption: Option<Presence>,
    /// Is any lost for good?
    pub unrecoverable: Option<Presence>,
    /// Was personal data concerned?
    pub personal: Option<Presence>,
    /// The statement for readers.
    pub statement: Option<Localized>,
}

/// What stays missing after the incident, accepted by a role until a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Residual {
    /// What is still missing.
    pub text: Option<Localized>,
    /// The role that accepted it.
    pub accepted_by: Option<String>,
    /// When it was accepted: the clock of the target ends here.
    pub accepted_at: Option<TimePoint>,
    /// Until when it may stay.
    pub until: Option<Date>,
}

impl Residual {
    /// True when a role accepted it until a date (`closed-while-open`).
    pub fn is_accepted(&self) -> bool {
        self.accepted_by.is_some() && self.until.is_some()
    }
}

/// A use of the service through which users were hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Via {
    /// The use, as the catalogue's `supported_uses` names it.
    pub used_for: String,
    /// How many users.
    pub users: Option<Count>,
}
