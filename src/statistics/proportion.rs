//! Shares: k of n.

use super::{Ends, Z};

/// The interval of Wilson around the share `k` of `n`, within [0, 1]; unbounded when `n` is zero, as nothing is known.
/// `statsmodels.stats.proportion.proportion_confint(k, n, method="wilson")`.
pub fn wilson(k: u64, n: u64) -> Ends {
    if n == 0 {
        return Ends { low: None, high: None };
    }
    let (k, n) = (k.min(n) as f64, n as f64);
    let share = k / n;
    let z2 = Z * Z;
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    // none and all reach their end exactly, which rounding may miss
    let low = if k == 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if k == n { 1.0 } else { (centre + half).min(1.0) };
    Ends { low: Some(low), high: Some(high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_of_the_design_is_met() {
        for (k, n, low, high) in [
            (0, 1, 0.0, 0.793_451),
            (1, 1, 0.206_549, 1.0),
            (0, 5, 0.0, 0.434_482),
            (3, 5, 0.230_724, 0.882_379),
            (1, 20, 0.008_881, 0.236_131),
            (7, 10, 0.396_778, 0.892_209),
            (10, 10, 0.722_467, 1.0),
            (13, 15, 0.621_180, 0.962_639),
            (45, 50, 0.786_398, 0.956_524),
        ] {
            let ends = wilson(k, n);
            let (found_low, found_high) = (ends.low.unwrap(), ends.high.unwrap());
            assert!((found_low - low).abs() < 5e-7 && (found_high - high).abs() < 5e-7, "{k}/{n}: {ends:?}");
        }
        assert_eq!(wilson(0, 0), Ends { low: None, high: None });
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_mirrors(k in 0_u64..300, more in 0_u64..300) {
            let n = k + more;
            prop_assume!(n > 0);
            let (ends, mirrored) = (wilson(k, n), wilson(more, n));
            let (low, high) = (ends.low.unwrap(), ends.high.unwrap());
            let share = k as f64 / n as f64;
            prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
            prop_assert!((low - (1.0 - mirrored.high.unwrap())).abs() < 1e-12);
        }
    }
}
