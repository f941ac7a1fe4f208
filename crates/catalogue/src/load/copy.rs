//! Rows to PostgreSQL by `COPY`: one stream of text for a table, instead of a parameter for each value.

use std::io::Write as _;

use data_encoding::HEXLOWER;
use sea_orm::sqlx::postgres::{PgConnection, Postgres};
use sea_orm::sqlx::{self, Transaction};
use sea_orm::{
    ActiveModelTrait, DatabaseConnection, DbErr, EntityTrait, IdenStatic, Iterable as _,
    RuntimeErr, Value,
};

use crate::error::CatalogueError;

/// Bytes that are gathered before they are sent. While PostgreSQL takes them, the next ones are made.
const CHUNK_BYTES: usize = 64 * 1024;

/// Begins a transaction of the driver: SeaORM's own cannot copy.
pub(super) async fn begin(
    connection: &DatabaseConnection,
) -> Result<Transaction<'static, Postgres>, CatalogueError> {
    connection.get_postgres_connection_pool().begin().await.map_err(failed)
}

pub(super) async fn commit(
    transaction: Transaction<'static, Postgres>,
) -> Result<(), CatalogueError> {
    transaction.commit().await.map_err(failed)
}

/// Copies rows of SeaORM, which have all their columns.
pub(super) async fn rows<E, A>(
    connection: &mut PgConnection,
    rows: impl Iterator<Item = A>,
) -> Result<(), CatalogueError>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E>,
{
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let names: Vec<&str> = columns.iter().map(IdenStatic::as_str).collect();
    let rows = rows.map(|mut row| {
        let values = columns.iter().map(|column| row.take(*column).into_value());
        values.flatten().collect()
    });
    values(connection, E::default().table_name(), &names.join(", "), rows).await
}

/// Copies values in the order of the columns.
pub(super) async fn values(
    connection: &mut PgConnection,
    table: &str,
    columns: &str,
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<(), CatalogueError> {
    let sql = format!("COPY {table} ({columns}) FROM STDIN");
    let mut copy = connection.copy_in_raw(&sql).await.map_err(failed)?;
    let mut text = Vec::with_capacity(CHUNK_BYTES * 2);
    for row in rows {
        push_row(&mut text, &row)?;
        if text.len() >= CHUNK_BYTES {
            copy.send(text.as_slice()).await.map_err(failed)?;
            text.clear();
        }
    }
    copy.send(text.as_slice()).await.map_err(failed)?;
    copy.finish().await.map_err(failed)?;
    Ok(())
}

fn push_row(text: &mut Vec<u8>, row: &[Value]) -> Result<(), DbErr> {
    for (index, value) in row.iter().enumerate() {
        if index > 0 {
            text.push(b'\t');
        }
        push(text, value)?;
    }
    text.push(b'\n');
    Ok(())
}

/// A value in the text form of `COPY`.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enum is SeaORM's: our columns have three types"
)]
fn push(text: &mut Vec<u8>, value: &Value) -> Result<(), DbErr> {
    match value {
        Value::BigInt(Some(number)) => {
            write!(text, "{number}").map_err(|error| DbErr::Custom(error.to_string()))?;
        }
        Value::BigInt(None) | Value::String(None) | Value::Bytes(None) => {
            text.extend_from_slice(br"\N");
        }
        Value::String(Some(string)) => push_escaped(text, string),
        Value::Bytes(Some(bytes)) => {
            text.extend_from_slice(br"\\x");
            text.extend_from_slice(HEXLOWER.encode(bytes).as_bytes());
        }
        other => return Err(DbErr::Type(format!("no column keeps {other:?}"))),
    }
    Ok(())
}

fn push_escaped(text: &mut Vec<u8>, string: &str) {
    for byte in string.bytes() {
        match byte {
            b'\\' => text.extend_from_slice(br"\\"),
            b'\n' => text.extend_from_slice(br"\n"),
            b'\r' => text.extend_from_slice(br"\r"),
            b'\t' => text.extend_from_slice(br"\t"),
            other => text.push(other),
        }
    }
}

fn failed(error: sqlx::Error) -> CatalogueError {
    DbErr::Query(RuntimeErr::SqlxError(error.into())).into()
}

#[cfg(test)]
mod tests;
