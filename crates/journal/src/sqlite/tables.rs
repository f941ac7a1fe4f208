//! The tables: who made them, whether they can be used, and the sales that they name.
//!
//! Two numbers on the first page tell of the whole file: SQLite's *application id* has our name and the
//! version of the tables, its *user version* has the number of the last commit.

use std::collections::BTreeSet;

use rusqlite::{
    Connection, ErrorCode, OptionalExtension, Row, Transaction, TransactionBehavior, params,
};

use super::failure::{is_damage, opening, storage};
use super::notice::Notice;
use super::values::{number, signed};
use crate::error::JournalError;
use crate::names::SaleId;

/// "ting" in ASCII: marks a file of the first version of the tables.
const FIRST: i32 = 0x7469_6e67;

/// "tin" in ASCII. The version of the tables is in the last byte.
const APPLICATION_ID: i32 = 0x7469_6e00;

/// The version of the tables below. A file with a newer version is refused.
const SCHEMA: i32 = 2;

const CREATE_OWNER: &str = "CREATE TABLE owner (
        sale INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, header BLOB NOT NULL
    ) STRICT;";
const CREATE_JOURNAL: &str = "CREATE TABLE journal (
        sale INTEGER NOT NULL, seq INTEGER NOT NULL, epoch INTEGER NOT NULL, records BLOB NOT NULL,
        PRIMARY KEY (sale, seq)
    ) STRICT, WITHOUT ROWID;";
const CREATE_SNAPSHOT: &str = "CREATE TABLE snapshot (
        sale INTEGER PRIMARY KEY, seq INTEGER NOT NULL, version INTEGER NOT NULL,
        state BLOB NOT NULL
    ) STRICT;";
/// The first version had no such table.
const CREATE_RESULT: &str = "CREATE TABLE result (
        sale INTEGER NOT NULL, person BLOB NOT NULL, version INTEGER NOT NULL,
        result BLOB NOT NULL, PRIMARY KEY (sale, person)
    ) STRICT;";

/// The tables with the statements that make them and a statement that names all their columns.
const TABLES: [(&str, &str, &str); 4] = [
    ("owner", CREATE_OWNER, "SELECT sale, epoch, header FROM owner"),
    ("journal", CREATE_JOURNAL, "SELECT sale, seq, epoch, records FROM journal"),
    ("snapshot", CREATE_SNAPSHOT, "SELECT sale, seq, version, state FROM snapshot"),
    ("result", CREATE_RESULT, "SELECT sale, person, version, result FROM result"),
];

const OWNER: usize = 0;
const JOURNAL: usize = 1;
const SNAPSHOT: usize = 2;
const RESULT: usize = 3;

/// The number of the last commit. Refuses a file that is not a journal of this program's tables.
/// `was_journal` tells that a mark stands beside it.
pub(super) fn check_identity(
    connection: &Connection,
    was_journal: bool,
) -> Result<u32, JournalError> {
    let meant = |error: rusqlite::Error| {
        let is_foreign = error.sqlite_error_code() == Some(ErrorCode::NotADatabase);
        if is_foreign && was_journal {
            JournalError::Broken { source: error.into() }
        } else {
            opening(error)
        }
    };
    let read = |sql| connection.query_row(sql, [], |row| row.get::<_, i32>(0)).map_err(meant);
    let application_id = read("PRAGMA application_id")?;
    let user_version = read("PRAGMA user_version")?;
    let table_count = read("SELECT count(*) FROM sqlite_schema")?;
    match (application_id, user_version) {
        (0, 0) if table_count == 0 => Ok(0),
        (FIRST, 1) => check_tables(connection, &TABLES[..RESULT]).map(|()| 1),
        (FIRST, found) => Err(JournalError::NewerSchema { found, known: SCHEMA }),
        (id, commits) if id == APPLICATION_ID | SCHEMA => {
            check_tables(connection, &TABLES).map(|()| commits.cast_unsigned())
        }
        (id, _) if id & !0xff == APPLICATION_ID && id & 0xff > SCHEMA => {
            Err(JournalError::NewerSchema { found: id & 0xff, known: SCHEMA })
        }
        _ if was_journal => {
            Err(JournalError::Broken { source: "another name stands there".into() })
        }
        _ => Err(JournalError::Foreign { found: "a database of another application" }),
    }
}

/// Refuses a file without one of the tables or columns.
fn check_tables(
    connection: &Connection,
    tables: &[(&str, &str, &str)],
) -> Result<(), JournalError> {
    let check = |(.., sql): &(_, _, &str)| connection.prepare(sql).map(|_| ());
    let checked = tables.iter().try_for_each(check);
    checked.map_err(|error| JournalError::Broken { source: error.into() })
}

