//! `limit-without-headroom-alert`: a hard limit goes from no failure to all of it in one step.

use crate::{
    locate::Field,
    model::{CauseCategory, Confidence, Detects},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Hard limit hit, and no alert on headroom
    ///
    /// A cause of category `capacity_limit` is addressed by an action with `detects: headroom`, directly or through one of its
    /// impacts. A cause that is only a hypothesis is not judged, nor is one whose risk was accepted.
    ///
    /// ## Why
    ///
    /// Order Desk ran out of its 2,147,483,647 order numbers months before it expected to, on the last Sunday before
    /// Christmas. A hard limit goes from 0% to 100% failure at once, so the alert has to come before.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].category
    /// causes:
    ///   - {id: c1, role: root, category: capacity_limit, confidence: likely, impacts: [workflow], limit: {name: order-id, type: int32, max: 2147483647}}
    /// ```
    /// > `order-id` was exhausted, and no action watches how much of it is left
    /// > `order-id` se esgotou, e nenhuma ação acompanha quanto resta
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: root, category: capacity_limit, confidence: likely, impacts: [workflow], limit: {name: order-id, type: int32, max: 2147483647}}
    /// actions:
    ///   - {id: A1, title: {en: Alert when 90 days of order ids are left, pt-BR: Alertar quando restarem 90 dias de ids de pedido}, type: detect, detects: headroom, owner: role:lead, due: 2026-05-01, status: accepted, done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}, addresses: [c1]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add a detecting action with `detects: headroom`: alert on the days left at the present rate, not only on a percentage.
    ///
    /// # Limite rígido atingido, sem alerta de folga
    ///
    /// Uma causa de categoria `capacity_limit` é tratada por uma ação com `detects: headroom`, diretamente ou por meio de um de
    /// seus impactos. Uma causa que é só hipótese não é julgada, nem uma com o risco aceito.
    ///
    /// ## Por quê
    ///
    /// A Order Desk ficou sem números de pedido, 2.147.483.647 ao todo, meses antes do previsto, no último domingo antes do
    /// Natal. Um limite rígido passa de 0% a 100% de falha de uma vez, e o alerta tem de vir antes.
    ///
    /// ## Correção
    ///
    /// Inclua uma ação de detecção com `detects: headroom`: alerte pelos dias que restam no ritmo atual, e não só por uma
    /// porcentagem.
    "limit-without-headroom-alert": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut watched = None;
        for (i, cause) in judged.incident.causes.iter().enumerate() {
            let guessed = matches!(cause.confidence, Some(Confidence::Hypothesis | Confidence::Unknown));
            if cause.category != Some(CauseCategory::CapacityLimit)
                || guessed
                || cause.risk_accepted.is_some()
            {
                continue;
            }
            let watched = watched.get_or_insert_with(|| {
                judged.addressed_by(|action| action.detects == Some(Detects::Headroom))
            });
            if watched.serves(cause) {
                continue;
            }
            let field = Field::of("causes").at(i);
            let name = called(&cause.id, &field);
            let limit = cause.limit.as_ref().and_then(|limit| limit.name.as_deref()).unwrap_or(&name);
            let sentence = sentence! { limit = limit =>
                "`{limit}` was exhausted, and no action watches how much of it is left",
                "`{limit}` se esgotou, e nenhuma ação acompanha quanto resta"
            };
            out.find(judged, field.key("category"), sentence).help = words! { cause = name.as_str() =>
                "add an action of `type: detect` with `detects: headroom` and `addresses: [{cause}]`",
                "inclua uma ação com `type: detect`, `detects: headroom` e `addresses: [{cause}]`"
            };
        }
    }
}
