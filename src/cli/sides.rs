//! Two states of a workspace to be held against each other: `A..B`, `A...B`, or `A` and the work tree.

use super::{CliError, Session};
use crate::source::common_ancestor;

/// The two sides of a question about what changed.
pub(super) struct Sides {
    /// The earlier one, judged as of its commit.
    pub(super) before: Session,
    /// The later one, judged as of its commit, or as told.
    pub(super) after: Session,
}

impl Sides {
    /// `A..B`; `A..` up to `HEAD`; `A...B` from where the two parted, which is what a branch brought; `A` alone up to the
    /// work tree.
    pub(super) fn open(range: &str, session: &Session) -> Result<Self, CliError> {
        if session.at().is_some() {
            return Err(CliError::argument(
                (
                    "`--at` reads one revision, and this compares two",
                    "`--at` lê uma revisão, e isto compara duas",
                ),
                ("leave out `--at`: the range names both", "omita `--at`: o intervalo já cita as duas"),
            ));
        }
        let named = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
        let (before, after) = if let Some((a, b)) = range.split_once("...") {
            (common_ancestor(&session.folder, &named(a), &named(b))?, Some(named(b)))
        } else if let Some((a, b)) = range.split_once("..") {
            (named(a), Some(named(b)))
        } else {
            (named(range), None)
        };
        Ok(Self { before: session.before(&before)?, after: session.side(after.as_deref())? })
    }
}
