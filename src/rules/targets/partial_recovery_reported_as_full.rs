//! `partial-recovery-reported-as-full`: back in part is not back.

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
    /// # Only the partial recovery is dated
    ///
    /// From `resolved` on, an impact whose mitigation is dated, or stated as a length, also tells when it recovered in
    /// full, or that what stays missing was accepted. `recovered: open` is told by `closed-while-open`.
    ///
    /// ## Why
    ///
    /// VTEX gives 20 hours "for partial recovery" as the figure of record. The European rules for banks count until the
    /// service is wholly back; so does the target.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     mitigated: 2026-03-02T10:30Z
    ///     recovered: unknown
    ///     verified: {at: 2026-03-02T11:10Z, signal: orders_per_minute}
    /// ```
    /// > `workflow`: only the partial recovery is dated
    /// > `workflow`: só a recuperação parcial tem data
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     mitigated: 2026-03-02T10:30Z
    ///     recovered: {not_before: 2026-03-02T10:40Z, not_after: 2026-03-02T11:00Z}
    ///     verified: {at: 2026-03-02T11:10Z, signal: orders_per_minute}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write when everyone was back, bounded if need be, or accept in `residual` what stays missing.
    ///
    /// # Só a recuperação parcial tem data
    ///
    /// A partir de `resolved`, um impacto cuja mitigação tem data, ou duração declarada, também diz quando se recuperou por
    /// completo ou que o que falta foi aceito. De `recovered: open` quem cuida é `closed-while-open`.
    ///
    /// ## Por quê
    ///
    /// A VTEX dá como número oficial 20 horas "para a recuperação parcial". As normas europeias para bancos contam até o
    /// serviço voltar por inteiro; a meta também.
    ///
    /// ## Correção
    ///
    /// Escreva quando o serviço voltou para todos, com limites se for preciso, ou aceite em `residual` o que falta.
    "partial-recovery-reported-as-full": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents.iter().filter(|it| !it.incident.status.is_ongoing()) {
        for (field, impact, _) in judged.impacts() {
            let in_part = impact.mitigated.as_ref().is_some_and(TimePoint::is_dated)
                || impact.stated.mitigate.is_some();
            let in_full = !matches!(impact.recovered, None | Some(TimePoint::Unknown))
                || impact.stated.recover.is_some()
                || impact.segments.last().is_some_and(|part| part.to.is_some());
            let accepted = impact.residual.as_ref().is_some_and(|residual| residual.is_accepted());
            let recovered = field.key("recovered");
            if !in_part || in_full || accepted || case.is_faulty(judged, &recovered) {
                continue;
            }
            let sentence = sentence! { impact = called(&impact.id, &field) =>
                "`{impact}`: only the partial recovery is dated",
                "`{impact}`: só a recuperação parcial tem data"
            };
            out.find(judged, recovered, sentence).help = words! {
                "write when everyone was back (`recovered: {{not_before: …, not_after: …}}`), or accept what stays missing in `residual`",
                "escreva quando o serviço voltou para todos (`recovered: {{not_before: …, not_after: …}}`) ou aceite em `residual` o que falta"
            };
        }
    }
}
