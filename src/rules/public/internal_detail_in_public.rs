//! `internal-detail-in-public`: no hosts, addresses, secrets, tracker keys in what the public reads.

use std::collections::HashSet;

use crate::{
    language::Quantity,
    leak::{Leak, LeakKind},
    locate::Field,
    model::Localized,
    rules::{
        Case,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
        wording::at,
    },
};

rule! {
    /// # Internal detail in public text
    ///
    /// What the public reads holds no network address, internal host, secret, e-mail address of a person, link that only
    /// insiders can open, tracker key, path on a machine, CPF, CNPJ or telephone number. The workspace adds its own hosts and
    /// tracker projects under `redaction` in `relato.yaml` (`hosts: ["db-*"]`, `tracker_projects: [OMS]`). Looked at are the fields that public documents and posts are
    /// made of, the public names of the catalogue, and the rendered documents themselves. `relato render` and `relato build`
    /// publish nothing of an incident that this rule has an error for.
    ///
    /// Versions of four numbers, `UTF-8`, CVE ids, documentation addresses, public domains and mailboxes of an office
    /// (`support@…`) are no leaks.
    ///
    /// ## Why
    ///
    /// Allegro's public post tells which half of which blade server runs what. A postmortem for the public is summarised, and
    /// what an attacker or a competitor could use stays in internal fields.
    ///
    /// ## Fires
    ///
    /// ```yaml summary.en
    /// summary: {en: Orders stopped while orders-db.prod.internal was down., pt-BR: Os pedidos pararam enquanto o banco esteve fora.}
    /// ```
    /// > `orders-db.prod.internal` is the name of an internal host, and the public reads this text
    /// > `orders-db.prod.internal` é o nome de um host interno, e o público lê este texto
    ///
    /// ```yaml comms[0].text.pt-BR
    /// comms:
    ///   - id: p1
    ///     channel: status_page
    ///     at: 2026-03-02T10:05Z
    ///     state: investigating
    ///     next_update_by: 2026-03-02T10:30Z
    ///     text: {en: We are looking into it as item 431., pt-BR: Estamos investigando no item OMS-431.}
    /// ```
    /// > `OMS-431` is a key of the tracker, and the public reads this text
    /// > `OMS-431` é uma chave do tracker, e o público lê este texto
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// summary: {en: "Orders stopped while version 10.2.0.1 of the driver ran. Write to support@acme.com.", pt-BR: "Os pedidos pararam com a versão 10.2.0.1 do driver. Escreva para suporte@acme.com."}
    /// timeline:
    ///   - id: e1
    ///     at: 2026-03-02T10:00Z
    ///     type: trigger
    ///     visibility: internal
    ///     text: {en: db-3.prod.internal stopped., pt-BR: O db-3.prod.internal parou.}
    /// ```
    ///
    /// ## Fix
    ///
    /// Say what it is to readers (the order database), and keep the detail in an internal field. A secret that stands in a
    /// file must also be replaced where it is used.
    ///
    /// # Detalhe interno em texto público
    ///
    /// O que o público lê não traz endereço de rede, host interno, segredo, e-mail de uma pessoa, link que só quem é da casa
    /// abre, chave do tracker, caminho dentro de uma máquina, CPF, CNPJ nem telefone. O workspace acrescenta seus hosts e
    /// projetos em `redaction`, no `relato.yaml` (`hosts: ["db-*"]`, `tracker_projects: [OMS]`). São examinados os campos de que se fazem documentos e publicações, os nomes
    /// públicos do catálogo e os próprios documentos renderizados. `relato render` e `relato build` não publicam nada de um
    /// incidente em que esta regra encontra um erro.
    ///
    /// Versões de quatro números, `UTF-8`, identificadores CVE, endereços de documentação, domínios públicos e caixas de um
    /// setor (`suporte@…`) não são vazamentos.
    ///
    /// ## Por quê
    ///
    /// O post do Allegro conta qual metade de qual servidor blade executa o quê. Um postmortem público é resumido, e o que
    /// serviria a um atacante ou a um concorrente fica em campos internos.
    ///
    /// ## Correção
    ///
    /// Diga o que aquilo é para o leitor (o banco de dados de pedidos) e deixe o detalhe em um campo interno. Um segredo que
    /// está em um arquivo também precisa ser trocado onde é usado.
    "internal-detail-in-public": Error Fact
}

