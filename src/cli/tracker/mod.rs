//! `relato actions import` and `relato actions export`: the way to trackers and back, by files.

mod export;
mod import;

pub(super) use export::{ExportArgs, run as export};
pub(super) use import::{ImportArgs, run as import};
