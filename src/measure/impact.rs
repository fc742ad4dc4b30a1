//! Every length of one impact, and its verdicts (metrics: *Metrics*).

use super::class::{InForce, Target};
use super::clock::{Clock, Window, interval};
use super::lengths::{elapsed, known, less, narrowed, not_after, spans, with_stated};
use super::{EndPoints, MeasuredImpact, Unjudged, Verdict};
use crate::model::{Catalogue, Impact, Incident, IncidentKind, Settings};
use crate::time::{Instant, Interval, Length, Span};

/// Measures one impact whose clock is known.
pub(super) fn measured(
    incident: &Incident,
    impact: &Impact,
    clock: &Clock,
    settings: &Settings,
    catalogue: &Catalogue,
    as_of: Instant,
) -> MeasuredImpact {
    let in_force = InForce::of(incident, impact, clock, settings, catalogue);
    let unjudged = unjudged(incident, impact, clock, &in_force);
    let moments = Moments::of(impact, clock);
    let mut measured = MeasuredImpact {
        class: in_force.key.map(str::to_owned),
        target: in_force.target.map(Target::seconds),
        signal_delay: None,
        recognition_gap: span_between(moments.signal, moments.detected),
        ttd: None,
        lead: None,
        tta: span_between(moments.detected, interval(impact.acknowledged.as_ref())),
        ttm: None,
        ttr: None,
        ttr_first: None,
        impact_time: None,
        repair: None,
        verification_lag: span_between(clock.recovered, moments.verified),
        exposure: None,
        elapsed: None,
        by_end_points: moments.by_end_points(clock),
        started: clock.start,
        ended: clock.end,
        ongoing: clock.ongoing,
        self_recovered: impact.self_recovered
            || clock.recovered.zip(moments.detected).is_some_and(|(r, d)| r.surely_before(&d)),
        ended_by_residual: clock.by_residual,
        overran_window: matches!(clock.window, Window::Overrun(_)),
        returned_late: returned_late(impact, clock, settings),
        verdict: Verdict::Indeterminate,
        detection_verdict: None,
        mitigation_verdict: None,
        factor_min: None,
    };
    if !matches!(unjudged, Some(Unjudged::NearMiss | Unjudged::Maintenance)) {
        measure_from_start(&mut measured, incident, impact, clock, &moments, as_of);
    }
    judge(&mut measured, impact, &in_force, unjudged);
    measured
}

/// The moments of an impact besides its ends.
struct Moments {
    /// The start of the clock, which is no later than mitigation and the end.
    start: Interval,
    signal: Option<Interval>,
    detected: Option<Interval>,
    mitigated: Option<Interval>,
    verified: Option<Interval>,
}

impl Moments {
    fn of(impact: &Impact, clock: &Clock) -> Self {
        let mitigated = interval(impact.mitigated.as_ref());
        let start = not_after(clock.start, mitigated.and_then(|at| at.latest));
        Self {
            start: not_after(start, clock.end.latest),
            signal: interval(impact.first_signal.as_ref()),
            detected: interval(impact.detected.as_ref()),
            mitigated,
            verified: interval(impact.verified.as_ref().and_then(|verified| verified.at.as_ref())),
        }
    }

    /// From the start of the impact, which an overrun window does not move.
    fn by_end_points(&self, clock: &Clock) -> EndPoints {
        let recovered = clock.recovered.or(clock.ongoing.then_some(clock.end));
        EndPoints {
            detect: self.detected.map(|at| elapsed(&clock.started, &at)).and_then(known),
            mitigate: span_between(Some(clock.started), self.mitigated),
            recover: span_between(Some(clock.started), recovered),
        }
    }
}

/// The length between two moments; `None` when one is absent, when nothing is known or when they run backwards.
fn span_between(from: Option<Interval>, to: Option<Interval>) -> Option<Span> {
    from?.until(&to?).and_then(known)
}

