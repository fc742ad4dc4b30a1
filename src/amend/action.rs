//! Changes to one action, and what its lifecycle makes of them.

use super::{
    Given, Put, Refused, Wish,
    lifecycle::{self, After},
    listed, place,
};
use crate::{
    edit::{self, Value},
    finding::Words,
    format::nearest,
    locate::{Document, Field},
    model::{Action, ActionStatus, Due, EvidenceKind, Localized, Word},
    time::{Date, only_date, read_date},
};

/// The keys of an action, in the order of the format.
pub const ACTION_KEYS: [&str; 26] = [
    "id",
    "title",
    "type",
    "detects",
    "effect",
    "strength",
    "priority",
    "owner",
    "contributors",
    "team",
    "created_on",
    "due",
    "status",
    "blocked_by",
    "done_on",
    "done_when",
    "evidence",
    "verified",
    "slips",
    "reason",
    "approved_by",
    "date",
    "tracker",
    "addresses",
    "public_commitment",
    "note",
];

/// Keys that hold more than is set at once.
const OTHER_KEYS: [&str; 1] = ["links"];

/// What a change needs to know besides the action.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The languages of the organisation.
    pub languages: &'a [String],
    /// The language of a text without one.
    pub source_language: &'a str,
    /// The day on which it is asked for, in the zone of the action.
    pub today: Date,
}

/// What the wishes for an action set in the text that holds it at `field`: the fields named, and what belongs to them. A
/// due date that moves is recorded under `slips`; what is done gets the day it was done.
///
/// # Errors
/// When a key is none, or the lifecycle does not allow it.
pub fn amend_action(
    text: &str,
    action: &Action,
    field: &Field,
    wishes: &[Wish],
    around: &Around<'_>,
) -> Result<Vec<Put>, Refused> {
    known(wishes)?;
    let asked = Asked::of(action, wishes, around)?;
    if let Some(status) = asked.status {
        let set: Vec<&str> =
            wishes.iter().filter(|wish| wish.given != Given::Nothing).map(Wish::first).collect();
        let after = After {
            set: &set,
            due: asked.due.is_some(),
            verified_by: asked.verified_by,
            evidence: &asked.evidence,
        };
        lifecycle::check(action, status, &after)?;
    }
    let document = Document::parse(text);
    let mut puts = Vec::new();
    for wish in wishes {
        let key = wish.first();
        let at = field.key(key);
        let mut set = |value| puts.push(Put { field: at.clone(), value });
        match (key, wish.given.text()) {
            ("status", _) if wish.is_plain() => {
                set(wish.given.value());
                asked.follow(field, &mut puts);
            }
            ("due", _) if wish.is_plain() => {
                set(wish.given.value());
                if let Some(slip) = &asked.slip {
                    puts.push(Put { field: field.key("slips"), value: Value::Added(vec![slip.clone()]) });
                }
            }
            // part of the slip
            ("reason" | "approved_by" | "date", _) if asked.slip.is_some() => {}
            ("reason", Some(text)) if wish.is_plain() && is_absent(&document, &at) => {
                set(localized(text, around));
            }
            ("evidence", _) if wish.is_plain() => {
                for value in evidence(wish, around)? {
                    set(value);
                }
            }
            ("verified", Some(by)) if wish.is_plain() => {
                set(Value::Map(vec![pair("by", by), pair("date", &asked.day)]));
            }
            ("tracker", Some(text)) if wish.is_plain() => set(tracker(text)?),
            ("addresses" | "contributors", Some(text)) if wish.is_plain() => {
                let items = text.split(',').map(|item| Value::Text(item.trim().to_owned())).collect();
                set(if wish.adds { Value::Added(items) } else { Value::List(items) });
            }
            ("title" | "done_when" | "note", Some(text)) if wish.is_plain() && is_absent(&document, &at) => {
                set(localized(text, around));
            }
            _ => puts.push(place::put(&document, field, &wish.path, wish, around.languages)?),
        }
    }
    Ok(puts)
}

