//! Runbooks: documents of services and of alerts, and what a terminal shows of them.

use super::{
    Document, Kind, Placement, RenderError, Renderer, RunbookIndexRow, SCRIPT_FILE, STYLE_FILE, Spoken,
    Syntax, Target, accent,
    colour::Accent,
    engine::Voice,
    escape, organisation,
    site::nav,
    target::relative,
    view::{Alternate, Page, RunbookPage, Speaker, Style},
};
use crate::{
    language::{Language, Value},
    model::{Audience, Catalogue, Links, Settings},
    runbook::{Record, Runbook},
    source::ContentId,
    time::{Date, Zone},
};

/// The name of the target.
pub(super) const RUNBOOK: &str = "runbook";

/// Whether a site has runbooks: they name what is run on what, and how it was stopped; nothing of them is public.
pub fn has_runbooks(audience: Audience) -> bool {
    audience == Audience::Internal
}

/// The list of runbooks, relative to the site.
pub(super) fn index_path(tag: &str) -> String {
    format!("{tag}/runbooks/index.html")
}

/// What a team wrote for a service, in Markdown. Lines that are nothing but `# en`, `# pt-BR` or another language of the
/// workspace divide it by language; what stands before the first is for every language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandWritten {
    /// The file, relative to the workspace.
    pub file: String,
    parts: Vec<(Option<String>, String)>,
}

impl HandWritten {
    /// Divides a text. A front matter is nobody's prose, and left out.
    pub fn of(file: &str, text: &str, languages: &[String]) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
            Some((_, body)) => body,
            None => text,
        };
        let mut parts: Vec<(Option<String>, String)> = vec![(None, String::new())];
        let mut fence: Option<&str> = None;
        for line in text.lines() {
            let start = line.trim_start();
            match fence {
                Some(open) if start.starts_with(open) => fence = None,
                Some(_) => {}
                None => fence = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark)),
            }
            let named = line.strip_prefix("# ").filter(|_| fence.is_none()).map(str::trim);
            let tag = named.and_then(|name| languages.iter().find(|tag| tag.eq_ignore_ascii_case(name)));
            match tag {
                Some(tag) => parts.push((Some(tag.clone()), String::new())),
                None => {
                    if let Some((_, part)) = parts.last_mut() {
                        part.push_str(line);
                        part.push('\n');
                    }
                }
            }
        }
        parts.retain(|(_, part)| !part.trim().is_empty());
        Self { file: file.to_owned(), parts }
    }

    /// What is for a language: what is for all, and what is in it; when nothing is in it, what is in another. Each with
    /// the language it is in.
    fn in_language(&self, tag: &str) -> Vec<(String, String)> {
        let is = |part: &&(Option<String>, String), wanted: Option<&str>| part.0.as_deref() == wanted;
        let common = self.parts.iter().filter(|part| is(part, None));
        let own: Vec<_> = self.parts.iter().filter(|part| is(part, Some(tag))).collect();
        let other = self.parts.iter().find_map(|(other, _)| other.as_deref());
        let own = match own.is_empty() {
            true => self.parts.iter().filter(|part| other.is_some() && is(part, other)).collect(),
            false => own,
        };
        let told =
            common.chain(own).map(|(of, text)| (of.as_deref().unwrap_or(tag).to_owned(), text.clone()));
        told.collect()
    }
}

/// Everything a runbook is told from.
#[derive(Clone, Copy, Debug)]
pub struct RunbookInput<'a> {
    /// What is known.
    pub runbook: &'a Runbook<'a>,
    /// The workspace's settings.
    pub settings: &'a Settings,
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// What its services have to do with each other.
    pub links: &'a Links,
    /// What the team wrote.
    pub own: &'a HandWritten,
    /// The tag of the language.
    pub language: &'a str,
    /// Where it will lie: in the site, or (`Folder`) in the workspace's folder of runbooks.
    pub placement: Placement,
    /// The day on which the service's class is asked for.
    pub today: Date,
}

/// A runbook told in one language.
pub struct ToldRunbook<'r> {
    renderer: &'r Renderer,
    voice: &'r Voice,
    target: &'r Target,
    page: RunbookPage,
    accent: Option<Accent>,
    organisation: Option<String>,
    zone: Zone,
    placement: Placement,
}

/// A step in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// What it is called.
    pub title: String,
    /// How often it did what.
    pub tally: String,
    /// Where it belongs.
    pub section: String,
}

