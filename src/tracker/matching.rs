//! Which ticket an action points at.

use std::collections::{HashMap, HashSet};

use super::{Export, System, Ticket, github};
use crate::model::Tracker;

/// The tickets of an export by what points at them.
pub struct Tickets<'e> {
    system: System,
    tickets: &'e [Ticket],
    by_name: HashMap<String, usize>,
    /// Names that several tickets have.
    unclear: HashSet<String>,
    used: HashSet<usize>,
}

impl<'e> Tickets<'e> {
    /// Of an export. A ticket that stands there again, and says the same, is one.
    pub fn of(export: &'e Export) -> Self {
        let mut tickets = Self {
            system: export.system,
            tickets: &export.tickets,
            by_name: HashMap::new(),
            unclear: HashSet::new(),
            used: HashSet::new(),
        };
        for (at, ticket) in export.tickets.iter().enumerate() {
            let full = normal(&ticket.key);
            // `#12` alone is one where all are of one project
            let bare = full.rsplit_once('#').map(|(_, number)| number.to_owned());
            for name in [Some(full.clone()), ticket.url.as_deref().map(address), bare].into_iter().flatten() {
                match tickets.by_name.get(&name) {
                    Some(there) if export.tickets.get(*there) != Some(ticket) => {
                        tickets.unclear.insert(name);
                    }
                    Some(_) => {}
                    None => {
                        tickets.by_name.insert(name, at);
                    }
                }
            }
        }
        tickets
    }

    /// Whether an action points into the tracker of the export at all.
    pub fn concern(&self, tracker: &Tracker) -> bool {
        match &tracker.system {
            Some(system) => system.trim().eq_ignore_ascii_case(self.system.word()),
            None => {
                let url = tracker.url.as_deref().unwrap_or_default();
                url.is_empty() || self.by_name.contains_key(&address(url)) || url.contains(self.system.word())
            }
        }
    }

    /// The ticket that an action points at: by its address, else by its key.
    pub fn find(&mut self, tracker: &Tracker) -> Option<&'e Ticket> {
        if !self.concern(tracker) {
            return None;
        }
        let by_url = tracker.url.as_deref().map(address);
        // a key without its project is completed from the address
        let project = tracker.url.as_deref().and_then(github::project);
        let by_key = tracker.key.as_deref().map(normal).map(|key| match (key.strip_prefix('#'), project) {
            (Some(number), Some(project)) => normal(&format!("{project}#{number}")),
            (Some(number), None) => number.to_owned(),
            (None, _) => key,
        });
        let at = [by_url, by_key].into_iter().flatten().find_map(|name| {
            let at = self.by_name.get(&name).copied();
            at.filter(|_| !self.unclear.contains(&name))
        })?;
        self.used.insert(at);
        self.tickets.get(at)
    }

    /// The tickets that no action pointed at.
    pub fn unused(&self) -> Vec<&'e Ticket> {
        let used: HashSet<&str> = self
            .used
            .iter()
            .filter_map(|at| self.tickets.get(*at))
            .map(|ticket| ticket.key.as_str())
            .collect();
        let unused = self.tickets.iter().filter(|ticket| !used.contains(ticket.key.as_str()));
        unused.collect()
    }
}

fn normal(key: &str) -> String {
    key.trim().to_lowercase()
}

/// An address without what does not tell one ticket from another.
fn address(url: &str) -> String {
    let url = url.trim();
    let url = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/').to_lowercase();
    match url.split_once("://") {
        Some((_, rest)) => rest.trim_start_matches("www.").to_owned(),
        None => url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracker::TicketState;

    fn ticket(key: &str, url: Option<&str>) -> Ticket {
        Ticket {
            key: key.to_owned(),
            url: url.map(str::to_owned),
            title: String::new(),
            state: TicketState::Open,
            said: "open".to_owned(),
            closed: None,
            due: None,
        }
    }

    #[test]
    fn an_action_finds_its_ticket_by_address_or_key() {
        let export = Export {
            system: System::Github,
            tickets: vec![
                ticket("o/r#12", Some("https://github.com/o/r/issues/12")),
                ticket("o/r#13", Some("https://github.com/o/r/issues/13")),
                ticket("o/s#13", Some("https://github.com/o/s/issues/13")),
            ],
            left_out: 0,
        };
        let mut tickets = Tickets::of(&export);
        for (system, key, url, expected) in [
            (Some("github"), None, Some("https://github.com/o/r/issues/12/"), Some("o/r#12")),
            (None, None, Some("http://www.github.com/O/r/issues/13?x#y"), Some("o/r#13")),
            (Some("GitHub"), Some("O/R#12"), None, Some("o/r#12")),
            (Some("github"), Some("#12"), None, Some("o/r#12")),
            (Some("github"), Some("12"), None, Some("o/r#12")),
            // of two projects
            (Some("github"), Some("#13"), None, None),
            (Some("github"), Some("#13"), Some("https://github.com/o/s/issues/13"), Some("o/s#13")),
            (Some("jira"), Some("o/r#12"), None, None),
            (Some("github"), Some("99"), None, None),
            (None, None, None, None),
        ] {
            let tracker = Tracker {
                system: system.map(str::to_owned),
                key: key.map(str::to_owned),
                url: url.map(str::to_owned),
            };
            assert_eq!(tickets.find(&tracker).map(|ticket| ticket.key.as_str()), expected, "{tracker:?}");
        }
        assert!(tickets.unused().is_empty());
        assert_eq!(Tickets::of(&export).unused().len(), 3);
    }
}
