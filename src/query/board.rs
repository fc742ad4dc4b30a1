//! Action items taken together: groups and their totals, whom to tell, and fixes whose incident came back.

use std::collections::{HashMap, hash_map::Entry};

use serde::{Deserialize, Serialize};

use super::{ActionFacts, ActionRow, stats::Share};
use crate::{
    measure::Measured,
    model::{Catalogue, Incident, Priority, Settings},
    time::Date,
};

/// "The next two weeks", in days.
const SOON: i64 = 14;

/// What a question about actions needs of one incident, in a form that can be kept from run to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncidentActions {
    /// The incident's tie to others.
    pub kin: Kin,
    /// Its actions, in the order of the file.
    pub actions: Vec<ActionFacts>,
}

/// How an incident is tied to others: by a common cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kin {
    id: String,
    day: Option<Date>,
    same_cause_as: Vec<String>,
}

impl Kin {
    /// The same, of a further workspace: its ids are no ids of this one.
    #[must_use]
    pub fn of_repository(mut self, name: &str) -> Self {
        for id in std::iter::once(&mut self.id).chain(&mut self.same_cause_as) {
            *id = format!("{name}:{id}");
        }
        self
    }
}

impl IncidentActions {
    /// Of one incident.
    pub fn of(incident: &Incident, measured: &Measured, settings: &Settings, catalogue: &Catalogue) -> Self {
        let first = || measured.impacts.iter().filter_map(|impact| impact.started.earliest).min();
        Self {
            kin: Kin {
                id: incident.id.clone(),
                day: incident.date().or_else(|| first().map(|at| settings.org.zone.date(at))),
                same_cause_as: incident.same_cause_as.clone(),
            },
            actions: ActionFacts::of(incident, measured, settings, catalogue),
        }
    }
}

/// When each incident last came back, by `same_cause_as`.
#[derive(Clone, Debug, Default)]
pub struct Recurrences {
    /// The day of the incident, and the last day of those of the same cause.
    days: HashMap<String, (Date, Date)>,
}

impl Recurrences {
    /// Of all incidents of the workspace.
    pub fn of(kin: &[Kin]) -> Self {
        let places: HashMap<&str, usize> =
            kin.iter().enumerate().map(|(i, it)| (it.id.as_str(), i)).collect();
        // each points towards one that stands for its family
        let mut towards: Vec<usize> = (0..kin.len()).collect();
        for (place, it) in kin.iter().enumerate() {
            for other in it.same_cause_as.iter().filter_map(|id| places.get(id.as_str())) {
                let (a, b) = (head(&mut towards, place), head(&mut towards, *other));
                if let Some(place) = towards.get_mut(a.max(b)) {
                    *place = a.min(b);
                }
            }
        }
        let mut last: HashMap<usize, Date> = HashMap::new();
        for (place, it) in kin.iter().enumerate() {
            if let Some(day) = it.day {
                let latest = last.entry(head(&mut towards, place)).or_insert(day);
                *latest = day.max(*latest);
            }
        }
        let mut days = HashMap::new();
        for (place, it) in kin.iter().enumerate() {
            let latest = last.get(&head(&mut towards, place)).copied();
            if let (Some(day), Some(latest)) = (it.day, latest)
                && day < latest
            {
                days.insert(it.id.clone(), (day, latest));
            }
        }
        Self { days }
    }

    /// Whether the action was to prevent an incident, is still owed, and the incident came back after it was written down
    /// (rule `recurred-while-fix-open`).
    pub fn has(&self, row: &ActionRow) -> bool {
        row.kind == Some("prevent")
            && row.is_owed()
            && self.days.get(&row.incident).is_some_and(|(first, last)| {
                row.created_on.is_none_or(|created| created <= *last) && first < last
            })
    }
}

fn head(towards: &mut [usize], mut place: usize) -> usize {
    while let Some(next) = towards.get(place).copied()
        && next != place
    {
        // every other one is passed over from now on
        let over = towards.get(next).copied().unwrap_or(next);
        if let Some(slot) = towards.get_mut(place) {
            *slot = over;
        }
        place = next;
    }
    place
}

/// Whom to tell of an action, each with those before (actions: *Escalation*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Escalation {
    /// Due within a week: the owner.
    Owner,
    /// A day late: the accountable role of its team, too.
    Accountable,
    /// Two weeks late, a P0 three days: the head, too.
    Head,
    /// Put off more often than `policy.slips_max`, or its incident came back: the review board.
    ReviewBoard,
}

