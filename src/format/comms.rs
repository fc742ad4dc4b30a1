//! `comms[]`: what was said to others, and when, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    collection::List,
    reader::{Reader, filled},
    scalar::{Localized, Moment, Text, Word, YesNo},
};
use crate::{
    locate::Path,
    model::{self, Audience},
};

/// One post.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Post {
    /// Unique in the file: letters, digits, `-`.
    pub id: Option<Text>,
    /// Where, `status_page`.
    pub channel: Option<Text>,
    /// For whom; `public` unless given.
    pub audience: Option<Word<Audience>>,
    /// When.
    pub at: Option<Moment>,
    /// The state it announces.
    pub state: Option<Word<model::PostState>>,
    /// Ids of the services it speaks of.
    pub services: List<Text>,
    /// When the next one was promised.
    pub next_update_by: Option<Moment>,
    /// When the end was expected.
    pub eta: Option<Estimate>,
    /// What the template of the state is fed with.
    pub parts: Option<Parts>,
    /// Free text instead of parts.
    pub text: Option<Localized>,
    /// It says that the problem came back.
    pub reopened: Option<YesNo>,
    /// It apologises.
    pub apology: Option<YesNo>,
    /// Ids of the actions it promises.
    pub commitments: List<Text>,
}

/// When the end was expected, and on what grounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Estimate {
    /// When.
    pub at: Option<Moment>,
    /// On what grounds.
    pub basis: Option<Localized>,
    /// How sure.
    pub confidence: Option<Word<model::EstimateConfidence>>,
}

/// The parts of a post, each a clause.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
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

impl Post {
    pub(super) fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Post {
        model::Post {
            id: reader.optional_id(at, "id", self.id),
            channel: filled(self.channel),
            audience: reader.word(at, "audience", self.audience).unwrap_or(Audience::Public),
            at: reader.point(at, "at", self.at),
            state: reader.word(at, "state", self.state),
            services: reader.texts(at, "services", self.services),
            next_update_by: reader.point(at, "next_update_by", self.next_update_by),
            eta: reader.part(at, "eta", self.eta, |eta, reader, at| model::Estimate {
                at: reader.point(at, "at", eta.at),
                basis: reader.localized(at, "basis", eta.basis),
                confidence: reader.word(at, "confidence", eta.confidence),
            }),
            parts: reader.part(at, "parts", self.parts, Parts::read).unwrap_or_default(),
            text: reader.localized(at, "text", self.text),
            reopened: self.reopened.is_some_and(|yes| yes.0),
            apology: self.apology.is_some_and(|yes| yes.0),
            commitments: reader.texts(at, "commitments", self.commitments),
        }
    }
}

impl Parts {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Parts {
        model::Parts {
            symptom: reader.localized(at, "symptom", self.symptom),
            scope: reader.localized(at, "scope", self.scope),
            workaround: reader.localized(at, "workaround", self.workaround),
            cause_plain: reader.localized(at, "cause_plain", self.cause_plain),
            fix_now: reader.localized(at, "fix_now", self.fix_now),
            remaining: reader.localized(at, "remaining", self.remaining),
        }
    }
}
