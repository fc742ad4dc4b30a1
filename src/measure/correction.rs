//! Figures that the public was told and that no longer hold.

use super::{Measured, MeasuredImpact, Verdict};
use crate::{
    model::{Audience, Impact, Incident, PostState, Status},
    time::Span,
};

/// A figure of a public document that what is known now contradicts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correction<'a> {
    /// The id of the impact, as it was told; `None` for a figure of the whole incident.
    pub impact: Option<&'a str>,
    /// The position of the impact now; `None` when it is gone, and for the whole incident.
    pub position: Option<usize>,
    /// What was told, and what holds now.
    pub figure: Corrected,
}

/// What was told, and what holds now; `None` where nothing is known any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrected {
    /// Start to full recovery.
    Recover(Span, Option<Span>),
    /// Start to detection.
    Detect(Span, Option<Span>),
    /// Start to mitigation.
    Mitigate(Span, Option<Span>),
    /// The verdict on recovery, while recovery took as long as was told.
    Verdict(Verdict, Verdict),
    /// The length of the union of all impacts.
    CustomerImpact(Span, Option<Span>),
    /// There is no such impact any more.
    Gone,
}

/// The figures that were `told` and that what holds `now` contradicts, impact by impact; of figures that follow from one
/// another the first. What is known more exactly than it was told, or was not told, contradicts nothing: 5 to 6 hours
/// became 5 h 30 min; it was going on and is over.
pub fn corrections<'a>(told: (&'a Incident, &Measured), now: (&Incident, &Measured)) -> Vec<Correction<'a>> {
    let mut found = Vec::new();
    for (impact, was) in told.0.impacts.iter().zip(&told.1.impacts) {
        let name = Some(impact.id.as_str());
        let Some(position) = counterpart(impact, told.0, now.0) else {
            found.push(Correction { impact: name, position: None, figure: Corrected::Gone });
            continue;
        };
        let Some(is) = now.1.impacts.get(position) else { continue };
        let figures = of_impact(was, is);
        found.extend(figures.map(|figure| Correction { impact: name, position: Some(position), figure }));
    }
    if found.is_empty()
        && let Some(span) = broken(told.1.customer_impact, now.1.customer_impact)
    {
        let figure = Corrected::CustomerImpact(span, now.1.customer_impact);
        found.push(Correction { impact: None, position: None, figure });
    }
    found
}

/// Whether the figures of an incident are known to the public: it was reviewed, or its postmortem was posted.
pub fn is_published(incident: &Incident) -> bool {
    let posted = incident
        .comms
        .iter()
        .any(|post| post.audience == Audience::Public && post.state == Some(PostState::Postmortem));
    posted || matches!(incident.status, Status::Reviewed | Status::Closed)
}

/// Whether `after` has a public post that `before` had not, which may tell what was corrected.
pub fn has_new_post(before: &Incident, after: &Incident) -> bool {
    let posts = |incident: &Incident| {
        let public = incident.comms.iter().filter(|post| post.audience == Audience::Public);
        post_names(public.map(|post| post.id.as_str()))
    };
    let known = posts(before);
    posts(after).iter().any(|post| !known.contains(post))
}

/// What posts are known by: their ids; those that have none by their number.
pub fn post_names<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut unnamed = 0;
    ids.map(|id| match id {
        "" => {
            unnamed += 1;
            format!("#{unnamed}")
        }
        id => id.to_owned(),
    })
    .collect()
}

/// The same impact among those of now: of the same id; of the same service where an id has changed, and no other is
/// meant.
fn counterpart(impact: &Impact, told: &Incident, now: &Incident) -> Option<usize> {
    if let Some(position) = now.impacts.iter().position(|it| it.id == impact.id) {
        return Some(position);
    }
    let mut renamed = now.impacts.iter().enumerate().filter(|(_, it)| {
        it.service == impact.service && !told.impacts.iter().any(|known| known.id == it.id)
    });
    renamed.next().filter(|_| renamed.next().is_none()).map(|(position, _)| position)
}

fn of_impact(was: &MeasuredImpact, is: &MeasuredImpact) -> impl Iterator<Item = Corrected> {
    let recover = broken(was.ttr, is.ttr).map(|span| Corrected::Recover(span, is.ttr));
    let detect = broken(was.ttd, is.ttd).map(|span| Corrected::Detect(span, is.ttd));
    let mitigate = broken(was.ttm, is.ttm).map(|span| Corrected::Mitigate(span, is.ttm));
    let was_judged = matches!(was.verdict, Verdict::Met | Verdict::Breached);
    let verdict =
        (was_judged && was.verdict != is.verdict).then_some(Corrected::Verdict(was.verdict, is.verdict));
    recover.or(mitigate).or(verdict).into_iter().chain(detect)
}

/// The length that was told, when it does not allow every length that is possible now.
fn broken(told: Option<Span>, now: Option<Span>) -> Option<Span> {
    let told = told.filter(|told| !told.is_unknown())?;
    let holds = now.is_some_and(|now| {
        let below = told.max.is_none_or(|most| now.max.is_some_and(|max| max <= most));
        now.min >= told.min && below
    });
    (!holds).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_more_exactly_contradicts_nothing() {
        let (exact, between, least) = (Span::exact(600), Span::between(300, 900), Span::at_least(300));
        for (told, now, holds) in [
            (Some(exact), Some(exact), true),
            (Some(between), Some(exact), true),
            (Some(least), Some(between), true),
            (None, Some(exact), true),
            (Some(Span::UNKNOWN), None, true),
            (Some(exact), Some(Span::exact(660)), false),
            (Some(exact), Some(between), false),
            (Some(between), Some(least), false),
            (Some(exact), None, false),
            (Some(between), Some(Span::between(200, 600)), false),
        ] {
            assert_eq!(broken(told, now), told.filter(|_| !holds), "{told:?} {now:?}");
        }
    }
}
