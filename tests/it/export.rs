//! `relato export`: the tables say what the commands say, and nothing of others is written over.

use std::collections::BTreeMap;

use rusqlite::{Connection, types::Value as Sql};
use serde_json::Value;

use crate::sandbox::{NEW_YEAR, Sandbox, read};

/// A workspace whose actions have dates, owners, teams and slips beside our own incidents.
fn workspace() -> Sandbox {
    let sandbox = Sandbox::own();
    let path = "incidents/2022/2022-12-18-order-imports.yaml";
    let text = sandbox.read(path);
    let more = "  - {id: A91, title: {en: 'Quote ''it''; DROP TABLE actions', pt-BR: Citar}, type: prevent, priority: P0, owner: role:lead, created_on: 2023-01-01, due: 2023-01-10, status: accepted, public_commitment: true, slips: [{from: 2023-01-05, to: 2023-01-10, date: 2023-01-05}]}
  - {id: A92, title: {en: Done, pt-BR: Feita}, type: detect, priority: P1, owner: role:lead, created_on: 2023-01-01, due: 2023-01-10, done_on: 2023-01-09, status: done}
";
    let (before, after) = text.split_once("\nactions:").unwrap();
    let (comment, after) = after.split_once('\n').unwrap();
    sandbox.write(path, format!("{before}\nactions:{comment}\n{more}{after}"));
    sandbox
}

