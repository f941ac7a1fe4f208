//! What is on sale, and what opens soon. Rules K6, K7 and K9.
//!
//! A list names each concert once, with the opening that puts it there.

use sea_orm::FromQueryResult;

use crate::card::Card;
use crate::catalogue::{Catalogue, Page, PageQuery};
use crate::cursor::{ListTag, Place};
use crate::days::UtcMs;
use crate::error::CatalogueError;
use crate::limits::OPEN_MS_MAX;
use crate::names::{ConcertId, PerformanceId};
use crate::rows::statement;

/// A concert in a list of openings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The concert.
    pub card: Card,
    /// The performance whose opening puts it there: of those that open together the first, or on sale the last.
    pub performance: PerformanceId,
    /// When that opening opens or opened.
    pub opens_at: UtcMs,
    /// When that opening closes.
    pub closes_at: UtcMs,
}

#[derive(FromQueryResult)]
struct Row {
    concert: i64,
    performance: i64,
    opens_at_ms: i64,
    closes_at_ms: i64,
}

impl Catalogue {
    /// The concerts that are on sale at `now`, those first that opened last.
    ///
    /// # Errors
    /// If the cursor is not one of this list, or the database fails.
    pub async fn on_sale(
        &self,
        now: UtcMs,
        query: &PageQuery,
    ) -> Result<Page<Listed>, CatalogueError> {
        let list = ListTag::new("on sale", &[]);
        let place = self.begin(list, query, Place::of(now.0, i64::MAX))?;
        let sql = "SELECT o.concert, o.performance, o.opens_at_ms, o.closes_at_ms FROM openings o
             WHERE o.opens_at_ms <= $1 AND o.opens_at_ms > $2 AND o.closes_at_ms > $1
                 AND o.ended_at_ms IS NULL AND (o.opens_at_ms, o.performance) < ($3, $4)
                 AND NOT EXISTS (SELECT 1 FROM openings other
                     WHERE other.concert = o.concert AND other.opens_at_ms <= $1
                         AND other.closes_at_ms > $1 AND other.ended_at_ms IS NULL
                         AND (other.opens_at_ms, other.performance) > (o.opens_at_ms, o.performance))
             ORDER BY o.opens_at_ms DESC, o.performance DESC LIMIT $5";
        self.listed(list, query, sql, [now.0, now.0 - OPEN_MS_MAX, place.first, place.second]).await
    }

    /// The concerts of which a performance opens after `now`, the nearest opening first.
    ///
    /// # Errors
    /// If the cursor is not one of this list, or the database fails.
    pub async fn opening_soon(
        &self,
        now: UtcMs,
        query: &PageQuery,
    ) -> Result<Page<Listed>, CatalogueError> {
        let list = ListTag::new("opening soon", &[]);
        let place = self.begin(list, query, Place::of(now.0, i64::MAX))?;
        // A concert that opened since the page before is not asked for again.
        let sql = "SELECT o.concert, o.performance, o.opens_at_ms, o.closes_at_ms FROM openings o
             WHERE o.opens_at_ms > $1 AND o.opens_at_ms >= $2
                 AND (o.opens_at_ms, o.performance) > ($3, $4)
                 AND NOT EXISTS (SELECT 1 FROM openings other
                     WHERE other.concert = o.concert AND other.opens_at_ms > $1
                         AND (other.opens_at_ms, other.performance) < (o.opens_at_ms, o.performance))
             ORDER BY o.opens_at_ms, o.performance LIMIT $5";
        self.listed(list, query, sql, [now.0, place.first, place.first, place.second]).await
    }

    async fn listed(
        &self,
        list: ListTag,
        query: &PageQuery,
        sql: &str,
        values: [i64; 4],
    ) -> Result<Page<Listed>, CatalogueError> {
        let values = values.into_iter().chain([query.limit()]).map(Into::into);
        let rows = Row::find_by_statement(statement(self.read(), sql, values));
        let rows = rows.all(self.read()).await?;
        let place = |row: &Row| Place::of(row.opens_at_ms, row.performance);
        let page = self.page(list, query, rows, place);
        let ids: Vec<ConcertId> = page.rows.iter().map(|row| ConcertId(row.concert)).collect();
        let mut cards = self.cards(&ids).await?;
        Ok(page.with(|rows| {
            let listed = rows.into_iter().filter_map(|row| {
                let card = cards.remove(&ConcertId(row.concert))?;
                Some(Listed {
                    card,
                    performance: PerformanceId(row.performance),
                    opens_at: UtcMs(row.opens_at_ms),
                    closes_at: UtcMs(row.closes_at_ms),
                })
            });
            listed.collect()
        }))
    }
}
