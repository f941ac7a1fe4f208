//! How many seats are left, as the caller saw it in the sale. Rule K34.

use std::collections::HashMap;

use sea_orm::FromQueryResult;

use crate::catalogue::Catalogue;
use crate::days::UtcMs;
use crate::entity::seats_left;
use crate::error::{CatalogueError, Unfit};
use crate::limits::SEATS_LEFT_ROWS_MAX;
use crate::names::{ConcertId, PerformanceId};
use crate::rows::{execute, number, statement};
use crate::write::{insert, set};

/// The seats of one grade that are left in one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatsLeft {
    /// The section's name in the plan.
    pub section: String,
    /// The grade's name in the plan.
    pub grade: String,
    /// How many seats are free.
    pub seats: u32,
}

/// The seats left of a performance, and when the caller saw them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatsSeen {
    /// When.
    pub seen_at: UtcMs,
    /// By section and grade, in the order of their names.
    pub left: Vec<SeatsLeft>,
}

#[derive(FromQueryResult)]
struct Row {
    performance: i64,
    section: String,
    grade: String,
    seats: i64,
    seen_at_ms: i64,
}

impl Catalogue {
    /// Keeps how many seats of a performance are left, each section and grade once. What was seen earlier than what is kept
    /// changes nothing.
    ///
    /// # Errors
    /// If there is no such performance, a section and grade is named twice or too many are, or the database fails.
    pub async fn set_seats_left(
        &self,
        performance: PerformanceId,
        seen_at: UtcMs,
        left: &[SeatsLeft],
    ) -> Result<(), CatalogueError> {
        if left.len() > SEATS_LEFT_ROWS_MAX {
            return Err(Unfit::Seats.into());
        }
        let rows = left.iter().map(|one| seats_left::ActiveModel {
            performance: set(performance.0),
            section: set(one.section.clone()),
            grade: set(one.grade.clone()),
            seats: set(one.seats.into()),
            seen_at_ms: set(seen_at.0),
        });
        let rows: Vec<_> = rows.collect();
        let transaction = self.begin_write().await?;
        // Locks the opening's row, so that two who tell of one performance take turns.
        let lock = "UPDATE openings SET style = style WHERE performance = $1";
        if execute(&transaction, lock, [performance.0.into()]).await? == 0 {
            return Err(CatalogueError::Missing("performance"));
        }
        let newest =
            "SELECT COALESCE(MAX(seen_at_ms), 0) AS number FROM seats_left WHERE performance = $1";
        if number(&transaction, newest, [performance.0.into()]).await? > seen_at.0 {
            return Ok(());
        }
        let clear = "DELETE FROM seats_left WHERE performance = $1";
        execute(&transaction, clear, [performance.0.into()]).await?;
        insert::<seats_left::Entity, _>(&transaction, rows).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What was last seen of each performance of a concert.
    pub(crate) async fn seats_seen(
        &self,
        concert: ConcertId,
    ) -> Result<HashMap<PerformanceId, SeatsSeen>, CatalogueError> {
        let sql =
            "SELECT s.performance, s.section, s.grade, s.seats, s.seen_at_ms FROM seats_left s
             JOIN performances p ON p.id = s.performance WHERE p.concert = $1
             ORDER BY s.performance, s.section, s.grade";
        let rows = Row::find_by_statement(statement(self.read(), sql, [concert.0.into()]));
        let mut seen: HashMap<PerformanceId, SeatsSeen> = HashMap::new();
        for row in rows.all(self.read()).await? {
            let one = seen
                .entry(PerformanceId(row.performance))
                .or_insert_with(|| SeatsSeen { seen_at: UtcMs(row.seen_at_ms), left: Vec::new() });
            one.left.push(SeatsLeft {
                section: row.section,
                grade: row.grade,
                seats: u32::try_from(row.seats).unwrap_or(u32::MAX),
            });
        }
        Ok(seen)
    }
}
