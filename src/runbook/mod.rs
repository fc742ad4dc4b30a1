//! Runbooks from evidence: what was tried in past incidents, grouped by service and step, and where each step belongs.
//!
//! An incident becomes a [`Record`] of plain values, so that incidents can pass by one at a time. All records together are
//! the [`Evidence`], which knows the [`Runbook`] of each service. Nothing here depends on the order in which incidents
//! are read, or on the moment of asking.

mod evidence;
mod gap;
mod likeness;
mod record;
mod step;
#[cfg(test)]
mod tests;

pub use evidence::{Evidence, Past, Runbook};
pub use gap::{Gap, gaps};
pub use likeness::{Document, Query, Scored, rank};
pub use record::{Attempt, Record, Seen};
pub use step::{Harm, Known, Placement, Tally, Tried};
