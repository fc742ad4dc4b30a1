//! `response-outage-not-counted`: what the response stopped is damage, too.

use std::collections::{HashMap, HashSet};

use crate::{
    locate::Field,
    model::{Effect, EventType, IncidentKind},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Instant, Interval, TimePoint},
};

rule! {
    /// # An event stopped a service that has no impact
    ///
    /// A service that an event on the timeline leaves `down`, `degraded` or `delayed` has an impact that had not surely
    /// ended by then. Effects of `background` events lie before the incident, and a near miss hits nobody.
    ///
    /// ## Why
    ///
    /// Order Desk's maintenance mode kept the whole application from its customers for more than five hours, yet only the
    /// imports are counted. VTEX switched off a server farm to help search, and the order workflow stopped with it.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].effects.order-search
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:05Z
    ///     type: step
    ///     actor: role:on-call
    ///     effects: {order-search: down}
    ///     text: {en: The search servers were switched off to take load off the queue., pt-BR: Os servidores de busca foram desligados para aliviar a fila.}
    ///     step: {intent: mitigate, title: {en: Switch off search, pt-BR: Desligar a busca}, outcome: partly, verify: {signal: queue_length, within: 5m}, hazard: {level: danger, text: {en: Stops search., pt-BR: Para a busca.}}}
    /// ```
    /// > `e1` left `order-search` `down`, and no impact counts that
    /// > `e1` registra `order-search: down`, e não há impacto que conte isso
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - id: e0
    ///     at: {not_before: 2026-02-01T00:00Z, not_after: 2026-02-28T00:00Z}
    ///     type: background
    ///     effects: {order-search: degraded}
    ///     text: {en: Order search had been slow for a month., pt-BR: A busca de pedidos estava lenta havia um mês.}
    ///   - id: e1
    ///     at: 2026-03-02T10:00Z
    ///     type: trigger
    ///     effects: {order-workflow: down}
    ///     text: {en: A setting was changed., pt-BR: Uma configuração foi alterada.}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add the impact, with `caused_by` naming the event. Damage done by the response is still damage.
    ///
    /// # Um evento parou um serviço que não tem impacto
    ///
    /// Um serviço que um evento da linha do tempo deixa `down`, `degraded` ou `delayed` tem um impacto que, àquela altura,
    /// ainda podia estar em curso. Efeitos de eventos `background` são anteriores ao incidente, e um quase incidente não
    /// atinge ninguém.
    ///
    /// ## Por quê
    ///
    /// O modo de manutenção da Order Desk deixou toda a aplicação fora do alcance dos clientes por mais de cinco horas, e
    /// só as importações são contadas. A VTEX desligou uma farm para ajudar a busca, e o workflow de pedidos parou junto.
    ///
    /// ## Correção
    ///
    /// Inclua o impacto, com o evento em `caused_by`. O dano causado pela resposta também é dano.
    "response-outage-not-counted": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents.iter().filter(|it| it.incident.kind != IncidentKind::NearMiss) {
        let mut ends: HashMap<&str, Option<Instant>> = HashMap::new();
        for (_, impact, measured) in judged.impacts() {
            // `None` is an end that is not known: later than any
            let end = measured.ended.latest;
            let last = ends.entry(impact.service.as_str()).or_insert(end);
            *last = last.zip(end).map(|(a, b)| a.max(b));
        }
        // told by `unaffected-claim-contradicted`
        let claimed: HashSet<&str> = judged.incident.unaffected.iter().map(|it| bare(it)).collect();
        for (i, event) in judged.incident.timeline.iter().enumerate() {
            let began = event.at.as_ref().map_or(Interval::UNKNOWN, TimePoint::interval).earliest;
            for (service, effect) in &event.effects {
                let counted = ends.get(bare(service)).is_some_and(|end| match (end, began) {
                    (Some(end), Some(began)) => began <= *end,
                    _ => true,
                });
                let before = event.kind == EventType::Background;
                if *effect == Effect::Up || before || counted || claimed.contains(bare(service)) {
                    continue;
                }
                let field = Field::of("timeline").at(i);
                let event = called(&event.id, &field);
                let sentence = sentence! { event = event.as_str(), service = service.as_str(), effect = effect.word() =>
                    "`{event}` left `{service}` `{effect}`, and no impact counts that",
                    "`{event}` registra `{service}: {effect}`, e não há impacto que conte isso"
                };
                out.find(judged, field.key("effects").key(service), sentence).help = words! { event = event, service = bare(service) =>
                    "add an impact: `{{service: {service}, started: …, caused_by: {event}}}`",
                    "inclua um impacto: `{{service: {service}, started: …, caused_by: {event}}}`"
                };
            }
        }
    }
}

/// The id of a service, with or without `service:` before it.
fn bare(service: &str) -> &str {
    service.strip_prefix("service:").unwrap_or(service)
}
