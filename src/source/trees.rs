//! Two tree objects held against each other, byte by byte where they are alike, so that a folder of thousands costs
//! little when one file of it changed.

use std::cmp::Ordering;

use super::git::{Item, ItemKind, item};

/// Shows `visit` each entry that one side has and the other has not, or has otherwise; `None` when a tree is damaged
/// where they differ.
pub(super) fn differing<'t>(
    old: &'t [u8],
    new: &'t [u8],
    visit: &mut dyn FnMut(Option<Item<'t>>, Option<Item<'t>>),
) -> Option<()> {
    let same = alike(old, new);
    let (mut old, mut new) = (old.get(same..)?, new.get(same..)?);
    loop {
        let (before, after_old) = next(old)?;
        let (now, after_new) = next(new)?;
        let side = match (&before, &now) {
            (None, None) => return Some(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(before), Some(now)) => order(before, now),
        };
        match side {
            Ordering::Less => {
                visit(before, None);
                old = after_old;
            }
            Ordering::Greater => {
                visit(None, now);
                new = after_new;
            }
            Ordering::Equal => {
                (old, new) = (after_old, after_new);
                if before == now {
                    continue;
                }
                visit(before, now);
            }
        }
        if old == new {
            return Some(());
        }
    }
}

/// Git's order of the entries of a tree: by name, a folder's as if it ended in `/`.
pub(super) fn order(a: &Item<'_>, b: &Item<'_>) -> Ordering {
    let end = |item: &Item<'_>| if item.kind == ItemKind::Folder { b'/' } else { 0 };
    let common = a.name.len().min(b.name.len());
    let (head_a, tail_a) = a.name.split_at(common);
    let (head_b, tail_b) = b.name.split_at(common);
    head_a.cmp(head_b).then_with(|| {
        let next = |tail: &[u8], item: &Item<'_>| tail.first().copied().unwrap_or_else(|| end(item));
        next(tail_a, a).cmp(&next(tail_b, b)).then_with(|| tail_a.len().cmp(&tail_b.len()))
    })
}

fn next(bytes: &[u8]) -> Option<(Option<Item<'_>>, &[u8])> {
    if bytes.is_empty() {
        return Some((None, bytes));
    }
    item(bytes).map(|(item, rest)| (Some(item), rest))
}

/// The length of the whole entries at the start that both have.
fn alike(old: &[u8], new: &[u8]) -> usize {
    const STEP: usize = 64;
    let steps = old.chunks_exact(STEP).zip(new.chunks_exact(STEP)).take_while(|(a, b)| a == b).count() * STEP;
    let tail = |bytes| <[u8]>::iter(bytes).skip(steps);
    let common = steps + tail(old).zip(tail(new)).take_while(|(a, b)| a == b).count();
    let mut at = 0;
    // mode, blank and the first letter of the name hold no zero
    const HEAD: usize = 7;
    while let Some(name) = new.get(at + HEAD..).and_then(|rest| rest.iter().position(|byte| *byte == 0)) {
        let end = at + HEAD + name + 21;
        if end > common {
            break;
        }
        at = end;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A name, whether it is a folder's, and the byte that its id repeats.
    type Written<'a> = (&'a str, bool, u8);

    /// A tree object of files and folders with ids of one repeated byte.
    fn tree(items: &[Written<'_>]) -> Vec<u8> {
        let mut items: Vec<(Vec<u8>, &Written<'_>)> = items
            .iter()
            .map(|item| (format!("{}{}", item.0, if item.1 { "/" } else { "" }).into_bytes(), item))
            .collect();
        items.sort();
        items.dedup_by(|a, b| a.1.0 == b.1.0);
        let mut bytes = Vec::new();
        for (_, (name, folder, id)) in items {
            bytes.extend_from_slice(if *folder { b"40000 " } else { b"100644 " });
            bytes.extend_from_slice(name.as_bytes());
            bytes.push(0);
            bytes.extend_from_slice(&[*id; 20]);
        }
        bytes
    }

    fn shown(old: &[u8], new: &[u8]) -> Option<Vec<String>> {
        let mut seen = Vec::new();
        let told = |item: Option<Item<'_>>| {
            item.map_or("-".to_owned(), |item| {
                format!("{}{:?}{}", String::from_utf8_lossy(item.name), item.kind, item.content().0[0])
            })
        };
        differing(old, new, &mut |before, now| seen.push(format!("{} {}", told(before), told(now))))?;
        Some(seen)
    }

    #[test]
    fn what_differs_is_shown_in_gits_order() {
        let old = tree(&[("a", false, 1), ("b", true, 1), ("b.yaml", false, 1), ("c", false, 1)]);
        let new = tree(&[("a", false, 1), ("b", true, 2), ("b-x", false, 1), ("c", true, 1)]);
        assert_eq!(
            shown(&old, &new).unwrap(),
            ["- b-xFile1", "b.yamlFile1 -", "bFolder1 bFolder2", "cFile1 -", "- cFolder1"]
        );
        assert_eq!(shown(&old, &old).unwrap(), Vec::<String>::new());
        assert_eq!(shown(b"", &tree(&[("a", false, 7)])).unwrap(), ["- aFile7"]);
        assert_eq!(shown(b"", b"100644 a"), None);
    }

    proptest! {
        #[test]
        fn the_short_way_finds_what_a_look_at_every_entry_finds(
            old in prop::collection::vec(("[a-c]{1,3}", any::<bool>(), 0..3_u8), 0..12),
            new in prop::collection::vec(("[a-c]{1,3}", any::<bool>(), 0..3_u8), 0..12),
        ) {
            let own = |items: &[(String, bool, u8)]| {
                let items: Vec<(&str, bool, u8)> = items.iter().map(|(n, f, i)| (n.as_str(), *f, *i)).collect();
                tree(&items)
            };
            let (old, new) = (own(&old), own(&new));
            let all = |bytes: &[u8]| {
                let mut rest = bytes;
                let mut all = std::collections::BTreeSet::new();
                while let Some((item, after)) = item(rest) {
                    all.insert(format!("{}{:?}{}", String::from_utf8_lossy(item.name), item.kind, item.content().0[0]));
                    rest = after;
                }
                all
            };
            let (before, now) = (all(&old), all(&new));
            let seen = shown(&old, &new).unwrap();
            let left: Vec<String> = seen.iter().filter_map(|pair| pair.split(' ').next()).filter(|it| *it != "-").map(str::to_owned).collect();
            let right: Vec<String> = seen.iter().filter_map(|pair| pair.split(' ').nth(1)).filter(|it| *it != "-").map(str::to_owned).collect();
            let mut gone: Vec<String> = before.difference(&now).cloned().collect();
            let mut come: Vec<String> = now.difference(&before).cloned().collect();
            let (mut left, mut right) = (left, right);
            for list in [&mut gone, &mut come, &mut left, &mut right] { list.sort(); }
            prop_assert_eq!(left, gone);
            prop_assert_eq!(right, come);
        }
    }
}
