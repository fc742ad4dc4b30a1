//! A finding's sentence in both languages, side by side, with the values that fill it.

use std::collections::BTreeMap;

use crate::{
    finding::Words,
    language::{Language, Quantity},
};

/// A sentence and what it was filled with.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// The sentence in both languages.
    pub(super) words: Words,
    /// The values, by name.
    pub(super) values: BTreeMap<&'static str, Quantity>,
}

/// Fills one sentence in English and in Portuguese with the same values.
///
/// Both strings are checked by `format!`: a value that is missing does not compile, and one that is not used in both
/// languages is a warning.
macro_rules! sentence {
    ($($name:ident = $value:expr),* $(,)? => $en:literal, $pt:literal $(,)?) => {
        // bound all at once: a value may use a variable that bears the name of another
        match ($($crate::language::Quantity::from($value),)*) {
            ($($name,)*) => {
                let words = $crate::finding::Words {
                    en: { $(let $name = $name.tell($crate::rules::sentence::english());)* format!($en) },
                    pt: { $(let $name = $name.tell($crate::rules::sentence::portuguese());)* format!($pt) },
                };
                $crate::rules::sentence::Sentence {
                    words,
                    values: std::collections::BTreeMap::from([$((stringify!($name), $name)),*]),
                }
            }
        }
    };
}
pub(super) use sentence;

/// The same without keeping the values: for help and related places.
macro_rules! words {
    ($($name:ident = $value:expr),+ $(,)? => $en:literal, $pt:literal $(,)?) => {
        $crate::rules::sentence::sentence!($($name = $value),+ => $en, $pt).words
    };
    ($en:literal, $pt:literal $(,)?) => {
        $crate::finding::Words { en: format!($en), pt: format!($pt) }
    };
}
pub(super) use words;

/// The language of the first sentence.
pub(super) fn english() -> &'static Language {
    Language::english()
}

/// The language of the second sentence.
pub(super) fn portuguese() -> &'static Language {
    Language::tagged("pt-BR").unwrap_or_else(Language::english)
}
