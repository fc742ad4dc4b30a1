//! One impact as readers see it: how long, against which target, with which verdict.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Named, Prose, Teller, When};
use crate::{
    measure::{MeasuredImpact, Unjudged, Verdict},
    model::{Data, Event, Impact, Incident, Presence},
    render::{RenderError, markdown},
    time::{Form, Instant, Interval, Span, TimePoint, Written},
};

/// What was measured of an impact, in words.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Judged {
    /// What users noticed.
    level: Named,
    /// The class's name; `None` when it is not known.
    class: Option<String>,
    /// The target of TTR.
    target: Option<String>,
    /// Time to detect.
    ttd: String,
    /// Time to mitigate, where there was a partial recovery.
    ttm: Option<String>,
    /// Time to recover.
    ttr: String,
    /// `met`, `breached`, … and the words for it.
    verdict: Named,
    /// How far off, or why no verdict is possible.
    because: Option<String>,
    /// What else must be known to read the numbers.
    notes: Vec<String>,
}

/// The moments of an impact that readers see.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Moments {
    /// When users began to get less than normal service.
    started: Option<When>,
    /// When the organisation knew.
    detected: Option<When>,
    /// When it was partly restored.
    mitigated: Option<When>,
    /// When all was back.
    recovered: Option<When>,
}

/// The geometry of an impact's bar.
#[derive(Clone, Debug)]
pub(in crate::render) struct ImpactBar {
    /// Whose bar it is.
    pub(in crate::render) name: String,
    /// Length and verdict in words.
    pub(in crate::render) words: String,
    /// `met`, `breached`, …
    pub(in crate::render) verdict: &'static str,
    pub(in crate::render) started: Interval,
    pub(in crate::render) ended: Interval,
    pub(in crate::render) ttr: Option<Span>,
    pub(in crate::render) target: Option<i64>,
    pub(in crate::render) ongoing: bool,
}

/// An event on the axis of the bars.
#[derive(Clone, Debug)]
pub(in crate::render) struct Mark {
    /// What kind of event, for styles.
    pub(in crate::render) kind: &'static str,
    /// When, and what.
    pub(in crate::render) words: String,
    /// Its earliest and latest moment, in seconds since 1970.
    pub(in crate::render) from: Option<i64>,
    pub(in crate::render) to: Option<i64>,
}

impl Mark {
    /// Whether it can lie on an axis at all.
    pub(in crate::render) fn is_dated(&self) -> bool {
        self.from.is_some() && self.to.is_some()
    }
}

/// When everything happened and for how long.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Extent {
    /// The date told by the incident's id or by its first impact.
    date: Option<String>,
    /// When the first impact began.
    began: Option<When>,
    /// When the last impact ended.
    ended: Option<When>,
    /// What is to be said instead of an end.
    not_ended: Option<String>,
    /// How long users were hit, overlaps counted once; `None` when nothing is known.
    lasted: Option<String>,
}

impl Extent {
    /// How long users were hit.
    pub(in crate::render) fn lasted(self) -> Option<String> {
        self.lasted
    }
}

