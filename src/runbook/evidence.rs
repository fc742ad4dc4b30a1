//! All records together, and what they say of each service.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    Attempt, Record, Seen,
    step::{Harm, Known, Tried},
};

/// What all incidents of a workspace say. The order in which they were read does not matter.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The oldest first.
    records: Vec<Record>,
    /// For each service the records with something to say of it.
    by_service: BTreeMap<String, Vec<usize>>,
    /// Dangerous attempts by what was done to what: record and position among its attempts.
    by_deed: HashMap<(String, String), Vec<(usize, usize)>>,
}

/// One incident of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Past<'a> {
    /// The incident.
    pub record: &'a Record,
    /// Its impacts on this service.
    pub seen: Vec<&'a Seen>,
}

/// What is known for one service.
#[derive(Clone, Debug, PartialEq)]
pub struct Runbook<'a> {
    /// The service's id.
    pub service: String,
    /// The incidents that hit it, the newest first.
    pub past: Vec<Past<'a>>,
    /// Every incident that the page is made from: those, and those of steps that harmed it. The newest first.
    pub records: Vec<&'a Record>,
    /// Steps that must be warned of, the gravest first: those that harmed, then those that are marked.
    pub dangers: Vec<Known<'a>>,
    /// What to look at before anything is changed.
    pub looks: Vec<Known<'a>>,
    /// Every other step, in the order of a page. Dangerous ones come last, or where they belong when they are kept.
    pub steps: Vec<Known<'a>>,
    /// Steps that confirm that the service is back.
    pub checks: Vec<Known<'a>>,
}

impl Evidence {
    /// Of records in any order.
    pub fn of(mut records: Vec<Record>) -> Self {
        records.sort_by(|a, b| (a.day, &a.id, &a.file).cmp(&(b.day, &b.id, &b.file)));
        let mut by_service: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_deed: HashMap<(String, String), Vec<(usize, usize)>> = HashMap::new();
        for (at, record) in records.iter().enumerate() {
            for service in record.services() {
                match by_service.get_mut(service) {
                    Some(known) => known.push(at),
                    None => drop(by_service.insert(service.to_owned(), vec![at])),
                }
            }
            for (position, attempt) in record.attempts.iter().enumerate() {
                if let Some(deed) = deed(attempt).filter(|_| attempt.is_dangerous()) {
                    by_deed.entry(deed).or_default().push((at, position));
                }
            }
        }
        Self { records, by_service, by_deed }
    }

    /// The services that something is known of, by id.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.by_service.keys().map(String::as_str)
    }

    /// The records, the oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// What is known for a service; of one that never was hit, nothing.
    pub fn runbook(&self, service: &str) -> Runbook<'_> {
        let positions = self.by_service.get(service).map_or(&[][..], Vec::as_slice);
        let records: Vec<&Record> = positions.iter().filter_map(|at| self.records.get(*at)).collect();
        let mut past = Vec::new();
        let mut own: BTreeMap<String, Vec<Tried<'_>>> = BTreeMap::new();
        let mut harms: BTreeMap<String, Vec<Harm<'_>>> = BTreeMap::new();
        let mut shared: BTreeSet<(String, &(String, String))> = BTreeSet::new();
        for record in records.iter().rev() {
            let seen: Vec<&Seen> = record.seen.iter().filter(|seen| seen.service == service).collect();
            if !seen.is_empty() {
                past.push(Past { record, seen });
            }
        }
        for record in &records {
            for attempt in &record.attempts {
                let tried = Tried { record, attempt };
                let is_own = attempt.services.iter().any(|for_it| for_it == service);
                let harmed = attempt.is_dangerous() && attempt.endangered().any(|harmed| harmed == service);
                if !is_own && !harmed {
                    continue;
                }
                let key = record.key(attempt);
                if attempt.is_dangerous() {
                    harms.entry(key.clone()).or_default().push(Harm { tried, own: is_own });
                }
                if is_own {
                    if let Some((deed, _)) = deed(attempt).and_then(|deed| self.by_deed.get_key_value(&deed))
                    {
                        shared.insert((key.clone(), deed));
                    }
                    own.entry(key).or_default().push(tried);
                }
            }
        }
        // the same thing done to the same unit endangers whoever does it, for whichever service it was
        for (key, deed) in shared {
            let known = harms.entry(key).or_default();
            for (at, position) in self.by_deed.get(deed).into_iter().flatten() {
                let Some(record) = self.records.get(*at) else { continue };
                let Some(attempt) = record.attempts.get(*position) else { continue };
                let tried = Tried { record, attempt };
                let is_told = |harm: &Harm<'_>| {
                    std::ptr::eq(harm.tried.record, record) && harm.tried.attempt.index == attempt.index
                };
                if !known.iter().any(is_told) {
                    known.push(Harm { tried, own: false });
                }
            }
            known.sort_by(|a, b| age(&a.tried).cmp(&age(&b.tried)));
        }
        let mut steps: Vec<Known<'_>> = Vec::new();
        for (key, attempts) in own {
            let harms = harms.remove(&key).unwrap_or_default();
            steps.push(Known::of(key, attempts, harms));
        }
        // steps of other services that harm this one
        let foreign: Vec<Known<'_>> =
            harms.into_iter().map(|(key, harms)| Known::of(key, Vec::new(), harms)).collect();
        let mut dangers: Vec<Known<'_>> =
            steps.iter().filter(|known| known.is_dangerous()).chain(&foreign).cloned().collect();
        dangers.sort_by(|a, b| {
            let harmed = |known: &Known<'_>| known.harms.iter().any(|harm| harm.tried.attempt.has_harmed());
            harmed(b).cmp(&harmed(a)).then_with(|| last(b).cmp(&last(a))).then_with(|| a.key.cmp(&b.key))
        });
        steps.sort_by(Known::compare);
        let (looks, steps): (Vec<_>, Vec<_>) = steps.into_iter().partition(Known::only_looks);
        let (checks, steps): (Vec<_>, Vec<_>) = steps.into_iter().partition(Known::confirms);
        let told = steps.iter().chain(&looks).chain(&checks).flat_map(|known| &known.harms);
        let mut all = records.clone();
        all.extend(told.map(|harm| harm.tried.record));
        all.sort_by(|a, b| (b.day, &b.id, &b.file).cmp(&(a.day, &a.id, &a.file)));
        all.dedup_by(|a, b| std::ptr::eq(*a, *b));
        Runbook { service: service.to_owned(), past, records: all, dangers, looks, steps, checks }
    }
}

impl Runbook<'_> {
    /// Whether any step has a command to show.
    pub fn has_commands(&self) -> bool {
        let steps = self.dangers.iter().chain(&self.looks).chain(&self.steps).chain(&self.checks);
        steps.flat_map(Known::told).any(|tried| tried.attempt.step.command.is_some())
    }
}

/// What was done to what, when both have a name.
fn deed(attempt: &Attempt) -> Option<(String, String)> {
    Some((attempt.step.key.clone()?, attempt.step.target.clone()?))
}

/// When a step last was a danger.
fn last<'a>(known: &Known<'a>) -> Option<(Option<crate::time::Date>, &'a str, usize)> {
    known.harms.last().map(|harm| age(&harm.tried))
}

fn age<'a>(tried: &Tried<'a>) -> (Option<crate::time::Date>, &'a str, usize) {
    (tried.record.day, tried.record.id.as_str(), tried.attempt.index)
}
