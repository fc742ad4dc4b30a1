//! Means, which a few long incidents decide: printed only when asked for, with a warning.

use super::{ALPHA, first_where, tails::student_within};

/// The arithmetic mean; `None` of no values.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The geometric mean and its interval, by Student's distribution on the logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeometricMean {
    /// The mean.
    pub value: f64,
    /// The lower end; `None` of one value.
    pub low: Option<f64>,
    /// The upper end; `None` of one value.
    pub high: Option<f64>,
}

/// The geometric mean of positive values; `None` of no values, or when one is not positive.
pub fn geometric_mean(values: &[f64]) -> Option<GeometricMean> {
    if values.iter().any(|value| *value <= 0.0) {
        return None;
    }
    let logs: Vec<f64> = values.iter().map(|value| value.ln()).collect();
    let centre = mean(&logs)?;
    let freedom = logs.len() as u64 - 1;
    if freedom == 0 {
        return Some(GeometricMean { value: centre.exp(), low: None, high: None });
    }
    let squares: f64 = logs.iter().map(|log| (log - centre).powi(2)).sum();
    let deviation = (squares / freedom as f64).sqrt();
    // the widest, of one degree of freedom, is 12.7
    let t = first_where(0.0, 16.0, |t| student_within(t, freedom) >= 1.0 - ALPHA);
    let half = t * deviation / (logs.len() as f64).sqrt();
    let (low, high) = (Some((centre - half).exp()), Some((centre + half).exp()));
    Some(GeometricMean { value: centre.exp(), low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_a_has_its_means() {
        let a =
            [7.0, 12.0, 18.0, 25.0, 31.0, 44.0, 58.0, 73.0, 95.0, 120.0, 185.0, 260.0, 410.0, 1548.0, 2321.0];
        assert!((mean(&a).unwrap() - 347.1333).abs() < 5e-5);
        assert!((mean(&a[..13]).unwrap() - 102.9231).abs() < 5e-5);
        let geometric = geometric_mean(&a).unwrap();
        assert!((geometric.value - 89.074_992).abs() < 5e-7, "{geometric:?}");
        assert!((geometric.low.unwrap() - 35.187_002).abs() < 5e-7, "{geometric:?}");
        assert!((geometric.high.unwrap() - 225.491_054).abs() < 5e-7, "{geometric:?}");
    }

    #[test]
    fn what_has_no_mean_has_none() {
        assert_eq!((mean(&[]), geometric_mean(&[]), geometric_mean(&[1.0, 0.0])), (None, None, None));
        assert_eq!(geometric_mean(&[8.0]).unwrap().low, None);
    }
}
