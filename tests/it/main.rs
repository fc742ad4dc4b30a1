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
mod arguments;
mod board;
mod cache;
mod check;
mod corpus;
mod documents;
mod entries;
mod fix;
mod floors;
mod formats;
mod help;
mod hostile;
mod metrics;
mod parity;
mod publication;
mod readme;
mod revisions;
mod same;
mod sandbox;
mod schema;
mod setup;
mod smallest;
mod stats;
mod streams;
mod translate;
