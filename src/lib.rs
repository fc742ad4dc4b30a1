//! Incidents kept in git: read, measured, judged and told.

pub mod locate;
pub mod source;
pub mod time;
