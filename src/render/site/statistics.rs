//! Statistics for readers: how often targets were met, how long it took, how often it happened, each with its interval.
//!
//! Every drawing stands beside the figures it is made from, in a table.

mod trends;

use std::{collections::HashMap, fmt::Write as _};

use serde::Serialize;

use super::{Document, IncidentRow, ListsInput, Place, RenderError, Renderer};
use crate::{
    language::{Language, Rounding, Value},
    model::Audience,
    query::stats::{
        Bin, Breach, ClassStats, Counted, FEWEST_FOR_PERCENT, Lengths, Period, QuantileRow, Share, Total,
    },
    render::{engine::Voice, escape},
    time::Span,
};

/// How many missed targets of a class are named; the list of incidents has the rest.
const NAMED: usize = 50;

/// The figures of a class.
#[derive(Serialize)]
pub(super) struct ClassView {
    /// Its place on the page.
    anchor: String,
    name: String,
    target: Option<String>,
    met: ShareView,
    indeterminate: u64,
    running: u64,
    not_judged: u64,
    incidents: u64,
    /// The interval of how many were to be expected.
    expected: String,
    ttr: Option<LengthsView>,
    ttd: Option<LengthsView>,
    histogram: Option<Histogram>,
    total: Option<String>,
    breached: Vec<BreachView>,
    /// How many more there are.
    more: usize,
    /// Internal pages only.
    by_customers: Option<ShareView>,
}

/// k of n.
#[derive(Serialize)]
struct ShareView {
    count: u64,
    of: u64,
    /// `60%`; `None` of fewer than five.
    percent: Option<String>,
    /// `23–88%`.
    interval: Option<String>,
    /// The interval drawn, as SVG.
    svg: Option<String>,
}

/// Median and third quartile, each with its interval.
#[derive(Serialize)]
struct LengthsView {
    n: u64,
    open: u64,
    median: Option<QuantileView>,
    p75: Option<QuantileView>,
}

#[derive(Serialize)]
struct QuantileView {
    value: String,
    /// `None` of too few for one.
    interval: Option<String>,
}

#[derive(Serialize)]
struct Histogram {
    /// As SVG.
    svg: String,
    rows: Vec<BinRow>,
    /// Some lie only at least so far.
    uncertain: bool,
    /// How many are not drawn: not even a least length is known of them.
    unplaced: u64,
    /// The class has a target, and it is drawn.
    target: bool,
}

#[derive(Serialize)]
struct BinRow {
    label: String,
    count: u64,
    at_least: u64,
}

#[derive(Serialize)]
struct BreachView {
    title: String,
    href: String,
    day: Option<String>,
    service: String,
    ttr: String,
    /// `36 times`.
    factor: Option<String>,
}

/// One year of all classes.
#[derive(Serialize)]
struct YearView {
    year: Option<String>,
    incidents: u64,
    classes: Vec<YearClass>,
}

#[derive(Serialize)]
struct YearClass {
    name: String,
    met: ShareView,
    median: Option<String>,
}

/// `<lang>/statistics.html`.
pub(super) fn page(
    renderer: &Renderer,
    voice: &Voice,
    input: &ListsInput<'_>,
) -> Result<Document, RenderError> {
    let teller = Teller { voice, input };
    let whole = input.whole.periods.first();
    let mut context = tera::Context::new();
    context.insert("classes", &class_views(voice, input)?);
    context.insert("years", &teller.years(input.years)?);
    context.insert("trends", &teller.trends(input.quarters)?);
    context.insert("incidents", &whole.map_or(0, |whole| whole.incidents.count));
    context.insert("near_misses", &whole.map_or(0, |whole| whole.near_misses));
    context.insert("total", &whole.and_then(|whole| teller.total(&whole.customer_impact)));
    let path = format!("{}/statistics.html", input.language);
    let place = Place { path, part: "statistics", template: "site/statistics.html" };
    let title = renderer.titled(input.language, "statistics-title")?;
    renderer.site_page(&input.frame, input.language, place, title, context)
}