/// Makes the tables in a new file, and those that a file of the first version lacks, all at once or none
/// (rule J26). Returns whether the file had tables before.
pub(super) fn prepare(
    connection: &mut Connection,
    commits: &mut u32,
) -> Result<bool, JournalError> {
    let id: i32 =
        connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(opening)?;
    if id == APPLICATION_ID | SCHEMA {
        return Ok(true);
    }
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(opening)?;
    let missing = if id == FIRST { &TABLES[RESULT..] } else { &TABLES[..] };
    let create = |(_, sql, _): &(_, &str, _)| transaction.execute_batch(sql);
    missing.iter().try_for_each(create).map_err(opening)?;
    *commits = 1;
    transaction.pragma_update(None, "application_id", APPLICATION_ID | SCHEMA).map_err(opening)?;
    count(&transaction, *commits).map_err(opening)?;
    transaction.commit().map_err(opening)?;
    Ok(id == FIRST)
}

/// Writes the number of the commit on the first page.
pub(super) fn count(transaction: &Transaction<'_>, commits: u32) -> rusqlite::Result<()> {
    transaction.pragma_update(None, "user_version", commits.cast_signed())
}

/// Gives the tables that cannot be used another name, and makes new ones in their place: those of which
/// no row can be reached, and that of the owners if it takes no new sale.
///
/// Without this, one damaged page would keep every sale from being created or written. The sales of
/// a table that was set aside stay damaged. A snapshot and a result can be made again; the other two
/// tables only together tell of a sale.
pub(super) fn set_aside(connection: &mut Connection) -> Result<Vec<Notice>, JournalError> {
    let known = known_sales(connection);
    let takes_sales = takes_sales(connection);
    let is_lost = |table: &str| !is_reachable(connection, table, &known);
    let mut lost = match (is_lost("owner") || is_lost("journal"), is_lost("snapshot")) {
        (true, _) => vec![OWNER, JOURNAL, SNAPSHOT],
        (false, true) if takes_sales => vec![SNAPSHOT],
        (false, true) => vec![OWNER, SNAPSHOT],
        (false, false) if takes_sales => Vec::new(),
        (false, false) => vec![OWNER],
    };
    if is_lost("result") {
        lost.push(RESULT);
    }
    if lost.is_empty() {
        return Ok(Vec::new());
    }
    let failed = storage("set a damaged table aside");
    let number = lost_tables(connection).map_err(opening)?.len();
    // A sale without its log would seem to be a sale that has only begun. So the owners are taken over
    // only if the logs stay.
    let owners = if lost.contains(&JOURNAL) || !lost.contains(&OWNER) {
        Vec::new()
    } else {
        owners(connection, &known)
    };
    let behavior = TransactionBehavior::Immediate;
    let transaction = connection.transaction_with_behavior(behavior).map_err(opening)?;
    let mut notices = Vec::new();
    for index in lost {
        let (table, create, _) = TABLES[index];
        let kept_as = format!("lost_{number}_{table}");
        let sql = format!("ALTER TABLE {table} RENAME TO {kept_as}; {create}");
        transaction.execute_batch(&sql).map_err(failed)?;
        notices.push(Notice::SetAside { table, kept_as });
    }
    for (sale, epoch, header) in owners {
        let insert = "INSERT INTO owner (sale, epoch, header) VALUES (?1, ?2, ?3)";
        transaction.execute(insert, params![sale, epoch, header]).map_err(failed)?;
    }
    transaction.commit().map_err(failed)?;
    Ok(notices)
}

/// The rows of all owners that can be read. The sales of the others stay damaged.
fn owners(connection: &Connection, known: &BTreeSet<i64>) -> Vec<(i64, i64, Vec<u8>)> {
    let sql = "SELECT sale, epoch, header FROM owner WHERE sale = ?1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    known.iter().filter_map(|sale| connection.query_row(sql, [sale], read).ok()).collect()
}

/// Whether a new sale can be created, wherever its number leads.
fn takes_sales(connection: &mut Connection) -> bool {
    let behavior = TransactionBehavior::Immediate;
    let Ok(transaction) = connection.transaction_with_behavior(behavior) else { return true };
    let sql = "INSERT OR REPLACE INTO owner (sale, epoch, header) VALUES (?1, 1, zeroblob(8000))";
    // The transaction is rolled back when it is dropped.
    spread()
        .all(|sale| !matches!(transaction.execute(sql, [sale]), Err(error) if is_damage(&error)))
}

/// Numbers from all over the space of sale numbers.
fn spread() -> impl Iterator<Item = i64> {
    (-8..=8i64).map(|part| part.saturating_mul(i64::MAX / 8))
}

