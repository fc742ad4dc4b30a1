//! `closed-while-open`: what is over has no impact that goes on.

use crate::{
    language::Quantity,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::TimePoint,
};

rule! {
    /// # Closed with an impact still open
    ///
    /// From `resolved` on, no impact has `recovered: open`, unless what stays missing is written down as `residual`
    /// and accepted by a role until a date.
    ///
    /// ## Why
    ///
    /// VTEX's search came back in part. The last wave of the reload was put off until after Black Friday, and nobody is
    /// named who accepted that.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered
    /// impacts:
    ///   - id: search
    ///     service: order-search
    ///     started: 2026-03-02T10:00Z
    ///     mitigated: 2026-03-02T15:00Z
    ///     recovered: open
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [search]}
    /// actions:
    ///   - {id: A1, title: {en: Reload faster, pt-BR: Recarregar mais rápido}, type: recover, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [search], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > the incident is `reviewed`, but `search` has not recovered and nobody accepted what is missing
    /// > o incidente está como `reviewed`, mas `search` não se recuperou e ninguém aceitou o que falta
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: search
    ///     service: order-search
    ///     started: 2026-03-02T10:00Z
    ///     mitigated: 2026-03-02T11:00Z
    ///     recovered: open
    ///     residual: {text: {en: Older orders stay out of search., pt-BR: Pedidos antigos ficam fora da busca.}, accepted_by: role:head-of-product, accepted_at: 2026-03-02T12:00Z, until: 2026-04-30}
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [search]}
    /// actions: []
    /// ```
    ///
    /// ## Fix
    ///
    /// Write down the residual, the role that accepted it, and until when.
    ///
    /// # Encerrado com um impacto ainda em aberto
    ///
    /// A partir de `resolved`, nenhum impacto tem `recovered: open`, a menos que o que falta esteja escrito em
    /// `residual` e tenha sido aceito por um papel até uma data.
    ///
    /// ## Por quê
    ///
    /// A busca da VTEX voltou em parte. A última onda da recarga foi adiada para depois da Black Friday, e o texto não
    /// diz quem aceitou isso.
    ///
    /// ## Correção
    ///
    /// Registre em `residual` o que falta, o papel que aceitou isso e até quando.
    "closed-while-open": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let status = judged.incident.status;
        if status.is_ongoing() {
            continue;
        }
        for (field, impact, _) in judged.impacts() {
            let accepted = impact.residual.as_ref().is_some_and(|residual| residual.is_accepted());
            if impact.recovered != Some(TimePoint::Open) || accepted {
                continue;
            }
            let sentence = sentence! { status = Quantity::from(status.word()), impact = called(&impact.id, &field) =>
                "the incident is `{status}`, but `{impact}` has not recovered and nobody accepted what is missing",
                "o incidente está como `{status}`, mas `{impact}` não se recuperou e ninguém aceitou o que falta"
            };
            out.find(judged, field.key("recovered"), sentence).help = words! {
                "say what stays missing: `residual: {{text: …, accepted_by: role:…, accepted_at: …, until: …}}`",
                "diga o que falta: `residual: {{text: …, accepted_by: role:…, accepted_at: …, until: …}}`"
            };
        }
    }
}
