//! `weekday-date-mismatch`: two ways to name a day, of which one is wrong.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::{
    language::Quantity,
    rules::{
        Case,
        prose_date::{beside, weekday},
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Datelike, Weekday},
};

rule! {
    /// # Weekday and date disagree
    ///
    /// In every text, in both languages, a weekday that stands right before a full date is that date's weekday.
    ///
    /// ## Why
    ///
    /// Posts lean on weekdays ("last Friday, November 10"), and a slip in the day is not seen by whoever wrote it. Every
    /// weekday of the postmortems that relato was made from is right.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.en besides=times-differ
    /// summary: {en: "Orders stopped on Tuesday, March 2, 2026.", pt-BR: "Os pedidos pararam na segunda-feira, 2 de março de 2026."}
    /// ```
    /// > `Tuesday` does not match March 2, 2026, which is a Monday
    /// > `Tuesday` não corresponde a 2 de março de 2026, que é segunda-feira
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary: {en: "Orders stopped on Monday, March 2, 2026; on Tuesday all was well.", pt-BR: "Os pedidos pararam na segunda-feira, 2 de março de 2026; na terça-feira, tudo estava bem."}
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the one that is wrong, or leave out the weekday: the documents write dates from fields.
    ///
    /// # Dia da semana e data discordam
    ///
    /// Em todo texto, nos dois idiomas, um dia da semana logo antes de uma data completa é o dia da semana daquela data.
    ///
    /// ## Por quê
    ///
    /// Publicações se apoiam em dias da semana ("na última sexta-feira, 10 de novembro"), e quem escreveu não percebe um
    /// deslize. Nos postmortems que deram origem ao relato, todos os dias da semana estão certos.
    ///
    /// ## Correção
    ///
    /// Corrija o que estiver errado ou omita o dia da semana: os documentos escrevem datas a partir dos campos.
    "weekday-date-mismatch": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let texts = out.texts(case);
    for judged in case.incidents {
        judged.incident.each_text(&mut |path, text| {
            let may_name = |text: &str| texts.glance(text).times && may_name_a_day(text);
            for (tag, text) in text.iter().filter(|(_, text)| may_name(text)) {
                for found in beside(text, weekday) {
                    let Some(date) = found.date() else { continue };
                    let actual = date.weekday();
                    if actual == found.means {
                        continue;
                    }
                    let (en, pt) = named(actual);
                    let sentence = sentence! { weekday = found.word, date = Quantity::Date(date), actual = Quantity::named(en, pt) =>
                        "`{weekday}` does not match {date}, which is a {actual}",
                        "`{weekday}` não corresponde a {date}, que é {actual}"
                    };
                    out.find(judged, path.field().key(tag), sentence).help = words! {
                        "correct the weekday or the date",
                        "corrija o dia da semana ou a data"
                    };
                }
            }
        });
    }
}

/// A glance that spares most texts the reading: a date has digits, and this is the end of every weekday's name.
fn may_name_a_day(text: &str) -> bool {
    static ENDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let ends = ["day", "feira", "bado", "omingo"];
        AhoCorasick::builder().ascii_case_insensitive(true).build(ends).ok()
    });
    text.bytes().any(|byte| byte.is_ascii_digit()) && ENDS.as_ref().is_none_or(|ends| ends.is_match(text))
}

fn named(day: Weekday) -> (&'static str, &'static str) {
    match day {
        Weekday::Mon => ("Monday", "segunda-feira"),
        Weekday::Tue => ("Tuesday", "terça-feira"),
        Weekday::Wed => ("Wednesday", "quarta-feira"),
        Weekday::Thu => ("Thursday", "quinta-feira"),
        Weekday::Fri => ("Friday", "sexta-feira"),
        Weekday::Sat => ("Saturday", "sábado"),
        Weekday::Sun => ("Sunday", "domingo"),
    }
}
