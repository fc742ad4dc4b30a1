//! `data-statement-missing`: readers ask first whether anything was lost.

use super::super::posts::public_posts;
use crate::{
    model::{Data, PostState},
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Nothing said about data
    ///
    /// Once the public is told that it is over, or reads the postmortem, some impact says under `data` whether data was lost or
    /// altered. `unknown` is an answer: documents then say that it is being checked, or is not known.
    ///
    /// ## Why
    ///
    /// VTEX and Productsup both say plainly that nothing was lost; Allegro removed tasks, and says which. Order Desk's post says
    /// nothing about data, and its readers have to guess.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[0]
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute, source: monitor}
    ///     detection: {source: monitor}
    /// comms:
    ///   - {id: p1, channel: blog, at: 2026-03-04T10:00Z, state: postmortem}
    /// ```
    /// > nothing says whether data was lost or altered, and `p1` is public
    /// > nada diz se houve perda ou alteração de dados, e `p1` é pública
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: blog, at: 2026-03-04T10:00Z, state: postmortem}
    /// ```
    ///
    /// ## Fix
    ///
    /// Write `data: {loss: none, corruption: none}`, `some` or `unknown`, and a `statement` for readers.
    ///
    /// # Nada dito sobre dados
    ///
    /// Quando o público lê que acabou, ou lê o postmortem, algum impacto diz em `data` se houve perda ou alteração de
    /// dados. `unknown` é uma resposta: os documentos dizem então que isso está sendo verificado ou que não se sabe.
    ///
    /// ## Por quê
    ///
    /// A VTEX e a Productsup dizem claramente que nada se perdeu; o Allegro removeu tarefas e diz quais. O texto da Order
    /// Desk não diz nada sobre dados, e o leitor precisa adivinhar.
    ///
    /// ## Correção
    ///
    /// Escreva `data: {loss: none, corruption: none}`, `some` ou `unknown`, e um `statement` para o leitor.
    "data-statement-missing": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let answers = |data: &Data| data.loss.is_some() || data.corruption.is_some() || data.statement.is_some();
    for judged in case.incidents {
        let impacts = &judged.incident.impacts;
        if impacts.is_empty() || impacts.iter().filter_map(|impact| impact.data.as_ref()).any(answers) {
            continue;
        }
        let posts = public_posts(judged.incident);
        let over = |state| matches!(state, PostState::Resolved | PostState::Postmortem);
        let Some(told) = posts.iter().rev().find(|told| told.post.state.is_some_and(over)) else { continue };
        let sentence = sentence! { post = told.called() =>
            "nothing says whether data was lost or altered, and `{post}` is public",
            "nada diz se houve perda ou alteração de dados, e `{post}` é pública"
        };
        out.find(judged, told.field.clone(), sentence).help = words! {
            "write `data: {{loss: none, corruption: none}}` under the impact, or `some`, or `unknown`",
            "escreva `data: {{loss: none, corruption: none}}` no impacto, ou `some`, ou `unknown`"
        };
    }
}
