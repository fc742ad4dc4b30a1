//! `relative-day-mismatch`: "today" is the day of whoever reads.

use crate::{
    language::Quantity,
    locate::Field,
    model::{Localized, Post},
    rules::{
        Case, Judged,
        prose_date::{beside, relative},
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Date, TimeDelta, TimePoint},
};

rule! {
    /// # Relative day word contradicts the publication date
    ///
    /// In a post, "today", "yesterday" or "tomorrow" right before a date agrees with the day on which the post was
    /// published, in the zone of the incident or of the organisation.
    ///
    /// ## Why
    ///
    /// The Portuguese half of VTEX's postmortem says "hoje, 14 de novembro"; the file was made on 15 November at 01:34 in
    /// São Paulo. A text is written before midnight and published after it.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[0].text.pt-BR
    /// comms:
    ///   - id: p1
    ///     at: 2026-03-03T01:34Z
    ///     channel: status_page
    ///     state: postmortem
    ///     services: [order-workflow]
    ///     text: {en: "Order processing returned on March 2.", pt-BR: "O processamento de pedidos voltou hoje, 2 de março."}
    /// ```
    /// > `hoje, 2 de março` was published on March 3, 2026
    /// > `hoje, 2 de março` foi publicado em 3 de março de 2026
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - id: p1
    ///     at: 2026-03-03T01:34Z
    ///     channel: status_page
    ///     state: postmortem
    ///     services: [order-workflow]
    ///     text: {en: "Order processing returned yesterday, March 2.", pt-BR: "O processamento de pedidos voltou ontem, 2 de março."}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the date alone.
    ///
    /// # Dia relativo contradiz a data de publicação
    ///
    /// Em uma publicação, "hoje", "ontem" ou "amanhã" logo antes de uma data concorda com o dia em que ela saiu, no fuso
    /// do incidente ou no da organização.
    ///
    /// ## Por quê
    ///
    /// A metade em português do postmortem da VTEX diz "hoje, 14 de novembro"; o arquivo foi criado em 15 de novembro, à
    /// 1h34 em São Paulo. Um texto é escrito antes da meia-noite e publicado depois.
    ///
    /// ## Correção
    ///
    /// Escreva apenas a data.
    "relative-day-mismatch": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, post) in judged.incident.comms.iter().enumerate() {
            let Some(days) = published(post, judged, case) else { continue };
            let field = Field::of("comms").at(i);
            let parts = field.key("parts");
            let texts = [
                (field.key("text"), &post.text),
                (parts.key("symptom"), &post.parts.symptom),
                (parts.key("scope"), &post.parts.scope),
                (parts.key("workaround"), &post.parts.workaround),
                (parts.key("cause_plain"), &post.parts.cause_plain),
                (parts.key("fix_now"), &post.parts.fix_now),
                (parts.key("remaining"), &post.parts.remaining),
            ];
            for (field, text) in texts {
                if let Some(text) = text {
                    judge(judged, &field, text, &days, out);
                }
            }
        }
    }
}

fn judge(judged: &Judged<'_>, field: &Field, text: &Localized, days: &[Date], out: &mut Sink) {
    for (tag, text) in text.iter() {
        for found in beside(text, relative) {
            let agrees = |day: &Date| {
                TimeDelta::try_days(found.means)
                    .and_then(|days| day.checked_add_signed(days))
                    .is_none_or(|meant| found.may_be(meant))
            };
            let Some(day) = days.first().filter(|_| !days.iter().any(agrees)) else { continue };
            let said = found.said.split_whitespace().collect::<Vec<_>>().join(" ");
            let sentence = sentence! { said = said, day = Quantity::Date(*day) =>
                "`{said}` was published on {day}",
                "`{said}` foi publicado em {day}"
            };
            out.find(judged, field.key(tag), sentence).help =
                words! { "write the date alone", "escreva apenas a data" };
        }
    }
}

/// The days on which the post may have been published; `None` when that is not known to the day.
fn published(post: &Post, judged: &Judged<'_>, case: &Case<'_>) -> Option<Vec<Date>> {
    let at = post.at.as_ref().map(TimePoint::interval)?;
    let (first, last) = (at.earliest?, at.latest?);
    let zones = [judged.zone(case), case.settings.org.zone];
    let mut days: Vec<Date> = zones.iter().flat_map(|zone| [zone.date(first), zone.date(last)]).collect();
    days.dedup();
    let span = days.iter().max()?.signed_duration_since(*days.iter().min()?).num_days();
    (span <= 1).then_some(days)
}
