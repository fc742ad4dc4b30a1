//! `known-risk-without-decision`: who knew before decided something, if only to wait.

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
    /// # Known risk without the record of the decision
    ///
    /// A cause with `known_before: true` has a `decision` with its date, its role (`by_role`), its reason and the day it
    /// was to be looked at again (`review_by`), or `risk_accepted` in its place.
    ///
    /// ## Why
    ///
    /// Order Desk knew the limit of its field and believed that eight months were left; VTEX had had short interruptions
    /// all year. What was believed at the time, and by whom it was weighed, is what the next one can learn from. It is no
    /// blame: it was a reasonable decision, or a missing one.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].decision besides=limit-without-headroom-alert
    /// causes:
    ///   - {id: c1, role: root, category: capacity_limit, confidence: likely, impacts: [workflow], known_before: true, decision: null}
    /// ```
    /// > the cause `c1` was known before, and no decision about it is recorded
    /// > a causa `c1` já era conhecida, e não há registro de decisão sobre ela
    ///
    /// ```yaml causes[0].decision besides=limit-without-headroom-alert
    /// causes:
    ///   - {id: c1, role: root, category: capacity_limit, confidence: likely, impacts: [workflow], known_before: true, decision: {date: 2025-10-01, by_role: role:head-of-engineering, reason: {en: Eight months seemed to be left., pt-BR: Parecia haver oito meses de folga.}}}
    /// ```
    /// > the decision about the cause `c1` lacks `review_by`
    /// > a decisão sobre a causa `c1` está sem `review_by`
    ///
    /// ## Silent
    ///
    /// ```yaml besides=limit-without-headroom-alert
    /// causes:
    ///   - {id: c1, role: root, category: capacity_limit, confidence: likely, impacts: [workflow], known_before: true, decision: {date: 2025-10-01, by_role: role:head-of-engineering, reason: {en: Eight months seemed to be left., pt-BR: Parecia haver oito meses de folga.}, review_by: 2026-01-15}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write it down without blame: what was believed then, who weighed it, and when it was to be looked at again.
    ///
    /// # Risco conhecido sem registro da decisão
    ///
    /// Uma causa com `known_before: true` tem uma `decision` com data, papel (`by_role`), motivo e o dia em que seria
    /// revista (`review_by`), ou `risk_accepted` no lugar dela.
    ///
    /// ## Por quê
    ///
    /// A Order Desk conhecia o limite do campo e acreditava ter oito meses de folga; a VTEX teve interrupções curtas o ano
    /// inteiro. É com o que se acreditava na época, e com quem avaliou o risco, que os próximos podem aprender. Não é
    /// culpa: foi uma decisão razoável, ou uma que faltou.
    ///
    /// ## Correção
    ///
    /// Registre sem culpar: no que se acreditava, quem avaliou o risco e quando isso seria revisto.
    "known-risk-without-decision": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, cause) in judged.incident.causes.iter().enumerate() {
            let field = Field::of("causes").at(i);
            let decision = field.key("decision");
            if cause.known_before != Some(true)
                || cause.risk_accepted.is_some()
                || case.is_faulty(judged, &decision)
            {
                continue;
            }
            let name = called(&cause.id, &field);
            let sentence = match &cause.decision {
                None => sentence! { cause = name =>
                    "the cause `{cause}` was known before, and no decision about it is recorded",
                    "a causa `{cause}` já era conhecida, e não há registro de decisão sobre ela"
                },
                Some(made) => {
                    let parts = [
                        ("date", made.date.is_some()),
                        ("by_role", made.by_role.is_some()),
                        ("reason", made.reason.as_ref().is_some_and(|reason| !reason.is_blank())),
                        ("review_by", made.review_by.is_some()),
                    ];
                    let missing: Vec<&str> =
                        parts.iter().filter(|(_, there)| !there).map(|(key, _)| *key).collect();
                    if missing.is_empty() {
                        continue;
                    }
                    sentence! { cause = name, missing = missing.join("`, `") =>
                        "the decision about the cause `{cause}` lacks `{missing}`",
                        "a decisão sobre a causa `{cause}` está sem `{missing}`"
                    }
                }
            };
            out.find(judged, decision, sentence).help = words! {
                "write what was believed then: `decision: {{date: …, by_role: role:…, reason: …, review_by: …}}`",
                "escreva no que se acreditava: `decision: {{date: …, by_role: role:…, reason: …, review_by: …}}`"
            };
        }
    }
}
