//! The proof of a change: a text read before and after differs in what was asked for, and in nothing else.

use super::{EditError, Value, scalar};
use crate::locate::{
    Field, Step,
    tree::{Kind, NodeId, Tag, Tree},
};

/// What a text says, without its places.
#[derive(Clone, Debug)]
enum Plain {
    Scalar {
        text: String,
        plain: bool,
        tag: Option<Tag>,
    },
    /// A text that was asked for, quoted in whichever way.
    Wanted(String),
    Nothing,
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
}

/// What a text must say after a change.
pub(super) struct Expected(Plain);

impl Expected {
    /// What `text` says, with keys set in the mapping at `field`.
    pub(super) fn of(text: &str, field: &Field, keys: &[(String, Value)]) -> Result<Self, EditError> {
        let mut expected = read(text).ok_or(EditError::NotSound)?;
        set(inner(&mut expected, field.steps()).ok_or_else(|| no_mapping(field))?, field, keys)?;
        Ok(Self(expected))
    }

    /// What `text` says, with an item of a list replaced.
    pub(super) fn of_item(text: &str, field: &Field, value: &Value) -> Result<Self, EditError> {
        let mut expected = read(text).ok_or(EditError::NotSound)?;
        let Some(there) = inner(&mut expected, field.steps()) else {
            let list = field.parent().unwrap_or_default();
            let index = field.steps().last().map_or(0, |step| match step {
                Step::Index(index) => *index,
                Step::Key(_) => 0,
            });
            return Err(EditError::NoItem { field: list, index });
        };
        put(there, field, value)?;
        Ok(Self(expected))
    }

    /// Whether a text says just that.
    pub(super) fn is_said_by(&self, text: &str) -> bool {
        read(text).is_some_and(|found| same(&self.0, &found))
    }
}

fn no_mapping(field: &Field) -> EditError {
    EditError::NoMapping { field: field.clone() }
}

/// The first document of a text without a flaw.
fn read(text: &str) -> Option<Plain> {
    let tree = Tree::parse(text);
    if !tree.flaws.is_empty() {
        return None;
    }
    tree.root().map(|root| plain(&tree, root))
}

/// As deep as the tree at most.
fn plain(tree: &Tree, id: NodeId) -> Plain {
    match &tree.node(id).kind {
        Kind::Scalar(scalar) => {
            Plain::Scalar { text: scalar.text.clone(), plain: scalar.plain, tag: scalar.tag }
        }
        Kind::List(items) => Plain::List(items.iter().map(|item| plain(tree, *item)).collect()),
        Kind::Map(entries) => {
            let key = |id| tree.text(id).unwrap_or_default().to_owned();
            Plain::Map(entries.iter().map(|entry| (key(entry.key), plain(tree, entry.value))).collect())
        }
    }
}

fn inner<'p>(plain: &'p mut Plain, steps: &[Step]) -> Option<&'p mut Plain> {
    let Some((step, rest)) = steps.split_first() else { return Some(plain) };
    let next = match (plain, step) {
        (Plain::Map(entries), Step::Key(key)) => {
            entries.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
        }
        (Plain::List(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    };
    inner(next?, rest)
}

fn is_nothing(plain: &Plain) -> bool {
    match plain {
        Plain::Nothing => true,
        Plain::Scalar { text, plain, tag: None } => *plain && scalar::is_null(text),
        _ => false,
    }
}

fn set(plain: &mut Plain, field: &Field, keys: &[(String, Value)]) -> Result<(), EditError> {
    if is_nothing(plain) {
        *plain = Plain::Map(Vec::new());
    }
    let Plain::Map(entries) = plain else { return Err(no_mapping(field)) };
    for (key, value) in keys {
        match entries.iter_mut().find(|(name, _)| name == key) {
            Some((_, there)) => put(there, &field.key(key), value)?,
            None => {
                let mut new = Plain::Nothing;
                put(&mut new, &field.key(key), value)?;
                entries.push((key.clone(), new));
            }
        }
    }
    Ok(())
}

fn put(there: &mut Plain, field: &Field, value: &Value) -> Result<(), EditError> {
    match value {
        Value::Map(keys) => return set(there, field, keys),
        Value::Added(items) => {
            if is_nothing(there) {
                *there = Plain::List(Vec::new());
            }
            let Plain::List(list) = there else { return Err(EditError::NoList { field: field.clone() }) };
            list.extend(items.iter().map(fresh));
        }
        value => *there = fresh(value),
    }
    Ok(())
}

fn fresh(value: &Value) -> Plain {
    let keys = |keys: &[(String, Value)]| {
        Plain::Map(keys.iter().map(|(key, value)| (key.clone(), fresh(value))).collect())
    };
    match value {
        Value::Null => Plain::Nothing,
        Value::Text(text) => Plain::Wanted(text.clone()),
        Value::Scalar(written) => read(written).unwrap_or(Plain::Nothing),
        Value::Map(entries) | Value::Record(entries) => keys(entries),
        Value::List(items) | Value::Added(items) => Plain::List(items.iter().map(fresh).collect()),
    }
}

fn same(expected: &Plain, found: &Plain) -> bool {
    match (expected, found) {
        (Plain::Nothing, found) => is_nothing(found),
        (Plain::Wanted(wanted), Plain::Scalar { text, .. }) => text == wanted && !is_nothing(found),
        (
            Plain::Scalar { text, plain, tag },
            Plain::Scalar { text: found_text, plain: found_plain, tag: found_tag },
        ) => (text, plain, tag) == (found_text, found_plain, found_tag),
        (Plain::List(expected), Plain::List(found)) => {
            expected.len() == found.len() && expected.iter().zip(found).all(|(a, b)| same(a, b))
        }
        (Plain::Map(expected), Plain::Map(found)) => {
            expected.len() == found.len()
                && expected.iter().zip(found).all(|(a, b)| a.0 == b.0 && same(&a.1, &b.1))
        }
        _ => false,
    }
}
