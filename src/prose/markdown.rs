//! A Markdown text as plain blocks, with what its structure says set apart: lists, links, code, headings.

use std::borrow::Cow;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::token::{BREAK, CODE};

/// The same Markdown that documents are rendered from.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// What stands in the structure of a text.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// Every item of every list, in order.
    pub(super) items: Vec<Item>,
    /// The target of every link and image, in order.
    pub(super) links: Vec<String>,
    /// Code spans and blocks, and placeholders, in order.
    pub(super) code: Vec<String>,
    /// The levels of the headings, in order.
    pub(super) headings: Vec<u8>,
    /// How many paragraphs stand outside lists; 0 where Markdown was not looked at.
    pub(super) paragraphs: usize,
}

/// An item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// 1 in a list outside others.
    pub depth: usize,
    /// Whether it is numbered.
    pub ordered: bool,
}

/// The words of a text: blocks with [`BREAK`] after each but the last, [`CODE`] in place of code.
pub(super) fn blocks<'t>(text: &'t str, structure: &mut Structure) -> Cow<'t, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut walk =
        Walk { structure, plain: String::with_capacity(text.len()), lists: Vec::new(), block: None };
    for event in Parser::new_ext(text, OPTIONS) {
        walk.event(event);
    }
    let mut plain = walk.plain;
    while plain.ends_with(BREAK) {
        plain.pop();
    }
    Cow::Owned(plain)
}

struct Walk<'s> {
    structure: &'s mut Structure,
    plain: String,
    /// Whether each open list is numbered.
    lists: Vec<bool>,
    /// The code block under way.
    block: Option<String>,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.block {
                Some(code) => code.push_str(&text),
                None if text.contains([BREAK, CODE]) => {
                    self.plain.extend(text.chars().map(|c| if c == BREAK || c == CODE { ' ' } else { c }))
                }
                None => self.plain.push_str(&text),
            },
            Event::Code(code) => {
                self.structure.code.push(code.into_string());
                self.plain.push(CODE);
            }
            Event::SoftBreak | Event::HardBreak => self.plain.push(' '),
            Event::Rule => self.close(),
            Event::Html(_) | Event::InlineHtml(_) => self.plain.push(' '),
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.close();
                self.lists.push(first.is_some());
            }
            Tag::Item => {
                self.close();
                let ordered = self.lists.last().copied().unwrap_or(false);
                self.structure.items.push(Item { depth: self.lists.len(), ordered });
            }
            Tag::Heading { level, .. } => {
                self.close();
                self.structure.headings.push(number(level));
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.structure.links.push(dest_url.into_string());
            }
            Tag::CodeBlock(_) => {
                self.close();
                self.block = Some(String::new());
            }
            Tag::Paragraph => {
                self.structure.paragraphs += usize::from(self.lists.is_empty());
                self.close();
            }
            Tag::BlockQuote(_) | Tag::TableRow | Tag::TableHead | Tag::HtmlBlock => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                self.close();
            }
            TagEnd::CodeBlock => {
                self.structure.code.extend(self.block.take());
                self.plain.push(CODE);
                self.close();
            }
            // the words of a cell are not those of the next
            TagEnd::TableCell => self.plain.push_str(" | "),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead => {
                self.close();
            }
            _ => {}
        }
    }

    /// Ends the block under way.
    fn close(&mut self) {
        if !self.plain.is_empty() && !self.plain.ends_with(BREAK) {
            self.plain.push(BREAK);
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The bytes that mean nothing in Markdown, inside a line that starts with a letter.
const HARMLESS: [bool; 256] = {
    const SIGNS: &[u8] = b" ,.;:'\"()/-%?+@${}";
    let mut harmless = [false; 256];
    let mut byte = 0;
    while byte < harmless.len() {
        harmless[byte] = byte >= 0x80 || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut sign = 0;
    while sign < SIGNS.len() {
        harmless[SIGNS[sign] as usize] = true;
        sign += 1;
    }
    harmless
};

/// True when Markdown has nothing to say about a text: one line of words and harmless signs, starting with a letter.
fn is_plain(text: &str) -> bool {
    let line = text.trim_end_matches('\n');
    line.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte >= 0x80)
        && line.bytes().all(|byte| HARMLESS.get(usize::from(byte)).is_some_and(|harmless| *harmless))
}
