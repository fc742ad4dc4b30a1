//! Places found by a light look at the lines of a text, for texts as people write them.
//!
//! A sketch knows the everyday part of YAML: block mappings and lists whose keys are plain words, scalars and flow
//! collections that end on their line, block scalars, comments. Of a text with anything else there is no sketch, and
//! of a place that takes more to know there is no answer: [`Document`](super::Document) then has both. Where a sketch
//! answers, it answers as the document does, some twenty times sooner.

use super::{Field, Spot, Step, tree::START};

/// Collections inside one another that a sketch follows.
const DEPTH: usize = 24;

/// The nodes of one text, in its order.
#[derive(Debug)]
pub(crate) struct Sketch<'t> {
    text: &'t str,
    nodes: Vec<Node>,
}

/// A key with its value, or an item of a list.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// 1-based.
    line: u32,
    /// 0 at the top of the text.
    depth: u32,
    /// Where its line begins, in bytes, as all that follows.
    from: u32,
    /// The key; `None` for an item.
    key: Option<(u32, u32)>,
    value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// Nothing on the line of the key or dash: empty, or what follows deeper.
    Open,
    /// A scalar on one line.
    Scalar(u32, u32),
    /// A flow collection on one line, which begins here; what it holds are the next nodes.
    Flow(u32),
    /// A block scalar: its first line and column, and the line and the column after it.
    Block { line: u32, column: u32, end_line: u32, end_column: u32 },
    /// A scalar whose place takes more to know: one in quotes with blanks after it.
    Hidden,
}

/// What stands at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written<'t> {
    /// A scalar on one line, with its quotes.
    Scalar(&'t str),
    /// A mapping, a list, or nothing at all.
    Collection,
    /// What takes more to read.
    Other,
}

impl Value {
    fn block(self) -> Option<Spot> {
        let Self::Block { line, column, end_line, end_column } = self else { return None };
        let [line, column, end_line, end_column] =
            [line, column, end_line, end_column].map(|number| number as usize);
        Some(Spot { line, column, end_line, end_column })
    }
}

impl<'t> Sketch<'t> {
    /// A sketch of `text`; `None` unless all of it is of the kind that sketches know.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        if u32::try_from(text.len()).is_err()
            || text.bytes().any(|byte| (byte < b' ' && byte != b'\n') || byte == 0x7f)
        {
            return None;
        }
        let mut pen = Pen { nodes: Vec::with_capacity(text.len() / 32), open: Vec::new(), last: 0 };
        let mut lines = Lines { text, at: 0, number: 0 };
        while let Some(line) = lines.next() {
            pen.line(line, &mut lines)?;
        }
        (!pen.nodes.is_empty()).then_some(Self { text, nodes: pen.nodes })
    }

    /// As [`Document::place`](super::Document::place); `None` where that takes more than a sketch.
    pub(crate) fn place(&self, field: &Field) -> Option<Spot> {
        let mut found: Option<usize> = None;
        for step in field.steps() {
            match self.child(found, step) {
                Some(child) => found = Some(child),
                None => {
                    let Some(at) = found else { return Some(START) };
                    let node = self.nodes.get(at)?;
                    return match node.key {
                        Some(key) => Some(self.spot(node, key)),
                        None => self.item(at),
                    };
                }
            }
        }
        let Some(at) = found else { return Some(START) };
        let node = self.nodes.get(at)?;
        match (node.key, node.value) {
            (_, Value::Scalar(from, to)) => Some(self.spot(node, (from, to))),
            (_, value @ Value::Block { .. }) => value.block(),
            (_, Value::Hidden) => None,
            (Some(key), Value::Open | Value::Flow(_)) => Some(self.spot(node, key)),
            (None, Value::Open | Value::Flow(_)) => self.item(at),
        }
    }

    /// Where to point for an item: at its scalar, or at the first that its collection holds.
    fn item(&self, mut at: usize) -> Option<Spot> {
        loop {
            let node = self.nodes.get(at)?;
            match (node.key, node.value) {
                (Some(key), _) => return Some(self.spot(node, key)),
                (None, Value::Scalar(from, to)) => return Some(self.spot(node, (from, to))),
                (None, value @ Value::Block { .. }) => return value.block(),
                (None, Value::Hidden) => return None,
                (None, Value::Open | Value::Flow(_)) => {
                    let first = self.nodes.get(at + 1)?;
                    if first.depth <= node.depth {
                        return None;
                    }
                    at += 1;
                }
            }
        }
    }

    /// The nodes right below one, or at the top: entries of a mapping, or items of a list.
    pub(crate) fn below(&self, parent: Option<usize>) -> impl Iterator<Item = usize> {
        let (from, depth) = match parent {
            None => (0, 0),
            Some(at) => (at + 1, self.nodes.get(at).map_or(u32::MAX, |node| node.depth + 1)),
        };
        let within =
            self.nodes.iter().enumerate().skip(from).take_while(move |(_, node)| node.depth >= depth);
        within.filter(move |(_, node)| node.depth == depth).map(|(at, _)| at)
    }

    /// The key of an entry; `None` for an item of a list.
    pub(crate) fn key(&self, at: usize) -> Option<&'t str> {
        let (from, to) = self.nodes.get(at)?.key?;
        self.text.get(from as usize..to as usize)
    }

    /// What a node holds, as it is written.
    pub(crate) fn written(&self, at: usize) -> Written<'t> {
        match self.nodes.get(at).map(|node| node.value) {
            Some(Value::Scalar(from, to)) => match self.text.get(from as usize..to as usize) {
                Some(text) => Written::Scalar(text),
                None => Written::Other,
            },
            Some(Value::Open | Value::Flow(_)) => Written::Collection,
            _ => Written::Other,
        }
    }

    /// The lines of an entry at the top, with what follows up to the next.
    pub(crate) fn lines(&self, at: usize) -> Option<&'t str> {
        let from = self.nodes.get(at)?.from as usize;
        let next = self.nodes.iter().skip(at + 1).find(|node| node.depth == 0);
        self.text.get(from..next.map_or(self.text.len(), |node| node.from as usize))
    }

    /// The node that `step` leads to from a node, or from the top.
    fn child(&self, parent: Option<usize>, step: &Step) -> Option<usize> {
        let (from, depth) = match parent {
            None => (0, 0),
            Some(at) => (at + 1, self.nodes.get(at)?.depth + 1),
        };
        let within = self.nodes.iter().enumerate().skip(from).take_while(|(_, node)| node.depth >= depth);
        let mut children = within.filter(|(_, node)| node.depth == depth);
        let found = match step {
            Step::Key(wanted) => children.find(|(_, node)| {
                node.key.is_some_and(|(from, to)| self.text.get(from as usize..to as usize) == Some(wanted))
            }),
            Step::Index(index) => children.nth(*index).filter(|(_, node)| node.key.is_none()),
        };
        found.map(|(at, _)| at)
    }

    fn spot(&self, node: &Node, (from, to): (u32, u32)) -> Spot {
        let characters = |from: u32, to: u32| {
            self.text.get(from as usize..to as usize).map_or(0, |text| text.chars().count())
        };
        let column = characters(node.from, from) + 1;
        let line = node.line as usize;
        Spot { line, column, end_line: line, end_column: column + characters(from, to) }
    }
}

