//! Statistics for a spreadsheet: one figure a row, so that a new figure is a new row.

use crate::{
    cli::{CliError, table},
    query::stats::{Lengths, QuantileRow, Share, Stats, Total},
};

const HEAD: [&str; 10] =
    ["period", "class", "measure", "k", "n", "value", "value_max", "low", "high", "p_adjusted"];

/// What a figure fills of a row, after period, class and measure.
#[derive(Default)]
struct Figure {
    k: Option<u64>,
    n: Option<u64>,
    value: Option<f64>,
    value_max: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    p: Option<f64>,
}

/// Every figure of the answer.
pub(super) fn rows(stats: &Stats) -> Result<String, CliError> {
    let mut rows = Vec::new();
    let mut put = |period: Option<&str>, class: Option<&str>, measure: &str, figure: Figure| {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let count = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        rows.push(vec![
            period.unwrap_or_default().to_owned(),
            class.unwrap_or_default().to_owned(),
            measure.to_owned(),
            count(figure.k),
            count(figure.n),
            number(figure.value),
            number(figure.value_max),
            number(figure.low),
            number(figure.high),
            number(figure.p),
        ]);
    };
    for period in &stats.periods {
        let name = period.period.as_deref();
        put(name, None, "incidents", counted(&period.incidents));
        put(name, None, "near_misses", count(period.near_misses));
        put(name, None, "customer_impact_seconds", total(&period.customer_impact));
        for class in &period.classes {
            let mut put = |measure: &str, figure| put(name, class.class.as_deref(), measure, figure);
            put("target_met", share(&class.compliance.met));
            for (measure, it) in [
                ("target_met_if_all_were", class.compliance.if_met),
                ("target_met_if_none_were", class.compliance.if_breached),
            ] {
                if let Some(it) = &it {
                    put(measure, share(it));
                }
            }
            put("indeterminate", count(class.compliance.indeterminate));
            put("running", count(class.compliance.running));
            put("not_judged", count(class.compliance.not_judged));
            put("incidents", counted(&class.incidents));
            put("detected_by_customers", share(&class.detected_by_customers));
            put("detection_unknown", count(class.detection_unknown));
            for (name, lengths) in [("ttr", &class.ttr), ("ttd", &class.ttd)] {
                for (order, row) in [("median", lengths.median), ("p75", lengths.p75), ("p90", lengths.p90)] {
                    if let Some(row) = row {
                        put(&format!("{name}_{order}_seconds"), quantile(lengths, &row));
                    }
                }
                if let Some(mean) = &lengths.mean {
                    let figure = Figure {
                        n: Some(lengths.n),
                        value: Some(mean.min_seconds),
                        value_max: mean.max_seconds,
                        ..Figure::default()
                    };
                    put(&format!("{name}_mean_seconds"), figure);
                    let figure = Figure {
                        n: Some(lengths.n),
                        value: mean.geometric_seconds,
                        low: mean.geometric_low_seconds,
                        high: mean.geometric_high_seconds,
                        ..Figure::default()
                    };
                    put(&format!("{name}_geometric_mean_seconds"), figure);
                }
                put(&format!("{name}_unknown"), count(lengths.unknown));
                put(&format!("{name}_open"), count(lengths.open));
            }
            for bin in &class.histogram {
                let to = bin.to_seconds.map(|to| to.to_string()).unwrap_or_else(|| "more".to_owned());
                let figure =
                    Figure { k: Some(bin.count), n: Some(bin.count + bin.at_least), ..Figure::default() };
                put(&format!("ttr_{}_to_{to}_seconds", bin.from_seconds), figure);
            }
            put("ttr_not_in_a_range", count(class.histogram_unplaced));
            put("customer_impact_seconds", total(&class.customer_impact));
        }
    }
    for trend in &stats.trends {
        let figure = Figure {
            n: Some(trend.n),
            value: Some(trend.factor_per_incident),
            low: trend.low,
            high: trend.high,
            p: Some(trend.p_adjusted),
            ..Figure::default()
        };
        put(None, trend.class.as_deref(), "ttr_factor_per_incident", figure);
    }
    if let Some(comparison) = &stats.comparison {
        for it in &comparison.incidents {
            let figure = Figure {
                k: Some(it.second),
                n: Some(it.first + it.second),
                value: it.ratio,
                low: it.low,
                high: it.high,
                p: it.p_adjusted,
                ..Figure::default()
            };
            put(None, it.class.as_deref(), "incidents_ratio", figure);
        }
        for it in &comparison.ttr {
            let figure = Figure {
                k: Some(it.second),
                n: Some(it.first + it.second),
                value: it.ratio,
                low: it.low,
                high: it.high,
                p: it.p_adjusted,
                ..Figure::default()
            };
            put(None, it.class.as_deref(), "ttr_ratio", figure);
        }
    }
    table::csv(&HEAD, &rows)
}

fn count(k: u64) -> Figure {
    Figure { k: Some(k), ..Figure::default() }
}

fn counted(counted: &crate::query::stats::Counted) -> Figure {
    Figure { k: Some(counted.count), low: Some(counted.low), high: Some(counted.high), ..Figure::default() }
}

fn share(share: &Share) -> Figure {
    Figure {
        k: Some(share.count),
        n: Some(share.of),
        value: share.share,
        low: share.low,
        high: share.high,
        ..Figure::default()
    }
}

fn total(total: &Total) -> Figure {
    Figure {
        value: Some(total.min_seconds as f64),
        value_max: total.max_seconds.map(|max| max as f64),
        ..Figure::default()
    }
}

fn quantile(lengths: &Lengths, row: &QuantileRow) -> Figure {
    Figure {
        n: Some(lengths.n),
        value: row.min_seconds,
        value_max: row.max_seconds,
        low: row.low_seconds,
        high: row.high_seconds,
        ..Figure::default()
    }
}
