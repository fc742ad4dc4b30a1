//! The timeline: events and the moments of impacts, in order, grouped by day.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Named, Prose, Teller};
use crate::{
    language::Wall,
    model::{Event, EventType, Impact},
    render::RenderError,
    time::{Date, Instant, Interval, TimePoint},
};

/// Entries that share a date.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Day<E> {
    /// The date and its zone; `None` for entries whose date is not certain.
    label: Option<String>,
    /// In order.
    entries: Vec<Entry<E>>,
}

/// One entry of the timeline.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Entry<E> {
    /// Clock or moment, in the incident's zone.
    clock: String,
    /// The same in UTC; `None` when the zone is UTC or the time is not known.
    utc: Option<String>,
    /// RFC 3339, when it is known exactly.
    iso: Option<String>,
    /// When it ended.
    until: Option<String>,
    /// What happened, when it is a moment of impacts.
    moment: Option<Named>,
    /// What happened, when it is an event.
    event: Option<E>,
}

/// An event as its audience sees it, with what orders it.
pub(in crate::render) struct Told<'a, E> {
    pub(in crate::render) event: &'a Event,
    pub(in crate::render) view: E,
}

/// The words of an event.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct EventWords {
    /// What kind of event.
    pub(in crate::render) kind: Named,
    /// What happened.
    pub(in crate::render) text: Option<Prose>,
    /// The number of the first impact it has to do with.
    pub(in crate::render) impact: Option<usize>,
}

