//! `postmortem-late`: while it is still remembered.

use crate::{
    language::Quantity,
    model::PostState,
    rules::{
        Case,
        posts::public_posts,
        public::update_gap::name,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Postmortem late
    ///
    /// The first public postmortem is published on the last day of the class's `postmortem_within` at the latest, counted from
    /// the day on which the last impact surely was over, in the organisation's calendar. Of several classes the shortest
    /// limit counts.
    ///
    /// ## Why
    ///
    /// VTEX and Productsup each published about four days after the event. What is written weeks later is written from memory,
    /// for readers who have drawn their own conclusions.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[0].at
    /// comms:
    ///   - {id: p1, channel: blog, at: 2026-03-20T10:00Z, state: postmortem}
    /// ```
    /// > the postmortem came out on March 20, 2026; March 9, 2026 was the last day for critical
    /// > o postmortem saiu em 20 de março de 2026; o prazo para serviço crítico ia até 9 de março de 2026
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: blog, at: 2026-03-09T22:00Z, state: postmortem}
    /// ```
    ///
    /// ## Fix
    ///
    /// Next time publish a short one in time, and amend it.
    ///
    /// # Postmortem tardio
    ///
    /// O primeiro postmortem público sai até o último dia do `postmortem_within` da classe, contado do dia em que o último
    /// impacto com certeza havia terminado, no calendário da organização. Entre várias classes vale o limite mais curto.
    ///
    /// ## Por quê
    ///
    /// A VTEX e a Productsup publicaram cerca de quatro dias depois. O que se escreve semanas depois é escrito de memória,
    /// para leitores que já tiraram suas conclusões.
    ///
    /// ## Correção
    ///
    /// Da próxima vez, publique um texto curto dentro do prazo e complete depois.
    "postmortem-late": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let calendar = &case.settings.org.calendar;
    for judged in case.incidents {
        let posts = public_posts(judged.incident);
        let Some(told) = posts.iter().find(|told| told.post.state == Some(PostState::Postmortem)) else {
            continue;
        };
        let zone = judged.zone(case);
        let over: Option<Vec<_>> = judged.impacts().map(|(_, _, measured)| measured.ended.latest).collect();
        let (Some(published), Some(over)) = (told.at.earliest, over.and_then(|ends| ends.into_iter().max()))
        else {
            continue;
        };
        let over = zone.date(over);
        let limits = judged.impacts().filter_map(|(_, _, measured)| {
            let class = case.settings.class(measured.class.as_deref()?)?;
            Some((calendar.limit(over, class.postmortem_within?), class))
        });
        let Some((last, class)) = limits.min_by_key(|(last, _)| *last) else { continue };
        let published = zone.date(published);
        if published <= last {
            continue;
        }
        let sentence = sentence! { published = Quantity::Date(published), last = Quantity::Date(last), class = name(class) =>
            "the postmortem came out on {published}; {last} was the last day for {class}",
            "o postmortem saiu em {published}; o prazo para serviço {class} ia até {last}"
        };
        out.find(judged, told.field.key("at"), sentence).help = words! {
            "next time publish a short one in time, and amend it",
            "da próxima vez, publique um texto curto dentro do prazo e complete depois"
        };
    }
}
