//! `reference-unknown`: a reference to something that is not there.

use crate::{
    language::Quantity,
    model::{FaultKind, Target},
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Reference to something that is not there
    ///
    /// What a field names must exist: impacts, events, causes and actions in the same file; services, teams and units of
    /// infrastructure in `services.yaml`; other incidents in the workspace.
    ///
    /// ## Why
    ///
    /// With a misspelt reference an action addresses nothing, and the impact it was meant for counts as unaddressed.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].impacts[1]
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: confirmed, impacts: [workflow, workfow]}
    /// ```
    /// > there is no impact `workfow` in this file
    /// > não existe o impacto `workfow` neste arquivo
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: confirmed, impacts: [workflow]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the id, or add what it names.
    ///
    /// # Referência a algo que não existe
    ///
    /// O que um campo cita tem de existir: impactos, eventos, causas e ações no mesmo arquivo; serviços, times e unidades de
    /// infraestrutura em `services.yaml`; outros incidentes no workspace.
    ///
    /// ## Por quê
    ///
    /// Com a referência errada, uma ação não trata de nada, e o impacto a que se destinava conta como não tratado.
    ///
    /// ## Correção
    ///
    /// Corrija o id ou acrescente o que ele cita.
    "reference-unknown": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for fault in case.faults {
        let FaultKind::UnknownReference { value, target, near } = &fault.kind else { continue };
        let (en, pt) = spoken(*target);
        let sentence = sentence! { target = Quantity::named(en.0, pt.0), value = value.as_str(), place = Quantity::named(en.1, pt.1) =>
            "there is no {target} `{value}` {place}",
            "não existe {target} `{value}` {place}"
        };
        let finding = out.find_fault(fault, sentence);
        finding.help = match near {
            Some(near) => {
                words! { near = near.as_str() => "did you mean `{near}`?", "você quis dizer `{near}`?" }
            }
            None => words! {
                "correct the id, or add what it names",
                "corrija o id ou acrescente o que ele cita"
            },
        };
    }
}

/// The thing and where it should be, in English and in Portuguese.
type Spoken = ((&'static str, &'static str), (&'static str, &'static str));

fn spoken(target: Target) -> Spoken {
    let (file, here) = ("in this file", "neste arquivo");
    let (catalogue, no_catalogo) = ("in services.yaml", "em services.yaml");
    match target {
        Target::Impact => (("impact", file), ("o impacto", here)),
        Target::Event => (("event", file), ("o evento", here)),
        Target::Cause => (("cause", file), ("a causa", here)),
        Target::ImpactOrCause => (("impact or cause", file), ("o impacto ou a causa", here)),
        Target::Action => (("action", file), ("a ação", here)),
        Target::Source => (("source", file), ("a fonte", here)),
        Target::Service => (("service", catalogue), ("o serviço", no_catalogo)),
        Target::Infra => {
            (("unit of infrastructure", catalogue), ("a unidade de infraestrutura", no_catalogo))
        }
        Target::Team => (("team", catalogue), ("o time", no_catalogo)),
        Target::Class => (("service class", "in relato.yaml"), ("a classe de serviço", "em relato.yaml")),
        Target::Incident => (("incident", "in this workspace"), ("o incidente", "neste workspace")),
        Target::Rule => (("rule", "in relato"), ("a regra", "no relato")),
    }
}
