//! `expected-actual-differ`: the measured time belongs in the runbook.

use crate::{
    locate::Field,
    model::Outcome,
    rules::{Case, called, rule::rule, sentence::sentence, sink::Sink},
};

rule! {
    /// # Expected and actual length of a step differ much
    ///
    /// A step took no more than twice the time that was expected and, where it worked, no less than half of it. It is told only
    /// where the lengths given leave no doubt. An attempt that broke off early says nothing about how long the step takes.
    ///
    /// ## Why
    ///
    /// Order Desk planned just under 6 h; the second run was stopped after 10 h 32 min.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].step.took
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: migrate, intent: diagnose, title: {en: Migrate, pt-BR: Migrar}, expected: {took: 6h}, took: 13h, outcome: worked}}
    /// ```
    /// > `e1` was expected to take 6 h, and took 13 h
    /// > `e1` deveria levar 6 h, mas levou 13 h
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: migrate, intent: diagnose, title: {en: Migrate, pt-BR: Migrar}, expected: {took: 3h}, took: 4h38m, outcome: worked}}
    ///   - {id: e2, at: 2026-03-02T10:05Z, type: step, impacts: [workflow], step: {key: load, intent: diagnose, title: {en: Load, pt-BR: Carregar}, expected: {took: 6h}, took: 10m, outcome: failed}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Carry the measured time into the runbook, and ask what the estimate left out.
    ///
    /// # Duração prevista e real de um passo muito diferentes
    ///
    /// Um passo não levou mais que o dobro do tempo previsto nem, quando funcionou, menos que a metade. Só se aponta quando
    /// as durações informadas não deixam dúvida. Uma tentativa que parou no começo nada diz sobre quanto tempo o passo
    /// leva.
    ///
    /// ## Por quê
    ///
    /// A Order Desk previa pouco menos de 6 h; a segunda execução foi interrompida depois de 10 h 32 min.
    ///
    /// ## Correção
    ///
    /// Leve o tempo medido para o runbook e pergunte o que a estimativa deixou de fora.
    "expected-actual-differ": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, event) in judged.incident.timeline.iter().enumerate() {
            let Some(step) = &event.step else { continue };
            let expected = step.expected.as_ref().and_then(|expected| expected.took.as_ref());
            let (Some(expected), Some(took)) =
                (expected.map(|it| it.span()), step.took.as_ref().map(|it| it.span()))
            else {
                continue;
            };
            let longer = expected.max.is_some_and(|max| took.min > max.saturating_mul(2));
            let worked = matches!(step.outcome, Some(Outcome::Worked | Outcome::Partly));
            let shorter = worked && took.max.is_some_and(|max| max.saturating_mul(2) < expected.min);
            if !(longer || shorter) {
                continue;
            }
            let field = Field::of("timeline").at(i);
            let sentence = sentence! { step = called(&event.id, &field), expected = expected, took = took =>
                "`{step}` was expected to take {expected}, and took {took}",
                "`{step}` deveria levar {expected}, mas levou {took}"
            };
            out.find(judged, field.key("step").key("took"), sentence);
        }
    }
}
