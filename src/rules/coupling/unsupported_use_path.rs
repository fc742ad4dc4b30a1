//! `unsupported-use-path`: a use that nobody promised makes a service more critical than its class.

use std::collections::HashSet;

use crate::{
    locate::Field,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        several,
        sink::Sink,
    },
};

rule! {
    /// # Users depended on a path that was not meant for it
    ///
    /// Each use under `via` of an impact is among the `supported_uses` of its service. A service that lists none says nothing,
    /// and is not judged.
    ///
    /// ## Why
    ///
    /// Many customers of VTEX fed their ERP from the search API instead of the feed that is meant for it. That made a service
    /// with 4 h to recover critical for them.
    ///
    /// ## Fires
    ///
    /// ```yaml impacts[0].via[0].use
    /// impacts:
    ///   - {id: search, service: order-search, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: searches_per_minute}, detection: {source: monitor}, via: [{use: erp-integration, users: many}]}
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [search]}
    /// actions: []
    /// ```
    /// > users depended on `order-search` for `erp-integration`, which it does not promise (it supports `admin-listing`)
    /// > usuários dependiam de `order-search` para `erp-integration`, um uso que ele não atende (atende `admin-listing`)
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// impacts:
    ///   - {id: search, service: order-search, started: 2026-03-02T10:00Z, detected: 2026-03-02T10:02Z, recovered: 2026-03-02T10:08Z, verified: {at: 2026-03-02T10:10Z, signal: searches_per_minute}, detection: {source: monitor}, via: [{use: admin-listing}]}
    /// causes:
    ///   - {id: c1, role: root, category: config, confidence: likely, impacts: [search]}
    /// actions: []
    /// ```
    ///
    /// ## Fix
    ///
    /// Count them, then choose: raise the service's class and list the use, or move them.
    ///
    /// # Usuários dependiam de um caminho que não foi feito para isso
    ///
    /// Cada uso em `via` de um impacto está entre os `supported_uses` do serviço. Um serviço que não lista nenhum nada diz e
    /// não é julgado.
    ///
    /// ## Por quê
    ///
    /// Muitos clientes da VTEX alimentavam o ERP pela API de busca, e não pelo feed feito para isso. Para eles, um serviço com
    /// 4 h para se recuperar era crítico.
    ///
    /// ## Correção
    ///
    /// Conte-os e então escolha: eleve a classe do serviço e liste o uso, ou leve-os para outro caminho.
    "unsupported-use-path": Warning Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        for (i, impact) in
            judged.incident.impacts.iter().enumerate().filter(|(_, impact)| !impact.via.is_empty())
        {
            let service = case.links.position(&impact.service).and_then(|at| case.catalogue.services.get(at));
            let Some(service) = service.filter(|service| !service.supported_uses.is_empty()) else {
                continue;
            };
            let supported: HashSet<&str> = service.supported_uses.iter().map(String::as_str).collect();
            for (j, via) in impact.via.iter().enumerate() {
                if via.used_for.is_empty() || supported.contains(via.used_for.as_str()) {
                    continue;
                }
                let sentence = sentence! {
                    service = service.id.as_str(),
                    used_for = via.used_for.as_str(),
                    supported = several(service.supported_uses.iter().map(String::as_str)) =>
                    "users depended on `{service}` for `{used_for}`, which it does not promise (it supports {supported})",
                    "usuários dependiam de `{service}` para `{used_for}`, um uso que ele não atende (atende {supported})"
                };
                let field = Field::of("impacts").at(i).key("via").at(j).key("use");
                out.find(judged, field, sentence).help = words! { service = service.id.as_str() =>
                    "count them, then raise the class of `{service}` and list the use, or move them",
                    "conte-os e então eleve a classe de `{service}` e liste o uso, ou leve-os para outro caminho"
                };
            }
        }
    }
}
