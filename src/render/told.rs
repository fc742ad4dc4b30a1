//! An incident told in one language to one audience, and its documents.

use super::{
    Document, DocumentInput, INCIDENTS, Kind, Listed, Placement, RenderError, Renderer, SCRIPT_FILE,
    STYLE_FILE, Spoken, Stamp, Syntax, Target, View, accent, bar, data, engine, markdown, organisation,
    relative, site, status_url, teller,
    view::{Alternate, ExtrasView, Form, InternalIncident, LeftOut, Page, PublicIncident, Slug, Style},
};
use crate::{
    finding::{Finding, Words},
    language::{Language, Phrases},
    locate::Field,
    model::Audience,
    rules::{Lack, Shortfall},
};

/// An incident told in one language to one audience: what documents of every target are made of.
pub struct Told<'a> {
    renderer: &'a Renderer,
    input: DocumentInput<'a>,
    view: tera::Value,
    bars: tera::Value,
    description: String,
    left_out: Vec<LeftOut>,
    /// What a public one was told from.
    public: Option<PublicIncident>,
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

impl Renderer {
    /// Tells an incident, once for every target and syntax.
    ///
    /// # Errors
    /// No such language, or a phrase that does not fit.
    pub fn tell<'a>(&'a self, input: &DocumentInput<'a>) -> Result<Told<'a>, RenderError> {
        let spoken = self.spoken(input.language)?;
        let teller = teller(spoken, input);
        let mut left_out = Vec::new();
        let mut public = None;
        let (view, bars, marks, description) = match input.audience {
            Audience::Public => {
                let (view, bars, marks) = PublicIncident::tell(&teller, &mut left_out)?;
                let summary = input.incident.summary.as_ref();
                let value = tera::Value::try_from_serializable(&view);
                public = Some(view);
                (value, bars, marks, summary)
            }
            Audience::Internal => {
                let (view, bars, marks) = InternalIncident::tell(&teller)?;
                let summary = input.incident.internal_summary.as_ref().or(input.incident.summary.as_ref());
                (tera::Value::try_from_serializable(&view), bars, marks, summary)
            }
        };
        let fault = |error: tera::Error| RenderError::template(engine::SHARED, &error, None);
        let view = view.map_err(fault)?;
        let bars = tera::Value::try_from_serializable(&bar::draw(&teller, &bars, &marks)?).map_err(fault)?;
        let description =
            description.and_then(|text| text.nearest(spoken.language.tag())).map(|(_, text)| text);
        let description = markdown::to_line(description.unwrap_or_default(), 200);
        Ok(Told {
            renderer: self,
            input: *input,
            view,
            bars,
            description,
            left_out,
            public,
            extras: Extras::default(),
        })
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
        if target.view != View::Incident {
            return Err(RenderError::NotOfIncident { target: target.name.clone() });
        }
        let status = self.input.incident.status;
        if let Some(from) = target.from_status().filter(|_| !target.is_due(status)) {
            let (from, status) = (from.word(), status.word());
            return Err(RenderError::NotYet { target: target.name.clone(), from, status });
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
        let mut shortfalls = Vec::new();
        if let Some(losses) = &kind.losses {
            let lost = lost(&voice.render(Syntax::Markdown, losses, &context)?);
            // the finding speaks to who asks, in whatever language the document is
            let others = match lost.is_empty() {
                true => Vec::new(),
                false => self.lost_elsewhere(target, kind, losses)?,
            };
            for (at, (field, words)) in lost.into_iter().enumerate() {
                let in_language = |tag: &str| {
                    let other = others.iter().find(|(language, _)| *language == tag)?;
                    // a template that tells other things in another language is not matched by guessing
                    other.1.get(at).filter(|(there, _)| *there == field).map(|(_, words)| words.clone())
                };
                let words = Words {
                    en: in_language("en").unwrap_or_else(|| words.clone()),
                    pt: in_language("pt-BR").unwrap_or(words),
                };
                shortfalls.push(Shortfall { field: Field::written(&field), lack: Lack::Unsaid(words) });
            }
        }
        for (limit, place, length) in data::over(&text, &kind.limits) {
            let field = limit.field.as_deref().map(Field::written).unwrap_or_default();
            shortfalls.push(Shortfall { field, lack: Lack::OverLimit { place, length, most: limit.most } });
        }
        Ok(Document { shortfalls, ..Document::of(path, text) })
    }

    /// What the form of a document does not say, in each other language of the workspace.
    fn lost_elsewhere(
        &self,
        target: &Target,
        kind: &Kind,
        losses: &str,
    ) -> Result<Vec<(&'static str, Vec<Lost>)>, RenderError> {
        let others = self.renderer.languages.iter().map(|spoken| spoken.language.tag());
        let others = others.filter(|tag| *tag != self.input.language);
        let told = |tag: &'static str| {
            let told = self.renderer.tell(&DocumentInput { language: tag, ..self.input })?;
            let mut context = tera::Context::new();
            context.insert_value("incident", told.view.clone());
            context.insert_value("bars", told.bars.clone());
            context.insert("page", &told.page(target, kind)?);
            context.insert("extras", &told.extras());
            let text = self.renderer.voice(target, tag)?.render(Syntax::Markdown, losses, &context)?;
            Ok((tag, lost(&text)))
        };
        others.map(told).collect()
    }

