//! `step-without-way-back`: before a door is opened, one looks whether it opens from inside.

use crate::{
    model::Step,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # State-changing step without a way back
    ///
    /// A step that changes state says how to undo it (`rollback.how`), or which role approved that it cannot be undone
    /// (`irreversible.approval`). Attempts at one `key` are one step: told once in a file, and answered by any of them.
    ///
    /// ## Why
    ///
    /// Productsup chose the slower way, in several steps, in order to keep a way back. Order Desk's migration had none, and
    /// failed at 99%.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].step.rollback
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: stop-importer, intent: diagnose, title: {en: Stop the importer, pt-BR: Parar o importador}, changes_state: true}}
    /// ```
    /// > `e1` changes state and has no way back
    /// > `e1` altera o estado e não tem caminho de volta
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: stop-importer, intent: diagnose, title: {en: Stop the importer, pt-BR: Parar o importador}, changes_state: true, rollback: {how: {en: Start it again., pt-BR: Ligue-o de novo.}}}}
    ///   - {id: e2, at: 2026-03-02T10:05Z, type: step, impacts: [workflow], step: {key: drop-queue, intent: diagnose, title: {en: Drop the queue, pt-BR: Descartar a fila}, changes_state: true, irreversible: {approval: role:head-of-platform}}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the way back. If there is none, name the role that approved that.
    ///
    /// # Passo que altera estado sem caminho de volta
    ///
    /// Um passo que altera o estado diz como desfazê-lo (`rollback.how`) ou que papel aprovou que ele não pode ser desfeito
    /// (`irreversible.approval`). Tentativas de uma mesma `key` são um só passo: o achado aparece uma vez por arquivo, e
    /// basta que uma delas traga o que falta.
    ///
    /// ## Por quê
    ///
    /// A Productsup preferiu o caminho mais lento, em várias etapas, para poder voltar atrás. A migração da Order Desk não tinha
    /// volta e falhou em 99%.
    ///
    /// ## Correção
    ///
    /// Escreva o caminho de volta. Se não houver, cite o papel que aprovou isso.
    "step-without-way-back": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let changes = |step: &Step| step.changes_state == Some(true);
        for (field, event) in judged.steps_lacking(changes, is_settled) {
            let sentence = sentence! { step = called(&event.id, &field) =>
                "`{step}` changes state and has no way back",
                "`{step}` altera o estado e não tem caminho de volta"
            };
            out.find(judged, field.key("step").key("rollback"), sentence).help = words! {
                "write `rollback: {{how: …}}`, or who approved that there is none: `irreversible: {{approval: role:…}}`",
                "escreva `rollback: {{how: …}}` ou quem aprovou que não há volta: `irreversible: {{approval: role:…}}`"
            };
        }
    }
}

/// It says how to go back, or who approved that there is no going back.
fn is_settled(step: &Step) -> bool {
    let how = step.rollback.as_ref().and_then(|rollback| rollback.how.as_ref());
    how.is_some_and(|how| !how.is_blank()) || step.irreversible_approval.is_some()
}
