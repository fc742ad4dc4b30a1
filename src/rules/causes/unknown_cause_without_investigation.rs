//! `unknown-cause-without-investigation`: not knowing is fine; not looking is not.

use crate::{
    model::{ActionType, Confidence},
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Cause unknown, and nobody is looking into it
    ///
    /// Each cause of confidence `unknown`, and each impact that no cause explains, is addressed by an action of type
    /// `investigate`. A cause whose risk was accepted by a role is left alone.
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
    /// > nenhuma causa explica `workflow`, e nenhuma ação a investiga
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: root, category: unknown, confidence: unknown, impacts: [workflow]}
    /// actions:
    ///   - {id: A1, title: {en: Find out what changed the counter, pt-BR: Descobrir o que mudou o contador}, type: investigate, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [c1]}
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
    /// `investigate`. Uma causa cujo risco foi aceito por um papel fica de fora.
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
        let investigated = |id: &str| {
            incident.actions.iter().any(|action| {
                action.kind == Some(ActionType::Investigate) && action.addresses.iter().any(|it| it == id)
            })
        };
        let causes = crate::locate::Field::of("causes");
        for (i, cause) in incident.causes.iter().enumerate() {
            if cause.confidence != Some(Confidence::Unknown)
                || cause.risk_accepted.is_some()
                || investigated(&cause.id)
            {
                continue;
            }
            let sentence = sentence! { cause = cause.id.as_str() =>
                "the cause `{cause}` is unknown, and no action investigates it",
                "a causa `{cause}` é desconhecida, e nenhuma ação a investiga"
            };
            out.find(judged, causes.at(i).key("confidence"), sentence).help = words! { cause = cause.id.as_str() =>
                "add an action of `type: investigate` with `addresses: [{cause}]`, or say in `risk_accepted` who decided not to look",
                "inclua uma ação com `type: investigate` e `addresses: [{cause}]`, ou diga em `risk_accepted` quem decidiu não investigar"
            };
        }
        for (field, impact, _) in judged.impacts() {
            let explained = incident
                .causes
                .iter()
                .any(|cause| cause.impacts.is_empty() || cause.impacts.contains(&impact.id))
                || impact.caused_by.is_some();
            if explained || investigated(&impact.id) {
                continue;
            }
            let sentence = sentence! { impact = impact.id.as_str() =>
                "no cause explains `{impact}`, and no action investigates it",
                "nenhuma causa explica `{impact}`, e nenhuma ação a investiga"
            };
            out.find(judged, field, sentence).help = words! { impact = impact.id.as_str() =>
                "write the cause, or add an action of `type: investigate` with `addresses: [{impact}]`",
                "escreva a causa, ou inclua uma ação com `type: investigate` e `addresses: [{impact}]`"
            };
        }
    }
}