/// A new action of these wishes; `proposed` and written down today unless they say otherwise.
///
/// # Errors
/// When it has no title, a key is none, or the lifecycle does not allow it.
pub fn write_action(id: &str, wishes: &[Wish], around: &Around<'_>) -> Result<Value, Refused> {
    if !wishes.iter().any(|wish| wish.first() == "title" && wish.given != Given::Nothing) {
        return Err(Refused::new(
            ("an action needs a title", "uma ação precisa de título"),
            (
                "add `title='{en: …, pt-BR: …}'`, or `title.en=… title.pt-BR=…`: what to do, as an order",
                "acrescente `title='{en: …, pt-BR: …}'` ou `title.en=… title.pt-BR=…`: o que fazer, no infinitivo",
            ),
        ));
    }
    let top = Field::top();
    let mut text = format!("{{id: {id}}}");
    let mut puts = Vec::new();
    let has = |key: &str| wishes.iter().any(|wish| wish.first() == key);
    for (key, value) in [("created_on", around.today.to_string()), ("status", "proposed".to_owned())] {
        if !has(key) {
            puts.push(Put { field: top.key(key), value: Value::Text(value) });
        }
    }
    puts.extend(amend_action(&text, &blank(id), &top, wishes, around)?);
    for Put { field, value } in puts {
        text = edit::put(&text, &field, value).map_err(|error| {
            Refused::new(
                (
                    format!("the action cannot be written so: {error}"),
                    format!("a ação não pode ser escrita assim: {error}"),
                ),
                ("leave that out, and write it into the file", "deixe isso de fora e escreva no arquivo"),
            )
        })?;
    }
    let Given::Structure(Value::Record(mut keys)) = Given::read(&text) else { return Ok(Value::Null) };
    let place = |key: &str| ACTION_KEYS.iter().position(|known| *known == key).unwrap_or(ACTION_KEYS.len());
    keys.sort_by_key(|(key, _)| place(key));
    Ok(Value::Record(keys))
}

/// The id after those that were ever used: as they are built, one further.
pub fn next_id<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let mut found: Option<(&str, u64, usize)> = None;
    for id in ids {
        let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = id.get(prefix.len()..).unwrap_or_default();
        let Ok(number) = digits.parse::<u64>() else { continue };
        let width = if digits.starts_with('0') { digits.len() } else { 1 };
        found = Some(match found {
            Some((known, most, _)) if known == prefix => (prefix, most.max(number), width),
            Some(other) => other,
            None => (prefix, number, width),
        });
    }
    let (prefix, number, width) = found.unwrap_or(("A", 0, 1));
    format!("{prefix}{:0width$}", number.saturating_add(1))
}

/// Every key is one of the format, and none is set twice.
fn known(wishes: &[Wish]) -> Result<(), Refused> {
    for (at, wish) in wishes.iter().enumerate() {
        let key = wish.first();
        if key == "id" {
            return Err(place::never("id"));
        }
        if !ACTION_KEYS.contains(&key) && !OTHER_KEYS.contains(&key) && !key.starts_with("x-") {
            let help: Words = match nearest(key, ACTION_KEYS) {
                Some(near) => {
                    (format!("did you mean `{near}`?"), format!("você quis dizer `{near}`?")).into()
                }
                None => {
                    let keys = listed(ACTION_KEYS.into_iter().skip(1));
                    (format!("the keys are {}", keys.en), format!("as chaves são {}", keys.pt)).into()
                }
            };
            return Err(Refused::new(
                (format!("an action has no `{key}`"), format!("uma ação não tem `{key}`")),
                help,
            ));
        }
        if wishes.iter().take(at).any(|other| other.path == wish.path && !(other.adds && wish.adds))
            && key != "evidence"
        {
            let key = &wish.key;
            return Err(Refused::new(
                (format!("`{key}` is given twice"), format!("`{key}` aparece duas vezes")),
                ("leave one of them out", "deixe só uma"),
            ));
        }
    }
    Ok(())
}

