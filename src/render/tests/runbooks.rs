//! Runbooks in every form: what a page may say of few attempts.

use super::*;
use crate::{
    model::Links,
    query::RunbookRow,
    runbook::{Evidence, Record},
};

const OUTCOMES: [&str; 6] = ["worked", "partly", "no_effect", "worse", "failed", "unknown"];

const SERVICES: &str = "\
relato: 1
services:
  search: {name: {en: Search, pt-BR: Busca}, pt_gender: f, class: critical}
";

/// An incident a step, each with these attempts at it.
fn tree(steps: &[Vec<usize>]) -> Memory {
    let mut files = vec![("services.yaml".to_owned(), SERVICES.to_owned())];
    for (number, attempts) in steps.iter().enumerate() {
        let id = format!("2026-01-{:02}-made", number + 1);
        let day = id.trim_end_matches("-made").to_owned();
        let mut text = format!(
            "relato: 1\nid: {id}\ntimezone: UTC\nstatus: resolved\ntitle: {{en: Made, pt-BR: Feito}}\nimpacts:\n  - {{service: search, started: {day}T10:00, recovered: {day}T11:00}}\ntimeline:\n"
        );
        for (at, outcome) in attempts.iter().enumerate() {
            text += &format!(
                "  - {{id: e{at}, at: {day}T10:{at:02}, type: step, step: {{key: k{number}, title: {{en: Step, pt-BR: Passo}}, outcome: {}}}}}\n",
                OUTCOMES[*outcome]
            );
        }
        files.push((format!("incidents/2026/{id}.yaml"), text));
    }
    Memory::new(files)
}

/// The runbook in every form: the pages in both languages, what a terminal shows, and the row for machines.
fn forms(tree: &Memory) -> (Vec<String>, Vec<String>, serde_json::Value) {
    static RENDERER: LazyLock<Renderer> =
        LazyLock::new(|| Renderer::new(&["en".to_owned(), "pt-BR".to_owned()], &[]).unwrap());
    let archive = Archive::open(tree, None).unwrap();
    let settings = &archive.settings;
    let records = archive.map(|reading| {
        assert_eq!(reading.faults, []);
        let incident = reading.incident.unwrap();
        let measured = measure(&incident, settings, &archive.catalogue, as_of());
        Record::of(&reading.file, &incident, &measured, settings)
    });
    let evidence = Evidence::of(records.unwrap());
    let runbook = evidence.runbook("search");
    let today = settings.org.zone.date(as_of());
    let (mut pages, mut short) = (Vec::new(), Vec::new());
    for language in ["en", "pt-BR"] {
        let links = Links::of(&archive.catalogue);
        let input = RunbookInput {
            runbook: &runbook,
            settings,
            catalogue: &archive.catalogue,
            links: &links,
            own: &HandWritten::default(),
            language,
            // a page that stands alone holds its style, in which there are lengths in per cent
            placement: Placement::Site,
            today,
        };
        let page = RENDERER.tell_runbook(&input).unwrap();
        for kind in RENDERER.runbook_kinds(false) {
            pages.push(String::from_utf8(page.document(kind).unwrap().bytes).unwrap());
        }
        short.push(page.short().unwrap());
    }
    let row = RunbookRow::of(&runbook, settings, &archive.catalogue, today);
    (pages, short, serde_json::to_value(&row).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_share_is_told_of_fewer_than_three_attempts(steps in proptest::collection::vec(proptest::collection::vec(0..6_usize, 1..6), 1..4)) {
        let (pages, short, row) = forms(&tree(&steps));
        // attempts whose outcome is known
        let telling = |attempts: &Vec<usize>| attempts.iter().filter(|outcome| OUTCOMES[**outcome] != "unknown").count() >= 3;
        let shares = steps.iter().filter(|attempts| telling(attempts)).count();
        let safe = steps.iter().filter(|attempts| telling(attempts) && !attempts.iter().any(|outcome| OUTCOMES[*outcome] == "worse"));
        let safe = safe.count();
        // a terminal tells of a dangerous step how often it did what, and no share
        for (page, shares) in pages.iter().map(|page| (page, shares)).chain(short.iter().map(|page| (page, safe))) {
            let told = page.matches(" attempts).").count() + page.matches(" tentativas).").count();
            prop_assert_eq!(told, shares, "{}", page);
            // both ends of the interval of 95%
            prop_assert_eq!(page.matches('%').count(), 3 * shares, "{}", page);
        }
        let placed = row["steps"].as_array().unwrap();
        prop_assert_eq!(placed.len(), steps.len());
        for step in placed {
            let number: usize = step["key"].as_str().unwrap().trim_start_matches('k').parse().unwrap();
            prop_assert_eq!(step["success"].is_null(), !telling(&steps[number]), "{}", step);
        }
    }
}

#[test]
fn what_was_never_carried_through_stands_apart_from_what_did_not_help() {
    let (pages, short, _) = forms(&tree(&[vec![4], vec![2, 4], vec![2]]));
    for page in pages.into_iter().chain(short) {
        let place = |text: [&str; 2]| {
            text.iter().find_map(|text| page.find(text)).unwrap_or_else(|| panic!("{text:?} in {page}"))
        };
        let begun = place(["Begun, never carried through", "Começado, mas não chegou ao fim"]);
        let failed = place(["did not complete 1 of 1", "não chegou ao fim em 1 de 1 tentativa"]);
        let vain = place(["Tried without effect", "Tentado sem efeito"]);
        let mixed = place(["did not complete 1 of 2", "não chegou ao fim em 1 de 2 tentativas"]);
        assert!(begun < failed && failed < vain && vain < mixed, "{page}");
    }
}
