//! What holds for every record: measures allow the truth, and knowing more never allows more.

use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::sample::*;
use super::*;
use crate::model::{Impact, IncidentKind, Maintenance, Residual, Segment, Status, Verification};
use crate::time::{Form, Length, Stated, TimePoint, Written};

/// Seconds from noon of 1 March 2026.
type Seconds = i64;

/// How far off a moment may be on both sides (`None`: any), in a first record and in one that knows more.
#[derive(Clone, Copy, Debug)]
struct Doubt {
    less: [Option<Seconds>; 2],
    more: [Option<Seconds>; 2],
}

/// What happened to one service, and how well each record knows it.
#[derive(Clone, Debug)]
struct Truth {
    service: &'static str,
    signal: Seconds,
    detected: Seconds,
    acknowledged: Seconds,
    mitigated: Seconds,
    verified: Seconds,
    /// Each part's start and end; the impact began with the first and ended with the last.
    parts: Vec<(Seconds, Seconds)>,
    accepted: Option<Seconds>,
    /// Which of the moments and stated lengths are left out.
    absent: u16,
    doubts: Vec<Doubt>,
}

impl Truth {
    fn start(&self) -> Seconds {
        self.parts[0].0
    }

    fn recovered(&self) -> Seconds {
        self.parts[self.parts.len() - 1].1
    }

    /// Recovery, or the residual that was accepted before.
    fn end(&self) -> Seconds {
        self.accepted.map_or(self.recovered(), |accepted| accepted.min(self.recovered()))
    }

    fn ran(&self) -> impl Iterator<Item = (Seconds, Seconds)> {
        let end = self.end();
        self.parts.iter().map(move |(from, to)| (*from, end.min(*to))).filter(|(from, to)| from <= to)
    }

    /// Whether a length has its moments in the other order, which leaves it without a value.
    fn ran_backwards(&self, length: &str) -> bool {
        match length {
            "recognition gap" => self.detected < self.signal,
            "time to acknowledge" => self.acknowledged < self.detected,
            _ => false,
        }
    }

    fn has(&self, bit: u16) -> bool {
        self.absent & (1 << bit) == 0
    }

    /// The impact as the first record (0) or the one that knows more (1) has it.
    fn told(&self, record: usize) -> Impact {
        let doubt = |index: usize| self.doubts[index % self.doubts.len()];
        let point = |index: usize, at: Seconds| doubt(index).point(at, record);
        let moment = |bit: u16, at: Seconds| self.has(bit).then(|| point(usize::from(bit), at));
        let length = |bit: u16, length: Seconds| {
            self.has(bit).then(|| doubt(usize::from(bit)).length(length.max(0), record))
        };
        let mut told = impact(self.service, |i| {
            i.started = Some(point(0, self.start()));
            i.first_signal = moment(1, self.signal);
            i.detected = moment(2, self.detected);
            i.acknowledged = moment(3, self.acknowledged);
            i.mitigated = moment(4, self.mitigated);
            i.recovered = Some(point(5, self.recovered()));
            let at = moment(6, self.verified);
            i.verified = Some(Verification { at, signal: None, source: None });
            i.stated.detect = length(7, self.detected - self.start());
            i.stated.mitigate = length(8, self.mitigated - self.start());
            i.stated.recover = length(9, self.recovered() - self.start());
            i.self_recovered = self.has(10) && self.recovered() < self.detected;
            i.predetected = self.has(11) && self.detected < self.start();
            i.residual = self.accepted.and_then(|at| residual(Some(point(12, at))));
        });
        if self.parts.len() > 1 {
            told.segments = self
                .parts
                .iter()
                .enumerate()
                .map(|(index, (from, to))| Segment {
                    from: Some(point(13 + 2 * index, *from)),
                    to: Some(point(14 + 2 * index, *to)),
                    level: None,
                })
                .collect();
        }
        told
    }

    fn exact(mut self) -> Self {
        self.doubts = vec![Doubt { less: [Some(0); 2], more: [Some(0); 2] }];
        self
    }
}

impl Doubt {
    fn point(self, at: Seconds, record: usize) -> TimePoint {
        let (less, more) = (self.less[record], self.more[record]);
        let written = |at| Written { at: noon(at), form: Form::Utc };
        match (less, more) {
            (None, None) => TimePoint::Unknown,
            (Some(0), Some(0)) => TimePoint::Exact(written(at)),
            _ => TimePoint::Between {
                not_before: less.map(|less| written(at - less)),
                not_after: more.map(|more| written(at + more)),
            },
        }
    }

