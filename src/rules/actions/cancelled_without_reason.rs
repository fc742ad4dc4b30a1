//! `cancelled-without-reason`: saying why not keeps people writing actions.

use crate::{
    locate::Field,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # Dropped without reason or approval
    ///
    /// An action that is `cancelled` or `wont_do` has a `reason`, the role that agreed (`approved_by`) and a `date`.
    ///
    /// ## Why
    ///
    /// Closing is a conscious act: done, or dropped with a reason. What disappears without one teaches people that writing
    /// actions is for show.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].status
    /// actions:
    ///   - {id: A1, title: {en: Rewrite the queue, pt-BR: Reescrever a fila}, type: prevent, status: cancelled, reason: {en: The queue goes away., pt-BR: A fila deixará de existir.}, addresses: [c1]}
    /// ```
    /// > `A1` was dropped without `approved_by` and `date`
    /// > `A1` foi descartada sem `approved_by` e `date`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Rewrite the queue, pt-BR: Reescrever a fila}, type: prevent, status: cancelled, reason: {en: The queue goes away., pt-BR: A fila deixará de existir.}, approved_by: role:head-of-platform, date: 2026-03-20, addresses: [c1]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Record why, who agreed, and when.
    ///
    /// # Descartada sem motivo ou aprovação
    ///
    /// Uma ação `cancelled` ou `wont_do` tem um motivo (`reason`), o papel que concordou (`approved_by`) e uma data (`date`).
    ///
    /// ## Por quê
    ///
    /// Encerrar é um ato consciente: concluída, ou descartada com um motivo. O que some sem explicação ensina que escrever
    /// ações é só para constar.
    ///
    /// ## Correção
    ///
    /// Registre por quê, quem concordou e quando.
    "cancelled-without-reason": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in judged.incident.actions.iter().enumerate() {
            if !action.status.is_withdrawn() {
                continue;
            }
            let given = action.withdrawal.as_ref();
            let parts = [
                ("reason", given.is_some_and(|given| !given.reason.is_blank())),
                ("approved_by", given.is_some_and(|given| given.approved_by.is_some())),
                ("date", given.is_some_and(|given| given.date.is_some())),
            ];
            let missing: Vec<&str> =
                parts.into_iter().filter(|(_, there)| !there).map(|(part, _)| part).collect();
            if missing.is_empty() {
                continue;
            }
            let field = Field::of("actions").at(i);
            let sentence = sentence! { action = called(&action.id, &field), missing = several(missing) =>
                "`{action}` was dropped without {missing}",
                "`{action}` foi descartada sem {missing}"
            };
            out.find(judged, field.key("status"), sentence).help = words! {
                "record why, who agreed and when: `reason: …`, `approved_by: role:…`, `date: …`",
                "registre por quê, quem concordou e quando: `reason: …`, `approved_by: role:…`, `date: …`"
            };
        }
    }
}
