//! `waiver-without-end`: an exception that says neither why, nor who agreed, nor until when.

use crate::{
    format::shorten,
    language::Quantity,
    locate::Field,
    model::Waiver,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

/// The longest that a waiver may still have to run, in days.
const LONGEST_DAYS: u64 = 180;

rule! {
    /// # Waiver without reason, approver or end
    ///
    /// A waiver says why (`reason`), which role agreed (`approved_by`) and until when (`until`), which lies at most 180
    /// days ahead.
    ///
    /// ## Why
    ///
    /// Rules die by permanent exceptions: each was sensible on its day, and nobody asks again.
    ///
    /// ## Fires
    ///
    /// ```yaml waivers[0]
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     detection: {source: monitor}
    ///     data: {loss: none, corruption: none, personal: none}
    /// waivers:
    ///   - {rule: recovery-not-verified, target: workflow, approved_by: role:lead}
    /// ```
    /// > the waiver of `recovery-not-verified` on `workflow` has no reason and no end
    /// > a dispensa de `recovery-not-verified` em `workflow` está sem motivo e sem fim
    ///
    /// ```yaml waivers[0].until
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     detection: {source: monitor}
    ///     data: {loss: none, corruption: none, personal: none}
    /// waivers:
    ///   - {rule: recovery-not-verified, reason: {en: No monitor yet., pt-BR: Ainda sem monitor.}, approved_by: role:lead, until: 2027-03-31}
    /// ```
    /// > the waiver of `recovery-not-verified` on the whole file ends only on March 31, 2027, more than 180 days ahead
    /// > a dispensa de `recovery-not-verified` em todo o arquivo só termina em 31 de março de 2027, daqui a mais de 180 dias
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     detection: {source: monitor}
    ///     data: {loss: none, corruption: none, personal: none}
    /// waivers:
    ///   - {rule: recovery-not-verified, target: workflow, reason: {en: No monitor yet., pt-BR: Ainda sem monitor.}, approved_by: role:lead, until: 2026-06-30}
    /// ```
    ///
    /// ## Fix
    ///
    /// Complete the waiver, or remove it and mend what it covers.
    ///
    /// # Dispensa sem motivo, sem aprovação ou sem fim
    ///
    /// Uma dispensa diz por quê (`reason`), que papel concordou (`approved_by`) e até quando (`until`), no máximo 180 dias
    /// à frente.
    ///
    /// ## Por quê
    ///
    /// Regras morrem de exceções permanentes: cada uma fazia sentido no seu dia, e ninguém pergunta de novo.
    ///
    /// ## Correção
    ///
    /// Complete a dispensa, ou remova-a e corrija o que ela cobre.
    "waiver-without-end": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let today = judged.zone(case).date(case.as_of);
        let waivers = judged.incident.waivers.iter().enumerate();
        // a waiver of nothing has a fault of its own
        for (i, waiver) in waivers.filter(|(_, waiver)| !waiver.rule.is_empty()) {
            let field = Field::of("waivers").at(i);
            let rule = &shorten(&waiver.rule);
            if let Some(missing) = missing(waiver) {
                let sentence = sentence! { rule = rule.as_str(), target = on(waiver), missing = missing =>
                    "the waiver of `{rule}` on {target} has {missing}",
                    "a dispensa de `{rule}` em {target} está {missing}"
                };
                out.find(judged, field, sentence).help = words! {
                    "write `reason: {{en: …, pt-BR: …}}`, `approved_by: role:…` and `until: 2026-06-30`",
                    "escreva `reason: {{en: …, pt-BR: …}}`, `approved_by: role:…` e `until: 2026-06-30`"
                };
            } else if let Some(until) = waiver.until
                && today.checked_add_days(chrono::Days::new(LONGEST_DAYS)).is_some_and(|last| until > last)
            {
                let sentence = sentence! { rule = rule.as_str(), target = on(waiver), until = until =>
                    "the waiver of `{rule}` on {target} ends only on {until}, more than 180 days ahead",
                    "a dispensa de `{rule}` em {target} só termina em {until}, daqui a mais de 180 dias"
                };
                out.find(judged, field.key("until"), sentence).help = words! {
                    "choose an earlier day on which somebody looks again",
                    "escolha um dia mais próximo para alguém olhar de novo"
                };
            }
        }
    }
}

/// What the waiver covers, in words.
fn on(waiver: &Waiver) -> Quantity {
    match &waiver.target {
        Some(target) => {
            let target = format!("`{}`", shorten(target));
            Quantity::named(target.clone(), target)
        }
        None => Quantity::named("the whole file", "todo o arquivo"),
    }
}

/// `no reason and no end`, `sem motivo e sem fim`; `None` when nothing is missing.
fn missing(waiver: &Waiver) -> Option<Quantity> {
    let parts = [
        (waiver.reason.as_ref().is_none_or(|reason| reason.is_blank()), "no reason", "sem motivo"),
        (waiver.approved_by.is_none(), "no approver", "sem aprovação"),
        (waiver.until.is_none(), "no end", "sem fim"),
    ];
    let (en, pt): (Vec<&str>, Vec<&str>) =
        parts.into_iter().filter(|(is_missing, ..)| *is_missing).map(|(_, en, pt)| (en, pt)).unzip();
    (!en.is_empty()).then(|| Quantity::named(listed(&en, " and "), listed(&pt, " e ")))
}

fn listed(words: &[&str], and: &str) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}{and}{last}", rest.join(", ")),
        _ => words.concat(),
    }
}
