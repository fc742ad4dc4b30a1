//! The files of the format, whole and with single faults.

mod schemas;
mod workspace;

use std::collections::BTreeSet;

use serde_json::Value as Json;
use serde_yaml::Value;

use super::*;
use crate::{
    model::{Catalogue, ExpectedValue as Expected, Level, Settings, Target},
    time::{Length, TimePoint},
};

const VTEX: &str = include_str!("fixture/2017-11-10-oms.yaml");
const VTEX_SERVICES: &str = include_str!("fixture/services.yaml");
const VTEX_SETTINGS: &str = include_str!("fixture/relato.yaml");
const VTEX_GLOSSARY: &str = include_str!("fixture/glossary.yaml");
const EVERYTHING: &str = include_str!("fixture/2022-12-18-everything.yaml");
const EVERY_SETTING: &str = include_str!("fixture/every-setting.yaml");
const EVERY_SERVICE: &str = include_str!("fixture/every-service.yaml");
const EVERY_TERM: &str = include_str!("fixture/every-term.yaml");
const EVERY_PERSON: &str = include_str!("fixture/every-person.yaml");

const SMALLEST: &str = "\
relato: 1
id: 2022-12-18-order-imports
timezone: America/New_York
status: resolved
title: {en: Order imports stopped, pt-BR: Importação de pedidos parada}
impacts:
  - service: order-import
    class: critical
    started: 2022-12-18T16:20
    detected: 2022-12-18T20:00
    recovered: 2022-12-19T18:08
";

fn workspace(settings: &Settings, catalogue: &Catalogue) -> Workspace {
    Workspace {
        languages: settings.org.languages.clone(),
        source_language: settings.org.source_language.clone(),
        names: Names::of(catalogue),
    }
}

/// Reads an incident of a workspace with this `services.yaml`.
fn read(text: &str, stem: &str, services: Option<&str>) -> (Option<model::Incident>, Vec<Fault>) {
    let settings = defaults::settings();
    let catalogue = match services {
        Some(text) => {
            let (catalogue, faults) = super::services(text, "services.yaml", &settings);
            assert_eq!(faults, [], "{text}");
            catalogue
        }
        None => Catalogue::default(),
    };
    let (written, faults) = parse(text);
    let file = format!("incidents/{stem}.yaml");
    match written {
        Some(written) => incident(written, faults, &file, stem, &workspace(&settings, &catalogue), None),
        None => (None, all(faults, Vec::new(), &file)),
    }
}

fn shown(faults: &[Fault]) -> Vec<(String, FaultKind)> {
    let told = faults.iter().map(|fault| {
        let kind = match fault.kind.clone() {
            // which keys there are is told by the schema
            FaultKind::UnknownKey { key, near, .. } => FaultKind::UnknownKey { key, near, known: &[] },
            kind => kind,
        };
        (fault.field.to_string(), kind)
    });
    told.collect()
}

#[test]
fn the_smallest_incident_is_read() {
    let (incident, faults) = read(SMALLEST, "2022-12-18-order-imports", None);
    assert_eq!(faults, []);
    let incident = incident.unwrap();
    let impact = &incident.impacts[0];
    assert_eq!((impact.id.as_str(), impact.level), ("order-import", Level::Down));
    assert_eq!(impact.class.as_deref(), Some("critical"));
    assert_eq!(
        impact.recovered.as_ref().unwrap().interval().exactly().unwrap().to_string(),
        "2022-12-19 23:08:00 UTC"
    );
    assert_eq!(incident.title.get("pt-BR"), Some("Importação de pedidos parada"));
}

