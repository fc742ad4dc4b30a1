//! Actions as tickets still to be written.

use crate::{
    measure::{ActionClasses, Measured},
    model::{Action, ActionStatus, Due, Incident, Priority, Settings, Tracker},
    time::Date,
};

/// One action as a tracker takes it in. Internal: it names the owner.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketRow {
    /// `2017-11-10-oms/A5`.
    pub name: String,
    /// The incident's title.
    pub incident: String,
    /// What to do.
    pub title: String,
    /// How to tell that it is finished.
    pub done_when: Option<String>,
    /// What it is for: ids of impacts and causes.
    pub addresses: Vec<String>,
    /// Where it stands.
    pub status: ActionStatus,
    /// How soon.
    pub priority: Option<Priority>,
    /// When it must be done.
    pub due: Option<Date>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its team.
    pub team: Option<String>,
    /// `postmortem`, `incident:…`, `class:…`, `kind:…`, `sev:…`: without spaces, as trackers want them.
    pub labels: Vec<String>,
    /// The ticket that it has already.
    pub tracker: Option<Tracker>,
}

/// The actions of one incident, in the order of the file, in the language `tag` where they have it.
pub fn ticket_rows(
    incident: &Incident,
    measured: &Measured,
    settings: &Settings,
    tag: &str,
) -> Vec<TicketRow> {
    let classes = ActionClasses::of(incident, measured, settings);
    let text =
        |text: &crate::model::Localized| text.nearest(tag).map_or(String::new(), |(_, text)| one_line(text));
    let row = |action: &Action| TicketRow {
        name: format!("{}/{}", incident.id, action.id),
        incident: text(&incident.title),
        title: text(&action.title),
        done_when: action.done_when.as_ref().map(text).filter(|text| !text.is_empty()),
        addresses: action.addresses.clone(),
        status: action.status,
        priority: action.priority,
        due: action.due.as_ref().and_then(Due::date),
        owner: action.owner.clone(),
        team: action.team.clone(),
        labels: labels(incident, action, classes.served_by(action)),
        tracker: action.tracker.clone(),
    };
    incident.actions.iter().map(row).collect()
}

fn labels(incident: &Incident, action: &Action, class: Option<&str>) -> Vec<String> {
    let severity = incident.severity.as_deref().map(|severity| {
        let number = severity.trim_start_matches(|c: char| !c.is_ascii_digit());
        format!("sev:{}", if number.is_empty() { severity } else { number })
    });
    let labels = [
        Some("postmortem".to_owned()),
        Some(format!("incident:{}", incident.id)),
        class.map(|class| format!("class:{class}")),
        action.kind.map(|kind| format!("kind:{}", kind.word())),
        severity,
    ];
    labels.into_iter().flatten().map(|label| label.split_whitespace().collect::<Vec<_>>().join("-")).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
