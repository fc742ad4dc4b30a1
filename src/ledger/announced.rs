//! What the public was told of an incident, version after version.

use serde::{Deserialize, Serialize};

use super::{At, IncidentHistory, glance::Announced};
use crate::source::ContentId;

/// A version that told the public something else than the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    pub(super) at: At,
    /// The id of its bytes.
    content: [u8; 20],
    /// What it told; `None` where the incident is no longer published.
    announced: Option<Announced>,
}

/// The version by which the public was last told of an incident's figures: the first that was published, or the last
/// that came with a new post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The commit.
    pub at: At,
    /// The id of the file's bytes then.
    pub content: ContentId,
    /// Whether what figures are computed from is written otherwise in the last commit. Where it is not, they are the same.
    pub moved: bool,
}

impl IncidentHistory {
    /// Writes down what a version tells the public.
    pub(super) fn announce(&mut self, at: At, content: ContentId, announced: Option<Announced>) {
        let last = self.tellings.last().and_then(|telling| telling.announced.as_ref());
        if last != announced.as_ref() {
            self.tellings.push(Telling { at, content: content.0, announced });
        }
    }

    /// When and by which version the public was last told; `None` while nothing is published.
    pub fn announcement(&self) -> Option<Announcement> {
        let mut told: Option<(&Telling, &Announced)> = None;
        let mut moved = false;
        for telling in &self.tellings {
            let Some(now) = &telling.announced else {
                told = None;
                continue;
            };
            match told {
                Some((_, before)) if !now.says_more_than(before) => moved = now.figures != before.figures,
                _ => (told, moved) = (Some((telling, now)), false),
            }
        }
        told.map(|(telling, _)| Announcement { at: telling.at, content: ContentId(telling.content), moved })
    }
}
