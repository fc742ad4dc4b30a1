//! `action-without-owner`: what nobody owns is not done.

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
    /// # Action without an owner
    ///
    /// Once it is more than `proposed`, an action has one owner: a role or a handle. What was cancelled, or will not be
    /// done, needs none.
    ///
    /// ## Why
    ///
    /// None of the eleven actions of VTEX's postmortem names an owner, nor does any other postmortem relato was built
    /// from. What action items die of first is having no named owner.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].owner
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: null, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > `A1` has no owner
    /// > `A1` não tem responsável
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:oms-tech-lead, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    ///   - {id: A2, title: {en: Rewrite the queue, pt-BR: Reescrever a fila}, type: prevent, status: proposed}
    /// ```
    ///
    /// ## Fix
    ///
    /// Name the one who answers for it. Whoever helps goes under `contributors`.
    ///
    /// # Ação sem responsável
    ///
    /// Uma ação que já passou de `proposed` tem um responsável: um papel ou um identificador. O que foi cancelado, ou não
    /// será feito, não precisa de um.
    ///
    /// ## Por quê
    ///
    /// Nenhuma das onze ações do postmortem da VTEX tem responsável, nem as dos outros postmortems que deram origem ao
    /// relato. A falta de um responsável é a primeira causa de morte dos itens de ação.
    ///
    /// ## Correção
    ///
    /// Diga quem responde por ela. Quem ajuda vai em `contributors`.
    "action-without-owner": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in judged.incident.actions.iter().enumerate() {
            let owed = action.status.is_open() || action.status.is_done();
            if !owed || action.owner.as_ref().is_some_and(|owner| !owner.trim().is_empty()) {
                continue;
            }
            let field = Field::of("actions").at(i);
            let sentence = sentence! { action = called(&action.id, &field) => "`{action}` has no owner", "`{action}` não tem responsável" };
            out.find(judged, field.key("owner"), sentence).help = words! {
                "name the one who answers for it: `owner: role:…`",
                "diga quem responde por ela: `owner: role:…`"
            };
        }
    }
}
