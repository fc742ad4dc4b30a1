//! Incidents kept in git: read, measured, judged and told.

pub mod language;
pub mod locate;
pub mod time;
