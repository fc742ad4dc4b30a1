//! `silent-gap`: hours of which the record says nothing.

use std::collections::BTreeMap;

use crate::{
    language::{Quantity, Wall},
    locate::Field,
    measure::{Unjudged, Verdict},
    model::{Event, EventType, Incident},
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Instant, Interval, TimeDelta, TimePoint},
};

rule! {
    /// # Long silence in the timeline of an open impact
    ///
    /// From its detection to its recovery, no stretch longer than the class's `timeline_gap` (60 minutes for critical
    /// services, 4 hours for the others) goes by without an event, a post, an acknowledgement or a mitigation. What has a
    /// duration fills it, what has no exact time may fill any moment it can have had, and an event with `quiet: true` fills
    /// the stretch it lies in. Before detection nobody is there to record; `detection-over-target` tells of that.
    ///
    /// ## Why
    ///
    /// Productsup's report says nothing between the deployment at about 17:00 and the next morning's complaints. What was
    /// tried and did not help is what the next one on call would want to know, and it is the first thing forgotten.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[1].at
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T14:05Z
    ///     verified: {at: 2026-03-02T14:10Z, signal: orders_per_minute}
    ///     detection: {source: monitor}
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:05Z, type: detection, text: {en: The team began to look., pt-BR: O time começou a investigar.}}
    ///   - {id: e2, at: 2026-03-02T14:00Z, type: recovery, text: {en: The setting was rolled back., pt-BR: A configuração foi revertida.}}
    /// ```
    /// > nothing is recorded for 3 h 55 min while `workflow` went on (between 10:05 and 14:00 on March 2, 2026 (UTC))
    /// > nada foi registrado por 3 h 55 min enquanto `workflow` continuava (entre as 10h05 e as 14h00 de 2 de março de 2026 (UTC))
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T14:05Z
    ///     verified: {at: 2026-03-02T14:10Z, signal: orders_per_minute}
    ///     detection: {source: monitor}
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:05Z, type: detection, text: {en: The team began to look., pt-BR: O time começou a investigar.}}
    ///   - {id: e2, at: 2026-03-02T10:30Z, until: 2026-03-02T12:00Z, type: note, text: {en: The queue was rebuilt., pt-BR: A fila foi refeita.}}
    ///   - {id: e3, at: 2026-03-02T13:00Z, type: note, quiet: true, text: {en: "Waiting: nothing else could be done.", pt-BR: "Espera: nada mais podia ser feito."}}
    ///   - {id: e4, at: 2026-03-02T14:00Z, type: recovery, text: {en: Orders advance again., pt-BR: Os pedidos voltaram a avançar.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add what was tried or decided. If it was waiting, say so, in an event with `quiet: true`.
    ///
    /// # Longo silêncio na linha do tempo de um impacto em aberto
    ///
    /// Da detecção à recuperação, nenhum trecho maior que o `timeline_gap` da classe (60 minutos para serviços críticos, 4
    /// horas para os demais) passa sem um evento, uma publicação, um início de atendimento ou uma mitigação. O que tem
    /// duração o preenche, o que não tem horário exato pode preencher qualquer momento possível, e um evento com `quiet:
    /// true` preenche o trecho em que está. Antes da detecção não há quem registre; disso fala `detection-over-target`.
    ///
    /// ## Por quê
    ///
    /// O relatório da Productsup não diz nada entre a implantação, por volta das 17h, e as reclamações da manhã seguinte. O
    /// que se tentou e não ajudou é o que o próximo plantonista gostaria de saber, e é o que se esquece primeiro.
    ///
    /// ## Correção
    ///
    /// Acrescente o que foi tentado ou decidido. Se era espera, diga isso em um evento com `quiet: true`.
    "silent-gap": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let Some(silences) = silences(judged.incident) else { continue };
        // by the silence that is allowed, the shortest first: a stretch is told once
        let mut open: BTreeMap<i64, Vec<Window>> = BTreeMap::new();
        for (index, (_, impact, measured)) in judged.impacts().enumerate() {
            let class = measured.class.as_deref().and_then(|class| case.settings.class(class));
            let limit = class.and_then(|class| class.timeline_gap).and_then(|gap| gap.seconds());
            let nobody_hit =
                matches!(measured.verdict, Verdict::NotJudged(Unjudged::NearMiss | Unjudged::Maintenance));
            let detected = impact.detected.as_ref().map(TimePoint::interval).and_then(|at| at.latest);
            let (Some(limit), Some(detected), Some(to)) = (limit, detected, measured.ended.earliest) else {
                continue;
            };
            let from = measured.started.latest.map_or(detected, |started| started.max(detected));
            if !nobody_hit && from < to {
                open.entry(limit).or_default().push(Window { from, to, index });
            }
        }
        let mut told = vec![false; silences.len()];
        for (limit, mut windows) in open {
            windows.sort_unstable_by_key(|window| (window.from, window.index));
            let furthest = furthest(&windows);
            for (at, from, to) in overlaps(&silences, &joined(&windows)) {
                let (Some(silence), Some(told)) = (silences.get(at), told.get_mut(at)) else { continue };
                if !*told && (to - from).num_seconds() > limit {
                    *told = true;
                    let begun = windows.partition_point(|window| window.from <= from);
                    let impact = begun.checked_sub(1).and_then(|last| furthest.get(last)).copied();
                    tell(judged, case, silence, (from, to), impact.unwrap_or_default(), out);
                }
            }
        }
    }
}

