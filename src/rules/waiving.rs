//! Waivers: what an incident's file says is accepted for a time, held against what the rules found.

use std::collections::{BTreeSet, HashMap};

use super::{Case, Group, Judged, Rule, find, sink::OF_DOCUMENTS};
use crate::{
    archive::SERVICES_FILE,
    finding::{Accepted, Finding, Words},
    format::near,
    locate::{Field, Step},
    model::{Incident, Localized, Near, Status, Waiver},
    time::Date,
};

/// Rules about waivers: a waiver of them would hide itself.
const OF_WAIVERS: [&str; 2] = ["waiver-unused", "waiver-without-end"];

/// The waivers of one incident, kept until every rule has spoken: rules across incidents speak last. Most incidents have
/// none, and nothing is kept for them.
#[derive(Clone, Debug)]
pub struct Waivers {
    pub(super) file: String,
    pub(super) status: Status,
    entries: Vec<Entry>,
    /// Those in force, by rule and target; of equal ones the first.
    in_force: HashMap<(String, Option<String>), InForce>,
    /// What a waiver may name, by the item of the file that it then covers.
    names: HashMap<(String, usize), Vec<String>>,
}

#[derive(Clone, Debug)]
struct Entry {
    rule: String,
    target: Option<String>,
    /// The day it ran out.
    ended: Option<Date>,
}

#[derive(Clone, Debug)]
struct InForce {
    accepted: Accepted,
    used: bool,
}

/// Why a waiver waives nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Idle {
    /// No rule has this name, nor one near it.
    NoRule,
    /// What this rule finds cannot be accepted.
    Fixed,
    /// The target is nothing of this file, nor of the catalogue.
    NoTarget {
        /// The nearest that is there.
        near: Option<Near>,
        /// Some that are there.
        there: Vec<String>,
    },
    /// It ran out on this day.
    Ended(Date),
    /// The rule found nothing there.
    Nothing,
}

impl Waivers {
    /// The waivers of an incident; `None` when it has none.
    pub fn of(judged: &Judged<'_>, case: &Case<'_>) -> Option<Self> {
        let incident = judged.incident;
        if incident.waivers.is_empty() {
            return None;
        }
        let today = judged.zone(case).date(case.as_of);
        let mut entries = Vec::new();
        let mut in_force = HashMap::new();
        for waiver in &incident.waivers {
            let ended = waiver.until.filter(|until| *until < today);
            let waivable = find(&waiver.rule).is_ok_and(is_waivable);
            if ended.is_none() && waivable {
                let key = (waiver.rule.clone(), waiver.target.clone());
                in_force.entry(key).or_insert_with(|| InForce { accepted: accepted(waiver), used: false });
            }
            entries.push(Entry { rule: waiver.rule.clone(), target: waiver.target.clone(), ended });
        }
        let (file, status) = (judged.file.to_owned(), incident.status);
        Some(Self { file, status, entries, in_force, names: names(incident) })
    }

    /// Each waiver that waives nothing: its position, rule and target, and why. Asked after every rule has spoken.
    pub(super) fn idle(&self, case: &Case<'_>) -> Vec<(usize, &str, Option<&str>, Idle)> {
        let own: BTreeSet<&str> = self.names.values().flatten().map(String::as_str).collect();
        let mut idle = Vec::new();
        let mut slips = 0;
        for (i, entry) in self.entries.iter().enumerate() {
            let target = entry.target.as_deref();
            let why = match find(&entry.rule) {
                // a missing name, and a slip of the pen, are told where they stand
                Err(near) if near.is_some() || entry.rule.is_empty() => continue,
                Err(_) => Idle::NoRule,
                Ok(rule) if !is_waivable(rule) => Idle::Fixed,
                Ok(_) => match (target.filter(|target| !is_there(target, &own, case)), entry.ended) {
                    (Some(target), _) => {
                        slips += 1;
                        without_target(target, &own, case, slips)
                    }
                    (None, Some(day)) => Idle::Ended(day),
                    (None, None) if self.is_used(entry) => continue,
                    // asked only where documents are rendered
                    (None, None) if OF_DOCUMENTS.contains(&entry.rule.as_str()) => continue,
                    (None, None) => Idle::Nothing,
                },
            };
            idle.push((i, entry.rule.as_str(), target, why));
        }
        idle
    }

