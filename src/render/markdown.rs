//! Prose as people write it, made safe: Markdown to HTML, and Markdown to Markdown that nothing can break out of.
//!
//! Raw HTML becomes text, links keep only `http`, `https`, `mailto`, `#` and relative destinations, pictures become links
//! (a page asks nothing of another host), headings sink below the section they stand in.

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use pulldown_cmark_to_cmark::Options as Style;

use super::{
    escape,
    plain::{self, Piece},
};

/// Deeper nesting than any prose has: deeper text is shown as it was written.
const MOST_NESTED: usize = 16;

/// Prose as HTML blocks. `level` is the level of its highest heading, 2 to 6.
pub(super) fn to_html(prose: &str, level: u8) -> String {
    let text = escape::clean(prose);
    let text = text.trim();
    if is_plain(text) {
        return format!("<p>{}</p>\n", escape::html(text));
    }
    if let Some(pieces) = plain::pieces(text) {
        return plain_html(&pieces, text.len());
    }
    match safe_events(&format!("{text}\n"), level) {
        Some(events) => {
            let mut out = String::with_capacity(text.len() * 3 / 2);
            pulldown_cmark::html::push_html(&mut out, events.into_iter());
            out
        }
        None => format!("<p>{}</p>\n", escape::html(text)),
    }
}

fn plain_html(pieces: &[Piece<'_>], length: usize) -> String {
    let mut out = String::with_capacity(length * 3 / 2);
    out.push_str("<p>");
    for piece in pieces {
        let (open, text, close) = match piece {
            Piece::Text(text) => ("", *text, ""),
            Piece::Code(text) => ("<code>", *text, "</code>"),
            Piece::Emphasis(text) => ("<em>", *text, "</em>"),
            Piece::Strong(text) => ("<strong>", *text, "</strong>"),
            Piece::Break => ("\n", "", ""),
        };
        [open, text, close].into_iter().for_each(|part| out.push_str(part));
    }
    out.push_str("</p>\n");
    out
}

/// Prose as Markdown blocks, without the line break at its end: closed fences, no raw HTML, no other destination than
/// [`to_html`] keeps.
pub(super) fn to_markdown(prose: &str, level: u8) -> String {
    let text = escape::clean(prose);
    let text = text.trim();
    if is_plain(text) || plain::pieces(text).is_some() {
        return text.to_owned();
    }
    // the writer leaves a fence open whose last line has no end
    let whole = format!("{text}\n");
    let told = safe_events(&whole, level).and_then(|events| {
        let out = written(events)?;
        // the writer is another program than the reader: what it wrote is read again
        is_safe(&out).then_some(out)
    });
    told.unwrap_or_else(|| {
        let lines: Vec<String> = text.lines().map(escape::markdown_line).collect();
        lines.join("\n")
    })
}

fn written(events: Vec<Event<'_>>) -> Option<String> {
    let mut out = String::new();
    let style = Style { list_token: '-', code_block_token_count: 3, ..Style::default() };
    pulldown_cmark_to_cmark::cmark_with_options(events, &mut out, OPTIONS, style).ok()?;
    Some(out.trim_start_matches('\n').trim_end().to_owned())
}

/// Prose as one line of plain text, cut at a word to at most `most` characters.
pub(super) fn to_line(prose: &str, most: usize) -> String {
    let text = escape::clean(prose);
    let mut told = String::new();
    match plain::pieces(text.trim()) {
        Some(pieces) => pieces.into_iter().for_each(|piece| match piece {
            Piece::Text(text) | Piece::Code(text) | Piece::Emphasis(text) | Piece::Strong(text) => {
                told.push_str(text);
                // as after every other end of something
                told.extend(matches!(piece, Piece::Emphasis(_) | Piece::Strong(_)).then_some(' '));
            }
            Piece::Break => told.push(' '),
        }),
        None => {
            for event in Parser::new_ext(&text, OPTIONS) {
                match event {
                    Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                        told.push_str(&text)
                    }
                    Event::SoftBreak | Event::HardBreak | Event::End(_) => told.push(' '),
                    _ => {}
                }
            }
        }
    }
    let line = escape::one_line(&told.replace(" .", "."));
    if line.chars().count() <= most {
        return line;
    }
    let mut cut: String = line.chars().take(most).collect();
    if let Some(space) = cut.rfind(' ') {
        cut.truncate(space);
    }
    cut.push('…');
    cut
}

