//! Incidents kept in git: read, measured, judged and told.

pub mod archive;
pub mod finding;
pub mod format;
pub mod language;
pub mod locate;
pub mod measure;
pub mod model;
pub mod render;
pub mod source;
pub mod time;
