//! Any text, through `entries::amend`.
#![no_main]

#[path = "../../tests/it/entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|text: &str| entries::amend(text));
