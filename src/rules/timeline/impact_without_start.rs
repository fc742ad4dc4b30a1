//! `impact-without-start`: without a start no time to detect can be computed.

use crate::{
    finding::Severity,
    measure::{Unjudged, Verdict},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::TimePoint,
};

rule! {
    /// # Impact has no usable start
    ///
    /// `started` is absent or `unknown`. With a stated length this is a warning; without one it is an error, because
    /// then nothing at all can be measured. A near miss hit nobody, and needs no start.
    ///
    /// ## Why
    ///
    /// Neither accident of VTEX's postmortem has a start, only a length. How long nobody noticed can never be known.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].started
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: unknown
    ///     stated: {recover: ~8m ±1m}
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    /// > `workflow`: no start is known; the time to detect cannot be computed
    /// > `workflow`: o início não é conhecido; não é possível calcular o tempo até a detecção
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: {not_before: 2026-03-02T10:00Z, not_after: 2026-03-02T10:02Z}
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    ///
    /// ```yaml
    /// kind: near_miss
    /// impacts:
    ///   - {id: workflow, service: order-workflow}
    /// ```
    ///
    /// ## Fix
    ///
    /// Bound it from logs, metrics or the first complaint. A wide interval is better than none.
    ///
    /// # Impacto sem início utilizável
    ///
    /// `started` está ausente ou é `unknown`. Com uma duração declarada, é um aviso; sem ela, é um erro, porque nada
    /// pode ser medido. Um quase incidente não atingiu ninguém e não precisa de início.
    ///
    /// ## Por quê
    ///
    /// Nenhum dos dois acidentes do postmortem da VTEX tem início, só duração. Nunca se saberá por quanto tempo ninguém
    /// percebeu.
    ///
    /// ## Correção
    ///
    /// Delimite o início a partir de logs, métricas ou da primeira reclamação. Um intervalo largo é melhor que nenhum.
    "impact-without-start": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, measured) in judged.impacts() {
            // nobody was hit: no clock starts
            if measured.verdict == Verdict::NotJudged(Unjudged::NearMiss) {
                continue;
            }
            if case.is_faulty(judged, &field)
                || !matches!(impact.started, None | Some(TimePoint::Unknown | TimePoint::Open))
            {
                continue;
            }
            let length_stated = impact.stated.mitigate.is_some() || impact.stated.recover.is_some();
            let severity = if length_stated { Severity::Warning } else { Severity::Error };
            let sentence = sentence! { impact = called(&impact.id, &field) =>
                "`{impact}`: no start is known; the time to detect cannot be computed",
                "`{impact}`: o início não é conhecido; não é possível calcular o tempo até a detecção"
            };
            out.find_as(severity, judged, field.key("started"), sentence).help = words! {
                "bound it from logs or the first complaint: `started: {{not_before: …, not_after: …}}`",
                "delimite-o a partir de logs ou da primeira reclamação: `started: {{not_before: …, not_after: …}}`"
            };
        }
    }
}