#[test]
fn the_whole_sample_of_the_format_is_read() {
    let (settings, faults) = super::settings(VTEX_SETTINGS, "relato.yaml");
    assert_eq!(faults, []);
    let (catalogue, faults) = super::services(VTEX_SERVICES, "services.yaml", &settings);
    assert_eq!(faults, []);
    let (glossary, faults) = super::glossary(VTEX_GLOSSARY, "glossary.yaml", &settings);
    assert_eq!(faults, []);
    assert_eq!((glossary.terms.len(), glossary.acronyms.len(), glossary.do_not_translate.len()), (16, 2, 7));
    assert_eq!(catalogue.service("checkout").unwrap().only_class(), Some("critical"));
    let (written, faults) = parse(VTEX);
    let (incident, faults) = incident(
        written.unwrap(),
        faults,
        "incidents/2017-11-10-oms.yaml",
        "2017-11-10-oms",
        &workspace(&settings, &catalogue),
        Some(&[]),
    );
    assert_eq!(faults, []);
    let incident = incident.unwrap();
    let counts =
        [incident.impacts.len(), incident.timeline.len(), incident.causes.len(), incident.actions.len()];
    assert_eq!(counts, [3, 10, 4, 11]);
    assert_eq!(incident.impacts[0].recovered, Some(TimePoint::Open));
    assert!(matches!(incident.impacts[2].mitigated, Some(TimePoint::Day(..))));
    assert_eq!(incident.impacts[0].residual.as_ref().unwrap().accepted_by, None);
}

#[test]
fn every_field_is_read_without_fault_and_arrives_in_the_model() {
    let none = defaults::settings();
    let other = "2000-01-01-another";
    arrives(EVERYTHING, |text| {
        let (incident, faults) = read(text, other, None);
        let faults =
            faults.into_iter().filter(|fault| !matches!(fault.kind, FaultKind::IdIsNotFileName { .. }));
        (incident, faults.collect())
    });
    arrives(EVERY_SETTING, |text| super::settings(text, "relato.yaml"));
    arrives(EVERY_SERVICE, |text| super::services(text, "services.yaml", &none));
    arrives(EVERY_TERM, |text| super::glossary(text, "glossary.yaml", &none));
    arrives(EVERY_PERSON, |text| super::people(text, "people.yaml", &none));
}

/// Leaving any key or item out changes what is read.
fn arrives<M: PartialEq + std::fmt::Debug>(text: &str, read: impl Fn(&str) -> (M, Vec<Fault>)) {
    let (whole, faults) = read(text);
    assert_eq!(faults, []);
    let value: Value = serde_yaml::from_str(text).unwrap();
    let mut paths = Vec::new();
    each_path(&value, &mut Vec::new(), &mut paths);
    assert!(paths.len() > 5);
    for path in paths {
        let mut less = value.clone();
        remove(&mut less, &path);
        let (less, _) = read(&serde_yaml::to_string(&less).unwrap());
        if path == ["relato"] {
            continue;
        }
        assert!(less != whole, "{} does not arrive in the model", path.join("."));
    }
}

fn each_path(value: &Value, here: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Mapping(map) => map.iter().map(|(k, v)| (k.as_str().unwrap().to_owned(), v)).collect(),
        Value::Sequence(list) => list.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        _ => return,
    };
    for (key, child) in children {
        here.push(key);
        paths.push(here.clone());
        each_path(child, here, paths);
        here.pop();
    }
}

fn remove(value: &mut Value, path: &[String]) {
    let (first, rest) = path.split_first().unwrap();
    match value {
        Value::Mapping(map) if rest.is_empty() => {
            map.remove(first.as_str());
        }
        Value::Mapping(map) => remove(map.get_mut(first.as_str()).unwrap(), rest),
        Value::Sequence(list) if rest.is_empty() => {
            list.remove(first.parse::<usize>().unwrap());
        }
        Value::Sequence(list) => remove(&mut list[first.parse::<usize>().unwrap()], rest),
        _ => panic!("no such path"),
    }
}

