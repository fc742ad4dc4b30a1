//! `event-in-the-future`: nothing recorded can lie after the moment of asking, or after the closing.

use crate::{
    locate::{Field, Step},
    model::Status,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Event in the future, or after closing
    ///
    /// No moment of an event or of an impact lies after the moment of asking (`--as-of`; at an old revision, the time of
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
    /// ```yaml impacts[0].verified.at
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    ///     verified: {at: 2062-03-02T10:10Z, signal: orders_per_minute}
    /// ```
    /// > `workflow`: March 2, 2062, 10:10 UTC lies in the future
    /// > `workflow`: 2 de março de 2062, 10h10 UTC está no futuro
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
    /// Nenhum momento de um evento ou de um impacto é posterior ao momento da consulta (`--as-of`; em uma revisão
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
        let incident = judged.incident;
        let closed = match incident.status {
            Status::Closed => incident.closed_at.as_ref().and_then(|at| at.interval().latest),
            _ => None,
        };
        incident.each_moment(&mut |path, point| {
            let Some(earliest) = point.interval().earliest else { return };
            let future = earliest > case.as_of;
            if !future && closed.is_none_or(|closed| earliest <= closed) {
                return;
            }
            let field = path.field();
            let [Step::Key(list), Step::Index(i), ..] = field.steps() else { return };
            let id = match list.as_str() {
                "timeline" => incident.timeline.get(*i).map(|event| &event.id),
                // an impact may be over only after its incident was closed
                "impacts" if future => incident.impacts.get(*i).map(|impact| &impact.id),
                // windows and promises lie ahead
                _ => None,
            };
            let Some(id) = id else { return };
            let name = called(id, &Field::of(list).at(*i));
            let time = judged.tell(case, point);
            let sentence = if future {
                sentence! { event = name, time = time => "`{event}`: {time} lies in the future", "`{event}`: {time} está no futuro" }
            } else {
                sentence! { event = name, time = time =>
                    "`{event}`: {time} lies after the incident was closed",
                    "`{event}`: {time} é posterior ao encerramento do incidente"
                }
            };
            out.find(judged, field, sentence).help =
                words! { "correct the date or the offset", "corrija a data ou o deslocamento UTC" };
        });
    }
}
