//! When the clock of one impact starts and ends (metrics: *Moments*, *Edge cases*).

use super::lengths::{agreed, not_after, not_before};
use crate::model::{Impact, Incident, IncidentKind, Residual};
use crate::time::{Instant, Interval, TimePoint};

/// The clock of one impact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// The start of the impact.
    pub(super) started: Interval,
    /// The start of the clock: that of the impact, or the end of the announced window that it overran.
    pub(super) start: Interval,
    /// The end of the clock. Unbounded while the impact goes on, and where the end is not known.
    pub(super) end: Interval,
    /// Full recovery; `None` when there was none.
    pub(super) recovered: Option<Interval>,
    /// Neither recovered nor accepted, in an incident that is still fought or watched.
    pub(super) ongoing: bool,
    /// An accepted residual ended the clock.
    pub(super) by_residual: bool,
    /// An accepted residual ended the clock, or may have.
    pub(super) maybe_by_residual: bool,
    /// Where it lies to an announced window.
    pub(super) window: Window,
}

/// Where an impact lies to the announced window of maintenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// No window was announced for this service in time, or the impact began outside it: an impact like any other.
    None,
    /// From its start to its end inside the window.
    Inside,
    /// It outlasted the window, or may have: the end of the window.
    Overrun(Interval),
}

impl Clock {
    /// The clock of an impact as of an instant.
    pub(super) fn of(incident: &Incident, impact: &Impact, as_of: Instant) -> Self {
        let started = started(impact);
        let mitigated = interval(impact.mitigated.as_ref());
        // R ≥ S, R ≥ M and R ≥ every part, by the definition of recovery
        let floor = started.earliest.max(mitigated.and_then(|at| at.earliest));
        let last = parts_seen(impact).filter_map(|at| at.earliest).max().max(floor);
        let recovered = recovered(impact).map(|at| not_before(at, last));
        let accepted = accepted(impact.residual.as_ref());
        let ongoing = incident.status.is_ongoing() && recovered.is_none() && accepted.is_none();
        let (end, by_residual, maybe_by_residual) = match (recovered, accepted) {
            (Some(recovered), None) => (recovered, false, false),
            (Some(recovered), Some(accepted)) if surely_over(&recovered, &accepted) => {
                (recovered, false, false)
            }
            (Some(recovered), Some(accepted)) => {
                let end = not_before(recovered.earliest_of(accepted), floor);
                (end, accepted.surely_before(&recovered), true)
            }
            // what stays missing is accepted once the rest is back
            (None, Some(accepted)) => (not_before(accepted, floor), true, true),
            (None, None) if ongoing => (Interval { earliest: Some(as_of), latest: None }, false, false),
            (None, None) => (not_before(Interval::UNKNOWN, last), false, false),
        };
        let window = window(incident, impact, &started, &end, ongoing.then_some(as_of));
        let start = match window {
            Window::Overrun(window_end) => started.latest_of(window_end),
            Window::None | Window::Inside => started,
        };
        Self { started, start, end, recovered, ongoing, by_residual, maybe_by_residual, window }
    }

    /// The parts in which the clock ran, in the order of the file: one unless the impact paused and returned.
    pub(super) fn parts(&self, impact: &Impact) -> impl Iterator<Item = (Interval, Interval)> {
        let count = impact.segments.len();
        let clock = *self;
        let whole = (count == 0).then_some((clock.start, clock.end));
        let segments = impact.segments.iter().enumerate().map(move |(index, segment)| {
            let from = match interval(segment.from.as_ref()) {
                Some(from) => not_before(from, clock.started.earliest),
                None if index == 0 => clock.started,
                None => not_before(Interval::UNKNOWN, clock.started.earliest),
            };
            let to = match interval(segment.to.as_ref()) {
                Some(to) => to.earliest_of(clock.end),
                None if index + 1 == count => clock.end,
                None => not_after(Interval::UNKNOWN, clock.end.latest),
            };
            match clock.window {
                Window::Overrun(window_end) => (from.latest_of(window_end), to.latest_of(window_end)),
                Window::None | Window::Inside => (from, to),
            }
        });
        whole.into_iter().chain(segments)
    }
}

