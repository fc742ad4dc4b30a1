//! `absolute-promise`: what nobody can keep.

use std::collections::HashSet;

use crate::{
    locate::Field,
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
    /// # Absolute promise
    ///
    /// What the public reads does not promise that it will never happen again, does not guarantee, and does not call
    /// anything 100% safe.
    ///
    /// ## Why
    ///
    /// Order Desk is resolved that its outage will not happen again, and Productsup's new checks should guarantee that every
    /// error is caught. The next incident turns such a sentence against its author; a promise of work with a date does not
    /// break by itself.
    ///
    /// ## Fires
    ///
    /// ```yaml lessons[0].en
    /// lessons:
    ///   - {en: This won't happen again., pt-BR: Agora há um alerta.}
    /// ```
    /// > "won't happen again" cannot be kept; say what will be done, and by when
    /// > "won't happen again" não pode ser garantido; diga o que será feito, e até quando
    ///
    /// ```yaml summary.pt-BR
    /// summary: {en: Orders did not advance., pt-BR: Os pedidos não avançaram. Garantimos que nada se perdeu.}
    /// ```
    /// > "Garantimos que" cannot be kept; say what will be done, and by when
    /// > "Garantimos que" não pode ser garantido; diga o que será feito, e até quando
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// lessons:
    ///   - {en: "At 100 % load the queue guarantees the sequence, and imports now alert within 5 minutes.", pt-BR: "A 100 % de carga a fila garante a sequência, e as importações agora alertam em 5 minutos."}
    /// ```
    ///
    /// ## Fix
    ///
    /// Promise an action: what, by when.
    ///
    /// # Promessa absoluta
    ///
    /// O que o público lê não promete que algo nunca mais acontecerá, não dá garantias e não chama nada de 100% seguro.
    ///
    /// ## Por quê
    ///
    /// A Order Desk se diz decidida a não deixar a falha se repetir, e as novas verificações da Productsup deveriam
    /// garantir que todo erro seja pego. O próximo incidente volta uma frase dessas contra quem a escreveu; um trabalho
    /// prometido com data não se desmente sozinho.
    ///
    /// ## Correção
    ///
    /// Prometa uma ação: o quê, até quando.
    "absolute-promise": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let signs = out.signs(case);
    if signs.of(case, List::Absolute, |_, _| true).is_empty() {
        return;
    }
    let mut public: HashSet<(&str, Field)> = HashSet::new();
    for judged in case.incidents {
        judged.incident.each_public_text(&mut |path, _| {
            public.insert((judged.file, path.field()));
        });
    }
    let is_public = |file, field: &Field| field.parent().is_some_and(|text| public.contains(&(file, text)));
    for (judged, sign) in signs.of(case, List::Absolute, |judged, field| is_public(judged.file, field)) {
        let sentence = sentence! { text = sign.phrase.as_str() =>
            "\"{text}\" cannot be kept; say what will be done, and by when",
            "\"{text}\" não pode ser garantido; diga o que será feito, e até quando"
        };
        let finding = out.find(judged, sign.field.clone(), sentence);
        at(finding, &sign.phrase);
        finding.help = words! {
            "promise an action of this file: what, by when",
            "prometa uma ação deste arquivo: o quê, até quando"
        };
    }
}
