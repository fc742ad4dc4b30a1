//! Instants, intervals, zones and calendars: the only place that knows civil time.

mod interval;
mod length;
mod point;
mod stub;

pub use chrono::NaiveDate as Date;
pub use interval::{Interval, Span};
pub use length::Length;
pub use point::{Form, TimePoint, Unreadable, Written};
pub use stub::{Calendar, Stated, Zone};

/// An instant, in UTC.
pub type Instant = chrono::DateTime<chrono::Utc>;
