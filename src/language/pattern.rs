//! Text with places for values, taken once out of a language file.

use std::borrow::Cow;

use fluent_syntax::{ast, unicode::unescape_unicode_to_string};

/// Text and places. A place is the position of its value among the names the pattern was read with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(Box<str>),
    Place(usize),
}

/// Why a Fluent pattern is not a [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It selects, refers to another message, or calls a function.
    Chooses,
    /// It uses a value that is not offered.
    NotOffered(String),
}

impl Pattern {
    /// Takes a Fluent pattern of text and the values named in `offered`.
    pub(super) fn read<N: AsRef<str>>(pattern: &ast::Pattern<&str>, offered: &[N]) -> Result<Self, Unfit> {
        let mut pieces = Vec::new();
        for element in &pattern.elements {
            let text = match element {
                ast::PatternElement::TextElement { value } => Cow::Borrowed(*value),
                ast::PatternElement::Placeable { expression: ast::Expression::Inline(inline) } => {
                    match inline {
                        ast::InlineExpression::StringLiteral { value } => unescape_unicode_to_string(value),
                        ast::InlineExpression::VariableReference { id } => {
                            let place = offered.iter().position(|name| name.as_ref() == id.name);
                            pieces.push(Piece::Place(
                                place.ok_or_else(|| Unfit::NotOffered(id.name.to_owned()))?,
                            ));
                            continue;
                        }
                        _ => return Err(Unfit::Chooses),
                    }
                }
                ast::PatternElement::Placeable { .. } => return Err(Unfit::Chooses),
            };
            pieces.push(Piece::Text(text.into()));
        }
        Ok(Self(pieces))
    }

    /// Appends the text; `value` appends the value of a place, counted from 0 among the names the pattern was read
    /// with.
    pub(super) fn fill(&self, out: &mut String, mut value: impl FnMut(usize, &mut String)) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Place(at) => value(*at, out),
            }
        }
    }

    /// The text with `values` in its places, in the order of the names the pattern was read with.
    pub(super) fn with(&self, values: &[&str]) -> String {
        let mut out = String::new();
        self.fill(&mut out, |at, out| out.push_str(values.get(at).copied().unwrap_or_default()));
        out
    }

    /// True when there is no place in it.
    pub(super) fn is_fixed(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Text(_)))
    }
}
