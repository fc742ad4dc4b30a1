//! `internal-field-in-public-template`: a template for the public names what the public view does not have.

use crate::{
    locate::Field,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Internal field in a public template
    ///
    /// A template of the workspace, under `templates/`, uses no field that the public view does not have. Where it uses one,
    /// public documents cannot be rendered, and `relato build` stops. Public documents are rendered by `relato check` only in a
    /// workspace with templates of its own: the embedded ones are held by tests.
    ///
    /// ## Why
    ///
    /// The public view is a list of what may be told, and a template can only ask it. A list of what must be kept back
    /// forgets something one day; this one cannot.
    ///
    /// ## Fires
    ///
    /// ```yaml file=templates/postmortem/body.md whole unknown=incident.severity@3:13
    /// # {{ incident.title }}
    ///
    /// {{ incident.severity }}
    /// ```
    /// > a public document has no `incident.severity`
    /// > um documento público não tem `incident.severity`
    ///
    /// ## Silent
    ///
    /// ```yaml file=templates/postmortem/body.md whole
    /// # {{ incident.title }}
    ///
    /// {% if page.audience == "internal" %}{{ incident.severity }}{% endif %}
    /// ```
    ///
    /// ## Fix
    ///
    /// Use a public field, or put the line inside `{% if page.audience == "internal" %}`.
    ///
    /// # Campo interno em template público
    ///
    /// Um template do workspace, em `templates/`, não usa campo que a visão pública não tenha. Quando usa, os documentos
    /// públicos não podem ser renderizados, e `relato build` para. O `relato check` só renderiza documentos públicos em um
    /// workspace que tem templates próprios: os embutidos são garantidos por testes.
    ///
    /// ## Por quê
    ///
    /// A visão pública é uma lista do que pode ser dito, e o template só consegue perguntar a ela. Uma lista do que precisa
    /// ficar de fora um dia esquece alguma coisa; esta não tem como.
    ///
    /// ## Correção
    ///
    /// Use um campo público ou ponha a linha dentro de `{% if page.audience == "internal" %}`.
    "internal-field-in-public-template": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.template_faults {
        let sentence = sentence! { field = fault.field.as_str() =>
            "a public document has no `{field}`",
            "um documento público não tem `{field}`"
        };
        let finding = out.find_file(&fault.file, Field::top(), sentence);
        finding.spot = Some(fault.spot);
        finding.help = words! {
            "use a public field, or put it inside `{{% if page.audience == \"internal\" %}}`",
            "use um campo público ou ponha-o dentro de `{{% if page.audience == \"internal\" %}}`"
        };
    }
}
