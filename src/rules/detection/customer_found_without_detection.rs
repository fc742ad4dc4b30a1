//! `customer-found-without-detection`: who was found out by customers wants to notice first next time.

use crate::{
    model::{ActionType, DetectionSource},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Customers found it first, and nothing will detect it next time
    ///
    /// An impact whose `detection.source` is `customer` or `partner` is addressed by an action of type `detect`,
    /// directly or through one of its causes.
    ///
    /// ## Why
    ///
    /// At Order Desk, at Productsup and in VTEX's order workflow customers were the first to notice; Allegro did not
    /// know for 4 h 21 min.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].detection.source
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    ///     detection: {source: customer}
    /// actions:
    ///   - {id: A1, title: {en: Check names of queues, pt-BR: Verificar nomes de filas}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > `workflow` was reported by customers, and no action would detect it before they do
    /// > `workflow` foi relatado por clientes, e nenhuma ação o detectaria antes deles
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    ///     detection: {source: customer}
    /// actions:
    ///   - {id: A1, title: {en: Alert when no order advances for 5 minutes, pt-BR: Alertar quando nenhum pedido avançar por 5 minutos}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add an action of type `detect` with a trigger that can be measured.
    ///
    /// # Clientes perceberam primeiro, e nada detectará o problema da próxima vez
    ///
    /// Um impacto cujo `detection.source` é `customer` ou `partner` é tratado por uma ação do tipo `detect`, diretamente
    /// ou por meio de uma de suas causas.
    ///
    /// ## Por quê
    ///
    /// Na Order Desk, na Productsup e no workflow de pedidos da VTEX, os clientes foram os primeiros a perceber; o
    /// Allegro ficou 4 h 21 min sem saber.
    ///
    /// ## Correção
    ///
    /// Inclua uma ação do tipo `detect` com um gatilho que possa ser medido.
    "customer-found-without-detection": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let detected_next_time = judged.addressed(&[ActionType::Detect]);
        for (field, impact, _) in judged.impacts() {
            let source = impact.detection.as_ref().and_then(|detection| detection.source);
            let partner = match source {
                Some(DetectionSource::Customer) => false,
                Some(DetectionSource::Partner) => true,
                _ => continue,
            };
            if detected_next_time.reaches(&impact.id) {
                continue;
            }
            let name = called(&impact.id, &field);
            let sentence = if partner {
                sentence! { impact = name.as_str() =>
                    "`{impact}` was reported by a partner, and no action would detect it before they do",
                    "`{impact}` foi relatado por um parceiro, e nenhuma ação o detectaria antes dele"
                }
            } else {
                sentence! { impact = name.as_str() =>
                    "`{impact}` was reported by customers, and no action would detect it before they do",
                    "`{impact}` foi relatado por clientes, e nenhuma ação o detectaria antes deles"
                }
            };
            out.find(judged, field.key("detection").key("source"), sentence).help = words! { impact = name =>
                "add an action of `type: detect` with `addresses: [{impact}]` and a trigger that can be measured",
                "inclua uma ação com `type: detect`, `addresses: [{impact}]` e um gatilho que possa ser medido"
            };
        }
    }
}
