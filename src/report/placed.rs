//! Findings with their places in the text.

use std::collections::HashMap;

use crate::{
    finding::{Finding, Severity},
    locate::{Document, Spot},
};

/// A finding and where it is.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The finding.
    pub finding: Finding,
    /// Its place.
    pub spot: Spot,
    /// The places of its related fields, in their order.
    pub related: Vec<Spot>,
}

/// How many findings there are of each level; waived ones count only as waived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Infos.
    pub info: usize,
    /// Waived.
    pub waived: usize,
}

impl Counts {
    /// Counts them.
    pub fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            *match (finding.waived, finding.severity) {
                (true, _) => &mut counts.waived,
                (_, Severity::Error) => &mut counts.error,
                (_, Severity::Warning) => &mut counts.warning,
                (_, Severity::Info) => &mut counts.info,
            } += 1;
        }
        counts
    }
}

/// Finds the place of each finding and puts them into the order of files, lines and columns. `text` gives a file's
/// text; what is in a file without text (or none) is placed at its first line.
pub fn place(findings: Vec<Finding>, text: &dyn Fn(&str) -> Option<String>) -> Vec<Placed> {
    let mut documents: HashMap<String, Option<Document>> = HashMap::new();
    let mut spot_of = |file: &str, finding: &Finding, field: &crate::locate::Field, own: bool| {
        if let (true, Some(spot)) = (own, finding.spot) {
            return spot;
        }
        if !documents.contains_key(file) {
            // findings come file by file: one text is held at a time
            documents.clear();
            documents.insert(file.to_owned(), text(file).map(|text| Document::parse(&text)));
        }
        match documents.get(file) {
            Some(Some(document)) => document.place(field),
            _ => Spot { line: 1, column: 1, end_line: 1, end_column: 1 },
        }
    };
    let mut placed: Vec<Placed> = findings
        .into_iter()
        .map(|finding| {
            let spot = spot_of(&finding.file, &finding, &finding.field, true);
            let related = finding
                .related
                .iter()
                .map(|other| spot_of(&other.file, &finding, &other.field, false))
                .collect();
            Placed { spot, related, finding }
        })
        .collect();
    placed.sort_by(|a, b| {
        (&a.finding.file, a.spot, a.finding.rule).cmp(&(&b.finding.file, b.spot, b.finding.rule))
    });
    placed
}
