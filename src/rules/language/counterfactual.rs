//! `counterfactual`: what did not happen explains nothing.

use crate::{
    locate::{Field, Step},
    rules::{
        Case,
        lists::List,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        wording::{at, is_narrative},
    },
};

rule! {
    /// # Counterfactuals
    ///
    /// Title, summary, causes and timeline do not tell what people should, could or would have done. Lessons may. What a
    /// machine should have done, and what a choice would have led to, is told freely.
    ///
    /// ## Why
    ///
    /// Order Desk writes that it should have stayed on top of its raised order counts. That sentence knows the end of the
    /// story; those who acted did not. Why their way made sense is what can be changed.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.en
    /// summary: {en: Orders did not advance. We should have looked at the queue., pt-BR: Os pedidos não avançaram. A fila não estava em nenhum painel.}
    /// ```
    /// > "We should have" tells what did not happen; say what did, and why it made sense
    /// > "We should have" conta o que não ocorreu; diga o que ocorreu e por que fazia sentido
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary: {en: Orders did not advance. The alert should have fired; the queue was on no dashboard., pt-BR: Os pedidos não avançaram. O alerta deveria ter disparado; a fila não estava em nenhum painel.}
    /// lessons:
    ///   - {en: We should have looked at the queue., pt-BR: Deveríamos ter olhado a fila.}
    /// ```
    ///
    /// ## Fix
    ///
    /// Say what was seen and done. A wish becomes an action, or a lesson.
    ///
    /// # Contrafactuais
    ///
    /// Título, resumo, causas e linha do tempo não contam o que as pessoas deveriam, poderiam ou teriam feito. As lições
    /// podem. O que uma máquina deveria ter feito, e aonde levaria uma escolha, pode ser contado.
    ///
    /// ## Por quê
    ///
    /// A Order Desk escreve que deveria ter acompanhado de perto o aumento de pedidos. A frase conhece o fim da história; quem
    /// agiu não conhecia. O que dá para mudar é aquilo que fez o caminho escolhido parecer sensato.
    ///
    /// ## Correção
    ///
    /// Diga o que se viu e o que se fez. Um desejo vira ação ou lição.
    "counterfactual": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let signs = out.signs(case);
    let lesson = |field: &Field| field.steps().first() == Some(&Step::Key("lessons".to_owned()));
    let wanted = |field: &Field| is_narrative(field) && !lesson(field);
    for (judged, sign) in signs.of(case, List::Counterfactual, |_, field| wanted(field)) {
        let sentence = sentence! { text = sign.phrase.as_str() =>
            "\"{text}\" tells what did not happen; say what did, and why it made sense",
            "\"{text}\" conta o que não ocorreu; diga o que ocorreu e por que fazia sentido"
        };
        let finding = out.find(judged, sign.field.clone(), sentence);
        at(finding, &sign.phrase);
        finding.help = words! {
            "a wish belongs under `actions` or `lessons`",
            "um desejo vai em `actions` ou `lessons`"
        };
    }
}
