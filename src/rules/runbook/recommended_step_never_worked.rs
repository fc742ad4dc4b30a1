//! `recommended-step-never-worked`: what a person keeps recommended has worked at least once.

use std::collections::HashMap;

use crate::{
    locate::Field,
    model::Outcome,
    rules::{
        Across, Digest, TriedDigest,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Recommended step never worked
    ///
    /// A step that a person keeps recommended (`keep: true`) has helped at least once, if only in part, for one of the services
    /// that it is kept for; told from the second attempt on whose outcome is known. What nobody keeps needs no rule: a runbook
    /// shows it as tried without effect, or as a danger. Nor does a share of few attempts: below three a runbook tells a count,
    /// and from three on the interval (`worked 1 of 1`, never 100 %), on every page, in the terminal and in JSON.
    ///
    /// ## Why
    ///
    /// VTEX's restarts, tunings and larger machines had no effect that Friday, and hours went into them because they were
    /// the usual thing to do.
    ///
    /// ## Fires
    ///
    /// ```yaml timeline[1].step.keep
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: stop-farm, intent: diagnose, title: {en: Stop the farm, pt-BR: Parar a farm}, outcome: no_effect}}
    ///   - {id: e2, at: 2026-03-02T10:05Z, type: step, impacts: [workflow], step: {key: stop-farm, intent: diagnose, title: {en: Stop the farm, pt-BR: Parar a farm}, outcome: worse, hazard: {level: danger, affects: [order-workflow], text: {en: Stops the workflow., pt-BR: Para o workflow.}}, keep: true, keep_reason: {en: It is what we always do., pt-BR: É o que sempre fazemos.}}}
    /// ```
    /// > `stop-farm` is kept recommended, and none of 2 attempts helped
    /// > `stop-farm` é mantido como recomendado, e nenhuma de 2 tentativas ajudou
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// timeline:
    ///   - {id: e1, at: 2026-03-02T10:04Z, type: step, impacts: [workflow], step: {key: stop-farm, intent: diagnose, title: {en: Stop the farm, pt-BR: Parar a farm}, outcome: partly}}
    ///   - {id: e2, at: 2026-03-02T10:05Z, type: step, impacts: [workflow], step: {key: stop-farm, intent: diagnose, title: {en: Stop the farm, pt-BR: Parar a farm}, outcome: worse, hazard: {level: danger, affects: [order-workflow], text: {en: Stops the workflow., pt-BR: Para o workflow.}}, keep: true, keep_reason: {en: Nothing else saves the orders that wait., pt-BR: Nada mais salva os pedidos em espera.}}}
    ///   - {id: e3, at: 2026-03-02T10:06Z, type: step, impacts: [workflow], step: {key: read-logs, intent: diagnose, title: {en: Read the logs, pt-BR: Ler os logs}, outcome: no_effect, keep: true, keep_reason: {en: It costs nothing., pt-BR: Não custa nada.}}}
    /// ```
    ///
    /// ## Fix
    ///
    /// Take `keep` out, and write down what helped instead.
    ///
    /// # Passo recomendado nunca funcionou
    ///
    /// Um passo que uma pessoa mantém como recomendado (`keep: true`) ajudou ao menos uma vez, ainda que em parte, para um dos
    /// serviços para os quais é mantido; o achado aparece a partir da segunda tentativa com resultado conhecido. O que ninguém
    /// mantém dispensa regra: o runbook o mostra como tentado sem efeito ou como perigo. Também dispensa regra a taxa de poucas
    /// tentativas: abaixo de três, o runbook diz a contagem e, a partir de três, o intervalo (“funcionou em 1 de 1 tentativa”,
    /// nunca 100 %), em toda página, no terminal e no JSON.
    ///
    /// ## Por quê
    ///
    /// Os reinícios, ajustes e máquinas maiores da VTEX não surtiram efeito naquela sexta-feira, e horas se foram neles por
    /// serem o que se fazia de costume.
    ///
    /// ## Correção
    ///
    /// Retire o `keep` e registre o que ajudou no lugar dele.
    "recommended-step-never-worked": Warning Fact Across
}

fn check(across: &Across<'_>, out: &mut Sink) {
    if !across.digests.iter().any(|digest| digest.tried.iter().any(|tried| tried.kept)) {
        return;
    }
    // attempts whose outcome is known, and whether any of them helped, by service and step
    let mut known: HashMap<(&str, &str), (usize, bool)> = HashMap::new();
    for digest in across.digests {
        for tried in &digest.tried {
            let Some(outcome) = tried.outcome.filter(|outcome| *outcome != Outcome::Unknown) else {
                continue;
            };
            for service in services(digest, tried) {
                let (attempts, helped) = known.entry((service, &tried.key)).or_default();
                *attempts += 1;
                *helped |= matches!(outcome, Outcome::Worked | Outcome::Partly);
            }
        }
    }
    for digest in across.digests {
        for tried in digest.tried.iter().filter(|tried| tried.kept) {
            let of = services(digest, tried).filter_map(|service| known.get(&(service, tried.key.as_str())));
            let (attempts, helped) =
                of.fold((0, false), |(most, any), (attempts, helped)| (most.max(*attempts), any || *helped));
            if attempts < 2 || helped {
                continue;
            }
            let sentence = sentence! { step = tried.key.as_str(), attempts = attempts =>
                "`{step}` is kept recommended, and none of {attempts} attempts helped",
                "`{step}` é mantido como recomendado, e nenhuma de {attempts} tentativas ajudou"
            };
            let field = Field::of("timeline").at(tried.index).key("step").key("keep");
            out.find_in(digest, field, sentence).help = words! {
                "take `keep` out: the runbook then shows it for what it is",
                "retire o `keep`: o runbook passa a mostrá-lo como ele é"
            };
        }
    }
}

/// The services that a step was for.
fn services<'a>(digest: &'a Digest, tried: &'a TriedDigest) -> impl Iterator<Item = &'a str> {
    let named = |at: usize| tried.impacts.is_empty() || tried.impacts.contains(&at);
    let impacts = digest.impacts.iter().enumerate().filter(move |(at, _)| named(*at));
    impacts.map(|(_, impact)| impact.service.as_str())
}
