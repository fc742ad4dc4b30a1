//! `class-changed-after-the-fact`: lowering a class after a breach erases the breach.

use crate::{
    finding::Related,
    language::{Language, Quantity},
    ledger::{ClassVersion, Ledger, Since},
    locate::Field,
    model::Service,
    rules::{
        Across, Hit,
        rule::rule,
        sentence::{english, portuguese, sentence, words},
        sink::Sink,
    },
    time::Date,
};

rule! {
    /// # Class changed after the fact
    ///
    /// A class that a commit of `services.yaml` gives a service begins at most 7 days before that commit, or no incident of that
    /// service lies between the two whose class it changes. A class without a date, written over another, reaches back to the
    /// beginning. What the first commit of a service says is no change.
    ///
    /// ## Why
    ///
    /// Targets follow the class in force when an incident began. To lower the class afterwards erases the breach; to raise it
    /// makes one that nobody could have known of. A change counts from the day it was decided.
    ///
    /// ## Fires
    ///
    /// ```yaml services.order-workflow.class_history[1].since
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class_history: [{since: 2020-01-01, class: critical}, {since: 2026-02-01, class: non-critical}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// --- before 2026-01-10 services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class_history: [{since: 2020-01-01, class: critical}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// ```
    /// > `order-workflow`: the class non-critical is back-dated to February 1, 2026, over `2026-03-02-orders`, which was critical
    /// > `order-workflow`: a classe não crítico foi retroagida a 1º de fevereiro de 2026, sobre `2026-03-02-orders`, que era crítico
    ///
    /// ```yaml services.order-workflow.class
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: non-critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// --- before 2026-01-10 services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// --- before 2026-03-20 services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: non-critical
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// ```
    /// > `order-workflow`: the class non-critical, which bears no date, reaches back over `2026-03-02-orders`, which was critical
    /// > `order-workflow`: a classe não crítico, que não tem data, alcança `2026-03-02-orders`, que era crítico
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class_history: [{since: 2020-01-01, class: critical}, {since: 2026-03-15, class: non-critical}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// --- before 2026-01-10 services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class_history: [{since: 2020-01-01, class: critical}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// --- before 2026-03-16 services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class_history: [{since: 2020-01-01, class: critical}, {since: 2026-03-15, class: non-critical}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Date the class from the day it was decided, with `class_history`.
    ///
    /// # Classe alterada depois do fato
    ///
    /// Uma classe que um commit de `services.yaml` dá a um serviço começa no máximo 7 dias antes desse commit, ou não há entre os
    /// dois nenhum incidente do serviço cuja classe ela mude. Uma classe sem data, escrita no lugar de outra, alcança o passado
    /// inteiro. O que diz o primeiro commit de um serviço não é mudança.
    ///
    /// ## Por quê
    ///
    /// As metas seguem a classe vigente quando o incidente começou. Rebaixar a classe depois apaga o descumprimento; elevá-la
    /// cria um que ninguém podia conhecer. Uma mudança vale a partir do dia em que foi decidida.
    ///
    /// ## Correção
    ///
    /// Date a classe a partir do dia da decisão, com `class_history`.
    "class-changed-after-the-fact": Warning Fact Across
}

/// How long writing a decision down may take.
const DAYS: i64 = 7;

/// How many further incidents are pointed at.
const FEW: usize = 3;

fn check(across: &Across<'_>, out: &mut Sink) {
    let Some(ledger) = across.ledger else { return };
    let zone = across.settings.org.zone;
    for service in &across.catalogue.services {
        let Some(hits) = across.by_service.get(service.id.as_str()) else { continue };
        let versions = ledger.classes(&service.id);
        for (i, entry) in service.classes.iter().enumerate() {
            let entry = Since { since: entry.since, class: entry.class.clone() };
            let Some((before, written)) = change(&entry, versions, ledger) else { continue };
            let written = zone.date(written.unwrap_or(across.as_of));
            if entry.since.is_some_and(|since| (written - since).num_days() <= DAYS) {
                continue;
            }
            let covers = |hit: &&Hit<'_>| {
                let in_force = in_force(service, hit.day) == Some(i);
                let other = before.class_on(hit.day).is_some_and(|class| class != entry.class);
                hit.day < written && in_force && other
            };
            let covered: Vec<&Hit<'_>> = hits.iter().filter(covers).collect();
            tell(across, service, (i, &entry), before, &covered, out);
        }
    }
}

/// The classes before an entry came, and the moment of the commit that brought it; `None` for the moment of what is not
/// committed, and for all when it came with its service.
fn change<'l>(
    entry: &Since,
    versions: &'l [ClassVersion],
    ledger: &Ledger,
) -> Option<(&'l ClassVersion, Option<crate::time::Instant>)> {
    // since when it is there without a break
    let since = versions.iter().rposition(|version| !version.classes.contains(entry)).map_or(0, |at| at + 1);
    let before = versions.get(since.checked_sub(1)?)?;
    let written = versions.get(since).and_then(|version| ledger.commit(version.at)).map(|commit| commit.at());
    (!before.classes.is_empty()).then_some((before, written))
}

/// The position of the entry in force on a day.
fn in_force(service: &Service, day: Date) -> Option<usize> {
    let begun =
        service.classes.iter().enumerate().filter(|(_, entry)| entry.since.is_none_or(|since| since <= day));
    begun.max_by_key(|(_, entry)| entry.since).map(|(i, _)| i)
}

fn tell(
    across: &Across<'_>,
    service: &Service,
    (i, entry): (usize, &Since),
    before: &ClassVersion,
    covered: &[&Hit<'_>],
    out: &mut Sink,
) {
    let Some((last, others)) = covered.split_last() else { return };
    let name = |key: &str| {
        let in_language = |language: &Language| {
            let name = across.settings.class(key).and_then(|class| class.name.get(language.tag()));
            name.unwrap_or(key).to_owned()
        };
        Quantity::named(in_language(english()), in_language(portuguese()))
    };
    let here = Field::of("services").key(&service.id);
    let incident = last.digest.id.as_str();
    let was = name(before.class_on(last.day).unwrap_or_default());
    let (field, sentence) = match entry.since {
        Some(since) => {
            let sentence = sentence! {
                service = service.id.as_str(),
                class = name(&entry.class),
                since = Quantity::Date(since),
                incident = incident,
                was = was =>
                "`{service}`: the class {class} is back-dated to {since}, over `{incident}`, which was {was}",
                "`{service}`: a classe {class} foi retroagida a {since}, sobre `{incident}`, que era {was}"
            };
            (here.key("class_history").at(i).key("since"), sentence)
        }
        None => {
            let sentence = sentence! {
                service = service.id.as_str(),
                class = name(&entry.class),
                incident = incident,
                was = was =>
                "`{service}`: the class {class}, which bears no date, reaches back over `{incident}`, which was {was}",
                "`{service}`: a classe {class}, que não tem data, alcança `{incident}`, que era {was}"
            };
            (here.key("class"), sentence)
        }
    };
    let finding = out.find_file(across.catalogue_file, field, sentence);
    finding.help = words! {
        "date it from the decision: `class_history: [{{since: …, class: …}}, …]`",
        "date-a a partir da decisão: `class_history: [{{since: …, class: …}}, …]`"
    };
    let related = others.iter().rev().take(FEW).map(|hit| Related {
        file: hit.digest.file.clone(),
        field: hit.field().key("service"),
        message: words! { "over this one, too", "sobre este também" },
    });
    finding.related = related.collect();
}
