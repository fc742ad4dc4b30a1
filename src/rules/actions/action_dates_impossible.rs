//! `action-dates-impossible`: an action cannot be due before it was written down.

use crate::{
    language::Quantity,
    locate::Field,
    model::Due,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Action dates impossible
    ///
    /// An action is written down no earlier than the day the incident began, and is neither due nor done before the day
    /// it was written down.
    ///
    /// ## Why
    ///
    /// A slip in the year silently turns into "overdue for 400 days" in a report.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].due
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, created_on: 2026-03-10, due: 2025-03-31, status: done, done_on: 2026-03-12, addresses: [workflow]}
    /// ```
    /// > `A1`: the due date (March 31, 2025) lies before creation (March 10, 2026)
    /// > `A1`: o prazo (31 de março de 2025) é anterior ao registro (10 de março de 2026)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, created_on: 2026-03-10, due: 2026-03-31, status: done, done_on: 2026-03-12, addresses: [workflow]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the year or the day.
    ///
    /// # Datas de ação impossíveis
    ///
    /// Uma ação não é registrada antes do dia em que o incidente começou; seu prazo e sua conclusão não são anteriores ao
    /// registro.
    ///
    /// ## Por quê
    ///
    /// Um erro no ano vira, em silêncio, "atrasada há 400 dias" em um relatório.
    ///
    /// ## Correção
    ///
    /// Corrija o ano ou o dia.
    "action-dates-impossible": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let zone = judged.zone(case);
        let began = judged.measured.impacts.iter().filter_map(|impact| impact.started.earliest).min();
        let began = began.map(|at| {
            (zone.date(at), Quantity::named("the start of the incident", "ao início do incidente"))
        });
        for (i, action) in judged.incident.actions.iter().enumerate() {
            let field = Field::of("actions").at(i);
            let created = action.created_on.map(|date| (date, Quantity::named("creation", "ao registro")));
            let due = action.due.as_ref().and_then(Due::date);
            let pairs = [
                ("created_on", Quantity::named("creation", "o registro"), action.created_on, began.clone()),
                ("due", Quantity::named("the due date", "o prazo"), due, created.clone()),
                ("done_on", Quantity::named("completion", "a conclusão"), action.done_on, created),
            ];
            for (key, name, date, before) in pairs {
                let (Some(date), Some((limit, limit_name))) = (date, before) else { continue };
                if date >= limit {
                    continue;
                }
                let sentence = sentence! {
                    action = action.id.as_str(),
                    later = name,
                    later_date = Quantity::Date(date),
                    earlier = limit_name,
                    earlier_date = Quantity::Date(limit) =>
                    "`{action}`: {later} ({later_date}) lies before {earlier} ({earlier_date})",
                    "`{action}`: {later} ({later_date}) é anterior {earlier} ({earlier_date})"
                };
                out.find(judged, field.key(key), sentence).help =
                    words! { "correct the year or the day", "corrija o ano ou o dia" };
            }
        }
    }
}