#[test]
fn what_is_stored_is_what_was_read() {
    for text in [SMALLEST, VTEX, EVERYTHING] {
        let written = parse(text).0.unwrap();
        let stored = postcard::to_stdvec(&written).unwrap();
        assert_eq!(postcard::from_bytes::<Incident>(&stored).unwrap(), written);
        // and what is written out again reads the same
        let again = serde_yaml::to_string(&written).unwrap();
        assert_eq!(parse(&again).0.unwrap(), written);
        let json = serde_json::to_string(&written).unwrap();
        assert_eq!(serde_json::from_str::<Incident>(&json).unwrap(), written);
    }
}

#[test]
fn short_forms_are_equal_to_long_forms() {
    let top = "relato: 1\nid: 2022-12-18-x\nstatus: resolved\ntimezone: UTC\n";
    for (short, long) in [
        ("title: Plain", "title: {en: Plain}"),
        ("title: 500", "title: {en: '500'}"),
        (
            "title: {en: a}\nsource_language: pt-BR\nsummary: b",
            "title: {en: a}\nsource_language: pt-BR\nsummary: {pt-BR: b}",
        ),
        ("title: a", "title: {en: a}\nkind: incident\nimpacts: []\ntimeline: null\nsummary: ''"),
        (
            "title: a\nimpacts: [{service: s}]",
            "title: a\nimpacts: [{id: s, service: s, level: down, segments: ~}]",
        ),
        (
            "title: a\nimpacts: [{service: s, started: ~2019-12-05T17:00+01:00 ±15m}]",
            "title: a\nimpacts: [{service: s, started: {about: 2019-12-05T17:00+01:00, plus_minus: 15m}}]",
        ),
        (
            "title: a\nimpacts: [{service: s, started: 2017-11-14}]",
            "title: a\nimpacts: [{service: s, started: {day: 2017-11-14}}]",
        ),
        (
            "title: a\nimpacts: [{service: s, stated: {recover: ~20h ±30m}}]",
            "title: a\nimpacts: [{service: s, stated: {recover: {about: 20h, plus_minus: 30m}}}]",
        ),
        (
            "title: a\ntimeline: [{text: b}]",
            "title: a\ntimeline: [{text: {en: b}, type: note, visibility: internal}]",
        ),
    ] {
        let [short, long] = [short, long].map(|text| read(&format!("{top}{text}\n"), "2022-12-18-x", None));
        assert_eq!(shown(&short.1), []);
        assert_eq!(short, long);
    }
}

fn near_to(value: &str, word: &str) -> model::Near {
    // what is written in another way, and is no slip of the pen
    let same = [("31/01/2023", "2023-01-31"), ("yes", "true"), ("checkout", "service:checkout")];
    // an id in capitals, in a file of another name, is nobody's slip
    let sure = !value.ends_with('X') && super::near::is_slip(value, word) || same.contains(&(value, word));
    model::Near { word: word.to_owned(), sure }
}

fn invalid(value: &str, expected: Expected, near: Option<&str>) -> FaultKind {
    FaultKind::Invalid { value: value.to_owned(), expected, near: near.map(|word| near_to(value, word)) }
}

fn missing(key: &str) -> FaultKind {
    FaultKind::Missing { key: key.to_owned() }
}

fn unknown(value: &str, target: Target, near: Option<&str>) -> FaultKind {
    FaultKind::UnknownReference {
        value: value.to_owned(),
        target,
        near: near.map(|word| near_to(value, word)),
    }
}

