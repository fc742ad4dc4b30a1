//! What a rule is: a name, a level, a page, and one function.

use std::sync::LazyLock;

use super::{Across, Case, LISTED, Page, nearest, sink::Sink};
use crate::finding::{Kind, Severity};

/// One rule. Declared by `rule!` in a file of its own.
#[derive(Debug)]
pub struct Rule {
    /// Reads as "allow `<name>`"; never used again for another meaning.
    pub name: &'static str,
    /// Its level, before phase and configuration.
    pub severity: Severity,
    /// Whether it states a fact or asks for more.
    pub kind: Kind,
    /// The page as written above the rule.
    pub(super) source: &'static str,
    /// Looks and reports.
    pub(super) check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// One incident at a time, and once the workspace without incidents.
    Each(fn(&Case<'_>, &mut Sink)),
    /// All incidents at once, after they were read.
    Across(fn(&Across<'_>, &mut Sink)),
}

impl Rule {
    /// The page, read.
    pub fn page(&self) -> Page {
        Page::read(self.source)
    }

    /// Whether it looks across all incidents, so that what it says of one depends on others.
    pub fn is_across(&self) -> bool {
        matches!(self.check, Check::Across(_))
    }

    /// The group whose folder it lies in.
    pub fn group(&self) -> Group {
        LISTED.iter().find(|(_, rule)| rule.name == self.name).map_or(Group::Reading, |(group, _)| *group)
    }
}

/// Every rule, in the order of the list.
pub static RULES: LazyLock<Vec<&'static Rule>> =
    LazyLock::new(|| LISTED.iter().map(|(_, rule)| *rule).collect());

/// The rule of this name, or the nearest name there is.
///
/// # Errors
/// With the nearest name, when no rule has this one and some name is near.
pub fn find(name: &str) -> Result<&'static Rule, Option<&'static str>> {
    RULES
        .iter()
        .find(|rule| rule.name == name)
        .copied()
        .ok_or_else(|| nearest(name, RULES.iter().map(|rule| rule.name)))
}

/// The rules that a word means: one by its name, or all of a group; else the nearest word there is.
///
/// # Errors
/// With the nearest word, when nothing has this name and some name is near.
pub fn named(word: &str) -> Result<Vec<&'static Rule>, Option<&'static str>> {
    let of_group = LISTED.iter().filter(|(group, _)| group.word() == word).map(|(_, rule)| *rule);
    let rules: Vec<&'static Rule> = of_group.chain(find(word).ok()).collect();
    if !rules.is_empty() {
        return Ok(rules);
    }
    let names = LISTED.iter().flat_map(|(group, rule)| [rule.name, group.word()]);
    Err(nearest(word, names))
}

/// A family of rules; one folder of `src/rules/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Files as written.
    Reading,
    /// Moments.
    Timeline,
    /// Targets.
    Targets,
    /// Detection.
    Detection,
    /// Causes.
    Causes,
    /// What stands and falls together.
    Coupling,
    /// Changes.
    Change,
    /// Limits.
    Capacity,
    /// Action items.
    Actions,
    /// The two languages.
    Parity,
    /// Steps of the response.
    Runbook,
    /// The words of an incident.
    Language,
    /// What the public is told.
    Public,
    /// Services and waivers.
    Catalogue,
}

impl Group {
    /// The group's word: the name of its folder.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Timeline => "timeline",
            Self::Targets => "targets",
            Self::Detection => "detection",
            Self::Causes => "causes",
            Self::Coupling => "coupling",
            Self::Change => "change",
            Self::Capacity => "capacity",
            Self::Actions => "actions",
            Self::Parity => "parity",
            Self::Runbook => "runbook",
            Self::Language => "language",
            Self::Public => "public",
            Self::Catalogue => "catalogue",
        }
    }
}

/// Declares the rule of this file: its page as a doc comment, then its name, level and kind, and `Across` when it looks
/// across incidents. The file's `check` function does the work.
macro_rules! rule {
    (@check) => { $crate::rules::rule::Check::Each(check) };
    (@check Across) => { $crate::rules::rule::Check::Across(check) };
    ($(#[doc = $page:literal])+ $name:literal: $severity:ident $kind:ident $($across:ident)?) => {
        pub(in crate::rules) const RULE: $crate::rules::Rule = $crate::rules::Rule {
            name: $name,
            severity: $crate::finding::Severity::$severity,
            kind: $crate::finding::Kind::$kind,
            source: concat!($($page, "\n"),+),
            check: $crate::rules::rule::rule!(@check $($across)?),
        };
    };
}
pub(super) use rule;
