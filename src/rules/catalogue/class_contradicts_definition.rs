//! `class-contradicts-definition`: what closes an order is critical, whatever its file says.

use crate::{
    language::Quantity,
    locate::Field,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Class contradicts the definition of critical
    ///
    /// A service whose `role` is one of the settings' `critical_roles` has a critical class on the day of asking.
    ///
    /// ## Why
    ///
    /// VTEX defines as mission-critical what closes an order and carries it through its workflow, leaves the workflow out of
    /// its examples, and ran it on servers of a non-critical service.
    ///
    /// ## Fires
    ///
    /// ```yaml services.order-search.role
    /// --- relato.yaml
    /// relato: 1
    /// critical_roles: [order-closing, order-workflow]
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///   order-search:
    ///     name: {en: order search, pt-BR: busca de pedidos}
    ///     owner: team:oms
    ///     role: order-workflow
    ///     class: non-critical
    ///     escalation: [{after: 30m, to: role:oms-duty-manager}]
    /// ```
    /// > `order-search` has the role `order-workflow`, which is critical, but its class is non-critical
    /// > `order-search` tem o papel `order-workflow`, que é crítico, mas está classificado como não crítico
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// --- relato.yaml
    /// relato: 1
    /// critical_roles: [order-closing, order-workflow]
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     role: order-workflow
    ///     class: critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Raise the class, or change the definition in `critical_roles`.
    ///
    /// # A classe contradiz a definição de crítico
    ///
    /// Um serviço cujo `role` está entre os `critical_roles` das configurações tem uma classe crítica no dia da consulta.
    ///
    /// ## Por quê
    ///
    /// A VTEX define como missão crítica o que fecha um pedido e o leva pelo workflow, deixa o workflow fora dos exemplos e o
    /// executava em servidores de um serviço não crítico.
    ///
    /// ## Correção
    ///
    /// Eleve a classe ou mude a definição em `critical_roles`.
    "class-contradicts-definition": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(file) = case.judged_catalogue() else { return };
    let today = case.today();
    for service in &case.catalogue.services {
        let Some(role) = service.role.as_ref().filter(|role| case.settings.critical_roles.contains(role))
        else {
            continue;
        };
        let Some(class) = service.class_on(today).and_then(|class| case.settings.class(class)) else {
            continue;
        };
        if case.settings.is_critical(&class.key) {
            continue;
        }
        let name = case.class_name(&class.key);
        let values = (service.id.as_str(), role.as_str(), Quantity::named(name.en, name.pt));
        let sentence = sentence! { service = values.0, role = values.1, class = values.2 =>
            "`{service}` has the role `{role}`, which is critical, but its class is {class}",
            "`{service}` tem o papel `{role}`, que é crítico, mas está classificado como {class}"
        };
        out.find_file(file, Field::of("services").key(&service.id).key("role"), sentence).help = words! {
            "raise the class, or take the role out of `critical_roles` in relato.yaml",
            "eleve a classe ou retire o papel de `critical_roles` em relato.yaml"
        };
    }
}
