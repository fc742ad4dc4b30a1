//! A YAML text as a tree whose nodes know their places: the one reading of the text that keeps positions.
//!
//! The tree is an arena, so that neither a deep nor a wide text costs stack. What is wrong with the text itself is
//! kept beside the tree; a text that breaks off leaves the part before the break.

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Marker, ScalarStyle, ScanError, Span};

use super::{Field, Spot, Step, input};

/// Collections inside one another, the outermost included. The same bound as the fast reader's.
pub(crate) const MAX_DEPTH: usize = 128;

/// Nodes that aliases may add to one text.
const MAX_COPIED_NODES: usize = 100_000;

/// Bytes of scalars that aliases may add to one text.
const MAX_COPIED_BYTES: usize = 4 << 20;

/// Flaws kept for one text.
const MAX_FLAWS: usize = 200;

/// The beginning of the text.
pub(crate) const START: Spot = Spot { line: 1, column: 1, end_line: 1, end_column: 1 };

/// One YAML document with the places of its nodes.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    root: Option<NodeId>,
    /// What is wrong with the text, in the order met.
    pub(crate) flaws: Vec<Flaw>,
}

/// A node of one [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(usize);

/// One node: what it is, where it stands in the text and in the tree.
#[derive(Debug)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its place; exact for scalars only. Inside an alias: the place where the alias is used.
    pub(crate) spot: Spot,
    /// What it is to its parent.
    pub(crate) role: Role,
    parent: Option<NodeId>,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A scalar.
    Scalar(Scalar),
    /// A list.
    List(Vec<NodeId>),
    /// A mapping; every key is a scalar, no key stands twice.
    Map(Vec<Entry>),
}

/// One key and its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// The key, a scalar.
    pub(crate) key: NodeId,
    /// The value.
    pub(crate) value: NodeId,
}

/// A scalar as written: what it means is for the reader to say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scalar {
    /// The text, unquoted and unfolded.
    pub(crate) text: String,
    /// Whether it was written without quotes and not as a block.
    pub(crate) plain: bool,
    /// Its tag of YAML's core schema.
    pub(crate) tag: Option<Tag>,
}

/// A tag of YAML's core schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// `!!null`
    Null,
    /// `!!bool`
    Bool,
    /// `!!int`
    Int,
    /// `!!float`
    Float,
    /// `!!str`, `!`, and every other `!!` tag on a scalar.
    Text,
}

/// What a node is to its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The document itself.
    Root,
    /// A key of a mapping.
    Key,
    /// The value of this key.
    Value(NodeId),
    /// An item of a list, from 0.
    Item(usize),
}

/// What is wrong with the text itself.
#[derive(Debug)]
pub(crate) struct Flaw {
    /// The nearest field.
    pub(crate) field: Field,
    /// The place.
    pub(crate) spot: Spot,
    /// What it is.
    pub(crate) what: What,
}

/// The ways in which a text is wrong.
#[derive(Debug)]
pub(crate) enum What {
    /// Not YAML, in the parser's words. The rest of the text was not read.
    Syntax(String),
    /// Deeper than [`MAX_DEPTH`]. The rest of the text was not read.
    TooDeep,
    /// Aliases that unfold to too much, or without end. The rest of the text was not read.
    TooManyAliases,
    /// A second document begins. It was not read.
    SeveralDocuments,
    /// A key for the second time. Its value was passed over.
    DuplicateKey(String),
    /// A list or a mapping as a key. Its value was passed over.
    KeyNotText(NodeId),
    /// A tag outside YAML's core schema. It was passed over.
    UnknownTag(String),
}

impl What {
    /// Whether the text after it was not read.
    pub(crate) fn stops(&self) -> bool {
        matches!(self, Self::Syntax(_) | Self::TooDeep | Self::TooManyAliases)
    }
}

impl Tree {
    /// Reads the first document of `text`, as far as it can be read. Never fails: see [`Tree::flaws`].
    pub(crate) fn parse(text: &str) -> Self {
        let mut grower = Grower::default();
        if let Err(end) = grower.grow(text) {
            let (what, spot) = match end {
                End::Broken(error) => (broken(&error), near_end(error.marker(), text)),
                End::Past(what, spot) => (what, spot),
            };
            let field = grower.open.last().map(|open| grower.tree.field(open.id)).unwrap_or_default();
            grower.tree.flaws.push(Flaw { field, spot, what });
        }
        grower.tree
    }

    /// The document; `None` for an empty text.
    pub(crate) fn root(&self) -> Option<NodeId> {
        self.root
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        static NOTHING: Node = Node {
            kind: Kind::Scalar(Scalar { text: String::new(), plain: true, tag: None }),
            spot: START,
            role: Role::Root,
            parent: None,
        };
        self.nodes.get(id.0).unwrap_or(&NOTHING)
    }

