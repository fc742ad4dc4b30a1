//! `first-post-late`: the first word matters most.

use crate::{
    language::Quantity,
    model::PostState,
    rules::{
        Case, called,
        posts::{is_unsettled, public_posts},
        public::update_gap::name,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # First post late
    ///
    /// The first public post surely comes within the class's `first_post_within` after the organisation knew of the impact. An
    /// incident of which only a postmortem is on record is left alone: the record has no posts, and the page may have had.
    ///
    /// ## Why
    ///
    /// Productsup's first post says identified at 12:46, on a morning that had begun with complaints. Customers who find
    /// nothing on the page look for the fault on their side.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[0].at
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:40Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    /// ```
    /// > `p1`, the first public post, came 38 min after `workflow` was detected; at most 15 min for critical
    /// > `p1`, a primeira publicação, saiu 38 min depois da detecção de `workflow`; o limite para serviço crítico é de 15 min
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: investigating, next_update_by: 2026-03-02T10:35Z, text: {en: Orders stand still., pt-BR: Os pedidos estão parados.}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:34Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Next time post `investigating` at once: what is seen, since when, and when the next post comes.
    ///
    /// # Primeira publicação tardia
    ///
    /// A primeira publicação com certeza sai dentro do `first_post_within` da classe, contado de quando a organização soube
    /// do impacto. O incidente que só tem o postmortem no registro não é julgado: o registro não tem publicações, e a
    /// página pode ter tido.
    ///
    /// ## Por quê
    ///
    /// A primeira publicação da Productsup já diz identificado, às 12h46, numa manhã que começou com reclamações. Cliente que
    /// não acha nada na página procura a falha do lado dele.
    ///
    /// ## Correção
    ///
    /// Da próxima vez, publique `investigating` na hora: o que se vê, desde quando e quando vem a próxima publicação.
    "first-post-late": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let posts = public_posts(judged.incident);
        let told_of = |state| is_unsettled(state) || state == PostState::Resolved;
        let Some(first) = posts.first().filter(|told| told.post.state.is_some_and(told_of)) else { continue };
        // the impact that waited longest against its limit
        let late = judged.impacts().filter(|(_, impact, _)| first.speaks_of(&impact.service)).filter_map(
            |(field, impact, measured)| {
                let class = case.settings.class(measured.class.as_deref()?)?;
                let limit = class.first_post_within?.seconds()?;
                let delay = impact.detected.as_ref()?.interval().until(&first.at)?;
                (delay.min > limit).then_some((delay, limit, class, called(&impact.id, &field)))
            },
        );
        let Some((delay, limit, class, impact)) = late.max_by_key(|(delay, limit, ..)| delay.min - limit)
        else {
            continue;
        };
        let sentence = sentence! { post = first.called(), delay = delay, impact = impact, limit = Quantity::Seconds(limit), class = name(class) =>
            "`{post}`, the first public post, came {delay} after `{impact}` was detected; at most {limit} for {class}",
            "`{post}`, a primeira publicação, saiu {delay} depois da detecção de `{impact}`; o limite para serviço {class} é de {limit}"
        };
        out.find(judged, first.field.key("at"), sentence).help = words! {
            "next time post `investigating` at once: what is seen, since when, when the next post comes",
            "da próxima vez, publique `investigating` na hora: o que se vê, desde quando, quando vem a próxima publicação"
        };
    }
}
