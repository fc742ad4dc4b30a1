//! `action-id-reused`: questions about the past, and trackers, hang on the id.

use crate::{
    language::Quantity,
    ledger::State,
    locate::Field,
    model::Action,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Action id reused or renumbered
    ///
    /// An action's id never means another action: as git's history has it, no action came back under it with none of the
    /// titles it had, took over the title that another action had until then, or was written down anew on a later day under
    /// another title. A title that is reworded is still the same action.
    ///
    /// ## Why
    ///
    /// Questions at old revisions, links and external trackers hang on the id. Whoever follows `A3` from March must not end at
    /// something else.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].id
    /// actions: [{id: A1, title: {en: Train the team, pt-BR: Treinar a equipe}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}]
    /// --- before 2026-03-05
    /// actions: [{id: A1, title: {en: Rotate the keys, pt-BR: Trocar as chaves}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}]
    /// --- before 2026-03-06
    /// actions: []
    /// --- before 2026-03-09
    /// actions: [{id: A1, title: {en: Train the team, pt-BR: Treinar a equipe}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}]
    /// ```
    /// > `A1` meant another action before March 9, 2026
    /// > `A1` designava outra ação antes de 9 de março de 2026
    ///
    /// ```yaml actions[0].id
    /// actions: [{id: A1, title: {en: Train the team, pt-BR: Treinar a equipe}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}]
    /// --- before 2026-03-05
    /// actions: [{id: A1, title: {en: Rotate the keys, pt-BR: Trocar as chaves}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}, {id: A2, title: {en: Train the team, pt-BR: Treinar a equipe}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}]
    /// ```
    /// > `A1` means another action in the last commit
    /// > `A1` designa outra ação no último commit
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions: [{id: A1, title: {en: Exchange every key, pt-BR: Trocar todas as chaves}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}]
    /// --- before 2026-03-05
    /// actions: [{id: A1, title: {en: Rotate the keys, pt-BR: Trocar as chaves}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Give the new action a new id, and leave the old one as `cancelled` with its reason. Where trackers follow the new meaning
    /// already, waive this with the reason.
    ///
    /// # Id de ação reutilizado ou renumerado
    ///
    /// O id de uma ação nunca designa outra: segundo o histórico do git, nenhuma ação voltou com ele sem nenhum dos títulos que
    /// teve, assumiu o título que até então era de outra ação ou foi registrada de novo, em dia posterior, com outro título. Um
    /// título reescrito ainda é a mesma ação.
    ///
    /// ## Por quê
    ///
    /// Consultas a revisões antigas, links e trackers externos dependem do id. Quem segue a `A3` de março não pode terminar em
    /// outra coisa.
    ///
    /// ## Correção
    ///
    /// Dê um id novo à ação nova e deixe a antiga como `cancelled`, com o motivo. Se os trackers já seguem o novo significado,
    /// dispense esta regra com o motivo.
    "action-id-reused": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(ledger) = case.ledger else { return };
    for judged in case.incidents {
        let Some(history) = ledger.incident(&judged.incident.id) else { continue };
        let actions = &judged.incident.actions;
        let state = |action: &Action| (action.id.clone(), State::of(action));
        let now =
            history.reused_now(actions.iter().filter(|action| !action.id.is_empty()).map(state).collect());
        for (i, action) in actions.iter().enumerate() {
            let committed = history.action(&action.id).and_then(|history| history.reused());
            let sentence = if now.contains(&action.id) {
                sentence! { action = action.id.as_str() =>
                    "`{action}` means another action in the last commit",
                    "`{action}` designa outra ação no último commit"
                }
            } else if let Some(commit) = committed.and_then(|at| ledger.commit(at)) {
                let day = judged.zone(case).date(commit.at());
                sentence! { action = action.id.as_str(), day = Quantity::Date(day) =>
                    "`{action}` meant another action before {day}",
                    "`{action}` designava outra ação antes de {day}"
                }
            } else {
                continue;
            };
            out.find(judged, Field::of("actions").at(i).key("id"), sentence).help = words! {
                "give the new action an id that no other had; see `relato actions history`",
                "dê à ação nova um id que nenhuma outra teve; veja `relato actions history`"
            };
        }
    }
}
