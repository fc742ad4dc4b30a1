//! `NAME@{WHEN}`: a branch or tag as it stood at a moment, told by the times of its own commits.
//!
//! Git answers this from the reflog, which is no part of a clone and says when *this* clone learnt of a commit; a fresh
//! clone would take its first day for the beginning of everything. The first-parent line is the same in every clone.

use std::path::Path;

use super::CliError;
use crate::{
    archive::Archive,
    source::{Revision, last_commit_at},
    time::{Instant, read_date, read_instant},
};

/// The revision that git is asked for: the commit that `NAME@{WHEN}` means, with a date as the end of that day in the
/// organisation's zone; anything else as it is.
pub(super) fn resolve(folder: &Path, revision: &str) -> Result<String, CliError> {
    if revision.contains("..") {
        return Err(CliError::argument(
            (format!("`{revision}` is a range"), format!("`{revision}` é um intervalo")),
            (
                format!("name one revision; `relato diff {revision}` tells what changed between two"),
                format!("indique uma só revisão; `relato diff {revision}` diz o que mudou entre duas"),
            ),
        ));
    }
    let Some((name, when)) = revision.strip_suffix('}').and_then(|revision| revision.rsplit_once("@{"))
    else {
        return Ok(revision.to_owned());
    };
    let name = if name.is_empty() { "HEAD" } else { name };
    let moment: Instant = if let Some(date) = read_date(when) {
        let tip = Revision::open(folder, name)?;
        Archive::open(&tip, None)?.settings.org.zone.end_of_day(date)
    } else if let Ok(written) = read_instant(when, None) {
        written.at
    } else {
        return Ok(revision.to_owned());
    };
    Ok(last_commit_at(folder, name, revision, moment)?.to_string())
}
