//! `due-on-non-working-day`: nobody finishes anything on a holiday.

use crate::{
    finding::Words,
    language::Quantity,
    locate::Field,
    model::Due,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Calendar, Date, DayOff},
};

rule! {
    /// # Due on a non-working day
    ///
    /// The due date of an open action is a working day of its team's calendar, else of the organisation's. Where that is `none`,
    /// nothing is known of working days, and nothing is told.
    ///
    /// ## Why
    ///
    /// Brazil's November 20 is a national holiday since 2024; teams in two countries differ in a dozen days a year.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].due
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, team: oms, due: 2026-11-20, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// --- services.yaml
    /// teams:
    ///   oms: {name: {en: Orders, pt-BR: Pedidos}, calendar: br-national, accountable: role:oms-tech-lead}
    /// ```
    /// > `A1` is due on November 20, 2026, a holiday (calendar `br-national`)
    /// > `A1` vence em 20 de novembro de 2026, feriado (calendário `br-national`)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, team: oms, due: 2026-11-19, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    ///   - {id: A2, title: {en: Alert on delay, pt-BR: Alertar no atraso}, type: detect, owner: role:lead, due: 2026-11-21, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// --- services.yaml
    /// teams:
    ///   oms: {name: {en: Orders, pt-BR: Pedidos}, calendar: br-national, accountable: role:oms-tech-lead}
    /// ```
    ///
    /// ## Fix
    ///
    /// Move it to the working day before or after.
    ///
    /// # Prazo em dia não útil
    ///
    /// O prazo de uma ação aberta cai em um dia útil do calendário da equipe ou, na falta dela, da organização. Com o
    /// calendário `none`, nada se sabe de dias úteis, e a regra nada diz.
    ///
    /// ## Por quê
    ///
    /// O 20 de novembro é feriado nacional no Brasil desde 2024; equipes em dois países diferem em uma dúzia de dias por ano.
    ///
    /// ## Correção
    ///
    /// Passe para o dia útil anterior ou seguinte.
    "due-on-non-working-day": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in
            judged.incident.actions.iter().enumerate().filter(|(_, action)| action.status.is_open())
        {
            let Some(due) = action.due.as_ref().and_then(Due::date) else { continue };
            let team = action.team.as_deref().and_then(|team| case.catalogue.team(team));
            let calendar =
                team.and_then(|team| team.calendar.as_ref()).unwrap_or(&case.settings.org.calendar);
            let Some(why) = why(case, calendar, due) else { continue };
            let field = Field::of("actions").at(i);
            let sentence = sentence! {
                action = called(&action.id, &field),
                due = Quantity::Date(due),
                name = Quantity::named(why.en, why.pt),
                calendar = calendar.name() =>
                "`{action}` is due on {due}, {name} (calendar `{calendar}`)",
                "`{action}` vence em {due}, {name} (calendário `{calendar}`)"
            };
            out.find(judged, field.key("due"), sentence).help = words! {
                "move it to the working day before or after",
                "passe para o dia útil anterior ou seguinte"
            };
        }
    }
}

/// What keeps people from working on that day, as far as the calendar knows any.
fn why(case: &Case<'_>, calendar: &Calendar, date: Date) -> Option<Words> {
    match calendar.day_off(date)? {
        DayOff::Extra => {
            let mut own = case.settings.org.extra_holidays.iter().filter(|holiday| holiday.date == date);
            let name = own.find_map(|holiday| holiday.name.as_ref());
            let tell = |tag: &str, other: &str| {
                name.and_then(|name| name.nearest(tag)).map_or(other, |(_, name)| name).to_owned()
            };
            Some(Words { en: tell("en", "a holiday"), pt: tell("pt-BR", "feriado") })
        }
        _ if calendar.name() == "none" => None,
        DayOff::Weekend => Some(words! { "a weekend", "fim de semana" }),
        DayOff::Holiday(_) | DayOff::Observed(_) => Some(words! { "a holiday", "feriado" }),
    }
}
