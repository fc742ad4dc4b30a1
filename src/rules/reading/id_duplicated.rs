//! `id-duplicated`: an id names one thing.

use crate::{
    model::FaultKind,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Id used twice
    ///
    /// An incident's id is used by one file of the workspace; the id of an impact, event, cause, action or post by one
    /// item of its list.
    ///
    /// ## Why
    ///
    /// Ids are how people, actions and later incidents speak of things. Two things of one name cannot be told apart.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[1].id
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [workflow]}
    ///   - {id: c1, role: contributing, category: process, confidence: likely, impacts: [workflow]}
    /// ```
    /// > the id `c1` is used twice in this file
    /// > o id `c1` é usado duas vezes neste arquivo
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [workflow]}
    ///   - {id: c2, role: contributing, category: process, confidence: likely, impacts: [workflow]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Give the newer one another id. Ids never change and are never used again.
    ///
    /// # Id usado duas vezes
    ///
    /// O id de um incidente é de um só arquivo do workspace; o de um impacto, evento, causa, ação ou publicação, de um só
    /// item da lista.
    ///
    /// ## Por quê
    ///
    /// É pelos ids que pessoas, ações e incidentes futuros falam das coisas. Duas coisas com o mesmo nome se confundem.
    ///
    /// ## Correção
    ///
    /// Dê outro id ao item mais novo. Ids nunca mudam e nunca são reaproveitados.
    "id-duplicated": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.faults {
        let FaultKind::DuplicateId { id, other } = &fault.kind else { continue };
        let sentence = match other {
            Some(other) => sentence! { id = id.as_str(), other = other.as_str() =>
                "the id `{id}` is already used by {other}",
                "o id `{id}` já é usado por {other}"
            },
            None => sentence! { id = id.as_str() =>
                "the id `{id}` is used twice in this file",
                "o id `{id}` é usado duas vezes neste arquivo"
            },
        };
        out.find_fault(fault, sentence).help =
            words! { "give the newer one another id", "dê outro id ao item mais novo" };
    }
}
