//! `verification-stopped-early`: what arrives is not yet what is found.

use crate::{
    finding::Severity,
    locate::Field,
    model::ActionEffect,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # Verification stopped before the user's end
    ///
    /// What `change.verification.covers` lists of a change that led to an impact includes `consumer` or `end_to_end`. Once an
    /// action with `effect: verification` addresses the cause, the finding stays as info.
    ///
    /// ## Why
    ///
    /// Productsup verified that data reached the import server in the right order, not that the import script could find it
    /// there.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].change.verification.covers
    /// causes:
    ///   - {id: c1, role: trigger, category: config, confidence: likely, impacts: [workflow], risk_accepted: {by: role:lead, date: 2026-03-05, until: 2026-09-01, reason: {en: Retired in August., pt-BR: Será desativado em agosto.}}, change: {kind: config, verification: {covers: [producer]}, rollback: {possible: true, done: true}}}
    /// ```
    /// > `c1` was verified for `producer` only, not up to the user's end
    /// > `c1` foi verificada apenas em `producer`, e não até a ponta do usuário
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: trigger, category: config, confidence: likely, impacts: [workflow], risk_accepted: {by: role:lead, date: 2026-03-05, until: 2026-09-01, reason: {en: Retired in August., pt-BR: Será desativado em agosto.}}, change: {kind: config, verification: {covers: [producer, consumer]}, rollback: {possible: true, done: true}}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Verify from where the customer stands, and add the action that makes it so for the next change.
    ///
    /// # A verificação parou antes da ponta do usuário
    ///
    /// O que `change.verification.covers` lista de uma mudança que levou a um impacto inclui `consumer` ou `end_to_end`.
    /// Quando uma ação com `effect: verification` trata da causa, o achado fica como informação.
    ///
    /// ## Por quê
    ///
    /// A Productsup verificou que os dados chegavam ao servidor de importação na ordem certa, mas não que o script de
    /// importação os encontrava lá.
    ///
    /// ## Correção
    ///
    /// Verifique do ponto de vista do cliente e inclua a ação que garanta isso na próxima mudança.
    "verification-stopped-early": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, cause) in judged.incident.causes.iter().enumerate() {
            let covers = match cause.change.as_ref().and_then(|change| change.verification.as_ref()) {
                Some(verification) if !cause.impacts.is_empty() => &verification.covers,
                _ => continue,
            };
            let reaches = |part: &String| part == "consumer" || part == "end_to_end";
            if covers.is_empty() || covers.iter().any(reaches) {
                continue;
            }
            let verified = judged.addressed_by(|action| action.effect == Some(ActionEffect::Verification));
            let severity = if verified.serves(cause) { Severity::Info } else { Severity::Warning };
            let field = Field::of("causes").at(i);
            let sentence = sentence! { change = called(&cause.id, &field), covers = several(covers.iter().map(String::as_str)) =>
                "`{change}` was verified for {covers} only, not up to the user's end",
                "`{change}` foi verificada apenas em {covers}, e não até a ponta do usuário"
            };
            let place = field.key("change").key("verification").key("covers");
            out.find_as(severity, judged, place, sentence).help = words! {
                "verify from where the customer stands: an action with `effect: verification`",
                "verifique do ponto de vista do cliente: uma ação com `effect: verification`"
            };
        }
    }
}