impl Teller<'_> {
    /// Pairs each impact with what was measured of it.
    pub(in crate::render) fn impacts(&self) -> impl Iterator<Item = (usize, &Impact, &MeasuredImpact)> {
        let incident: &Incident = self.incident;
        let pairs = incident.impacts.iter().zip(&self.measured.impacts);
        pairs.enumerate().map(|(at, (impact, measured))| (at, impact, measured))
    }

    /// The number of the first impact among these ids; of a single impact always 1.
    pub(in crate::render) fn first_impact(&self, ids: &[String]) -> Option<usize> {
        let impacts = &self.incident.impacts;
        if impacts.len() == 1 {
            return Some(1);
        }
        impacts.iter().position(|impact| ids.contains(&impact.id)).map(|at| at + 1)
    }

    pub(in crate::render) fn judged(
        &self,
        impact: &Impact,
        measured: &MeasuredImpact,
    ) -> Result<Judged, RenderError> {
        let target = measured.target.map(|seconds| self.language.length(seconds, self.rounding));
        let ttm = measured.ttm.filter(|span| !span.is_unknown());
        let mut notes = Vec::new();
        if measured.self_recovered {
            notes.push(self.say("note-self-recovered", &[])?);
        }
        if measured.ended_by_residual {
            notes.push(self.say("note-ended-by-residual", &[])?);
        }
        if impact.segments.len() > 1 {
            notes.push(self.say("note-segments", &[("count", impact.segments.len().into())])?);
        }
        if let Some(lead) = measured.lead.filter(|lead| lead.min > 0) {
            let lead = self.language.span(lead, self.rounding);
            notes.push(self.say("note-lead", &[("length", (&lead).into())])?);
        }
        Ok(Judged {
            level: self.name("level", impact.level.word())?,
            class: measured.class.as_deref().map(|class| self.class_name(class)),
            target,
            ttd: self.detected_after(impact, measured)?,
            ttm: ttm.map(|span| self.language.span(span, self.rounding)),
            ttr: self.lasted(measured)?,
            verdict: self.name("verdict", measured.verdict.word())?,
            because: self.because(measured)?,
            notes,
        })
    }

    /// How long it took to recover, or how long it has lasted.
    pub(in crate::render) fn lasted(&self, measured: &MeasuredImpact) -> Result<String, RenderError> {
        if measured.ongoing { self.so_far(measured) } else { Ok(self.span(measured.ttr)) }
    }

    pub(in crate::render) fn moments(&self, impact: &Impact) -> Result<Moments, RenderError> {
        let when = |point: Option<&TimePoint>| point.map_or(Ok(None), |point| self.when(point));
        Ok(Moments {
            started: when(impact.started.as_ref())?,
            detected: when(impact.detected.as_ref())?,
            mitigated: when(impact.mitigated.as_ref())?,
            recovered: when(impact.recovered.as_ref())?,
        })
    }

    pub(in crate::render) fn bar(
        &self,
        name: String,
        judged: &Judged,
        measured: &MeasuredImpact,
    ) -> ImpactBar {
        ImpactBar {
            name,
            words: match &judged.because {
                Some(because) => format!("{} · {}: {because}", judged.ttr, judged.verdict.name),
                None => format!("{} · {}", judged.ttr, judged.verdict.name),
            },
            verdict: measured.verdict.word(),
            started: measured.started,
            ended: measured.ended,
            ttr: measured.ttr,
            target: measured.target,
            ongoing: measured.ongoing,
        }
    }

    /// An event as a mark: when it was and what it was, in one line.
    pub(in crate::render) fn mark(&self, event: &Event) -> Result<Mark, RenderError> {
        let interval = event.at.as_ref().map(TimePoint::interval);
        let seconds = |at: Option<Instant>| at.map(|at| at.timestamp());
        let when = interval.as_ref().filter(|interval| !interval.is_unknown());
        let when = when.map(|interval| self.language.interval(interval, |at| self.wall(at)));
        let kind = self.name("event", event.kind.word())?;
        let text = event.text.as_ref().and_then(|text| text.nearest(self.language.tag()));
        let text = text.map(|(_, text)| markdown::to_line(text, 100)).unwrap_or_default();
        let words = [when.unwrap_or_default(), kind.name, text];
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        Ok(Mark {
            kind: event.kind.word(),
            words: words.join(" · "),
            from: interval.and_then(|interval| seconds(interval.earliest)),
            to: interval.and_then(|interval| seconds(interval.latest)),
        })
    }

    /// First start to last end, as far as the impacts are dated.
    pub(in crate::render) fn extent(&self) -> Result<Extent, RenderError> {
        let impacts = &self.incident.impacts;
        let dated = |point: &Option<TimePoint>| point.as_ref().filter(|p| p.is_dated()).cloned();
        let began = of_all(impacts.iter().filter_map(|i| dated(&i.started)), Interval::earliest_of);
        let ended = self.ended();
        let not_ended = if ended.is_some() || impacts.is_empty() {
            None
        } else if self.measured.impacts.iter().any(|m| m.ongoing) {
            Some(self.say("not-over", &[])?)
        } else if impacts.iter().any(|i| i.recovered == Some(TimePoint::Open)) {
            Some(self.say("not-fully-recovered", &[])?)
        } else {
            Some(self.say("end-not-known", &[])?)
        };
        let first = began.as_ref().and_then(|p| p.interval().earliest);
        let date = first.map(|at| self.zone.date(at)).or_else(|| self.date_of_id());
        let when = |point: Option<TimePoint>| point.map_or(Ok(None), |point| self.when(&point));
        Ok(Extent {
            date: date.map(|date| self.language.date(date)),
            began: when(began)?,
            ended: when(ended)?,
            not_ended,
            lasted: match self.measured.customer_impact.filter(|span| !span.is_unknown()) {
                Some(span) if self.measured.impacts.iter().any(|m| m.ongoing) => {
                    let length = self.language.span(span, self.rounding);
                    Some(self.say("so-far", &[("length", (&length).into())])?)
                }
                Some(span) => Some(self.language.span(span, self.rounding)),
                None => None,
            },
        })
    }

    /// When the last impact ended; `None` unless every impact says when.
    pub(in crate::render) fn ended(&self) -> Option<TimePoint> {
        let dated = |impact: &Impact| impact.recovered.clone().filter(TimePoint::is_dated);
        let ends: Option<Vec<TimePoint>> = self.incident.impacts.iter().map(dated).collect();
        of_all(ends?.into_iter(), Interval::latest_of)
    }

    /// The date an incident's id starts with.
    pub(in crate::render) fn date_of_id(&self) -> Option<crate::time::Date> {
        crate::time::Date::parse_from_str(self.incident.id.get(..10)?, "%Y-%m-%d").ok()
    }

    /// What impacts say of data, each statement once.
    pub(in crate::render) fn data_statements(&self) -> Vec<Prose> {
        let mut statements: Vec<Prose> = Vec::new();
        for data in self.incident.impacts.iter().filter_map(|impact| impact.data.as_ref()) {
            if let Some(statement) =
                self.prose(data.statement.as_ref()).filter(|new| !statements.contains(new))
            {
                statements.push(statement);
            }
        }
        statements
    }

    /// One sentence on data for the whole incident; `None` when nothing is said about data.
    pub(in crate::render) fn data_sentence(&self) -> Result<Option<String>, RenderError> {
        let data: Vec<&Data> =
            self.incident.impacts.iter().filter_map(|impact| impact.data.as_ref()).collect();
        let all = |get: fn(&Data) -> Option<Presence>| -> Option<Presence> {
            let said: Vec<Presence> = data.iter().filter_map(|data| get(data)).collect();
            if said.contains(&Presence::Some) {
                Some(Presence::Some)
            } else if said.contains(&Presence::Unknown) {
                Some(Presence::Unknown)
            } else if !said.is_empty() && said.len() == self.incident.impacts.len() {
                Some(Presence::None)
            } else {
                None
            }
        };
        let key = match (all(|d| d.loss), all(|d| d.corruption)) {
            (Some(Presence::None), Some(Presence::None)) => "data-intact",
            (Some(Presence::Some), Some(Presence::Some)) => "data-lost-and-altered",
            (Some(Presence::Some), _) => "data-lost",
            (_, Some(Presence::Some)) => "data-altered",
            (Some(Presence::Unknown), _) | (_, Some(Presence::Unknown)) => {
                if self.incident.status.is_ongoing() { "data-being-checked" } else { "data-not-known" }
            }
            (Some(Presence::None), None) => "data-none-lost",
            (None, Some(Presence::None)) => "data-none-altered",
            (None, None) => return Ok(None),
        };
        self.say(key, &[]).map(Some)
    }

    fn span(&self, span: Option<Span>) -> String {
        self.language.span(span.unwrap_or(Span::UNKNOWN), self.rounding)
    }

    fn so_far(&self, measured: &MeasuredImpact) -> Result<String, RenderError> {
        // what is known of a running impact is how long it has lasted, not when it will end
        let least = measured.ttr.map_or(0, |span| span.min);
        if least == 0 {
            return Ok(self.span(None));
        }
        let length = self.language.length(least, self.rounding);
        self.say("so-far", &[("length", (&length).into())])
    }

    fn detected_after(&self, impact: &Impact, measured: &MeasuredImpact) -> Result<String, RenderError> {
        match (measured.ttd, &impact.detected) {
            (None, None) if impact.stated.detect.is_none() => self.say("not-recorded", &[]),
            (ttd, _) => Ok(self.span(ttd)),
        }
    }

    fn because(&self, measured: &MeasuredImpact) -> Result<Option<String>, RenderError> {
        let key = match measured.verdict {
            Verdict::Breached => {
                let Some(factor) = measured.factor_min else { return Ok(None) };
                let times = self.language.factor(factor);
                let exact = measured.ttr.is_some_and(|span| span.exactly().is_some()) && !measured.ongoing;
                let key = if exact { "times-the-target" } else { "at-least-times-the-target" };
                return self.say(key, &[("times", (&times).into())]).map(Some);
            }
            Verdict::Indeterminate if measured.started.is_unknown() => "because-start-unknown",
            Verdict::Indeterminate if measured.ended.is_unknown() => "because-end-unknown",
            Verdict::Indeterminate => "because-either",
            Verdict::Met | Verdict::Running => return Ok(None),
            Verdict::NotJudged(Unjudged::LevelNotCounted) => "because-level",
            Verdict::NotJudged(Unjudged::NearMiss) => "because-near-miss",
            Verdict::NotJudged(Unjudged::Maintenance) => "because-maintenance",
            Verdict::NotJudged(Unjudged::UnknownClass) => "because-class",
        };
        self.say(key, &[]).map(Some)
    }
}

/// The first or the last of moments, in the author's form where it is one of them.
fn of_all(
    points: impl Iterator<Item = TimePoint>,
    choose: fn(Interval, Interval) -> Interval,
) -> Option<TimePoint> {
    let points: Vec<TimePoint> = points.collect();
    let at = points.iter().map(TimePoint::interval).reduce(choose)?;
    let written = |at: Option<Instant>| at.map(|at| Written { at, form: Form::Utc });
    let own = points.into_iter().find(|point| point.interval() == at);
    Some(own.unwrap_or_else(|| TimePoint::Between {
        not_before: written(at.earliest),
        not_after: written(at.latest),
    }))
}