impl Escalation {
    /// The rung that an action stands on; `None` when nobody needs to be told.
    pub fn of(row: &ActionRow, settings: &Settings) -> Option<Self> {
        let allowed = usize::try_from(settings.policy.slips_max).unwrap_or(usize::MAX);
        let put_off = row.is_owed() && row.slips_at_least > allowed;
        let late = if row.priority == Some(Priority::P0) { 3 } else { 14 };
        if put_off || row.recurring == Some(true) {
            Some(Self::ReviewBoard)
        } else if row.days_overdue >= late {
            Some(Self::Head)
        } else if row.days_overdue > 0 {
            Some(Self::Accountable)
        } else {
            row.days_left.filter(|left| (0..=7).contains(left)).map(|_| Self::Owner)
        }
    }

    /// The word of the contract: `owner`, `accountable`, `head`, `review_board`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Accountable => "accountable",
            Self::Head => "head",
            Self::ReviewBoard => "review_board",
        }
    }

    /// Roles to tell, the nearest first; `head` and `review_board` where the file names no role for them.
    pub fn whom(self, row: &ActionRow, catalogue: &Catalogue) -> Vec<String> {
        let mut whom: Vec<String> = row.owner.iter().cloned().collect();
        if self >= Self::Accountable {
            let team = row.team.as_deref().and_then(|team| catalogue.team(team));
            whom.extend(team.and_then(|team| team.accountable.clone()).filter(|role| !whom.contains(role)));
        }
        if self >= Self::Head {
            whom.push("head".to_owned());
        }
        if self >= Self::ReviewBoard {
            whom.push("review_board".to_owned());
        }
        whom
    }
}

/// By what actions are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The team.
    Team,
    /// Who answers for it.
    Owner,
    /// The strictest class it serves.
    Class,
    /// The priority.
    Priority,
    /// Civil days since it was written down.
    Age,
}

/// The ranges of age, in days, by the words of the contract.
const AGES: [(&str, i64); 4] = [("0-7", 7), ("8-30", 30), ("31-90", 90), ("91-", i64::MAX)];

/// The totals of some actions.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    /// How many were asked for.
    pub actions: u64,
    /// Overdue ones.
    pub overdue: u64,
    /// The median of how many civil days these are late.
    pub median_days_overdue: Option<f64>,
    /// Open ones due within two weeks, and not overdue.
    pub due_soon: u64,
    /// Those that nobody answers for.
    pub unowned: u64,
    /// Those that wait for something.
    pub blocked: u64,
    /// Those whose due date was put off.
    pub slipped: u64,
    /// Fixes that are owed though their incident came back.
    pub recurring: u64,
    /// Those promised in public.
    pub public: u64,
    /// Of what was done, with both dates known, in whatever state the actions were asked for: done by its due day.
    pub on_time: Option<Share>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The team, owner, class, priority, or range of age; `null` where none is given.
    pub group: Option<String>,
    /// Its totals.
    #[serde(flatten)]
    pub tally: Tally,
}

/// The groups of actions, in the order of their names, classes and priorities the gravest first: never by how late they
/// are. `wanted` are those asked for, `concerned` the same whatever their state.
pub fn groups(wanted: &[ActionRow], concerned: &[ActionRow], by: By, settings: &Settings) -> Vec<Group> {
    let mut grouped: HashMap<Option<String>, (Vec<&ActionRow>, Vec<&ActionRow>)> = HashMap::new();
    for row in wanted {
        grouped.entry(key(row, by)).or_default().0.push(row);
    }
    for row in concerned {
        // what was done counts in the total: whose it is stands there, too, though nothing more is owed
        match grouped.entry(key(row, by)) {
            Entry::Occupied(mut group) => group.get_mut().1.push(row),
            Entry::Vacant(group) if row.was_on_time().is_some() => {
                group.insert(Default::default()).1.push(row)
            }
            Entry::Vacant(_) => {}
        }
    }
    let mut groups: Vec<Group> = grouped
        .into_iter()
        .map(|(group, (wanted, concerned))| Group { group, tally: tally(&wanted, &concerned) })
        .collect();
    let place = |group: &Option<String>| {
        let name = group.as_deref().unwrap_or_default();
        match by {
            By::Class => settings.classes.iter().position(|class| class.key == name).unwrap_or(usize::MAX),
            By::Age => AGES.iter().position(|(range, _)| *range == name).unwrap_or(usize::MAX),
            By::Team | By::Owner | By::Priority => 0,
        }
    };
    // those without a name come last
    groups.sort_by_key(|it| (it.group.is_none(), place(&it.group), it.group.clone()));
    groups
}

