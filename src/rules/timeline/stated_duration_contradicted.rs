//! `stated-duration-contradicted`: a stated length must be possible between the end points.

use crate::{
    language::Quantity,
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Stated length contradicts the end points
    ///
    /// A length under `stated` (to detect, to mitigate, to recover) must be possible between the moments that the same
    /// impact gives.
    ///
    /// ## Why
    ///
    /// Order Desk states 26 h, and its end points give 25 h 48 min: the same within rounding. Allegro speaks of
    /// several hours of delay where its own times give more than 38 h.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].stated.recover
    /// impacts:
    ///   - id: search
    ///     service: order-search
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T11:00Z
    ///     verified: {at: 2026-03-02T11:10Z, signal: searches_per_minute}
    ///     stated: {recover: ~3h ±30m}
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [search]}
    /// actions: []
    /// ```
    /// > `search`: the stated time to recover (between 2 h 30 min and 3 h 30 min) is not possible; the moments given allow 1 h
    /// > `search`: o tempo declarado até a recuperação (entre 2 h 30 min e 3 h 30 min) não é possível; os momentos informados permitem 1 h
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: search
    ///     service: order-search
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T12:48Z
    ///     verified: {at: 2026-03-02T13:00Z, signal: searches_per_minute}
    ///     stated: {recover: ~3h ±30m}
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [search]}
    /// actions: []
    /// ```
    ///
    /// ## Fix
    ///
    /// Correct the statement or the moment. Never publish both.
    ///
    /// # Duração declarada contradiz os extremos
    ///
    /// Uma duração em `stated` (para detectar, mitigar ou recuperar) precisa caber entre os momentos que o mesmo
    /// impacto informa.
    ///
    /// ## Por quê
    ///
    /// A Order Desk declara 26 h, e seus extremos dão 25 h 48 min: o mesmo valor, feito o arredondamento. O Allegro fala em
    /// várias horas de atraso, e seus próprios horários dão mais de 38 h.
    ///
    /// ## Correção
    ///
    /// Corrija a declaração ou o momento. Nunca publique os dois.
    "stated-duration-contradicted": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (field, impact, measured) in judged.impacts() {
            let (stated, ends) = (&impact.stated, &measured.by_end_points);
            let metrics = [
                ("detect", "time to detect", "tempo declarado até a detecção", stated.detect, ends.detect),
                (
                    "mitigate",
                    "time to mitigate",
                    "tempo declarado até a mitigação",
                    stated.mitigate,
                    ends.mitigate,
                ),
                (
                    "recover",
                    "time to recover",
                    "tempo declarado até a recuperação",
                    stated.recover,
                    ends.recover,
                ),
            ];
            for (key, en, pt, stated, ends) in metrics {
                let (Some(stated), Some(ends)) = (stated, ends) else { continue };
                if stated.span().intersect(&ends).is_some() {
                    continue;
                }
                let sentence = sentence! {
                    impact = called(&impact.id, &field),
                    metric = Quantity::named(en, pt),
                    stated = stated.span(),
                    allowed = ends =>
                    "`{impact}`: the stated {metric} ({stated}) is not possible; the moments given allow {allowed}",
                    "`{impact}`: o {metric} ({stated}) não é possível; os momentos informados permitem {allowed}"
                };
                out.find(judged, field.key("stated").key(key), sentence).help = words! {
                    "correct the stated length or the moments; never publish both",
                    "corrija a duração declarada ou os momentos; nunca publique os dois"
                };
            }
        }
    }
}
