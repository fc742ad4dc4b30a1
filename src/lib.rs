#![doc = include_str!("README.md")]

pub mod archive;
pub mod cli;
pub mod edit;
pub mod finding;
pub mod format;
pub mod language;
pub mod locate;
pub mod measure;
pub mod model;
pub mod prose;
pub mod query;
pub mod render;
pub mod report;
pub mod rules;
pub mod source;
pub mod time;
