//! `detected-before-impact`: a true early warning, or a slip of the pen.

use crate::rules::{
    Case, called,
    rule::rule,
    sentence::{sentence, words},
    sink::Sink,
};

rule! {
    /// # Detected before impact
    ///
    /// `detected` surely lies before `started`, and `predetected: true` does not say that this is so.
    ///
    /// ## Why
    ///
    /// Knowing before users are hit is worth telling, and the time to detect is zero. More often one of the two moments is
    /// mistyped, and that zero is wrong. Allegro's post gives five clock times in running prose, easy to swap.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].detected
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:20Z
    ///     detected: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:25Z
    ///     verified: {at: 2026-03-02T10:30Z, signal: orders_per_minute}
    /// timeline: []
    /// ```
    /// > `workflow` was detected 20 min before users were hit: the time to detect counts as zero
    /// > `workflow` foi detectado 20 min antes de atingir usuários: o tempo até a detecção conta como zero
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:20Z
    ///     detected: 2026-03-02T10:00Z
    ///     predetected: true
    ///     recovered: 2026-03-02T10:25Z
    ///     verified: {at: 2026-03-02T10:30Z, signal: orders_per_minute}
    /// timeline: []
    /// ```
    ///
    /// ## Fix
    ///
    /// Confirm it with `predetected: true`, or correct the moment that is wrong.
    ///
    /// # Detectado antes do impacto
    ///
    /// `detected` é, com certeza, anterior a `started`, e nenhum `predetected: true` confirma que foi assim.
    ///
    /// ## Por quê
    ///
    /// Saber antes de os usuários serem atingidos merece ser contado, e o tempo até a detecção é zero. Mais comum é um dos
    /// dois horários estar trocado, e esse zero, errado. O post do Allegro dá cinco horários em texto corrido, fáceis de
    /// inverter.
    ///
    /// ## Correção
    ///
    /// Confirme com `predetected: true` ou corrija o horário errado.
    "detected-before-impact": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, measured) in judged.impacts() {
            let Some(lead) = measured.lead.filter(|lead| lead.min > 0 && !impact.predetected) else {
                continue;
            };
            let sentence = sentence! { impact = called(&impact.id, &field), lead = lead =>
                "`{impact}` was detected {lead} before users were hit: the time to detect counts as zero",
                "`{impact}` foi detectado {lead} antes de atingir usuários: o tempo até a detecção conta como zero"
            };
            out.find(judged, field.key("detected"), sentence).help = words! {
                "confirm it with `predetected: true`, or correct the moment that is wrong",
                "confirme com `predetected: true` ou corrija o horário errado"
            };
        }
    }
}
