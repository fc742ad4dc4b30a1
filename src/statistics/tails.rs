//! Tails of the binomial, Poisson, normal and Student distributions.

/// The chance of `k` successes in `n` trials, each with chance `p` strictly between 0 and 1.
pub(super) fn binomial(k: u64, n: u64, p: f64) -> f64 {
    let (k_f, rest) = (k as f64, n.saturating_sub(k) as f64);
    let ways = ln_factorial(n) - ln_factorial(k) - ln_factorial(n.saturating_sub(k));
    (ways + k_f * p.ln() + rest * (-p).ln_1p()).exp()
}

/// The chance of at most `k` events where `mean` are expected.
pub(super) fn poisson_at_most(k: u64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 1.0;
    }
    let ln_mean = mean.ln();
    (0..=k).map(|i| (i as f64 * ln_mean - mean - ln_factorial(i)).exp()).sum::<f64>().min(1.0)
}

/// The chance that a standard normal value lies farther from zero than `z`, on either side.
pub(super) fn normal_beyond(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The chance that a value of Student's distribution with a whole number of degrees of freedom lies within `t` of zero
/// (Abramowitz and Stegun, 26.7.3 and 26.7.4).
pub(super) fn student_within(t: f64, freedom: u64) -> f64 {
    let angle = (t / (freedom as f64).sqrt()).atan();
    let (sine, cosine) = angle.sin_cos();
    let odd = !freedom.is_multiple_of(2);
    // each term of the series is the one before times cos² and a fraction
    let (mut term, first) = if odd { (cosine, 2) } else { (1.0, 1) };
    let mut sum = if odd && freedom == 1 { 0.0 } else { term };
    let mut over = first;
    while over + 1 < freedom.saturating_sub(1) {
        term *= cosine * cosine * over as f64 / (over + 1) as f64;
        sum += term;
        over += 2;
    }
    if odd { (angle + sine * sum) * std::f64::consts::FRAC_2_PI } else { sine * sum }
}

fn ln_factorial(n: u64) -> f64 {
    libm::lgamma(n as f64 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }

    #[test]
    fn tails_are_those_of_the_tables() {
        close(binomial(3, 10, 0.5), 120.0 / 1024.0);
        close((0..=40).map(|k| binomial(k, 40, 0.3)).sum(), 1.0);
        close(poisson_at_most(2, 3.0), 8.5 * (-3.0_f64).exp());
        close(poisson_at_most(4, 0.0), 1.0);
        close(normal_beyond(1.959_963_984_540_054), 0.05);
        close(normal_beyond(-1.0), 0.317_310_507_862_914_1);
    }

    #[test]
    fn students_quantiles_are_those_of_the_tables() {
        // two-sided 95 %, from 1 to 6 degrees of freedom, and more
        for (freedom, t) in [
            (1, 12.706_204_736_174_7),
            (2, 4.302_652_729_749_46),
            (3, 3.182_446_305_284_63),
            (4, 2.776_445_105_197_79),
            (5, 2.570_581_835_636_31),
            (6, 2.446_911_851_144_97),
            (14, 2.144_786_687_916_93),
            (99, 1.984_216_951_586_42),
        ] {
            assert!((student_within(t, freedom) - 0.95).abs() < 1e-11, "{freedom}");
        }
    }
}
