//! `incidents/**/*.yaml`: one incident, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    action::Action,
    cause::Cause,
    collection::{List, Map},
    comms::Post,
    impact::Impact,
    reader::{Reader, filled, is_id},
    regulation::Regulation,
    timeline::Event,
    value::{Date, Localized, Moment, Text, Word, YesNo},
};
use crate::{
    locate::Path,
    model::{self, ExpectedValue, IncidentKind, Status},
    time,
};

/// One incident of the workspace. The file's name is its id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["relato", "id", "status", "title"]))]
pub struct Incident {
    /// The version of the format: `1`.
    #[schemars(extend("type" = "integer", "const" = 1))]
    pub relato: Option<Text>,
    /// The date of the first impact and a few words, lower case, `2022-12-18-order-imports`; the file's name. Never
    /// changes.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}-[a-z0-9-]+$"))]
    pub id: Option<Text>,
    /// Incident, near miss or maintenance; `incident` unless given.
    pub kind: Option<Word<IncidentKind>>,
    /// How far the incident and its record are.
    pub status: Option<Word<Status>>,
    /// The organisation's own label, `SEV1`; targets come from service classes, not from this. Internal.
    pub severity: Option<Text>,
    /// The zone in which moments without an offset are read, an IANA name: `America/Sao_Paulo`.
    pub timezone: Option<Text>,
    /// The language the others are translated from; the organisation's unless given.
    pub source_language: Option<Text>,
    /// What it is called, for readers.
    pub title: Option<Localized>,
    /// In a few sentences; public.
    pub summary: Option<Localized>,
    /// The summary for internal audiences; `summary` is then the public one.
    pub internal_summary: Option<Localized>,
    /// Whether the author may be named in public.
    pub author_public: Option<YesNo>,
    /// The services hit, each with its own moments.
    pub impacts: List<Impact>,
    /// Ids of services that are claimed to be unaffected.
    pub unaffected: List<Text>,
    /// What happened, in order.
    pub timeline: List<Event>,
    /// Why it happened.
    pub causes: List<Cause>,
    /// What will be done about it.
    pub actions: List<Action>,
    /// What was learnt.
    pub lessons: List<Localized>,
    /// What was said to others, and when.
    pub comms: List<Post>,
    /// What reporting regimes ask.
    pub regulatory: Option<Regulation>,
    /// Who reviewed each translation, by language.
    pub translation: Map<Translation>,
    /// Documents the record was made from.
    pub sources: List<Source>,
    /// Findings that the organisation accepts for a time.
    pub waivers: List<Waiver>,
    /// Ids of other incidents with the same cause.
    pub same_cause_as: List<Text>,
    /// Numbers allowed in public prose though not in the record, `100 %`.
    pub public_numbers: List<Text>,
    /// Reviews held.
    pub reviews: List<Review>,
    /// The announced window, for `kind: maintenance`.
    pub maintenance: Option<Maintenance>,
    /// When `status` became `closed`.
    pub closed_at: Option<Moment>,
}

/// The review of one translation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Translation {
    /// The role, `role:editor-pt`.
    pub reviewed_by: Option<Text>,
    /// When, `2017-11-15`.
    pub reviewed_on: Option<Date>,
    /// The hash of each source text as it was translated, by field; written by `relato translate --mark-reviewed`.
    pub source_hashes: Map<Text>,
}

/// A document the record was made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Source {
    /// Unique in the file: letters, digits, `-`.
    pub id: Option<Text>,
    /// Its title.
    pub title: Option<Text>,
    /// Its language, `pt-BR`.
    pub language: Option<Text>,
    /// Its address.
    pub url: Option<Text>,
}

/// A finding that the organisation accepts for a time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["rule"]))]
pub struct Waiver {
    /// The rule, `critical-shares-infrastructure`.
    pub rule: Option<Text>,
    /// The id of an impact, event, cause or action, `service:x` or `infra:x`; the whole file unless given.
    pub target: Option<Text>,
    /// Why.
    pub reason: Option<Localized>,
    /// The role that agreed.
    pub approved_by: Option<Text>,
    /// Until when, `2026-06-30`.
    pub until: Option<Date>,
}

/// A review held about the incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Review {
    /// When, `2026-03-02`.
    pub date: Option<Date>,
    /// By whom, `role:review-board`.
    pub by: Option<Text>,
    /// What was decided.
    pub decision: Option<Localized>,
}

/// Announced work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Maintenance {
    /// When it was announced.
    pub announced_at: Option<Moment>,
    /// The window that was announced.
    pub window: Option<Window>,
    /// Ids of the services it was announced for.
    pub services: List<Text>,
}

/// From when until when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Window {
    /// Its start.
    pub from: Option<Moment>,
    /// Its end.
    pub to: Option<Moment>,
}

