//! Questions asked of many incidents, answered in rows, not in text.

mod actions;
mod metrics;

pub use actions::{ActionFilter, ActionRow, action_rows};
pub use metrics::{ImpactRow, IncidentRow, SpanRow, incident_row};
