//! `done-without-evidence`: closing is an act with a proof.

use crate::{
    locate::Field,
    model::{Action, ActionStatus, Priority},
    rules::{
        Case, called,
        rule::rule,
        sentence::{Sentence, sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Done without evidence
    ///
    /// An action that is `done` or `verified` has at least one `evidence` with a date. One of priority P0 or P1 that is
    /// `verified` says in `verified.by` who confirmed it, and that is not its owner.
    ///
    /// ## Why
    ///
    /// Health care's review of incidents (RCA²) asks for proof that an action was done, and that it worked. Productsup says
    /// that it changed its QA; nothing shows it.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].evidence
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-05-01, status: done, done_on: 2026-03-20, addresses: [c1]}
    /// ```
    /// > `A1` is done, but has no evidence
    /// > `A1` está concluída, mas sem evidência
    ///
    /// ```yaml actions[0].evidence
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, due: 2026-05-01, status: done, done_on: 2026-03-20, addresses: [c1], evidence: [{kind: commit, ref: 9f3c2e1}]}
    /// ```
    /// > the evidence of `A1` has no date
    /// > a evidência de `A1` não tem data
    ///
    /// ```yaml actions[0].verified
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, priority: P0, owner: role:lead, due: 2026-05-01, status: verified, done_on: 2026-03-20, addresses: [c1], evidence: [{kind: commit, ref: 9f3c2e1, date: 2026-03-20}], verified: {by: role:lead, date: 2026-03-21}}
    /// ```
    /// > `A1` was verified by nobody but its owner
    /// > `A1` não foi verificada por ninguém além do responsável
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, priority: P0, owner: role:lead, due: 2026-05-01, status: verified, done_on: 2026-03-20, addresses: [c1], evidence: [{kind: drill, ref: "the drill of March 20", date: 2026-03-20}], verified: {by: role:sre, date: 2026-03-21}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Link the change and the check that it works, each with its date.
    ///
    /// # Concluída sem evidência
    ///
    /// Uma ação `done` ou `verified` tem ao menos uma `evidence` com data. Uma de prioridade P0 ou P1 que está `verified` diz em
    /// `verified.by` quem a confirmou, e não é o responsável por ela.
    ///
    /// ## Por quê
    ///
    /// A revisão de incidentes na saúde (RCA²) pede prova de que a ação foi feita e de que funcionou. A Productsup diz que
    /// mudou seu QA; nada mostra isso.
    ///
    /// ## Correção
    ///
    /// Aponte a mudança e a verificação de que ela funciona, cada uma com sua data.
    "done-without-evidence": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in judged.incident.actions.iter().enumerate() {
            if !action.status.is_done() {
                continue;
            }
            let field = Field::of("actions").at(i);
            let Some((key, sentence)) = lacking(action, called(&action.id, &field)) else { continue };
            let finding = out.find(judged, field.key(key), sentence);
            finding.help = if key == "verified" {
                words! {
                    "let another role look, and write `verified: {{by: role:…, date: …}}`",
                    "peça a outro papel que confira e escreva `verified: {{by: role:…, date: …}}`"
                }
            } else {
                words! {
                    "show it: `evidence: [{{kind: commit, ref: …, date: …}}]`",
                    "comprove: `evidence: [{{kind: commit, ref: …, date: …}}]`"
                }
            };
        }
    }
}

/// What a finished action lacks: the key, and the sentence.
fn lacking(action: &Action, name: String) -> Option<(&'static str, Sentence)> {
    if action.evidence.is_empty() {
        let sentence = sentence! { action = name =>
            "`{action}` is done, but has no evidence",
            "`{action}` está concluída, mas sem evidência"
        };
        return Some(("evidence", sentence));
    }
    if action.evidence.iter().all(|evidence| evidence.date.is_none()) {
        let sentence = sentence! { action = name =>
            "the evidence of `{action}` has no date",
            "a evidência de `{action}` não tem data"
        };
        return Some(("evidence", sentence));
    }
    let urgent = matches!(action.priority, Some(Priority::P0 | Priority::P1));
    let by = action.verified.as_ref().and_then(|verified| verified.by.as_deref());
    let by_another = by.is_some_and(|by| action.owner.as_deref() != Some(by));
    if action.status == ActionStatus::Verified && urgent && !by_another {
        let sentence = sentence! { action = name =>
            "`{action}` was verified by nobody but its owner",
            "`{action}` não foi verificada por ninguém além do responsável"
        };
        return Some(("verified", sentence));
    }
    None
}
