//! Any two texts, through `entries::parity`.
#![no_main]

#[path = "../../tests/it/entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|text: &str| entries::parity(text));
