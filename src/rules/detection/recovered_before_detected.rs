//! `recovered-before-detected`: what heals by itself still has a cause.

use crate::{
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::TimePoint,
};

rule! {
    /// # Recovered before it was detected
    ///
    /// `recovered` surely lies before `detected`, and `self_recovered: true` does not say that this is so.
    ///
    /// ## Why
    ///
    /// It healed before anyone knew, or one of the two moments is wrong. If it healed, it still had a cause: VTEX's year
    /// of short interruptions, each soon over, came back as an outage of 20 hours.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T03:04Z
    ///     recovered: 2026-03-02T03:10Z
    ///     detected: 2026-03-02T03:12Z
    ///     verified: {at: 2026-03-02T03:20Z, signal: orders_per_minute}
    /// timeline: []
    /// ```
    /// > `workflow` recovered 2 min before it was detected
    /// > `workflow` se recuperou 2 min antes de ser detectado
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T03:04Z
    ///     recovered: 2026-03-02T03:10Z
    ///     detected: 2026-03-02T03:12Z
    ///     self_recovered: true
    ///     verified: {at: 2026-03-02T03:20Z, signal: orders_per_minute}
    /// timeline: []
    /// ```
    ///
    /// ## Fix
    ///
    /// Confirm it with `self_recovered: true`, or correct the moment that is wrong.
    ///
    /// # Recuperado antes de ser detectado
    ///
    /// `recovered` é, com certeza, anterior a `detected`, e nenhum `self_recovered: true` confirma que foi assim.
    ///
    /// ## Por quê
    ///
    /// Voltou ao normal antes que alguém soubesse, ou um dos dois horários está errado. Se voltou sozinho, ainda assim
    /// teve uma causa: o ano de interrupções curtas da VTEX, cada uma logo superada, voltou como uma parada de 20 horas.
    ///
    /// ## Correção
    ///
    /// Confirme com `self_recovered: true` ou corrija o horário errado.
    "recovered-before-detected": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, _) in judged.impacts() {
            let (Some(recovered), Some(detected)) = (&impact.recovered, &impact.detected) else { continue };
            let (recovered, detected) = match recovered {
                TimePoint::Open => continue,
                recovered => (recovered.interval(), detected.interval()),
            };
            if impact.self_recovered || !recovered.surely_before(&detected) {
                continue;
            }
            let Some(gap) = recovered.until(&detected) else { continue };
            let sentence = sentence! { impact = called(&impact.id, &field), gap = gap =>
                "`{impact}` recovered {gap} before it was detected",
                "`{impact}` se recuperou {gap} antes de ser detectado"
            };
            out.find(judged, field.key("recovered"), sentence).help = words! {
                "confirm it with `self_recovered: true`, or correct the moment that is wrong",
                "confirme com `self_recovered: true` ou corrija o horário errado"
            };
        }
    }
}
