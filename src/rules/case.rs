//! What rules see: plain values, never git, files or places in a text.

use crate::{
    language::{Quantity, Wall},
    locate::Field,
    measure::{Measured, MeasuredImpact},
    model::{Action, Catalogue, Fault, Impact, Incident, Settings},
    time::{Instant, TimePoint, Zone},
};

/// What is judged together: the workspace's settings and catalogue, and the incidents at hand.
///
/// Rules about single incidents are run with one incident at a time, so that nothing need be held in memory.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The service catalogue.
    pub catalogue: &'a Catalogue,
    /// The moment of asking.
    pub as_of: Instant,
    /// The incidents at hand.
    pub incidents: &'a [Judged<'a>],
    /// What is wrong with the files at hand as they were written.
    pub faults: &'a [Fault],
}

/// One incident with its measures.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// Its file, relative to the workspace: handed through to findings, never opened.
    pub file: &'a str,
    /// The incident.
    pub incident: &'a Incident,
    /// What was computed for it.
    pub measured: &'a Measured,
}

impl<'a> Judged<'a> {
    /// Each impact with its measures and its field.
    pub fn impacts(&self) -> impl Iterator<Item = (Field, &'a Impact, &'a MeasuredImpact)> {
        let impacts = Field::of("impacts");
        self.incident
            .impacts
            .iter()
            .zip(&self.measured.impacts)
            .enumerate()
            .map(move |(i, (impact, measured))| (impacts.at(i), impact, measured))
    }

    /// The zone that the incident's days and clocks are shown in: its own, else the organisation's.
    pub fn zone(&self, case: &Case<'_>) -> Zone {
        self.incident.zone.unwrap_or(case.settings.org.zone)
    }

    /// A moment in words, in the incident's zone.
    pub fn tell(&self, case: &Case<'_>, point: &TimePoint) -> Quantity {
        let zone = self.zone(case);
        let wall = |at: Instant| Wall::shown(at, &zone);
        let interval = point.interval();
        match interval.exactly() {
            Some(at) => Quantity::Moment(wall(at)),
            None => Quantity::Interval {
                not_before: interval.earliest.map(wall),
                not_after: interval.latest.map(wall),
            },
        }
    }

    /// Whether an action that was not dropped is for this impact, directly or through a cause of it.
    pub fn addresses_impact(&self, action: &Action, impact: &str) -> bool {
        let through_cause = |id: &str| {
            self.incident
                .causes
                .iter()
                .any(|cause| cause.id == id && cause.impacts.iter().any(|explained| explained == impact))
        };
        !action.status.is_withdrawn() && action.addresses.iter().any(|id| id == impact || through_cause(id))
    }
}
