//! `signal-not-recognised`: signals that reach someone and are not understood are lost time.

use crate::{
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::TimePoint,
};

rule! {
    /// # Signals arrived long before anyone understood them
    ///
    /// Between `first_signal` and `detected` there surely lies more than the class's `recognise_within` (15 minutes for
    /// critical services, 1 hour for the others).
    ///
    /// ## Why
    ///
    /// At VTEX the tickets poured in and were read as the search outage. For 6 hours nobody saw that the order workflow
    /// was off. No better monitor would have helped: the signal was there.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].detected
    /// impacts:
    ///   - id: search
    ///     service: order-search
    ///     started: 2026-03-02T09:00Z
    ///     first_signal: 2026-03-02T09:00Z
    ///     detected: 2026-03-02T11:00Z
    ///     recovered: 2026-03-02T11:08Z
    ///     verified: {at: 2026-03-02T11:10Z, signal: searches_per_minute}
    /// timeline: []
    /// causes: [{id: c1, role: root, category: config, confidence: likely, impacts: [search]}]
    /// actions: [{id: A1, title: {en: Read tickets by service, pt-BR: Ler chamados por serviço}, type: process, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [search, c1]}]
    /// ```
    /// > `search`: recognised 2 h after the first signal
    /// > `search`: reconhecido 2 h após o primeiro sinal
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: search
    ///     service: order-search
    ///     started: 2026-03-02T09:00Z
    ///     first_signal: {not_before: 2026-03-02T09:00Z, not_after: 2026-03-02T10:30Z}
    ///     detected: 2026-03-02T11:00Z
    ///     recovered: 2026-03-02T11:08Z
    ///     verified: {at: 2026-03-02T11:10Z, signal: searches_per_minute}
    /// timeline: []
    /// causes: [{id: c1, role: root, category: config, confidence: likely, impacts: [search]}]
    /// actions: [{id: A1, title: {en: Read tickets by service, pt-BR: Ler chamados por serviço}, type: process, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [search, c1]}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Nothing in the times. Add an action on how such signals reach those who understand them.
    ///
    /// # Os sinais chegaram muito antes de alguém entendê-los
    ///
    /// Entre `first_signal` e `detected` há, com certeza, mais do que o `recognise_within` da classe (15 minutos para
    /// serviços críticos, 1 hora para os demais).
    ///
    /// ## Por quê
    ///
    /// Na VTEX, os chamados chegavam aos montes e eram lidos como a queda da busca. Por 6 horas ninguém viu que o workflow
    /// de pedidos estava desligado. Nenhum monitor melhor teria ajudado: o sinal estava lá.
    ///
    /// ## Correção
    ///
    /// Nada nos horários. Inclua uma ação sobre como esses sinais chegam a quem os entende.
    "signal-not-recognised": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, measured) in judged.impacts() {
            let class = measured.class.as_deref().and_then(|class| case.settings.class(class));
            let limit = class.and_then(|class| class.recognise_within).and_then(|length| length.seconds());
            let (Some(gap), Some(limit)) = (measured.recognition_gap, limit) else { continue };
            if gap.min <= limit || !impact.detected.as_ref().is_some_and(TimePoint::is_dated) {
                continue;
            }
            let name = called(&impact.id, &field);
            let sentence = sentence! { impact = name.as_str(), gap = gap =>
                "`{impact}`: recognised {gap} after the first signal",
                "`{impact}`: reconhecido {gap} após o primeiro sinal"
            };
            out.find(judged, field.key("detected"), sentence).help = words! { impact = name =>
                "add an action of `type: detect` or `process` with `addresses: [{impact}]`: how do such signals reach engineers?",
                "inclua uma ação com `type: detect` ou `process` e `addresses: [{impact}]`: como esses sinais chegam aos engenheiros?"
            };
        }
    }
}
