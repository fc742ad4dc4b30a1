//! Documents: what was measured, told in each language, as Markdown and as HTML.
//!
//! A target is a folder of `templates/`: `target.yaml`, its templates, its phrases. Templates are embedded, and a
//! workspace overrides each by the same path; `builtin/<path>` stays the embedded one. A template sees a view and the
//! function `t`; it loads nothing and knows no time.

mod bar;
mod colour;
mod data;
mod engine;
mod error;
mod escape;
mod markdown;
mod search;
mod site;
mod target;
#[cfg(test)]
mod tests;
mod view;

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::{
    finding::Finding,
    language::{Language, Phrases, Rounding},
    measure::Measured,
    model::{Audience, Catalogue, Incident, Settings},
    time::Instant,
};

use colour::Accent;
use engine::Voice;
pub use error::RenderError;
pub use search::Entry;
pub use site::{ListsInput, SiteFrame, has_rules, rule_path};
pub use target::{Kind, Target, View};
use target::{Sources, relative};
pub use view::{ActionRow, ActionsNow, IncidentRow, LeftOut};

/// Plain text escaped for Markdown, wherever it comes to stand; line breaks become spaces.
pub fn markdown_text(text: &str) -> String {
    escape::markdown_line(text)
}
use view::{Alternate, ExtrasView, InternalIncident, Page, PublicIncident, Style, Teller};

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Syntax {
    /// CommonMark with tables.
    Markdown,
    /// HTML 5, without scripts.
    Html,
    /// JSON, for programs.
    Json,
    /// XML: feeds.
    Xml,
    /// iCalendar.
    Calendar,
}

impl Syntax {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Markdown, Self::Html, Self::Json, Self::Xml, Self::Calendar];

    /// The word of the command line: `markdown`, `html`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Calendar => "calendar",
        }
    }

    /// The ending of a template's name: `.md`, `.html`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => ".md",
            Self::Html => ".html",
            Self::Json => ".json",
            Self::Xml => ".xml",
            Self::Calendar => ".ics",
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

/// The renderer: templates and phrases, each read once, when it is first used.
pub struct Renderer {
    targets: Vec<Target>,
    sources: Sources,
    /// For each language, in the order of the workspace.
    languages: Vec<Spoken>,
    style: String,
    script: String,
    /// The file of the brand's picture, relative to the site.
    logo: Option<String>,
    rules: String,
}

/// What is said in one language.
struct Spoken {
    language: &'static Language,
    /// What views are told with.
    phrases: Phrases,
    site: OnceLock<Result<Voice, RenderError>>,
    /// In the order of the targets.
    targets: Vec<OnceLock<Result<Voice, RenderError>>>,
}

/// An incident told in one language to one audience: what documents of every target are made of.
pub struct Told<'a> {
    renderer: &'a Renderer,
    input: DocumentInput<'a>,
    view: tera::Value,
    bars: tera::Value,
    description: String,
    left_out: Vec<LeftOut>,
    extras: Extras<'a>,
}

/// What a site adds to an incident's documents; nothing where they are rendered by themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// The address of the incident's file.
    pub source: Option<&'a str>,
    /// The address of its history.
    pub history: Option<&'a str>,
    /// What the rules say of it; internal documents only.
    pub findings: &'a [Finding],
}

/// The folder of the site's own pages. It is no target: its pages are not of one incident.
pub(in crate::render) const SITE: &str = "site";
/// The file of styles, at the root of the site.
pub(in crate::render) const STYLE_FILE: &str = "style.css";
/// The script of the site, beside the styles. No page needs it.
pub(in crate::render) const SCRIPT_FILE: &str = "script.js";

