//! Small helpers for statements that SeaORM has no builder for. Parameters are `$1`, `$2` in both databases.

use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

pub(crate) fn statement(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values)
}

/// The column `number` of the one row that a query gives.
pub(crate) async fn number(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<i64, DbErr> {
    let row = connection.query_one_raw(statement(connection, sql, values)).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("a query for a number".to_owned()))?;
    row.try_get("", "number")
}

/// Runs a statement, and says how many rows it changed.
pub(crate) async fn execute(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, DbErr> {
    let result = connection.execute_raw(statement(connection, sql, values)).await?;
    Ok(result.rows_affected())
}