/// Where code stands in Markdown, its marks included, in order.
pub(super) fn code(markdown: &str) -> Vec<Range<usize>> {
    if !markdown.contains(['`', '~']) && !markdown.contains("    ") {
        return Vec::new();
    }
    let events = Parser::new_ext(markdown, OPTIONS).into_offset_iter();
    events
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect()
}

/// Stands before a block that is no paragraph: it must not begin behind words. No text holds it: [`escape::clean`]
/// takes it out.
const BLOCK: char = '\u{FDD0}';

/// Blocks of Markdown with all lines but the first moved in; [`tidied`] puts them below the words before them, where
/// there are any and the first is no paragraph.
pub(super) fn placed(block: &str, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let mut out = String::with_capacity(block.len() + 8);
    let first = Parser::new_ext(block, OPTIONS).next();
    if !matches!(first, None | Some(Event::Start(Tag::Paragraph))) {
        out.push(BLOCK);
        out.push_str(&indent);
        out.push(BLOCK);
    }
    for (at, line) in block.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out
}

/// A document with every block in its place.
fn settled(document: &str) -> Cow<'_, str> {
    if !document.contains(BLOCK) {
        return Cow::Borrowed(document);
    }
    let mut out = String::with_capacity(document.len() + 16);
    let mut parts = document.split(BLOCK);
    out.push_str(parts.next().unwrap_or_default());
    while let (Some(indent), Some(rest)) = (parts.next(), parts.next()) {
        let line = out.rsplit('\n').next().unwrap_or_default();
        let opens =
            |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')');
        if !line.chars().all(opens) {
            out.truncate(out.trim_end().len());
            out.push_str("\n\n");
            out.push_str(indent);
        }
        out.push_str(rest);
    }
    Cow::Owned(out)
}

/// A document without rows of blank lines outside code, and with one line break at its end.
pub(super) fn tidied(document: &str) -> String {
    let document = settled(document);
    let mut out = String::with_capacity(document.len());
    let mut blank = false;
    let mut fence: Option<&str> = None;
    for line in document.trim_end().lines() {
        let text = line.trim_start();
        match fence {
            Some(open) if text.starts_with(open) => fence = None,
            Some(_) => {}
            None => fence = ["```", "~~~"].into_iter().find(|mark| text.starts_with(mark)),
        }
        if fence.is_none() && text.is_empty() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// True when Markdown has nothing to say about a text: one line of words and harmless signs, starting with a letter.
fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.bytes().all(plain::is_harmless) && !text.contains("  ")
}

/// The events of a text, with everything unsafe made text; `None` when it nests too deep.
pub(super) fn safe_events(text: &str, level: u8) -> Option<Vec<Event<'_>>> {
    let mut filter = Filter { shift: level.clamp(2, 6) - 1, events: Vec::new(), links: Vec::new(), depth: 0 };
    for event in Parser::new_ext(text, OPTIONS) {
        filter.take(event);
        if filter.depth > MOST_NESTED {
            return None;
        }
    }
    Some(filter.events)
}

struct Filter<'a> {
    shift: u8,
    events: Vec<Event<'a>>,
    /// What became of each link and picture that is open.
    links: Vec<OpenLink<'a>>,
    depth: usize,
}

struct OpenLink<'a> {
    /// Whether a link was written for it.
    written: bool,
    /// What stands for a picture without words.
    instead: Option<CowStr<'a>>,
    /// How many events there were at its start.
    from: usize,
}

