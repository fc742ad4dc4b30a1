//! `harmful-step-not-marked`: what hurt once warns whoever reads it next.

use std::collections::{HashMap, HashSet};

use crate::{
    language::Quantity,
    locate::Field,
    model::{Effect, Event, Outcome, Step},
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # A step that made things worse is not marked
    ///
    /// A step whose `outcome` was `worse`, or which had a bad effect on a service that its impacts are not about, has a `hazard`
    /// with a `level` and a `text`. Attempts at one `key` are one step: told once in a file, and answered by any of them.
    ///
    /// ## Why
    ///
    /// Switching the farm off was a manoeuvre that VTEX used regularly. It stopped a critical service, and nothing on it said
    /// so.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].step.hazard
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}, detection: {source: monitor}}
    ///   - {id: search, service: order-search, started: 2026-03-02T10:04Z, detected: 2026-03-02T10:04Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: searches_per_minute}, detection: {source: monitor}, caused_by: e1}
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], effects: {order-search: down}, step: {key: stop-farm, intent: diagnose, title: {en: Stop the farm, pt-BR: Parar a farm}, outcome: partly}}
    /// ```
    /// > `e1` hurt `order-search`; nothing marks the step as dangerous
    /// > `e1` prejudicou `order-search`; nada marca o passo como perigoso
    ///
    /// ```yaml timeline[0].step.hazard
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: stop-farm, intent: diagnose, title: {en: Stop the farm, pt-BR: Parar a farm}, outcome: worse}}
    /// ```
    /// > `e1` made things worse; nothing marks the step as dangerous
    /// > `e1` piorou a situação; nada marca o passo como perigoso
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}, detection: {source: monitor}}
    ///   - {id: search, service: order-search, started: 2026-03-02T10:04Z, detected: 2026-03-02T10:04Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: searches_per_minute}, detection: {source: monitor}, caused_by: e1}
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], effects: {order-search: down}, step: {key: stop-farm, intent: diagnose, title: {en: Stop the farm, pt-BR: Parar a farm}, outcome: worse, hazard: {level: danger, affects: [order-search], text: {en: Stops search., pt-BR: Para a busca.}}}}
    ///   - {id: e2, at: 2026-03-02T10:05Z, type: step, impacts: [workflow], effects: {order-workflow: degraded}, step: {key: read-logs, intent: diagnose, title: {en: Read the logs, pt-BR: Ler os logs}, outcome: no_effect}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Mark the hazard, in both languages, and put the safe alternative first.
    ///
    /// # Um passo que piorou a situação não está marcado
    ///
    /// Um passo cujo `outcome` foi `worse`, ou que prejudicou um serviço de que seus impactos não tratam, tem um `hazard`
    /// com `level` e `text`. Tentativas de uma mesma `key` são um só passo: o achado aparece uma vez por arquivo, e basta
    /// que uma delas traga o que falta.
    ///
    /// ## Por quê
    ///
    /// Desligar a farm era uma manobra que a VTEX usava com frequência. Ela parou um serviço crítico, e nada nela avisava disso.
    ///
    /// ## Correção
    ///
    /// Marque o risco, nos dois idiomas, e ponha antes a alternativa segura.
    "harmful-step-not-marked": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let timeline = &judged.incident.timeline;
        let steps =
            || timeline.iter().enumerate().filter_map(|(i, event)| Some((i, event, event.step.as_ref()?)));
        let mut services = None;
        let mut answered = None;
        let mut told = HashSet::new();
        for (i, event, step) in steps() {
            if is_marked(step) || (step.outcome != Some(Outcome::Worse) && event.effects.is_empty()) {
                continue;
            }
            let services = services.get_or_insert_with(|| services_hit(judged));
            let hurt = hurt(event, services);
            let answered = answered.get_or_insert_with(|| -> HashSet<&str> {
                steps()
                    .filter(|(.., step)| is_marked(step))
                    .filter_map(|(.., step)| step.key.as_deref())
                    .collect()
            });
            let harmful = step.outcome == Some(Outcome::Worse) || !hurt.is_empty();
            let again = |key| answered.contains(key) || !told.insert(key);
            if !harmful || step.key.as_deref().is_some_and(again) {
                continue;
            }
            let field = Field::of("timeline").at(i);
            let name: Quantity = called(&event.id, &field).into();
            let sentence = if hurt.is_empty() {
                sentence! { step = name =>
                    "`{step}` made things worse; nothing marks the step as dangerous",
                    "`{step}` piorou a situação; nada marca o passo como perigoso"
                }
            } else {
                sentence! { step = name, service = several(hurt.iter().copied()) =>
                    "`{step}` hurt {service}; nothing marks the step as dangerous",
                    "`{step}` prejudicou {service}; nada marca o passo como perigoso"
                }
            };
            out.find(judged, field.key("step").key("hazard"), sentence).help = words! {
                "mark it for the runbook: `hazard: {{level: danger, affects: […], text: …}}`",
                "marque-o para o runbook: `hazard: {{level: danger, affects: […], text: …}}`"
            };
        }
    }
}

fn is_marked(step: &Step) -> bool {
    step.hazard.as_ref().is_some_and(|hazard| {
        hazard.level.is_some() && hazard.text.as_ref().is_some_and(|text| !text.is_blank())
    })
}

/// The service of each impact, by the impact's id.
fn services_hit<'a>(judged: &Judged<'a>) -> HashMap<&'a str, &'a str> {
    judged.incident.impacts.iter().map(|impact| (impact.id.as_str(), impact.service.as_str())).collect()
}

/// The services that the step had a bad effect on, other than those it was about.
fn hurt<'a>(event: &'a Event, services: &HashMap<&str, &str>) -> Vec<&'a str> {
    // an event that names no impact may be about any
    let about: HashSet<&str> = if event.impacts.is_empty() {
        services.values().copied().collect()
    } else {
        event.impacts.iter().filter_map(|id| services.get(id.as_str()).copied()).collect()
    };
    let bad = event.effects.iter().filter(|(_, effect)| *effect != Effect::Up);
    bad.map(|(service, _)| service.as_str()).filter(|service| !about.contains(service)).collect()
}
