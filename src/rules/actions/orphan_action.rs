//! `orphan-action`: a good intention that answers nothing dilutes the others.

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
    /// # Action that addresses nothing
    ///
    /// An action that was accepted or done names under `addresses` at least one impact or cause of its incident. One that is
    /// only `proposed`, or was dropped, need not.
    ///
    /// ## Why
    ///
    /// Lists of good intentions dilute the few actions that matter.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].addresses
    /// actions:
    ///   - {id: A1, title: {en: Tidy the wiki, pt-BR: Organizar a wiki}, type: process, owner: role:lead, due: 2026-05-01, status: accepted, done_when: {en: every page has an owner, pt-BR: cada página tem um responsável}}
    /// ```
    /// > `A1` addresses nothing in this incident
    /// > `A1` não trata de nada neste incidente
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    ///   - {id: A2, title: {en: Tidy the wiki, pt-BR: Organizar a wiki}, type: process, status: proposed}
    /// ```
    ///
    /// ## Fix
    ///
    /// Link it to the cause or impact it answers, or drop it.
    ///
    /// # Ação que não trata de nada
    ///
    /// Uma ação aceita ou concluída cita em `addresses` ao menos um impacto ou uma causa do incidente. A que está só proposta
    /// (`proposed`), ou foi descartada, não precisa.
    ///
    /// ## Por quê
    ///
    /// Listas de boas intenções diluem as poucas ações que importam.
    ///
    /// ## Correção
    ///
    /// Ligue-a à causa ou ao impacto a que ela responde, ou descarte-a.
    "orphan-action": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in judged.incident.actions.iter().enumerate() {
            let owed = action.status.is_open() || action.status.is_done();
            if !owed || !action.addresses.is_empty() {
                continue;
            }
            let field = Field::of("actions").at(i);
            let sentence = sentence! { action = called(&action.id, &field) =>
                "`{action}` addresses nothing in this incident",
                "`{action}` não trata de nada neste incidente"
            };
            out.find(judged, field.key("addresses"), sentence).help = words! {
                "link it to an impact or a cause: `addresses: […]`; or drop it",
                "ligue-a a um impacto ou a uma causa: `addresses: […]`; ou descarte-a"
            };
        }
    }
}
