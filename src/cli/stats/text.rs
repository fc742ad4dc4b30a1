//! Statistics for a person to read: in a terminal, or as Markdown.

use crate::{
    cli::table,
    language::{Language, Rounding},
    model::Settings,
    query::stats::{
        Bin, Breach, ClassStats, ClassTrend, Comparison, Counted, Evidence, Lengths, Mean, Period,
        QuantileRow, Share, Stats, Total,
    },
    time::Span,
};

/// The most missed targets that are named before the rest is only counted.
const MOST_NAMED: usize = 50;

/// The widest bar of a histogram, in marks.
const WIDEST: u64 = 40;

/// Tells statistics in one language.
pub(super) struct Teller<'a> {
    pub(super) language: &'a Language,
    pub(super) settings: &'a Settings,
    pub(super) markdown: bool,
}

impl Teller<'_> {
    /// The whole answer.
    pub(super) fn tell(&self, stats: &Stats, incidents: usize, revision: &str, as_of: &str) -> String {
        let words = self.either(
            ["no incidents", "incident", "incidents"],
            ["nenhum incidente", "incidente", "incidentes"],
        );
        let closing = table::closing(incidents, words, revision, as_of, self.language);
        if incidents == 0 {
            return format!("{closing}\n");
        }
        let mut out = String::new();
        for period in &stats.periods {
            self.period(&mut out, period, stats.periods.len() > 1 || period.period.is_some());
        }
        self.trends(&mut out, &stats.trends);
        if !stats.trends.is_empty() && !self.markdown {
            out.push('\n');
        }
        if let Some(comparison) = &stats.comparison {
            self.comparison(&mut out, comparison);
        }
        for note in self.notes(stats) {
            out += &self.line(note);
        }
        out += &format!("{}{closing}\n", if self.markdown { "\n" } else { "" });
        out
    }

    fn period(&self, out: &mut String, period: &Period, named: bool) {
        if named {
            let undated = self.either("without a date", "sem data");
            *out += &self.heading(2, period.period.as_deref().unwrap_or(undated));
        }
        let head = ["", self.either("value", "valor"), "95%", "n"];
        let mut rows = vec![
            self.counted(self.either("incidents", "incidentes"), &period.incidents),
            self.total(&period.customer_impact),
        ];
        if period.near_misses > 0 {
            let name =
                self.either("near misses, in no other figure", "quase incidentes, em nenhum outro número");
            rows.push(self.row(name, self.count(period.near_misses), None, None));
        }
        *out += &self.table(&head, &rows);
        for class in &period.classes {
            self.class(out, class, head);
        }
    }

    fn class(&self, out: &mut String, class: &ClassStats, head: [&str; 4]) {
        *out += &self.heading(3, &self.class_heading(class.class.as_deref(), class.target_seconds));
        let mut rows = Vec::new();
        let compliance = &class.compliance;
        if class.target_seconds.is_some() {
            rows.push(self.share(self.either("target met", "meta cumprida"), &compliance.met));
            if let (Some(all), Some(none)) = (&compliance.if_met, &compliance.if_breached) {
                let name =
                    self.either("if the indeterminate ones were met", "se as indeterminadas foram cumpridas");
                rows.push(self.share(name, all));
                let name =
                    self.either("if the indeterminate ones were missed", "se as indeterminadas não foram");
                rows.push(self.share(name, none));
            }
        }
        for (name, count) in [
            (self.either("indeterminate", "indeterminadas"), compliance.indeterminate),
            (
                self.either("running, within the target so far", "em curso, por ora na meta"),
                compliance.running,
            ),
            (self.either("not judged", "não avaliados"), compliance.not_judged),
        ] {
            if count > 0 {
                rows.push(self.row(name, self.count(count), None, None));
            }
        }
        rows.push(self.counted(self.either("incidents", "incidentes"), &class.incidents));
        let name = self.either("detected by customers", "detectados por clientes");
        if class.detected_by_customers.of > 0 {
            rows.push(self.share(name, &class.detected_by_customers));
        }
        self.lengths(&mut rows, "TTR", &class.ttr);
        self.lengths(&mut rows, "TTD", &class.ttd);
        rows.push(self.total(&class.customer_impact));
        *out += &self.table(&head, &rows);
        self.breaches(out, &class.breached);
        self.histogram(out, class);
    }

    fn class_heading(&self, class: Option<&str>, target: Option<i64>) -> String {
        let Some(class) = class else {
            return self.either("without a known class", "sem classe conhecida").to_owned();
        };
        let known = self.settings.class(class);
        let name = known.and_then(|known| known.name.nearest(self.language.tag())).map_or(class, |(_, n)| n);
        match target {
            Some(target) => {
                let length = self.language.length(target, Rounding::SECOND);
                let within = self.either("recover within", "recuperar em até");
                format!("{name}: {within} {length}")
            }
            None => name.to_owned(),
        }
    }

    fn lengths(&self, rows: &mut Vec<Vec<String>>, name: &str, lengths: &Lengths) {
        for (order, row) in
            [(self.either("median", "mediana"), lengths.median), ("p75", lengths.p75), ("p90", lengths.p90)]
        {
            if let Some(row) = row {
                let n = Some(self.count(lengths.n));
                rows.push(self.row(&format!("{name} {order}"), self.quantile(&row), self.ends(&row), n));
            }
        }
        if let Some(mean) = &lengths.mean {
            self.means(rows, name, lengths, mean);
        }
        for (words, count) in [
            (self.either("unknown", "desconhecido"), lengths.unknown),
            (self.either("still running", "ainda em curso"), lengths.open),
        ] {
            if count > 0 {
                rows.push(self.row(&format!("{name} {words}"), self.count(count), None, None));
            }
        }
    }

    fn means(&self, rows: &mut Vec<Vec<String>>, name: &str, lengths: &Lengths, mean: &Mean) {
        let n = Some(self.count(lengths.n));
        let label =
            self.either("mean, which the longest few decide", "média, que os poucos mais longos decidem");
        let span = whole(mean.min_seconds, mean.max_seconds);
        rows.push(self.row(&format!("{name} {label}"), self.span(span), None, n.clone()));
        if let Some(value) = mean.geometric_seconds {
            let ends = mean.geometric_low_seconds.zip(mean.geometric_high_seconds);
            let ends = ends.map(|(low, high)| self.between(Some(low), Some(high)));
            let label = self.either("geometric mean", "média geométrica");
            rows.push(self.row(&format!("{name} {label}"), self.length(value), ends, n));
        }
    }

    fn quantile(&self, row: &QuantileRow) -> String {
        match row.min_seconds {
            Some(min) => self.span(whole(min, row.max_seconds)),
            None => self.either("not reached", "não alcançado").to_owned(),
        }
    }

    fn ends(&self, row: &QuantileRow) -> Option<String> {
        Some(self.between(row.low_seconds, row.high_seconds))
    }

    /// Two lengths; the ends of an interval that nothing bounds are open.
    fn between(&self, low: Option<f64>, high: Option<f64>) -> String {
        // no length is below nothing: such an end says nothing
        match (low.filter(|low| *low > 0.0 || high.is_some()), high) {
            (Some(low), Some(high)) => format!("{} – {}", self.length(low), self.length(high)),
            (Some(low), None) => format!("{} {}", self.length(low), self.either("or more", "ou mais")),
            (None, Some(high)) => format!("{} {}", self.either("up to", "até"), self.length(high)),
            (None, None) => self.either("too few to say", "dados insuficientes").to_owned(),
        }
    }

    fn breaches(&self, out: &mut String, breaches: &[Breach]) {
        if breaches.is_empty() {
            return;
        }
        let head = [self.either("target missed by", "meta não cumprida por"), "TTR", ""];
        let row = |breach: &Breach| {
            let ttr = breach.ttr.map(|ttr| self.span(Span { min: ttr.min_seconds, max: ttr.max_seconds }));
            let exact = breach.ttr.is_some_and(|ttr| ttr.max_seconds == Some(ttr.min_seconds));
            let factor = breach
                .factor_min
                .map(|factor| format!("{}{}", if exact { "" } else { "≥ " }, self.language.factor(factor)));
            vec![
                format!("{}/{}", breach.incident, breach.impact),
                ttr.unwrap_or_else(|| "–".to_owned()),
                factor.unwrap_or_default(),
            ]
        };
        let rows: Vec<_> = breaches.iter().take(MOST_NAMED).map(row).collect();
        *out += &self.table(&head, &rows);
        if let Some(more @ 1..) = breaches.len().checked_sub(MOST_NAMED) {
            let number = self.language.integer(i64::try_from(more).unwrap_or(i64::MAX));
            *out += &self.line(match self.language.is_portuguese() {
                false => format!("… and {number} more: `relato stats --format json` names them all"),
                true => format!("… e mais {number}: `relato stats --format json` cita todos"),
            });
        }
    }

    /// Bars on a logarithmic axis: `█` surely there, `░` there or farther down.
    fn histogram(&self, out: &mut String, class: &ClassStats) {
        let (bins, target) = (&class.histogram, class.target_seconds);
        let most = bins.iter().map(|bin| bin.count + bin.at_least).max().unwrap_or(0);
        if most == 0 {
            return;
        }
        let each = most.div_ceil(WIDEST);
        // nothing is told of what lies before the first and after the last
        let filled = |bin: &Bin| bin.count + bin.at_least > 0;
        let first = bins.iter().position(filled).unwrap_or(0);
        let last = bins.iter().rposition(filled).unwrap_or(0);
        let mut rows = Vec::new();
        for bin in bins.iter().take(last + 1).skip(first) {
            let marks =
                |count: u64, mark: &str| mark.repeat(usize::try_from(count.div_ceil(each)).unwrap_or(0));
            let bars = format!("{}{}", marks(bin.count, "█"), marks(bin.at_least, "░"));
            let count = match (bin.count, bin.at_least) {
                (0, 0) => String::new(),
                (count, 0) => self.count(count),
                (0, open) => format!("{} {}", self.count(open), self.either("or longer", "ou mais longos")),
                (count, open) => {
                    format!(
                        "{} + {} {}",
                        self.count(count),
                        self.count(open),
                        self.either("or longer", "ou mais longos")
                    )
                }
            };
            let length = |seconds: i64| self.language.length(seconds, Rounding::SECOND);
            let range = match (bin.from_seconds, bin.to_seconds) {
                (0, Some(to)) => format!("≤ {}", length(to)),
                (from, None) => format!("> {}", length(from)),
                (_, Some(to)) if target == Some(to) => {
                    format!("≤ {} {}", length(to), self.either("(target)", "(meta)"))
                }
                (_, Some(to)) => format!("≤ {}", length(to)),
            };
            rows.push(vec![range, format!("{bars} {count}").trim().to_owned()]);
        }
        if class.histogram_unplaced > 0 {
            let range = self.either("not known", "não se sabe").to_owned();
            rows.push(vec![range, self.count(class.histogram_unplaced)]);
        }
        let scale = match (each, self.language.is_portuguese()) {
            (1, false) => "impacts".to_owned(),
            (1, true) => "impactos".to_owned(),
            (n, false) => format!("impacts, {n} a mark"),
            (n, true) => format!("impactos, {n} por marca"),
        };
        *out += &self.table(&["TTR", &scale], &rows);
    }

    fn trends(&self, out: &mut String, trends: &[ClassTrend]) {
        for trend in trends {
            let (low, high) = (trend.low.unwrap_or(0.0), trend.high.unwrap_or(f64::INFINITY));
            let said = self.evidence(
                trend.evidence,
                ["no evidence of a trend", "evidence of a rise", "evidence of a fall"],
                ["sem indício de tendência", "há indício de alta", "há indício de queda"],
            );
            let number = |value: f64| self.language.number(value, 2);
            let class = self.class_name(trend.class.as_deref());
            let n = self.count(trend.n);
            let (p, factor) = (self.p(trend.p_adjusted), number(trend.factor_per_incident));
            let (tau, low, high) = (number(trend.tau), number(low), number(high));
            *out += &self.line(match self.language.is_portuguese() {
                false => format!(
                    "TTR, {class}: {said} over {n} incidents ({p}, τ = {tau}); each is {factor} times the one \
                     before it (95%: {low} – {high})"
                ),
                true => format!(
                    "TTR, {class}: {said} em {n} incidentes ({p}, τ = {tau}); cada um dura {factor} vez o anterior \
                     (95%: {low} – {high})"
                ),
            });
        }
    }

    fn comparison(&self, out: &mut String, comparison: &Comparison) {
        let split = self.language.short_date(comparison.split);
        let days = |days: i64| self.language.integer(days);
        let (first, second) = (days(comparison.first_days), days(comparison.second_days));
        *out += &self.heading(
            2,
            &match self.language.is_portuguese() {
                false => format!("before {split} ({first} days) against from then on ({second} days)"),
                true => format!("antes de {split} ({first} dias) e a partir de então ({second} dias)"),
            },
        );
        let head = [
            "",
            self.either("before", "antes"),
            self.either("since", "depois"),
            self.either("ratio", "razão"),
            "95%",
            "",
        ];
        let mut rows = Vec::new();
        for it in &comparison.incidents {
            let said = it.evidence.zip(it.p_adjusted).map(|(evidence, p)| self.change(evidence, p));
            rows.push(self.changed(
                &format!(
                    "{}: {}",
                    self.class_name(it.class.as_deref()),
                    self.either("incidents", "incidentes")
                ),
                [it.first, it.second],
                [it.ratio, it.low, it.high],
                said,
            ));
        }
        for it in &comparison.ttr {
            let said = it.evidence.zip(it.p_adjusted).map(|(evidence, p)| self.change(evidence, p));
            rows.push(self.changed(
                &format!("{}: TTR", self.class_name(it.class.as_deref())),
                [it.first, it.second],
                [it.ratio, it.low, it.high],
                said,
            ));
        }
        *out += &self.table(&head, &rows);
    }

    fn changed(
        &self,
        name: &str,
        [first, second]: [u64; 2],
        [ratio, low, high]: [Option<f64>; 3],
        said: Option<String>,
    ) -> Vec<String> {
        let number = |value: Option<f64>| value.map(|value| self.language.number(value, 2));
        let ends = match (number(low), number(high)) {
            (Some(low), Some(high)) => format!("{low} – {high}"),
            (Some(low), None) => format!("{low} {}", self.either("or more", "ou mais")),
            _ => "–".to_owned(),
        };
        vec![
            name.to_owned(),
            self.count(first),
            self.count(second),
            number(ratio).unwrap_or_else(|| "–".to_owned()),
            ends,
            said.unwrap_or_else(|| {
                self.either("too few to compare (fewer than 10)", "poucos para comparar (menos de 10)")
                    .to_owned()
            }),
        ]
    }

    fn change(&self, evidence: Evidence, p: f64) -> String {
        let said = self.evidence(
            evidence,
            ["no evidence of a change", "evidence of a rise", "evidence of a fall"],
            ["sem indício de mudança", "há indício de alta", "há indício de queda"],
        );
        format!("{said} ({})", self.p(p))
    }

    fn evidence(&self, evidence: Evidence, en: [&'static str; 3], pt: [&'static str; 3]) -> &'static str {
        let [none, rise, fall] = self.either(en, pt);
        match evidence {
            Evidence::None => none,
            Evidence::Rise => rise,
            Evidence::Fall => fall,
        }
    }

    /// `p = 0.038`; what rounds to nothing is below the last digit.
    fn p(&self, p: f64) -> String {
        if p < 0.001 {
            format!("p < {}", self.language.number(0.001, 3))
        } else {
            format!("p = {}", self.language.number(p, 3))
        }
    }

    fn notes(&self, stats: &Stats) -> Vec<String> {
        let classes = || stats.periods.iter().flat_map(|period| &period.classes);
        let mut notes = vec![
            self.either(
                "TTR: impact start to full recovery. TTD: impact start to detection. 95%: the interval.",
                "TTR: do início do impacto à recuperação completa. TTD: do início do impacto à detecção. 95%: o intervalo.",
            )
            .to_owned(),
        ];
        if classes().any(|class| class.ttr.open > 0) {
            notes.push(
                self.either(
                    "What still runs counts as lasting longer (Kaplan–Meier).",
                    "O que ainda está em curso conta como mais longo (Kaplan–Meier).",
                )
                .to_owned(),
            );
        }
        if classes().any(|class| class.ttr.mean.is_some()) {
            notes.push(
                self.either(
                    "Do not compare means: without any change, almost nine quarters of ten look 10% better or worse.",
                    "Não compare médias: sem mudança nenhuma, quase nove em cada dez trimestres parecem 10% melhores ou piores.",
                )
                .to_owned(),
            );
        }
        notes
    }

    fn share(&self, name: &str, share: &Share) -> Vec<String> {
        let of = match self.language.is_portuguese() {
            false => format!("{} of {}", self.count(share.count), self.count(share.of)),
            true => format!("{} de {}", self.count(share.count), self.count(share.of)),
        };
        let percent = |value: f64| self.language.percent(value * 100.0, 0);
        match (share.of, share.share, share.low.zip(share.high)) {
            (0, _, _) => self.row(name, self.either("no data", "sem dados").to_owned(), None, None),
            (_, Some(value), Some((low, high))) => {
                let ends = format!("{} – {}", percent(low), percent(high));
                self.row(name, percent(value), Some(ends), Some(of))
            }
            _ => self.row(name, of, None, None),
        }
    }

    fn counted(&self, name: &str, counted: &Counted) -> Vec<String> {
        let number = |value: f64| self.language.number(value, usize::from(counted.count < 100));
        let ends = format!("{} – {}", number(counted.low), number(counted.high));
        self.row(name, self.count(counted.count), Some(ends), None)
    }

    fn total(&self, total: &Total) -> Vec<String> {
        let name = self.either("customer impact time", "tempo de impacto em clientes");
        let note = (total.unknown > 0).then(|| match (total.unknown, self.language.is_portuguese()) {
            (1, false) => "1 unknown".to_owned(),
            (n, false) => format!("{} unknown", self.count(n)),
            (1, true) => "1 desconhecido".to_owned(),
            (n, true) => format!("{} desconhecidos", self.count(n)),
        });
        self.row(name, self.span(Span { min: total.min_seconds, max: total.max_seconds }), None, note)
    }

    fn row(&self, name: &str, value: String, ends: Option<String>, n: Option<String>) -> Vec<String> {
        vec![name.to_owned(), value, ends.unwrap_or_else(|| "–".to_owned()), n.unwrap_or_default()]
    }

    fn span(&self, span: Span) -> String {
        let step = self.settings.policy.rounding.seconds().unwrap_or(60);
        // what rounding would hide is not told
        let span = match span.max {
            Some(max) if max - span.min <= step => Span::exact(span.min),
            _ => span,
        };
        self.language.short_span(span, self.rounding(span.min))
    }

    fn length(&self, seconds: f64) -> String {
        let seconds = seconds.round() as i64;
        self.language.length(seconds, self.rounding(seconds))
    }

    /// Short lengths to the second: a target may be of minutes.
    fn rounding(&self, seconds: i64) -> Rounding {
        let step = self.settings.policy.rounding.seconds().unwrap_or(60);
        if seconds < 10 * step { Rounding::SECOND } else { Rounding::seconds(step) }
    }

    fn count(&self, count: u64) -> String {
        self.language.integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    fn class_name(&self, class: Option<&str>) -> String {
        self.class_heading(class, None)
    }

    fn heading(&self, level: usize, text: &str) -> String {
        let text = crate::report::one_line(text);
        if self.markdown {
            format!("{} {}\n\n", "#".repeat(level), crate::render::markdown_text(&text))
        } else if level == 2 {
            format!("{text}\n{}\n", "=".repeat(text.chars().count()))
        } else {
            format!("{text}\n{}\n", "-".repeat(text.chars().count()))
        }
    }

    fn table(&self, head: &[&str], rows: &[Vec<String>]) -> String {
        if self.markdown {
            format!("{}\n", table::markdown(head, rows))
        } else {
            format!("{}\n", table::aligned(head, rows))
        }
    }

    fn line(&self, text: impl Into<String>) -> String {
        let text = text.into();
        if self.markdown { format!("{text}\n\n") } else { format!("{text}\n") }
    }

    fn either<T>(&self, en: T, pt: T) -> T {
        if self.language.is_portuguese() { pt } else { en }
    }
}

/// A length in whole seconds, the ends rounded outwards.
fn whole(min: f64, max: Option<f64>) -> Span {
    Span { min: min.floor() as i64, max: max.map(|max| max.ceil() as i64) }
}
