//! The template engine, bound to the phrases of one target in one language and to one syntax.

use std::{borrow::Cow, sync::Arc};

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::{
    RenderError, Syntax, data, error::BUILT_IN, escape, inert, markdown, mrkdwn, target::Inert,
    target::Sources,
};
use crate::language::{self, Language, Phrases};

/// Templates and phrases of one target in one language.
pub(super) struct Voice {
    pub(super) target: String,
    pub(super) language: &'static Language,
    pub(super) phrases: Arc<Phrases>,
    engines: Vec<(Syntax, Tera)>,
    /// For the line that an error is about.
    sources: Arc<Sources>,
}

/// How many characters of prose stand on one line.
const LINE: usize = 1000;

/// The folder whose templates and phrases every target shares.
pub(super) const SHARED: &str = "shared";

impl Voice {
    /// Reads phrases and templates of `target`, in the syntaxes it has.
    pub(super) fn new(
        target: &str,
        syntaxes: impl IntoIterator<Item = Syntax>,
        inert: Option<Inert>,
        language: &'static Language,
        sources: &Arc<Sources>,
    ) -> Result<Self, RenderError> {
        let mut files: Vec<(String, &str)> = Vec::new();
        for folder in [SHARED, target] {
            files.extend(phrase_files(folder, language, sources));
        }
        let phrases = Arc::new(load(language, &files)?);
        let engines = syntaxes
            .into_iter()
            .map(|syntax| Ok((syntax, engine(target, syntax, inert, &phrases, sources)?)))
            .collect::<Result<_, RenderError>>()?;
        Ok(Self { target: target.to_owned(), language, phrases, engines, sources: Arc::clone(sources) })
    }

    /// Renders a template.
    pub(super) fn render(
        &self,
        syntax: Syntax,
        template: &str,
        context: &tera::Context,
    ) -> Result<String, RenderError> {
        let engine = self.engines.iter().find(|(s, _)| *s == syntax).map(|(_, engine)| engine);
        let engine = engine
            .ok_or_else(|| RenderError::NoSyntax { target: self.target.clone(), syntax: syntax.word() })?;
        let text = engine
            .render(template, context)
            .map_err(|error| RenderError::template(&self.target, &error, Some(&self.sources)))?;
        match syntax {
            Syntax::Markdown => Ok(markdown::tidied(&text)),
            Syntax::Html => Ok(text),
            Syntax::Json => data::json(&text)
                .map_err(|message| RenderError::NotJson { name: template.to_owned(), message }),
            Syntax::Xml => Ok(format!("{}\n", text.trim())),
            Syntax::Calendar => Ok(data::calendar(&text)),
        }
    }
}

/// The phrases that every target shares: all that a view is told with.
pub(super) fn shared_phrases(language: &'static Language, sources: &Sources) -> Result<Phrases, RenderError> {
    load(language, &phrase_files(SHARED, language, sources).collect::<Vec<_>>())
}

fn phrase_files<'s>(
    folder: &str,
    language: &Language,
    sources: &'s Sources,
) -> impl Iterator<Item = (String, &'s str)> {
    let path = format!("{folder}/{}.ftl", language.tag());
    let files: Vec<_> = sources.both(&path).map(|text| (format!("templates/{path}"), text)).collect();
    files.into_iter()
}

fn load(language: &'static Language, files: &[(String, &str)]) -> Result<Phrases, RenderError> {
    let named: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    Ok(Phrases::load(language, &named)?)
}

