//! Openings: which sales are to begin, which are under way, and which are over. Rules K19 and K20.

use sea_orm::FromQueryResult;

use crate::catalogue::Catalogue;
use crate::concert::CancelledSeats;
use crate::days::UtcMs;
use crate::error::CatalogueError;
use crate::limits::DUE_ROWS_MAX;
use crate::names::{ConcertId, PerformanceId, SaleNumber};
use crate::rows::{execute, statement};

/// How a performance is sold, and how far its sale is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Of which performance.
    pub performance: PerformanceId,
    /// Of which concert.
    pub concert: ConcertId,
    /// When the performance begins.
    pub starts_at: UtcMs,
    /// When the sale opens.
    pub opens_at: UtcMs,
    /// When the sale closes.
    pub closes_at: UtcMs,
    /// The name of its style.
    pub style: String,
    /// How many simulated visitors take part; with any, it is practice.
    pub rivals: u32,
    /// Seats that one person may have, over all bookings of the performance.
    pub seats_per_person: u32,
    /// When the seats of a cancelled booking can be had again.
    pub cancelled_seats: CancelledSeats,
    /// Whether people may enter who have not logged in.
    pub guests_may_enter: bool,
    /// Its sale in the journal, once it was begun.
    pub sale: Option<SaleNumber>,
    /// When the sale was over.
    pub ended_at: Option<UtcMs>,
}

#[derive(FromQueryResult)]
pub(crate) struct OpeningRow {
    performance: i64,
    concert: i64,
    starts_at_ms: i64,
    opens_at_ms: i64,
    closes_at_ms: i64,
    style: String,
    rivals: i64,
    seats_per_person: i64,
    cancelled_seats: String,
    guests_may_enter: i64,
    sale: Option<i64>,
    ended_at_ms: Option<i64>,
}

impl Catalogue {
    /// The opening of a performance; `None` if there is no such performance.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn opening(&self, id: PerformanceId) -> Result<Option<Opening>, CatalogueError> {
        let sql = "SELECT * FROM openings WHERE performance = $1";
        Ok(self.openings(sql, &[id.0]).await?.pop())
    }

    /// The opening that a sale of the journal belongs to; `None` if it belongs to none, as the sale of a race does.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn opening_of(&self, sale: SaleNumber) -> Result<Option<Opening>, CatalogueError> {
        let sql = "SELECT * FROM openings WHERE sale = $1";
        Ok(self.openings(sql, &[sale.kept()]).await?.pop())
    }

    /// The openings that open by `until` and have no sale yet, the earliest first; not those that would have closed by
    /// `now`. At most [`DUE_ROWS_MAX`]: who has begun these asks again.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn openings_to_begin(
        &self,
        now: UtcMs,
        until: UtcMs,
    ) -> Result<Vec<Opening>, CatalogueError> {
        let sql = "SELECT * FROM openings WHERE COALESCE(sale, 0) = 0 AND opens_at_ms <= $2
             AND opens_at_ms > $4 AND closes_at_ms > $1 ORDER BY opens_at_ms, performance LIMIT $3";
        let earliest = now.0.saturating_sub(crate::limits::OPEN_MS_MAX);
        self.openings(sql, &[now.0, until.0, rows_max(), earliest]).await
    }

    /// The openings whose sale was begun and is not over, by the number of the performance, those above `after`. At most
    /// [`DUE_ROWS_MAX`]: who has these asks again behind the last.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn openings_under_way(
        &self,
        after: PerformanceId,
    ) -> Result<Vec<Opening>, CatalogueError> {
        let sql = "SELECT * FROM openings WHERE sale IS NOT NULL AND ended_at_ms IS NULL
             AND performance > $1 ORDER BY performance LIMIT $2";
        self.openings(sql, &[after.0, rows_max()]).await
    }

    /// Gives an opening its sale, and returns the sale that it has: another one if it had one before. So an opening
    /// has one sale, whatever happens between the two stores.
    ///
    /// # Errors
    /// If there is no such opening, or the sale belongs to another.
    pub async fn begin_opening(
        &self,
        performance: PerformanceId,
        sale: SaleNumber,
    ) -> Result<SaleNumber, CatalogueError> {
        let sql = "UPDATE openings SET sale = $1 WHERE performance = $2 AND sale IS NULL";
        execute(self.write(), sql, [sale.kept().into(), performance.0.into()]).await?;
        // Asked of the writer, which has just written.
        let sql = "SELECT * FROM openings WHERE performance = $1";
        let query =
            OpeningRow::find_by_statement(statement(self.write(), sql, [performance.0.into()]));
        let row = query.one(self.write()).await?;
        let kept = row.and_then(|row| row.sale).map(SaleNumber::from_kept);
        kept.ok_or(CatalogueError::Missing("performance"))
    }

    async fn openings(&self, sql: &str, values: &[i64]) -> Result<Vec<Opening>, CatalogueError> {
        let values = values.iter().copied().map(Into::into);
        let query = OpeningRow::find_by_statement(statement(self.read(), sql, values));
        Ok(query.all(self.read()).await?.into_iter().map(Opening::from).collect())
    }
}

fn rows_max() -> i64 {
    i64::try_from(DUE_ROWS_MAX).unwrap_or(i64::MAX)
}

impl From<OpeningRow> for Opening {
    fn from(row: OpeningRow) -> Self {
        Self {
            performance: PerformanceId(row.performance),
            concert: ConcertId(row.concert),
            starts_at: UtcMs(row.starts_at_ms),
            opens_at: UtcMs(row.opens_at_ms),
            closes_at: UtcMs(row.closes_at_ms),
            style: row.style,
            rivals: u32::try_from(row.rivals).unwrap_or_default(),
            seats_per_person: u32::try_from(row.seats_per_person).unwrap_or_default(),
            cancelled_seats: CancelledSeats::from_word(&row.cancelled_seats),
            guests_may_enter: row.guests_may_enter != 0,
            sale: row.sale.map(SaleNumber::from_kept),
            ended_at: row.ended_at_ms.map(UtcMs),
        }
    }
}
