//! `step-without-verification`: a step that nobody can see work is a hope.

use crate::{
    model::{Intent, Step},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Step without verification
    ///
    /// A step of intent `mitigate` or `recover` says under `verify` what to look at (`signal`) or what it should show
    /// (`expect`). Attempts at one `key` are one step: told once in a file, and answered by any of them.
    ///
    /// ## Why
    ///
    /// Order Desk ran confirmation tests before it turned imports on again; which they were, its post does not say. Action,
    /// expected sign, wait, else escalate: that is the shape of a step that the next person on call can use.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].step.verify
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: restart-importer, intent: recover, title: {en: Restart the importer, pt-BR: Reiniciar o importador}, outcome: worked}}
    /// ```
    /// > `e1` does not say how to see that it worked
    /// > `e1` não diz como confirmar que funcionou
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: restart-importer, intent: recover, title: {en: Restart the importer, pt-BR: Reiniciar o importador}, outcome: failed}}
    ///   - {id: e2, at: 2026-03-02T10:06Z, type: step, impacts: [workflow], step: {key: restart-importer, attempt: 2, intent: recover, title: {en: Restart the importer, pt-BR: Reiniciar o importador}, outcome: worked, verify: {signal: imports_per_minute, expect: {en: more than 0, pt-BR: mais de 0}, within: 5m}}}
    ///   - {id: e3, at: 2026-03-02T10:07Z, type: step, impacts: [workflow], step: {key: read-logs, intent: diagnose, title: {en: Read the logs, pt-BR: Ler os logs}}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Name the signal, what it should show, and how long to wait for it.
    ///
    /// # Passo sem verificação
    ///
    /// Um passo com intenção `mitigate` ou `recover` diz em `verify` o que observar (`signal`) ou o que deve aparecer
    /// (`expect`). Tentativas de uma mesma `key` são um só passo: o achado aparece uma vez por arquivo, e basta que uma
    /// delas traga o que falta.
    ///
    /// ## Por quê
    ///
    /// A Order Desk fez testes de confirmação antes de religar as importações; quais foram, o post não diz. Ação, sinal
    /// esperado, espera e, se ele não vier, acionamento: essa é a forma de um passo que o próximo plantonista consegue
    /// usar.
    ///
    /// ## Correção
    ///
    /// Diga o sinal, o que ele deve mostrar e quanto esperar por ele.
    "step-without-verification": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let acts = |step: &Step| matches!(step.intent, Some(Intent::Mitigate | Intent::Recover));
        for (field, event) in judged.steps_lacking(acts, is_verifiable) {
            let sentence = sentence! { step = called(&event.id, &field) =>
                "`{step}` does not say how to see that it worked",
                "`{step}` não diz como confirmar que funcionou"
            };
            out.find(judged, field.key("step").key("verify"), sentence).help = words! {
                "name the signal and the wait: `verify: {{signal: …, expect: …, within: 5m}}`",
                "diga o sinal e a espera: `verify: {{signal: …, expect: …, within: 5m}}`"
            };
        }
    }
}

/// It says what to look at, or what that should show.
fn is_verifiable(step: &Step) -> bool {
    step.verify.as_ref().is_some_and(|verify| {
        verify.signal.is_some() || verify.expect.as_ref().is_some_and(|expect| !expect.is_blank())
    })
}
