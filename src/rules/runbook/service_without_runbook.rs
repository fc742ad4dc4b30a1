//! `service-without-runbook`: what helped once is worth writing down.

use crate::{
    measure::Verdict,
    model::Links,
    rules::{
        Across, Hit,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Target missed, and no step is known to work
    ///
    /// A service that missed a recovery target has, over all its incidents, at least one step whose outcome was `worked` or
    /// `partly`; so has one that depends hard on such a service. Where a step of the response caused the impact (`caused_by`), its
    /// way back will do. Told at the last impact that missed the target.
    ///
    /// ## Why
    ///
    /// In all of VTEX's incident the only step that helped search was to build new infrastructure beside the old; how the
    /// workflow came back is not told at all, and the next one on call starts from nothing.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].service
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:30Z, verified: {at: 2026-03-02T10:40Z, signal: orders_per_minute}, detection: {source: monitor}}
    /// ```
    /// > `order-workflow` missed its target, and no step is recorded that helped
    /// > `order-workflow` não cumpriu a meta, e não há registro de um passo que tenha ajudado
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:30Z, verified: {at: 2026-03-02T10:40Z, signal: orders_per_minute}, detection: {source: monitor}}
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:25Z, type: step, impacts: [workflow], step: {key: restart-workflow, intent: recover, title: {en: Restart the workflow, pt-BR: Reiniciar o workflow}, outcome: worked, verify: {signal: orders_per_minute, within: 5m}}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Record what finally helped as a step, with how long it took.
    ///
    /// # Meta não cumprida, e nenhum passo que se saiba funcionar
    ///
    /// Um serviço que não cumpriu uma meta de recuperação tem, em todos os seus incidentes, ao menos um passo cujo
    /// `outcome` foi `worked` ou `partly`; o mesmo vale para um que depende rigidamente de um serviço desses. Quando um
    /// passo da resposta causou o impacto (`caused_by`), basta o caminho de volta desse passo. O achado aparece no último
    /// impacto que não cumpriu a meta.
    ///
    /// ## Por quê
    ///
    /// Em todo o incidente da VTEX, o único passo que ajudou a busca foi montar uma nova infraestrutura ao lado da antiga;
    /// não se conta como o workflow voltou, e o próximo plantonista começa do zero.
    ///
    /// ## Correção
    ///
    /// Registre como passo o que enfim ajudou e quanto levou.
    "service-without-runbook": Warning Completeness Across
}

fn check(across: &Across<'_>, out: &mut Sink) {
    let helped = |hits: &[Hit<'_>]| hits.iter().any(|hit| hit.impact.step_helped);
    let services = across.by_service.iter().filter(|(_, hits)| helped(hits));
    let links = Links::of(across.catalogue);
    // what brings a service back brings back what hangs on it
    let positions = services.filter_map(|(service, _)| links.position(service));
    let with_them = links.with_dependants(positions, usize::MAX).unwrap_or_default();
    for (service, hits) in &across.by_service {
        if helped(hits) || links.position(service).is_some_and(|at| with_them.contains(&at)) {
            continue;
        }
        let Some(last) = hits.iter().rfind(|hit| hit.impact.verdict == Verdict::Breached) else { continue };
        let sentence = sentence! { service = *service =>
            "`{service}` missed its target, and no step is recorded that helped",
            "`{service}` não cumpriu a meta, e não há registro de um passo que tenha ajudado"
        };
        out.find_in(last.digest, last.field().key("service"), sentence).help = words! {
            "record what finally helped: an event of `type: step` with `outcome: worked`",
            "registre o que enfim ajudou: um evento `type: step` com `outcome: worked`"
        };
    }
}
