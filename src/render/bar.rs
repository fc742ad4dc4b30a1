//! Impacts as bars over time, drawn as small inline SVG: what is certain solid, what is not hatched, the target as a mark.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    RenderError, escape,
    view::{ImpactBar, Mark, Teller},
};
use crate::time::Instant;

/// A drawing of all impacts of an incident on one axis.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(super) struct Drawing {
    /// One for each impact, in their order.
    rows: Vec<Row>,
    /// What happened on the way, as SVG; `None` when nothing is dated.
    events: Option<String>,
    /// The axis, as SVG.
    axis: String,
    /// What the left end of the axis is.
    from: End,
    /// What the right end of the axis is.
    to: End,
    /// How to read it.
    notes: Vec<String>,
}

/// An end of the axis.
#[derive(Clone, Debug, JsonSchema, Serialize)]
struct End {
    /// In words.
    label: String,
    /// RFC 3339, of a dated one.
    iso: Option<String>,
}

/// One impact.
#[derive(Clone, Debug, JsonSchema, Serialize)]
struct Row {
    /// What readers call it.
    name: String,
    /// The same in words.
    words: String,
    /// The word of the verdict, for styles.
    verdict: &'static str,
    /// The bar, as SVG; `None` when nothing is known that could be drawn.
    svg: Option<String>,
}

/// Draws impacts; `None` when nothing is known of any of them.
pub(super) fn draw(
    teller: &Teller<'_>,
    bars: &[ImpactBar],
    marks: &[Mark],
) -> Result<Option<Drawing>, RenderError> {
    let spans: Vec<Drawn> = bars.iter().map(|bar| Drawn::of(bar, teller.as_of)).collect();
    let dated = spans.iter().any(|drawn| matches!(drawn.place, Place::Dated { .. }));
    let Some(mut axis) = Axis::of(&spans, dated) else { return Ok(None) };
    let near = axis.reach(marks);
    let outside = marks.iter().filter(|mark| mark.is_dated()).count() - near.len();
    let mut notes = Vec::new();
    if dated && spans.iter().any(|drawn| matches!(drawn.place, Place::Length { .. })) {
        notes.push(teller.say("bars-length-only-some", &[])?);
    }
    if !dated {
        notes.push(teller.say("bars-length-only", &[])?);
    }
    let mut rows = Vec::new();
    let (mut marked, mut hatched) = (false, false);
    for (bar, drawn) in bars.iter().zip(&spans) {
        let svg = drawn.parts(&axis).map(|parts| {
            marked |= parts.mark.is_some();
            hatched |= !parts.hatched.is_empty();
            parts.svg(&format!("{}: {}", bar.name, bar.words), bar.verdict)
        });
        rows.push(Row { name: bar.name.clone(), words: bar.words.clone(), verdict: bar.verdict, svg });
    }
    if marked {
        notes.push(teller.say("bars-mark", &[])?);
    }
    if hatched {
        notes.push(teller.say("bars-hatched", &[])?);
    }
    let step = axis.step();
    let scale = teller.language.length(step, teller.rounding);
    notes.push(teller.say("bars-scale", &[("length", (&scale).into())])?);
    if !near.is_empty() {
        notes.push(teller.say("bars-events", &[])?);
    }
    if dated && outside > 0 {
        notes.push(teller.say("bars-outside", &[("count", outside.into())])?);
    }
    let end = |seconds: i64| match (dated, Instant::from_timestamp(seconds, 0)) {
        (true, Some(at)) => {
            let wall = teller.wall(at);
            End { label: teller.language.short_moment(&wall), iso: Some(wall.rfc3339()) }
        }
        _ => End { label: teller.language.length(seconds, teller.rounding), iso: None },
    };
    let (from, to) = (end(axis.from), end(axis.to));
    let title = teller.say("bars-events-label", &[("count", near.len().into())])?;
    let events = (!near.is_empty()).then(|| events_svg(&title, &near, &axis));
    Ok(Some(Drawing { rows, events, axis: axis.svg(step, teller), from, to, notes }))
}

