//! The catalogue itself: an open database, and the key of its cursors. What it can do is in the other modules.

use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};

use crate::cursor::{BadCursor, CursorKey, ListTag, Place};
use crate::engine::{self, Connections, Engine, Home};
use crate::error::CatalogueError;
use crate::limits::PAGE_ROWS_MAX;
use crate::{cursor, load, migration};

/// What the caller decides about a catalogue.
#[derive(Clone, Debug)]
pub struct CatalogueOptions {
    /// Where it is.
    pub home: Home,
    /// What its cursors are signed with.
    pub cursor_key: CursorKey,
}

/// Concerts, performances, openings, people, likes and bookings in one database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Catalogue {
    engine: Engine,
    connections: Connections,
    cursor_key: CursorKey,
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageQuery {
    /// The cursor of the page before; `None` for the first page.
    pub after: Option<String>,
    /// How many rows at most; at least one, at most [`PAGE_ROWS_MAX`], whatever was asked for.
    pub rows: u32,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// Where the next page begins; `None` at the end of the list.
    pub next: Option<String>,
}

impl Catalogue {
    /// Opens the database, and brings its tables to this version.
    ///
    /// # Errors
    /// If it cannot be opened, a later version has made its tables, or its locale knows no Korean letters.
    pub async fn open(options: CatalogueOptions) -> Result<Self, CatalogueError> {
        let (engine, connections) = engine::open(&options.home).await?;
        migration::run(&connections.write, engine).await?;
        // A load that was interrupted left reading slow.
        load::put_back(&connections.write, engine).await?;
        Ok(Self { engine, connections, cursor_key: options.cursor_key })
    }

    /// Opens the database without changing its tables, to look at what is in it.
    ///
    /// # Errors
    /// If it cannot be opened, or another version has made its tables.
    pub async fn open_as_is(options: CatalogueOptions) -> Result<Self, CatalogueError> {
        let (engine, connections) = engine::open(&options.home).await?;
        migration::check(&connections.write).await?;
        Ok(Self { engine, connections, cursor_key: options.cursor_key })
    }

    /// Closes all connections. A file is then complete without its neighbours.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn close(self) -> Result<(), CatalogueError> {
        self.connections.read.close_by_ref().await?;
        self.connections.write.close_by_ref().await?;
        Ok(())
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The connections for reading.
    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.connections.read
    }

    /// The connection for writing.
    pub(crate) fn write(&self) -> &DatabaseConnection {
        &self.connections.write
    }

    /// Begins a transaction on the connection for writing.
    pub(crate) async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        engine::begin_write(self.write()).await
    }

    /// Where a page begins: behind the row that its cursor names, or at `first`.
    pub(crate) fn begin(
        &self,
        list: ListTag,
        query: &PageQuery,
        first: Place,
    ) -> Result<Place, BadCursor> {
        match &query.after {
            Some(text) => cursor::read(&self.cursor_key, list, text),
            None => Ok(first),
        }
    }

    /// A page from the rows that were found, one more than it has room for if the list goes on.
    pub(crate) fn page<T>(
        &self,
        list: ListTag,
        query: &PageQuery,
        mut found: Vec<T>,
        place: impl Fn(&T) -> Place,
    ) -> Page<T> {
        let rows = query.row_count() as usize;
        let goes_on = found.len() > rows;
        found.truncate(rows);
        let last = found.last().filter(|_| goes_on);
        let next = last.map(|row| cursor::write(&self.cursor_key, list, place(row)));
        Page { rows: found, next }
    }
}

impl PageQuery {
    fn row_count(&self) -> u32 {
        self.rows.clamp(1, PAGE_ROWS_MAX)
    }

    /// How many rows to look for: one more than a page has tells whether the list goes on.
    pub(crate) fn limit(&self) -> i64 {
        i64::from(self.row_count()) + 1
    }
}

impl<T> Page<T> {
    /// The same page with other rows.
    pub(crate) fn with<U>(self, rows: impl FnOnce(Vec<T>) -> Vec<U>) -> Page<U> {
        Page { rows: rows(self.rows), next: self.next }
    }
}

#[cfg(test)]
mod tests;
