//! `change-without-verification`: a change that got through will be followed by another.

use crate::{
    locate::Field,
    model::{ActionEffect, Cause, CauseCategory, Confidence},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # Change caused it, and no action improves verification
    ///
    /// A cause of category `change` or `operation`, or one that names a `change`, and that led to an impact, is addressed by an
    /// action with `effect: verification`, directly or through one of its impacts. A cause that is only a hypothesis is not
    /// judged, nor is one whose risk was accepted.
    ///
    /// ## Why
    ///
    /// What Productsup changed after its incident is exactly this: after QA of the API, check the whole path from import to
    /// upload.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0]
    /// causes:
    ///   - {id: c1, role: trigger, category: operation, confidence: likely, impacts: [workflow]}
    /// ```
    /// > `c1` caused `workflow`, and no action strengthens the verification of such changes
    /// > `c1` causou `workflow`, e nenhuma ação reforça a verificação desse tipo de mudança
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: trigger, category: change, confidence: likely, impacts: [workflow], change: {kind: deployment, verification: {covers: [producer, end_to_end]}, rollback: {possible: true, done: true}}}
    /// actions:
    ///   - {id: A1, title: {en: Check an import end to end after each deployment, pt-BR: Verificar uma importação de ponta a ponta após cada implantação}, type: prevent, effect: verification, owner: role:lead, due: 2026-05-01, status: accepted, done_when: {en: a broken import stops a deployment, pt-BR: uma importação com falha interrompe a implantação}, addresses: [c1]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add the check that would have caught it, as an action with `effect: verification`.
    ///
    /// # Uma mudança causou o impacto, e nenhuma ação melhora a verificação
    ///
    /// Uma causa de categoria `change` ou `operation`, ou que descreve uma `change`, e que levou a um impacto é tratada por uma
    /// ação com `effect: verification`, diretamente ou por meio de um de seus impactos. Uma causa que é só hipótese não é
    /// julgada, nem uma com o risco aceito.
    ///
    /// ## Por quê
    ///
    /// Foi exatamente isto que a Productsup mudou depois do incidente: após o QA da API, verificar todo o caminho, da
    /// importação ao envio.
    ///
    /// ## Correção
    ///
    /// Inclua, como ação com `effect: verification`, a verificação que teria detectado o problema.
    "change-without-verification": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut verified = None;
        for (i, cause) in judged.incident.causes.iter().enumerate() {
            if !is_change(cause) || cause.impacts.is_empty() || cause.risk_accepted.is_some() {
                continue;
            }
            let verified = verified.get_or_insert_with(|| {
                judged.addressed_by(|action| action.effect == Some(ActionEffect::Verification))
            });
            if verified.serves(cause) {
                continue;
            }
            let field = Field::of("causes").at(i);
            let name = called(&cause.id, &field);
            let sentence = sentence! { change = name.as_str(), impact = several(cause.impacts.iter().map(String::as_str)) =>
                "`{change}` caused {impact}, and no action strengthens the verification of such changes",
                "`{change}` causou {impact}, e nenhuma ação reforça a verificação desse tipo de mudança"
            };
            out.find(judged, field, sentence).help = words! { change = name =>
                "add the check that would have caught it: an action with `effect: verification` and `addresses: [{change}]`",
                "inclua a verificação que teria detectado o problema: uma ação com `effect: verification` e `addresses: [{change}]`"
            };
        }
    }
}

/// Something was changed or done by hand, and that is more than a guess.
fn is_change(cause: &Cause) -> bool {
    let changed = matches!(cause.category, Some(CauseCategory::Change | CauseCategory::Operation));
    let guessed = matches!(cause.confidence, Some(Confidence::Hypothesis | Confidence::Unknown));
    (changed || cause.change.is_some()) && !guessed
}
