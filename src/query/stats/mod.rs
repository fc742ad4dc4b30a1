//! Statistics of many incidents: what to say of them, in the order of the statistics page, and nothing that misleads.
//!
//! The unit is the impact, in groups by period and class. An incident belongs to the period of the date that its id
//! starts with, else of its first start.

mod change;
mod facts;
mod lengths;

use std::collections::BTreeMap;

use serde::Serialize;

use super::SpanRow;
use crate::{
    measure::Verdict,
    model::{IncidentKind, Settings},
    statistics::{self, Ends},
    time::{Date, Datelike, Span},
};

pub use change::{ClassTrend, Comparison, Evidence, LengthsChange, RateChange};
pub use facts::{StatFacts, StatFilter};
pub use lengths::{Bin, Lengths, Mean, QuantileRow};

/// Below this number of cases a share is told as k of n, without a percentage.
pub const FEWEST_FOR_PERCENT: u64 = 5;

/// By what incidents are grouped in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `2026`.
    Year,
    /// `2026-Q1`.
    Quarter,
    /// `2026-03`.
    Month,
}

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct StatQuestion {
    /// Periods to tell apart; one for all without it.
    pub by: Option<Step>,
    /// The first day of the second of two periods to compare.
    pub split: Option<Date>,
    /// The first day asked for.
    pub since: Option<Date>,
    /// The last day: the one asked for, else that of the moment of asking.
    pub until: Option<Date>,
    /// Means, too.
    pub with_mean: bool,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats {
    /// Each period, in order.
    pub periods: Vec<Period>,
    /// The trend of each class over all periods, where there are enough incidents.
    pub trends: Vec<ClassTrend>,
    /// The two periods compared, when that was asked.
    pub comparison: Option<Comparison>,
}

/// One period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Period {
    /// `2026`, `2026-Q1`, `2026-03`; `null` for the whole, and, where periods are told apart, for incidents without date.
    pub period: Option<String>,
    /// Incidents that hit someone.
    pub incidents: Counted,
    /// Near misses, which are in no other figure.
    pub near_misses: u64,
    /// The sum over the incidents of the time in which customers were hit.
    pub customer_impact: Total,
    /// The figures of each class, in the order of the settings; impacts of unknown class last.
    pub classes: Vec<ClassStats>,
}

/// A number of events.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// How many there were.
    pub count: u64,
    /// The lower end of the exact Poisson interval of how many were to be expected.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A sum of lengths.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Total {
    /// At least.
    pub min_seconds: i64,
    /// At most; `null` where no bound is known.
    pub max_seconds: Option<i64>,
    /// The incidents of which no length is known; they count as nothing in `min_seconds`, and leave `max_seconds` open.
    pub unknown: u64,
}

/// What there is to say of one class in one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassStats {
    /// The class; `null` where it is unknown.
    pub class: Option<String>,
    /// Its target for recovery.
    pub target_seconds: Option<i64>,
    /// Impacts that met the target.
    pub compliance: Compliance,
    /// Every impact that surely did not.
    pub breached: Vec<Breach>,
    /// Incidents with an impact of this class.
    pub incidents: Counted,
    /// Impacts that customers told of first, among those whose detection is known.
    pub detected_by_customers: Share,
    /// Impacts of which nobody wrote how they were detected.
    pub detection_unknown: u64,
    /// Time to recover: impact start to full recovery.
    pub ttr: Lengths,
    /// Time to detect.
    pub ttd: Lengths,
    /// Impacts by their time to recover.
    pub histogram: Vec<Bin>,
    /// Impacts in none of these: their time to recover is not known, or only that it was not longer than something.
    pub histogram_unplaced: u64,
    /// The time in which customers were hit by impacts of this class.
    pub customer_impact: Total,
}

/// k of n, with the interval of Wilson; share and interval are `null` when n is below five.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// k.
    pub count: u64,
    /// n.
    pub of: u64,
    /// k/n, between 0 and 1.
    pub share: Option<f64>,
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// How many impacts met their target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Compliance {
    /// Met, of those that were met or breached for certain.
    pub met: Share,
    /// Neither for certain.
    pub indeterminate: u64,
    /// Going on, and within the target so far; in no share.
    pub running: u64,
    /// Impacts for which no clock runs.
    pub not_judged: u64,
    /// The share if all indeterminate ones were met; `null` when there are none.
    pub if_met: Option<Share>,
    /// The share if all of them were breached.
    pub if_breached: Option<Share>,
}

/// An impact that missed its target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breach {
    /// The incident's id.
    pub incident: String,
    /// The impact's id.
    pub impact: String,
    /// Its service.
    pub service: String,
    /// How long it took.
    pub ttr: Option<SpanRow>,
    /// Least length over target.
    pub factor_min: Option<f64>,
}

impl Share {
    /// The share of `count` in `of`.
    pub fn of(count: u64, of: u64) -> Self {
        let told = of >= FEWEST_FOR_PERCENT;
        let Ends { low, high } = statistics::wilson(count, of);
        Self {
            count,
            of,
            share: told.then(|| count as f64 / of as f64),
            low: low.filter(|_| told),
            high: high.filter(|_| told),
        }
    }
}

impl Counted {
    fn of(count: u64) -> Self {
        let Ends { low, high } = statistics::poisson(count);
        Self { count, low: low.unwrap_or(0.0), high: high.unwrap_or(f64::INFINITY) }
    }
}

impl Total {
    fn of(spans: impl Iterator<Item = Option<Span>>) -> Self {
        let (mut sum, mut unknown) = (Span::ZERO, 0);
        for span in spans {
            unknown += u64::from(span.is_none());
            sum = sum.plus(&span.unwrap_or(Span::UNKNOWN));
        }
        Self { min_seconds: sum.min, max_seconds: sum.max, unknown }
    }
}