    /// The node that holds this one; for a key and a value, the mapping.
    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    /// The text of a scalar.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The child that `step` leads to.
    pub(crate) fn child(&self, id: NodeId, step: &Step) -> Option<NodeId> {
        match (&self.node(id).kind, step) {
            (Kind::Map(entries), Step::Key(key)) => {
                entries.iter().find(|entry| self.text(entry.key) == Some(key)).map(|entry| entry.value)
            }
            (Kind::List(items), Step::Index(index)) => items.get(*index).copied(),
            _ => None,
        }
    }

    /// The field a node is; for a key, the field that the key names.
    pub(crate) fn field(&self, id: NodeId) -> Field {
        let mut steps = Vec::new();
        let mut place = Some(id);
        while let Some(id) = place {
            match self.node(id).role {
                Role::Root => {}
                Role::Item(index) => steps.push(Step::Index(index)),
                Role::Key => steps.extend(self.text(id).map(|key| Step::Key(key.to_owned()))),
                Role::Value(key) => steps.extend(self.text(key).map(|key| Step::Key(key.to_owned()))),
            }
            place = self.parent(id);
        }
        steps.reverse();
        Field::from(steps)
    }

    /// Every field there is.
    #[cfg(test)]
    pub(crate) fn fields(&self) -> Vec<Field> {
        (0..self.nodes.len()).map(|id| self.field(NodeId(id))).collect()
    }

    /// Where to point for a node: a scalar itself, else its key, else its first key.
    pub(crate) fn place(&self, id: NodeId) -> Spot {
        let node = self.node(id);
        match (&node.kind, node.role) {
            (_, Role::Root) => START,
            (Kind::Scalar(scalar), _) if !(scalar.plain && scalar.text.is_empty()) => node.spot,
            (_, Role::Value(key)) => self.node(key).spot,
            (Kind::Scalar(_), _) => node.spot,
            (Kind::List(items), _) => items.first().map_or(node.spot, |first| self.place(*first)),
            (Kind::Map(entries), _) => entries.first().map_or(node.spot, |first| self.node(first.key).spot),
        }
    }
}

/// A tree while it grows.
#[derive(Default)]
struct Grower {
    tree: Tree,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    copied_nodes: usize,
    copied_bytes: usize,
}

/// A collection whose end was not met yet.
struct Open {
    id: NodeId,
    /// A key that waits for its value.
    key: Option<NodeId>,
    /// The keys so far.
    keys: HashSet<String>,
}

/// Why a text was not read to its end.
enum End {
    Broken(ScanError),
    Past(What, Spot),
}

impl Grower {
    fn grow(&mut self, text: &str) -> Result<(), End> {
        let mut parser = input::parser(text);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(End::Broken)?;
            let spot = spot(span);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        self.flaw(Field::top(), spot, What::SeveralDocuments);
                        return Ok(());
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    let tag = self.tag(tag.as_deref(), spot);
                    let plain = style == ScalarStyle::Plain;
                    let scalar = Scalar { text: text.into_owned(), plain, tag };
                    self.add(Kind::Scalar(scalar), spot, anchor);
                }
                Event::SequenceStart(anchor, tag) => {
                    self.tag(tag.as_deref(), spot);
                    self.enter(Kind::List(Vec::new()), spot, anchor)?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.tag(tag.as_deref(), spot);
                    self.enter(Kind::Map(Vec::new()), spot, anchor)?;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    self.open.pop();
                }
                Event::Alias(anchor) => self.alias(anchor, spot)?,
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    fn add(&mut self, kind: Kind, spot: Spot, anchor: usize) -> NodeId {
        let id = self.create(kind, spot, Role::Root, None);
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        self.attach(id);
        id
    }

    fn enter(&mut self, kind: Kind, spot: Spot, anchor: usize) -> Result<(), End> {
        if self.open.len() >= MAX_DEPTH {
            return Err(End::Past(What::TooDeep, spot));
        }
        let id = self.add(kind, spot, anchor);
        self.open.push(Open { id, key: None, keys: HashSet::new() });
        Ok(())
    }

    fn alias(&mut self, anchor: usize, spot: Spot) -> Result<(), End> {
        let end = |what| End::Past(what, spot);
        let target = self.anchors.get(&anchor).copied().ok_or(end(What::TooManyAliases))?;
        if self.open.iter().any(|open| open.id == target) {
            return Err(end(What::TooManyAliases));
        }
        let copy = self.copy(target, spot, self.open.len()).map_err(end)?;
        self.attach(copy);
        Ok(())
    }

