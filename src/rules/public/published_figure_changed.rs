//! `published-figure-changed`: what readers were told is put right in public, not in silence.

use crate::{
    finding::Words,
    language::Quantity,
    locate::Field,
    measure::{Corrected, Correction, Verdict, corrections, has_new_post, is_published},
    rules::{
        Case, called,
        rule::rule,
        sentence::{english, sentence, words},
        sink::Sink,
    },
    time::Span,
};

rule! {
    /// # Published figure changed without a correction
    ///
    /// What the public was last told of an incident's figures still holds: its times to detect, to mitigate and to recover, its
    /// verdicts, and how long customers were hit. It was told by the commit that first had the incident reviewed, closed or with a
    /// public post of state `postmortem`, or by the last one since that came with a new public post. What is known more exactly
    /// now, or was not known then, changes nothing that was told. Classes that change in the catalogue are
    /// `class-changed-after-the-fact`.
    ///
    /// ## Why
    ///
    /// Readers quote figures, and customers reckon with them. A figure that changes in silence makes every other one doubtful; one
    /// that is corrected in public does the opposite.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered
    /// status: reviewed
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:01Z
    ///     detection: {source: monitor}
    ///     recovered: 2026-03-02T10:09Z
    ///     verified: {at: 2026-03-02T10:15Z, signal: orders_per_minute}
    /// --- before 2026-03-05
    /// status: reviewed
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:01Z
    ///     detection: {source: monitor}
    ///     recovered: 2026-03-02T10:05Z
    ///     verified: {at: 2026-03-02T10:15Z, signal: orders_per_minute}
    /// ```
    /// > `workflow`: the time to recover was published on March 5, 2026 as 5 min, and is 9 min now; no public post says so
    /// > `workflow`: o tempo até a recuperação foi publicado em 5 de março de 2026 como 5 min e agora é 9 min; nenhum post público o informa
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// status: reviewed
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:01Z
    ///     detection: {source: monitor}
    ///     recovered: 2026-03-02T10:09Z
    ///     verified: {at: 2026-03-02T10:15Z, signal: orders_per_minute}
    /// --- before 2026-03-05
    /// status: reviewed
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:01Z
    ///     detection: {source: monitor}
    ///     recovered: {not_before: 2026-03-02T10:05Z, not_after: 2026-03-02T10:10Z}
    ///     verified: {at: 2026-03-02T10:15Z, signal: orders_per_minute}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add a public post to `comms` that says what was told before and what is right. The rule asks for the post, and does not read
    /// whether its words say so.
    ///
    /// # Número publicado alterado sem correção
    ///
    /// O que o público soube por último dos números de um incidente continua valendo: os tempos até a detecção, a mitigação e a
    /// recuperação, os vereditos e quanto tempo os clientes foram afetados. Quem o informou foi o commit em que o incidente passou
    /// a estar revisado, encerrado ou com um post público de estado `postmortem`, ou o último desde então que trouxe um post
    /// público novo. O que hoje se sabe com mais exatidão, ou não se sabia, nada muda no que foi dito. De classes que mudam no
    /// catálogo cuida `class-changed-after-the-fact`.
    ///
    /// ## Por quê
    ///
    /// Leitores citam números, e clientes fazem contas com eles. Um número que muda em silêncio põe todos os outros em dúvida; um
    /// que é corrigido em público faz o contrário.
    ///
    /// ## Correção
    ///
    /// Acrescente a `comms` um post público que diga o que constava antes e o que é certo. A regra pede o post e não lê se as
    /// palavras dele o dizem.
    "published-figure-changed": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(told) = case.told else { return };
    for judged in case.incidents {
        let (before, now) = (told.incident, judged.incident);
        if before.id != now.id || !is_published(now) || has_new_post(before, now) {
            continue;
        }
        let day = Quantity::Date(judged.zone(case).date(told.at));
        for Correction { impact, position, figure } in
            corrections((before, told.measured), (now, judged.measured))
        {
            let field = position.map_or(Field::of("impacts"), |at| Field::of("impacts").at(at));
            let name = called(impact.unwrap_or_default(), &field);
            let (key, what, was, is) = match figure {
                Corrected::Recover(was, is) => ("recovered", RECOVER, Quantity::Span(was), known(is)),
                Corrected::Detect(was, is) => ("detected", DETECT, Quantity::Span(was), known(is)),
                Corrected::Mitigate(was, is) => ("mitigated", MITIGATE, Quantity::Span(was), known(is)),
                Corrected::Verdict(was, is) => ("", VERDICT, verdict(was), verdict(is)),
                Corrected::CustomerImpact(was, is) => ("", HURT, Quantity::Span(was), known(is)),
                Corrected::Gone => {
                    let sentence = sentence! { impact = name, day = day.clone() =>
                        "`{impact}`, published on {day}, is no longer among the impacts; no public post says so",
                        "`{impact}`, publicado em {day}, não está mais entre os impactos; nenhum post público o informa"
                    };
                    out.find(judged, field, sentence).help = help();
                    continue;
                }
            };
            // a difference that no reader would see
            if was.tell(english()) == is.tell(english()) {
                continue;
            }
            let what = Quantity::named(what.0, what.1);
            let day = day.clone();
            let sentence = match impact {
                Some(_) => sentence! { impact = name, figure = what, day = day, before = was, after = is =>
                    "`{impact}`: {figure} was published on {day} as {before}, and is {after} now; no public post says so",
                    "`{impact}`: {figure} foi publicado em {day} como {before} e agora é {after}; nenhum post público o informa"
                },
                None => sentence! { figure = what, day = day, before = was, after = is =>
                    "{figure} was published on {day} as {before}, and is {after} now; no public post says so",
                    "{figure} foi publicado em {day} como {before} e agora é {after}; nenhum post público o informa"
                },
            };
            let field = if key.is_empty() { field } else { field.key(key) };
            out.find(judged, field, sentence).help = help();
        }
    }
}

const RECOVER: (&str, &str) = ("the time to recover", "o tempo até a recuperação");
const DETECT: (&str, &str) = ("the time to detect", "o tempo até a detecção");
const MITIGATE: (&str, &str) = ("the time to mitigate", "o tempo até a mitigação");
const VERDICT: (&str, &str) = ("the verdict", "o veredito");
const HURT: (&str, &str) = ("the time that customers were hit", "o tempo em que os clientes foram afetados");

fn known(span: Option<Span>) -> Quantity {
    match span.filter(|span| !span.is_unknown()) {
        Some(span) => Quantity::Span(span),
        None => Quantity::named("not known", "desconhecido"),
    }
}

fn verdict(verdict: Verdict) -> Quantity {
    let pt = match verdict {
        Verdict::Met => "cumprida",
        Verdict::Breached => "não cumprida",
        Verdict::Indeterminate => "indeterminada",
        Verdict::Running => "em curso",
        Verdict::NotJudged(_) => "não avaliada",
    };
    Quantity::named(verdict.word().replace('_', " "), pt)
}

fn help() -> Words {
    words! {
        "post the correction: a public post in `comms` that says what was told before and what is right",
        "publique a correção: um post público em `comms` que diga o que constava antes e o que é certo"
    }
}
