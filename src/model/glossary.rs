//! Agreed words, and names that must stay inside.

use super::Localized;

/// `glossary.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// Terms with their agreed form in each language.
    pub terms: Vec<Term>,
    /// Words that stay as they are.
    pub do_not_translate: Vec<String>,
    /// Acronyms and what they stand for.
    pub acronyms: Vec<Acronym>,
}

/// One agreed term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its form in each language.
    pub forms: Localized,
    /// Forms not to use, by language.
    pub forbid: Vec<(String, Vec<String>)>,
    /// A remark.
    pub note: Option<Localized>,
}

/// An acronym.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acronym {
    /// As written.
    pub short: String,
    /// What it stands for.
    pub long: Localized,
}

/// `people.yaml`: read only to keep names out of public text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// The people.
    pub people: Vec<Person>,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Handles.
    pub handles: Vec<String>,
}
