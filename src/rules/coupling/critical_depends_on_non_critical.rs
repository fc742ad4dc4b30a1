//! `critical-depends-on-non-critical`: a chain recovers no faster than its slowest link.

use crate::{
    language::Quantity,
    locate::Field,
    model::DependencyKind,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Service depends hard on one of a weaker class
    ///
    /// A dependency of `kind: hard` leads to a service whose target is no longer than that of the dependant. Classes are those
    /// in force on the day of asking.
    ///
    /// ## Why
    ///
    /// A chain recovers no faster than its slowest link. Buying through Allegro's cart hung on a background system for tasks,
    /// and had no chance while that was behind.
    ///
    /// ## Fires
    ///
    /// ```yaml services.order-workflow.depends_on[0].service
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     depends_on: [{service: order-search, kind: hard}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///   order-search:
    ///     name: {en: order search, pt-BR: busca de pedidos}
    ///     owner: team:oms
    ///     class: non-critical
    ///     escalation: [{after: 30m, to: role:oms-duty-manager}]
    /// ```
    /// > `order-workflow` (critical, 10 min) depends hard on `order-search` (non-critical, 4 h)
    /// > `order-workflow` (crítico, 10 min) depende rigidamente de `order-search` (não crítico, 4 h)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     depends_on: [{service: order-search, kind: soft}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///   order-search:
    ///     name: {en: order search, pt-BR: busca de pedidos}
    ///     owner: team:oms
    ///     class: non-critical
    ///     depends_on: [{service: order-workflow, kind: hard}]
    ///     escalation: [{after: 30m, to: role:oms-duty-manager}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Add a way to go on without it, try it out and mark the dependency `soft`; or raise the class of what is needed.
    ///
    /// # Serviço depende rigidamente de outro de classe menos exigente
    ///
    /// Uma dependência `kind: hard` leva a um serviço cuja meta não é mais longa que a de quem depende dele. Valem as classes
    /// em vigor no dia da consulta.
    ///
    /// ## Por quê
    ///
    /// Uma cadeia não se recupera mais rápido que seu elo mais lento. A compra pelo carrinho do Allegro dependia de um sistema
    /// de tarefas em segundo plano e não tinha chance enquanto ele estivesse atrasado.
    ///
    /// ## Correção
    ///
    /// Crie um jeito de seguir sem ele, teste-o e marque a dependência como `soft`; ou eleve a classe do que é necessário.
    "critical-depends-on-non-critical": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(file) = case.judged_catalogue() else { return };
    let today = case.today();
    let class_of = |at: usize| {
        let service = case.catalogue.services.get(at)?;
        case.settings.class(service.class_on(today)?).map(|class| (service, class))
    };
    for at in 0..case.catalogue.services.len() {
        let Some((service, class)) = class_of(at) else { continue };
        for (i, dependency) in service.depends_on.iter().enumerate() {
            if dependency.kind != Some(DependencyKind::Hard) {
                continue;
            }
            let needed = case.links.position(&dependency.service).and_then(class_of);
            let Some((needed, weaker)) =
                needed.filter(|(_, weaker)| weaker.target_seconds() > class.target_seconds())
            else {
                continue;
            };
            let name = |key: &str| {
                let name = case.class_name(key);
                Quantity::named(name.en, name.pt)
            };
            let sentence = sentence! {
                service = service.id.as_str(),
                class = name(&class.key),
                target = Quantity::Seconds(class.target_seconds()),
                dep = needed.id.as_str(),
                dep_class = name(&weaker.key),
                dep_target = Quantity::Seconds(weaker.target_seconds()) =>
                "`{service}` ({class}, {target}) depends hard on `{dep}` ({dep_class}, {dep_target})",
                "`{service}` ({class}, {target}) depende rigidamente de `{dep}` ({dep_class}, {dep_target})"
            };
            let field = Field::of("services").key(&service.id).key("depends_on").at(i).key("service");
            out.find_file(file, field, sentence).help = words! { dep = needed.id.as_str() =>
                "go on without `{dep}` and mark it `kind: soft`, or raise its class",
                "crie um jeito de seguir sem `{dep}` e marque a dependência com `kind: soft`, ou eleve a classe dele"
            };
        }
    }
}
