//! How late an action item is, and how strict the class it serves (actions: *Overdue*; product: *Actions in JSON*).

use crate::{
    model::{Action, Catalogue, Due, Incident, Settings},
    time::{Instant, Zone, overdue_days},
};

use super::Measured;

/// The zone in which an action's due day ends: its team's, else the incident's, else the organisation's.
pub fn action_zone(action: &Action, incident: &Incident, settings: &Settings, catalogue: &Catalogue) -> Zone {
    let team = action.team.as_deref().and_then(|team| catalogue.team(team)).and_then(|team| team.zone);
    team.or(incident.zone).unwrap_or(settings.org.zone)
}

/// Civil days by which an open action is overdue; 0 when it is not open, not due yet, or has no due date.
pub fn days_overdue(
    action: &Action,
    incident: &Incident,
    settings: &Settings,
    catalogue: &Catalogue,
    as_of: Instant,
) -> i64 {
    match action.due.as_ref().and_then(Due::date) {
        Some(due) if action.status.is_open() => {
            overdue_days(due, as_of, &action_zone(action, incident, settings, catalogue))
        }
        _ => 0,
    }
}

/// The strictest class among the impacts the action addresses, directly or through their causes; among all impacts of
/// the incident when it addresses none of them. The strictest is the one with the shortest target.
pub fn action_class<'a>(
    action: &Action,
    incident: &Incident,
    measured: &'a Measured,
    settings: &Settings,
) -> Option<&'a str> {
    let strictest = |wanted: &dyn Fn(&str) -> bool| {
        incident
            .impacts
            .iter()
            .zip(&measured.impacts)
            .filter(|(impact, _)| wanted(&impact.id))
            .filter_map(|(_, measured)| measured.class.as_deref())
            .min_by_key(|class| settings.class(class).map_or(i64::MAX, |class| class.target_seconds()))
    };
    let direct = |impact: &str| action.addresses.iter().any(|id| id == impact);
    strictest(&direct).or_else(|| strictest(&|_| true))
}