/// The lines of a text, one after the other.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    number: u32,
}

/// A line that holds more than blanks and a comment.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    number: u32,
    /// Where it begins in the whole text.
    from: usize,
    indent: usize,
}

impl<'t> Lines<'t> {
    /// The next line as it stands.
    fn raw(&mut self) -> Option<Line<'t>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let text = rest.split_once('\n').map_or(rest, |(line, _)| line);
        let from = self.at;
        self.at += text.len() + 1;
        self.number += 1;
        let indent = text.len() - text.trim_start_matches(' ').len();
        Some(Line { text, number: self.number, from, indent })
    }

    fn next(&mut self) -> Option<Line<'t>> {
        loop {
            let line = self.raw()?;
            let rest = line.text.get(line.indent..).unwrap_or_default();
            if !rest.is_empty() && !rest.starts_with('#') {
                return Some(line);
            }
        }
    }

    /// Passes over the lines of a block scalar whose parent stands at column `parent`, and says where it stands.
    fn pass_block(&mut self, parent: usize) -> Option<Value> {
        let mut first: Option<(u32, usize)> = None;
        let mut last = "";
        loop {
            let (at, number) = (self.at, self.number);
            let line = self.raw().filter(|line| {
                let is_blank = line.indent == line.text.len();
                is_blank || line.indent > parent
            });
            let Some(line) = line else {
                (self.at, self.number) = (at, number);
                let (line, indent) = first?;
                // a text that breaks off ends behind its last character
                let cut = self.text.get(at..)?.is_empty() && !self.text.ends_with('\n');
                let (end_line, end_column) = match cut {
                    true => (number, u32::try_from(last.chars().count() + 1).ok()?),
                    // the indentation of what follows is passed over with it
                    false => (number + 1, u32::try_from(self.raw().map_or(0, |next| next.indent) + 1).ok()?),
                };
                (self.at, self.number) = (at, number);
                let column = u32::try_from(indent + 1).ok()?;
                return Some(Value::Block { line, column, end_line, end_column });
            };
            if !is_tame(line.text) {
                return None;
            }
            last = line.text;
            let is_blank = line.indent == line.text.len();
            match first {
                // blanks before the first line may not reach further than it
                None if is_blank && line.indent > 0 => return None,
                _ if is_blank => {}
                None => first = Some((line.number, line.indent)),
                Some((_, indent)) if line.indent < indent => return None,
                Some(_) => {}
            }
        }
    }
}

