//! `relato.yaml`: what a workspace decides for itself, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    collection::{List, Map},
    defaults,
    reader::{Reader, filled, is_id},
    regulation::{PACKS, known_pack},
    services::{calendar, calendars_or_null},
    value::{Date, Length, Localized, Text, Whole, Word},
};
use crate::{
    locate::Path,
    model::{self, ConfiguredLevel, ExpectedValue, FaultKind, Level, Priority},
};

/// The settings of a workspace. Every value has a default; the file may be left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["relato"]))]
pub struct Settings {
    /// The version of the format: `1`.
    #[schemars(extend("type" = "integer", "const" = 1))]
    pub relato: Option<Text>,
    /// The organisation.
    pub org: Option<Organisation>,
    /// Service classes by key; `critical` and `non-critical` are there unless changed.
    pub classes: Map<Class>,
    /// Policy.
    pub policy: Option<Policy>,
    /// Service roles that only a critical service may have, `order-closing`.
    pub critical_roles: List<Text>,
    /// What must not reach public text.
    pub redaction: Option<Redaction>,
    /// Reporting regimes.
    pub regulatory: Option<Regulatory>,
    /// Rules.
    pub rules: Option<Rules>,
    /// The address of a line in the repository, with `{rev}`, `{path}` and `{line}`.
    pub repository_url: Option<Text>,
    /// How documents look.
    pub brand: Option<Brand>,
    /// The status page.
    pub status_page: Option<StatusPage>,
    /// Further workspaces, answered together, `../payments-incidents`.
    pub include: List<Text>,
    /// The targets that `relato build` writes, by name; all of them unless given.
    pub targets: Option<List<Text>>,
    /// Fields that need only the source language.
    pub not_translated: List<Text>,
}

/// The organisation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Organisation {
    /// Its name.
    pub name: Option<Text>,
    /// The zone of civil dates and of display, an IANA name; `UTC` unless given.
    pub timezone: Option<Text>,
    /// Its working days: `br-national`, `br-banking`, `us-federal`, `none`.
    #[schemars(extend("enum" = calendars_or_null()))]
    pub calendar: Option<Text>,
    /// Its own holidays.
    pub extra_holidays: List<Holiday>,
    /// The languages that every text for readers needs, `[en, pt-BR]`.
    pub languages: List<Text>,
    /// The language the others are translated from; the first of `languages` unless given.
    pub source_language: Option<Text>,
}

/// A day on which the organisation does not work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["date"]))]
pub struct Holiday {
    /// The day, `2026-01-25`.
    pub date: Option<Date>,
    /// What it is called.
    pub name: Option<Localized>,
}

/// A service class and its targets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Class {
    /// What it is called.
    pub name: Option<Localized>,
    /// The target of the time to recover, `10m`.
    pub recover_within: Option<Length>,
    /// The target of the time to detect.
    pub detect_within: Option<Length>,
    /// The target of the time to mitigate.
    pub mitigate_within: Option<Length>,
    /// The longest gap between the first signal and its recognition.
    pub recognise_within: Option<Length>,
    /// The impact levels that run the clock; every level unless given.
    pub counts: Option<List<Word<Level>>>,
    /// The longest silence in a timeline.
    pub timeline_gap: Option<Length>,
    /// When the first post is due.
    pub first_post_within: Option<Length>,
    /// The rhythm of posts.
    pub update_every: Option<Length>,
    /// When the postmortem is due, `5bd` for business days.
    pub postmortem_within: Option<Length>,
    /// How long an action of each priority may take.
    pub actions: Option<ActionLimits>,
}

/// How long an action of each priority may take.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct ActionLimits {
    /// Stop-gaps against recurrence, `7d`.
    #[serde(rename = "P0")]
    pub p0: Option<Length>,
    /// Next.
    #[serde(rename = "P1")]
    pub p1: Option<Length>,
    /// Then.
    #[serde(rename = "P2")]
    pub p2: Option<Length>,
    /// Last.
    #[serde(rename = "P3")]
    pub p3: Option<Length>,
}

