//! `public-time-without-zone`: 17:00 where?

use crate::rules::{
    Case,
    figures::{Named, Said},
    rule::rule,
    sentence::{sentence, words},
    sink::Sink,
    wording::at,
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
    let figures = out.figures(case);
    for (at_hand, judged) in case.incidents.iter().enumerate() {
        for telling in figures.of(at_hand).filter(|telling| !telling.names_zone) {
            let mut clocks = telling.figures.iter().filter(|(it, _)| matches!(it.said, Said::Clock { .. }));
            if clocks.clone().any(|(clock, _)| clock.zone != Named::Nothing) {
                continue;
            }
            let Some((_, time)) = clocks.next() else { continue };
            let time = time.trim_end_matches('.');
            let sentence = sentence! { time = time =>
                "\"{time}\" has no time zone, and neither has the text",
                "\"{time}\" está sem fuso horário, e o texto também"
            };
            let finding = out.find(judged, telling.field.clone(), sentence);
            at(finding, time);
            finding.help = words! {
                "leave the time to the document, or name the zone: `17:00 UTC`",
                "deixe o horário para o documento ou cite o fuso: `17h00 UTC`"
            };
        }
    }
}
