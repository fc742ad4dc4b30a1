//! `unaffected-claim-contradicted`: what is claimed to have gone on working was not stopped elsewhere in the file.

use std::collections::HashMap;

use crate::{
    finding::{Related, Words},
    language::Quantity,
    locate::Field,
    model::{Effect, Event, EventType, Incident},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Service claimed unaffected, but the record stops it
    ///
    /// No service in `unaffected` has an impact, or an effect on the timeline other than `up`. A step or a recovery that
    /// brings a service `up` says that it had stopped. Effects of `background` events lie before the incident.
    ///
    /// ## Why
    ///
    /// Order Desk's post opens by saying that order submission went on as normal; its timeline says that submission "was
    /// turned back on" in the morning. Customers read both.
    ///
    /// ## Fires
    ///
    /// ```yaml unaffected[0]
    /// unaffected: [order-search]
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:06Z
    ///     type: recovery
    ///     effects: {order-search: up}
    ///     text: {en: Order search was switched on again., pt-BR: A busca de pedidos foi religada.}
    /// ```
    /// > `order-search` is listed as unaffected, but `e1` brought it back `up`
    /// > `order-search` consta como não afetado, mas `e1` o trouxe de volta (`up`)
    ///
    /// ```yaml unaffected[0]
    /// unaffected: [order-workflow]
    /// ```
    /// > `order-workflow` is listed as unaffected, but `workflow` is an impact on it
    /// > `order-workflow` consta como não afetado, mas `workflow` é um impacto nele
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// unaffected: [order-search]
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:06Z
    ///     type: verification
    ///     effects: {order-search: up}
    ///     text: {en: Order search was seen to answer., pt-BR: Constatou-se que a busca de pedidos respondia.}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add the impact with its own times, or take the claim back in both languages.
    ///
    /// # Serviço dado como não afetado, mas que o registro mostra parado
    ///
    /// Nenhum serviço de `unaffected` tem impacto, nem efeito na linha do tempo que não seja `up`. Um passo ou uma
    /// recuperação que deixa um serviço `up` diz que ele tinha parado. Efeitos de eventos `background` são anteriores ao
    /// incidente.
    ///
    /// ## Por quê
    ///
    /// O post da Order Desk começa dizendo que o envio de pedidos seguiu normal; a linha do tempo diz que o envio "foi
    /// religado" de manhã. Os clientes leem as duas coisas.
    ///
    /// ## Correção
    ///
    /// Inclua o impacto com seus próprios horários ou retire a afirmação nos dois idiomas.
    "unaffected-claim-contradicted": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        if judged.incident.unaffected.is_empty() {
            continue;
        }
        let record = Record::of(judged.incident);
        for (i, claimed) in judged.incident.unaffected.iter().enumerate() {
            let service = bare(claimed);
            let Some((sentence, at, message)) = record.against(service) else { continue };
            let finding = out.find(judged, Field::of("unaffected").at(i), sentence);
            finding.help = words! { service = service =>
                "add an impact on `{service}` with its own times, or remove it from `unaffected`",
                "inclua um impacto em `{service}` com seus próprios horários ou retire-o de `unaffected`"
            };
            finding.related = vec![Related { file: judged.file.to_owned(), field: at, message }];
        }
    }
}

/// What the record says of each service: its first impact, and the first event that stopped it or brought it back.
struct Record<'a> {
    impacts: HashMap<&'a str, (Field, String)>,
    effects: HashMap<&'a str, (Field, String, Effect)>,
}

impl<'a> Record<'a> {
    fn of(incident: &'a Incident) -> Self {
        let (mut impacts, mut effects) = (HashMap::new(), HashMap::new());
        for (i, impact) in incident.impacts.iter().enumerate() {
            let field = Field::of("impacts").at(i);
            let name = called(&impact.id, &field);
            impacts.entry(impact.service.as_str()).or_insert((field.key("service"), name));
        }
        for (i, event) in incident.timeline.iter().enumerate() {
            let field = Field::of("timeline").at(i);
            for (service, effect) in event.effects.iter().filter(|(_, effect)| tells(event, *effect)) {
                let there = (field.key("effects").key(service), called(&event.id, &field), *effect);
                effects.entry(bare(service)).or_insert(there);
            }
        }
        Self { impacts, effects }
    }

    /// What contradicts the claim, where, and what that place is.
    fn against(&self, service: &str) -> Option<(crate::rules::sentence::Sentence, Field, Words)> {
        if let Some((field, impact)) = self.impacts.get(service) {
            let sentence = sentence! { service = service, impact = impact.as_str() =>
                "`{service}` is listed as unaffected, but `{impact}` is an impact on it",
                "`{service}` consta como não afetado, mas `{impact}` é um impacto nele"
            };
            return Some((sentence, field.clone(), words! { "the impact", "o impacto" }));
        }
        let (field, event, effect) = self.effects.get(service)?;
        let values = (Quantity::from(service), Quantity::from(event.as_str()), effect.word());
        let sentence = match effect {
            Effect::Up => sentence! { service = values.0, event = values.1 =>
                "`{service}` is listed as unaffected, but `{event}` brought it back `up`",
                "`{service}` consta como não afetado, mas `{event}` o trouxe de volta (`up`)"
            },
            _ => sentence! { service = values.0, event = values.1, effect = values.2 =>
                "`{service}` is listed as unaffected, but `{event}` left it `{effect}`",
                "`{service}` consta como não afetado, mas `{event}` registra `{effect}` para ele"
            },
        };
        Some((sentence, field.clone(), words! { "the effect", "o efeito" }))
    }
}

/// Whether an effect says that the service had stopped, or stopped.
fn tells(event: &Event, effect: Effect) -> bool {
    match effect {
        // who looks, sees that it works; who acts, makes it work again
        Effect::Up => matches!(event.kind, EventType::Step | EventType::Recovery),
        _ => event.kind != EventType::Background,
    }
}

/// The id of a service, with or without `service:` before it.
fn bare(service: &str) -> &str {
    service.strip_prefix("service:").unwrap_or(service)
}
