//! What is asked of an action, and what comes of it.

use super::*;
use crate::{archive::Archive, source::Memory};

const FILE: &str = "incidents/2026-03-02-orders.yaml";

fn amended(action: &str, wishes: &str) -> Result<String, String> {
    let text = format!(
        "relato: 1\nid: 2026-03-02-orders\nstatus: open\ntimezone: UTC\ntitle: {{en: a, pt-BR: b}}\nactions:\n  - {action}\n"
    );
    let tree = Memory::new([(FILE, text.as_str())]);
    let incident = Archive::open(&tree, None).unwrap().read(0).unwrap().incident.unwrap();
    let languages = ["en".to_owned(), "pt-BR".to_owned()];
    let around =
        Around { languages: &languages, source_language: "en", today: read_date("2026-03-10").unwrap() };
    let wishes: Result<Vec<Wish>, Refused> = wishes.split(" & ").map(Wish::read).collect();
    let field = Field::of("actions").at(0);
    let puts = wishes.and_then(|wishes| amend_action(&text, &incident.actions[0], &field, &wishes, &around));
    let puts = puts.map_err(|refused| format!("{}; {}", refused.message.en, refused.help.en))?;
    let new = puts.into_iter().try_fold(text, |text, put| edit::put(&text, &put.field, put.value));
    let new = new.map_err(|error| error.to_string())?;
    Ok(new.lines().last().unwrap().trim_start_matches("  - ").to_owned())
}

const OPEN: &str = "{id: A1, title: {en: a, pt-BR: b}, type: process, priority: P2, owner: role:x, due: 2026-03-20, status: accepted}";

#[test]
fn what_belongs_to_a_change_comes_with_it() {
    for (wishes, then, now) in [
        ("status=in_progress", "status: accepted", "status: in_progress"),
        (
            "status=done & evidence=merge:1a2b",
            "status: accepted}",
            "status: done, done_on: 2026-03-10, evidence: [{kind: merge, ref: 1a2b, date: 2026-03-10}]}",
        ),
        (
            "due=2026-04-01 & reason=frozen & approved_by=role:head",
            "due: 2026-03-20, status: accepted}",
            "due: 2026-04-01, status: accepted, slips: [{from: 2026-03-20, to: 2026-04-01, date: 2026-03-10, reason: {en: frozen}, approved_by: role:head}]}",
        ),
        (
            "due=2026-04-01 & reason.en=a & reason.pt-BR=b & date=2026-03-09",
            "due: 2026-03-20, status: accepted}",
            "due: 2026-04-01, status: accepted, slips: [{from: 2026-03-20, to: 2026-04-01, date: 2026-03-09, reason: {en: a, pt-BR: b}}]}",
        ),
        ("due=2026-03-20", "", ""),
        (
            "status=cancelled & reason={en: gone, pt-BR: some} & approved_by=role:head",
            "status: accepted}",
            "status: cancelled, date: 2026-03-10, reason: {en: gone, pt-BR: some}, approved_by: role:head}",
        ),
        ("owner=null", "owner: role:x", "owner: null"),
        ("addresses=c1, search", "status: accepted}", "status: accepted, addresses: [c1, search]}"),
        ("tracker=jira:OD-1", "status: accepted}", "status: accepted, tracker: {system: jira, key: OD-1}}"),
        ("title.en=new", "{en: a, ", "{en: new, "),
    ] {
        assert_eq!(amended(OPEN, wishes), Ok(OPEN.replace(then, now)), "{wishes}");
    }
    let done = OPEN.replace(
        "accepted}",
        "verified, done_on: 2026-03-01, verified: {by: role:y}, evidence: [{kind: drill, ref: x}]}",
    );
    let again = done.replace(
        "verified, done_on: 2026-03-01, verified: {by: role:y}",
        "accepted, done_on: null, verified: null",
    );
    assert_eq!(amended(&done, "status=accepted"), Ok(again));
}