fn engine(
    target: &str,
    syntax: Syntax,
    inert: Option<Inert>,
    phrases: &Arc<Phrases>,
    sources: &Sources,
) -> Result<Tera, RenderError> {
    let mut tera = Tera::new();
    // what a template prints is plain text unless it says otherwise, in every syntax as in HTML
    match syntax {
        Syntax::Markdown => tera.set_escape_fn(match inert {
            None => escape::markdown,
            Some(Inert::Liquid) => inert::markdown_in_liquid,
            Some(Inert::Hugo) => inert::markdown_in_hugo,
        }),
        Syntax::Html => {}
        Syntax::Json => tera.set_escape_fn(data::escape_json),
        Syntax::Xml => tera.set_escape_fn(data::escape_xml),
        Syntax::Calendar => tera.set_escape_fn(data::escape_calendar),
    }
    tera.autoescape_on([syntax.extension()]);
    // in a document for people markup is markup; in data it is one more text
    let is_data = !matches!(syntax, Syntax::Markdown | Syntax::Html);
    let markup = move |text: &str| match inert {
        _ if is_data => Value::from(text),
        Some(inert) => Value::safe_string(&inert.tamed(text)),
        None => Value::safe_string(text),
    };
    let phrases = Arc::clone(phrases);
    tera.register_function("t", move |values: Kwargs, _: &State<'_>| tell(&phrases, &values));
    tera.register_filter("md", move |prose: &str, values: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        Ok(markup(&markdown::to_html(prose, level(&values)?)))
    });
    tera.register_filter(
        "md_block",
        move |prose: &str, values: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let indent = usize::from(values.get::<u8>("indent")?.unwrap_or(0));
            let block = markdown::to_markdown(prose, level(&values)?);
            if is_data {
                return Ok(Value::from(block));
            }
            let block = match inert {
                Some(inert) => inert.tamed(&block),
                None => Cow::Borrowed(block.as_str()),
            };
            Ok(Value::safe_string(&markdown::placed(&block, indent)))
        },
    );
    tera.register_filter("md_escape", move |text: &str, _: Kwargs, _: &State<'_>| {
        markup(&escape::markdown_line(text))
    });
    tera.register_filter("mrkdwn", |text: &str, _: Kwargs, _: &State<'_>| mrkdwn::line(text));
    tera.register_filter("md_mrkdwn", |prose: &str, _: Kwargs, _: &State<'_>| mrkdwn::prose(prose));
    tera.register_filter("link", move |url: &str, _: Kwargs, _: &State<'_>| markup(&mrkdwn::address(url)));
    tera.register_filter("html_text", move |text: &str, _: Kwargs, _: &State<'_>| {
        markup(&escape::html(&escape::clean(text)))
    });
    tera.register_filter("mail_date", |moment: &str, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let moment = chrono::DateTime::parse_from_rfc3339(moment);
        moment.map(|moment| moment.to_rfc2822()).map_err(|error| tera::Error::message(error.to_string()))
    });
    tera.register_filter("json", |value: Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let text = serde_json::to_string(&value).map_err(|error| tera::Error::message(error.to_string()))?;
        Ok(Value::safe_string(&text))
    });
    tera.register_filter("line", |prose: &str, _: Kwargs, _: &State<'_>| markdown::to_line(prose, LINE));
    tera.register_filter("front_matter", |text: &str, _: Kwargs, _: &State<'_>| {
        Value::safe_string(&escape::yaml_string(text))
    });
    let fault = |error: tera::Error| RenderError::template(target, &error, Some(sources));
    tera.set_fallback_prefixes([BUILT_IN]).map_err(fault)?;
    let mut templates: Vec<(String, &str)> = Vec::new();
    for folder in [SHARED, target] {
        // plain text is told by the engine of Markdown, without its escapes
        let is_template = |path: &str| {
            path.ends_with(syntax.extension()) || (syntax == Syntax::Markdown && path.ends_with(".txt"))
        };
        templates.extend(
            sources
                .embedded(folder)
                .filter(|(path, _)| is_template(path))
                .map(|(path, text)| (format!("{BUILT_IN}{path}"), text)),
        );
        templates.extend(
            sources
                .own(folder)
                .filter(|(path, _)| is_template(path))
                .map(|(path, text)| (path.to_owned(), text)),
        );
    }
    tera.add_raw_templates(templates).map_err(fault)?;
    Ok(tera)
}

/// The function `t(key="…", name=value, …)`.
fn tell(phrases: &Phrases, values: &Kwargs) -> TeraResult<String> {
    let key: &str = values.must_get("key")?;
    let mut given: Vec<(&str, language::Value<'_>)> = Vec::new();
    for (name, value) in values.iter() {
        let Some(name) = name.as_str().filter(|name| *name != "key") else { continue };
        let value = match (value.as_str(), value.as_i64(), value.as_f64()) {
            (Some(text), ..) => language::Value::Text(text),
            (None, Some(count), _) => language::Value::Count(count),
            (None, None, Some(number)) => language::Value::Number(number, 1),
            (None, None, None) => {
                return Err(tera::Error::message(format!(
                    "the value `{name}` of the phrase `{key}` is {}: give a text or a number",
                    value.name()
                )));
            }
        };
        given.push((name, value));
    }
    phrases.tell(key, &given).map(Cow::into_owned).map_err(tera::Error::message)
}

fn level(values: &Kwargs) -> TeraResult<u8> {
    Ok(values.get::<u8>("level")?.unwrap_or(3))
}