    fn is_used(&self, entry: &Entry) -> bool {
        self.in_force.get(&(entry.rule.clone(), entry.target.clone())).is_some_and(|one| one.used)
    }

    /// The waiver in force that covers a finding about `own` file or about the catalogue. Marks it used.
    fn cover(&mut self, finding: &Finding) -> Option<Accepted> {
        let mut targets = Vec::new();
        if finding.file == self.file {
            targets.push(None);
            let names = item(&finding.field).and_then(|item| self.names.get(&item));
            targets.extend(names.into_iter().flatten().cloned().map(Some));
        } else {
            targets.push(Some(of_catalogue(&finding.field)?));
        }
        let mut first = None;
        for target in targets {
            if let Some(waiver) = self.in_force.get_mut(&(finding.rule.to_owned(), target)) {
                waiver.used = true;
                first = first.or_else(|| Some(waiver.accepted.clone()));
            }
        }
        first
    }
}

/// Marks what the waivers cover: findings about their own file; by `service:` and `infra:`, about the catalogue's entry
/// too.
pub(super) fn mark(findings: &mut [Finding], waivers: &mut [Waivers]) {
    if waivers.is_empty() {
        return;
    }
    let by_file: HashMap<String, usize> = waivers.iter().map(|own| own.file.clone()).zip(0..).collect();
    for finding in findings {
        if finding.file == SERVICES_FILE {
            for own in waivers.iter_mut() {
                let accepted = own.cover(finding);
                finding.waiver = finding.waiver.take().or(accepted);
            }
        } else if let Some(own) = by_file.get(&finding.file).and_then(|i| waivers.get_mut(*i)) {
            finding.waiver = own.cover(finding);
        }
    }
}

fn is_there(target: &str, own: &BTreeSet<&str>, case: &Case<'_>) -> bool {
    own.contains(target)
        || target.strip_prefix("service:").is_some_and(|id| case.catalogue.service(id).is_some())
        || target.strip_prefix("infra:").is_some_and(|id| case.catalogue.infra(id).is_some())
}

/// `slips` is how many there were in this file: comparing words is dear, and one file cannot ask for much of it.
fn without_target(target: &str, own: &BTreeSet<&str>, case: &Case<'_>, slips: usize) -> Idle {
    const FEW: usize = 8;
    const MOST: usize = 50;
    let services = case.catalogue.services.iter().map(|service| format!("service:{}", service.id));
    let infra = case.catalogue.infra.iter().map(|unit| format!("infra:{}", unit.id));
    let near = (slips <= MOST).then(|| {
        let catalogue: Vec<String> = services.chain(infra).collect();
        near(target, own.iter().copied().chain(catalogue.iter().map(String::as_str)))
    });
    let there = own.iter().take(FEW).map(|name| (*name).to_owned()).collect();
    Idle::NoTarget { near: near.flatten(), there }
}

/// What cannot be read is judged by nothing else, so nobody can accept it.
pub(super) fn is_waivable(rule: &Rule) -> bool {
    rule.group() != Group::Reading && !OF_WAIVERS.contains(&rule.name)
}

fn accepted(waiver: &Waiver) -> Accepted {
    let told = |text: &Localized, tag| text.nearest(tag).map(|(_, text)| text.to_owned()).unwrap_or_default();
    let reason = waiver.reason.as_ref().map(|text| Words { en: told(text, "en"), pt: told(text, "pt-BR") });
    Accepted {
        reason: reason.unwrap_or_default(),
        approved_by: waiver.approved_by.clone(),
        until: waiver.until,
    }
}

/// The list and the position that a field lies in.
fn item(field: &Field) -> Option<(String, usize)> {
    match field.steps() {
        [Step::Key(list), Step::Index(index), ..] => Some((list.clone(), *index)),
        _ => None,
    }
}

