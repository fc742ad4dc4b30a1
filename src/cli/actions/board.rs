//! Actions in groups with their totals, and the ladder of who must hear of what.

use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::{days, table};
use crate::{
    cli::CliError,
    language::Language,
    model::{Catalogue, Settings},
    query::{
        ActionRow,
        board::{By, Escalation, Group, Tally, groups, total},
        stats::Share,
    },
};

/// What `--by` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Grouping {
    Team,
    Owner,
    Class,
    Priority,
    Age,
}

impl Grouping {
    fn by(self) -> By {
        match self {
            Self::Team => By::Team,
            Self::Owner => By::Owner,
            Self::Class => By::Class,
            Self::Priority => By::Priority,
            Self::Age => By::Age,
        }
    }

    fn head(self, language: &Language) -> &'static str {
        match (self, language.is_portuguese()) {
            (Self::Team, false) => "team",
            (Self::Owner, false) => "owner",
            (Self::Class, false) => "class",
            (Self::Priority, false) => "priority",
            (Self::Age, false) => "age, days",
            (Self::Team, true) => "equipe",
            (Self::Owner, true) => "responsável",
            (Self::Class, true) => "classe",
            (Self::Priority, true) => "prioridade",
            (Self::Age, true) => "idade, dias",
        }
    }

    /// What those are called that have none.
    fn nameless(self, language: &Language) -> &'static str {
        match (self, language.is_portuguese()) {
            (Self::Team, false) => "no team",
            (Self::Owner, false) => "no owner",
            (Self::Class, false) => "no class",
            (Self::Priority, false) => "no priority",
            (Self::Age, false) => "not known",
            (Self::Team, true) => "sem equipe",
            (Self::Owner, true) => "sem responsável",
            (Self::Class, true) => "sem classe",
            (Self::Priority, true) => "sem prioridade",
            (Self::Age, true) => "desconhecida",
        }
    }
}

/// Groups and their total.
pub(super) struct Board {
    grouping: Grouping,
    groups: Vec<Group>,
    total: Tally,
}

impl Board {
    pub(super) fn of(
        wanted: &[ActionRow],
        concerned: &[ActionRow],
        grouping: Grouping,
        settings: &Settings,
    ) -> Self {
        let groups = groups(wanted, concerned, grouping.by(), settings);
        Self { grouping, groups, total: total(wanted, concerned) }
    }

    /// Adds `by`, `groups` and `total` to an answer.
    pub(super) fn add_to(&self, answer: &mut Map<String, Value>) {
        let by = self.grouping.to_possible_value().map(|value| value.get_name().to_owned());
        answer.insert("by".to_owned(), json!(by));
        answer.insert("groups".to_owned(), json!(self.groups));
        answer.insert("total".to_owned(), json!(self.total));
    }

    pub(super) fn csv(&self) -> Result<String, CliError> {
        let head = [
            "group",
            "actions",
            "overdue",
            "median_days_overdue",
            "due_soon",
            "unowned",
            "blocked",
            "slipped",
            "recurring",
            "public",
            "on_time",
            "on_time_of",
        ];
        let row = |group: &Group| {
            let it = &group.tally;
            let mut row = vec![group.group.clone().unwrap_or_default()];
            row.extend([it.actions, it.overdue].map(|count| count.to_string()));
            row.push(it.median_days_overdue.map(|days| days.to_string()).unwrap_or_default());
            row.extend(
                [it.due_soon, it.unowned, it.blocked, it.slipped, it.recurring, it.public]
                    .map(|count| count.to_string()),
            );
            row.extend([
                it.on_time.map(|share| share.count.to_string()).unwrap_or_default(),
                it.on_time.map(|share| share.of.to_string()).unwrap_or_default(),
            ]);
            row
        };
        table::csv(&head, &self.groups.iter().map(row).collect::<Vec<_>>())
    }

    /// A line for each group and one for all, laid out by `lay`.
    pub(super) fn table(
        &self,
        language: &Language,
        settings: &Settings,
        catalogue: &Catalogue,
        lay: fn(&[&str], &[Vec<String>]) -> String,
    ) -> String {
        let pt = language.is_portuguese();
        let mut head = vec![self.grouping.head(language)];
        head.extend(match pt {
            false => [
                "actions",
                "overdue",
                "median late",
                "due in 14 days",
                "no owner",
                "blocked",
                "put off",
                "came back",
                "promised",
                "done on time",
            ],
            true => [
                "ações",
                "em atraso",
                "atraso mediano",
                "vencem em 14 dias",
                "sem responsável",
                "bloqueadas",
                "adiadas",
                "reincidentes",
                "prometidas",
                "no prazo",
            ],
        });
        let nameless = self.grouping.nameless(language);
        let mut rows: Vec<Vec<String>> = Vec::new();
        for group in &self.groups {
            let name = group
                .group
                .as_deref()
                .map_or(nameless.to_owned(), |name| self.name(name, settings, catalogue, language));
            rows.push(cells(&name, &group.tally, language));
        }
        if self.groups.len() > 1 {
            rows.push(cells("total", &self.total, language));
        }
        lay(&head, &rows)
    }

