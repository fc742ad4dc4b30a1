//! `action-dates-impossible`: an action cannot be due before it was written down.

use crate::{
    language::Quantity,
    locate::Field,
    measure::action_zone,
    model::Due,
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::Instant,
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
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, created_on: 2026-03-10, due: 2025-03-31, status: done, done_on: 2026-03-12, addresses: [workflow], evidence: [{kind: drill, ref: the drill of March 12, date: 2026-03-12}]}
    /// ```
    /// > `A1`: the due date (March 31, 2025) lies before creation (March 10, 2026)
    /// > `A1`: o prazo (31 de março de 2025) é anterior ao registro (10 de março de 2026)
    ///
    /// ```yaml actions[0].due
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2025-03-31, status: done, done_on: 2026-03-12, addresses: [workflow], evidence: [{kind: drill, ref: the drill of March 12, date: 2026-03-12}]}
    /// ```
    /// > `A1`: the due date (March 31, 2025) lies before the start of the incident (March 2, 2026)
    /// > `A1`: o prazo (31 de março de 2025) é anterior ao início do incidente (2 de março de 2026)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T00:30Z
    ///     recovered: 2026-03-02T00:38Z
    ///     verified: {at: 2026-03-02T00:40Z, signal: orders_per_minute}
    /// timeline: []
    /// actions:
    ///   - {id: A1, title: {en: Written down in São Paulo the evening before, pt-BR: Registrada em São Paulo na noite anterior}, type: detect, owner: role:lead, team: oms, created_on: 2026-03-01, due: 2026-05-04, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, created_on: 2026-03-10, due: 2026-03-31, status: done, done_on: 2026-03-12, addresses: [workflow], evidence: [{kind: drill, ref: the drill of March 12, date: 2026-03-12}]}
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
    /// Um erro no ano vira, sem que ninguém perceba, "atrasada há 400 dias" em um relatório.
    ///
    /// ## Correção
    ///
    /// Corrija o ano ou o dia.
    "action-dates-impossible": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let began = began(judged);
        for (i, action) in judged.incident.actions.iter().enumerate() {
            let field = Field::of("actions").at(i);
            let began = began.map(|at| {
                // a day is a day of the incident's zone or of the team's: only what both refuse is impossible
                let team = action_zone(action, judged.incident, case.settings, case.catalogue);
                let date = team.date(at).min(judged.zone(case).date(at));
                (date, ("the start of the incident", "ao início do incidente"))
            });
            let created = action.created_on.map(|date| (date, ("creation", "ao registro")));
            let first = created.or(began);
            let due = action.due.as_ref().and_then(Due::date);
            let pairs = [
                ("created_on", ("creation", "o registro"), action.created_on, began),
                ("due", ("the due date", "o prazo"), due, first),
                ("done_on", ("completion", "a conclusão"), action.done_on, first),
            ];
            for (key, name, date, before) in pairs {
                let (Some(date), Some((limit, limit_name))) = (date, before) else { continue };
                if date >= limit {
                    continue;
                }
                let sentence = sentence! {
                    action = called(&action.id, &field),
                    later = Quantity::named(name.0, name.1),
                    later_date = Quantity::Date(date),
                    earlier = Quantity::named(limit_name.0, limit_name.1),
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

/// The earliest that the incident can have begun; `None` when some impact may have begun at any time.
fn began(judged: &Judged<'_>) -> Option<Instant> {
    let starts: Option<Vec<Instant>> =
        judged.measured.impacts.iter().map(|impact| impact.started.earliest).collect();
    starts?.into_iter().min()
}
