//! `manual-step-without-second-check`: four eyes on what a hand does to a critical service.

use std::collections::HashSet;

use crate::{
    locate::Field,
    model::{Effect, Event, EventType},
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # Manual operation on a critical service without a second check
    ///
    /// An event of type `operation` that concerned a critical service (by its `impacts`, its `effects` or the unit it was done
    /// to) names in `verified_by` the role that looked at it, too.
    ///
    /// ## Why
    ///
    /// Allegro restarted the wrong server. Its own remedy: every restart is supervised by a specialist on duty who verifies
    /// that everything works.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].verified_by
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:00Z, type: operation, impacts: [workflow], text: {en: A server was restarted., pt-BR: Um servidor foi reiniciado.}}
    /// ```
    /// > `e1` was done by hand to `order-workflow`, a critical service, and no second check is on record
    /// > `e1` foi uma operação manual em `order-workflow`, serviço crítico, e não há registro de segunda verificação
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:00Z, type: operation, impacts: [workflow], verified_by: role:specialist-on-duty, text: {en: A server was restarted., pt-BR: Um servidor foi reiniciado.}}
    ///   - {id: e2, at: 2026-03-02T10:01Z, type: operation, text: {en: A report was printed., pt-BR: Um relatório foi impresso.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Name who checked it. Better: let the tool ask for the host's role before it restarts one.
    ///
    /// # Operação manual em serviço crítico sem segunda verificação
    ///
    /// Um evento do tipo `operation` que envolveu um serviço crítico (por seus `impacts`, seus `effects` ou a unidade em que foi
    /// feito) cita em `verified_by` o papel que também o conferiu.
    ///
    /// ## Por quê
    ///
    /// O Allegro reiniciou o servidor errado. O remédio que ele mesmo adotou: todo reinício é supervisionado por um especialista
    /// de plantão, que verifica se tudo funciona.
    ///
    /// ## Correção
    ///
    /// Diga quem conferiu. Melhor: faça a ferramenta perguntar o papel do host antes de reiniciá-lo.
    "manual-step-without-second-check": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut critical = None;
        for (i, event) in judged.incident.timeline.iter().enumerate() {
            if event.kind != EventType::Operation || event.verified_by.is_some() {
                continue;
            }
            let critical = critical.get_or_insert_with(|| critical_impacts(case, judged));
            let touched = touched(case, judged, event, critical);
            if touched.is_empty() {
                continue;
            }
            let field = Field::of("timeline").at(i);
            let name = called(&event.id, &field);
            let one = touched.len() == 1;
            let services = several(touched.iter().copied());
            let sentence = if one {
                sentence! { event = name, services = services =>
                    "`{event}` was done by hand to {services}, a critical service, and no second check is on record",
                    "`{event}` foi uma operação manual em {services}, serviço crítico, e não há registro de segunda verificação"
                }
            } else {
                sentence! { event = name, services = services =>
                    "`{event}` was done by hand to {services}, critical services, and no second check is on record",
                    "`{event}` foi uma operação manual em {services}, serviços críticos, e não há registro de segunda verificação"
                }
            };
            out.find(judged, field.key("verified_by"), sentence).help = words! {
                "name who checked it: `verified_by: role:…`",
                "diga quem conferiu: `verified_by: role:…`"
            };
        }
    }
}

/// The service of each critical impact, by the impact's id.
fn critical_impacts<'a>(case: &Case<'_>, judged: &Judged<'a>) -> Vec<(&'a str, &'a str)> {
    let critical = judged.impacts().filter(|(_, _, measured)| {
        measured.class.as_deref().is_some_and(|class| case.settings.is_critical(class))
    });
    critical.map(|(_, impact, _)| (impact.id.as_str(), impact.service.as_str())).collect()
}

/// The critical services that an operation concerned, each once.
fn touched<'a>(
    case: &Case<'a>,
    judged: &Judged<'_>,
    event: &'a Event,
    critical: &[(&'a str, &'a str)],
) -> Vec<&'a str> {
    let concerned: HashSet<&str> = event.impacts.iter().map(String::as_str).collect();
    let by_impact = critical.iter().filter(|(id, _)| concerned.contains(id)).map(|(_, service)| *service);
    let today = judged.zone(case).date(case.as_of);
    let is_critical = |service: &&str| {
        let entry = case.links.position(service).and_then(|at| case.catalogue.services.get(at));
        let class = entry.and_then(|entry| entry.class_on(today));
        class.is_some_and(|class| case.settings.is_critical(class))
    };
    let hurt = event.effects.iter().filter(|(_, effect)| *effect != Effect::Up);
    let by_effect = hurt.map(|(service, _)| service.as_str()).filter(is_critical);
    let target = event.step.as_ref().and_then(|step| step.target.as_deref());
    let unit = target.and_then(|target| target.strip_prefix("infra:"));
    let hosted = unit.map_or(&[][..], |unit| case.links.hosted(unit));
    let by_unit = hosted.iter().filter_map(|at| Some(case.catalogue.services.get(*at)?.id.as_str()));
    let by_service = target.and_then(|target| target.strip_prefix("service:"));
    let mut seen = HashSet::new();
    let all = by_impact.chain(by_effect).chain(by_unit.chain(by_service).filter(is_critical));
    all.filter(|service| seen.insert(*service)).collect()
}
