//! `actions[]`: what will be done about it, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    collection::List,
    reader::{Reader, filled},
    value::{Date, Localized, Text, Word, YesNo},
};
use crate::{
    locate::Path,
    model::{self, ActionStatus, Due, ExpectedValue, Near},
    time,
};

/// One action item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["id", "title"]))]
pub struct Action {
    /// Unique in the file, `A1`; spoken of as `2017-11-10-oms/A1`.
    pub id: Option<Text>,
    /// In an imperative sentence.
    pub title: Option<Localized>,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: Option<Word<model::ActionType>>,
    /// What a detecting action looks at.
    pub detects: Option<Word<model::Detects>>,
    /// What it changes in the system.
    pub effect: Option<Word<model::ActionEffect>>,
    /// How strongly it holds without anyone remembering it.
    pub strength: Option<Word<model::Strength>>,
    /// How soon.
    pub priority: Option<Word<model::Priority>>,
    /// The one accountable, `role:import-tech-lead`.
    pub owner: Option<Text>,
    /// Who helps.
    pub contributors: List<Text>,
    /// The team, by its id in `services.yaml`.
    pub team: Option<Text>,
    /// When it was written down, `2022-12-21`.
    pub created_on: Option<Date>,
    /// When it must be done, `2022-12-28`: the due day counts to its end. Words only while no date is agreed.
    pub due: Option<Text>,
    /// Where it stands; `proposed` unless given.
    pub status: Option<Word<ActionStatus>>,
    /// What it waits for.
    pub blocked_by: Option<Text>,
    /// When it was done.
    pub done_on: Option<Date>,
    /// How to tell that it is finished.
    pub done_when: Option<Localized>,
    /// What shows it.
    pub evidence: List<Evidence>,
    /// Who confirmed that it works.
    pub verified: Option<ActionVerified>,
    /// Every time the due date moved.
    pub slips: List<Slip>,
    /// Why it was dropped, for `cancelled` and `wont_do`.
    pub reason: Option<Localized>,
    /// The role that agreed to drop it.
    pub approved_by: Option<Text>,
    /// When it was dropped.
    pub date: Option<Date>,
    /// The pointer into a tracker; internal.
    pub tracker: Option<Tracker>,
    /// Ids of the impacts and causes it is for.
    pub addresses: List<Text>,
    /// It was promised in public.
    pub public_commitment: Option<YesNo>,
    /// A remark for readers.
    pub note: Option<Localized>,
    /// Where to read more.
    pub links: List<Link>,
}

/// What shows that something is so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Evidence {
    /// What it is.
    pub kind: Option<Word<model::EvidenceKind>>,
    /// Where to look: an address, a commit, or the id of one of `sources`.
    #[serde(rename = "ref")]
    pub reference: Option<Text>,
    /// When it was seen.
    pub date: Option<Date>,
    /// A remark.
    pub note: Option<Text>,
}

/// Who confirmed an action.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct ActionVerified {
    /// The role, `role:sre`.
    pub by: Option<Text>,
    /// When.
    pub date: Option<Date>,
}

/// One move of a due date.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Slip {
    /// The due date before.
    pub from: Option<Date>,
    /// The due date after.
    pub to: Option<Date>,
    /// When it was moved.
    pub date: Option<Date>,
    /// Why.
    pub reason: Option<Localized>,
    /// The role that agreed.
    pub approved_by: Option<Text>,
}

/// A pointer into a tracker; internal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Tracker {
    /// `github`, `jira`, `linear`.
    pub system: Option<Text>,
    /// Its key there, `OD-101`.
    pub key: Option<Text>,
    /// Its address.
    pub url: Option<Text>,
}

/// Where to read more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Link {
    /// What it is, `guide`.
    pub rel: Option<Text>,
    /// Its address in each language.
    pub href: Option<Localized>,
}

impl Action {
    pub(super) fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Action {
        let title = reader.localized(at, "title", self.title).unwrap_or_else(|| {
            reader.missing(at, "title");
            model::Localized::default()
        });
        model::Action {
            id: reader.id(at, "id", self.id),
            title,
            kind: reader.word(at, "type", self.kind),
            detects: reader.word(at, "detects", self.detects),
            effect: reader.word(at, "effect", self.effect),
            strength: reader.word(at, "strength", self.strength),
            priority: reader.word(at, "priority", self.priority),
            owner: filled(self.owner),
            contributors: reader.texts(at, "contributors", self.contributors),
            team: filled(self.team),
            created_on: reader.date(at, "created_on", self.created_on),
            due: due(self.due, reader, at),
            status: reader.word(at, "status", self.status).unwrap_or(ActionStatus::Proposed),
            blocked_by: filled(self.blocked_by),
            done_on: reader.date(at, "done_on", self.done_on),
            done_when: reader.localized(at, "done_when", self.done_when),
            evidence: reader.each(at, "evidence", self.evidence, Evidence::read),
            verified: reader.part(at, "verified", self.verified, |verified, reader, at| model::Addressed {
                by: filled(verified.by),
                date: reader.date(at, "date", verified.date),
            }),
            slips: reader.each(at, "slips", self.slips, Slip::read),
            withdrawal: withdrawal(
                reader.localized(at, "reason", self.reason),
                filled(self.approved_by),
                reader.date(at, "date", self.date),
            ),
            tracker: self.tracker.map(|tracker| model::Tracker {
                system: filled(tracker.system),
                key: filled(tracker.key),
                url: filled(tracker.url),
            }),
            addresses: reader.texts(at, "addresses", self.addresses),
            public_commitment: self.public_commitment.is_some_and(|yes| yes.0),
            note: reader.localized(at, "note", self.note),
            links: reader.each(at, "links", self.links, |link, reader, at| model::Link {
                rel: filled(link.rel),
                href: reader.localized(at, "href", link.href).unwrap_or_default(),
            }),
        }
    }
}

impl Evidence {
    pub(super) fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Evidence {
        model::Evidence {
            kind: reader.word(at, "kind", self.kind),
            reference: filled(self.reference),
            date: reader.date(at, "date", self.date),
            note: filled(self.note),
        }
    }
}

impl Slip {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Slip {
        model::Slip {
            from: reader.date(at, "from", self.from),
            to: reader.date(at, "to", self.to),
            date: reader.date(at, "date", self.date),
            reason: reader.localized(at, "reason", self.reason),
            approved_by: filled(self.approved_by),
        }
    }
}

/// Words stand in for a date that is not agreed; what begins as a date and is none is a slip of the fingers.
fn due(text: Option<Text>, reader: &mut Reader<'_>, at: &Path<'_>) -> Option<Due> {
    let text = filled(text)?;
    if let Some(date) = time::read_date(&text) {
        return Some(Due::On(date));
    }
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        let only = time::only_date(&text).map(|date| Near { word: date.to_string(), sure: true });
        reader.invalid(&at.key("due"), &text, ExpectedValue::Date, only);
    }
    Some(Due::Words(text))
}

fn withdrawal(
    reason: Option<model::Localized>,
    approved_by: Option<String>,
    date: Option<time::Date>,
) -> Option<model::Withdrawal> {
    let given = reason.is_some() || approved_by.is_some() || date.is_some();
    given.then(|| model::Withdrawal { reason: reason.unwrap_or_default(), approved_by, date })
}
