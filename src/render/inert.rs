//! Texts that look like the commands of the program that will read a document, made to stand as texts.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::{escape, markdown, target::Inert};

impl Inert {
    /// Markdown in which nothing is a command.
    ///
    /// Liquid: an opening is printed by Liquid itself, `{{ "{{" }}`, in code as well: `{% raw %}` would end at an
    /// `endraw` of the text. Hugo has no such quoting: the brace that opens a shortcode is an entity, and in code, where
    /// an entity would be shown as written, a word joiner parts the braces.
    pub(super) fn tamed(self, markdown: &str) -> Cow<'_, str> {
        // most texts hold no brace
        if !markdown.contains('{') {
            return Cow::Borrowed(markdown);
        }
        match self {
            Self::Liquid => Cow::Owned(liquid(markdown)),
            Self::Hugo => Cow::Owned(hugo(markdown)),
        }
    }
}

fn liquid(text: &str) -> String {
    // attribute lists and the names of headings, in the Markdown that Jekyll reads
    let text = beside_code(text, |text, is_code| match is_code {
        true => text.to_owned(),
        false => text.replace("{:", "\\{:").replace("{#", "\\{#"),
    });
    let mut out = String::with_capacity(text.len() + 32);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '{' {
            out.push(c);
            continue;
        }
        match chars.peek().copied() {
            Some(next @ ('{' | '%')) => {
                chars.next();
                out.push_str("{{ \"{");
                out.push(next);
                out.push_str("\" }}");
            }
            // what comes after this text may begin with the other half
            None => out.push_str("{{ \"{\" }}"),
            Some(_) => out.push(c),
        }
    }
    out
}

fn hugo(text: &str) -> String {
    beside_code(text, |text, is_code| {
        let opened = |sign: &str| match is_code {
            true => format!("{{\u{2060}{{{sign}"),
            false => format!("&#123;{{{sign}"),
        };
        text.replace("{{<", &opened("<")).replace("{{%", &opened("%"))
    })
}

/// A text, its code and what is beside it each told by `tell`, which is told whether it is code.
fn beside_code(text: &str, tell: impl Fn(&str, bool) -> String) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut from = 0;
    for code in markdown::code(text) {
        let (Some(before), Some(within)) = (text.get(from..code.start), text.get(code.clone())) else {
            continue;
        };
        out.push_str(&tell(before, false));
        out.push_str(&tell(within, true));
        from = code.end;
    }
    out.push_str(&tell(text.get(from..).unwrap_or_default(), false));
    out
}

/// Escapes plain text for Markdown that Jekyll reads.
pub(super) fn markdown_in_liquid(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(Inert::Liquid.tamed(&escape::markdown_line(text)).as_bytes())
}

/// Escapes plain text for Markdown that Hugo reads.
pub(super) fn markdown_in_hugo(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(Inert::Hugo.tamed(&escape::markdown_line(text)).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What Liquid makes of a text, by its own way of reading; fails where it would run something.
    fn run_by_liquid(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
            out.push_str(rest.get(..at).unwrap());
            rest = rest.get(at..).unwrap();
            let printed = ["{{", "{%", "{"]
                .into_iter()
                .find_map(|sign| Some((sign, rest.strip_prefix(&format!("{{{{ \"{sign}\" }}}}"))?)));
            let (sign, after) = printed.unwrap_or_else(|| panic!("{rest} is run"));
            out.push_str(sign);
            rest = after;
        }
        out + rest
    }

    #[test]
    fn what_looks_like_a_command_stands_as_text() {
        let liquid = |text: &str, expected: &str| assert_eq!(Inert::Liquid.tamed(text), expected);
        liquid("plain {text}", "plain {text}");
        liquid("`{{ x }}`", "`{{ \"{{\" }} x }}`");
        liquid("{% raw %}{%- endraw -%}", "{{ \"{%\" }} raw %}{{ \"{%\" }}- endraw -%}");
        liquid("{: .red} `{: .red}`", "\\{: .red} `{: .red}`");
        liquid("{::nomarkdown}", "\\{::nomarkdown}");
        liquid("### Shop {#shop}", "### Shop \\{#shop}");
        liquid("ends with {", "ends with {{ \"{\" }}");
        liquid("{{{% {{:", "{{ \"{{\" }}{{ \"{%\" }} {\\{:");
        let hugo = |text: &str, expected: &str| assert_eq!(Inert::Hugo.tamed(text), expected);
        hugo("{{< track \"x\" >}}", "&#123;{< track \"x\" >}}");
        hugo("{{% x %}} and {{ y }}", "&#123;{% x %}} and {{ y }}");
        hugo("{{{< x >}}", "{&#123;{< x >}}");
        hugo("`{{< x >}}`\n\n```\n{{% y %}}\n```\n", "`{\u{2060}{< x >}}`\n\n```\n{\u{2060}{% y %}}\n```\n");
    }

    proptest! {
        #[test]
        fn nothing_in_a_text_is_run(text in "([{}%<>: `#-]|raw|endraw|x){0,20}", next in "[{%x]{0,3}") {
            let told = format!("{}{}", Inert::Liquid.tamed(&text), Inert::Liquid.tamed(&next));
            let shown = run_by_liquid(&told).replace("\\{:", "{:").replace("\\{#", "{#");
            prop_assert_eq!(shown, format!("{text}{next}"), "{}", told);
            let told = Inert::Hugo.tamed(&text);
            prop_assert!(!told.contains("{{<") && !told.contains("{{%"), "{}", told);
        }
    }
}