    /// Copies what an alias stands for to the place where it is used.
    fn copy(&mut self, from: NodeId, spot: Spot, depth: usize) -> Result<NodeId, What> {
        self.copied_nodes += 1;
        self.copied_bytes += self.tree.text(from).map_or(0, str::len);
        if self.copied_nodes > MAX_COPIED_NODES || self.copied_bytes > MAX_COPIED_BYTES {
            return Err(What::TooManyAliases);
        }
        if depth >= MAX_DEPTH && self.tree.text(from).is_none() {
            return Err(What::TooDeep);
        }
        match &self.tree.node(from).kind {
            Kind::Scalar(scalar) => {
                let kind = Kind::Scalar(scalar.clone());
                Ok(self.create(kind, spot, Role::Root, None))
            }
            Kind::List(items) => {
                let items = items.clone();
                let list = self.create(Kind::List(Vec::new()), spot, Role::Root, None);
                for (index, item) in items.into_iter().enumerate() {
                    let item = self.copy(item, spot, depth + 1)?;
                    self.adopt(item, list, Role::Item(index));
                    if let Some(Kind::List(items)) = self.kind(list) {
                        items.push(item);
                    }
                }
                Ok(list)
            }
            Kind::Map(entries) => {
                let entries = entries.clone();
                let map = self.create(Kind::Map(Vec::new()), spot, Role::Root, None);
                for entry in entries {
                    let key = self.copy(entry.key, spot, depth + 1)?;
                    let value = self.copy(entry.value, spot, depth + 1)?;
                    self.adopt(key, map, Role::Key);
                    self.adopt(value, map, Role::Value(key));
                    if let Some(Kind::Map(entries)) = self.kind(map) {
                        entries.push(Entry { key, value });
                    }
                }
                Ok(map)
            }
        }
    }

    fn create(&mut self, kind: Kind, spot: Spot, role: Role, parent: Option<NodeId>) -> NodeId {
        let id = NodeId(self.tree.nodes.len());
        self.tree.nodes.push(Node { kind, spot, role, parent });
        id
    }

    fn kind(&mut self, id: NodeId) -> Option<&mut Kind> {
        self.tree.nodes.get_mut(id.0).map(|node| &mut node.kind)
    }

    fn adopt(&mut self, id: NodeId, parent: NodeId, role: Role) {
        if let Some(node) = self.tree.nodes.get_mut(id.0) {
            node.parent = Some(parent);
            node.role = role;
        }
    }

    /// Gives a new node its place in the innermost open collection.
    fn attach(&mut self, id: NodeId) {
        let Some(open) = self.open.last_mut() else {
            self.tree.root.get_or_insert(id);
            return;
        };
        let parent = open.id;
        let is_map = matches!(self.tree.node(parent).kind, Kind::Map(_));
        if is_map {
            match open.key.take() {
                None => {
                    open.key = Some(id);
                    self.adopt(id, parent, Role::Key);
                }
                Some(key) => {
                    self.adopt(id, parent, Role::Value(key));
                    self.enter_key(parent, key, id);
                }
            }
        } else if let Some(Kind::List(items)) = self.kind(parent) {
            let index = items.len();
            items.push(id);
            self.adopt(id, parent, Role::Item(index));
        }
    }

    fn enter_key(&mut self, map: NodeId, key: NodeId, value: NodeId) {
        let spot = self.tree.node(key).spot;
        let Some(text) = self.tree.text(key).map(str::to_owned) else {
            self.flaw(self.tree.field(map), spot, What::KeyNotText(key));
            return;
        };
        let is_new = self.open.last_mut().is_some_and(|open| open.keys.insert(text.clone()));
        if !is_new {
            self.flaw(self.tree.field(key), spot, What::DuplicateKey(text));
        } else if let Some(Kind::Map(entries)) = self.kind(map) {
            entries.push(Entry { key, value });
        }
    }

    fn tag(&mut self, tag: Option<&saphyr_parser::Tag>, spot: Spot) -> Option<Tag> {
        let tag = tag?;
        let full = format!("{}{}", tag.handle, tag.suffix);
        match full.strip_prefix("tag:yaml.org,2002:") {
            Some("null") => Some(Tag::Null),
            Some("bool") => Some(Tag::Bool),
            Some("int") => Some(Tag::Int),
            Some("float") => Some(Tag::Float),
            Some(_) => Some(Tag::Text),
            None if full == "!" => Some(Tag::Text),
            None => {
                let field = self.open.last().map(|open| self.tree.field(open.id)).unwrap_or_default();
                self.flaw(field, spot, What::UnknownTag(full));
                None
            }
        }
    }

    fn flaw(&mut self, field: Field, spot: Spot, what: What) {
        if self.tree.flaws.len() < MAX_FLAWS {
            self.tree.flaws.push(Flaw { field, spot, what });
        }
    }
}

/// The parser's words, in the shape of ours.
fn broken(error: &ScanError) -> What {
    if error.info() == "recursion limit exceeded" {
        return What::TooDeep;
    }
    What::Syntax(error.info().replace('\'', "`").trim_end_matches('.').to_owned())
}

fn spot(span: Span) -> Spot {
    Spot {
        line: span.start.line(),
        column: span.start.col() + 1,
        end_line: span.end.line(),
        end_column: span.end.col() + 1,
    }
}

/// The place of a marker, which at the end of a text can lie after it.
fn near_end(marker: &Marker, text: &str) -> Spot {
    let mut last = (1, 1);
    let mut after_return = false;
    for char in text.chars() {
        match char {
            '\n' if after_return => {}
            '\n' | '\r' => last = (last.0 + 1, 1),
            '\u{feff}' if last == (1, 1) => {}
            _ => last.1 += 1,
        }
        after_return = char == '\r';
    }
    let (line, column) = (marker.line(), marker.col() + 1).min(last);
    Spot { line, column, end_line: line, end_column: column }
}