impl Teller<'_> {
    /// Events and the dated moments of impacts, in order. `names` are the impacts' services as the audience calls them.
    pub(in crate::render) fn timeline<E>(
        &self,
        told: Vec<Told<'_, E>>,
        names: &[String],
    ) -> Result<Vec<Day<E>>, RenderError> {
        let mut entries: Vec<Dated<E>> = Vec::new();
        let moments = self.impact_moments(&told, names)?;
        let events = in_order(told);
        for (rank, point, moment) in moments {
            let (date, entry) = self.entry(Some(&point), None, Some(moment), None)?;
            let at = if rank > 1 { ended_after(&events, &point) } else { point.likeliest() };
            entries.push(Dated { at, rank, date, entry });
        }
        for Placed { at, told } in events {
            let (date, entry) =
                self.entry(told.event.at.as_ref(), told.event.until.as_ref(), None, Some(told.view))?;
            entries.push(Dated { at, rank: 1, date, entry });
        }
        entries.sort_by_key(|dated| (dated.at, dated.rank));
        let mut days: Vec<(Option<Date>, Day<E>)> = Vec::new();
        for Dated { at, date, entry, .. } in entries {
            match days.last_mut() {
                Some((open, day)) if *open == date => day.entries.push(entry),
                _ => {
                    let label = match (date, at) {
                        (Some(date), Some(at)) => {
                            Some(self.language.in_zone(&self.language.date(date), &self.wall(at)))
                        }
                        _ => None,
                    };
                    days.push((date, Day { label, entries: vec![entry] }));
                }
            }
        }
        Ok(days.into_iter().map(|(_, day)| day).collect())
    }

    /// The clock of a moment, and its date when that is certain.
    fn entry<E>(
        &self,
        at: Option<&TimePoint>,
        until: Option<&TimePoint>,
        moment: Option<Named>,
        event: Option<E>,
    ) -> Result<(Option<Date>, Entry<E>), RenderError> {
        let blank = Entry {
            clock: self.say("time-not-known", &[])?,
            utc: None,
            iso: None,
            until: None,
            moment,
            event,
        };
        let Some(point) = at.filter(|point| point.is_dated()) else { return Ok((None, blank)) };
        let interval = point.interval();
        let (date, clock, utc) = match (point, interval.earliest, interval.latest) {
            (TimePoint::Day(date, _), ..) => (Some(*date), self.say("some-time-that-day", &[])?, None),
            (TimePoint::About { at, plus_minus: Some(length) }, ..) => {
                let margin =
                    self.language.length(length.seconds().unwrap_or(0), crate::language::Rounding::SECOND);
                let wall = self.wall(at.at);
                let the = self.language.the_clock(&wall);
                let values = [("the", (&the).into()), ("margin", (&margin).into())];
                let told = self.say("about-clock", &values)?;
                (Some(wall.local.date()), told, Some(self.utc_clock(at.at)?))
            }
            (_, Some(from), Some(to)) if from == to => {
                let wall = self.wall(from);
                (Some(wall.local.date()), self.language.clock(&wall), Some(self.utc_clock(from)?))
            }
            (_, Some(from), Some(to)) if self.zone.date(from) == self.zone.date(to) => {
                let range = |a: String, b: String| {
                    self.say("clock-range", &[("from", (&a).into()), ("to", (&b).into())])
                };
                let told = range(self.language.clock(&self.wall(from)), self.language.clock(&self.wall(to)))?;
                let utc = range(self.language.clock(&Wall::utc(from)), self.utc_clock(to)?)?;
                (Some(self.zone.date(from)), told, Some(utc))
            }
            _ => {
                let told = self.language.interval(&interval, |at| self.wall(at));
                (None, told, Some(self.language.interval(&interval, Wall::utc)))
            }
        };
        let until = match until.filter(|until| until.is_dated()).and_then(|until| until.interval().latest) {
            Some(end) => {
                let wall = self.wall(end);
                let same_day = date == Some(wall.local.date());
                let told =
                    if same_day { self.language.clock(&wall) } else { self.language.short_moment(&wall) };
                Some(self.say("until", &[("moment", (&told).into())])?)
            }
            None => None,
        };
        let utc = utc.filter(|_| !self.is_utc(&interval));
        let iso = interval.exactly().map(|at| self.wall(at).rfc3339());
        Ok((date, Entry { clock, utc, iso, until, ..blank }))
    }

    /// A clock in UTC, with its day where that is another.
    pub(in crate::render) fn utc_clock(&self, at: Instant) -> Result<String, RenderError> {
        let wall = Wall::utc(at);
        let clock = self.language.clock_with_utc(&wall);
        if wall.local.date() == self.zone.date(at) {
            return Ok(clock);
        }
        let day = self.language.day(wall.local.date());
        self.say("clock-on-day", &[("day", (&day).into()), ("clock", (&clock).into())])
    }

    /// The dated moments of impacts, those of one kind and time told together; moments that an event tells are left out.
    fn impact_moments<E>(
        &self,
        told: &[Told<'_, E>],
        names: &[String],
    ) -> Result<Vec<(u8, TimePoint, Named)>, RenderError> {
        type Get = fn(&Impact) -> Option<&TimePoint>;
        let kinds: [(u8, &str, Get, &[EventType]); 4] = [
            (0, "started", |i| i.started.as_ref(), &[EventType::Trigger]),
            (2, "detected", |i| i.detected.as_ref(), &[EventType::Detection, EventType::Signal]),
            (2, "mitigated", |i| i.mitigated.as_ref(), &[EventType::Recovery]),
            (3, "recovered", |i| i.recovered.as_ref(), &[EventType::Recovery]),
        ];
        let mut out = Vec::new();
        for (rank, kind, get, tellers) in kinds {
            let mut groups: Vec<(&TimePoint, Vec<&str>)> = Vec::new();
            for (impact, name) in self.incident.impacts.iter().zip(names) {
                let Some(point) = get(impact).filter(|point| point.is_dated()) else { continue };
                // known as soon as it began, which has just been told
                let at_once = kind == "detected"
                    && impact.started.as_ref().is_some_and(|started| started.interval() == point.interval());
                let told_by = |event: &Event| {
                    let causes = kind == "started" && impact.caused_by.as_ref() == Some(&event.id);
                    let tells = tellers.contains(&event.kind)
                        && (event.impacts.is_empty() || event.impacts.contains(&impact.id));
                    (causes || tells)
                        && event.at.as_ref().is_some_and(|at| at.interval() == point.interval())
                        && event.text.as_ref().is_some_and(|text| !text.is_blank())
                };
                if at_once || told.iter().any(|told| told_by(told.event)) {
                    continue;
                }
                match groups.iter_mut().find(|(at, _)| at.interval() == point.interval()) {
                    Some((_, names)) => names.push(name),
                    None => groups.push((point, vec![name])),
                }
            }
            for (point, mut names) in groups {
                names.dedup();
                let services = self.language.list(&names);
                let name = self.say(&format!("moment-{kind}"), &[("services", (&services).into())])?;
                out.push((rank, point.clone(), Named { key: kind.to_owned(), name }));
            }
        }
        Ok(out)
    }
}

