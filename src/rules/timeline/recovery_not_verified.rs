//! `recovery-not-verified`: recovery is what someone measured, from the users' side.

use std::collections::HashMap;

use crate::{
    model::{Event, EventType, Incident},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Interval, TimePoint},
};

rule! {
    /// # Recovery not verified
    ///
    /// An impact that recovered has `verified` with the signal that showed it, or a timeline event of type
    /// `verification` about it, at or after the recovery.
    ///
    /// ## Why
    ///
    /// Productsup verified that data arrived, not that the importer could read it; the fault then ran overnight. Order
    /// Desk ran confirmation tests before it switched imports on again.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].recovered
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    /// ```
    /// > `workflow`: nothing shows that it recovered
    /// > `workflow`: nada comprova a recuperação
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     recovered: 2026-03-02T10:08Z
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:10Z, type: verification, impacts: [workflow], text: {en: Orders per minute are back at the usual level., pt-BR: Os pedidos por minuto voltaram ao nível habitual.}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Name the measurement, from the users' side, that showed the recovery.
    ///
    /// # Recuperação não verificada
    ///
    /// Um impacto recuperado tem `verified` com o sinal que comprovou a recuperação, ou um evento do tipo `verification` sobre ele
    /// na linha do tempo, no momento da recuperação ou depois dele.
    ///
    /// ## Por quê
    ///
    /// A Productsup verificou que os dados chegavam, mas não que o importador conseguia lê-los; a falha durou a noite
    /// toda. A Order Desk fez testes de confirmação antes de religar as importações.
    ///
    /// ## Correção
    ///
    /// Diga qual medição, do ponto de vista dos usuários, mostrou a recuperação.
    "recovery-not-verified": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let shown = Shown::by(judged.incident);
        for (field, impact, _) in judged.impacts() {
            let Some(recovered) = &impact.recovered else { continue };
            let verified = impact.verified.as_ref().is_some_and(|verified| verified.signal.is_some())
                || shown.covers(&impact.id, recovered);
            if matches!(recovered, TimePoint::Open | TimePoint::Unreadable(_)) || verified {
                continue;
            }
            let sentence = sentence! { impact = called(&impact.id, &field) =>
                "`{impact}`: nothing shows that it recovered",
                "`{impact}`: nada comprova a recuperação"
            };
            out.find(judged, field.key("recovered"), sentence).help = words! {
                "add `verified: {{at: …, signal: …}}` with the measurement, from the users' side, that showed it",
                "acrescente `verified: {{at: …, signal: …}}` com a medição, do ponto de vista dos usuários, que mostrou a recuperação"
            };
        }
    }
}

/// The last verification on the timeline, of each impact and of all.
#[derive(Default)]
struct Shown<'a> {
    of_all: Option<Interval>,
    of_one: HashMap<&'a str, Interval>,
}

impl<'a> Shown<'a> {
    fn by(incident: &'a Incident) -> Self {
        let mut shown = Self::default();
        for event in incident.timeline.iter().filter(|event| verifies(event)) {
            let at = event.at.as_ref().map_or(Interval::UNKNOWN, TimePoint::interval);
            if event.impacts.is_empty() {
                shown.of_all = Some(shown.of_all.map_or(at, |other| later(other, at)));
            }
            for impact in &event.impacts {
                shown.of_one.entry(impact).and_modify(|other| *other = later(*other, at)).or_insert(at);
            }
        }
        shown
    }

    /// Whether recovery was verified when it was reached, or may have been.
    fn covers(&self, impact: &str, recovered: &TimePoint) -> bool {
        let recovered = recovered.interval();
        let own = self.of_one.get(impact).copied();
        own.into_iter().chain(self.of_all).any(|at| !at.surely_before(&recovered))
    }
}

fn verifies(event: &Event) -> bool {
    event.kind == EventType::Verification && (event.signal.is_some() || event.text.is_some())
}

/// The one that can have been later; an end that is not known is later than any.
fn later(a: Interval, b: Interval) -> Interval {
    match (a.latest, b.latest) {
        (Some(first), Some(second)) if second > first => b,
        (Some(_), None) => b,
        _ => a,
    }
}