/// Policy values that rules read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Policy {
    /// A return within this window continues the same impact, `24h`.
    pub reopen_window: Option<Length>,
    /// What counts as recurring.
    pub recurrence: Option<Recurrence>,
    /// How often a due date may move.
    pub slips_max: Option<Whole>,
    /// The step to which lengths are rounded for display, `1m`; verdicts use exact seconds.
    pub rounding: Option<Length>,
}

/// What counts as recurring.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Recurrence {
    /// Within how long, `180d`.
    pub window: Option<Length>,
    /// How many incidents.
    pub count: Option<Whole>,
}

/// What must not reach public text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Redaction {
    /// Globs of internal hosts, `*.prod.internal`.
    pub hosts: List<Text>,
    /// Prefixes of tracker keys, `OMS`.
    pub tracker_projects: List<Text>,
    /// The file of names that must never reach public text; `people.yaml` unless given.
    pub people_registry: Option<Text>,
}

/// Reporting regimes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Regulatory {
    /// The regimes whose clocks are computed.
    #[schemars(extend("items" = serde_json::json!({ "enum": PACKS })))]
    pub packs: List<Text>,
    /// What each regime needs to know of the organisation, `{nis2: {kind: cloud_computing}}`.
    #[schemars(extend("additionalProperties" = answers()))]
    pub entity: Map<Map<Text>>,
    /// Banco Central do Brasil.
    pub bcb: Option<Bcb>,
}

/// Banco Central do Brasil, whose rule names no hours.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Bcb {
    /// The institution's own limit, `4h`.
    pub internal_limit: Option<Length>,
}

/// Rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Rules {
    /// Levels changed by the workspace, `{counterfactual: "off"}`.
    pub severity: Map<Word<ConfiguredLevel>>,
}

/// How documents look.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Brand {
    /// The name shown.
    pub name: Option<Text>,
    /// A picture's path in the workspace, `brand/logo.svg`.
    pub logo: Option<Text>,
    /// The accent colour, `#0b6e4f`.
    #[schemars(regex(pattern = "^#[0-9a-fA-F]{6}$"))]
    pub accent: Option<Text>,
}

/// The status page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct StatusPage {
    /// The zone its times are shown in, an IANA name.
    pub timezone: Option<Text>,
    /// Its address.
    pub url: Option<Text>,
}

/// The most languages that are read.
const LANGUAGES: usize = 64;

impl Settings {
    /// The languages every text for readers needs, and the one the others are translated from. Read first: every
    /// other text of the workspace is read with them.
    pub(super) fn languages(&self, reader: &mut Reader<'_>) -> (Vec<String>, String) {
        let org = self.org.clone().unwrap_or_default();
        let here = &Path::TOP.key("org");
        let listed = here.key("languages");
        let mut languages: Vec<String> = Vec::new();
        for (i, Text(tag)) in org.languages.0.into_iter().enumerate().take(LANGUAGES) {
            reader.language(&listed.at(i), &tag);
            match languages.contains(&tag) {
                true => reader.fault(&listed.at(i), FaultKind::DuplicateId { id: tag, other: None }),
                false if tag.trim().is_empty() => {}
                false => languages.push(tag),
            }
        }
        if languages.is_empty() {
            languages = defaults::languages();
        }
        let first = languages.first().cloned().unwrap_or_default();
        let source = match filled(org.source_language) {
            Some(tag) if languages.contains(&tag) => tag,
            Some(tag) => {
                let near = reader.near(&tag, languages.iter().map(String::as_str));
                reader.invalid(&here.key("source_language"), &tag, ExpectedValue::Language, near);
                first
            }
            None => first,
        };
        (languages, source)
    }

