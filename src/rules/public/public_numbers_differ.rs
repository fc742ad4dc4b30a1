//! `public-numbers-differ`: what the public reads is what the record says.

use std::collections::HashSet;

use super::super::{
    figures::{Figure, Named, Said},
    wording::at,
};
use crate::{
    language::{Folded, Quantity},
    locate::{Field, Step},
    measure::MeasuredImpact,
    rules::{
        Case, Judged,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Instant, Interval, Length, Span, Stated, Zone},
};

rule! {
    /// # Public numbers differ from the record
    ///
    /// A length or a clock time in a public text that tells what happened is one of the record's: measured, stated, taken by a
    /// step, between two of its moments, or a limit of the class; within what its rounding allows, and twice that behind a
    /// word such as "about". Others are listed under `public_numbers`. Titles of actions, lessons, and sentences about what will
    /// be are not looked at; nor is an incident of which some impact's length is not known at all.
    ///
    /// ## Why
    ///
    /// Order Desk states "a total of 26 hours" and "almost exactly 26 hours" where its times give 25 h 48 min. Numbers typed by
    /// hand drift from the record with every correction, and readers compare.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.en
    /// summary: {en: Orders did not advance for about 40 minutes., pt-BR: Os pedidos não avançaram por cerca de 40 minutos.}
    /// ```
    /// > "about 40 minutes" is nowhere in the record; the nearest is 10 min
    /// > "about 40 minutes" não está em lugar nenhum do registro; o mais próximo é 10 min
    ///
    /// ```yaml summary.en
    /// summary: {en: Orders stopped at 10:40 UTC., pt-BR: Os pedidos pararam às 10h40 UTC.}
    /// ```
    /// > "10:40" is nowhere in the record
    /// > "10:40" não está em lugar nenhum do registro
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary: {en: "Orders did not advance from 10:00 to 10:08 UTC, for 8 minutes; the log reaches back 3 days.", pt-BR: "Os pedidos não avançaram das 10h00 às 10h08 UTC, por oito minutos; o log alcança 3 dias."}
    /// public_numbers: ["3 days", "3 dias"]
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the record's number, or leave it to the document, which computes it. What is no part of the record, though true,
    /// goes under `public_numbers`, in each language.
    ///
    /// # Números públicos que diferem do registro
    ///
    /// Uma duração ou um horário em um texto público que conta o que houve é do registro: medido, declarado, gasto em um
    /// passo, entre dois de seus momentos, ou um limite da classe; dentro do que o arredondamento permite, e o dobro disso
    /// depois de uma palavra como "cerca de". Os demais são listados em `public_numbers`. Títulos de ações, lições e frases
    /// sobre o que virá não são examinados; nem o incidente em que a duração de algum impacto é totalmente desconhecida.
    ///
    /// ## Por quê
    ///
    /// A Order Desk declara "um total de 26 horas" e "quase exatamente 26 horas", e seus horários dão 25 h 48 min. Números
    /// digitados à mão se afastam do registro a cada correção, e o leitor compara.
    ///
    /// ## Correção
    ///
    /// Escreva o número do registro ou deixe-o para o documento, que o calcula. O que é verdade mas não faz parte do registro
    /// vai em `public_numbers`, em cada idioma.
    "public-numbers-differ": Error Fact
}

/// The most moments that are compared with each start.
const MOST: usize = 2_000;

fn check(case: &Case<'_>, out: &mut Sink) {
    let figures = out.figures(case);
    for (at_hand, judged) in case.incidents.iter().enumerate() {
        let stated: Vec<(&Field, &Figure, &str)> = figures
            .of(at_hand)
            .filter(|telling| tells(&telling.field) && is_read(telling.field.name()))
            .flat_map(|telling| {
                telling.figures.iter().map(|(it, shown)| (&telling.field, it, shown.as_str()))
            })
            .filter(|(_, figure, _)| figure.passed)
            .collect();
        if stated.is_empty() {
            continue;
        }
        let Some(record) = Record::of(case, judged) else { continue };
        let allowed: HashSet<Vec<u8>> =
            judged.incident.public_numbers.iter().map(|text| bare(text)).collect();
        // what both languages state is told of once
        let mut told: HashSet<(Option<Field>, Said)> = HashSet::new();
        for (field, figure, shown) in stated {
            if record.holds(figure) || allowed.contains(&bare(shown)) {
                continue;
            }
            if !told.insert((field.parent(), figure.said)) {
                continue;
            }
            let sentence = match record.nearest(&figure.said) {
                Some(nearest) => {
                    sentence! { value = shown, nearest = Quantity::Seconds(nearest) =>
                        "\"{value}\" is nowhere in the record; the nearest is {nearest}",
                        "\"{value}\" não está em lugar nenhum do registro; o mais próximo é {nearest}"
                    }
                }
                None => {
                    sentence! { value = shown =>
                        "\"{value}\" is nowhere in the record",
                        "\"{value}\" não está em lugar nenhum do registro"
                    }
                }
            };
            let finding = out.find(judged, field.clone(), sentence);
            at(finding, shown);
            finding.help = words! {
                "correct the text or the record; if it is true and no part of the record, list it under `public_numbers`",
                "corrija o texto ou o registro; se for verdade e não fizer parte do registro, liste-o em `public_numbers`"
            };
        }
    }
}

/// Whether figures are surely understood in a language.
fn is_read(tag: &str) -> bool {
    tag.starts_with("en") || tag.starts_with("pt")
}

