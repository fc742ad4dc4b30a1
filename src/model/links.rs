//! Who stands on what in the catalogue, gathered once so that looking up is cheap.

use std::collections::{HashMap, HashSet};

use super::{Catalogue, DependencyKind};

/// What the services of a catalogue have to do with each other. Services are spoken of by their position in
/// [`Catalogue::services`]. Made once for a workspace: rules look up here with every incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    positions: HashMap<String, usize>,
    hosted: HashMap<String, Vec<usize>>,
    /// For each service, those that need it `hard`.
    dependants: Vec<Vec<usize>>,
}

impl Links {
    /// Gathers the links of a catalogue, in time linear in its size.
    pub fn of(catalogue: &Catalogue) -> Self {
        let services = &catalogue.services;
        let mut links = Self { dependants: vec![Vec::new(); services.len()], ..Self::default() };
        for (position, service) in services.iter().enumerate() {
            links.positions.entry(service.id.clone()).or_insert(position);
        }
        for (position, service) in services.iter().enumerate() {
            for unit in &service.runs_on {
                let hosted = links.hosted.entry(unit.clone()).or_default();
                // a unit named twice hosts its service once
                if hosted.last() != Some(&position) {
                    hosted.push(position);
                }
            }
            for dependency in &service.depends_on {
                let needed = links.positions.get(&dependency.service).filter(|_| {
                    // what is not said to be hard may be soft
                    dependency.kind == Some(DependencyKind::Hard)
                });
                if let Some(dependants) = needed.and_then(|needed| links.dependants.get_mut(*needed)) {
                    dependants.push(position);
                }
            }
        }
        links
    }

    /// The position of the service with this id.
    pub fn position(&self, service: &str) -> Option<usize> {
        self.positions.get(service).copied()
    }

    /// The positions of the services that run on this unit, in the order of the file.
    pub fn hosted(&self, unit: &str) -> &[usize] {
        self.hosted.get(unit).map_or(&[], Vec::as_slice)
    }

    /// These services and all that hard dependencies take down with them. `None` when more than `limit` links would
    /// have to be followed.
    pub fn with_dependants(
        &self,
        services: impl IntoIterator<Item = usize>,
        limit: usize,
    ) -> Option<HashSet<usize>> {
        let mut found: HashSet<usize> = services.into_iter().collect();
        let mut waiting: Vec<usize> = found.iter().copied().collect();
        let mut followed = 0;
        while let Some(next) = waiting.pop() {
            for dependant in self.dependants.get(next).into_iter().flatten() {
                followed += 1;
                if followed > limit {
                    return None;
                }
                if found.insert(*dependant) {
                    waiting.push(*dependant);
                }
            }
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Dependency, Service};

    /// The units that a service runs on, and what it needs.
    type Stands<'a> = (&'a [&'a str], &'a [(&'a str, Option<DependencyKind>)]);

    /// The services `0`, `1` and so on.
    fn links(services: &[Stands<'_>]) -> Links {
        let service = |(position, (runs_on, depends_on)): (usize, &Stands<'_>)| Service {
            id: position.to_string(),
            name: None,
            public_name: None,
            gender: None,
            en_number: None,
            owner: None,
            role: None,
            classes: Vec::new(),
            runs_on: runs_on.iter().map(|unit| (*unit).to_owned()).collect(),
            depends_on: depends_on
                .iter()
                .map(|(service, kind)| Dependency { service: (*service).to_owned(), kind: *kind })
                .collect(),
            supported_uses: Vec::new(),
            escalation: Vec::new(),
            limits: Vec::new(),
            alerts: Vec::new(),
            runbook: None,
        };
        let services = services.iter().enumerate().map(service).collect();
        Links::of(&Catalogue { services, ..Catalogue::default() })
    }

    const HARD: Option<DependencyKind> = Some(DependencyKind::Hard);
    const SOFT: Option<DependencyKind> = Some(DependencyKind::Soft);

    #[test]
    fn a_unit_knows_whom_it_hosts() {
        let links = links(&[(&["u", "u"], &[]), (&["v", "u"], &[]), (&[], &[])]);
        assert_eq!(links.hosted("u"), [0, 1]);
        assert_eq!(links.hosted("v"), [1]);
        assert_eq!(links.hosted("w"), [0; 0]);
        assert_eq!((links.position("2"), links.position("3")), (Some(2), None));
    }

    #[test]
    fn hard_dependencies_take_down_with_them_and_soft_ones_do_not() {
        let links = links(&[
            (&[], &[]),
            (&[], &[("0", HARD)]),
            (&[], &[("1", HARD)]),
            (&[], &[("0", SOFT)]),
            (&[], &[("0", None)]),
            (&[], &[("6", HARD)]),
            (&[], &[("5", HARD)]),
        ]);
        let taken = |of: usize, limit: usize| {
            links.with_dependants([of], limit).map(|found| {
                let mut found: Vec<usize> = found.into_iter().collect();
                found.sort_unstable();
                found
            })
        };
        assert_eq!(taken(0, 10), Some(vec![0, 1, 2]));
        assert_eq!(taken(2, 10), Some(vec![2]));
        assert_eq!(taken(0, 1), None);
        assert_eq!(taken(5, 10), Some(vec![5, 6]), "a circle ends");
    }
}
