//! What rules see that look across incidents: a few plain values of each, kept while the incidents themselves pass by.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Case, Judged};
use crate::{
    ledger::Ledger,
    locate::Field,
    measure::{Verdict, days_overdue},
    model::{
        ActionStatus, ActionType, Catalogue, Cause, CauseRole, Confidence, Due, Event, IncidentKind, Outcome,
        Settings, Status,
    },
    time::{Date, Instant, Zone, read_date},
};

/// What is kept of one incident. Small on purpose: ten thousand of these are in memory at once, the incidents never are.
#[derive(Clone, Debug, PartialEq)]
pub struct Digest {
    /// Its file, relative to the workspace.
    pub file: String,
    /// Its id.
    pub id: String,
    /// Incident, near miss or maintenance.
    pub kind: IncidentKind,
    /// How far it is.
    pub status: Status,
    /// The zone of its days: its own, else the organisation's.
    pub zone: Zone,
    /// The day it is counted on: that of its id, else that of its first known start.
    pub day: Option<Date>,
    /// Ids of incidents with the same cause.
    pub same_cause_as: Vec<String>,
    /// The last day of a review with a decision.
    pub reviewed_on: Option<Date>,
    /// One for each impact, in the order of the file.
    pub impacts: Vec<ImpactDigest>,
    /// The actions of type `prevent`, in the order of the file.
    pub fixes: Vec<FixDigest>,
    /// The steps that have a key, in the order of the file.
    pub tried: Vec<TriedDigest>,
}

/// What is kept of one impact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImpactDigest {
    /// Its id.
    pub id: String,
    /// The service's id.
    pub service: String,
    /// The class in force at its start.
    pub class: Option<String>,
    /// The verdict on recovery.
    pub verdict: Verdict,
    /// A cause is confirmed that explains why it happened: one whose role is not only to have made it larger, longer or
    /// unseen.
    pub cause_confirmed: bool,
    /// A step that was for it worked, at least in part; or the step that caused it says how to undo it.
    pub step_helped: bool,
}

/// What is kept of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriedDigest {
    /// The event's position in the timeline.
    pub index: usize,
    /// What its evidence is grouped by.
    pub key: String,
    /// What it did.
    pub outcome: Option<Outcome>,
    /// A person keeps it recommended, with a reason.
    pub kept: bool,
    /// Positions of the impacts it was for; none when it names none, and may have been for any.
    pub impacts: Vec<usize>,
}

/// What is kept of an action that is to keep an incident from happening again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixDigest {
    /// Its position among the incident's actions.
    pub index: usize,
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub status: ActionStatus,
    /// When it was written down.
    pub created_on: Option<Date>,
    /// When it must be done.
    pub due: Option<Date>,
    /// When it was done.
    pub done_on: Option<Date>,
    /// Civil days by which it is overdue as of the moment of asking; 0 when it is not.
    pub days_overdue: i64,
    /// Positions of the impacts it is for, named by itself or by a cause that it addresses.
    pub impacts: Vec<usize>,
}

