//! YAML read into a format's types, with every fault of a file named and placed.
//!
//! Nearly every file is sound, and is read by one strict pass of `serde_yaml`, which keeps no places. A text which
//! that pass refuses, or which [`glance`] does not trust to it, is read again into a tree that knows its places: a
//! fault is noted, the key or item at fault left out, and the rest read again, until a value remains.

use serde::de::DeserializeOwned;

use super::node::{Failure, Reading, State, States, Why};
use crate::locate::tree::{Flaw, Kind, MAX_DEPTH, NodeId, Role, START, Tree, What};
use crate::locate::{Field, Spot};
use crate::model::{ExpectedValue, FaultKind, Near};

/// Faults named in one file; the rest of a worse one is not read.
const MAX_FAULTS: usize = 200;

/// Nodes read over and over in one file before reading is given up.
const MAX_WORK: usize = 20_000_000;

/// Characters shown of a value at fault.
const SHOWN: usize = 40;

/// Bytes times opened brackets up to which `serde_yaml` stays quick: it looks at every open bracket at every token.
const MAX_FAST_WORK: usize = 1 << 27;

/// What one text says.
pub(crate) struct ReadYaml<T> {
    /// What could be read; `None` if the text is not YAML, or is not the mapping it should be. A key at fault is as
    /// if absent. An item at fault is an empty mapping where its type allows, so that the others keep their
    /// positions, and else left out of its list.
    pub(crate) value: Option<T>,
    /// What is wrong, in the order of the text, at most 200 things.
    pub(crate) faults: Vec<TextFault>,
}

/// One thing wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextFault {
    /// The field at fault. For an unknown or repeated key, the field the key names; for a missing key, its parent.
    pub(crate) field: Field,
    /// Where to point.
    pub(crate) spot: Option<Spot>,
    /// What is wrong.
    pub(crate) kind: FaultKind,
}

/// Reads one document strictly: unknown, repeated and missing keys and wrong types are faults, keys that begin with
/// `x-` are passed over at every level, and reading goes on after a fault. Ends in bounded time on any text of
/// bounded size. An empty text is a fault.
///
/// A text that only one of the two parsers takes is sound if `serde_yaml` takes it and it needs no second reading,
/// or if the tree's parser takes it and nothing else is wrong.
///
/// A type says what it expects with `expecting` (or in `Error::custom`) as `expected:` and a word of
/// [`ExpectedValue`], such as `expected:moment`; what derived types say is understood. Maps with free keys must
/// refuse a repeated key themselves, or the fast pass takes the last one.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> ReadYaml<T> {
    match glance(text) {
        Glance::Plain => match serde_yaml::from_str(text) {
            Ok(value) => ReadYaml { value: Some(value), faults: Vec::new() },
            Err(_) => read_placed(text),
        },
        Glance::Odd => read_placed(text),
        Glance::Forbidden(spot, char) => {
            let problem = format!("the character U+{:04X} is not allowed, remove it", u32::from(char));
            let kind = FaultKind::Syntax { problem };
            ReadYaml { value: None, faults: vec![TextFault { field: Field::top(), spot: Some(spot), kind }] }
        }
    }
}

/// What a quick look over a text shows.
#[derive(Debug, PartialEq)]
enum Glance {
    /// `serde_yaml` reads it as the tree does, and in no more time.
    Plain,
    /// It may hold what `serde_yaml` reads in another way or at any cost: anchors, tags, `x-` keys, breaks of lines
    /// that only YAML 1.1 knows, no key at all, no break at its end, or brackets beyond counting.
    Odd,
    /// A character that YAML does not allow, and its place.
    Forbidden(Spot, char),
}

fn glance(text: &str) -> Glance {
    let mut opened = 0_usize;
    let mut is_odd = false;
    let mut may_be_forbidden = false;
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let bytes = body.as_bytes();
    // nearly every byte says nothing: the others are looked at with the two before them
    for (at, byte) in bytes.iter().copied().enumerate().filter(|(_, byte)| TELLS[usize::from(*byte)]) {
        let back = |n: usize| at.checked_sub(n).and_then(|at| bytes.get(at)).copied().unwrap_or(b'\n');
        let before = [back(2), back(1)];
        match byte {
            b'[' | b'{' => opened += 1,
            b'&' | b'!' | b'?' => is_odd |= is_separator(before[1]),
            b'-' => {
                is_odd |= before[1] == b'x' && (is_separator(before[0]) || matches!(before[0], b'"' | b'\''));
            }
            0..=0x1f | 0x7f => may_be_forbidden = true,
            // U+0080 to U+009F, among them the line break U+0085
            0x80..=0x9f if before[1] == 0xc2 => (is_odd, may_be_forbidden) = (true, true),
            // the line breaks U+2028 and U+2029
            0xa8 | 0xa9 if before == [0xe2, 0x80] => is_odd = true,
            // U+FEFF inside the text, U+FFFE, U+FFFF
            0xbf if before == [0xef, 0xbb] => is_odd = true,
            0xbe | 0xbf if before == [0xef, 0xbf] => may_be_forbidden = true,
            _ => {}
        }
    }
    let may_begin =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'"' | b'\'' | b'{') || byte >= 0x80;
    let has_line = || body.split(['\n', '\r']).any(|line| line.bytes().next().is_some_and(may_begin));
    if may_be_forbidden && let Some((spot, char)) = forbidden(body) {
        Glance::Forbidden(spot, char)
    } else if is_odd
        || !has_line()
        || !matches!(bytes.last(), None | Some(b'\n' | b'\r'))
        || opened.saturating_mul(text.len()) > MAX_FAST_WORK
    {
        Glance::Odd
    } else {
        Glance::Plain
    }
}

