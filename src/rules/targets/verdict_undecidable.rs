//! `verdict-undecidable`: uncertain times are not counted as met or missed.

use crate::{
    language::Quantity,
    measure::Verdict,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::TimePoint,
};

rule! {
    /// # Verdict undecidable
    ///
    /// The times given allow both a recovery within the target and one past it.
    ///
    /// ## Why
    ///
    /// An uncertain time must be counted neither as met nor as missed; a compliance rate that hides the uncertain
    /// ones is a guess.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: {about: 2026-03-02T10:00Z, plus_minus: 10m}
    ///     recovered: 2026-03-02T10:15Z
    ///     verified: {at: 2026-03-02T10:20Z, signal: orders_per_minute}
    /// ```
    /// > `workflow`: recovery took between 5 min and 25 min; a target of 10 min cannot be judged
    /// > `workflow`: a recuperação levou entre 5 min e 25 min; não é possível avaliar a meta de 10 min
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: {about: 2026-03-02T10:05Z, plus_minus: 2m}
    ///     recovered: 2026-03-02T10:12Z
    ///     verified: {at: 2026-03-02T10:20Z, signal: orders_per_minute}
    /// ```
    ///
    /// ## Fix
    ///
    /// Narrow the start or the end from logs, or state a length with bounds under `stated`.
    ///
    /// # Não é possível dizer se a meta foi cumprida
    ///
    /// Os horários informados permitem tanto uma recuperação dentro da meta quanto uma fora dela.
    ///
    /// ## Por quê
    ///
    /// Um tempo incerto não conta como meta cumprida nem como não cumprida; um índice que esconde os casos incertos é um
    /// palpite.
    ///
    /// ## Correção
    ///
    /// Delimite melhor o início ou o fim a partir de logs, ou declare em `stated` uma duração com margem.
    "verdict-undecidable": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, measured) in judged.impacts() {
            let (Verdict::Indeterminate, Some(target)) = (measured.verdict, measured.target) else {
                continue;
            };
            // what cannot be read is told elsewhere, and may well decide it
            let unreadable = |point: &Option<TimePoint>| matches!(point, Some(TimePoint::Unreadable(_)));
            if unreadable(&impact.started) || unreadable(&impact.recovered) || case.is_faulty(judged, &field)
            {
                continue;
            }
            // moments out of order give no length at all, and have a rule of their own
            if measured.ttr.is_none() && measured.started.surely_after(&measured.ended) {
                continue;
            }
            let target = Quantity::Seconds(target);
            let sentence = match measured.ttr.filter(|ttr| !ttr.is_unknown()) {
                Some(ttr) => sentence! { impact = called(&impact.id, &field), ttr = ttr, target = target =>
                    "`{impact}`: recovery took {ttr}; a target of {target} cannot be judged",
                    "`{impact}`: a recuperação levou {ttr}; não é possível avaliar a meta de {target}"
                },
                None => sentence! { impact = called(&impact.id, &field), target = target =>
                    "`{impact}`: nothing is known of how long recovery took; a target of {target} cannot be judged",
                    "`{impact}`: não se sabe quanto tempo a recuperação levou; não é possível avaliar a meta de {target}"
                },
            };
            out.find(judged, field.key("recovered"), sentence).help = words! {
                "narrow `started` or `recovered` from logs, or state a length: `stated: {{recover: ~6h ±30m}}`",
                "delimite melhor `started` ou `recovered` a partir de logs, ou declare uma duração: `stated: {{recover: ~6h ±30m}}`"
            };
        }
    }
}