impl Renderer {
    /// Reads templates and phrases for these languages (tags). `overrides` are the workspace's files, each a path
    /// under `templates/` (with `/`) and its bytes.
    ///
    /// # Errors
    /// A target or the shared phrases that cannot be used, with their place. Templates are read when they are first used.
    pub fn new(languages: &[String], overrides: &[(String, Vec<u8>)]) -> Result<Self, RenderError> {
        let sources = Sources::new(overrides)?;
        let targets: Vec<Target> =
            sources.targets().iter().map(|name| Target::read(name, &sources)).collect::<Result<_, _>>()?;
        let spoken = |tag: &String| {
            let language = language(tag)?;
            Ok(Spoken {
                language,
                phrases: engine::shared_phrases(language, &sources)?,
                site: OnceLock::new(),
                targets: targets.iter().map(|_| OnceLock::new()).collect(),
            })
        };
        let languages = languages.iter().map(spoken).collect::<Result<_, RenderError>>()?;
        let file = format!("{}/{STYLE_FILE}", engine::SHARED);
        let style = sources.text(&file).unwrap_or_default().to_owned();
        if style.contains("</") {
            return Err(RenderError::Target {
                file,
                reason: "styles hold `</`, which would end them in a page".into(),
            });
        }
        let script = sources.text(&format!("{}/{SCRIPT_FILE}", engine::SHARED)).unwrap_or_default().to_owned();
        let rules = format!("relato {}", env!("CARGO_PKG_VERSION"));
        Ok(Self { targets, sources, languages, style, script, logo: None, rules })
    }

    /// Pages of a site show this picture, a file relative to the site, beside the organisation's name.
    #[must_use]
    pub fn with_logo(self, logo: Option<String>) -> Self {
        Self { logo, ..self }
    }

    /// The way from a page of the site to the brand's picture.
    fn logo(&self, here: &str) -> Option<String> {
        self.logo.as_deref().map(|logo| relative(here, logo))
    }

    /// The targets, in alphabetical order.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The target with this name.
    ///
    /// # Errors
    /// There is none.
    pub fn target(&self, name: &str) -> Result<&Target, RenderError> {
        self.targets.iter().find(|target| target.name == name).ok_or_else(|| {
            let known: Vec<String> = self.targets.iter().map(|it| format!("`{}`", it.name)).collect();
            RenderError::NoTarget { name: name.to_owned(), known: Language::english().list(&known) }
        })
    }

    /// Where a document of an incident goes, relative to the output folder.
    pub fn path(&self, target: &Target, kind: &Kind, input: &DocumentInput<'_>) -> String {
        let slug = match kind.has_slug() {
            true => slug(input.incident, input.language),
            false => String::new(),
        };
        let values = [("language", input.language), ("incident", &input.incident.id), ("slug", &slug)];
        target.path(kind, input.placement == Placement::Site, &values)
    }

    /// The site's file of styles.
    pub fn style(&self) -> Document {
        Document { path: STYLE_FILE.to_owned(), bytes: self.style.clone().into_bytes() }
    }

    /// The site's script.
    pub fn script(&self) -> Document {
        Document { path: SCRIPT_FILE.to_owned(), bytes: self.script.clone().into_bytes() }
    }

    /// Tells an incident, once for every target and syntax.
    ///
    /// # Errors
    /// No such language, or a phrase that does not fit.
    pub fn tell<'a>(&'a self, input: &DocumentInput<'a>) -> Result<Told<'a>, RenderError> {
        let spoken = self.spoken(input.language)?;
        let teller = teller(spoken, input);
        let mut left_out = Vec::new();
        let (view, bars, marks, description) = match input.audience {
            Audience::Public => {
                let (view, bars, marks) = PublicIncident::tell(&teller, &mut left_out)?;
                let summary = input.incident.summary.as_ref();
                (tera::Value::try_from_serializable(&view), bars, marks, summary)
            }
            Audience::Internal => {
                let (view, bars, marks) = InternalIncident::tell(&teller)?;
                let summary = input.incident.internal_summary.as_ref().or(input.incident.summary.as_ref());
                (tera::Value::try_from_serializable(&view), bars, marks, summary)
            }
        };
        let fault = |error: tera::Error| RenderError::template(engine::SHARED, &error);
        let view = view.map_err(fault)?;
        let bars = tera::Value::try_from_serializable(&bar::draw(&teller, &bars, &marks)?).map_err(fault)?;
        let description =
            description.and_then(|text| text.nearest(spoken.language.tag())).map(|(_, text)| text);
        let description = markdown::to_line(description.unwrap_or_default(), 200);
        Ok(Told { renderer: self, input: *input, view, bars, description, left_out, extras: Extras::default() })
    }

    /// The incident's line in the list of its language.
    ///
    /// # Errors
    /// No such language, or a phrase that does not fit.
    pub fn incident_row(&self, input: &DocumentInput<'_>) -> Result<IncidentRow, RenderError> {
        let spoken = self.spoken(input.language)?;
        view::incident_row(&teller(spoken, input), input.audience, self.href(input)?)
    }

