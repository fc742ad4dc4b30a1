//! `target-missed-repeatedly`: a target that is mostly missed is no target.

use std::collections::BTreeMap;

use crate::{
    finding::Related,
    language::Quantity,
    measure::Verdict,
    rules::{
        Across, Digest,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Same class misses its target again and again
    ///
    /// Of the recoveries of one class in the last 180 days (`policy.recurrence`), three or more, and at least half,
    /// missed the target, and none of those incidents records a review with its decision. Told at the last of them.
    ///
    /// ## Why
    ///
    /// A target that nobody meets teaches people to ignore it. VTEX promises 10 minutes and 4 hours; on one evening it took
    /// 6 and 20 hours. Once is an accident; half the time, the target or the means are wrong, and someone must say which.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[1].service
    /// same_cause_as: [2026-01-10-orders]
    /// impacts:
    ///   - {id: met, service: order-workflow, started: 2026-03-02T09:00Z, recovered: 2026-03-02T09:08Z, verified: {at: 2026-03-02T09:10Z, signal: orders_per_minute}}
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, recovered: 2026-03-02T11:00Z, verified: {at: 2026-03-02T11:10Z, signal: orders_per_minute}}
    /// causes: [{id: c1, role: latent, category: config, confidence: likely, text: {en: The setting named a queue that does not exist., pt-BR: A configuração apontava para uma fila que não existe.}}]
    /// ---
    /// id: 2026-01-10-orders
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-01-10T10:00Z, recovered: 2026-01-10T11:00Z, verified: {at: 2026-01-10T11:10Z, signal: orders_per_minute}}
    ///   - {id: again, service: order-workflow, started: 2026-01-10T12:00Z, recovered: 2026-01-10T13:00Z, verified: {at: 2026-01-10T13:10Z, signal: orders_per_minute}}
    /// timeline: []
    /// causes: [{id: c1, role: latent, category: config, confidence: likely, text: {en: The setting named a queue that does not exist., pt-BR: A configuração apontava para uma fila que não existe.}}]
    /// actions: [{id: A1, title: {en: Check names of queues, pt-BR: Verificar nomes de filas}, type: prevent, owner: role:lead, created_on: 2026-03-05, due: 2026-05-01, status: accepted, addresses: [c1]}, {id: A2, title: {en: Roll back in one step, pt-BR: Reverter em um passo}, type: recover, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow, again]}]
    /// ```
    /// > class `critical`: 3 of 4 recoveries in 180 days missed the target of 10 min
    /// > classe `critical`: 3 de 4 recuperações em 180 dias não cumpriram a meta de 10 min
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// same_cause_as: [2026-01-10-orders]
    /// reviews: [{date: 2026-03-20, by: role:review-board, decision: {en: A second person is on call from April on., pt-BR: Uma segunda pessoa fica de plantão a partir de abril.}}]
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-03-02T10:00Z, recovered: 2026-03-02T11:00Z, verified: {at: 2026-03-02T11:10Z, signal: orders_per_minute}}
    /// ---
    /// id: 2026-01-10-orders
    /// impacts:
    ///   - {id: workflow, service: order-workflow, started: 2026-01-10T10:00Z, recovered: 2026-01-10T11:00Z, verified: {at: 2026-01-10T11:10Z, signal: orders_per_minute}}
    ///   - {id: again, service: order-workflow, started: 2026-01-10T12:00Z, recovered: 2026-01-10T13:00Z, verified: {at: 2026-01-10T13:10Z, signal: orders_per_minute}}
    /// timeline: []
    /// causes: [{id: c1, role: latent, category: config, confidence: likely, text: {en: The setting named a queue that does not exist., pt-BR: A configuração apontava para uma fila que não existe.}}]
    /// actions: [{id: A1, title: {en: Check names of queues, pt-BR: Verificar nomes de filas}, type: prevent, owner: role:lead, created_on: 2026-03-05, due: 2026-05-01, status: accepted, addresses: [c1]}, {id: A2, title: {en: Roll back in one step, pt-BR: Reverter em um passo}, type: recover, owner: role:lead, due: 2026-05-01, status: accepted, addresses: [workflow, again]}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Fund what recovers faster, or change the target openly; record who decided it in `reviews` of the last incident.
    ///
    /// # A mesma classe descumpre a meta repetidas vezes
    ///
    /// Das recuperações de uma classe nos últimos 180 dias (`policy.recurrence`), três ou mais, e ao menos metade, não
    /// cumpriram a meta, e nenhum desses incidentes registra uma revisão com sua decisão. O achado aparece no último deles.
    ///
    /// ## Por quê
    ///
    /// Uma meta que ninguém cumpre ensina a ignorá-la. A VTEX promete 10 minutos e 4 horas; em uma só noite, foram 6 e 20
    /// horas. Uma vez é acidente; metade das vezes, a meta ou os meios estão errados, e alguém precisa dizer qual deles.
    ///
    /// ## Correção
    ///
    /// Invista no que recupera mais rápido ou mude a meta às claras; registre em `reviews`, no último incidente, quem
    /// decidiu.
    "target-missed-repeatedly": Warning Fact Across
}

