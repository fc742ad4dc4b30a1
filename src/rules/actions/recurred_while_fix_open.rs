//! `recurred-while-fix-open`: the strongest argument a manager can see.

use std::collections::{HashMap, VecDeque};

use crate::{
    finding::Related,
    locate::Field,
    rules::{
        Across, Digest, FixDigest, Hit,
        rule::rule,
        sentence::{Sentence, sentence, words},
        sink::Sink,
    },
    time::Date,
};

rule! {
    /// # It happened again while its fix was open
    ///
    /// When an incident recurs, as `same_cause_as` says, no action of type `prevent` from before is still open, was dropped, or
    /// was done only after. Incidents of one service that nobody linked may have nothing in common, and are not judged here.
    ///
    /// ## Why
    ///
    /// Of all that can be said for doing an action in time, that it would have spared this incident is the strongest.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].service
    /// same_cause_as: [2026-01-10-orders]
    /// causes: [{id: c1, role: root, category: config, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// ---
    /// id: 2026-01-10-orders
    /// impacts: [{id: workflow, service: order-workflow, started: 2026-01-10T10:00Z, recovered: 2026-01-10T10:08Z, verified: {at: 2026-01-10T10:10Z, signal: orders_per_minute}}]
    /// timeline: []
    /// causes: [{id: c1, role: root, category: config, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// actions:
    ///   - {id: A2, title: {en: Limit the queue, pt-BR: Limitar a fila}, type: prevent, priority: P1, owner: role:lead, created_on: 2026-01-12, due: 2026-01-23, done_on: 2026-03-20, status: done, addresses: [c1], evidence: [{kind: commit, ref: 9f3c2e1, date: 2026-03-20}]}
    /// ```
    /// > `2026-03-02-orders` recurred on `order-workflow` while `2026-01-10-orders/A2` was open, 38 days overdue
    /// > `2026-03-02-orders` reincidiu em `order-workflow` enquanto `2026-01-10-orders/A2` estava aberta, com 38 dias de atraso
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// same_cause_as: [2026-01-10-orders]
    /// causes: [{id: c1, role: root, category: config, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// ---
    /// id: 2026-01-10-orders
    /// impacts: [{id: workflow, service: order-workflow, started: 2026-01-10T10:00Z, recovered: 2026-01-10T10:08Z, verified: {at: 2026-01-10T10:10Z, signal: orders_per_minute}}]
    /// timeline: []
    /// causes: [{id: c1, role: root, category: config, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// actions:
    ///   - {id: A2, title: {en: Limit the queue, pt-BR: Limitar a fila}, type: prevent, priority: P1, owner: role:lead, created_on: 2026-01-12, due: 2026-01-23, done_on: 2026-01-20, status: done, addresses: [c1], evidence: [{kind: commit, ref: 9f3c2e1, date: 2026-01-20}]}
    /// ```
    ///
    /// ## Fix
    ///
    /// Raise its priority, and report it upward.
    ///
    /// # Aconteceu de novo enquanto a correção estava aberta
    ///
    /// Quando um incidente se repete, como diz `same_cause_as`, nenhuma ação anterior do tipo `prevent` continua aberta,
    /// foi descartada ou só foi concluída depois. Incidentes de um mesmo serviço que ninguém ligou entre si podem não ter
    /// nada em comum e não são julgados aqui.
    ///
    /// ## Por quê
    ///
    /// De tudo o que se pode dizer em favor de fazer uma ação a tempo, o mais forte é que ela teria evitado este incidente.
    ///
    /// ## Correção
    ///
    /// Aumente a prioridade e leve o assunto à liderança.
    "recurred-while-fix-open": Error Fact Across
}

/// The fixes of earlier incidents that are remembered for each cause: real ones have a few.
const REMEMBERED: usize = 64;

fn check(across: &Across<'_>, out: &mut Sink) {
    for hits in across.by_service.values() {
        let mut before: HashMap<usize, VecDeque<(Hit<'_>, &FixDigest)>> = HashMap::new();
        for hit in hits {
            let fixes = before.entry(hit.family).or_default();
            let open = fixes.iter().filter(|(first, fix)| first.day < hit.day && was_open(fix, hit.day));
            // the one longest overdue says most
            let worst = open.min_by_key(|(first, fix)| (fix.due.is_none(), fix.due, first.day));
            if let Some((first, fix)) = worst {
                let finding =
                    out.find_in(hit.digest, hit.field().key("service"), told(hit, first.digest, fix));
                finding.help = words! { action = name(first.digest, fix) =>
                    "raise the priority of `{action}`, and report it upward",
                    "aumente a prioridade de `{action}` e leve o assunto à liderança"
                };
                finding.related = vec![Related {
                    file: first.digest.file.clone(),
                    field: Field::of("actions").at(fix.index),
                    message: words! { "this would have prevented it", "esta ação o teria evitado" },
                }];
            }
            for fix in hit.digest.fixes.iter().filter(|fix| fix.impacts.contains(&hit.index)) {
                if fixes.len() == REMEMBERED {
                    fixes.pop_front();
                }
                fixes.push_back((*hit, fix));
            }
        }
    }
}

/// Whether it was on the list and not done on that day. What was only proposed was nobody's duty.
fn was_open(fix: &FixDigest, day: Date) -> bool {
    let listed = fix.created_on.is_none_or(|created| created <= day);
    let done = fix.status.is_done() && fix.done_on.is_none_or(|done| done <= day);
    listed && !done && (fix.status.is_open() || fix.status.is_withdrawn() || fix.status.is_done())
}

fn name(digest: &Digest, fix: &FixDigest) -> String {
    format!("{}/{}", digest.id, fix.id)
}

fn told(hit: &Hit<'_>, first: &Digest, fix: &FixDigest) -> Sentence {
    let (incident, service, action) = (hit.digest.id.as_str(), hit.impact.service.as_str(), name(first, fix));
    let overdue = fix.due.map_or(0, |due| (hit.day - due).num_days());
    if fix.status.is_withdrawn() {
        sentence! { incident = incident, service = service, action = action =>
            "`{incident}` recurred on `{service}`, and `{action}`, which was to prevent it, was dropped",
            "`{incident}` reincidiu em `{service}`, e `{action}`, que o evitaria, foi descartada"
        }
    } else if overdue > 1 {
        sentence! { incident = incident, service = service, action = action, days = overdue =>
            "`{incident}` recurred on `{service}` while `{action}` was open, {days} days overdue",
            "`{incident}` reincidiu em `{service}` enquanto `{action}` estava aberta, com {days} dias de atraso"
        }
    } else {
        sentence! { incident = incident, service = service, action = action =>
            "`{incident}` recurred on `{service}` while `{action}` was open",
            "`{incident}` reincidiu em `{service}` enquanto `{action}` estava aberta"
        }
    }
}
