//! `kept-without-reason`: whoever keeps a dangerous step says why.

use crate::{
    locate::Field,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Dangerous step kept without a reason
    ///
    /// A step with `keep: true` has a `keep_reason`. Without one, runbooks go on treating it as a danger.
    ///
    /// ## Why
    ///
    /// A step that has harmed is recommended only where a person decides so. At VTEX, switching the farm off was a habit for
    /// which nobody had given a reason.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].step.keep
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: stop-farm, intent: diagnose, title: {en: Stop the farm, pt-BR: Parar a farm}, outcome: worse, hazard: {level: danger, affects: [order-workflow], text: {en: Stops the workflow., pt-BR: Para o workflow.}}, keep: true}}
    /// ```
    /// > `e1` is to be kept, but no reason is given: no runbook recommends it
    /// > `e1` deve ser mantido, mas sem motivo informado: nenhum runbook o recomenda
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: stop-farm, intent: diagnose, title: {en: Stop the farm, pt-BR: Parar a farm}, outcome: worse, hazard: {level: danger, affects: [order-workflow], text: {en: Stops the workflow., pt-BR: Para o workflow.}}, keep: true, keep_reason: {en: Nothing else saves the orders that wait., pt-BR: Nada mais salva os pedidos em espera.}}}
    ///   - {id: e2, at: 2026-03-02T10:05Z, type: step, impacts: [workflow], step: {key: read-logs, intent: diagnose, title: {en: Read the logs, pt-BR: Ler os logs}, outcome: no_effect, keep: false}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the reason, in both languages, or take `keep` out.
    ///
    /// # Passo perigoso mantido sem motivo
    ///
    /// Um passo com `keep: true` tem um `keep_reason`. Sem ele, os runbooks continuam tratando o passo como perigo.
    ///
    /// ## Por quê
    ///
    /// Um passo que já causou dano só é recomendado quando uma pessoa decide assim. Na VTEX, desligar a farm era um hábito
    /// para o qual ninguém tinha dado um motivo.
    ///
    /// ## Correção
    ///
    /// Escreva o motivo, nos dois idiomas, ou retire o `keep`.
    "kept-without-reason": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, event) in judged.incident.timeline.iter().enumerate() {
            let Some(step) = event.step.as_ref().filter(|step| step.keep) else { continue };
            if step.keep_reason.as_ref().is_some_and(|reason| !reason.is_blank()) {
                continue;
            }
            let field = Field::of("timeline").at(i);
            let sentence = sentence! { step = called(&event.id, &field) =>
                "`{step}` is to be kept, but no reason is given: no runbook recommends it",
                "`{step}` deve ser mantido, mas sem motivo informado: nenhum runbook o recomenda"
            };
            out.find(judged, field.key("step").key("keep"), sentence).help = words! {
                "say why: `keep_reason: {{en: …, pt-BR: …}}`; or take `keep` out",
                "diga por quê: `keep_reason: {{en: …, pt-BR: …}}`; ou retire o `keep`"
            };
        }
    }
}
