//! `critical-shares-infrastructure`: what stops together is one unit.

use crate::{
    finding::{Related, Words},
    language::Quantity,
    locate::Field,
    model::Service,
    rules::{
        Case, remarked,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # Critical service shares infrastructure with a non-critical one
    ///
    /// No unit of `infra` hosts a critical service together with one of a weaker class, unless the unit's `isolation` says
    /// what keeps one from stopping the other. Classes are those in force on the day of asking.
    ///
    /// ## Why
    ///
    /// At VTEX the order workflow (10 min) ran on the servers that feed search (4 h). When engineers switched them off to
    /// relieve search, the workflow stopped with them, for 6 h.
    ///
    /// ## Fires
    ///
    /// ```yaml infra.oms-workers
    /// --- services.yaml
    /// infra:
    ///   oms-workers: {kind: server_farm, name: {en: worker farm, pt-BR: farm de workers}}
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
    /// > `oms-workers` hosts `order-workflow` (critical) together with `order-search` (non-critical)
    /// > `oms-workers` hospeda `order-workflow` (crítico) junto com `order-search` (não crítico)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// --- services.yaml
    /// infra:
    ///   oms-workers: {kind: server_farm, isolation: {en: "a quota and a pool of its own for each service", pt-BR: "cota e pool próprios para cada serviço"}}
    ///   search-cluster: {kind: cluster}
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
    ///     runs_on: [oms-workers, search-cluster]
    ///     escalation: [{after: 30m, to: role:oms-duty-manager}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Give the critical service a unit of its own, write down under `isolation` what separates them, or record the
    /// exception: a waiver with a reason, a role and a date.
    ///
    /// # Serviço crítico divide infraestrutura com um não crítico
    ///
    /// Nenhuma unidade de `infra` hospeda um serviço crítico junto com outro de classe menos exigente, a não ser que
    /// `isolation` diga o que impede um de parar o outro. Valem as classes em vigor no dia da consulta.
    ///
    /// ## Por quê
    ///
    /// Na VTEX, o workflow de pedidos (10 min) rodava nos servidores que alimentam a busca (4 h). Quando os engenheiros os
    /// desligaram para aliviar a busca, o workflow parou junto, por 6 h.
    ///
    /// ## Correção
    ///
    /// Dê ao serviço crítico uma unidade só dele, registre em `isolation` o que os separa ou registre a exceção: uma dispensa
    /// com motivo, papel e data.
    "critical-shares-infrastructure": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(file) = case.judged_catalogue() else { return };
    let today = case.today();
    for unit in case.catalogue.infra.iter().filter(|unit| unit.isolation.is_none()) {
        let hosted = case.links.hosted(&unit.id).iter().filter_map(|at| case.catalogue.services.get(*at));
        // a class that the settings do not know says nothing
        let classed = hosted.filter_map(|service| {
            let class = service.class_on(today)?;
            case.settings.class(class).map(|_| (service, class))
        });
        let (critical, others): (Vec<_>, Vec<_>) =
            classed.partition(|(_, class)| case.settings.is_critical(class));
        let (Some(first), false) = (critical.first(), others.is_empty()) else { continue };
        let named = |(service, class): &(&'_ Service, &str)| (service.id.clone(), case.class_name(class));
        let told = |services: &[(&Service, &str)]| -> Quantity {
            let named: Vec<(String, Words)> = services.iter().map(named).collect();
            remarked(named.iter().map(|(id, class)| (id.as_str(), class.clone())))
        };
        let sentence = sentence! { infra = unit.id.as_str(), critical = told(&critical), other = told(&others) =>
            "`{infra}` hosts {critical} together with {other}",
            "`{infra}` hospeda {critical} junto com {other}"
        };
        let finding = out.find_file(file, Field::of("infra").key(&unit.id), sentence);
        finding.help = words! { infra = unit.id.as_str(), critical = several([first.0.id.as_str()]) =>
            "give {critical} a unit of its own, or say in `infra.{infra}.isolation` what keeps one from stopping the other",
            "dê a {critical} uma unidade só dele ou diga em `infra.{infra}.isolation` o que impede um de parar o outro"
        };
        for (service, _) in critical.iter().chain(&others).take(RELATED_LIMIT) {
            let at = service.runs_on.iter().position(|name| *name == unit.id).unwrap_or(0);
            finding.related.push(Related {
                file: file.to_owned(),
                field: Field::of("services").key(&service.id).key("runs_on").at(at),
                message: words! { service = service.id.as_str() =>
                    "`{service}` runs on it", "`{service}` roda nela"
                },
            });
        }
    }
}

/// The most services that are pointed at: a few say enough.
const RELATED_LIMIT: usize = 4;
