//! Figures of an incident that differ between two states of the workspace, and the fields that moved them.

use std::collections::HashMap;

use crate::{
    locate::Field,
    measure::{Measured, MeasuredImpact, Verdict},
    model::{Catalogue, Impact, Incident, Service},
    time::Span,
};

/// One state of an incident.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// Its measures.
    pub measured: &'a Measured,
    /// The catalogue it is measured by.
    pub catalogue: &'a Catalogue,
}

/// What was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Start to detection.
    Detect,
    /// Detection to acknowledgement.
    Acknowledge,
    /// Start to mitigation.
    Mitigate,
    /// Start to full recovery.
    Recover,
    /// The verdict on recovery.
    Verdict,
    /// The class in force.
    Class,
    /// The length of the union of all impacts.
    CustomerImpact,
}

impl Figure {
    /// Its word in the JSON contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Detect => "ttd",
            Self::Acknowledge => "tta",
            Self::Mitigate => "ttm",
            Self::Recover => "ttr",
            Self::Verdict => "verdict",
            Self::Class => "class",
            Self::CustomerImpact => "customer_impact",
        }
    }
}

/// What a figure is.
#[derive(Clone, Debug, PartialEq)]
pub enum Worth {
    /// A length.
    Span(Span),
    /// A verdict.
    Verdict(Verdict),
    /// The key of a class.
    Class(String),
}

/// One figure that moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The impact's id; `None` for a figure of the whole incident.
    pub impact: Option<String>,
    /// Which figure.
    pub figure: Figure,
    /// What it was; `None` when nothing was known, or the impact was not there.
    pub before: Option<Worth>,
    /// What it is.
    pub after: Option<Worth>,
    /// The fields that it depends on and that changed.
    pub because: Vec<Because>,
}

/// A field that moved a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// A field of the incident's file: its place before and after; `None` where the impact was not there.
    Field {
        /// The field by the ids in it: `impacts.checkout.recovered`.
        name: String,
        /// Where it stood.
        before: Option<Field>,
        /// Where it stands.
        after: Option<Field>,
    },
    /// The catalogue's classes of this service.
    Classes(String),
}

/// The figures that differ, impact by impact in the order of the later file, those of the whole incident last.
pub fn moved(before: &Standing<'_>, after: &Standing<'_>) -> Vec<Moved> {
    let old = of_impacts(before);
    let new = of_impacts(after);
    let ids = after.incident.impacts.iter().map(|impact| impact.id.as_str());
    let gone = before.incident.impacts.iter().map(|impact| impact.id.as_str());
    let mut moved = Vec::new();
    for id in ids.chain(gone.filter(|id| !new.contains_key(id))) {
        let (old, new) = (old.get(id).copied(), new.get(id).copied());
        let changed = changed(id, old, new, before, after);
        for figure in [
            Figure::Class,
            Figure::Detect,
            Figure::Acknowledge,
            Figure::Mitigate,
            Figure::Recover,
            Figure::Verdict,
        ] {
            let (was, is) = (old.and_then(|it| worth(figure, it.2)), new.and_then(|it| worth(figure, it.2)));
            if was != is {
                let because = changed.iter().filter(|(_, moves)| moves.contains(&figure));
                moved.push(Moved {
                    impact: Some(id.to_owned()),
                    figure,
                    before: was,
                    after: is,
                    because: because.map(|(because, _)| because.clone()).collect(),
                });
            }
        }
    }
    let whole = |standing: &Standing<'_>| standing.measured.customer_impact.map(Worth::Span);
    if whole(before) != whole(after) {
        moved.push(Moved {
            impact: None,
            figure: Figure::CustomerImpact,
            before: whole(before),
            after: whole(after),
            because: Vec::new(),
        });
    }
    moved
}

type Place<'a> = (usize, &'a Impact, &'a MeasuredImpact);

