//! The workspace as typed tables, for the tools that take over where one repository ends.

mod changes;
#[cfg(feature = "parquet")]
mod parquet;
mod sqlite;
mod tables;

pub use changes::changes;
#[cfg(feature = "parquet")]
pub use parquet::{is_parquet_export, parquet};
pub use sqlite::{is_sqlite_export, sqlite};
pub use tables::{About, Kind, RowsOfIncident, Source, Table, Tables, Value};

/// Why a table cannot be written: what the library says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the tables cannot be written: {0}")]
pub struct ExportError(pub String);
