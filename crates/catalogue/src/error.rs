//! What can go wrong with the catalogue.

use sea_orm::sqlx::error::ErrorKind;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::cursor::BadCursor;
use crate::days::UnknownZone;

/// Something outside failed, or the caller asked for what cannot be.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The database failed, or refused what its rules forbid.
    #[error("the catalogue's database failed")]
    Database(#[from] DbErr),
    /// A cursor that was not given for this list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// A venue with a zone that nobody knows.
    #[error(transparent)]
    Zone(#[from] UnknownZone),
    /// What was given cannot be kept.
    #[error("this cannot be kept: {0}")]
    Unfit(Unfit),
    /// There is no such thing: a concert, a performance or a person that was named.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// A sale of the concert has begun, so it can be neither changed nor removed.
    #[error("a sale of the concert has begun")]
    OnSale,
    /// A later version of the program has changed the tables.
    #[error(
        "a later version of the program made this catalogue: its tables have the number {number}"
    )]
    NewerTables {
        /// Of the newest migration that the database knows.
        number: i64,
    },
    /// An earlier version of the program made the tables, and nobody may change them here.
    #[error(
        "an earlier version of the program made this catalogue: its tables have the number {number}"
    )]
    OlderTables {
        /// Of the newest migration that the database knows.
        number: i64,
    },
    /// PostgreSQL takes Korean letters for no letters, and could not search for them.
    #[error(
        "the database's locale knows no Korean letters: make it with LC_CTYPE C.UTF-8 or another UTF-8 locale"
    )]
    Locale,
}

impl CatalogueError {
    /// Whether the database is away, or failed. What its rules refuse is no failure of the database.
    pub fn is_of_database(&self) -> bool {
        matches!(self, Self::Database(_)) && !self.is_refused()
    }

    /// Whether a rule refuses what was to be kept, so that the same again would be refused again.
    pub fn is_refused(&self) -> bool {
        match self {
            Self::Database(error) => breaks_a_rule(error),
            Self::Unfit(_) | Self::Missing(_) | Self::OnSale | Self::Zone(_) => true,
            Self::Cursor(_)
            | Self::NewerTables { .. }
            | Self::OlderTables { .. }
            | Self::Locale => false,
        }
    }

    /// Whether something with this name or number is in the catalogue already.
    pub fn is_taken(&self) -> bool {
        let Self::Database(error) = self else { return false };
        matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
    }
}

/// Whether it is a key, a reference, a check or a trigger of the tables that objects.
fn breaks_a_rule(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) =
        error
    else {
        return false;
    };
    let Some(error) = error.as_database_error() else { return false };
    let is_of_table = matches!(
        error.kind(),
        ErrorKind::UniqueViolation
            | ErrorKind::ForeignKeyViolation
            | ErrorKind::NotNullViolation
            | ErrorKind::CheckViolation
    );
    is_of_table || error.code().is_some_and(|code| TRIGGERS.contains(&code.as_ref()))
}

/// What PostgreSQL and SQLite say when a trigger objects.
const TRIGGERS: [&str; 2] = ["P0001", "1811"];

/// Why something cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A text is empty or too long.
    #[error("a text is empty or too long")]
    Text,
    /// No performance, or too many.
    #[error("a concert has one performance or more, and not too many")]
    PerformanceCount,
    /// Two performances begin at the same moment, lie too far apart, or beyond the days that are kept.
    #[error("the performances have different moments, and are not too far apart")]
    PerformanceDays,
    /// No grade, too many, or two of one name.
    #[error("a concert has one grade or more, with different names")]
    Grades,
    /// A price above the limit.
    #[error("the price is too high")]
    Price,
    /// Too many performers, or one of them twice.
    #[error("each performer is named once, and not too many are")]
    Performers,
    /// An opening that closes before it opens, or after its performance has begun.
    #[error("an opening ends after it begins, and before its performance does")]
    OpeningPeriod,
    /// More rivals than a race may have, or a limit of seats that is none.
    #[error("the opening's rivals or its limit of seats are out of range")]
    OpeningNumbers,
    /// No concert can be found by it: no letters, or too many words.
    #[error("a search needs letters, and not too many words")]
    Search,
    /// A booking with no seat, too many, or one of them twice.
    #[error("a booking has one seat or more, each once, and not too many")]
    Seats,
    /// A payment that was asked for before with another person or another amount.
    #[error("a payment stays with its person and its amount")]
    Payment,
    /// More likes than one person may have.
    #[error("a person may like no more concerts")]
    Likes,
}

impl From<Unfit> for CatalogueError {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}
