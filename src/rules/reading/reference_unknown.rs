//! `reference-unknown`: a reference to something that is not there.

use crate::{
    finding::Fix,
    format::{near, shorten},
    language::Quantity,
    locate::Field,
    model::{Fault, FaultKind, Incident, Target},
    rules::{
        self, Case, RULES,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Reference to something that is not there
    ///
    /// What a field names must exist: impacts, events, causes and actions in the same file; services, teams and units
    /// of infrastructure in `services.yaml`; other incidents in the workspace; rules in relato.
    ///
    /// ## Why
    ///
    /// With a misspelt reference an action addresses nothing, and the impact it was meant for counts as unaddressed.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].impacts[1]
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [workflow, workfow]}
    /// ```
    /// > there is no impact `workfow` in this file
    /// > não existe o impacto `workfow` neste arquivo
    ///
    /// ```yaml waivers[0].rule
    /// waivers:
    ///   - {rule: action-overdu, reason: {en: Agreed., pt-BR: Combinado.}, approved_by: role:lead, until: 2026-06-30}
    /// ```
    /// > there is no rule `action-overdu` in relato
    /// > não existe a regra `action-overdu` no relato
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [workflow]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the id, or add what it names.
    ///
    /// # Referência a algo que não existe
    ///
    /// O que um campo cita tem de existir: impactos, eventos, causas e ações no mesmo arquivo; serviços, equipes e
    /// unidades de infraestrutura em `services.yaml`; outros incidentes no workspace; regras no relato.
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
    for fault in case.faults.iter().cloned().chain(unknown_rules(case)) {
        let FaultKind::UnknownReference { value, target, near } = &fault.kind else { continue };
        let (en, pt) = spoken(*target);
        let sentence = sentence! { target = Quantity::named(en.0, pt.0), value = value.as_str(), place = Quantity::named(en.1, pt.1) =>
            "there is no {target} `{value}` {place}",
            "não existe {target} `{value}` {place}"
        };
        let finding = out.find_fault(&fault, sentence);
        let sure = near.as_ref().filter(|near| near.sure && is_certain(case, &fault, value, near.as_str()));
        finding.fix = sure.map(|near| Fix::new(value, near.as_str()));
        finding.help = match (near, target) {
            (Some(near), _) => {
                words! { near = near.as_str() => "did you mean `{near}`?", "você quis dizer `{near}`?" }
            }
            (None, Target::Rule) => words! {
                "`relato explain --list` shows the rules there are",
                "`relato explain --list` mostra as regras que existem"
            },
            (None, _) => words! {
                "correct the id, or add what it names",
                "corrija o id ou acrescente o que ele cita"
            },
        };
    }
}

/// Whether it is the reference that is misspelt, and not what it names: in one file, the one that stands alone is wrong.
fn is_certain(case: &Case<'_>, fault: &Fault, value: &str, near: &str) -> bool {
    match fault.kind {
        FaultKind::UnknownReference { target: Target::Event | Target::Action | Target::Source, .. } => false,
        FaultKind::UnknownReference {
            target: Target::Impact | Target::Cause | Target::ImpactOrCause,
            ..
        } => {
            let same = |other: &&Fault| matches!(&other.kind, FaultKind::UnknownReference { value: it, .. } if it == value);
            let alone = case.faults.iter().filter(same).count() == 1;
            // an impact without an id of its own has its service's, which may be what is misspelt
            let unknown = |other: &Fault| matches!(&other.kind, FaultKind::UnknownReference { value: it, target: Target::Service, .. } if it == near);
            alone
                && !case.faults.iter().any(unknown)
                && case.incidents.iter().any(|it| refers_to(it.incident, near))
        }
        _ => true,
    }
}

/// Whether something of the incident names this impact or cause.
fn refers_to(incident: &Incident, id: &str) -> bool {
    let events = incident.timeline.iter().flat_map(|event| &event.impacts);
    let causes = incident.causes.iter().flat_map(|cause| cause.impacts.iter().chain(&cause.leads_to));
    let actions = incident.actions.iter().flat_map(|action| &action.addresses);
    events.chain(causes).chain(actions).any(|named| named == id)
}

/// Names of rules that no rule has: in the settings, and in waivers. Reading a file cannot tell: it knows no rules.
fn unknown_rules(case: &Case<'_>) -> impl Iterator<Item = Fault> {
    let severity = Field::of("rules").key("severity");
    let levels = case.settings_file.into_iter().flat_map(move |file| {
        let severity = severity.clone();
        let severity = severity.clone();
        case.settings.levels.iter().filter_map(move |(name, _)| {
            let is_known = rules::find(name).is_ok() || name.is_empty();
            (!is_known).then(|| unknown_rule(file, severity.key(name), name))
        })
    });
    let waivers = case.incidents.iter().flat_map(|judged| {
        let at = |i: usize| Field::of("waivers").at(i).key("rule");
        let waivers = judged.incident.waivers.iter().enumerate();
        // of a name near none `waiver-unused` speaks
        let is_slip = |name: &str| !name.is_empty() && rules::find(name).is_err_and(|near| near.is_some());
        waivers
            .filter(move |(_, waiver)| is_slip(&waiver.rule))
            .map(move |(i, waiver)| unknown_rule(judged.file, at(i), &waiver.rule))
    });
    levels.chain(waivers)
}

fn unknown_rule(file: &str, field: Field, name: &str) -> Fault {
    let kind = FaultKind::UnknownReference {
        value: shorten(name),
        target: Target::Rule,
        near: near(name, RULES.iter().map(|rule| rule.name)),
    };
    Fault { file: file.to_owned(), field, spot: None, kind }
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
        Target::Team => (("team", catalogue), ("a equipe", no_catalogo)),
        Target::Class => (("service class", "in relato.yaml"), ("a classe de serviço", "em relato.yaml")),
        Target::Incident => (("incident", "in this workspace"), ("o incidente", "neste workspace")),
        Target::Rule => (("rule", "in relato"), ("a regra", "no relato")),
    }
}
