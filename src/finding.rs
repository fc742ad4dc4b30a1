//! What a rule found: which rule, how grave, about which field, in words of both languages.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    language::{Language, Quantity},
    locate::{Field, Spot},
    time::Date,
};

/// How grave a finding is. **Error** fails `relato check`; **warning** fails with `--deny warnings`; **info** never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Never fails a build.
    Info,
    /// Fails a build only under `--deny warnings`.
    Warning,
    /// Fails `relato check`.
    Error,
}

/// Whether a rule states what is wrong, or asks for work still to be done (rules: *Phase*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Holds at all times.
    Fact,
    /// Asks for more: info while the incident is open, at most a warning at `resolved`, its own level from
    /// `reviewed` on.
    Completeness,
}

/// One sentence in each language that findings speak. Both are written side by side, so neither can be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// Brazilian Portuguese.
    pub pt: String,
}

impl Words {
    /// The sentence in `language`; English for any language but Portuguese.
    pub fn tell(&self, language: &Language) -> &str {
        if language.is_portuguese() { &self.pt } else { &self.en }
    }
}

/// The same in both languages: a name, a command, a text of another program.
impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::from((text, text))
    }
}

/// The same in both languages.
impl From<String> for Words {
    fn from(text: String) -> Self {
        Self { en: text.clone(), pt: text }
    }
}

/// English, then Portuguese.
impl<E: Into<String>, P: Into<String>> From<(E, P)> for Words {
    fn from((en, pt): (E, P)) -> Self {
        Self { en: en.into(), pt: pt.into() }
    }
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file it lies in, relative to the workspace.
    pub file: String,
    /// The field.
    pub field: Field,
    /// What it has to do with the finding.
    pub message: Words,
}

/// A word of the text, and the word that certainly belongs there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// As it is written, without quotes.
    pub old: String,
    /// What belongs there.
    pub new: String,
}

impl Fix {
    /// `new` in place of `old`.
    pub fn new(old: impl Into<String>, new: impl Into<String>) -> Self {
        Self { old: old.into(), new: new.into() }
    }
}

/// A part of a field's text, as it is written there: the place is narrowed to it where it can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// As written, Markdown left out.
    pub text: String,
    /// What stands just before it, as far as it helps to find it.
    pub before: String,
    /// How many times the same stands before it in the text.
    pub nth: usize,
}

/// One thing a rule has to say about one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's name, as `relato explain` takes it.
    pub rule: &'static str,
    /// How grave it is, after phase and configuration.
    pub severity: Severity,
    /// Fact or completeness.
    pub kind: Kind,
    /// The file, relative to the workspace, `/` between folders.
    pub file: String,
    /// The field; an absent one is shown at its parent.
    pub field: Field,
    /// A place known better than the field gives (a syntax error, an unknown key): 1-based line and column.
    pub spot: Option<Spot>,
    /// The part of the field's text that it is about.
    pub excerpt: Option<Excerpt>,
    /// The sentence.
    pub message: Words,
    /// What to write instead; empty when there is nothing to repair in the file.
    pub help: Words,
    /// What the sentence was filled with, by name.
    pub values: BTreeMap<&'static str, Quantity>,
    /// What mends it, when that is certain.
    pub fix: Option<Fix>,
    /// Further places.
    pub related: Vec<Related>,
    /// The waiver that covers it; then it is listed, and counts only as waived.
    pub waiver: Option<Accepted>,
}

impl Finding {
    /// Whether a waiver covers it.
    pub fn is_waived(&self) -> bool {
        self.waiver.is_some()
    }
}

/// That the organisation accepts a finding for a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Why; empty when the waiver does not say.
    pub reason: Words,
    /// The role that agreed.
    pub approved_by: Option<String>,
    /// The last day it holds; without one, always.
    pub until: Option<Date>,
}