impl Renderer {
    /// The kinds of documents that a service has, or (`of_alerts`) an alert.
    pub fn runbook_kinds(&self, of_alerts: bool) -> Vec<&Kind> {
        let kinds = self.runbook_target().map(Target::documents).unwrap_or_default();
        kinds.iter().filter(|kind| kind.is_of_alert() == of_alerts).collect()
    }

    /// Where a document of a service or of an alert goes in the site.
    ///
    /// # Errors
    /// The target of runbooks says that it is something else.
    pub fn runbook_path(&self, kind: &Kind, language: &str, id: &str) -> Result<String, RenderError> {
        Ok(self.runbook_target()?.path(kind, true, &values(language, id)))
    }

    /// The page of a service's runbook in a site, relative to the site.
    pub(super) fn runbook_page(&self, language: &str, service: &str) -> Result<Option<String>, RenderError> {
        self.page_of(false, language, service)
    }

    /// The page of an alert, likewise.
    pub(super) fn alert_page(&self, language: &str, alert: &str) -> Result<Option<String>, RenderError> {
        self.page_of(true, language, alert)
    }

    fn page_of(&self, is_of_alert: bool, language: &str, id: &str) -> Result<Option<String>, RenderError> {
        let page = self.runbook_kinds(is_of_alert).into_iter().find(|kind| kind.syntax == Syntax::Html);
        page.map(|kind| self.runbook_path(kind, language, id)).transpose()
    }

    /// Tells a runbook, once for every syntax.
    ///
    /// # Errors
    /// No such language, or a phrase that does not fit.
    pub fn tell_runbook(&self, input: &RunbookInput<'_>) -> Result<ToldRunbook<'_>, RenderError> {
        let target = self.runbook_target()?;
        let voice = self.voice(target, input.language)?;
        let href = self.to_incidents(target, voice, input);
        let speaker = speaker(voice, input, &href);
        let page = RunbookPage::tell(
            &speaker,
            input.runbook,
            input.own.in_language(voice.language.tag()),
            &input.own.file,
        )?;
        Ok(ToldRunbook {
            renderer: self,
            voice,
            target,
            page,
            accent: accent(input.settings),
            organisation: organisation(input.settings),
            zone: input.settings.org.zone,
            placement: input.placement,
        })
    }

    /// A page of an alert in the site: the runbook of each service that names it, in short.
    ///
    /// # Errors
    /// No such language, or a template that uses what the view does not offer.
    pub fn alert(
        &self,
        kind: &Kind,
        alert: &str,
        told: &[&ToldRunbook<'_>],
    ) -> Result<Document, RenderError> {
        let target = self.runbook_target()?;
        let none = || RenderError::NoSyntax { target: target.name.clone(), syntax: kind.syntax.word() };
        let first = told.first().ok_or_else(none)?;
        let tag = first.voice.language.tag();
        let here = |tag: &str| html(target, true, tag, alert).unwrap_or_default();
        let runbooks: Vec<(&RunbookPage, String)> = told
            .iter()
            .map(|told| {
                let page = html(target, false, tag, &told.page.id).unwrap_or_default();
                (&told.page, relative(&here(tag), &page))
            })
            .collect();
        let name = escape::one_line(alert);
        let title = first.say("alert-title", &[("alert", (&name).into())])?;
        let mut context = tera::Context::new();
        let versions: String = told.iter().map(|told| told.page.version.as_str()).collect();
        let version = ContentId::of(versions.as_bytes()).to_string().chars().take(12).collect::<String>();
        context.insert("page", &first.page(&here(tag), &title, &version, &here)?);
        context.insert("alert", &name);
        context.insert("runbooks", &runbooks);
        context.insert("techdocs", &target.techdocs);
        let text = first.voice.render(kind.syntax, &kind.template, &context)?;
        Ok(Document::of(self.runbook_path(kind, tag, alert)?, text))
    }

    /// The row of a runbook in the list of them; `alerts` are those of its service.
    ///
    /// # Errors
    /// No such language, or a phrase that does not fit.
    pub fn runbook_row(
        &self,
        input: &RunbookInput<'_>,
        alerts: &[String],
    ) -> Result<RunbookIndexRow, RenderError> {
        let target = self.runbook_target()?;
        let voice = self.voice(target, input.language)?;
        let tag = voice.language.tag();
        let from = index_path(tag);
        let page = html(target, false, tag, &input.runbook.service).unwrap_or_default();
        let alerts = alerts.iter().filter_map(|alert| {
            let page = html(target, true, tag, alert)?;
            Some((escape::one_line(alert), relative(&from, &page)))
        });
        let href = self.to_incidents(target, voice, input);
        speaker(voice, input, &href).index_row(input.runbook, relative(&from, &page), alerts.collect())
    }

    /// The way from a runbook to an incident.
    fn to_incidents<'a>(
        &'a self,
        target: &Target,
        voice: &Voice,
        input: &RunbookInput<'a>,
    ) -> impl Fn(&Record) -> String + use<'a> {
        let tag = voice.language.tag();
        let here = html(target, false, tag, &input.runbook.service).unwrap_or_default();
        let in_site = input.placement == Placement::Site;
        move |record: &Record| match in_site {
            true => {
                let page = self.incident_page(&record.title, &record.id, tag);
                relative(&here, &page.unwrap_or_default())
            }
            false => escape::url_path(&format!("../{}", record.file)),
        }
    }