impl Digest {
    /// What is to be kept of an incident.
    pub fn of(judged: &Judged<'_>, settings: &Settings, catalogue: &Catalogue, as_of: Instant) -> Self {
        let incident = judged.incident;
        let zone = incident.zone.unwrap_or(settings.org.zone);
        let first = judged.measured.impacts.iter().filter_map(|impact| impact.started.earliest).min();
        let confirmed = Confirmed::of(&incident.causes);
        let positions: HashMap<&str, usize> =
            incident.impacts.iter().map(|impact| impact.id.as_str()).zip(0..).collect();
        let explained: HashMap<&str, &[String]> =
            incident.causes.iter().map(|cause| (cause.id.as_str(), cause.impacts.as_slice())).collect();
        let helped = helped(&incident.timeline);
        let helped = helped.as_ref();
        let undone = with_way_back(&incident.timeline);
        let measured = judged.measured.impacts.iter();
        let impacts = incident.impacts.iter().zip(measured).map(|(impact, measured)| ImpactDigest {
            id: impact.id.clone(),
            service: impact.service.clone(),
            class: measured.class.clone(),
            verdict: measured.verdict,
            cause_confirmed: confirmed.explains(&impact.id),
            step_helped: helped.is_none_or(|helped| {
                helped.contains(impact.id.as_str())
                    || impact.caused_by.as_deref().is_some_and(|event| undone.contains(event))
            }),
        });
        let prevents =
            |(_, action): &(usize, &crate::model::Action)| action.kind == Some(ActionType::Prevent);
        let fixes = incident.actions.iter().enumerate().filter(prevents).map(|(index, action)| {
            let reached = action.addresses.iter().flat_map(|id| match explained.get(id.as_str()) {
                // a cause that names no impact explains them all
                Some([]) => (0..incident.impacts.len()).collect(),
                Some(ids) => ids.iter().filter_map(|id| positions.get(id.as_str()).copied()).collect(),
                None => positions.get(id.as_str()).copied().into_iter().collect::<Vec<_>>(),
            });
            let mut impacts: Vec<usize> = reached.collect();
            impacts.sort_unstable();
            impacts.dedup();
            FixDigest {
                index,
                id: action.id.clone(),
                status: action.status,
                created_on: action.created_on,
                due: action.due.as_ref().and_then(Due::date),
                done_on: action.done_on,
                days_overdue: days_overdue(action, incident, settings, catalogue, as_of),
                impacts,
            }
        });
        let tried = incident.timeline.iter().enumerate().filter_map(|(index, event)| {
            let step = event.step.as_ref()?;
            let reason = step.keep_reason.as_ref().is_some_and(|reason| !reason.is_blank());
            Some(TriedDigest {
                index,
                key: step.key.clone()?,
                outcome: step.outcome,
                kept: step.keep && reason,
                impacts: event.impacts.iter().filter_map(|id| positions.get(id.as_str()).copied()).collect(),
            })
        });
        let decided = incident.reviews.iter().filter(|review| review.decision.is_some());
        Self {
            file: judged.file.to_owned(),
            id: incident.id.clone(),
            kind: incident.kind,
            status: incident.status,
            zone,
            day: incident.id.get(..10).and_then(read_date).or_else(|| first.map(|at| zone.date(at))),
            same_cause_as: incident.same_cause_as.clone(),
            reviewed_on: decided.filter_map(|review| review.date).max(),
            impacts: impacts.collect(),
            fixes: fixes.collect(),
            tried: tried.collect(),
        }
    }
}

/// The impacts that a step helped; `None` when one that names no impact did, which may have been for any.
fn helped(timeline: &[Event]) -> Option<HashSet<&str>> {
    let helps = |event: &&Event| {
        let outcome = event.step.as_ref().and_then(|step| step.outcome);
        matches!(outcome, Some(Outcome::Worked | Outcome::Partly))
    };
    let mut helped = HashSet::new();
    for event in timeline.iter().filter(helps) {
        if event.impacts.is_empty() {
            return None;
        }
        helped.extend(event.impacts.iter().map(String::as_str));
    }
    Some(helped)
}

/// The steps that say how to undo them.
fn with_way_back(timeline: &[Event]) -> HashSet<&str> {
    let tells = |event: &&Event| {
        let rollback = event.step.as_ref().and_then(|step| step.rollback.as_ref());
        rollback.and_then(|rollback| rollback.how.as_ref()).is_some_and(|how| !how.is_blank())
    };
    timeline.iter().filter(tells).map(|event| event.id.as_str()).collect()
}

/// The impacts that a confirmed cause explains.
struct Confirmed<'a> {
    all: bool,
    impacts: HashSet<&'a str>,
}

impl<'a> Confirmed<'a> {
    fn of(causes: &'a [Cause]) -> Self {
        let explains = |cause: &&Cause| {
            let why = !matches!(
                cause.role,
                Some(CauseRole::Contributing | CauseRole::Detection | CauseRole::Response)
            );
            why && cause.confidence == Some(Confidence::Confirmed)
        };
        let (mut all, mut impacts) = (false, HashSet::new());
        for cause in causes.iter().filter(explains) {
            all |= cause.impacts.is_empty();
            impacts.extend(cause.impacts.iter().map(String::as_str));
        }
        Self { all, impacts }
    }

    fn explains(&self, impact: &str) -> bool {
        self.all || self.impacts.contains(impact)
    }
}