#[test]
fn what_the_lifecycle_does_not_allow_is_refused_with_what_to_add() {
    let proposed = "{id: A1, title: {en: a, pt-BR: b}, status: proposed}";
    let done = "{id: A1, title: {en: a, pt-BR: b}, type: prevent, priority: P0, owner: role:x, status: done, evidence: [{kind: merge, ref: x}]}";
    let dropped =
        "{id: A1, title: {en: a, pt-BR: b}, status: wont_do, reason: {en: a, pt-BR: b}, approved_by: role:x}";
    for (action, wishes, why) in [
        (OPEN, "status=done", "`A1` cannot be `done` without `evidence`; add `evidence=merge:…`"),
        (
            OPEN,
            "due=2026-04-01",
            "the due date of `A1` does not move without a reason; add `reason='{en: …, pt-BR: …}'`, and `approved_by=role:…` where someone agreed",
        ),
        (
            OPEN,
            "due=soon & reason=x",
            "`due=soon` is not a date; write a day, like `due=2026-03-31`; leave it out while there is none, and say why in `note`",
        ),
        (
            OPEN,
            "due=null & reason=x",
            "the due date of `A1` can move to another day only; write a day, like `due=2026-03-31`, or drop the action: `status=cancelled`",
        ),
        (
            OPEN,
            "status=cancelled",
            "`A1` cannot be `cancelled` without `reason` and `approved_by`; add `reason='{en: …, pt-BR: …}' approved_by=role:…`",
        ),
        (
            OPEN,
            "status=wont_do",
            "`A1` is `accepted`: no way leads from there to `wont_do`; what was accepted is cancelled: write `status=cancelled reason=… approved_by=role:…`",
        ),
        (OPEN, "status=dnoe", "`dnoe` is no state of an action; did you mean `done`?"),
        (OPEN, "onwer=role:x", "an action has no `onwer`; did you mean `owner`?"),
        (OPEN, "id=A2", "`id` never changes; other files, commits and people refer to it; leave it out"),
        (OPEN, "owner=a & owner=b", "`owner` is given twice; leave one of them out"),
        (
            OPEN,
            "reason=x",
            "`reason` goes with a due date that moves, or with `cancelled` and `wont_do`; leave it out, or say what it is for: `due=…`, `status=cancelled`",
        ),
        (
            OPEN,
            "status=verified",
            "`A1` is `accepted`: no way leads from there to `verified`; it is done first: `status=done evidence=merge:…`",
        ),
        (
            proposed,
            "status=accepted & owner=role:x",
            "`A1` cannot be `accepted` without `due`, `done_when`, `addresses` and `priority`; add `due=2026-03-31 done_when='{en: …, pt-BR: …}' addresses=c1 priority=P1`",
        ),
        (done, "status=verified", "`A1` cannot be `verified` without `verified`; add `verified=role:…`"),
        (
            done,
            "status=verified & verified=role:x",
            "`A1` cannot be verified by its owner, `role:x`; let another role look, and add `verified=role:…`",
        ),
        (
            done,
            "status=verified & verified=role:y",
            "nothing shows yet that `A1` has an effect; add the drill, or the alert that fired: `evidence=drill:…` or `evidence=alert:…`",
        ),
        (
            dropped,
            "status=accepted",
            "`A1` is `wont_do`: no way leads from there to `accepted`; write a new action with `relato actions add`; an id is never used again",
        ),
    ] {
        assert_eq!(amended(action, wishes), Err(why.to_owned()), "{wishes}");
    }
    assert!(amended(done, "status=verified & verified=role:y & evidence=drill:march").is_ok());
    let whole =
        "status=accepted & owner=role:x & due=2026-04-01 & done_when=it fires & addresses=c1 & priority=P1";
    assert!(amended(proposed, whole).is_ok());
}

#[test]
fn a_new_action_has_the_order_of_the_format() {
    let around = Around {
        languages: &["en".to_owned(), "pt-BR".to_owned()],
        source_language: "en",
        today: read_date("2026-03-10").unwrap(),
    };
    let wishes =
        ["priority=P1", "title.pt-BR=b", "title.en=a", "addresses=c1"].map(|wish| Wish::read(wish).unwrap());
    let Ok(Value::Record(keys)) = write_action("A7", &wishes, &around) else { panic!() };
    let keys: Vec<&str> = keys.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["id", "title", "priority", "created_on", "status", "addresses"]);
    assert!(write_action("A7", &wishes[..1], &around).is_err());
    for (ids, next) in [
        (&["A1", "A12", "A3"][..], "A13"),
        (&[], "A1"),
        (&["act-01", "act-02"], "act-03"),
        (&["first"], "A1"),
    ] {
        assert_eq!(next_id(ids.iter().copied()), next);
    }
}

#[test]
fn the_keys_are_those_of_the_format() {
    let schema = crate::format::schema(crate::format::SchemaKind::Incident);
    let schema = serde_json::to_value(schema).unwrap();
    let keys = schema["$defs"]["Action"]["properties"].as_object().unwrap();
    let mut known: Vec<&str> = ACTION_KEYS.into_iter().chain(OTHER_KEYS).collect();
    let mut keys: Vec<&str> = keys.keys().map(String::as_str).filter(|key| !key.starts_with("x-")).collect();
    known.sort_unstable();
    keys.sort_unstable();
    assert_eq!(known, keys);
}
