//! Keys set in a mapping that is written in any style.

use std::ops::Range;

use super::{Change, EditError, apply, byte_ranges};
use crate::locate::{Extent, Field, Form, Spot, extents};

/// What a key is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A scalar, as YAML writes it: quoted where it must be.
    Scalar(String),
    /// A mapping whose keys are set; keys that are not named stay as they are.
    Map(Vec<(String, Value)>),
}

/// Sets keys of the mapping at `field` (the whole file for the top): what is there is changed in place, what is not is
/// added at its end, in the style of the mapping it goes into. All other bytes stay.
///
/// # Errors
/// When the file is no mapping of YAML that can be changed so.
pub fn set(text: &str, field: &Field, keys: &[(String, Value)]) -> Result<String, EditError> {
    let mut changes = Vec::new();
    let whole = extents(text, std::slice::from_ref(field)).pop().flatten();
    let whole = whole.ok_or(EditError::NoMapping)?;
    merge(text, field, &whole, keys, &mut changes)?;
    apply(text, &changes)
}

fn merge(
    text: &str,
    field: &Field,
    map: &Extent,
    keys: &[(String, Value)],
    changes: &mut Vec<Change>,
) -> Result<(), EditError> {
    let fields: Vec<Field> = keys.iter().map(|(key, _)| field.key(key)).collect();
    let mut new = Vec::new();
    for (((key, value), field), there) in keys.iter().zip(&fields).zip(extents(text, &fields)) {
        let Some(there) = there else {
            new.push((key, value));
            continue;
        };
        let range = range_of(text, there.spot)?;
        match (value, &there.form) {
            (Value::Map(keys), Form::FlowMap(_) | Form::BlockMap(_)) => {
                merge(text, field, &there, keys, changes)?
            }
            (value, _) => {
                let flow = flow(value);
                // `key:` with nothing after it
                let is_empty = range.is_empty();
                let at = if is_empty { after_colon(text, range.start) } else { range.start };
                let range = if is_empty { at..at } else { range };
                let new = if is_empty { format!(" {flow}") } else { flow };
                if text.get(range.clone()) != Some(&new) {
                    changes.push(Change { range, text: new });
                }
            }
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    match map.form {
        Form::FlowMap(last) => {
            let whole = range_of(text, map.spot)?;
            let at = match last {
                Some(last) => range_of(text, last)?.end,
                None => whole.start + 1,
            };
            let mut added: Vec<String> =
                new.iter().map(|(key, value)| format!("{}: {}", quoted(key), flow(value))).collect();
            if last.is_some() {
                added.insert(0, String::new());
            }
            changes.push(Change { range: at..at, text: added.join(", ") });
        }
        Form::BlockMap(column) => {
            let end = range_of(text, map.spot)?.end;
            let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
            let rest = text.get(end..).unwrap_or_default();
            let starts_line = end == 0 || text.get(..end).is_some_and(|before| before.ends_with('\n'));
            let (at, before) = match rest.find('\n') {
                _ if starts_line => (end, ""),
                Some(line) => (end + line + 1, ""),
                None => (text.len(), line_end),
            };
            let mut lines = String::from(before);
            for (key, value) in new {
                block(key, value, column.saturating_sub(1), line_end, &mut lines);
            }
            // a mapping inside this one may end here as well: its lines come first
            match changes.iter_mut().find(|change| change.range == (at..at)) {
                Some(change) => change.text += &lines,
                None => changes.push(Change { range: at..at, text: lines }),
            }
        }
        Form::Scalar | Form::List => return Err(EditError::NoMapping),
    }
    Ok(())
}

fn range_of(text: &str, spot: Spot) -> Result<Range<usize>, EditError> {
    byte_ranges(text, &[spot]).pop().flatten().ok_or(EditError::NoMapping)
}

/// After the colon beside a value that is not there.
fn after_colon(text: &str, at: usize) -> usize {
    if text.get(at..).is_some_and(|rest| rest.starts_with(':')) {
        return at + 1;
    }
    text.get(..at).and_then(|before| before.rfind(':')).map_or(at, |colon| colon + 1)
}

fn block(key: &str, value: &Value, indent: usize, line_end: &str, out: &mut String) {
    *out += &format!("{:indent$}{}:", "", quoted(key));
    match value {
        Value::Scalar(scalar) => *out += &format!(" {scalar}{line_end}"),
        Value::Map(keys) if keys.is_empty() => *out += &format!(" {{}}{line_end}"),
        Value::Map(keys) => {
            *out += line_end;
            for (key, value) in keys {
                block(key, value, indent + 2, line_end, out);
            }
        }
    }
}

fn flow(value: &Value) -> String {
    match value {
        Value::Scalar(scalar) => scalar.clone(),
        Value::Map(keys) => {
            let keys: Vec<String> =
                keys.iter().map(|(key, value)| format!("{}: {}", quoted(key), flow(value))).collect();
            format!("{{{}}}", keys.join(", "))
        }
    }
}

/// A key as YAML reads it back in any style.
fn quoted(key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(plain) {
        key.to_owned()
    } else {
        format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Vec<(String, Value)> {
        let scalar = |text: &str| Value::Scalar(text.to_owned());
        let hashes = vec![("title".to_owned(), scalar("\"1\"")), ("lessons[0]".to_owned(), scalar("\"2\""))];
        let review = vec![
            ("reviewed_on".to_owned(), scalar("2026-01-01")),
            ("source_hashes".to_owned(), Value::Map(hashes)),
        ];
        vec![("translation".to_owned(), Value::Map(vec![("pt-BR".to_owned(), Value::Map(review))]))]
    }

    #[test]
    fn keys_go_where_they_belong_and_all_else_stays() {
        let block = "translation:\n  pt-BR:\n    reviewed_on: 2026-01-01\n    source_hashes:\n      title: \"1\"\n      \"lessons[0]\": \"2\"\n";
        for (before, after) in [
            ("a: 1\n", format!("a: 1\n{block}")),
            ("# c\na: 1", format!("# c\na: 1\n{block}")),
            ("a: |\n  x\n\n", format!("a: |\n  x\n\n{block}")),
            ("a: 1 # c\r\n# d\r\n", format!("a: 1 # c\r\n{}# d\r\n", block.replace('\n', "\r\n"))),
            (
                "translation:\nb: 1\n",
                "translation: {pt-BR: {reviewed_on: 2026-01-01, source_hashes: {title: \"1\", \"lessons[0]\": \"2\"}}}\nb: 1\n".to_owned(),
            ),
            (
                "translation: {pt-BR: {reviewed_by: role:x, reviewed_on: 2020-01-01, source_hashes: {}}} # c\nb: 1\n",
                "translation: {pt-BR: {reviewed_by: role:x, reviewed_on: 2026-01-01, source_hashes: {title: \"1\", \"lessons[0]\": \"2\"}}} # c\nb: 1\n".to_owned(),
            ),
            (
                "translation:\n  # who\n  pt-BR:\n    reviewed_by: 'role:x' # him\n    source_hashes:   # do not touch\n      title: \"0\"  # old\n      other: \"9\"\n  de: {}\n",
                "translation:\n  # who\n  pt-BR:\n    reviewed_by: 'role:x' # him\n    source_hashes:   # do not touch\n      title: \"1\"  # old\n      other: \"9\"\n      \"lessons[0]\": \"2\"\n    reviewed_on: 2026-01-01\n  de: {}\n".to_owned(),
            ),
            ("{a: 1}", "{a: 1, translation: {pt-BR: {reviewed_on: 2026-01-01, source_hashes: {title: \"1\", \"lessons[0]\": \"2\"}}}}".to_owned()),
        ] {
            let set_once = set(before, &Field::top(), &keys()).unwrap();
            assert_eq!(set_once, after, "{before:?}");
            assert_eq!(set(&set_once, &Field::top(), &keys()).unwrap(), after, "again, {before:?}");
        }
        for none in ["", "- a\n", "a", "translation: 1\n- x"] {
            assert!(set(none, &Field::top(), &keys()).is_err(), "{none:?}");
        }
    }
}
