//! Whether values rise or fall in the order in which they came, and by how much.

use super::{Ends, Z, first_where, median_of, sorted, tails::normal_beyond};

/// The most values whose test is exact.
const EXACT: usize = 50;

/// The test of Mann and Kendall, and the slope of Theil and Sen per value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// S: pairs that rise less pairs that fall.
    pub s: i64,
    /// Kendall's τ against the order; −1 falls throughout, 1 rises.
    pub tau: f64,
    /// The test of no trend: exact up to 50 values of which no two are equal, else by the normal distribution.
    pub p: f64,
    /// The p-value by the normal distribution, corrected for ties and continuity.
    pub p_normal: f64,
    /// The median of the slopes between all pairs, in units per value.
    pub slope: f64,
    /// Its interval, as `scipy.stats.theilslopes` gives it.
    pub interval: Ends,
}

/// The test of no trend alone, without the slope, which costs most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendTest {
    /// As [`Trend::s`].
    pub s: i64,
    /// As [`Trend::tau`].
    pub tau: f64,
    /// As [`Trend::p`].
    pub p: f64,
    /// As [`Trend::p_normal`].
    pub p_normal: f64,
    pairs: u64,
    variance: f64,
}

/// The test of no trend in values in the order in which they came; `None` of fewer than two. Time grows with n·log n.
pub fn trend_test(values: &[f64]) -> Option<TrendTest> {
    let n = values.len() as u64;
    if n < 2 || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let pairs = n * (n - 1) / 2;
    let ties = ties(values);
    let equal: u64 = ties.iter().map(|t| t * (t - 1) / 2).sum();
    let falling = descents(values, false);
    let rising = pairs - equal - falling;
    let s = rising as i64 - falling as i64;
    let weight = |n: u64| n as f64 * (n as f64 - 1.0) * (2.0 * n as f64 + 5.0);
    let variance = (weight(n) - ties.iter().map(|t| weight(*t)).sum::<f64>()) / 18.0;
    // the continuity correction moves S by one towards zero
    let z = if s == 0 || variance <= 0.0 { 0.0 } else { (s - s.signum()) as f64 / variance.sqrt() };
    let p_normal = normal_beyond(z);
    let p = if equal == 0 && values.len() <= EXACT { exact(n, falling.min(rising)) } else { p_normal };
    let tau = if equal == pairs { 0.0 } else { s as f64 / (pairs as f64 * (pairs - equal) as f64).sqrt() };
    Some(TrendTest { s, tau, p, p_normal, pairs, variance })
}

/// The trend of values in the order in which they came; `None` of fewer than two. Time grows with n·log n.
pub fn trend(values: &[f64]) -> Option<Trend> {
    let TrendTest { s, tau, p, p_normal, pairs, variance } = trend_test(values)?;
    let half = Z * variance.max(0.0).sqrt();
    let rank = |half: f64| ((pairs as f64 + half) / 2.0).round_ties_even();
    let kth = |rank: u64| slope_of_rank(values, rank);
    let low = kth((rank(-half).max(1.0) as u64).max(1));
    let high = kth((rank(half) as u64 + 1).min(pairs));
    Some(Trend {
        s,
        tau,
        p,
        p_normal,
        slope: median_of(pairs, kth),
        interval: Ends { low: Some(low), high: Some(high) },
    })
}

/// How often each value stands there.
fn ties(values: &[f64]) -> Vec<u64> {
    sorted(values).chunk_by(|a, b| a == b).map(|equal| equal.len() as u64).collect()
}

/// Twice the chance of at most `fewer` descents among the orders of `n` values, all as likely.
fn exact(n: u64, fewer: u64) -> f64 {
    let mut chances = vec![1.0_f64];
    for size in 2..=n as usize {
        // the next value stands before 0 to size − 1 of those there are
        let mut next = vec![0.0; chances.len() + size - 1];
        for (descents, chance) in chances.iter().enumerate() {
            for there in next.iter_mut().skip(descents).take(size) {
                *there += chance / size as f64;
            }
        }
        chances = next;
    }
    (2.0 * chances.iter().take(fewer as usize + 1).sum::<f64>()).min(1.0)
}

/// The slope of this rank, from 1, among those of all pairs, in ascending order.
fn slope_of_rank(values: &[f64], rank: u64) -> f64 {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let steepest = most - least;
    first_where(-steepest, steepest, |slope| {
        // the slope of a pair is at most this one when the later value, less what the slope gave it, is not higher
        let level: Vec<f64> = values.iter().enumerate().map(|(i, value)| value - slope * i as f64).collect();
        descents(&level, true) >= rank
    })
}

