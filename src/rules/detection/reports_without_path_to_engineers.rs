//! `reports-without-path-to-engineers`: what customers tell support must reach those who can mend it.

use std::collections::HashSet;

use crate::{
    language::Quantity,
    model::{ActionType, Count, DetectionSource, EventType},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Customer reports with no path to the engineers
    ///
    /// An impact that customers noticed first, with three reports or more (or `many`), has an event of type `escalation`
    /// on the timeline, or is addressed, directly or through one of its causes, by an action of type `process`.
    ///
    /// ## Why
    ///
    /// To leave the engineers room, VTEX's Customer Care told every client to wait for search. The tickets were about the
    /// order workflow, which had stopped for another reason, and nobody asked for it to be started again.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].detection.reports
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:05Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    ///     detection: {source: customer, reports: 12}
    /// ```
    /// > `workflow`: 12 reports from customers, and no escalation from support
    /// > `workflow`: 12 relatos de clientes, e o suporte não acionou ninguém
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:05Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    ///     detection: {source: customer, reports: many}
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:05Z
    ///     type: escalation
    ///     actor: role:customer-care
    ///     text: {en: Support called the engineer on call., pt-BR: O suporte acionou o engenheiro de plantão.}
    /// ```
    ///
    /// ## Fix
    ///
    /// Record the escalation if there was one; if there was none, add an action of type `process` that makes one happen.
    ///
    /// # Relatos de clientes sem caminho até os engenheiros
    ///
    /// Um impacto que clientes perceberam primeiro, com três relatos ou mais (ou `many`), tem um evento do tipo
    /// `escalation` na linha do tempo ou é tratado, diretamente ou por meio de uma de suas causas, por uma ação do tipo
    /// `process`.
    ///
    /// ## Por quê
    ///
    /// Para dar espaço aos engenheiros, o Customer Care da VTEX pediu a todos os clientes que esperassem pela busca. Os
    /// chamados tratavam do workflow de pedidos, que tinha parado por outro motivo, e ninguém pediu que o religassem.
    ///
    /// ## Correção
    ///
    /// Registre o acionamento, se houve; se não houve, inclua uma ação do tipo `process` que o faça acontecer.
    "reports-without-path-to-engineers": Warning Completeness
}

/// How many reports are more than one customer's trouble.
const SEVERAL: u64 = 3;

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let process = judged.addressed(&[ActionType::Process]);
        let escalations = judged.incident.timeline.iter().filter(|event| event.kind == EventType::Escalation);
        let (mut all, mut escalated) = (false, HashSet::new());
        for event in escalations {
            all |= event.impacts.is_empty();
            escalated.extend(event.impacts.iter().map(String::as_str));
        }
        for (field, impact, _) in judged.impacts().filter(|_| !all) {
            let Some(detection) = &impact.detection else { continue };
            let reports = match detection.reports {
                Some(Count::Many) => Quantity::named("many", "muitos"),
                Some(Count::Exact(n)) if n >= SEVERAL => count(n),
                Some(Count::About { about, plus_minus })
                    if about.saturating_sub(plus_minus.unwrap_or(about)) >= SEVERAL =>
                {
                    count(about)
                }
                _ => continue,
            };
            let by_customers = detection.source == Some(DetectionSource::Customer);
            if !by_customers || escalated.contains(impact.id.as_str()) || process.reaches(&impact.id) {
                continue;
            }
            let name = called(&impact.id, &field);
            let sentence = sentence! { impact = name.as_str(), n = reports =>
                "`{impact}`: {n} reports from customers, and no escalation from support",
                "`{impact}`: {n} relatos de clientes, e o suporte não acionou ninguém"
            };
            let field = field.key("detection").key("reports");
            out.find(judged, field, sentence).help = words! { impact = name =>
                "record the event of `type: escalation`, or add an action of `type: process` with `addresses: [{impact}]` that makes one happen",
                "registre o evento de `type: escalation` ou inclua uma ação com `type: process` e `addresses: [{impact}]` que o faça acontecer"
            };
        }
    }
}

fn count(n: u64) -> Quantity {
    Quantity::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}
