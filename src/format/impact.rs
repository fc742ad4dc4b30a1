//! `impacts[]`: what one service's users went through, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    collection::List,
    reader::{End, Reader, filled},
    scalar::{Count, Date, Localized, Moment, Percent, StatedLength, Text, Word, YesNo},
};
use crate::{
    locate::Path,
    model::{self, Level},
};

/// One service hit by the incident, with its own moments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
#[schemars(extend("required" = ["service"]))]
pub struct Impact {
    /// Unique in the file: letters, digits, `-`. The service unless given.
    pub id: Option<Text>,
    /// The service, by its id in `services.yaml`.
    pub service: Option<Text>,
    /// The service class, `critical` or `non-critical`; only while there is no `services.yaml`.
    pub class: Option<Text>,
    /// What users noticed; `down` unless given.
    pub level: Option<Word<Level>>,
    /// Who notices what, for readers.
    pub scope: Option<Localized>,
    /// The first instant at which users got less than normal service.
    pub started: Option<Moment>,
    /// The first signal that reached anyone, understood or not.
    pub first_signal: Option<Moment>,
    /// The first instant at which the organisation knew that this service was affected.
    pub detected: Option<Moment>,
    /// When a first responder took ownership.
    pub acknowledged: Option<Moment>,
    /// When the impact became materially smaller, not yet over.
    pub mitigated: Option<Moment>,
    /// When service was back at the level before the incident for all affected users; `open` while it is not.
    pub recovered: Option<Moment>,
    /// Evidence, from the users' side, that recovery holds.
    pub verified: Option<Verification>,
    /// Lengths that the source states without end points, from the start of the impact.
    pub stated: Option<StatedLengths>,
    /// The parts of the impact, only if it paused and returned within `policy.reopen_window`.
    pub segments: List<Segment>,
    /// The service recovered before anyone knew.
    pub self_recovered: Option<YesNo>,
    /// The organisation knew before users were hit.
    pub predetected: Option<YesNo>,
    /// How many users were hit.
    pub users: Option<Users>,
    /// How it was noticed.
    pub detection: Option<Detection>,
    /// The id of the timeline event that caused this impact, a response step for example.
    pub caused_by: Option<Text>,
    /// Work that piled up.
    pub backlog: Option<Backlog>,
    /// What happened to data.
    pub data: Option<Data>,
    /// What is still missing, accepted by whom, until when.
    pub residual: Option<Residual>,
    /// Uses through which users were hit.
    pub via: List<Via>,
}

/// Evidence that recovery holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Verification {
    /// When it was seen.
    pub at: Option<Moment>,
    /// The measurement, `imports_per_minute`.
    pub signal: Option<Text>,
    /// Where the measurement comes from, `monitor`.
    pub source: Option<Text>,
}

/// Lengths from the start of the impact that the source states without end points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct StatedLengths {
    /// Start to detection.
    pub detect: Option<StatedLength>,
    /// Start to mitigation.
    pub mitigate: Option<StatedLength>,
    /// Start to recovery.
    pub recover: Option<StatedLength>,
}

/// One uninterrupted part of the impact.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Segment {
    /// Its start.
    pub from: Option<Moment>,
    /// Its end; `open` while it lasts.
    pub to: Option<Moment>,
    /// Its level; the impact's unless given.
    pub level: Option<Word<Level>>,
}

/// How many users were hit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Users {
    /// How many.
    pub count: Option<Count>,
    /// Share of all users in percent, or `unknown`.
    pub percent: Option<Percent>,
    /// Share of the users in the European Union in percent, or `unknown`.
    pub eu_percent: Option<Percent>,
}

/// How the impact was noticed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Detection {
    /// Who noticed first.
    pub source: Option<Word<model::DetectionSource>>,
    /// What the monitoring did.
    pub monitoring: Option<Word<model::Monitoring>>,
    /// Whether the failure announced itself.
    pub failure_mode: Option<Word<model::FailureMode>>,
    /// The monitors concerned, by name.
    pub monitors: List<Text>,
    /// How many reports came from users.
    pub reports: Option<Count>,
}

/// Work that piled up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Backlog {
    /// Its size at the peak.
    pub size: Option<Count>,
    /// When it was worked off.
    pub drained_at: Option<Moment>,
    /// Whether any of it was dropped.
    pub dropped: Option<Word<model::Presence>>,
    /// Whether its order was kept.
    pub ordered: Option<YesNo>,
}

/// What happened to data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Data {
    /// Was any lost?
    pub loss: Option<Word<model::Presence>>,
    /// Was any altered?
    pub corruption: Option<Word<model::Presence>>,
    /// Is any lost for good?
    pub unrecoverable: Option<Word<model::Presence>>,
    /// Was personal data concerned?
    pub personal: Option<Word<model::Presence>>,
    /// The statement for readers.
    pub statement: Option<Localized>,
}