/// What the wishes come to.
struct Asked<'a> {
    status: Option<ActionStatus>,
    /// The new due date.
    due: Option<Date>,
    /// The record of a due date that moves.
    slip: Option<Value>,
    verified_by: Option<&'a str>,
    evidence: Vec<EvidenceKind>,
    /// The day of the change.
    day: String,
    /// Keys that are set besides, with the state: none that were asked for.
    with_status: Vec<(&'static str, Value)>,
}

impl<'a> Asked<'a> {
    fn of(action: &Action, wishes: &'a [Wish], around: &Around<'_>) -> Result<Self, Refused> {
        let find = |key: &str| wishes.iter().find(|wish| wish.first() == key && wish.is_plain());
        let has = |key: &str| wishes.iter().any(|wish| wish.first() == key);
        let day =
            find("date").and_then(|wish| wish.given.text()).map_or(around.today.to_string(), str::to_owned);
        let status = find("status").map(status).transpose()?;
        let due_wish = find("due");
        let due = due_wish.and_then(|wish| wish.given.text()).and_then(read_date);
        if let Some(given) = due_wish.map(|wish| &wish.given).filter(|given| **given != Given::Nothing)
            && due.is_none()
        {
            return Err(no_day(given.text().unwrap_or("{…}")));
        }
        let was = action.due.as_ref().and_then(Due::date);
        let is_dropped = status.unwrap_or(action.status).is_withdrawn();
        let moves = due_wish.is_some() && was.is_some() && due != was;
        let mut slip = None;
        if moves && !is_dropped && (action.status != ActionStatus::Proposed || has("reason")) {
            slip = Some(moved(action, was, due, wishes, &day, around)?);
        }
        if slip.is_none() && !is_dropped {
            for key in ["reason", "approved_by", "date"] {
                if has(key) {
                    return Err(pointless(key));
                }
            }
        }
        let by = find("verified").and_then(|wish| match &wish.given {
            Given::Text(by) => Some(by.as_str()),
            Given::Structure(Value::Record(keys)) => keys.iter().find_map(|(key, value)| match value {
                Value::Text(by) if key == "by" => Some(by.as_str()),
                _ => None,
            }),
            _ => None,
        });
        let by_part = || {
            let part = wishes.iter().find(|wish| wish.first() == "verified" && wish.below() == Some("by"));
            part.and_then(|wish| wish.given.text())
        };
        let mut with_status = Vec::new();
        if let Some(to) = status.filter(|to| *to != action.status) {
            let today = || Value::Text(day.clone());
            if to == ActionStatus::Done && !has("done_on") {
                with_status.push(("done_on", today()));
            }
            if action.status.is_done() && to.is_open() {
                let there = [("done_on", action.done_on.is_some()), ("verified", action.verified.is_some())];
                let stale = there.into_iter().filter(|(key, there)| *there && !has(key));
                with_status.extend(stale.map(|(key, _)| (key, Value::Null)));
            }
            if to.is_withdrawn() && !has("date") {
                with_status.push(("date", today()));
            }
        }
        Ok(Self {
            status,
            due,
            slip,
            verified_by: by.or_else(by_part),
            evidence: wishes.iter().filter(|wish| wish.first() == "evidence").flat_map(kinds).collect(),
            day,
            with_status,
        })
    }

    fn follow(&self, field: &Field, puts: &mut Vec<Put>) {
        for (key, value) in &self.with_status {
            puts.push(Put { field: field.key(*key), value: value.clone() });
        }
    }
}

fn status(wish: &Wish) -> Result<ActionStatus, Refused> {
    let given = wish.given.text().unwrap_or("null");
    ActionStatus::read(given).ok_or_else(|| {
        let given = crate::format::shorten(given);
        let help: Words = match nearest(&given, ActionStatus::WORDS.iter().copied()) {
            Some(near) => (format!("did you mean `{near}`?"), format!("você quis dizer `{near}`?")).into(),
            None => {
                let words = listed(ActionStatus::WORDS.iter().copied());
                (format!("write one of {}", words.en), format!("escreva um destes: {}", words.pt)).into()
            }
        };
        Refused::new(
            (format!("`{given}` is no state of an action"), format!("`{given}` não é um estado de ação")),
            help,
        )
    })
}

