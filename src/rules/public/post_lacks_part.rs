//! `post-lacks-part`: what a post of each state owes its readers.

use std::collections::BTreeMap;

use crate::{
    language::{Language, Quantity},
    model::{Localized, Post, PostState},
    rules::{
        Case,
        phrase::Phrases,
        posts::public_posts,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Post lacks a part
    ///
    /// A public post that investigates tells what is noticed and when the next update comes; one that has identified the cause
    /// tells it in plain words, what is being done, and when the next update comes; one that says resolved apologises. Of free
    /// text only the next update and the apology are looked for, in the fields and in the text. Whether data was lost is
    /// asked by `data-statement-missing`.
    ///
    /// ## Why
    ///
    /// None of Productsup's posts apologises or says when the next one comes. Readers of a post need the same few things each
    /// time, and whoever writes it at night forgets one.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[0]
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:09Z, state: resolved, text: {en: Orders advance again., pt-BR: Os pedidos voltaram a avançar.}}
    /// ```
    /// > `p1` (`resolved`) lacks an apology
    /// > `p1` (`resolved`) não traz um pedido de desculpas
    ///
    /// ```yaml comms[0]
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: identified, parts: {cause_plain: {en: a setting names a queue that does not exist, pt-BR: uma configuração aponta para uma fila que não existe}}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:09Z, state: resolved, apology: true, text: {en: Orders advance again., pt-BR: Os pedidos voltaram a avançar.}}
    /// ```
    /// > `p1` (`identified`) lacks what is being done and the time of the next update
    /// > `p1` (`identified`) não traz o que está sendo feito e o horário da próxima atualização
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T10:05Z, state: investigating, next_update_by: 2026-03-02T10:35Z, parts: {symptom: {en: orders stand still, pt-BR: os pedidos estão parados}}}
    ///   - {id: p2, channel: status_page, at: 2026-03-02T10:09Z, state: resolved, text: {en: Orders advance again. We are sorry., pt-BR: Os pedidos voltaram a avançar. Pedimos desculpas.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Fill the part; the template of the state does the wording.
    ///
    /// # Falta uma parte na publicação
    ///
    /// A publicação que investiga diz o que se percebe e quando vem a próxima atualização; a que identificou a causa diz qual é,
    /// em palavras simples, o que está sendo feito e quando vem a próxima atualização; a que diz resolvido pede desculpas. Em
    /// texto livre só se procuram a próxima atualização e o pedido de desculpas, nos campos e no texto. Se houve perda de dados
    /// é pergunta de `data-statement-missing`.
    ///
    /// ## Por quê
    ///
    /// Nenhuma publicação da Productsup pede desculpas ou diz quando vem a seguinte. O leitor precisa sempre das mesmas poucas
    /// coisas, e quem escreve de madrugada esquece uma.
    ///
    /// ## Correção
    ///
    /// Preencha a parte; o texto fica por conta do template do estado.
    "post-lacks-part": Warning Completeness
}

/// A part, as a sentence names it.
type Part = (&'static str, &'static str);

/// How a post says when the next one comes.
static NEXT_SAID: Phrases = Phrases::of(&[
    "next update",
    "update by",
    "update at",
    "write again",
    "post again",
    "update again",
    "próxima atualização",
    "voltaremos a escrever",
    "voltamos a escrever",
    "nova atualização",
]);
/// How a post says sorry.
static APOLOGY_SAID: Phrases = Phrases::of(&[
    "sorry",
    "apologise",
    "apologize",
    "apologies",
    "we regret",
    "desculpas",
    "desculpa",
    "desculpem",
    "lamentamos",
    "perdão",
]);

const SYMPTOM: Part = ("what users notice", "o que os usuários percebem");
const CAUSE: Part = ("the cause in plain words", "a causa em palavras simples");
const FIX: Part = ("what is being done", "o que está sendo feito");
const NEXT: Part = ("the time of the next update", "o horário da próxima atualização");
const APOLOGY: Part = ("an apology", "um pedido de desculpas");

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for told in public_posts(judged.incident) {
            let Some(state) = told.post.state else { continue };
            let missing = missing(told.post, state);
            if missing.is_empty() {
                continue;
            }
            let sentence = sentence! { post = told.called(), state = state.word(), parts = listed(&missing) =>
                "`{post}` (`{state}`) lacks {parts}",
                "`{post}` (`{state}`) não traz {parts}"
            };
            out.find(judged, told.field.clone(), sentence).help = words! {
                "fill `parts`, `next_update_by` or `apology`; the template of the state does the wording",
                "preencha `parts`, `next_update_by` ou `apology`; o texto fica por conta do template do estado"
            };
        }
    }
}

fn missing(post: &Post, state: PostState) -> Vec<Part> {
    let parts = &post.parts;
    let there = |part: &Option<Localized>| part.as_ref().is_some_and(|text| !text.is_blank());
    let all = [
        &parts.symptom,
        &parts.scope,
        &parts.workaround,
        &parts.cause_plain,
        &parts.fix_now,
        &parts.remaining,
    ];
    let in_parts = all.into_iter().any(there);
    let text = post.text.as_ref().filter(|text| !text.is_blank());
    // what a post of which only the time is on record said is not known
    if !in_parts && text.is_none() {
        return Vec::new();
    }
    let says = |phrases: &Phrases| text.is_some_and(|text| phrases.said(text).is_some());
    let next = post.next_update_by.is_some() || says(&NEXT_SAID);
    let apology = post.apology || says(&APOLOGY_SAID);
    let of_parts = |part: &Option<Localized>| text.is_some() || there(part);
    let owed: &[(bool, Part)] = match state {
        PostState::Investigating => &[(of_parts(&parts.symptom), SYMPTOM), (next, NEXT)],
        PostState::Identified => {
            &[(of_parts(&parts.cause_plain), CAUSE), (of_parts(&parts.fix_now), FIX), (next, NEXT)]
        }
        PostState::Resolved => &[(apology, APOLOGY)],
        _ => &[],
    };
    owed.iter().filter(|(there, _)| !there).map(|(_, part)| *part).collect()
}

/// Several parts as each language lists them.
fn listed(parts: &[Part]) -> Quantity {
    let names = |get: fn(&Part) -> &'static str| parts.iter().map(get).collect::<Vec<_>>();
    let told = Language::all().iter().map(|language| {
        let names = if language.is_portuguese() { names(|part| part.1) } else { names(|part| part.0) };
        (language.tag().to_owned(), language.list(&names))
    });
    Quantity::Localized(told.collect::<BTreeMap<_, _>>())
}
