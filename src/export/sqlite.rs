//! The tables as one SQLite file.

use rusqlite::{
    Connection, ToSql, params_from_iter,
    types::{Null, ToSqlOutput, ValueRef},
};

use super::{ExportError, Kind, Table, Tables, Value};

/// `rlto`: what tells that a SQLite file is an export of relato (`PRAGMA application_id`).
const APPLICATION: i32 = 0x726c_746f;

/// The version of the tables (`PRAGMA user_version`).
const VERSION: i32 = 1;

/// The bytes of a SQLite file that holds the tables, and `about` with what they say of themselves. The same tables give
/// the same bytes.
///
/// # Errors
/// When SQLite refuses, for want of memory for example.
pub fn sqlite(tables: &Tables) -> Result<Vec<u8>, ExportError> {
    made(tables).map_err(|error| ExportError(error.to_string()))
}

/// Whether a file that begins so is a SQLite file that relato wrote.
pub fn is_sqlite_export(bytes: &[u8]) -> bool {
    // the header: a magic of 16 bytes, and the application's id at byte 68
    bytes.starts_with(b"SQLite format 3\0") && bytes.get(68..72) == Some(&APPLICATION.to_be_bytes())
}

fn made(tables: &Tables) -> rusqlite::Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    let transaction = connection.transaction()?;
    for table in &tables.tables {
        fill(&transaction, table)?;
    }
    transaction.execute_batch(
        "CREATE TABLE about (key TEXT, value TEXT);
         CREATE INDEX impacts_incident ON impacts (incident);
         CREATE INDEX events_incident ON events (incident);
         CREATE INDEX actions_incident ON actions (incident);",
    )?;
    for (key, value) in tables.about.rows() {
        transaction.execute("INSERT INTO about VALUES (?1, ?2)", [key, &value])?;
    }
    transaction.commit()?;
    let bytes = connection.serialize("main")?;
    Ok(bytes.to_vec())
}

fn fill(connection: &Connection, table: &Table) -> rusqlite::Result<()> {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|(name, kind)| format!("\"{}\" {}", name.replace('"', ""), declared(*kind)))
        .collect();
    connection.execute_batch(&format!("CREATE TABLE {} ({})", table.name, columns.join(", ")))?;
    let places = vec!["?"; columns.len()].join(", ");
    let mut insert = connection.prepare(&format!("INSERT INTO {} VALUES ({places})", table.name))?;
    for row in &table.rows {
        insert.execute(params_from_iter(row))?;
    }
    Ok(())
}

/// The type as it is declared. SQLite stores dates as text; tools go by the declaration.
fn declared(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Integer => "INTEGER",
        Kind::Real => "REAL",
        Kind::Boolean => "BOOLEAN",
        Kind::Date => "DATE",
        Kind::Instant => "DATETIME",
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Missing => Null.into(),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Integer(number) => (*number).into(),
            Self::Real(number) => (*number).into(),
            Self::Boolean(yes) => (*yes).into(),
            Self::Date(date) => date.to_string().into(),
            Self::Instant(at) => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true).into(),
        })
    }
}