/// The figures of each class, over all time.
pub(super) fn class_views(voice: &Voice, input: &ListsInput<'_>) -> Result<Vec<ClassView>, RenderError> {
    let teller = Teller { voice, input };
    let rows: HashMap<&str, &IncidentRow> =
        input.incidents.iter().map(|row| (row.id.as_str(), row)).collect();
    let classes = input.whole.periods.iter().flat_map(|period| &period.classes).enumerate();
    classes.map(|(at, class)| teller.class(at, class, &rows)).collect()
}

struct Teller<'a> {
    voice: &'a Voice,
    input: &'a ListsInput<'a>,
}

impl Teller<'_> {
    fn language(&self) -> &'static Language {
        self.voice.language
    }

    fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> Result<String, RenderError> {
        Ok(self.voice.phrases.tell(key, values)?.into_owned())
    }

    fn length(&self, seconds: f64) -> String {
        self.language().length(seconds.round() as i64, Rounding::MINUTE)
    }

    fn class_name(&self, class: Option<&str>) -> Result<String, RenderError> {
        let Some(key) = class else { return self.say("class-unknown", &[]) };
        let named = self.input.frame.settings.class(key).and_then(|class| {
            let (_, name) = class.name.nearest(self.language().tag())?;
            Some(escape::one_line(name)).filter(|name| !name.is_empty())
        });
        Ok(named.unwrap_or_else(|| escape::one_line(key)))
    }

    fn class(
        &self,
        at: usize,
        class: &ClassStats,
        rows: &HashMap<&str, &IncidentRow>,
    ) -> Result<ClassView, RenderError> {
        let name = self.class_name(class.class.as_deref())?;
        let breached = class.breached.iter().rev().filter_map(|breach| self.breach(breach, rows));
        let breached: Vec<BreachView> = breached.collect();
        let more = breached.len().saturating_sub(NAMED);
        let internal = self.input.frame.audience == Audience::Internal;
        Ok(ClassView {
            anchor: format!("class-{}", at + 1),
            target: class.target_seconds.map(|target| self.length(target as f64)),
            met: self.share(&class.compliance.met, &name)?,
            indeterminate: class.compliance.indeterminate,
            running: class.compliance.running,
            not_judged: class.compliance.not_judged,
            incidents: class.incidents.count,
            expected: self.expected(&class.incidents),
            ttr: self.lengths(&class.ttr)?,
            ttd: self.lengths(&class.ttd)?,
            histogram: self.histogram(class, &name)?,
            total: self.total(&class.customer_impact),
            breached: breached.into_iter().take(NAMED).collect(),
            more,
            by_customers: internal.then(|| self.share(&class.detected_by_customers, &name)).transpose()?,
            name,
        })
    }

    /// A missed target, by the names its readers know.
    fn breach(&self, breach: &Breach, rows: &HashMap<&str, &IncidentRow>) -> Option<BreachView> {
        let row = rows.get(breach.incident.as_str())?;
        let hit = row.hits.iter().find(|hit| hit.impact == breach.impact)?;
        let span = breach.ttr.as_ref().map(|ttr| Span { min: ttr.min_seconds, max: ttr.max_seconds });
        Some(BreachView {
            title: row.title.clone(),
            href: row.href.clone(),
            day: row.day.clone(),
            service: hit.name.clone(),
            ttr: self.language().short_span(span.unwrap_or(Span::UNKNOWN), Rounding::MINUTE),
            factor: breach.factor_min.map(|factor| self.language().factor(factor)),
        })
    }

    fn share(&self, share: &Share, name: &str) -> Result<ShareView, RenderError> {
        let percent = |part: f64| self.language().percent(part * 100.0, 0);
        let interval = match (share.low, share.high) {
            (Some(low), Some(high)) => {
                let (low, high) = (percent(low), percent(high));
                Some(self.say("interval", &[("low", (&low).into()), ("high", (&high).into())])?)
            }
            _ => None,
        };
        let title = match (&interval, share.share) {
            (Some(interval), Some(part)) => {
                let part = percent(part);
                let values = [
                    ("class", name.into()),
                    ("percent", (&part).into()),
                    ("interval", interval.as_str().into()),
                ];
                Some(self.say("share-drawn", &values)?)
            }
            _ => None,
        };
        let svg = title
            .zip(share.low.zip(share.high))
            .map(|(title, (low, high))| interval_svg(&title, low, share.share.unwrap_or_default(), high));
        Ok(ShareView { count: share.count, of: share.of, percent: share.share.map(percent), interval, svg })
    }

    fn expected(&self, counted: &Counted) -> String {
        let number = |number: f64| self.language().number(number, 1);
        format!("{}–{}", number(counted.low), number(counted.high))
    }

    fn total(&self, total: &Total) -> Option<String> {
        let span = Span { min: total.min_seconds, max: total.max_seconds };
        (total.min_seconds > 0).then(|| self.language().span(span, Rounding::MINUTE))
    }

    fn lengths(&self, lengths: &Lengths) -> Result<Option<LengthsView>, RenderError> {
        if lengths.n == 0 {
            return Ok(None);
        }
        let row = |row: &Option<QuantileRow>| row.as_ref().map(|row| self.quantile(row)).transpose();
        Ok(Some(LengthsView {
            n: lengths.n,
            open: lengths.open,
            median: row(&lengths.median)?,
            p75: row(&lengths.p75)?.filter(|_| lengths.n >= FEWEST_FOR_PERCENT),
        }))
    }

    fn quantile(&self, row: &QuantileRow) -> Result<QuantileView, RenderError> {
        Ok(QuantileView {
            value: self.between(row.min_seconds, row.max_seconds),
            interval: (row.low_seconds.is_some() || row.high_seconds.is_some())
                .then(|| self.between(row.low_seconds, row.high_seconds)),
        })
    }

    fn between(&self, low: Option<f64>, high: Option<f64>) -> String {
        let whole = |seconds: f64| seconds.round() as i64;
        let span = Span { min: low.map_or(0, whole), max: high.map(whole) };
        self.language().short_span(span, Rounding::MINUTE)
    }

    fn histogram(&self, class: &ClassStats, name: &str) -> Result<Option<Histogram>, RenderError> {
        let bins = &class.histogram;
        if bins.iter().all(|bin| bin.count + bin.at_least == 0) {
            return Ok(None);
        }
        let mut rows = Vec::new();
        for bin in bins {
            let edge = |seconds: i64| self.length(seconds as f64);
            let label = match bin.to_seconds {
                Some(to) if bin.from_seconds == 0 => self.say("bin-up-to", &[("to", (&edge(to)).into())])?,
                Some(to) => {
                    let (from, to) = (edge(bin.from_seconds), edge(to));
                    self.say("bin-between", &[("from", (&from).into()), ("to", (&to).into())])?
                }
                None => self.say("bin-over", &[("from", (&edge(bin.from_seconds)).into())])?,
            };
            rows.push(BinRow { label, count: bin.count, at_least: bin.at_least });
        }
        let told: Vec<String> = rows
            .iter()
            .filter(|row| row.count + row.at_least > 0)
            .map(|row| format!("{}: {}", row.label, row.count + row.at_least))
            .collect();
        let told = told.join("; ");
        let title = self.say("histogram-drawn", &[("class", name.into()), ("bins", (&told).into())])?;
        let target = class.target_seconds;
        let svg = histogram_svg(&title, bins, &|seconds| self.length(seconds as f64), target);
        let uncertain = bins.iter().any(|bin| bin.at_least > 0);
        let unplaced = class.histogram_unplaced;
        Ok(Some(Histogram { svg, rows, uncertain, unplaced, target: target.is_some() }))
    }

    fn years(&self, periods: &[Period]) -> Result<Vec<YearView>, RenderError> {
        let class = |class: &ClassStats| {
            let name = self.class_name(class.class.as_deref())?;
            let median = class.ttr.median.as_ref();
            Ok(YearClass {
                met: self.share(&class.compliance.met, &name)?,
                name,
                median: median.map(|row| self.between(row.min_seconds, row.max_seconds)),
            })
        };
        let year = |period: &Period| {
            Ok(YearView {
                year: period.period.clone(),
                incidents: period.incidents.count,
                classes: period.classes.iter().map(class).collect::<Result<_, RenderError>>()?,
            })
        };
        periods.iter().rev().map(year).collect()
    }
}