/// All incidents of the workspace, with what several rules look up.
#[derive(Debug)]
pub struct Across<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The service catalogue.
    pub catalogue: &'a Catalogue,
    /// Its file.
    pub catalogue_file: &'a str,
    /// What the history tells of classes; `None` where it was not asked.
    pub ledger: Option<&'a Ledger>,
    /// The moment of asking.
    pub as_of: Instant,
    /// The incidents, in the order of their files.
    pub digests: &'a [Digest],
    /// Every impact of an incident that hit someone, by service, in the order of days and then of files.
    pub by_service: BTreeMap<&'a str, Vec<Hit<'a>>>,
}

/// One impact among all incidents.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'a> {
    /// The incident.
    pub digest: &'a Digest,
    /// The impact's position in it.
    pub index: usize,
    /// The impact.
    pub impact: &'a ImpactDigest,
    /// The incident's day.
    pub day: Date,
    /// Which incidents have one cause, by `same_cause_as` in either direction and in chains: one number for all of them.
    pub family: usize,
}

impl Hit<'_> {
    /// The field of the impact in its file.
    pub fn field(&self) -> Field {
        Field::of("impacts").at(self.index)
    }
}

impl<'a> Across<'a> {
    /// Looks at all digests once. `case` is that of the workspace.
    pub fn of(case: &Case<'a>, digests: &'a [Digest]) -> Self {
        let families = families(digests);
        let mut by_service: BTreeMap<&str, Vec<Hit<'_>>> = BTreeMap::new();
        for (digest, family) in digests.iter().zip(families) {
            let Some(day) = digest.day.filter(|_| digest.kind == IncidentKind::Incident) else { continue };
            for (index, impact) in digest.impacts.iter().enumerate() {
                let hit = Hit { digest, index, impact, day, family };
                by_service.entry(&impact.service).or_default().push(hit);
            }
        }
        for hits in by_service.values_mut() {
            // stable: hits of one day stay in the order of files
            hits.sort_by_key(|hit| hit.day);
        }
        Self {
            settings: case.settings,
            catalogue: case.catalogue,
            catalogue_file: case.catalogue_file,
            ledger: case.ledger,
            as_of: case.as_of,
            digests,
            by_service,
        }
    }
}

/// For each incident the smallest position among those that share its cause.
fn families(digests: &[Digest]) -> Vec<usize> {
    let positions: HashMap<&str, usize> = digests.iter().map(|digest| digest.id.as_str()).zip(0..).collect();
    let mut parents: Vec<usize> = (0..digests.len()).collect();
    for (at, digest) in digests.iter().enumerate() {
        for other in digest.same_cause_as.iter().filter_map(|id| positions.get(id.as_str())) {
            let (a, b) = (root(&mut parents, at), root(&mut parents, *other));
            if let Some(parent) = parents.get_mut(a.max(b)) {
                *parent = a.min(b);
            }
        }
    }
    (0..digests.len()).map(|at| root(&mut parents, at)).collect()
}

/// The root of a position, halving the way to it.
fn root(parents: &mut [usize], mut at: usize) -> usize {
    while let Some(parent) = parents.get(at).copied().filter(|parent| *parent != at) {
        let above = parents.get(parent).copied().unwrap_or(parent);
        if let Some(here) = parents.get_mut(at) {
            *here = above;
        }
        at = above;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(id: &str, same_cause_as: &[&str]) -> Digest {
        Digest {
            file: format!("incidents/{id}.yaml"),
            id: id.to_owned(),
            kind: IncidentKind::Incident,
            status: Status::Reviewed,
            zone: Zone::named("UTC").unwrap(),
            day: read_date(id),
            same_cause_as: same_cause_as.iter().map(|id| (*id).to_owned()).collect(),
            reviewed_on: None,
            impacts: Vec::new(),
            fixes: Vec::new(),
            tried: Vec::new(),
        }
    }

    #[test]
    fn incidents_of_one_cause_are_a_family_whichever_way_and_however_far_they_are_linked() {
        let digests = [
            digest("a", &[]),
            digest("b", &["d"]),
            digest("c", &["a", "nobody"]),
            digest("d", &["c"]),
            digest("e", &["e"]),
        ];
        assert_eq!(families(&digests), [0, 0, 0, 0, 4]);
        // links that turn in a circle end as well
        let circle = [digest("a", &["b"]), digest("b", &["c"]), digest("c", &["a"])];
        assert_eq!(families(&circle), [0, 0, 0]);
    }
}
