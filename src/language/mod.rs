//! Languages: dates, clocks, lengths, numbers and phrases as each language writes them.
//!
//! A language is files alone: `templates/<tag>.ftl` holds what the formatting functions read, and
//! `templates/<target>/<tag>.ftl` the phrases of a target. Both are embedded, and read once.

#[cfg(test)]
mod cldr;
mod fold;
mod length;
mod moment;
mod number;
mod pattern;
mod phrases;
mod quantity;
mod read;
mod resource;

use std::{fmt, sync::LazyLock};

use include_dir::{Dir, include_dir};

pub use fold::Folded;
pub use length::Rounding;
pub use moment::Wall;
pub use phrases::{PhraseError, Phrases, Value};
pub use quantity::Quantity;

/// The embedded templates: `<tag>.ftl` a language, `<target>/` a folder a target.
pub static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A language that findings and documents are written in.
pub struct Language {
    tag: String,
    portuguese: bool,
    name: String,
    tables: read::Tables,
}

impl Language {
    /// Every language there is a file for, by tag: `en`, `pt-BR`.
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Language>> = LazyLock::new(|| {
            let mut all: Vec<Language> = language_files()
                // a file that cannot be read fails a test, and is left out here
                .filter_map(|(tag, text)| Language::read(tag, text).ok())
                .collect();
            all.sort_by(|a, b| a.tag.cmp(&b.tag));
            all
        });
        &ALL
    }

    /// English, which is spoken where nothing else is asked for.
    pub fn english() -> &'static Self {
        static NONE: LazyLock<Language> = LazyLock::new(|| Language {
            tag: "en".to_owned(),
            portuguese: false,
            name: "English".to_owned(),
            tables: read::Tables::default(),
        });
        Self::tagged("en").unwrap_or_else(|| &NONE)
    }

    /// The language with exactly this tag.
    pub fn tagged(tag: &str) -> Option<&'static Self> {
        Self::all().iter().find(|language| language.tag == tag)
    }

    /// The language a person names: its tag in any case, or the part before the hyphen (`pt`).
    pub fn named(name: &str) -> Option<&'static Self> {
        let whole = |language: &&Self| language.tag.eq_ignore_ascii_case(name);
        let primary = |language: &&Self| language.primary().eq_ignore_ascii_case(name);
        Self::all().iter().find(whole).or_else(|| Self::all().iter().find(primary))
    }

    /// The language of a POSIX locale: `pt_BR.UTF-8`, `en_US`, `pt`. Another country's variant of a language counts
    /// as that language. `None` for `C`, `POSIX`, and for languages without a file.
    pub fn from_locale(locale: &str) -> Option<&'static Self> {
        let tag = locale.split(['.', '@']).next()?.replace('_', "-");
        Self::named(&tag).or_else(|| Self::named(tag.split('-').next()?))
    }

    /// The BCP 47 tag: `en`, `pt-BR`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The language's name in itself: `English`, `Português (Brasil)`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// True for Portuguese, the second language that rules speak.
    pub fn is_portuguese(&self) -> bool {
        self.portuguese
    }

    fn primary(&self) -> &str {
        self.tag.split('-').next().unwrap_or(&self.tag)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.tag).finish()
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl Eq for Language {}

/// Tag and text of each language file.
fn language_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEMPLATES
        .files()
        .filter_map(|file| Some((file.path().to_str()?.strip_suffix(".ftl")?, file.contents_utf8()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_file_is_read() {
        for (tag, text) in language_files() {
            let language = Language::read(tag, text).unwrap();
            assert_eq!(Language::tagged(tag), Some(&language));
        }
        let tags: Vec<&str> = Language::all().iter().map(Language::tag).collect();
        assert_eq!(tags, ["en", "pt-BR"]);
        assert_eq!(Language::english().name(), "English");
    }

    #[test]
    fn languages_are_found_by_tag_by_name_and_by_locale() {
        let check = |given: &str, tagged: Option<&str>, named: Option<&str>, locale: Option<&str>| {
            assert_eq!(Language::tagged(given).map(Language::tag), tagged, "tagged {given}");
            assert_eq!(Language::named(given).map(Language::tag), named, "named {given}");
            assert_eq!(Language::from_locale(given).map(Language::tag), locale, "locale {given}");
        };
        let (en, pt) = (Some("en"), Some("pt-BR"));
        check("en", en, en, en);
        check("pt-BR", pt, pt, pt);
        check("pt-br", None, pt, pt);
        check("pt", None, pt, pt);
        check("pt_BR.UTF-8", None, None, pt);
        check("pt_PT@euro", None, None, pt);
        check("en_US.UTF-8", None, None, en);
        for none in ["C", "C.UTF-8", "POSIX", "", "de_DE.UTF-8", "_", ".", "english"] {
            check(none, None, None, None);
        }
    }

    #[test]
    fn only_portuguese_is_portuguese() {
        let portuguese: Vec<bool> = Language::all().iter().map(Language::is_portuguese).collect();
        assert_eq!(portuguese, [false, true]);
        assert_eq!(Language::tagged("pt-BR").unwrap().name(), "Português (Brasil)");
    }

    #[test]
    fn a_language_file_that_lacks_or_misuses_a_message_is_refused_by_name() {
        let english = language_files().find(|(tag, _)| *tag == "en").unwrap().1;
        let check = |from: &str, to: &str, expected: &str| {
            assert!(english.contains(from), "{from}");
            let error = Language::read("en", &english.replace(from, to)).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check("unit-hour = h", "", "`templates/en.ftl` has no phrase `unit-hour`: add it there");
        check(
            "quote = “{ $text }”",
            "quote = “{ $word }”",
            "`templates/en.ftl`: `quote` uses `$word`, but is offered only text",
        );
        check(
            ", Dec\n",
            "\n",
            "`templates/en.ftl`: `months-short` must be 12 names with commas between, not 11",
        );
        check(
            "zone-names = { \"\" }",
            "zone-names = Brasília",
            "`templates/en.ftl`: `zone-names` cannot read `Brasília` as `zone offset = name`",
        );
        check(
            "clock = { $hh }:{ $mm }",
            "clock = { $hh }",
            "`templates/en.ftl`: `clock` must use `$mm` once",
        );
    }
}
