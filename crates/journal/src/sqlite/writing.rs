//! What one transaction writes.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::failure::{storage, writing};
use super::tables;
use super::values::{Heads, number, signed};
use crate::error::JournalError;
use crate::limits::RESULT_BYTES_MAX;
use crate::names::{Epoch, SaleId, Seq};
use crate::seal::seal_result;
use crate::store::{Append, KeptResult};

/// Runs `body` in a transaction, which also writes the number of the commit. After an error nothing of
/// it is left, except that a commit which could not be written or synced may be found later.
pub(super) fn transact<T>(
    connection: &mut Connection,
    doing: &'static str,
    commits: u32,
    body: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
) -> Result<T, JournalError> {
    let failed = storage(doing);
    let behavior = TransactionBehavior::Immediate;
    let transaction = connection.transaction_with_behavior(behavior).map_err(failed)?;
    let done =
        tables::count(&transaction, commits).map_err(failed).and_then(|()| body(&transaction));
    match done {
        Ok(value) => transaction.commit().map_err(failed).map(|()| value),
        // Some errors end the transaction by themselves.
        Err(error) if transaction.is_autocommit() => {
            drop(transaction);
            Err(error)
        }
        Err(error) => transaction.rollback().map_err(failed).and(Err(error)),
    }
}

pub(super) fn append_one(
    transaction: &Transaction<'_>,
    append: &Append,
    heads: &mut Heads,
) -> Result<(), JournalError> {
    let Append { sale, seq, epoch, records } = append;
    let last = match heads.get(sale) {
        Some((owner, last)) if owner == epoch => *last,
        _ => check_owner(transaction, *sale, *epoch)?,
    };
    let expected = last.next();
    if *seq != expected {
        return Err(JournalError::Gap { sale: *sale, expected, found: *seq });
    }
    let failed = writing(*sale, "append a batch");
    let sql = "INSERT INTO journal (sale, seq, epoch, records) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = transaction.prepare_cached(sql).map_err(failed)?;
    insert
        .execute(params![signed(sale.0), signed(seq.0), signed(epoch.0), records])
        .map_err(failed)?;
    heads.insert(*sale, (*epoch, *seq));
    Ok(())
}

/// Puts a result in place of the one that was kept before. Returns how many were put: none if there is no such sale.
pub(super) fn put_result(
    transaction: &Transaction<'_>,
    sale: SaleId,
    person: u128,
    result: &KeptResult,
) -> Result<usize, JournalError> {
    assert!(result.bytes.len() <= RESULT_BYTES_MAX, "the shell keeps only short results");
    let sealed = seal_result(sale, person, result);
    let sql = "INSERT INTO result (sale, person, version, result)
               SELECT sale, ?2, ?3, ?4 FROM owner WHERE sale = ?1
               ON CONFLICT (sale, person) DO UPDATE
               SET version = excluded.version, result = excluded.result";
    let failed = writing(sale, "keep a result");
    let mut put = transaction.prepare_cached(sql).map_err(failed)?;
    let row = params![signed(sale.0), person.to_le_bytes(), result.version, sealed];
    put.execute(row).map_err(failed)
}

/// The last batch of a sale. Refuses an `epoch` that is not the sale's newest.
pub(super) fn check_owner(
    transaction: &Transaction<'_>,
    sale: SaleId,
    epoch: Epoch,
) -> Result<Seq, JournalError> {
    let failed = writing(sale, "look up the owner");
    let sql = "SELECT epoch, coalesce((SELECT max(seq) FROM journal WHERE sale = ?1), 0)
               FROM owner WHERE sale = ?1";
    let mut query = transaction.prepare_cached(sql).map_err(failed)?;
    let read = |row: &Row<'_>| Ok((Epoch(number(row, 0)?), Seq(number(row, 1)?)));
    let found = query.query_row([signed(sale.0)], read).optional().map_err(failed)?;
    let (owner, last) = found.ok_or(JournalError::UnknownSale { sale })?;
    if owner == epoch { Ok(last) } else { Err(JournalError::Fenced { sale, epoch, owner }) }
}