#[test]
fn a_fault_of_an_incident_is_told_at_its_field() {
    let level = || Expected::OneOf(Level::WORDS);
    let cases: Vec<(&str, &str, FaultKind)> = vec![
        (
            "timezone: America/Sao_Paolo",
            "timezone",
            invalid("America/Sao_Paolo", Expected::Zone, Some("America/Sao_Paulo")),
        ),
        ("source_language: es", "source_language", invalid("es", Expected::Language, None)),
        ("summary: {pt-br: a}", "summary.pt-br", invalid("pt-br", Expected::Language, Some("pt-BR"))),
        ("summary: {english: a}", "summary.english", invalid("english", Expected::Language, None)),
        ("impacts: [{level: down}]", "impacts[0]", missing("service")),
        (
            "impacts: [{service: checkout, level: dwon}]",
            "impacts[0].level",
            invalid("dwon", level(), Some("down")),
        ),
        ("impacts: [{service: checkout, id: a b}]", "impacts[0].id", invalid("a b", Expected::Id, None)),
        (
            "impacts: [{service: checkout}, {service: checkout}]",
            "impacts[1].id",
            FaultKind::DuplicateId { id: "checkout".into(), other: None },
        ),
        (
            "impacts: [{service: checkout, started: open}]",
            "impacts[0].started",
            invalid("open", Expected::Moment, None),
        ),
        (
            "impacts: [{service: checkout, started: {about: 2022-12-18T10:00Z, day: 2022-12-18}}]",
            "impacts[0].started",
            invalid("{about, day}", Expected::Moment, None),
        ),
        (
            "impacts: [{service: checkout, started: {about: 2022-12-18T10:00Z, plus_minus: 5 min}}]",
            "impacts[0].started.plus_minus",
            invalid("5 min", Expected::Length, None),
        ),
        (
            "impacts: [{service: checkout, started: {}}]",
            "impacts[0].started",
            invalid("{}", Expected::Moment, None),
        ),
        (
            "impacts: [{service: checkout, stated: {recover: about 6h}}]",
            "impacts[0].stated.recover",
            invalid("about 6h", Expected::StatedLength, None),
        ),
        (
            "impacts: [{service: checkout, stated: {recover: {min: 2h, max: 1h}}}]",
            "impacts[0].stated.recover",
            invalid("{min, max}", Expected::StatedLength, None),
        ),
        (
            "impacts: [{service: checkout, users: {percent: 120}}]",
            "impacts[0].users.percent",
            invalid("120", Expected::Number, None),
        ),
        (
            "impacts: [{service: checkout, users: {count: {plus_minus: 2}}}]",
            "impacts[0].users.count",
            missing("about"),
        ),
        (
            "impacts: [{service: checkout, residual: {until: 31/01/2023}}]",
            "impacts[0].residual.until",
            invalid("31/01/2023", Expected::Date, Some("2023-01-31")),
        ),
        ("impacts: [{service: checkout, via: [{users: 1}]}]", "impacts[0].via[0]", missing("use")),
        (
            "impacts: [{service: checkout, caused_by: e1}]",
            "impacts[0].caused_by",
            unknown("e1", Target::Event, None),
        ),
        ("unaffected: [chekout]", "unaffected[0]", unknown("chekout", Target::Service, Some("checkout"))),
        ("unaffected: [checkout, null]", "unaffected[1]", invalid("", Expected::Text, None)),
        ("timeline: [{at: unknown}]", "timeline[0]", missing("text")),
        (
            "timeline: [{text: a, type: stpe}]",
            "timeline[0].type",
            invalid("stpe", Expected::OneOf(model::EventType::WORDS), Some("step")),
        ),
        (
            "timeline: [{text: a, impacts: [search]}]",
            "timeline[0].impacts[0]",
            unknown("search", Target::Impact, None),
        ),
        (
            "timeline: [{text: a, effects: {checkuot: down}}]",
            "timeline[0].effects.checkuot",
            unknown("checkuot", Target::Service, Some("checkout")),
        ),
        (
            "timeline: [{text: a, effects: {checkout: dead}}]",
            "timeline[0].effects.checkout",
            invalid("dead", Expected::OneOf(model::Effect::WORDS), None),
        ),
        (
            "timeline: [{id: e1, text: a}, {id: e1, text: b}]",
            "timeline[1].id",
            FaultKind::DuplicateId { id: "e1".into(), other: None },
        ),
        (
            "timeline: [{step: {target: infra:oms-worker}}]",
            "timeline[0].step.target",
            unknown("infra:oms-worker", Target::Infra, Some("infra:oms-workers")),
        ),
        (
            "timeline: [{step: {target: checkout}}]",
            "timeline[0].step.target",
            unknown("checkout", Target::Infra, Some("service:checkout")),
        ),
        (
            "timeline: [{step: {hazard: {affects: [chekout]}}}]",
            "timeline[0].step.hazard.affects[0]",
            unknown("chekout", Target::Service, Some("checkout")),
        ),
        (
            "timeline: [{step: {verify: {within: 5bd}}}]",
            "timeline[0].step.verify.within",
            invalid("5bd", Expected::Length, None),
        ),
        ("causes: [{role: root}]", "causes[0]", missing("id")),
        ("causes: [{id: c1, leads_to: [c2]}]", "causes[0].leads_to[0]", unknown("c2", Target::Cause, None)),
        ("causes: [{id: c1, impacts: [a]}]", "causes[0].impacts[0]", unknown("a", Target::Impact, None)),
        (
            "causes: [{id: c1, evidence: [{kind: document, ref: s-ne}]}]\nsources: [{id: s-en}]",
            "causes[0].evidence[0].ref",
            unknown("s-ne", Target::Source, Some("s-en")),
        ),
        ("actions: [{title: a}]", "actions[0]", missing("id")),
        ("actions: [{id: A1}]", "actions[0]", missing("title")),
        (
            "actions: [{id: A1, title: a, due: 2022-13-01}]",
            "actions[0].due",
            invalid("2022-13-01", Expected::Date, None),
        ),
        (
            "actions: [{id: A1, title: a, addresses: [c-1]}]",
            "actions[0].addresses[0]",
            unknown("c-1", Target::ImpactOrCause, None),
        ),
        (
            "actions: [{id: A1, title: a, team: omx}]",
            "actions[0].team",
            unknown("omx", Target::Team, Some("oms")),
        ),
        (
            "actions: [{id: A1, title: a, owner: team:omx}]",
            "actions[0].owner",
            unknown("team:omx", Target::Team, Some("team:oms")),
        ),
        (
            "actions: [{id: A1, title: a, contributors: [team:omx]}]",
            "actions[0].contributors[0]",
            unknown("team:omx", Target::Team, Some("team:oms")),
        ),
        ("comms: [{commitments: [A1]}]", "comms[0].commitments[0]", unknown("A1", Target::Action, None)),
        (
            "comms: [{services: [chekout]}]",
            "comms[0].services[0]",
            unknown("chekout", Target::Service, Some("checkout")),
        ),
        (
            "maintenance: {services: [chekout]}",
            "maintenance.services[0]",
            unknown("chekout", Target::Service, Some("checkout")),
        ),
        (
            "regulatory: {submissions: [{pack: gpdr}]}",
            "regulatory.submissions[0].pack",
            invalid("gpdr", Expected::OneOf(regulation::PACKS), Some("gdpr")),
        ),
        ("waivers: [{target: a}]", "waivers[0]", missing("rule")),
        (
            "translation: {pt_BR: {}}",
            "translation.pt_BR",
            invalid("pt_BR", Expected::Language, Some("pt-BR")),
        ),
    ];
    let mut wrong = Vec::new();
    for (text, field, kind) in cases {
        let text = format!("relato: 1\nid: 2022-12-18-x\nstatus: open\ntitle: a\n{text}\n");
        let (incident, faults) = read(&text, "2022-12-18-x", Some(VTEX_SERVICES));
        assert!(incident.is_some(), "{text}");
        if shown(&faults) != [(field.to_owned(), kind)] {
            wrong.push((text, faults));
        }
    }
    assert_eq!(wrong, []);
}