fn tell(
    judged: &Judged<'_>,
    case: &Case<'_>,
    silence: &Silence,
    (from, to): (Instant, Instant),
    impact: usize,
    out: &mut Sink,
) {
    let timeline = Field::of("timeline");
    let field = match silence.before_event.or(silence.after_event) {
        Some(event) => timeline.at(event).key("at"),
        None => timeline,
    };
    let id = judged.incident.impacts.get(impact).map_or("", |impact| impact.id.as_str());
    let wall = |at| Wall::shown(at, &judged.zone(case));
    let when = Quantity::Interval { not_before: Some(wall(from)), not_after: Some(wall(to)) };
    let sentence = sentence! {
        impact = called(id, &Field::of("impacts").at(impact)),
        gap = Quantity::Seconds((to - from).num_seconds()),
        when = when =>
        "nothing is recorded for {gap} while `{impact}` went on ({when})",
        "nada foi registrado por {gap} enquanto `{impact}` continuava ({when})"
    };
    out.find(judged, field, sentence).help = words! {
        "add what was tried or decided; if it was waiting, an event with `quiet: true` that says so",
        "acrescente o que foi tentado ou decidido; se era espera, um evento com `quiet: true` que diga isso"
    };
}

/// When an impact surely went on, after it was surely detected.
#[derive(Clone, Copy)]
struct Window {
    from: Instant,
    to: Instant,
    /// The position of the impact.
    index: usize,
}

/// A stretch in which surely nothing on record happened.
struct Silence {
    from: Instant,
    to: Instant,
    /// The event that was last before it.
    after_event: Option<usize>,
    /// The event that ends it.
    before_event: Option<usize>,
}

/// Something on record: when it can have begun, when it can have ended, and which event it is.
type Filled = (Instant, Instant, Option<usize>);

/// The silences of the record, in order. `None` when it has no events, and when one is at a time not known: that one may
/// lie in any silence.
fn silences(incident: &Incident) -> Option<Vec<Silence>> {
    let dated = |event: &Event| event.at.as_ref().is_some_and(TimePoint::is_dated);
    // what lies before the incident fills nothing of it
    let events = incident.timeline.iter().enumerate();
    let mut events = events.filter(|(_, event)| event.kind != EventType::Background).peekable();
    events.peek()?;
    if !events.clone().all(|(_, event)| dated(event)) {
        return None;
    }
    let mut filled: Vec<Filled> = Vec::new();
    for (i, event) in events.filter(|(_, event)| !event.quiet) {
        filled.extend(event.at.as_ref().map(|at| (earliest(at), end(event, at), Some(i))));
    }
    let beside = incident.comms.iter().filter_map(|post| post.at.as_ref());
    let beside =
        beside.chain(incident.impacts.iter().flat_map(|impact| {
            impact.acknowledged.iter().chain(&impact.mitigated).filter(|at| at.is_dated())
        }));
    filled.extend(beside.map(|at| (earliest(at), latest(at.interval()), None)));
    filled.sort_unstable_by_key(|(from, to, _)| (*from, *to));
    let mut silences = Vec::new();
    let (mut until, mut last) = (Instant::MIN_UTC, None);
    for (from, to, event) in filled {
        if from > until {
            silences.push(Silence { from: until, to: from, after_event: last, before_event: event });
        }
        if to > until {
            until = to;
        }
        last = event.or(last);
    }
    silences.push(Silence { from: until, to: Instant::MAX_UTC, after_event: last, before_event: None });
    let mut quiet = vec![false; silences.len()];
    for at in incident.timeline.iter().filter(|event| event.quiet).filter_map(|event| event.at.as_ref()) {
        let first = silences.partition_point(|silence| silence.to < earliest(at));
        if silences.get(first).is_some_and(|silence| silence.from <= latest(at.interval()))
            && let Some(quiet) = quiet.get_mut(first)
        {
            *quiet = true;
        }
    }
    let kept = silences.into_iter().zip(quiet).filter(|(_, quiet)| !quiet);
    Some(kept.map(|(silence, _)| silence).collect())
}

fn earliest(at: &TimePoint) -> Instant {
    at.interval().earliest.unwrap_or(Instant::MIN_UTC)
}

fn latest(at: Interval) -> Instant {
    at.latest.unwrap_or(Instant::MAX_UTC)
}

