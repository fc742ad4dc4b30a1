//! The tables as Parquet files, one each.

use std::sync::Arc;

use parquet::{
    basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::{Type, TypePtr},
};

use super::{About, ExportError, Kind, Table, Value};
use crate::time::Date;

/// What tells that a Parquet file is an export of relato.
const WRITER: &str = "relato export";

/// The bytes of a Parquet file that holds one table, what the export says of itself in its metadata. The same table gives
/// the same bytes.
///
/// # Errors
/// When the library refuses.
pub fn parquet(table: &Table, about: &About) -> Result<Vec<u8>, ExportError> {
    made(table, about).map_err(|error| ExportError(error.to_string()))
}

/// Whether a file is a Parquet file that relato wrote, by its whole bytes: who wrote it stands at the end.
pub fn is_parquet_export(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PAR1") && bytes.windows(WRITER.len()).any(|window| window == WRITER.as_bytes())
}

fn made(table: &Table, about: &About) -> Result<Vec<u8>, ParquetError> {
    let fields = table.columns.iter().map(|(name, kind)| field(name, *kind)).collect::<Result<_, _>>()?;
    let schema = Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?);
    let said = about.rows().map(|(key, value)| KeyValue::new(format!("relato.{key}"), value));
    let properties = WriterProperties::builder()
        .set_created_by(WRITER.to_owned())
        .set_key_value_metadata(Some(said.to_vec()))
        .set_compression(Compression::UNCOMPRESSED);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build()))?;
    let mut group = writer.next_row_group()?;
    for (at, (_, kind)) in table.columns.iter().enumerate() {
        let Some(mut column) = group.next_column()? else { break };
        let cells: Vec<&Value> = table.rows.iter().filter_map(|row| row.get(at)).collect();
        write(&mut column, *kind, &cells)?;
        column.close()?;
    }
    group.close()?;
    writer.into_inner()
}

fn field(name: &str, kind: Kind) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Real => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Instant => {
            let logical = LogicalType::timestamp(true, TimeUnit::MICROS);
            (Physical::INT64, Some(logical))
        }
    };
    let field = Type::primitive_type_builder(name, physical).with_logical_type(logical);
    Ok(Arc::new(field.with_repetition(Repetition::OPTIONAL).build()?))
}

/// Writes what is there, and where something is missing.
fn write(column: &mut SerializedColumnWriter<'_>, kind: Kind, cells: &[&Value]) -> Result<(), ParquetError> {
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(**cell != Value::Missing)).collect();
    let levels = Some(levels.as_slice());
    match kind {
        Kind::Text => {
            let text = |cell: &&Value| match cell {
                Value::Text(text) => Some(ByteArray::from(text.as_str())),
                _ => None,
            };
            let values: Vec<ByteArray> = cells.iter().filter_map(text).collect();
            column.typed::<ByteArrayType>().write_batch(&values, levels, None)?;
        }
        Kind::Integer | Kind::Instant => {
            let number = |cell: &&Value| match cell {
                Value::Integer(number) => Some(*number),
                Value::Instant(at) => Some(at.timestamp_micros()),
                _ => None,
            };
            let values: Vec<i64> = cells.iter().filter_map(number).collect();
            column.typed::<Int64Type>().write_batch(&values, levels, None)?;
        }
        Kind::Real => {
            let number = |cell: &&Value| match cell {
                Value::Real(number) => Some(*number),
                _ => None,
            };
            let values: Vec<f64> = cells.iter().filter_map(number).collect();
            column.typed::<DoubleType>().write_batch(&values, levels, None)?;
        }
        Kind::Boolean => {
            let yes = |cell: &&Value| match cell {
                Value::Boolean(yes) => Some(*yes),
                _ => None,
            };
            let values: Vec<bool> = cells.iter().filter_map(yes).collect();
            column.typed::<BoolType>().write_batch(&values, levels, None)?;
        }
        Kind::Date => {
            let day = |cell: &&Value| match cell {
                Value::Date(date) => i32::try_from((*date - Date::default()).num_days()).ok(),
                _ => None,
            };
            let values: Vec<i32> = cells.iter().filter_map(day).collect();
            column.typed::<Int32Type>().write_batch(&values, levels, None)?;
        }
    }
    Ok(())
}
