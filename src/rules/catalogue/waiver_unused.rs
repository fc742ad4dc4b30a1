//! `waiver-unused`: a waiver that waives nothing.

use crate::{
    finding::{Fix, Words},
    format::shorten,
    language::Quantity,
    locate::Field,
    rules::{
        Case,
        rule::rule,
        sentence::{Sentence, sentence, words},
        sink::Sink,
        waiving::Idle,
    },
};

rule! {
    /// # Waiver that waives nothing
    ///
    /// Each waiver covers at least one finding of today. It covers none when it has run out, when its rule has nothing
    /// to say about its target, when the target is not there, or when the rule cannot be waived: what is wrong with a
    /// file as written, and what is said of waivers.
    ///
    /// ## Why
    ///
    /// A list of exceptions that nobody clears hides the ones that matter, and a waiver left behind covers the next
    /// fault of its kind unseen. cargo-deny reports exceptions that match nothing for the same reason.
    ///
    /// ## Fires
    ///
    /// ```yaml waivers[0]
    /// waivers:
    ///   - {rule: recovery-not-verified, target: workflow, reason: {en: No monitor yet., pt-BR: Ainda sem monitor.}, approved_by: role:lead, until: 2026-06-30}
    /// ```
    /// > the waiver of `recovery-not-verified` on `workflow` waives nothing: the rule has nothing to say there
    /// > a dispensa de `recovery-not-verified` em `workflow` não dispensa nada: a regra não tem o que dizer ali
    ///
    /// ```yaml waivers[0] as-of=2026-07-01T12:00:00Z
    /// actions:
    ///   - {id: A1, title: {en: Alert on silence, pt-BR: Alertar no silêncio}, type: detect, owner: role:lead, created_on: 2026-03-03, due: 2026-08-01, status: accepted, done_when: {en: fires in a drill, pt-BR: dispara em um ensaio}, addresses: [workflow, c1]}
    /// waivers:
    ///   - {rule: recovery-not-verified, target: workflow, reason: {en: No monitor yet., pt-BR: Ainda sem monitor.}, approved_by: role:lead, until: 2026-06-30}
    /// ```
    /// > the waiver of `recovery-not-verified` on `workflow` ran out on June 30, 2026 and waives nothing any more
    /// > a dispensa de `recovery-not-verified` em `workflow` terminou em 30 de junho de 2026 e não dispensa mais nada
    ///
    /// ```yaml waivers[0].target
    /// waivers:
    ///   - {rule: recovery-not-verified, target: workfow, reason: {en: No monitor yet., pt-BR: Ainda sem monitor.}, approved_by: role:lead, until: 2026-06-30}
    /// ```
    /// > there is nothing called `workfow` that a waiver could name here
    /// > não há nada chamado `workfow` que uma dispensa possa citar aqui
    ///
    /// ```yaml waivers[0].rule
    /// waivers:
    ///   - {rule: value-invalid, reason: {en: Later., pt-BR: Depois.}, approved_by: role:lead, until: 2026-06-30}
    /// ```
    /// > `value-invalid` cannot be waived
    /// > `value-invalid` não pode ser dispensada
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - id: workflow
    ///     service: order-workflow
    ///     started: 2026-03-02T10:00Z
    ///     detected: 2026-03-02T10:02Z
    ///     recovered: 2026-03-02T10:08Z
    ///     detection: {source: monitor}
    ///     data: {loss: none, corruption: none, personal: none}
    /// waivers:
    ///   - {rule: recovery-not-verified, target: workflow, reason: {en: No monitor yet., pt-BR: Ainda sem monitor.}, approved_by: role:lead, until: 2026-06-30}
    /// ```
    ///
    /// ## Fix
    ///
    /// Remove it. If what it covered is back and is to be accepted again, agree on a new end, with a reason.
    ///
    /// # Dispensa que não dispensa nada
    ///
    /// Cada dispensa cobre ao menos um achado de hoje. Ela não cobre nenhum quando terminou, quando a regra não tem o que
    /// dizer do alvo, quando o alvo não existe ou quando a regra não pode ser dispensada: o que está errado na escrita do
    /// arquivo e o que se diz das próprias dispensas.
    ///
    /// ## Por quê
    ///
    /// Uma lista de exceções que ninguém limpa esconde as que importam, e uma dispensa esquecida cobre, sem que ninguém
    /// veja, a próxima falha do mesmo tipo. O cargo-deny aponta exceções sem efeito pela mesma razão.
    ///
    /// ## Correção
    ///
    /// Remova-a. Se o que ela cobria voltou e deve ser aceito de novo, combine um novo fim, com o motivo.
    "waiver-unused": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for of in case.waivers {
        for (i, rule, target, idle) in of.idle(case) {
            let field = Field::of("waivers").at(i);
            let field = match &idle {
                Idle::NoRule | Idle::Fixed => field.key("rule"),
                Idle::NoTarget { .. } => field.key("target"),
                Idle::Ended(_) | Idle::Nothing => field,
            };
            let (sentence, help) = tell(&shorten(rule), target.map(shorten).as_deref(), &idle);
            let finding = out.find_waiver(of, field, sentence);
            finding.help = help;
            if let (Idle::NoTarget { near: Some(near), .. }, Some(target)) = (&idle, target) {
                finding.fix = near.sure.then(|| Fix::new(target, near.as_str()));
            }
        }
    }
}

