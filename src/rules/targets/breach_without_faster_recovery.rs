//! `breach-without-faster-recovery`: a missed target asks for something that shortens the next one.

use crate::{
    measure::Verdict,
    model::ActionType,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Missed target with no action that shortens the next one
    ///
    /// An impact that missed its target is addressed by at least one action of type `detect`, `mitigate` or `recover`,
    /// directly or through one of its causes.
    ///
    /// ## Why
    ///
    /// Prevention fails one day. VTEX provided for that in search (a first wave of seven days, in half the time); of the
    /// actions for the order workflow, none recovers it faster.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0]
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T16:00Z
    ///     verified: {at: 2026-03-02T16:10Z, signal: orders_per_minute}
    /// actions:
    ///   - {id: A1, title: {en: Check names of queues, pt-BR: Verificar nomes de filas}, type: prevent, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    /// > `workflow` missed its target, and no action would speed up its detection or recovery
    /// > `workflow` não cumpriu a meta, e nenhuma ação encurtaria a detecção ou a recuperação
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T16:00Z
    ///     verified: {at: 2026-03-02T16:10Z, signal: orders_per_minute}
    /// actions:
    ///   - {id: A1, title: {en: Roll settings back in one step, pt-BR: Reverter configurações em um passo}, type: recover, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add one action that would have shortened detection, mitigation or recovery, and name the impact in its `addresses`.
    ///
    /// # Meta não cumprida sem ação que encurte o próximo impacto
    ///
    /// Um impacto que não cumpriu a meta é tratado por ao menos uma ação do tipo `detect`, `mitigate` ou `recover`,
    /// diretamente ou por meio de uma de suas causas.
    ///
    /// ## Por quê
    ///
    /// Um dia a prevenção falha. A VTEX se preparou para isso na busca (primeira onda de sete dias, na metade do tempo);
    /// das ações para o workflow de pedidos, nenhuma o recupera mais rápido.
    ///
    /// ## Correção
    ///
    /// Inclua uma ação que teria encurtado a detecção, a mitigação ou a recuperação, e ligue-a ao impacto em `addresses`.
    "breach-without-faster-recovery": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let faster = judged.addressed(&[ActionType::Detect, ActionType::Mitigate, ActionType::Recover]);
        for (field, impact, measured) in judged.impacts() {
            if measured.verdict != Verdict::Breached || faster.reaches(&impact.id) {
                continue;
            }
            let name = called(&impact.id, &field);
            let sentence = sentence! { impact = name.as_str() =>
                "`{impact}` missed its target, and no action would speed up its detection or recovery",
                "`{impact}` não cumpriu a meta, e nenhuma ação encurtaria a detecção ou a recuperação"
            };
            out.find(judged, field, sentence).help = words! { impact = name =>
                "add an action of `type: detect`, `mitigate` or `recover` with `addresses: [{impact}]`",
                "inclua uma ação com `type: detect`, `mitigate` ou `recover` e `addresses: [{impact}]`"
            };
        }
    }
}