/// The pairs of which the later value is lower, or, when asked for, equal.
fn descents(values: &[f64], or_equal: bool) -> u64 {
    let mut sorted = values.to_vec();
    let mut room = sorted.clone();
    merge(&mut sorted, &mut room, or_equal)
}

fn merge(values: &mut [f64], room: &mut [f64], or_equal: bool) -> u64 {
    /// Fewer are sorted faster by putting each in its place.
    const FEW: usize = 16;
    if values.len() <= FEW {
        return insert(values, or_equal);
    }
    let middle = values.len() / 2;
    let (left, right) = values.split_at_mut(middle);
    let (left_room, right_room) = room.split_at_mut(middle);
    let mut found = merge(left, left_room, or_equal) + merge(right, right_room, or_equal);
    let (mut earlier, mut later) = (left.iter().peekable(), right.iter().peekable());
    for place in room.iter_mut() {
        let take_later = match (earlier.peek(), later.peek()) {
            (Some(a), Some(b)) if or_equal => b <= a,
            (Some(a), Some(b)) => b < a,
            (None, _) => true,
            (_, None) => false,
        };
        let next = if take_later {
            // all that is left of the earlier half is above it
            found += earlier.len() as u64;
            later.next()
        } else {
            earlier.next()
        };
        if let Some(value) = next {
            *place = *value;
        }
    }
    values.copy_from_slice(room);
    found
}

/// The same of a few values, by putting each among those before it.
fn insert(values: &mut [f64], or_equal: bool) -> u64 {
    let mut found = 0;
    for end in 1..values.len() {
        let Some((value, before)) = values.get(..=end).and_then(<[f64]>::split_last) else { break };
        let place =
            before.partition_point(|earlier| if or_equal { earlier < value } else { earlier <= value });
        found += (end - place) as u64;
        if let Some(moved) = values.get_mut(place..=end) {
            moved.rotate_right(1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vector_c_falls() {
        let logs: Vec<f64> = [185.0, 44.0, 410.0, 95.0, 260.0, 31.0, 120.0, 73.0, 58.0, 25.0, 18.0, 12.0]
            .map(f64::ln)
            .to_vec();
        let trend = trend(&logs).unwrap();
        assert_eq!(trend.s, -40);
        for (found, expected) in [
            (trend.tau, -0.606_061),
            (trend.p, 0.005_380),
            (trend.p_normal, 0.007_488),
            (trend.slope, -0.253_649),
            (trend.slope.exp(), 0.775_964),
            (trend.interval.low.unwrap(), -0.423_407),
            (trend.interval.high.unwrap(), -0.098_687),
        ] {
            assert!((found - expected).abs() < 5e-7, "{found} {expected}");
        }
    }

    #[test]
    fn what_cannot_have_a_trend_has_none() {
        assert_eq!(trend(&[]), None);
        assert_eq!(trend(&[1.0]), None);
        assert_eq!(trend(&[1.0, f64::NAN]), None);
        let flat = trend(&[3.0; 12]).unwrap();
        assert_eq!((flat.s, flat.tau, flat.p, flat.slope), (0, 0.0, 1.0, 0.0));
    }

    /// The slopes of all pairs, ascending: slow and plain.
    fn slopes(values: &[f64]) -> Vec<f64> {
        let mut slopes = Vec::new();
        for (i, a) in values.iter().enumerate() {
            for (j, b) in values.iter().enumerate().skip(i + 1) {
                slopes.push((b - a) / (j - i) as f64);
            }
        }
        sorted(&slopes)
    }

    proptest! {
        #[test]
        fn pairs_are_counted_as_by_hand(values in proptest::collection::vec(0_u8..9, 2..40)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let pairs = || (0..values.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
            let by_hand: i64 = pairs()
                .map(|(i, j)| values[j].partial_cmp(&values[i]).unwrap() as i64)
                .sum();
            let trend = trend(&values).unwrap();
            prop_assert_eq!(trend.s, by_hand);
            prop_assert!((0.0..=1.0).contains(&trend.p) && (-1.0..=1.0).contains(&trend.tau));
            prop_assert!(trend.interval.low.unwrap() <= trend.slope + 1e-9);
            prop_assert!(trend.slope <= trend.interval.high.unwrap() + 1e-9);
        }

        #[test]
        fn slopes_are_found_by_their_rank(values in proptest::collection::vec(-50.0_f64..50.0, 2..30), at in 0.0_f64..1.0) {
            let slopes = slopes(&values);
            let rank = (slopes.len() as f64 * at) as usize;
            let found = slope_of_rank(&values, rank as u64 + 1);
            prop_assert!((found - slopes[rank]).abs() < 1e-9, "{} {}", found, slopes[rank]);
        }
    }
}
