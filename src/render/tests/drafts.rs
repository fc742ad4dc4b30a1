//! The words of posts still to be written: each sentence whole, in both languages, or said to be missing.

use super::*;

const SERVICES: &str = "\
relato: 1
services:
  order-search: {public_name: {en: Order search, pt-BR: Busca de pedidos}, pt_gender: f, class: critical}
  order-workflow: {public_name: {en: Order workflow, pt-BR: Workflow de pedidos}, pt_gender: m, class: critical}
  checkout: {public_name: {en: Checkout, pt-BR: Checkout}, pt_gender: m, class: critical}
  reports: {public_name: {en: Reports, pt-BR: Relatórios}, pt_gender: mp, class: critical}
  billing: {public_name: {en: Billing, pt-BR: Cobranças}, pt_gender: fp, en_number: singular, class: critical}
  savings: {public_name: {en: Savings accounts, pt-BR: Poupança}, pt_gender: f, en_number: plural, class: critical}
  api: {public_name: {en: API, pt-BR: API}, class: critical}
  hidden: {class: critical}
";

fn incident(fields: &str) -> String {
    format!(
        "relato: 1\nid: 2017-11-10-oms\nstatus: open\ntimezone: America/Sao_Paulo\ntitle: {{en: Title, pt-BR: Título}}\n{fields}"
    )
}

fn draft(fields: &str, state: PostState, language: &str, as_of: &str) -> Draft {
    let settings = "relato: 1\nstatus_page: {timezone: America/Sao_Paulo}\n".to_owned();
    let tree = Memory::new([
        ("incidents/2017/2017-11-10-oms.yaml".to_owned(), incident(fields)),
        ("services.yaml".to_owned(), SERVICES.to_owned()),
        ("relato.yaml".to_owned(), settings),
    ]);
    let archive = Archive::open(&tree, None).unwrap();
    assert_eq!(archive.faults(), []);
    let reading = archive.read(0).unwrap();
    assert_eq!(reading.faults, []);
    let incident = reading.incident.unwrap();
    let as_of: Instant = as_of.parse().unwrap();
    let measured = measure(&incident, &archive.settings, &archive.catalogue, as_of);
    let renderer = Renderer::new(&archive.settings.org.languages, &[]).unwrap();
    let stamp = Stamp::Content(String::new());
    let input = DocumentInput {
        incident: &incident,
        measured: &measured,
        settings: &archive.settings,
        catalogue: &archive.catalogue,
        audience: Audience::Public,
        language,
        placement: Placement::Alone,
        stamp: &stamp,
        as_of,
    };
    renderer.draft(&input, state).unwrap()
}

/// The draft at 13:20 in Brasília, which kept summer time in that November.
fn check(state: PostState, fields: &str, en: &str, pt: &str, missing: &[&str]) {
    for (language, expected) in [("en", en), ("pt-BR", pt)] {
        let draft = draft(fields, state, language, "2017-11-10T15:20:00Z");
        assert_eq!(draft.text, expected, "{language}");
        let fields: Vec<&str> = draft.missing.iter().map(|missing| missing.field.as_str()).collect();
        assert_eq!(fields, missing, "{language}");
    }
}

const ONE: &str = "impacts:\n  - {id: a, service: order-search, level: down, started: 2017-11-10T13:10, detected: 2017-11-10T13:12}\n";

#[test]
fn what_is_noticed_is_told_with_its_article_and_the_next_update_by_the_rhythm_of_the_class() {
    check(
        PostState::Investigating,
        ONE,
        "Since 13:10 (UTC−2; 15:10 UTC), Order search has been unavailable. We are looking into it. Next update by 13:50 (UTC−2; 15:50 UTC).",
        "Desde as 13h10 (UTC−2, horário de verão de Brasília; 15h10 UTC), a Busca de pedidos está indisponível. Estamos investigando. Próxima atualização até as 13h50 (UTC−2, horário de verão de Brasília; 15h50 UTC).",
        &[],
    );
    let draft = draft(ONE, PostState::Investigating, "en", "2017-11-10T15:20:00Z");
    assert_eq!(draft.assumed_next, Some("2017-11-10T15:50:00Z".parse().unwrap()));
}