/// The record of a due date that moves.
fn moved(
    action: &Action,
    was: Option<Date>,
    due: Option<Date>,
    wishes: &[Wish],
    day: &str,
    around: &Around<'_>,
) -> Result<Value, Refused> {
    let id = &action.id;
    let Some(due) = due else {
        return Err(Refused::new(
            (
                format!("the due date of `{id}` can move to another day only"),
                format!("o prazo de `{id}` só pode mudar para outro dia"),
            ),
            (
                "write a day, like `due=2026-03-31`, or drop the action: `status=cancelled`",
                "escreva um dia, como `due=2026-03-31`, ou descarte a ação: `status=cancelled`",
            ),
        ));
    };
    let reason = reason(wishes, around).ok_or_else(|| {
        Refused::new(
            (
                format!("the due date of `{id}` does not move without a reason"),
                format!("o prazo de `{id}` não muda sem motivo"),
            ),
            (
                "add `reason='{en: …, pt-BR: …}'`, and `approved_by=role:…` where someone agreed",
                "acrescente `reason='{en: …, pt-BR: …}'`, e `approved_by=role:…` se alguém concordou",
            ),
        )
    })?;
    let date = |date: Date| date.to_string();
    let mut slip = vec![
        pair("from", &was.map(date).unwrap_or_default()),
        pair("to", &date(due)),
        pair("date", day),
        ("reason".to_owned(), reason),
    ];
    let approved =
        wishes.iter().find(|wish| wish.first() == "approved_by").and_then(|wish| wish.given.text());
    slip.extend(approved.map(|by| pair("approved_by", by)));
    Ok(Value::Record(slip))
}

/// The reason, whole or by language.
fn reason(wishes: &[Wish], around: &Around<'_>) -> Option<Value> {
    let mut texts = Vec::new();
    for wish in wishes.iter().filter(|wish| wish.first() == "reason") {
        match (&wish.given, wish.below()) {
            (Given::Nothing, _) => return None,
            (Given::Text(text), Some(tag)) => texts.push(pair(tag, text)),
            (Given::Text(text), None) if text.trim().is_empty() => return None,
            (Given::Text(text), None) => return Some(localized(text, around)),
            (Given::Structure(value), _) => return Some(value.clone()),
        }
    }
    (!texts.is_empty()).then_some(Value::Record(texts))
}

/// Words may stand in a file for a date that nobody agreed on; who changes the date by command has one.
fn no_day(given: &str) -> Refused {
    let given = crate::format::shorten(given);
    let help: Words = match only_date(&given) {
        Some(date) => {
            (format!("did you mean `due={date}`?"), format!("você quis dizer `due={date}`?")).into()
        }
        None => (
            "write a day, like `due=2026-03-31`; leave it out while there is none, and say why in `note`",
            "escreva um dia, como `due=2026-03-31`; omita-o enquanto não houver um e diga por quê em `note`",
        )
            .into(),
    };
    Refused::new((format!("`due={given}` is not a date"), format!("`due={given}` não é uma data")), help)
}

fn pointless(key: &str) -> Refused {
    Refused::new(
        (
            format!("`{key}` goes with a due date that moves, or with `cancelled` and `wont_do`"),
            format!("`{key}` acompanha um prazo que muda, ou `cancelled` e `wont_do`"),
        ),
        (
            "leave it out, or say what it is for: `due=…`, `status=cancelled`",
            "deixe-o de fora ou diga para que serve: `due=…`, `status=cancelled`",
        ),
    )
}

