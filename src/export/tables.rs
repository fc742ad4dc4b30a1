//! What is in the tables: each column with its type and where its value comes from (docs: *What machines read*).

use crate::{
    measure::{Measured, MeasuredImpact},
    model::{Catalogue, Event, Impact, Incident, Localized, Settings},
    query::{ActionRow, board::Escalation},
    time::{Date, Instant, Interval, Span, TimePoint},
};

/// The type of a column. Any value may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// Yes or no.
    Boolean,
    /// A civil date.
    Date,
    /// An instant.
    Instant,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Not known, or not there.
    Missing,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Boolean(bool),
    /// A civil date.
    Date(Date),
    /// An instant.
    Instant(Instant),
}

/// One table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in order.
    pub columns: Vec<(String, Kind)>,
    /// Its rows, in the order of the files.
    pub rows: Vec<Vec<Value>>,
}

/// What an export says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The moment of asking.
    pub as_of: Instant,
    /// `worktree`, or the commit.
    pub revision: String,
}

impl About {
    /// Each thing that an export says of itself, with its name.
    pub(super) fn rows(&self) -> [(&'static str, String); 4] {
        [
            ("version", "1".to_owned()),
            ("as_of", self.as_of.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            ("revision", self.revision.clone()),
            ("relato", env!("CARGO_PKG_VERSION").to_owned()),
        ]
    }
}

/// All tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    /// `incidents`, `impacts`, `events`, `actions`, `ledger`.
    pub tables: [Table; 5],
    /// What they say of themselves.
    pub about: About,
}

/// One incident on its way into the tables.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The further workspace that it is of; `None` for this one.
    pub repository: Option<&'a str>,
    /// Its id, as answers tell it.
    pub id: &'a str,
    /// Its file.
    pub file: &'a str,
    /// The incident.
    pub incident: &'a Incident,
    /// What was measured of it.
    pub measured: &'a Measured,
    /// The catalogue.
    pub catalogue: &'a Catalogue,
}

/// The rows of one incident, its impacts and its events.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsOfIncident([Vec<Vec<Value>>; 3]);

impl RowsOfIncident {
    /// Makes the rows. A text has one column for each of these languages.
    pub fn of(source: &Source<'_>, languages: &[String]) -> Self {
        let impacts = source.incident.impacts.iter().zip(&source.measured.impacts).enumerate();
        let impacts =
            impacts.map(|(position, (impact, measured))| ImpactAt { source, position, impact, measured });
        let events = source.incident.timeline.iter().enumerate();
        let events = events.map(|(position, event)| EventAt { source, position, event });
        Self([
            vec![INCIDENTS.row(source, languages)],
            impacts.map(|it| IMPACTS.row(&it, languages)).collect(),
            events.map(|it| EVENTS.row(&it, languages)).collect(),
        ])
    }
}

impl Tables {
    /// The tables of these incidents, their actions, and what became of these (`changes`).
    pub fn of(
        rows: Vec<RowsOfIncident>,
        actions: &[ActionRow],
        changes: Vec<Vec<Value>>,
        settings: &Settings,
        about: About,
    ) -> Self {
        let languages = &settings.org.languages;
        let table = |name, columns| Table { name, columns, rows: Vec::new() };
        let actions = actions.iter().map(|row| ACTIONS.row(&ActionAt { row, settings }, languages));
        let mut tables = [
            table("incidents", INCIDENTS.columns(languages)),
            table("impacts", IMPACTS.columns(languages)),
            table("events", EVENTS.columns(languages)),
            Table { rows: actions.collect(), ..table("actions", ACTIONS.columns(languages)) },
            super::changes::table(changes),
        ];
        for RowsOfIncident(rows) in rows {
            for (table, mut rows) in tables.iter_mut().zip(rows) {
                table.rows.append(&mut rows);
            }
        }
        Self { tables, about }
    }
}

struct ImpactAt<'a> {
    source: &'a Source<'a>,
    position: usize,
    impact: &'a Impact,
    measured: &'a MeasuredImpact,
}

struct EventAt<'a> {
    source: &'a Source<'a>,
    position: usize,
    event: &'a Event,
}

struct ActionAt<'a> {
    row: &'a ActionRow,
    settings: &'a Settings,
}

/// What the rows of a table are made from.
trait Subject: 'static {
    type At<'a>;
}

struct Incidents;
struct Impacts;
struct Events;
struct Actions;

impl Subject for Incidents {
    type At<'a> = Source<'a>;
}

impl Subject for Impacts {
    type At<'a> = ImpactAt<'a>;
}

impl Subject for Events {
    type At<'a> = EventAt<'a>;
}

impl Subject for Actions {
    type At<'a> = ActionAt<'a>;
}

