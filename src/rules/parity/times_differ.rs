//! `times-differ`: both languages state the same dates and clock times.

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
    /// # Dates or times differ
    ///
    /// Both languages state the same dates, days of the week and clock times. `1:00 am UTC` and `22h (BRT)` are the
    /// same: zones are taken into account before anything is called different. A clock that names no zone is read in
    /// the incident's. Names of months, `6 pm`, `18h30`, `meio-dia` and ISO dates are read as what they mean; which
    /// half of `10/11/2017` is the month is not guessed.
    ///
    /// ## Why
    ///
    /// VTEX's English postmortem says 1:00 am UTC where the Portuguese one says 22h BRT: equal only if BRT means UTC−3
    /// and not the clock of São Paulo in that night of summer time.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: The first wave began at 1:00 am UTC.
    ///   pt-BR: A primeira onda começou às 22h (UTC-2).
    /// ```
    /// > `summary`: `1:00 am UTC` in English and `22h (UTC-2)` in Portuguese are different times
    /// > `summary`: `1:00 am UTC` em inglês e `22h (UTC-2)` em português são momentos diferentes
    ///
    /// ```yaml summary.pt-BR
    /// summary:
    ///   en: Export returned on November 14.
    ///   pt-BR: A exportação voltou em 15 de novembro.
    /// ```
    /// > `summary`: `14` in English and `15` in Portuguese are different times
    /// > `summary`: `14` em inglês e `15` em português são momentos diferentes
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary:
    ///   en: The first wave began at 1:00 am UTC on Saturday, November 11, and the second at 6 pm.
    ///   pt-BR: A primeira onda começou às 22h (BRT) do sábado, 11 de novembro, e a segunda às 18h00.
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the side that is wrong, or leave the moment to a field, which both languages are rendered from.
    ///
    /// # Datas ou horários divergentes
    ///
    /// Os dois idiomas trazem as mesmas datas, os mesmos dias da semana e os mesmos horários. `1:00 am UTC` e `22h
    /// (BRT)` são o mesmo: os fusos entram na conta antes de qualquer comparação. Um horário sem fuso vale no fuso do
    /// incidente. Nomes de meses, `6 pm`, `18h30`, `meio-dia` e datas ISO valem pelo que significam; qual parte de
    /// `10/11/2017` é o mês não se adivinha.
    ///
    /// ## Por quê
    ///
    /// O postmortem da VTEX em inglês diz 1:00 am UTC onde o português diz 22h BRT: o mesmo instante só se BRT quiser
    /// dizer UTC−3, e não o relógio de São Paulo naquela noite de horário de verão.
    ///
    /// ## Correção
    ///
    /// Corrija o lado errado ou deixe o momento a cargo de um campo, do qual os dois idiomas são gerados.
    "times-differ": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let both = |field, en_only, pt_only| {
        sentence! { field = field, en_only = en_only, pt_only = pt_only =>
            "`{field}`: {en_only} in English and {pt_only} in Portuguese are different times",
            "`{field}`: {en_only} em inglês e {pt_only} em português são momentos diferentes"
        }
    };
    let help = words! {
        "correct the side that is wrong, or leave the moment to a field",
        "corrija o lado errado ou deixe o momento a cargo de um campo"
    };
    each_difference(case, out, FactKind::Time, both, &help);
}
