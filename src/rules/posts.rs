//! Posts for the public, in the order they went out.

use std::collections::HashMap;

use super::{Case, Judged};
use crate::{
    locate::Field,
    model::{Audience, Class, Incident, Post, PostState},
    time::{Interval, Length},
};

/// One post for the public, with its field.
#[derive(Clone, Debug)]
pub(super) struct Told<'a> {
    /// The post.
    pub(super) post: &'a Post,
    /// `comms[0]`.
    pub(super) field: Field,
    /// When it went out.
    pub(super) at: Interval,
}

/// The posts for the public, oldest first. Where a post has no time, the order of the file stands.
pub(super) fn public_posts(incident: &Incident) -> Vec<Told<'_>> {
    let comms = Field::of("comms");
    let public = incident.comms.iter().enumerate().filter(|(_, post)| post.audience == Audience::Public);
    let mut posts: Vec<Told<'_>> = public
        .map(|(i, post)| Told {
            post,
            field: comms.at(i),
            at: post.at.as_ref().map_or(Interval::UNKNOWN, |at| at.interval()),
        })
        .collect();
    if posts.iter().all(|told| told.when().is_some()) {
        posts.sort_by_key(Told::when);
    }
    posts
}

impl Told<'_> {
    fn when(&self) -> Option<crate::time::Instant> {
        self.at.earliest.or(self.at.latest)
    }

    /// What a sentence calls it: its id, or its place.
    pub(super) fn called(&self) -> String {
        super::called(&self.post.id, &self.field)
    }

    /// Whether it speaks of this service: it names it, or names none.
    pub(super) fn speaks_of(&self, service: &str) -> bool {
        self.post.services.is_empty() || self.post.services.iter().any(|named| named == service)
    }
}

/// Each post with the next one of the same channel.
pub(super) fn followed<'p, 'a>(posts: &'p [Told<'a>]) -> Vec<(&'p Told<'a>, Option<&'p Told<'a>>)> {
    let mut last: HashMap<Option<&str>, usize> = HashMap::new();
    let mut pairs: Vec<(&Told<'_>, Option<&Told<'_>>)> = Vec::new();
    for (at, told) in posts.iter().enumerate() {
        if let Some(before) = last.insert(told.post.channel.as_deref(), at)
            && let Some((_, next)) = pairs.get_mut(before)
        {
            *next = Some(told);
        }
        pairs.push((told, None));
    }
    pairs
}

/// True while a page in this state owes its readers news: neither over, nor planned work.
pub(super) fn is_unsettled(state: PostState) -> bool {
    use PostState::{Identified, Investigating, Monitoring, Update};
    matches!(state, Investigating | Identified | Update | Monitoring)
}

/// The class that sets the shortest such limit among the impacts of the services that are spoken of, and the limit in
/// seconds.
pub(super) fn tightest<'c>(
    case: &Case<'c>,
    judged: &Judged<'_>,
    speaks_of: impl Fn(&str) -> bool,
    limit: fn(&Class) -> Option<Length>,
) -> Option<(&'c Class, i64)> {
    judged
        .impacts()
        .filter(|(_, impact, _)| speaks_of(&impact.service))
        .filter_map(|(_, _, measured)| case.settings.class(measured.class.as_deref()?))
        .filter_map(|class| Some((class, limit(class)?.seconds()?)))
        .min_by_key(|(_, seconds)| *seconds)
}
