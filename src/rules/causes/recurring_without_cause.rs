//! `recurring-without-cause`: a service that fails again and again wants one investigation, not one more restart.

use std::collections::{HashMap, HashSet};

use crate::{
    finding::Related,
    rules::{
        Across, Hit,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Service keeps failing, and its cause is not found
    ///
    /// Within `policy.recurrence` (2 incidents in 180 days), some incident of a service has a confirmed cause, and an
    /// action of type `prevent` for it. Incidents linked by `same_cause_as` count as one. What only enlarged an incident
    /// or hid it is no cause of it here. Told at the last incident of a row.
    ///
    /// ## Why
    ///
    /// VTEX's search failed all through a year, each time cured by a restart or a larger machine; in its own words the
    /// pursuit of the cause was not rigorous enough. Then it failed for 20 hours. European rules fold incidents with one
    /// apparent cause within six months into one for the same reason.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].service
    /// causes: [{id: c1, role: root, category: unknown, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// ---
    /// id: 2026-01-10-orders
    /// impacts: [{id: workflow, service: order-workflow, started: 2026-01-10T10:00Z, recovered: 2026-01-10T10:08Z, verified: {at: 2026-01-10T10:10Z, signal: orders_per_minute}}]
    /// timeline: []
    /// causes: [{id: c1, role: root, category: unknown, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// ```
    /// > `order-workflow`: 2 incidents in 180 days, and no cause is confirmed
    /// > `order-workflow`: 2 incidentes em 180 dias, e nenhuma causa foi confirmada
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// same_cause_as: [2026-01-10-orders]
    /// causes: [{id: c1, role: root, category: unknown, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// ---
    /// id: 2026-01-10-orders
    /// impacts: [{id: workflow, service: order-workflow, started: 2026-01-10T10:00Z, recovered: 2026-01-10T10:08Z, verified: {at: 2026-01-10T10:10Z, signal: orders_per_minute}}]
    /// timeline: []
    /// causes: [{id: c1, role: root, category: unknown, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// ```
    ///
    /// ```yaml
    /// causes: [{id: c1, role: root, category: unknown, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// ---
    /// id: 2025-06-10-orders
    /// impacts: [{id: workflow, service: order-workflow, started: 2025-06-10T10:00Z, recovered: 2025-06-10T10:08Z, verified: {at: 2025-06-10T10:10Z, signal: orders_per_minute}}]
    /// timeline: []
    /// causes: [{id: c1, role: root, category: unknown, confidence: likely, impacts: [workflow], text: {en: A queue filled up., pt-BR: Uma fila encheu.}}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Open one investigation across the incidents, and link them with `same_cause_as`.
    ///
    /// # Serviço continua falhando, e a causa não foi encontrada
    ///
    /// Dentro de `policy.recurrence` (2 incidentes em 180 dias), algum incidente de um serviço tem causa confirmada e uma
    /// ação do tipo `prevent` para ela. Incidentes ligados por `same_cause_as` contam como um só. O que apenas ampliou ou
    /// escondeu um incidente não é causa dele aqui. O achado aparece no último incidente da série.
    ///
    /// ## Por quê
    ///
    /// A busca da VTEX falhou o ano inteiro, e a cada vez bastava um reinício ou uma máquina maior; nas palavras da
    /// empresa, faltou rigor na busca da causa. Até que ela ficou 20 horas fora do ar. Pelo mesmo motivo, as normas
    /// europeias tratam como um só os incidentes com a mesma causa aparente em seis meses.
    ///
    /// ## Correção
    ///
    /// Abra uma única investigação para os incidentes e ligue-os com `same_cause_as`.
    "recurring-without-cause": Error Completeness Across
}

fn check(across: &Across<'_>, out: &mut Sink) {
    let policy = &across.settings.policy.recurrence;
    let Some(days) = policy.window.seconds().map(|seconds| seconds / (24 * 3600)) else { return };
    let count = usize::try_from(policy.count).unwrap_or(usize::MAX).max(2);
    for hits in across.by_service.values() {
        let solved: HashSet<usize> = hits.iter().filter(|hit| is_solved(hit)).map(|hit| hit.family).collect();
        let mut open: Vec<Hit<'_>> =
            hits.iter().filter(|hit| !solved.contains(&hit.family)).copied().collect();
        // two impacts on one service are one incident
        open.dedup_by(|a, b| std::ptr::eq(a.digest, b.digest));
        for row in rows(&open, days, count) {
            tell(row, days, out);
        }
    }
}

/// A cause is confirmed, and something is done, or being done, so that it does not come again.
fn is_solved(hit: &Hit<'_>) -> bool {
    let mut fixes = hit.digest.fixes.iter();
    hit.impact.cause_confirmed
        && fixes.any(|fix| !fix.status.is_withdrawn() && fix.impacts.contains(&hit.index))
}

/// The last `days` before each incident that has `count` families in them; of several such incidents in a row, at most
/// `days` apart, the last alone.
fn rows<'h, 'a>(hits: &'h [Hit<'a>], days: i64, count: usize) -> Vec<&'h [Hit<'a>]> {
    let mut rows: Vec<&[Hit<'_>]> = Vec::new();
    let mut families: HashMap<usize, usize> = HashMap::new();
    let mut from = 0;
    let apart = |a: &Hit<'_>, b: &Hit<'_>| (b.day - a.day).num_days() > days;
    for (to, hit) in hits.iter().enumerate() {
        *families.entry(hit.family).or_default() += 1;
        while let Some(first) = hits.get(from).filter(|first| apart(first, hit)) {
            if let Some(left) = families.get_mut(&first.family) {
                *left -= 1;
                if *left == 0 {
                    families.remove(&first.family);
                }
            }
            from += 1;
        }
        let Some(row) = hits.get(from..=to).filter(|_| families.len() >= count) else { continue };
        match rows.last().and_then(|row| row.last()) {
            Some(before) if !apart(before, hit) => drop(rows.pop()),
            _ => {}
        }
        rows.push(row);
    }
    rows
}

fn tell(row: &[Hit<'_>], days: i64, out: &mut Sink) {
    /// Enough to see what recurs.
    const SHOWN: usize = 3;
    let Some((last, earlier)) = row.split_last() else { return };
    let Some(previous) = earlier.last() else { return };
    let service = last.impact.service.as_str();
    let sentence = if row.iter().any(|hit| hit.impact.cause_confirmed) {
        sentence! { service = service, n = row.len(), days = days =>
            "`{service}`: {n} incidents in {days} days, and no action prevents the next one",
            "`{service}`: {n} incidentes em {days} dias, e nenhuma ação evita o próximo"
        }
    } else {
        sentence! { service = service, n = row.len(), days = days =>
            "`{service}`: {n} incidents in {days} days, and no cause is confirmed",
            "`{service}`: {n} incidentes em {days} dias, e nenhuma causa foi confirmada"
        }
    };
    let finding = out.find_in(last.digest, last.field().key("service"), sentence);
    finding.help = words! { id = previous.digest.id.as_str() =>
        "open one investigation across them, and link those of one cause: `same_cause_as: [{id}]`",
        "abra uma única investigação para eles e ligue os de mesma causa: `same_cause_as: [{id}]`"
    };
    finding.related = earlier
        .iter()
        .rev()
        .take(SHOWN)
        .map(|hit| Related {
            file: hit.digest.file.clone(),
            field: hit.field().key("service"),
            message: words! { "it failed here before", "ele já tinha falhado aqui" },
        })
        .collect();
}
