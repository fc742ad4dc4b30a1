//! `instant-without-offset`: every moment must be one instant, whoever reads it.

use crate::{
    finding::{Fix, Words},
    locate::Field,
    model::Incident,
    rules::{
        Case, Judged,
        rule::rule,
        sentence::{Sentence, sentence, words},
        sink::Sink,
    },
    time::{TimePoint, Unreadable, Zone, only_moment, read_point},
};

rule! {
    /// # Instant without an offset, or in an ambiguous form
    ///
    /// A moment is written as RFC 3339 with an offset or `Z`, or as a local time in a file that declares its
    /// `timezone`. Anything else is refused: `06-12-2019`, `4:20pm`, an abbreviation such as `BRT`, a local time
    /// without a declared zone, and a local time that the zone skips or shows twice.
    ///
    /// ## Why
    ///
    /// Allegro's postmortem never says which zone its times are in. Productsup writes `06-12-2019`, which is 12 June to
    /// a reader in the United States. The two languages of VTEX's differ by an hour, depending on how `BRT` is read.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].at
    /// timeline:
    ///   - {id: e1, at: 06-12-2019 4:20pm, type: note, text: {en: The panel is gone., pt-BR: O painel sumiu.}}
    /// ```
    /// > `06-12-2019 4:20pm` is not a moment
    /// > `06-12-2019 4:20pm` não é um momento
    ///
    /// ```yaml timeline[0].at
    /// timezone: America/Sao_Paulo
    /// timeline:
    ///   - {id: e1, at: 2017-10-15T00:30, type: note, text: {en: Nobody was there., pt-BR: Não havia ninguém.}}
    /// ```
    /// > `2017-10-15T00:30` does not exist in America/Sao_Paulo, where the clocks skipped it; it may mean 2017-10-15T01:30-02:00 or 2017-10-14T23:30-03:00
    /// > `2017-10-15T00:30` não existe em America/Sao_Paulo, onde os relógios o pularam; pode ser 2017-10-15T01:30-02:00 ou 2017-10-14T23:30-03:00
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timezone: America/Sao_Paulo
    /// timeline:
    ///   - {id: e1, at: 2026-03-01T10:30, type: note, text: {en: A local time in a declared zone., pt-BR: Um horário local em um fuso declarado.}}
    ///   - {id: e2, at: 2026-03-01T10:30-03:00, type: note, text: {en: An offset., pt-BR: Um deslocamento.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add the offset that was in force at that place on that date, or declare the `timezone` of the file. For a local
    /// time that happened twice, write the reading you mean with its offset.
    ///
    /// # Horário sem deslocamento UTC ou em forma ambígua
    ///
    /// Um momento se escreve em RFC 3339 com deslocamento ou `Z`, ou como horário local em um arquivo que declara seu
    /// `timezone`. O resto é recusado: `06-12-2019`, `4:20pm`, uma sigla como `BRT`, um horário local sem fuso
    /// declarado e um horário local que o fuso pula ou repete.
    ///
    /// ## Por quê
    ///
    /// O postmortem do Allegro não diz em que fuso estão seus horários. A Productsup escreve `06-12-2019`, que é 12 de
    /// junho para quem lê nos Estados Unidos. As duas versões do texto da VTEX diferem em uma hora, conforme se leia
    /// `BRT`.
    ///
    /// ## Correção
    ///
    /// Acrescente o deslocamento que vigorava naquele lugar e naquela data, ou declare o `timezone` do arquivo. Para um
    /// horário local que aconteceu duas vezes, escreva a leitura pretendida, com seu deslocamento.
    "instant-without-offset": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        // a `timezone` that is none is told once, where it stands
        let zone = Field::of("timezone");
        let declared = case.faults.iter().any(|fault| fault.file == judged.file && fault.field == zone);
        look(judged, judged.incident, declared, out);
    }
}

fn look(judged: &Judged<'_>, incident: &Incident, declared: bool, out: &mut Sink) {
    incident.each_moment(&mut |path, point| {
        if let TimePoint::Unreadable(why) = point
            && !(declared && matches!(why, Unreadable::NoOffset { .. }))
        {
            let (sentence, help) = tell(why);
            let fix = only_reading(why, judged.incident.zone.as_ref());
            let finding = out.find(judged, path.field(), sentence);
            finding.help = match &fix {
                Some(Fix { new, .. }) => {
                    words! { new = new.as_str() => "did you mean `{new}`?", "você quis dizer `{new}`?" }
                }
                None => help,
            };
            finding.fix = fix;
        }
    });
}

