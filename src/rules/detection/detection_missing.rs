//! `detection-missing`: when it was noticed is asked of every impact.

use crate::{
    measure::{Unjudged, Verdict},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # No word on when it was noticed
    ///
    /// Every impact says in `detected` when the organisation knew that this service was affected, or `unknown`. A stated
    /// time to detect says the same. A near miss, and announced maintenance inside its window, need no answer.
    ///
    /// ## Why
    ///
    /// An absent moment did not happen or was forgotten; `unknown` was looked for and not found. Order Desk's post tells
    /// when customers first wrote, and never when anyone understood them: unless it is asked for, nobody misses the time
    /// to detect.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].detected
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    /// > `workflow`: `detected` is missing
    /// > `workflow`: falta `detected`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: unknown
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     stated: {detect: ~3m ±1m}
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write when it was noticed, as exactly as you know it (`{not_before: …, not_after: …}`), or `unknown`.
    ///
    /// # Não se diz quando foi percebido
    ///
    /// Todo impacto diz em `detected` quando a organização soube que aquele serviço estava afetado, ou `unknown`. Um tempo
    /// até a detecção declarado diz o mesmo. Quase incidentes e manutenções anunciadas, dentro da janela, não precisam
    /// responder.
    ///
    /// ## Por quê
    ///
    /// Um momento ausente não aconteceu ou foi esquecido; `unknown` foi procurado e não encontrado. O post da
    /// Order Desk diz quando os clientes começaram a avisar, mas não quando alguém os entendeu: se ninguém pergunta,
    /// ninguém dá pela falta do tempo até a detecção.
    ///
    /// ## Correção
    ///
    /// Escreva quando foi percebido, com a precisão que houver (`{not_before: …, not_after: …}`), ou `unknown`.
    "detection-missing": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, measured) in judged.impacts() {
            let nobody_hit =
                matches!(measured.verdict, Verdict::NotJudged(Unjudged::NearMiss | Unjudged::Maintenance));
            let told = impact.detected.is_some() || impact.stated.detect.is_some();
            if nobody_hit || told || case.is_faulty(judged, &field) {
                continue;
            }
            let sentence = sentence! { impact = called(&impact.id, &field) =>
                "`{impact}`: `detected` is missing",
                "`{impact}`: falta `detected`"
            };
            out.find(judged, field.key("detected"), sentence).help = words! {
                "write when it was noticed: `detected: …`; if nobody can tell, `detected: unknown`",
                "escreva quando foi percebido: `detected: …`; se ninguém sabe dizer, `detected: unknown`"
            };
        }
    }
}
