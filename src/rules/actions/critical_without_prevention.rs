//! `critical-without-prevention`: to notice it sooner is not to have it no more.

use std::collections::HashSet;

use crate::{
    measure::{Unjudged, Verdict},
    model::{ActionEffect, ActionType, Cause, Confidence, Incident, IncidentKind, Strength},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Critical impact without prevention
    ///
    /// Some action of type `prevent`, a strong one of type `repair`, or one whose `effect` prevents (`decouple`, `verification`,
    /// `remove_spof`) addresses each critical impact or one of its causes, unless a preventing action was dropped with a reason or
    /// the risk of a cause was accepted. Not asked: an impact whose cause nobody knows yet, which wants an investigation first, and
    /// one that a step of the response caused (`caused_by`).
    ///
    /// ## Why
    ///
    /// In Atlassian's table of actions prevention is the one kind that is mandatory.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0]
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow, c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > no action prevents a recurrence of `workflow`
    /// > nenhuma ação previne a recorrência de `workflow`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Refuse names of unknown queues, pt-BR: Recusar nomes de filas desconhecidas}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: a wrong name is refused, pt-BR: um nome errado é recusado}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add one, or write why not: as an action that is `wont_do` with a `reason`, or under `risk_accepted` of the cause.
    ///
    /// # Impacto crítico sem prevenção
    ///
    /// Alguma ação do tipo `prevent`, uma forte do tipo `repair` ou uma cujo `effect` previne (`decouple`, `verification`,
    /// `remove_spof`) trata de cada impacto crítico ou de uma de suas causas, a não ser que uma ação preventiva tenha sido
    /// descartada com motivo ou que o risco de uma causa tenha sido aceito. Não se pede isso de um impacto cuja causa ainda não se
    /// conhece, que antes precisa de investigação, nem de um causado por um passo da resposta (`caused_by`).
    ///
    /// ## Por quê
    ///
    /// Na tabela de ações da Atlassian, a prevenção é o único tipo obrigatório.
    ///
    /// ## Correção
    ///
    /// Inclua uma ou escreva por que não: como uma ação `wont_do` com `reason`, ou em `risk_accepted` da causa.
    "critical-without-prevention": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents.iter().filter(|judged| judged.incident.kind == IncidentKind::Incident) {
        let mut known = None;
        for (field, impact, measured) in judged.impacts() {
            let critical = measured.class.as_deref().is_some_and(|class| case.settings.is_critical(class));
            let counted = measured.verdict != Verdict::NotJudged(Unjudged::LevelNotCounted);
            if !critical || !counted || impact.caused_by.is_some() {
                continue;
            }
            let (prevented, decided, of_any, explained) = known.get_or_insert_with(|| {
                let prevented = judged.addressed_by(|action| {
                    let prevents = |effect| {
                        matches!(
                            effect,
                            ActionEffect::Decouple | ActionEffect::Verification | ActionEffect::RemoveSpof
                        )
                    };
                    // what removed the cause for good prevents it, too
                    let repaired =
                        action.kind == Some(ActionType::Repair) && action.strength == Some(Strength::Strong);
                    action.kind == Some(ActionType::Prevent)
                        || repaired
                        || action.effect.is_some_and(prevents)
                });
                // a cause that names no impact may be behind each of them
                let mut causes = judged.incident.causes.iter();
                let of_any = causes.any(|cause| cause.impacts.is_empty() && prevented.names(&cause.id));
                (prevented, decided(judged.incident), of_any, explained(judged.incident))
            });
            let unknown = !explained.contains(impact.id.as_str());
            if unknown || *of_any || prevented.reaches(&impact.id) || decided.contains(impact.id.as_str()) {
                continue;
            }
            let name = called(&impact.id, &field);
            let sentence = sentence! { impact = name.as_str() =>
                "no action prevents a recurrence of `{impact}`",
                "nenhuma ação previne a recorrência de `{impact}`"
            };
            out.find(judged, field, sentence).help = words! { impact = name =>
                "add an action of `type: prevent` with `addresses: [{impact}]`, or one of `status: wont_do` with a `reason`",
                "inclua uma ação com `type: prevent` e `addresses: [{impact}]` ou uma com `status: wont_do` e `reason`"
            };
        }
    }
}

/// The impacts that a cause explains which is more than a guess.
fn explained(incident: &Incident) -> HashSet<&str> {
    let known = |cause: &&Cause| matches!(cause.confidence, Some(Confidence::Confirmed | Confidence::Likely));
    let causes = incident.causes.iter().filter(known);
    causes.flat_map(|cause| cause.impacts.iter().map(String::as_str)).collect()
}

/// The impacts of which somebody decided not to prevent the next one, and said why.
fn decided(incident: &Incident) -> HashSet<&str> {
    let reasoned = incident.actions.iter().filter(|action| {
        let reason = action.withdrawal.as_ref().is_some_and(|withdrawal| !withdrawal.reason.is_blank());
        action.status.is_withdrawn() && action.kind == Some(ActionType::Prevent) && reason
    });
    let dropped: HashSet<&str> =
        reasoned.flat_map(|action| action.addresses.iter().map(String::as_str)).collect();
    let causes = incident
        .causes
        .iter()
        .filter(|cause| cause.risk_accepted.is_some() || dropped.contains(cause.id.as_str()));
    let by_cause: Vec<&str> = causes.flat_map(|cause| cause.impacts.iter().map(String::as_str)).collect();
    dropped.into_iter().chain(by_cause).collect()
}
