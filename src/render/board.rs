//! Documents about all action items of a workspace: the digest, the calendar.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Document, Kind, Placement, RenderError, Renderer, SiteFrame, Target, escape,
    view::{BoardTeller, Entry},
};
use crate::{model::Catalogue, query::ActionRow};

/// Everything that a document about all action items is made of.
#[derive(Clone, Copy, Debug)]
pub struct BoardInput<'a> {
    /// The settings, for whom it is, and as of when.
    pub frame: SiteFrame<'a>,
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The tag of the language.
    pub language: &'a str,
    /// Where it will lie.
    pub placement: Placement,
    /// What links to the repository name: a commit, or `HEAD`.
    pub revision: &'a str,
    /// The actions that a digest tells of: all there are.
    pub actions: &'a [ActionRow],
    /// The actions that a calendar holds, in order; those without a due date are left out.
    pub dated: &'a [ActionRow],
}

/// What a template sees as `page`.
#[derive(JsonSchema, Serialize)]
pub(super) struct BoardPage<'a> {
    /// The tag of its language.
    lang: &'a str,
    /// The organisation, when it has a name.
    organisation: Option<String>,
    /// `public` or `internal`.
    audience: &'static str,
    /// The program and the version of its rules.
    rules: &'a str,
}

impl Renderer {
    /// A document of a target that sees all action items.
    ///
    /// # Errors
    /// The target is not for this audience, no such language, or a template that uses what the view does not offer.
    pub fn board(
        &self,
        target: &Target,
        kind: &Kind,
        input: &BoardInput<'_>,
    ) -> Result<Document, RenderError> {
        let audience = input.frame.audience;
        if !target.is_for(audience) {
            return Err(RenderError::NotFor { target: target.name.clone(), audience: audience.word() });
        }
        let voice = self.voice(target, input.language)?;
        let teller = BoardTeller {
            language: voice.language,
            phrases: &voice.phrases,
            settings: input.frame.settings,
            catalogue: input.catalogue,
            as_of: input.frame.as_of,
            revision: input.revision,
        };
        let page = BoardPage {
            lang: voice.language.tag(),
            organisation: input.frame.settings.org.name.as_deref().map(escape::one_line),
            audience: audience.word(),
            rules: &self.rules,
        };
        let mut context = tera::Context::new();
        context.insert("page", &page);
        // a template of the calendar's kind sees entries, any other the board
        if kind.syntax == super::Syntax::Calendar {
            let dated: Vec<ActionRow> = input.dated.iter().filter(|row| row.due.is_some()).cloned().collect();
            let entries: Vec<Entry> = teller.entries(&dated)?;
            context.insert("entries", &entries);
        } else {
            context.insert("board", &teller.board(input.actions)?);
        }
        let path = target.path(kind, input.placement == Placement::Site, &[("language", input.language)]);
        let text = voice.render(kind.syntax, &kind.template, &context)?;
        Ok(Document { path, bytes: text.into_bytes(), shortfalls: Vec::new() })
    }
}
