//! `guess-as-fact`: what is thought and what is known are told apart.

use crate::{
    locate::Field,
    model::{Cause, Confidence},
    rules::{
        Case, called,
        phrase::Phrases,
        rule::rule,
        sentence::{Sentence, sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Guess written as fact
    ///
    /// A cause whose text says that it is a guess ("we think", "probably", "achamos que") has `confidence: likely`,
    /// `hypothesis` or `unknown`. A cause of `confidence: confirmed` names its `evidence`.
    ///
    /// ## Why
    ///
    /// "We think it was a code bug or error in database connection configuration", says Allegro's post, and says so:
    /// that is how it should be. A year later such a sentence is quoted as the cause.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].confidence
    /// causes:
    ///   - id: c1
    ///     role: root
    ///     category: config
    ///     confidence: confirmed
    ///     evidence: [{kind: dashboard, ref: queue errors since 10:00}]
    ///     impacts: [workflow]
    ///     text: {en: We think that the setting named the wrong queue., pt-BR: A configuração apontava para a fila errada.}
    /// ```
    /// > the cause `c1` is `confirmed`, but its text is a guess (`we think`)
    /// > a causa `c1` está como `confirmed`, mas o texto dela é uma suposição (`we think`)
    ///
    /// ```yaml causes[0].confidence
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: confirmed, impacts: [workflow], text: {en: The setting named the wrong queue., pt-BR: A configuração apontava para a fila errada.}}
    /// ```
    /// > the cause `c1` is `confirmed`, but names no evidence
    /// > a causa `c1` está como `confirmed`, mas não cita nenhuma evidência
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: hypothesis, impacts: [workflow], text: {en: We think that the setting named the wrong queue., pt-BR: Achamos que a configuração apontava para a fila errada.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Label it: `likely` or `hypothesis`. Or name what shows it, and write it as what it is: known.
    ///
    /// # Suposição escrita como fato
    ///
    /// Uma causa cujo texto diz que ela é uma suposição ("we think", "achamos que", "provavelmente") tem
    /// `confidence: likely`, `hypothesis` ou `unknown`. Uma causa com `confidence: confirmed` cita sua `evidence`.
    ///
    /// ## Por quê
    ///
    /// "Achamos que foi um defeito de código ou um erro na configuração da conexão com o banco de dados", diz o post do
    /// Allegro, e diz com todas as letras: assim deve ser. Um ano depois, uma frase dessas é citada como a causa.
    ///
    /// ## Correção
    ///
    /// Marque-a: `likely` ou `hypothesis`. Ou cite o que a comprova e escreva-a como o que ela é: um fato.
    "guess-as-fact": Warning Completeness
}

/// Words by which a whole sentence is a guess. Those that may belong to a detail ("apparently large", "may slow down")
/// are not among them.
static GUESSES: Phrases = Phrases::of(&[
    "we think",
    "we believe",
    "we suspect",
    "we assume",
    "we presume",
    "our guess",
    "our best guess",
    "it is thought",
    "it is believed",
    "it seems",
    "it appears that",
    "probably",
    "presumably",
    "most likely",
    "perhaps",
    "maybe",
    "achamos",
    "acreditamos",
    "suspeitamos",
    "supomos",
    "presumimos",
    "suspeita-se",
    "acredita-se",
    "supõe-se",
    "provavelmente",
    "presumivelmente",
    "talvez",
    "ao que parece",
    "ao que tudo indica",
    "parece que",
]);

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, cause) in judged.incident.causes.iter().enumerate() {
            let field = Field::of("causes").at(i);
            let confidence = field.key("confidence");
            let Some((sentence, needs_evidence)) = doubt(cause, &called(&cause.id, &field)) else { continue };
            if case.is_faulty(judged, &confidence) || case.is_faulty(judged, &field.key("evidence")) {
                continue;
            }
            out.find(judged, confidence, sentence).help = if needs_evidence {
                words! {
                    "name what shows it (`evidence: [{{kind: document, ref: …}}]`), or write `confidence: likely`",
                    "cite o que a comprova (`evidence: [{{kind: document, ref: …}}]`) ou escreva `confidence: likely`"
                }
            } else {
                words! {
                    "write `confidence: likely` or `hypothesis`; once it is shown, rewrite the text and name the evidence",
                    "escreva `confidence: likely` ou `hypothesis`; quando estiver comprovada, reescreva o texto e cite a evidência"
                }
            };
        }
    }
}

/// What speaks against the confidence, and whether evidence would settle it.
fn doubt(cause: &Cause, name: &str) -> Option<(Sentence, bool)> {
    let guess = || cause.text.as_ref().and_then(|text| GUESSES.said(text)).map(|(_, phrase)| phrase);
    match (cause.confidence, guess()) {
        (Some(Confidence::Confirmed), Some(phrase)) => Some((
            sentence! { cause = name, phrase = phrase =>
                "the cause `{cause}` is `confirmed`, but its text is a guess (`{phrase}`)",
                "a causa `{cause}` está como `confirmed`, mas o texto dela é uma suposição (`{phrase}`)"
            },
            false,
        )),
        (Some(Confidence::Confirmed), None) if cause.evidence.is_empty() => Some((
            sentence! { cause = name =>
                "the cause `{cause}` is `confirmed`, but names no evidence",
                "a causa `{cause}` está como `confirmed`, mas não cita nenhuma evidência"
            },
            true,
        )),
        (None, Some(phrase)) => Some((
            sentence! { cause = name, phrase = phrase =>
                "the text of the cause `{cause}` is a guess (`{phrase}`), and no `confidence` says so",
                "o texto da causa `{cause}` é uma suposição (`{phrase}`), e nenhum `confidence` diz isso"
            },
            false,
        )),
        _ => None,
    }
}
