//! Whether one group of values lies higher than another, and by how much.

use super::{ALPHA, Ends, Z, first_where, median_of, sorted, tails::normal_beyond};

/// The most values, of both groups together, whose test is exact.
const EXACT: usize = 50;

/// The test of Mann and Whitney, and the shift of Hodges and Lehmann.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// U of the first group: pairs in which its value is higher, equal ones counted half.
    pub u: f64,
    /// The test of no shift: exact up to 50 values of which no two are equal, else by the normal distribution.
    pub p: f64,
    /// The median of the differences, second less first.
    pub shift: f64,
    /// Its interval, by the ranks at which the test would just refuse.
    pub interval: Ends,
}

/// Compares a second group of values with a first; `None` when either is empty. Time grows with n·log n.
pub fn shift(first: &[f64], second: &[f64]) -> Option<Shift> {
    let (first, second) = (sorted(first), sorted(second));
    let pairs = first.len() as u64 * second.len() as u64;
    if pairs == 0 || first.iter().chain(&second).any(|value| !value.is_finite()) {
        return None;
    }
    // pairs whose difference, second less first, is below zero, and at most zero
    let (below, at_most) = (pairs - differences(&second, &first, 0.0), differences(&first, &second, 0.0));
    let u = (below + at_most) as f64 / 2.0;
    let tied = { sorted(&[first.as_slice(), &second].concat()) };
    let ties: f64 = tied.chunk_by(|a, b| a == b).map(|t| (t.len() as f64).powi(3) - t.len() as f64).sum();
    let exact = ties == 0.0 && tied.len() <= EXACT;
    let chances = if exact { chances(first.len(), second.len()) } else { Vec::new() };
    let n = tied.len() as f64;
    let spread = (pairs as f64 / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)))).max(0.0).sqrt();
    let fewer = u.min(pairs as f64 - u);
    let p = if exact {
        (2.0 * chances.iter().take(fewer as usize + 1).sum::<f64>()).min(1.0)
    } else if spread > 0.0 {
        normal_beyond(((pairs as f64 / 2.0 - fewer - 0.5) / spread).max(0.0))
    } else {
        1.0
    };
    // as many differences on each side are out of the question
    let outside = if exact {
        let mut tail = 0.0;
        let within = |chance: &&f64| {
            tail += **chance;
            tail <= ALPHA / 2.0
        };
        chances.iter().take_while(within).count() as u64
    } else {
        (pairs as f64 / 2.0 - Z * spread).max(0.0) as u64
    };
    let kth = |rank: u64| difference_of_rank(&first, &second, rank);
    let bounded = outside > 0;
    let interval = Ends {
        low: bounded.then(|| kth(outside)),
        high: bounded.then(|| kth((pairs + 1).saturating_sub(outside))),
    };
    Some(Shift { u, p, shift: median_of(pairs, kth), interval })
}

/// The chance of each value of U, from zero, of two groups of these sizes whose orders are all as likely.
fn chances(first: usize, second: usize) -> Vec<f64> {
    let pairs = first * second;
    // by how many of the first group were placed, and U so far: a value of the first group stands above the values of
    // the second that were placed before it
    let mut ways = vec![vec![0.0_f64; pairs + 1]; first + 1];
    if let Some(none) = ways.first_mut().and_then(|row| row.first_mut()) {
        *none = 1.0;
    }
    for place in 0..first + second {
        for placed in (0..first.min(place + 1)).rev() {
            let above = place - placed;
            if above > second {
                continue;
            }
            if let Some((low, high)) = ways.split_at_mut_checked(placed + 1)
                && let (Some(from), Some(to)) = (low.last(), high.first_mut())
            {
                for (there, more) in to.iter_mut().skip(above).zip(from) {
                    *there += more;
                }
            }
        }
    }
    let all = ways.pop().unwrap_or_default();
    let sum: f64 = all.iter().sum();
    all.into_iter().map(|ways| ways / sum).collect()
}

