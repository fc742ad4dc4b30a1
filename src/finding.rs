//! What a rule found: which rule, how grave, about which field, in words of both languages.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    language::{Language, Quantity},
    locate::{Field, Spot},
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
    /// What replaces the text at the field, when that is certain.
    pub replacement: Option<String>,
    /// Further places.
    pub related: Vec<Related>,
    /// True when a waiver covers it; then it is listed and not counted.
    pub waived: bool,
}
