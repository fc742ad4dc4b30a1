//! Texts that look like the commands of the program that will read a document, made to stand as texts.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::{escape, target::Inert};

impl Inert {
    /// Markdown in which nothing is a command.
    ///
    /// Liquid: a text with an opening stands between `{% raw %}` and `{% endraw %}`, which shows it as it is, in code as
    /// well; an `endraw` of its own has its brace written as an entity. Hugo has no such quoting: the brace that opens a
    /// shortcode is an entity.
    pub(super) fn tamed(self, markdown: &str) -> Cow<'_, str> {
        // most texts hold no brace
        if !markdown.contains('{') {
            return Cow::Borrowed(markdown);
        }
        match self {
            Self::Liquid => liquid(markdown),
            Self::Hugo => Cow::Owned(markdown.replace("{{<", "&#123;{<").replace("{{%", "&#123;{%")),
        }
    }
}

fn liquid(text: &str) -> Cow<'_, str> {
    // attribute lists of the Markdown that Jekyll reads
    let text = text.replace("{:", "&#123;:");
    let opens = text.contains("{{") || text.contains("{%") || text.ends_with('{');
    if !opens {
        return Cow::Owned(text);
    }
    let mut out = String::with_capacity(text.len() + 32);
    out.push_str("{% raw %}");
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("{%") {
        out.push_str(before);
        let word = after.trim_start_matches('-').trim_start();
        out.push_str(if word.starts_with("endraw") { "&#123;%" } else { "{%" });
        rest = after;
    }
    out.push_str(rest);
    out.push_str("{% endraw %}");
    Cow::Owned(out)
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

    /// What Liquid would run: the openings outside `raw`, by its own way of reading.
    fn run_by_liquid(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            rest = &rest[at..];
            if let Some(after) = rest.strip_prefix("{% raw %}") {
                // the first tag named `endraw` ends it, wherever it begins
                let end = after.match_indices("{%").find(|(at, _)| {
                    after[at + 2..].trim_start_matches('-').trim_start().starts_with("endraw")
                });
                let (at, _) = end.expect("raw is ended");
                rest = &after[at..];
                rest = rest.strip_prefix("{% endraw %}").expect("by nothing else");
            } else if rest.starts_with("{{") || rest.starts_with("{%") {
                found.push(rest.to_owned());
                rest = &rest[2..];
            } else {
                rest = &rest[1..];
            }
        }
        found
    }

    #[test]
    fn what_looks_like_a_command_stands_as_text() {
        let liquid = |text: &str, expected: &str| assert_eq!(Inert::Liquid.tamed(text), expected);
        liquid("plain {text}", "plain {text}");
        liquid("`{{ x }}`", "{% raw %}`{{ x }}`{% endraw %}");
        liquid("{% include y %}", "{% raw %}{% include y %}{% endraw %}");
        liquid("{% raw %}{%- endraw -%}{{ z }}", "{% raw %}{% raw %}&#123;%- endraw -%}{{ z }}{% endraw %}");
        liquid("{: .red}", "&#123;: .red}");
        liquid("ends with {", "{% raw %}ends with {{% endraw %}");
        let hugo = |text: &str, expected: &str| assert_eq!(Inert::Hugo.tamed(text), expected);
        hugo("{{< track \"x\" >}}", "&#123;{< track \"x\" >}}");
        hugo("{{% x %}} and {{ y }}", "&#123;{% x %}} and {{ y }}");
        hugo("{{{< x >}}", "{&#123;{< x >}}");
    }

    proptest! {
        #[test]
        fn nothing_in_a_text_is_run(text in "([{}%<>: -]|raw|endraw|x){0,20}", next in "[{%x]{0,3}") {
            let told = format!("{}{}", Inert::Liquid.tamed(&text), Inert::Liquid.tamed(&next));
            prop_assert_eq!(run_by_liquid(&told), Vec::<String>::new(), "{}", told);
            let told = Inert::Hugo.tamed(&text);
            prop_assert!(!told.contains("{{<") && !told.contains("{{%"), "{}", told);
        }
    }
}
