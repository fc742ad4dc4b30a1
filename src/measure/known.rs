//! What could be known of an incident at a moment, for questions about the past: what came later is left out.

use std::borrow::Cow;

use super::clock::{interval, recovered};
use crate::{
    model::{Event, EventType, Impact, Incident, Status},
    time::{Instant, TimePoint, Zone},
};

/// An incident as it could be known at `as_of`; `None` when it had not begun.
///
/// Impacts that began later are left out, those that ended later go on, and events that happened or ended later say
/// nothing: they keep their position, since fields are told by it. Later is what is surely later: of a time that is
/// not exact the earliest counts. Causes and lessons bear no time, and stay. `zone` is that of the day in the id where
/// the incident names none.
pub fn known_at(incident: &Incident, zone: Zone, as_of: Instant) -> Option<Cow<'_, Incident>> {
    let later = Later(as_of);
    let day = incident.date().map(|date| incident.zone.unwrap_or(zone).day(date));
    if day.is_some_and(|day| later.than(day.earliest)) {
        return None;
    }
    let impacts = || incident.impacts.iter().filter(|impact| !later.began(impact));
    let of_events = later.events(&incident.timeline);
    let is_whole = !of_events.contains(&true) && !incident.impacts.iter().any(|impact| later.touches(impact));
    if is_whole {
        return Some(Cow::Borrowed(incident));
    }
    let begun = match incident.impacts.is_empty() {
        true => day.is_some() || of_events.contains(&false),
        false => impacts().next().is_some(),
    };
    if !begun {
        return None;
    }
    let mut known = incident.clone();
    known.impacts = impacts().map(|impact| later.cut(impact)).collect();
    for (event, is_later) in known.timeline.iter_mut().zip(of_events) {
        if is_later {
            hush(event);
        }
    }
    if incident.impacts.iter().any(|impact| !later.began(impact) && later.ended(impact)) {
        known.status = Status::Open;
    }
    Some(Cow::Owned(known))
}

/// What is later than a moment.
#[derive(Clone, Copy)]
struct Later(Instant);

impl Later {
    fn than(self, earliest: Option<Instant>) -> bool {
        earliest.is_some_and(|at| at > self.0)
    }

    fn is(self, point: Option<&TimePoint>) -> bool {
        self.than(interval(point).and_then(|at| at.earliest))
    }

    fn began(self, impact: &Impact) -> bool {
        let first = impact.segments.first().and_then(|segment| segment.from.as_ref());
        self.is(impact.started.as_ref().or(first))
    }

    fn ended(self, impact: &Impact) -> bool {
        self.than(recovered(impact).and_then(|at| at.earliest))
    }

    /// Whether anything of an impact is later.
    fn touches(self, impact: &Impact) -> bool {
        let points = [&impact.started, &impact.first_signal, &impact.detected, &impact.acknowledged];
        let more = [&impact.mitigated, &impact.recovered];
        points.into_iter().chain(more).any(|point| self.is(point.as_ref()))
            || impact.segments.iter().any(|it| self.is(it.from.as_ref()) || self.is(it.to.as_ref()))
            || impact.verified.as_ref().is_some_and(|verified| self.is(verified.at.as_ref()))
            || impact.residual.as_ref().is_some_and(|residual| self.is(residual.accepted_at.as_ref()))
            || self.ended(impact)
    }

    fn cut(self, impact: &Impact) -> Impact {
        let mut known = impact.clone();
        for point in [&mut known.first_signal, &mut known.acknowledged, &mut known.mitigated] {
            *point = point.take().filter(|point| !self.is(Some(point)));
        }
        if self.is(known.detected.as_ref()) {
            known.detected = None;
            known.detection = None;
            known.stated.detect = None;
        }
        known.segments.retain(|segment| !self.is(segment.from.as_ref()));
        for segment in &mut known.segments {
            if self.is(segment.to.as_ref()) {
                segment.to = Some(TimePoint::Open);
            }
        }
        known.verified = known.verified.filter(|verified| !self.is(verified.at.as_ref()));
        if self.ended(impact) {
            known.recovered = Some(TimePoint::Open);
            known.stated.recover = None;
            known.verified = None;
        }
        if let Some(residual) = known.residual.as_mut().filter(|it| self.is(it.accepted_at.as_ref())) {
            residual.accepted_at = None;
        }
        known
    }

    /// Of each event whether it is later, or under way; one without a time stands after the one before it.
    fn events(self, timeline: &[Event]) -> Vec<bool> {
        let mut before = false;
        let mut told = Vec::with_capacity(timeline.len());
        for event in timeline {
            let at = interval(event.at.as_ref()).and_then(|at| at.earliest);
            if at.is_some() {
                before = self.than(at);
            }
            let took = event.step.as_ref().and_then(|step| step.took).map_or(0, |took| took.span().min);
            let end = at.and_then(|at| at.checked_add_signed(chrono::Duration::try_seconds(took)?));
            told.push(before || self.is(event.until.as_ref()) || self.than(end));
        }
        told
    }
}

/// Takes out all that an event says.
fn hush(event: &mut Event) {
    event.at = None;
    event.until = None;
    event.kind = EventType::Note;
    event.text = None;
    event.impacts.clear();
    event.actor = None;
    event.effects.clear();
    event.quiet = false;
    event.source = None;
    event.verified_by = None;
    event.signal = None;
    event.step = None;
}
