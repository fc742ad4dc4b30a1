//! The wording of incidents, read once for every rule of language: what their phrases are signs of, and where.

use std::{borrow::Cow, collections::HashSet, ops::Range, rc::Rc};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Case, Judged,
    lists::{List, Search},
    sink::Readings,
    texts::Read,
};
use crate::{
    finding::{Excerpt, Finding},
    language::Folded,
    locate::{Field, Step},
};

/// A listed phrase in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// The position of its incident among those at hand.
    incident: usize,
    /// What it is a sign of.
    list: List,
    /// The text, down to its language: `summary.en`.
    pub(super) field: Field,
    /// The phrase as written.
    pub(super) phrase: String,
    /// The text it stands in: the same for every field that holds the same text.
    text: u64,
}

/// What the phrases of the incidents at hand are signs of.
pub(super) struct Signs(pub(super) Rc<Readings>);

impl Signs {
    /// The signs of one list in the fields that are wanted, each with its incident. A text that stands in two fields is
    /// told of once.
    pub(super) fn of<'s>(
        &'s self,
        case: &Case<'s>,
        list: List,
        wanted: impl Fn(&Judged<'s>, &Field) -> bool,
    ) -> Vec<(&'s Judged<'s>, &'s Sign)> {
        let mut told: HashSet<(usize, u64, &str)> = HashSet::new();
        let incidents = case.incidents;
        let all = self.0.signs.get().map(Vec::as_slice).unwrap_or_default().iter();
        all.filter(|sign| sign.list == list)
            .filter_map(|sign| Some((incidents.get(sign.incident)?, sign)))
            .filter(|(judged, sign)| wanted(judged, &sign.field))
            .filter(|(_, sign)| told.insert((sign.incident, sign.text, sign.phrase.as_str())))
            .collect()
    }
}

/// Points a finding at the phrase inside its text.
pub(super) fn at(finding: &mut Finding, phrase: &str) {
    finding.excerpt = Some(Excerpt { text: phrase.to_owned(), before: String::new(), nth: 0 });
}

/// Whether a field tells what happened: title, summary, causes, lessons, the texts of the timeline.
pub(super) fn is_narrative(field: &Field) -> bool {
    let key = |at: usize| match field.steps().get(at) {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    match key(0) {
        "title" | "summary" | "internal_summary" | "lessons" => true,
        "causes" => matches!(key(2), "text" | "public_text"),
        "timeline" => key(2) == "text",
        _ => false,
    }
}

/// Reads every text of the incidents at hand for the phrases of all lists.
pub(super) fn signs(case: &Case<'_>, texts: &Read) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    for (incident, judged) in case.incidents.iter().enumerate() {
        judged.incident.each_text(&mut |path, localized| {
            for (tag, text) in localized.iter() {
                let Some(search) = Search::of(tag).filter(|_| texts.glance(text).phrases) else { continue };
                let Some(found) = look(text, |folded| search.find(folded)) else { continue };
                let first = signs.len();
                let mut hash = None;
                for (list, range) in found.hits.iter().cloned() {
                    let phrase = found.shown(&range);
                    let again = |sign: &Sign| sign.list == list && sign.phrase.eq_ignore_ascii_case(phrase);
                    if list != List::Fine && !signs.iter().skip(first).any(again) {
                        let text = *hash.get_or_insert_with(|| xxh3_64(text.as_bytes()));
                        let field = path.key(tag).field();
                        signs.push(Sign { incident, list, field, phrase: phrase.to_owned(), text });
                    }
                }
            }
        });
    }
    signs
}

/// What was looked for in the author's own words.
pub(super) struct Found<'t, T> {
    /// The words.
    plain: Cow<'t, str>,
    folded: Folded,
    /// What was found, at least one.
    pub(super) hits: Vec<T>,
}

impl<T> Found<'_, T> {
    /// A part of the folded words as it is written.
    pub(super) fn shown(&self, range: &Range<usize>) -> &str {
        self.folded.range(range).and_then(|range| self.plain.get(range)).unwrap_or_default()
    }

    /// All of the words.
    pub(super) fn plain(&self) -> &str {
        &self.plain
    }
}

/// Looks for something in the author's own words of a Markdown text; `None` when nothing is there.
pub(super) fn look<T>(text: &str, find: impl Fn(&Folded) -> Vec<T>) -> Option<Found<'_, T>> {
    // what is neither there with its code and quotations is not there without them: seldom is more to be done
    if marks(text) & SPLITS == 0 {
        let folded = Folded::of(text);
        let hits = find(&folded);
        if hits.is_empty() {
            return None;
        }
        if let plain @ Cow::Borrowed(_) = plain(text) {
            return Some(Found { plain, folded, hits });
        }
    }
    let plain = plain(text);
    let folded = Folded::of(&plain);
    let hits = find(&folded);
    (!hits.is_empty()).then_some(Found { plain, folded, hits })
}

