//! `recovery-over-target`: a fact, and no fault of the file.

use crate::{
    language::Quantity,
    measure::Verdict,
    rules::{Case, called, rule::rule, sentence::sentence, sink::Sink},
};

rule! {
    /// # Recovery target missed
    ///
    /// The time from the start of the impact to full recovery certainly exceeds the target of the service's class. This
    /// is a fact, not a fault of the file: it never fails a build.
    ///
    /// ## Why
    ///
    /// The targets exist to be looked at: VTEX's search took 20 h to come back in part, against a target of 4 h; its
    /// order workflow took 6 h, against 10 min.
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
    /// > `workflow`: recovery took 6 h, 36 times the target of 10 min
    /// > `workflow`: a recuperação levou 6 h, 36 vezes a meta de 10 min
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
    /// O tempo do início do impacto até a recuperação completa com certeza ultrapassa a meta da classe do serviço. É
    /// um fato, não um defeito do arquivo: nunca reprova um build.
    ///
    /// ## Por quê
    ///
    /// As metas existem para ser acompanhadas: a busca da VTEX levou 20 h para voltar em parte, contra uma meta de 4 h; o
    /// workflow de pedidos levou 6 h, contra uma de 10 min.
    ///
    /// ## Correção
    ///
    /// Nada no arquivo. Veja em `breach-without-faster-recovery` o que deve vir em seguida.
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
            // while it goes on, `open-past-target` tells it
            if measured.ongoing {
                continue;
            }
            let values = (called(&impact.id, &field), Quantity::Seconds(target), Quantity::Factor(factor));
            let sentence = match ttr.exactly() {
                Some(_) => {
                    sentence! { impact = values.0, ttr = ttr, target = values.1, factor = values.2 =>
                        "`{impact}`: recovery took {ttr}, {factor} the target of {target}",
                        "`{impact}`: a recuperação levou {ttr}, {factor} a meta de {target}"
                    }
                }
                None => {
                    sentence! { impact = values.0, ttr = ttr, target = values.1, factor = values.2 =>
                        "`{impact}`: recovery took {ttr}, at least {factor} the target of {target}",
                        "`{impact}`: a recuperação levou {ttr}, pelo menos {factor} a meta de {target}"
                    }
                }
            };
            out.find(judged, field.key("recovered"), sentence);
        }
    }
}
