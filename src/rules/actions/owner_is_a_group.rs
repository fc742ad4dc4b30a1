//! `owner-is-a-group`: what belongs to everyone is nobody's turn.

use crate::{
    locate::Field,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Owner is a group
    ///
    /// The owner of an open action is not a team (`team:…`), unless the catalogue names the role that answers for that team
    /// (`accountable`).
    ///
    /// ## Why
    ///
    /// What a group owns gets lost. GitLab works with one directly responsible individual for each.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].owner
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: team:care, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// --- services.yaml
    /// teams:
    ///   oms: {name: {en: Orders, pt-BR: Pedidos}, accountable: role:oms-tech-lead}
    ///   care: {name: {en: Care, pt-BR: Atendimento}}
    /// ```
    /// > `A1` belongs to `team:care`; name one accountable role
    /// > `A1` pertence a `team:care`; indique um papel que responda por ela
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:oms-tech-lead, team: oms, due: 2026-05-04, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    ///   - {id: A2, title: {en: Alert on delay, pt-BR: Alertar no atraso}, type: detect, owner: team:oms, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Name the role as `owner`, and the team under `team`.
    ///
    /// # O responsável é um grupo
    ///
    /// O responsável por uma ação aberta não é uma equipe (`team:…`), a não ser que o catálogo diga que papel responde por essa
    /// equipe (`accountable`).
    ///
    /// ## Por quê
    ///
    /// O que pertence a um grupo se perde. O GitLab trabalha com uma única pessoa diretamente responsável por cada item.
    ///
    /// ## Correção
    ///
    /// Cite o papel em `owner` e a equipe em `team`.
    "owner-is-a-group": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in
            judged.incident.actions.iter().enumerate().filter(|(_, action)| action.status.is_open())
        {
            let Some(owner) = action.owner.as_deref().filter(|owner| owner.starts_with("team:")) else {
                continue;
            };
            // a team that is not there is told already
            if case.catalogue.team(owner).is_some_and(|team| team.accountable.is_some()) {
                continue;
            }
            let field = Field::of("actions").at(i);
            let sentence = sentence! { action = called(&action.id, &field), team = owner =>
                "`{action}` belongs to `{team}`; name one accountable role",
                "`{action}` pertence a `{team}`; indique um papel que responda por ela"
            };
            out.find(judged, field.key("owner"), sentence).help = words! {
                "write `owner: role:…` and put the team under `team`, or give the team an `accountable` role in services.yaml",
                "escreva `owner: role:…` e ponha a equipe em `team`, ou dê à equipe um papel `accountable` em services.yaml"
            };
        }
    }
}
