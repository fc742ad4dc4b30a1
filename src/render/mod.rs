//! Documents: what was measured, told in each language, as Markdown and as HTML.
//!
//! A target is a folder of `templates/`: `target.yaml`, its templates, its phrases. Templates are embedded, and a
//! workspace overrides each by the same path; `builtin/<path>` stays the embedded one. A template sees a view and the
//! function `t`; it loads nothing and knows no time.

mod bar;
mod board;
mod colour;
mod data;
mod engine;
mod error;
mod escape;
mod inert;
mod markdown;
mod mrkdwn;
mod plain;
mod runbook;
mod schema;
mod search;
mod site;
mod spoken;
mod target;
#[cfg(test)]
mod tests;
mod told;
mod view;

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::{
    language::{Language, Phrases, Rounding},
    measure::Measured,
    model::{Audience, Catalogue, Incident, Localized, PostState, Service, Settings},
    rules::{Lack, Shortfall},
    time::Instant,
};

pub use board::BoardInput;
use colour::Accent;
use engine::Voice;
pub use error::RenderError;
pub use runbook::{HandWritten, RunbookInput, StepLine, ToldRunbook, has_runbooks};
pub use search::Entry;
pub use site::{ListsInput, SiteFrame, has_rules, rule_path};
pub use target::{Kind, Target, View};
use target::{Sources, relative};
pub use told::{Extras, Told};
pub use view::{ActionRow, ActionsNow, Draft, IncidentRow, LeftOut, RunbookIndexRow, StatusKey};

/// An id as the name of a file: letters, digits, `-` and `_` stay, everything else is written as its number.
pub fn file_name(id: &str) -> String {
    escape::file_name(id)
}

/// Plain text escaped for Markdown, wherever it comes to stand; line breaks become spaces.
pub fn markdown_text(text: &str) -> String {
    escape::markdown_line(text)
}
use view::{StatusPage, Teller};

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

/// How services do now, in one language.
#[derive(Clone, Copy, Debug)]
pub struct StatusInput<'a> {
    /// What all pages share.
    pub frame: SiteFrame<'a>,
    /// The tag of the language.
    pub language: &'a str,
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The latest incidents and every one that is not over, in any order.
    pub incidents: &'a [Listed],
    /// In a whole build, below the target's own folder.
    pub in_site: bool,
}

/// An incident as a status page lists it.
#[derive(Clone, Debug)]
pub struct Listed(view::Listed);

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
    /// What its readers miss because of the form it has, or why they cannot take it.
    pub shortfalls: Vec<Shortfall>,
}

impl Document {
    /// The program that it is for does not take it as it is.
    pub fn is_over_limit(&self) -> bool {
        self.shortfalls.iter().any(|short| matches!(short.lack, Lack::OverLimit { .. }))
    }

    /// A document that lacks nothing.
    pub fn of(path: String, text: String) -> Self {
        Self { path, bytes: text.into_bytes(), shortfalls: Vec::new() }
    }
}

/// The renderer: templates and phrases, each read once, when it is first used.
pub struct Renderer {
    /// Those whose documents are of incidents.
    targets: Vec<Target>,
    /// Those whose documents are of services.
    of_services: Vec<Target>,
    sources: Arc<Sources>,
    /// For each language, in the order of the workspace.
    languages: Vec<Spoken>,
    style: String,
    script: String,
    /// The file of the brand's picture, relative to the site.
    logo: Option<String>,
    /// The names of the targets whose documents lie in the same site.
    built: Vec<String>,
    rules: String,
}

