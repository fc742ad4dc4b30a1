//! `action-overdue`: the managers' question, asked of one file.

use crate::{
    language::Quantity,
    locate::Field,
    measure::days_overdue,
    model::Due,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Action overdue
    ///
    /// The action is open (`accepted`, `in_progress`, `blocked`) and its due day has ended, in the zone of its team,
    /// else of the incident, else of the organisation. The due day counts to its end.
    ///
    /// ## Why
    ///
    /// Postmortems whose actions nobody closes teach people that writing them is for show.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].due as-of=2026-04-01T03:00:00Z
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, team: oms, due: 2026-03-31, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > `A1` (role:lead) was due on March 31, 2026; 1 day overdue
    /// > `A1` (role:lead) venceu em 31 de março de 2026; 1 dia de atraso
    ///
    /// ## Silent
    ///
    /// ```yaml as-of=2026-04-01T02:59:59Z
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, team: oms, due: 2026-03-31, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Finish it, move the date openly with a `slips` entry, or cancel it with a reason and an approval.
    ///
    /// # Ação atrasada
    ///
    /// A ação está aberta (`accepted`, `in_progress`, `blocked`) e o dia do prazo terminou, no fuso da equipe ou, na falta
    /// dela, no do incidente ou no da organização. O dia do prazo conta até o fim.
    ///
    /// ## Por quê
    ///
    /// Postmortems cujas ações ninguém conclui ensinam que eles são escritos só para constar.
    ///
    /// ## Correção
    ///
    /// Conclua a ação, mude a data às claras, com um registro em `slips`, ou cancele-a com motivo e aprovação.
    "action-overdue": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in judged.incident.actions.iter().enumerate() {
            let days = days_overdue(action, judged.incident, case.settings, case.catalogue, case.as_of);
            let Some(due) = action.due.as_ref().and_then(Due::date).filter(|_| days > 0) else { continue };
            let owner = match action.owner.as_deref() {
                Some(owner) => Quantity::from(owner),
                None => Quantity::named("no owner", "sem responsável"),
            };
            let days = if days == 1 {
                Quantity::named("1 day", "1 dia")
            } else {
                Quantity::named(format!("{days} days"), format!("{days} dias"))
            };
            let field = Field::of("actions").at(i);
            let sentence = sentence! { action = called(&action.id, &field), owner = owner, due = Quantity::Date(due), days = days =>
                "`{action}` ({owner}) was due on {due}; {days} overdue",
                "`{action}` ({owner}) venceu em {due}; {days} de atraso"
            };
            out.find(judged, field.key("due"), sentence).help = words! {
                "finish it, move the date with a `slips` entry that says why, or cancel it with a reason",
                "conclua a ação, mude a data com um registro em `slips` que diga o motivo ou cancele-a dizendo por quê"
            };
        }
    }
}