/// The bytes that may make a text odd or forbidden, or that open a bracket.
static TELLS: [bool; 256] = {
    let mut tells = [false; 256];
    let mut byte = 0;
    while byte < tells.len() {
        tells[byte] = match byte as u8 {
            b'\t' | b'\n' | b'\r' => false,
            b'[' | b'{' | b'&' | b'!' | b'?' | b'-' | 0..=0x1f | 0x7f..=0x9f | 0xa8 | 0xa9 | 0xbe | 0xbf => {
                true
            }
            _ => false,
        };
        byte += 1;
    }
    tells
};

fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':')
}

fn forbidden(body: &str) -> Option<(Spot, char)> {
    let (mut line, mut column, mut after_return) = (1, 1, false);
    for char in body.chars() {
        match char {
            '\n' if after_return => {}
            '\n' | '\r' => (line, column) = (line + 1, 1),
            '\t' | '\u{85}' => column += 1,
            '\0'..' ' | '\u{7f}'..'\u{a0}' | '\u{fffe}' | '\u{ffff}' => {
                return Some((Spot { line, column, end_line: line, end_column: column + 1 }, char));
            }
            _ => column += 1,
        }
        after_return = char == '\r';
    }
    None
}

fn read_placed<T: DeserializeOwned>(text: &str) -> ReadYaml<T> {
    let tree = Tree::parse(text);
    let mut reader = Reader { tree: &tree, states: States::new(), faults: Vec::new() };
    for flaw in &tree.flaws {
        reader.note_flaw(flaw);
    }
    let stopped = tree.flaws.iter().any(|flaw| flaw.what.stops());
    if let Some(spot) = merge_mark(text).filter(|_| stopped) {
        let kind = FaultKind::MergeMarks;
        return ReadYaml {
            value: None,
            faults: vec![TextFault { field: Field::top(), spot: Some(spot), kind }],
        };
    }
    let value = if stopped { None } else { reader.read() };
    let mut faults = reader.faults;
    faults.sort_by_key(|fault| fault.spot);
    faults.truncate(MAX_FAULTS);
    for fault in &mut faults {
        if let (FaultKind::Syntax { .. }, Some(spot)) = (&fault.kind, fault.spot)
            && let Some((column, first)) = item_without_key(text, spot)
        {
            fault.kind = FaultKind::ItemWithoutKey { first: shortened(&first) };
            fault.spot = Some(Spot { line: spot.line, column, end_line: spot.line, end_column: column + 1 });
        } else if let (FaultKind::Syntax { problem }, Some(spot)) = (&fault.kind, fault.spot)
            && problem == "mapping values are not allowed in this context"
            && let Some(column) = misplaced_key(text, spot.line)
        {
            fault.kind = FaultKind::Syntax { problem: "invalid indentation".to_owned() };
            fault.spot = Some(Spot { line: spot.line, column, end_line: spot.line, end_column: column + 1 });
        }
    }
    ReadYaml { value, faults }
}

/// Where a merge that was not finished begins.
fn merge_mark(text: &str) -> Option<Spot> {
    let (at, line) = text.lines().enumerate().find(|(_, line)| line.starts_with("<<<<<<< "))?;
    let (line, column) = (at + 1, line.chars().count() + 1);
    Some(Spot { line, column: 1, end_line: line, end_column: column })
}

