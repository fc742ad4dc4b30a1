//! Several repositories, one answer: `--also` and `include`.

use serde_json::Value;

use crate::{
    board::{AS_OF, incident, workspace},
    sandbox::Sandbox,
};

/// A second workspace beside the first, with its own team, and an incident whose id the first has, too.
fn two() -> Sandbox {
    let sandbox = workspace();
    let base = sandbox.beside("payments").to_string_lossy().into_owned();
    let write = |path: &str, text: &str| {
        let path = std::path::Path::new(&base).join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "relato.yaml",
        "relato: 1\norg: {name: Payments, timezone: UTC, languages: [en, pt-BR], source_language: en}\n",
    );
    write(
        "services.yaml",
        "relato: 1\nteams: {cards: {name: {en: Cards, pt-BR: Cartões}, accountable: role:cards-lead}}\nservices:\n  cards: {name: {en: cards, pt-BR: cartões}, owner: team:cards, class: critical}\n",
    );
    write(
        "incidents/2026/2026-01-10-queue.yaml",
        &incident(
            "2026-01-10-queue",
            "cards",
            "",
            &[
                "id: A1, type: prevent, team: cards, owner: role:sre, priority: P0, due: 2026-03-31, created_on: 2026-01-12, status: accepted",
                "id: A2, type: prevent, team: cards, owner: role:sre, priority: P1, due: 2026-01-20, created_on: 2026-01-12, status: done, done_on: 2026-01-20",
            ],
        ),
    );
    sandbox
}

fn json(sandbox: &Sandbox, args: &[&str]) -> Value {
    let said = sandbox.relato(&[args, &["--format", "json", "--as-of", AS_OF]].concat());
    assert_eq!(said.err, "", "{args:?}");
    said.with_code(0).json()
}

fn ids(answer: &Value) -> Vec<String> {
    let rows = answer["actions"].as_array().unwrap().iter();
    rows.map(|row| format!("{}/{}", row["incident"].as_str().unwrap(), row["id"].as_str().unwrap())).collect()
}

const ALSO: [&str; 2] = ["--also", "../payments"];

#[test]
fn actions_of_both_are_one_list_with_names_that_cannot_be_mixed_up() {
    let sandbox = two();
    let both = json(&sandbox, &["actions", "--overdue", "--also", "../payments"]);
    assert_eq!(
        ids(&both),
        [
            "2026-01-10-queue/A2",
            "2026-03-02-queue-again/A3",
            "2026-01-10-queue/A1",
            "payments:2026-01-10-queue/A1"
        ]
    );
    let last = &both["actions"][3];
    assert_eq!((&last["repository"], &last["overdue"]), (&"payments".into(), &true.into()));
    assert_eq!(last["escalate_to"], Value::from(vec!["role:sre", "role:cards-lead"]));
    assert_eq!(last["line"], 9);
    // the other came back; its namesake did not
    assert_eq!((&both["actions"][2]["recurring"], &last["recurring"]), (&true.into(), &false.into()));
    let of_cards = json(&sandbox, &["actions", "--team", "cards", "--also", "../payments"]);
    assert_eq!(ids(&of_cards), ["payments:2026-01-10-queue/A1"]);
    let by_team = json(&sandbox, &["actions", "--by", "team", "--also", "../payments"]);
    let groups: Vec<&Value> =
        by_team["groups"].as_array().unwrap().iter().map(|group| &group["group"]).collect();
    assert_eq!(groups, [&Value::from("cards"), &"care".into(), &"shop".into(), &Value::Null]);
    assert_eq!(by_team["total"]["on_time"]["of"], 3);
    for (asked, expected) in [
        ("payments:2026-01-10-queue", &["payments:2026-01-10-queue/A1"][..]),
        ("2026-01-10-queue", &["2026-01-10-queue/A2", "2026-01-10-queue/A1"]),
    ] {
        let found = json(&sandbox, &["actions", "--incident", asked, "--also", "../payments"]);
        assert_eq!(ids(&found), expected, "{asked}");
    }
    let said =
        sandbox.relato(&["actions", "--format", "ics", "-q", "--as-of", AS_OF, "--also", "../payments"]);
    assert!(said.with_code(0).out.contains("payments.3a.2026-01-10-queue.A1-due"));
}