/// Writes nodes down.
struct Pen {
    nodes: Vec<Node>,
    /// The open collections, outermost first: column, and whether it is a list.
    open: Vec<(usize, bool)>,
    /// How many were open at the last node of a block collection.
    last: usize,
}

impl Pen {
    fn line(&mut self, line: Line<'_>, lines: &mut Lines<'_>) -> Option<()> {
        let mut column = line.indent;
        let mut rest = line.text.get(column..)?;
        loop {
            let after_dash = match rest.strip_prefix('-') {
                Some("") => "",
                Some(after) if after.starts_with(' ') => after,
                _ => break,
            };
            let after_dash = after_dash.trim_start_matches(' ');
            let next = line.text.len() - after_dash.len();
            if after_dash.is_empty() || after_dash.starts_with('#') {
                return self.node(line, column, None, Value::Open);
            }
            if key(after_dash).is_none() && !is_dash(after_dash) {
                return self.value(line, column, None, next, lines);
            }
            self.node(line, column, None, Value::Open)?;
            (column, rest) = (next, after_dash);
        }
        let length = key(rest)?;
        let value = rest.get(length + 1..)?.trim_start_matches(' ');
        let from = line.text.len() - value.len();
        let key = Some((offset(line, column), offset(line, column + length)));
        if value.is_empty() || (value.starts_with('#') && from > column + length + 1) {
            return self.node(line, column, key, Value::Open);
        }
        self.value(line, column, key, from, lines)
    }

    /// A key or an item with a value that begins on its line at `from`.
    fn value(
        &mut self,
        line: Line<'_>,
        column: usize,
        key: Option<(u32, u32)>,
        from: usize,
        lines: &mut Lines<'_>,
    ) -> Option<()> {
        let value = line.text.get(from..)?;
        if !is_tame(value) {
            return None;
        }
        match value.bytes().next()? {
            b'|' | b'>' => {
                let header = value.get(1..)?.trim_end_matches(' ');
                if !matches!(header, "" | "-" | "+") {
                    return None;
                }
                self.node(line, column, key, Value::Hidden)?;
                let block = lines.pass_block(column)?;
                self.nodes.last_mut()?.value = block;
                Some(())
            }
            b'{' | b'[' => {
                self.node(line, column, key, Value::Flow(offset(line, from)))?;
                let depth = u32::try_from(self.open.len()).ok()?;
                let end = self.flow(line, from, depth)?;
                ends(line.text.get(end..)?).then_some(())
            }
            _ => {
                let end = scalar(line.text, from, false)?;
                ends(line.text.get(end..)?).then_some(())?;
                self.node(line, column, key, whole(line, from, end))
            }
        }
    }

    /// A node of a block collection, at a column.
    fn node(&mut self, line: Line<'_>, column: usize, key: Option<(u32, u32)>, value: Value) -> Option<()> {
        let is_list = key.is_none();
        while self.open.last().is_some_and(|(at, list)| *at > column || (*at == column && *list && !is_list))
        {
            self.open.pop();
        }
        match self.open.last() {
            Some(here) if *here == (column, is_list) => {}
            // a list may stand as deep as the key it belongs to
            Some((at, _)) if *at < column || is_list => self.enter(column, is_list)?,
            Some(_) => return None,
            None if self.nodes.is_empty() && column == 0 => self.enter(column, is_list)?,
            None => return None,
        }
        let depth = u32::try_from(self.open.len()).ok()?.checked_sub(1)?;
        self.nodes.push(Node { line: line.number, depth, from: offset(line, 0), key, value });
        self.last = self.open.len();
        Some(())
    }

    /// Begins a collection, which must be the value of the node before it.
    fn enter(&mut self, column: usize, is_list: bool) -> Option<()> {
        let may = match self.nodes.last() {
            None => true,
            Some(before) => before.value == Value::Open && self.last == self.open.len(),
        };
        if !may || self.open.len() >= DEPTH {
            return None;
        }
        self.open.push((column, is_list));
        Some(())
    }