/// What stays missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Residual {
    /// What is still missing, for readers.
    pub text: Option<Localized>,
    /// The role that accepted it, `role:head-of-product`.
    pub accepted_by: Option<Text>,
    /// When it was accepted.
    pub accepted_at: Option<Moment>,
    /// Until when it may stay, `2023-01-31`.
    pub until: Option<Date>,
}

/// A use of the service through which users were hit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "expected:mapping")]
pub struct Via {
    /// The use, as the catalogue's `supported_uses` names it.
    #[serde(rename = "use")]
    pub used_for: Option<Text>,
    /// How many users.
    pub users: Option<Count>,
}

impl Impact {
    pub(super) fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Impact {
        let service = filled(self.service).unwrap_or_else(|| {
            reader.missing(at, "service");
            String::new()
        });
        let id = match filled(self.id) {
            Some(id) => {
                reader.id_shape(&at.key("id"), &id);
                id
            }
            None => service.clone(),
        };
        model::Impact {
            id,
            service,
            class: filled(self.class),
            level: reader.word(at, "level", self.level).unwrap_or(Level::Down),
            scope: reader.localized(at, "scope", self.scope),
            started: reader.point(at, "started", self.started),
            first_signal: reader.point(at, "first_signal", self.first_signal),
            detected: reader.point(at, "detected", self.detected),
            acknowledged: reader.point(at, "acknowledged", self.acknowledged),
            mitigated: reader.point(at, "mitigated", self.mitigated),
            recovered: reader.moment(at, "recovered", End::MayBeOpen, self.recovered),
            verified: reader.part(at, "verified", self.verified, Verification::read),
            stated: reader.part(at, "stated", self.stated, StatedLengths::read).unwrap_or_default(),
            segments: reader.each(at, "segments", self.segments, Segment::read),
            self_recovered: self.self_recovered.is_some_and(|yes| yes.0),
            predetected: self.predetected.is_some_and(|yes| yes.0),
            users: reader.part(at, "users", self.users, Users::read),
            detection: reader.part(at, "detection", self.detection, Detection::read),
            caused_by: filled(self.caused_by),
            backlog: reader.part(at, "backlog", self.backlog, Backlog::read),
            data: reader.part(at, "data", self.data, Data::read),
            residual: reader.part(at, "residual", self.residual, Residual::read),
            via: reader.each(at, "via", self.via, Via::read),
        }
    }
}

impl Verification {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Verification {
        model::Verification {
            at: reader.point(at, "at", self.at),
            signal: filled(self.signal),
            source: filled(self.source),
        }
    }
}

impl StatedLengths {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::StatedLengths {
        model::StatedLengths {
            detect: reader.stated(at, "detect", self.detect),
            mitigate: reader.stated(at, "mitigate", self.mitigate),
            recover: reader.stated(at, "recover", self.recover),
        }
    }
}

impl Segment {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Segment {
        model::Segment {
            from: reader.point(at, "from", self.from),
            to: reader.moment(at, "to", End::MayBeOpen, self.to),
            level: reader.word(at, "level", self.level),
        }
    }
}

impl Users {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Users {
        model::Users {
            count: reader.count(at, "count", self.count),
            percent: reader.percent(at, "percent", self.percent),
            eu_percent: reader.percent(at, "eu_percent", self.eu_percent),
        }
    }
}

impl Detection {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Detection {
        model::Detection {
            source: reader.word(at, "source", self.source),
            monitoring: reader.word(at, "monitoring", self.monitoring),
            failure_mode: reader.word(at, "failure_mode", self.failure_mode),
            monitors: reader.texts(at, "monitors", self.monitors),
            reports: reader.count(at, "reports", self.reports),
        }
    }
}

impl Backlog {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Backlog {
        model::Backlog {
            size: reader.count(at, "size", self.size),
            drained_at: reader.point(at, "drained_at", self.drained_at),
            dropped: reader.word(at, "dropped", self.dropped),
            ordered: self.ordered.map(|yes| yes.0),
        }
    }
}

impl Data {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Data {
        model::Data {
            loss: reader.word(at, "loss", self.loss),
            corruption: reader.word(at, "corruption", self.corruption),
            unrecoverable: reader.word(at, "unrecoverable", self.unrecoverable),
            personal: reader.word(at, "personal", self.personal),
            statement: reader.localized(at, "statement", self.statement),
        }
    }
}

impl Residual {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Residual {
        model::Residual {
            text: reader.localized(at, "text", self.text),
            accepted_by: filled(self.accepted_by),
            accepted_at: reader.point(at, "accepted_at", self.accepted_at),
            until: reader.date(at, "until", self.until),
        }
    }
}

impl Via {
    fn read(self, reader: &mut Reader<'_>, at: &Path<'_>) -> model::Via {
        let used_for = filled(self.used_for).unwrap_or_else(|| {
            reader.missing(at, "use");
            String::new()
        });
        model::Via { used_for, users: reader.count(at, "users", self.users) }
    }
}
