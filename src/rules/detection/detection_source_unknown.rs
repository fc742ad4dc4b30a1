//! `detection-source-unknown`: who noticed first is the most useful thing to know about detection.

use crate::{
    measure::{Unjudged, Verdict},
    model::{DetectionSource, Status},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Unknown how it was detected
    ///
    /// Once an incident is `reviewed` or `closed`, each impact's `detection.source` says who noticed first: `monitor`,
    /// `customer`, `partner`, `employee`, `audit` or `provider`. Near misses, and announced maintenance inside its window,
    /// need none.
    ///
    /// ## Why
    ///
    /// The share of incidents that customers found is the most useful number about detection, and it is lost unless each
    /// review asks. Allegro's post tells the minute at which the trouble became known, and not from whom.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].detection.source
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    ///     detection: {source: unknown}
    /// ```
    /// > `workflow`: nobody wrote who noticed it first
    /// > `workflow`: não está registrado quem percebeu primeiro
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// status: resolved
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    ///
    /// ## Fix
    ///
    /// Ask support for the first ticket, and look at the log of alerts; the earlier one is the source.
    ///
    /// # Não se sabe como foi detectado
    ///
    /// Quando um incidente está `reviewed` ou `closed`, o `detection.source` de cada impacto diz quem percebeu primeiro:
    /// `monitor`, `customer`, `partner`, `employee`, `audit` ou `provider`. Quase incidentes e manutenções anunciadas,
    /// dentro da janela, não precisam.
    ///
    /// ## Por quê
    ///
    /// A parcela de incidentes encontrados por clientes é o número mais útil sobre detecção e se perde se cada revisão não
    /// perguntar. O post do Allegro diz o minuto em que o problema veio à tona, mas não por meio de quem.
    ///
    /// ## Correção
    ///
    /// Peça ao suporte o primeiro chamado e consulte o registro de alertas; o que veio antes é a origem.
    "detection-source-unknown": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let reviewed = |status: Status| matches!(status, Status::Reviewed | Status::Closed);
    for judged in case.incidents.iter().filter(|it| reviewed(it.incident.status)) {
        for (field, impact, measured) in judged.impacts() {
            let source = impact.detection.as_ref().and_then(|detection| detection.source);
            let nobody_hit =
                matches!(measured.verdict, Verdict::NotJudged(Unjudged::NearMiss | Unjudged::Maintenance));
            let known = source.is_some_and(|source| source != DetectionSource::Unknown);
            let source = field.key("detection").key("source");
            if nobody_hit || known || case.is_faulty(judged, &source) {
                continue;
            }
            let sentence = sentence! { impact = called(&impact.id, &field) =>
                "`{impact}`: nobody wrote who noticed it first",
                "`{impact}`: não está registrado quem percebeu primeiro"
            };
            out.find(judged, source, sentence).help = words! {
                "compare the first ticket with the log of alerts: `detection: {{source: monitor}}`, `customer`, `employee` …",
                "compare o primeiro chamado com o registro de alertas: `detection: {{source: monitor}}`, `customer`, `employee` …"
            };
        }
    }
}
