//! `slipped-too-often`: silence about a moved date is the commonest way a commitment dies.

use crate::{
    language::Quantity,
    ledger::{Told, slips},
    locate::Field,
    model::Slip,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::Date,
};

rule! {
    /// # Slipped too often, or without a reason
    ///
    /// The due date of an open action moved at most as often as `policy.slips_max` allows (2 unless set), and each move stands
    /// in `slips` with its `reason`. What counts is what the file records and what git saw: a date that moved to a later day
    /// after the action was accepted, and was not moved back. A date brought forward is no slip.
    ///
    /// ## Why
    ///
    /// A date that moves again and again is a decision nobody took. At the third slip the question is no longer when, but
    /// whether. And a date that moves in silence is the commonest way a commitment dies: git knows every old one.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].slips
    /// actions:
    ///   - id: A1
    ///     title: {en: Alert on silence, pt-BR: Alertar no silêncio}
    ///     type: detect
    ///     owner: role:lead
    ///     due: 2026-05-01
    ///     status: accepted
    ///     addresses: [c1]
    ///     done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}
    ///     slips:
    ///       - {from: 2026-03-10, to: 2026-03-20, date: 2026-03-09, reason: {en: Black Friday., pt-BR: Black Friday.}, approved_by: role:head}
    ///       - {from: 2026-03-20, to: 2026-04-01, date: 2026-03-19, reason: {en: Ill., pt-BR: Doença.}, approved_by: role:head}
    ///       - {from: 2026-04-01, to: 2026-05-01, date: 2026-03-30, reason: {en: Holidays., pt-BR: Férias.}, approved_by: role:head}
    /// ```
    /// > `A1` slipped 3 times, from March 10, 2026 to May 1, 2026; the policy allows 2
    /// > `A1` foi adiada 3 vezes, de 10 de março de 2026 para 1º de maio de 2026; a política permite 2
    ///
    /// ```yaml actions[0].slips[0].reason
    /// actions:
    ///   - id: A1
    ///     title: {en: Alert on silence, pt-BR: Alertar no silêncio}
    ///     type: detect
    ///     owner: role:lead
    ///     due: 2026-05-01
    ///     status: accepted
    ///     addresses: [c1]
    ///     done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}
    ///     slips: [{from: 2026-03-10, to: 2026-05-01, date: 2026-03-09}]
    /// ```
    /// > `A1` slipped on March 9, 2026 without a reason
    /// > `A1` foi adiada em 9 de março de 2026 sem motivo
    ///
    /// ```yaml actions[0].due
    /// actions: [{id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}]
    /// --- before 2026-03-05
    /// actions: [{id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-03-20, status: accepted, addresses: [c1]}]
    /// ```
    /// > `A1` was moved from March 20, 2026 to May 1, 2026 without an entry in `slips`
    /// > `A1` passou de 20 de março de 2026 para 1º de maio de 2026 sem registro em `slips`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - id: A1
    ///     title: {en: Alert on silence, pt-BR: Alertar no silêncio}
    ///     type: detect
    ///     owner: role:lead
    ///     due: 2026-05-01
    ///     status: accepted
    ///     addresses: [c1]
    ///     done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}
    ///     slips: [{from: 2026-03-10, to: 2026-05-01, date: 2026-03-09, reason: {en: Black Friday., pt-BR: Black Friday.}, approved_by: role:head}]
    /// --- before 2026-03-05
    /// actions: [{id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-03-10, status: accepted, addresses: [c1]}]
    /// ```
    ///
    /// A date that was moved while nothing was promised yet, or moved and moved back:
    ///
    /// ```yaml
    /// actions: [{id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-04-20, status: accepted, addresses: [c1]}]
    /// --- before 2026-03-03
    /// actions: [{id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, due: 2026-03-20, status: proposed, addresses: [c1]}]
    /// --- before 2026-03-04
    /// actions: [{id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-04-20, status: accepted, addresses: [c1]}]
    /// --- before 2026-03-05
    /// actions: [{id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-05-20, status: accepted, addresses: [c1]}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Record the reason. At the third slip take the action to whoever can give it time, or drop it openly.
    ///
    /// # Adiada demais, ou sem motivo
    ///
    /// O prazo de uma ação aberta mudou no máximo quantas vezes `policy.slips_max` permite (2, se não for definido), e cada
    /// mudança está em `slips` com seu motivo (`reason`). Vale o que o arquivo registra e o que o git viu: um prazo que
    /// passou para um dia posterior depois de a ação ser aceita e que não voltou atrás. Antecipar não é adiar.
    ///
    /// ## Por quê
    ///
    /// Uma data que vive mudando é uma decisão que ninguém tomou. No terceiro adiamento, a pergunta já não é quando, mas
    /// se. E uma data que muda em silêncio é o jeito mais comum de um compromisso morrer: o git conhece todas as antigas.
    ///
    /// ## Correção
    ///
    /// Registre o motivo. No terceiro adiamento, leve a ação a quem possa lhe dar tempo ou descarte-a às claras.
    "slipped-too-often": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let allowed = usize::try_from(case.settings.policy.slips_max).unwrap_or(usize::MAX);
    for judged in case.incidents {
        let history = case.ledger.and_then(|ledger| ledger.incident(&judged.incident.id));
        for (i, action) in judged.incident.actions.iter().enumerate() {
            if !action.status.is_open() {
                continue;
            }
            let field = Field::of("actions").at(i);
            let told = Told::of(action);
            let slips = slips(case.ledger, history.and_then(|history| history.action(&action.id)), &told);
            let name = called(&action.id, &field);
            if slips.count > allowed
                && let (Some(first), Some(due)) = (slips.first_due, told.due.or_else(|| last(&action.slips)))
            {
                let sentence = sentence! {
                    action = name,
                    n = slips.count,
                    first = Quantity::Date(first),
                    due = Quantity::Date(due),
                    allowed = allowed =>
                    "`{action}` slipped {n} times, from {first} to {due}; the policy allows {allowed}",
                    "`{action}` foi adiada {n} vezes, de {first} para {due}; a política permite {allowed}"
                };
                out.find(judged, field.key("slips"), sentence).help = words! {
                    "take it to whoever can give it time, or drop it with a `reason`",
                    "leve-a a quem possa lhe dar tempo ou descarte-a com um `reason`"
                };
            } else if let Some(silent) = slips.untold.first() {
                let sentence = sentence! {
                    action = name,
                    from = Quantity::Date(silent.from),
                    to = Quantity::Date(silent.to) =>
                    "`{action}` was moved from {from} to {to} without an entry in `slips`",
                    "`{action}` passou de {from} para {to} sem registro em `slips`"
                };
                let entry = format!(
                    "slips: [{{from: {}, to: {}, date: …, reason: …, approved_by: role:…}}]",
                    silent.from, silent.to
                );
                out.find(judged, field.key("due"), sentence).help = words! { entry = entry =>
                    "say why, and who agreed: `{entry}`",
                    "diga por que e quem concordou: `{entry}`"
                };
            } else if let Some(at) = action.slips.iter().position(is_unexplained) {
                let date = action.slips.get(at).and_then(|slip| slip.date.or(slip.to));
                let sentence = match date {
                    Some(date) => sentence! { action = name, date = Quantity::Date(date) =>
                        "`{action}` slipped on {date} without a reason",
                        "`{action}` foi adiada em {date} sem motivo"
                    },
                    None => sentence! { action = name =>
                        "`{action}` slipped without a reason",
                        "`{action}` foi adiada sem motivo"
                    },
                };
                out.find(judged, field.key("slips").at(at).key("reason"), sentence).help = words! {
                    "say why it moved, and who agreed: `reason: …`, `approved_by: role:…`",
                    "diga por que mudou e quem concordou: `reason: …`, `approved_by: role:…`"
                };
            }
        }
    }
}

fn is_unexplained(slip: &Slip) -> bool {
    slip.reason.as_ref().is_none_or(|reason| reason.is_blank())
}

/// The date that the file's last move led to, for an action whose due date is gone.
fn last(slips: &[Slip]) -> Option<Date> {
    slips.iter().filter_map(|slip| slip.to).next_back()
}