/// The name of a column, its type, and where its value comes from.
type Column<S> = (&'static str, Kind, for<'a, 'b> fn(&'b <S as Subject>::At<'a>) -> Value);

/// The name of a text, and where it comes from.
type Text<S> = (&'static str, for<'a, 'b> fn(&'b <S as Subject>::At<'a>) -> Option<&'b Localized>);

/// The columns of a table.
struct Columns<S: Subject> {
    plain: &'static [Column<S>],
    /// Texts, each a column a language: `title_en`, `title_pt_br`.
    texts: &'static [Text<S>],
}

impl<S: Subject> Columns<S> {
    fn columns(&self, languages: &[String]) -> Vec<(String, Kind)> {
        let plain = self.plain.iter().map(|(name, kind, _)| ((*name).to_owned(), *kind));
        let texts = self.texts.iter().flat_map(|(name, _)| {
            let column = move |tag: &String| format!("{name}_{}", tag.to_lowercase().replace('-', "_"));
            languages.iter().map(column).map(|name| (name, Kind::Text))
        });
        plain.chain(texts).collect()
    }

    fn row(&self, of: &S::At<'_>, languages: &[String]) -> Vec<Value> {
        let plain = self.plain.iter().map(|(_, _, get)| get(of));
        let texts = self.texts.iter().flat_map(|(_, get)| {
            let text = get(of);
            languages.iter().map(move |tag| text.and_then(|text| text.get(tag)).into())
        });
        plain.chain(texts).collect()
    }
}

const INCIDENTS: Columns<Incidents> = Columns {
    plain: &[
        ("id", Kind::Text, |it| it.id.into()),
        ("repository", Kind::Text, |it| it.repository.into()),
        ("date", Kind::Date, |it| it.incident.date().into()),
        ("kind", Kind::Text, |it| it.incident.kind.word().into()),
        ("status", Kind::Text, |it| it.incident.status.word().into()),
        ("severity", Kind::Text, |it| it.incident.severity.as_deref().into()),
        ("timezone", Kind::Text, |it| it.incident.zone.map(|zone| zone.name()).into()),
        ("compliant", Kind::Boolean, |it| it.measured.compliant.into()),
        ("customer_impact_min_seconds", Kind::Integer, |it| min(it.measured.customer_impact)),
        ("customer_impact_max_seconds", Kind::Integer, |it| max(it.measured.customer_impact)),
        ("same_cause_as", Kind::Text, |it| listed(&it.incident.same_cause_as)),
        ("file", Kind::Text, |it| it.file.into()),
    ],
    texts: &[("title", |it| Some(&it.incident.title)), ("summary", |it| it.incident.summary.as_ref())],
};

const IMPACTS: Columns<Impacts> = Columns {
    plain: &[
        ("incident", Kind::Text, |it| it.source.id.into()),
        ("position", Kind::Integer, |it| number(it.position)),
        ("id", Kind::Text, |it| it.impact.id.as_str().into()),
        ("service", Kind::Text, |it| it.impact.service.as_str().into()),
        ("team", Kind::Text, |it| {
            let owner = it.source.catalogue.service(&it.impact.service).and_then(|s| s.owner.as_deref());
            owner.map(|owner| owner.strip_prefix("team:").unwrap_or(owner)).into()
        }),
        ("class", Kind::Text, |it| it.measured.class.as_deref().into()),
        ("target_seconds", Kind::Integer, |it| it.measured.target.into()),
        ("level", Kind::Text, |it| it.impact.level.word().into()),
        ("verdict", Kind::Text, |it| it.measured.verdict.word().into()),
        ("factor_min", Kind::Real, |it| it.measured.factor_min.into()),
        ("ongoing", Kind::Boolean, |it| it.measured.ongoing.into()),
        ("detected_by", Kind::Text, |it| {
            it.impact
                .detection
                .as_ref()
                .and_then(|detection| detection.source)
                .map(|source| source.word())
                .into()
        }),
        ("started_earliest", Kind::Instant, |it| it.measured.started.earliest.into()),
        ("started_latest", Kind::Instant, |it| it.measured.started.latest.into()),
        ("detected_earliest", Kind::Instant, |it| moment(it.impact.detected.as_ref()).earliest.into()),
        ("detected_latest", Kind::Instant, |it| moment(it.impact.detected.as_ref()).latest.into()),
        ("ended_earliest", Kind::Instant, |it| it.measured.ended.earliest.into()),
        ("ended_latest", Kind::Instant, |it| it.measured.ended.latest.into()),
        ("ttd_min_seconds", Kind::Integer, |it| min(it.measured.ttd)),
        ("ttd_max_seconds", Kind::Integer, |it| max(it.measured.ttd)),
        ("tta_min_seconds", Kind::Integer, |it| min(it.measured.tta)),
        ("tta_max_seconds", Kind::Integer, |it| max(it.measured.tta)),
        ("ttm_min_seconds", Kind::Integer, |it| min(it.measured.ttm)),
        ("ttm_max_seconds", Kind::Integer, |it| max(it.measured.ttm)),
        ("ttr_min_seconds", Kind::Integer, |it| min(it.measured.ttr)),
        ("ttr_max_seconds", Kind::Integer, |it| max(it.measured.ttr)),
        ("repair_min_seconds", Kind::Integer, |it| min(it.measured.repair)),
        ("repair_max_seconds", Kind::Integer, |it| max(it.measured.repair)),
    ],
    texts: &[("scope", |it| it.impact.scope.as_ref())],
};

const EVENTS: Columns<Events> = Columns {
    plain: &[
        ("incident", Kind::Text, |it| it.source.id.into()),
        ("position", Kind::Integer, |it| number(it.position)),
        ("id", Kind::Text, |it| Some(it.event.id.as_str()).filter(|id| !id.is_empty()).into()),
        ("at_earliest", Kind::Instant, |it| moment(it.event.at.as_ref()).earliest.into()),
        ("at_latest", Kind::Instant, |it| moment(it.event.at.as_ref()).latest.into()),
        ("until_earliest", Kind::Instant, |it| moment(it.event.until.as_ref()).earliest.into()),
        ("until_latest", Kind::Instant, |it| moment(it.event.until.as_ref()).latest.into()),
        ("type", Kind::Text, |it| it.event.kind.word().into()),
        ("visibility", Kind::Text, |it| it.event.visibility.word().into()),
        ("actor", Kind::Text, |it| it.event.actor.as_deref().into()),
        ("impacts", Kind::Text, |it| listed(&it.event.impacts)),
        ("step_key", Kind::Text, |it| it.event.step.as_ref().and_then(|step| step.key.as_deref()).into()),
        ("step_intent", Kind::Text, |it| {
            it.event.step.as_ref().and_then(|step| step.intent).map(|intent| intent.word()).into()
        }),
        ("step_outcome", Kind::Text, |it| {
            it.event.step.as_ref().and_then(|step| step.outcome).map(|outcome| outcome.word()).into()
        }),
    ],
    texts: &[("text", |it| it.event.text.as_ref())],
};

const ACTIONS: Columns<Actions> = Columns {
    plain: &[
        ("incident", Kind::Text, |it| it.row.incident.as_str().into()),
        ("repository", Kind::Text, |it| it.row.repository.as_deref().into()),
        ("position", Kind::Integer, |it| number(it.row.position)),
        ("id", Kind::Text, |it| it.row.id.as_str().into()),
        ("owner", Kind::Text, |it| it.row.owner.as_deref().into()),
        ("team", Kind::Text, |it| it.row.team.as_deref().into()),
        ("class", Kind::Text, |it| it.row.class.as_deref().into()),
        ("priority", Kind::Text, |it| it.row.priority.map(|priority| priority.word()).into()),
        ("type", Kind::Text, |it| it.row.kind.into()),
        ("status", Kind::Text, |it| it.row.status.word().into()),
        ("created_on", Kind::Date, |it| it.row.created_on.into()),
        ("due", Kind::Date, |it| it.row.due.into()),
        ("done_on", Kind::Date, |it| it.row.done_on.into()),
        ("overdue", Kind::Boolean, |it| (it.row.days_overdue > 0).into()),
        ("days_overdue", Kind::Integer, |it| Some(it.row.days_overdue).into()),
        ("age_days", Kind::Integer, |it| it.row.age_days.into()),
        ("slips", Kind::Integer, |it| it.row.slips.map_or(Value::Missing, number)),
        ("slips_at_least", Kind::Integer, |it| number(it.row.slips_at_least)),
        ("first_due", Kind::Date, |it| it.row.first_due.into()),
        ("blocked_by", Kind::Text, |it| it.row.blocked_by.as_deref().into()),
        ("recurring", Kind::Boolean, |it| it.row.recurring.into()),
        ("escalation", Kind::Text, |it| Escalation::of(it.row, it.settings).map(Escalation::word).into()),
        ("public_commitment", Kind::Boolean, |it| it.row.public_commitment.into()),
        ("file", Kind::Text, |it| it.row.file.as_str().into()),
    ],
    texts: &[("title", |it| Some(&it.row.title))],
};

fn min(span: Option<Span>) -> Value {
    span.map(|span| span.min).into()
}

fn max(span: Option<Span>) -> Value {
    span.and_then(|span| span.max).into()
}

pub(super) fn number(number: usize) -> Value {
    i64::try_from(number).ok().into()
}

fn listed(ids: &[String]) -> Value {
    Some(ids.join(" ")).filter(|ids| !ids.is_empty()).as_deref().into()
}

fn moment(point: Option<&TimePoint>) -> Interval {
    point.filter(|point| !matches!(point, TimePoint::Open)).map_or(Interval::UNKNOWN, TimePoint::interval)
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Boolean(yes)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Instant> for Value {
    fn from(at: Instant) -> Self {
        Self::Instant(at)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}
