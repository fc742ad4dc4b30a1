//! `public-states-out-of-order`: a page goes forward, or says that the problem came back.

use super::super::posts::{followed, public_posts};
use crate::{
    model::PostState,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Public states out of order
    ///
    /// On one channel the public states go forward: investigating, identified, monitoring, resolved, postmortem; a state
    /// may be left out or repeated, and `update` changes none. The way back leads to investigating or identified alone,
    /// with `reopened: true`. Announced maintenance goes from scheduled to in_progress to completed.
    ///
    /// ## Why
    ///
    /// Readers act on the state. Status pages that allow only forward moves make one exception, reopening, and it must be said
    /// in words that the problem is back.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[1].state
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:09Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:20Z, state: monitoring, next_update_by: 2026-03-02T11:00Z, text: {en: We keep watching., pt-BR: Seguimos acompanhando.}}
    /// ```
    /// > `p2` goes from `resolved` back to `monitoring`
    /// > `p2` volta de `resolved` para `monitoring`
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:09Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:20Z, state: investigating, reopened: true, next_update_by: 2026-03-02T10:30Z, text: {en: The problem came back., pt-BR: O problema voltou.}}
    ///   - {id: p3, channel: status_page, at: 2026-03-02T10:30Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the state, or say `reopened: true` and post that the problem came back.
    ///
    /// # Estados públicos fora de ordem
    ///
    /// Em um mesmo canal, os estados públicos avançam: investigating, identified, monitoring, resolved, postmortem; um
    /// estado pode faltar ou se repetir, e `update` não muda nenhum. O caminho de volta leva só a investigating ou
    /// identified, com `reopened: true`. Uma manutenção anunciada vai de scheduled a in_progress e a completed.
    ///
    /// ## Por quê
    ///
    /// O leitor age conforme o estado. Páginas de status que só andam para a frente abrem uma exceção, a reabertura, e é
    /// preciso dizer com todas as letras que o problema voltou.
    ///
    /// ## Correção
    ///
    /// Corrija o estado ou escreva `reopened: true` e publique que o problema voltou.
    "public-states-out-of-order": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        // an update keeps the state of the post before it
        let mut posts = public_posts(judged.incident);
        posts.retain(|told| told.post.state.is_some_and(|state| place(state).is_some()));
        for (told, next) in followed(&posts) {
            let Some((next, from, to)) =
                next.and_then(|next| Some((next, told.post.state?, next.post.state?)))
            else {
                continue;
            };
            let (Some((course, before)), Some((other, after))) = (place(from), place(to)) else { continue };
            let reopens =
                next.post.reopened && matches!(to, PostState::Investigating | PostState::Identified);
            if course != other || after >= before || reopens {
                continue;
            }
            let sentence = sentence! { post = next.called(), from = from.word(), to = to.word() =>
                "`{post}` goes from `{from}` back to `{to}`",
                "`{post}` volta de `{from}` para `{to}`"
            };
            out.find(judged, next.field.key("state"), sentence).help = words! {
                "correct the state; or, when the problem came back, write `state: investigating` and `reopened: true`",
                "corrija o estado ou, se o problema voltou, escreva `state: investigating` e `reopened: true`"
            };
        }
    }
}

/// Which course a state belongs to, and how far on it lies.
fn place(state: PostState) -> Option<(u8, u8)> {
    match state {
        PostState::Investigating => Some((0, 0)),
        PostState::Identified => Some((0, 1)),
        PostState::Monitoring => Some((0, 2)),
        PostState::Resolved => Some((0, 3)),
        PostState::Postmortem => Some((0, 4)),
        PostState::Update => None,
        PostState::Scheduled => Some((1, 0)),
        PostState::InProgress => Some((1, 1)),
        PostState::Completed => Some((1, 2)),
    }
}
