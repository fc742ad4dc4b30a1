//! Changes to a text that leave every other byte as it is.

mod mapping;
mod proof;
mod scalar;

use std::ops::Range;

pub use mapping::{Value, inline, put, set, written};

use crate::locate::{Field, Spot};

/// One change: the bytes of `range` become `text`. An empty range inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Byte positions in the text as it was read.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// Why changes cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Two changes want the same bytes, or insert at the same place.
    #[error("two changes overlap at byte {at}")]
    Overlap {
        /// Where the later one begins.
        at: usize,
    },
    /// A change lies outside the text, or would cut a character in two.
    #[error("no change can be made at byte {at}")]
    OutOfText {
        /// Where it begins.
        at: usize,
    },
    /// The text is no sound YAML, or holds several documents, or a key twice.
    #[error("the text is not sound YAML")]
    NotSound,
    /// A key is to be set in what is no mapping.
    #[error("`{field}` is no mapping to set a key in")]
    NoMapping {
        /// What is no mapping.
        field: Field,
    },
    /// An item is to be added to what is no list.
    #[error("`{field}` is no list to add to")]
    NoList {
        /// What is no list.
        field: Field,
    },
    /// A list does not reach so far.
    #[error("`{field}` has no item {index}")]
    NoItem {
        /// The list.
        field: Field,
        /// From 0.
        index: usize,
    },
    /// Remarks inside the value would be lost.
    #[error("remarks inside `{field}` would be lost")]
    Remarks {
        /// The value.
        field: Field,
    },
    /// The way it is written does not let it be changed alone: an anchor, an alias, a layout that is not understood.
    #[error("`{field}` cannot be changed without touching something else")]
    Unsafe {
        /// What was to be changed.
        field: Field,
    },
}

/// The text with all changes made, given in any order; the same change twice is made once. Every byte outside the
/// changed ranges is kept: comments, quotes, line ends, a byte order mark. Linear in the text.
///
/// # Errors
/// When two changes overlap or one lies outside the text: then nothing is changed.
pub fn apply(text: &str, changes: &[Change]) -> Result<String, EditError> {
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by_key(|change| (change.range.start, change.range.end));
    changes.dedup();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut last: Option<usize> = None;
    for Change { range, text: new } in changes {
        let at = range.start;
        if at < done || last == Some(at) {
            return Err(EditError::Overlap { at });
        }
        let kept = text.get(done..at).filter(|_| text.get(range.clone()).is_some());
        out += kept.ok_or(EditError::OutOfText { at })?;
        out += new;
        done = range.end;
        last = Some(at);
    }
    out += text.get(done..).unwrap_or_default();
    Ok(out)
}

/// The byte range of each spot, `None` for one that lies outside the text: one walk over the text for all of them.
pub fn byte_ranges(text: &str, spots: &[Spot]) -> Vec<Option<Range<usize>>> {
    let ends = |spot: &Spot| [(spot.line, spot.column), (spot.end_line, spot.end_column)];
    let mut wanted: Vec<(usize, usize)> = spots.iter().flat_map(ends).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let found = byte_positions(text, &wanted);
    let position = |place| Some(*found.get(wanted.binary_search(&place).ok()?)?)?;
    let range = |spot: &Spot| {
        let [start, end] = ends(spot).map(position);
        Some(start?..end?).filter(|range| range.start <= range.end)
    };
    spots.iter().map(range).collect()
}