    /// What the search finds of an incident.
    pub fn entry(&self, input: &DocumentInput<'_>, row: &IncidentRow) -> Entry {
        Entry::of_incident(input, row)
    }

    /// The incident's lines on the board of its language.
    ///
    /// # Errors
    /// No such language, or a phrase that does not fit.
    pub fn action_rows(
        &self,
        input: &DocumentInput<'_>,
        now: &dyn ActionsNow,
    ) -> Result<Vec<ActionRow>, RenderError> {
        let spoken = self.spoken(input.language)?;
        view::action_rows(&teller(spoken, input), input.audience, &self.href(input)?, now)
    }

    /// The way from the pages of a language to an incident's page.
    fn href(&self, input: &DocumentInput<'_>) -> Result<String, RenderError> {
        let target = self.target(INCIDENTS)?;
        let page = target.documents().iter().find(|kind| kind.syntax == Syntax::Html);
        let page = page.map(|kind| self.path(target, kind, input));
        Ok(relative(&format!("{}/index.html", input.language), &page.unwrap_or_default()))
    }

    fn spoken(&self, tag: &str) -> Result<&Spoken, RenderError> {
        let spoken = self.languages.iter().find(|spoken| spoken.language.tag() == tag);
        spoken.ok_or_else(|| no_language(tag, self.languages.iter().map(|spoken| spoken.language)))
    }

    /// What the site's own pages are told with.
    fn site_voice(&self, tag: &str) -> Result<&Voice, RenderError> {
        let spoken = self.spoken(tag)?;
        let made =
            spoken.site.get_or_init(|| Voice::new(SITE, [Syntax::Html], spoken.language, &self.sources));
        made.as_ref().map_err(Clone::clone)
    }

    /// What a target's documents are told with.
    fn voice(&self, target: &Target, tag: &str) -> Result<&Voice, RenderError> {
        let spoken = self.spoken(tag)?;
        let at = self.targets.iter().position(|known| known.name == target.name);
        let slot = at.and_then(|at| spoken.targets.get(at));
        let slot =
            slot.ok_or_else(|| RenderError::NoTarget { name: target.name.clone(), known: String::new() })?;
        let made = slot.get_or_init(|| {
            let mut syntaxes: Vec<Syntax> = target.documents().iter().flat_map(Kind::syntaxes).collect();
            syntaxes.sort_unstable();
            syntaxes.dedup();
            Voice::new(&target.name, syntaxes, spoken.language, &self.sources)
        });
        made.as_ref().map_err(Clone::clone)
    }
}

impl<'a> Told<'a> {
    /// The same with what a site adds.
    #[must_use]
    pub fn with(self, extras: Extras<'a>) -> Self {
        Self { extras, ..self }
    }

    /// A document of a target.
    ///
    /// # Errors
    /// The target is not for this audience, or a template that uses what the view does not offer.
    pub fn document(&self, target: &Target, kind: &Kind) -> Result<Document, RenderError> {
        if !target.is_for(self.input.audience) {
            let audience = self.input.audience.word();
            return Err(RenderError::NotFor { target: target.name.clone(), audience });
        }
        let voice = self.renderer.voice(target, self.input.language)?;
        let mut context = tera::Context::new();
        context.insert_value("incident", self.view.clone());
        context.insert_value("bars", self.bars.clone());
        context.insert("page", &self.page(target, kind)?);
        context.insert("extras", &self.extras());
        for (name, template) in &kind.texts {
            let text = voice.render(Syntax::Markdown, template, &context)?;
            context.insert(name.clone(), &text);
        }
        let path = self.renderer.path(target, kind, &self.input);
        let text = voice.render(kind.syntax, &kind.template, &context)?;
        Ok(Document { path, bytes: text.into_bytes() })
    }

    /// What the site adds, as this audience sees it.
    fn extras(&self) -> ExtrasView {
        match self.input.audience {
            Audience::Public => ExtrasView::default(),
            Audience::Internal => ExtrasView::of(&self.extras, &self.input),
        }
    }

