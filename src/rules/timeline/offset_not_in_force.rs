//! `offset-not-in-force`: an offset must be the one that the declared zone kept on that date.

use crate::{
    language::Quantity,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Form, format_offset},
};

rule! {
    /// # Offset is not the one in force in the declared zone
    ///
    /// In a file that declares its `timezone`, an instant written with an offset must have the offset that the zone
    /// kept at that instant. Instants written with `Z` are never questioned.
    ///
    /// ## Why
    ///
    /// The Portuguese VTEX post says "22h (BRT)", UTC−3, on a date when São Paulo kept summer time, UTC−2. Read as a
    /// wall clock, the event moves by an hour.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].at
    /// timezone: America/Sao_Paulo
    /// timeline:
    ///   - {id: e1, at: 2017-11-10T22:00:00-03:00, type: note, text: {en: The first wave begins., pt-BR: Começa a primeira onda.}}
    /// ```
    /// > offset -03:00 was not in force in America/Sao_Paulo on November 10, 2017; it was -02:00
    /// > o deslocamento -03:00 não vigorava em America/Sao_Paulo em 10 de novembro de 2017; era -02:00
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timezone: America/Sao_Paulo
    /// timeline:
    ///   - {id: e1, at: 2017-11-10T22:00:00-02:00, type: note, text: {en: Wall clock., pt-BR: Hora local.}}
    ///   - {id: e2, at: 2017-11-11T00:00:00Z, type: note, text: {en: UTC., pt-BR: UTC.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Decide whether the source meant the wall clock or the named offset. If that cannot be settled, write both
    /// readings as `{not_before, not_after}`.
    ///
    /// # Deslocamento diferente do que vigorava no fuso declarado
    ///
    /// Em um arquivo que declara seu `timezone`, um horário com deslocamento deve ter o deslocamento que o fuso usava
    /// naquele instante. Horários com `Z` nunca são questionados.
    ///
    /// ## Por quê
    ///
    /// O texto da VTEX em português diz "22h (BRT)", UTC−3, em uma data em que São Paulo estava em horário de verão,
    /// UTC−2. Lido como hora local, o evento se desloca em uma hora.
    ///
    /// ## Correção
    ///
    /// Decida se a fonte fala da hora local ou do deslocamento citado. Se não for possível saber, escreva as duas
    /// leituras como `{not_before, not_after}`.
    "offset-not-in-force": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let Some(zone) = judged.incident.zone else { continue };
        judged.incident.each_moment(&mut |path, point| {
            for (key, written) in point.written() {
                let Form::Offset(offset) = written.form else { continue };
                let expected = zone.offset_at(written.at);
                if offset == expected {
                    continue;
                }
                let field = if key.is_empty() { path.field() } else { path.field().key(key) };
                let sentence = sentence! {
                    offset = format_offset(offset),
                    zone = zone.name(),
                    date = Quantity::Date(zone.date(written.at)),
                    expected = format_offset(expected) =>
                    "offset {offset} was not in force in {zone} on {date}; it was {expected}",
                    "o deslocamento {offset} não vigorava em {zone} em {date}; era {expected}"
                };
                out.find(judged, field, sentence).help = words! { expected = format_offset(expected) =>
                    "if the wall clock is meant, write `{expected}`; if the instant is right, write it with `Z`",
                    "se a hora local é a pretendida, escreva `{expected}`; se o instante está certo, escreva-o com `Z`"
                };
            }
        });
    }
}
