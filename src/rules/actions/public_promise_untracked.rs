//! `public-promise-untracked`: what was promised in public is owed in public.

use std::collections::HashMap;

use crate::{
    locate::Field,
    model::{Action, ActionStatus, Audience, Incident, Post},
    rules::{
        Case, called,
        rule::rule,
        sentence::{sentence, words},
        sink::Sink,
    },
    time::{Date, Zone},
};

rule! {
    /// # Promised in public, and not on its way
    ///
    /// Each action that a public post names under `commitments` is more than `proposed`: somebody accepted it. One that was
    /// dropped after that is taken back in public, too: a public post is dated on or after the day it was dropped. (That the
    /// action is there at all is what `reference-unknown` looks at.)
    ///
    /// ## Why
    ///
    /// VTEX published eleven promises, Productsup a third fix for the week after. Readers remember; a list of actions that
    /// nobody accepted does not.
    ///
    /// ## Fires
    ///
    /// ```yaml comms[0].commitments[0]
    /// actions:
    ///   - {id: A1, title: {en: Separate the queues, pt-BR: Separar as filas}, type: prevent, status: proposed, addresses: [c1]}
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T12:00Z, state: postmortem, audience: public, commitments: [A1], apology: true}
    /// ```
    /// > `p1` promises `A1` in public, but nobody has accepted it
    /// > `p1` promete `A1` em público, mas ninguém a aceitou
    ///
    /// ```yaml comms[0].commitments[0]
    /// actions:
    ///   - {id: A1, title: {en: Separate the queues, pt-BR: Separar as filas}, type: prevent, status: cancelled, reason: {en: Too dear., pt-BR: Caro demais.}, approved_by: role:head, date: 2026-03-20, addresses: [c1]}
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T12:00Z, state: postmortem, audience: public, commitments: [A1], apology: true}
    /// ```
    /// > `p1` promises `A1` in public; it was dropped, and no public post says so
    /// > `p1` promete `A1` em público; ela foi descartada, e nenhuma publicação diz isso
    ///
    /// ## Silent
    ///
    /// ```yaml
    /// comms:
    ///   - {id: p1, channel: status_page, at: 2026-03-02T12:00Z, state: postmortem, audience: public, commitments: [A1], apology: true}
    /// ```
    ///
    /// ## Fix
    ///
    /// Accept the action, with an owner and a date, or take the promise back in public.
    ///
    /// # Prometida em público, mas sem andamento
    ///
    /// Cada ação que uma publicação cita em `commitments` já passou de `proposed`: alguém a aceitou. A que foi descartada
    /// depois também é retirada em público: há uma publicação no dia em que foi descartada, ou depois. (Se a ação existe é
    /// o que `reference-unknown` verifica.)
    ///
    /// ## Por quê
    ///
    /// A VTEX publicou onze promessas; a Productsup, uma terceira correção para a semana seguinte. Os leitores se lembram; uma
    /// lista de ações que ninguém aceitou, não.
    ///
    /// ## Correção
    ///
    /// Aceite a ação, com responsável e prazo, ou retire a promessa em público.
    "public-promise-untracked": Error Completeness
}

fn check(case: &Case<'_>, out: &mut Sink) {
    for judged in case.incidents {
        let incident = judged.incident;
        let public = |post: &&Post| post.audience == Audience::Public;
        if !incident.comms.iter().any(|post| public(&post) && !post.commitments.is_empty()) {
            continue;
        }
        let actions: HashMap<&str, &Action> =
            incident.actions.iter().map(|action| (action.id.as_str(), action)).collect();
        let last = last_public_day(incident, judged.zone(case));
        for (i, post) in incident.comms.iter().enumerate().filter(|(_, post)| public(post)) {
            for (j, id) in post.commitments.iter().enumerate() {
                let Some(action) = actions.get(id.as_str()) else { continue };
                let here = Field::of("comms").at(i);
                let values = (called(&post.id, &here), id.as_str());
                let sentence = if action.status == ActionStatus::Proposed {
                    sentence! { post = values.0, action = values.1 =>
                        "`{post}` promises `{action}` in public, but nobody has accepted it",
                        "`{post}` promete `{action}` em público, mas ninguém a aceitou"
                    }
                } else if dropped_since(action, last) {
                    sentence! { post = values.0, action = values.1 =>
                        "`{post}` promises `{action}` in public; it was dropped, and no public post says so",
                        "`{post}` promete `{action}` em público; ela foi descartada, e nenhuma publicação diz isso"
                    }
                } else {
                    continue;
                };
                out.find(judged, here.key("commitments").at(j), sentence).help = words! {
                    "accept it, with an owner and a date, or take the promise back in public",
                    "aceite-a, com responsável e prazo, ou retire a promessa em público"
                };
            }
        }
    }
}

/// The day of the last public post, at the latest that it can have been; `None` when one may have followed at any time.
fn last_public_day(incident: &Incident, zone: Zone) -> Option<Date> {
    let posts = incident.comms.iter().filter(|post| post.audience == Audience::Public);
    let moments = posts.map(|post| post.at.as_ref().and_then(|at| at.interval().latest));
    let days: Option<Vec<Date>> = moments.map(|at| at.map(|at| zone.date(at))).collect();
    days?.into_iter().max()
}

/// The action was dropped, and surely no public post followed. Without a date nobody can tell.
fn dropped_since(action: &Action, last_post: Option<Date>) -> bool {
    let dropped = action.withdrawal.as_ref().and_then(|withdrawal| withdrawal.date);
    action.status.is_withdrawn() && dropped.zip(last_post).is_some_and(|(dropped, last)| last < dropped)
}