/// How many missed targets are a habit.
const REPEATED: usize = 3;

/// The recoveries of one class within the window.
#[derive(Default)]
struct Recoveries<'a> {
    judged: usize,
    missed: Vec<(&'a Digest, usize)>,
    reviewed: bool,
}

fn check(across: &Across<'_>, out: &mut Sink) {
    let Some(window) = across.settings.policy.recurrence.window.seconds() else { return };
    let days = window / (24 * 3600);
    let mut classes: BTreeMap<&str, Recoveries<'_>> = BTreeMap::new();
    for digest in across.digests {
        let today = digest.zone.date(across.as_of);
        let recent = digest.day.is_some_and(|day| (0..=days).contains(&(today - day).num_days()));
        for (i, impact) in digest.impacts.iter().enumerate().filter(|_| recent) {
            let missed = match impact.verdict {
                Verdict::Breached => true,
                Verdict::Met => false,
                _ => continue,
            };
            let Some(class) = &impact.class else { continue };
            let class = classes.entry(class).or_default();
            class.judged += 1;
            if missed {
                class.missed.push((digest, i));
                class.reviewed |= digest.reviewed_on.is_some_and(|on| (today - on).num_days() <= days);
            }
        }
    }
    for (class, mut found) in classes {
        let Some(target) = across.settings.class(class).map(|class| class.target_seconds()) else { continue };
        if found.reviewed || found.missed.len() < REPEATED || found.missed.len() * 2 < found.judged {
            continue;
        }
        found.missed.sort_by_key(|(digest, _)| digest.day);
        tell(class, target, days, &found, out);
    }
}

fn tell(class: &str, target: i64, days: i64, found: &Recoveries<'_>, out: &mut Sink) {
    let Some(((last, at), earlier)) = found.missed.split_last() else { return };
    let field = |at: usize| crate::locate::Field::of("impacts").at(at).key("service");
    let sentence = sentence! {
        class = class,
        n = found.missed.len(),
        total = found.judged,
        days = days,
        target = Quantity::Seconds(target) =>
        "class `{class}`: {n} of {total} recoveries in {days} days missed the target of {target}",
        "classe `{class}`: {n} de {total} recuperações em {days} dias não cumpriram a meta de {target}"
    };
    let finding = out.find_in(last, field(*at), sentence);
    finding.help = words! {
        "fund what recovers faster or change the target, and record it: `reviews: [{{date: …, by: role:…, decision: …}}]`",
        "invista no que recupera mais rápido ou mude a meta, e registre: `reviews: [{{date: …, by: role:…, decision: …}}]`"
    };
    finding.related = earlier
        .iter()
        .rev()
        .take(REPEATED - 1)
        .map(|(digest, at)| Related {
            file: digest.file.clone(),
            field: field(*at),
            message: words! { "missed here, too", "aqui também não foi cumprida" },
        })
        .collect();
}
