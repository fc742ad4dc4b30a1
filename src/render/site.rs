//! The site's own pages: the choice of a language, the list of incidents, the board of actions.

use serde::Serialize;

use super::{
    ActionRow, Document, IncidentRow, RenderError, Renderer, RunbookIndexRow, STYLE_FILE, Spoken, Syntax,
    accent, escape, has_runbooks,
    runbook::index_path,
    status_url,
    target::relative,
    view::{Alternate, Page, Style},
};
use crate::{
    model::{Audience, Settings},
    rules::{self, Rule},
    time::Instant,
};

/// What all pages of a site share.
#[derive(Clone, Copy, Debug)]
pub struct SiteFrame<'a> {
    /// The workspace's settings.
    pub settings: &'a Settings,
    /// For whom.
    pub audience: Audience,
    /// As of when the lists speak.
    pub as_of: Instant,
}

/// The list of incidents in one language.
#[derive(Clone, Copy, Debug)]
pub struct HomeInput<'a> {
    /// What all pages share.
    pub frame: SiteFrame<'a>,
    /// The tag of the language.
    pub language: &'a str,
    /// The incidents, in any order.
    pub incidents: &'a [IncidentRow],
    /// The actions, in any order, for what the home says of them.
    pub actions: &'a [ActionRow],
}

/// The board of actions in one language.
#[derive(Clone, Copy, Debug)]
pub struct ActionsInput<'a> {
    /// What all pages share.
    pub frame: SiteFrame<'a>,
    /// The tag of the language.
    pub language: &'a str,
    /// The actions, in any order.
    pub actions: &'a [ActionRow],
}

/// How many actions there are.
#[derive(Serialize)]
struct Counts {
    all: usize,
    open: usize,
    overdue: usize,
}

impl Renderer {
    /// `index.html`: the choice of a language, the same words in each.
    ///
    /// # Errors
    /// A template that uses what the view does not offer.
    pub fn site_root(&self, frame: &SiteFrame<'_>) -> Result<Document, RenderError> {
        let tag = self.languages.first().map_or("en", |spoken| spoken.language.tag());
        let path = "index.html".to_owned();
        let mut greetings = Vec::new();
        for Spoken { language, .. } in &self.languages {
            let voice = self.site_voice(language.tag())?;
            greetings.push(Greeting {
                lang: language.tag().to_owned(),
                name: language.name().to_owned(),
                href: relative(&path, &format!("{}/index.html", language.tag())),
                words: voice.phrases.tell("root-choose", &[])?.into_owned(),
            });
        }
        let mut context = tera::Context::new();
        context.insert("greetings", &greetings);
        let title = self.titled(tag, "home-title")?;
        self.site_page(frame, tag, path, "root", title, context)
    }

    /// `<lang>/index.html`: every incident, those not over first, then the newest first.
    ///
    /// # Errors
    /// No such language, or a template that uses what the view does not offer.
    pub fn site_home(&self, input: &HomeInput<'_>) -> Result<Document, RenderError> {
        let mut incidents: Vec<&IncidentRow> = input.incidents.iter().collect();
        incidents.sort_by(|a, b| (b.ongoing(), b.date, &b.id).cmp(&(a.ongoing(), a.date, &a.id)));
        let mut context = tera::Context::new();
        context.insert("incidents", &incidents);
        context.insert("counts", &counts(input.actions));
        let path = format!("{}/index.html", input.language);
        let title = self.titled(input.language, "home-title")?;
        self.site_page(&input.frame, input.language, path, "incidents", title, context)
    }

    /// `<lang>/actions.html`: what is owed, the latest first, then by due date; then what is done or dropped.
    ///
    /// # Errors
    /// No such language, or a template that uses what the view does not offer.
    pub fn site_actions(&self, input: &ActionsInput<'_>) -> Result<Document, RenderError> {
        let mut open: Vec<&ActionRow> = input.actions.iter().filter(|row| row.open).collect();
        open.sort_by_key(|row| {
            (-row.days_overdue, row.due_date.is_none(), row.due_date, &row.incident, &row.id)
        });
        let mut rest: Vec<&ActionRow> = input.actions.iter().filter(|row| !row.open).collect();
        rest.sort_by(|a, b| (&b.incident, &a.id).cmp(&(&a.incident, &b.id)));
        let mut context = tera::Context::new();
        context.insert("open", &open);
        context.insert("rest", &rest);
        context.insert("counts", &counts(input.actions));
        let path = format!("{}/actions.html", input.language);
        let title = self.titled(input.language, "actions-title")?;
        self.site_page(&input.frame, input.language, path, "actions", title, context)
    }

