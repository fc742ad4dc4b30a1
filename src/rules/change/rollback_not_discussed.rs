//! `rollback-not-discussed`: whether there was a way back is half of what a change teaches.

use crate::{
    locate::Field,
    model::{Cause, CauseCategory, ChangeKind},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Nothing said about rolling back
    ///
    /// A cause that is a change (category `change`, or a `change` of kind `deployment` or `config`) says under
    /// `change.rollback` that it was done, or whether it was `possible` and the `reason` for not doing it.
    ///
    /// ## Why
    ///
    /// Order Desk's migration could only run forward, and failed at 99%. Productsup moved its data in several steps in order
    /// to stay able to go back.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].change.rollback
    /// causes:
    ///   - {id: c1, role: trigger, category: config, confidence: likely, impacts: [workflow], change: {kind: config, verification: {covers: [end_to_end]}}}
    /// actions:
    ///   - {id: A1, title: {en: Check settings end to end, pt-BR: Verificar configurações de ponta a ponta}, type: prevent, effect: verification, owner: role:lead, due: 2026-05-01, status: accepted, done_when: {en: a wrong name is refused, pt-BR: um nome errado é recusado}, addresses: [c1]}
    /// ```
    /// > `c1` is a change: say whether it could be rolled back, and whether it was
    /// > `c1` é uma mudança: informe se era possível revertê-la e se isso foi feito
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: trigger, category: config, confidence: likely, impacts: [workflow], change: {kind: config, verification: {covers: [end_to_end]}, rollback: {possible: false, reason: {en: The old queue was gone., pt-BR: A fila antiga não existia mais.}}}}
    /// actions:
    ///   - {id: A1, title: {en: Check settings end to end, pt-BR: Verificar configurações de ponta a ponta}, type: prevent, effect: verification, owner: role:lead, due: 2026-05-01, status: accepted, done_when: {en: a wrong name is refused, pt-BR: um nome errado é recusado}, addresses: [c1]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Fill it in. If there was no way back, add an action that rehearses the next change.
    ///
    /// # Nada se diz sobre reversão
    ///
    /// Uma causa que é uma mudança (categoria `change`, ou uma `change` do tipo `deployment` ou `config`) diz em
    /// `change.rollback` que a reversão foi feita, ou se era possível (`possible`) e o motivo (`reason`) para não fazê-la.
    ///
    /// ## Por quê
    ///
    /// A migração da Order Desk só podia seguir em frente e falhou em 99%. A Productsup moveu seus dados em várias etapas para
    /// poder voltar atrás.
    ///
    /// ## Correção
    ///
    /// Preencha o campo. Se não havia caminho de volta, inclua uma ação que ensaie a próxima mudança.
    "rollback-not-discussed": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, cause) in judged.incident.causes.iter().enumerate() {
            if !is_change(cause) || is_discussed(cause) {
                continue;
            }
            let field = Field::of("causes").at(i);
            let sentence = sentence! { change = called(&cause.id, &field) =>
                "`{change}` is a change: say whether it could be rolled back, and whether it was",
                "`{change}` é uma mudança: informe se era possível revertê-la e se isso foi feito"
            };
            out.find(judged, field.key("change").key("rollback"), sentence).help = words! {
                "write `rollback: {{possible: true, done: true}}`, or `possible: false` with a `reason`",
                "escreva `rollback: {{possible: true, done: true}}` ou `possible: false` com um `reason`"
            };
        }
    }
}

fn is_change(cause: &Cause) -> bool {
    let kind = cause.change.as_ref().and_then(|change| change.kind);
    cause.category == Some(CauseCategory::Change)
        || matches!(kind, Some(ChangeKind::Deployment | ChangeKind::Config))
}

/// It was rolled back, or the reason why not is given.
fn is_discussed(cause: &Cause) -> bool {
    let Some(rollback) = cause.change.as_ref().and_then(|change| change.rollback.as_ref()) else {
        return false;
    };
    let reasoned = rollback.reason.as_ref().is_some_and(|reason| !reason.is_blank());
    rollback.done == Some(true) || (reasoned && (rollback.possible.is_some() || rollback.done.is_some()))
}
