//! What an error of SQLite means: for one sale, for the disk, or for the whole journal.

use rusqlite::{Error, ErrorCode, ffi};

use crate::error::JournalError;
use crate::names::SaleId;

/// Any failure of a read concerns the sale that was read (rule J15).
pub(super) fn reading(sale: SaleId, doing: &'static str) -> impl Fn(Error) -> JournalError + Copy {
    move |error| JournalError::Damaged { sale, doing, source: error.into() }
}

/// The meaning of an error inside of a transaction that concerns one sale. Nothing of the
/// transaction stays.
pub(super) fn writing(sale: SaleId, doing: &'static str) -> impl Fn(Error) -> JournalError + Copy {
    move |error| {
        if is_damage(&error) {
            JournalError::Damaged { sale, doing, source: error.into() }
        } else {
            storage(doing)(error)
        }
    }
}

/// The meaning of an error that concerns the journal as a whole.
pub(super) fn storage(doing: &'static str) -> impl Fn(Error) -> JournalError + Copy {
    move |error| {
        if is_full(&error) {
            JournalError::DiskFull { doing, source: error.into() }
        } else {
            JournalError::Storage { doing, source: error.into() }
        }
    }
}

/// The meaning of an error while a file is being opened.
pub(super) fn opening(error: Error) -> JournalError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => JournalError::InUse,
        Some(ErrorCode::NotADatabase) => JournalError::Foreign { found: "not a database" },
        Some(ErrorCode::DatabaseCorrupt) => JournalError::Broken { source: error.into() },
        _ => storage("open the file")(error),
    }
}

/// Whether a page or a value on it is not what was written, or the disk cannot read it.
pub(super) fn is_damage(error: &Error) -> bool {
    if let Error::SqliteFailure(ffi::Error { code, extended_code }, _) = error {
        let is_read = matches!(
            *extended_code,
            ffi::SQLITE_IOERR_READ | ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS
        );
        let is_page = matches!(
            code,
            ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::TooBig
                | ErrorCode::ConstraintViolation
        );
        return is_read || is_page;
    }
    matches!(
        error,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..)
    )
}

/// Whether the disk refused to take bytes. SQLite tells a full disk from other refusals, such as a
/// quota; for the journal both are the same, because neither is a sync.
fn is_full(error: &Error) -> bool {
    let Error::SqliteFailure(ffi::Error { code, extended_code }, _) = error else { return false };
    *code == ErrorCode::DiskFull || *extended_code == ffi::SQLITE_IOERR_WRITE
}