/// An entry with what sorts it.
struct Dated<E> {
    at: Option<Instant>,
    /// Of entries of one instant: impacts begin before events, and end after them.
    rank: u8,
    /// Its date, when that is certain.
    date: Option<Date>,
    entry: Entry<E>,
}

struct Placed<'a, E> {
    at: Option<Instant>,
    told: Told<'a, E>,
}

/// What was made of events, in the order of the timeline.
pub(in crate::render) fn as_told<E>(told: Vec<Told<'_, E>>) -> impl Iterator<Item = E> {
    in_order(told).into_iter().map(|placed| placed.told.view)
}

/// Events in the order they happened, each with an instant to sort by: an event without one comes after the one before
/// it in the file, and `order` sorts those that have it.
fn in_order<E>(told: Vec<Told<'_, E>>) -> Vec<Placed<'_, E>> {
    let mut slots: Vec<usize> =
        (0..told.len()).filter(|at| told.get(*at).is_some_and(|t| t.event.order.is_some())).collect();
    let mut by_order = slots.clone();
    by_order.sort_by_key(|at| told.get(*at).and_then(|t| t.event.order));
    let mut places: Vec<usize> = (0..told.len()).collect();
    for (slot, from) in slots.drain(..).zip(by_order) {
        if let Some(place) = places.get_mut(slot) {
            *place = from;
        }
    }
    let mut told: Vec<Option<Told<'_, E>>> = told.into_iter().map(Some).collect();
    let mut last = None;
    let mut placed = Vec::with_capacity(told.len());
    for place in places {
        let Some(told) = told.get_mut(place).and_then(Option::take) else { continue };
        let at = placed_after(last, told.event.at.as_ref());
        last = at;
        placed.push(Placed { at, told });
    }
    placed.sort_by_key(|placed| placed.at);
    placed
}

/// Where an event stands that comes after another in the file: never before it when it has no time itself, nor when it
/// is known between two bounds that both fit, since the middle of them tells less than the order of the author.
fn placed_after(last: Option<Instant>, at: Option<&TimePoint>) -> Option<Instant> {
    let likeliest = at.and_then(TimePoint::likeliest).or(last);
    match (last, at) {
        (Some(last), Some(TimePoint::Between { not_before: Some(from), not_after: Some(to) }))
            if from.at <= last && last <= to.at =>
        {
            likeliest.max(Some(last))
        }
        _ => likeliest,
    }
}

/// Where a moment that follows from events stands: after those that are known from the same bound on, such as the tests
/// before a recovery, as far as it can lie after them.
fn ended_after<E>(events: &[Placed<'_, E>], point: &TimePoint) -> Option<Instant> {
    let Interval { earliest, latest } = point.interval();
    let from = |placed: &&Placed<'_, E>| {
        let event = placed.told.event.at.as_ref().map(TimePoint::interval);
        earliest.is_some() && event.is_some_and(|event| event.earliest == earliest)
    };
    let last = events.iter().filter(from).filter_map(|placed| placed.at).max();
    let last = last.map(|last| latest.map_or(last, |latest| latest.min(last)));
    point.likeliest().max(last)
}
