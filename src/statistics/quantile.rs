//! Quantiles, and their intervals by order statistics: exact, free of any assumption on the distribution.

use super::{ALPHA, Ends, sorted, tails::binomial};

/// The quantile of order `p`, type 7 (`numpy.quantile(method="linear")`): with h = (n − 1)p + 1 it lies between the values
/// of rank ⌊h⌋ and ⌊h⌋ + 1. `None` of no values.
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let sorted = sorted(values);
    let h = sorted.len().checked_sub(1)? as f64 * p.clamp(0.0, 1.0);
    let low = *sorted.get(h.floor() as usize)?;
    let high = *sorted.get(h.ceil() as usize)?;
    // two ends without bound have no difference
    Some(if low == high { low } else { low + (h - h.floor()) * (high - low) })
}

/// The ranks, from 1, of the values that bound the quantile of order `p` of `n` values; `None` where no value does.
/// With B ~ Bin(n, p): l = max{k : P(B ≤ k − 1) ≤ α/2}, u = min{k : P(B ≥ k) ≤ α/2}.
pub fn ranks(n: usize, p: f64) -> (Option<usize>, Option<usize>) {
    let trials = n as u64;
    let reached = |ranks: &mut dyn Iterator<Item = u64>| {
        let mut tail = 0.0;
        // so many ranks of that end are out of the question
        ranks
            .map(|k| binomial(k, trials, p))
            .take_while(|chance| {
                tail += chance;
                tail <= ALPHA / 2.0
            })
            .count()
    };
    let below = reached(&mut (0..trials));
    let above = reached(&mut (1..=trials).rev());
    ((below > 0).then_some(below), (above > 0).then(|| n + 1 - above))
}

/// The interval of the quantile of order `p`. Equals
/// `scipy.stats.quantile_test(x, q=0, p=p).confidence_interval()`.
pub fn order_interval(values: &[f64], p: f64) -> Ends {
    let sorted = sorted(values);
    let (low, high) = ranks(sorted.len(), p);
    let at = |rank: Option<usize>| sorted.get(rank?.checked_sub(1)?).copied();
    Ends { low: at(low), high: at(high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Vector A of the design, in minutes.
    const A: [f64; 15] =
        [7.0, 12.0, 18.0, 25.0, 31.0, 44.0, 58.0, 73.0, 95.0, 120.0, 185.0, 260.0, 410.0, 1548.0, 2321.0];

    #[test]
    fn vector_a_has_its_quantiles_and_intervals() {
        for (p, value, low, high, at) in [
            (0.5, 73.0, Some(25.0), Some(260.0), (Some(4), Some(12))),
            (0.75, 222.5, Some(73.0), Some(2321.0), (Some(8), Some(15))),
            (0.9, 1092.8, Some(185.0), None, (Some(11), None)),
        ] {
            assert!((quantile(&A, p).unwrap() - value).abs() < 1e-9, "{p}");
            assert_eq!(order_interval(&A, p), Ends { low, high }, "{p}");
            assert_eq!(ranks(A.len(), p), at, "{p}");
        }
        assert_eq!(quantile(&A[..13], 0.5), Some(58.0));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(order_interval(&[], 0.5), Ends { low: None, high: None });
    }

    #[test]
    fn the_least_number_of_values_that_bounds_both_sides_is_that_of_the_design() {
        for (p, least) in [(0.5, 6), (0.75, 13), (0.9, 36), (0.95, 72)] {
            let bounded = |n: usize| matches!(ranks(n, p), (Some(_), Some(_)));
            assert!(!bounded(least - 1) && bounded(least), "{p}");
        }
    }

    #[test]
    fn values_without_bound_stay_so() {
        let values = [1.0, f64::INFINITY, f64::INFINITY];
        assert_eq!(quantile(&values, 0.5), Some(f64::INFINITY));
        assert_eq!(quantile(&values, 0.75), Some(f64::INFINITY));
    }

    proptest! {
        #[test]
        fn a_quantile_lies_within_its_interval_and_rises_with_its_values(
            values in proptest::collection::vec(0.0_f64..1e6, 1..60), more in 0.0_f64..10.0, p in 0.05_f64..0.95
        ) {
            let q = quantile(&values, p).unwrap();
            let ends = order_interval(&values, p);
            prop_assert!(ends.low.is_none_or(|low| low <= q + 1e-9));
            prop_assert!(ends.high.is_none_or(|high| q <= high + 1e-9));
            let raised: Vec<f64> = values.iter().map(|value| value + more).collect();
            prop_assert!(quantile(&raised, p).unwrap() >= q);
        }

        #[test]
        fn both_ends_of_the_median_are_alike(n in 1_usize..400) {
            let (low, high) = ranks(n, 0.5);
            prop_assert_eq!(low, high.map(|high| n + 1 - high));
        }
    }
}
