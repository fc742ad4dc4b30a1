//! Lengths as an author writes them: `45s`, `1h30m`, `7d`, `5bd`, `PT6H`.

/// A length of time, or a number of business days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Elapsed seconds; a day is 24 hours, a week seven days.
    Seconds(i64),
    /// Working days of a calendar (policy only: `postmortem_within: 5bd`).
    BusinessDays(u32),
}

impl Length {
    /// Elapsed seconds; `None` for business days, which have no fixed length.
    pub fn seconds(&self) -> Option<i64> {
        match self {
            Self::Seconds(seconds) => Some(*seconds),
            Self::BusinessDays(_) => None,
        }
    }
}
