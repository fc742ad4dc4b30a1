//! Numbers for small samples of skewed lengths: shares, quantiles, counts, open lengths, trends, each with its interval.
//!
//! The definitions and the reference values that the tests hold them to are those of the statistics page of the design.
//! Every interval is a two-sided one of 95 %. Nothing is random: the same values give the same digits.

mod count;
mod mean;
mod proportion;
mod quantile;
mod shift;
mod survival;
mod tails;
mod trend;

pub use count::{Rates, compare_rates, poisson};
pub use mean::{GeometricMean, geometric_mean, mean};
pub use proportion::wilson;
pub use quantile::{order_interval, quantile, ranks};
pub use shift::{Shift, shift};
pub use survival::Survival;
pub use trend::{Trend, TrendTest, trend, trend_test};

/// What lies outside of an interval, on both sides together.
pub const ALPHA: f64 = 0.05;

/// The standard normal quantile of `1 − ALPHA / 2`.
const Z: f64 = 1.959_963_984_540_054;

/// The fewest values that a trend or a change is spoken of (statistics: *Trends and comparisons*).
pub const FEWEST_FOR_TREND: usize = 10;

/// The ends of an interval; `None` is unbounded on that side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// The p-values of several tests that were made at once, each adjusted so that the share of false alarms among those
/// below a level stays below that level (Benjamini and Hochberg 1995). In the order given.
pub fn adjusted(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let tests = p.len() as f64;
    let mut least = 1.0_f64;
    let mut adjusted: Vec<(usize, f64)> = order
        .into_iter()
        .enumerate()
        .map(|(from_last, (index, p))| {
            least = least.min(p * tests / (tests - from_last as f64));
            (index, least)
        })
        .collect();
    adjusted.sort_by_key(|(index, _)| *index);
    adjusted.into_iter().map(|(_, p)| p).collect()
}

/// Where a condition that holds from some value on begins to hold, between `low` and `high`, to the last digit that
/// halving finds.
fn first_where(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    const HALVINGS: usize = 120;
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// The values in ascending order.
fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The middle of what `kth` gives by rank from 1, of `count` values.
fn median_of(count: u64, kth: impl Fn(u64) -> f64) -> f64 {
    let middle = count / 2;
    if count.is_multiple_of(2) { (kth(middle) + kth(middle + 1)) / 2.0 } else { kth(middle + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_tests_at_once_are_held_to_more() {
        let close = |given: &[f64], expected: &[f64]| {
            let adjusted = adjusted(given);
            assert_eq!(adjusted.len(), expected.len());
            for (a, b) in adjusted.iter().zip(expected) {
                assert!((a - b).abs() < 1e-12, "{adjusted:?} {expected:?}");
            }
        };
        close(&[], &[]);
        close(&[0.03], &[0.03]);
        close(&[0.01, 0.04, 0.03], &[0.03, 0.04, 0.04]);
        close(&[0.9, 0.001, 0.5, 0.02], &[0.9, 0.004, 2.0 / 3.0, 0.04]);
    }

    #[test]
    fn a_threshold_is_found_to_the_last_digit() {
        assert_eq!(first_where(0.0, 2.0, |x| x * x >= 2.0), 2.0_f64.sqrt());
        assert_eq!(first_where(0.0, 1.0, |_| false), 1.0);
        assert!(first_where(0.0, 1.0, |_| true) < 1e-30);
    }
}
