//! `action-without-done-when`: without an end state nothing is ever finished.

use crate::{
    locate::Field,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # No way to tell that an action is finished
    ///
    /// An open action (`accepted`, `in_progress`, `blocked`) says in `done_when` how everyone will know that it is done.
    ///
    /// ## Why
    ///
    /// "Monitor the latency more attentively", as VTEX promised, can never be finished. A good action is bounded: it says when
    /// it is over.
    ///
    /// ## Fires
    ///
    /// ```yaml actions[0].done_when
    /// actions:
    ///   - {id: A1, title: {en: Watch latency more closely, pt-BR: Acompanhar a latência mais de perto}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow]}
    /// ```
    /// > nothing tells when `A1` is done
    /// > nada diz quando `A1` estará concluída
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// actions:
    ///   - {id: A1, title: {en: Alert on slow search, pt-BR: Alertar em busca lenta}, type: detect, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow], done_when: {en: "the alert on p99 above 2 s fired once in a drill", pt-BR: "o alerta de p99 acima de 2 s disparou uma vez em um ensaio"}}
    ///   - {id: A2, title: {en: Rewrite the queue, pt-BR: Reescrever a fila}, type: prevent, status: proposed}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the end state: a number, a named thing, or a question with yes or no.
    ///
    /// # Sem como saber que uma ação terminou
    ///
    /// Uma ação aberta (`accepted`, `in_progress`, `blocked`) diz em `done_when` como todos saberão que ela terminou.
    ///
    /// ## Por quê
    ///
    /// "Monitorar a latência com mais atenção", como a VTEX prometeu, nunca termina. Uma boa ação é delimitada: diz quando
    /// acaba.
    ///
    /// ## Correção
    ///
    /// Escreva o estado final: um número, algo que se possa apontar ou uma pergunta de sim ou não.
    "action-without-done-when": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, action) in judged.incident.actions.iter().enumerate() {
            let told = action.done_when.as_ref().is_some_and(|done_when| !done_when.is_blank());
            if told || !action.status.is_open() {
                continue;
            }
            let field = Field::of("actions").at(i);
            let sentence = sentence! { action = called(&action.id, &field) =>
                "nothing tells when `{action}` is done",
                "nada diz quando `{action}` estará concluída"
            };
            out.find(judged, field.key("done_when"), sentence).help = words! {
                "write the end state, with a number or a yes-or-no question: `done_when: {{en: …, pt-BR: …}}`",
                "escreva o estado final, com um número ou uma pergunta de sim ou não: `done_when: {{en: …, pt-BR: …}}`"
            };
        }
    }
}
