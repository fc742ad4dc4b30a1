//! Which paragraph of one text is which of the other, by their lengths.
//!
//! After Gale and Church, *A Program for Aligning Sentences in Bilingual Corpora* (1993): the cheapest way to go through
//! both texts, where a step takes one paragraph of each, one of either alone, or two of one for one of the other.

/// More pairs than this are not weighed: such texts are compared only where they have as many paragraphs.
const MOST_PAIRS: usize = 40_000;

/// Positions of blocks that are each other's alone. `lengths` are in bytes.
pub(super) fn pairs(one: &[usize], other: &[usize]) -> Vec<(usize, usize)> {
    let in_order = || (0..one.len()).map(|index| (index, index)).collect();
    if one.len() == 1 && other.len() == 1 {
        return in_order();
    }
    if one.len().saturating_mul(other.len()) > MOST_PAIRS {
        return if one.len() == other.len() { in_order() } else { Vec::new() };
    }
    // the cheapest way to each point, and the step that led there
    let width = other.len() + 1;
    let mut best: Vec<(f64, (usize, usize))> = vec![(f64::INFINITY, (0, 0)); (one.len() + 1) * width];
    if let Some(start) = best.first_mut() {
        *start = (0.0, (0, 0));
    }
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            let here = best.get(i * width + j).map_or(f64::INFINITY, |(cost, _)| *cost);
            for (step, price) in STEPS {
                let taken = |lengths: &[usize], from: usize, count: usize| -> Option<usize> {
                    lengths.get(from..from + count).map(|taken| taken.iter().sum())
                };
                let (Some(a), Some(b)) = (taken(one, i, step.0), taken(other, j, step.1)) else { continue };
                let cost = here + price + if step.0 * step.1 > 0 { unlikeness(a, b) } else { 0.0 };
                if let Some(there) = best.get_mut((i + step.0) * width + j + step.1)
                    && cost < there.0
                {
                    *there = (cost, step);
                }
            }
        }
    }
    let (mut i, mut j) = (one.len(), other.len());
    let mut pairs = Vec::new();
    while i + j > 0 {
        let Some((_, step)) = best.get(i * width + j).copied().filter(|(_, step)| step.0 + step.1 > 0) else {
            break;
        };
        (i, j) = (i - step.0, j - step.1);
        if step == (1, 1) {
            pairs.push((i, j));
        }
    }
    pairs.reverse();
    pairs
}

/// How many blocks of each text a step takes, and its price: −2 ln of how often translators do so.
const STEPS: [((usize, usize), f64); 5] =
    [((1, 1), 0.23), ((1, 0), 9.2), ((0, 1), 9.2), ((2, 1), 6.2), ((1, 2), 6.2)];

/// How far two lengths are from those of translations: the square of the distance in standard deviations.
fn unlikeness(one: usize, other: usize) -> f64 {
    /// How many bytes of the one language become how many of the other, whichever it is.
    const VARIANCE: f64 = 6.8;
    #[expect(clippy::cast_precision_loss, reason = "lengths of paragraphs")]
    let (one, other) = (one as f64, other as f64);
    let mean = f64::midpoint(one, other).max(1.0);
    let distance = (one - other) / (mean * VARIANCE).sqrt();
    distance * distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_paired_past_one_that_is_missing_or_split() {
        for (one, other, expected) in [
            (&[100, 40, 300][..], &[110, 45, 320][..], &[(0, 0), (1, 1), (2, 2)][..]),
            (&[100, 140, 300], &[110, 320], &[(0, 0), (2, 1)]),
            (&[100, 400, 300], &[110, 150, 270, 320], &[(0, 0), (2, 3)]),
            (&[10], &[500], &[(0, 0)]),
            (&[], &[5], &[]),
        ] {
            assert_eq!(pairs(one, other), expected, "{one:?} {other:?}");
        }
        let many = vec![10; 1000];
        assert_eq!(pairs(&many, &many).len(), 1000);
        assert!(pairs(&many, &many[1..]).is_empty());
    }
}