    /// `<lang>/rules/<name>.html`: the page of a rule; without one `<lang>/rules/index.html`, all of them in a table.
    ///
    /// # Errors
    /// No such language, or a template that uses what the view does not offer.
    pub fn site_rule(
        &self,
        frame: &SiteFrame<'_>,
        tag: &str,
        rule: Option<&Rule>,
    ) -> Result<Document, RenderError> {
        let language = self.spoken(tag)?.language;
        let (title, text) = match rule {
            Some(rule) => (rule.page().title.tell(language).to_owned(), rule.body(language, "#")),
            None => (
                rules::title(language).to_owned(),
                rules::index(language, "#", |name| format!("{name}.html")),
            ),
        };
        let mut context = tera::Context::new();
        context.insert("text", &text);
        context.insert("is_index", &rule.is_none());
        self.site_page(frame, tag, rule_path(tag, rule), "rules", title, context)
    }

    /// `<lang>/runbooks/index.html`: every runbook, by the service's name.
    ///
    /// # Errors
    /// No such language, or a template that uses what the view does not offer.
    pub fn site_runbooks(
        &self,
        frame: &SiteFrame<'_>,
        tag: &str,
        rows: &[RunbookIndexRow],
    ) -> Result<Document, RenderError> {
        let mut context = tera::Context::new();
        context.insert("rows", rows);
        let title = self.titled(tag, "runbooks-title")?;
        self.site_page(frame, tag, index_path(tag), "runbooks", title, context)
    }

    fn titled(&self, tag: &str, key: &str) -> Result<String, RenderError> {
        Ok(self.site_voice(tag)?.phrases.tell(key, &[])?.into_owned())
    }

    fn site_page(
        &self,
        frame: &SiteFrame<'_>,
        tag: &str,
        path: String,
        part: &'static str,
        title: String,
        mut context: tera::Context,
    ) -> Result<Document, RenderError> {
        let voice = self.site_voice(tag)?;
        context.insert("page", &self.frame_page(frame, tag, &path, part, title)?);
        let template = match part {
            "actions" => "site/actions.html",
            "root" => "site/root.html",
            "rules" => "site/rules.html",
            "runbooks" => "site/runbooks.html",
            _ => "site/home.html",
        };
        Ok(Document::of(path, voice.render(Syntax::Html, template, &context)?))
    }

    /// The frame of a page that is of no single incident.
    pub(super) fn frame_page(
        &self,
        frame: &SiteFrame<'_>,
        tag: &str,
        path: &str,
        part: &'static str,
        title: String,
    ) -> Result<Page, RenderError> {
        let voice = self.site_voice(tag)?;
        let below = path.split_once('/').map_or(path, |(_, below)| below);
        let alternates = |Spoken { language, .. }: &Spoken| Alternate {
            lang: language.tag().to_owned(),
            name: language.name().to_owned(),
            href: relative(path, &format!("{}/{below}", language.tag())),
            current: part != "root" && language.tag() == tag,
        };
        let zone = frame.settings.org.zone;
        // lateness is told by the day, so the day is what is told: a build later that day writes nothing new
        let as_of = voice.language.date(zone.date(frame.as_of));
        Ok(Page {
            lang: tag.to_owned(),
            title,
            description: voice.phrases.tell("home-lead", &[])?.into_owned(),
            audience: frame.audience.word(),
            organisation: frame.settings.org.name.as_deref().map(escape::one_line),
            accent: accent(frame.settings),
            style: Style { inline: None, href: Some(relative(path, STYLE_FILE)) },
            alternates: self.languages.iter().map(alternates).collect(),
            home: Some(relative(path, &format!("{tag}/index.html"))),
            actions: Some(relative(path, &format!("{tag}/actions.html"))),
            runbooks: has_runbooks(frame.audience).then(|| relative(path, &index_path(tag))),
            part,
            rules: self.rules.clone(),
            rules_href: (part != "root" && has_rules(frame.audience))
                .then(|| relative(path, &rule_path(tag, None))),
            stamp: None,
            as_of: (!["root", "rules", "runbooks"].contains(&part)).then_some(as_of),
            status_url: status_url(frame.settings),
            zone: zone.name().into(),
            slugs: Vec::new(),
        })
    }
}

/// The page of a rule, or of all of them, relative to the site.
pub fn rule_path(tag: &str, rule: Option<&Rule>) -> String {
    format!("{tag}/rules/{}.html", rule.map_or("index", |rule| rule.name))
}

/// Whether a site has pages of the rules: they are for those who write incidents, not for those who were hit by one.
pub fn has_rules(audience: Audience) -> bool {
    audience != Audience::Public
}

/// A language to choose.
#[derive(Serialize)]
struct Greeting {
    lang: String,
    name: String,
    href: String,
    words: String,
}

fn counts(actions: &[ActionRow]) -> Counts {
    Counts {
        all: actions.len(),
        open: actions.iter().filter(|row| row.open).count(),
        overdue: actions.iter().filter(|row| row.days_overdue > 0).count(),
    }
}
