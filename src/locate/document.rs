//! A text of which every field can be placed.

use super::tree::{NodeId, Role, START, Tree};
use super::{Field, Spot};

/// An authored YAML text, parsed once, in which fields are looked up.
#[derive(Debug)]
pub struct Document {
    tree: Tree,
}

impl Document {
    /// Parses the first document of `text`. Never fails: of a text that breaks off, what stands before the break is
    /// known, and the rest is placed at the nearest parent before it.
    pub fn parse(text: &str) -> Self {
        Self { tree: Tree::parse(text) }
    }

    /// Where to point for `field`: at its value if that is a scalar, else at its key (for an item of a list, at the
    /// item's first key). A field that is absent is placed at its nearest present parent, the whole file at 1:1.
    /// What an alias brings in is placed where the alias is used.
    pub fn place(&self, field: &Field) -> Spot {
        let (node, present) = self.find(field);
        let Some(node) = node else { return START };
        match (present, self.tree.node(node).role) {
            (false, Role::Value(key)) => self.tree.node(key).spot,
            _ => self.tree.place(node),
        }
    }

    /// Where the key of `field` stands, if `field` is the value of a key that is present.
    pub fn key_place(&self, field: &Field) -> Option<Spot> {
        let (node, present) = self.find(field);
        match self.tree.node(node.filter(|_| present)?).role {
            Role::Value(key) => Some(self.tree.node(key).spot),
            Role::Root | Role::Key | Role::Item(_) => None,
        }
    }

    /// The text of `field`, if it is a scalar: without quotes, unfolded.
    pub fn value_text(&self, field: &Field) -> Option<&str> {
        let (node, present) = self.find(field);
        self.tree.text(node.filter(|_| present)?)
    }

    /// The deepest node on the way to `field`, and whether it is `field` itself.
    fn find(&self, field: &Field) -> (Option<NodeId>, bool) {
        let Some(mut node) = self.tree.root() else { return (None, false) };
        for step in field.steps() {
            match self.tree.child(node, step) {
                Some(child) => node = child,
                None => return (Some(node), false),
            }
        }
        (Some(node), true)
    }
}
