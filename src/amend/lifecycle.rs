//! How an action may move from state to state (actions: *Lifecycle*).

use super::{Refused, listed};
use crate::model::{Action, ActionStatus, ActionType, Due, EvidenceKind, Priority};

/// What an action will have once all that was asked for is set.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct After<'a> {
    /// The keys of the action that are set to something.
    pub(super) set: &'a [&'a str],
    /// The due date is set to a day.
    pub(super) due: bool,
    /// Who verified it, if that is set.
    pub(super) verified_by: Option<&'a str>,
    /// The kinds of evidence that are added.
    pub(super) evidence: &'a [EvidenceKind],
}

/// Whether the move is allowed, and everything is there that the new state asks for.
pub(super) fn check(action: &Action, to: ActionStatus, after: &After<'_>) -> Result<(), Refused> {
    let from = action.status;
    if from == to {
        return Ok(());
    }
    let id = &action.id;
    if !leads(from, to) {
        return Err(no_way(id, from, to));
    }
    let has = |key: &str, there: bool| there || after.set.contains(&key);
    if from == ActionStatus::Proposed && !to.is_withdrawn() {
        let due = action.due.as_ref().and_then(Due::date).is_some() && !after.set.contains(&"due");
        let texts =
            |text: &Option<crate::model::Localized>| text.as_ref().is_some_and(|text| !text.is_blank());
        let lacking: Vec<&str> = [
            ("owner", has("owner", action.owner.is_some())),
            ("due", due || after.due),
            ("done_when", has("done_when", texts(&action.done_when))),
            ("addresses", has("addresses", !action.addresses.is_empty())),
            ("priority", has("priority", action.priority.is_some())),
        ]
        .into_iter()
        .filter_map(|(key, there)| (!there).then_some(key))
        .collect();
        if !lacking.is_empty() {
            return Err(lacks(id, to, &lacking));
        }
    }
    match to {
        ActionStatus::Done if action.evidence.is_empty() && !has("evidence", false) => {
            Err(lacks(id, to, &["evidence"]))
        }
        ActionStatus::Verified => verified(action, after),
        ActionStatus::Cancelled | ActionStatus::WontDo => {
            let given = action.withdrawal.as_ref();
            let lacking: Vec<&str> = [
                ("reason", has("reason", given.is_some_and(|given| !given.reason.is_blank()))),
                ("approved_by", has("approved_by", given.is_some_and(|given| given.approved_by.is_some()))),
            ]
            .into_iter()
            .filter_map(|(key, there)| (!there).then_some(key))
            .collect();
            if lacking.is_empty() { Ok(()) } else { Err(lacks(id, to, &lacking)) }
        }
        _ => Ok(()),
    }
}

/// An urgent one needs a second pair of eyes, and what prevents or detects a proof that it does.
fn verified(action: &Action, after: &After<'_>) -> Result<(), Refused> {
    if !matches!(action.priority, Some(Priority::P0 | Priority::P1)) {
        return Ok(());
    }
    let id = &action.id;
    let there = action.verified.as_ref().and_then(|verified| verified.by.as_deref());
    match after.verified_by.or(there) {
        None => return Err(lacks(id, ActionStatus::Verified, &["verified"])),
        Some(by) if action.owner.as_deref() == Some(by) => {
            return Err(Refused::new(
                (
                    format!("`{id}` cannot be verified by its owner, `{by}`"),
                    format!("`{id}` não pode ser verificada pelo próprio responsável, `{by}`"),
                ),
                (
                    "let another role look, and add `verified=role:…`",
                    "peça a outro papel que confira e acrescente `verified=role:…`",
                ),
            ));
        }
        Some(_) => {}
    }
    let shows = |kind: &EvidenceKind| matches!(kind, EvidenceKind::Drill | EvidenceKind::Alert);
    let shown =
        action.evidence.iter().filter_map(|evidence| evidence.kind.as_ref()).chain(after.evidence).any(shows);
    if matches!(action.kind, Some(ActionType::Prevent | ActionType::Detect)) && !shown {
        return Err(Refused::new(
            (
                format!("nothing shows yet that `{id}` has an effect"),
                format!("nada mostra ainda que `{id}` surte efeito"),
            ),
            (
                "add the drill, or the alert that fired: `evidence=drill:…` or `evidence=alert:…`",
                "acrescente o ensaio, ou o alerta que disparou: `evidence=drill:…` ou `evidence=alert:…`",
            ),
        ));
    }
    Ok(())
}