fn check(case: &Case<'_>, out: &mut Sink) {
    // what the fields hold is told at the fields, and not again at each document
    let mut in_fields: HashSet<(String, String)> = HashSet::new();
    for judged in case.incidents {
        // a text that several fields share is told of once
        let mut seen: HashSet<&str> = HashSet::new();
        let mut found: Vec<(Field, Leak)> = Vec::new();
        judged.incident.each_public_text(&mut |path, localized| {
            for (tag, text) in localized.iter().filter(|(_, text)| seen.insert(text)) {
                found.extend(case.guard.leaks(text).into_iter().map(|leak| (path.key(tag).field(), leak)));
            }
        });
        // what both languages hold is told of once
        let mut told: HashSet<(Option<Field>, String)> = HashSet::new();
        for (field, leak) in found {
            if !told.insert((field.parent(), leak.text.clone())) {
                continue;
            }
            in_fields.insert((judged.file.to_owned(), leak.text.clone()));
            let finding = out.find(judged, field, sentence_of(&leak));
            at(finding, &leak.text);
            finding.help = help(leak.kind);
        }
    }
    if let Some(file) = case.settings_file {
        check_names(case, file, out);
    }
    check_documents(case, &in_fields, out);
}

/// The names that documents are full of: services, classes, the organisation.
fn check_names(case: &Case<'_>, settings_file: &str, out: &mut Sink) {
    let mut judge = |file: &str, field: Field, name: &Localized| {
        for (tag, text) in name.iter() {
            for leak in case.guard.leaks(text) {
                out.find_file(file, field.key(tag), sentence_of(&leak)).help = help(leak.kind);
            }
        }
    };
    for service in &case.catalogue.services {
        if let Some(name) = &service.public_name {
            let field = Field::of("services").key(service.id.as_str()).key("public_name");
            judge(case.catalogue_file, field, name);
        }
    }
    for class in &case.settings.classes {
        judge(settings_file, Field::of("classes").key(class.key.as_str()).key("name"), &class.name);
    }
}

/// What the rendered documents hold beyond their incident's fields: an own template may have added it.
fn check_documents(case: &Case<'_>, in_fields: &HashSet<(String, String)>, out: &mut Sink) {
    let mut told: HashSet<(&str, LeakKind, String)> = HashSet::new();
    for document in case.published {
        for leak in case.guard.leaks(document.text) {
            let here = (document.file.to_owned(), leak.text.clone());
            if in_fields.contains(&here) || !told.insert((document.file, leak.kind, leak.shown.clone())) {
                continue;
            }
            let before = document.text.get(..leak.range.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let (en, pt) = leak.kind.words();
            let sentence = sentence! { text = leak.shown.as_str(), kind = Quantity::named(en, pt), document = document.path, line = line =>
                "`{text}` is {kind}, and stands in line {line} of the public document `{document}`",
                "`{text}` é {kind} e está na linha {line} do documento público `{document}`"
            };
            out.find_file(document.file, Field::top(), sentence).help = words! {
                "look for it in the fields of the incident, in `services.yaml` and in the templates of the workspace",
                "procure nos campos do incidente, no `services.yaml` e nos templates do workspace"
            };
        }
    }
}

fn sentence_of(leak: &Leak) -> crate::rules::sentence::Sentence {
    let (en, pt) = leak.kind.words();
    sentence! { text = leak.shown.as_str(), kind = Quantity::named(en, pt) =>
        "`{text}` is {kind}, and the public reads this text",
        "`{text}` é {kind}, e o público lê este texto"
    }
}

fn help(kind: LeakKind) -> crate::finding::Words {
    match kind {
        LeakKind::Secret => words! {
            "take it out, and replace the secret where it is used: it is in the history of the repository",
            "retire-o daqui e troque o segredo onde ele é usado: ele está no histórico do repositório"
        },
        _ => words! {
            "say what it is to readers, and keep the detail in an internal field",
            "diga o que aquilo é para o leitor e deixe o detalhe em um campo interno"
        },
    }
}
