//! A strict reader of HTML: what it accepts is well-formed, asks nothing of another host, and runs nothing.

/// Panics when a page is not whole or not inert.
pub(super) fn check(page: &str) {
    let rest = page.strip_prefix("<!doctype html>\n").unwrap_or_else(|| panic!("no doctype: {page}"));
    let mut open: Vec<&str> = Vec::new();
    let mut ids = Vec::new();
    let mut rest = rest;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        assert!(!text.contains('>'), "a stray `>` in {text:?}");
        if !matches!(open.last(), Some(&"style")) {
            entities(text);
        }
        let end = tag_end(from);
        let (tag, after) = from.split_at(end);
        rest = after;
        let tag = tag.trim_start_matches('<').trim_end_matches('>');
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "`</{name}>` closes something else: {}", near(rest));
            continue;
        }
        let closed = tag.ends_with('/');
        let (name, attributes) =
            tag.trim_end_matches('/').split_once([' ', '\n']).unwrap_or((tag.trim_end_matches('/'), ""));
        assert!(NAMES.contains(&name), "`<{name}>` has no place here: {tag}");
        for (key, value) in attributes_of(attributes) {
            assert!(ATTRIBUTES.contains(&key), "`{key}` has no place here: {tag}");
            entities(value);
            match key {
                "href" => {
                    let hosts =
                        ["http://", "https://", "mailto:"].iter().any(|scheme| value.starts_with(scheme));
                    // an empty picture, so that a browser asks the host for none
                    let no_icon = tag == "link rel=\"icon\" href=\"data:,\"";
                    assert!(hosts || no_icon || !value.contains(':'), "{tag}");
                    assert!(!(hosts && name != "a"), "a page asks another host: {tag}");
                }
                // one script, of the site itself, which pages do not need
                "src" => {
                    let ours = (name == "script" && value.ends_with("script.js")) || name == "img";
                    assert!(ours && !value.contains(':') && !value.starts_with('/'), "{tag}");
                }
                "id" => {
                    assert!(!ids.contains(&value), "`{value}` is there twice");
                    ids.push(value);
                }
                _ => {}
            }
        }
        if !closed && !VOID.contains(&name) {
            let inside_p = open.contains(&"p") && BLOCKS.contains(&name);
            assert!(!inside_p, "`<{name}>` inside `<p>`: {}", near(rest));
            open.push(name);
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    assert_eq!(rest.trim(), "");
}

const VOID: &[&str] = &["meta", "link", "br", "hr", "img", "input"];
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "ul",
    "ol",
    "table",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "dl",
    "figure",
    "pre",
    "blockquote",
];
const NAMES: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "link",
    "style",
    "body",
    "a",
    "aside",
    "header",
    "nav",
    "span",
    "small",
    "main",
    "article",
    "section",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dl",
    "dt",
    "dd",
    "div",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "svg",
    "defs",
    "pattern",
    "rect",
    "line",
    "time",
    "footer",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "blockquote",
    "br",
    "hr",
    "bdi",
    "i",
    "img",
    "script",
    "form",
    "label",
    "select",
    "option",
    "input",
    "button",
    "details",
    "summary",
    "noscript",
    "circle",
    "text",
    "g",
];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "name",
    "content",
    "http-equiv",
    "rel",
    "hreflang",
    "href",
    "style",
    "class",
    "aria-label",
    "aria-current",
    "aria-labelledby",
    "aria-hidden",
    "id",
    "dir",
    "datetime",
    "scope",
    "data-label",
    "role",
    "width",
    "height",
    "xmlns",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "rx",
    "fill",
    "patternUnits",
    "patternTransform",
    "title",
    "start",
    "src",
    "alt",
    "defer",
    "hidden",
    "tabindex",
    "value",
    "type",
    "autocomplete",
    "cx",
    "cy",
    "r",
    "data-board",
    "data-board-status",
    "data-board-table",
    "data-late",
    "data-loading",
    "data-more",
    "data-of",
    "data-open",
    "data-page",
    "data-pages",
    "data-shown",
    "data-sort",
    "data-state",
    "data-beginnings",
    "data-found",
    "data-in",
    "data-names",
    "data-nothing",
    "data-per-file",
    "data-places",
    "data-search",
    "data-search-found",
    "data-search-status",
    "data-short",
    "data-tags",
    "data-tells",
    "data-at",
    "data-zone",
    "data-zones",
    "spellcheck",
    "for",
];

const BARE: &[&str] = &[
    "defer",
    "hidden",
    "data-board",
    "data-board-status",
    "data-board-table",
    "data-search",
    "data-search-status",
    "data-search-found",
    "data-zones",
];

fn tag_end(from: &str) -> usize {
    let mut quoted = false;
    for (at, c) in from.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + 1,
            _ => {}
        }
    }
    panic!("a tag without an end: {}", near(from));
}

fn attributes_of(text: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        // attributes that are there or not
        let bare = rest.split([' ', '=']).next().unwrap_or_default();
        if BARE.contains(&bare) {
            all.push((bare, ""));
            rest = rest.trim_start_matches(bare).trim_start();
            continue;
        }
        let (key, after) =
            rest.split_once("=\"").unwrap_or_else(|| panic!("an attribute without quotes: {text}"));
        let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("an open quote: {text}"));
        assert!(!all.iter().any(|(known, _)| *known == key), "`{key}` twice: {text}");
        assert!(!value.contains('<'), "{text}");
        all.push((key, value));
        rest = after.trim_start();
    }
    all
}

/// Every `&` begins a character reference, and no character is forbidden.
fn entities(text: &str) {
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
        assert!(
            known.iter().any(|entity| text.get(at..).is_some_and(|rest| rest.starts_with(entity))),
            "a bare `&` in {text:?}"
        );
    }
    let forbidden = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!text.contains(forbidden), "a control character in {text:?}");
}

fn near(text: &str) -> String {
    text.chars().take(80).collect()
}
