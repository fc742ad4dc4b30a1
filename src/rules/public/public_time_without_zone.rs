//! `public-time-without-zone`: 17:00 where?

use std::collections::HashSet;

use crate::{
    language::Folded,
    locate::Field,
    rules::{
        Case,
        figures::{Figure, Named, Said, figures},
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        wording::{at, plain},
    },
};

rule! {
    /// # Public time without a zone
    ///
    /// A public text that gives a clock time names a zone: UTC, an offset, an abbreviation, a place. Once in a text is enough.
    ///
    /// ## Why
    ///
    /// Productsup's post says 17:00 in one place and 17:00 CET in another, and Allegro's gives five times and no zone. Readers
    /// are elsewhere, and their logs are in UTC.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.en
    /// summary: {en: Orders stopped at 10:00., pt-BR: Os pedidos pararam às 10h00 UTC.}
    /// ```
    /// > "10:00" has no time zone, and neither has the text
    /// > "10:00" está sem fuso horário, e o texto também
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary: {en: "Orders stopped at 10:00 (UTC), and came back at 10:08.", pt-BR: "Os pedidos pararam às 10h00 (UTC) e voltaram às 10h08."}
    /// ```
    ///
    /// ## Fix
    ///
    /// Leave the time to the document, which writes it in the incident's zone and in UTC, or name the zone.
    ///
    /// # Horário público sem fuso
    ///
    /// O texto público que traz um horário cita um fuso: UTC, um deslocamento, uma abreviação, um lugar. Uma vez por texto basta.
    ///
    /// ## Por quê
    ///
    /// O texto da Productsup diz 17:00 em um lugar e 17:00 CET em outro, e o do Allegro traz cinco horários e nenhum fuso. O
    /// leitor está em outro lugar, e os logs dele estão em UTC.
    ///
    /// ## Correção
    ///
    /// Deixe o horário para o documento, que o escreve no fuso do incidente e em UTC, ou cite o fuso.
    "public-time-without-zone": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut found: Vec<(Field, String)> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        judged.incident.each_public_text(&mut |path, localized| {
            for (tag, text) in localized.iter() {
                // most texts have no digit, and so no clock
                if !text.bytes().any(|byte| byte.is_ascii_digit()) || !seen.insert(text) {
                    continue;
                }
                let plain = plain(text);
                let folded = Folded::of(&plain);
                let clocks: Vec<Figure> =
                    figures(&folded).into_iter().filter(|it| matches!(it.said, Said::Clock { .. })).collect();
                let named = clocks.iter().any(|clock| clock.zone != Named::Nothing) || names_zone(&plain);
                if let Some(first) = clocks.first().filter(|_| !named) {
                    let shown = folded.range(&first.range).and_then(|range| plain.get(range));
                    found.push((
                        path.key(tag).field(),
                        shown.unwrap_or_default().trim_end_matches('.').to_owned(),
                    ));
                }
            }
        });
        for (field, time) in found {
            let sentence = sentence! { time = time.as_str() =>
                "\"{time}\" has no time zone, and neither has the text",
                "\"{time}\" está sem fuso horário, e o texto também"
            };
            let finding = out.find(judged, field, sentence);
            at(finding, &time);
            finding.help = words! {
                "leave the time to the document, or name the zone: `17:00 UTC`",
                "deixe o horário para o documento ou cite o fuso: `17h00 UTC`"
            };
        }
    }
}

/// Whether a text speaks of a zone in any place.
fn names_zone(text: &str) -> bool {
    [
        "UTC",
        "GMT",
        "CET",
        "CEST",
        "EST",
        "EDT",
        "PST",
        "PDT",
        "BRT",
        "local time",
        "time zone",
        "Time",
        "horário de",
        "hora local",
        "horário local",
        "fuso",
    ]
    .iter()
    .any(|zone| text.contains(zone))
}
