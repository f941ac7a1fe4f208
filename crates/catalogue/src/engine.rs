//! The two databases, and how each is opened.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
};

use crate::error::CatalogueError;

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file, read and written by this process.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// Where the catalogue is.
#[derive(Clone, Debug)]
pub enum Home {
    /// In this file; it is made if it is not there. The folder must be there.
    File(PathBuf),
    /// In the database of this URL, `postgres://person:secret@host:port/name`, or with `?host=/folder` for a socket. The
    /// program has no TLS for it: a URL that demands TLS fails.
    Postgres(String),
}

/// How many connections read at the same time from SQLite. More than cores would only wait for each other.
const READERS: u32 = 4;
/// Connections to PostgreSQL. A server has a hundred by default, and other programs want some.
const CONNECTIONS: u32 = 10;
/// How long a request waits for a connection. Longer, and the person has gone.
const ACQUIRE: Duration = Duration::from_secs(5);
/// How long a writer waits for another process, such as a backup, that has the file.
const BUSY: Duration = Duration::from_secs(10);
/// A plan that fits all words fits none: common words want another than rare ones. And no list takes as long as it takes to
/// compile a query.
const SETTINGS: [(&str, &str); 2] = [("plan_cache_mode", "force_custom_plan"), ("jit", "off")];
/// Pages that one connection keeps in memory, in KiB.
const CACHE_KIB: i64 = 32 * 1024;

/// Connections for reading and for writing. SQLite has one writer: two that wait for each other inside of a transaction would
/// fail. With PostgreSQL both are the same.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    pub(crate) read: DatabaseConnection,
    pub(crate) write: DatabaseConnection,
}

pub(crate) async fn open(home: &Home) -> Result<(Engine, Connections), CatalogueError> {
    match home {
        Home::File(path) => {
            // The writer comes first: it makes the file.
            let write = Database::connect(sqlite(path, Access::Write)).await?;
            let read = Database::connect(sqlite(path, Access::Read)).await?;
            Ok((Engine::Sqlite, Connections { read, write }))
        }
        Home::Postgres(url) => {
            let mut options = quiet(url.clone());
            options.max_connections(CONNECTIONS);
            options.map_sqlx_postgres_opts(|options| options.options(SETTINGS));
            let connection = Database::connect(options).await?;
            Ok((Engine::Postgres, Connections { read: connection.clone(), write: connection }))
        }
    }
}

/// Begins a transaction that is going to write.
///
/// SQLite takes the lock for writing now and waits for another program that has it, up to [`BUSY`]. If it took the lock at the first
/// change instead, after reading, it would refuse at once whenever another program had written since.
pub(crate) async fn begin_write(
    connection: &DatabaseConnection,
) -> Result<DatabaseTransaction, DbErr> {
    let mode = Some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode: mode, ..Default::default() };
    connection.begin_with_options(options).await
}

#[derive(Clone, Copy)]
enum Access {
    Read,
    Write,
}

fn sqlite(path: &Path, access: Access) -> ConnectOptions {
    let path = path.to_owned();
    // The path goes in as it is: in a URL, some characters of a path would have to be written otherwise.
    let mut options = quiet("sqlite::memory:".to_owned());
    options.max_connections(match access {
        Access::Read => READERS,
        Access::Write => 1,
    });
    options.map_sqlx_sqlite_opts(move |options| {
        let options = options
            .in_memory(false)
            .shared_cache(false)
            .filename(&path)
            .busy_timeout(BUSY)
            .foreign_keys(true)
            .pragma("cache_size", format!("-{CACHE_KIB}"));
        match access {
            Access::Read => options.pragma("query_only", "1"),
            // Full: a like that was answered is there after a power failure.
            Access::Write => options
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full),
        }
    });
    options
}

fn quiet(url: String) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).acquire_timeout(ACQUIRE).connect_timeout(ACQUIRE);
    options
}