fn of_impacts<'a>(standing: &Standing<'a>) -> HashMap<&'a str, Place<'a>> {
    let impacts = standing.incident.impacts.iter().zip(&standing.measured.impacts).enumerate();
    impacts.map(|(at, (impact, measured))| (impact.id.as_str(), (at, impact, measured))).collect()
}

fn worth(figure: Figure, measured: &MeasuredImpact) -> Option<Worth> {
    match figure {
        Figure::Detect => measured.ttd.map(Worth::Span),
        Figure::Acknowledge => measured.tta.map(Worth::Span),
        Figure::Mitigate => measured.ttm.map(Worth::Span),
        Figure::Recover => measured.ttr.map(Worth::Span),
        Figure::Verdict => Some(Worth::Verdict(measured.verdict)),
        Figure::Class => measured.class.clone().map(Worth::Class),
        Figure::CustomerImpact => None,
    }
}

/// The fields of one impact, and of what it is measured by, that changed, with the figures that each may move.
fn changed(
    id: &str,
    old: Option<Place<'_>>,
    new: Option<Place<'_>>,
    before: &Standing<'_>,
    after: &Standing<'_>,
) -> Vec<(Because, &'static [Figure])> {
    use Figure::{Acknowledge, Class, Detect, Mitigate, Recover, Verdict};
    const ALL: &[Figure] = &[Detect, Acknowledge, Mitigate, Recover, Verdict, Class];
    let place = |it: Option<Place<'_>>| it.map(|(at, ..)| Field::of("impacts").at(at));
    let (from, to) = (place(old), place(new));
    let mut found = Vec::new();
    let (Some((_, was, _)), Some((_, is, _))) = (old, new) else {
        found.push((Because::Field { name: format!("impacts.{id}"), before: from, after: to }, ALL));
        return found;
    };
    let key = |name: &'static str| Because::Field {
        name: format!("impacts.{id}.{name}"),
        before: from.clone().map(|field| field.key(name)),
        after: to.clone().map(|field| field.key(name)),
    };
    let fields: [(&'static str, bool, &'static [Figure]); 11] = [
        ("started", was.started != is.started, &[Detect, Mitigate, Recover, Verdict, Class]),
        ("detected", was.detected != is.detected, &[Detect, Acknowledge]),
        ("predetected", was.predetected != is.predetected, &[Detect]),
        ("acknowledged", was.acknowledged != is.acknowledged, &[Acknowledge]),
        ("mitigated", was.mitigated != is.mitigated, &[Mitigate, Recover, Verdict]),
        ("recovered", was.recovered != is.recovered, &[Mitigate, Recover, Verdict]),
        ("stated", was.stated != is.stated, &[Detect, Mitigate, Recover, Verdict]),
        ("segments", was.segments != is.segments, &[Detect, Mitigate, Recover, Verdict]),
        ("residual", was.residual != is.residual, &[Recover, Verdict]),
        ("level", was.level != is.level, &[Verdict]),
        ("service", was.service != is.service, &[Class, Verdict]),
    ];
    found.extend(
        fields.into_iter().filter(|(_, changed, _)| *changed).map(|(name, _, moves)| (key(name), moves)),
    );
    if was.class != is.class {
        found.push((key("class"), &[Class, Verdict]));
    }
    let top = |name: &'static str| Because::Field {
        name: name.to_owned(),
        before: Some(Field::of(name)),
        after: Some(Field::of(name)),
    };
    let (a, b) = (before.incident, after.incident);
    for (name, changed) in [
        ("status", a.status.is_ongoing() != b.status.is_ongoing()),
        ("kind", a.kind != b.kind),
        ("timezone", a.zone != b.zone),
        ("maintenance", a.maintenance != b.maintenance),
    ] {
        if changed {
            found.push((top(name), ALL));
        }
    }
    let classes = |standing: &Standing<'_>| -> Option<Vec<_>> {
        standing.catalogue.service(&is.service).map(|service: &Service| service.classes.clone())
    };
    if classes(before) != classes(after) {
        found.push((Because::Classes(is.service.clone()), &[Class, Verdict]));
    }
    found
}
