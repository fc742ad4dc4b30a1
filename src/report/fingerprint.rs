//! What stays of a finding when lines move: its rule, its file, its field and the words it was filled with.

use std::{collections::HashMap, fmt};

use xxhash_rust::xxh3::Xxh3;

use crate::{
    finding::Finding,
    language::Quantity,
    locate::{Field, Step},
};

/// The same for the same fault before and after an edit elsewhere in the file, and on another day. Positions in lists
/// are left out, so that an item put in before changes nothing; so are lengths, counts and moments, which pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// Of one finding. Two faults of a kind in one list that name nothing can have the same one; they are told apart by a
    /// number.
    pub fn of(finding: &Finding) -> Self {
        let mut hash = Xxh3::new();
        let mut part = |text: &str| {
            hash.update(text.as_bytes());
            hash.update(&[0]);
        };
        part(finding.rule);
        part(&finding.file);
        part(&path(&finding.field));
        for (name, value) in &finding.values {
            let words = match value {
                Quantity::Text(text) => Some(text),
                Quantity::Localized(texts) => texts.get("en").or_else(|| texts.values().next()),
                _ => None,
            };
            if let Some(words) = words {
                part(name);
                part(words);
            }
        }
        Self(hash.digest128())
    }
}

impl fmt::Display for Fingerprint {
    /// Thirty-two hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The fingerprint of each finding with its number among equal ones, from 1.
pub(super) fn numbered<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<(Fingerprint, usize)> {
    let mut seen: HashMap<Fingerprint, usize> = HashMap::new();
    findings
        .map(|finding| {
            let fingerprint = Fingerprint::of(finding);
            let number = seen.entry(fingerprint).or_default();
            *number += 1;
            (fingerprint, *number)
        })
        .collect()
}

/// The field without positions: `actions[].owner`.
fn path(field: &Field) -> String {
    field.steps().iter().fold(String::new(), |mut path, step| {
        match step {
            Step::Key(key) => {
                path.push('.');
                path.push_str(key);
            }
            Step::Index(_) => path.push_str("[]"),
        }
        path
    })
}
