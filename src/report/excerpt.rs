//! From a field's place to the part of its text that a finding is about.

use crate::{
    edit::byte_ranges,
    finding::{Excerpt, Finding},
    locate::Spot,
};

/// Narrows each finding's spot to its excerpt, where that can be found in the text as it is written: a block may break
/// its lines anywhere between words. Linear in the text and in what the findings are about.
pub(super) fn narrow(text: &str, findings: &[Finding], spots: &mut [Spot]) {
    let wanted = |(index, finding): (usize, &Finding)| Some((index, finding.excerpt.clone()?));
    let wanted: Vec<(usize, Excerpt)> = findings.iter().enumerate().filter_map(wanted).collect();
    let wide: Vec<Spot> = wanted.iter().filter_map(|(index, _)| spots.get(*index).copied()).collect();
    for ((index, excerpt), range) in wanted.into_iter().zip(byte_ranges(text, &wide)) {
        let Some(slot) = spots.get_mut(index) else { continue };
        let Some(written) = range.and_then(|range| text.get(range)) else { continue };
        if let Some(found) = find(written, &excerpt) {
            *slot = within(*slot, written, found);
        }
    }
}

/// Where the excerpt stands, in bytes: after the same words as in the text, else at the same count, else anywhere.
fn find(written: &str, excerpt: &Excerpt) -> Option<std::ops::Range<usize>> {
    let after = format!("{}{}", excerpt.before, excerpt.text);
    let in_context = || {
        let found = all(written, &after).last()?;
        let start = all(written.get(found.clone())?, &excerpt.text).last()?.start + found.start;
        Some(start..found.end)
    };
    let (first, counted) =
        (|| all(written, &excerpt.text).next(), || all(written, &excerpt.text).nth(excerpt.nth));
    if excerpt.before.is_empty() { None } else { in_context() }.or_else(counted).or_else(first)
}

/// Every place where these words stand with any space between them.
fn all<'t>(written: &'t str, words: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
    let first = words.split_whitespace().next();
    let starts = first.into_iter().flat_map(move |first| written.match_indices(first));
    starts.filter_map(move |(start, first)| {
        let mut end = start + first.len();
        for word in words.split_whitespace().skip(1) {
            let gap = written.get(end..)?;
            let next = gap.trim_start();
            if next.len() == gap.len() || !next.starts_with(word) {
                return None;
            }
            end += gap.len() - next.len() + word.len();
        }
        Some(start..end)
    })
}

/// A part of what is written at a spot, as a spot.
fn within(spot: Spot, written: &str, part: std::ops::Range<usize>) -> Spot {
    let advance = |(line, column): (usize, usize), text: &str| {
        text.chars().fold(
            (line, column),
            |(line, column), c| if c == '\n' { (line + 1, 1) } else { (line, column + 1) },
        )
    };
    let start = advance((spot.line, spot.column), written.get(..part.start).unwrap_or_default());
    let end = advance(start, written.get(part).unwrap_or_default());
    Spot { line: start.0, column: start.1, end_line: end.0, end_column: end.1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_found_where_it_is_written() {
        let text = "a:\n  b: >-\n    it took 3\n    hours and 3 hours\n  c: 'x'\n";
        let spot = Spot { line: 3, column: 5, end_line: 5, end_column: 1 };
        let range = byte_ranges(text, &[spot])[0].clone().unwrap();
        let written = text.get(range).unwrap();
        for (before, words, nth, expected) in [
            ("", "3 hours", 0, Some((3, 13, 4, 10))),
            ("", "3 hours", 1, Some((4, 15, 4, 22))),
            ("", "3 hours", 7, Some((3, 13, 4, 10))),
            ("hours and ", "3 hours", 7, Some((4, 15, 4, 22))),
            ("not there", "3 hours", 1, Some((4, 15, 4, 22))),
            ("", "took", 0, Some((3, 8, 3, 12))),
            ("", "4 hours", 0, None),
            ("", "", 0, None),
        ] {
            let excerpt = Excerpt { text: words.to_owned(), before: before.to_owned(), nth };
            let found = find(written, &excerpt).map(|part| {
                let spot = within(spot, written, part);
                (spot.line, spot.column, spot.end_line, spot.end_column)
            });
            assert_eq!(found, expected, "{before} {words} {nth}");
        }
    }
}
