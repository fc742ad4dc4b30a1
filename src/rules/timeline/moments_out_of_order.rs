//! `moments-out-of-order`: start, mitigation, recovery and verification must be able to follow each other.

use crate::{
    language::Quantity,
    model::Impact,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::TimePoint,
};

rule! {
    /// # Moments of an impact are out of order
    ///
    /// An impact starts, is mitigated, recovers, is verified, in this order. The rule fires only when the times given
    /// prove the disorder, never where intervals merely overlap. Detection is exempt: it may come before the impact
    /// or after the recovery.
    ///
    /// ## Why
    ///
    /// Every number of the report depends on these moments, and clock times in running prose are easy to transpose:
    /// the Allegro postmortem of 2014 gives five of them in two paragraphs.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T08:40Z
    ///     recovered: 2026-03-02T04:19Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    /// > `workflow`: recovery (March 2, 2026, 04:19 UTC) lies before the start (March 2, 2026, 08:40 UTC)
    /// > `workflow`: a recuperação (2 de março de 2026, 4h19 UTC) é anterior ao início (2 de março de 2026, 8h40 UTC)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: {not_before: 2026-03-02T10:00Z, not_after: 2026-03-02T10:05Z}
    ///     detected: 2026-03-02T09:50Z
    ///     predetected: true
    ///     recovered: 2026-03-02T10:04Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the wrong instant. If the order is truly unknown, widen it to `{not_before, not_after}`.
    ///
    /// # Momentos de um impacto fora de ordem
    ///
    /// Um impacto começa, é mitigado, é recuperado e é verificado, nessa ordem. A regra só dispara quando os horários
    /// provam a desordem, nunca quando os intervalos apenas se sobrepõem. A detecção fica de fora: ela pode vir antes
    /// do impacto ou depois da recuperação.
    ///
    /// ## Por quê
    ///
    /// Todos os números do relatório dependem desses momentos, e horários em texto corrido são fáceis de trocar: o
    /// postmortem do Allegro, de 2014, traz cinco deles em dois parágrafos.
    ///
    /// ## Correção
    ///
    /// Corrija o horário errado. Se a ordem for mesmo desconhecida, amplie-o para `{not_before, not_after}`.
    "moments-out-of-order": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, _) in judged.impacts() {
            let moments = moments(impact);
            for (j, later) in moments.iter().enumerate() {
                let Some(before) = moments[..j].iter().rev().find(|m| later.is_before(m)) else { continue };
                let sentence = sentence! {
                    impact = called(&impact.id, &field),
                    later = Quantity::named(later.en, later.pt),
                    later_time = judged.tell(case, later.point),
                    earlier = Quantity::named(before.en, before.pt_to),
                    earlier_time = judged.tell(case, before.point) =>
                    "`{impact}`: {later} ({later_time}) lies before {earlier} ({earlier_time})",
                    "`{impact}`: {later} ({later_time}) é anterior {earlier} ({earlier_time})"
                };
                out.find(judged, later.place(&field), sentence).help = words! {
                    "correct the wrong instant, or widen it to `{{not_before: …, not_after: …}}` if the order is unknown",
                    "corrija o horário errado ou amplie-o para `{{not_before: …, not_after: …}}`, se a ordem for desconhecida"
                };
            }
        }
    }
}

struct Moment<'a> {
    key: &'static str,
    en: &'static str,
    pt: &'static str,
    pt_to: &'static str,
    point: &'a TimePoint,
}

impl Moment<'_> {
    fn is_before(&self, other: &Moment<'_>) -> bool {
        self.point.interval().surely_before(&other.point.interval())
    }

    fn place(&self, impact: &crate::locate::Field) -> crate::locate::Field {
        match self.key {
            "verified" => impact.key("verified").key("at"),
            key => impact.key(key),
        }
    }
}

fn moments(impact: &Impact) -> Vec<Moment<'_>> {
    let verified = impact.verified.as_ref().and_then(|verified| verified.at.as_ref());
    [
        ("started", "the start", "o início", "ao início", impact.started.as_ref()),
        ("mitigated", "mitigation", "a mitigação", "à mitigação", impact.mitigated.as_ref()),
        ("recovered", "recovery", "a recuperação", "à recuperação", impact.recovered.as_ref()),
        ("verified", "verification", "a verificação", "à verificação", verified),
    ]
    .into_iter()
    .filter_map(|(key, en, pt, pt_to, point)| Some(Moment { key, en, pt, pt_to, point: point? }))
    .collect()
}
