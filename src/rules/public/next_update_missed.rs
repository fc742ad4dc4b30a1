//! `next-update-missed`: a small promise, broken.

use crate::{
    rules::{
        Case,
        posts::{followed, is_unsettled, public_posts},
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::Interval,
};

rule! {
    /// # Promise of the next update missed
    ///
    /// The next public post on the same channel surely comes no later than the `next_update_by` of the one before. While the
    /// incident is open or monitored, a promise that has run out without a post is told as well.
    ///
    /// ## Why
    ///
    /// Readers plan by the time they were given. A small promise that is broken costs more trust than the outage.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[1].at
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: investigating, next_update_by: 2026-03-02T10:15Z, text: {en: Orders stand still., pt-BR: Os pedidos estão parados.}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:34Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    /// ```
    /// > `p1` promised an update by March 2, 2026, 10:15 UTC; the next post is of March 2, 2026, 10:34 UTC
    /// > `p1` prometeu uma atualização até 2 de março de 2026, 10h15 UTC; a publicação seguinte é de 2 de março de 2026, 10h34 UTC
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: investigating, next_update_by: 2026-03-02T10:35Z, text: {en: Orders stand still., pt-BR: Os pedidos estão parados.}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:35Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Next time promise what can be kept, and post even if nothing changed.
    ///
    /// # Promessa da próxima atualização não cumprida
    ///
    /// A publicação seguinte no mesmo canal com certeza não vem depois do `next_update_by` da anterior. Com o incidente aberto
    /// ou em monitoramento, também se aponta a promessa que venceu sem publicação.
    ///
    /// ## Por quê
    ///
    /// O leitor se planeja pelo horário que recebeu. Uma pequena promessa quebrada custa mais confiança do que a própria falha.
    ///
    /// ## Correção
    ///
    /// Da próxima vez, prometa o que dá para cumprir e publique mesmo que nada tenha mudado.
    "next-update-missed": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let posts = public_posts(judged.incident);
        for (told, next) in followed(&posts) {
            let Some(promised) = told.post.next_update_by.as_ref() else { continue };
            if !told.post.state.is_some_and(is_unsettled) {
                continue;
            }
            let by = promised.interval();
            let (post, promised) = (told.called(), judged.tell(case, promised));
            let (field, sentence) = match next {
                Some(next) => {
                    let Some(at) = next.post.at.as_ref().filter(|at| by.surely_before(&at.interval())) else {
                        continue;
                    };
                    let sentence = sentence! { post = post, promised = promised, actual = judged.tell(case, at) =>
                        "`{post}` promised an update by {promised}; the next post is of {actual}",
                        "`{post}` prometeu uma atualização até {promised}; a publicação seguinte é de {actual}"
                    };
                    (next.field.key("at"), sentence)
                }
                None => {
                    let owed = judged.incident.status.is_ongoing();
                    if !owed || !by.surely_before(&Interval::exact(case.as_of)) {
                        continue;
                    }
                    let sentence = sentence! { post = post, promised = promised =>
                        "`{post}` promised an update by {promised}, and none followed",
                        "`{post}` prometeu uma atualização até {promised}, e nenhuma veio"
                    };
                    (told.field.key("next_update_by"), sentence)
                }
            };
            out.find(judged, field, sentence).help = words! {
                "promise what can be kept, and post even if nothing changed",
                "prometa o que dá para cumprir e publique mesmo que nada tenha mudado"
            };
        }
    }
}
