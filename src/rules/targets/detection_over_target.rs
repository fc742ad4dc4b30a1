//! `detection-over-target`: nobody can recover in time what nobody has noticed.

use crate::{
    language::Quantity,
    measure::Verdict,
    model::ActionType,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Detection alone used up the recovery target
    ///
    /// The time to detect surely was as long as the class's `recover_within`, or longer.
    ///
    /// ## Why
    ///
    /// Allegro took 4 h 21 min to notice, Productsup at least 12 h 45 min: a target of 4 hours was lost before work
    /// began. No faster repair would have helped.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].detected
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:20Z
    ///     recovered: 2026-03-02T10:25Z
    ///     verified: {at: 2026-03-02T10:30Z, signal: orders_per_minute}
    ///     detection: {source: monitor}
    /// ```
    /// > `workflow`: detection took 20 min; by then the target of 10 min was lost
    /// > `workflow`: a detecção levou 20 min; a essa altura, a meta de 10 min já estava perdida
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: {not_before: 2026-03-02T10:03Z, not_after: 2026-03-02T10:20Z}
    ///     recovered: 2026-03-02T10:25Z
    ///     verified: {at: 2026-03-02T10:30Z, signal: orders_per_minute}
    ///     detection: {source: monitor}
    /// ```
    ///
    /// ## Fix
    ///
    /// Nothing in the times. Let an action of type `detect` notice it sooner; see `customer-found-without-detection`.
    ///
    /// # A detecção sozinha consumiu a meta de recuperação
    ///
    /// O tempo até a detecção foi, com certeza, igual ou superior ao `recover_within` da classe.
    ///
    /// ## Por quê
    ///
    /// O Allegro levou 4 h 21 min para perceber; a Productsup, ao menos 12 h 45 min: uma meta de 4 horas estava perdida
    /// antes de o trabalho começar. Consertar mais rápido não teria adiantado.
    ///
    /// ## Correção
    ///
    /// Nada nos horários. Inclua uma ação do tipo `detect` que perceba antes; veja `customer-found-without-detection`.
    "detection-over-target": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let watched = judged.addressed(&[ActionType::Detect]);
        for (field, impact, measured) in judged.impacts() {
            let (Some(ttd), Some(target)) = (measured.ttd, measured.target) else { continue };
            if matches!(measured.verdict, Verdict::NotJudged(_)) || ttd.min < target {
                continue;
            }
            let name = called(&impact.id, &field);
            let sentence = sentence! { impact = name.as_str(), ttd = ttd, target = Quantity::Seconds(target) =>
                "`{impact}`: detection took {ttd}; by then the target of {target} was lost",
                "`{impact}`: a detecção levou {ttd}; a essa altura, a meta de {target} já estava perdida"
            };
            out.find(judged, field.key("detected"), sentence).help = if watched.reaches(&impact.id) {
                words! { target = Quantity::Seconds(target) =>
                    "see that the action of `type: detect` gets it noticed well within {target}",
                    "confira se a ação com `type: detect` permite perceber o problema bem antes de {target}"
                }
            } else {
                words! { impact = name =>
                    "add an action of `type: detect` with `addresses: [{impact}]`: no faster repair would have helped",
                    "inclua uma ação com `type: detect` e `addresses: [{impact}]`: consertar mais rápido não bastaria"
                }
            };
        }
    }
}
