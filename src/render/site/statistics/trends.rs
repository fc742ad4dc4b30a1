//! Whether it gets better: the figures of each of the latest quarters, drawn and in a table, and what a test says of all.

use std::fmt::Write as _;

use serde::Serialize;

use super::{LengthsView, ShareView, Teller, escape, on_axis};
use crate::{
    query::stats::{ClassStats, Evidence, Period, QuantileRow},
    render::RenderError,
};

/// How many quarters are told, back from the last that had an incident; the table of the years has those before.
const QUARTERS: i64 = 12;

/// How a class went.
#[derive(Serialize)]
pub(super) struct TrendView {
    name: String,
    /// What the test of all its incidents says, as a sentence.
    said: String,
    /// The medians as SVG; `None` when nothing is known of any.
    svg: Option<String>,
    /// The latest first.
    quarters: Vec<QuarterView>,
}

#[derive(Serialize)]
struct QuarterView {
    name: String,
    incidents: u64,
    /// The interval of how many were to be expected.
    expected: String,
    met: ShareView,
    ttd: Option<LengthsView>,
    ttr: Option<LengthsView>,
}

/// A quarter of the calendar, counted from the first of the year 0, and its figures.
type Quarter<'a> = (i64, &'a ClassStats);

impl Teller<'_> {
    /// The classes in the order of the page.
    pub(super) fn trends(&self, quarters: &[Period]) -> Result<Vec<TrendView>, RenderError> {
        let whole = self.input.whole.periods.iter().flat_map(|period| &period.classes);
        let views = whole.map(|class| {
            let dated = quarters.iter().filter_map(|period| {
                let own = period.classes.iter().find(|own| own.class == class.class)?;
                Some((number(period.period.as_deref()?)?, own)).filter(|(_, own)| own.incidents.count > 0)
            });
            let dated: Vec<Quarter<'_>> = dated.collect();
            let Some((last, _)) = dated.last().copied() else { return Ok(None) };
            let latest: Vec<Quarter<'_>> =
                dated.into_iter().filter(|(number, _)| last - number < QUARTERS).collect();
            self.trend(class, &latest).map(Some)
        });
        views.filter_map(Result::transpose).collect()
    }

    fn trend(&self, class: &ClassStats, quarters: &[Quarter<'_>]) -> Result<TrendView, RenderError> {
        let name = self.class_name(class.class.as_deref())?;
        let told = quarters.iter().rev().map(|(number, own)| {
            Ok(QuarterView {
                name: self.quarter(*number)?,
                incidents: own.incidents.count,
                expected: self.expected(&own.incidents),
                met: self.share(&own.compliance.met, &name)?,
                ttd: self.lengths(&own.ttd)?,
                ttr: self.lengths(&own.ttr)?,
            })
        });
        Ok(TrendView {
            quarters: told.collect::<Result<_, RenderError>>()?,
            said: self.said(class)?,
            svg: self.medians(class, &name, quarters)?,
            name,
        })
    }

    /// `Q3 2026`.
    fn quarter(&self, number: i64) -> Result<String, RenderError> {
        let (year, quarter) = (number.div_euclid(4).to_string(), (number.rem_euclid(4) + 1).to_string());
        self.say("quarter", &[("year", (&year).into()), ("quarter", (&quarter).into())])
    }

    fn said(&self, class: &ClassStats) -> Result<String, RenderError> {
        let trend = self.input.whole.trends.iter().find(|trend| trend.class == class.class);
        let Some(trend) = trend else { return self.say("trend-few", &[]) };
        let count = i64::try_from(trend.n).unwrap_or(i64::MAX);
        let key = match trend.evidence {
            Evidence::None => "trend-none",
            Evidence::Rise => "trend-rise",
            Evidence::Fall => "trend-fall",
        };
        self.say(key, &[("count", count.into())])
    }

    /// The median of each quarter on a logarithmic axis, with its interval, and the target as a line.
    fn medians(
        &self,
        class: &ClassStats,
        name: &str,
        quarters: &[Quarter<'_>],
    ) -> Result<Option<String>, RenderError> {
        let medians: Vec<(i64, &QuantileRow)> =
            quarters.iter().filter_map(|(at, own)| Some((*at, own.ttr.median.as_ref()?))).collect();
        let Some((first, last)) = quarters.first().zip(quarters.last()) else { return Ok(None) };
        if medians.is_empty() {
            return Ok(None);
        }
        let mut told = Vec::new();
        for (at, row) in &medians {
            told.push(format!("{}: {}", self.quarter(*at)?, self.between(row.min_seconds, row.max_seconds)));
        }
        let told = told.join("; ");
        let title = self.say("trend-drawn", &[("class", name.into()), ("medians", (&told).into())])?;
        let count = (last.0 - first.0 + 1).max(1);
        // beside the words of the axis
        let middle = |at: i64| 8.0 + ((at - first.0) as f64 + 0.5) / count as f64 * 92.0;
        let mut svg = String::with_capacity(2000);
        let _ = write!(
            svg,
            r#"<svg class="histogram trend" role="img" width="100%" height="{}" xmlns="http://www.w3.org/2000/svg"><title>{}</title>"#,
            BASE + 26.0,
            escape::html(&title)
        );
        for seconds in [60, 600, 3600, 6 * 3600, 86_400] {
            let (y, label) = (level(seconds as f64), self.length(seconds as f64));
            let _ = write!(
                svg,
                r#"<line class="grid" x1="0" y1="{y:.1}" x2="100%" y2="{y:.1}"/><text class="level" x="0" y="{:.1}">{}</text>"#,
                y - 3.0,
                escape::html(&label)
            );
        }
        if let Some(target) = class.target_seconds {
            let y = level(target as f64);
            let _ = write!(svg, r#"<line class="target" x1="0" y1="{y:.1}" x2="100%" y2="{y:.1}"/>"#);
        }
        for (at, row) in medians {
            let x = middle(at);
            // of too few there is no interval, and one without a bound goes to the end of the axis
            let is_few = row.low_seconds.is_none() && row.high_seconds.is_none();
            if !is_few {
                let (from, to) =
                    (level(row.low_seconds.unwrap_or(0.0)), level(row.high_seconds.unwrap_or(f64::INFINITY)));
                let _ = write!(
                    svg,
                    r#"<line class="interval" x1="{x:.2}%" y1="{from:.1}" x2="{x:.2}%" y2="{to:.1}"/>"#
                );
            }
            // between the ends of what is known of it
            let least = row.min_seconds.unwrap_or(f64::INFINITY);
            let y = f64::midpoint(level(least), level(row.max_seconds.unwrap_or(least)));
            let few = if is_few { " few" } else { "" };
            let _ = write!(svg, r#"<circle class="estimate{few}" cx="{x:.2}%" cy="{y:.1}" r="5"/>"#);
        }
        let _ = write!(svg, r#"<line class="base" x1="0" y1="{BASE}" x2="100%" y2="{BASE}"/>"#);
        for at in first.0..=last.0 {
            // on a narrow screen there is room for few, the last among them
            let minor = if (last.0 - at) % 4 == 0 { "" } else { " minor" };
            let _ = write!(
                svg,
                r#"<text class="edge{minor}" x="{:.2}%" y="{:.1}">{}</text>"#,
                middle(at),
                BASE + 20.0,
                escape::html(&self.quarter(at)?)
            );
        }
        svg.push_str("</svg>");
        Ok(Some(svg))
    }
}

/// Where the drawing begins and ends, in pixels from its top.
const TOP: f64 = 14.0;
const BASE: f64 = 174.0;

/// The height of a length on the logarithmic axis.
fn level(seconds: f64) -> f64 {
    BASE - (BASE - TOP) * on_axis(seconds) / 100.0
}

/// `2026-Q3` as a number.
fn number(period: &str) -> Option<i64> {
    let (year, quarter) = period.split_once("-Q")?;
    Some(year.parse::<i64>().ok()? * 4 + quarter.parse::<i64>().ok()? - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_counted_on_over_the_years() {
        assert_eq!(number("2026-Q1").unwrap() - number("2025-Q4").unwrap(), 1);
        assert_eq!(number("2026"), None);
    }

    #[test]
    fn a_longer_time_stands_higher_and_none_beyond_the_axis() {
        assert!(level(3600.0) < level(60.0));
        assert_eq!((level(0.0), level(f64::INFINITY)), (BASE, TOP));
    }
}
