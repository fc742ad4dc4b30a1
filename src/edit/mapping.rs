//! Keys set in a mapping that is written in any style.

use std::ops::Range;

use super::{
    Change, EditError, apply, byte_ranges,
    proof::Expected,
    scalar::{self, WIDTH},
};
use crate::locate::{Document, Extent, Field, Form, Quote, Spot, Step, extents};

/// What a key is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: `null`.
    Null,
    /// A text, quoted as the one that it replaces, where that can hold it.
    Text(String),
    /// A scalar, as YAML writes it: quoted where it must be.
    Scalar(String),
    /// A mapping whose keys are set; keys that are not named stay as they are.
    Map(Vec<(String, Value)>),
    /// A mapping that replaces what was there; on one line where it fits.
    Record(Vec<(String, Value)>),
    /// A list that replaces what was there.
    List(Vec<Value>),
    /// Items added at the end of a list.
    Added(Vec<Value>),
}

/// Sets keys of the mapping at `field` (the whole file for the top): what is there is changed in place, what is not is
/// added at its end, in the style of the mapping it goes into. All other bytes stay. The result is read again: it says
/// what the text said, with these keys set, and nothing else. Linear in the text.
///
/// # Errors
/// When the text is no sound YAML, when something other than a mapping or a list is in the way, or when what was asked for
/// cannot be written without touching anything else: remarks inside a value, an anchor, a key within an alias.
pub fn set(text: &str, field: &Field, keys: &[(String, Value)]) -> Result<String, EditError> {
    let expected = Expected::of(text, field, keys)?;
    attempt(text, field, &expected, |writer| {
        let whole = extents(text, std::slice::from_ref(field)).pop().flatten();
        writer.merge(field, &whole.ok_or_else(|| EditError::NoMapping { field: field.clone() })?, keys)
    })
}

/// Sets one field: as [`set`], with mappings on the way to it added where they are not there. A position in a list must be
/// there.
///
/// # Errors
/// As [`set`].
pub fn put(text: &str, field: &Field, value: Value) -> Result<String, EditError> {
    let Some((last, way)) = field.steps().split_last() else {
        return Err(EditError::NoMapping { field: field.clone() });
    };
    if let Step::Index(index) = last {
        let list = Field::from(way.to_vec());
        let expected = Expected::of_item(text, field, &value)?;
        return attempt(text, field, &expected, |writer| {
            let mut found = extents(text, &[list.clone(), field.clone()]).into_iter().flatten();
            let (Some(around), Some(there)) = (found.next(), found.next()) else {
                return Err(EditError::NoItem { field: list.clone(), index: *index });
            };
            writer.replace(field, &there, &value, &around)
        });
    }
    // the deepest mapping on the way that is there takes what is missing below it
    let ways: Vec<Field> =
        (0..=way.len()).map(|n| Field::from(way.get(..n).unwrap_or_default().to_vec())).collect();
    let is_map = |there: &Option<Extent>| {
        matches!(there, Some(Extent { form: Form::FlowMap(_) | Form::BlockMap(_), .. }))
    };
    let deepest = extents(text, &ways).iter().rposition(is_map).unwrap_or(0);
    let mut keys = Vec::new();
    let mut value = Some(value);
    for (at, step) in field.steps().iter().enumerate().skip(deepest).rev() {
        let inner = value.take().unwrap_or_else(|| Value::Map(std::mem::take(&mut keys)));
        match step {
            Step::Key(key) => keys = vec![(key.clone(), inner)],
            Step::Index(index) => {
                let list = Field::from(field.steps().get(..at).unwrap_or_default().to_vec());
                return Err(EditError::NoItem { field: list, index: *index });
            }
        }
    }
    set(text, ways.get(deepest).unwrap_or(&Field::top()), &keys)
}

/// A value as it is written, on one line; `None` when it is not there, or comes through an alias.
pub fn written(text: &str, field: &Field) -> Option<String> {
    let extent = extents(text, std::slice::from_ref(field)).pop().flatten()?;
    let range = byte_ranges(text, &[extent.spot]).pop().flatten()?;
    let words: Vec<&str> = text.get(range)?.split_whitespace().collect();
    Some(words.join(" "))
}

