//! The site's own pages: the choice of a language, lists of incidents, actions and services, statistics, the rules.

mod board;
mod find;
mod home;
mod services;
mod statistics;

use serde::Serialize;

use super::{
    ActionRow, Document, Entry, IncidentRow, RenderError, Renderer, RunbookIndexRow, SCRIPT_FILE, STYLE_FILE,
    Spoken, Syntax, accent, has_runbooks, organisation,
    runbook::index_path,
    status_url,
    target::relative,
    view::{Alternate, Page, Style, Way},
};
use crate::{
    language::Phrases,
    model::{Audience, Catalogue, Settings},
    query::stats::{Period, Stats},
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

/// All that the lists of a site are made from, in one language.
#[derive(Clone, Copy, Debug)]
pub struct ListsInput<'a> {
    /// What all pages share.
    pub frame: SiteFrame<'a>,
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The tag of the language.
    pub language: &'a str,
    /// The incidents, in any order.
    pub incidents: &'a [IncidentRow],
    /// The actions, in any order.
    pub actions: &'a [ActionRow],
    /// The services that have a runbook, by id; none where runbooks are not shown.
    pub runbooks: &'a [String],
    /// The statistics of these incidents as one whole.
    pub whole: &'a Stats,
    /// The figures of each year.
    pub years: &'a [Period],
    /// Those of each quarter.
    pub quarters: &'a [Period],
}

/// How many rows a page of a list holds.
const ROWS_PER_PAGE: usize = 200;

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
        self.site_page(frame, tag, Place { path, part: "root", template: "site/root.html" }, title, context)
    }

    /// The lists in one language: home, incidents, actions, services, statistics. Each page is handed to `put` when it is
    /// made.
    ///
    /// # Errors
    /// No such language, a template that uses what the view does not offer, or what `put` says.
    pub fn site_lists<E: From<RenderError>>(
        &self,
        input: &ListsInput<'_>,
        put: &(dyn Fn(Document) -> Result<(), E> + Sync),
    ) -> Result<(), E> {
        let mut incidents: Vec<&IncidentRow> = input.incidents.iter().collect();
        incidents.sort_by(|a, b| (b.ongoing(), b.date, &b.id).cmp(&(a.ongoing(), a.date, &a.id)));
        let voice = self.site_voice(input.language)?;
        put(home::page(self, voice, input, &incidents)?)?;
        home::all_incidents(self, input, &incidents, put)?;
        board::pages(self, voice, input, put)?;
        services::pages(self, voice, input, &incidents, put)?;
        put(statistics::page(self, voice, input)?)?;
        Ok(())
    }

    /// The search: its page in each language, and the index of incidents, services, runbooks and rules. `incidents` come
    /// in any order, each with its row in the first language and one entry a language; `runbooks` are the services that
    /// have one, by id, and none for the public.
    ///
    /// # Errors
    /// A template that uses what the view does not offer, or what `put` says.
    pub fn site_search<E: From<RenderError>>(
        &self,
        frame: &SiteFrame<'_>,
        catalogue: &Catalogue,
        runbooks: &[String],
        mut incidents: Vec<(&IncidentRow, Vec<Entry>)>,
        put: &(dyn Fn(Document) -> Result<(), E> + Sync),
    ) -> Result<(), E> {
        incidents.sort_by(|(a, _), (b, _)| (b.date, &b.id).cmp(&(a.date, &a.id)));
        let items = incidents.into_iter().map(|(_, entries)| entries).collect();
        find::pages(self, frame, catalogue, runbooks, items, put)
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
        let path = rule_path(tag, rule);
        self.site_page(frame, tag, Place { path, part: "rules", template: "site/rules.html" }, title, context)
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
        let place = Place { path: index_path(tag), part: "runbooks", template: "site/runbooks.html" };
        self.site_page(frame, tag, place, title, context)
    }

    fn titled(&self, tag: &str, key: &str) -> Result<String, RenderError> {
        Ok(self.site_voice(tag)?.phrases.tell(key, &[])?.into_owned())
    }

    fn site_page(
        &self,
        frame: &SiteFrame<'_>,
        tag: &str,
        Place { path, part, template }: Place,
        title: String,
        mut context: tera::Context,
    ) -> Result<Document, RenderError> {
        context.insert("page", &self.frame_page(frame, tag, &path, part, title)?);
        let text = self.site_voice(tag)?.render(Syntax::Html, template, &context)?;
        Ok(Document::of(path, text))
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
            organisation: organisation(frame.settings),
            logo: self.logo(path),
            accent: accent(frame.settings),
            style: Style { inline: None, href: Some(relative(path, STYLE_FILE)) },
            alternates: self.languages.iter().map(alternates).collect(),
            home: Some(relative(path, &format!("{tag}/index.html"))),
            nav: match part {
                "root" => Vec::new(),
                part => nav(&voice.phrases, tag, path, part, frame.audience)?,
            },
            script: (part != "root").then(|| relative(path, SCRIPT_FILE)),
            part,
            rules: self.rules.clone(),
            rules_href: (part != "root" && has_rules(frame.audience))
                .then(|| relative(path, &rule_path(tag, None))),
            stamp: None,
            as_of: (!["root", "rules", "runbooks", "search"].contains(&part)).then_some(as_of),
            status_url: status_url(frame.settings),
            zone: zone.name().into(),
            forms: Vec::new(),
            slugs: Vec::new(),
        })
    }
}

