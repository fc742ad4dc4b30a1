//! `key-duplicated`: a key written twice.

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
    /// # Key written twice
    ///
    /// In one mapping every key stands once. The first one is read.
    ///
    /// ## Why
    ///
    /// YAML readers disagree on which one counts, so two people reading the same file see two incidents.
    ///
    /// ## Fires
    ///
    /// ```yaml title.en
    /// title: {en: Orders stopped, en: Orders went on, pt-BR: Pedidos parados}
    /// ```
    /// > `en` stands twice in the same mapping
    /// > `en` aparece duas vezes no mesmo mapeamento
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// title: {en: Orders stopped, pt-BR: Pedidos parados}
    /// ```
    ///
    /// ## Fix
    ///
    /// Remove one of the two.
    ///
    /// # Chave repetida
    ///
    /// Em um mapeamento, cada chave aparece uma vez. Vale a primeira.
    ///
    /// ## Por quê
    ///
    /// Leitores de YAML discordam sobre qual vale, e duas pessoas que leem o mesmo arquivo veem dois incidentes.
    ///
    /// ## Correção
    ///
    /// Remova uma das duas.
    "key-duplicated": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.faults {
        let FaultKind::DuplicateKey { key } = &fault.kind else { continue };
        let sentence = sentence! { key = key.as_str() =>
            "`{key}` stands twice in the same mapping",
            "`{key}` aparece duas vezes no mesmo mapeamento"
        };
        out.find_fault(fault, sentence).help = words! {
            "remove one of the two; the first is read",
            "remova uma das duas; vale a primeira"
        };
    }
}