#[test]
fn one_oclock_is_singular_in_portuguese_and_another_day_is_named() {
    let fields = ONE
        .replace("2017-11-10T13:10", "2017-11-09T01:05")
        .replace("2017-11-10T13:12", "2017-11-09T01:12")
        + "comms:\n  - {id: p, channel: status_page, at: 2017-11-10T00:20, state: investigating, next_update_by: 2017-11-10T01:30}\n";
    check(
        PostState::Investigating,
        &fields,
        "Since 01:05 on November 9 (UTC−2; 03:05 UTC), Order search has been unavailable. We are looking into it. Next update by 01:30 (UTC−2; 03:30 UTC).",
        "Desde a 1h05 de 9 de novembro (UTC−2, horário de verão de Brasília; 3h05 UTC), a Busca de pedidos está indisponível. Estamos investigando. Próxima atualização até a 1h30 (UTC−2, horário de verão de Brasília; 3h30 UTC).",
        &[],
    );
}

#[test]
fn a_service_whose_name_is_a_plural_is_spoken_of_in_the_plural() {
    let one = ONE.replace("order-search", "reports");
    check(
        PostState::Investigating,
        &one,
        "Since 13:10 (UTC−2; 15:10 UTC), Reports have been unavailable. We are looking into it. Next update by 13:50 (UTC−2; 15:50 UTC).",
        "Desde as 13h10 (UTC−2, horário de verão de Brasília; 15h10 UTC), os Relatórios estão indisponíveis. Estamos investigando. Próxima atualização até as 13h50 (UTC−2, horário de verão de Brasília; 15h50 UTC).",
        &[],
    );
    check(
        PostState::Investigating,
        &one.replace("2017-11-10T13:10", "unknown"),
        "Some requests in Reports are failing. We are finding out since when and for whom. Next update by 13:50 (UTC−2; 15:50 UTC).",
        "Há falhas nos Relatórios. Estamos apurando desde quando e para quem. Próxima atualização até as 13h50 (UTC−2, horário de verão de Brasília; 15h50 UTC).",
        &[],
    );
}

#[test]
fn the_number_of_an_english_name_may_differ_from_that_of_the_portuguese_one() {
    for (service, en, pt) in [
        ("billing", "Billing is", "As Cobranças respondem"),
        ("savings", "Savings accounts are", "A Poupança responde"),
        ("reports", "Reports are", "Os Relatórios respondem"),
    ] {
        check(
            PostState::Completed,
            &ONE.replace("order-search", service),
            &format!("Planned maintenance is over. {en} answering normally."),
            &format!("A manutenção programada terminou. {pt} normalmente."),
            &[],
        );
    }
}

#[test]
fn an_unknown_start_is_said_to_be_unknown() {
    let next = "Next update by 13:50 (UTC−2; 15:50 UTC).";
    let proxima = "Próxima atualização até as 13h50 (UTC−2, horário de verão de Brasília; 15h50 UTC).";
    check(
        PostState::Investigating,
        &ONE.replace("2017-11-10T13:10", "unknown"),
        &format!(
            "Some requests in Order search are failing. We are finding out since when and for whom. {next}"
        ),
        &format!("Há falhas na Busca de pedidos. Estamos apurando desde quando e para quem. {proxima}"),
        &[],
    );
    let two = "impacts:\n  - {id: a, service: order-search, level: delayed, started: unknown}\n  - {id: b, service: order-workflow, level: delayed, started: unknown}\nunaffected: [checkout]\n";
    check(
        PostState::Investigating,
        two,
        &format!(
            "Order search and Order workflow are running late. We are finding out since when and for whom. Checkout keeps working. {next}"
        ),
        &format!(
            "A Busca de pedidos e o Workflow de pedidos estão com atraso. Estamos apurando desde quando e para quem. O Checkout continua funcionando. {proxima}"
        ),
        &[],
    );
    check(
        PostState::Investigating,
        &two.replace("order-workflow", "api")
            .replace("delayed, started: unknown}\nun", "wrong_results, started: unknown}\nun"),
        &format!(
            "Order search is running late and API is giving wrong results. We are finding out since when and for whom. Checkout keeps working. {next}"
        ),
        &format!(
            "A Busca de pedidos está com atraso e API está retornando resultados incorretos. Estamos apurando desde quando e para quem. O Checkout continua funcionando. {proxima}"
        ),
        &[],
    );
}