/// A share as a mark on a line from none to all, its interval as a bar.
fn interval_svg(title: &str, low: f64, share: f64, high: f64) -> String {
    let percent = |part: f64| part.clamp(0.0, 1.0) * 100.0;
    format!(
        r#"<svg class="share" role="img" width="100%" height="16" xmlns="http://www.w3.org/2000/svg"><title>{}</title><rect class="track" x="0" y="6" width="100%" height="4" rx="2"/><rect class="interval" x="{:.1}%" y="4" width="{:.1}%" height="8" rx="4"/><circle class="estimate" cx="{:.1}%" cy="8" r="5"/></svg>"#,
        escape::html(title),
        percent(low),
        (percent(high) - percent(low)).max(0.5),
        percent(share),
    )
}

/// The ends of the axis, in seconds.
const FIRST: f64 = 20.0;
const LAST: f64 = 10.0 * 86_400.0;

/// Where a length lies on a logarithmic axis, in per cent.
fn on_axis(seconds: f64) -> f64 {
    (seconds.clamp(FIRST, LAST) / FIRST).ln() / (LAST / FIRST).ln() * 100.0
}

/// Bars over the ranges of a logarithmic axis, and the target of the class as a line.
fn histogram_svg(title: &str, bins: &[Bin], length: &dyn Fn(i64) -> String, target: Option<i64>) -> String {
    const TOP: f64 = 34.0;
    const HIGH: f64 = 110.0;
    const BASE: f64 = TOP + HIGH;
    let most = bins.iter().map(|bin| bin.count + bin.at_least).max().unwrap_or(1).max(1) as f64;
    let mut svg = String::with_capacity(3000);
    let _ = write!(
        svg,
        r#"<svg class="histogram" role="img" width="100%" height="{}" xmlns="http://www.w3.org/2000/svg"><title>{}</title>"#,
        BASE + 26.0,
        escape::html(title)
    );
    for bin in bins {
        let from = on_axis(bin.from_seconds as f64);
        let to = bin.to_seconds.map_or(100.0, |to| on_axis(to as f64));
        let (sure, all) = (bin.count as f64 / most * HIGH, (bin.count + bin.at_least) as f64 / most * HIGH);
        let (x, width) = (from + 0.2, (to - from - 0.4).max(0.1));
        if bin.at_least > 0 {
            let _ = write!(
                svg,
                r#"<rect class="unsure" x="{x:.1}%" y="{:.1}" width="{width:.1}%" height="{:.1}"/>"#,
                BASE - all,
                all - sure
            );
        }
        if bin.count > 0 {
            let _ = write!(
                svg,
                r#"<rect class="sure" x="{x:.1}%" y="{:.1}" width="{width:.1}%" height="{sure:.1}"/>"#,
                BASE - sure
            );
        }
        if bin.count + bin.at_least > 0 {
            let _ = write!(
                svg,
                r#"<text class="count" x="{:.2}%" y="{:.1}">{}</text>"#,
                (from + to) / 2.0,
                BASE - all - 5.0,
                bin.count + bin.at_least
            );
        }
    }
    let _ = write!(svg, r#"<line class="base" x1="0" y1="{BASE}" x2="100%" y2="{BASE}"/>"#);
    for (seconds, label) in bins.iter().filter_map(|bin| bin.to_seconds).map(|to| (to, length(to))) {
        let at = on_axis(seconds as f64);
        // on a narrow screen there is room for every other one
        let minor = if [60, 600, 3600, 14_400, 86_400].contains(&seconds) { "" } else { " minor" };
        let _ = write!(
            svg,
            r#"<line class="tick" x1="{at:.2}%" y1="{BASE}" x2="{at:.2}%" y2="{:.1}"/><text class="edge{minor}" x="{at:.2}%" y="{:.1}">{}</text>"#,
            BASE + 5.0,
            BASE + 20.0,
            escape::html(&label)
        );
    }
    if let Some(target) = target {
        let at = on_axis(target as f64);
        let _ = write!(
            svg,
            r#"<line class="target" x1="{at:.2}%" y1="{:.1}" x2="{at:.2}%" y2="{BASE}"/><text class="target" x="{at:.2}%" y="12">{}</text>"#,
            TOP - 16.0,
            escape::html(&length(target))
        );
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_is_logarithmic() {
        assert_eq!(on_axis(0.0), 0.0);
        assert_eq!(on_axis(1e9), 100.0);
        let step = |a: f64, b: f64| on_axis(b) - on_axis(a);
        assert!((step(60.0, 600.0) - step(600.0, 6000.0)).abs() < 1e-9);
    }
}
