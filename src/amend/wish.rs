//! `key=value`, as it is written on a command line.

use super::Refused;
use crate::{
    edit::Value,
    locate::tree::{Kind, NodeId, Tree},
};

/// One field to change: `status=done`, `addresses+=c1`, `impacts.search.recovered=2026-03-02T10:20Z`.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// The key as it was written.
    pub key: String,
    /// Its steps: names of keys or ids of items, and positions.
    pub path: Vec<Part>,
    /// `+=`: an item to add to a list.
    pub adds: bool,
    /// What to set it to.
    pub given: Given,
}

/// One step of a path as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A key, or the id of an item.
    Name(String),
    /// A position, from 0.
    Index(usize),
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// `null`
    Nothing,
    /// A text.
    Text(String),
    /// YAML in brackets: `[a, b]`, `{en: …, pt-BR: …}`.
    Structure(Value),
}

/// The longest value that is read, in bytes: longer than any text of an incident.
const LONGEST: usize = 256 * 1024;

impl Wish {
    /// Reads `key=value` or `key+=value`. A value that begins with `[`, `{` or a quote and is whole as YAML is read as YAML,
    /// `null` is nothing, all else is text as it stands.
    ///
    /// # Errors
    /// When there is no `=`, or no key before it.
    pub fn read(text: &str) -> Result<Self, Refused> {
        let shown = || crate::format::shorten(text);
        let no_key = || {
            Refused::new(
                (
                    format!("`{}` sets nothing: there is no `=` in it", shown()),
                    format!("`{}` não define nada: falta um `=`", shown()),
                ),
                (
                    "write `key=value`, like `status=done`; in quotes where the value holds a space",
                    "escreva `chave=valor`, como `status=done`; entre aspas quando o valor tem espaço",
                ),
            )
        };
        let (key, value) = text.split_once('=').ok_or_else(no_key)?;
        let (key, adds) = match key.strip_suffix('+') {
            Some(key) => (key.trim(), true),
            None => (key.trim(), false),
        };
        let path = parts(key).ok_or_else(|| {
            Refused::new(
                (format!("`{key}` names no field"), format!("`{key}` não é nome de campo")),
                (
                    "write a key, or a path like `impacts[0].recovered`, `impacts.search.recovered` or `title.en`",
                    "escreva uma chave ou um caminho como `impacts[0].recovered`, `impacts.search.recovered` ou `title.en`",
                ),
            )
        })?;
        if value.len() > LONGEST {
            return Err(Refused::new(
                (
                    format!("the value of `{key}` is longer than {LONGEST} bytes"),
                    format!("o valor de `{key}` passa de {LONGEST} bytes"),
                ),
                ("write it into the file", "escreva-o no arquivo"),
            ));
        }
        Ok(Self { key: key.to_owned(), path, adds, given: Given::read(value) })
    }

    /// The first name of the path.
    pub fn first(&self) -> &str {
        match self.path.first() {
            Some(Part::Name(name)) => name,
            _ => "",
        }
    }

    /// The text after `first.`, when the path is a name and one more: `en` of `title.en`.
    pub(super) fn below(&self) -> Option<&str> {
        match self.path.as_slice() {
            [_, Part::Name(name)] => Some(name),
            _ => None,
        }
    }

    /// Whether the path is one name.
    pub(super) fn is_plain(&self) -> bool {
        self.path.len() == 1
    }
}

impl Given {
    pub(super) fn read(text: &str) -> Self {
        if matches!(text.trim(), "null" | "~") {
            return Self::Nothing;
        }
        if text.trim_start().starts_with(['[', '{', '"', '\'']) {
            let tree = Tree::parse(text);
            if tree.flaws.is_empty()
                && let Some(root) = tree.root()
            {
                return match value(&tree, root) {
                    Value::Text(text) => Self::Text(text),
                    structure => Self::Structure(structure),
                };
            }
        }
        Self::Text(text.to_owned())
    }

    /// As a value of a file.
    pub fn value(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) => Value::Text(text.clone()),
            Self::Structure(value) => value.clone(),
        }
    }

    /// The text, when it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nothing | Self::Structure(_) => None,
        }
    }
}

/// As deep as the tree at most.
fn value(tree: &Tree, id: NodeId) -> Value {
    match &tree.node(id).kind {
        Kind::Scalar(scalar) if scalar.plain && matches!(scalar.text.as_str(), "" | "~" | "null") => {
            Value::Null
        }
        Kind::Scalar(scalar) => Value::Text(scalar.text.clone()),
        Kind::List(items) => Value::List(items.iter().map(|item| value(tree, *item)).collect()),
        Kind::Map(entries) => {
            let key = |id| tree.text(id).unwrap_or_default().to_owned();
            Value::Record(entries.iter().map(|entry| (key(entry.key), value(tree, entry.value))).collect())
        }
    }
}

/// The steps of `impacts[0].recovered`.
fn parts(key: &str) -> Option<Vec<Part>> {
    const MOST: usize = 16;
    let mut parts = Vec::new();
    for piece in key.split('.') {
        let (name, brackets) = piece.find('[').map_or((piece, ""), |at| piece.split_at(at));
        let fits = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        };
        // `impacts.0.recovered`
        match name.parse() {
            Ok(index) if !parts.is_empty() => parts.push(Part::Index(index)),
            _ if fits(name) => parts.push(Part::Name(name.to_owned())),
            _ => return None,
        }
        let mut rest = brackets;
        while !rest.is_empty() {
            let (inside, after) = rest.strip_prefix('[')?.split_once(']')?;
            parts.push(match inside.parse() {
                Ok(index) => Part::Index(index),
                Err(_) if fits(inside) => Part::Name(inside.to_owned()),
                Err(_) => return None,
            });
            rest = after;
        }
    }
    (parts.len() <= MOST).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_a_path_and_a_value() {
        for (text, path, adds, given) in [
            ("status=done", "status", false, "done"),
            ("reason=a = b", "reason", false, "a = b"),
            ("addresses+=c1", "addresses", true, "c1"),
            ("impacts[0].recovered=open", "impacts 0 recovered", false, "open"),
            ("impacts.0.recovered=open", "impacts 0 recovered", false, "open"),
            ("impacts.search.scope.pt-BR=x", "impacts search scope pt-BR", false, "x"),
            ("timeline[e1].at=x", "timeline e1 at", false, "x"),
            ("note=[not yaml", "note", false, "[not yaml"),
            ("note=\"null\"", "note", false, "null"),
            ("owner=", "owner", false, ""),
        ] {
            let wish = Wish::read(text).unwrap();
            let told: Vec<String> = wish
                .path
                .iter()
                .map(|part| match part {
                    Part::Name(name) => name.clone(),
                    Part::Index(index) => index.to_string(),
                })
                .collect();
            assert_eq!((told.join(" ").as_str(), wish.adds), (path, adds), "{text}");
            assert_eq!(wish.given.text(), Some(given), "{text}");
        }
        assert_eq!(Wish::read("owner=null").unwrap().given, Given::Nothing);
        let list = Value::List(vec![Value::Text("a".to_owned()), Value::Null]);
        assert_eq!(Wish::read("x=[a, null]").unwrap().given, Given::Structure(list));
        for none in ["status", "=x", "a..b=x", "a[=x", "a[0]b=x", "a b=x", "[0]=x"] {
            assert!(Wish::read(none).is_err(), "{none}");
        }
    }
}
