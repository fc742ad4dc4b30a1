//! `repair-not-rehearsed`: what fails twice in the night is tried out by day.

use std::collections::HashMap;

use crate::{
    locate::Field,
    model::{ActionEffect, Event, Outcome, Step},
    rules::{
        Case, Judged,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::Span,
};

rule! {
    /// # Long repair tried more than once without rehearsal
    ///
    /// When two or more attempts at one `step.key` failed, and together surely took at least the target of the strictest impact
    /// they were for, some action has `effect: rehearsal`. How long an attempt took is its `took`, else the time from `at` to
    /// `until`.
    ///
    /// ## Why
    ///
    /// Order Desk's first two migrations failed after 2 h and 10 h 32 min. The parameters that decided about it were learnt
    /// while customers waited.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[1].step.outcome
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:02Z, type: step, impacts: [workflow], step: {key: migrate, intent: diagnose, took: 5m, outcome: failed}}
    ///   - {id: e2, at: 2026-03-02T10:02Z, until: 2026-03-02T10:08Z, type: step, impacts: [workflow], step: {key: migrate, intent: diagnose, outcome: failed}}
    /// ```
    /// > `migrate` failed 2 times and cost 11 min; no action rehearses it
    /// > `migrate` falhou 2 vezes e custou 11 min; nenhuma ação o ensaia
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:02Z, type: step, impacts: [workflow], step: {key: migrate, intent: diagnose, took: 5m, outcome: failed}}
    ///   - {id: e2, at: 2026-03-02T10:02Z, until: 2026-03-02T10:08Z, type: step, impacts: [workflow], step: {key: migrate, intent: diagnose, outcome: failed}}
    /// actions:
    ///   - {id: A1, title: {en: Rehearse the migration on a full copy, pt-BR: Ensaiar a migração em uma cópia completa}, type: recover, effect: rehearsal, owner: role:lead, due: 2026-05-01, status: accepted, done_when: {en: a timed run of at most 3 h, pt-BR: uma execução cronometrada de no máximo 3 h}, addresses: [workflow]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add an action with `effect: rehearsal`, finished when a timed run on a full-size copy is on record.
    ///
    /// # Reparo longo tentado mais de uma vez, sem ensaio
    ///
    /// Quando duas ou mais tentativas de um mesmo `step.key` falharam e, juntas, com certeza levaram ao menos a meta do
    /// impacto mais exigente a que se destinavam, alguma ação tem `effect: rehearsal`. A duração de uma tentativa é seu `took`
    /// ou, na falta dele, o tempo de `at` a `until`.
    ///
    /// ## Por quê
    ///
    /// As duas primeiras migrações da Order Desk falharam após 2 h e 10 h 32 min. Os parâmetros de que tudo dependia foram
    /// aprendidos enquanto os clientes esperavam.
    ///
    /// ## Correção
    ///
    /// Inclua uma ação com `effect: rehearsal`, concluída quando houver registro de uma execução cronometrada em uma cópia de
    /// tamanho real.
    "repair-not-rehearsed": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let rehearsed = |effect| effect == Some(ActionEffect::Rehearsal);
        let actions = &judged.incident.actions;
        if actions.iter().any(|action| !action.status.is_withdrawn() && rehearsed(action.effect)) {
            continue;
        }
        for (key, tries) in failed(judged) {
            if tries.count < 2 || tries.target.is_none_or(|target| tries.cost.min < target) {
                continue;
            }
            let field = Field::of("timeline").at(tries.last).key("step").key("outcome");
            let sentence = sentence! { step = key, n = tries.count, lost = tries.cost =>
                "`{step}` failed {n} times and cost {lost}; no action rehearses it",
                "`{step}` falhou {n} vezes e custou {lost}; nenhuma ação o ensaia"
            };
            out.find(judged, field, sentence).help = words! {
                "add an action with `effect: rehearsal`, finished when a timed run on a full-size copy is on record",
                "inclua uma ação com `effect: rehearsal`, concluída quando houver uma execução cronometrada em cópia de tamanho real"
            };
        }
    }
}

/// The attempts at one step that failed.
struct Tries {
    count: usize,
    cost: Span,
    /// The strictest target of the impacts they were for, in seconds.
    target: Option<i64>,
    /// The position of the last of them.
    last: usize,
}

/// By key, in the order of the first attempt.
fn failed<'a>(judged: &Judged<'a>) -> Vec<(&'a str, Tries)> {
    let mut all: Vec<(&str, Tries)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut targets: Option<HashMap<&str, i64>> = None;
    for (i, event) in judged.incident.timeline.iter().enumerate() {
        let Some(step) = event.step.as_ref().filter(|step| step.outcome == Some(Outcome::Failed)) else {
            continue;
        };
        let Some(key) = step.key.as_deref() else { continue };
        let targets = targets.get_or_insert_with(|| {
            let impacts = judged.impacts();
            impacts.filter_map(|(_, impact, measured)| Some((impact.id.as_str(), measured.target?))).collect()
        });
        let target = event.impacts.iter().filter_map(|id| targets.get(id.as_str()).copied()).min();
        let at = *known.entry(key).or_insert_with(|| {
            all.push((key, Tries { count: 0, cost: Span::ZERO, target: None, last: i }));
            all.len() - 1
        });
        let Some((_, tries)) = all.get_mut(at) else { continue };
        tries.count += 1;
        tries.cost = tries.cost.plus(&took(event, step));
        tries.target = tries.target.into_iter().chain(target).min();
        tries.last = i;
    }
    all
}

/// How long an attempt took, as far as known.
fn took(event: &Event, step: &Step) -> Span {
    let stated = step.took.as_ref().map(|took| took.span());
    let between = || event.at.as_ref()?.interval().until(&event.until.as_ref()?.interval());
    stated.or_else(between).unwrap_or(Span::UNKNOWN)
}