/// The totals of all.
pub fn total(wanted: &[ActionRow], concerned: &[ActionRow]) -> Tally {
    tally(&wanted.iter().collect::<Vec<_>>(), &concerned.iter().collect::<Vec<_>>())
}

fn key(row: &ActionRow, by: By) -> Option<String> {
    let bare = |name: &str, prefix: &str| name.strip_prefix(prefix).unwrap_or(name).to_owned();
    match by {
        By::Team => row.team.as_deref().map(|team| bare(team, "team:")),
        By::Owner => row.owner.as_deref().map(|owner| bare(owner, "role:")),
        By::Class => row.class.clone(),
        By::Priority => row.priority.map(|priority| priority.word().to_owned()),
        By::Age => {
            let days = row.age_days?.max(0);
            AGES.iter().find(|(_, most)| days <= *most).map(|(range, _)| (*range).to_owned())
        }
    }
}

fn tally(wanted: &[&ActionRow], concerned: &[&ActionRow]) -> Tally {
    let count = |which: &dyn Fn(&ActionRow) -> bool| wanted.iter().filter(|row| which(row)).count() as u64;
    let late: Vec<f64> =
        wanted.iter().map(|row| row.days_overdue).filter(|days| *days > 0).map(|days| days as f64).collect();
    let on_time = |row: &&ActionRow| row.was_on_time();
    let known: Vec<bool> = concerned.iter().filter_map(on_time).collect();
    Tally {
        actions: wanted.len() as u64,
        overdue: late.len() as u64,
        median_days_overdue: crate::statistics::quantile(&late, 0.5),
        due_soon: count(&|row| row.days_left.is_some_and(|left| (0..=SOON).contains(&left))),
        unowned: count(&|row| row.owner.is_none()),
        blocked: count(&ActionRow::is_blocked),
        slipped: count(&ActionRow::has_slipped),
        recurring: count(&|row| row.recurring == Some(true)),
        public: count(&|row| row.public_commitment),
        on_time: (!known.is_empty())
            .then(|| Share::of(known.iter().filter(|in_time| **in_time).count() as u64, known.len() as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::read_date;

    fn kin(id: &str, same_cause_as: &[&str]) -> Kin {
        Kin {
            id: id.to_owned(),
            day: read_date(id.get(..10).unwrap()),
            same_cause_as: same_cause_as.iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    #[test]
    fn families_are_tied_over_several_links() {
        let family = [
            kin("2026-01-01-a", &[]),
            kin("2026-02-01-b", &["2026-01-01-a", "2020-01-01-gone"]),
            kin("2026-03-01-c", &["2026-02-01-b"]),
            kin("2026-04-01-d", &[]),
            kin("2026-05-01-e", &["2026-05-01-e"]),
        ];
        let last = |family: &[Kin], id: &str| Recurrences::of(family).days.get(id).map(|(_, last)| *last);
        for order in [family.to_vec(), family.iter().rev().cloned().collect()] {
            assert_eq!(last(&order, "2026-01-01-a"), read_date("2026-03-01"));
            assert_eq!(last(&order, "2026-02-01-b"), read_date("2026-03-01"));
            for alone in ["2026-03-01-c", "2026-04-01-d", "2026-05-01-e"] {
                assert_eq!(last(&order, alone), None, "{alone}");
            }
        }
    }

    #[test]
    fn a_long_chain_is_followed_in_time() {
        let first = read_date("2000-01-01").unwrap();
        let chain: Vec<Kin> = (0..8000_u64)
            .map(|i| Kin {
                id: format!("{i}"),
                day: first.checked_add_days(chrono::Days::new(i)),
                same_cause_as: vec![format!("{}", i.saturating_sub(1))],
            })
            .collect();
        let recurrences = Recurrences::of(&chain);
        assert_eq!(recurrences.days.len(), 7999);
        let last = first.checked_add_days(chrono::Days::new(7999)).unwrap();
        assert!(recurrences.days.values().all(|(_, latest)| *latest == last));
    }
}
