//! Any bytes, through `entries::tracker`.
#![no_main]

#[path = "../../tests/it/entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entries::tracker(bytes));
