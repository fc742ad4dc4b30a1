//! Phrases of a target (`templates/<target>/<tag>.ftl`), looked up by name and filled with values.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    fmt,
};

use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue,
    concurrent::FluentBundle,
    types::{FluentNumber, FluentNumberOptions},
};
use fluent_syntax::ast;
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use unic_langid::LanguageIdentifier;

use super::{
    Language,
    pattern::Pattern,
    resource::{Uses, all_values, bundle, parse, uses},
};
use crate::locate::Passage;

/// What is wrong with a file of phrases, or with a call for one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// The file's name is no language tag.
    #[error("`{file}`: `{tag}` is not a language tag: name the file by one, such as `pt-BR.ftl`")]
    NotATag {
        /// The file.
        file: String,
        /// Its name without `.ftl`.
        tag: String,
    },
    /// The file is not Fluent.
    #[error("`{file}` line {line} is not Fluent: {reason}")]
    NotFluent {
        /// The file.
        file: String,
        /// The 1-based line.
        line: usize,
        /// What the parser says.
        reason: String,
        /// Where.
        passage: Box<Passage>,
    },
    /// A phrase stands twice in one file.
    #[error("`{file}` has `{key}` twice: remove one")]
    Twice {
        /// The phrase.
        key: String,
        /// The file.
        file: String,
    },
    /// No file has the phrase.
    #[error("`{file}` has no phrase `{key}`: add it there")]
    NoPhrase {
        /// The phrase.
        key: String,
        /// The file, or files, that were read.
        file: String,
    },
    /// A phrase uses a value that it was not given.
    #[error("`{file}`: `{key}` uses `${value}`, which is not offered: {offered}")]
    NoValue {
        /// The phrase.
        key: String,
        /// The file it stands in.
        file: String,
        /// The value's name.
        value: String,
        /// What to do about it, or what there is.
        offered: String,
    },
    /// A phrase is written in a way that cannot be used where it stands.
    #[error("`{file}`: `{key}` {reason}")]
    Unfit {
        /// The phrase.
        key: String,
        /// The file it stands in.
        file: String,
        /// What is wrong, as the rest of a sentence.
        reason: String,
    },
}