/// What is said in one language.
struct Spoken {
    language: &'static Language,
    /// What views are told with.
    phrases: Phrases,
    site: OnceLock<Result<Voice, RenderError>>,
    /// In the order of the targets, those of services last.
    targets: Vec<OnceLock<Result<Voice, RenderError>>>,
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
        let sources = Arc::new(Sources::new(overrides)?);
        let targets: Vec<Target> =
            sources.targets().iter().map(|name| Target::read(name, &sources)).collect::<Result<_, _>>()?;
        let count = targets.len();
        let (targets, of_services): (Vec<_>, Vec<_>) =
            targets.into_iter().partition(|target| target.view != View::Service);
        let spoken = |tag: &String| {
            let language = language(tag, &sources)?;
            Ok(Spoken {
                language,
                phrases: engine::shared_phrases(language, &sources)?,
                site: OnceLock::new(),
                targets: (0..count).map(|_| OnceLock::new()).collect(),
            })
        };
        let languages = languages.iter().map(spoken).collect::<Result<_, RenderError>>()?;
        let file = format!("{}/{STYLE_FILE}", engine::SHARED);
        let style = sources.text(&file).unwrap_or_default().to_owned();
        if style.contains("</") {
            return Err(RenderError::Target {
                file,
                reason: "styles hold `</`, which would end them in a page".into(),
                passage: None,
            });
        }
        let script =
            sources.text(&format!("{}/{SCRIPT_FILE}", engine::SHARED)).unwrap_or_default().to_owned();
        let rules = format!("relato {}", env!("CARGO_PKG_VERSION"));
        Ok(Self {
            targets,
            of_services,
            sources,
            languages,
            style,
            script,
            logo: None,
            built: Vec::new(),
            rules,
        })
    }

    /// Pages of a site show this picture, a file relative to the site, beside the organisation's name.
    #[must_use]
    pub fn with_logo(self, logo: Option<String>) -> Self {
        Self { logo, ..self }
    }

    /// Pages of incidents lead to their documents of these targets, which lie in the same site.
    #[must_use]
    pub fn with_built(self, targets: impl IntoIterator<Item = String>) -> Self {
        Self { built: targets.into_iter().collect(), ..self }
    }

    /// The way from a page of the site to the brand's picture.
    fn logo(&self, here: &str) -> Option<String> {
        self.logo.as_deref().map(|logo| relative(here, logo))
    }

    /// The targets whose documents are of incidents, of one or of all, in alphabetical order.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The target with this name, of those.
    ///
    /// # Errors
    /// There is none.
    pub fn target(&self, name: &str) -> Result<&Target, RenderError> {
        self.targets
            .iter()
            .find(|target| target.name == name)
            .ok_or_else(|| no_target(name, self.targets.iter()))
    }

    /// The target with this name, of all, those of services among them.
    ///
    /// # Errors
    /// There is none.
    pub fn any_target(&self, name: &str) -> Result<&Target, RenderError> {
        let all = || self.targets.iter().chain(&self.of_services);
        all().find(|target| target.name == name).ok_or_else(|| no_target(name, all()))
    }

    /// Where a document of an incident goes, relative to the output folder.
    pub fn path(&self, target: &Target, kind: &Kind, input: &DocumentInput<'_>) -> String {
        let slug = match kind.has_slug() {
            true => view::slug(&input.incident.title, &input.incident.id, input.language),
            false => String::new(),
        };
        let values = [("language", input.language), ("incident", &input.incident.id), ("slug", &slug)];
        target.path(kind, input.placement == Placement::Site, &values)
    }

    /// Where the HTML page of an incident goes in the site.
    fn incident_page(&self, title: &Localized, id: &str, tag: &str) -> Option<String> {
        let target = self.target(INCIDENTS).ok()?;
        let kind = target.documents().iter().find(|kind| kind.syntax == Syntax::Html)?;
        let slug = if kind.has_slug() { view::slug(title, id, tag) } else { String::new() };
        Some(target.path(kind, true, &[("language", tag), ("incident", id), ("slug", &slug)]))
    }

    /// The site's file of styles.
    pub fn style(&self) -> Document {
        Document::of(STYLE_FILE.to_owned(), self.style.clone())
    }

    /// The site's script.
    pub fn script(&self) -> Document {
        Document::of(SCRIPT_FILE.to_owned(), self.script.clone())
    }

    /// What decides whether and where the incident stands on a status page.
    pub fn status_key(&self, input: &DocumentInput<'_>) -> StatusKey {
        view::status_key(input.incident, input.incident.zone.unwrap_or(input.settings.org.zone))
    }

    /// How many incidents that are over a status page lists.
    pub const STATUS_LATEST: usize = view::LATEST;

    /// The documents of a target that tell how services do now.
    ///
    /// # Errors
    /// No such language, or a template that uses what the view does not offer.
    pub fn status(&self, target: &Target, input: &StatusInput<'_>) -> Result<Vec<Document>, RenderError> {
        let StatusInput { frame, language: tag, catalogue, .. } = *input;
        let voice = self.voice(target, tag)?;
        let listed: Vec<view::Listed> = input.incidents.iter().map(|listed| listed.0.clone()).collect();
        let name = |service: &Service| {
            let (_, name) = service.public_name.as_ref()?.nearest(tag)?;
            Some(escape::one_line(name)).filter(|name| !name.is_empty())
        };
        let url = status_url(frame.settings);
        let page = StatusPage::of(&listed, catalogue, frame.settings, url, frame.as_of, &name);
        let mut context = tera::Context::new();
        context.insert("status", &page);
        let is_first = self.languages.first().is_some_and(|first| first.language.tag() == tag);
        let mut documents = Vec::new();
        for kind in target.documents() {
            if !is_first && !kind.is_in_each_language() {
                continue;
            }
            let path = target.path(kind, input.in_site, &[("language", tag)]);
            let title = page.name.clone();
            context.insert("page", &self.frame_page(&frame, tag, &path, "status", title)?);
            let text = voice.render(kind.syntax, &kind.template, &context)?;
            documents.push(Document::of(path, text));
        }
        Ok(documents)
    }

    /// The words of the incident's next post for the public, from its fields.
    ///
    /// # Errors
    /// No such language, or a phrase that does not fit.
    pub fn draft(&self, input: &DocumentInput<'_>, state: PostState) -> Result<Draft, RenderError> {
        teller(self.spoken(input.language)?, input).draft(state)
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
        let made = spoken
            .site
            .get_or_init(|| Voice::new(SITE, [Syntax::Html], None, spoken.language, &self.sources));
        made.as_ref().map_err(Clone::clone)
    }

    /// What a target's documents are told with.
    fn voice(&self, target: &Target, tag: &str) -> Result<&Voice, RenderError> {
        let spoken = self.spoken(tag)?;
        let mut all = self.targets.iter().chain(&self.of_services);
        let at = all.position(|known| known.name == target.name);
        let slot = at.and_then(|at| spoken.targets.get(at));
        let slot =
            slot.ok_or_else(|| RenderError::NoTarget { name: target.name.clone(), known: String::new() })?;
        let made = slot.get_or_init(|| {
            let mut syntaxes: Vec<Syntax> = target.documents().iter().flat_map(Kind::syntaxes).collect();
            syntaxes.sort_unstable();
            syntaxes.dedup();
            Voice::new(&target.name, syntaxes, target.inert, spoken.language, &self.sources)
        });
        made.as_ref().map_err(Clone::clone)
    }
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

fn no_target<'t>(name: &str, known: impl Iterator<Item = &'t Target>) -> RenderError {
    let mut known: Vec<String> = known.map(|it| format!("`{}`", it.name)).collect();
    known.sort_unstable();
    RenderError::NoTarget { name: name.to_owned(), known: Language::english().list(&known) }
}

/// The address of the status page, when it is one that a browser opens.
fn status_url(settings: &Settings) -> Option<String> {
    let url = escape::one_line(settings.status_page.url.as_deref()?);
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}

/// The language of a tag: the workspace's own file of it, else the embedded one.
fn language(tag: &str, sources: &Sources) -> Result<&'static Language, RenderError> {
    match sources.own_text(&format!("{tag}.ftl")) {
        // a renderer lives as long as its command, and there is one of them
        Some(text) => Ok(Box::leak(Box::new(Language::read(tag, text)?))),
        None => Language::tagged(tag).ok_or_else(|| no_language(tag, Language::all().iter())),
    }
}

fn no_language(tag: &str, known: impl Iterator<Item = &'static Language>) -> RenderError {
    let known: Vec<String> = known.map(|language| format!("`{}`", language.tag())).collect();
    RenderError::NoLanguage { tag: tag.to_owned(), known: Language::english().list(&known) }
}
