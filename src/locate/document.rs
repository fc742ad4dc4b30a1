//! A text of which every field can be placed.

use super::tree::{Kind, NodeId, Role, START, Tree};
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

    /// How many items the list at `field` has; `None` when there is no list.
    pub fn items(&self, field: &Field) -> Option<usize> {
        let (node, present) = self.find(field);
        match &self.tree.node(node.filter(|_| present)?).kind {
            Kind::List(items) => Some(items.len()),
            Kind::Scalar(_) | Kind::Map(_) => None,
        }
    }

    /// The keys of the mapping at `field`; `None` when there is no mapping.
    pub fn keys(&self, field: &Field) -> Option<Vec<&str>> {
        let (node, present) = self.find(field);
        match &self.tree.node(node.filter(|_| present)?).kind {
            Kind::Map(entries) => {
                Some(entries.iter().filter_map(|entry| self.tree.text(entry.key)).collect())
            }
            Kind::Scalar(_) | Kind::List(_) => None,
        }
    }

    /// Whether the text is sound YAML, without a flaw.
    pub fn is_sound(&self) -> bool {
        self.tree.flaws.is_empty()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locate::Step;

    const TEXT: &str = "\
id: a # the id
title: {en: \"São Paulo: down\", pt-BR: ação}
note:
impacts:
  - service: oms
    level: down
    stated:
      recover: {about: 6h}
  -
    service: erp
  - plain
text: |
  one
  two

pairs:
  - [x, y]
  - - z
shared: &it {since: 2016, by: [a, b]}
again: *it
\"quoted key\": 'it''s'
? long
: answer
";

    fn field(path: &str) -> Field {
        let steps = path.split('.').filter(|step| !step.is_empty());
        let step = |step: &str| match step.parse() {
            Ok(index) => Step::Index(index),
            Err(_) => Step::Key(step.to_owned()),
        };
        Field::from(steps.map(step).collect::<Vec<_>>())
    }

    fn written(spot: Spot) -> String {
        format!("{}:{}-{}:{}", spot.line, spot.column, spot.end_line, spot.end_column)
    }

    #[test]
    fn every_field_has_its_place() {
        let document = Document::parse(TEXT);
        let check = |path: &str, place: &str, key: Option<&str>, value: Option<&str>| {
            let field = field(path);
            assert_eq!(written(document.place(&field)), place, "place of {path}");
            assert_eq!(document.key_place(&field).map(written).as_deref(), key, "key of {path}");
            assert_eq!(document.value_text(&field), value, "value of {path}");
        };
        check("", "1:1-1:1", None, None);
        check("id", "1:5-1:6", Some("1:1-1:3"), Some("a"));
        check("title", "2:1-2:6", Some("2:1-2:6"), None);
        check("title.en", "2:13-2:30", Some("2:9-2:11"), Some("São Paulo: down"));
        check("title.pt-BR", "2:39-2:43", Some("2:32-2:37"), Some("ação"));
        check("title.de", "2:1-2:6", None, None);
        check("note", "3:1-3:5", Some("3:1-3:5"), Some(""));
        check("note.en", "3:1-3:5", None, None);
        check("impacts", "4:1-4:8", Some("4:1-4:8"), None);
        check("impacts.0", "5:5-5:12", None, None);
        check("impacts.0.service", "5:14-5:17", Some("5:5-5:12"), Some("oms"));
        check("impacts.0.recovered", "5:5-5:12", None, None);
        check("impacts.0.stated.recover.about", "8:24-8:26", Some("8:17-8:22"), Some("6h"));
        check("impacts.0.stated.recover.plus_minus", "8:7-8:14", None, None);
        check("impacts.0.stated.detect", "7:5-7:11", None, None);
        check("impacts.1", "10:5-10:12", None, None);
        check("impacts.1.level.x.0", "10:5-10:12", None, None);
        check("impacts.2", "11:5-11:10", None, Some("plain"));
        check("impacts.2.service", "11:5-11:10", None, None);
        check("impacts.9.service", "4:1-4:8", None, None);
        check("impacts.service", "4:1-4:8", None, None);
        check("text", "13:3-16:1", Some("12:1-12:5"), Some("one\ntwo\n"));
        check("pairs.0", "17:6-17:7", None, None);
        check("pairs.0.1", "17:9-17:10", None, Some("y"));
        check("pairs.1", "18:7-18:8", None, None);
        check("shared.since", "19:21-19:25", Some("19:14-19:19"), Some("2016"));
        check("again", "20:1-20:6", Some("20:1-20:6"), None);
        check("again.since", "20:8-20:11", Some("20:8-20:11"), Some("2016"));
        check("again.by.1", "20:8-20:11", None, Some("b"));
        check("quoted key", "21:15-21:22", Some("21:1-21:13"), Some("it's"));
        check("long", "23:3-23:9", Some("22:3-22:7"), Some("answer"));
        check("absent.0.x", "1:1-1:1", None, None);
    }

    #[test]
    fn a_text_that_breaks_off_is_known_up_to_the_break() {
        let document = Document::parse("id: a\nimpacts:\n  - service: oms\n    level: [\ntitle: b\n");
        let check =
            |path: &str, place: &str| assert_eq!(written(document.place(&field(path))), place, "{path}");
        check("id", "1:5-1:6");
        check("impacts.0.service", "3:14-3:17");
        check("impacts.0.level.0", "4:5-4:10");
        check("impacts.0.started", "3:5-3:12");
        check("impacts.1.started", "2:1-2:8");
        check("title", "1:1-1:1");
        for broken in ["", "# a", "---", "[", "*a", "\0", "\t", "- - -"] {
            assert_eq!(written(Document::parse(broken).place(&field("a.b"))), "1:1-1:1", "{broken:?}");
        }
    }

    #[test]
    fn columns_count_characters_from_the_first_visible_one() {
        let check = |text: &str, path: &str, place: &str| {
            assert_eq!(written(Document::parse(text).place(&field(path))), place, "{text:?}");
        };
        check("\u{feff}id: a", "id", "1:5-1:6");
        check("é: 日本", "é", "1:4-1:6");
        check("{😀: 😀😀}", "😀", "1:5-1:7");
        check("a: 1\r\nb: 2\r\n", "b", "2:4-2:5");
        check("a: 1\rb: 2\r", "b", "2:4-2:5");
        check("a: x\u{2028}y", "a", "1:4-1:7");
        check("a: x\u{85}y\nb: 1", "b", "2:4-2:5");
        check("a: {b: 1}\n---\na: {c: 1}", "a.c", "1:1-1:2");
    }
}