    /// What its readers miss, and why.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    fn page(&self, target: &Target, kind: &Kind) -> Result<Page, RenderError> {
        let (renderer, input) = (self.renderer, &self.input);
        let teller = teller(renderer.spoken(input.language)?, input);
        let tag = teller.language.tag();
        let file = |language: &'static Language| {
            renderer.path(target, kind, &DocumentInput { language: language.tag(), ..*input })
        };
        let here = file(teller.language);
        let alternates = |spoken: &Spoken| Alternate {
            lang: spoken.language.tag().to_owned(),
            name: spoken.language.name().to_owned(),
            href: relative(&here, &file(spoken.language)),
            current: spoken.language.tag() == tag,
        };
        let in_site = input.placement == Placement::Site;
        let stamp = match input.stamp {
            Stamp::Commit(id) => ("stamp-commit", id),
            Stamp::Content(hash) => ("stamp-content", hash),
        };
        let id: String = stamp.1.chars().filter(char::is_ascii_hexdigit).take(12).collect();
        let as_of = teller.language.moment_with_utc(&teller.wall(input.as_of));
        let styled = kind.syntax == Syntax::Html;
        Ok(Page {
            lang: tag.to_owned(),
            title: teller.title(),
            description: self.description.clone(),
            audience: input.audience.word(),
            organisation: organisation(input.settings),
            logo: in_site.then(|| renderer.logo(&here)).flatten(),
            accent: accent(input.settings),
            style: Style {
                inline: (styled && !in_site).then(|| renderer.style.clone()),
                href: in_site.then(|| relative(&here, STYLE_FILE)),
            },
            alternates: match input.placement {
                Placement::Site | Placement::Folder if kind.is_in_each_language() => {
                    renderer.languages.iter().map(alternates).collect()
                }
                _ => Vec::new(),
            },
            home: in_site.then(|| relative(&here, &format!("{tag}/index.html"))),
            nav: match in_site {
                true => site::nav(teller.phrases, tag, &here, "incident", input.audience)?,
                false => Vec::new(),
            },
            script: in_site.then(|| relative(&here, SCRIPT_FILE)),
            part: "incident",
            rules: renderer.rules.clone(),
            rules_href: (in_site && site::has_rules(input.audience))
                .then(|| relative(&here, &site::rule_path(tag, None))),
            stamp: Some(teller.say(stamp.0, &[("id", (&id).into())])?),
            as_of: input.incident.status.is_ongoing().then_some(as_of),
        })
    }
}

/// A title as a part of an address, with the id after it: `order-imports-stopped-2022-12-18-order-imports`. No two
/// incidents share one.
fn slug(incident: &Incident, tag: &str) -> String {
    let title = incident.title.nearest(tag).map_or("", |(_, title)| title);
    let mut slug = escape::slug(title, 80);
    if !slug.is_empty() {
        slug.push('-');
    }
    slug.push_str(&escape::file_name(&incident.id));
    slug
}

/// The target whose HTML pages the site's lists point to.
const INCIDENTS: &str = "postmortem";

fn teller<'a>(spoken: &'a Spoken, input: &DocumentInput<'a>) -> Teller<'a> {
    Teller {
        language: spoken.language,
        phrases: &spoken.phrases,
        zone: input.incident.zone.unwrap_or(input.settings.org.zone),
        rounding: Rounding::seconds(input.settings.policy.rounding.seconds().unwrap_or(60)),
        incident: input.incident,
        measured: input.measured,
        settings: input.settings,
        catalogue: input.catalogue,
        as_of: input.as_of,
    }
}

/// The name under which it speaks: the brand's, else the organisation's.
fn organisation(settings: &Settings) -> Option<String> {
    let name = settings.brand.name.as_deref().or(settings.org.name.as_deref());
    name.map(escape::one_line).filter(|name| !name.is_empty())
}

/// The brand's colour, when it is one.
fn accent(settings: &Settings) -> Option<Accent> {
    settings.brand.accent.as_deref().and_then(Accent::of)
}

fn language(tag: &str) -> Result<&'static Language, RenderError> {
    Language::tagged(tag).ok_or_else(|| no_language(tag, Language::all().iter()))
}

fn no_language(tag: &str, known: impl Iterator<Item = &'static Language>) -> RenderError {
    let known: Vec<String> = known.map(|language| format!("`{}`", language.tag())).collect();
    RenderError::NoLanguage { tag: tag.to_owned(), known: Language::english().list(&known) }
}
