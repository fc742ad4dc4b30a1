//! Where a certain change goes in the text, and what is written there.

use crate::{
    edit::byte_ranges,
    finding::{Finding, Fix},
    locate::{Document, Field, Spot, Step},
};

/// A change of a text: what stands at `spot` becomes `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedFix {
    /// What is replaced.
    pub spot: Spot,
    /// What stands there afterwards, in quotes where it was in quotes.
    pub text: String,
}

/// A moment or a count may be written out; then the word that is wrong stands in one of its parts.
const PARTS: [&str; 5] = ["at", "about", "not_before", "not_after", "day"];

/// The place of each finding's fix, in the order of the findings. `None` without a fix, and where the text is not simply
/// the word that the fix is for: it is folded over lines, comes by an alias, or the right word is there already.
pub(super) fn place_fixes(findings: &[(&Finding, Spot)], text: &str) -> Vec<Option<PlacedFix>> {
    if findings.iter().all(|(finding, _)| finding.fix.is_none()) {
        return vec![None; findings.len()];
    }
    let document = Document::parse(text);
    let candidates: Vec<Vec<Spot>> = findings
        .iter()
        .map(|(finding, spot)| match &finding.fix {
            Some(fix) if !is_there(&document, &finding.field, fix) => {
                let parts = PARTS.map(|part| finding.field.key(part));
                let parts = parts.iter().filter(|part| document.value_text(part).is_some());
                let parts = parts.map(|part| document.place(part));
                std::iter::once(*spot).chain(document.key_place(&finding.field)).chain(parts).collect()
            }
            _ => Vec::new(),
        })
        .collect();
    let all: Vec<Spot> = candidates.iter().flatten().copied().collect();
    let mut written = byte_ranges(text, &all).into_iter().map(|range| text.get(range?));
    let mut placed = Vec::new();
    for ((finding, _), spots) in findings.iter().zip(candidates) {
        let found: Vec<(Spot, Option<&str>)> = spots.into_iter().zip(written.by_ref()).collect();
        let fix = finding.fix.as_ref();
        placed.push(
            fix.and_then(|fix| found.into_iter().find_map(|(spot, written)| replaced(spot, written?, fix))),
        );
    }
    placed
}

/// The change of a place, if what is written there is the word on one line: in the quotes it has.
fn replaced(spot: Spot, written: &str, fix: &Fix) -> Option<PlacedFix> {
    if written.contains(['\n', '\r']) {
        return None;
    }
    if written == fix.old {
        return Some(PlacedFix { spot, text: fix.new.clone() });
    }
    ['"', '\''].into_iter().find_map(|quote| {
        let rest = written.strip_prefix(quote)?.strip_prefix(&fix.old)?.strip_prefix(quote)?;
        // the parser lets a text in quotes end where the next thing begins
        if !rest.trim_start().is_empty() && !rest.starts_with([' ', '\t']) {
            return None;
        }
        let end_column = spot.column + fix.old.chars().count() + 2;
        let text = format!("{quote}{}{quote}", fix.new);
        Some(PlacedFix { spot: Spot { end_line: spot.line, end_column, ..spot }, text })
    })
}

/// Whether the mapping has the right key already, or the list the right item: to have it twice would be another fault.
fn is_there(document: &Document, field: &Field, fix: &Fix) -> bool {
    const MOST: usize = 1_000;
    let Some(parent) = field.parent() else { return true };
    match field.steps().last() {
        Some(Step::Key(key)) => *key == fix.old && document.key_place(&parent.key(&fix.new)).is_some(),
        Some(Step::Index(_)) => (0..MOST)
            .map(|i| parent.at(i))
            .take_while(|item| document.place(item) != document.place(&parent))
            .any(|item| document.value_text(&item) == Some(&fix.new)),
        None => true,
    }
}
