//! All action items of a workspace, as documents about them see it: the digest of a Monday, the calendar of due dates.
//!
//! It holds owners and what is late: it is for the organisation alone.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    language::{Language, Phrases},
    model::{ActionStatus, Catalogue, Priority, Settings},
    query::ActionRow,
    render::{RenderError, escape},
    time::{Date, Instant},
};

/// The most rows of one section of a digest: it is to fit one screen.
const MOST_ROWS: usize = 12;
/// "Soon", in days.
const SOON: i64 = 14;
/// "Last week", in days before the day of asking.
const WEEK: i64 = 7;

/// What a template sees as `board`.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Board {
    /// The day of asking, in the organisation's zone.
    day: String,
    /// The last day that is soon.
    soon: String,
    /// The first day of the last week.
    since: String,
    /// Each team with anything to tell of, by its name; those without a team last.
    teams: Vec<Team>,
    overdue: Section,
    due_soon: Section,
    put_off: Section,
    done: Section,
}

/// How many items of a team there are.
#[derive(Debug, Default, JsonSchema, Serialize)]
struct Team {
    /// `None` for items without a team.
    name: Option<String>,
    overdue: u64,
    due_soon: u64,
    put_off: u64,
    done: u64,
}

/// Some items, the rest only counted.
#[derive(Debug, JsonSchema, Serialize)]
struct Section {
    count: u64,
    rows: Vec<Line>,
    /// How many are not shown.
    more: u64,
}

/// One item.
#[derive(Debug, JsonSchema, Serialize)]
struct Line {
    /// `2017-11-10-oms/A1`.
    id: String,
    title: String,
    team: Option<String>,
    owner: Option<String>,
    priority: Option<&'static str>,
    due: Option<String>,
    /// `5 days late`.
    late: Option<String>,
    /// `put off twice`.
    put_off: Option<String>,
    done: Option<String>,
    /// Its line in the repository, where the settings say how to link there.
    href: Option<String>,
}

/// One item of a calendar. Dates are `20260331`, moments `20260331T120000Z`.
#[derive(Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Entry {
    /// The same for one action for ever, without `-todo` and `-due`.
    uid: String,
    /// `2017-11-10-oms/A1`.
    id: String,
    title: String,
    description: String,
    /// `None` for an entry without a date.
    due: Option<String>,
    /// The day after.
    after: Option<String>,
    /// `NEEDS-ACTION`, `IN-PROCESS`, `COMPLETED`, `CANCELLED`.
    status: &'static str,
    /// Work is owed.
    owed: bool,
    /// 1 is the gravest.
    priority: Option<u8>,
    completed: Option<String>,
    /// How often its date was put off.
    sequence: u64,
    /// The last day that the record knows of it.
    stamp: String,
    categories: Vec<String>,
    href: Option<String>,
}

/// What rows are told with.
pub(in crate::render) struct BoardTeller<'a> {
    pub(in crate::render) language: &'static Language,
    pub(in crate::render) phrases: &'a Phrases,
    pub(in crate::render) settings: &'a Settings,
    pub(in crate::render) catalogue: &'a Catalogue,
    pub(in crate::render) as_of: Instant,
    /// What links to the repository name: a commit, or `HEAD`.
    pub(in crate::render) revision: &'a str,
}