    /// The settings over the defaults, and what is wrong with its fields.
    pub(super) fn read(self, reader: &mut Reader<'_>) -> model::Settings {
        let top = &Path::TOP;
        let mut settings = defaults::settings();
        settings.org.languages = reader.languages.to_vec();
        settings.org.source_language.clone_from(&reader.source_language);
        if let Some(org) = self.org {
            org.read(&mut settings.org, reader, &top.key("org"));
        }
        settings.classes = classes(self.classes, settings.classes, reader, &top.key("classes"));
        if let Some(policy) = self.policy {
            policy.read(&mut settings.policy, reader, &top.key("policy"));
        }
        settings.critical_roles = reader.texts(top, "critical_roles", self.critical_roles);
        if let Some(redaction) = self.redaction {
            let here = &top.key("redaction");
            settings.redaction.hosts = reader.texts(here, "hosts", redaction.hosts);
            settings.redaction.tracker_projects =
                reader.texts(here, "tracker_projects", redaction.tracker_projects);
            let registry = filled(redaction.people_registry);
            settings.redaction.people_registry = registry.or(settings.redaction.people_registry);
        }
        if let Some(regulatory) = self.regulatory {
            (settings.packs, settings.entities) = regulatory.read(reader, &top.key("regulatory"));
        }
        if let Some(rules) = self.rules {
            let here = top.key("rules");
            let here = &here.key("severity");
            let severity = rules.severity.0.into_iter();
            let levels = severity.filter_map(|(rule, level)| {
                let level = reader.word_here(&here.key(&rule), &level.0)?;
                Some((rule, level))
            });
            settings.levels = levels.collect();
        }
        settings.repository_url = filled(self.repository_url);
        if let Some(brand) = self.brand {
            let accent = filled(brand.accent);
            if let Some(colour) = accent.as_deref().filter(|colour| !is_colour(colour)) {
                reader.invalid(&top.key("brand").key("accent"), colour, ExpectedValue::Colour, None);
            }
            settings.brand = model::Brand {
                name: filled(brand.name),
                logo: filled(brand.logo),
                accent: accent.filter(|colour| is_colour(colour)),
            };
        }
        if let Some(page) = self.status_page {
            let zone = reader.zone(&top.key("status_page"), "timezone", page.timezone);
            settings.status_page = model::StatusPage { zone, url: filled(page.url) };
        }
        settings.include = reader.texts(top, "include", self.include);
        settings.targets = self.targets.map(|targets| reader.texts(top, "targets", targets));
        settings.not_translated = reader.texts(top, "not_translated", self.not_translated);
        settings
    }
}

impl Organisation {
    fn read(self, org: &mut model::Organisation, reader: &mut Reader<'_>, at: &Path<'_>) {
        org.name = filled(self.name);
        if let Some(zone) = reader.zone(at, "timezone", self.timezone) {
            org.zone = zone;
        }
        let holidays = reader.each(at, "extra_holidays", self.extra_holidays, |holiday, reader, at| {
            if holiday.date.is_none() {
                reader.missing(at, "date");
            }
            let date = reader.date(at, "date", holiday.date)?;
            Some(model::Holiday { date, name: reader.localized(at, "name", holiday.name) })
        });
        org.extra_holidays = holidays.into_iter().flatten().collect();
        let calendar = calendar(self.calendar, reader, at).unwrap_or_else(|| org.calendar.clone());
        org.calendar = calendar.with_extra(org.extra_holidays.iter().map(|holiday| holiday.date));
    }
}

/// The classes of the file in its order, then the defaults it does not name.
fn classes(
    map: Map<Class>,
    mut defaults: Vec<model::Class>,
    reader: &mut Reader<'_>,
    here: &Path<'_>,
) -> Vec<model::Class> {
    let mut classes = Vec::new();
    for (key, class) in map.0 {
        let base = defaults.iter().position(|base| base.key == key).map(|at| defaults.remove(at));
        classes.extend(class.read(&key, base, reader, &here.key(&key)));
    }
    classes.append(&mut defaults);
    classes
}

