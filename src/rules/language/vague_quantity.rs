//! `vague-quantity`: how many, how long, how sure.

use std::collections::HashSet;

use crate::{
    locate::{Field, Step},
    rules::{
        Case,
        lists::List,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        wording::at,
    },
};

rule! {
    /// # Vague quantity or certainty
    ///
    /// What readers plan by is told in numbers: summary, scope of an impact, posts. Some, several, many, a few, soon,
    /// apparently are not numbers. A text that says that the number is not known is left alone.
    ///
    /// ## Why
    ///
    /// Productsup received several complaints, Order Desk waited a few hours, VTEX speaks of a large part of its customers:
    /// none of that can be added up, compared or planned by. What is known and what is not can both be said.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].scope.en
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     scope: {en: Several customers saw no new orders., pt-BR: Clientes não viram novos pedidos.}
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2026-03-02T10:10Z, signal: orders_per_minute, source: monitor}
    ///     detection: {source: monitor}
    ///     data: {loss: none, corruption: none, personal: none}
    /// ```
    /// > "Several" is vague; give a number, a range, or say that it is not known
    /// > "Several" é vago; dê um número, um intervalo ou diga que não se sabe
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary: {en: "At least 14 customers saw no new orders. How many more is not known; some of them wrote to us.", pt-BR: "Pelo menos 14 clientes não viram novos pedidos. Não se sabe quantos mais; alguns deles nos escreveram."}
    /// ```
    ///
    /// ## Fix
    ///
    /// Count, bound (at least 14, by the tickets until noon), or admit that it is not known.
    ///
    /// # Quantidade ou certeza vaga
    ///
    /// Aquilo que o leitor usa para se planejar vem em números: resumo, alcance do impacto, publicações. Alguns, vários,
    /// muitos, em breve e aparentemente não são números. O texto que diz que o número não é conhecido não é apontado.
    ///
    /// ## Por quê
    ///
    /// A Productsup recebeu várias reclamações, a Order Desk esperou algumas horas, a VTEX fala de grande parte dos clientes:
    /// nada disso dá para somar, comparar ou usar em um plano. Dá para dizer o que se sabe e o que não se sabe.
    ///
    /// ## Correção
    ///
    /// Conte, delimite (pelo menos 14, pelos chamados até o meio-dia) ou admita que não se sabe.
    "vague-quantity": Info Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let signs = out.signs(case);
    let vague = signs.of(case, List::Vague, |_, field| is_statement(field));
    if vague.is_empty() {
        return;
    }
    let admitted: HashSet<(&str, &Field)> = signs
        .of(case, List::Admission, |_, field| is_statement(field))
        .into_iter()
        .map(|(judged, sign)| (judged.file, &sign.field))
        .collect();
    for (judged, sign) in vague {
        if admitted.contains(&(judged.file, &sign.field)) {
            continue;
        }
        let sentence = sentence! { text = sign.phrase.as_str() =>
            "\"{text}\" is vague; give a number, a range, or say that it is not known",
            "\"{text}\" é vago; dê um número, um intervalo ou diga que não se sabe"
        };
        let finding = out.find(judged, sign.field.clone(), sentence);
        at(finding, &sign.phrase);
        finding.help = words! {
            "count, bound (`at least 14`), or admit (`the number is not known`)",
            "conte, delimite (`pelo menos 14`) ou admita (`não se sabe quantos`)"
        };
    }
}

/// Where readers look for numbers.
fn is_statement(field: &Field) -> bool {
    let key = |at: usize| match field.steps().get(at) {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    match key(0) {
        "summary" => true,
        "impacts" => key(2) == "scope",
        "comms" => matches!(key(2), "text" | "parts"),
        _ => false,
    }
}