/// A value for a phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Text, as it is to be shown.
    Text(&'a str),
    /// A count: shown with its digits grouped, and selects a plural.
    Count(i64),
    /// A number with so many decimals: shown as the language writes it, and selects a plural.
    Number(f64, usize),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// The phrases of one target in one language.
pub struct Phrases {
    language: &'static Language,
    files: Vec<String>,
    phrases: HashMap<String, Phrase>,
    bundle: FluentBundle<FluentResource>,
}

struct Phrase {
    /// Position among `Phrases::files`.
    file: usize,
    form: Form,
    /// The names of the values it takes, in order of the alphabet.
    values: Vec<String>,
}

enum Form {
    /// Without values: resolved once.
    Fixed(String),
    /// Text and values alone: filled without Fluent.
    Filled(Pattern),
    /// Selects a plural or a case.
    Chosen,
}

impl Phrases {
    /// Reads files of phrases, each with the name it is spoken of in errors. A phrase of a later file replaces that of
    /// an earlier one: the workspace's file comes after the embedded one.
    ///
    /// Everything that can be wrong without knowing the values is found here: syntax, phrases written twice, references
    /// to nothing, attributes and functions (which phrases do not use).
    pub fn load(language: &'static Language, files: &[(&str, &str)]) -> Result<Self, PhraseError> {
        let id: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = bundle(&id);
        bundle.set_formatter(Some(digits));
        // in order of the alphabet, so that of several faults the same one is told each time
        let mut used: BTreeMap<String, (usize, Uses)> = BTreeMap::new();
        for (at, (file, text)) in files.iter().enumerate() {
            let resource = parse(file, text)?;
            for (key, uses) in uses(file, &resource)? {
                used.insert(key, (at, uses));
            }
            bundle.add_resource_overriding(resource);
        }
        let names: Vec<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut phrases = HashMap::new();
        for (key, (at, _)) in used.iter().filter(|(key, _)| !key.starts_with('-')) {
            let file = names.get(*at).cloned().unwrap_or_default();
            let unfit = |reason: String| PhraseError::Unfit { key: key.clone(), file: file.clone(), reason };
            let values = all_values(key, &used).map_err(unfit)?;
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
            let form = match Pattern::read(pattern, &values) {
                Ok(pattern) if pattern.is_fixed() => Form::Fixed(pattern.with(&[])),
                Ok(pattern) => Form::Filled(pattern),
                Err(_) if values.is_empty() => {
                    Form::Fixed(resolve(&bundle, pattern, &FluentArgs::new()).map_err(unfit)?)
                }
                Err(_) => Form::Chosen,
            };
            phrases.insert(key.clone(), Phrase { file: *at, form, values });
        }
        Ok(Self { language, files: names, phrases, bundle })
    }

    /// The phrase `key` with `values` in it. A value it does not use is passed over.
    ///
    /// # Errors
    /// When there is no such phrase, or it uses a value that is not given.
    pub fn tell(&self, key: &str, values: &[(&str, Value<'_>)]) -> Result<Cow<'_, str>, PhraseError> {
        let phrase = self.phrases.get(key).ok_or_else(|| PhraseError::NoPhrase {
            key: key.to_owned(),
            file: self.files.last().cloned().unwrap_or_default(),
        })?;
        let given = |name: &String| values.iter().find(|(given, _)| given == name).map(|(_, value)| *value);
        if let Some(missing) = phrase.values.iter().find(|name| given(name).is_none()) {
            return Err(self.no_value(key, phrase, missing, values));
        }
        match &phrase.form {
            Form::Fixed(text) => Ok(Cow::Borrowed(text)),
            Form::Filled(pattern) => {
                let mut out = String::new();
                pattern.fill(&mut out, |at, out| match phrase.values.get(at).and_then(given) {
                    Some(Value::Text(text)) => out.push_str(text),
                    Some(Value::Count(count)) => out.push_str(&self.language.integer(count)),
                    Some(Value::Number(number, decimals)) => {
                        out.push_str(&self.language.number(number, decimals));
                    }
                    None => {}
                });
                Ok(Cow::Owned(out))
            }
            Form::Chosen => {
                let mut args = FluentArgs::with_capacity(phrase.values.len());
                for (name, value) in phrase.values.iter().filter_map(|name| Some((name, given(name)?))) {
                    args.set(name.as_str(), fluent(value));
                }
                let pattern = self.bundle.get_message(key).and_then(|message| message.value());
                let text = match pattern {
                    Some(pattern) => resolve(&self.bundle, pattern, &args),
                    None => Err("has no text".to_owned()),
                };
                text.map(Cow::Owned).map_err(|reason| PhraseError::Unfit {
                    key: key.to_owned(),
                    file: self.file(phrase),
                    reason,
                })
            }
        }
    }

    /// The language they are in.
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// The names of all phrases, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.phrases.keys().map(String::as_str)
    }

    /// The names of the values a phrase takes, in alphabetical order; `None` when there is no such phrase.
    pub fn values(&self, key: &str) -> Option<&[String]> {
        self.phrases.get(key).map(|phrase| phrase.values.as_slice())
    }

    fn file(&self, phrase: &Phrase) -> String {
        self.files.get(phrase.file).cloned().unwrap_or_default()
    }

    fn no_value(
        &self,
        key: &str,
        phrase: &Phrase,
        missing: &str,
        given: &[(&str, Value<'_>)],
    ) -> PhraseError {
        let names: Vec<String> = given.iter().map(|(name, _)| format!("`${name}`")).collect();
        let offered = if names.is_empty() {
            "it gets no values".to_owned()
        } else {
            format!("it gets {}", Language::english().list(&names))
        };
        PhraseError::NoValue {
            key: key.to_owned(),
            file: self.file(phrase),
            value: missing.to_owned(),
            offered,
        }
    }
}

impl fmt::Debug for Phrases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Phrases")
            .field("language", &self.language)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

fn resolve(
    bundle: &FluentBundle<FluentResource>,
    pattern: &ast::Pattern<&str>,
    values: &FluentArgs<'_>,
) -> Result<String, String> {
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(values), &mut errors).into_owned();
    match errors.first() {
        None => Ok(text),
        Some(error) => Err(format!("cannot be resolved: {error}")),
    }
}

fn fluent(value: Value<'_>) -> FluentValue<'_> {
    let number = |number: f64, decimals: usize| {
        // a number of a variant, `[0]`, says nothing of its digits, and equals only one that says nothing either
        let digits = Some(decimals).filter(|decimals| *decimals > 0);
        let options = FluentNumberOptions { minimum_fraction_digits: digits, ..Default::default() };
        FluentValue::Number(FluentNumber::new(number, options))
    };
    match value {
        Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
        // shown exactly up to 2^53; no count of ours comes near
        Value::Count(count) => number(count as f64, 0),
        Value::Number(value, decimals) => number(value, decimals),
    }
}

/// Lets Fluent show numbers as the language does. A formatter is a bare function: it knows its language by the bundle.
fn digits(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimals = number.options.minimum_fraction_digits.unwrap_or(0);
    memoizer.with_try_get((), |Speaker(language): &Speaker| language.number(number.value, decimals)).ok()
}

struct Speaker(&'static Language);

impl Memoizable for Speaker {
    type Args = ();
    type Error = ();

    fn construct(id: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        Language::tagged(&id.to_string()).map(Self).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use include_dir::{Dir, DirEntry, File};

    use super::*;
    use crate::language::TEMPLATES;

    fn load(tag: &str, files: &[(&str, &str)]) -> Result<Phrases, PhraseError> {
        Phrases::load(Language::tagged(tag).unwrap(), files)
    }

    fn tell(tag: &str, text: &str, values: &[(&str, Value<'_>)]) -> String {
        load(tag, &[("a.ftl", text)]).unwrap().tell("a", values).unwrap().into_owned()
    }

    #[test]
    fn phrases_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Phrases>();
        shared::<&'static Language>();
    }

    #[test]
    fn plurals_follow_the_language() {
        let check = |count: i64, en: &str, pt: &str| {
            let values = [("n", Value::Count(count))];
            assert_eq!(
                tell("en", "a = { $n ->\n [one] { $n } order\n *[other] { $n } orders\n }", &values),
                en
            );
            assert_eq!(
                tell("pt-BR", "a = { $n ->\n [one] { $n } pedido\n *[other] { $n } pedidos\n }", &values),
                pt
            );
        };
        let none = "a = { $n ->\n [0] none\n [one] { $n } order\n *[other] { $n } orders\n }";
        assert_eq!(tell("en", none, &[("n", Value::Count(0))]), "none");
        assert_eq!(tell("pt-BR", none, &[("n", Value::Count(0))]), "none");
        check(0, "0 orders", "0 pedido");
        check(1, "1 order", "1 pedido");
        check(2, "2 orders", "2 pedidos");
        check(1234, "1,234 orders", "1.234 pedidos");
        check(1_000_000, "1,000,000 orders", "1.000.000 pedidos");
        check(-1, "−1 order", "−1 pedido");
    }

    #[test]
    fn numbers_are_shown_as_the_language_writes_them() {
        let values = [("n", Value::Number(1234.5, 1)), ("t", Value::Text("2.5"))];
        assert_eq!(tell("en", "a = { $n } and { $t }", &values), "1,234.5 and 2.5");
        assert_eq!(tell("pt-BR", "a = { $n } e { $t }", &values), "1.234,5 e 2.5");
        assert_eq!(tell("pt-BR", "a = { b } e { $t }\nb = { $n }", &values), "1.234,5 e 2.5");
        assert_eq!(
            tell("en", "a = { $n ->\n [one] one\n *[other] { $n }\n }", &[("n", Value::Number(1.0, 1))]),
            "1.0"
        );
    }

    #[test]
    fn phrases_without_values_are_ready_text() {
        let phrases =
            load("en", &[("a.ftl", "-brand = relato\na = Told by { -brand }{ \".\" }\nb = Plain")]).unwrap();
        for (key, expected) in [("a", "Told by relato."), ("b", "Plain")] {
            assert!(matches!(phrases.tell(key, &[]).unwrap(), Cow::Borrowed(text) if text == expected));
        }
    }

    #[test]
    fn values_stand_in_phrases_without_marks_round_them() {
        let values = [("who", Value::Text("<b> { $x }")), ("unused", Value::Count(1))];
        assert_eq!(tell("en", "a = by { $who }!", &values), "by <b> { $x }!");
    }

    #[test]
    fn later_files_replace_phrases_of_earlier_ones() {
        let files = [("own.ftl", "a = old { $x }\nb = { a } kept"), ("workspace.ftl", "a = new")];
        let phrases = load("en", &files).unwrap();
        assert_eq!(phrases.tell("a", &[]).unwrap(), "new");
        assert_eq!(phrases.tell("b", &[]).unwrap(), "new kept");
        let mut keys: Vec<&str> = phrases.keys().collect();
        keys.sort_unstable();
        assert_eq!(keys, ["a", "b"]);
        assert_eq!(phrases.values("b"), Some(&[][..]));
    }

    #[test]
    fn what_is_missing_is_named_with_its_file() {
        let phrases =
            load("en", &[("a.ftl", "a = { $x } { b }\nb = { $y ->\n [one] 1\n *[other] { $z }\n }")])
                .unwrap();
        let check = |key: &str, values: &[(&str, Value<'_>)], expected: &str| {
            assert_eq!(phrases.tell(key, values).unwrap_err().to_string(), expected);
        };
        check("c", &[], "`a.ftl` has no phrase `c`: add it there");
        check("a", &[], "`a.ftl`: `a` uses `$x`, which is not offered: it gets no values");
        let values = [("x", "x".into()), ("y", 1_i64.into())];
        check("a", &values, "`a.ftl`: `a` uses `$z`, which is not offered: it gets `$x` and `$y`");
        assert_eq!(phrases.values("a").unwrap(), ["x", "y", "z"]);
    }

    #[test]
    fn files_that_cannot_be_used_say_why() {
        let check = |text: &str, expected: &str| {
            assert_eq!(load("en", &[("a.ftl", text)]).unwrap_err().to_string(), expected);
        };
        check("a = b\n\nc d", "`a.ftl` line 3 is not Fluent: Expected a token starting with \"=\"");
        check("a = 1\na = 2", "`a.ftl` has `a` twice: remove one");
        check("a = { b }", "`a.ftl`: `a` refers to `b`, which is nowhere");
        check("a = { -b }", "`a.ftl`: `a` refers to `-b`, which is nowhere");
        check("a = 1\n .b = 2", "`a.ftl`: `a` has an attribute: write a phrase of its own");
        check(
            "a = { NUMBER($n) }",
            "`a.ftl`: `a` calls `NUMBER`: phrases call no functions, numbers come formatted",
        );
        check(
            "a = { b }\nb = { a }",
            "`a.ftl`: `a` cannot be resolved: Resolver error: Cyclical dependency detected",
        );
        let deep = format!("a = {}", "{".repeat(100_000));
        check(&deep, "`a.ftl` line 1 is not Fluent: braces nest deeper than 50");
    }

    #[test]
    fn references_that_double_and_double_are_stopped() {
        let mut text = "a = { b0 }{ b0 }\n".to_owned();
        for level in 0..40 {
            text += &format!("b{level} = {{ b{0} }}{{ b{0} }}\n", level + 1);
        }
        text += "b40 = ha\n";
        assert!(load("en", &[("a.ftl", &text)]).is_err());
    }

    /// What the languages of each folder of phrases disagree on, as sentences.
    fn disagreements(folder: &Dir<'_>) -> Vec<String> {
        let mut found = Vec::new();
        // at the top the languages themselves: a pattern may use what it likes of what its reader offers
        let same_values = folder.path() != TEMPLATES.path();
        let mut languages: Vec<(&Language, BTreeMap<String, Uses>)> = Vec::new();
        for file in folder.files().filter(|file| file.path().extension().is_some_and(|end| end == "ftl")) {
            let name = file.path().to_str().unwrap();
            let Some(language) = Language::tagged(file.path().file_stem().unwrap().to_str().unwrap()) else {
                found.push(format!("{name} is named by no language"));
                continue;
            };
            let text = file.contents_utf8().unwrap();
            match parse(name, text).and_then(|resource| uses(name, &resource)) {
                Err(error) => found.push(error.to_string()),
                Ok(uses) => languages.push((language, uses)),
            }
            if let Err(error) = Phrases::load(language, &[(name, text)]) {
                found.push(error.to_string());
            }
        }
        let path = folder.path().display();
        if !languages.is_empty() && languages.len() != Language::all().len() {
            found.push(format!("{path}: {} of {} languages", languages.len(), Language::all().len()));
        }
        for (language, phrases) in &languages {
            for (other, others) in &languages {
                for (key, uses) in phrases.iter().filter(|(key, _)| !key.starts_with('-')) {
                    match others.get(key) {
                        None => found.push(format!(
                            "{path}: {} has `{key}`, {} has not",
                            language.tag(),
                            other.tag()
                        )),
                        Some(there)
                            if same_values && language.tag() < other.tag() && there.values != uses.values =>
                        {
                            found.push(format!(
                                "{path}: `{key}` takes other values in {} than in {}",
                                other.tag(),
                                language.tag()
                            ));
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        found.extend(folder.dirs().flat_map(disagreements));
        found
    }

    #[test]
    fn disagreements_between_languages_are_found() {
        let check = |en: &'static str, pt: &'static str, expected: &str| {
            let file = |path, text: &'static str| DirEntry::File(File::new(path, text.as_bytes()));
            let files = [file("x/en.ftl", en), file("x/pt-BR.ftl", pt)];
            assert_eq!(disagreements(&Dir::new("x", &files)), [expected]);
        };
        check("a = 1\nb = 2", "a = 1", "x: en has `b`, pt-BR has not");
        check("a = 1", "a = 1\nb = 2", "x: pt-BR has `b`, en has not");
        check("a = { $x }", "a = { $y }", "x: `a` takes other values in pt-BR than in en");
        check("a = 1", "# a = 1", "x: en has `a`, pt-BR has not");
    }

    #[test]
    fn every_phrase_exists_in_every_language_and_takes_the_same_values() {
        assert_eq!(disagreements(&TEMPLATES), Vec::<String>::new());
    }
}
