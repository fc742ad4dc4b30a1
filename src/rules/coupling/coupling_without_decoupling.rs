//! `coupling-without-decoupling`: what failed together will do so again, unless something separates it.

use std::collections::HashMap;

use crate::{
    locate::Field,
    measure::MeasuredImpact,
    model::{ActionEffect, CauseCategory, Impact},
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Coupled failure without a decoupling action
    ///
    /// Two impacts whose services run on one unit, are of different classes, and do not depend hard on one another ask for an
    /// action with `effect: decouple` that addresses one of them or one of their causes. A cause of category `coupling` whose
    /// risk was accepted answers it, too.
    ///
    /// ## Why
    ///
    /// The order workflow of VTEX, a critical service, stopped because search, which is none, was being repaired on the servers
    /// that both shared. The first promise of the postmortem is to separate them.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].service
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}, detection: {source: monitor}}
    ///   - {id: search, service: order-search, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: searches_per_minute}, detection: {source: monitor}}
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [workflow, search]}
    /// --- services.yaml
    /// infra:
    ///   oms-workers: {isolation: {en: a quota for each, pt-BR: uma cota para cada um}}
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     runs_on: [oms-workers]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///   order-search:
    ///     name: {en: order search, pt-BR: busca de pedidos}
    ///     owner: team:oms
    ///     class: non-critical
    ///     runs_on: [oms-workers]
    ///     escalation: [{after: 30m, to: role:oms-duty-manager}]
    /// ```
    /// > `workflow` and `search` failed together on `oms-workers`, and no action separates them
    /// > `workflow` e `search` falharam juntos em `oms-workers`, e nenhuma ação os separa
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}, detection: {source: monitor}}
    ///   - {id: search, service: order-search, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: searches_per_minute}, detection: {source: monitor}}
    /// causes:
    ///   - {id: c1, role: root, category: coupling, confidence: likely, impacts: [workflow, search]}
    /// actions:
    ///   - {id: A1, title: {en: Run both on separate servers, pt-BR: Executar os dois em servidores separados}, type: prevent, effect: decouple, strength: strong, owner: role:lead, due: 2026-05-01, status: accepted, done_when: {en: stopping one leaves the other, pt-BR: parar um não afeta o outro}, addresses: [c1]}
    /// --- services.yaml
    /// infra:
    ///   oms-workers: {isolation: {en: a quota for each, pt-BR: uma cota para cada um}}
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     runs_on: [oms-workers]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///   order-search:
    ///     name: {en: order search, pt-BR: busca de pedidos}
    ///     owner: team:oms
    ///     class: non-critical
    ///     runs_on: [oms-workers]
    ///     escalation: [{after: 30m, to: role:oms-duty-manager}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Add the action that separates them, or write in `risk_accepted` of the cause who lives with it, and why.
    ///
    /// # Falha acoplada sem ação de desacoplamento
    ///
    /// Dois impactos cujos serviços rodam na mesma unidade, são de classes diferentes e não têm dependência rígida um do outro
    /// pedem uma ação com `effect: decouple` que trate de um deles ou de uma de suas causas. Uma causa de categoria `coupling`
    /// com o risco aceito também basta.
    ///
    /// ## Por quê
    ///
    /// O workflow de pedidos da VTEX, um serviço crítico, parou porque a busca, que não é, estava sendo reparada nos
    /// servidores que os dois dividiam. A primeira promessa do postmortem é separá-los.
    ///
    /// ## Correção
    ///
    /// Inclua a ação que os separa ou escreva, em `risk_accepted` da causa, quem convive com isso e por quê.
    "coupling-without-decoupling": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        // one impact fails with no other
        if judged.incident.impacts.len() < 2 {
            continue;
        }
        let mut separated = None;
        for (unit, on_unit) in by_unit(case, judged) {
            let Some((a, b)) = apart(case, &on_unit) else { continue };
            let separated = separated.get_or_insert_with(|| {
                judged.addressed_by(|action| action.effect == Some(ActionEffect::Decouple))
            });
            let answered = [a, b]
                .iter()
                .any(|on| separated.reaches(&on.impact.id) || is_accepted(judged, &on.impact.id));
            if answered {
                continue;
            }
            let sentence = sentence! { a = called(&a.impact.id, &a.field), b = called(&b.impact.id, &b.field), infra = unit =>
                "`{a}` and `{b}` failed together on `{infra}`, and no action separates them",
                "`{a}` e `{b}` falharam juntos em `{infra}`, e nenhuma ação os separa"
            };
            out.find(judged, a.field.key("service"), sentence).help = words! { a = called(&a.impact.id, &a.field) =>
                "add an action with `effect: decouple` and `addresses: [{a}]`, or accept the risk: `risk_accepted` of the cause",
                "inclua uma ação com `effect: decouple` e `addresses: [{a}]` ou aceite o risco: `risk_accepted` da causa"
            };
        }
    }
}

/// An impact on a unit, with its class's target.
struct OnUnit<'a> {
    field: Field,
    impact: &'a Impact,
    measured: &'a MeasuredImpact,
    service: usize,
    target: i64,
}

/// The impacts of each unit that hosts more than one service hit, in the order of the file.
fn by_unit<'a>(case: &Case<'a>, judged: &Judged<'a>) -> Vec<(&'a str, Vec<OnUnit<'a>>)> {
    let mut units: Vec<(&str, Vec<OnUnit<'_>>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (field, impact, measured) in judged.impacts() {
        let Some(service) = case.links.position(&impact.service) else { continue };
        let Some(entry) = case.catalogue.services.get(service) else { continue };
        let class = measured.class.as_deref().and_then(|class| case.settings.class(class));
        let Some(target) = class.map(|class| class.target_seconds()) else { continue };
        for unit in &entry.runs_on {
            let at = *known.entry(unit).or_insert_with(|| {
                units.push((unit, Vec::new()));
                units.len() - 1
            });
            if let Some((_, on_unit)) = units.get_mut(at) {
                on_unit.push(OnUnit { field: field.clone(), impact, measured, service, target });
            }
        }
    }
    units
}

/// Two impacts on a unit that nothing but the unit connects: the stricter one first. Looks at a few of each only, so
/// that a file of very many impacts stays cheap.
fn apart<'i, 'a>(case: &Case<'_>, on_unit: &'i [OnUnit<'a>]) -> Option<(&'i OnUnit<'a>, &'i OnUnit<'a>)> {
    const FEW: usize = 8;
    const LINKS: usize = 10_000;
    let strictest = on_unit.iter().map(|on| on.target).min()?;
    let strict = || on_unit.iter().filter(|on| on.target == strictest).take(FEW);
    let others = || on_unit.iter().filter(|on| on.target > strictest).take(FEW);
    others().next()?;
    for a in strict() {
        let taken_by_a = case.links.with_dependants([a.service], LINKS)?;
        for b in others().filter(|b| !taken_by_a.contains(&b.service)) {
            let together = !a.measured.ended.surely_before(&b.measured.started)
                && !b.measured.ended.surely_before(&a.measured.started);
            if together && !case.links.with_dependants([b.service], LINKS)?.contains(&a.service) {
                return Some((a, b));
            }
        }
    }
    None
}

/// Whether someone accepted the coupling behind this impact.
fn is_accepted(judged: &Judged<'_>, impact: &str) -> bool {
    judged.incident.causes.iter().any(|cause| {
        cause.category == Some(CauseCategory::Coupling)
            && cause.risk_accepted.is_some()
            && cause.impacts.iter().any(|id| id == impact)
    })
}