    /// The incident for the list of a status page; `None` for another audience than the public.
    pub fn listed(&self) -> Option<Listed> {
        let key = self.renderer.status_key(&self.input);
        Some(Listed(self.public.as_ref()?.listed(self.view.clone(), key)))
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

    /// The ways from a document of the incident's page to the other forms for people that the site holds: of each target
    /// the one in the same syntax, else a page, else its Markdown. What is for programs is no reader's.
    fn forms(&self, here: &Kind, path: &str, phrases: &Phrases) -> Vec<Form> {
        let (renderer, input) = (self.renderer, &self.input);
        let is_built = |target: &&Target| {
            target.view == View::Incident
                && target.is_for(input.audience)
                && target.is_due(input.incident.status)
                && renderer.built.contains(&target.name)
        };
        let mut forms = Vec::new();
        for target in renderer.targets().iter().filter(is_built) {
            let own = target.name == INCIDENTS;
            let in_syntax = |syntax| {
                let mut kinds = target.documents().iter();
                kinds.find(|kind| kind.syntax == syntax && !(own && kind.syntax == here.syntax))
            };
            let kind = [here.syntax, Syntax::Html, Syntax::Markdown].into_iter().find_map(in_syntax);
            let Some(kind) = kind else { continue };
            // what is written once is in the first language
            let first = renderer.languages.first().map_or(input.language, |it| it.language.tag());
            let language = if kind.is_in_each_language() { input.language } else { first };
            let to = renderer.path(target, kind, &DocumentInput { language, ..*input });
            // a target of the workspace may have a phrase, and need not
            let name = phrases.tell(&format!("form-{}", target.name), &[]);
            forms.push(Form {
                name: name.map_or_else(|_| target.name.clone(), std::borrow::Cow::into_owned),
                is_source: kind.syntax == Syntax::Markdown && here.syntax != Syntax::Markdown,
                href: relative(path, &to),
            });
        }
        forms
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
            status_url: status_url(input.settings),
            zone: input.settings.status_page.zone.unwrap_or(teller.zone).name().into(),
            forms: match in_site && target.name == INCIDENTS {
                true => self.forms(kind, &here, teller.phrases),
                false => Vec::new(),
            },
            slugs: renderer
                .languages
                .iter()
                .map(|spoken| Slug::of(spoken.language, input.incident))
                .collect(),
        })
    }
}

/// A field, and what is not said of it.
type Lost = (String, String);

/// The lines of a `losses` template.
fn lost(text: &str) -> Vec<Lost> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let told = lines.map(|line| line.split_once(" | ").unwrap_or(("", line)));
    told.map(|(field, words)| (field.trim().to_owned(), words.trim().to_owned())).collect()
}