/// The column and the first key of the item that a line with a fault is, if what it lies under is a value and no list.
fn item_without_key(text: &str, spot: Spot) -> Option<(usize, String)> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let lines: Vec<&str> = text.lines().take(spot.line).collect();
    let (line, above) = lines.split_last()?;
    let item = line.trim_start_matches(' ').strip_prefix("- ")?;
    if spot.column <= indent(line) {
        return None;
    }
    let says = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let owner = above.iter().rev().filter(says).find(|above| indent(above) < indent(line).max(1))?;
    let owner = owner.split(" #").next().unwrap_or_default().trim();
    if owner.starts_with("- ") || owner.ends_with(':') {
        return None;
    }
    let key = item.split(':').next().unwrap_or_default().trim();
    Some((indent(line) + 1, if item.contains(": ") { key.to_owned() } else { String::new() }))
}

/// The column of the key in a line that is nothing but a key and its value: what is wrong with it is where it begins.
/// `None` where a second colon is what the parser met.
fn misplaced_key(text: &str, line: usize) -> Option<usize> {
    let line = text.lines().nth(line.checked_sub(1)?)?;
    let inner = line.trim_start_matches(' ');
    let item = inner.strip_prefix("- ").unwrap_or(inner);
    let said = item.split(" #").next().unwrap_or_default().trim_end();
    let colons = said.matches(": ").count() + said.matches(":\t").count() + usize::from(said.ends_with(':'));
    (colons == 1).then_some(line.len() - inner.len() + 1)
}

/// A reading in several attempts.
struct Reader<'a> {
    tree: &'a Tree,
    states: States,
    faults: Vec<TextFault>,
}

impl Reader<'_> {
    fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        let root = self.tree.root().filter(|root| !self.is_nothing(*root));
        let Some(root) = root else {
            self.note(Field::top(), START, invalid(String::new(), ExpectedValue::Mapping));
            return None;
        };
        // each attempt leaves out one more node, so that the bounds are the only other end
        let mut work = 0;
        loop {
            let reading = Reading { tree: self.tree, states: &self.states, id: root };
            let failure = match T::deserialize(reading) {
                Ok(value) => return Some(value),
                Err(failure) => failure,
            };
            work += self.tree.len();
            if !self.leave_out(failure, root) || self.faults.len() >= MAX_FAULTS || work > MAX_WORK {
                return None;
            }
        }
    }

    fn is_nothing(&self, id: NodeId) -> bool {
        matches!(&self.tree.node(id).kind, Kind::Scalar(scalar) if scalar.plain && scalar.text.is_empty())
    }

    /// Notes why a reading failed and leaves out what is at fault; `false` if nothing remains to be read.
    fn leave_out(&mut self, failure: Failure, root: NodeId) -> bool {
        let at = self.innermost(failure.at.unwrap_or(root), &failure.why);
        if !self.is_consequence(at, &failure.why) {
            self.note_failure(at, &failure.why);
        }
        let node = self.tree.node(at);
        let (left_out, state) = match (node.role, &failure.why) {
            (Role::Root, _) => return false,
            (Role::Key, _) => match self.value_of(at) {
                Some(value) => (value, State::LeftOut),
                None => return false,
            },
            (
                Role::Item(_),
                Why::Wrong { expected: ExpectedValue::Mapping | ExpectedValue::Localized, .. },
            ) if !self.states.contains_key(&at) && self.tree.text(at).is_some() => (at, State::Emptied),
            (Role::Item(_) | Role::Value(_), _) => (at, State::LeftOut),
        };
        self.states.insert(left_out, state) != Some(State::LeftOut)
    }

    /// The key that a mapping says it does not know, else the node that failed.
    fn innermost(&self, at: NodeId, why: &Why) -> NodeId {
        match (&self.tree.node(at).kind, why) {
            (Kind::Map(entries), Why::UnknownKey { key, .. }) => {
                let entry = entries.iter().find(|entry| self.tree.text(entry.key) == Some(key));
                entry.map_or(at, |entry| entry.key)
            }
            _ => at,
        }
    }

    fn value_of(&self, key: NodeId) -> Option<NodeId> {
        match &self.tree.node(self.tree.parent(key)?).kind {
            Kind::Map(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| entry.value),
            Kind::Scalar(_) | Kind::List(_) => None,
        }
    }

    /// Whether a failure at a node only follows from what was left out inside it before.
    fn is_consequence(&self, at: NodeId, why: &Why) -> bool {
        if self.states.contains_key(&at) {
            return true;
        }
        match why {
            Why::UnknownKey { .. } | Why::DuplicateKey(_) => false,
            Why::Missing(key) => self.states.keys().any(|id| {
                let of_key = match self.tree.node(*id).role {
                    Role::Value(key) => self.tree.text(key),
                    Role::Root | Role::Key | Role::Item(_) => None,
                };
                self.tree.parent(*id) == Some(at)
                    && of_key.is_some_and(|left_out| self.stood_for(*id, left_out, key))
            }),
            Why::Wrong { .. } | Why::Other(_) => self.states.keys().any(|id| {
                std::iter::successors(self.tree.parent(*id), |id| self.tree.parent(*id))
                    .any(|above| above == at)
            }),
        }
    }

    /// Whether the key left out was `key`, or was taken for a slip of it.
    fn stood_for(&self, value: NodeId, left_out: &str, key: &str) -> bool {
        left_out == key
            || self.faults.iter().any(|fault| {
                matches!(&fault.kind, FaultKind::UnknownKey { near: Some(near), .. } if near.word == key)
                    && fault.field == self.tree.field(value)
            })
    }

    fn note_failure(&mut self, at: NodeId, why: &Why) {
        let tree = self.tree;
        let kind = match why {
            Why::UnknownKey { key, near, known } => {
                FaultKind::UnknownKey { key: shortened(key), near: near.clone(), known }
            }
            Why::DuplicateKey(key) => FaultKind::DuplicateKey { key: (*key).to_owned() },
            Why::Missing(key) => FaultKind::Missing { key: (*key).to_owned() },
            Why::Wrong { expected, near } => {
                let value = shown(tree, at);
                let near = near.clone().or_else(|| truth(&value, expected));
                FaultKind::Invalid { value, expected: expected.clone(), near }
            }
            Why::Other(problem) => FaultKind::Syntax { problem: shortened_to(problem, 4 * SHOWN) },
        };
        self.note(tree.field(at), tree.place(at), kind);
    }

    fn note_flaw(&mut self, flaw: &Flaw) {
        let kind = match &flaw.what {
            What::Syntax(problem) => FaultKind::Syntax { problem: shortened_to(problem, 4 * SHOWN) },
            What::TooDeep => FaultKind::TooDeep { limit: MAX_DEPTH },
            What::TooManyAliases => FaultKind::TooManyAliases,
            What::SeveralDocuments => FaultKind::SeveralDocuments,
            What::DuplicateKey(key) => FaultKind::DuplicateKey { key: shortened(key) },
            What::KeyNotText(key) => invalid(shown(self.tree, *key), ExpectedValue::Text),
            What::UnknownTag(tag) => FaultKind::Syntax {
                problem: format!("the tag `{}` has no meaning here, remove it", shortened(tag)),
            },
        };
        self.note(flaw.field.clone(), flaw.spot, kind);
    }

    fn note(&mut self, field: Field, spot: Spot, kind: FaultKind) {
        self.faults.push(TextFault { field, spot: Some(spot), kind });
    }
}

