//! `durations-differ`: both languages state the same lengths and sizes.

use crate::{
    prose::FactKind,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        texts::each_difference,
    },
};

rule! {
    /// # Durations or quantities differ
    ///
    /// Both languages state the same lengths of time and the same sizes of data. Units are brought to one base, so
    /// that `24 hours` is `1 dia` and `an hour and a half` is `1h30`.
    ///
    /// ## Why
    ///
    /// In VTEX's two texts the window grows from 24 hours to 7 days, and in half the time, in both languages: the
    /// check passes there. A target told as 4 hours here and 40 there would be believed by whoever reads only one of
    /// them.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: The first wave took 3 hours.
    ///   pt-BR: A primeira onda levou 30 horas.
    /// ```
    /// > `summary`: `3 hours` in English, `30 horas` in Portuguese
    /// > `summary`: `3 hours` em inglês, `30 horas` em português
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: The first wave covers 24 hours and takes between 2 and 3 hours; the second took an hour and a half.
    ///   pt-BR: A primeira onda de recuperação cobre 1 dia e leva de 2 a 3 h; a segunda levou 1h30.
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the side that is wrong, or leave the length to a field, which both languages are rendered from.
    ///
    /// # Durações ou quantidades divergentes
    ///
    /// Os dois idiomas trazem as mesmas durações e os mesmos volumes de dados. As unidades são levadas a uma base só:
    /// `24 hours` é `1 dia`, e `an hour and a half` é `1h30`.
    ///
    /// ## Por quê
    ///
    /// Nos dois textos da VTEX, a janela vai de 24 horas para 7 dias, e na metade do tempo, nos dois idiomas: ali a
    /// verificação passa. Uma meta de 4 horas aqui e de 40 ali convenceria quem lê só um deles.
    ///
    /// ## Correção
    ///
    /// Corrija o lado errado ou deixe a duração a cargo de um campo, do qual os dois idiomas são gerados.
    "durations-differ": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let both = |field, en_only, pt_only| {
        sentence! { field = field, en_only = en_only, pt_only = pt_only =>
            "`{field}`: {en_only} in English, {pt_only} in Portuguese",
            "`{field}`: {en_only} em inglês, {pt_only} em português"
        }
    };
    let help = words! {
        "correct the side that is wrong, or leave the length to a field",
        "corrija o lado errado ou deixe a duração a cargo de um campo"
    };
    each_difference(case, out, FactKind::Length, both, &help);
}
