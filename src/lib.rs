//! Incidents kept in git: read, measured, judged and told.

pub mod finding;
pub mod format;
pub mod language;
pub mod locate;
pub mod measure;
pub mod model;
pub mod time;