/// The rows of a query, by the names of the columns.
fn rows(database: &Connection, query: &str) -> Vec<BTreeMap<String, Sql>> {
    let mut statement = database.prepare(query).unwrap();
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let rows = statement.query_map([], |row| {
        names.iter().enumerate().map(|(i, name)| Ok((name.clone(), row.get::<_, Sql>(i)?))).collect()
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// A value of JSON as SQLite keeps it.
fn stored(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(yes) => Sql::Integer(i64::from(*yes)),
        Value::Number(number) => {
            number.as_i64().map_or_else(|| Sql::Real(number.as_f64().unwrap()), Sql::Integer)
        }
        Value::String(text) => Sql::Text(text.clone()),
        other => panic!("{other}"),
    }
}

fn exported(sandbox: &Sandbox) -> Connection {
    let said = sandbox.relato(&["export", "sqlite", "out.db", "--as-of", NEW_YEAR]).with_code(0);
    assert!(said.out.starts_with("wrote ") && said.out.ends_with("out.db\n"), "{said:?}");
    assert_eq!(said.err, "");
    Connection::open(sandbox.path("out.db")).unwrap()
}

#[test]
fn the_tables_say_what_metrics_say() {
    let sandbox = workspace();
    let database = exported(&sandbox);
    let metrics = sandbox.relato(&["metrics", "--format", "json", "--as-of", NEW_YEAR]).json();
    let metrics = metrics["incidents"].as_array().unwrap();
    let incidents = rows(&database, "select * from incidents order by rowid");
    assert_eq!(incidents.len(), metrics.len());
    let mut impacts = rows(&database, "select * from impacts order by rowid").into_iter();
    let end = |span: &Value, end: &str| if span.is_null() { Sql::Null } else { stored(&span[end]) };
    for (row, expected) in incidents.iter().zip(metrics) {
        for key in ["id", "status", "compliant"] {
            assert_eq!(row[key], stored(&expected[key]), "{key}");
        }
        let impact = &expected["customer_impact"];
        assert_eq!(row["customer_impact_min_seconds"], end(impact, "min_seconds"));
        assert_eq!(row["customer_impact_max_seconds"], end(impact, "max_seconds"));
        for expected in expected["impacts"].as_array().unwrap() {
            let found = impacts.next().unwrap();
            assert_eq!(found["incident"], row["id"]);
            for key in ["id", "service", "class", "target_seconds", "verdict", "factor_min"] {
                assert_eq!(found[key], stored(&expected[key]), "{key} of {found:?}");
            }
            for span in ["ttd", "tta", "ttm", "ttr", "repair"] {
                assert_eq!(
                    found[&format!("{span}_min_seconds")],
                    end(&expected[span], "min_seconds"),
                    "{span}"
                );
                assert_eq!(
                    found[&format!("{span}_max_seconds")],
                    end(&expected[span], "max_seconds"),
                    "{span}"
                );
            }
        }
    }
    assert_eq!(impacts.next(), None);
}

#[test]
fn the_tables_say_what_actions_say() {
    let sandbox = workspace();
    let database = exported(&sandbox);
    let listed = sandbox.relato(&["actions", "--all", "--format", "json", "--as-of", NEW_YEAR]).json();
    let listed = listed["actions"].as_array().unwrap();
    let table = rows(&database, "select * from actions");
    assert_eq!(table.len(), listed.len());
    for row in &table {
        let same = |action: &&Value| {
            row["incident"] == stored(&action["incident"]) && row["id"] == stored(&action["id"])
        };
        let expected = listed.iter().find(same).unwrap();
        for (key, value) in row {
            let expected = match key.as_str() {
                "position" => continue,
                "title_en" => &expected["title"]["en"],
                "title_pt_br" => &expected["title"]["pt-BR"],
                key => &expected[key],
            };
            assert_eq!(*value, stored(expected), "{key} of {row:?}");
        }
    }
    let overdue =
        rows(&database, "select id, days_overdue from actions where overdue and due < '2026-01-01'");
    assert_eq!(overdue.len(), 1);
    assert_eq!(
        (&overdue[0]["id"], &overdue[0]["days_overdue"]),
        (&Sql::Text("A91".into()), &Sql::Integer(1086))
    );
}

#[test]
fn instants_are_ones_that_sqlite_reckons_with() {
    let sandbox = workspace();
    let database = exported(&sandbox);
    let query = "select incident, id, ttr_min_seconds, ttr_max_seconds,
         cast(round((julianday(ended_latest) - julianday(started_earliest)) * 86400) as integer) as most
         from impacts where ended_latest is not null and started_earliest is not null and ttr_max_seconds is not null";
    let found = rows(&database, query);
    assert!(found.len() >= 3);
    for row in found {
        let (Sql::Integer(most), Sql::Integer(ttr)) = (&row["most"], &row["ttr_max_seconds"]) else {
            panic!("{row:?}")
        };
        assert!(ttr <= most, "{row:?}");
    }
    let events = rows(
        &database,
        "select count(*) as n from events where datetime(at_earliest) is null and at_earliest is not null",
    );
    assert_eq!(events[0]["n"], Sql::Integer(0));
    let about = rows(&database, "select * from about order by key");
    let about: Vec<(Sql, Sql)> =
        about.into_iter().map(|row| (row["key"].clone(), row["value"].clone())).collect();
    let text = |text: &str| Sql::Text(text.to_owned());
    assert_eq!(about[0], (text("as_of"), text(NEW_YEAR)));
    assert_eq!(about[2], (text("revision"), text("worktree")));
}

#[test]
fn the_same_tables_are_the_same_bytes() {
    let sandbox = workspace();
    exported(&sandbox);
    let first = std::fs::read(sandbox.path("out.db")).unwrap();
    let again = sandbox.relato(&["export", "sqlite", "out.db", "--as-of", NEW_YEAR]).with_code(0);
    assert!(again.out.starts_with("unchanged "), "{again:?}");
    assert_eq!(first, std::fs::read(sandbox.path("out.db")).unwrap());
}

#[test]
fn what_relato_did_not_write_is_not_written_over() {
    let sandbox = workspace();
    let foreign = Connection::open(sandbox.path("theirs.db")).unwrap();
    foreign.execute_batch("create table precious (x); insert into precious values (1)").unwrap();
    drop(foreign);
    sandbox.write("notes.txt", "precious");
    sandbox.write("empty.db", "");
    let export = |file: &str, more: &[&str]| {
        sandbox.relato(&[&["export", "sqlite", file, "--as-of", NEW_YEAR], more].concat())
    };
    for file in ["theirs.db", "notes.txt"] {
        let before = std::fs::read(sandbox.path(file)).unwrap();
        let said = export(file, &[]).with_code(2);
        assert!(said.err.contains("is no export of relato") && said.err.contains("--force"), "{said:?}");
        assert_eq!(before, std::fs::read(sandbox.path(file)).unwrap());
        export(file, &["--force"]).with_code(0);
        assert_eq!(rows(&Connection::open(sandbox.path(file)).unwrap(), "select * from incidents").len(), 4);
    }
    export("empty.db", &[]).with_code(0);
    export("new/folder/out.db", &[]).with_code(0);
    export("incidents", &[]).with_code(2);
}

#[test]
fn the_ledger_is_a_table() {
    let sandbox = workspace();
    let path = "incidents/2022/2022-12-18-order-imports.yaml";
    assert_eq!(rows(&exported(&sandbox), "select * from ledger").len(), 0, "no history");
    let first = sandbox.commit();
    let text =
        sandbox.read(path).replace("due: 2023-01-10, status: accepted", "due: 2023-02-01, status: blocked");
    sandbox.write(path, text);
    let second = sandbox.commit();
    let text = |text: &str| Sql::Text(text.to_owned());
    let query = "select * from ledger where action = 'A91' order by position";
    let database = exported(&sandbox);
    let found: Vec<[Sql; 4]> = rows(&database, query)
        .iter()
        .map(|row| ["commit", "change", "from", "to"].map(|name| row[name].clone()))
        .collect();
    assert_eq!(
        found,
        [
            [text(&first), text("opened"), Sql::Null, text("accepted")],
            [text(&second), text("due"), text("2023-01-10"), text("2023-02-01")],
            [text(&second), text("status"), text("accepted"), text("blocked")],
        ]
    );
    let authors = rows(&database, "select distinct author from ledger");
    assert_eq!(authors.len(), 1);
}

#[test]
fn every_column_is_documented() {
    let database = exported(&workspace());
    let page = read("docs/machines.md");
    for table in ["incidents", "impacts", "events", "actions", "ledger", "about"] {
        assert!(page.contains(&format!("`{table}`")), "{table}");
        for row in rows(&database, &format!("select name, type from pragma_table_info('{table}')")) {
            let (Sql::Text(name), Sql::Text(kind)) = (&row["name"], &row["type"]) else { panic!("{row:?}") };
            let name = name.replace("_pt_br", "_en");
            assert!(page.contains(&format!("`{name}`")), "{table}.{name}");
            let known = ["TEXT", "INTEGER", "REAL", "BOOLEAN", "DATE", "DATETIME"];
            assert!(known.contains(&kind.as_str()), "{table}.{name}: {kind}");
        }
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn whoever_wants_parquet_is_told_how_to_have_it() {
    let sandbox = Sandbox::own();
    for args in [&["export", "parquet"][..], &["export", "parquet", "tables", "--force"]] {
        let said = sandbox.relato(args).with_code(2);
        assert!(said.err.contains("--features parquet") && !sandbox.path("tables").exists(), "{}", said.err);
    }
}

/// Each table as Parquet, held against the same table as SQLite.
#[cfg(feature = "parquet")]
#[test]
fn parquet_says_what_sqlite_says() {
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::Field,
    };

    let sandbox = workspace();
    let database = exported(&sandbox);
    let export = |args: &[&str]| {
        sandbox.relato(&[&["export", "parquet", "tables", "--as-of", NEW_YEAR], args].concat())
    };
    let said = export(&[]).with_code(0);
    assert_eq!(said.out.lines().count(), 5, "{said:?}");
    assert!(export(&[]).with_code(0).out.lines().all(|line| line.starts_with("unchanged ")));
    for table in ["incidents", "impacts", "events", "actions", "ledger"] {
        let file = std::fs::File::open(sandbox.path(&format!("tables/{table}.parquet"))).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let about = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(about.iter().any(|it| it.key == "relato.as_of" && it.value.as_deref() == Some(NEW_YEAR)));
        let expected = rows(&database, &format!("select * from {table} order by rowid"));
        let mut found = reader.get_row_iter(None).unwrap();
        for expected in &expected {
            let row = found.next().unwrap().unwrap();
            for (name, field) in row.get_column_iter() {
                let same = match (field, &expected[name]) {
                    (Field::Null, Sql::Null) => true,
                    (Field::Str(a), Sql::Text(b)) => a == b,
                    (Field::Long(a), Sql::Integer(b)) => a == b,
                    (Field::Bool(a), Sql::Integer(b)) => i64::from(*a) == *b,
                    (Field::Double(a), Sql::Real(b)) => a == b,
                    (Field::Date(days), Sql::Text(b)) => {
                        let days = chrono::Days::new((*days).try_into().unwrap());
                        chrono::NaiveDate::default().checked_add_days(days).unwrap().to_string() == *b
                    }
                    (Field::TimestampMicros(micros), Sql::Text(b)) => {
                        let at = chrono::DateTime::from_timestamp_micros(*micros).unwrap();
                        at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true) == *b
                    }
                    _ => false,
                };
                assert!(same, "{table}.{name}: {field:?} {:?}", expected[name]);
            }
        }
        assert!(found.next().is_none());
    }
    sandbox.write("tables/events.parquet", "precious");
    let said = export(&[]).with_code(2);
    assert!(said.err.contains("events.parquet is there already"), "{said:?}");
    assert_eq!(sandbox.read("tables/events.parquet"), "precious");
    export(&["--force"]).with_code(0);
}
