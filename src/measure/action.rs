//! How late an action item is, and how strict the class it serves (actions: *Overdue*; product: *Actions in JSON*).

use std::collections::HashMap;

use crate::{
    model::{Action, ActionStatus, Catalogue, Due, Incident, Settings},
    time::{Date, Instant, Zone, overdue_days},
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
    let due = action.due.as_ref().and_then(Due::date);
    days_late(action.status, due, &action_zone(action, incident, settings, catalogue), as_of)
}

/// The same of what an action says, in the zone in which its due day ends.
pub fn days_late(status: ActionStatus, due: Option<Date>, zone: &Zone, as_of: Instant) -> i64 {
    match due {
        Some(due) if status.is_open() => overdue_days(due, as_of, zone),
        _ => 0,
    }
}

/// The classes that the actions of one incident serve. Made once for an incident, so that many actions stay cheap.
#[derive(Debug)]
pub struct ActionClasses<'a> {
    /// The class of each impact, and how strict it is: the shorter its target, then the earlier in the file, the
    /// stricter.
    of_impact: HashMap<&'a str, (Strictness, &'a str)>,
    strictest: Option<&'a str>,
}

/// Seconds of the target, and the impact's position.
type Strictness = (i64, usize);

impl<'a> ActionClasses<'a> {
    /// Looks at the impacts of an incident.
    pub fn of(incident: &'a Incident, measured: &'a Measured, settings: &Settings) -> Self {
        let mut of_impact = HashMap::new();
        for (i, (impact, measured)) in incident.impacts.iter().zip(&measured.impacts).enumerate() {
            let Some(class) = measured.class.as_deref() else { continue };
            let target = settings.class(class).map_or(i64::MAX, |class| class.target_seconds());
            of_impact.entry(impact.id.as_str()).or_insert(((target, i), class));
        }
        let strictest = of_impact.values().min().map(|(_, class)| *class);
        Self { of_impact, strictest }
    }

    /// The strictest class among the impacts that the action addresses; among all impacts of the incident when it
    /// addresses only causes, or nothing.
    pub fn served_by(&self, action: &Action) -> Option<&'a str> {
        let addressed = action.addresses.iter().filter_map(|id| self.of_impact.get(id.as_str()));
        addressed.min().map(|(_, class)| *class).or(self.strictest)
    }
}