/// Marks on the axis: a dot where the moment is known, a line over all the moments that it can have been.
fn events_svg(title: &str, marks: &[&Mark], axis: &Axis) -> String {
    let mut svg = String::with_capacity(200 + marks.len() * 120);
    let _ = write!(
        svg,
        r#"<svg class="events" role="img" width="100%" height="22" xmlns="http://www.w3.org/2000/svg"><title>{}</title><line class="way" x1="0" y1="11" x2="100%" y2="11"/>"#,
        escape::html(title)
    );
    for mark in marks {
        let (Some(from), Some(to)) = (mark.from, mark.to) else { continue };
        let (from, to) = (axis.percent(from), axis.percent(to));
        let words = escape::html(&mark.words);
        let _ = write!(svg, r#"<g class="event {}"><title>{words}</title>"#, mark.kind);
        if to - from > 0.5 {
            let _ = write!(svg, r#"<line x1="{from:.2}%" y1="11" x2="{to:.2}%" y2="11"/>"#);
        }
        let _ = write!(svg, r#"<circle cx="{:.2}%" cy="11" r="5"/></g>"#, f64::midpoint(from, to));
    }
    svg.push_str("</svg>");
    svg
}

/// Where an impact lies, in seconds; of dated ones since 1970, of others since its start.
#[derive(Clone, Copy, Debug)]
struct Drawn {
    place: Place,
    target: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    /// Start and end as far as known: solid from `start.1` to `end.0`; `None` is not known on that side.
    Dated { start: (Option<i64>, i64), end: (i64, Option<i64>) },
    /// Only its length is known.
    Length { min: i64, max: Option<i64> },
    /// Nothing that could be drawn.
    Nothing,
}

impl Drawn {
    fn of(bar: &ImpactBar, as_of: Instant) -> Self {
        let seconds = |at: Option<Instant>| at.map(|at| at.timestamp());
        let (s_lo, s_hi) = (seconds(bar.started.earliest), seconds(bar.started.latest));
        let (mut e_lo, mut e_hi) = (seconds(bar.ended.earliest), seconds(bar.ended.latest));
        if bar.ongoing {
            (e_lo, e_hi) = (Some(as_of.timestamp()), None);
        }
        let min = bar.ttr.map_or(0, |span| span.min);
        let place = match (s_hi.or(s_lo), e_lo.or(e_hi)) {
            (Some(from), Some(to)) => Place::Dated { start: (s_lo, from), end: (to, e_hi) },
            (Some(from), None) => Place::Dated { start: (s_lo, from), end: (from.saturating_add(min), None) },
            (None, Some(to)) if min > 0 && e_hi.is_some() => {
                Place::Dated { start: (None, to.saturating_sub(min)), end: (to, e_hi) }
            }
            (None, _) => match bar.ttr {
                Some(span) if !span.is_unknown() => Place::Length { min: span.min, max: span.max },
                _ => Place::Nothing,
            },
        };
        Self { place, target: bar.target }
    }

    /// The parts of the bar on the axis, in per cent.
    fn parts(&self, axis: &Axis) -> Option<Parts> {
        let (lo, from, to, hi, dashed) = match self.place {
            Place::Nothing => return None,
            Place::Dated { start: (lo, from), end: (to, hi) } => {
                (lo.unwrap_or(axis.from), from, to, hi.unwrap_or(axis.to), false)
            }
            Place::Length { min, max } => {
                let at = |seconds: i64| axis.from.saturating_add(seconds);
                (axis.from, axis.from, at(min), max.map_or(axis.to, at), axis.dated)
            }
        };
        // ends that overlap leave nothing that is certain
        let (solid, hatched) = if from <= to {
            (Some((from, to)), [(lo, from), (to, hi)])
        } else {
            (None, [(lo, hi.max(lo)), (hi, hi)])
        };
        let part = |(a, b): (i64, i64)| (axis.percent(a), axis.percent(b));
        let mark = self.target.filter(|_| !dashed).map(|target| axis.percent(from.saturating_add(target)));
        Some(Parts {
            // an instant between two uncertain ends is no certain impact
            solid: solid.filter(|(from, to)| from < to || lo == hi).map(part),
            hatched: hatched.into_iter().filter(|(a, b)| a < b).map(part).collect(),
            mark: mark.filter(|mark| *mark <= 100.0),
            dashed,
        })
    }
}

struct Parts {
    solid: Option<(f64, f64)>,
    hatched: Vec<(f64, f64)>,
    mark: Option<f64>,
    dashed: bool,
}

impl Parts {
    fn svg(&self, title: &str, verdict: &str) -> String {
        let mut svg = String::with_capacity(400);
        let class = if self.dashed { "bar length-only" } else { "bar" };
        let _ = write!(
            svg,
            r#"<svg class="{class} {verdict}" role="img" width="100%" height="18" xmlns="http://www.w3.org/2000/svg"><title>{}</title>"#,
            escape::html(title)
        );
        for (from, to) in &self.hatched {
            let _ = write!(
                svg,
                r#"<rect class="uncertain" x="{from:.2}%" y="3" width="{:.2}%" height="12" fill="url(#hatch)"/>"#,
                to - from
            );
        }
        if let Some((from, to)) = self.solid {
            // what is short is still to be seen
            let width = (to - from).max(0.4);
            let _ = write!(
                svg,
                r#"<rect class="certain" x="{:.2}%" y="3" width="{width:.2}%" height="12" rx="1"/>"#,
                from.min(100.0 - width)
            );
        }
        if let Some(at) = self.mark {
            let _ = write!(svg, r#"<line class="target" x1="{at:.2}%" y1="0" x2="{at:.2}%" y2="18"/>"#);
        }
        svg.push_str("</svg>");
        svg
    }
}

struct Axis {
    from: i64,
    to: i64,
    dated: bool,
}

impl Axis {
    fn of(spans: &[Drawn], dated: bool) -> Option<Self> {
        let mut ends: Vec<i64> = Vec::new();
        let mut longest = 0_i64;
        for drawn in spans {
            match drawn.place {
                Place::Dated { start: (lo, from), end: (to, hi) } => {
                    ends.extend([lo, Some(from), Some(to), hi].into_iter().flatten());
                }
                Place::Length { min, max } => longest = longest.max(max.unwrap_or(min)),
                Place::Nothing => {}
            }
        }
        let (from, mut to) = match (dated, ends.iter().min(), ends.iter().max()) {
            (true, Some(from), Some(to)) => (*from, (*to).max(from.saturating_add(longest))),
            _ if longest > 0 => (0, longest),
            _ => return None,
        };
        // an end that is not known needs room to be hatched
        let open = |drawn: &Drawn| {
            matches!(drawn.place, Place::Dated { end: (_, None), .. } | Place::Length { max: None, .. })
        };
        if spans.iter().any(open) {
            to = to.saturating_add((to.saturating_sub(from)) / 8);
        }
        // the mark of a target just beyond the end is worth its room
        let marks = spans.iter().filter_map(|drawn| match (drawn.place, drawn.target) {
            (Place::Dated { start: (_, start), .. }, Some(target)) => Some(start.saturating_add(target)),
            (Place::Length { .. }, Some(target)) if !dated => Some(target),
            _ => None,
        });
        let room = to.saturating_add(to.saturating_sub(from));
        to = marks.filter(|mark| *mark <= room).fold(to, i64::max);
        let mut axis = Self { from, to, dated };
        if !dated {
            // an axis of lengths ends at a whole step
            let step = axis.step();
            axis.to = to.saturating_add((step - to % step) % step);
        }
        (axis.to > axis.from).then_some(axis)
    }

    /// The events that lie on the axis, which grows by at most half its length on each side to reach them.
    fn reach<'m>(&mut self, marks: &'m [Mark]) -> Vec<&'m Mark> {
        if !self.dated {
            return Vec::new();
        }
        let room = self.to.saturating_sub(self.from) / 2;
        let (first, last) = (self.from.saturating_sub(room), self.to.saturating_add(room));
        let fits = |mark: &&Mark| match (mark.from, mark.to) {
            (Some(from), Some(to)) => first <= from && to <= last,
            _ => false,
        };
        let near: Vec<&Mark> = marks.iter().filter(fits).collect();
        self.from = near.iter().filter_map(|mark| mark.from).fold(self.from, i64::min);
        self.to = near.iter().filter_map(|mark| mark.to).fold(self.to, i64::max);
        near
    }

    fn percent(&self, at: i64) -> f64 {
        let length = (self.to.saturating_sub(self.from)) as f64;
        (at.saturating_sub(self.from)) as f64 / length * 100.0
    }

    /// The distance between two marks, in seconds.
    fn step(&self) -> i64 {
        const MINUTE: i64 = 60;
        const HOUR: i64 = 3600;
        const DAY: i64 = 86_400;
        let steps = [
            MINUTE,
            5 * MINUTE,
            15 * MINUTE,
            30 * MINUTE,
            HOUR,
            3 * HOUR,
            6 * HOUR,
            12 * HOUR,
            DAY,
            2 * DAY,
            7 * DAY,
            30 * DAY,
            90 * DAY,
            365 * DAY,
        ];
        let length = self.to.saturating_sub(self.from);
        let fits = |step: &i64| length / step <= 12;
        steps.into_iter().find(fits).unwrap_or((length / 12).max(1))
    }

    fn svg(&self, step: i64, teller: &Teller<'_>) -> String {
        const DAY: i64 = 86_400;
        let mut svg = String::with_capacity(1200);
        svg.push_str(r#"<svg class="axis" aria-hidden="true" width="100%" height="24" xmlns="http://www.w3.org/2000/svg"><line x1="0" y1="1" x2="100%" y2="1"/>"#);
        // dated marks stand at whole hours and days of the incident's clock
        let offset = match Instant::from_timestamp(self.from, 0) {
            Some(at) if self.dated => i64::from(teller.zone.offset_at(at)),
            _ => 0,
        };
        let local = self.from.saturating_add(offset);
        let first = if self.dated {
            local.saturating_add((step - local.rem_euclid(step)) % step) - offset
        } else {
            self.from
        };
        let count = (self.to.saturating_sub(first)) / step + 1;
        // there is room for so many words
        let every = (count + 4) / 5;
        for tick in 0..count.min(14) {
            let seconds = first.saturating_add(step.saturating_mul(tick));
            let at = self.percent(seconds);
            if !(0.0..=100.0).contains(&at) {
                continue;
            }
            let _ = write!(svg, r#"<line x1="{at:.2}%" y1="1" x2="{at:.2}%" y2="7"/>"#);
            if tick % every.max(1) != 0 || !(4.0..=96.0).contains(&at) {
                continue;
            }
            let _ = match Instant::from_timestamp(seconds, 0) {
                Some(instant) if self.dated => {
                    let wall = teller.wall(instant);
                    let is_midnight = wall.local.time() == chrono::NaiveTime::MIN;
                    let (kind, label) = if step >= DAY || is_midnight {
                        ("day", teller.language.day(wall.local.date()))
                    } else {
                        ("clock", teller.language.clock(&wall))
                    };
                    let (iso, label) = (wall.rfc3339(), escape::html(&label).into_owned());
                    write!(
                        svg,
                        r#"<text x="{at:.2}%" y="20" data-at="{iso}" data-tells="{kind}">{label}</text>"#
                    )
                }
                _ => {
                    let label = teller.language.length(seconds, teller.rounding);
                    write!(svg, r#"<text x="{at:.2}%" y="20">{}</text>"#, escape::html(&label))
                }
            };
        }
        svg.push_str("</svg>");
        svg
    }
}
