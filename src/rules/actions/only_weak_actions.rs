//! `only-weak-actions`: what relies on memory fails with memory.

use std::collections::HashMap;

use crate::{
    model::{Cause, Strength},
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Only weak actions
    ///
    /// Of the actions that address a critical impact or one of its causes, not all are `weak`. An action whose strength nobody
    /// named decides nothing.
    ///
    /// ## Why
    ///
    /// VTEX promised to strengthen the premise that critical services do not stop, and to encourage agents to speak up.
    /// Training and reminders are the weak end of the hierarchy that health care uses, and forcing functions its strong end.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0]
    /// actions:
    ///   - {id: A1, title: {en: Remind the team, pt-BR: Lembrar o time}, type: prevent, strength: weak, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: said in the meeting, pt-BR: dito na reunião}}
    /// ```
    /// > every action for `workflow` relies on people remembering
    /// > todas as ações para `workflow` dependem da memória das pessoas
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Remind the team, pt-BR: Lembrar o time}, type: prevent, strength: weak, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: said in the meeting, pt-BR: dito na reunião}}
    ///   - {id: A2, title: {en: Refuse unknown queues, pt-BR: Recusar filas desconhecidas}, type: prevent, strength: strong, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: a wrong name is refused, pt-BR: um nome errado é recusado}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add an action that the system enforces: a check, a limit, a separation.
    ///
    /// # Só ações fracas
    ///
    /// Entre as ações que tratam de um impacto crítico ou de uma de suas causas, nem todas são fracas (`weak`). Uma ação
    /// cuja força ninguém informou não decide nada.
    ///
    /// ## Por quê
    ///
    /// A VTEX prometeu fortalecer a premissa de que serviço crítico não para e incentivar o atendimento a falar. Treinamento e
    /// lembretes são a ponta fraca da hierarquia usada na saúde; o que o sistema impõe é a ponta forte.
    ///
    /// ## Correção
    ///
    /// Inclua uma ação que o sistema imponha: uma verificação, um limite, uma separação.
    "only-weak-actions": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut strengths = None;
        for (field, impact, measured) in judged.impacts() {
            let class = measured.class.as_deref();
            if !class.is_some_and(|class| case.settings.is_critical(class)) {
                continue;
            }
            let strengths = strengths.get_or_insert_with(|| all_weak(judged));
            if strengths.get(impact.id.as_str()) != Some(&true) {
                continue;
            }
            let name = called(&impact.id, &field);
            let sentence = sentence! { impact = name.as_str() =>
                "every action for `{impact}` relies on people remembering",
                "todas as ações para `{impact}` dependem da memória das pessoas"
            };
            out.find(judged, field, sentence).help = words! { impact = name =>
                "add an action that the system enforces, with `strength: strong` and `addresses: [{impact}]`",
                "inclua uma ação que o sistema imponha, com `strength: strong` e `addresses: [{impact}]`"
            };
        }
    }
}

/// For each impact that an action is for, whether all of those are weak.
fn all_weak<'a>(judged: &Judged<'a>) -> HashMap<&'a str, bool> {
    let mut weak: HashMap<&str, bool> = HashMap::new();
    let actions = || judged.incident.actions.iter().filter(|action| !action.status.is_withdrawn());
    for action in actions() {
        for id in &action.addresses {
            *weak.entry(id).or_insert(true) &= action.strength == Some(Strength::Weak);
        }
    }
    // what an action does for a cause it does for the impacts of that cause
    let of_cause = |cause: &'a Cause, all_weak: bool, weak: &mut HashMap<&'a str, bool>| {
        for impact in &cause.impacts {
            *weak.entry(impact).or_insert(true) &= all_weak;
        }
    };
    for cause in &judged.incident.causes {
        if let Some(all_weak) = weak.get(cause.id.as_str()).copied() {
            of_cause(cause, all_weak, &mut weak);
        }
    }
    weak
}
