//! What a workspace decides for itself: `relato.yaml` over the embedded defaults.

use super::{ConfiguredLevel, Level, Localized, Priority};
use crate::time::{Calendar, Date, Length, Zone};

/// The settings of a workspace. Every value has a default (format: *Configuration*; product: *Workspace*).
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The organisation.
    pub org: Organisation,
    /// The service classes, in the order of the file; `critical` and `non-critical` unless given.
    pub classes: Vec<Class>,
    /// Policy.
    pub policy: Policy,
    /// Service roles that only a critical service may have.
    pub critical_roles: Vec<String>,
    /// What must not reach public text.
    pub redaction: Redaction,
    /// Reporting regimes whose clocks are computed.
    pub packs: Vec<String>,
    /// What each regime needs to know of the organisation: regime → key → word.
    pub entities: Vec<Entity>,
    /// Levels changed by the workspace: rule → level.
    pub levels: Vec<(String, ConfiguredLevel)>,
    /// The address of a line in the repository: `{rev}`, `{path}`, `{line}` are filled in.
    pub repository_url: Option<String>,
    /// How documents look.
    pub brand: Brand,
    /// The status page.
    pub status_page: StatusPage,
    /// Further workspaces, answered together.
    pub include: Vec<String>,
    /// The targets that a whole build writes; `None` is all of them.
    pub targets: Option<Vec<String>>,
    /// Localized fields that need only the source language.
    pub not_translated: Vec<String>,
}

impl Settings {
    /// The class with this key.
    pub fn class(&self, key: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.key == key)
    }

    /// Whether services of this class are critical: their target is no longer than that of the class `critical`, or,
    /// where the workspace names its classes otherwise, than that of its strictest class. False for an unknown class.
    pub fn is_critical(&self, key: &str) -> bool {
        let targets = || self.classes.iter().map(Class::target_seconds);
        let critical = self.class("critical").map(Class::target_seconds).or_else(|| targets().min());
        self.class(key).is_some_and(|class| critical.is_some_and(|target| class.target_seconds() <= target))
    }
}

/// The organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// Its name; none by default.
    pub name: Option<String>,
    /// The zone of civil dates and of display; UTC by default. Never assumed for an incident's local times.
    pub zone: Zone,
    /// Its working days, own holidays included; none by default.
    pub calendar: Calendar,
    /// Its own holidays.
    pub extra_holidays: Vec<Holiday>,
    /// The languages every localized field needs, in order; never empty.
    pub languages: Vec<String>,
    /// The language the others are translated from; one of `languages`.
    pub source_language: String,
}

/// A day on which the organisation does not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// What it is called.
    pub name: Option<Localized>,
}

/// A service class and its targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: Localized,
    /// The target of TTR; equality meets it.
    pub recover_within: Length,
    /// The target of TTD.
    pub detect_within: Option<Length>,
    /// The target of TTM.
    pub mitigate_within: Option<Length>,
    /// The longest gap between the first signal and its recognition.
    pub recognise_within: Option<Length>,
    /// The levels that run the clock; `None` is every level.
    pub counts: Option<Vec<Level>>,
    /// The longest silence in a timeline.
    pub timeline_gap: Option<Length>,
    /// When the first post is due.
    pub first_post_within: Option<Length>,
    /// The rhythm of posts.
    pub update_every: Option<Length>,
    /// When the postmortem is due.
    pub postmortem_within: Option<Length>,
    /// How long an action of each priority may take.
    pub actions: ActionLimits,
}

impl Class {
    /// The target of TTR in seconds.
    pub fn target_seconds(&self) -> i64 {
        self.recover_within.seconds().unwrap_or(0)
    }

    /// Whether this level runs the clock.
    pub fn counts_level(&self, level: Level) -> bool {
        self.counts.as_ref().is_none_or(|levels| levels.contains(&level))
    }
}

/// How long an action of each priority may take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionLimits(pub Vec<(Priority, Length)>);

/// Policy values that rules read.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// A return within this window continues the same impact.
    pub reopen_window: Length,
    /// What counts as recurring.
    pub recurrence: Recurrence,
    /// How often a due date may move.
    pub slips_max: u32,
    /// The step to which lengths are rounded for display; verdicts use exact seconds.
    pub rounding: Length,
}

/// So many incidents of one cause within so long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// Within how long.
    pub window: Length,
    /// How many.
    pub count: u32,
}

/// What must not reach public text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redaction {
    /// Globs of internal hosts.
    pub hosts: Vec<String>,
    /// Prefixes of tracker keys.
    pub tracker_projects: Vec<String>,
    /// The file of names, relative to the workspace.
    pub people_registry: Option<String>,
}

/// What one regime needs to know of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The regime's pack.
    pub pack: String,
    /// Its answers, as words.
    pub answers: Vec<(String, String)>,
}

/// How documents look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// The name shown.
    pub name: Option<String>,
    /// A picture's path in the workspace.
    pub logo: Option<String>,
    /// The accent colour, `#rrggbb`.
    pub accent: Option<String>,
}

/// The status page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusPage {
    /// The zone its times are shown in.
    pub zone: Option<Zone>,
    /// Its address.
    pub url: Option<String>,
}