/// The latest at which an event can have ended: it has an end, or a length, or is over at once.
fn end(event: &Event, at: &TimePoint) -> Instant {
    let begun = latest(at.interval());
    if let Some(until) = &event.until {
        return latest(until.interval()).max(begun);
    }
    let Some(took) = event.step.as_ref().and_then(|step| step.took.as_ref()) else { return begun };
    let length = took.span().max.and_then(TimeDelta::try_seconds);
    length.and_then(|length| begun.checked_add_signed(length)).unwrap_or(Instant::MAX_UTC)
}

/// For each window the impact that, of those begun so far, goes on the longest.
fn furthest(windows: &[Window]) -> Vec<usize> {
    let mut best: Option<Window> = None;
    let mut furthest = Vec::with_capacity(windows.len());
    for window in windows {
        let longest = best.filter(|best| best.to >= window.to).unwrap_or(*window);
        furthest.push(longest.index);
        best = Some(longest);
    }
    furthest
}

/// Windows that overlap joined to one stretch, in order.
fn joined(windows: &[Window]) -> Vec<(Instant, Instant)> {
    let mut joined: Vec<(Instant, Instant)> = Vec::new();
    for window in windows {
        match joined.last_mut().filter(|(_, to)| window.from <= *to) {
            Some((_, to)) => *to = window.to.max(*to),
            None => joined.push((window.from, window.to)),
        }
    }
    joined
}

/// Where silences and stretches overlap, with the silence's position. Both are in order, and each is looked at once.
fn overlaps(silences: &[Silence], stretches: &[(Instant, Instant)]) -> Vec<(usize, Instant, Instant)> {
    let mut overlaps = Vec::new();
    let (mut s, mut w) = (0, 0);
    while let (Some(silence), Some((from, to))) = (silences.get(s), stretches.get(w)) {
        let (from, end) = (silence.from.max(*from), silence.to.min(*to));
        if from < end {
            overlaps.push((s, from, end));
        }
        if silence.to < *to { s += 1 } else { w += 1 }
    }
    overlaps
}

#[cfg(test)]
mod tests {
    use crate::rules::examples::under;

    /// The fields at which a silence is told, of an impact that is critical and went on from 10:02 to 14:05.
    fn silent_at(timeline: &str, besides: &str) -> Vec<String> {
        let impact = "impacts:\n  - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, \
                      detected: 2026-03-02T10:02Z, recovered: 2026-03-02T14:05Z, \
                      verified: {at: 2026-03-02T14:10Z, signal: s}";
        let yaml = format!("{impact}{besides}\ntimeline: [{timeline}]\n");
        let found = under("relato: 1\n", &yaml);
        let own = found.iter().filter(|it| it.rule == "silent-gap");
        own.map(|it| it.field.to_string()).collect()
    }

    #[test]
    fn only_what_surely_is_a_silence_is_told_and_each_once() {
        const NOTES: &str = "{at: 2026-03-02T10:05Z}, {at: 2026-03-02T14:00Z}";
        let none: [&str; 0] = [];
        for (timeline, besides, expected) in [
            (NOTES, "}", vec!["timeline[1].at"]),
            // in the order of time, not of the file; the last stretch ends with the recovery
            (
                "{at: 2026-03-02T12:00Z}, {at: 2026-03-02T10:30Z}",
                "}",
                vec!["timeline[0].at", "timeline[0].at"],
            ),
            // two impacts that went on together
            (
                NOTES,
                "}\n  - {id: too, service: order-workflow, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T14:30Z, verified: {at: 2026-03-02T14:40Z, signal: s}}",
                vec!["timeline[1].at"],
            ),
            // an hour is not longer than an hour
            (
                "{at: 2026-03-02T11:02Z}, {at: 2026-03-02T12:02Z}, {at: 2026-03-02T13:02Z}, {at: 2026-03-02T13:30Z}",
                "}",
                none.to_vec(),
            ),
            // whatever may lie in it, fills it
            (&format!("{NOTES}, {{at: unknown}}"), "}", none.to_vec()),
            (&format!("{NOTES}, {{text: {{en: a, pt-BR: b}}}}"), "}", none.to_vec()),
            (
                &format!("{NOTES}, {{at: {{not_before: 2026-03-02T11:00Z, not_after: 2026-03-02T13:30Z}}}}"),
                "}",
                none.to_vec(),
            ),
            (&format!("{NOTES}, {{at: 2026-03-02T10:10Z, until: 2026-03-02T13:30Z}}"), "}", none.to_vec()),
            (&format!("{NOTES}, {{at: 2026-03-02T10:10Z, step: {{took: 3h30m}}}}"), "}", none.to_vec()),
            (&format!("{NOTES}, {{at: 2026-03-02T12:10Z, quiet: true}}"), "}", none.to_vec()),
            (
                NOTES,
                ", mitigated: {not_before: 2026-03-02T11:00Z, not_after: 2026-03-02T13:30Z}}",
                none.to_vec(),
            ),
            // what only lies before the incident does not
            (&format!("{{at: unknown, type: background}}, {NOTES}"), "}", vec!["timeline[2].at"]),
            ("", "}", none.to_vec()),
        ] {
            assert_eq!(silent_at(timeline, besides), expected, "{timeline} {besides}");
        }
    }
}
