//! `update-gap`: silence on the status page.

use super::super::posts::{Told, followed, is_unsettled, public_posts, tightest};
use crate::{
    language::Quantity,
    model::{Class, PostState},
    rules::{
        Case, Judged,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Instant, Interval},
};

rule! {
    /// # Gap between updates
    ///
    /// Until a public post says that it is over, the next one on the same channel follows within the class's `update_every`. A
    /// post that promises its next update is measured by that promise (`next-update-missed`). Of several classes the one with
    /// the shortest limit counts, among the services that the post names. While the incident is open or monitored, the silence
    /// since the last post counts as well.
    ///
    /// ## Why
    ///
    /// Productsup's page was silent for 5 h 12 min, then for 2 h 6 min, then, said to be monitoring, for 69 h 45 min. Customers
    /// who hear nothing call, and assume that nobody is working.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[1].at
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: investigating, text: {en: "Orders stand still. Next update at 10:30 UTC.", pt-BR: "Os pedidos estão parados. Próxima atualização às 10h30 UTC."}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T11:00Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    /// ```
    /// > no public update for 55 min; at most 30 min for critical
    /// > nenhuma atualização pública por 55 min; o limite para serviço crítico é de 30 min
    ///
    /// ```yaml comms[0].at as-of=2026-03-02T12:35:00Z
    /// status: open
    /// impacts:
    ///   - {id: search, service: order-search, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, detection: {source: monitor}, data: {loss: none, corruption: none, personal: none}}
    /// timeline: []
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [search]}
    /// actions: []
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: investigating, text: {en: "Orders stand still. Next update by 12:00 UTC.", pt-BR: "Os pedidos estão parados. Próxima atualização até 12h00 UTC."}}
    /// ```
    /// > no public update for 2 h 30 min; at most 2 h for non-critical
    /// > nenhuma atualização pública por 2 h 30 min; o limite para serviço não crítico é de 2 h
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: investigating, next_update_by: 2026-03-02T10:35Z, text: {en: Orders stand still., pt-BR: Os pedidos estão parados.}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:34Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    ///   - {id: p3, channel: status_page, at: 2026-03-04T10:00Z, state: postmortem}
    /// ```
    ///
    /// ## Fix
    ///
    /// Next time post even if nothing changed, and say when the next post comes.
    ///
    /// # Silêncio entre atualizações
    ///
    /// Até que uma publicação diga que acabou, a seguinte, no mesmo canal, vem dentro do `update_every` da classe. A publicação
    /// que promete a próxima atualização é medida por essa promessa (`next-update-missed`). Entre várias classes vale a de
    /// limite mais curto, dentre os serviços que a publicação cita. Com o incidente aberto ou em monitoramento, o silêncio
    /// desde a última publicação também conta.
    ///
    /// ## Por quê
    ///
    /// A página da Productsup ficou calada por 5 h 12 min, depois por 2 h 6 min e então, em monitoramento, por 69 h 45 min.
    /// Cliente que não recebe notícia liga e supõe que ninguém está trabalhando.
    ///
    /// ## Correção
    ///
    /// Da próxima vez, publique mesmo que nada tenha mudado e diga quando vem a próxima publicação.
    "update-gap": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let posts = public_posts(judged.incident);
        for (told, next) in followed(&posts) {
            let owes = told.post.state.is_some_and(is_unsettled) && told.post.next_update_by.is_none();
            let Some(end) = end(case, judged, next).filter(|_| owes) else { continue };
            let Some(gap) = told.at.until(&end).filter(|gap| gap.min > 0) else { continue };
            let speaks_of = |service: &str| told.speaks_of(service);
            let Some((class, limit)) = tightest(case, judged, speaks_of, |class| class.update_every) else {
                continue;
            };
            if gap.min <= limit {
                continue;
            }
            let sentence = sentence! { gap = gap, limit = Quantity::Seconds(limit), class = name(class) =>
                "no public update for {gap}; at most {limit} for {class}",
                "nenhuma atualização pública por {gap}; o limite para serviço {class} é de {limit}"
            };
            let field = next.map_or_else(|| told.field.key("at"), |next| next.field.key("at"));
            out.find(judged, field, sentence).help = words! {
                "next time post even if nothing changed, and say in `next_update_by` when the next post comes",
                "da próxima vez, publique mesmo que nada tenha mudado e diga em `next_update_by` quando vem a próxima publicação"
            };
        }
    }
}

/// When the silence ended: with the next post; now, while somebody waits for one.
fn end(case: &Case<'_>, judged: &Judged<'_>, next: Option<&Told<'_>>) -> Option<Interval> {
    let now: Instant = case.as_of;
    match next {
        Some(next) if next.post.state != Some(PostState::Postmortem) => Some(next.at),
        Some(_) => None,
        None => judged.incident.status.is_ongoing().then(|| Interval::exact(now)),
    }
}

/// What a class is called.
pub(super) fn name(class: &Class) -> Quantity {
    let names = class.name.iter().map(|(tag, text)| (tag.to_owned(), text.to_owned()));
    match class.name.is_blank() {
        true => Quantity::from(class.key.as_str()),
        false => Quantity::Localized(names.collect()),
    }
}
