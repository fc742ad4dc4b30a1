//! `slipped-too-often`: silence about a moved date is the commonest way a commitment dies.

use crate::{
    language::Quantity,
    locate::Field,
    model::{Action, Due, Slip},
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
    /// The due date of an open action moved at most as often as `policy.slips_max` allows (2 unless set), and each entry of
    /// `slips` gives its `reason`. What counts is what the file records: the moves that git alone knows are not looked at here.
    ///
    /// ## Why
    ///
    /// A date that moves again and again is a decision nobody took. At the third slip the question is no longer when, but
    /// whether.
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
    /// ```
    ///
    /// ## Fix
    ///
    /// Record the reason. At the third slip take the action to whoever can give it time, or drop it openly.
    ///
    /// # Adiada demais, ou sem motivo
    ///
    /// O prazo de uma ação aberta mudou no máximo quantas vezes `policy.slips_max` permite (2, se não for definido), e cada
    /// registro em `slips` traz seu motivo (`reason`). Vale o que o arquivo registra: as mudanças que só o git conhece não
    /// são examinadas aqui.
    ///
    /// ## Por quê
    ///
    /// Uma data que vive mudando é uma decisão que ninguém tomou. No terceiro adiamento, a pergunta já não é quando, mas
    /// se.
    ///
    /// ## Correção
    ///
    /// Registre o motivo. No terceiro adiamento, leve a ação a quem possa lhe dar tempo ou descarte-a às claras.
    "slipped-too-often": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let allowed = usize::try_from(case.settings.policy.slips_max).unwrap_or(usize::MAX);
    for judged in case.incidents {
        for (i, action) in judged.incident.actions.iter().enumerate() {
            if action.slips.is_empty() || !action.status.is_open() {
                continue;
            }
            let field = Field::of("actions").at(i);
            let moves = Moves::of(action, &action.slips);
            if moves.count > allowed
                && let (Some(first), Some(due)) = (moves.first, moves.due)
            {
                let sentence = sentence! {
                    action = called(&action.id, &field),
                    n = moves.count,
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
            } else if let Some(at) = moves.unexplained {
                let date = action.slips.get(at).and_then(|slip| slip.date.or(slip.to));
                let name = called(&action.id, &field);
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

/// How a due date moved. Made from moves as plain values, so that those known from elsewhere can be counted, too.
struct Moves {
    count: usize,
    /// The due date before any of them.
    first: Option<Date>,
    /// The due date now.
    due: Option<Date>,
    /// The first move without a reason.
    unexplained: Option<usize>,
}

impl Moves {
    /// A date that was brought forward did not slip.
    fn of(action: &Action, moves: &[Slip]) -> Self {
        let later = |slip: &&Slip| slip.from.zip(slip.to).is_none_or(|(from, to)| to > from);
        let unexplained = |slip: &Slip| slip.reason.as_ref().is_none_or(|reason| reason.is_blank());
        let last = moves.iter().filter_map(|slip| slip.to).next_back();
        Self {
            count: moves.iter().filter(later).count(),
            first: moves.iter().find_map(|slip| slip.from),
            due: action.due.as_ref().and_then(Due::date).or(last),
            unexplained: moves.iter().position(unexplained),
        }
    }
}
