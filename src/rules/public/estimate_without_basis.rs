//! `estimate-without-basis`: a time without grounds is a hope.

use crate::rules::{
    Case,
    posts::public_posts,
    rule::rule,
    sentence::{sentence, words},
    sink::Sink,
};

rule! {
    /// # Estimate of repair without a basis
    ///
    /// A public post that tells when it expects the end says under `eta.basis` what that rests on.
    ///
    /// ## Why
    ///
    /// Order Desk's estimates were just under 6 hours, then 3 hours, then half past five; it was 18:08, after two failures.
    /// An estimate from a measured rate can be corrected with the rate; one from hope can only be broken.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[0].eta
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: investigating, next_update_by: 2026-03-02T10:35Z, eta: {at: 2026-03-02T10:30Z}, text: {en: Orders stand still., pt-BR: Os pedidos estão parados.}}
    /// ```
    /// > `p1` expects the end at March 2, 2026, 10:30 UTC, and does not say on what grounds
    /// > `p1` prevê o fim para 2 de março de 2026, 10h30 UTC, e não diz com que base
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: investigating, next_update_by: 2026-03-02T10:35Z, eta: {at: 2026-03-02T10:30Z, basis: {en: measured rate, pt-BR: ritmo medido}, confidence: low}, text: {en: Orders stand still., pt-BR: Os pedidos estão parados.}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:34Z, state: resolved, apology: true, text: {en: Orders advance again. No data was lost., pt-BR: Os pedidos voltaram a avançar. Nenhum dado se perdeu.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write the basis, or leave the estimate out and say when the next update comes.
    ///
    /// # Previsão de reparo sem base
    ///
    /// A publicação que diz quando espera o fim informa em `eta.basis` em que isso se apoia.
    ///
    /// ## Por quê
    ///
    /// As previsões da Order Desk foram pouco menos de 6 horas, depois 3 horas, depois cinco e meia da tarde; foi às 18h08,
    /// após duas falhas. A previsão que vem de um ritmo medido se corrige com o ritmo; a que vem da esperança só pode
    /// falhar.
    ///
    /// ## Correção
    ///
    /// Escreva a base, ou deixe a previsão de fora e diga quando vem a próxima atualização.
    "estimate-without-basis": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for told in public_posts(judged.incident) {
            let Some(eta) = &told.post.eta else { continue };
            let Some(at) = eta.at.as_ref().filter(|at| at.is_dated()) else { continue };
            if eta.basis.as_ref().is_some_and(|basis| !basis.is_blank()) {
                continue;
            }
            let sentence = sentence! { post = told.called(), eta = judged.tell(case, at) =>
                "`{post}` expects the end at {eta}, and does not say on what grounds",
                "`{post}` prevê o fim para {eta}, e não diz com que base"
            };
            out.find(judged, told.field.key("eta"), sentence).help = words! {
                "write `eta.basis`, or leave the estimate out and say when the next update comes",
                "escreva `eta.basis`, ou deixe a previsão de fora e diga quando vem a próxima atualização"
            };
        }
    }
}