    /// A flow collection at `from`, whose nodes lie at `depth`; where it ends.
    fn flow(&mut self, line: Line<'_>, from: usize, depth: u32) -> Option<usize> {
        let text = line.text;
        if depth as usize > DEPTH {
            return None;
        }
        let is_map = text.as_bytes().get(from) == Some(&b'{');
        let close = if is_map { b'}' } else { b']' };
        let blank = |at: usize| {
            let rest = text.get(at..)?;
            Some(at + rest.len() - rest.trim_start_matches(' ').len())
        };
        let byte = |at: usize| text.as_bytes().get(at).copied();
        let mut at = blank(from + 1)?;
        if byte(at)? == close {
            return Some(at + 1);
        }
        loop {
            let mut name = None;
            if is_map {
                let length = key(text.get(at..)?)?;
                name = Some((offset(line, at), offset(line, at + length)));
                at = blank(at + length + 1)?;
            }
            let node = |value| Node { line: line.number, depth, from: offset(line, 0), key: name, value };
            if matches!(byte(at)?, b'{' | b'[') {
                self.nodes.push(node(Value::Flow(offset(line, at))));
                at = self.flow(line, at, depth + 1)?;
            } else {
                let end = scalar(text, at, true)?;
                self.nodes.push(node(whole(line, at, end)));
                at = end;
            }
            at = blank(at)?;
            match byte(at)? {
                b',' => at = blank(at + 1)?,
                end if end == close => return Some(at + 1),
                _ => return None,
            }
        }
    }
}

/// The scalar between two columns.
fn whole(line: Line<'_>, from: usize, to: usize) -> Value {
    let byte = |at: usize| line.text.as_bytes().get(at);
    if matches!(byte(from), Some(b'"' | b'\'')) && byte(to) == Some(&b' ') {
        return Value::Hidden;
    }
    Value::Scalar(offset(line, from), offset(line, to))
}

fn offset(line: Line<'_>, at: usize) -> u32 {
    // texts beyond 4 GB have no sketch
    u32::try_from(line.from + at).unwrap_or(u32::MAX)
}

fn is_dash(text: &str) -> bool {
    text == "-" || text.starts_with("- ")
}

/// The length of the plain word that is a key at the start of `text`, before a colon and a blank.
fn key(text: &str) -> Option<usize> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/');
    let length = text.bytes().take(128).take_while(|byte| is_word(*byte)).count();
    let first = *text.as_bytes().first()?;
    let after = text.as_bytes().get(length..)?;
    let ends = matches!(after, [b':'] | [b':', b' ', ..]);
    (ends && (first.is_ascii_alphanumeric() || first == b'_')).then_some(length)
}

/// Where the scalar that begins at `from` ends on its line; in a flow collection, commas and brackets end it too.
fn scalar(text: &str, from: usize, in_flow: bool) -> Option<usize> {
    let rest = text.get(from..)?;
    let bytes = rest.as_bytes();
    match *bytes.first()? {
        b'"' => {
            let mut at = 1;
            loop {
                match bytes.get(at)? {
                    b'"' => return Some(from + at + 1),
                    b'\\' if matches!(bytes.get(at + 1)?, b'"' | b'\\' | b'n' | b't' | b'/') => at += 2,
                    b'\\' => return None,
                    _ => at += 1,
                }
            }
        }
        b'\'' => {
            let mut at = 1;
            loop {
                match (bytes.get(at)?, bytes.get(at + 1)) {
                    (b'\'', Some(b'\'')) => at += 2,
                    (b'\'', _) => return Some(from + at + 1),
                    _ => at += 1,
                }
            }
        }
        first
            if first.is_ascii_alphanumeric()
                || first >= 0x80
                || matches!(first, b'_' | b'/' | b'(' | b'~') =>
        {
            let mut end = bytes.len();
            let mut before = first;
            for (at, byte) in bytes.iter().copied().enumerate().skip(1) {
                match byte {
                    b'#' if before == b' ' => {
                        end = at;
                        break;
                    }
                    b',' if in_flow => {
                        end = at;
                        break;
                    }
                    b'}' | b']' if in_flow => {
                        end = at;
                        break;
                    }
                    b'{' | b'[' if in_flow => return None,
                    // inside a flow collection a colon takes more to understand
                    b' ' if before == b':' => return None,
                    b',' | b'}' | b']' if before == b':' => return None,
                    _ => {}
                }
                before = byte;
            }
            let plain = rest.get(..end)?.trim_end_matches(' ');
            (!plain.ends_with(':')).then_some(from + plain.len())
        }
        _ => None,
    }
}

/// Nothing but blanks, or a comment after a blank.
fn ends(rest: &str) -> bool {
    let trimmed = rest.trim_start_matches(' ');
    trimmed.is_empty() || (trimmed.starts_with('#') && trimmed.len() < rest.len())
}

/// No character that some reader takes for a break or refuses.
fn is_tame(text: &str) -> bool {
    text.is_ascii()
        || !text.chars().any(|char| {
            matches!(
                char,
                '\u{80}'..='\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            )
        })
}

#[cfg(test)]
mod tests;
