//! What a ticket says of an action, as wishes.

use super::{Wish, wish::Part};
use crate::{
    finding::Words,
    model::{Action, ActionStatus, Due},
    time::{Date, Zone},
    tracker::{System, Ticket, TicketState},
};

/// What a ticket means for the action that points at it.
#[derive(Clone, Debug, PartialEq)]
pub enum Followed {
    /// Both say the same, or the file knows more.
    Same,
    /// The file is to be changed so.
    Change(Vec<Wish>),
    /// They disagree, and someone must decide: what is so, and what to run.
    ByHand {
        /// What is so.
        why: Words,
        /// What to do.
        help: Words,
    },
}

/// What `ticket` means for `action`, which `name` names. States follow the ticket; a due date is someone's promise, and does
/// not. `today` stands in for a day of closing that the export does not tell.
pub fn follow_ticket(
    name: &str,
    action: &Action,
    ticket: &Ticket,
    system: System,
    zone: &Zone,
    today: Date,
) -> Followed {
    let key = &ticket.key;
    let here = action.status;
    let set = |status: ActionStatus| Followed::Change(vec![Wish::text("status", status.word())]);
    match ticket.state {
        TicketState::Done if here.is_done() => Followed::Same,
        TicketState::Done if here.is_withdrawn() => disagree(name, here, ticket),
        TicketState::Done => {
            let closed = ticket.closed.map_or(today, |closed| closed.date(zone)).to_string();
            let mut wishes = vec![Wish::text("status", "done"), Wish::text("done_on", &closed)];
            // the ticket shows it where nothing else does
            if action.evidence.is_empty() {
                let place = ticket.url.clone().unwrap_or_else(|| format!("{}:{key}", system.word()));
                wishes.push(Wish::record(
                    "evidence",
                    &[("kind", "document"), ("ref", &place), ("date", &closed)],
                ));
            }
            Followed::Change(wishes)
        }
        TicketState::Dropped if here.is_withdrawn() => Followed::Same,
        TicketState::Dropped if here.is_done() => disagree(name, here, ticket),
        TicketState::Dropped => {
            let to = if here == ActionStatus::Proposed { "wont_do" } else { "cancelled" };
            Followed::ByHand {
                why: (
                    format!("{name}: {key} was closed without being done ({})", ticket.said),
                    format!("{name}: {key} foi fechado sem ser feito ({})", ticket.said),
                )
                    .into(),
                help: (
                    format!("say why, and who agreed: `relato actions set {name} status={to} reason=… approved_by=role:…`"),
                    format!("diga por quê e quem concordou: `relato actions set {name} status={to} reason=… approved_by=role:…`"),
                )
                    .into(),
            }
        }
        _ if here.is_done() || here.is_withdrawn() => disagree(name, here, ticket),
        TicketState::InProgress if here != ActionStatus::InProgress => set(ActionStatus::InProgress),
        TicketState::Blocked if here != ActionStatus::Blocked => set(ActionStatus::Blocked),
        TicketState::InProgress | TicketState::Blocked | TicketState::Open => due(name, action, ticket),
    }
}

/// A due date that differs is told, and stays.
fn due(name: &str, action: &Action, ticket: &Ticket) -> Followed {
    let here = action.due.as_ref().and_then(Due::date);
    match (here, ticket.due) {
        (here, Some(there)) if here != Some(there) => {
            let written = here.map_or_else(|| "null".to_owned(), |date| date.to_string());
            Followed::ByHand {
                why: (
                    format!("{name}: due {written} here, {there} in {}", ticket.key),
                    format!("{name}: prazo {written} aqui, {there} em {}", ticket.key),
                )
                    .into(),
                help: (
                    format!("`relato actions set {name} due={there} reason=…`, or correct the ticket"),
                    format!("`relato actions set {name} due={there} reason=…`, ou corrija o chamado"),
                )
                    .into(),
            }
        }
        _ => Followed::Same,
    }
}

fn disagree(name: &str, here: ActionStatus, ticket: &Ticket) -> Followed {
    let (key, here) = (&ticket.key, here.word());
    Followed::ByHand {
        why: (
            format!("{name} is `{here}`, and {key} is not ({})", ticket.said),
            format!("{name} está como `{here}`, e {key} não ({})", ticket.said),
        )
            .into(),
        help: (
            "the file is the record: correct the ticket, or open the action again",
            "o arquivo é o registro: corrija o chamado ou reabra a ação",
        )
            .into(),
    }
}

impl Wish {
    fn plain(key: &str, given: super::Given) -> Self {
        Self { key: key.to_owned(), path: vec![Part::Name(key.to_owned())], adds: false, given }
    }

    fn text(key: &str, text: &str) -> Self {
        Self::plain(key, super::Given::Text(text.to_owned()))
    }

    fn record(key: &str, pairs: &[(&str, &str)]) -> Self {
        let pair =
            |(key, text): &(&str, &str)| ((*key).to_owned(), crate::edit::Value::Text((*text).to_owned()));
        Self::plain(
            key,
            super::Given::Structure(crate::edit::Value::Record(pairs.iter().map(pair).collect())),
        )
    }
}
