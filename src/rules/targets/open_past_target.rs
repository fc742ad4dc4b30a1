//! `open-past-target`: the moment to escalate and to post, without anyone having to judge it.

use crate::{
    language::Quantity,
    measure::Verdict,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Open impact past its target
    ///
    /// In an incident that is `open` or `monitoring`, an impact that has not recovered has surely lasted longer than its
    /// target.
    ///
    /// ## Why
    ///
    /// Whoever is fighting an incident does not look at the clock. It gives the person on call, and whatever runs `relato
    /// check`, a moment to escalate and to post that depends on nobody's mood. VTEX's order workflow stood still for 6
    /// hours against a target of 10 minutes, and nobody asked after it.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered as-of=2026-03-02T10:25:00Z
    /// status: open
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, detection: {source: monitor}}
    /// ```
    /// > `workflow` has been open for 25 min, past its target of 10 min
    /// > `workflow` está em aberto há 25 min, além da meta de 10 min
    ///
    /// ## Silent
    ///
    /// ```yaml as-of=2026-03-02T10:06:00Z
    /// status: open
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, detection: {source: monitor}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Call whoever comes next, and tell customers. Once it is over, write `recovered`.
    ///
    /// # Impacto em aberto além da meta
    ///
    /// Em um incidente `open` ou `monitoring`, um impacto ainda não recuperado já durou, com certeza, mais do que a meta.
    ///
    /// ## Por quê
    ///
    /// Quem combate um incidente não olha o relógio. A regra dá a quem está de plantão, e à automação que roda `relato
    /// check`, um momento de acionar mais gente e de publicar que não depende do humor de ninguém. O workflow de pedidos da
    /// VTEX ficou parado por 6 horas, contra uma meta de 10 minutos, e ninguém perguntou por ele.
    ///
    /// ## Correção
    ///
    /// Acione quem vem a seguir e avise os clientes. Quando terminar, escreva `recovered`.
    "open-past-target": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, measured) in judged.impacts() {
            let (Verdict::Breached, true, Some(elapsed), Some(target)) =
                (measured.verdict, measured.ongoing, measured.elapsed, measured.target)
            else {
                continue;
            };
            let values =
                (called(&impact.id, &field), Quantity::Seconds(elapsed.min), Quantity::Seconds(target));
            let sentence = sentence! { impact = values.0, elapsed = values.1, target = values.2 =>
                "`{impact}` has been open for {elapsed}, past its target of {target}",
                "`{impact}` está em aberto há {elapsed}, além da meta de {target}"
            };
            out.find(judged, field.key("recovered"), sentence).help = words! {
                "escalate and tell customers; once it is over, write `recovered: …`",
                "acione mais gente e avise os clientes; quando terminar, escreva `recovered: …`"
            };
        }
    }
}
