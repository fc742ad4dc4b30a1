//! `blast-radius-not-checked`: what else runs there is asked before the switch is thrown.

use std::collections::{HashMap, HashSet};

use crate::{
    finding::Severity,
    locate::Field,
    model::{Event, Step},
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # State-changing step without a check of what else runs there
    ///
    /// A step that changes the state of a unit hosting services other than those of its impacts, and of what depends hard on
    /// them, says `blast_radius_checked: true`. A step that was not checked and whose `hazard.affects` now names all the others
    /// has told what there is to tell: it stays as info. Each `key` is told once in a file.
    ///
    /// ## Why
    ///
    /// VTEX switched a farm off to relieve search and did not see that the order workflow stopped with it, for 6 h. Allegro
    /// restarted the wrong half of a blade server, which carried its whole task system.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].step.blast_radius_checked
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:00Z, type: step, impacts: [workflow], step: {key: stop-farm, intent: diagnose, target: infra:oms-workers, changes_state: true, rollback: {how: {en: Start it again., pt-BR: Ligue de novo.}}}}
    /// ```
    /// > `e1` changes `oms-workers`, which also hosts `order-intake`; say what was checked
    /// > `e1` altera `oms-workers`, que também hospeda `order-intake`; informe o que foi verificado
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:00Z, type: step, impacts: [workflow], step: {key: stop-farm, intent: diagnose, target: infra:oms-workers, changes_state: true, blast_radius_checked: true, rollback: {how: {en: Start it again., pt-BR: Ligue de novo.}}}}
    ///   - {id: e2, at: 2026-03-02T10:01Z, type: step, impacts: [workflow], step: {key: read-logs, intent: diagnose, target: infra:oms-workers, changes_state: false}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Name the other services in the step (`hazard.affects`), as the runbook will, and say whether their state was looked at
    /// first.
    ///
    /// # Passo que altera estado sem verificar o que mais roda ali
    ///
    /// Um passo que altera o estado de uma unidade que hospeda outros serviços além dos de seus impactos, e do que deles
    /// depende rigidamente, diz `blast_radius_checked: true`. Um passo que não foi verificado e cujo `hazard.affects` já
    /// cita todos os outros disse o que havia para dizer: fica como informação. Cada `key` aparece uma vez por arquivo.
    ///
    /// ## Por quê
    ///
    /// A VTEX desligou uma farm para aliviar a busca e não percebeu que o workflow de pedidos parou junto, por 6 h. O Allegro
    /// reiniciou a metade errada de um servidor blade, que abrigava todo o seu sistema de tarefas.
    ///
    /// ## Correção
    ///
    /// Cite os outros serviços no passo (`hazard.affects`), como o runbook fará, e diga se o estado deles foi verificado antes.
    "blast-radius-not-checked": Error Completeness
}

/// The most steps that are looked at in one file, and the most links that are followed for each: real files have a few
/// dozen, and no file becomes dear.
const STEPS: usize = 200;
const LINKS: usize = 10_000;

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut impacts = None;
        let mut seen = HashSet::new();
        let mut looks = 0..STEPS;
        for (i, event) in judged.incident.timeline.iter().enumerate() {
            let Some(step) = &event.step else { continue };
            let Some(unit) = step.target.as_deref().and_then(|target| target.strip_prefix("infra:")) else {
                continue;
            };
            let hosted = case.links.hosted(unit);
            let asked = step.changes_state == Some(true) && step.blast_radius_checked != Some(true);
            if !asked || hosted.len() < 2 || looks.next().is_none() {
                continue;
            }
            let impacts = impacts.get_or_insert_with(|| services(case, judged));
            let others = others(case, event, impacts, hosted);
            if others.is_empty() || step.key.as_deref().is_some_and(|key| !seen.insert((key, unit))) {
                continue;
            }
            tell(judged, i, event, step, unit, &others, out);
        }
    }
}

/// The service of each impact that the catalogue knows.
fn services<'a>(case: &Case<'_>, judged: &Judged<'a>) -> HashMap<&'a str, usize> {
    let impacts = judged.incident.impacts.iter();
    impacts.filter_map(|impact| Some((impact.id.as_str(), case.links.position(&impact.service)?))).collect()
}

/// What runs on the unit beside the services that the event is about and what they take down with them.
fn others<'a>(
    case: &Case<'a>,
    event: &Event,
    impacts: &HashMap<&str, usize>,
    hosted: &[usize],
) -> Vec<&'a str> {
    let named: HashSet<usize> =
        event.impacts.iter().filter_map(|id| impacts.get(id.as_str()).copied()).collect();
    // an event that names no impact may be about any
    let about = if event.impacts.is_empty() { impacts.values().copied().collect() } else { named };
    if about.is_empty() || hosted.iter().all(|service| about.contains(service)) {
        return Vec::new();
    }
    let Some(known) = case.links.with_dependants(about, LINKS) else { return Vec::new() };
    let others = hosted.iter().filter(|service| !known.contains(service));
    others.filter_map(|service| Some(case.catalogue.services.get(*service)?.id.as_str())).collect()
}

fn tell(
    judged: &Judged<'_>,
    at: usize,
    event: &Event,
    step: &Step,
    unit: &str,
    others: &[&str],
    out: &mut Sink,
) {
    let field = Field::of("timeline").at(at);
    let name = called(&event.id, &field);
    let marked: HashSet<&str> =
        step.hazard.iter().flat_map(|hazard| hazard.affects.iter().map(String::as_str)).collect();
    let place = field.key("step").key("blast_radius_checked");
    if step.blast_radius_checked == Some(false) && others.iter().all(|other| marked.contains(other)) {
        let sentence = sentence! { step = name, infra = unit, others = several(others.iter().copied()) =>
            "`{step}` changed `{infra}`, which also hosts {others}, and its reach was not checked",
            "`{step}` alterou `{infra}`, que também hospeda {others}, sem que o alcance fosse verificado"
        };
        out.find_as(Severity::Info, judged, place, sentence);
        return;
    }
    let sentence = sentence! { step = name, infra = unit, others = several(others.iter().copied()) =>
        "`{step}` changes `{infra}`, which also hosts {others}; say what was checked",
        "`{step}` altera `{infra}`, que também hospeda {others}; informe o que foi verificado"
    };
    out.find(judged, place, sentence).help = words! { others = others.join(", ") =>
        "write `blast_radius_checked: true` or `false`, and who may be hurt: `hazard: {{level: …, affects: [{others}], text: …}}`",
        "escreva `blast_radius_checked: true` ou `false` e quem pode ser afetado: `hazard: {{level: …, affects: [{others}], text: …}}`"
    };
}
