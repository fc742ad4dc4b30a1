//! Lengths of which some still run: the estimator of Kaplan and Meier.

/// How many lengths last longer than a time, estimated from lengths of which some are only known to last at least so
/// long.
#[derive(Clone, Debug, PartialEq)]
pub struct Survival {
    /// Each time at which a length ended, ascending, with the share that lasts longer.
    steps: Vec<(f64, f64)>,
}

impl Survival {
    /// Of lengths, each with whether it is over: one that is not lasts longer than its length.
    pub fn of(lengths: &[(f64, bool)]) -> Self {
        let mut sorted = lengths.to_vec();
        // at one time ends come before lengths that are cut off there
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let (mut steps, mut share, mut left) = (Vec::<(f64, f64)>::new(), 1.0, sorted.len());
        for together in sorted.chunk_by(|a, b| a.0 == b.0) {
            let ended = together.iter().filter(|(_, over)| *over).count();
            if let (Some((time, _)), true) = (together.first(), ended > 0) {
                share *= 1.0 - ended as f64 / left as f64;
                steps.push((*time, share));
            }
            left -= together.len();
        }
        Self { steps }
    }

    /// The share that lasts longer than `time`.
    pub fn beyond(&self, time: f64) -> f64 {
        self.steps.iter().take_while(|(at, _)| *at <= time).last().map_or(1.0, |(_, share)| *share)
    }

    /// The least time by which a share `p` is over; `None` when it is not reached.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        // products of fractions miss their value by their last digits
        let reached = |share: &f64| *share <= 1.0 - p + 1e-12;
        self.steps.iter().find(|(_, share)| reached(share)).map(|(time, _)| *time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vector_b_has_its_steps_and_its_median() {
        let times = [10.0, 25.0, 40.0, 60.0, 90.0, 180.0, 240.0, 300.0];
        let over = [true, true, true, false, true, true, false, true];
        let lengths: Vec<(f64, bool)> = times.into_iter().zip(over).collect();
        let survival = Survival::of(&lengths);
        for (time, share) in times.into_iter().zip([0.875, 0.75, 0.625, 0.625, 0.46875, 0.3125, 0.3125, 0.0])
        {
            assert!((survival.beyond(time) - share).abs() < 1e-9, "{time}");
        }
        assert_eq!(survival.quantile(0.5), Some(90.0));
        assert!((survival.beyond(9.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_quantile_may_not_be_reached() {
        assert_eq!(Survival::of(&[(10.0, true), (20.0, false), (30.0, false)]).quantile(0.5), None);
        assert_eq!(Survival::of(&[(10.0, false)]).quantile(0.1), None);
        assert_eq!(Survival::of(&[]).quantile(0.5), None);
        // an end and a cut at one time: the end counts among both
        assert_eq!(Survival::of(&[(10.0, false), (10.0, true)]).quantile(0.5), Some(10.0));
    }

    proptest! {
        #[test]
        fn with_nothing_open_it_is_the_share_that_lasts_longer(
            times in proptest::collection::vec(1_u32..40, 1..40), at in 0_u32..45
        ) {
            let lengths: Vec<(f64, bool)> = times.iter().map(|time| (f64::from(*time), true)).collect();
            let longer = times.iter().filter(|time| **time > at).count() as f64 / times.len() as f64;
            prop_assert!((Survival::of(&lengths).beyond(f64::from(at)) - longer).abs() < 1e-9);
        }
    }
}
