//! The settings of a workspace that decides nothing for itself (format: *Configuration*; product: *Workspace*).

use crate::{
    model::{
        ActionLimits, Brand, Class, Localized, Organisation, Policy, Priority, Recurrence, Redaction,
        Settings, StatusPage,
    },
    time::{Calendar, Length, Zone},
};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The embedded settings: critical services recover within 10 minutes, non-critical ones within 4 hours.
pub fn settings() -> Settings {
    let seconds = |seconds| Some(Length::Seconds(seconds));
    let languages = languages();
    Settings {
        org: Organisation {
            name: None,
            zone: Zone::UTC,
            calendar: Calendar::none(),
            extra_holidays: Vec::new(),
            source_language: languages.first().cloned().unwrap_or_default(),
            languages,
        },
        classes: vec![
            Class {
                name: name("critical", "crítico"),
                detect_within: seconds(3 * MINUTE),
                recognise_within: seconds(15 * MINUTE),
                timeline_gap: seconds(60 * MINUTE),
                first_post_within: seconds(15 * MINUTE),
                update_every: seconds(30 * MINUTE),
                postmortem_within: Some(Length::BusinessDays(5)),
                actions: actions([7, 15, 30, 90]),
                ..class("critical", Length::Seconds(10 * MINUTE))
            },
            Class {
                name: name("non-critical", "não crítico"),
                detect_within: seconds(30 * MINUTE),
                recognise_within: seconds(HOUR),
                timeline_gap: seconds(4 * HOUR),
                first_post_within: seconds(60 * MINUTE),
                update_every: seconds(2 * HOUR),
                postmortem_within: Some(Length::BusinessDays(10)),
                actions: actions([15, 30, 60, 90]),
                ..class("non-critical", Length::Seconds(4 * HOUR))
            },
        ],
        policy: Policy {
            reopen_window: Length::Seconds(24 * HOUR),
            recurrence: Recurrence { window: Length::Seconds(180 * DAY), count: 2 },
            slips_max: 2,
            rounding: Length::Seconds(MINUTE),
        },
        critical_roles: Vec::new(),
        redaction: Redaction { people_registry: Some(super::PEOPLE_FILE.to_owned()), ..Redaction::default() },
        packs: Vec::new(),
        entities: Vec::new(),
        levels: Vec::new(),
        repository_url: None,
        brand: Brand::default(),
        status_page: StatusPage::default(),
        include: Vec::new(),
        targets: None,
        not_translated: Vec::new(),
    }
}

/// The languages of documents, the source language first.
pub(super) fn languages() -> Vec<String> {
    ["en", "pt-BR"].map(str::to_owned).to_vec()
}

/// A class with a target and nothing else; called by its key.
pub(super) fn class(key: &str, recover_within: Length) -> Class {
    Class {
        key: key.to_owned(),
        name: name(key, key),
        recover_within,
        detect_within: None,
        mitigate_within: None,
        recognise_within: None,
        counts: None,
        timeline_gap: None,
        first_post_within: None,
        update_every: None,
        postmortem_within: None,
        actions: ActionLimits::default(),
    }
}

fn name(en: &str, pt: &str) -> Localized {
    Localized::new(vec![("en".to_owned(), en.to_owned()), ("pt-BR".to_owned(), pt.to_owned())])
}

fn actions(days: [i64; 4]) -> ActionLimits {
    let priorities = [Priority::P0, Priority::P1, Priority::P2, Priority::P3];
    ActionLimits(priorities.into_iter().zip(days.map(|days| Length::Seconds(days * DAY))).collect())
}
