//! What an incident names must be there: impacts, events, causes, actions of its own; services, teams and units of the
//! catalogue; other incidents of the workspace.

use std::collections::BTreeSet;

use super::reader::{Reader, is_id};
use crate::{
    locate::Path,
    model::{Catalogue, EvidenceKind, Incident, Near, Target},
};

/// Adds a fault for each name that names nothing. Names of the catalogue are looked up only while there is one;
/// whether an impact's service and class are known is judged by a rule.
pub(super) fn check(incident: &Incident, names: &Names, reader: &mut Reader<'_>) {
    let top = &Path::TOP;
    let ids = &Ids::of(incident);
    names.services(reader, top, "unaffected", &incident.unaffected);
    let here = top.key("impacts");
    for (i, impact) in incident.impacts.iter().enumerate() {
        if let Some(event) = &impact.caused_by {
            ids.events.one(reader, &here.at(i).key("caused_by"), event, Target::Event);
        }
    }
    let here = top.key("timeline");
    for (i, event) in incident.timeline.iter().enumerate() {
        let here = here.at(i);
        ids.impacts.all(reader, &here, "impacts", &event.impacts, Target::Impact);
        for (service, _) in &event.effects {
            names.service(reader, &here.key("effects").key(service), service);
        }
        if let Some(step) = &event.step {
            let here = here.key("step");
            if let Some(target) = &step.target {
                names.target(reader, &here.key("target"), target);
            }
            if let Some(hazard) = &step.hazard {
                names.services(reader, &here.key("hazard"), "affects", &hazard.affects);
            }
        }
    }
    let here = top.key("causes");
    for (i, cause) in incident.causes.iter().enumerate() {
        let here = here.at(i);
        ids.impacts.all(reader, &here, "impacts", &cause.impacts, Target::Impact);
        ids.causes.all(reader, &here, "leads_to", &cause.leads_to, Target::Cause);
        let evidence = here.key("evidence");
        for (j, item) in cause.evidence.iter().enumerate() {
            if let (Some(EvidenceKind::Document), Some(reference)) = (item.kind, &item.reference) {
                ids.document(reader, &evidence.at(j).key("ref"), reference);
            }
        }
    }
    let here = top.key("actions");
    for (i, action) in incident.actions.iter().enumerate() {
        let here = here.at(i);
        ids.addressed.all(reader, &here, "addresses", &action.addresses, Target::ImpactOrCause);
        if let Some(team) = &action.team {
            names.team(reader, &here.key("team"), team);
        }
        let contributors = here.key("contributors");
        let owner = action.owner.iter().map(|owner| (here.key("owner"), owner));
        let others = action.contributors.iter().enumerate().map(|(j, name)| (contributors.at(j), name));
        for (place, name) in owner.chain(others) {
            if name.starts_with("team:") {
                names.team(reader, &place, name);
            }
        }
    }
    let here = top.key("comms");
    for (i, post) in incident.comms.iter().enumerate() {
        let here = here.at(i);
        ids.actions.all(reader, &here, "commitments", &post.commitments, Target::Action);
        names.services(reader, &here, "services", &post.services);
    }
    if let Some(work) = &incident.maintenance {
        names.services(reader, &top.key("maintenance"), "services", &work.services);
    }
}

/// Adds a fault for each other incident that `known` does not hold. `known` is sorted.
pub(super) fn check_incidents(incident: &Incident, known: &[String], reader: &mut Reader<'_>) {
    let here = Path::TOP.key("same_cause_as");
    for (i, id) in incident.same_cause_as.iter().enumerate() {
        if !id.trim().is_empty() && known.binary_search(id).is_err() {
            // a slip is in the date or in the words; comparing with thousands of ids letter by letter is dear
            let (date, words) = (id.get(..10), id.get(10..));
            let alike = known.iter().filter(|other| other.get(..10) == date || other.get(10..) == words);
            reader.dangling(&here.at(i), id, Target::Incident, alike.map(String::as_str));
        }
    }
}

/// The ids of one file.
struct Ids<'i> {
    impacts: Known<'i>,
    events: Known<'i>,
    causes: Known<'i>,
    actions: Known<'i>,
    addressed: Known<'i>,
    sources: Known<'i>,
}

impl<'i> Ids<'i> {
    fn of(incident: &'i Incident) -> Self {
        let impacts = || incident.impacts.iter().map(|impact| impact.id.as_str());
        let causes = || incident.causes.iter().map(|cause| cause.id.as_str());
        Self {
            impacts: Known::of(impacts()),
            events: Known::of(incident.timeline.iter().map(|event| event.id.as_str())),
            causes: Known::of(causes()),
            actions: Known::of(incident.actions.iter().map(|action| action.id.as_str())),
            addressed: Known::of(impacts().chain(causes())),
            sources: Known::of(incident.sources.iter().map(|source| source.id.as_str())),
        }
    }

