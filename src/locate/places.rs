//! The places of a few fields, without parsing the whole text for them.

use std::collections::HashMap;

use super::{Document, Field, Spot, Step};

/// An authored YAML text in which fields are looked up. Gives what [`Document`] gives; of a text in plain block style
/// only the parts that are asked for are parsed, which is most of the cost of showing findings in many files.
#[derive(Debug)]
pub struct Places<'t> {
    text: &'t str,
    /// The top-level keys, when the text is plain enough to be taken apart.
    blocks: Option<HashMap<&'t str, Block>>,
    whole: Option<Document>,
    parts: HashMap<(&'t str, Option<usize>), Part>,
}

/// The lines of one top-level key.
#[derive(Debug)]
struct Block {
    lines: Lines,
    /// The items of its list, when it holds one in block style.
    items: Vec<Lines>,
}

/// Some lines of the text.
#[derive(Clone, Copy, Debug)]
struct Lines {
    start: usize,
    end: usize,
    /// The number of the first line, from 0.
    before: usize,
}

/// A part of the text, parsed by itself; `None` when it cannot stand by itself.
#[derive(Debug)]
struct Part {
    document: Option<Document>,
    before: usize,
}

impl<'t> Places<'t> {
    /// Looks the text over; parses nothing yet.
    pub fn of(text: &'t str) -> Self {
        Self { text, blocks: blocks(text), whole: None, parts: HashMap::new() }
    }

    /// Where to point for `field`: see [`Document::place`].
    pub fn place(&mut self, field: &Field) -> Spot {
        self.in_part(field).unwrap_or_else(|| {
            let text = self.text;
            self.whole.get_or_insert_with(|| Document::parse(text)).place(field)
        })
    }

    /// The place within the part of the text that holds the field; `None` when the whole text must be asked.
    fn in_part(&mut self, field: &Field) -> Option<Spot> {
        let blocks = self.blocks.as_ref()?;
        let (Step::Key(top), below) = field.steps().split_first()? else { return None };
        let (key, block) = blocks.get_key_value(top.as_str())?;
        let (key, item, lines, asked) = match below.split_first() {
            Some((Step::Index(index), rest)) if !block.items.is_empty() => match block.items.get(*index) {
                // in a part of its own the item is the first
                Some(lines) => {
                    let steps = std::iter::once(Step::Index(0)).chain(rest.iter().cloned());
                    (*key, Some(*index), *lines, Field::from(steps.collect::<Vec<_>>()))
                }
                None => return Some(at_key(key, block)),
            },
            _ if block.items.is_empty() => (*key, None, block.lines, field.clone()),
            _ => return Some(at_key(key, block)),
        };
        let text = self.text.get(lines.start..lines.end)?;
        let part = self.parts.entry((key, item)).or_insert_with(|| {
            let document = Some(Document::parse(text)).filter(Document::is_sound);
            Part { document, before: lines.before }
        });
        let spot = part.document.as_ref()?.place(&asked);
        Some(Spot { line: spot.line + part.before, end_line: spot.end_line + part.before, ..spot })
    }
}

fn at_key(key: &str, block: &Block) -> Spot {
    let line = block.lines.before + 1;
    Spot { line, column: 1, end_line: line, end_column: key.chars().count() + 1 }
}

/// The top-level blocks of a text that can be taken apart at its lines: plain keys at the margin, each once, and
/// nothing that reaches from one block into another.
fn blocks(text: &str) -> Option<HashMap<&str, Block>> {
    // tabs, carriage returns and a byte order mark: the parser knows what they mean
    if text.bytes().any(|byte| matches!(byte, b'\t' | b'\r'))
        || text.starts_with('\u{feff}')
        || has_anchor(text)
    {
        return None;
    }
    let mut blocks: HashMap<&str, Block> = HashMap::new();
    let mut open: Option<(&str, Block)> = None;
    let mut start = 0;
    for (before, line) in text.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        let body = line.trim_end();
        let indent = body.len() - body.trim_start_matches(' ').len();
        let blank = body.is_empty() || body.trim_start_matches(' ').starts_with('#');
        if !blank && indent == 0 && !body.starts_with("- ") && body != "-" {
            let key = key_of(body)?;
            if let Some((key, block)) = open.take() {
                blocks.insert(key, block).is_none().then_some(())?;
            }
            let lines = Lines { start, end, before };
            let empty =
                body.len() == key.len() + 1 || body.get(key.len() + 1..)?.trim_start().starts_with('#');
            let items = Vec::new();
            // only a key without a value of its own can be followed by a list
            open = Some((key, Block { lines, items }));
            if !empty {
                start = end;
                continue;
            }
        } else if let Some((_, block)) = &mut open {
            block.lines.end = end;
            if !blank {
                add_line(text, block, indent, body, Lines { start, end, before })?;
            } else if let Some(item) = block.items.last_mut() {
                item.end = end;
            }
        } else if !blank {
            return None;
        }
        start = end;
    }
    if let Some((key, block)) = open.take() {
        blocks.insert(key, block).is_none().then_some(())?;
    }
    Some(blocks)
}