#[test]
fn the_head_of_an_incident_is_checked() {
    let id = |value: &str, near| ("id".to_owned(), invalid(value, Expected::IncidentId, near));
    for (text, faults, name) in [
        (
            "status: open",
            vec![
                (String::new(), missing("relato")),
                (String::new(), missing("id")),
                (String::new(), missing("title")),
            ],
            "stem",
        ),
        (
            "relato: 1\nid: 2022-12-18-X\nstatus: open\ntitle: a",
            vec![id("2022-12-18-X", Some("2022-12-18-x"))],
            "stem",
        ),
        ("relato: 1\nid: 2022-02-30-x\nstatus: open\ntitle: a", vec![id("2022-02-30-x", None)], "stem"),
        ("relato: 1\nid: outage\nstatus: open\ntitle: a", vec![id("outage", None)], "stem"),
        ("relato: 1\nid: 2022-12-18-\nstatus: open\ntitle: a", vec![id("2022-12-18-", None)], "stem"),
        (
            "relato: 1\nid: 2022-12-18-x\nstatus: open\ntitle: a",
            vec![(
                "id".to_owned(),
                FaultKind::IdIsNotFileName { id: "2022-12-18-x".into(), stem: "stem".into() },
            )],
            "2022-12-18-x",
        ),
        (
            "relato: one\nid: outage\nstatus: open\ntitle: a",
            vec![("relato".to_owned(), invalid("one", Expected::Whole, Some("1"))), id("outage", None)],
            "stem",
        ),
    ] {
        let (incident, found) = read(&format!("{text}\n"), "stem", None);
        assert_eq!(shown(&found), faults, "{text}");
        assert_eq!(incident.unwrap().id, name, "{text}");
    }
    let (_, faults) = read("relato: 1\nid: 2022-12-18-x\nstatus: resolve\ntitle: a\n", "2022-12-18-x", None);
    let known = invalid("resolve", Expected::OneOf(model::Status::WORDS), Some("resolved"));
    assert_eq!(shown(&faults), [("status".to_owned(), known)]);
    let (_, faults) = read("relato: 1\nid: 2022-12-18-x\ntitle: a\n", "2022-12-18-x", None);
    assert_eq!(shown(&faults), [(String::new(), missing("status"))]);
    let newer = FaultKind::NewerSchema { found: "2".into(), known: 1 };
    let (incident, faults) = read("relato: 2\nid: what\n", "stem", None);
    assert_eq!((incident, shown(&faults)), (None, vec![("relato".to_owned(), newer)]));
}