    /// A document may lie anywhere, so only what looks like a slip in the id of a source is a fault.
    fn document(&self, reader: &mut Reader<'_>, here: &Path<'_>, reference: &str) {
        if !is_id(reference) || self.sources.has(reference) {
            return;
        }
        let near = reader.near(reference, self.sources.0.iter().copied());
        if near.is_some() {
            reader.unknown(here, reference, Target::Source, near);
        }
    }
}

/// Sorted ids.
struct Known<'i>(Vec<&'i str>);

impl<'i> Known<'i> {
    fn of(ids: impl Iterator<Item = &'i str>) -> Self {
        let mut ids: Vec<&str> = ids.filter(|id| !id.is_empty()).collect();
        ids.sort_unstable();
        Self(ids)
    }

    fn has(&self, id: &str) -> bool {
        self.0.binary_search(&id).is_ok()
    }

    fn one(&self, reader: &mut Reader<'_>, here: &Path<'_>, id: &str, target: Target) {
        // an empty item is a fault already
        if !id.trim().is_empty() && !self.has(id) {
            reader.dangling(here, id, target, self.0.iter().copied());
        }
    }

    fn all(&self, reader: &mut Reader<'_>, at: &Path<'_>, key: &str, ids: &[String], target: Target) {
        let here = at.key(key);
        for (i, id) in ids.iter().enumerate() {
            self.one(reader, &here.at(i), id, target);
        }
    }
}

/// The names of the catalogue, ready to be looked up.
#[derive(Debug, Default)]
pub(crate) struct Names {
    present: bool,
    services: BTreeSet<String>,
    infra: BTreeSet<String>,
    teams: BTreeSet<String>,
}

impl Names {
    /// The names of this catalogue.
    pub(crate) fn of(catalogue: &Catalogue) -> Self {
        Self {
            present: catalogue.present,
            services: catalogue.services.iter().map(|service| service.id.clone()).collect(),
            infra: catalogue.infra.iter().map(|unit| unit.id.clone()).collect(),
            teams: catalogue.teams.iter().map(|team| team.id.clone()).collect(),
        }
    }

    pub(super) fn services(&self, reader: &mut Reader<'_>, at: &Path<'_>, key: &str, ids: &[String]) {
        let here = at.key(key);
        for (i, id) in ids.iter().enumerate() {
            self.service(reader, &here.at(i), id);
        }
    }

    pub(super) fn service(&self, reader: &mut Reader<'_>, here: &Path<'_>, id: &str) {
        if self.present && !id.trim().is_empty() && !self.services.contains(id) {
            reader.dangling(here, id, Target::Service, self.services.iter().map(String::as_str));
        }
    }

    /// A service, or a unit of shared fate.
    pub(super) fn service_or_infra(&self, reader: &mut Reader<'_>, here: &Path<'_>, id: &str) {
        if !self.infra.contains(id) {
            self.service(reader, here, id);
        }
    }

    pub(super) fn infra(&self, reader: &mut Reader<'_>, here: &Path<'_>, id: &str) {
        if self.present && !id.trim().is_empty() && !self.infra.contains(id) {
            reader.dangling(here, id, Target::Infra, self.infra.iter().map(String::as_str));
        }
    }

    /// A team's id, with or without `team:` before it.
    pub(super) fn team(&self, reader: &mut Reader<'_>, here: &Path<'_>, id: &str) {
        let bare = id.strip_prefix("team:");
        let team = bare.unwrap_or(id);
        if !self.present || self.teams.contains(team) {
            return;
        }
        let near = reader.near(team, self.teams.iter().map(String::as_str));
        // what is shown to be written instead keeps the form that was written
        let near = near.map(|near| match bare {
            Some(_) => Near { word: format!("team:{}", near.word), ..near },
            None => near,
        });
        reader.unknown(here, id, Target::Team, near);
    }

    /// `infra:x` or `service:x`.
    fn target(&self, reader: &mut Reader<'_>, here: &Path<'_>, target: &str) {
        if !self.present {
            return;
        }
        let (kind, known) = match target.split_once(':') {
            Some(("service", id)) => (Target::Service, self.services.contains(id)),
            Some(("infra", id)) => (Target::Infra, self.infra.contains(id)),
            _ => (Target::Infra, false),
        };
        if known {
            return;
        }
        // a bare name is that of a unit or of a service without its prefix
        let near = if self.infra.contains(target) {
            Some(Near { word: format!("infra:{target}"), sure: !self.services.contains(target) })
        } else if self.services.contains(target) {
            Some(Near { word: format!("service:{target}"), sure: true })
        } else {
            let infra = self.infra.iter().map(|id| format!("infra:{id}"));
            let services = self.services.iter().map(|id| format!("service:{id}"));
            let all: Vec<String> = infra.chain(services).collect();
            reader.near(target, all.iter().map(String::as_str))
        };
        reader.unknown(here, target, kind, near);
    }
}