/// The pairs whose difference, second less first, is at most this one. Both are ascending.
fn differences(first: &[f64], second: &[f64], most: f64) -> u64 {
    let mut rest = first.iter().peekable();
    let mut found = 0;
    for value in second {
        while rest.next_if(|lower| value - **lower > most).is_some() {}
        found += rest.len() as u64;
    }
    found
}

/// The difference of this rank, from 1, among those of all pairs, in ascending order.
fn difference_of_rank(first: &[f64], second: &[f64], rank: u64) -> f64 {
    let end = |values: &[f64], last: bool| *if last { values.last() } else { values.first() }.unwrap_or(&0.0);
    let (low, high) = (end(second, false) - end(first, true), end(second, true) - end(first, false));
    // the least difference of all is one that must be found, too
    let margin = (high - low).abs().max(f64::MIN_POSITIVE);
    first_where(low - margin, high, |most| differences(first, second, most) >= rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_halves_of_vector_c_are_no_evidence() {
        let first = [185.0, 44.0, 410.0, 95.0, 260.0, 31.0].map(f64::ln);
        let second = [120.0, 73.0, 58.0, 25.0, 18.0, 12.0].map(f64::ln);
        let shift = shift(&first, &second).unwrap();
        assert_eq!(shift.u, 29.0);
        assert!((shift.p - 0.093_074).abs() < 5e-7, "{shift:?}");
        assert!((shift.shift.exp() - 0.302_919).abs() < 5e-7, "{shift:?}");
        let (low, high) = (shift.interval.low.unwrap(), shift.interval.high.unwrap());
        assert!(low < shift.shift && shift.shift < high && high > 0.0, "{shift:?}");
    }

    #[test]
    fn small_groups_have_the_chances_of_the_tables() {
        assert_eq!(chances(1, 1), [0.5, 0.5]);
        let twelfths: Vec<f64> = chances(2, 2).iter().map(|chance| chance * 6.0).collect();
        assert_eq!(twelfths, [1.0, 1.0, 2.0, 1.0, 1.0]);
        assert!((chances(7, 11).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_compared_is_not() {
        assert_eq!(shift(&[], &[1.0]), None);
        assert_eq!(shift(&[1.0], &[f64::INFINITY]), None);
        let same = shift(&[2.0; 4], &[2.0; 9]).unwrap();
        assert_eq!((same.u, same.p, same.shift), (18.0, 1.0, 0.0));
        // three against three never reach the level
        assert_eq!(
            shift(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]).unwrap().interval,
            Ends { low: None, high: None }
        );
    }

    proptest! {
        #[test]
        fn pairs_are_counted_as_by_hand(
            first in proptest::collection::vec(0_u8..20, 1..25), second in proptest::collection::vec(0_u8..20, 1..25)
        ) {
            let [first, second] = [first, second].map(|v| v.into_iter().map(f64::from).collect::<Vec<_>>());
            let mut by_hand = 0.0;
            let mut all = Vec::new();
            for a in &first {
                for b in &second {
                    by_hand += if a > b { 1.0 } else if a == b { 0.5 } else { 0.0 };
                    all.push(b - a);
                }
            }
            let shift = shift(&first, &second).unwrap();
            prop_assert_eq!(shift.u, by_hand);
            let all = sorted(&all);
            let middle = median_of(all.len() as u64, |rank| all[rank as usize - 1]);
            prop_assert!((shift.shift - middle).abs() < 1e-9);
            prop_assert!((0.0..=1.0).contains(&shift.p));
        }

        #[test]
        fn the_interval_ends_where_the_test_begins_to_refuse(
            first in proptest::collection::vec(0.0_f64..1.0, 6..14), second in proptest::collection::vec(0.0_f64..1.0, 6..14)
        ) {
            let found = shift(&first, &second).unwrap();
            let (low, high) = (found.interval.low.unwrap(), found.interval.high.unwrap());
            let p = |by: f64| {
                let moved: Vec<f64> = second.iter().map(|value| value - by).collect();
                shift(&first, &moved).unwrap().p
            };
            prop_assert!(p(low - 1e-7) <= 0.05 && p(high + 1e-7) <= 0.05);
            prop_assert!(p(low + 1e-7) > 0.05 && p(high - 1e-7) > 0.05);
        }
    }
}
