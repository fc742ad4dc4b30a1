//! Documents: what was measured, told in each language, as Markdown and as HTML.
//!
//! A target is a folder of `templates/`: `target.yaml`, its templates, its phrases. Templates are embedded, and a
//! workspace overrides each by the same path; `builtin/<path>` stays the embedded one. A template sees a view and the
//! function `t`; it loads nothing and knows no time.

mod bar;
mod engine;
mod error;
mod escape;
mod markdown;
mod runbook;
mod site;
mod target;
#[cfg(test)]
mod tests;
mod view;

use serde::{Deserialize, Serialize};

use crate::{
    language::{Language, Rounding},
    measure::Measured,
    model::{Audience, Catalogue, Incident, Settings},
    time::Instant,
};

use engine::Voice;
pub use error::RenderError;
pub use runbook::{HandWritten, RunbookInput, StepLine, ToldRunbook, has_runbooks};
pub use site::{ActionsInput, HomeInput, SiteFrame, has_rules, rule_path};
use target::{Sources, Subject, Target, relative};
pub use view::{ActionRow, IncidentRow, LeftOut, RunbookIndexRow};

/// An id as the name of a file: letters, digits, `-` and `_` stay, everything else is written as its number.
pub fn file_name(id: &str) -> String {
    escape::file_name(id)
}

/// Plain text escaped for Markdown, wherever it comes to stand; line breaks become spaces.
pub fn markdown_text(text: &str) -> String {
    escape::markdown_line(text)
}
use view::{Alternate, InternalIncident, Page, PublicIncident, Style, Teller};

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Syntax {
    /// CommonMark with tables.
    Markdown,
    /// HTML 5, without scripts.
    Html,
}

impl Syntax {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Html];

    /// The word of the command line: `markdown`, `html`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// `.md`, `.html`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => ".md",
            Self::Html => ".html",
        }
    }
}

/// Where a document will lie, which decides how it looks for its styles and its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// In the site: one file of styles, ways to the list and the board, and to itself in the other languages.
    Site,
    /// In a folder that holds the document in every language: styles inside, ways to the other languages.
    Folder,
    /// By itself: styles inside, no ways.
    Alone,
}

/// What a document was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// The last commit of its own inputs, in hexadecimal.
    Commit(String),
    /// A hash of its inputs, when they are not committed as they are.
    Content(String),
}

/// Everything a document of one incident is made of.
#[derive(Clone, Copy, Debug)]
pub struct DocumentInput<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// What was measured of it.
    pub measured: &'a Measured,
    /// The workspace's settings.
    pub settings: &'a Settings,
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// For whom.
    pub audience: Audience,
    /// The tag of the language.
    pub language: &'a str,
    /// Where it will lie.
    pub placement: Placement,
    /// What it was made from.
    pub stamp: &'a Stamp,
    /// The moment of asking; told only of an incident that is still fought or watched.
    pub as_of: Instant,
}

/// A rendered document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its path relative to the output folder, with `/`.
    pub path: String,
    /// Its bytes, UTF-8.
    pub bytes: Vec<u8>,
}

/// The renderer: templates and phrases, read once.
pub struct Renderer {
    targets: Vec<Target>,
    voices: Vec<Voice>,
    languages: Vec<&'static Language>,
    style: String,
    rules: String,
}

/// An incident told in one language to one audience: what documents in each syntax are made of.
pub struct Told<'r> {
    voice: &'r Voice,
    target: &'r Target,
    context: tera::Context,
    incident: String,
    left_out: Vec<LeftOut>,
}

/// The folder of the site's own pages. It is no target: its pages are not of one incident.
pub(in crate::render) const SITE: &str = "site";
/// The file of styles, at the root of the site.
pub(in crate::render) const STYLE_FILE: &str = "style.css";

impl Renderer {
    /// Reads templates and phrases for these languages (tags). `overrides` are the workspace's files, each a path
    /// under `templates/` (with `/`) and its bytes.
    ///
    /// # Errors
    /// A template, phrase file or target that cannot be used, with its place.
    pub fn new(languages: &[String], overrides: &[(String, Vec<u8>)]) -> Result<Self, RenderError> {
        let sources = Sources::new(overrides)?;
        let languages: Vec<&'static Language> =
            languages.iter().map(|tag| language(tag)).collect::<Result<_, _>>()?;
        let targets: Vec<Target> =
            sources.targets().iter().map(|name| Target::read(name, &sources)).collect::<Result<_, _>>()?;
        let mut voices = Vec::new();
        for language in &languages {
            for target in &targets {
                voices.push(Voice::new(&target.name, target.syntaxes(), language, &sources)?);
            }
            voices.push(Voice::new(SITE, [Syntax::Html].into_iter(), language, &sources)?);
        }
        let file = format!("{}/{STYLE_FILE}", engine::SHARED);
        let style = sources.text(&file).unwrap_or_default().to_owned();
        if style.contains("</") {
            return Err(RenderError::Target {
                file,
                reason: "styles hold `</`, which would end them in a page".into(),
            });
        }
        let rules = format!("relato {}", env!("CARGO_PKG_VERSION"));
        Ok(Self { targets, voices, languages, style, rules })
    }