/// What a moment allows; `None` when it is absent or had not happened.
pub(super) fn interval(point: Option<&TimePoint>) -> Option<Interval> {
    point.filter(|point| !matches!(point, TimePoint::Open)).map(TimePoint::interval)
}

/// The first start: `started`, and the start of the first part.
fn started(impact: &Impact) -> Interval {
    let first = impact.segments.first().and_then(|segment| segment.from.as_ref());
    let parts = first.and_then(|_| {
        impact
            .segments
            .iter()
            .filter_map(|segment| interval(segment.from.as_ref()))
            .reduce(Interval::earliest_of)
    });
    match (interval(impact.started.as_ref()), parts) {
        (Some(started), Some(parts)) => agreed(started, parts).unwrap_or_else(|| started.earliest_of(parts)),
        (started, parts) => started.or(parts).unwrap_or(Interval::UNKNOWN),
    }
}

/// The last recovery: `recovered`, and the end of the last part; `None` when it is absent or `open`.
pub(super) fn recovered(impact: &Impact) -> Option<Interval> {
    let last_part_ended =
        impact.segments.last().is_none_or(|segment| interval(segment.to.as_ref()).is_some());
    let parts = || {
        let ends = impact.segments.iter().filter_map(|segment| interval(segment.to.as_ref()));
        ends.reduce(Interval::latest_of).filter(|_| last_part_ended)
    };
    match &impact.recovered {
        Some(TimePoint::Open) => None,
        Some(point) => {
            let recovered = point.interval();
            // a part after the recovery that is given: the customers' view holds, the last one counts
            parts().map_or(Some(recovered), |parts| {
                Some(agreed(recovered, parts).unwrap_or_else(|| recovered.latest_of(parts)))
            })
        }
        // a stated length to recovery tells that there was one
        None => parts()
            .or_else(|| (last_part_ended && impact.stated.recover.is_some()).then_some(Interval::UNKNOWN)),
    }
}

fn parts_seen(impact: &Impact) -> impl Iterator<Item = Interval> {
    impact
        .segments
        .iter()
        .flat_map(|segment| [segment.from.as_ref(), segment.to.as_ref()])
        .filter_map(interval)
}

/// When what stays missing was accepted, by a role and until a date.
fn accepted(residual: Option<&Residual>) -> Option<Interval> {
    interval(residual.filter(|residual| residual.is_accepted())?.accepted_at.as_ref())
}

/// True when recovery surely came no later than the acceptance of a residual.
fn surely_over(recovered: &Interval, accepted: &Interval) -> bool {
    matches!((recovered.latest, accepted.earliest), (Some(recovered), Some(accepted)) if recovered <= accepted)
}

/// Where an impact lies to the announced window (metrics: *Edge cases*, planned maintenance).
///
/// The notice that is asked for is that the window was announced before it began; an announcement at a time not known
/// counts. Work that surely began before its window was not as announced: an impact like any other.
fn window(
    incident: &Incident,
    impact: &Impact,
    started: &Interval,
    end: &Interval,
    ongoing_as_of: Option<Instant>,
) -> Window {
    // maintenance declared during an incident is never planned
    let planned = incident.maintenance.as_ref().filter(|_| incident.kind == IncidentKind::Maintenance);
    let Some(planned) = planned else { return Window::None };
    let named = |id: &String| id.strip_prefix("service:").unwrap_or(id) == impact.service;
    let moments = (
        interval(planned.announced_at.as_ref()),
        interval(planned.from.as_ref()),
        interval(planned.to.as_ref()),
    );
    let (Some(announced), Some(from), Some(to)) = moments else { return Window::None };
    let too_late = surely_over(&from, &announced);
    let after = surely_over(&to, started);
    if !planned.services.iter().any(named) || too_late || after || started.surely_before(&from) {
        return Window::None;
    }
    // an impact that goes on is inside as long as the window surely lasts
    let last_seen = ongoing_as_of.or(end.latest);
    match (last_seen, to.earliest) {
        (Some(seen), Some(window_end)) if seen <= window_end => Window::Inside,
        _ => Window::Overrun(to),
    }
}
