//! `runbook-outdated`: a review that is older than what happened since gives false confidence.

use crate::{
    finding::{Related, Words},
    locate::Field,
    rules::{
        Across,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

/// How long a review holds when nothing happens, in days.
const HOLDS: i64 = 180;

rule! {
    /// # Runbook older than what happened since
    ///
    /// The review of a service's runbook (`runbook.last_reviewed` in the catalogue) is not older than the last incident that
    /// hit the service, and not older than 180 days. A service whose catalogue entry names no review is left alone: its
    /// runbook says that nobody has reviewed it.
    ///
    /// ## Why
    ///
    /// A playbook shortens repair while it is right, and costs time when it is not. What is generated is as new as its
    /// incidents; that a person has read it since is what the date promises.
    ///
    /// ## Fires
    ///
    /// ```yaml services.order-workflow.runbook.last_reviewed
    /// --- services.yaml
    /// services:
    ///   order-workflow: {name: {en: order workflow, pt-BR: workflow de pedidos}, owner: team:oms, class: critical, escalation: [{after: 5m, to: role:oms-duty-manager}], runbook: {last_reviewed: 2026-02-20, by: role:oms-tech-lead}}
    /// ```
    /// > the runbook of `order-workflow` was last reviewed on February 20, 2026; `2026-03-02-orders` came after
    /// > o runbook de `order-workflow` foi revisado pela última vez em 20 de fevereiro de 2026; `2026-03-02-orders` veio depois
    ///
    /// ```yaml services.order-search.runbook.last_reviewed
    /// --- services.yaml
    /// services:
    ///   order-workflow: {name: {en: order workflow, pt-BR: workflow de pedidos}, owner: team:oms, class: critical, escalation: [{after: 5m, to: role:oms-duty-manager}], runbook: {last_reviewed: 2026-03-02}}
    ///   order-search: {name: {en: order search, pt-BR: busca de pedidos}, owner: team:oms, class: non-critical, escalation: [{after: 30m, to: role:oms-duty-manager}], runbook: {last_reviewed: 2025-10-02}}
    /// ```
    /// > the runbook of `order-search` was last reviewed on October 2, 2025, 181 days ago
    /// > o runbook de `order-search` foi revisado pela última vez em 2 de outubro de 2025, há 181 dias
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// --- services.yaml
    /// services:
    ///   order-workflow: {name: {en: order workflow, pt-BR: workflow de pedidos}, owner: team:oms, class: critical, escalation: [{after: 5m, to: role:oms-duty-manager}], runbook: {last_reviewed: 2026-03-02}}
    ///   order-search: {name: {en: order search, pt-BR: busca de pedidos}, owner: team:oms, class: non-critical, escalation: [{after: 30m, to: role:oms-duty-manager}], runbook: {last_reviewed: 2025-10-03}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Read the runbook (`relato runbook SERVICE`) with what has happened since, then set the date.
    ///
    /// # Runbook mais antigo do que o que aconteceu depois
    ///
    /// A revisão do runbook de um serviço (`runbook.last_reviewed` no catálogo) não é anterior ao último incidente que atingiu
    /// o serviço nem tem mais de 180 dias. Um serviço cujo catálogo não cita revisão fica de fora: o próprio runbook diz que
    /// ninguém o revisou.
    ///
    /// ## Por quê
    ///
    /// Um runbook encurta o reparo enquanto está certo e custa tempo quando não está. O que é gerado é tão novo quanto seus
    /// incidentes; a data promete que uma pessoa o leu desde então.
    ///
    /// ## Correção
    ///
    /// Leia o runbook (`relato runbook SERVIÇO`) à luz do que aconteceu depois e então atualize a data.
    "runbook-outdated": Warning Fact Across
}

fn check(across: &Across<'_>, out: &mut Sink) {
    let today = across.settings.org.zone.date(across.as_of);
    for service in &across.catalogue.services {
        let Some(reviewed) = service.runbook.as_ref().and_then(|runbook| runbook.last_reviewed) else {
            continue;
        };
        let field = Field::of("services").key(&service.id).key("runbook").key("last_reviewed");
        let hits = across.by_service.get(service.id.as_str()).map_or(&[][..], Vec::as_slice);
        let help = words! {
            "read it with what has happened since (`relato runbook`), then set the date",
            "leia-o à luz do que aconteceu depois (`relato runbook`) e então atualize a data"
        };
        // hits come in the order of their days
        if let Some(last) = hits.last().filter(|hit| hit.day > reviewed) {
            let incident = last.digest.id.as_str();
            let sentence = sentence! { service = service.id.as_str(), date = reviewed, incident = incident =>
                "the runbook of `{service}` was last reviewed on {date}; `{incident}` came after",
                "o runbook de `{service}` foi revisado pela última vez em {date}; `{incident}` veio depois"
            };
            let finding = out.find_file(across.catalogue_file, field, sentence);
            finding.help = help;
            let message: Words = ("the incident", "o incidente").into();
            finding.related = vec![Related { file: last.digest.file.clone(), field: last.field(), message }];
            continue;
        }
        let age = (today - reviewed).num_days();
        if age > HOLDS {
            let sentence = sentence! { service = service.id.as_str(), date = reviewed, days = age =>
                "the runbook of `{service}` was last reviewed on {date}, {days} days ago",
                "o runbook de `{service}` foi revisado pela última vez em {date}, há {days} dias"
            };
            out.find_file(across.catalogue_file, field, sentence).help = help;
        }
    }
}
