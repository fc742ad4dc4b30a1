//! The classes of services, as each commit of `services.yaml` had them.

use serde::{Deserialize, Serialize};

use super::{At, stored};
use crate::{
    format,
    model::{Catalogue, ClassSince, Settings},
    time::Date,
};

/// The classes of one service from a commit on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassVersion {
    /// The service's id.
    pub service: String,
    /// The commit that wrote them.
    pub at: At,
    /// The classes, each from a date on, in the order of the file; empty when the service is gone.
    pub classes: Vec<Since>,
}

/// A class from a date on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// From this day on; `None` since ever.
    #[serde(with = "stored::day")]
    pub since: Option<Date>,
    /// The class's key.
    pub class: String,
}

impl ClassVersion {
    /// The class in force on `date`: the entry with the latest `since` that is not after it.
    pub fn class_on(&self, date: Date) -> Option<&str> {
        let begun = self.classes.iter().filter(|entry| entry.since.is_none_or(|since| since <= date));
        begun.max_by_key(|entry| entry.since).map(|entry| entry.class.as_str())
    }
}

/// The classes of every service of a catalogue as written; `None` when it cannot be read.
pub fn class_versions(bytes: Vec<u8>, settings: &Settings) -> Option<Vec<(String, Vec<Since>)>> {
    let text = format::text(bytes).ok()?;
    let (catalogue, _) = format::services(&text, "", settings);
    catalogue.present.then(|| of(&catalogue))
}

fn of(catalogue: &Catalogue) -> Vec<(String, Vec<Since>)> {
    let since = |entry: &ClassSince| Since { since: entry.since, class: entry.class.clone() };
    let services = catalogue.services.iter();
    services.map(|service| (service.id.clone(), service.classes.iter().map(since).collect())).collect()
}