    fn runbook_target(&self) -> Result<&Target, RenderError> {
        let found = self.of_services.iter().find(|it| it.name == RUNBOOK);
        found.ok_or_else(|| RenderError::Target {
            file: format!("{RUNBOOK}/target.yaml"),
            reason: "it must say `view: service`".to_owned(),
            passage: None,
        })
    }
}

impl ToldRunbook<'_> {
    /// What the organisation calls the service.
    pub fn name(&self) -> &str {
        &self.page.name
    }

    /// The kind of document that is written so.
    pub fn kind(&self, syntax: Syntax) -> Option<&Kind> {
        self.target.documents().iter().find(|kind| !kind.is_of_alert() && kind.syntax == syntax)
    }

    /// A document of the service.
    ///
    /// # Errors
    /// A template that uses what the view does not offer.
    pub fn document(&self, kind: &Kind) -> Result<Document, RenderError> {
        let tag = self.voice.language.tag();
        let here = |tag: &str| html(self.target, false, tag, &self.page.id).unwrap_or_default();
        let title = self.say("title", &[("service", (&self.page.name).into())])?;
        let mut context = tera::Context::new();
        context.insert("page", &self.page(&here(tag), &title, &self.page.version, &here)?);
        context.insert("runbook", &self.page);
        context.insert("techdocs", &self.target.techdocs);
        let text = self.voice.render(kind.syntax, &kind.template, &context)?;
        let path = self.renderer.runbook_path(kind, tag, &self.page.id)?;
        Ok(Document::of(path, text))
    }

    /// What a terminal shows: plain text, a danger on lines that begin with `!! ` and, indented, go on below.
    ///
    /// # Errors
    /// The target has none, or its template uses what the view does not offer.
    pub fn short(&self) -> Result<String, RenderError> {
        let none = || RenderError::Target {
            file: format!("{RUNBOOK}/target.yaml"),
            reason: "it must name the template of `short`".to_owned(),
            passage: None,
        };
        let template = self.target.short.as_deref().ok_or_else(none)?;
        let mut context = tera::Context::new();
        context.insert("runbook", &self.page);
        self.voice.render(Syntax::Markdown, template, &context)
    }

    /// The dangers alone, as [`short`](Self::short) shows them.
    ///
    /// # Errors
    /// As there.
    pub fn dangers(&self) -> Result<String, RenderError> {
        let short = self.short()?;
        let mut told = String::new();
        let mut inside = false;
        for line in short.lines() {
            inside = line.starts_with("!! ") || (inside && line.starts_with("   "));
            if inside {
                if line.starts_with("!! ") {
                    told.push('\n');
                }
                told.push_str(line);
                told.push('\n');
            }
        }
        Ok(told)
    }

    /// What is told of a step in one line, by its key.
    pub fn step_line(&self, key: &str) -> Option<StepLine> {
        self.page.step_line(&escape::one_line(key))
    }

    fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> Result<String, RenderError> {
        Ok(self.voice.phrases.tell(key, values)?.into_owned())
    }

    /// The frame of a page at `here`; `file` tells where it is in another language. A page names its own version, not the
    /// commit of its inputs: committed with them it stays as it is, and a diff of it holds nothing but what it says anew.
    fn page(
        &self,
        here: &str,
        title: &str,
        version: &str,
        file: &dyn Fn(&str) -> String,
    ) -> Result<Page, RenderError> {
        let tag = self.voice.language.tag();
        let in_site = self.placement == Placement::Site;
        let own = |language: &Language| match in_site {
            true => relative(here, &file(language.tag())),
            // beside it, under its own name
            false => format!("{}.{}.md", escape::file_name(&self.page.id), language.tag()),
        };
        let alternates = |spoken: &Spoken| Alternate {
            lang: spoken.language.tag().to_owned(),
            name: spoken.language.name().to_owned(),
            href: own(spoken.language),
            current: spoken.language.tag() == tag,
        };
        let way = |path: String| in_site.then(|| relative(here, &path));
        Ok(Page {
            lang: tag.to_owned(),
            title: title.to_owned(),
            description: self.say("alert-lead", &[])?,
            audience: Audience::Internal.word(),
            organisation: self.organisation.clone(),
            logo: in_site.then(|| self.renderer.logo(here)).flatten(),
            accent: self.accent.clone(),
            style: Style {
                inline: (!in_site).then(|| self.renderer.style.clone()),
                href: way(STYLE_FILE.to_owned()),
            },
            alternates: match self.placement {
                Placement::Alone => Vec::new(),
                Placement::Site | Placement::Folder => {
                    self.renderer.languages.iter().map(alternates).collect()
                }
            },
            home: way(format!("{tag}/index.html")),
            nav: match in_site {
                true => nav(&self.voice.phrases, tag, here, "runbooks", Audience::Internal)?,
                false => Vec::new(),
            },
            script: way(SCRIPT_FILE.to_owned()),
            part: "runbook",
            rules: self.renderer.rules.clone(),
            rules_href: way(super::rule_path(tag, None)),
            stamp: Some(self.say("version", &[("id", version.into())])?),
            as_of: None,
            status_url: None,
            zone: self.zone.name().into(),
            forms: Vec::new(),
            slugs: Vec::new(),
        })
    }
}