#[test]
fn what_a_post_of_each_state_lacks_is_named_and_no_half_sentence_is_written() {
    let next = "Next update by 13:50 (UTC−2; 15:50 UTC).";
    let proxima = "Próxima atualização até as 13h50 (UTC−2, horário de verão de Brasília; 15h50 UTC).";
    check(PostState::Identified, ONE, next, proxima, &["comms.parts.cause_plain", "comms.parts.fix_now"]);
    check(PostState::Update, ONE, next, proxima, &["comms.parts.fix_now"]);
    check(
        PostState::Resolved,
        ONE,
        "We are sorry for the trouble this caused.",
        "Pedimos desculpas pelo transtorno.",
        &["impacts[].recovered"],
    );
    check(PostState::Postmortem, ONE, "", "", &["summary"]);
    check(
        PostState::Scheduled,
        ONE,
        "You do not need to do anything.",
        "Você não precisa fazer nada.",
        &["maintenance.window"],
    );
    check(
        PostState::Monitoring,
        ONE,
        "We keep watching until 13:50 (UTC−2; 15:50 UTC).",
        "Seguimos acompanhando até as 13h50 (UTC−2, horário de verão de Brasília; 15h50 UTC).",
        &["impacts[].mitigated"],
    );
    // of lost data and of services without a public name nothing is put together by the way
    let lost = ONE.replace("level: down", "level: data_loss");
    check(PostState::Investigating, &lost, next, proxima, &["comms.parts.symptom"]);
    let hidden = ONE.replace("service: order-search", "service: hidden");
    check(
        PostState::Investigating,
        &hidden,
        next,
        proxima,
        &["services.hidden.public_name", "comms.parts.symptom"],
    );
    // a part in one language makes no sentence in the other
    let one_language = format!(
        "{ONE}comms:\n  - {{id: p, channel: status_page, at: 2017-11-10T13:20, state: identified, next_update_by: 2017-11-10T13:50, parts: {{cause_plain: {{en: a setting names a queue that does not exist.}}, fix_now: {{en: correcting it, pt-BR: corrigindo isso}}}}}}\n"
    );
    let told = |language| draft(&one_language, PostState::Identified, language, "2017-11-10T15:20:00Z");
    assert_eq!(
        told("en").text,
        format!(
            "We know the cause: a setting names a queue that does not exist. We are correcting it. {next}"
        )
    );
    assert_eq!(told("en").missing, []);
    assert_eq!(told("pt-BR").text, format!("Estamos corrigindo isso. {proxima}"));
    let [missing] = told("pt-BR").missing.try_into().unwrap();
    assert_eq!(missing.field, "comms[0].parts.cause_plain");
    assert_eq!(
        missing.words.pt,
        "falta a causa em palavras simples: escreva `parts.cause_plain`, uma oração"
    );
}

#[test]
fn parts_that_were_told_before_are_told_again() {
    let fields = format!(
        "{ONE}comms:\n  - {{id: p1, channel: status_page, at: 2017-11-10T13:15, state: investigating, next_update_by: 2017-11-10T13:45, parts: {{symptom: {{en: order lists stay empty, pt-BR: as listas de pedidos ficam vazias}}, workaround: {{en: read orders by their ID., pt-BR: leia os pedidos pelo ID.}}}}}}\n  - {{id: p2, channel: status_page, at: 2017-11-10T13:40, state: update, next_update_by: 2017-11-10T14:10, parts: {{fix_now: {{en: rebuilding the index, pt-BR: refazendo o índice}}}}}}\n"
    );
    check(
        PostState::Update,
        &fields,
        "The problem continues and its effect has not changed. We are rebuilding the index. What you can do meanwhile: read orders by their ID. Next update by 14:10 (UTC−2; 16:10 UTC).",
        "O problema continua e o efeito não mudou. Estamos refazendo o índice. O que você pode fazer por enquanto: leia os pedidos pelo ID. Próxima atualização até as 14h10 (UTC−2, horário de verão de Brasília; 16h10 UTC).",
        &[],
    );
}

