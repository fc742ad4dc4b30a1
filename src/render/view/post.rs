//! Posts for the public that went out, newest first.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Named, Prose, Teller};
use crate::{
    model::{Audience, Parts, Post, PostState},
    render::RenderError,
    source::ContentId,
    time::{Instant, Interval, TimePoint},
};

/// A post that went out.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub(in crate::render) struct PublicPost {
    /// Made from the ids of incident and post, so that neither is told.
    id: String,
    /// `monitoring`, and what a status page calls it.
    pub(in crate::render) state: Named,
    /// The same, but the state that it left as it was of an update, and of a post by which only some of the affected
    /// services are well again.
    pub(in crate::render) status: String,
    /// `Posted December 6, 2019, 20:04 (UTC+1), 19:04 UTC`; `None` when it is not known when.
    posted: Option<String>,
    /// RFC 3339 in the page's zone; of an uncertain time the first possible moment.
    iso: Option<String>,
    /// `None` when only the time of the post is on record.
    text: Option<Prose>,
    /// The public names of the services it speaks of.
    services: Vec<String>,
    /// What orders it.
    #[serde(skip)]
    pub(in crate::render) at: Option<Instant>,
    /// The ids of the services it speaks of; none for all.
    #[serde(skip)]
    of: Vec<String>,
    /// It takes back that it was over.
    #[serde(skip)]
    reopens: bool,
}

impl Teller<'_> {
    /// The same incident, told in the zone of the status page.
    pub(in crate::render) fn on_page(&self) -> Teller<'_> {
        Teller { zone: self.settings.status_page.zone.unwrap_or(self.zone), ..*self }
    }

    /// The posts for the public, newest first; where one has no time, in the order of the file from its end.
    pub(in crate::render) fn posts(&self) -> Result<Vec<PublicPost>, RenderError> {
        let page = self.on_page();
        let public = self.incident.comms.iter().enumerate();
        let mut posts = Vec::new();
        for (index, post) in public.filter(|(_, post)| post.audience == Audience::Public) {
            posts.push(page.post(index, post)?);
        }
        if posts.iter().all(|post| post.at.is_some()) {
            posts.sort_by_key(|post| post.at);
        }
        let mut before = PostState::Investigating.word().to_owned();
        let mut unwell: HashSet<&str> = self.affected().collect();
        for post in &mut posts {
            let spoken_of =
                |service: &str| post.of.is_empty() || post.of.iter().any(|named| named == service);
            let is = |state: PostState| post.state.key == state.word();
            let is_end = is(PostState::Resolved) || is(PostState::Completed);
            if is_end {
                unwell.retain(|service| !spoken_of(service));
            } else if post.reopens || is(PostState::Investigating) {
                unwell.extend(self.affected().filter(|service| spoken_of(service)));
            }
            if !is(PostState::Update) && (!is_end || unwell.is_empty()) {
                before.clone_from(&post.state.key);
            }
            post.status.clone_from(&before);
        }
        posts.reverse();
        Ok(posts)
    }

    /// The services that were hit.
    fn affected(&self) -> impl Iterator<Item = &str> {
        self.incident.impacts.iter().map(|impact| impact.service.as_str())
    }

    fn post(&self, index: usize, post: &Post) -> Result<PublicPost, RenderError> {
        let state = post.state.unwrap_or(PostState::Update);
        let interval = post.at.as_ref().map_or(Interval::UNKNOWN, TimePoint::interval);
        let at = instant(post.at.as_ref());
        let posted = match (&post.at, interval.exactly()) {
            (_, Some(at)) => {
                let moment = self.language.moment_with_utc(&self.wall(at));
                Some(self.say("posted", &[("moment", (&moment).into())])?)
            }
            (Some(TimePoint::Day(date, _)), _) => {
                Some(self.say("posted", &[("moment", (&self.language.date(*date)).into())])?)
            }
            _ if at.is_some() => {
                let moment = self.language.interval(&interval, |at| self.wall(at));
                Some(self.say("posted-about", &[("moment", (&moment).into())])?)
            }
            _ => None,
        };
        let text = match self.prose(post.text.as_ref()) {
            Some(text) => Some(text),
            None if has_parts(&post.parts) => {
                let text = self.told_by_parts(state, index, post, at.unwrap_or(self.as_of))?;
                Some(text).filter(|text| !text.is_empty()).map(|text| self.own_prose(text))
            }
            None => None,
        };
        let mut services: Vec<String> = Vec::new();
        for name in post.services.iter().filter_map(|service| self.public_name(service)) {
            if !services.contains(&name) {
                services.push(name);
            }
        }
        let id = format!("{}/{}/{index}", self.incident.id, post.id);
        Ok(PublicPost {
            id: short_id(&id),
            state: Named { name: self.name("page", state.word())?.name, key: state.word().to_owned() },
            status: String::new(),
            posted,
            iso: at.map(|at| self.wall(at).rfc3339()),
            text,
            services,
            at,
            of: post.services.clone(),
            reopens: post.reopened,
        })
    }
}

/// An id that tells nothing of what it was made from.
pub(in crate::render) fn short_id(of: &str) -> String {
    let id = ContentId::of(of.as_bytes()).to_string();
    id.get(..12).unwrap_or(&id).to_owned()
}

pub(super) fn has_text(post: &Post) -> bool {
    post.text.as_ref().is_some_and(|text| !text.is_blank())
}

fn has_parts(parts: &Parts) -> bool {
    let Parts { symptom, scope, workaround, cause_plain, fix_now, remaining } = parts;
    let all = [symptom, scope, workaround, cause_plain, fix_now, remaining];
    all.into_iter().flatten().any(|text| !text.is_blank())
}

/// The first moment that a time allows, else the last.
pub(super) fn instant(point: Option<&TimePoint>) -> Option<Instant> {
    let interval = point?.interval();
    interval.earliest.or(interval.latest)
}
