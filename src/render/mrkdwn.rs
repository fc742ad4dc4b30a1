//! Prose in the markup of Slack's messages: `*bold*`, `_emphasis_`, `<address|words>`.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{escape, markdown};

/// Plain text on one line. `&`, `<` and `>` are written as Slack asks, so that nothing in it calls a person or a channel.
pub(super) fn line(text: &str) -> String {
    escaped(&escape::one_line(text))
}

/// Prose in Markdown, without the line break at its end. Headings are bold lines, tables lose their lines.
pub(super) fn prose(text: &str) -> String {
    let text = escape::clean(text);
    let whole = format!("{}\n", text.trim());
    let Some(events) = markdown::safe_events(&whole, 3) else { return escaped(text.trim()) };
    let mut out = String::with_capacity(text.len() * 9 / 8);
    // for each open list the number of its next item
    let mut lists: Vec<Option<u64>> = Vec::new();
    // an address without a host leads nowhere from a message: its words stay
    let mut linked = false;
    for event in events {
        match event {
            Event::Start(Tag::Strong | Tag::Heading { .. }) | Event::End(TagEnd::Strong) => out.push('*'),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => out.push('_'),
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => out.push('~'),
            Event::Start(Tag::CodeBlock(_)) => out.push_str("```\n"),
            Event::End(TagEnd::CodeBlock) => out.push_str("```\n\n"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                linked = is_whole(&dest_url);
                if linked {
                    out.push_str(&format!("<{}|", address(&dest_url)));
                }
            }
            Event::End(TagEnd::Link) if std::mem::take(&mut linked) => out.push('>'),
            Event::Start(Tag::List(first)) => {
                // a list inside an item begins a line
                if !lists.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                if lists.is_empty() {
                    out.push('\n');
                }
            }
            Event::Start(Tag::Item) => {
                out.push_str(&"    ".repeat(lists.len().saturating_sub(1)));
                match lists.last_mut() {
                    Some(Some(number)) => {
                        out.push_str(&format!("{number}. "));
                        *number += 1;
                    }
                    _ => out.push_str("• "),
                }
            }
            Event::End(TagEnd::Item) if !out.ends_with('\n') => out.push('\n'),
            Event::Start(Tag::BlockQuote(_)) => out.push_str("&gt; "),
            Event::End(TagEnd::Paragraph) if lists.is_empty() => out.push_str("\n\n"),
            Event::End(TagEnd::Heading(_)) => out.push_str("*\n"),
            Event::End(TagEnd::TableCell) => out.push_str(" · "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => out.push('\n'),
            Event::Text(words) => out.push_str(&escaped(&words)),
            Event::Code(words) => out.push_str(&format!("`{}`", escaped(&words))),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::Rule => out.push_str("———\n"),
            _ => {}
        }
    }
    out.trim_end().to_owned()
}

fn is_whole(url: &CowStr<'_>) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

/// An address between angle brackets: in Markdown, and in Slack's markup.
pub(super) fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '|' => out.push_str("%7C"),
            '"' => out.push_str("%22"),
            '`' => out.push_str("%60"),
            '\\' => out.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn prose_is_told_in_slacks_markup() {
        let check = |text: &str, expected: &str| assert_eq!(prose(text), expected, "{text}");
        check("Plain & simple: a < b.", "Plain &amp; simple: a &lt; b.");
        check("**Bold** and *soft* and `co<de`.", "*Bold* and _soft_ and `co&lt;de`.");
        check("See [the page](https://a.example/x|y).", "See <https://a.example/x%7Cy|the page>.");
        check("See [the page](/x).", "See the page.");
        check("# One\n\ntwo\n\nthree", "*One*\ntwo\n\nthree");
        check("- a\n- b\n  - c\n\n1. d\n2. e", "• a\n• b\n    • c\n\n1. d\n2. e");
        check("```\nx = 1\n```", "```\nx = 1\n```");
        check("> said\n\nafter", "&gt; said\n\nafter");
        check("<!channel> <@U1> <script>", "&lt;!channel&gt; &lt;@U1&gt; &lt;script&gt;");
        assert_eq!(line("<!here>\nnow"), "&lt;!here&gt; now");
    }

    proptest! {
        #[test]
        fn nobody_is_called_by_a_text(text in "([<>!@#|&`*_]|!channel|@U1|https://a.example|\\[x\\]\\(|\\)| |\n|a){0,16}") {
            for told in [prose(&text), line(&text)] {
                let mut rest = told.as_str();
                while let Some((_, after)) = rest.split_once('<') {
                    prop_assert!(after.starts_with("http") || after.starts_with("mailto:"), "{}", told);
                    rest = after;
                }
            }
        }
    }
}