impl Incident {
    /// The incident, and what is wrong with its fields. `stem` is the file's name without its ending, which stands in
    /// for an id that is missing or none.
    pub(super) fn read(self, reader: &mut Reader<'_>, stem: &str) -> model::Incident {
        let top = &Path::TOP;
        let source_language = filled(self.source_language);
        if let Some(tag) = &source_language {
            reader.configured_language(&top.key("source_language"), tag);
            reader.source_language.clone_from(tag);
        }
        reader.zone = reader.zone(top, "timezone", self.timezone);
        let id = incident_id(filled(self.id), reader, stem);
        let title = reader.localized(top, "title", self.title).unwrap_or_else(|| {
            reader.missing(top, "title");
            model::Localized::default()
        });
        if self.status.is_none() {
            reader.missing(top, "status");
        }
        let status = reader.word(top, "status", self.status).unwrap_or(Status::Open);
        let incident = model::Incident {
            id,
            kind: reader.word(top, "kind", self.kind).unwrap_or(IncidentKind::Incident),
            status,
            severity: filled(self.severity),
            zone: reader.zone,
            source_language,
            title,
            summary: reader.localized(top, "summary", self.summary),
            internal_summary: reader.localized(top, "internal_summary", self.internal_summary),
            author_public: self.author_public.is_some_and(|yes| yes.0),
            impacts: reader.each(top, "impacts", self.impacts, Impact::read),
            unaffected: reader.texts(top, "unaffected", self.unaffected),
            timeline: reader.each(top, "timeline", self.timeline, Event::read),
            causes: reader.each(top, "causes", self.causes, Cause::read),
            actions: reader.each(top, "actions", self.actions, Action::read),
            lessons: reader.all_localized(top, "lessons", self.lessons),
            comms: reader.each(top, "comms", self.comms, Post::read),
            regulatory: reader.part(top, "regulatory", self.regulatory, Regulation::read).unwrap_or_default(),
            translation: reader.entries(top, "translation", self.translation, Translation::read),
            sources: reader.each(top, "sources", self.sources, Source::read),
            waivers: reader.each(top, "waivers", self.waivers, Waiver::read),
            same_cause_as: reader.texts(top, "same_cause_as", self.same_cause_as),
            public_numbers: reader.texts(top, "public_numbers", self.public_numbers),
            reviews: reader.each(top, "reviews", self.reviews, |review, reader, at| model::Review {
                date: reader.date(at, "date", review.date),
                by: filled(review.by),
                decision: reader.localized(at, "decision", review.decision),
            }),
            maintenance: reader.part(top, "maintenance", self.maintenance, Maintenance::read),
            closed_at: reader.point(top, "closed_at", self.closed_at),
        };
        reader.unique(top, "impacts", incident.impacts.iter().map(|impact| impact.id.as_str()));
        reader.unique(top, "timeline", incident.timeline.iter().map(|event| event.id.as_str()));
        reader.unique(top, "causes", incident.causes.iter().map(|cause| cause.id.as_str()));
        reader.unique(top, "actions", incident.actions.iter().map(|action| action.id.as_str()));
        reader.unique(top, "comms", incident.comms.iter().map(|post| post.id.as_str()));
        reader.unique(top, "sources", incident.sources.iter().map(|source| source.id.as_str()));
        incident
    }
}

impl Translation {
    fn read(language: String, written: Self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Translation {
        reader.language(at, &language);
        let hashes = written.source_hashes.0.into_iter();
        model::Translation {
            language,
            reviewed_by: filled(written.reviewed_by),
            reviewed_on: reader.date(at, "reviewed_on", written.reviewed_on),
            source_hashes: hashes.map(|(field, hash)| (field, hash.0)).collect(),
        }
    }
}

impl Source {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Source {
        let language = filled(self.language);
        if let Some(tag) = &language {
            reader.language(&at.key("language"), tag);
        }
        model::Source {
            id: reader.optional_id(at, "id", self.id),
            title: filled(self.title),
            language,
            url: filled(self.url),
        }
    }
}

impl Waiver {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Waiver {
        let rule = filled(self.rule).unwrap_or_else(|| {
            reader.missing(at, "rule");
            String::new()
        });
        model::Waiver {
            rule,
            target: filled(self.target),
            reason: reader.localized(at, "reason", self.reason),
            approved_by: filled(self.approved_by),
            until: reader.date(at, "until", self.until),
        }
    }
}

impl Maintenance {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Maintenance {
        let window = self.window.unwrap_or_default();
        let here = at.key("window");
        model::Maintenance {
            announced_at: reader.point(at, "announced_at", self.announced_at),
            from: reader.point(&here, "from", window.from),
            to: reader.point(&here, "to", window.to),
            services: reader.texts(at, "services", self.services),
        }
    }
}

fn incident_id(id: Option<String>, reader: &mut Reader<'_>, stem: &str) -> String {
    let Some(id) = id else {
        reader.missing(&Path::TOP, "id");
        return stem.to_owned();
    };
    let here = &Path::TOP.key("id");
    if !is_incident_id(&id) {
        let near = id.to_lowercase();
        let near = is_incident_id(&near).then_some(model::Near { sure: near == stem, word: near });
        reader.invalid(here, &id, ExpectedValue::IncidentId, near);
        return stem.to_owned();
    }
    if id != stem {
        reader.fault(here, model::FaultKind::IdIsNotFileName { id: id.clone(), stem: stem.to_owned() });
    }
    id
}

/// Lower case letters, digits, `-`; a date of the calendar first.
fn is_incident_id(id: &str) -> bool {
    let dated = id.split_at_checked(10).is_some_and(|(date, rest)| {
        time::read_date(date).is_some() && rest.strip_prefix('-').is_some_and(|rest| !rest.is_empty())
    });
    dated && is_id(id) && !id.bytes().any(|byte| byte.is_ascii_uppercase())
}
