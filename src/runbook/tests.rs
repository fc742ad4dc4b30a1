//! What must hold of evidence, whatever was recorded.

use proptest::prelude::*;

use super::*;
use crate::{
    archive::Archive,
    measure::{known_at, measure},
    model::Outcome,
    source::{Memory, Tree, WorkTree},
    time::Instant,
};

const SERVICES: &str = "\
relato: 1
infra: {farm: {kind: server_farm}, cluster: {kind: cluster}}
services:
  search: {class: non-critical, runs_on: [farm, cluster]}
  workflow: {class: critical, runs_on: [farm]}
  export: {class: non-critical}
";

/// One step of a made-up incident.
#[derive(Clone, Debug)]
struct Made {
    key: usize,
    outcome: &'static str,
    service: &'static str,
    target: Option<&'static str>,
    hurts: Option<&'static str>,
    danger: bool,
    keep: bool,
    effect_after: Option<u32>,
}

/// An incident file with these steps.
fn incident(number: usize, steps: &[Made]) -> (String, String) {
    let day = format!("2026-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28);
    let id = format!("{day}-made");
    let mut text = format!(
        "relato: 1\nid: {id}\ntimezone: UTC\nstatus: resolved\ntitle: {{en: Made {number}}}\nimpacts:\n"
    );
    for service in ["search", "workflow", "export"] {
        text += &format!(
            "  - {{id: i-{service}, service: {service}, started: {}T10:00, recovered: {}T11:00}}\n",
            day, day
        );
    }
    text += "timeline:\n";
    for (at, step) in steps.iter().enumerate() {
        text += &format!(
            "  - {{id: e{at}, at: {}T10:{:02}, type: step, impacts: [i-{}]",
            day,
            at % 60,
            step.service
        );
        if let Some(hurt) = step.hurts {
            text += &format!(", effects: {{{hurt}: down}}");
        }
        text += &format!(
            ", step: {{key: k{}, intent: recover, title: {{en: Step {}}}, outcome: {}",
            step.key, step.key, step.outcome
        );
        if let Some(target) = step.target {
            text += &format!(", target: 'infra:{target}'");
        }
        if step.danger {
            text += ", hazard: {level: danger, text: {en: Careful}}";
        }
        if step.keep {
            text += ", keep: true, keep_reason: {en: There is nothing else}";
        }
        if let Some(minutes) = step.effect_after {
            text += &format!(", effect_after: {minutes}m");
        }
        text += "}}\n";
    }
    (format!("incidents/2026/{id}.yaml"), text)
}

/// The records of these incidents, in the order of their files.
fn records(incidents: &[Vec<Made>]) -> Vec<Record> {
    records_of(&tree(incidents))
}

fn tree(incidents: &[Vec<Made>]) -> Memory {
    let files = incidents.iter().enumerate().map(|(number, steps)| incident(number, steps));
    Memory::new(files.chain([("services.yaml".to_owned(), SERVICES.to_owned())]))
}

fn records_of(tree: &dyn Tree) -> Vec<Record> {
    records_at(tree, "2026-12-31T12:00:00Z".parse().unwrap())
}

/// The same as far as it could be known at a moment.
fn records_at(tree: &dyn Tree, as_of: Instant) -> Vec<Record> {
    let archive = Archive::open(tree, None).unwrap();
    let read = archive.map(|reading| {
        assert!(reading.faults.is_empty(), "{:?}", reading.faults);
        let incident = reading.incident.unwrap();
        let incident = known_at(&incident, archive.settings.org.zone, as_of)?;
        let measured = measure(&incident, &archive.settings, &archive.catalogue, as_of);
        Some(Record::of(&reading.file, &incident, &measured, &archive.settings))
    });
    read.unwrap().into_iter().flatten().collect()
}

fn made() -> impl Strategy<Value = Made> {
    let service = || proptest::sample::select(vec!["search", "workflow", "export"]);
    let outcome = vec!["worked", "partly", "no_effect", "worse", "failed", "unknown"];
    (
        0..4_usize,
        proptest::sample::select(outcome),
        service(),
        proptest::option::of(proptest::sample::select(vec!["farm", "cluster"])),
        proptest::option::weighted(0.15, service()),
        proptest::bool::weighted(0.1),
        proptest::bool::weighted(0.1),
        proptest::option::of(1..90_u32),
    )
        .prop_map(|(key, outcome, service, target, hurts, danger, keep, effect_after)| Made {
            key,
            outcome,
            service,
            target,
            hurts,
            danger,
            keep,
            effect_after,
        })
}

fn incidents() -> impl Strategy<Value = Vec<Vec<Made>>> {
    proptest::collection::vec(proptest::collection::vec(made(), 0..5), 1..6)
}

/// The keys of the steps of a runbook in the order of the page, dangers that nobody keeps left out.
fn order(runbook: &Runbook<'_>) -> Vec<String> {
    let steps = runbook.steps.iter().filter(|known| known.placement != Placement::Danger);
    steps.map(|known| known.key.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_incidents_does_not_matter(incidents in incidents(), turn in 0..9_usize) {
        let straight = records(&incidents);
        let mut turned = straight.clone();
        turned.reverse();
        let middle = turn % turned.len();
        turned.rotate_left(middle);
        let (a, b) = (Evidence::of(straight), Evidence::of(turned));
        prop_assert_eq!(a.services().collect::<Vec<_>>(), b.services().collect::<Vec<_>>());
        for service in ["search", "workflow", "export", "nobody"] {
            prop_assert_eq!(a.runbook(service), b.runbook(service));
        }
    }

    #[test]
    fn a_success_more_never_puts_a_step_below_one_that_never_worked(incidents in incidents(), key in 0..4_usize) {
        let success = Made {
            key,
            outcome: "worked",
            service: "search",
            target: None,
            hurts: None,
            danger: false,
            keep: false,
            effect_after: None,
        };
        let (before, mut more) = (Evidence::of(records(&incidents)), incidents);
        more.push(vec![success]);
        let after = Evidence::of(records(&more));
        let (before, after) = (before.runbook("search"), after.runbook("search"));
        let own = format!("k{key}");
        let never: Vec<&str> =
            after.steps.iter().filter(|known| known.tally.worked == 0).map(|known| known.key.as_str()).collect();
        let below = |order: &[String]| -> Vec<String> {
            match order.iter().position(|known| *known == own) {
                Some(at) => order[at..].iter().filter(|known| never.contains(&known.as_str())).cloned().collect(),
                None => Vec::new(),
            }
        };
        let (was, is) = (order(&before), order(&after));
        for known in below(&was) {
            prop_assert!(below(&is).contains(&known), "{} was above {}: {:?}, {:?}", own, known, was, is);
        }
        // and one that harmed nobody stands above all that never worked
        if let Some(known) = after.steps.iter().find(|known| known.key == own && !known.is_dangerous()) {
            prop_assert_eq!(known.placement, Placement::DoFirst);
        }
    }

    #[test]
    fn whatever_made_things_worse_is_warned_of_and_recommended_by_nobody_but_a_person(incidents in incidents()) {
        let records = records(&incidents);
        let evidence = Evidence::of(records);
        for record in evidence.records() {
            for attempt in &record.attempts {
                let key = record.key(attempt);
                for service in attempt.services.iter().chain(attempt.hurt.iter().map(|(service, _)| service)) {
                    let runbook = evidence.runbook(service);
                    let warned = runbook.dangers.iter().any(|known| known.key == key);
                    // by what was written, whatever it is taken for
                    let marked = attempt.step.hazard.as_ref().is_some_and(|hazard| hazard.level.is_some());
                    let harmful = attempt.step.outcome == Some(Outcome::Worse) || !attempt.hurt.is_empty() || marked;
                    prop_assert!(warned || !harmful, "{key} is no danger for {service}");
                }
            }
        }
        for service in ["search", "workflow", "export"] {
            let runbook = evidence.runbook(service);
            for known in &runbook.steps {
                let recommended = known.placement != Placement::Danger;
                prop_assert!(!known.is_dangerous() || !recommended || known.kept.is_some());
                prop_assert_eq!(known.is_dangerous(), runbook.dangers.iter().any(|danger| danger.key == known.key));
                let said: usize = known.tally.worked + known.tally.partly + known.tally.no_effect
                    + known.tally.worse + known.tally.failed + known.tally.unknown;
                prop_assert_eq!(said, known.attempts.len());
            }
            for known in runbook.looks.iter().chain(&runbook.checks) {
                prop_assert!(!known.is_dangerous());
            }
        }
    }

    #[test]
    fn what_could_be_known_earlier_is_part_of_what_can_be_known_later(incidents in incidents(), day in 1..8_u32, minute in 0..80_u32) {
        let tree = tree(&incidents);
        let today = format!("2026-01-{day:02}");
        let text = format!("{today}T{:02}:{:02}:30Z", 10 + minute / 60, minute % 60);
        let as_of: Instant = text.parse().unwrap();
        let (all, then) = (records_of(&tree), records_at(&tree, as_of));
        let mut later = 0;
        for record in &all {
            let known = then.iter().find(|known| known.id == record.id);
            prop_assert_eq!(known.is_some(), day_of(record) <= today);
            let attempts = known.map_or(&[][..], |known| known.attempts.as_slice());
            for attempt in &record.attempts {
                // the step at minute n of ten o'clock, on the day of its incident
                let happened = format!("{}T10:{:02}:00Z", day_of(record), attempt.index % 60) <= text;
                let told = attempts.iter().find(|known| known.index == attempt.index);
                prop_assert_eq!(told.is_some(), happened, "{:?} at {}", attempt, text);
                prop_assert!(told.is_none_or(|told| told.step == attempt.step));
                later += usize::from(!happened);
            }
            if let Some(known) = known {
                // over at eleven
                let over = format!("{}T11:00:00Z", day_of(record)) <= text;
                prop_assert!(known.seen.iter().all(|seen| seen.open != over && seen.ttr.is_some() == over), "{:?}", known);
            }
        }
        prop_assert_eq!(all == then, later == 0 && then.len() == all.len() && then.iter().all(|record| !record.ongoing));
    }

    #[test]
    fn an_incident_more_changes_the_runbooks_of_its_services_alone(incidents in incidents(), more in proptest::collection::vec(made(), 1..4)) {
        // of one service, at no unit that others use
        let more: Vec<Made> = more.into_iter().map(|step| Made { service: "export", target: None, hurts: None, ..step }).collect();
        let before = records(&incidents);
        let mut with = incidents;
        with.push(more);
        let mut after = records(&with);
        let added = after.last_mut().unwrap();
        added.seen.retain(|seen| seen.service == "export");
        prop_assert_eq!(added.services(), ["export"]);
        let (before, after) = (Evidence::of(before), Evidence::of(after));
        for service in ["search", "workflow"] {
            prop_assert_eq!(before.runbook(service), after.runbook(service));
        }
        prop_assert_ne!(before.runbook("export"), after.runbook("export"));
    }
}

/// The day that its id begins with.
fn day_of(record: &Record) -> String {
    record.id.trim_end_matches("-made").to_owned()
}

fn step(key: usize, outcome: &'static str, service: &'static str) -> Made {
    Made { key, outcome, service, target: None, hurts: None, danger: false, keep: false, effect_after: None }
}

/// The runbook's steps, each as `key placement`.
fn placed(evidence: &Evidence, service: &str) -> Vec<String> {
    let runbook = evidence.runbook(service);
    runbook.steps.iter().map(|known| format!("{} {}", known.key, known.placement.word())).collect()
}

#[test]
fn what_is_later_than_the_moment_of_asking_is_left_out() {
    const INCIDENT: &str = "\
relato: 1
id: 2026-01-05-shop
timezone: UTC
status: resolved
title: {en: Shop down}
impacts:
  - {id: shop, service: search, started: 2026-01-05T10:00, detected: 2026-01-05T10:05, recovered: 2026-01-05T12:00, detection: {source: monitor}}
  - {id: late, service: workflow, started: 2026-01-05T11:00, recovered: 2026-01-05T12:00}
timeline:
  - {id: e0, at: 2026-01-05T10:10, type: step, impacts: [shop], step: {key: done, outcome: worked, took: 10m}}
  - {id: e1, at: 2026-01-05T10:20, type: step, impacts: [shop], step: {key: long, outcome: worked, took: 2h}}
  - {id: e2, at: 2026-01-05T10:20, until: 2026-01-05T11:20, type: step, impacts: [shop], step: {key: under-way, outcome: worked}}
  - {id: e3, order: 10, type: step, impacts: [shop], step: {key: then, outcome: worked}}
  - {id: e4, at: 2026-01-05T11:00, type: step, impacts: [shop], step: {key: later, outcome: worked}}
  - {id: e5, order: 20, type: step, impacts: [shop], step: {key: later-still, outcome: worked}}
  - {id: e6, at: {not_before: 2026-01-05T10:20, not_after: 2026-01-05T12:00}, type: step, impacts: [shop], step: {key: perhaps, outcome: worked}}
";
    let tree = Memory::new([
        ("incidents/2026/2026-01-05-shop.yaml".to_owned(), INCIDENT.to_owned()),
        ("services.yaml".to_owned(), SERVICES.to_owned()),
    ]);
    let at = |as_of: &str| records_at(&tree, as_of.parse().unwrap());
    assert_eq!(at("2026-01-04T23:59:59Z"), []);
    assert_eq!(at("2026-01-05T09:59:59Z"), []);
    let [record] = &at("2026-01-05T10:30:00Z")[..] else { panic!() };
    let keys: Vec<_> = record.attempts.iter().filter_map(|it| it.step.key.as_deref()).collect();
    assert_eq!(keys, ["done", "then", "perhaps"]);
    let [seen] = &record.seen[..] else { panic!("{:?}", record.seen) };
    assert!(seen.open && seen.ttr.is_none() && seen.noticed_by.is_some() && record.ongoing);
    let [record] = &at("2026-01-05T10:04:00Z")[..] else { panic!() };
    assert!(record.seen[0].noticed_by.is_none() && record.attempts.is_empty());
    assert_eq!(at("2026-01-05T12:20:00Z"), records_of(&tree));
}

#[test]
fn a_step_is_placed_by_what_it_did() {
    let check = |steps: &[Made], expected: &[&str]| {
        let evidence = Evidence::of(records(&[steps.to_vec()]));
        assert_eq!(placed(&evidence, "search"), expected, "{steps:?}");
    };
    let of = |key, outcome| step(key, outcome, "search");
    check(&[of(1, "worked")], &["k1 do_first"]);
    check(&[of(1, "partly")], &["k1 may_help"]);
    check(&[of(1, "unknown")], &["k1 not_recorded"]);
    check(&[of(1, "no_effect"), of(1, "unknown")], &["k1 without_effect"]);
    check(&[of(1, "failed")], &["k1 not_completed"]);
    check(&[of(1, "failed"), of(1, "unknown")], &["k1 not_completed"]);
    check(&[of(1, "failed"), of(1, "no_effect")], &["k1 without_effect"]);
    check(&[of(1, "failed"), of(1, "partly")], &["k1 may_help"]);
    check(&[of(1, "no_effect"), of(2, "failed")], &["k2 not_completed", "k1 without_effect"]);
    check(&[of(1, "worse")], &["k1 danger"]);
    check(&[of(1, "worked"), of(1, "worse")], &["k1 danger"]);
    check(&[Made { danger: true, ..of(1, "worked") }], &["k1 danger"]);
    check(&[Made { hurts: Some("workflow"), ..of(1, "worked") }], &["k1 danger"]);
    check(&[Made { hurts: Some("workflow"), keep: true, ..of(1, "worked") }], &["k1 do_first"]);
    // two of two before one of one, one of three last of those that worked
    check(
        &[
            of(1, "failed"),
            of(1, "failed"),
            of(1, "worked"),
            of(2, "worked"),
            of(3, "worked"),
            of(3, "worked"),
            of(0, "no_effect"),
        ],
        &["k3 do_first", "k2 do_first", "k1 do_first", "k0 without_effect"],
    );
    // of those alike, what shows sooner; then as they were done
    check(
        &[
            Made { effect_after: Some(30), ..of(2, "worked") },
            Made { effect_after: Some(5), ..of(1, "worked") },
        ],
        &["k1 do_first", "k2 do_first"],
    );
    check(&[of(2, "worked"), of(1, "worked")], &["k2 do_first", "k1 do_first"]);
}

#[test]
fn a_reason_to_keep_a_step_holds_until_it_harms_again() {
    let kept = Made { hurts: Some("workflow"), keep: true, ..step(1, "worked", "search") };
    let again = Made { keep: false, ..kept.clone() };
    let of = |incidents: &[Vec<Made>]| placed(&Evidence::of(records(incidents)), "search");
    assert_eq!(of(&[vec![kept.clone()]]), ["k1 do_first"]);
    assert_eq!(of(&[vec![kept.clone()], vec![again.clone()]]), ["k1 danger"]);
    assert_eq!(of(&[vec![again], vec![kept]]), ["k1 do_first"]);
}

#[test]
fn the_same_thing_done_to_the_same_unit_is_a_danger_for_every_service() {
    let harmful = Made { target: Some("farm"), ..step(1, "worse", "workflow") };
    let of = |other: Made| {
        let evidence = Evidence::of(records(&[vec![harmful.clone()], vec![other]]));
        let runbook = evidence.runbook("search");
        let harms = runbook.dangers.iter().map(|known| known.harms.len()).collect::<Vec<_>>();
        (placed(&evidence, "search"), harms, runbook.records.len())
    };
    // the incidents hit all three services
    let danger = (vec!["k1 danger".to_owned()], vec![1], 2);
    assert_eq!(of(Made { target: Some("farm"), ..step(1, "worked", "search") }), danger);
    let fine = (vec!["k1 do_first".to_owned()], Vec::<usize>::new(), 2);
    assert_eq!(of(Made { target: Some("cluster"), ..step(1, "worked", "search") }), fine);
    assert_eq!(of(step(1, "worked", "search")), fine);
    let other = (vec!["k2 do_first".to_owned()], Vec::<usize>::new(), 2);
    assert_eq!(of(Made { target: Some("farm"), ..step(2, "worked", "search") }), other);
}

#[test]
fn the_examples_say_what_their_sources_tell() {
    let own = WorkTree::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let evidence = Evidence::of(records_of(&own));
    let search = evidence.runbook("oms-search");
    assert_eq!(
        placed(&evidence, "oms-search"),
        [
            "build-new-search-cluster may_help",
            "reload-wave-1 may_help",
            "reload-wave-2 may_help",
            "restart-or-scale-search without_effect",
            "rebuild-search-from-scratch without_effect",
            "stop-worker-farm danger",
        ]
    );
    let workflow = evidence.runbook("order-workflow");
    for runbook in [&search, &workflow] {
        let [danger] = runbook.dangers.as_slice() else { panic!("{:?}", runbook.dangers) };
        assert_eq!((danger.key.as_str(), danger.endangered()), ("stop-worker-farm", vec!["order-workflow"]));
    }
    assert!(workflow.steps.is_empty(), "nobody did anything for it");
    let imports = evidence.runbook("orderdesk-order-import");
    let migration = imports.steps.iter().find(|known| known.key == "migrate-orders-id-bigint").unwrap();
    assert_eq!((migration.tally.worked, migration.tally.failed), (1, 2));
    let cost = migration.cost.unwrap();
    assert_eq!((cost.count, cost.range.min, cost.range.max), (2, 90 * 60, Some(10 * 3600 + 32 * 60)));
    let third = migration.attempts.last().unwrap();
    let between = third.record.attempts.get(third.attempt.between.clone()).unwrap();
    assert!(between.iter().any(|attempt| attempt.step.key.as_deref() == Some("enlarge-database-server")));
}
