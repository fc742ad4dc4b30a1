//! How long it took: quantiles with their intervals, and how many impacts lie in which range.

use serde::Serialize;

use crate::{
    statistics::{self, Ends, FEWEST_FOR_TREND, Survival},
    time::Span,
};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The upper ends of the ranges, on a logarithmic scale; both targets are among them. An end belongs to its range, as a
/// target that is just reached is met.
const EDGES: [i64; 9] =
    [MINUTE, 3 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY];

/// The lengths of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lengths {
    /// How many are known, if only as a range.
    pub n: u64,
    /// Impacts of whose length nothing is known; in no figure.
    pub unknown: u64,
    /// How many of `n` still run. With any, quantiles are those of Kaplan and Meier.
    pub open: u64,
    /// The median; `null` of none.
    pub median: Option<QuantileRow>,
    /// The third quartile.
    pub p75: Option<QuantileRow>,
    /// The ninth decile; `null` below ten.
    pub p90: Option<QuantileRow>,
    /// The mean, when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<Mean>,
}

/// A quantile in seconds, and its interval by order statistics.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct QuantileRow {
    /// At least; `null` when the estimate does not reach it, as too many still run.
    pub min_seconds: Option<f64>,
    /// At most; more than `min_seconds` where lengths are uncertain, `null` where no bound is known.
    pub max_seconds: Option<f64>,
    /// The lower end of the interval; `null` where none of the lengths bounds it.
    pub low_seconds: Option<f64>,
    /// The upper end.
    pub high_seconds: Option<f64>,
}

/// Means in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    /// The arithmetic mean, at least.
    pub min_seconds: f64,
    /// At most; `null` where no bound is known.
    pub max_seconds: Option<f64>,
    /// The geometric mean, of lengths of at least a second; `null` unless all of them are known exactly.
    pub geometric_seconds: Option<f64>,
    /// The lower end of its interval.
    pub geometric_low_seconds: Option<f64>,
    /// The upper end of its interval.
    pub geometric_high_seconds: Option<f64>,
}

/// One range of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bin {
    /// More than this; 0 in the first, which holds lengths of nothing, too.
    pub from_seconds: i64,
    /// At most this; `null` in the last.
    pub to_seconds: Option<i64>,
    /// Impacts that surely lie here.
    pub count: u64,
    /// Impacts that lie here if they were as short as they can have been, and farther on otherwise.
    pub at_least: u64,
}

impl Lengths {
    /// Of lengths, each with whether it still runs.
    pub(super) fn of(lengths: impl Iterator<Item = (Option<Span>, bool)>, with_mean: bool) -> Self {
        let (mut known, mut unknown) = (Vec::new(), 0);
        for (length, open) in lengths {
            match length {
                Some(span) => known.push((span, open)),
                None => unknown += 1,
            }
        }
        let row = |p| quantile_row(&known, p);
        Self {
            n: known.len() as u64,
            unknown,
            open: known.iter().filter(|(_, open)| *open).count() as u64,
            median: row(0.5),
            p75: row(0.75),
            p90: row(0.9).filter(|_| known.len() >= FEWEST_FOR_TREND),
            mean: mean(&known).filter(|_| with_mean),
        }
    }
}

/// A quantile of lengths, of which some may be uncertain and some may still run.
///
/// Quantiles rise with their values: those of the lower and of the upper ends bound it (statistics: *Open and uncertain
/// durations*). The interval takes what runs as without bound, which assumes nothing.
fn quantile_row(known: &[(Span, bool)], p: f64) -> Option<QuantileRow> {
    if known.is_empty() {
        return None;
    }
    let (low, high) = ends(known);
    let (min, max) = if known.iter().any(|(_, open)| *open) {
        let of = |ends: &[f64], known_only: &[f64]| {
            let one = |((end, own), (_, open)): ((&f64, &f64), &(Span, bool))| {
                (if *open { *own } else { *end }, !*open)
            };
            let lengths: Vec<(f64, bool)> = ends.iter().zip(known_only).zip(known).map(one).collect();
            Survival::of(&lengths).quantile(p)
        };
        let both = (of(&low, &low), of(&high, &low));
        match both {
            // the estimate need not rise with its values
            (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
            (a, b) => (a.or(b), None),
        }
    } else {
        (statistics::quantile(&low, p), statistics::quantile(&high, p))
    };
    let Ends { low: lowest, .. } = statistics::order_interval(&low, p);
    let Ends { high: highest, .. } = statistics::order_interval(&high, p);
    let bounded = |value: Option<f64>| value.filter(|value| value.is_finite());
    Some(QuantileRow {
        min_seconds: bounded(min),
        max_seconds: bounded(max),
        low_seconds: lowest,
        high_seconds: bounded(highest),
    })
}

/// The lower and the upper ends; what has no bound is infinite.
pub(super) fn ends(known: &[(Span, bool)]) -> (Vec<f64>, Vec<f64>) {
    let low = known.iter().map(|(span, _)| span.min as f64).collect();
    let high = known.iter().map(|(span, _)| span.max.map_or(f64::INFINITY, |max| max as f64)).collect();
    (low, high)
}

fn mean(known: &[(Span, bool)]) -> Option<Mean> {
    let (low, high) = ends(known);
    let at_least_a_second: Vec<f64> = low.iter().map(|seconds| seconds.max(1.0)).collect();
    let geometric = statistics::geometric_mean(&at_least_a_second).filter(|_| low == high);
    Some(Mean {
        min_seconds: statistics::mean(&low)?,
        max_seconds: statistics::mean(&high).filter(|mean| mean.is_finite()),
        geometric_seconds: geometric.map(|mean| mean.value),
        geometric_low_seconds: geometric.and_then(|mean| mean.low),
        geometric_high_seconds: geometric.and_then(|mean| mean.high),
    })
}

/// How many lengths lie in each range, and how many in none: not even known to be longer than the first range, they would
/// look like the shortest.
pub(super) fn histogram(lengths: impl Iterator<Item = Option<Span>>) -> (Vec<Bin>, u64) {
    let mut unplaced = 0;
    let starts = std::iter::once(0).chain(EDGES);
    let ends = EDGES.into_iter().map(Some).chain([None]);
    let mut bins: Vec<Bin> = starts
        .zip(ends)
        .map(|(from_seconds, to_seconds)| Bin { from_seconds, to_seconds, count: 0, at_least: 0 })
        .collect();
    for length in lengths {
        let length = length.unwrap_or(Span::UNKNOWN);
        if let Some(bin) = bins.get_mut(EDGES.partition_point(|edge| *edge < length.min)) {
            let surely = match (length.max, bin.to_seconds) {
                (Some(max), Some(to)) => max <= to,
                (_, None) => true,
                (None, Some(_)) => false,
            };
            if surely {
                bin.count += 1;
            } else if bin.from_seconds == 0 {
                unplaced += 1;
            } else {
                bin.at_least += 1;
            }
        }
    }
    (bins, unplaced)
}
