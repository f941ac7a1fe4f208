//! Numbers as SQLite keeps them, and what a store remembers of its sales.

use std::collections::HashMap;

use rusqlite::Row;

use crate::names::{Epoch, SaleId, Seq};

/// The newest claim and the last batch of each sale that was appended to lately. It agrees with the
/// file, because nobody else writes there. Any error of a write empties it.
pub(super) type Heads = HashMap<SaleId, (Epoch, Seq)>;

/// The same 64 bits as a signed number, because SQLite has no unsigned integers.
pub(super) fn signed(value: u64) -> i64 {
    value.cast_signed()
}

pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}
