//! A text in several languages.

/// A text by language tag, in the order of the file. A plain string of the file is a text in the source language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Localized(Vec<(String, String)>);

impl Localized {
    /// A text from pairs of language tag and Markdown.
    pub fn new(entries: Vec<(String, String)>) -> Self {
        Self(entries)
    }

    /// The text in `tag`, exactly; a blank text, or the `…` of a scaffold, counts as absent.
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.0.iter().find(|(t, text)| t == tag && !is_blank(text)).map(|(_, text)| text.as_str())
    }

    /// The text in `tag`, else in the first language that has one, with the tag it is written in.
    pub fn nearest(&self, tag: &str) -> Option<(&str, &str)> {
        let own = self.0.iter().find(|(t, text)| t == tag && !is_blank(text));
        own.or_else(|| self.0.iter().find(|(_, text)| !is_blank(text))).map(|(t, s)| (t.as_str(), s.as_str()))
    }

    /// Every language and its text, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    /// True when no language has a text.
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|(_, text)| is_blank(text))
    }
}

/// Nothing but space, or the mark that `relato new` leaves where a text is still to be written.
fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "…" | "...")
}