fn tell(rule: &str, target: Option<&str>, idle: &Idle) -> (Sentence, Words) {
    let on = match target {
        Some(target) => Quantity::named(format!("`{target}`"), format!("`{target}`")),
        None => Quantity::named("the whole file", "todo o arquivo"),
    };
    let remove = || words! { "remove the waiver", "remova a dispensa" };
    match idle {
        Idle::NoRule => (
            sentence! { rule = rule => "there is no rule `{rule}` to waive", "não existe a regra `{rule}` para dispensar" },
            words! {
                "`relato explain --list` shows the rules there are",
                "`relato explain --list` mostra as regras que existem"
            },
        ),
        Idle::Fixed => (
            sentence! { rule = rule => "`{rule}` cannot be waived", "`{rule}` não pode ser dispensada" },
            words! {
                "mend what it finds: it is about the file as written, or about waivers themselves",
                "corrija o que ela aponta: trata-se da escrita do arquivo ou das próprias dispensas"
            },
        ),
        Idle::NoTarget { near, there } => (
            sentence! { target = target.unwrap_or_default() =>
                "there is nothing called `{target}` that a waiver could name here",
                "não há nada chamado `{target}` que uma dispensa possa citar aqui"
            },
            match near {
                Some(near) => {
                    words! { near = near.as_str() => "did you mean `{near}`?", "você quis dizer `{near}`?" }
                }
                None if there.is_empty() => words! {
                    "leave the target out to waive it for the whole file",
                    "omita o alvo para dispensar o arquivo todo"
                },
                None => words! { there = shorten(&there.join("`, `")) =>
                    "name one of `{there}`, or leave the target out to waive it for the whole file",
                    "cite um destes: `{there}`, ou omita o alvo para dispensar o arquivo todo"
                },
            },
        ),
        Idle::Ended(day) => (
            sentence! { rule = rule, target = on, day = *day =>
                "the waiver of `{rule}` on {target} ran out on {day} and waives nothing any more",
                "a dispensa de `{rule}` em {target} terminou em {day} e não dispensa mais nada"
            },
            words! {
                "remove it, or agree on a new end with a reason",
                "remova-a ou combine um novo fim, com o motivo"
            },
        ),
        Idle::Nothing => (
            sentence! { rule = rule, target = on =>
                "the waiver of `{rule}` on {target} waives nothing: the rule has nothing to say there",
                "a dispensa de `{rule}` em {target} não dispensa nada: a regra não tem o que dizer ali"
            },
            remove(),
        ),
    }
}