/// What fills the places of a path: one of them is an alert's, the other a service's.
fn values<'a>(language: &'a str, id: &'a str) -> [(&'static str, &'a str); 3] {
    [("language", language), ("service", id), ("alert", id)]
}

/// Where the HTML page of a service or an alert goes in the site.
fn html(target: &Target, of_alert: bool, language: &str, id: &str) -> Option<String> {
    let mut kinds = target.documents().iter().filter(|kind| kind.is_of_alert() == of_alert);
    let kind = kinds.find(|kind| kind.syntax == Syntax::Html)?;
    Some(target.path(kind, true, &values(language, id)))
}

fn speaker<'a>(
    voice: &'a Voice,
    input: &RunbookInput<'a>,
    href: &'a dyn Fn(&Record) -> String,
) -> Speaker<'a> {
    Speaker {
        language: voice.language,
        phrases: &voice.phrases,
        settings: input.settings,
        catalogue: input.catalogue,
        links: input.links,
        today: input.today,
        href,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_team_wrote_is_divided_by_language() {
        let languages = ["en".to_owned(), "pt-BR".to_owned()];
        let check = |text: &str, en: &[(&str, &str)], pt: &[(&str, &str)]| {
            let own = HandWritten::of("runbooks/x.md", text, &languages);
            for (tag, expected) in [("en", en), ("pt-BR", pt)] {
                let told = own.in_language(tag);
                let told: Vec<(&str, &str)> =
                    told.iter().map(|(of, text)| (of.as_str(), text.trim())).collect();
                assert_eq!(told, expected, "{tag} of {text:?}");
            }
        };
        check("", &[], &[]);
        check("All\n", &[("en", "All")], &[("pt-BR", "All")]);
        check("---\ntitle: x\n---\nAll\n", &[("en", "All")], &[("pt-BR", "All")]);
        check("# en\nYes\n# pt-br\nSim\n", &[("en", "Yes")], &[("pt-BR", "Sim")]);
        check("A\n# en\nYes\n", &[("en", "A"), ("en", "Yes")], &[("pt-BR", "A"), ("en", "Yes")]);
        // a heading is a heading, and code is code
        check("# enough\n", &[("en", "# enough")], &[("pt-BR", "# enough")]);
        check("```\n# en\n```\n", &[("en", "```\n# en\n```")], &[("pt-BR", "```\n# en\n```")]);
    }
}
