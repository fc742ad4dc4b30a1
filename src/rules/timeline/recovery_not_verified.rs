//! `recovery-not-verified`: recovery is what someone measured, from the users' side.

use crate::{
    model::{Event, EventType, Impact},
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::TimePoint,
};

rule! {
    /// # Recovery not verified
    ///
    /// An impact that recovered has `verified` with the signal that showed it, or a timeline event of type
    /// `verification` about it, at or after the recovery.
    ///
    /// ## Why
    ///
    /// Productsup verified that data arrived, not that the importer could read it; the fault then ran overnight. Order
    /// Desk ran confirmation tests before it switched imports on again.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    /// ```
    /// > `workflow` is marked as recovered, but nothing shows it
    /// > `workflow` está marcado como recuperado, mas nada o comprova
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:10Z, type: verification, impacts: [workflow], text: {en: Orders per minute are back at the usual level., pt-BR: Os pedidos por minuto voltaram ao nível habitual.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Name the measurement, from the users' side, that showed the recovery.
    ///
    /// # Recuperação não verificada
    ///
    /// Um impacto recuperado tem `verified` com o sinal que comprovou a recuperação, ou um evento do tipo `verification` sobre ele
    /// na linha do tempo, no momento da recuperação ou depois dele.
    ///
    /// ## Por quê
    ///
    /// A Productsup verificou que os dados chegavam, mas não que o importador conseguia lê-los; a falha durou a noite
    /// toda. A Order Desk fez testes de confirmação antes de religar as importações.
    ///
    /// ## Correção
    ///
    /// Diga qual medição, do ponto de vista dos usuários, mostrou a recuperação.
    "recovery-not-verified": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, _) in judged.impacts() {
            let Some(recovered) = &impact.recovered else { continue };
            let verified = impact.verified.as_ref().is_some_and(|verified| verified.signal.is_some())
                || judged.incident.timeline.iter().any(|event| verifies(event, impact, recovered));
            if matches!(recovered, TimePoint::Open) || verified {
                continue;
            }
            let sentence = sentence! { impact = impact.id.as_str() =>
                "`{impact}` is marked as recovered, but nothing shows it",
                "`{impact}` está marcado como recuperado, mas nada o comprova"
            };
            out.find(judged, field.key("recovered"), sentence).help = words! {
                "add `verified: {{at: …, signal: …}}` with the measurement, from the users' side, that showed it",
                "acrescente `verified: {{at: …, signal: …}}` com a medição, do ponto de vista dos usuários, que mostrou a recuperação"
            };
        }
    }
}

fn verifies(event: &Event, impact: &Impact, recovered: &TimePoint) -> bool {
    event.kind == EventType::Verification
        && (event.impacts.is_empty() || event.impacts.contains(&impact.id))
        && (event.signal.is_some() || event.text.is_some())
        && !event.at.as_ref().is_some_and(|at| at.interval().surely_before(&recovered.interval()))
}
