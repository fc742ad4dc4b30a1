//! `resolved-while-affected`: "resolved" means for everybody.

use super::super::posts::{Told, public_posts};
use crate::{
    model::{Impact, PostState},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::TimePoint,
};

rule! {
    /// # Called resolved while users were affected
    ///
    /// No public post says resolved while an impact of the services it speaks of surely goes on, unless the impact has a
    /// public `residual` that says who is still affected. A page that was reopened later has owned up, and is not told of.
    ///
    /// ## Why
    ///
    /// Productsup's imports were back for most customers at about 17:00, and the page rightly waited until everybody had
    /// theirs. Those who are told that it is over while it is not stop believing the page.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[0].state
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    /// ```
    /// > `p1` says resolved while `workflow` goes on
    /// > `p1` diz que está resolvido enquanto `workflow` continua
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: monitoring, next_update_by: 2026-03-02T10:30Z, text: {en: Orders advance again., pt-BR: Os pedidos voltaram a avançar.}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:08Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Use `monitoring` until everybody is back, name under the post's `services` the ones that are back when it speaks of
    /// those alone, or name under `residual` who is still affected, and until when.
    ///
    /// # Dado como resolvido com usuários ainda afetados
    ///
    /// Nenhuma publicação diz resolvido enquanto um impacto dos serviços de que ela fala com certeza continua, a não ser
    /// que o impacto tenha um `residual` público que diga quem ainda está afetado. Uma página reaberta depois já assumiu o
    /// erro e não é apontada.
    ///
    /// ## Por quê
    ///
    /// As importações da Productsup voltaram para a maioria dos clientes por volta das 17h, e a página, com razão, esperou até
    /// que todos tivessem as suas. Quem lê que acabou, sem ter acabado, deixa de acreditar na página.
    ///
    /// ## Correção
    ///
    /// Use `monitoring` até que o serviço volte para todos, liste em `services` da publicação os que já voltaram, se ela só
    /// fala deles, ou diga em `residual` quem ainda está afetado, e até quando.
    "resolved-while-affected": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let posts = public_posts(judged.incident);
        let reopened = posts.iter().rposition(|told| told.post.reopened).unwrap_or(0);
        for told in posts.iter().skip(reopened).filter(|told| told.post.state == Some(PostState::Resolved)) {
            for (field, impact, _) in judged.impacts() {
                let residual = impact.residual.as_ref().and_then(|residual| residual.text.as_ref());
                let admitted = residual.is_some_and(|text| !text.is_blank());
                if admitted || !told.speaks_of(&impact.service) || !goes_on(impact, told) {
                    continue;
                }
                let sentence = sentence! { post = told.called(), impact = called(&impact.id, &field) =>
                    "`{post}` says resolved while `{impact}` goes on",
                    "`{post}` diz que está resolvido enquanto `{impact}` continua"
                };
                out.find(judged, told.field.key("state"), sentence).help = words! {
                    "use `monitoring` until everybody is back, name the ones that are back under the post's `services`, or say under `residual` who is still affected",
                    "use `monitoring` até que o serviço volte para todos, liste em `services` da publicação os que já voltaram ou diga em `residual` quem ainda está afetado"
                };
            }
        }
    }
}

/// Whether the impact surely had begun, and surely was not over, when the post went out; in a pause it is over.
fn goes_on(impact: &Impact, told: &Told<'_>) -> bool {
    let is_between = |from: Option<&TimePoint>, to: Option<&TimePoint>| {
        let began = matches!((from.and_then(|from| from.interval().latest), told.at.earliest), (Some(from), Some(at)) if from <= at);
        let ended = match to {
            Some(TimePoint::Open) => false,
            Some(to) => !told.at.surely_before(&to.interval()),
            None => true,
        };
        began && !ended
    };
    if impact.segments.is_empty() {
        return is_between(impact.started.as_ref(), impact.recovered.as_ref());
    }
    let mut parts = impact.segments.iter();
    parts.any(|part| is_between(part.from.as_ref(), part.to.as_ref().or(impact.recovered.as_ref())))
}