/// Every length that counts from the start of the clock.
fn measure_from_start(
    measured: &mut MeasuredImpact,
    incident: &Incident,
    impact: &Impact,
    clock: &Clock,
    moments: &Moments,
    as_of: Instant,
) {
    let start = &moments.start;
    let overrun = measured.overran_window;
    // stated lengths count from the start of the impact: they say nothing of an overrun
    let stated = |length| spans(length).filter(|_| !overrun);
    let (detect, mitigate) = (stated(impact.stated.detect.as_ref()), stated(impact.stated.mitigate.as_ref()));
    let recover = stated(impact.stated.recover.as_ref()).filter(|_| !clock.ongoing).map(|span| {
        // the clock may have stopped before the recovery that is spoken of
        if clock.maybe_by_residual { Span { min: 0, ..span } } else { span }
    });

    let mut ttd = with_stated(moments.detected.map(|at| elapsed(start, &at)), detect);
    if impact.predetected && ttd.is_some_and(|ttd| ttd.min == 0) {
        ttd = Some(Span::ZERO);
    }
    let detected_first = moments.detected.filter(|at| {
        !overrun && (at.surely_before(start) || (impact.predetected && ttd == Some(Span::ZERO)))
    });

    let ttm = with_stated(moments.mitigated.and_then(|at| start.until(&at)), mitigate);
    // TTM never satisfies the recovery target, yet recovery took at least as long
    let at_least = |ttr: Span| ttm.map_or(ttr, |ttm| narrowed(ttr, Span::at_least(ttm.min)));
    let ttr = with_stated(start.until(&clock.end), recover).map(at_least);
    let ttm = ttm.map(|ttm| narrowed(ttm, Span { min: 0, max: ttr.and_then(|ttr| ttr.max) }));

    let ran = ttr.unwrap_or(Span::UNKNOWN);
    measured.signal_delay = moments.signal.map(|at| elapsed(start, &at)).and_then(known);
    measured.lead = detected_first.map(|at| elapsed(&at, start)).and_then(known);
    measured.repair = ttd.map(|ttd| repair(impact, clock, moments, ttd, ran)).and_then(known);
    measured.ttd = ttd.and_then(known);
    measured.ttm = ttm.and_then(known);
    measured.ttr = ttr.and_then(known);
    if impact.segments.len() > 1 {
        let ends = |(_, to): (Interval, Interval)| start.until(&to);
        measured.ttr_first = clock.parts(impact).next().and_then(ends).and_then(known);
        let sum = clock.parts(impact).fold(Span::ZERO, |sum, (from, to)| sum.plus(&elapsed(&from, &to)));
        measured.impact_time = known(narrowed(sum, Span { min: 0, max: ran.max }));
    }
    if clock.ongoing {
        measured.elapsed = start.until(&Interval::exact(as_of)).and_then(known);
    }
    let concerns = |ids: &[String]| ids.is_empty() || ids.contains(&impact.id);
    let dated = incident.causes.iter().filter(|cause| cause.at.is_some());
    let triggers = dated.filter(|cause| concerns(&cause.impacts));
    let trigger = triggers.filter_map(|cause| interval(cause.at.as_ref())).reduce(Interval::earliest_of);
    measured.exposure = span_between(trigger, Some(clock.started));
}

/// `REP = R − max(S, D)`, never negative, and equal to `max(0, TTR − TTD)`.
///
/// Both forms allow every possible value: the first is narrower where the moments are dated, as both lengths of the
/// second share their start; the second where lengths are stated.
fn repair(impact: &Impact, clock: &Clock, moments: &Moments, ttd: Span, ttr: Span) -> Span {
    let from = moments.start.latest_of(moments.detected.unwrap_or(Interval::UNKNOWN));
    let repair = narrowed(elapsed(&from, &clock.end), less(ttr, ttd));
    // recovery before detection leaves nothing to repair
    if impact.self_recovered && repair.min == 0 { Span::ZERO } else { repair }
}

/// True when a part surely began later after the one before it than a return may.
fn returned_late(impact: &Impact, clock: &Clock, settings: &Settings) -> bool {
    let Some(window) = settings.policy.reopen_window.seconds() else { return false };
    let ends = clock.parts(impact).map(|(_, to)| to);
    let returns = clock.parts(impact).skip(1).map(|(from, _)| from);
    ends.zip(returns).any(|(end, from)| end.until(&from).is_some_and(|pause| pause.min > window))
}

fn unjudged(incident: &Incident, impact: &Impact, clock: &Clock, in_force: &InForce<'_>) -> Option<Unjudged> {
    if incident.kind == IncidentKind::NearMiss {
        Some(Unjudged::NearMiss)
    } else if clock.window == Window::Inside {
        Some(Unjudged::Maintenance)
    } else if in_force.target.is_none() {
        Some(Unjudged::UnknownClass)
    } else if !in_force.counts(impact) {
        Some(Unjudged::LevelNotCounted)
    } else {
        None
    }
}

/// The verdicts on recovery, detection and mitigation.
fn judge(measured: &mut MeasuredImpact, impact: &Impact, in_force: &InForce<'_>, unjudged: Option<Unjudged>) {
    let verdict = |target: Target, length, ongoing| match unjudged {
        Some(why) => Verdict::NotJudged(why),
        None => target.verdict(length, ongoing),
    };
    measured.verdict = match in_force.target {
        Some(target) => verdict(target, measured.ttr, measured.ongoing),
        None => Verdict::NotJudged(unjudged.unwrap_or(Unjudged::UnknownClass)),
    };
    if let (Verdict::Breached, Some(ttr), Some(target)) = (measured.verdict, measured.ttr, measured.target)
        && target > 0
    {
        measured.factor_min = Some(ttr.min as f64 / target as f64);
    }
    let target = |length: Option<Length>| length?.seconds().map(Target::exactly);
    let class = in_force.class;
    measured.detection_verdict =
        target(class.and_then(|class| class.detect_within)).map(|t| verdict(t, measured.ttd, false));
    measured.mitigation_verdict = target(class.and_then(|class| class.mitigate_within)).map(|t| {
        let mitigated = interval(impact.mitigated.as_ref()).is_some() || impact.stated.mitigate.is_some();
        if mitigated {
            verdict(t, measured.ttm, false)
        } else if measured.ongoing {
            verdict(t, measured.ttr, true)
        } else {
            // no mitigation on record: it came with recovery at the latest
            verdict(t, measured.ttr.map(|ttr| Span { min: 0, ..ttr }), false)
        }
    });
}