impl BoardTeller<'_> {
    /// The digest.
    pub(in crate::render) fn board(&self, rows: &[ActionRow]) -> Result<Board, RenderError> {
        let today = self.settings.org.zone.date(self.as_of);
        let ago = |days: i64| today.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(today);
        let since = ago(-WEEK);
        let lately = |row: &ActionRow| {
            row.status.is_done() && row.done_on.is_some_and(|done| since < done && done <= today)
        };
        let is_soon = |row: &ActionRow| row.days_left.is_some_and(|left| (0..=SOON).contains(&left));
        let put_off = |row: &ActionRow| row.is_owed() && row.has_slipped();
        let mut overdue: Vec<&ActionRow> = rows.iter().filter(|row| row.days_overdue > 0).collect();
        overdue.sort_by_key(|row| (std::cmp::Reverse(row.days_overdue), &row.incident, &row.id));
        let mut due_soon: Vec<&ActionRow> = rows.iter().filter(|row| is_soon(row)).collect();
        due_soon.sort_by_key(|row| (row.due, &row.incident, &row.id));
        let mut slipped: Vec<&ActionRow> = rows.iter().filter(|row| put_off(row)).collect();
        slipped.sort_by_key(|row| (std::cmp::Reverse(row.slips_at_least), &row.incident, &row.id));
        let mut done: Vec<&ActionRow> = rows.iter().filter(|row| lately(row)).collect();
        done.sort_by_key(|row| (std::cmp::Reverse(row.done_on), &row.incident, &row.id));

        let mut teams: BTreeMap<(bool, String), Team> = BTreeMap::new();
        type Count = fn(&mut Team) -> &mut u64;
        let counts: [(&[&ActionRow], Count); 4] = [
            (&overdue, |team| &mut team.overdue),
            (&due_soon, |team| &mut team.due_soon),
            (&slipped, |team| &mut team.put_off),
            (&done, |team| &mut team.done),
        ];
        for (rows, count) in counts {
            for row in rows {
                let name = self.team(row);
                let key = (name.is_none(), name.clone().unwrap_or_default());
                let team = teams.entry(key).or_insert_with(|| Team { name, ..Team::default() });
                *count(team) += 1;
            }
        }
        Ok(Board {
            day: self.language.date(today),
            soon: self.language.day(ago(SOON)),
            since: self.language.day(since),
            teams: teams.into_values().collect(),
            overdue: self.section(&overdue)?,
            due_soon: self.section(&due_soon)?,
            put_off: self.section(&slipped)?,
            done: self.section(&done)?,
        })
    }

    fn section(&self, rows: &[&ActionRow]) -> Result<Section, RenderError> {
        Ok(Section {
            count: rows.len() as u64,
            rows: rows.iter().take(MOST_ROWS).map(|row| self.line(row)).collect::<Result<_, _>>()?,
            more: rows.len().saturating_sub(MOST_ROWS) as u64,
        })
    }

    fn line(&self, row: &ActionRow) -> Result<Line, RenderError> {
        let times = |key: &str, value: &str, count: i64| -> Result<Option<String>, RenderError> {
            match count {
                ..=0 => Ok(None),
                count => Ok(Some(self.phrases.tell(key, &[(value, count.into())])?.into_owned())),
            }
        };
        let slips = i64::try_from(row.slips_at_least).unwrap_or(i64::MAX);
        Ok(Line {
            id: self.id(row),
            title: self.title(row),
            team: self.team(row),
            owner: row.owner.as_deref().map(|owner| bare(owner, "role:")),
            priority: row.priority.map(Priority::word),
            due: row.due.map(|due| self.language.short_date(due)),
            late: times("days-late", "days", row.days_overdue)?,
            put_off: times("put-off-times", "times", slips)?,
            done: row.done_on.map(|done| self.language.short_date(done)),
            href: self.href(row),
        })
    }

    /// The entries of a calendar, in the order given.
    pub(in crate::render) fn entries(&self, rows: &[ActionRow]) -> Result<Vec<Entry>, RenderError> {
        rows.iter().map(|row| self.entry(row)).collect()
    }

    fn entry(&self, row: &ActionRow) -> Result<Entry, RenderError> {
        let day = |date: Date| date.format("%Y%m%d").to_string();
        let mut said = vec![self.id(row)];
        for (key, value) in [
            ("entry-owner", row.owner.as_deref().map(|owner| bare(owner, "role:"))),
            ("entry-team", self.team(row)),
            ("entry-priority", row.priority.map(|priority| priority.word().to_owned())),
            ("entry-blocked-by", row.blocked_by.as_deref().map(escape::one_line)),
        ] {
            if let Some(value) = value {
                said.push(self.phrases.tell(key, &[("value", value.as_str().into())])?.into_owned());
            }
        }
        let known = row.created_on.max(row.done_on);
        let categories = [row.team.as_deref().map(|team| bare(team, "team:")), row.class.clone()];
        Ok(Entry {
            uid: format!("{}.{}", escape::file_name(&row.incident), escape::file_name(&row.id)),
            id: self.id(row),
            title: self.title(row),
            description: said.join("\n"),
            due: row.due.map(day),
            after: row.due.and_then(|due| due.succ_opt()).map(day),
            status: match row.status {
                ActionStatus::Proposed | ActionStatus::Accepted => "NEEDS-ACTION",
                ActionStatus::InProgress | ActionStatus::Blocked => "IN-PROCESS",
                ActionStatus::Done | ActionStatus::Verified => "COMPLETED",
                ActionStatus::Cancelled | ActionStatus::WontDo => "CANCELLED",
            },
            owed: row.is_owed(),
            priority: row.priority.map(|priority| match priority {
                Priority::P0 => 1,
                Priority::P1 => 3,
                Priority::P2 => 5,
                Priority::P3 => 9,
            }),
            // noon is that day in nearly every zone
            completed: row
                .done_on
                .filter(|_| row.status.is_done())
                .map(|done| format!("{}T120000Z", day(done))),
            sequence: row.slips_at_least as u64,
            // told by the record, not by the clock: the same record gives the same bytes
            stamp: format!("{}T000000Z", known.map_or_else(|| "19700101".to_owned(), day)),
            categories: categories.into_iter().flatten().map(|name| escape::one_line(&name)).collect(),
            href: self.href(row),
        })
    }

    fn id(&self, row: &ActionRow) -> String {
        escape::one_line(&format!("{}/{}", row.incident, row.id))
    }

    fn title(&self, row: &ActionRow) -> String {
        escape::one_line(row.title.nearest(self.language.tag()).map_or("", |(_, title)| title))
    }

    fn team(&self, row: &ActionRow) -> Option<String> {
        let id = row.team.as_deref()?;
        let named = self.catalogue.team(id).and_then(|team| team.name.as_ref());
        let name =
            named.and_then(|name| name.nearest(self.language.tag())).map(|(_, name)| escape::one_line(name));
        Some(name.unwrap_or_else(|| bare(id, "team:")))
    }

    /// `repository_url` with its places filled; only of the web.
    fn href(&self, row: &ActionRow) -> Option<String> {
        // the settings tell of this repository alone
        let url = self.settings.repository_url.as_deref().filter(|_| row.repository.is_none())?;
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        is_web.then(|| {
            url.replace("{rev}", &in_address(self.revision))
                .replace("{path}", &in_address(&row.file))
                .replace("{line}", &row.line.to_string())
        })
    }
}

fn bare(name: &str, prefix: &str) -> String {
    escape::one_line(name.strip_prefix(prefix).unwrap_or(name))
}

/// A path as a part of an address.
fn in_address(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char)
            }
            other => out += &format!("%{other:02X}"),
        }
    }
    out
}
