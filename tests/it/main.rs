//! The whole of relato from outside: what its users see, and the promises of its house.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::string_slice,
    unreachable_pub,
    missing_docs,
    reason = "tests set the stage themselves, and fail by panicking"
)]

mod actions;
mod also;
mod amending;
mod arguments;
mod board;
mod browser;
mod cache;
mod changes;
mod check;
mod clones;
mod corpus;
mod digest;
mod documents;
mod edits;
mod entries;
mod export;
mod fix;
mod floors;
mod formats;
mod help;
mod hostile;
mod kills;
mod ledger;
mod metrics;
mod moments;
mod parity;
mod past;
mod publication;
mod publishers;
mod readme;
mod revisions;
mod runbook;
mod same;
mod sandbox;
mod schema;
mod serve;
mod setup;
mod smallest;
mod stats;
mod streams;
mod targets;
mod trackers;
mod translate;
