//! How much a few attempts tell: a proportion with its interval, a median with its range (statistics).

use crate::{statistics::wilson, time::Span};

/// Below so many attempts a proportion is told as a count alone: one of one is compatible with 21 % to 100 %.
pub const FEW: usize = 3;

/// So many of so many, with the Wilson interval of 95 % (statistics: *Proportions*).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proportion {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// The lower end, from 0 to 1.
    pub low: f64,
    /// The upper end, from 0 to 1.
    pub high: f64,
}

impl Proportion {
    /// `count` of `of`; `None` of none.
    pub fn of(count: usize, of: usize) -> Option<Self> {
        if of == 0 || count > of {
            return None;
        }
        let ends = wilson(u64::try_from(count).ok()?, u64::try_from(of).ok()?);
        Some(Self { count, of, low: ends.low?, high: ends.high? })
    }

    /// Whether there are attempts enough for the interval to be shown.
    pub fn is_telling(&self) -> bool {
        self.of >= FEW
    }
}

/// Lengths of several attempts: their median and their range, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many lengths.
    pub count: usize,
    /// The median. Quantiles are monotone: that of the lower ends and that of the upper ends bound it (statistics:
    /// *Open and uncertain durations*). Type 7, which of an even number is the middle of the two in the middle.
    pub median: Span,
    /// From the shortest that any may have been to the longest.
    pub range: Span,
}

impl Spread {
    /// Of lengths in any order; `None` of none. A length of which nothing is known tells nothing.
    pub fn of(lengths: impl IntoIterator<Item = Span>) -> Option<Self> {
        let lengths: Vec<Span> = lengths.into_iter().filter(|length| !length.is_unknown()).collect();
        let mut lows: Vec<i64> = lengths.iter().map(|length| length.min).collect();
        lows.sort_unstable();
        // an open end is longer than any other
        let mut highs: Vec<i64> = lengths.iter().map(|length| length.max.unwrap_or(i64::MAX)).collect();
        highs.sort_unstable();
        let closed = |high: i64| (high != i64::MAX).then_some(high);
        Some(Self {
            count: lengths.len(),
            median: Span { min: median(&lows)?, max: median(&highs).and_then(closed) },
            range: Span { min: *lows.first()?, max: highs.last().copied().and_then(closed) },
        })
    }
}

/// The median of sorted numbers.
fn median(sorted: &[i64]) -> Option<i64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(middle.checked_sub(1)?)?;
    match upper {
        i64::MAX => Some(i64::MAX),
        upper => Some(lower + (upper - lower) / 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_share_has_its_interval_and_tells_something_from_three_on() {
        let two = Proportion::of(2, 2).unwrap();
        assert!((two.low - 0.342_380).abs() < 5e-7 && two.high >= 1.0, "{two:?}");
        assert_eq!(Proportion::of(0, 0), None);
        assert_eq!(Proportion::of(2, 1), None);
        assert!(!two.is_telling());
        assert!(Proportion::of(2, 3).unwrap().is_telling());
    }

    #[test]
    fn a_spread_has_the_middle_and_both_ends() {
        let check = |lengths: &[Span], median: Span, range: Span| {
            let told = Spread::of(lengths.iter().copied()).unwrap();
            assert_eq!((told.median, told.range), (median, range), "{lengths:?}");
        };
        let exact = Span::exact;
        check(&[exact(5)], exact(5), exact(5));
        check(&[exact(9), exact(1), exact(4)], exact(4), Span::between(1, 9));
        check(&[exact(2), exact(5)], exact(3), Span::between(2, 5));
        check(&[Span::between(5, 9), exact(2)], Span::between(3, 5), Span::between(2, 9));
        check(&[Span::at_least(3), exact(2), exact(1)], exact(2), Span::at_least(1));
        check(&[Span::at_least(3), Span::at_least(5)], Span::at_least(4), Span::at_least(3));
        assert_eq!(Spread::of([Span::UNKNOWN]), None);
        assert_eq!(Spread::of([]), None);
    }

    proptest! {
        #[test]
        fn a_success_more_never_lowers_a_share(count in 0..200_usize, more in 0..200_usize) {
            let before = Proportion::of(count, count + more);
            let after = Proportion::of(count + 1, count + more + 1).unwrap();
            prop_assert!(before.is_none_or(|before| before.low <= after.low + 1e-12 && before.high <= after.high + 1e-12));
            prop_assert!(after.low >= 0.0 && after.low <= after.high && after.high <= 1.0);
        }

        #[test]
        fn the_order_of_lengths_does_not_matter(mut lengths in proptest::collection::vec((0..99_i64, proptest::option::of(0..99_i64)), 1..9)) {
            let spans = |lengths: &[(i64, Option<i64>)]| {
                Spread::of(lengths.iter().map(|(min, more)| Span { min: *min, max: more.map(|more| min + more) }).collect::<Vec<_>>())
            };
            let told = spans(&lengths);
            lengths.reverse();
            prop_assert_eq!(told, spans(&lengths));
        }
    }
}
