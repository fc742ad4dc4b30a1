//! What every page has around its content: language, title, styles, ways to other pages, where the numbers come from.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    language::Language,
    model::{Incident, Localized},
    render::{colour::Accent, escape},
};

/// The frame of a page.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Page {
    /// The tag of its language.
    pub(in crate::render) lang: String,
    /// Plain text on one line.
    pub(in crate::render) title: String,
    /// Plain text on one line, for search engines and previews.
    pub(in crate::render) description: String,
    /// `public` or `internal`.
    pub(in crate::render) audience: &'static str,
    /// The organisation, when it has a name.
    pub(in crate::render) organisation: Option<String>,
    /// The way to the brand's picture; `None` when the page stands alone, or there is none.
    pub(in crate::render) logo: Option<String>,
    /// The brand's colour on each ground.
    pub(in crate::render) accent: Option<Accent>,
    /// Its styles.
    pub(in crate::render) style: Style,
    /// The page in each language, this one among them; empty when it stands alone.
    pub(in crate::render) alternates: Vec<Alternate>,
    /// The way to the list of incidents; `None` when the page stands alone.
    pub(in crate::render) home: Option<String>,
    /// The ways to the parts of the site; empty when the page stands alone.
    pub(in crate::render) nav: Vec<Way>,
    /// The way to the site's script; `None` when the page stands alone, and then it runs none.
    pub(in crate::render) script: Option<String>,
    /// Which part of the site it is: `incidents`, `incident`, `actions`.
    pub(in crate::render) part: &'static str,
    /// The program and the version of its rules.
    pub(in crate::render) rules: String,
    /// The way to the pages of the rules; `None` where there are none.
    pub(in crate::render) rules_href: Option<String>,
    /// The commit or hash of its inputs, already told; `None` when it has none of its own.
    pub(in crate::render) stamp: Option<String>,
    /// As of when it speaks, when that plays a part.
    pub(in crate::render) as_of: Option<String>,
    /// The address of the status page.
    pub(in crate::render) status_url: Option<String>,
    /// The IANA name of the status page's zone.
    pub(in crate::render) zone: String,
    /// The same incident in other forms for people, in this language; empty when the page stands alone.
    pub(in crate::render) forms: Vec<Form>,
    /// The incident's title as a part of an address, in each language; none for pages of no single incident.
    pub(in crate::render) slugs: Vec<Slug>,
}

/// Another document of the same incident.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Form {
    /// What it is called, as in `Posts of the status page`.
    pub(in crate::render) name: String,
    /// It is Markdown, and this page is not.
    pub(in crate::render) is_source: bool,
    /// The way there.
    pub(in crate::render) href: String,
}

/// A title as a part of an address.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Slug {
    /// The tag of the language.
    lang: String,
    /// Its first part in capitals, `PT`.
    short: String,
    /// `order-imports-stopped-2022-12-18-order-imports`.
    slug: String,
}

impl Slug {
    pub(in crate::render) fn of(language: &Language, incident: &Incident) -> Self {
        let lang = language.tag().to_owned();
        let short = lang.split('-').next().unwrap_or_default().to_uppercase();
        Self { short, slug: slug(&incident.title, &incident.id, &lang), lang }
    }
}

/// The incident's title in a language as a part of an address, with the id after it: no two incidents share one.
pub(in crate::render) fn slug(title: &Localized, id: &str, tag: &str) -> String {
    let title = title.nearest(tag).map_or("", |(_, title)| title);
    let mut slug = escape::slug(title, 80);
    if !slug.is_empty() {
        slug.push('-');
    }
    slug.push_str(&escape::file_name(id));
    slug
}

/// A way to a part of the site.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Way {
    /// What it is called.
    pub(in crate::render) name: String,
    /// The way there.
    pub(in crate::render) href: String,
    /// The page belongs to it.
    pub(in crate::render) current: bool,
}

/// Where the styles are.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Style {
    /// In the page.
    pub(in crate::render) inline: Option<String>,
    /// In a file beside it.
    pub(in crate::render) href: Option<String>,
}

/// The same page in a language.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct Alternate {
    /// The tag.
    pub(in crate::render) lang: String,
    /// The language's name in itself.
    pub(in crate::render) name: String,
    /// The way there.
    pub(in crate::render) href: String,
    /// It is this page.
    pub(in crate::render) current: bool,
}
