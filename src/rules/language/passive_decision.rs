//! `passive-decision`: who could know what, when it was decided?

use std::sync::LazyLock;

use regex::bytes::Regex;

use crate::{
    language::Folded,
    locate::Field,
    model::EventType,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        wording::{at, plain},
    },
};

rule! {
    /// # Decision without an agent
    ///
    /// A decision or a step whose text begins in the passive (it was decided, the release was cancelled) names the role that
    /// acted under `actor`, unless the text tells it.
    ///
    /// ## Why
    ///
    /// The passive is fine for machines. Of a decision the role is the lesson: who had which information, and who had not.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[0].actor
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:04Z
    ///     type: decision
    ///     text: {en: It was decided to cancel the release., pt-BR: Foi decidido cancelar a release.}
    /// ```
    /// > `e1` ("was decided") does not say which role acted
    /// > `e1` ("was decided") não diz que papel agiu
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:04Z
    ///     type: decision
    ///     actor: role:incident-commander
    ///     text: {en: It was decided to cancel the release., pt-BR: Foi decidido cancelar a release.}
    ///   - id: e2
    ///     at: 2026-03-02T10:05Z
    ///     type: decision
    ///     text: {en: The team cancelled the release after the queue was emptied., pt-BR: O time cancelou a release depois que a fila foi esvaziada.}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add `actor: role:…`. No name.
    ///
    /// # Decisão sem agente
    ///
    /// Uma decisão ou um passo cujo texto começa na voz passiva (foi decidido, a release foi cancelada) diz em `actor` que
    /// papel agiu, a não ser que o texto já o diga.
    ///
    /// ## Por quê
    ///
    /// A voz passiva serve para máquinas. Em uma decisão, a lição está no papel: quem tinha qual informação, e quem não
    /// tinha.
    ///
    /// ## Correção
    ///
    /// Acrescente `actor: role:…`. Sem nome.
    "passive-decision": Info Fact
}

/// A passive in the first words of a text, and no agent behind it.
static PASSIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?-u)[^.,;:!?\n]{0,60}?\b((?:was|were) (?:then |also |first |immediately )?(?:[a-z]+ed|taken|made|put|sent|shut|begun|chosen|cut|brought|set|rebuilt|built|written|rolled)|(?:foi|foram) (?:entao |tambem |logo )?[a-z]+[ai]d[oa]s?)\b").ok()
});
/// Words that tell who acted.
static AGENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(?:by|we|our|team|teams|engineer|engineers|pelo|pela|pelos|pelas|por|nos|nosso|nossa|time|times|equipe|engenheiro|engenheiros|plantao)\b").ok()
});

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, event) in judged.incident.timeline.iter().enumerate() {
            if !matches!(event.kind, EventType::Decision | EventType::Step) || event.actor.is_some() {
                continue;
            }
            let Some(text) = &event.text else { continue };
            let Some(phrase) = text.iter().find_map(|(_, text)| passive(text)) else { continue };
            let field = Field::of("timeline").at(i);
            let sentence = sentence! { event = crate::rules::called(&event.id, &field), text = phrase.as_str() =>
                "`{event}` (\"{text}\") does not say which role acted",
                "`{event}` (\"{text}\") não diz que papel agiu"
            };
            let finding = out.find(judged, field.key("actor"), sentence);
            at(finding, &phrase);
            finding.help = words! { "add `actor: role:…`; no name", "acrescente `actor: role:…`; sem nome" };
        }
    }
}

/// The passive that a text begins with, when nobody is named who acted.
fn passive(text: &str) -> Option<String> {
    let plain = plain(text);
    let folded = Folded::of(&plain);
    let hit = PASSIVE.as_ref()?.captures(folded.bytes())?.get(1)?;
    if AGENT.as_ref()?.is_match(folded.bytes()) {
        return None;
    }
    plain.get(folded.range(&hit.range())?).map(str::to_owned)
}
