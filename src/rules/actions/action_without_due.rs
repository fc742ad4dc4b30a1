//! `action-without-due`: a due date is a date.

use crate::{
    locate::Field,
    model::Due,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Action without a due date
    ///
    /// Once it is more than `proposed`, an action has a `due` that is a civil date.
    ///
    /// ## Why
    ///
    /// "After Black Friday", "in the medium term (more than a year)" (VTEX), "in the coming weeks" (Productsup): nobody
    /// can be late for those.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].due
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: null, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > `A1` has no due date
    /// > `A1` não tem prazo
    ///
    /// ```yaml actions[0].due
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: after Black Friday, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > `A1`: `after Black Friday` is not a date
    /// > `A1`: `after Black Friday` não é uma data
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    ///   - {id: A2, title: {en: Rewrite the queue, pt-BR: Reescrever a fila}, type: prevent, status: proposed}
    /// ```
    ///
    /// ## Fix
    ///
    /// Give a date. If it must move, move it openly, with a `slips` entry.
    ///
    /// # Ação sem prazo
    ///
    /// Uma ação que já passou de `proposed` tem em `due` uma data do calendário.
    ///
    /// ## Por quê
    ///
    /// "Após a Black Friday", "no médio prazo (mais de um ano)" (VTEX), "nas próximas semanas" (Productsup): com prazos
    /// assim, ninguém se atrasa.
    ///
    /// ## Correção
    ///
    /// Defina uma data. Se ela tiver de mudar, mude-a às claras, com um registro em `slips`.
    "action-without-due": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in judged.incident.actions.iter().enumerate() {
            if !action.status.is_open() && !action.status.is_done() {
                continue;
            }
            let field = Field::of("actions").at(i);
            let name = called(&action.id, &field);
            let sentence = match &action.due {
                Some(Due::On(_)) => continue,
                // a slip in a date is told as such by `value-invalid`
                Some(Due::Words(text)) if text.starts_with(|first: char| first.is_ascii_digit()) => continue,
                Some(Due::Words(text)) => sentence! { action = name, value = text.as_str() =>
                    "`{action}`: `{value}` is not a date",
                    "`{action}`: `{value}` não é uma data"
                },
                None => {
                    sentence! { action = name => "`{action}` has no due date", "`{action}` não tem prazo" }
                }
            };
            out.find(judged, field.key("due"), sentence).help = words! {
                "write the day it will be done by: `due: 2026-03-31`",
                "escreva até que dia ela fica pronta: `due: 2026-03-31`"
            };
        }
    }
}
