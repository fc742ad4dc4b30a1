//! `single-cause-story`: what began it is rarely why it lasted.

use std::collections::HashSet;

use crate::{
    measure::Verdict,
    model::{CauseRole, Class},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Single-cause story for a critical service
    ///
    /// When a service of the strictest class missed its target, its causes are not only of role `root` or `trigger`: at
    /// least one is `contributing`, `latent`, `detection` or `response`. Without any cause, another rule asks for one.
    ///
    /// ## Why
    ///
    /// VTEX's order workflow stopped because it shared servers with search. It stayed off for 6 hours because switching
    /// those servers off was a habit, and because customers were told to wait for search. Only the second and the third
    /// tell how to make it short.
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
    /// causes:
    ///   - {id: c1, role: root, category: coupling, confidence: likely, impacts: [workflow]}
    /// ```
    /// > the causes of `workflow` tell how it began, and not why it lasted
    /// > as causas de `workflow` dizem como ele começou, mas não por que durou
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
    /// causes:
    ///   - {id: c1, role: root, category: coupling, confidence: likely, impacts: [workflow]}
    ///   - {id: c2, role: response, category: process, confidence: likely, impacts: [workflow]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Ask why it was possible, why it was not seen, and why it was slow; write each answer as a cause.
    ///
    /// # História de causa única em um serviço crítico
    ///
    /// Quando um serviço da classe mais exigente não cumpriu a meta, suas causas não têm apenas os papéis `root` e
    /// `trigger`: ao menos uma é `contributing`, `latent`, `detection` ou `response`. Sem causa alguma, outra regra pede
    /// uma.
    ///
    /// ## Por quê
    ///
    /// O workflow de pedidos da VTEX parou porque dividia servidores com a busca. Ficou parado por 6 horas porque desligar
    /// esses servidores era um hábito e porque se disse aos clientes que esperassem pela busca. Só o segundo e o terceiro
    /// motivos ensinam a encurtar a parada.
    ///
    /// ## Correção
    ///
    /// Pergunte por que foi possível, por que não foi visto e por que demorou; escreva cada resposta como uma causa.
    "single-cause-story": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(strictest) = case.settings.classes.iter().map(Class::target_seconds).min() else { return };
    for judged in case.incidents {
        let (mut any, mut lasting) = (Explained::default(), Explained::default());
        for cause in &judged.incident.causes {
            any.add(&cause.impacts);
            if !matches!(cause.role, None | Some(CauseRole::Root | CauseRole::Trigger)) {
                lasting.add(&cause.impacts);
            }
        }
        for (field, impact, measured) in judged.impacts() {
            let missed = measured.verdict == Verdict::Breached && measured.target == Some(strictest);
            if !missed || !any.has(&impact.id) || lasting.has(&impact.id) {
                continue;
            }
            let sentence = sentence! { impact = called(&impact.id, &field) =>
                "the causes of `{impact}` tell how it began, and not why it lasted",
                "as causas de `{impact}` dizem como ele começou, mas não por que durou"
            };
            out.find(judged, field, sentence).help = words! {
                "add what made it possible, unseen or slow, as a cause of `role: contributing`, `latent`, `detection` or `response`",
                "inclua o que o tornou possível, invisível ou demorado, como causa com `role: contributing`, `latent`, `detection` ou `response`"
            };
        }
    }
}

/// The impacts that some causes explain; one that names none explains all.
#[derive(Default)]
struct Explained<'a> {
    all: bool,
    impacts: HashSet<&'a str>,
}

impl<'a> Explained<'a> {
    fn add(&mut self, impacts: &'a [String]) {
        self.all |= impacts.is_empty();
        self.impacts.extend(impacts.iter().map(String::as_str));
    }

    fn has(&self, impact: &str) -> bool {
        self.all || self.impacts.contains(impact)
    }
}
