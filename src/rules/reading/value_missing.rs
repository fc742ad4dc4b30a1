//! `value-missing`: the few things without which there is no incident.

use crate::{
    model::FaultKind,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Required value missing
    ///
    /// A file says `relato: 1`; an incident has an `id`, a `status` and a `title`; an impact names its `service`; an action has an
    /// `id` and a `title`; a cause has an `id`.
    ///
    /// ## Why
    ///
    /// Everything else may be unknown. Without these nothing can be spoken of.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0]
    /// impacts:
    ///   - id: workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    /// > `service` is missing
    /// > falta `service`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline: []
    /// lessons: []
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the key and its value.
    ///
    /// # Valor obrigatório ausente
    ///
    /// Um arquivo diz `relato: 1`; um incidente tem `id`, `status` e `title`; um impacto cita seu `service`; uma ação tem `id` e
    /// `title`; uma causa tem `id`.
    ///
    /// ## Por quê
    ///
    /// Todo o resto pode ser desconhecido. Sem esses valores, não há do que falar.
    ///
    /// ## Correção
    ///
    /// Escreva a chave e o valor.
    "value-missing": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.faults {
        let FaultKind::Missing { key } = &fault.kind else { continue };
        let sentence = sentence! { key = key.as_str() => "`{key}` is missing", "falta `{key}`" };
        let example = EXAMPLES.iter().find(|(name, _)| name == key).map(|(_, example)| *example);
        out.find_fault(fault, sentence).help = match example {
            Some(example) => words! { example = example => "write `{example}`", "escreva `{example}`" },
            None => words! { key = key.as_str() => "write `{key}: …`", "escreva `{key}: …`" },
        };
    }
}

/// What a newcomer would write for each required key.
const EXAMPLES: &[(&str, &str)] = &[
    ("relato", "relato: 1"),
    ("id", "id: 2022-12-18-order-imports"),
    ("title", "title: {en: …, pt-BR: …}"),
    ("status", "status: open"),
    ("service", "service: order-import"),
    ("class", "class: critical"),
    ("type", "type: note"),
    ("name", "name: {en: …, pt-BR: …}"),
];