#[test]
fn what_the_text_phase_left_out_is_told_once() {
    let cases: Vec<(&str, &str, FaultKind)> = vec![
        (
            "impcats: []",
            "impcats",
            FaultKind::UnknownKey {
                key: "impcats".into(),
                near: Some(near_to("impcats", "impacts")),
                known: &[],
            },
        ),
        ("summary: {en: a, en: b}", "summary.en", FaultKind::DuplicateKey { key: "en".into() }),
        ("impacts: none", "impacts", invalid("none", Expected::List, None)),
        ("impacts: [none]", "impacts[0]", invalid("none", Expected::Mapping, None)),
        ("impacts: [{service: {id: a}}]", "impacts[0].service", invalid("{id: a}", Expected::Text, None)),
        ("actions: [{id: A1, title: [a]}]", "actions[0].title", invalid("[a]", Expected::Localized, None)),
        ("timeline: [{text: [a]}]", "timeline[0].text", invalid("[a]", Expected::Localized, None)),
        ("timeline: [{text: a, order: -1}]", "timeline[0].order", invalid("-1", Expected::Whole, None)),
        (
            "timeline: [{text: a, quiet: yes}]",
            "timeline[0].quiet",
            invalid("yes", Expected::YesNo, Some("true")),
        ),
        ("closed_at: [2022-12-18]", "closed_at", invalid("[2022-12-18]", Expected::Moment, None)),
        (
            "closed_at: {at: 2022-12-18}",
            "closed_at.at",
            FaultKind::UnknownKey { key: "at".into(), near: None, known: &[] },
        ),
        ("reviews: [{date: [a]}]", "reviews[0].date", invalid("[a]", Expected::Date, None)),
        (
            "regulatory: {cross_border: maybe}",
            "regulatory.cross_border",
            invalid("maybe", Expected::Tristate, None),
        ),
        (
            "regulatory: {personal_data: {subjects: few}}",
            "regulatory.personal_data.subjects",
            invalid("few", Expected::Count, None),
        ),
        (
            "impacts: [{service: checkout, users: {percent: half}}]",
            "impacts[0].users.percent",
            invalid("half", Expected::Number, None),
        ),
        (
            "impacts: [{service: checkout, stated: {recover: [1h]}}]",
            "impacts[0].stated.recover",
            invalid("[1h]", Expected::StatedLength, None),
        ),
    ];
    let mut wrong = Vec::new();
    for (text, field, kind) in cases {
        let text = format!("relato: 1\nid: 2022-12-18-x\nstatus: open\ntitle: a\n{text}\n");
        let (incident, faults) = read(&text, "2022-12-18-x", Some(VTEX_SERVICES));
        assert!(incident.is_some(), "{text}");
        if shown(&faults) != [(field.to_owned(), kind)] || faults.iter().any(|fault| fault.spot.is_none()) {
            wrong.push((text, faults));
        }
    }
    assert_eq!(wrong, []);
}

