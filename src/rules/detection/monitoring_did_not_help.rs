//! `monitoring-did-not-help`: a monitor that said nothing, or was not heeded, is changed.

use crate::{
    model::{ActionType, DetectionSource, FailureMode, Monitoring},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Monitoring was there and did not help
    ///
    /// An impact whose `detection.monitoring` is `silent` or `ignored` is addressed, directly or through one of its causes,
    /// by an action of type `detect`; for `ignored`, an action of type `process` will do. Where customers noticed first,
    /// or no error was raised, other rules ask for more.
    ///
    /// ## Why
    ///
    /// Order Desk had tools for it and saw the raised counts in the week before. A monitor that does not help once will
    /// not help twice unless someone changes it.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].detection.monitoring
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    ///     detection: {source: employee, monitoring: ignored, monitors: [queue-length]}
    /// actions:
    ///   - {id: A1, title: {en: Check names of queues, pt-BR: Verificar nomes de filas}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow, c1]}
    /// ```
    /// > `workflow`: monitoring (`queue-length`) was ignored, and no action changes that
    /// > `workflow`: o monitoramento (`queue-length`) foi ignorado, e nenhuma ação muda isso
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
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    ///     detection: {source: employee, monitoring: ignored, monitors: [queue-length]}
    /// actions:
    ///   - {id: A1, title: {en: Page on queue-length instead of mailing it, pt-BR: Acionar o plantão por queue-length em vez de enviar e-mail}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow, c1]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add an action that names the monitor and its new condition, or who heeds it from now on.
    ///
    /// # O monitoramento existia e não ajudou
    ///
    /// Um impacto cujo `detection.monitoring` é `silent` ou `ignored` é tratado, diretamente ou por meio de uma de suas
    /// causas, por uma ação do tipo `detect`; para `ignored`, serve também uma do tipo `process`. Quando clientes perceberam
    /// primeiro, ou quando não houve erro algum, outras regras pedem mais.
    ///
    /// ## Por quê
    ///
    /// A Order Desk tinha ferramentas para isso e viu as contagens subirem na semana anterior. Um monitor que não ajudou
    /// uma vez não ajudará na próxima, a menos que alguém o mude.
    ///
    /// ## Correção
    ///
    /// Inclua uma ação que cite o monitor e sua nova condição, ou quem passa a atendê-lo.
    "monitoring-did-not-help": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let watched = judged.addressed(&[ActionType::Detect]);
        let heeded = judged.addressed(&[ActionType::Detect, ActionType::Process]);
        for (field, impact, _) in judged.impacts() {
            let Some(detection) = &impact.detection else { continue };
            let (en, pt, changed) = match detection.monitoring {
                Some(Monitoring::Silent) => ("silent", "ficou em silêncio", &watched),
                Some(Monitoring::Ignored) => ("ignored", "foi ignorado", &heeded),
                _ => continue,
            };
            // told by `customer-found-without-detection` and `silent-failure-without-outcome-check`
            let told = matches!(detection.source, Some(DetectionSource::Customer | DetectionSource::Partner))
                || detection.failure_mode == Some(FailureMode::Silent);
            if told || changed.reaches(&impact.id) {
                continue;
            }
            let name = called(&impact.id, &field);
            let state = crate::language::Quantity::named(en, pt);
            let sentence = match detection.monitors.as_slice() {
                [] => sentence! { impact = name.as_str(), state = state =>
                    "`{impact}`: monitoring was {state}, and no action changes that",
                    "`{impact}`: o monitoramento {state}, e nenhuma ação muda isso"
                },
                monitors => {
                    sentence! { impact = name.as_str(), state = state, monitors = monitors.join("`, `") =>
                        "`{impact}`: monitoring (`{monitors}`) was {state}, and no action changes that",
                        "`{impact}`: o monitoramento (`{monitors}`) {state}, e nenhuma ação muda isso"
                    }
                }
            };
            let field = field.key("detection").key("monitoring");
            out.find(judged, field, sentence).help = words! { impact = name =>
                "add an action of `type: detect` with `addresses: [{impact}]` that names the monitor and its new condition",
                "inclua uma ação com `type: detect` e `addresses: [{impact}]` que cite o monitor e sua nova condição"
            };
        }
    }
}
