//! Findings with their places in the text.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

use rayon::prelude::*;

use super::{
    excerpt,
    fix::{PlacedFix, place_fixes},
};
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
    /// Its fix, where the text is as the fix expects it.
    pub fix: Option<PlacedFix>,
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
            *match (finding.is_waived(), finding.severity) {
                (true, _) => &mut counts.waived,
                (_, Severity::Error) => &mut counts.error,
                (_, Severity::Warning) => &mut counts.warning,
                (_, Severity::Info) => &mut counts.info,
            } += 1;
        }
        counts
    }
}

/// What a check has to tell, in whatever form.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings to show, in the order of files, lines and columns.
    pub placed: Vec<Placed>,
    /// How many there are, those not shown included.
    pub counts: Counts,
    /// How many are not shown, because fewer were asked for.
    pub more: usize,
    /// How many `--fix` would mend.
    pub fixable: usize,
    /// What was there before, when only what a change brought is wanted.
    pub known: Option<Known>,
}

/// The findings that a revision had already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// As it was asked for.
    pub revision: String,
    /// How many findings of now were there then.
    pub count: usize,
}

impl Report {
    /// Places the findings; of more than `most`, the gravest are shown.
    pub fn of(
        findings: Vec<Finding>,
        most: Option<usize>,
        text: &(dyn Fn(&str) -> Option<String> + Sync),
    ) -> Self {
        let counts = Counts::of(findings.iter());
        let placed = place(findings, text);
        let all = placed.len();
        let fixable = placed.iter().filter(|it| it.fix.is_some() && !it.finding.is_waived()).count();
        let placed = match most {
            Some(most) if most < all => gravest(placed, most),
            _ => placed,
        };
        Self { counts, more: all - placed.len(), fixable, placed, known: None }
    }
}

/// The gravest of them, in the order they have; of equally grave ones the first.
fn gravest(placed: Vec<Placed>, most: usize) -> Vec<Placed> {
    let mut order: Vec<usize> = (0..placed.len()).collect();
    order.sort_by_key(|i| placed.get(*i).map(|it| (it.finding.is_waived(), Reverse(it.finding.severity))));
    let kept: HashSet<usize> = order.into_iter().take(most).collect();
    placed.into_iter().enumerate().filter(|(i, _)| kept.contains(i)).map(|(_, placed)| placed).collect()
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
            Placed { spot, related, finding, fix: None }
        })
        .collect();
    if let Some(own) = &own {
        let findings: Vec<(&Finding, Spot)> = placed.iter().map(|it| (&it.finding, it.spot)).collect();
        let fixes = place_fixes(&findings, own);
        for (placed, fix) in placed.iter_mut().zip(fixes) {
            placed.fix = fix;
        }
    }
    placed.sort_by(|a, b| (a.spot, a.finding.rule).cmp(&(b.spot, b.finding.rule)));
    placed
}
