//! What was said to others, and when.

use super::{Audience, EstimateConfidence, Localized, PostState};
use crate::time::TimePoint;

/// One post.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Unique in the file.
    pub id: String,
    /// Where: `status_page`, `email` …
    pub channel: Option<String>,
    /// For whom; public unless given.
    pub audience: Audience,
    /// When.
    pub at: Option<TimePoint>,
    /// The state it announces.
    pub state: Option<PostState>,
    /// The services it speaks of.
    pub services: Vec<String>,
    /// When the next one was promised.
    pub next_update_by: Option<TimePoint>,
    /// When the end was expected.
    pub eta: Option<Estimate>,
    /// What the state's template is fed with.
    pub parts: Parts,
    /// Free text instead of parts.
    pub text: Option<Localized>,
    /// It says that the problem came back.
    pub reopened: bool,
    /// It apologises.
    pub apology: bool,
    /// Ids of the actions it promises.
    pub commitments: Vec<String>,
}

/// When the end was expected, and on what grounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// When.
    pub at: Option<TimePoint>,
    /// On what grounds.
    pub basis: Option<Localized>,
    /// How sure.
    pub confidence: Option<EstimateConfidence>,
}

/// The parts of a post, each a clause for its state's template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// What users notice.
    pub symptom: Option<Localized>,
    /// Who is affected.
    pub scope: Option<Localized>,
    /// What to do meanwhile.
    pub workaround: Option<Localized>,
    /// The cause in plain words.
    pub cause_plain: Option<Localized>,
    /// What is being done now.
    pub fix_now: Option<Localized>,
    /// What is still affected.
    pub remaining: Option<Localized>,
}
