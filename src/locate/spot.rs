//! A place in a text.

use serde::Serialize;

/// A place in a text: 1-based, columns count characters, the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Spot {
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
}

/// A place in a file whose text is at hand, to be shown with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The file, relative to the workspace.
    pub file: String,
    /// Its whole text.
    pub text: String,
    /// The place.
    pub spot: Spot,
}

impl Passage {
    /// From a byte of the text to the end of its word, or of the line where it is none.
    pub fn at_byte(file: &str, text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line = 1 + before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = 1 + before.get(start..).unwrap_or_default().chars().count();
        let rest = text.get(before.len()..).unwrap_or_default();
        let length =
            rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).count().max(1);
        let spot = Spot { line, column, end_line: line, end_column: column + length };
        Self { file: file.to_owned(), text: text.to_owned(), spot }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_of_a_text_has_a_line_and_a_word() {
        let check = |byte: usize, place: [usize; 3]| {
            let Spot { line, column, end_column, .. } = Passage::at_byte("f", "é = b\n\n c-d!", byte).spot;
            assert_eq!([line, column, end_column], place, "{byte}");
        };
        check(0, [1, 1, 2]);
        check(5, [1, 5, 6]);
        check(9, [3, 2, 5]);
        check(12, [3, 5, 6]);
        check(99, [3, 6, 7]);
    }
}
