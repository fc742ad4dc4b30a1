//! Findings with their places in the text.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::excerpt;
use crate::{
    finding::{Finding, Severity},
    locate::{Places, Spot},
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
pub fn place(findings: Vec<Finding>, text: &(dyn Fn(&str) -> Option<String> + Sync)) -> Vec<Placed> {
    let mut files: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        files.entry(finding.file.clone()).or_default().push(finding);
    }
    let files: Vec<(String, Vec<Finding>)> = files.into_iter().collect();
    // one text for each thread at a time
    files.into_par_iter().map(|(file, findings)| place_file(&file, findings, text)).flatten_iter().collect()
}

fn place_file(file: &str, findings: Vec<Finding>, text: &dyn Fn(&str) -> Option<String>) -> Vec<Placed> {
    const NOWHERE: Spot = Spot { line: 1, column: 1, end_line: 1, end_column: 1 };
    let own = text(file);
    let places = own.as_deref().map(Places::of);
    let mut spots: Vec<Spot> = findings
        .iter()
        .map(|finding| match (finding.spot, &places) {
            (Some(spot), _) => spot,
            (None, Some(places)) => places.place(&finding.field),
            (None, None) => NOWHERE,
        })
        .collect();
    if let Some(text) = &own {
        excerpt::narrow(text, &findings, &mut spots);
    }
    let mut placed: Vec<Placed> = findings
        .into_iter()
        .zip(spots)
        .map(|(finding, spot)| {
            let related = finding
                .related
                .iter()
                .map(|other| match &places {
                    Some(places) if other.file == file => places.place(&other.field),
                    _ => text(&other.file).map_or(NOWHERE, |text| Places::of(&text).place(&other.field)),
                })
                .collect();
            Placed { spot, related, finding }
        })
        .collect();
    placed.sort_by(|a, b| (a.spot, a.finding.rule).cmp(&(b.spot, b.finding.rule)));
    placed
}
