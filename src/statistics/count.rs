//! Numbers of events, and how two of them compare.

use super::{
    ALPHA, Ends, Z, first_where,
    tails::{binomial, poisson_at_most},
};

/// The exact interval (Garwood) of what was to be expected where `events` were counted.
pub fn poisson(events: u64) -> Ends {
    let counted = events as f64;
    let low = match events.checked_sub(1) {
        // P(X ≥ k) reaches α/2
        Some(fewer) => first_where(0.0, counted, |mean| poisson_at_most(fewer, mean) <= 1.0 - ALPHA / 2.0),
        None => 0.0,
    };
    let far = counted + 5.0 * (counted + 1.0).sqrt() + 11.0;
    let high = first_where(counted, far, |mean| poisson_at_most(events, mean) <= ALPHA / 2.0);
    Ends { low: Some(low), high: Some(high) }
}

/// How two rates of events compare.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// The second rate over the first; `None` when the first is zero.
    pub ratio: Option<f64>,
    /// The score interval of the ratio.
    pub interval: Ends,
    /// The exact conditional test of equal rates.
    pub p: f64,
}

/// Compares the rate of `second` events in `second_time` with that of `first` in `first_time`, in the same unit. The test
/// is the conditional binomial one, the interval by scores (`statsmodels.stats.rates`). `None` where a time is not
/// positive, or nothing happened.
pub fn compare_rates((first, first_time): (u64, f64), (second, second_time): (u64, f64)) -> Option<Rates> {
    let (whole, time) = (first.checked_add(second)?, first_time + second_time);
    let positive = first_time > 0.0 && second_time > 0.0 && time.is_finite();
    if !positive || whole == 0 {
        return None;
    }
    let chance = second_time / time;
    let observed = binomial(second, whole, chance);
    // as likely as what was seen, or less; digits that rounding took count as equal
    let as_odd = (0..=whole).map(|k| binomial(k, whole, chance)).filter(|p| *p <= observed * (1.0 + 1e-7));
    let p = as_odd.sum::<f64>().min(1.0);
    let (a, b, z2) = (first as f64, second as f64, Z * Z);
    // (b − aρ)² = z²(a + b)ρ, of the counts' ratio ρ
    let half = a * b + z2 * (a + b) / 2.0;
    let root = (half * half - a * a * b * b).max(0.0).sqrt();
    let unit = first_time / second_time;
    let low = if a > 0.0 { (half - root) / (a * a) } else { b * b / (2.0 * half) };
    let high = (a > 0.0).then(|| (half + root) / (a * a) * unit);
    Some(Rates {
        ratio: (a > 0.0).then(|| b / a * unit),
        interval: Ends { low: Some(low.max(0.0) * unit), high },
        p,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn six_events_have_the_interval_of_the_design() {
        let ends = poisson(6);
        assert!((ends.low.unwrap() - 2.201_894).abs() < 5e-7, "{ends:?}");
        assert!((ends.high.unwrap() - 13.059_474).abs() < 5e-7, "{ends:?}");
        let none = poisson(0);
        assert_eq!(none.low, Some(0.0));
        // −ln(α/2)
        assert!((none.high.unwrap() - 0.025_f64.ln().abs()).abs() < 1e-9, "{none:?}");
    }

    #[test]
    fn twelve_against_six_is_no_evidence() {
        let rates = compare_rates((6, 1.0), (12, 1.0)).unwrap();
        assert!((rates.p - 0.237_885).abs() < 5e-7, "{rates:?}");
        assert!((rates.ratio.unwrap() - 2.0).abs() < 1e-12);
        assert!((rates.interval.low.unwrap() - 0.777_761).abs() < 5e-7, "{rates:?}");
        assert!((rates.interval.high.unwrap() - 5.142_968).abs() < 5e-7, "{rates:?}");
        // the same events in half the time are twice the rate
        let shorter = compare_rates((6, 2.0), (12, 1.0)).unwrap();
        assert!((shorter.ratio.unwrap() - 4.0).abs() < 1e-12);
        assert!((shorter.interval.low.unwrap() - 2.0 * rates.interval.low.unwrap()).abs() < 1e-9);
    }

    #[test]
    fn nothing_to_compare_is_not_compared() {
        assert_eq!(compare_rates((0, 1.0), (0, 1.0)), None);
        assert_eq!(compare_rates((3, 0.0), (2, 1.0)), None);
        assert_eq!(compare_rates((3, f64::NAN), (2, 1.0)), None);
        assert_eq!(compare_rates((3, 1.0), (2, f64::INFINITY)), None);
        let from_none = compare_rates((0, 1.0), (5, 1.0)).unwrap();
        assert_eq!((from_none.ratio, from_none.interval.high), (None, None));
        assert!((from_none.interval.low.unwrap() - 5.0 / (Z * Z)).abs() < 1e-9, "{from_none:?}");
        let to_none = compare_rates((5, 1.0), (0, 1.0)).unwrap();
        assert_eq!((to_none.ratio, to_none.interval.low), (Some(0.0), Some(0.0)));
    }

    proptest! {
        #[test]
        fn the_interval_of_a_count_holds_it_and_leaves_the_tails(events in 0_u64..400) {
            let ends = poisson(events);
            let (low, high) = (ends.low.unwrap(), ends.high.unwrap());
            prop_assert!(low <= events as f64 && (events as f64) < high);
            prop_assert!((poisson_at_most(events, high) - 0.025).abs() < 1e-9);
            if events > 0 {
                prop_assert!((poisson_at_most(events - 1, low) - 0.975).abs() < 1e-9);
            }
        }

        #[test]
        fn rates_compare_alike_in_either_order(a in 1_u64..80, b in 1_u64..80, t in 0.1_f64..10.0) {
            let (there, back) = (compare_rates((a, 1.0), (b, t)).unwrap(), compare_rates((b, t), (a, 1.0)).unwrap());
            prop_assert!((there.p - back.p).abs() < 1e-9);
            prop_assert!((there.ratio.unwrap() * back.ratio.unwrap() - 1.0).abs() < 1e-9);
            prop_assert!((there.interval.low.unwrap() * back.interval.high.unwrap() - 1.0).abs() < 1e-9);
        }
    }
}