#[test]
fn a_recovery_is_told_with_how_long_it_took_and_what_is_still_missing() {
    let over = "impacts:\n  - {id: a, service: order-search, level: down, started: 2017-11-10T10:10, detected: 2017-11-10T10:12, mitigated: 2017-11-10T12:30, recovered: 2017-11-10T13:10, backlog: {size: unknown, drained_at: unknown}, data: {loss: none, corruption: none}, residual: {text: {en: orders of 2016 are not listed, pt-BR: os pedidos de 2016 não aparecem}}}\n  - {id: b, service: order-workflow, level: down, started: {not_before: 2017-11-10T10:10, not_after: 2017-11-10T10:20}, mitigated: 2017-11-10T12:40, recovered: 2017-11-10T12:40, data: {loss: none, corruption: none}}\n";
    check(
        PostState::Monitoring,
        over,
        "The fix went in at 12:40 (UTC−2; 14:40 UTC), and Order search and Order workflow are answering normally. Waiting work is being processed. We keep watching until 13:50 (UTC−2; 15:50 UTC).",
        "A correção foi aplicada às 12h40 (UTC−2, horário de verão de Brasília; 14h40 UTC), e a Busca de pedidos e o Workflow de pedidos respondem normalmente. O trabalho em espera está sendo processado. Seguimos acompanhando até as 13h50 (UTC−2, horário de verão de Brasília; 15h50 UTC).",
        &[],
    );
    check(
        PostState::Resolved,
        over,
        "Order search went back to normal at 13:10 (UTC−2; 15:10 UTC), after 3 h. Order workflow went back to normal at 12:40 (UTC−2; 14:40 UTC); it took between 2 h 20 min and 2 h 30 min. No data was lost or altered. Not everything is back: orders of 2016 are not listed. We are sorry for the trouble this caused. We will publish what we learned by November 17, 2017.",
        "A Busca de pedidos voltou ao normal às 13h10 (UTC−2, horário de verão de Brasília; 15h10 UTC), após 3 h. O Workflow de pedidos voltou ao normal às 12h40 (UTC−2, horário de verão de Brasília; 14h40 UTC); a recuperação levou entre 2 h 20 min e 2 h 30 min. Nenhum dado foi perdido nem alterado. Nem tudo voltou: os pedidos de 2016 não aparecem. Pedimos desculpas pelo transtorno. Publicaremos o que aprendemos até 17 de novembro de 2017.",
        &[],
    );
}

#[test]
fn maintenance_is_announced_under_way_and_over() {
    let fields = "kind: maintenance\nmaintenance: {announced_at: 2017-11-08T12:00, window: {from: 2017-11-10T13:00, to: 2017-11-10T15:00}, services: [checkout]}\nimpacts:\n  - {id: a, service: checkout, level: down, started: 2017-11-10T13:00}\n";
    check(
        PostState::Scheduled,
        fields,
        "Between 13:00 and 15:00 on November 10, 2017 (UTC−2), Checkout will be unavailable. You do not need to do anything.",
        "Entre as 13h00 e as 15h00 de 10 de novembro de 2017 (UTC−2, horário de verão de Brasília), o Checkout ficará indisponível. Você não precisa fazer nada.",
        &[],
    );
    check(
        PostState::InProgress,
        fields,
        "Planned maintenance is under way. It should end by 15:00 (UTC−2; 17:00 UTC).",
        "A manutenção programada está em andamento. Deve terminar até as 15h00 (UTC−2, horário de verão de Brasília; 17h00 UTC).",
        &[],
    );
    check(
        PostState::InProgress,
        &fields.replace("to: 2017-11-10T15:00", "to: 2017-11-10T13:15"),
        "The maintenance planned to end at 13:15 (UTC−2; 15:15 UTC) is taking longer. We treat it as an incident from now on. Next update by 13:50 (UTC−2; 15:50 UTC).",
        "A manutenção prevista para terminar às 13h15 (UTC−2, horário de verão de Brasília; 15h15 UTC) está demorando mais. Passamos a tratá-la como incidente. Próxima atualização até as 13h50 (UTC−2, horário de verão de Brasília; 15h50 UTC).",
        &[],
    );
    check(
        PostState::Completed,
        fields,
        "Planned maintenance is over. Checkout is answering normally.",
        "A manutenção programada terminou. O Checkout responde normalmente.",
        &[],
    );
}

#[test]
fn a_problem_that_came_back_is_owned() {
    let fields = "impacts:\n  - {id: a, service: order-search, level: down, started: 2017-11-10T10:10, segments: [{from: 2017-11-10T10:10, to: 2017-11-10T11:00}, {from: 2017-11-10T13:05, to: open}]}\ncomms:\n  - {id: p1, channel: status_page, at: 2017-11-10T11:15, state: resolved, text: {en: Over., pt-BR: Acabou.}}\n";
    check(
        PostState::Investigating,
        fields,
        "The problem came back at 13:05 (UTC−2; 15:05 UTC). Our notice that it was solved was wrong. We are on it again. Next update by 13:50 (UTC−2; 15:50 UTC).",
        "O problema voltou às 13h05 (UTC−2, horário de verão de Brasília; 15h05 UTC). Nosso aviso de que estava resolvido estava errado. Estamos trabalhando nele de novo. Próxima atualização até as 13h50 (UTC−2, horário de verão de Brasília; 15h50 UTC).",
        &[],
    );
}
