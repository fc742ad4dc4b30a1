//! `silent-failure-without-outcome-check`: what raises no error is only seen where its result is missing.

use crate::{
    model::{ActionType, Detects, FailureMode},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Silent failure needs a check on outcome or absence
    ///
    /// An impact whose `detection.failure_mode` is `silent` is addressed, directly or through one of its causes, by an
    /// action of type `detect` that `detects` an `outcome` or an `absence`.
    ///
    /// ## Why
    ///
    /// Order Desk's database answered "already imported", Productsup's importer "0 products imported": there was no error
    /// that any alert on errors could have seen.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].detection.failure_mode
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    ///     detection: {source: customer, failure_mode: silent}
    /// actions:
    ///   - {id: A1, title: {en: Alert on errors of the queue, pt-BR: Alertar sobre erros da fila}, type: detect, detects: error_rate, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow, c1]}
    /// ```
    /// > `workflow` failed without an error, and no action says that it watches the outcome
    /// > `workflow` falhou sem nenhum erro, e nenhuma ação diz que acompanha o resultado
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
    ///     detection: {source: customer, failure_mode: silent}
    /// actions:
    ///   - {id: A1, title: {en: Alert when no order advances for 5 minutes, pt-BR: Alertar quando nenhum pedido avançar por 5 minutos}, type: detect, detects: absence, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow, c1]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Alert when the result stays away (imports in an hour are zero), or probe the whole path as a user would.
    ///
    /// # Falha silenciosa pede verificação do resultado ou da ausência dele
    ///
    /// Um impacto cujo `detection.failure_mode` é `silent` é tratado, diretamente ou por meio de uma de suas causas, por
    /// uma ação do tipo `detect` cujo `detects` é `outcome` ou `absence`.
    ///
    /// ## Por quê
    ///
    /// O banco de dados da Order Desk respondia "já importado"; o importador da Productsup, "0 produtos importados": não
    /// havia erro que um alerta de erros pudesse ver.
    ///
    /// ## Correção
    ///
    /// Alerte quando o resultado não vier (zero importações em uma hora) ou teste o caminho inteiro como um usuário faria.
    "silent-failure-without-outcome-check": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let watched = judged.addressed_by(|action| {
            action.kind == Some(ActionType::Detect)
                && matches!(action.detects, Some(Detects::Outcome | Detects::Absence))
        });
        for (field, impact, _) in judged.impacts() {
            let mode = impact.detection.as_ref().and_then(|detection| detection.failure_mode);
            if mode != Some(FailureMode::Silent) || watched.reaches(&impact.id) {
                continue;
            }
            let name = called(&impact.id, &field);
            let sentence = sentence! { impact = name.as_str() =>
                "`{impact}` failed without an error, and no action says that it watches the outcome",
                "`{impact}` falhou sem nenhum erro, e nenhuma ação diz que acompanha o resultado"
            };
            out.find(judged, field.key("detection").key("failure_mode"), sentence).help = words! { impact = name =>
                "add an action of `type: detect`, `detects: absence` or `outcome`, with `addresses: [{impact}]`",
                "inclua uma ação com `type: detect`, `detects: absence` ou `outcome` e `addresses: [{impact}]`"
            };
        }
    }
}
