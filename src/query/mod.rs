//! Questions asked of many incidents, answered in rows, not in text.

mod actions;
mod metrics;
mod runbooks;
mod search;

pub use actions::{ActionFacts, ActionFilter, ActionRow};
pub use metrics::{ImpactRow, IncidentRow, SpanRow, incident_row};
pub use runbooks::{AttemptRow, GapRow, RunbookRow, StepRow};
pub use search::{Found, FoundRow, PlaceRow};