    /// What a group is called: teams and classes have names of their own.
    fn name(&self, key: &str, settings: &Settings, catalogue: &Catalogue, language: &Language) -> String {
        let name = match self.grouping {
            Grouping::Team => catalogue.team(key).and_then(|team| team.name.as_ref()),
            Grouping::Class => settings.class(key).map(|class| &class.name),
            Grouping::Age => return key.replace('-', "–").trim_end_matches('–').replace("91", "> 90"),
            Grouping::Owner | Grouping::Priority => None,
        };
        name.and_then(|name| name.nearest(language.tag())).map_or(key, |(_, name)| name).to_owned()
    }
}

fn cells(name: &str, tally: &Tally, language: &Language) -> Vec<String> {
    let count = |count: u64| match count {
        0 => "–".to_owned(),
        n => language.integer(i64::try_from(n).unwrap_or(i64::MAX)),
    };
    let late = tally.median_days_overdue.map(|median| days(median.round() as i64, language));
    vec![
        name.to_owned(),
        count(tally.actions),
        count(tally.overdue),
        late.unwrap_or_else(|| "–".to_owned()),
        count(tally.due_soon),
        count(tally.unowned),
        count(tally.blocked),
        count(tally.slipped),
        count(tally.recurring),
        count(tally.public),
        tally.on_time.map_or("–".to_owned(), |share| told(&share, language)),
    ]
}

/// `7 of 10 (70%, 40% – 89%)`; without a percentage below five.
fn told(share: &Share, language: &Language) -> String {
    let number = |n: u64| language.integer(i64::try_from(n).unwrap_or(i64::MAX));
    let of = if language.is_portuguese() { "de" } else { "of" };
    let counted = format!("{} {of} {}", number(share.count), number(share.of));
    let percent = |share: f64| language.percent(share * 100.0, 0);
    match (share.share, share.low, share.high) {
        (Some(value), Some(low), Some(high)) => {
            format!("{counted} ({}, {} – {})", percent(value), percent(low), percent(high))
        }
        _ => counted,
    }
}

/// A row of the JSON answer, with the rung it stands on and whom to tell.
pub(super) fn with_escalation(row: &ActionRow, settings: &Settings, catalogue: &Catalogue) -> Value {
    let rung = Escalation::of(row, settings);
    let whom = rung.map(|rung| rung.whom(row, catalogue)).unwrap_or_default();
    let mut value = json!(row);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("escalation".to_owned(), json!(rung.map(Escalation::word)));
        fields.insert("escalate_to".to_owned(), json!(whom));
    }
    value
}

pub(super) fn ladder_head(language: &Language) -> [&'static str; 5] {
    if language.is_portuguese() {
        ["avisar", "ação", "prazo", "atraso", "título"]
    } else {
        ["tell", "action", "due", "overdue", "title"]
    }
}

/// What someone must hear of, with whom.
pub(super) fn ladder(
    rows: &[ActionRow],
    settings: &Settings,
    catalogue: &Catalogue,
    language: &Language,
) -> Vec<Vec<String>> {
    let pt = language.is_portuguese();
    let spoken = |role: &String| match (role.as_str(), pt) {
        ("head", true) => "liderança".to_owned(),
        ("review_board", false) => "review board".to_owned(),
        ("review_board", true) => "comitê de revisão".to_owned(),
        (role, _) => role.strip_prefix("role:").unwrap_or(role).to_owned(),
    };
    let whom = |row: &ActionRow| {
        let rung = Escalation::of(row, settings);
        let whom = rung.map(|rung| rung.whom(row, catalogue)).unwrap_or_default();
        match whom.is_empty() {
            true => (if pt { "sem responsável" } else { "no owner" }).to_owned(),
            false => whom.iter().map(spoken).collect::<Vec<_>>().join(", "),
        }
    };
    rows.iter()
        .map(|row| {
            vec![
                whom(row),
                format!("{}/{}", row.incident, row.id),
                row.due.map_or("–".to_owned(), |due| due.to_string()),
                days(row.days_overdue, language),
                row.title.nearest(language.tag()).map_or("", |(_, title)| title).to_owned(),
            ]
        })
        .collect()
}