/// The statistics of incidents, which must come in the order of their files: that order decides among equals.
pub fn stats(facts: &[StatFacts], question: &StatQuestion, settings: &Settings) -> Stats {
    let dated = || change::in_order(facts);
    Stats {
        periods: periods(facts, question, settings),
        trends: change::trends(&dated(), &classes(facts.iter(), settings)),
        comparison: question
            .split
            .map(|split| change::compare(&dated(), &classes(facts.iter(), settings), split, question)),
    }
}

/// The figures of each period alone, in order: [`Stats::periods`].
pub fn periods(facts: &[StatFacts], question: &StatQuestion, settings: &Settings) -> Vec<Period> {
    let mut periods: BTreeMap<(bool, Option<String>), Vec<&StatFacts>> = BTreeMap::new();
    for fact in facts {
        let period = question.by.and_then(|step| Some(label(fact.date?, step)));
        // those without a date come last
        periods.entry((period.is_none(), period)).or_default().push(fact);
    }
    if periods.is_empty() {
        periods.insert((true, None), Vec::new());
    }
    let period = |((_, label), facts): ((bool, Option<String>), Vec<&StatFacts>)| {
        let hit = |fact: &&&StatFacts| fact.hit_someone;
        Period {
            period: label,
            incidents: Counted::of(facts.iter().filter(hit).count() as u64),
            near_misses: facts.iter().filter(|fact| fact.kind == IncidentKind::NearMiss).count() as u64,
            customer_impact: Total::of(facts.iter().filter(hit).map(|fact| fact.customer_impact)),
            classes: classes(facts.iter().copied(), settings)
                .into_iter()
                .map(|class| class_stats(class, &facts, settings, question.with_mean))
                .collect(),
        }
    };
    periods.into_iter().map(period).collect()
}

/// The classes of these incidents' impacts, in the order of the settings; those that the settings do not know after
/// them, and the unknown one last.
fn classes<'a>(facts: impl Iterator<Item = &'a StatFacts>, settings: &Settings) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = Vec::new();
    for impact in facts.flat_map(|fact| &fact.impacts) {
        if !found.contains(&impact.class) {
            found.push(impact.class.clone());
        }
    }
    let place = |class: &Option<String>| {
        let known = settings.classes.iter().position(|known| Some(&known.key) == class.as_ref());
        (class.is_none(), known.unwrap_or(usize::MAX), class.clone())
    };
    found.sort_by_key(place);
    found
}

fn class_stats(
    class: Option<String>,
    facts: &[&StatFacts],
    settings: &Settings,
    with_mean: bool,
) -> ClassStats {
    let of_class = || facts.iter().flat_map(|fact| fact.impacts.iter().map(move |impact| (*fact, impact)));
    let of_class = || of_class().filter(|(_, impact)| impact.class == class);
    let verdicts =
        |wanted: fn(Verdict) -> bool| of_class().filter(|(_, impact)| wanted(impact.verdict)).count() as u64;
    let met = verdicts(|verdict| verdict == Verdict::Met);
    let breaches = verdicts(|verdict| verdict == Verdict::Breached);
    let indeterminate = verdicts(|verdict| verdict == Verdict::Indeterminate);
    let all = met + breaches + indeterminate;
    let some = |share: Share| (indeterminate > 0).then_some(share);
    let breached = of_class().filter(|(_, impact)| impact.verdict == Verdict::Breached);
    let known = |customer: bool| {
        let asked = of_class().filter_map(|(_, impact)| impact.by_customer);
        asked.filter(|by_customer| *by_customer || !customer).count() as u64
    };
    let clocked = || of_class().map(|(_, impact)| impact).filter(|impact| impact.clock_runs());
    let with_class = facts.iter().filter_map(|fact| fact.of_class(class.as_deref()));
    let (histogram, histogram_unplaced) = lengths::histogram(clocked().map(|impact| impact.ttr));
    ClassStats {
        target_seconds: class
            .as_deref()
            .and_then(|class| settings.class(class))
            .map(|class| class.target_seconds()),
        compliance: Compliance {
            met: Share::of(met, met + breaches),
            indeterminate,
            running: verdicts(|verdict| verdict == Verdict::Running),
            not_judged: verdicts(|verdict| matches!(verdict, Verdict::NotJudged(_))),
            if_met: some(Share::of(met + indeterminate, all)),
            if_breached: some(Share::of(met, all)),
        },
        breached: breached
            .map(|(fact, impact)| Breach {
                incident: fact.incident.clone(),
                impact: impact.id.clone(),
                service: impact.service.clone(),
                ttr: impact.ttr.map(SpanRow::from),
                factor_min: impact.factor_min,
            })
            .collect(),
        incidents: Counted::of(with_class.clone().count() as u64),
        detected_by_customers: Share::of(known(true), known(false)),
        detection_unknown: of_class().filter(|(_, impact)| impact.by_customer.is_none()).count() as u64,
        ttr: Lengths::of(clocked().map(|impact| (impact.ttr, impact.ongoing)), with_mean),
        ttd: Lengths::of(clocked().map(|impact| (impact.ttd, false)), with_mean),
        histogram,
        histogram_unplaced,
        customer_impact: Total::of(with_class),
        class,
    }
}

/// What a period is called.
fn label(date: Date, step: Step) -> String {
    match step {
        Step::Year => format!("{:04}", date.year()),
        Step::Quarter => format!("{:04}-Q{}", date.year(), date.month0() / 3 + 1),
        Step::Month => format!("{:04}-{:02}", date.year(), date.month()),
    }
}

#[cfg(test)]
mod tests;