    /// The names of the targets whose documents are of one incident each, in alphabetical order.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        self.of_incidents().map(|target| target.name.as_str())
    }

    fn of_incidents(&self) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(|target| target.of == Subject::Incident)
    }

    /// The syntaxes that a target has documents of.
    pub fn syntaxes(&self, target: &str) -> Vec<Syntax> {
        self.targets.iter().filter(|t| t.name == target).flat_map(Target::syntaxes).collect()
    }

    /// Where a document of a target goes, relative to the output folder.
    pub fn path(&self, target: &str, syntax: Syntax, language: &str, incident: &str) -> Option<String> {
        self.targets.iter().find(|t| t.name == target)?.file(syntax, language, incident)
    }

    /// The site's file of styles.
    pub fn style(&self) -> Document {
        Document { path: STYLE_FILE.to_owned(), bytes: self.style.clone().into_bytes() }
    }

    /// Tells an incident, once for every syntax.
    ///
    /// # Errors
    /// No such target or language, or a phrase that does not fit.
    pub fn tell(&self, target: &str, input: &DocumentInput<'_>) -> Result<Told<'_>, RenderError> {
        let target = self.of_incidents().find(|t| t.name == target).ok_or_else(|| self.no_target(target))?;
        let voice = self.voice(&target.name, input.language)?;
        let teller = teller(voice, input);
        let mut left_out = Vec::new();
        let mut context = tera::Context::new();
        let (view, bars, description) = match input.audience {
            Audience::Public => {
                let (view, bars) = PublicIncident::tell(&teller, &mut left_out)?;
                let summary = input.incident.summary.as_ref();
                (tera::Value::try_from_serializable(&view), bars, summary)
            }
            Audience::Internal => {
                let (view, bars) = InternalIncident::tell(&teller)?;
                let summary = input.incident.internal_summary.as_ref().or(input.incident.summary.as_ref());
                (tera::Value::try_from_serializable(&view), bars, summary)
            }
        };
        let view = view.map_err(|error| RenderError::template(&target.name, &error))?;
        context.insert_value("incident", view);
        context.insert("bars", &bar::draw(&teller, &bars)?);
        let description =
            description.and_then(|text| text.nearest(voice.language.tag())).map(|(_, text)| text);
        let page = self.page(&teller, target, input, description)?;
        context.insert("page", &page);
        Ok(Told { voice, target, context, incident: input.incident.id.clone(), left_out })
    }

    /// The incident's line in the list of its language.
    ///
    /// # Errors
    /// No such language, or a phrase that does not fit.
    pub fn incident_row(&self, input: &DocumentInput<'_>) -> Result<IncidentRow, RenderError> {
        let voice = self.voice(SITE, input.language)?;
        view::incident_row(&teller(voice, input), input.audience, self.href(input))
    }

    /// The incident's lines on the board of its language. `overdue` tells by how many days an action is late, by the
    /// action's id; 0 when it is not.
    ///
    /// # Errors
    /// No such language, or a phrase that does not fit.
    pub fn action_rows(
        &self,
        input: &DocumentInput<'_>,
        overdue: &dyn Fn(&str) -> i64,
    ) -> Result<Vec<ActionRow>, RenderError> {
        let voice = self.voice(SITE, input.language)?;
        view::action_rows(&teller(voice, input), input.audience, &self.href(input), overdue)
    }

    /// The way from the pages of a language to an incident's page.
    fn href(&self, input: &DocumentInput<'_>) -> String {
        let page = self.path(INCIDENTS, Syntax::Html, input.language, &input.incident.id);
        relative(&format!("{}/index.html", input.language), &page.unwrap_or_default())
    }

    fn page(
        &self,
        teller: &Teller<'_>,
        target: &Target,
        input: &DocumentInput<'_>,
        description: Option<&str>,
    ) -> Result<Page, RenderError> {
        let tag = teller.language.tag();
        let file =
            |language: &str| target.file(Syntax::Html, language, &input.incident.id).unwrap_or_default();
        let here = file(tag);
        let alternates = |language: &&'static Language| Alternate {
            lang: language.tag().to_owned(),
            name: language.name().to_owned(),
            href: relative(&here, &file(language.tag())),
            current: language.tag() == tag,
        };
        let in_site = input.placement == Placement::Site;
        let stamp = match input.stamp {
            Stamp::Commit(id) => ("stamp-commit", id),
            Stamp::Content(hash) => ("stamp-content", hash),
        };
        let id: String = stamp.1.chars().filter(char::is_ascii_hexdigit).take(12).collect();
        let as_of = teller.language.moment_with_utc(&teller.wall(input.as_of));
        Ok(Page {
            lang: tag.to_owned(),
            title: teller.title(),
            description: markdown::to_line(description.unwrap_or_default(), 200),
            audience: input.audience.word(),
            organisation: input.settings.org.name.as_deref().map(escape::one_line),
            accent: accent(input.settings),
            style: Style {
                inline: (!in_site).then(|| self.style.clone()),
                href: in_site.then(|| relative(&here, STYLE_FILE)),
            },
            alternates: match input.placement {
                Placement::Alone => Vec::new(),
                Placement::Site | Placement::Folder => self.languages.iter().map(alternates).collect(),
            },
            home: in_site.then(|| relative(&here, &format!("{tag}/index.html"))),
            actions: in_site.then(|| relative(&here, &format!("{tag}/actions.html"))),
            runbooks: (in_site && has_runbooks(input.audience))
                .then(|| relative(&here, &runbook::index_path(tag))),
            part: "incident",
            rules: self.rules.clone(),
            rules_href: (in_site && site::has_rules(input.audience))
                .then(|| relative(&here, &site::rule_path(tag, None))),
            stamp: Some(teller.say(stamp.0, &[("id", (&id).into())])?),
            as_of: input.incident.status.is_ongoing().then_some(as_of),
        })
    }

    fn voice(&self, target: &str, tag: &str) -> Result<&Voice, RenderError> {
        let voice = self.voices.iter().find(|voice| voice.target == target && voice.language.tag() == tag);
        voice.ok_or_else(|| no_language(tag, self.languages.iter().copied()))
    }

    fn no_target(&self, name: &str) -> RenderError {
        let known: Vec<String> = self.targets().map(|name| format!("`{name}`")).collect();
        RenderError::NoTarget { name: name.to_owned(), known: Language::english().list(&known) }
    }
}

