//! `id-not-file-name`: the file stem is the id.

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
    /// # Id and file name differ
    ///
    /// The stem of an incident's file is its id.
    ///
    /// ## Why
    ///
    /// Whoever reads "2017-11-10-oms" in a report opens the file of that name.
    ///
    /// ## Fires
    ///
    /// ```yaml id file=incidents/2026/2026-03-02-orders.yaml
    /// id: 2026-03-02-order-workflow
    /// ```
    /// > the id `2026-03-02-order-workflow` is not the name of the file, `2026-03-02-orders`
    /// > o id `2026-03-02-order-workflow` não é o nome do arquivo, `2026-03-02-orders`
    ///
    /// ## Silent
    ///
    /// ```yaml file=incidents/2026/2026-03-02-orders.yaml
    /// id: 2026-03-02-orders
    /// ```
    ///
    /// ## Fix
    ///
    /// Rename the file. Ids never change once something refers to them.
    ///
    /// # Id diferente do nome do arquivo
    ///
    /// O nome do arquivo de um incidente, sem a extensão, é o id.
    ///
    /// ## Por quê
    ///
    /// Quem lê "2017-11-10-oms" em um relatório abre o arquivo com esse nome.
    ///
    /// ## Correção
    ///
    /// Renomeie o arquivo. Ids não mudam depois que algo se refere a eles.
    "id-not-file-name": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.faults {
        let FaultKind::IdIsNotFileName { id, stem } = &fault.kind else { continue };
        let sentence = sentence! { id = id.as_str(), stem = stem.as_str() =>
            "the id `{id}` is not the name of the file, `{stem}`",
            "o id `{id}` não é o nome do arquivo, `{stem}`"
        };
        out.find_fault(fault, sentence).help = words! { id = id.as_str() =>
            "rename the file to `{id}.yaml`",
            "renomeie o arquivo para `{id}.yaml`"
        };
    }
}