    fn length(self, length: Seconds, record: usize) -> Stated {
        let min = self.less[record].map_or(0, |less| (length - less).max(0));
        Stated { span: Span { min, max: self.more[record].map(|more| length + more) }, about: None }
    }
}

fn noon(seconds: Seconds) -> Instant {
    instant("12:00") + chrono::TimeDelta::seconds(seconds)
}

fn side() -> impl Strategy<Value = [Option<Seconds>; 2]> {
    prop_oneof![
        3 => Just([Some(0); 2]),
        4 => (0_i64..9_000, 0_i64..=8).prop_map(|(wide, eighths)| [Some(wide), Some(wide * eighths / 8)]),
        1 => of(0_i64..9_000).prop_map(|narrow| [None, narrow]),
    ]
}

fn truth() -> BoxedStrategy<Truth> {
    let lengths = prop_oneof![
        3 => proptest::collection::vec(0_i64..20_000, 1),
        1 => proptest::collection::vec(0_i64..9_000, 3..6),
    ];
    let near = || -5_000_i64..25_000;
    let doubts =
        proptest::collection::vec((side(), side()).prop_map(|(less, more)| Doubt { less, more }), 19);
    let when = (0_i64..20_000, lengths, 0.0_f64..=1.0, 0_i64..5_000, of(0_i64..20_000));
    let what = (select(vec!["search", "workflow", "export"]), any::<u16>(), doubts);
    (when, (near(), near(), near()), what)
        .prop_map(
            |((start, lengths, mitigated, verified, accepted), (signal, detected, acknowledged), what)| {
                let mut at = start;
                let mut ends = vec![at];
                for length in lengths {
                    at += length;
                    ends.push(at);
                }
                let mitigated = start + ((at - start) as f64 * mitigated) as i64;
                let (service, absent, doubts) = what;
                Truth {
                    service,
                    signal: start + signal,
                    detected: start + detected,
                    acknowledged: start + acknowledged,
                    mitigated,
                    verified: at + verified,
                    // every second stretch is a pause
                    parts: ends.chunks_exact(2).map(|ends| (ends[0], ends[1])).collect(),
                    accepted: accepted.map(|after| mitigated + after),
                    absent,
                    doubts,
                }
            },
        )
        .prop_map(|mut truth| {
            truth.mitigated = truth.mitigated.min(truth.recovered());
            truth
        })
        .boxed()
}

fn told(truths: &[Truth], record: usize) -> Measured {
    let incident = incident(truths.iter().map(|truth| truth.told(record)).collect());
    measure(&incident, &settings(), &catalogue(), instant("12:00"))
}

