//! `cause-without-action`: a cause that is found and left alone was not worth finding.

use crate::{
    locate::Field,
    model::Confidence,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Cause with no action and no accepted risk
    ///
    /// Each cause is addressed by an action that was not dropped, or says in `risk_accepted` who decided to live with it.
    /// A cause that is not known is asked for its investigation instead.
    ///
    /// ## Why
    ///
    /// Allegro's post names a single point of failure, calls it unacceptable, and speaks of "necessary steps" without
    /// naming one.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0]
    /// actions:
    ///   - {id: A1, title: {en: Alert when no order advances, pt-BR: Alertar quando nenhum pedido avançar}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow]}
    /// ```
    /// > the cause `c1` has no action and no accepted risk
    /// > a causa `c1` não tem ação nem risco aceito
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - id: c1
    ///     role: root
    ///     category: single_point_of_failure
    ///     confidence: likely
    ///     impacts: [workflow]
    ///     risk_accepted: {by: role:head-of-platform, date: 2026-03-05, until: 2026-09-01, reason: {en: The queue is replaced in August., pt-BR: A fila será substituída em agosto.}}
    ///     text: {en: All orders pass through one queue., pt-BR: Todos os pedidos passam por uma só fila.}
    /// actions:
    ///   - {id: A1, title: {en: Alert when no order advances, pt-BR: Alertar quando nenhum pedido avançar}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add an action that addresses the cause, or accept the risk: by which role, when, until when, why.
    ///
    /// # Causa sem ação nem risco aceito
    ///
    /// Cada causa é tratada por uma ação que não foi descartada ou diz em `risk_accepted` quem decidiu conviver com ela. De
    /// uma causa desconhecida, o que se pede é a investigação.
    ///
    /// ## Por quê
    ///
    /// O post do Allegro aponta um ponto único de falha, diz que isso é inaceitável e fala em "medidas necessárias", sem
    /// citar nenhuma.
    ///
    /// ## Correção
    ///
    /// Inclua uma ação que trate da causa ou aceite o risco: qual papel, quando, até quando, por quê.
    "cause-without-action": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let addressed = judged.addressed_by(|_| true);
        for (i, cause) in judged.incident.causes.iter().enumerate() {
            // `unknown-cause-without-investigation` asks first what it is
            let unknown = cause.confidence == Some(Confidence::Unknown);
            if unknown || cause.risk_accepted.is_some() || addressed.names(&cause.id) {
                continue;
            }
            let field = Field::of("causes").at(i);
            let name = called(&cause.id, &field);
            let sentence = sentence! { cause = name.as_str() =>
                "the cause `{cause}` has no action and no accepted risk",
                "a causa `{cause}` não tem ação nem risco aceito"
            };
            out.find(judged, field, sentence).help = words! { cause = name =>
                "name it in the `addresses` of an action (`addresses: [{cause}]`), or write `risk_accepted: {{by: role:…, date: …, until: …, reason: …}}`",
                "cite-a no `addresses` de uma ação (`addresses: [{cause}]`) ou escreva `risk_accepted: {{by: role:…, date: …, until: …, reason: …}}`"
            };
        }
    }
}
