//! Questions asked of many incidents, answered in rows, not in text.

mod action_changes;
mod actions;
pub mod board;
mod metrics;
pub mod moved;
mod runbooks;
mod search;
pub mod stats;

pub use action_changes::{ActionChange, Happened, action_changes};
pub use actions::{ActionFacts, ActionFilter, ActionRow};
pub use metrics::{ImpactRow, IncidentRow, SpanRow, incident_row};
pub use runbooks::{AttemptRow, GapRow, RunbookRow, StepRow};
pub use search::{Found, FoundRow, PlaceRow};
