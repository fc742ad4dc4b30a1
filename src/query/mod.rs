//! Questions asked of many incidents, answered in rows, not in text.

mod actions;
pub mod board;
mod metrics;
pub mod stats;

pub use actions::{ActionFacts, ActionFilter, ActionRow};
pub use metrics::{ImpactRow, IncidentRow, SpanRow, incident_row};
