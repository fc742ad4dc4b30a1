//! `unknown-cause-without-investigation`: not knowing is fine; not looking is not.

use std::collections::HashSet;

use crate::{
    locate::Field,
    measure::{Unjudged, Verdict},
    model::{ActionType, Confidence},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Cause unknown, and nobody is looking into it
    ///
    /// Each cause of confidence `unknown`, and each impact that no cause explains, is addressed by an action of type
    /// `investigate` that was not dropped. A cause whose risk was accepted by a role is left alone, and so is
    /// announced maintenance inside its window.
    ///
    /// ## Why
    ///
    /// Allegro's postmortem says four times that the reason is not known (the panel, the counter, the tasks of
    /// September), and lists no investigation.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].confidence
    /// causes:
    ///   - {id: c1, role: root, category: unknown, confidence: unknown, impacts: [workflow]}
    /// ```
    /// > the cause `c1` is unknown, and no action investigates it
    /// > a causa `c1` é desconhecida, e nenhuma ação a investiga
    ///
    /// ```yaml impacts[0]
    /// causes: []
    /// actions: []
    /// ```
    /// > no cause explains `workflow`, and no action investigates it
    /// > nenhuma causa explica `workflow`, e nenhuma ação o investiga
    ///
    /// ```yaml causes[0].confidence
    /// causes:
    ///   - {id: c1, role: root, category: unknown, confidence: unknown, impacts: [workflow]}
    /// actions:
    ///   - {id: A1, title: {en: Find out what changed the counter, pt-BR: Descobrir o que mudou o contador}, type: investigate, status: wont_do, reason: {en: No time., pt-BR: Sem tempo.}, approved_by: role:lead, date: 2026-03-10, addresses: [c1]}
    /// ```
    /// > the cause `c1` is unknown, and no action investigates it
    /// > a causa `c1` é desconhecida, e nenhuma ação a investiga
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: root, category: unknown, confidence: unknown, impacts: [workflow]}
    /// actions:
    ///   - {id: A1, title: {en: Find out what changed the counter, pt-BR: Descobrir o que mudou o contador}, type: investigate, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1], done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}}
    /// ```
    ///
    /// ```yaml
    /// kind: maintenance
    /// maintenance: {announced_at: 2026-02-20T12:00Z, window: {from: 2026-03-02T10:00Z, to: 2026-03-02T12:00Z}, services: [order-workflow]}
    /// causes: []
    /// actions: []
    /// ```
    ///
    /// ## Fix
    ///
    /// Add an action of type `investigate` that says what evidence would settle it, or record under `risk_accepted`
    /// which role decided not to look.
    ///
    /// # Causa desconhecida que ninguém investiga
    ///
    /// Cada causa com confiança `unknown`, e cada impacto que nenhuma causa explica, é tratado por uma ação do tipo
    /// `investigate` que não foi descartada. Uma causa cujo risco foi aceito por um papel fica de fora, assim como a
    /// manutenção anunciada, dentro de sua janela.
    ///
    /// ## Por quê
    ///
    /// O postmortem do Allegro diz quatro vezes que o motivo não é conhecido (o painel, o contador, as tarefas de
    /// setembro), e não prevê nenhuma investigação.
    ///
    /// ## Correção
    ///
    /// Inclua uma ação do tipo `investigate` que diga qual evidência resolveria a dúvida, ou registre em
    /// `risk_accepted` qual papel decidiu não investigar.
    "unknown-cause-without-investigation": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let incident = judged.incident;
        let investigated = judged.addressed(&[ActionType::Investigate]);
        let causes = Field::of("causes");
        for (i, cause) in incident.causes.iter().enumerate() {
            if cause.confidence != Some(Confidence::Unknown)
                || cause.risk_accepted.is_some()
                || investigated.names(&cause.id)
            {
                continue;
            }
            let field = causes.at(i);
            let name = called(&cause.id, &field);
            let sentence = sentence! { cause = name.as_str() =>
                "the cause `{cause}` is unknown, and no action investigates it",
                "a causa `{cause}` é desconhecida, e nenhuma ação a investiga"
            };
            out.find(judged, field.key("confidence"), sentence).help = words! { cause = name =>
                "add an action of `type: investigate` with `addresses: [{cause}]`, or say in `risk_accepted` who decided not to look",
                "inclua uma ação com `type: investigate` e `addresses: [{cause}]`, ou diga em `risk_accepted` quem decidiu não investigar"
            };
        }
        if incident.causes.iter().any(|cause| cause.impacts.is_empty()) {
            continue;
        }
        let explained: HashSet<&str> =
            incident.causes.iter().flat_map(|cause| cause.impacts.iter().map(String::as_str)).collect();
        for (field, impact, measured) in judged.impacts() {
            if explained.contains(impact.id.as_str())
                || impact.caused_by.is_some()
                || measured.verdict == Verdict::NotJudged(Unjudged::Maintenance)
                || investigated.names(&impact.id)
            {
                continue;
            }
            let name = called(&impact.id, &field);
            let sentence = sentence! { impact = name.as_str() =>
                "no cause explains `{impact}`, and no action investigates it",
                "nenhuma causa explica `{impact}`, e nenhuma ação o investiga"
            };
            out.find(judged, field, sentence).help = words! { impact = name =>
                "write the cause, or add an action of `type: investigate` with `addresses: [{impact}]`",
                "escreva a causa, ou inclua uma ação com `type: investigate` e `addresses: [{impact}]`"
            };
        }
    }
}