/// A value as it is written in brackets, on one line.
pub fn inline(value: &Value) -> String {
    Writer { text: "", changes: Vec::new(), plainest: false }.inline(value, Quote::Plain, true)
}

/// Makes a change in the style of the text; where that does not hold, in the plainest.
fn attempt(
    text: &str,
    field: &Field,
    expected: &Expected,
    change: impl Fn(&mut Writer<'_>) -> Result<(), EditError>,
) -> Result<String, EditError> {
    for plainest in [false, true] {
        let mut writer = Writer { text, changes: Vec::new(), plainest };
        change(&mut writer)?;
        if let Ok(new) = apply(text, &writer.changes)
            && expected.is_said_by(&new)
        {
            return Ok(new);
        }
    }
    Err(EditError::Unsafe { field: field.clone() })
}

/// Changes under way.
struct Writer<'t> {
    text: &'t str,
    changes: Vec<Change>,
    /// Every text in double quotes, nothing as a block.
    plainest: bool,
}

impl Writer<'_> {
    fn merge(&mut self, field: &Field, map: &Extent, keys: &[(String, Value)]) -> Result<(), EditError> {
        let fields: Vec<Field> = keys.iter().map(|(key, _)| field.key(key)).collect();
        let mut new = Vec::new();
        for (((key, value), field), there) in keys.iter().zip(&fields).zip(extents(self.text, &fields)) {
            match there {
                None => new.push((key, value)),
                Some(there) => self.replace(field, &there, value, map)?,
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        match map.form {
            Form::FlowMap(last) => {
                let new = new.iter().map(|(key, value)| self.pair(key, value)).collect();
                self.add_inline(field, map, last, new)
            }
            Form::BlockMap(column) => {
                let end = self.range(field, map.spot)?.end;
                let line_end = self.line_end(end);
                let mut lines = String::new();
                for (key, value) in new {
                    self.line(key, value, column.saturating_sub(1), line_end, &mut lines);
                }
                self.add_lines(end, &lines);
                Ok(())
            }
            _ => Err(EditError::NoMapping { field: field.clone() }),
        }
    }

    /// Puts a value where another stands in `around`, or into it.
    fn replace(
        &mut self,
        field: &Field,
        there: &Extent,
        value: &Value,
        around: &Extent,
    ) -> Result<(), EditError> {
        match (value, there.form) {
            (Value::Map(keys), Form::FlowMap(_) | Form::BlockMap(_)) => {
                return self.merge(field, there, keys);
            }
            (Value::Added(items), Form::BlockList(column)) => {
                return self.add_items(field, there, column, items);
            }
            (Value::Added(items), Form::FlowList(Some(last))) => {
                let new = items.iter().map(|item| self.inline(item, Quote::Plain, true)).collect();
                return self.add_inline(field, there, Some(last), new);
            }
            _ => {}
        }
        let in_flow = matches!(around.form, Form::FlowMap(_) | Form::FlowList(_));
        let (range, rest) = self.whole(field, there)?;
        let old = self.text.get(range.clone()).unwrap_or_default();
        if let (Value::List(items) | Value::Added(items), Form::BlockMap(column)) = (value, around.form)
            && let inline = self.inline(value, Quote::Plain, in_flow)
            && column + field.name().chars().count() + inline.chars().count() > WIDTH
            && matches!(there.form, Form::Scalar(_) | Form::FlowList(_))
        {
            let before = self.text.get(..range.start).unwrap_or_default();
            let start = if old.is_empty() { range.start } else { before.trim_end_matches(' ').len() };
            self.changes.push(Change { range: start..range.end, text: String::new() });
            let line_end = self.line_end(range.end);
            let mut lines = String::new();
            for item in items {
                self.item(item, column + 1, 2, line_end, &mut lines);
            }
            self.add_lines(range.end, &lines);
            return Ok(());
        }
        let quote = match there.form {
            Form::Scalar(quote) => quote,
            _ => Quote::Plain,
        };
        if let (Value::Text(text), Quote::Literal | Quote::Folded, false) = (value, quote, self.plainest)
            && let Some(indent) = self.indent_of_block(&range)
            && let line_end = self.line_end(range.start)
            && let Some((chomp, body)) = scalar::block(text, quote, indent, line_end)
        {
            let sign = if quote == Quote::Folded { '>' } else { '|' };
            self.changes.push(Change { range, text: format!("{sign}{chomp}{rest}{line_end}{body}") });
            return Ok(());
        }
        let mut new = self.inline(value, quote, in_flow) + &rest;
        let touches = self.text.get(..range.start).is_some_and(|before| before.ends_with([':', '-']));
        if touches && !new.is_empty() {
            new.insert(0, ' ');
        }
        if old != new {
            self.changes.push(Change { range, text: new });
        }
        Ok(())
    }

    /// The bytes of a value with all that belongs to it, and the remark on the first line of a block, which is kept. Fails
    /// where a remark would be lost.
    fn whole(&self, field: &Field, there: &Extent) -> Result<(Range<usize>, String), EditError> {
        let range = self.range(field, there.spot)?;
        let remarks = || EditError::Remarks { field: field.clone() };
        match there.form {
            Form::Scalar(Quote::Literal | Quote::Folded) => {
                let unsafe_here = || EditError::Unsafe { field: field.clone() };
                let before = self.text.get(..range.start).ok_or_else(unsafe_here)?.trim_end();
                let line = before.rfind('\n').map_or(0, |at| at + 1);
                let header = before.get(line..).and_then(header).ok_or_else(unsafe_here)?;
                let start = line + header.start;
                let rest = before.get(line + header.end..).unwrap_or_default().to_owned();
                let written = self.text.get(start..range.end).ok_or_else(unsafe_here)?;
                Ok((start..start + written.trim_end().len(), rest))
            }
            Form::Scalar(_) if range.is_empty() => {
                let at = after_colon(self.text, range.start);
                Ok((at..at, String::new()))
            }
            Form::Scalar(_) | Form::Alias => Ok((range, String::new())),
            Form::FlowList(_) | Form::FlowMap(_) => {
                let has_remark =
                    self.text.get(range.clone()).is_some_and(|old| old.contains('\n') && has_remark(old));
                if has_remark { Err(remarks()) } else { Ok((range, String::new())) }
            }
            Form::BlockList(_) | Form::BlockMap(_) => {
                let before = self.text.get(..range.start).unwrap_or_default();
                let trimmed = before.trim_end();
                let old = self.text.get(range.clone()).unwrap_or_default();
                let stands_alone = trimmed.ends_with([':', '-']) && !has_remark(old);
                let start = if trimmed.ends_with(':') { trimmed.len() } else { range.start };
                if stands_alone {
                    Ok((
                        start..start + (self.text.get(start..range.end).unwrap_or_default().trim_end().len()),
                        String::new(),
                    ))
                } else {
                    Err(remarks())
                }
            }
        }
    }

    /// How far the text of a block is indented.
    fn indent_of_block(&self, block: &Range<usize>) -> Option<usize> {
        let lines = self.text.get(block.clone())?.lines().skip(1);
        let first = lines.into_iter().find(|line| !line.trim().is_empty())?;
        Some(first.len() - first.trim_start_matches(' ').len())
    }

    /// Adds to a collection in brackets.
    fn add_inline(
        &mut self,
        field: &Field,
        list: &Extent,
        last: Option<Spot>,
        mut new: Vec<String>,
    ) -> Result<(), EditError> {
        let at = match last {
            Some(last) => self.range(field, last)?.end,
            None => self.range(field, list.spot)?.start + 1,
        };
        let gap = match last {
            Some(last) => {
                new.insert(0, String::new());
                self.gap_before(field, last)?
            }
            None => " ".to_owned(),
        };
        self.changes.push(Change { range: at..at, text: new.join(&format!(",{gap}")) });
        Ok(())
    }

    /// What stands before an item in brackets: a space, or a new line with its indent.
    fn gap_before(&self, field: &Field, item: Spot) -> Result<String, EditError> {
        let start = self.range(field, item)?.start;
        let line = self.text.get(..start).and_then(|before| before.rfind('\n')).map(|at| at + 1);
        let before = line.and_then(|line| self.text.get(line..start));
        Ok(match before {
            Some(before) if !before.is_empty() && before.trim().is_empty() => {
                format!("{}{before}", self.line_end(start))
            }
            _ => " ".to_owned(),
        })
    }

    /// Adds items below the last one of a block list, as that one is written.
    fn add_items(
        &mut self,
        field: &Field,
        list: &Extent,
        column: usize,
        items: &[Value],
    ) -> Result<(), EditError> {
        let count = Document::parse(self.text).items(field).unwrap_or(0);
        let last = field.at(count.saturating_sub(1));
        let last = extents(self.text, std::slice::from_ref(&last)).pop().flatten();
        let end = self.range(field, list.spot)?.end;
        let line_end = self.line_end(end);
        let mut lines = String::new();
        // a blank line between items stays the custom
        let blank = |line: usize| {
            self.text.split('\n').nth(line.saturating_sub(2)).is_some_and(|line| line.trim().is_empty())
        };
        let spaced = count > 1 && last.as_ref().is_some_and(|last| blank(last.spot.line));
        for item in items {
            if spaced {
                lines += line_end;
            }
            match (&last, item) {
                (
                    Some(Extent { form: Form::BlockMap(inner), .. }),
                    Value::Record(keys) | Value::Map(keys),
                ) => {
                    let gap = inner.saturating_sub(column).max(2);
                    self.record(keys, column.saturating_sub(1), gap, line_end, &mut lines);
                }
                // however long: as the one before
                (Some(Extent { form: Form::FlowMap(_), .. }), _) => {
                    let inline = self.inline(item, Quote::Plain, false);
                    lines +=
                        &format!("{:indent$}- {inline}{line_end}", "", indent = column.saturating_sub(1));
                }
                _ => self.item(item, column.saturating_sub(1), 2, line_end, &mut lines),
            }
        }
        self.add_lines(end, &lines);
        Ok(())
    }

    /// Adds whole lines below the line of `end`, or at `end` where that begins a line.
    fn add_lines(&mut self, end: usize, lines: &str) {
        let rest = self.text.get(end..).unwrap_or_default();
        let starts_line = end == 0 || self.text.get(..end).is_some_and(|before| before.ends_with('\n'));
        let (at, is_cut) = match rest.find('\n') {
            _ if starts_line => (end, false),
            Some(line) => (end + line + 1, false),
            None => (self.text.len(), true),
        };
        // a mapping inside this one may end here as well: its lines come first
        match self.changes.iter_mut().find(|change| change.range == (at..at)) {
            Some(change) => change.text += lines,
            None if is_cut => {
                let text = format!("{}{lines}", self.line_end(end));
                self.changes.push(Change { range: at..at, text });
            }
            None => self.changes.push(Change { range: at..at, text: lines.to_owned() }),
        }
    }

    fn range(&self, field: &Field, spot: Spot) -> Result<Range<usize>, EditError> {
        let range = byte_ranges(self.text, &[spot]).pop().flatten();
        range.ok_or_else(|| EditError::Unsafe { field: field.clone() })
    }

    /// How the line before ends; else how the first line of the text does.
    fn line_end(&self, at: usize) -> &'static str {
        let before = self.text.get(..at).and_then(|before| before.rfind('\n'));
        let ends = before.or_else(|| self.text.find('\n')).and_then(|at| self.text.get(..at));
        if ends.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" }
    }

    fn pair(&self, key: &str, value: &Value) -> String {
        format!("{}: {}", scalar::key(key), self.inline(value, Quote::Plain, true))
    }

    /// A value on one line.
    fn inline(&self, value: &Value, quote: Quote, in_flow: bool) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Text(text) => {
                scalar::scalar(text, if self.plainest { Quote::Double } else { quote }, in_flow)
            }
            Value::Scalar(scalar) => scalar.clone(),
            Value::Map(keys) | Value::Record(keys) => {
                let keys: Vec<String> = keys.iter().map(|(key, value)| self.pair(key, value)).collect();
                format!("{{{}}}", keys.join(", "))
            }
            Value::List(items) | Value::Added(items) => {
                let items: Vec<String> =
                    items.iter().map(|item| self.inline(item, Quote::Plain, true)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    /// A key of a block mapping with its value, on as many lines as it takes.
    fn line(&self, key: &str, value: &Value, indent: usize, line_end: &str, out: &mut String) {
        let key = format!("{:indent$}{}:", "", scalar::key(key));
        let fits = |inline: &str| key.chars().count() + 1 + inline.chars().count() <= WIDTH;
        match value {
            // a few words stand on one line
            Value::Map(keys)
                if keys.iter().any(|(_, value)| !matches!(value, Value::Text(_) | Value::Null))
                    || (!keys.is_empty() && !fits(&self.inline(value, Quote::Plain, true))) =>
            {
                *out += &format!("{key}{line_end}");
                for (key, value) in keys {
                    self.line(key, value, indent + 2, line_end, out);
                }
            }
            Value::Record(keys) if !keys.is_empty() && !fits(&self.inline(value, Quote::Plain, true)) => {
                *out += &format!("{key}{line_end}");
                for (key, value) in keys {
                    self.line(key, value, indent + 2, line_end, out);
                }
            }
            Value::List(items) | Value::Added(items)
                if !items.is_empty() && !fits(&self.inline(value, Quote::Plain, true)) =>
            {
                *out += &format!("{key}{line_end}");
                for item in items {
                    self.item(item, indent + 2, 2, line_end, out);
                }
            }
            Value::Text(text) if text.contains('\n') && !self.plainest => {
                match scalar::block(text, Quote::Literal, indent + 2, line_end) {
                    Some((chomp, body)) => *out += &format!("{key} |{chomp}{line_end}{body}{line_end}"),
                    None => *out += &format!("{key} {}{line_end}", self.inline(value, Quote::Plain, false)),
                }
            }
            value => *out += &format!("{key} {}{line_end}", self.inline(value, Quote::Plain, false)),
        }
    }

    /// An item of a block list, on one line where it fits.
    fn item(&self, item: &Value, indent: usize, gap: usize, line_end: &str, out: &mut String) {
        let inline = self.inline(item, Quote::Plain, false);
        match item {
            Value::Record(keys) | Value::Map(keys)
                if !keys.is_empty() && indent + gap + inline.chars().count() > WIDTH =>
            {
                self.record(keys, indent, gap, line_end, out);
            }
            _ => *out += &format!("{:indent$}-{:gap$}{inline}{line_end}", "", "", gap = gap - 1),
        }
    }

    /// An item of a block list as a mapping with one key a line.
    fn record(&self, keys: &[(String, Value)], indent: usize, gap: usize, line_end: &str, out: &mut String) {
        let mut lines = String::new();
        for (key, value) in keys {
            self.line(key, value, indent + gap, line_end, &mut lines);
        }
        let first = lines.trim_start_matches(' ');
        *out += &format!("{:indent$}-{:gap$}{first}", "", "", gap = gap - 1);
    }
}

/// After the colon beside a value that is not there.
fn after_colon(text: &str, at: usize) -> usize {
    if text.get(at..).is_some_and(|rest| rest.starts_with(':')) {
        return at + 1;
    }
    text.get(..at).and_then(|before| before.rfind(':')).map_or(at, |colon| colon + 1)
}

/// A `#` that may begin a remark.
fn has_remark(text: &str) -> bool {
    let begins =
        |at| text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
    text.match_indices('#').any(|(at, _)| begins(at))
}

/// Where `|` or `>` and what belongs to it stand in the line before a block.
fn header(line: &str) -> Option<Range<usize>> {
    let signs = line.match_indices(['|', '>']).map(|(at, _)| at);
    signs
        .filter(|at| line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t'])))
        .find_map(|at| {
            let rest = line.get(at + 1..)?;
            let more = rest.len() - rest.trim_start_matches(['+', '-']).len();
            // an indent that is told in a number is for a text that begins with spaces
            let after = rest.get(more..)?;
            let remark = after.trim_start();
            (after.is_empty() || (remark.starts_with('#') && remark.len() < after.len()))
                .then_some(at..at + 1 + more)
        })
}

#[cfg(test)]
mod tests;