/// Adds a line to a block: the beginning of an item, or more of the last one.
fn add_line(text: &str, block: &mut Block, indent: usize, body: &str, lines: Lines) -> Option<()> {
    let begins = body.get(indent..).is_some_and(|rest| rest == "-" || rest.starts_with("- "));
    let depth = block.items.first().and_then(|first| {
        let line = text.get(first.start..first.end)?;
        Some(line.len() - line.trim_start_matches(' ').len())
    });
    match depth {
        None if begins && is_first(text, block, lines.start) => block.items.push(lines),
        Some(depth) if begins && indent == depth => block.items.push(lines),
        // a line that lies less deep than the items belongs to no list we understand
        Some(depth) if indent <= depth => return None,
        Some(_) => block.items.last_mut()?.end = lines.end,
        None => {}
    }
    Some(())
}

/// Whether nothing but the key, blank lines and comments stand before `start` in the block.
fn is_first(text: &str, block: &Block, start: usize) -> bool {
    let before = text.get(block.lines.start..start).unwrap_or_default();
    let mut lines = before.lines();
    let bare = lines.next().is_some_and(|key| {
        key.split_once(':')
            .is_some_and(|(_, value)| value.trim().is_empty() || value.trim_start().starts_with('#'))
    });
    bare && lines.all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// The plain key at the margin of a line.
fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let sound = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(plain);
    (sound && (rest.is_empty() || rest.starts_with(' '))).then_some(key)
}

/// Whether the text may hold an anchor or an alias: what those bring in can stand anywhere.
fn has_anchor(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        let after = bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        let begins =
            at.checked_sub(1).and_then(|at| bytes.get(at)).is_none_or(|before| b" [{,\n".contains(before));
        matches!(byte, b'&' | b'*') && after && begins
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locate::tree::Tree;

    /// Every field of the text, and some that are not there, are placed as the whole document places them.
    fn check(name: &str, text: &str) {
        let document = Document::parse(text);
        let mut places = Places::of(text);
        for field in Tree::parse(text).fields() {
            for asked in [field.clone(), field.key("absent"), field.at(99), field.at(0).key("absent")] {
                let (part, whole) = (places.place(&asked), document.place(&asked));
                // after a block of text the parser ends at the next token, which a part may not hold
                let part = if part.end_line > part.line {
                    Spot { end_column: whole.end_column, ..part }
                } else {
                    part
                };
                assert_eq!(part, whole, "{name}: {asked}\n{text}");
            }
        }
        for absent in [Field::top(), Field::of("absent"), Field::of("absent").at(3)] {
            assert_eq!(places.place(&absent), document.place(&absent), "{name}: {absent}\n{text}");
        }
    }

    #[test]
    fn parts_place_what_the_whole_places() {
        for (name, text) in [
            ("specimen", include_str!("../rules/specimen.yaml")),
            ("services", include_str!("../rules/specimen-services.yaml")),
            ("settings", include_str!("../../templates/init/relato.yaml")),
            ("example", include_str!("../../templates/init/incidents/2026/2026-01-15-example.yaml")),
            ("search", include_str!("../../incidents/2017/2017-11-10-oms.yaml")),
            ("tasks", include_str!("../../incidents/2014/2014-10-23-task-processing.yaml")),
            ("imports", include_str!("../../incidents/2022/2022-12-18-order-imports.yaml")),
            ("platform", include_str!("../../incidents/2019/2019-12-05-platform-api-import.yaml")),
        ] {
            check(name, text);
        }
    }

    #[test]
    fn odd_layouts_are_placed_alike() {
        for text in [
            "",
            "a",
            "- a\n- b: 1\n",
            "a: [x, y]\nb: {c: 1}\n",
            "a:\n- x\n- y: 1\n  z: 2\nb: 1\n",
            "a:\n  - x\n\n  # note\n  - y: |\n      - not an item\n    z: 1\nb:\n",
            "a:\n  b:\n    - x\n    - y\n  c: 1\n",
            "a: # note\n  - x\n  - y\n",
            "a: &k\n  - x\nb: *k\n",
            "a: *k\n",
            "a: 'x\n\n  - y'\nb: 1\n",
            "a:\n  - 'x\n\n    - y'\n  - z\n",
            "a:\n  - b:\n    - c\n    - d\n  - e\n",
            "a: 1\na: 2\n",
            "a: 1\n---\nb: 2\n",
            "\"a\": 1\n? b\n: c\n",
            "a:\r\n  - x\r\n",
            "\u{feff}a: 1\n",
            "a: **bold** & more\nb:\n  - *x\n",
            "a:\n  - x\n - y\n",
            "a:\n  - x\n  y: 1\n",
            "a: |\n text\n\nb: >-\n  folded\n  text\nc:\n  - |\n    t\n  - u\n",
        ] {
            check("odd", text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_placed_without_harm(text in "[a-c:\\-  \n\\[\\]{},'\"|#&*]{0,60}") {
            let mut places = Places::of(&text);
            for field in [Field::of("a"), Field::of("a").at(0), Field::of("b").at(1).key("c"), Field::top()] {
                places.place(&field);
            }
        }
    }
}
