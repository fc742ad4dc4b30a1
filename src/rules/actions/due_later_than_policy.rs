//! `due-later-than-policy`: a stopgap that may wait is none.

use crate::{
    language::Quantity,
    locate::Field,
    measure::ActionClasses,
    model::{Action, Due},
    rules::{
        Case, Judged, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Calendar, Date},
};

rule! {
    /// # Due later than the policy allows
    ///
    /// An open action is due no later than its class and priority allow, counted from `created_on` in calendar days and moved
    /// on to the next working day of its team. The class is the strictest among the impacts that the action addresses.
    ///
    /// ## Why
    ///
    /// PagerDuty gives 15 or 30 days by severity, GitLab 7 to 90, Atlassian four or eight weeks. A published limit is what keeps
    /// a list of actions from being a list of wishes.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].due
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, priority: P0, owner: role:lead, created_on: 2026-03-03, due: 2026-05-04, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > `A1` is due on May 4, 2026; for P0 of class critical the policy allows until March 10, 2026
    /// > `A1` vence em 4 de maio de 2026; para P0 em serviço crítico, a política permite até 10 de março de 2026
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, priority: P3, owner: role:lead, created_on: 2026-03-03, due: 2026-06-01, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Split it: a stopgap inside the limit, and the large part as an action of its own with a lower priority.
    ///
    /// # Prazo além do que a política permite
    ///
    /// Uma ação aberta vence no máximo quando sua classe e sua prioridade permitem, contando de `created_on` em dias corridos e
    /// passando ao próximo dia útil da equipe. A classe é a mais exigente entre os impactos de que a ação trata.
    ///
    /// ## Por quê
    ///
    /// A PagerDuty dá 15 ou 30 dias conforme a severidade; o GitLab, de 7 a 90; a Atlassian, quatro ou oito semanas. Um limite
    /// publicado é o que impede uma lista de ações de virar uma lista de desejos.
    ///
    /// ## Correção
    ///
    /// Divida: uma medida provisória dentro do limite e a parte grande como outra ação, de prioridade menor.
    "due-later-than-policy": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut classes = None;
        for (i, action) in
            judged.incident.actions.iter().enumerate().filter(|(_, action)| action.status.is_open())
        {
            let (Some(created), Some(due), Some(priority)) =
                (action.created_on, action.due.as_ref().and_then(Due::date), action.priority)
            else {
                continue;
            };
            let classes = classes
                .get_or_insert_with(|| ActionClasses::of(judged.incident, judged.measured, case.settings));
            let Some(class) = classes.served_by(action).and_then(|class| case.settings.class(class)) else {
                continue;
            };
            let limit = class.actions.0.iter().find(|(of, _)| *of == priority);
            let Some(last) = limit.map(|(_, limit)| calendar(case, action).limit(created, *limit)) else {
                continue;
            };
            if due > last {
                tell(case, judged, i, (due, last), &class.key, out);
            }
        }
    }
}

/// The working days of the action's team, else of the organisation.
fn calendar<'a>(case: &Case<'a>, action: &Action) -> &'a Calendar {
    let team = action.team.as_deref().and_then(|team| case.catalogue.team(team));
    team.and_then(|team| team.calendar.as_ref()).unwrap_or(&case.settings.org.calendar)
}

fn tell(
    case: &Case<'_>,
    judged: &Judged<'_>,
    at: usize,
    (due, last): (Date, Date),
    class: &str,
    out: &mut Sink,
) {
    let Some(action) = judged.incident.actions.get(at) else { return };
    let field = Field::of("actions").at(at);
    let class = case.class_name(class);
    let sentence = sentence! {
        action = called(&action.id, &field),
        due = Quantity::Date(due),
        priority = action.priority.map_or("", |priority| priority.word()),
        class = Quantity::named(class.en, class.pt),
        last = Quantity::Date(last) =>
        "`{action}` is due on {due}; for {priority} of class {class} the policy allows until {last}",
        "`{action}` vence em {due}; para {priority} em serviço {class}, a política permite até {last}"
    };
    out.find(judged, field.key("due"), sentence).help = words! {
        "split it: a stopgap inside the limit, and the large part with a lower priority",
        "divida: uma medida provisória dentro do limite e a parte grande com prioridade menor"
    };
}
