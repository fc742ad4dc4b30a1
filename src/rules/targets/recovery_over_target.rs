//! `recovery-over-target`: a fact, and no fault of the file.

use crate::{
    language::Quantity,
    measure::Verdict,
    rules::{Case, called, rule::rule, sentence::sentence, sink::Sink},
};

rule! {
    /// # Recovery target missed
    ///
    /// The time from the start of the impact to full recovery surely exceeds the target of the service's class. This
    /// is a fact and no fault of the file: it never fails a build.
    ///
    /// ## Why
    ///
    /// The targets exist to be looked at: VTEX's search took 20 h of 4 h, its order workflow 6 h of 10 min.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T16:00Z
    ///     verified: {at: 2026-03-02T16:10Z, signal: orders_per_minute}
    /// ```
    /// > `workflow`: recovery took 6 h; the target is 10 min (36 times)
    /// > `workflow`: a recuperação levou 6 h; a meta é 10 min (36 vezes)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:10Z
    ///     verified: {at: 2026-03-02T16:10Z, signal: orders_per_minute}
    /// ```
    ///
    /// ## Fix
    ///
    /// Nothing in the file. See `breach-without-faster-recovery` for what should follow from it.
    ///
    /// # Meta de recuperação não cumprida
    ///
    /// O tempo entre o início do impacto e a recuperação completa com certeza passa da meta da classe do serviço. É um
    /// fato, não um defeito do arquivo: nunca reprova um build.
    ///
    /// ## Por quê
    ///
    /// As metas existem para serem olhadas: a busca da VTEX levou 20 h de 4 h; o workflow de pedidos, 6 h de 10 min.
    ///
    /// ## Correção
    ///
    /// Nada no arquivo. Veja em `breach-without-faster-recovery` o que deve vir depois.
    "recovery-over-target": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, measured) in judged.impacts() {
            let (Verdict::Breached, Some(ttr), Some(target), Some(factor)) =
                (measured.verdict, measured.ttr, measured.target, measured.factor_min)
            else {
                continue;
            };
            let values = (called(&impact.id, &field), Quantity::Seconds(target), Quantity::Factor(factor));
            let sentence = match (measured.ongoing, ttr.exactly()) {
                (true, _) => {
                    sentence! { impact = values.0, ttr = Quantity::Seconds(ttr.min), target = values.1, factor = values.2 =>
                        "`{impact}`: not recovered after {ttr}; the target is {target} ({factor})",
                        "`{impact}`: sem recuperação após {ttr}; a meta é {target} ({factor})"
                    }
                }
                (_, Some(_)) => {
                    sentence! { impact = values.0, ttr = ttr, target = values.1, factor = values.2 =>
                        "`{impact}`: recovery took {ttr}; the target is {target} ({factor})",
                        "`{impact}`: a recuperação levou {ttr}; a meta é {target} ({factor})"
                    }
                }
                (_, None) => {
                    sentence! { impact = values.0, ttr = ttr, target = values.1, factor = values.2 =>
                        "`{impact}`: recovery took {ttr}; the target is {target} (at least {factor})",
                        "`{impact}`: a recuperação levou {ttr}; a meta é {target} (pelo menos {factor})"
                    }
                }
            };
            out.find(judged, field.key("recovered"), sentence);
        }
    }
}