/// What is to be set under `evidence`.
fn evidence(wish: &Wish, around: &Around<'_>) -> Result<Vec<Value>, Refused> {
    let dated = |value: Value| match value {
        Value::Record(mut keys) => {
            if !keys.iter().any(|(key, _)| key == "date") {
                keys.push(pair("date", &around.today.to_string()));
            }
            Value::Record(keys)
        }
        other => other,
    };
    match &wish.given {
        Given::Nothing => Ok(vec![Value::Null]),
        Given::Structure(Value::List(items)) if !wish.adds => Ok(vec![Value::List(items.clone())]),
        Given::Structure(Value::List(items)) => {
            Ok(vec![Value::Added(items.iter().cloned().map(dated).collect())])
        }
        Given::Structure(one) => Ok(vec![Value::Added(vec![dated(one.clone())])]),
        Given::Text(text) => {
            let (kind, reference) = text.split_once(':').unwrap_or((text, ""));
            if EvidenceKind::read(kind).is_none() || reference.trim().is_empty() {
                let kinds = listed(EvidenceKind::WORDS.iter().copied());
                let shown = crate::format::shorten(text);
                return Err(Refused::new(
                    (
                        format!("`{shown}` does not say what kind of evidence it is, and where to look"),
                        format!("`{shown}` não diz que tipo de evidência é, e onde olhar"),
                    ),
                    (
                        format!(
                            "write `evidence=KIND:WHERE`, like `evidence=merge:4f2a9c1`; the kinds are {}",
                            kinds.en
                        ),
                        format!(
                            "escreva `evidence=TIPO:ONDE`, como `evidence=merge:4f2a9c1`; os tipos são {}",
                            kinds.pt
                        ),
                    ),
                ));
            }
            let keys = vec![pair("kind", kind), pair("ref", reference.trim())];
            Ok(vec![Value::Added(vec![dated(Value::Record(keys))])])
        }
    }
}

fn kinds(wish: &Wish) -> Vec<EvidenceKind> {
    let of_record = |value: &Value| match value {
        Value::Record(keys) => keys.iter().find_map(|(key, value)| match value {
            Value::Text(word) if key == "kind" => EvidenceKind::read(word),
            _ => None,
        }),
        _ => None,
    };
    match &wish.given {
        Given::Text(text) => {
            text.split_once(':').and_then(|(kind, _)| EvidenceKind::read(kind)).into_iter().collect()
        }
        Given::Structure(Value::List(items)) => items.iter().filter_map(of_record).collect(),
        Given::Structure(one) => of_record(one).into_iter().collect(),
        Given::Nothing => Vec::new(),
    }
}

/// `jira:OD-101`, or the address of a ticket.
fn tracker(text: &str) -> Result<Value, Refused> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return Ok(Value::Map(vec![pair("url", text)]));
    }
    match text.split_once(':') {
        Some((system, key)) if !system.is_empty() && !key.trim().is_empty() => {
            Ok(Value::Map(vec![pair("system", system), pair("key", key.trim())]))
        }
        _ => {
            let shown = crate::format::shorten(text);
            Err(Refused::new(
                (format!("`{shown}` names no ticket"), format!("`{shown}` não indica um chamado")),
                (
                    "write `tracker=SYSTEM:KEY`, like `tracker=jira:OD-101`, or its address",
                    "escreva `tracker=SISTEMA:CHAVE`, como `tracker=jira:OD-101`, ou o endereço dele",
                ),
            ))
        }
    }
}

fn localized(text: &str, around: &Around<'_>) -> Value {
    match around.languages {
        [] | [_] => Value::Text(text.to_owned()),
        _ => Value::Record(vec![pair(around.source_language, text)]),
    }
}

fn is_absent(document: &Document, field: &Field) -> bool {
    document.key_place(field).is_none() || matches!(document.value_text(field), Some("" | "~" | "null"))
}

fn pair(key: &str, value: &str) -> (String, Value) {
    (key.to_owned(), Value::Text(value.to_owned()))
}

/// An action of which nothing is known yet.
fn blank(id: &str) -> Action {
    Action {
        id: id.to_owned(),
        title: Localized::default(),
        kind: None,
        detects: None,
        effect: None,
        strength: None,
        priority: None,
        owner: None,
        contributors: Vec::new(),
        team: None,
        created_on: None,
        due: None,
        status: ActionStatus::Proposed,
        blocked_by: None,
        done_on: None,
        done_when: None,
        evidence: Vec::new(),
        verified: None,
        slips: Vec::new(),
        withdrawal: None,
        tracker: None,
        addresses: Vec::new(),
        public_commitment: false,
        note: None,
        links: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
