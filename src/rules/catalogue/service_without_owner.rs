//! `service-without-owner`: owners of actions and runbooks are taken from here.

use crate::{
    locate::Field,
    model::Service,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # Service without owner, class, name or escalation
    ///
    /// Each service of the catalogue has an `owner`, a class, a `name` in every language of the workspace, and, while it is
    /// critical, an `escalation`.
    ///
    /// ## Why
    ///
    /// The owners of actions and of runbooks are taken from here, the targets hang on the class, and readers are told the name.
    ///
    /// ## Fires
    ///
    /// ```yaml services.order-search
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///   order-search: {class: non-critical, escalation: [{after: 30m, to: role:oms-duty-manager}]}
    /// ```
    /// > `order-search` lacks `owner` and `name`
    /// > `order-search` está sem `owner` e `name`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: role:oms-tech-lead
    ///     class_history: [{since: 2020-01-01, class: critical}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Fill it in.
    ///
    /// # Serviço sem responsável, classe, nome ou acionamento
    ///
    /// Cada serviço do catálogo tem um responsável (`owner`), uma classe, um nome (`name`) em todos os idiomas do workspace
    /// e, enquanto for crítico, um acionamento (`escalation`).
    ///
    /// ## Por quê
    ///
    /// Daqui vêm os responsáveis por ações e runbooks, da classe dependem as metas, e o nome é o que os leitores veem.
    ///
    /// ## Correção
    ///
    /// Preencha o que falta.
    "service-without-owner": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(file) = case.judged_catalogue() else { return };
    for service in &case.catalogue.services {
        let missing = missing(case, service);
        if missing.is_empty() {
            continue;
        }
        let parts = || several(missing.iter().map(String::as_str));
        let sentence = sentence! { service = service.id.as_str(), fields = parts() =>
            "`{service}` lacks {fields}",
            "`{service}` está sem {fields}"
        };
        out.find_file(file, Field::of("services").key(&service.id), sentence).help = words! { fields = parts() =>
            "fill in {fields}", "preencha {fields}"
        };
    }
}

fn missing(case: &Case<'_>, service: &Service) -> Vec<String> {
    let mut missing = Vec::new();
    if service.owner.is_none() {
        missing.push("owner".to_owned());
    }
    if service.classes.is_empty() {
        missing.push("class".to_owned());
    }
    match &service.name {
        None => missing.push("name".to_owned()),
        Some(name) => {
            let languages = case.settings.org.languages.iter().filter(|tag| name.get(tag).is_none());
            missing.extend(languages.map(|tag| format!("name.{tag}")));
        }
    }
    let class = service.class_on(case.today());
    if service.escalation.is_empty() && class.is_some_and(|class| case.settings.is_critical(class)) {
        missing.push("escalation".to_owned());
    }
    missing
}
