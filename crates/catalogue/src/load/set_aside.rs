//! What a load sets aside, and how it comes back.
//!
//! The table `set_aside` holds the statements that bring everything back. It is written in the transaction that sets aside,
//! and emptied in the one that puts back.

use sea_orm::{ConnectionTrait, DatabaseConnection, FromQueryResult};

use crate::engine::{self, Engine};
use crate::error::CatalogueError;
use crate::rows::{execute, number, statement};

/// Indexes that no rule needs, with the statement that makes each.
const SQLITE_INDEXES: &str = "SELECT name, sql AS again FROM sqlite_schema
    WHERE type = 'index' AND sql LIKE 'CREATE INDEX %'";
const POSTGRES_INDEXES: &str =
    "SELECT relname::TEXT AS name, pg_get_indexdef(indexrelid) AS again FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = current_schema()::regnamespace AND NOT indisunique";

/// The index of letters gathers 64 MiB before it writes a tree, and merges trees at the end, or where there are 256 of them: it
/// has room for 2,000. Names, values while loading, and SQLite's own values.
const LETTERS: [(&str, u32, u32); 3] =
    [("automerge", 0, 4), ("crisismerge", 256, 16), ("hashsize", 64 << 20, 1 << 20)];

#[derive(FromQueryResult)]
struct Index {
    name: String,
    again: String,
}

#[derive(FromQueryResult)]
struct Statement {
    again: String,
}

pub(super) async fn set_aside(
    connection: &DatabaseConnection,
    engine: Engine,
) -> Result<(), CatalogueError> {
    let transaction = engine::begin_write(connection).await?;
    let sql = match engine {
        Engine::Sqlite => SQLITE_INDEXES,
        Engine::Postgres => POSTGRES_INDEXES,
    };
    let indexes = Index::find_by_statement(statement(&transaction, sql, []));
    for Index { name, again } in indexes.all(&transaction).await? {
        note(&transaction, again).await?;
        transaction.execute_unprepared(&format!("DROP INDEX {name}")).await?;
    }
    if engine == Engine::Sqlite {
        for (name, loading, usual) in LETTERS {
            note(&transaction, letters(name, usual)).await?;
            transaction.execute_unprepared(&letters(name, loading)).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

async fn note(connection: &impl ConnectionTrait, again: String) -> Result<(), CatalogueError> {
    let sql = "INSERT INTO set_aside (again) VALUES ($1)";
    execute(connection, sql, [again.into()]).await?;
    Ok(())
}

fn letters(name: &str, value: u32) -> String {
    format!("INSERT INTO concert_search (concert_search, rank) VALUES ('{name}', {value})")
}

/// Puts back what was set aside, if anything was. Of two who do that at once, one waits for the other.
pub(crate) async fn put_back(
    connection: &DatabaseConnection,
    engine: Engine,
) -> Result<(), CatalogueError> {
    if number(connection, "SELECT COUNT(*) AS number FROM set_aside", []).await? == 0 {
        return Ok(());
    }
    let transaction = engine::begin_write(connection).await?;
    if engine == Engine::Postgres {
        // Sorting in memory takes half the time of sorting on disk.
        transaction.execute_unprepared("SET LOCAL maintenance_work_mem = '256MB'").await?;
        transaction.execute_unprepared("LOCK TABLE set_aside").await?;
    }
    let sql = "SELECT again FROM set_aside ORDER BY again";
    let all = Statement::find_by_statement(statement(&transaction, sql, []));
    for Statement { again } in all.all(&transaction).await? {
        transaction.execute_unprepared(&again).await?;
    }
    execute(&transaction, "DELETE FROM set_aside", []).await?;
    transaction.commit().await?;
    Ok(())
}