/// What a waiver may name to cover an item of the file: the id of the impact, event, cause or action; the service of an
/// impact as `service:x`; the target of a step as it is written; a service that is claimed to be unaffected.
fn names(incident: &Incident) -> HashMap<(String, usize), Vec<String>> {
    let mut names: HashMap<(String, usize), Vec<String>> = HashMap::new();
    let mut add = |list: &str, i: usize, id: &str, other: Option<String>| {
        let id = Some(id.to_owned()).filter(|id| !id.is_empty());
        names.insert((list.to_owned(), i), id.into_iter().chain(other).collect());
    };
    for (i, impact) in incident.impacts.iter().enumerate() {
        add("impacts", i, &impact.id, Some(format!("service:{}", impact.service)));
    }
    for (i, event) in incident.timeline.iter().enumerate() {
        add("timeline", i, &event.id, event.step.as_ref().and_then(|step| step.target.clone()));
    }
    for (i, cause) in incident.causes.iter().enumerate() {
        add("causes", i, &cause.id, None);
    }
    for (i, service) in incident.unaffected.iter().enumerate() {
        add("unaffected", i, service, Some(format!("service:{service}")));
    }
    for (i, action) in incident.actions.iter().enumerate() {
        add("actions", i, &action.id, None);
    }
    names
}

/// What a waiver names to cover an entry of the catalogue: `service:x`, `infra:x`.
fn of_catalogue(field: &Field) -> Option<String> {
    match field.steps() {
        [Step::Key(list), Step::Key(id), ..] if list == "services" => Some(format!("service:{id}")),
        [Step::Key(list), Step::Key(id), ..] if list == "infra" => Some(format!("infra:{id}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Kind, Severity};

    fn finding(file: &str, field: Field) -> Finding {
        Finding {
            rule: "recovery-not-verified",
            severity: Severity::Warning,
            kind: Kind::Fact,
            file: file.to_owned(),
            field,
            spot: None,
            excerpt: None,
            message: Words::default(),
            help: Words::default(),
            values: Default::default(),
            fix: None,
            related: Vec::new(),
            waiver: None,
        }
    }

    #[test]
    fn a_service_or_unit_is_waived_in_the_catalogue_and_by_name_alone() {
        for (target, file, field, waived) in [
            (Some("service:shop"), SERVICES_FILE, Field::of("services").key("shop").key("class"), true),
            (Some("service:shop"), SERVICES_FILE, Field::of("services").key("shopping"), false),
            (Some("infra:workers"), SERVICES_FILE, Field::of("infra").key("workers"), true),
            (Some("infra:workers"), SERVICES_FILE, Field::of("services").key("workers"), false),
            (Some("service:shop"), "incidents/b.yaml", Field::of("impacts").at(0), false),
            (Some("service:shop"), "incidents/a.yaml", Field::of("impacts").at(0), true),
            (Some("service:shop"), "incidents/a.yaml", Field::of("impacts").at(1), false),
            // the file of the incident is not the catalogue
            (None, SERVICES_FILE, Field::of("services").key("shop"), false),
            (None, "incidents/a.yaml", Field::of("title"), true),
        ] {
            let key = ("recovery-not-verified".to_owned(), target.map(str::to_owned));
            let mut waivers = [Waivers {
                file: "incidents/a.yaml".to_owned(),
                status: Status::Reviewed,
                entries: Vec::new(),
                in_force: HashMap::from([(key, InForce { accepted: Accepted::default(), used: false })]),
                names: HashMap::from([(("impacts".to_owned(), 0), vec!["service:shop".to_owned()])]),
            }];
            let mut findings = [finding(file, field.clone())];
            mark(&mut findings, &mut waivers);
            assert_eq!(findings[0].is_waived(), waived, "{target:?} {file} {field}");
            assert_eq!(waivers[0].in_force.values().all(|one| one.used), waived);
        }
    }
}
