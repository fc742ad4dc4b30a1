//! `escalation-missing`: whom to call is not looked up at night.

use crate::{
    locate::Field,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # No escalation
    ///
    /// Each service of the catalogue says under `escalation` whom to call (`to`), and after how long (`after`). That a critical
    /// service has none at all is told by `service-without-owner`.
    ///
    /// ## Why
    ///
    /// At VTEX no agent decided to ask an engineer to start the workflow again: the talk was to be kept short, and nothing
    /// said when to call all the same.
    ///
    /// ## Fires
    ///
    /// ```yaml services.order-search.escalation
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
    ///     class: non-critical
    /// ```
    /// > `order-search` does not say whom to call
    /// > `order-search` não diz quem acionar
    ///
    /// ```yaml services.order-workflow.escalation[0]
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     escalation: [{to: role:oms-duty-manager}]
    /// ```
    /// > an escalation of `order-workflow` lacks `after`
    /// > um acionamento de `order-workflow` está sem `after`
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
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Add who is called after how long: `escalation: [{after: 30m, to: role:…}]`.
    ///
    /// # Sem acionamento
    ///
    /// Cada serviço do catálogo diz em `escalation` quem acionar (`to`) e depois de quanto tempo (`after`). O serviço
    /// crítico que não tem nenhum acionamento é apontado por `service-without-owner`.
    ///
    /// ## Por quê
    ///
    /// Na VTEX, nenhum atendente decidiu pedir a um engenheiro que religasse o workflow: a ordem era falar pouco, e nada dizia
    /// quando acionar alguém mesmo assim.
    ///
    /// ## Correção
    ///
    /// Diga quem é acionado e depois de quanto tempo: `escalation: [{after: 30m, to: role:…}]`.
    "escalation-missing": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(file) = case.judged_catalogue() else { return };
    let today = case.today();
    for service in &case.catalogue.services {
        let field = Field::of("services").key(&service.id).key("escalation");
        let critical = service.class_on(today).is_some_and(|class| case.settings.is_critical(class));
        if service.escalation.is_empty() && !critical {
            let sentence = sentence! { service = service.id.as_str() =>
                "`{service}` does not say whom to call",
                "`{service}` não diz quem acionar"
            };
            out.find_file(file, field.clone(), sentence).help = help();
        }
        for (i, escalation) in service.escalation.iter().enumerate() {
            let parts = [("after", escalation.after.is_some()), ("to", escalation.to.is_some())];
            let missing: Vec<&str> =
                parts.into_iter().filter(|(_, there)| !there).map(|(part, _)| part).collect();
            if missing.is_empty() {
                continue;
            }
            let sentence = sentence! { service = service.id.as_str(), missing = several(missing) =>
                "an escalation of `{service}` lacks {missing}",
                "um acionamento de `{service}` está sem {missing}"
            };
            out.find_file(file, field.at(i), sentence).help = help();
        }
    }
}

fn help() -> crate::finding::Words {
    words! {
        "say who is called after how long: `escalation: [{{after: 30m, to: role:…}}]`",
        "diga quem é acionado e depois de quanto tempo: `escalation: [{{after: 30m, to: role:…}}]`"
    }
}
