//! `dependency-unknown-or-circular`: a circle of hard dependencies cannot start cold.

use std::iter;

use crate::{
    locate::Field,
    model::{Catalogue, DependencyKind, Links},
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
};

rule! {
    /// # Dependencies run in a circle
    ///
    /// No service of the catalogue needs itself by way of dependencies of `kind: hard`. (That what is named is there at all is
    /// what `reference-unknown` looks at.)
    ///
    /// ## Why
    ///
    /// When everything is down, a circle of hard dependencies has no place to begin.
    ///
    /// ## Fires
    ///
    /// ```yaml services.order-search.depends_on[0].service
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     depends_on: [{service: order-search, kind: hard}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///   order-search:
    ///     name: {en: order search, pt-BR: busca de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     depends_on: [{service: order-workflow, kind: hard}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// ```
    /// > `order-search` needs itself to start: order-workflow → order-search → order-workflow
    /// > `order-search` precisa de si mesmo para iniciar: order-workflow → order-search → order-workflow
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// --- services.yaml
    /// services:
    ///   order-workflow:
    ///     name: {en: order workflow, pt-BR: workflow de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     depends_on: [{service: order-search, kind: hard}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    ///   order-search:
    ///     name: {en: order search, pt-BR: busca de pedidos}
    ///     owner: team:oms
    ///     class: critical
    ///     depends_on: [{service: order-workflow, kind: soft}]
    ///     escalation: [{after: 5m, to: role:oms-duty-manager}]
    /// ```
    ///
    /// ## Fix
    ///
    /// Break the circle: let one of them start without the other, and mark that dependency `soft`.
    ///
    /// # Dependências circulares
    ///
    /// Nenhum serviço do catálogo depende de si mesmo por meio de dependências `kind: hard`. (Se o serviço citado existe é
    /// o que `reference-unknown` verifica.)
    ///
    /// ## Por quê
    ///
    /// Quando tudo está parado, um ciclo de dependências rígidas não tem por onde começar.
    ///
    /// ## Correção
    ///
    /// Quebre o ciclo: faça um deles iniciar sem o outro e marque essa dependência como `soft`.
    "dependency-unknown-or-circular": Error Fact
}

/// The most circles that are told: one mended, and others may be gone.
const LIMIT: usize = 20;
/// The most services of a circle that are named.
const NAMED: usize = 8;

fn check(case: &Case<'_>, out: &mut Sink) {
    let Some(file) = case.judged_catalogue() else { return };
    for circle in circles(case.catalogue, case.links) {
        let id = |at: &usize| case.catalogue.services.get(*at).map_or("", |service| service.id.as_str());
        let Some((last, first)) = circle.services.last().zip(circle.services.first()) else { continue };
        let named = circle.services.iter().take(NAMED).map(id);
        let gap = (circle.services.len() > NAMED).then_some("…");
        let path: Vec<&str> = named.chain(gap).chain(iter::once(id(first))).collect();
        let service = id(last);
        let sentence = sentence! { service = service, path = path.join(" → ") =>
            "`{service}` needs itself to start: {path}",
            "`{service}` precisa de si mesmo para iniciar: {path}"
        };
        let field = Field::of("services").key(service).key("depends_on").at(circle.closed_by).key("service");
        out.find_file(file, field, sentence).help = words! {
            "let one of them start without the other, and mark that dependency `kind: soft`",
            "faça um deles iniciar sem o outro e marque essa dependência com `kind: soft`"
        };
    }
}

/// Services each of which needs the next one, and the last one the first.
struct Circle {
    services: Vec<usize>,
    /// The dependency of the last service that closes the circle.
    closed_by: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Never,
    /// On the way from the service that the search began at, at this depth.
    OnTheWay(usize),
    Done,
}

/// Circles of hard dependencies, by a search in depth; every dependency is followed once. Of circles that share the
/// service that closes them only the first is told.
fn circles(catalogue: &Catalogue, links: &Links) -> Vec<Circle> {
    let mut seen = vec![Seen::Never; catalogue.services.len()];
    let mut circles = Vec::new();
    for start in 0..catalogue.services.len() {
        if seen.get(start) != Some(&Seen::Never) {
            continue;
        }
        // each service on the way, and the dependency that is followed next
        let mut way = vec![(start, 0)];
        set(&mut seen, start, Seen::OnTheWay(0));
        while let Some((at, next)) = way.last_mut() {
            let followed = *next;
            *next += 1;
            let Some(dependency) =
                catalogue.services.get(*at).and_then(|service| service.depends_on.get(followed))
            else {
                set(&mut seen, *at, Seen::Done);
                way.pop();
                continue;
            };
            if dependency.kind != Some(DependencyKind::Hard) {
                continue;
            }
            let Some(needed) = links.position(&dependency.service) else { continue };
            match seen.get(needed) {
                Some(Seen::Never) => {
                    set(&mut seen, needed, Seen::OnTheWay(way.len()));
                    way.push((needed, 0));
                }
                Some(Seen::OnTheWay(depth)) => {
                    let services: Vec<usize> = way.iter().skip(*depth).map(|(at, _)| *at).collect();
                    circles.push(Circle { services, closed_by: followed });
                    if circles.len() >= LIMIT {
                        return circles;
                    }
                }
                Some(Seen::Done) | None => {}
            }
        }
    }
    circles
}

fn set(seen: &mut [Seen], at: usize, to: Seen) {
    if let Some(entry) = seen.get_mut(at) {
        *entry = to;
    }
}
