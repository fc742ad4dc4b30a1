//! Settings and catalogue, with single faults.

use super::*;

#[test]
fn settings_stand_over_the_defaults() {
    let read = |text: &str| {
        let (settings, faults) = super::super::settings(&format!("relato: 1\n{text}\n"), "relato.yaml");
        assert_eq!(faults, [], "{text}");
        settings
    };
    let default = defaults::settings();
    assert_eq!(read(""), default);
    let critical = &default.classes[0];
    assert_eq!((critical.key.as_str(), critical.recover_within), ("critical", Length::Seconds(600)));
    let one = read("classes: {critical: {recover_within: 5m, actions: {P1: 1d}}}");
    assert_eq!(one.classes[0].recover_within, Length::Seconds(300));
    assert_eq!(one.classes[0].detect_within, critical.detect_within);
    assert_eq!(one.classes[0].actions.0.len(), 4);
    assert_eq!(one.classes[0].actions.0[1].1, Length::Seconds(86_400));
    assert_eq!(one.classes[1], default.classes[1]);
    let own = read("classes: {gold: {recover_within: 1m}}");
    let keys: Vec<&str> = own.classes.iter().map(|class| class.key.as_str()).collect();
    assert_eq!(keys, ["gold", "critical", "non-critical"]);
    assert_eq!(own.classes[0].detect_within, None);
    let pt = read("org: {languages: [pt-BR, en]}");
    assert_eq!(pt.org.source_language, "pt-BR");
    assert_eq!(
        read("regulatory: {bcb: {internal_limit: 4h}}").entities[0].answers,
        [("internal_limit".into(), "4h".into())]
    );
}

#[test]
fn a_fault_of_the_settings_is_told_at_its_field() {
    let cases: Vec<(&str, &str, FaultKind)> = vec![
        ("org: {timezone: BRT}", "org.timezone", invalid("BRT", Expected::Zone, None)),
        (
            "org: {calendar: br}",
            "org.calendar",
            invalid("br", Expected::Calendar(&crate::time::Calendar::NAMES), None),
        ),
        (
            "org: {languages: [en, portuguese]}",
            "org.languages[1]",
            invalid("portuguese", Expected::Language, None),
        ),
        ("org: {source_language: es}", "org.source_language", invalid("es", Expected::Language, None)),
        ("org: {extra_holidays: [{name: a}]}", "org.extra_holidays[0]", missing("date")),
        ("classes: {gold: {detect_within: 1m}}", "classes.gold", missing("recover_within")),
        (
            "classes: {gold: {recover_within: 2bd}}",
            "classes.gold.recover_within",
            invalid("2bd", Expected::Length, None),
        ),
        (
            "classes: {critical: {counts: [dwon]}}",
            "classes.critical.counts[0]",
            invalid("dwon", Expected::OneOf(Level::WORDS), Some("down")),
        ),
        (
            "regulatory: {packs: [gpdr]}",
            "regulatory.packs[0]",
            invalid("gpdr", Expected::OneOf(regulation::PACKS), Some("gdpr")),
        ),
        (
            "rules: {severity: {a: of}}",
            "rules.severity.a",
            invalid("of", Expected::OneOf(model::ConfiguredLevel::WORDS), Some("off")),
        ),
        ("brand: {accent: green}", "brand.accent", invalid("green", Expected::Colour, None)),
        ("policy: {rounding: 1}", "policy.rounding", invalid("1", Expected::Length, None)),
    ];
    let mut wrong = Vec::new();
    for (text, field, kind) in cases {
        let (_, faults) = super::super::settings(&format!("relato: 1\n{text}\n"), "relato.yaml");
        if shown(&faults) != [(field.to_owned(), kind)] {
            wrong.push((text, faults));
        }
    }
    assert_eq!(wrong, []);
}

#[test]
fn a_fault_of_the_catalogue_is_told_at_its_field() {
    let cases: Vec<(&str, &str, FaultKind)> = vec![
        (
            "services: {a: {class: critcal}}",
            "services.a.class",
            unknown("critcal", Target::Class, Some("critical")),
        ),
        (
            "services: {a: {class_history: [{since: 2016-01-01, class: critcal}]}}",
            "services.a.class_history[0].class",
            unknown("critcal", Target::Class, Some("critical")),
        ),
        (
            "services: {a: {class: critical, class_history: [{class: critical}]}}",
            "services.a.class",
            FaultKind::DuplicateKey { key: "class".into() },
        ),
        ("services: {a: {owner: team:x}}", "services.a.owner", unknown("team:x", Target::Team, None)),
        ("services: {a: {runs_on: [farm]}}", "services.a.runs_on[0]", unknown("farm", Target::Infra, None)),
        (
            "services: {a: {depends_on: [{service: b}]}}",
            "services.a.depends_on[0].service",
            unknown("b", Target::Service, None),
        ),
        ("services: {a: {depends_on: [{kind: hard}]}}", "services.a.depends_on[0]", missing("service")),
        ("services: {a b: {class: critical}}", "services.a b", invalid("a b", Expected::Id, None)),
        ("services: {a: {limits: [{max: 1}]}}", "services.a.limits[0]", missing("id")),
        (
            "teams: {a: {calendar: us-fedral}}",
            "teams.a.calendar",
            invalid("us-fedral", Expected::Calendar(&crate::time::Calendar::NAMES), Some("us-federal")),
        ),
    ];
    let settings = defaults::settings();
    let mut wrong = Vec::new();
    for (text, field, kind) in cases {
        let (_, faults) = super::super::services(&format!("relato: 1\n{text}\n"), "services.yaml", &settings);
        if shown(&faults) != [(field.to_owned(), kind)] {
            wrong.push((text, faults));
        }
    }
    assert_eq!(wrong, []);
}

#[test]
fn the_short_form_of_a_class_was_always_in_force() {
    let (catalogue, faults) = super::super::services(
        "relato: 1\nservices: {a: {class: critical}}\n",
        "services.yaml",
        &defaults::settings(),
    );
    assert_eq!(faults, []);
    assert_eq!(
        catalogue.services[0].class_on(crate::time::read_date("1999-01-01").unwrap()),
        Some("critical")
    );
}