/// What can only have been meant, and can be read as written: with an offset, or in a zone that showed it once.
fn only_reading(why: &Unreadable, zone: Option<&Zone>) -> Option<Fix> {
    let Unreadable::NotAMoment { value } = why else { return None };
    let new = only_moment(value).filter(|new| new != value)?;
    (!matches!(read_point(&new, zone), TimePoint::Unreadable(_))).then(|| Fix::new(value, new))
}

/// How to write a moment, by what is nearest to what was written.
fn mend(value: &str) -> Words {
    let lower = value.to_lowercase();
    if lower.ends_with("am") || lower.ends_with("pm") || lower.contains(" am") || lower.contains(" pm") {
        words! {
            "write the date and the clock of 24 hours: `2014-10-23T16:20`, with an offset unless the file has a `timezone`",
            "escreva a data e a hora de 0 a 24: `2014-10-23T16:20`, com deslocamento se o arquivo não tiver `timezone`"
        }
    } else if value.contains('/') {
        words! {
            "write the year first: `2014-10-23T04:19`, with an offset unless the file has a `timezone`",
            "escreva o ano primeiro: `2014-10-23T04:19`, com deslocamento se o arquivo não tiver `timezone`"
        }
    } else if value.starts_with('~') {
        words! {
            "write it like `~2014-10-23T04:19 ±15m`; the tolerance is a whole number of `m`, `h` or `d`, and `+-` serves for `±`",
            "escreva como `~2014-10-23T04:19 ±15m`; a margem é um número inteiro de `m`, `h` ou `d`, e `+-` vale por `±`"
        }
    } else {
        words! {
            "write it like `2014-10-23T04:19` or `2014-10-23T04:19+02:00`, `~2014-10-23T04:19 ±15m`, `2014-10-23` or `unknown`",
            "escreva como `2014-10-23T04:19` ou `2014-10-23T04:19+02:00`, `~2014-10-23T04:19 ±15m`, `2014-10-23` ou `unknown`"
        }
    }
}

fn tell(why: &Unreadable) -> (Sentence, Words) {
    match why {
        Unreadable::NoOffset { value } => (
            sentence! { value = value.as_str() =>
                "`{value}` has no UTC offset, and the file declares no `timezone`",
                "`{value}` não tem deslocamento UTC, e o arquivo não declara `timezone`"
            },
            words! {
                "write the offset, like `2014-10-23T04:19+02:00`, or add `timezone: Europe/Warsaw` at the top of the file",
                "escreva o deslocamento, como em `2014-10-23T04:19+02:00`, ou acrescente `timezone: America/Sao_Paulo` no topo do arquivo"
            },
        ),
        Unreadable::NotAMoment { value } => (
            sentence! { value = value.as_str() => "`{value}` is not a moment", "`{value}` não é um momento" },
            mend(value),
        ),
        Unreadable::Skipped { value, zone, readings: [before, after] } => (
            sentence! { value = value.as_str(), zone = zone.as_str(), before = before.as_str(), after = after.as_str() =>
                "`{value}` does not exist in {zone}, where the clocks skipped it; it may mean {before} or {after}",
                "`{value}` não existe em {zone}, onde os relógios o pularam; pode ser {before} ou {after}"
            },
            words! { before = before.as_str(), after = after.as_str() =>
                "write the reading you mean: `{before}` or `{after}`",
                "escreva a leitura pretendida: `{before}` ou `{after}`"
            },
        ),
        Unreadable::Repeated { value, zone, readings: [first, second] } => (
            sentence! { value = value.as_str(), zone = zone.as_str(), first = first.as_str(), second = second.as_str() =>
                "`{value}` happened twice in {zone}: as {first} and as {second}",
                "`{value}` aconteceu duas vezes em {zone}: como {first} e como {second}"
            },
            words! { first = first.as_str(), second = second.as_str() =>
                "write the one you mean: `{first}` or `{second}`",
                "escreva a leitura pretendida: `{first}` ou `{second}`"
            },
        ),
        Unreadable::Reversed { not_before, not_after } => (
            sentence! { not_before = not_before.as_str(), not_after = not_after.as_str() =>
                "`not_before` ({not_before}) lies after `not_after` ({not_after})",
                "`not_before` ({not_before}) é posterior a `not_after` ({not_after})"
            },
            words! { "put the earlier one first", "ponha o mais antigo primeiro" },
        ),
    }
}
