//! `event-in-the-future`: nothing recorded can lie after the moment of asking, or after the closing.

use crate::{
    language::Quantity,
    locate::Field,
    model::Status,
    rules::{
        Case, Judged,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Instant, TimePoint},
};

rule! {
    /// # Event in the future, or after closing
    ///
    /// No event and no moment of an impact lies after the moment of asking (`--as-of`; at an old revision, the time of
    /// its commit). In a closed incident no event lies after `closed_at`.
    ///
    /// ## Why
    ///
    /// A slip in the year or in the offset turns into a recovery of eighty years in a report.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].at
    /// timeline:
    ///   - {id: e1, at: 2107-11-11T10:00Z, type: note, text: {en: A slip of the year., pt-BR: Um erro no ano.}}
    /// ```
    /// > `e1`: November 11, 2107, 10:00 UTC lies in the future
    /// > `e1`: 11 de novembro de 2107, 10h00 UTC está no futuro
    ///
    /// ```yaml timeline[0].at
    /// status: closed
    /// closed_at: 2026-03-20T12:00Z
    /// timeline:
    ///   - {id: e1, at: 2026-03-21T10:00Z, type: note, text: {en: After the end., pt-BR: Depois do fim.}}
    /// ```
    /// > `e1`: March 21, 2026, 10:00 UTC lies after the incident was closed
    /// > `e1`: 21 de março de 2026, 10h00 UTC é posterior ao encerramento do incidente
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2017-11-11T10:00Z, type: note, text: {en: In the past., pt-BR: No passado.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the date.
    ///
    /// # Evento no futuro ou depois do encerramento
    ///
    /// Nenhum evento e nenhum momento de um impacto é posterior ao momento da consulta (`--as-of`; em uma revisão
    /// antiga, a hora do commit). Em um incidente encerrado, nenhum evento é posterior a `closed_at`.
    ///
    /// ## Por quê
    ///
    /// Um erro no ano ou no deslocamento UTC vira uma recuperação de oitenta anos em um relatório.
    ///
    /// ## Correção
    ///
    /// Corrija a data.
    "event-in-the-future": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let closed = match judged.incident.status {
            Status::Closed => judged.incident.closed_at.as_ref().and_then(|at| at.interval().latest),
            _ => None,
        };
        let timeline = Field::of("timeline");
        for (i, event) in judged.incident.timeline.iter().enumerate() {
            let Some(at) = &event.at else { continue };
            let name = if event.id.is_empty() { format!("timeline[{i}]") } else { event.id.clone() };
            look(case, judged, timeline.at(i).key("at"), &name, at, closed, out);
        }
        for (field, impact, _) in judged.impacts() {
            let moments = [
                ("started", &impact.started),
                ("first_signal", &impact.first_signal),
                ("detected", &impact.detected),
                ("acknowledged", &impact.acknowledged),
                ("mitigated", &impact.mitigated),
                ("recovered", &impact.recovered),
            ];
            for (key, point) in moments {
                if let Some(point) = point {
                    look(case, judged, field.key(key), &impact.id, point, None, out);
                }
            }
        }
    }
}

fn look(
    case: &Case<'_>,
    judged: &Judged<'_>,
    field: Field,
    name: &str,
    point: &TimePoint,
    closed: Option<Instant>,
    out: &mut Sink,
) {
    let Some(earliest) = point.interval().earliest else { return };
    let time: Quantity = judged.tell(case, point);
    let sentence = if earliest > case.as_of {
        sentence! { event = name, time = time => "`{event}`: {time} lies in the future", "`{event}`: {time} está no futuro" }
    } else if closed.is_some_and(|closed| earliest > closed) {
        sentence! { event = name, time = time =>
            "`{event}`: {time} lies after the incident was closed",
            "`{event}`: {time} é posterior ao encerramento do incidente"
        }
    } else {
        return;
    };
    out.find(judged, field, sentence).help =
        words! { "correct the date or the offset", "corrija a data ou o deslocamento UTC" };
}