fn lengths(m: &MeasuredImpact) -> [(&'static str, Option<Span>); 11] {
    [
        ("signal delay", m.signal_delay),
        ("recognition gap", m.recognition_gap),
        ("time to detect", m.ttd),
        ("lead", m.lead),
        ("time to acknowledge", m.tta),
        ("time to mitigate", m.ttm),
        ("time to recover", m.ttr),
        ("first recovery", m.ttr_first),
        ("impact time", m.impact_time),
        ("repair", m.repair),
        ("verification lag", m.verification_lag),
    ]
}

fn allows(span: Option<Span>, seconds: Seconds) -> bool {
    span.is_none_or(|span| span.min <= seconds && span.max.is_none_or(|max| seconds <= max))
}

/// True when `narrow` allows nothing that `wide` does not.
fn within(narrow: Option<Span>, wide: Option<Span>) -> bool {
    let (narrow, wide) = (narrow.unwrap_or(Span::UNKNOWN), wide.unwrap_or(Span::UNKNOWN));
    narrow.min >= wide.min && wide.max.is_none_or(|wide| narrow.max.is_some_and(|narrow| narrow <= wide))
}

fn covered(mut parts: Vec<(Seconds, Seconds)>) -> Seconds {
    parts.sort_unstable();
    let mut reached = i64::MIN;
    let mut sum = 0;
    for (from, to) in parts {
        sum += (to - from.max(reached)).max(0);
        reached = reached.max(to);
    }
    sum
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_length_allows_what_happened(truths in proptest::collection::vec(truth(), 1..4), record in 0..2_usize) {
        let measured = told(&truths, record);
        for (truth, m) in truths.iter().zip(&measured.impacts) {
            let (start, end) = (truth.start(), truth.end());
            let after = |from: Seconds, to: Seconds| (to - from).max(0);
            let expected = [
                after(start, truth.signal),
                after(truth.signal, truth.detected),
                after(start, truth.detected),
                after(truth.detected, start),
                after(truth.detected, truth.acknowledged),
                truth.mitigated - start,
                end - start,
                end.min(truth.parts[0].1) - start,
                truth.ran().map(|(from, to)| to - from).sum(),
                after(start.max(truth.detected), end),
                truth.verified - truth.recovered(),
            ];
            for ((name, span), expected) in lengths(m).into_iter().zip(expected) {
                prop_assert!(truth.ran_backwards(name) || allows(span, expected), "{name}: {span:?} lacks {expected}");
            }
            let target = m.target.unwrap();
            match m.verdict {
                Verdict::Met => prop_assert!(end - start <= target),
                Verdict::Breached => prop_assert!(end - start > target),
                verdict => prop_assert_eq!(verdict, Verdict::Indeterminate),
            }
            prop_assert_eq!(m.factor_min.is_some(), m.verdict == Verdict::Breached);
        }
        let union = covered(truths.iter().flat_map(Truth::ran).collect());
        prop_assert!(allows(measured.customer_impact, union), "{:?} lacks {union}", measured.customer_impact);
        let first = truths.iter().map(Truth::start).min().unwrap();
        let last = truths.iter().map(Truth::end).max().unwrap();
        prop_assert!(allows(measured.whole, last - first), "{:?} lacks {}", measured.whole, last - first);
    }

    #[test]
    fn knowing_more_never_allows_more_and_turns_no_verdict(truths in proptest::collection::vec(truth(), 1..4)) {
        let (first, second) = (told(&truths, 0), told(&truths, 1));
        for (truth, (wide, narrow)) in truths.iter().zip(first.impacts.iter().zip(&second.impacts)) {
            for ((name, wide), (_, narrow)) in lengths(wide).into_iter().zip(lengths(narrow)) {
                prop_assert!(truth.ran_backwards(name) || within(narrow, wide), "{name}: {narrow:?} is not within {wide:?}");
            }
            let verdicts = |m: &MeasuredImpact| [Some(m.verdict), m.detection_verdict, m.mitigation_verdict];
            for (wide, narrow) in verdicts(wide).into_iter().zip(verdicts(narrow)) {
                prop_assert!(wide == Some(Verdict::Indeterminate) || wide == narrow, "{wide:?} became {narrow:?}");
            }
        }
        prop_assert!(within(second.customer_impact, first.customer_impact));
        prop_assert!(within(second.whole, first.whole));
        prop_assert!(first.compliant.is_none() || first.compliant == second.compliant);
    }

    #[test]
    fn recovery_is_detection_and_repair_when_times_are_exact(truth in truth()) {
        let truth = Truth { accepted: None, absent: 0b11_1000_0000, ..truth.exact() };
        let m = told(std::slice::from_ref(&truth), 0).impacts.remove(0);
        let exactly = |span: Option<Span>| span.and_then(|span| span.exactly());
        prop_assert_eq!(exactly(m.ttr), Some(truth.recovered() - truth.start()));
        if (truth.start()..=truth.recovered()).contains(&truth.detected) {
            let parts = exactly(m.ttd).zip(exactly(m.repair)).map(|(ttd, repair)| ttd + repair);
            prop_assert_eq!(exactly(m.ttr), parts);
        }
    }

    #[test]
    fn the_union_lies_between_the_longest_impact_and_the_sum(truths in proptest::collection::vec(truth(), 1..5)) {
        let all = told(&truths, 0);
        let union = all.customer_impact.unwrap_or(Span::UNKNOWN);
        let single = |(truth, m): (&Truth, &MeasuredImpact)| {
            let length = if truth.parts.len() > 1 { m.impact_time } else { m.ttr };
            length.unwrap_or(Span::UNKNOWN)
        };
        let singles = || truths.iter().zip(&all.impacts).map(single);
        prop_assert!(singles().all(|single| union.min >= single.min));
        let sum = singles().fold(Span::ZERO, |sum, single| sum.plus(&single));
        prop_assert!(union.min <= sum.max.unwrap_or(i64::MAX));
        prop_assert!(sum.max.is_none_or(|sum| union.max.is_some_and(|union| union <= sum)));
        prop_assert!(union.max.is_none_or(|max| union.min <= max));
        // another impact never takes away from it
        let before = told(&truths[1..], 0).customer_impact.map_or(0, |span| span.min);
        prop_assert!(union.min >= before);
    }

    #[test]
    fn no_record_makes_a_measure_panic_or_a_length_run_backwards(
        impacts in proptest::collection::vec(anything(), 0..4),
        kind in select(vec![IncidentKind::Incident, IncidentKind::NearMiss, IncidentKind::Maintenance]),
        status in select(vec![Status::Open, Status::Resolved]),
        window in proptest::array::uniform3(of(any_point())),
        as_of in any_instant(),
    ) {
        let mut record = incident(impacts);
        (record.kind, record.status) = (kind, status);
        let [announced_at, from, to] = window;
        record.maintenance = Some(Maintenance { announced_at, from, to, services: vec!["search".to_owned()] });
        let measured = measure(&record, &settings(), &catalogue(), as_of);
        let whole = [measured.customer_impact, measured.whole];
        let ends = |m: &MeasuredImpact| [m.by_end_points.detect, m.by_end_points.mitigate, m.by_end_points.recover, m.elapsed];
        let spans = measured.impacts.iter().flat_map(|m| lengths(m).map(|(_, span)| span).into_iter().chain(ends(m)));
        for span in spans.chain(whole).flatten() {
            prop_assert!(span.min >= 0 && span.max.is_none_or(|max| span.min <= max), "{span:?}");
            prop_assert!(!span.is_unknown());
        }
        prop_assert!(measured.impacts.iter().all(|m| m.factor_min.is_none_or(|f| f.is_finite() && f > 1.0)));
    }
}

fn any_instant() -> impl Strategy<Value = Instant> {
    prop_oneof![
        6 => (-40_000_i64..40_000).prop_map(noon),
        1 => (i64::MIN..i64::MAX).prop_map(|s| Instant::from_timestamp(s % 8_000_000_000_000, 999_999_999).unwrap_or(Instant::MAX_UTC)),
        1 => select(vec![Instant::MIN_UTC, Instant::MAX_UTC]),
    ]
}

fn any_point() -> BoxedStrategy<TimePoint> {
    let written = || any_instant().prop_map(|at| Written { at, form: Form::Utc });
    prop_oneof![
        4 => written().prop_map(TimePoint::Exact),
        2 => (written(), of(0_i64..=Length::MAX_SECONDS)).prop_map(|(at, off)| TimePoint::About { at, plus_minus: off.map(Length::Seconds) }),
        2 => (of(written()), of(written())).prop_map(|(a, b)| {
            let reversed = a.zip(b).is_some_and(|(a, b)| a.at > b.at);
            let (not_before, not_after) = if reversed { (b, a) } else { (a, b) };
            TimePoint::Between { not_before, not_after }
        }),
        1 => Just(TimePoint::Unknown),
        1 => Just(TimePoint::Open),
    ]
    .boxed()
}

fn anything() -> BoxedStrategy<Impact> {
    let moments = proptest::array::uniform8(of(any_point()));
    let parts = proptest::collection::vec((of(any_point()), of(any_point())), 0..4);
    let span = || {
        of((0..=i64::MAX, of(0_i64..=i64::MAX))
            .prop_map(|(min, more)| Span { min, max: more.map(|more| min.saturating_add(more)) }))
    };
    let what =
        (select(vec!["search", "workflow", "moved", "unset", "nowhere"]), any::<bool>(), any::<bool>());
    (moments, parts, [span(), span(), span()], what)
        .prop_map(|(moments, parts, spans, (service, itself, before))| {
            impact(service, |i| {
                let [started, signal, detected, acknowledged, mitigated, recovered, verified, accepted_at] =
                    moments;
                (i.started, i.first_signal, i.detected, i.acknowledged) =
                    (started, signal, detected, acknowledged);
                (i.mitigated, i.recovered) = (mitigated, recovered);
                i.verified = Some(Verification { at: verified, signal: None, source: None });
                i.residual = residual(None).map(|residual| Residual { accepted_at, ..residual });
                i.segments = parts.into_iter().map(|(from, to)| Segment { from, to, level: None }).collect();
                let [detect, mitigate, recover] =
                    spans.map(|span| span.map(|span| Stated { span, about: None }));
                (i.stated.detect, i.stated.mitigate, i.stated.recover) = (detect, mitigate, recover);
                (i.self_recovered, i.predetected) = (itself, before);
            })
        })
        .boxed()
}