/// Where a page lies, what it belongs to, and the template that it is made by.
struct Place {
    path: String,
    part: &'static str,
    template: &'static str,
}

/// The ways from a page to the parts of a site.
pub(super) fn nav(
    phrases: &Phrases,
    tag: &str,
    here: &str,
    part: &str,
    audience: Audience,
) -> Result<Vec<Way>, RenderError> {
    let mut parts = vec![
        ("incidents", "nav-incidents", "index.html"),
        ("actions", "nav-actions", "actions.html"),
        ("services", "nav-services", "services.html"),
        ("statistics", "nav-statistics", "statistics.html"),
    ];
    if has_runbooks(audience) {
        parts.push(("runbooks", "nav-runbooks", "runbooks/index.html"));
    }
    if has_rules(audience) {
        parts.push(("rules", "nav-rules", "rules/index.html"));
    }
    parts.push(("search", "nav-search", "search.html"));
    let way = |(known, key, file): (&str, &str, &str)| {
        Ok(Way {
            name: phrases.tell(key, &[])?.into_owned(),
            href: relative(here, &format!("{tag}/{file}")),
            current: known == part,
        })
    };
    parts.into_iter().map(way).collect()
}

/// One page of a list that is told on several.
#[derive(Serialize)]
struct Pager {
    /// The page, from 1.
    number: usize,
    /// How many pages there are.
    of: usize,
    /// The ways to the pages near by, and to the first and last; `None` where some are left out.
    pages: Vec<Option<PageWay>>,
    previous: Option<String>,
    next: Option<String>,
    /// The first and last row here, from 1, and how many there are.
    from: usize,
    to: usize,
    count: usize,
}

#[derive(Serialize)]
struct PageWay {
    number: usize,
    href: String,
    current: bool,
}

/// The file of a page of a list, from 1: `actions.html`, `actions.2.html`. No id of a service ends like that.
fn paged(stem: &str, number: usize) -> String {
    if number == 1 { format!("{stem}.html") } else { format!("{stem}.{number}.html") }
}

impl Pager {
    /// The page with this number of a list whose files begin with `stem`.
    fn of(stem: &str, number: usize, count: usize) -> Self {
        let of = count.div_ceil(ROWS_PER_PAGE).max(1);
        let file = stem.rsplit('/').next().unwrap_or(stem);
        let mut pages = Vec::new();
        for at in 1..=of {
            if at == 1 || at == of || at.abs_diff(number) <= 2 {
                pages.push(Some(PageWay { number: at, href: paged(file, at), current: at == number }));
            } else if pages.last().is_some_and(Option::is_some) {
                pages.push(None);
            }
        }
        Self {
            number,
            of,
            pages,
            previous: (number > 1).then(|| paged(file, number - 1)),
            next: (number < of).then(|| paged(file, number + 1)),
            from: (number - 1) * ROWS_PER_PAGE + usize::from(count > 0),
            to: (number * ROWS_PER_PAGE).min(count),
            count,
        }
    }
}

/// The pages of a list: number and rows; one without rows for none.
fn in_pages<T>(rows: &[T]) -> impl Iterator<Item = (usize, &[T])> {
    let none = rows.is_empty().then_some(rows);
    rows.chunks(ROWS_PER_PAGE).chain(none).enumerate().map(|(at, rows)| (at + 1, rows))
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