impl<'a> Filter<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.start(tag);
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                self.end(end);
            }
            Event::Html(text) => {
                let ends = text.ends_with('\n');
                let line = text.trim_end_matches('\n').to_owned();
                self.events.push(Event::Text(line.into()));
                if ends {
                    self.events.push(Event::SoftBreak);
                }
            }
            Event::InlineHtml(text) => self.events.push(Event::Text(text)),
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => {
                self.events.push(event)
            }
            // of extensions that are not switched on
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.events.push(Event::Text(text));
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        let tag = match tag {
            Tag::HtmlBlock => Tag::Paragraph,
            Tag::Heading { level, .. } => {
                Tag::Heading { level: self.sunk(level), id: None, classes: Vec::new(), attrs: Vec::new() }
            }
            Tag::CodeBlock(_) => Tag::CodeBlock(CodeBlockKind::Fenced("".into())),
            Tag::Table(columns) => Tag::Table(vec![Alignment::None; columns.len()]),
            Tag::Link { link_type, dest_url, title, .. } => {
                return self.open(link_type, dest_url, title, None);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let instead = Some(dest_url.clone());
                return self.open(link_type, dest_url, title, instead);
            }
            other => other,
        };
        self.events.push(Event::Start(tag));
    }

    fn open(&mut self, kind: LinkType, url: CowStr<'a>, title: CowStr<'a>, instead: Option<CowStr<'a>>) {
        let url: CowStr<'a> = if kind == LinkType::Email { format!("mailto:{url}").into() } else { url };
        // a link inside a link is no HTML
        let written = is_safe_destination(&url) && !self.links.iter().any(|link| link.written);
        if written {
            self.events.push(Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url: url,
                title,
                id: "".into(),
            }));
        }
        self.links.push(OpenLink { written, instead, from: self.events.len() });
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::HtmlBlock => {
                if matches!(self.events.last(), Some(Event::SoftBreak)) {
                    self.events.pop();
                }
                self.events.push(Event::End(TagEnd::Paragraph));
            }
            TagEnd::Heading(level) => self.events.push(Event::End(TagEnd::Heading(self.sunk(level)))),
            TagEnd::Link | TagEnd::Image => {
                let Some(link) = self.links.pop() else { return };
                if let Some(instead) = link.instead.filter(|_| self.events.len() == link.from) {
                    self.events.push(Event::Text(instead));
                }
                if link.written {
                    self.events.push(Event::End(TagEnd::Link));
                }
            }
            other => self.events.push(Event::End(other)),
        }
    }

    fn sunk(&self, level: HeadingLevel) -> HeadingLevel {
        match level as usize + usize::from(self.shift) {
            0..=2 => HeadingLevel::H2,
            3 => HeadingLevel::H3,
            4 => HeadingLevel::H4,
            5 => HeadingLevel::H5,
            _ => HeadingLevel::H6,
        }
    }
}

