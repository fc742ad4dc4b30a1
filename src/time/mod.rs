//! Instants, intervals, zones and calendars: the only place that knows civil time.

mod calendar;
mod forms;
mod interval;
mod length;
mod overdue;
mod point;
mod read;
mod stated;
mod zone;

pub use calendar::{Calendar, DayOff};
pub use chrono::{Datelike, NaiveDate as Date, TimeDelta, Weekday};
pub use forms::{only_date, only_moment};
pub use interval::{Interval, Span};
pub use length::{Length, LengthFault, read_length};
pub use overdue::overdue_days;
pub use point::{Form, TimePoint, Unreadable, Written};
pub use read::{read_date, read_instant, read_point};
pub use stated::{Approximate, Stated, read_stated};
pub use zone::{Local, Zone, format_offset, offset_name};

/// An instant, in UTC.
pub type Instant = chrono::DateTime<chrono::Utc>;