/// Whether SQLite would fail to take a page from the list of free pages.
pub(super) fn has_damaged_free_pages(connection: &Connection) -> bool {
    let count = connection.query_row("PRAGMA freelist_count", [], |row| row.get::<_, i64>(0));
    if count.is_ok_and(|count| count == 0) {
        return false;
    }
    // Of all tables, only the check of this one looks at the free pages.
    let sql = "PRAGMA quick_check(sqlite_schema)";
    let line = connection.query_row(sql, [], |row| row.get::<_, String>(0));
    line.is_ok_and(|line| line.contains("reelist"))
}

/// Whether any row, or the place where a row would be, can be reached.
fn is_reachable(connection: &Connection, table: &str, known: &BTreeSet<i64>) -> bool {
    let sql = format!("SELECT sale FROM {table} WHERE sale >= ?1 ORDER BY sale LIMIT 1");
    let seek = |from: i64| -> rusqlite::Result<Option<i64>> {
        connection.query_row(&sql, [from], |row| row.get(0)).optional()
    };
    spread().chain(known.iter().copied().take(KNOWN_TRIED_MAX)).any(|from| seek(from).is_ok())
}

/// Known sales that are looked up to learn whether a table can be used. Chosen: enough to meet a
/// page that is whole, if there is one.
const KNOWN_TRIED_MAX: usize = 256;

/// The names of the tables that were set aside.
pub(super) fn lost_tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'lost%'";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// All sales that any table names, as far as its pages can be read.
pub(super) fn sales(connection: &Connection) -> Vec<SaleId> {
    let mut sales: Vec<_> = known_sales(connection).into_iter().map(unsigned).collect();
    sales.sort_unstable();
    sales
}

fn unsigned(sale: i64) -> SaleId {
    SaleId(sale.cast_unsigned())
}

fn known_sales(connection: &Connection) -> BTreeSet<i64> {
    let lost = lost_tables(connection).unwrap_or_default();
    let names = ["journal", "snapshot", "owner"].into_iter();
    let mut found = BTreeSet::new();
    for table in names.chain(lost.iter().map(String::as_str)) {
        let walk = Walk::of(connection, table, &found);
        found.extend(walk);
    }
    found
}

/// Whether a table that was set aside may have had a sale, or rows of it were left without an owner.
pub(super) fn is_remembered(connection: &Connection, sale: SaleId) -> bool {
    let lost = lost_tables(connection).unwrap_or_default();
    let others = ["journal", "snapshot"].into_iter();
    let mut tables = others.chain(lost.iter().map(String::as_str));
    tables.any(|table| {
        let sql = format!("SELECT 1 FROM {table} WHERE sale = ?1 LIMIT 1");
        let row = connection.query_row(&sql, [signed(sale.0)], |_| Ok(())).optional();
        // A table that cannot say so may have had it only if it is whole elsewhere.
        matches!(row, Ok(Some(())))
    })
}

/// Walks over the sales of a table from the smallest to the largest. Where a page is damaged it goes
/// on behind the page.
struct Walk;

impl Walk {
    fn of(connection: &Connection, table: &str, hints: &BTreeSet<i64>) -> BTreeSet<i64> {
        let sql = format!("SELECT sale FROM {table} WHERE sale >= ?1 ORDER BY sale LIMIT 1");
        let Ok(mut query) = connection.prepare(&sql) else { return BTreeSet::new() };
        let mut seek = |from: i64| -> rusqlite::Result<Option<i64>> {
            query.query_row([from], |row| number(row, 0).map(u64::cast_signed)).optional()
        };
        let mut found = BTreeSet::new();
        let mut from = i64::MIN;
        loop {
            let sale = match seek(from) {
                Ok(Some(sale)) => sale,
                Ok(None) => return found,
                Err(_) => match behind_damage(&mut seek, from, hints) {
                    Some(next) => {
                        from = next;
                        continue;
                    }
                    None => return found,
                },
            };
            // A damaged page can lead back to sales that were seen.
            if sale < from {
                return found;
            }
            found.insert(sale);
            match sale.checked_add(1) {
                Some(next) => from = next,
                None => return found,
            }
        }
    }
}

/// The next sale number from which the table can be read again.
fn behind_damage(
    seek: &mut impl FnMut(i64) -> rusqlite::Result<Option<i64>>,
    from: i64,
    hints: &BTreeSet<i64>,
) -> Option<i64> {
    let hinted = hints.range(from.saturating_add(1)..).copied().find(|hint| seek(*hint).is_ok());
    let end = match hinted {
        Some(hint) => hint,
        None if seek(i64::MAX).is_ok() => i64::MAX,
        None => return None,
    };
    // Between a number that fails and one that works there is a first one that works.
    let (mut fails, mut works) = (from, end);
    while works.abs_diff(fails) > 1 {
        let middle = fails.midpoint(works);
        if seek(middle).is_ok() { works = middle } else { fails = middle }
    }
    Some(works)
}
