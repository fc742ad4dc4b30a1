//! What must not reach the public, recognised in any text: addresses, hosts, secrets, internal places, numbers of people
//! and their names.
//!
//! This is the second defence. The first is the public view, which has no place for an internal field; this one reads
//! what authors put into public fields. It errs on the side of silence: a shape that ordinary texts have as well (a
//! version of four numbers, `UTF-8`, a public domain) is no leak.

mod patterns;
mod people;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::model::{People, Redaction};

use patterns::Patterns;
use people::Names;

/// What a leak is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeakKind {
    /// An address of a network.
    Address,
    /// The name of an internal host.
    Host,
    /// The mailbox of a person.
    Mailbox,
    /// A password, a key, a token.
    Secret,
    /// The address of a page that only insiders can open.
    Link,
    /// A key of the tracker.
    TrackerKey,
    /// A path on a machine, or the name of a cloud resource.
    Path,
    /// The number of a person's or company's papers.
    TaxNumber,
    /// A telephone number.
    Telephone,
}

impl LeakKind {
    /// What it is called, in English and in Portuguese, with its article.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Address => ("a network address", "um endereço de rede"),
            Self::Host => ("the name of an internal host", "o nome de um host interno"),
            Self::Mailbox => ("a person's e-mail address", "o e-mail de uma pessoa"),
            Self::Secret => ("a secret", "um segredo"),
            Self::Link => {
                ("a link that only insiders can open", "um link que só quem é da casa consegue abrir")
            }
            Self::TrackerKey => ("a key of the tracker", "uma chave do tracker"),
            Self::Path => ("a path on a machine", "um caminho dentro de uma máquina"),
            Self::TaxNumber => ("a CPF or CNPJ", "um CPF ou CNPJ"),
            Self::Telephone => ("a telephone number", "um número de telefone"),
        }
    }
}

/// One leak in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// What it is.
    pub kind: LeakKind,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The leak itself.
    pub text: String,
    /// The leak as a finding may show it: of a secret no more than its beginning.
    pub shown: String,
}

/// Someone of the registry, named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// The name or handle as the text has it.
    pub shown: String,
}

/// Knows what must not reach the public. Made once for a workspace.
#[derive(Debug)]
pub struct Guard {
    patterns: Patterns,
    names: Option<Names>,
}

impl Guard {
    /// A guard that knows the workspace's own hosts, trackers and people besides the shapes that leak anywhere.
    pub fn new(redaction: &Redaction, people: &People) -> Self {
        Self { patterns: Patterns::new(redaction), names: Names::of(people) }
    }

    /// The leaks in a text, in its order, none inside another. Linear in the length of the text.
    pub fn leaks(&self, text: &str) -> Vec<Leak> {
        self.patterns.leaks(text)
    }

    /// True when there are people whose names must stay inside.
    pub fn knows_people(&self) -> bool {
        self.names.is_some()
    }

    /// The people of the registry who are named in a text, in its order.
    pub fn named(&self, text: &str) -> Vec<Named> {
        self.names.as_ref().map(|names| names.named(text)).unwrap_or_default()
    }

    /// The text that readers of an HTML document see or can follow: what stands between tags, and what stands in
    /// attributes, without styles and with entities resolved. Lines stay lines.
    pub fn readable_html(html: &str) -> String {
        readable(html)
    }

    /// The same of a Markdown document: without the marks that keep a sign from meaning something.
    pub fn readable_markdown(markdown: &str) -> String {
        let mut out = String::with_capacity(markdown.len());
        let mut chars = markdown.chars().peekable();
        while let Some(c) = chars.next() {
            if c != '\\' || !chars.peek().is_some_and(char::is_ascii_punctuation) {
                out.push(c);
            }
        }
        out
    }

    /// The same of a JSON document: with what is escaped in its texts resolved; line breaks inside a text become spaces.
    pub fn readable_json(json: &str) -> String {
        let mut out = String::with_capacity(json.len());
        let mut chars = json.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'r' | 't' | 'f' | 'b') => out.push(' '),
                    Some('u') => {
                        let hex: String = chars.by_ref().take(4).collect();
                        out.extend(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32));
                    }
                    other => out.extend(other),
                },
                c => out.push(c),
            }
        }
        // the texts are Markdown
        Self::readable_markdown(&out)
    }
}

/// Tags become spaces, their attributes stay, `<style>` goes. Line breaks stay, so that lines can be counted.
fn readable(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(['<', '>', '&']) {
        out.push_str(before);
        let mark = rest.as_bytes().get(before.len());
        rest = after;
        match mark {
            Some(b'<') if after.starts_with("style") => {
                let (style, end) = after.split_once("</style").unwrap_or((after, ""));
                out.extend(style.chars().filter(|c| *c == '\n'));
                rest = end;
            }
            Some(b'&') => match entity(after) {
                Some((c, after)) => {
                    out.push(c);
                    rest = after;
                }
                None => out.push(' '),
            },
            _ => out.push(' '),
        }
    }
    out.push_str(rest);
    out
}

/// The character of the entity that a text begins with, and what follows it.
fn entity(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = text.get(..end)?;
    Some((resolved(name)?, text.get(end + 1..)?))
}

/// The character of an entity, `amp` or `#39` or `#x2F`.
fn resolved(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}