fn leads(from: ActionStatus, to: ActionStatus) -> bool {
    use ActionStatus::{Accepted, Blocked, Cancelled, Done, InProgress, Proposed, Verified, WontDo};
    match from {
        Proposed => matches!(to, Accepted | InProgress | Blocked | Done | WontDo),
        Accepted | InProgress | Blocked => matches!(to, Accepted | InProgress | Blocked | Done | Cancelled),
        Done => matches!(to, Verified | Accepted | InProgress),
        Verified => matches!(to, Accepted | InProgress),
        Cancelled | WontDo => false,
    }
}

fn no_way(id: &str, from: ActionStatus, to: ActionStatus) -> Refused {
    use ActionStatus::{Cancelled, Proposed, Verified, WontDo};
    let message = (
        format!("`{id}` is `{}`: no way leads from there to `{}`", from.word(), to.word()),
        format!("`{id}` está como `{}`: dali não se chega a `{}`", from.word(), to.word()),
    );
    match (from, to) {
        (Cancelled | WontDo, _) => Refused::new(
            message,
            (
                "write a new action with `relato actions add`; an id is never used again",
                "escreva outra ação com `relato actions add`; um id nunca é reaproveitado",
            ),
        ),
        (Proposed, Cancelled) => Refused::new(
            message,
            (
                "what was never accepted is not cancelled: write `status=wont_do`",
                "o que nunca foi aceito não se cancela: escreva `status=wont_do`",
            ),
        ),
        (_, WontDo) => Refused::new(
            message,
            (
                "what was accepted is cancelled: write `status=cancelled reason=… approved_by=role:…`",
                "o que foi aceito se cancela: escreva `status=cancelled reason=… approved_by=role:…`",
            ),
        ),
        (_, Verified) => Refused::new(
            message,
            (
                "it is done first: `status=done evidence=merge:…`",
                "primeiro ela é concluída: `status=done evidence=merge:…`",
            ),
        ),
        _ => Refused::new(
            message,
            (
                "the way is proposed → accepted → in_progress ⇄ blocked → done → verified",
                "o caminho é proposed → accepted → in_progress ⇄ blocked → done → verified",
            ),
        ),
    }
}

fn lacks(id: &str, to: ActionStatus, lacking: &[&str]) -> Refused {
    let keys = listed(lacking.iter().copied());
    let sample = |key: &&str| match *key {
        "owner" => "owner=role:…",
        "due" => "due=2026-03-31",
        "done_when" => "done_when='{en: …, pt-BR: …}'",
        "addresses" => "addresses=c1",
        "priority" => "priority=P1",
        "evidence" => "evidence=merge:…",
        "verified" => "verified=role:…",
        "approved_by" => "approved_by=role:…",
        _ => "reason='{en: …, pt-BR: …}'",
    };
    let samples: Vec<&str> = lacking.iter().map(sample).collect();
    let samples = samples.join(" ");
    Refused::new(
        (
            format!("`{id}` cannot be `{}` without {}", to.word(), keys.en),
            format!("`{id}` não pode ficar `{}` sem {}", to.word(), keys.pt),
        ),
        (format!("add `{samples}`"), format!("acrescente `{samples}`")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Word;

    #[test]
    fn the_ways_are_those_of_the_design() {
        let word = |word| ActionStatus::read(word).unwrap();
        for (from, to) in [
            ("proposed", "accepted in_progress blocked done wont_do"),
            ("accepted", "in_progress blocked done cancelled"),
            ("in_progress", "accepted blocked done cancelled"),
            ("blocked", "accepted in_progress done cancelled"),
            ("done", "accepted in_progress verified"),
            ("verified", "accepted in_progress"),
            ("cancelled", ""),
            ("wont_do", ""),
        ] {
            for other in ActionStatus::WORDS.iter().filter(|other| **other != from) {
                let expected = to.split(' ').any(|to| to == *other);
                assert_eq!(leads(word(from), word(other)), expected, "{from} → {other}");
            }
        }
    }
}