/// Whether a public text tells what happened, rather than what will be done or was learnt.
fn tells(field: &Field) -> bool {
    let key = |at: usize| match field.steps().get(at) {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    match key(0) {
        "actions" | "lessons" => false,
        "timeline" => key(2) != "step",
        _ => true,
    }
}

/// A figure as it is compared with `public_numbers`: without the words that hedge it.
fn bare(text: &str) -> Vec<u8> {
    let folded = Folded::of(text.trim());
    let bytes = folded.bytes();
    let from = bytes.iter().position(u8::is_ascii_digit).unwrap_or(0);
    bytes.get(from..).unwrap_or_default().to_vec()
}

/// Every length and every moment that the record knows.
struct Record {
    lengths: Vec<Span>,
    /// Of the classes.
    limits: Vec<Span>,
    moments: Vec<Interval>,
    zones: Vec<Zone>,
}

impl Record {
    /// `None` when something of the record is not known at all, so that a number may well be right.
    fn of(case: &Case<'_>, judged: &Judged<'_>) -> Option<Self> {
        let incident = judged.incident;
        let mut moments: Vec<Interval> = Vec::new();
        incident.each_moment(&mut |_, point| moments.push(point.interval()));
        moments.retain(|moment| !moment.is_unknown());
        if moments.len() > MOST || incident.impacts.len().saturating_mul(moments.len()) > 50 * MOST {
            return None;
        }
        let mut lengths: Vec<Span> = Vec::new();
        let mut limits: Vec<Span> = Vec::new();
        for (_, impact, measured) in judged.impacts() {
            measured.ttr?;
            lengths.extend(measured_lengths(measured));
            let stated = &impact.stated;
            lengths.extend(
                [stated.detect, stated.mitigate, stated.recover].into_iter().flatten().map(|it| it.span()),
            );
            let started = measured.started;
            lengths.extend(moments.iter().filter_map(|at| started.until(at)));
            if let Some(class) = measured.class.as_deref().and_then(|class| case.settings.class(class)) {
                let known_limits = [
                    Some(class.recover_within),
                    class.detect_within,
                    class.mitigate_within,
                    class.first_post_within,
                    class.update_every,
                ];
                let known = known_limits.into_iter().flatten().filter_map(|limit| limit.seconds());
                limits.extend(known.map(Span::exact));
            }
        }
        let measured = judged.measured;
        lengths.extend([measured.customer_impact, measured.whole].into_iter().flatten());
        lengths.extend(moments.windows(2).filter_map(|pair| match pair {
            [from, to] => from.until(to),
            _ => None,
        }));
        for event in &incident.timeline {
            if let (Some(at), Some(until)) = (&event.at, &event.until) {
                lengths.extend(at.interval().until(&until.interval()));
            }
            let Some(step) = &event.step else { continue };
            let expected = step.expected.as_ref().and_then(|expected| expected.took);
            lengths.extend(
                [step.took, step.effect_after, expected].into_iter().flatten().map(|it: Stated| it.span()),
            );
            let within = step.verify.as_ref().and_then(|verify| verify.within);
            lengths.extend(within.as_ref().and_then(Length::seconds).map(Span::exact));
        }
        lengths.retain(|length| !length.is_unknown());
        let zones = [Some(judged.zone(case)), Some(case.settings.org.zone), case.settings.status_page.zone];
        let mut zones: Vec<Zone> = zones.into_iter().flatten().collect();
        zones.extend(Zone::named("UTC"));
        Some(Self { lengths, limits, moments, zones })
    }

    fn holds(&self, figure: &Figure) -> bool {
        match figure.said {
            Said::Length { least, most } => {
                let said = Span::between(least, most);
                self.lengths.iter().chain(&self.limits).any(|length| length.intersect(&said).is_some())
            }
            Said::Clock { minute, either_half, about } => {
                // a zone that is not read here moves a clock by whole quarters of an hour
                let (turn, zones) = match figure.zone {
                    Named::Other => (15, self.zones.get(..1).unwrap_or_default()),
                    _ => (DAY, self.zones.as_slice()),
                };
                let halves = if either_half { 2 } else { 1 };
                self.moments.is_empty()
                    || self.moments.iter().any(|moment| {
                        (0..halves).any(|half| shows(moment, zones, minute + half * DAY / 2, about, turn))
                    })
            }
        }
    }

    /// The recorded length that is nearest to the one stated.
    fn nearest(&self, said: &Said) -> Option<i64> {
        let Said::Length { least, most } = *said else { return None };
        let middle = least.midpoint(most);
        let exact = self.lengths.iter().filter_map(Span::exactly).filter(|length| *length > 0);
        exact.min_by_key(|length| length.saturating_sub(middle).saturating_abs())
    }
}

fn measured_lengths(measured: &MeasuredImpact) -> impl Iterator<Item = Span> {
    let all = [
        measured.signal_delay,
        measured.recognition_gap,
        measured.ttd,
        measured.lead,
        measured.tta,
        measured.ttm,
        measured.ttr,
        measured.ttr_first,
        measured.impact_time,
        measured.repair,
        measured.verification_lag,
        measured.exposure,
        measured.elapsed,
    ];
    all.into_iter().flatten()
}

/// A day in minutes.
const DAY: i64 = 24 * 60;

/// Whether a clock of one of these zones may have shown these minutes at the moment; `turn` is when it starts again.
fn shows(moment: &Interval, zones: &[Zone], minute: i64, about: i64, turn: i64) -> bool {
    let (Some(from), Some(to)) = (moment.earliest, moment.latest) else { return true };
    let length = (to - from).num_minutes();
    zones.iter().any(|zone| {
        // from the earliest clock to the one stated
        let ahead = (minute - (wall_minute(from, zone) - about)).rem_euclid(turn);
        ahead <= length.saturating_add(2 * about)
    })
}

fn wall_minute(at: Instant, zone: &Zone) -> i64 {
    let seconds = at.timestamp() + i64::from(zone.offset_at(at));
    seconds.rem_euclid(86_400) / 60
}