/// The position of each place (line, column; sorted), counted as [`Spot`] counts.
fn byte_positions(text: &str, wanted: &[(usize, usize)]) -> Vec<Option<usize>> {
    let mut found = vec![None; wanted.len()];
    let mut slots = found.iter_mut().zip(wanted).peekable();
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut number = 1;
    while slots.peek().is_some() {
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.bytes().position(|byte| matches!(byte, b'\n' | b'\r'));
        let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        // every character of the line, and its end
        let mut places = line.char_indices().map(|(at, _)| at).chain([line.len()]).zip(1..).peekable();
        while let Some((slot, (line, column))) = slots.next_if(|(_, (line, _))| *line <= number) {
            if *line < number {
                continue;
            }
            while places.next_if(|(_, here)| here < column).is_some() {}
            *slot = places.peek().filter(|(_, here)| here == column).map(|(at, _)| start + at);
        }
        let Some(end) = end else { break };
        let ending = if rest.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
        start += end + ending;
        number += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn change(range: Range<usize>, text: &str) -> Change {
        Change { range, text: text.to_owned() }
    }

    fn spot(line: usize, column: usize, end_line: usize, end_column: usize) -> Spot {
        Spot { line, column, end_line, end_column }
    }

    #[test]
    fn changes_are_made_in_any_order_and_all_else_stays() {
        let text = "\u{feff}a: 'x'  # why\r\nb: 2\r\n";
        let changes = [change(21..22, "3"), change(6..9, "\"y\""), change(24..24, "c: 4\r\n")];
        assert_eq!(apply(text, &changes).unwrap(), "\u{feff}a: \"y\"  # why\r\nb: 3\r\nc: 4\r\n");
        assert_eq!(apply("ab", &[change(0..1, "x"), change(0..1, "x")]).unwrap(), "xb");
        assert_eq!(apply("ab", &[change(0..1, "x"), change(1..1, "y")]).unwrap(), "xyb");
    }

    #[test]
    fn what_cannot_be_made_changes_nothing() {
        for (changes, error) in [
            ([change(0..2, "x"), change(1..3, "y")], EditError::Overlap { at: 1 }),
            ([change(1..1, "x"), change(1..1, "y")], EditError::Overlap { at: 1 }),
            ([change(0..1, ""), change(4..9, "")], EditError::OutOfText { at: 4 }),
            ([change(0..1, ""), change(9..9, "")], EditError::OutOfText { at: 9 }),
        ] {
            assert_eq!(apply("abc", &changes), Err(error), "{changes:?}");
        }
        assert_eq!(apply("é", &[change(1..2, "")]), Err(EditError::OutOfText { at: 1 }));
    }

    #[test]
    fn a_spot_counts_characters_and_knows_every_end_of_line() {
        for (text, spot, expected) in [
            ("a: é!", spot(1, 4, 1, 5), Some(3..5)),
            ("\u{feff}a: b", spot(1, 1, 1, 2), Some(3..4)),
            ("a\r\nb\rc\nd", spot(2, 1, 2, 2), Some(3..4)),
            ("a\r\nb\rc\nd", spot(1, 1, 1, 2), Some(0..1)),
            ("a\r\nb\rc\nd", spot(3, 1, 4, 1), Some(5..7)),
            ("a\r\nb\rc\nd", spot(4, 2, 4, 2), Some(8..8)),
            ("a\nb", spot(1, 5, 2, 1), None),
            ("a\nb", spot(2, 1, 3, 1), None),
            ("a\nb", spot(2, 1, 1, 1), None),
            ("", spot(1, 1, 1, 1), Some(0..0)),
        ] {
            assert_eq!(byte_ranges(text, &[spot]), [expected], "{text:?} {spot:?}");
        }
    }

    proptest! {
        #[test]
        fn no_change_harms_what_lies_outside_it(
            text in "[aé\r\n]{0,20}",
            changes in prop::collection::vec((0_usize..24, 0_usize..4, "[x-z]{0,3}"), 0..4),
        ) {
            let changes: Vec<Change> =
                changes.into_iter().map(|(at, len, new)| change(at..at + len, &new)).collect();
            if let Ok(after) = apply(&text, &changes) {
                let kept = |text: &str| text.chars().filter(|c| !matches!(c, 'x'..='z')).count();
                let cut: usize = {
                    let mut unique = changes.clone();
                    unique.sort_by_key(|change| change.range.start);
                    unique.dedup();
                    unique.iter().map(|change| text.get(change.range.clone()).unwrap().chars().count()).sum()
                };
                prop_assert_eq!(kept(&after), kept(&text) - cut);
            }
        }

        #[test]
        fn any_spot_is_looked_up_without_harm(
            text in "[aé\r\n\u{feff}]{0,20}",
            ends in prop::array::uniform4(0_usize..6),
        ) {
            let [line, column, end_line, end_column] = ends;
            for range in byte_ranges(&text, &[spot(line, column, end_line, end_column)]).into_iter().flatten() {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
