//! The people of the registry, found by their names and handles.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::Named;
use crate::{language::Folded, model::People};

/// The most names and handles that are looked for.
const MOST: usize = 100_000;
/// The longest name or handle, in bytes.
const LONGEST: usize = 200;

/// Names and handles, ready to look for.
#[derive(Debug)]
pub(super) struct Names {
    search: AhoCorasick,
    forms: Vec<Form>,
}

#[derive(Clone, Debug)]
struct Form {
    /// As the registry has it.
    text: String,
    how: How,
}

/// How a form must stand in a text to be that person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Two words or more: whole, whatever the case and the accents.
    Whole,
    /// One word: exactly as written, whole. `May` is a name, `may` is not.
    Exact,
    /// A handle of letters alone, which may be an ordinary word: behind `@`, or before one in an address.
    Marked,
}

impl Names {
    /// `None` when the registry is empty.
    pub(super) fn of(people: &People) -> Option<Self> {
        let mut forms = Vec::new();
        for person in &people.people {
            let name = person.name.trim();
            let words: Vec<&str> = name.split_whitespace().collect();
            let mut add = |text: String, how| forms.push(Form { text, how });
            match words.as_slice() {
                [] => {}
                [_] => add(name.to_owned(), How::Exact),
                [first, .., last] => {
                    add(words.join(" "), How::Whole);
                    if words.len() > 2 {
                        add(format!("{first} {last}"), How::Whole);
                    }
                }
            }
            for handle in &person.handles {
                let handle = handle.trim().trim_start_matches('@');
                let mut letters = handle.chars();
                let named = letters.next().is_some_and(char::is_uppercase)
                    || !handle.chars().all(char::is_alphabetic);
                add(handle.to_owned(), if named { How::Exact } else { How::Marked });
            }
        }
        forms.retain(|form| {
            form.text.len() <= LONGEST && form.text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        });
        forms.truncate(MOST);
        if forms.is_empty() {
            return None;
        }
        let folded: Vec<Vec<u8>> = forms.iter().map(|form| Folded::of(&form.text).bytes().to_vec()).collect();
        Some(Self { search: AhoCorasick::new(folded).ok()?, forms })
    }

    pub(super) fn named(&self, text: &str) -> Vec<Named> {
        let folded = Folded::of(text);
        let mut found: Vec<Named> = Vec::new();
        for hit in self.search.find_overlapping_iter(folded.bytes()) {
            let bytes = hit.start()..hit.end();
            let Some(form) = self.forms.get(hit.pattern().as_usize()) else { continue };
            let Some(range) = folded.range(&bytes) else { continue };
            let Some(shown) = text.get(range.clone()) else { continue };
            if stands(form, &folded, &bytes, shown) {
                found.push(Named { range, shown: shown.to_owned() });
            }
        }
        found.sort_by_key(|named| (named.range.start, std::cmp::Reverse(named.range.end)));
        let mut end = 0;
        found.retain(|named| {
            let outside = named.range.start >= end;
            if outside {
                end = named.range.end;
            }
            outside
        });
        found
    }
}

fn stands(form: &Form, folded: &Folded, bytes: &Range<usize>, shown: &str) -> bool {
    let before = bytes.start.checked_sub(1).and_then(|at| folded.bytes().get(at));
    let after = folded.bytes().get(bytes.end);
    folded.is_whole(bytes)
        && match form.how {
            How::Whole => true,
            How::Exact => form.text == shown,
            How::Marked => before == Some(&b'@') || after == Some(&b'@'),
        }
}