#[test]
fn metrics_stats_and_exports_answer_for_both() {
    let sandbox = two();
    let metrics = json(&sandbox, &[&["metrics"], &ALSO[..]].concat());
    let names: Vec<&Value> = metrics["incidents"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    let expected: [Value; 3] =
        ["2026-01-10-queue", "2026-03-02-queue-again", "payments:2026-01-10-queue"].map(Value::from);
    assert_eq!(names, expected.iter().collect::<Vec<_>>());
    assert_eq!(metrics["incidents"][2]["repository"], "payments");
    let one = json(&sandbox, &["metrics", "payments:2026-01-10-queue", "--also", "../payments"]);
    assert_eq!(one["incidents"].as_array().unwrap().len(), 1);
    let stats = json(&sandbox, &[&["stats"], &ALSO[..]].concat());
    assert_eq!(stats["periods"][0]["incidents"]["count"], 3);
    assert_eq!(stats["periods"][0]["classes"][0]["compliance"]["met"]["of"], 2);
    let cards = json(&sandbox, &["stats", "--service", "cards", "--also", "../payments"]);
    assert_eq!(cards["periods"][0]["incidents"]["count"], 1);
    sandbox.relato(&[&["export", "sqlite", "both.db", "--as-of", AS_OF], &ALSO[..]].concat()).with_code(0);
    let database = rusqlite::Connection::open(sandbox.path("both.db")).unwrap();
    let query = "select count(*) from incidents join actions on actions.incident = incidents.id
        where incidents.repository = 'payments' and actions.repository = 'payments' and date = '2026-01-10'";
    assert_eq!(database.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap(), 2);
}

#[test]
fn include_says_it_once_for_all() {
    let sandbox = two();
    let with = json(&sandbox, &["actions", "--also", "cards=../payments"]);
    let settings = sandbox.read("relato.yaml");
    sandbox.write("relato.yaml", settings + "include: [cards=../payments]\n");
    assert_eq!(json(&sandbox, &["actions"]), with);
    assert!(ids(&with).contains(&"cards:2026-01-10-queue/A1".to_owned()));
    // it concerns answers for several, and nothing else
    sandbox.relato(&["check", "--as-of", AS_OF]);
    sandbox.commit();
    let then = sandbox.relato(&["actions", "--at", "HEAD", "--as-of", AS_OF]).with_code(0);
    assert!(
        then.err.contains("what `include` names is left out") && !then.out.contains("cards:"),
        "{then:?}"
    );
}

#[test]
fn what_cannot_be_answered_for_is_an_error() {
    let sandbox = two();
    std::fs::create_dir_all(sandbox.beside("empty")).unwrap();
    std::fs::create_dir_all(sandbox.beside("Com Espaço")).unwrap();
    std::fs::write(sandbox.beside("Com Espaço").join("relato.yaml"), "relato: 1\n").unwrap();
    sandbox.commit();
    for (args, wrong) in [
        (&["actions", "--also", "../nowhere"][..], "there is no workspace in"),
        (&["actions", "--also", "../empty"], "there is no workspace in"),
        (&["actions", "--also", "."], "is a workspace that is read already"),
        (
            &["actions", "--also", "../payments", "--also", "../payments/"],
            "is a workspace that is read already",
        ),
        (&["actions", "--also", "x=../payments", "--also", "x=../Com Espaço"], "are called `x`"),
        (&["actions", "--also", "../Com Espaço"], "is no name for a workspace"),
        (&["actions", "--also", "a:b=../payments"], "is no name for a workspace"),
        (&["actions", "--also", "=../payments"], "is no name for a workspace"),
        (&["check", "--also", "../payments"], "this command reads one workspace"),
        (&["actions", "--also", "../payments", "--at", "HEAD"], "`--at` names a revision of one repository"),
        (&["actions", "--also", "../payments", "--incident", "payments:2020"], "there is no incident"),
        (&["actions", "--incident", "payments:2026-01-10-queue"], "there is no incident"),
    ] {
        let said = sandbox.relato(&[args, &["--as-of", AS_OF]].concat()).with_code(2);
        assert!(said.err.contains(wrong), "{args:?}: {}", said.err);
        assert_eq!(said.out, "");
    }
    sandbox.relato(&["actions", "--also", "espaco=../Com Espaço", "--as-of", AS_OF]).with_code(0);
    let settings = sandbox.read("relato.yaml");
    sandbox.write("relato.yaml", settings + "include: [../nowhere]\n");
    let said = sandbox.relato(&["stats"]).with_code(2);
    assert!(said.err.contains("`../nowhere` of `include`"), "{}", said.err);
}

#[test]
fn the_history_of_an_action_is_asked_for_as_the_list_names_it() {
    let sandbox = two();
    for folder in [sandbox.path(""), sandbox.beside("payments")] {
        sandbox.git_in(&folder, &["init", "-q", "-b", "main"]);
        sandbox.git_in(&folder, &["add", "-A"]);
        sandbox.git_in(&folder, &["commit", "-q", "-m", "one"]);
    }
    let id = "payments:2026-01-10-queue/A1";
    let told = json(&sandbox, &["actions", "history", id, "--also", "../payments"]);
    assert_eq!(
        (&told["incident"], &told["repository"]),
        (&"payments:2026-01-10-queue".into(), &"payments".into())
    );
    assert_eq!(told["entries"][0]["change"], "opened");
    let settings = sandbox.read("relato.yaml");
    sandbox.write("relato.yaml", settings + "include: [../payments]\n");
    let said = sandbox.relato(&["actions", "history", id]).with_code(0);
    assert!(said.out.starts_with(&format!("{id}: ")), "{}", said.out);
    let own = json(&sandbox, &["actions", "history", "2026-01-10-queue/A1"]);
    assert_eq!((&own["incident"], &own["repository"]), (&"2026-01-10-queue".into(), &Value::Null));
    for args in [&["actions", "set", id, "owner=role:x"][..], &["actions", "diff", "HEAD"], &["diff", "HEAD"]]
    {
        let said = sandbox.relato(&[args, &["--also", "../payments"]].concat()).with_code(2);
        assert!(said.err.contains("reads one workspace"), "{}", said.err);
    }
}
