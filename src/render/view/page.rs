//! What every page has around its content: language, title, styles, ways to other pages, where the numbers come from.

use serde::Serialize;

use crate::render::colour::Accent;

/// The frame of a page.
#[derive(Clone, Debug, Serialize)]
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
}

/// A way to a part of the site.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct Way {
    /// What it is called.
    pub(in crate::render) name: String,
    /// The way there.
    pub(in crate::render) href: String,
    /// The page belongs to it.
    pub(in crate::render) current: bool,
}

/// Where the styles are.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct Style {
    /// In the page.
    pub(in crate::render) inline: Option<String>,
    /// In a file beside it.
    pub(in crate::render) href: Option<String>,
}

/// The same page in a language.
#[derive(Clone, Debug, Serialize)]
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
