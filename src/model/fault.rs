//! What is wrong with a file as it was written, before anything can be judged.

use crate::locate::{Field, Spot};

/// One fault of one authored file. Collected while reading, never stops it; judged by the `reading` rules, which
/// give it words and a level like any other finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, relative to the workspace.
    pub file: String,
    /// The field; the whole file when it could not be read at all.
    pub field: Field,
    /// The place, where it is known better than the field gives.
    pub spot: Option<Spot>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong with a file as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Larger than relato reads, in bytes.
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// Not UTF-8 text, from this byte on.
    NotUtf8 {
        /// The first bad byte, from 0.
        byte: usize,
    },
    /// The name of the file is not UTF-8.
    NameNotUtf8,
    /// A symbolic link that leads out of the workspace, or nowhere.
    LinkLeavesWorkspace,
    /// Not a file: a device, a socket, a submodule.
    NotAFile,
    /// The system would not let it be read.
    Unreadable {
        /// The system's own words.
        why: String,
    },
    /// Not YAML.
    Syntax {
        /// What the parser says.
        problem: String,
    },
    /// Not YAML: an item of a list where no list can begin, because the key above it is missing.
    ItemWithoutKey {
        /// The item's first key; empty when it has none.
        first: String,
    },
    /// Not YAML: what git writes into a file where two branches disagree.
    MergeMarks,
    /// Nested deeper than relato reads.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Aliases that unfold to more than relato reads.
    TooManyAliases,
    /// More than one YAML document in one file.
    SeveralDocuments,
    /// Written for a newer relato.
    NewerSchema {
        /// The version it names.
        found: String,
        /// The version relato reads.
        known: u32,
    },
    /// A key that the format does not have.
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest key of the format.
        near: Option<Near>,
        /// The keys that the format has there.
        known: &'static [&'static str],
    },
    /// A key written twice.
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A value of the wrong kind.
    Invalid {
        /// What was written, shortened.
        value: String,
        /// What belongs there.
        expected: Expected,
        /// The nearest accepted word.
        near: Option<Near>,
    },
    /// Something that must be there.
    Missing {
        /// The key.
        key: String,
    },
    /// A reference to something that is not there.
    UnknownReference {
        /// What was written.
        value: String,
        /// What it should name.
        target: Target,
        /// The nearest that is there.
        near: Option<Near>,
    },
    /// An id used twice: in this file, or in the other file named.
    DuplicateId {
        /// The id.
        id: String,
        /// The other file, when it is another.
        other: Option<String>,
    },
    /// The id is not the file's stem.
    IdIsNotFileName {
        /// The id.
        id: String,
        /// The stem.
        stem: String,
    },
}

/// The known word that a slip of the pen was meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The word.
    pub word: String,
    /// Whether it can be written in place of the slip without asking: nothing else can have been meant.
    pub sure: bool,
}

impl Near {
    /// The word.
    pub fn as_str(&self) -> &str {
        &self.word
    }
}

/// What belongs in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A mapping.
    Mapping,
    /// A list.
    List,
    /// A text.
    Text,
    /// A text, or a mapping of language to text.
    Localized,
    /// A whole number, not negative.
    Whole,
    /// A number.
    Number,
    /// A number, `{about, plus_minus}`, or `unknown`.
    Count,
    /// `true` or `false`.
    YesNo,
    /// `true`, `false` or `unknown`.
    Tristate,
    /// A date, `2026-03-31`.
    Date,
    /// A length, `45s`, `10m`, `1h30m`.
    Length,
    /// A length a source states, `~20h ±30m`, `{min, max}`.
    StatedLength,
    /// A moment: an instant, `{about, plus_minus}`, `{not_before, not_after}`, `{day}`, `unknown`.
    Moment,
    /// An IANA zone name.
    Zone,
    /// A calendar's name.
    Calendar(&'static [&'static str]),
    /// An id: letters, digits, `-`.
    Id,
    /// An incident id: lower case, starts with its date.
    IncidentId,
    /// A language tag: `en`, `pt-BR`.
    Language,
    /// A colour, `#rrggbb`.
    Colour,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// What a reference names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A service of the catalogue.
    Service,
    /// A class of the settings.
    Class,
    /// A unit of shared fate of the catalogue.
    Infra,
    /// A team of the catalogue.
    Team,
    /// An impact of the same file.
    Impact,
    /// An event of the same file.
    Event,
    /// A cause of the same file.
    Cause,
    /// An impact or cause of the same file.
    ImpactOrCause,
    /// An action of the same file.
    Action,
    /// A source of the same file, or evidence.
    Source,
    /// Another incident of the workspace.
    Incident,
    /// A rule.
    Rule,
}
