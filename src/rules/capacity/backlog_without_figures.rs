//! `backlog-without-figures`: delayed work has recovered when the work is done.

use crate::{
    language::Quantity,
    model::Level,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # Delayed work without backlog figures
    ///
    /// An impact of level `delayed` says under `backlog` how much work piled up (`size`), when it was worked off (`drained_at`)
    /// and whether any was `dropped`. `unknown` is an answer, too.
    ///
    /// ## Why
    ///
    /// Allegro's queue would have needed 84 h, and some tasks were discarded; Productsup restored its data in order. Recovery
    /// is when the backlog is gone.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].backlog
    /// impacts:
    ///   - {id: workflow, service: order-workflow, level: delayed, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}, detection: {source: monitor}, backlog: {size: 300}}
    /// ```
    /// > `workflow` delayed work, and its backlog lacks `drained_at` and `dropped`
    /// > `workflow` atrasou trabalho, e faltam `drained_at` e `dropped` em `backlog`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - {id: workflow, service: order-workflow, level: delayed, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}, detection: {source: monitor}, backlog: {size: unknown, drained_at: 2026-03-02T10:08Z, dropped: none}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Record the size, when it was drained and what was dropped; `unknown` where nobody knows.
    ///
    /// # Trabalho atrasado sem números da fila acumulada
    ///
    /// Um impacto de nível `delayed` diz em `backlog` quanto trabalho se acumulou (`size`), quando a fila foi zerada
    /// (`drained_at`) e se algo foi descartado (`dropped`). `unknown` também é resposta.
    ///
    /// ## Por quê
    ///
    /// A fila do Allegro levaria 84 h para zerar, e algumas tarefas foram descartadas; a Productsup restaurou seus dados em
    /// ordem. A recuperação acontece quando a fila acaba.
    ///
    /// ## Correção
    ///
    /// Registre o tamanho, quando a fila foi zerada e o que foi descartado; `unknown` quando ninguém souber.
    "backlog-without-figures": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, _) in judged.impacts().filter(|(_, impact, _)| impact.level == Level::Delayed) {
            let backlog = impact.backlog.as_ref();
            let parts = [
                ("size", backlog.is_some_and(|backlog| backlog.size.is_some())),
                ("drained_at", backlog.is_some_and(|backlog| backlog.drained_at.is_some())),
                ("dropped", backlog.is_some_and(|backlog| backlog.dropped.is_some())),
            ];
            let missing: Vec<&str> =
                parts.into_iter().filter(|(_, there)| !there).map(|(part, _)| part).collect();
            if missing.is_empty() {
                continue;
            }
            let (impact, parts): (_, Quantity) =
                (called(&impact.id, &field), several(missing.iter().copied()));
            let sentence = if missing.len() == 1 {
                sentence! { impact = impact, parts = parts =>
                    "`{impact}` delayed work, and its backlog lacks {parts}",
                    "`{impact}` atrasou trabalho, e falta {parts} em `backlog`"
                }
            } else {
                sentence! { impact = impact, parts = parts =>
                    "`{impact}` delayed work, and its backlog lacks {parts}",
                    "`{impact}` atrasou trabalho, e faltam {parts} em `backlog`"
                }
            };
            out.find(judged, field.key("backlog"), sentence).help = words! {
                "write `backlog: {{size: …, drained_at: …, dropped: …}}`, with `unknown` where nobody knows",
                "escreva `backlog: {{size: …, drained_at: …, dropped: …}}`, com `unknown` quando ninguém souber"
            };
        }
    }
}