/// True when a link may point there: `http`, `https`, `mailto`, a place in the page, or a relative path. A destination
/// that names another host without a scheme is refused.
fn is_safe_destination(url: &str) -> bool {
    if url.contains('\\') || url.starts_with("//") || url.chars().any(|c| c.is_control() || c.is_whitespace())
    {
        return false;
    }
    match url.find([':', '/', '?', '#']).and_then(|at| url.split_at_checked(at)) {
        Some((scheme, rest)) if rest.starts_with(':') => {
            ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
        _ => true,
    }
}

/// True when a reader finds neither raw HTML nor an unsafe destination nor a picture.
pub(super) fn is_safe(markdown: &str) -> bool {
    Parser::new_ext(markdown, OPTIONS).all(|event| match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock | Tag::Image { .. }) => false,
        Event::Start(Tag::Link { dest_url, .. }) => is_safe_destination(&dest_url),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    /// The tricks that texts about safe Markdown and safe HTML name, and a few of our own.
    const TRICKS: &[&str] = &[
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<a href=\"javascript:alert(1)\" onclick=\"x()\">x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](java&#x09;script:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](//evil.example/x)",
        "[x](/\\evil.example/x)",
        "![x](javascript:alert(1))",
        "![x](https://evil.example/pixel.png \"t\")",
        "![](https://evil.example/pixel.png)",
        "[![x](https://a.example/p.png)](https://b.example)",
        "![[x](https://a.example)](https://b.example)",
        "<javascript:alert(1)>",
        "<https://a.example/?q=1&r=2>",
        "<someone@example.org>",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x][y]\n\n[y]: https://a.example \"ti\\\"tle\"",
        "]]> <![CDATA[ x ]]>",
        "<!-- unclosed",
        "<div><p>unclosed",
        "</div></main></body></html>",
        "```\nunclosed fence",
        "~~~~ js\nx\n~~~",
        "`unclosed",
        "`` ` `` <b>`</b>",
        "# one\n\n## two\n\nSetext\n===\n\nTwo\n---",
        "a | b\n--|:-:\n<b>x</b> | [y](javascript:z)",
        "---\ntitle: x\n---",
        "> > > quote\n\n1) one\n2) two\n   - nested",
        "text  \nbreak",
        "a\u{0}b\u{8}c\u{202E}d",
        "<x\n\n>",
        "\\<script>alert(1)\\</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "*<b*>x</b>",
        "[a<b](https://x.example/<i>)",
        "    <script>indented()</script>",
    ];

    #[test]
    fn prose_becomes_html() {
        let check = |prose: &str, html: &str| assert_eq!(to_html(prose, 3), html, "{prose}");
        check("Plain words.", "<p>Plain words.</p>\n");
        check("It's *so*.", "<p>It's <em>so</em>.</p>\n");
        check("# H", "<h3>H</h3>\n");
        check("#### H", "<h6>H</h6>\n");
        check("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n");
        check("<div>\nx\n</div>", "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>\n");
        check("[x](javascript:y)", "<p>x</p>\n");
        check("[x](/a)", "<p><a href=\"/a\">x</a></p>\n");
        check("![pic](https://a.example/p.png)", "<p><a href=\"https://a.example/p.png\">pic</a></p>\n");
        check(
            "![](https://a.example/p.png)",
            "<p><a href=\"https://a.example/p.png\">https://a.example/p.png</a></p>\n",
        );
        check("<a@b.example>", "<p><a href=\"mailto:a@b.example\">a@b.example</a></p>\n");
        check(&">".repeat(40), &format!("<p>{}</p>\n", "&gt;".repeat(40)));
    }

    #[test]
    fn prose_becomes_markdown_that_stays_in_its_place() {
        let check = |prose: &str, markdown: &str| assert_eq!(to_markdown(prose, 3), markdown, "{prose}");
        check("Plain words.\n", "Plain words.");
        check("It's *so*.", "It's *so*.");
        check("# H", "### H");
        check("```\nunclosed", "```\nunclosed\n```");
        check("[x](javascript:y)", "x");
        check("[x](https://a.example)", "[x](https://a.example)");
        check("![pic](https://a.example/p.png)", "[pic](https://a.example/p.png)");
        check("- a\n- b", "- a\n- b");
    }

    #[test]
    fn blank_lines_are_kept_in_code_alone() {
        assert_eq!(tidied("a\n\n\n\nb\n```\n\n\n\n```\n\n\n"), "a\n\nb\n```\n\n\n\n```\n");
    }

    #[test]
    fn a_block_behind_words_begins_on_its_own_line() {
        let check = |before: &str, prose: &str, indent: usize, told: &str| {
            let block = placed(&to_markdown(prose, 3), indent);
            assert_eq!(tidied(&format!("{before}{block}\n")), told, "{before}{prose}");
        };
        check("**Cause**: ", "Plain words.", 0, "**Cause**: Plain words.\n");
        check("**Cause**: ", "```\nx\n```", 0, "**Cause**:\n\n```\nx\n```\n");
        check("- **Cause**: ", "- a\n- b", 2, "- **Cause**:\n\n  - a\n  - b\n");
        check("- ", "- a\n- b", 2, "- - a\n  - b\n");
        check("1. ", "# H", 3, "1. ### H\n");
        check("", "| a |\n|---|\n| b |", 0, "|a|\n|-|\n|b|\n");
    }

    #[test]
    fn known_tricks_are_neutralised() {
        for trick in TRICKS {
            inert(trick);
        }
    }

    proptest! {
        #[test]
        fn any_prose_is_inert(
            parts in proptest::collection::vec(
                prop_oneof![
                    proptest::sample::select(TRICKS).prop_map(str::to_owned),
                    "[-*_`\\[\\]()<>#|.0-9a-z&;:!~\\\\ =+\n/\"']{0,24}",
                    "\\PC{0,12}",
                ],
                0..4,
            )
        ) {
            inert(&parts.join(""));
            inert(&parts.join("\n"));
        }
    }

    proptest! {
        /// What is read without the parser is told as with it.
        #[test]
        fn plain_paragraphs_are_told_as_the_parser_tells_them(
            text in "[a-zA-Zé][a-z0-9é.,;:'\"()/%?+-]{0,6}(( |\n[a-zé]| \\()([a-z0-9é.,;:'\"()/%?+-]{1,6}|`[a-z0-9_.]{1,6}`|\\*[a-zé0-9., ]{1,8}\\*|\\*\\*[a-z0-9., -]{1,8}\\*\\*)[.,;:)?]?){1,6}",
        ) {
            let text = text.trim();
            if plain::pieces(text).is_none() || is_plain(text) {
                return Ok(());
            }
            let whole = format!("{text}\n");
            let events = || safe_events(&whole, 3).unwrap();
            let mut html = String::new();
            pulldown_cmark::html::push_html(&mut html, events().into_iter());
            prop_assert_eq!(to_html(text, 3), html);
            prop_assert_eq!(to_markdown(text, 3), written(events()).unwrap());
            let line: String = Parser::new_ext(text, OPTIONS).map(|event| match event {
                Event::Text(text) | Event::Code(text) => text.to_string(),
                Event::SoftBreak | Event::End(_) => " ".to_owned(),
                _ => String::new(),
            }).collect();
            prop_assert_eq!(to_line(text, 1000), escape::one_line(&line.replace(" .", ".")));
        }
    }

    fn inert(prose: &str) {
        let html = to_html(prose, 3);
        assert_eq!(normal(&html), normal(&cleaned(&html)), "{prose:?}");
        let markdown = to_markdown(prose, 3);
        assert!(is_safe(&markdown), "{prose:?} became {markdown:?}");
        // what stands after the prose stays outside it
        let mut after = String::new();
        pulldown_cmark::html::push_html(
            &mut after,
            Parser::new_ext(&format!("{markdown}\n\n# After\n"), OPTIONS),
        );
        assert!(after.ends_with("<h1>After</h1>\n"), "{prose:?} became {markdown:?}, {after:?}");
    }

    /// What a sanitiser leaves of our HTML.
    fn cleaned(html: &str) -> String {
        ammonia::Builder::default()
            .link_rel(None)
            .url_schemes(HashSet::from(["http", "https", "mailto"]))
            .clean(html)
            .to_string()
    }

    /// HTML written as the sanitiser writes it.
    fn normal(html: &str) -> String {
        ammonia::Builder::default()
            .link_rel(None)
            .add_generic_attributes(["style", "class", "id", "onclick", "onerror", "onload"])
            .add_tags(["script", "iframe", "svg", "input", "form", "style"])
            .rm_clean_content_tags(["script", "style"])
            .add_url_schemes(["javascript", "data", "file", "vbscript"])
            .clean(html)
            .to_string()
    }
}