impl Class {
    /// The class over the default of the same key. One of the organisation's own needs a target.
    fn read(
        self,
        key: &str,
        base: Option<model::Class>,
        reader: &mut Reader<'_>,
        at: &Path<'_>,
    ) -> Option<model::Class> {
        if !is_id(key) {
            reader.id_shape(at, key);
        }
        let named = self.recover_within.is_some();
        let recover_within = reader.length(at, "recover_within", self.recover_within);
        let mut class = match (base, recover_within) {
            (Some(base), recover_within) => {
                model::Class { recover_within: recover_within.unwrap_or(base.recover_within), ..base }
            }
            (None, Some(recover_within)) => defaults::class(key, recover_within),
            (None, None) => {
                if !named {
                    reader.missing(at, "recover_within");
                }
                return None;
            }
        };
        if let Some(name) = reader.localized(at, "name", self.name) {
            class.name = name;
        }
        class.detect_within = reader.length(at, "detect_within", self.detect_within).or(class.detect_within);
        class.mitigate_within =
            reader.length(at, "mitigate_within", self.mitigate_within).or(class.mitigate_within);
        class.recognise_within =
            reader.length(at, "recognise_within", self.recognise_within).or(class.recognise_within);
        if let Some(counts) = self.counts {
            class.counts = Some(reader.words(at, "counts", counts));
        }
        class.timeline_gap = reader.length(at, "timeline_gap", self.timeline_gap).or(class.timeline_gap);
        class.first_post_within =
            reader.length(at, "first_post_within", self.first_post_within).or(class.first_post_within);
        class.update_every = reader.length(at, "update_every", self.update_every).or(class.update_every);
        class.postmortem_within =
            reader.limit(at, "postmortem_within", self.postmortem_within).or(class.postmortem_within);
        if let Some(actions) = self.actions {
            actions.read(&mut class.actions, reader, &at.key("actions"));
        }
        Some(class)
    }
}

impl ActionLimits {
    fn read(self, limits: &mut model::ActionLimits, reader: &mut Reader<'_>, at: &Path<'_>) {
        let written = [
            (Priority::P0, self.p0),
            (Priority::P1, self.p1),
            (Priority::P2, self.p2),
            (Priority::P3, self.p3),
        ];
        for (priority, length) in written {
            let Some(length) = reader.limit(at, priority.word(), length) else { continue };
            limits.0.retain(|(known, _)| *known != priority);
            limits.0.push((priority, length));
        }
        limits.0.sort_by_key(|(priority, _)| *priority);
    }
}

impl Policy {
    fn read(self, policy: &mut model::Policy, reader: &mut Reader<'_>, at: &Path<'_>) {
        if let Some(window) = reader.length(at, "reopen_window", self.reopen_window) {
            policy.reopen_window = window;
        }
        if let Some(recurrence) = self.recurrence {
            let here = &at.key("recurrence");
            if let Some(window) = reader.length(here, "window", recurrence.window) {
                policy.recurrence.window = window;
            }
            if let Some(count) = recurrence.count {
                policy.recurrence.count = u32::try_from(count.0).unwrap_or(u32::MAX);
            }
        }
        if let Some(slips) = self.slips_max {
            policy.slips_max = u32::try_from(slips.0).unwrap_or(u32::MAX);
        }
        if let Some(rounding) = reader.length(at, "rounding", self.rounding) {
            policy.rounding = rounding;
        }
    }
}

impl Regulatory {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> (Vec<String>, Vec<model::Entity>) {
        let packs = reader.texts(at, "packs", self.packs);
        let here = at.key("packs");
        for (i, pack) in packs.iter().enumerate() {
            known_pack(pack, reader, &here.at(i));
        }
        let mut entities = reader.entries(at, "entity", self.entity, |pack, answers, reader, at| {
            known_pack(&pack, reader, at);
            let answers = answers.0.into_iter().map(|(key, answer)| (key, answer.0)).collect();
            model::Entity { pack, answers }
        });
        let limit =
            self.bcb.and_then(|bcb| reader.length(&at.key("bcb"), "internal_limit", bcb.internal_limit));
        if let Some(limit) = limit {
            let answer = ("internal_limit".to_owned(), limit.to_string());
            match entities.iter_mut().find(|entity| entity.pack == "bcb") {
                Some(entity) => entity.answers.push(answer),
                None => entities.push(model::Entity { pack: "bcb".to_owned(), answers: vec![answer] }),
            }
        }
        (packs, entities)
    }
}

/// The answers of one regime, for the schema.
fn answers() -> serde_json::Value {
    let answer = serde_json::json!({ "type": ["string", "number", "boolean"] });
    serde_json::json!({ "type": ["object", "null"], "additionalProperties": answer })
}

/// `#rrggbb`.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}