/// Whether a text has signs that may stand inside a phrase and mean nothing there.
pub(super) fn may_split(text: &str) -> bool {
    marks(text) & SPLITS != 0
}

/// What stands for code, a quotation, a picture: no word, and no space.
const SOMETHING: char = '\u{FFFC}';

/// The author's own words of a Markdown text: without markup, code, addresses and what is quoted from others.
pub(super) fn plain(markdown: &str) -> Cow<'_, str> {
    let marks = marks(markdown);
    // code may be indented on a line of its own
    let text = match marks & (SPLITS | CODE) != 0 || marks & LINES != 0 && markdown.contains("    ") {
        true => Cow::Owned(unmarked(markdown)),
        false => Cow::Borrowed(markdown),
    };
    match marks & QUOTES != 0 && text.contains(['"', '“', '«']) {
        true => Cow::Owned(unquoted(&text)),
        false => text,
    }
}

/// It has signs that may stand inside a phrase, and mean nothing there.
const SPLITS: u8 = 1;
/// It may have code in it.
const CODE: u8 = 2;
/// It may quote.
const QUOTES: u8 = 4;
/// It has lines, or begins with a space.
const LINES: u8 = 8;

/// What Markdown there may be in a text, at a glance.
fn marks(text: &str) -> u8 {
    const MARKS: [u8; 256] = {
        let mut marks = [0; 256];
        let mut byte = 0;
        while byte < marks.len() {
            marks[byte] = match byte as u8 {
                b'*' | b'_' | b'[' | b'<' | b'>' | b'\\' | b'&' | b'#' | b'~' => SPLITS,
                b'`' => CODE,
                // “ begins with E2, « with C2
                b'"' | 0xe2 | 0xc2 => QUOTES,
                b'\n' | b'\r' | b'\t' => LINES,
                _ => 0,
            };
            byte += 1;
        }
        marks
    };
    let found = text.bytes().fold(0, |all, byte| all | MARKS.get(usize::from(byte)).copied().unwrap_or(0));
    found | if text.starts_with(' ') { LINES } else { 0 }
}

fn unmarked(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    // how deep in what is not the author's prose
    let mut skipped = 0_usize;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock) => skipped += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                skipped = skipped.saturating_sub(1);
                out.push_str("\n\n");
            }
            Event::Text(text) if skipped == 0 => out.push_str(&text),
            Event::Code(_) if skipped == 0 => out.push(SOMETHING),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => out.push_str("\n\n"),
            _ => {}
        }
    }
    out
}

/// Quotations replaced. A mark that is never closed quotes nothing, and none reaches over the end of a paragraph.
fn unquoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, paragraph) in text.split("\n\n").enumerate() {
        if at > 0 {
            out.push_str("\n\n");
        }
        let mut rest = paragraph;
        // closing marks that do not come any more are not looked for again
        let mut gone: Vec<char> = Vec::new();
        while let Some((before, after)) = rest.split_once(['"', '“', '«']) {
            let close = match rest.get(before.len()..).and_then(|rest| rest.chars().next()) {
                Some('“') => '”',
                Some('«') => '»',
                _ => '"',
            };
            out.push_str(before);
            let end = if gone.contains(&close) { None } else { after.split_once(close) };
            match end {
                Some((_, after)) => {
                    out.push(SOMETHING);
                    rest = after;
                }
                None => {
                    out.push(' ');
                    rest = after;
                    if !gone.contains(&close) {
                        gone.push(close);
                    }
                }
            }
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_code_and_quotations_are_no_prose() {
        for (markdown, expected) in [
            ("plain text", "plain text"),
            ("by *mis*take", "by mistake"),
            ("__Não__ se repetirá", "Não se repetirá"),
            ("run `by mistake` now", "run \u{FFFC} now"),
            ("[many](https://many.example) words", "many words"),
            ("he said \"by mistake\" twice", "he said \u{FFFC} twice"),
            ("“por engano” foi dito", "\u{FFFC} foi dito"),
            ("an open \" stays", "an open   stays"),
            ("> some\n> quotation\n\nown words", "own words"),
            ("```\nsome code\n```\nown words", "own words"),
            ("one  \ntwo \\* three &amp; four", "one two * three & four"),
        ] {
            assert_eq!(plain(markdown).trim(), expected, "{markdown}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[a-z \"“”«»*_`>\\[\\]\n]{0,80}", any in "\\PC{0,60}") {
            plain(&text);
            plain(&any);
        }
    }

    #[test]
    fn many_open_quotations_take_no_long_time() {
        for part in ["“", "«", "\"", "“«\"", "“a\n\n"] {
            plain(&part.repeat(100_000));
        }
    }
}
