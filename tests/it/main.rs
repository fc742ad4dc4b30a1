//! The whole of relato from outside: what its users see, and the promises of its house.
#![allow(clippy::disallowed_methods, reason = "tests read and write the disk themselves")]

mod floors;