/// What other versions of YAML, and people, write for `true` and `false`.
fn truth(value: &str, expected: &ExpectedValue) -> Option<Near> {
    if !matches!(expected, ExpectedValue::YesNo | ExpectedValue::Tristate) {
        return None;
    }
    let word = match value.to_lowercase().as_str() {
        "yes" | "y" | "on" | "sim" | "true" => "true",
        "no" | "n" | "off" | "não" | "nao" | "false" => "false",
        _ => return None,
    };
    Some(Near { word: word.to_owned(), sure: true })
}

fn invalid(value: String, expected: ExpectedValue) -> FaultKind {
    FaultKind::Invalid { value, expected, near: None }
}

/// A node on one short line, lists and mappings as their first items.
fn shown(tree: &Tree, id: NodeId) -> String {
    let mut text = String::new();
    write_shown(tree, id, 0, &mut text);
    shortened(&text)
}

fn write_shown(tree: &Tree, id: NodeId, depth: usize, out: &mut String) {
    if depth > 3 || out.len() > 4 * SHOWN {
        out.push('…');
        return;
    }
    match &tree.node(id).kind {
        Kind::Scalar(scalar) => out.extend(scalar.text.chars().take(2 * SHOWN)),
        Kind::List(items) => {
            out.push('[');
            for (index, item) in items.iter().take(SHOWN).enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                write_shown(tree, *item, depth + 1, out);
            }
            out.push(']');
        }
        Kind::Map(entries) => {
            out.push('{');
            for (index, entry) in entries.iter().take(SHOWN).enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                write_shown(tree, entry.key, depth + 1, out);
                out.push_str(": ");
                write_shown(tree, entry.value, depth + 1, out);
            }
            out.push('}');
        }
    }
}

fn shortened(text: &str) -> String {
    shortened_to(text, SHOWN)
}

/// The beginning of `text` on one line, without characters that move or hide others.
fn shortened_to(text: &str, most: usize) -> String {
    let mut chars = text.chars().map(|char| match char {
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => ' ',
        char if char.is_control() => ' ',
        char => char,
    });
    let mut short: String = chars.by_ref().take(most).collect();
    if chars.next().is_some() {
        short.pop();
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;
