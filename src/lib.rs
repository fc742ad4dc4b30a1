//! x
pub mod finding;
pub mod language;
pub mod locate;
pub mod measure;
pub mod model;
pub mod query;
pub mod rules;
pub mod source;
pub mod time;