impl Told<'_> {
    /// The document in one syntax.
    ///
    /// # Errors
    /// The target has none, or its template uses what the view does not offer.
    pub fn document(&self, syntax: Syntax) -> Result<Document, RenderError> {
        let none = || RenderError::NoSyntax { target: self.target.name.clone(), syntax: syntax.word() };
        let template = self.target.template(syntax).ok_or_else(none)?;
        let path = self.target.file(syntax, self.voice.language.tag(), &self.incident).ok_or_else(none)?;
        let text = self.voice.render(syntax, &template, &self.context)?;
        let text = if syntax == Syntax::Markdown { markdown::tidied(&text) } else { text };
        Ok(Document { path, bytes: text.into_bytes() })
    }

    /// What its readers miss, and why.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }
}

/// The target whose HTML pages the site's lists point to.
const INCIDENTS: &str = "postmortem";

fn teller<'a>(voice: &'a Voice, input: &DocumentInput<'a>) -> Teller<'a> {
    Teller {
        language: voice.language,
        phrases: &voice.phrases,
        zone: input.incident.zone.unwrap_or(input.settings.org.zone),
        rounding: Rounding::seconds(input.settings.policy.rounding.seconds().unwrap_or(60)),
        incident: input.incident,
        measured: input.measured,
        settings: input.settings,
        catalogue: input.catalogue,
        as_of: input.as_of,
    }
}

/// The brand's colour, when it is one.
fn accent(settings: &Settings) -> Option<String> {
    let accent = settings.brand.accent.as_deref()?;
    let digits = accent.strip_prefix('#')?;
    (digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit())).then(|| accent.to_owned())
}

fn language(tag: &str) -> Result<&'static Language, RenderError> {
    Language::tagged(tag).ok_or_else(|| no_language(tag, Language::all().iter()))
}

fn no_language(tag: &str, known: impl Iterator<Item = &'static Language>) -> RenderError {
    let known: Vec<String> = known.map(|language| format!("`{}`", language.tag())).collect();
    RenderError::NoLanguage { tag: tag.to_owned(), known: Language::english().list(&known) }
}