#[test]
fn keys_that_begin_with_x_are_free_everywhere() {
    let plain = read(SMALLEST, "2022-12-18-order-imports", None);
    let text = SMALLEST
        .replace("relato: 1", "relato: 1\nx-top: {a: [1]}")
        .replace("title: {", "title: {x-title: [], ")
        .replace("- service", "- x-impact: ~\n    service");
    assert_ne!(text, SMALLEST);
    assert_eq!(read(&text, "2022-12-18-order-imports", None), plain);
}

#[test]
fn a_moment_that_cannot_be_read_is_no_fault_and_stays() {
    let text = "relato: 1\nid: 2022-12-18-x\nstatus: open\ntitle: a\nimpacts: [{service: s, started: 20221218, detected: 2022-12-18T10:00}]\n";
    let (incident, faults) = read(text, "2022-12-18-x", None);
    assert_eq!(faults, []);
    let impact = &incident.unwrap().impacts[0];
    let not_a_moment = crate::time::Unreadable::NotAMoment { value: "20221218".into() };
    assert_eq!(impact.started, Some(TimePoint::Unreadable(not_a_moment)));
    let no_offset = crate::time::Unreadable::NoOffset { value: "2022-12-18T10:00".into() };
    assert_eq!(impact.detected, Some(TimePoint::Unreadable(no_offset)));
}

#[test]
fn a_slip_in_the_zone_does_not_make_every_moment_unreadable() {
    let text = SMALLEST.replace("New_York", "New_Yrok");
    let (incident, faults) = read(&text, "2022-12-18-order-imports", None);
    assert_eq!(faults.len(), 1);
    assert_eq!(incident, read(SMALLEST, "2022-12-18-order-imports", None).0);
}

#[test]
fn hostile_files_are_read_in_bounded_time() {
    let ids: String = (0..30_000).map(|i| format!("i{i}, ")).collect();
    let keys: String = (0..30_000).map(|i| format!("k{i}: a, ")).collect();
    for part in [
        format!("unaffected: [{ids}]"),
        format!("timeline: [{{text: a, impacts: [{ids}]}}]"),
        format!("summary: {{{keys}}}"),
        format!("translation: {{pt-BR: {{source_hashes: {{{keys}}}}}}}"),
        format!("status: {}", "x".repeat(500_000)),
    ] {
        let text = format!("relato: 1\nid: 2022-12-18-x\nstatus: open\ntitle: a\n{part}\n");
        let (incident, faults) = read(&text, "2022-12-18-x", Some(VTEX_SERVICES));
        assert!(incident.is_some() && faults.len() <= 1_000);
    }
}
