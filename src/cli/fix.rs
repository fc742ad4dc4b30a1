//! `relato check --fix` and `--diff`: what can be mended with certainty, mended.

use std::collections::{BTreeSet, HashMap};

use similar::TextDiff;

use super::{CliError, Console, Session};
use crate::{
    archive::{Archive, DOCUMENT_LIMIT},
    edit::{self, Change},
    finding::Finding,
    report::{self, Fingerprint, Placed, one_line},
    source::{Content, Overlay, Tree, WorkTree},
};

/// How often the result is judged and mended again: a key put right brings to light what stands below it.
const PASSES: usize = 10;

/// The findings of a workspace that are asked for.
pub(super) type Judge<'a> = dyn Fn(&Archive<'_>) -> Result<Vec<Finding>, CliError> + 'a;

/// One change that was made.
#[derive(Debug)]
pub(super) struct Done {
    file: String,
    line: usize,
    rule: &'static str,
    old: String,
    new: String,
}

/// The tree as it would be with everything mended that can be, and what was changed. Every change removes its finding:
/// a file in which one would not is left as it is.
pub(super) fn mend<'t>(
    session: &'t Session,
    judge: &Judge<'_>,
) -> Result<(Overlay<'t>, Vec<Done>), CliError> {
    let mut tree = Overlay::of(session.tree());
    let mut done: Vec<Done> = Vec::new();
    let mut left: BTreeSet<String> = BTreeSet::new();
    let mut found = judge(&session.archive_of(&tree)?)?;
    for _ in 0..PASSES {
        let fixable = |it: &&Finding| it.fix.is_some() && !it.is_waived() && !left.contains(&it.file);
        let wanted: Vec<Finding> = found.iter().filter(fixable).cloned().collect();
        let before = tally(&found);
        let text = |file: &str| text_of(&tree, file);
        let changes: Vec<_> = report::place(wanted, &text)
            .chunk_by(|a, b| a.finding.file == b.finding.file)
            .filter_map(|of_file| {
                let file = of_file.first()?.finding.file.clone();
                Some((change(&text(&file)?, of_file)?, file))
            })
            .collect();
        let mut changed = Vec::new();
        for ((new, prints, of_file), file) in changes {
            let old = tree.changed().find(|(path, _)| *path == file).map(|(_, bytes)| bytes.to_vec());
            tree.put(&file, new.into_bytes());
            changed.push((file, old, prints, of_file));
        }
        if changed.is_empty() {
            break;
        }
        found = judge(&session.archive_of(&tree)?)?;
        let after = tally(&found);
        let mut undone = false;
        for (file, old, prints, of_file) in changed {
            let count = |tally: &HashMap<Fingerprint, usize>, print| tally.get(print).copied().unwrap_or(0);
            let gone = |print| {
                let mended = prints.iter().filter(|other| *other == print).count();
                count(&after, print) + mended <= count(&before, print)
            };
            if prints.iter().all(gone) {
                done.extend(of_file);
            } else {
                match old {
                    Some(bytes) => tree.put(&file, bytes),
                    None => tree.leave(&file),
                }
                left.insert(file);
                undone = true;
            }
        }
        if undone {
            found = judge(&session.archive_of(&tree)?)?;
        }
    }
    Ok((tree, done))
}

/// A file's text with everything changed that can be at once: of fixes that overlap, the first.
fn change(text: &str, placed: &[Placed]) -> Option<(String, Vec<Fingerprint>, Vec<Done>)> {
    let fixes: Vec<_> = placed.iter().filter_map(|it| Some((it, it.fix.as_ref()?))).collect();
    let spots: Vec<_> = fixes.iter().map(|(_, fix)| fix.spot).collect();
    let mut changes: Vec<Change> = Vec::new();
    let (mut prints, mut done) = (Vec::new(), Vec::new());
    for ((placed, fix), range) in fixes.into_iter().zip(edit::byte_ranges(text, &spots)) {
        let Some(range) = range else { continue };
        // places come in order, but for those in parts of a field: it may be that one lies before another
        if changes
            .iter()
            .rev()
            .take(8)
            .any(|other| range.start < other.range.end && other.range.start < range.end)
        {
            continue;
        }
        done.push(Done {
            file: placed.finding.file.clone(),
            line: fix.spot.line,
            rule: placed.finding.rule,
            old: text.get(range.clone()).unwrap_or_default().to_owned(),
            new: fix.text.clone(),
        });
        prints.push(Fingerprint::of(&placed.finding));
        changes.push(Change { range, text: fix.text.clone() });
    }
    if changes.is_empty() {
        return None;
    }
    Some((edit::apply(text, &changes).ok()?, prints, done))
}

fn tally(findings: &[Finding]) -> HashMap<Fingerprint, usize> {
    let mut tally = HashMap::new();
    for finding in findings {
        *tally.entry(Fingerprint::of(finding)).or_default() += 1;
    }
    tally
}

/// A file as it is, with its byte order mark.
fn text_of(tree: &dyn Tree, file: &str) -> Option<String> {
    match tree.read(file, DOCUMENT_LIMIT) {
        Ok(Content::Bytes(bytes)) => String::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// Writes what was changed, each file whole or not at all, and says what it is.
pub(super) fn write(
    session: &Session,
    tree: &Overlay<'_>,
    done: &[Done],
    console: &Console,
) -> Result<(), CliError> {
    let disk = WorkTree::open(&session.root)?;
    for (path, new) in tree.changed() {
        if let Content::Bytes(old) = session.tree().read(path, DOCUMENT_LIMIT)? {
            disk.rewrite(path, &old, new)?;
        }
    }
    for Done { file, line, rule, old, new } in done {
        let (file, old, new) = (one_line(file), one_line(old), one_line(new));
        console.note((
            format!("fixed: {file}:{line}: `{old}` is now `{new}` ({rule})"),
            format!("corrigido: {file}:{line}: `{old}` agora é `{new}` ({rule})"),
        ));
    }
    Ok(())
}

/// What would be written, as a unified diff from the root of the repository.
pub(super) fn diff(session: &Session, tree: &Overlay<'_>) -> Result<String, CliError> {
    let prefix = session.prefix();
    let mut out = String::new();
    for (path, new) in tree.changed() {
        let old = text_of(session.tree(), path).unwrap_or_default();
        let new = String::from_utf8_lossy(new);
        let diff = TextDiff::from_lines(old.as_str(), &new);
        let (from, to) = (format!("a/{prefix}{path}"), format!("b/{prefix}{path}"));
        out += &diff.unified_diff().context_radius(3).header(&from, &to).to_string();
    }
    Ok(out)
}
