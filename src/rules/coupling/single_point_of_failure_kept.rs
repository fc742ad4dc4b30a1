//! `single-point-of-failure-kept`: supervision does not make one machine two.

use crate::{
    locate::Field,
    model::{ActionEffect, ActionType, CauseCategory, Strength},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Single point of failure left in place
    ///
    /// A cause of category `single_point_of_failure` is addressed by a strong preventing action or by one with
    /// `effect: remove_spof`, directly or through one of its impacts, unless its risk was accepted.
    ///
    /// ## Why
    ///
    /// At Allegro one half of one blade server held the job server, the Redis servers and the daemons. Supervising restarts
    /// leaves it just as single.
    ///
    /// ## Fires
    ///
    /// ```yaml causes[0].category
    /// causes:
    ///   - {id: c1, role: root, category: single_point_of_failure, confidence: likely, impacts: [workflow]}
    /// ```
    /// > `c1` is a single point of failure, and no strong action removes it
    /// > `c1` é um ponto único de falha, e nenhuma ação forte o remove
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// causes:
    ///   - {id: c1, role: root, category: single_point_of_failure, confidence: likely, impacts: [workflow]}
    /// actions:
    ///   - {id: A1, title: {en: Add a queue node in another rack, pt-BR: Acrescentar um nó de fila em outro rack}, type: prevent, strength: strong, owner: role:lead, due: 2026-05-01, status: accepted, done_when: {en: one node off in a drill, pt-BR: um nó desligado em um ensaio}, addresses: [c1]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Add a structural action: a second unit, elsewhere. If it stays as it is, say in `risk_accepted` who decided that.
    ///
    /// # Ponto único de falha mantido
    ///
    /// Uma causa de categoria `single_point_of_failure` é tratada por uma ação preventiva forte ou por uma com
    /// `effect: remove_spof`, diretamente ou por meio de um de seus impactos, a não ser que o risco tenha sido aceito.
    ///
    /// ## Por quê
    ///
    /// No Allegro, metade de um único servidor blade abrigava o servidor de filas, os servidores Redis e os daemons.
    /// Supervisionar reinícios não a torna menos única.
    ///
    /// ## Correção
    ///
    /// Inclua uma ação estrutural: uma segunda unidade, em outro lugar. Se vai ficar como está, diga em `risk_accepted`
    /// quem decidiu.
    "single-point-of-failure-kept": Warning Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let mut removed = None;
        for (i, cause) in judged.incident.causes.iter().enumerate() {
            if cause.category != Some(CauseCategory::SinglePointOfFailure) || cause.risk_accepted.is_some() {
                continue;
            }
            let removed = removed.get_or_insert_with(|| {
                judged.addressed_by(|action| {
                    let strong =
                        action.kind == Some(ActionType::Prevent) && action.strength == Some(Strength::Strong);
                    strong || action.effect == Some(ActionEffect::RemoveSpof)
                })
            });
            if removed.serves(cause) {
                continue;
            }
            let field = Field::of("causes").at(i);
            let name = called(&cause.id, &field);
            let sentence = sentence! { cause = name.as_str() =>
                "`{cause}` is a single point of failure, and no strong action removes it",
                "`{cause}` é um ponto único de falha, e nenhuma ação forte o remove"
            };
            out.find(judged, field.key("category"), sentence).help = words! { cause = name =>
                "add an action with `effect: remove_spof` and `addresses: [{cause}]`, or say in `risk_accepted` who lives with it",
                "inclua uma ação com `effect: remove_spof` e `addresses: [{cause}]` ou diga em `risk_accepted` quem convive com isso"
            };
        }
    }
}
