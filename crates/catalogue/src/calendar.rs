//! The calendar of openings. Rule K15.

use sea_orm::FromQueryResult;

use crate::card::Card;
use crate::catalogue::Catalogue;
use crate::days::{Days, UtcMs};
use crate::error::CatalogueError;
use crate::limits::CALENDAR_ROWS_MAX;
use crate::names::{ConcertId, PerformanceId, PersonId};
use crate::rows::statement;

/// Openings of a range of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// In the order in which they open.
    pub entries: Vec<CalendarEntry>,
    /// Whether there are more, which a shorter range would show.
    pub is_cut: bool,
}

/// Performances of one concert that open together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The concert.
    pub card: Card,
    /// When they open.
    pub opens_at: UtcMs,
    /// The first of these performances.
    pub performance: PerformanceId,
    /// How many they are.
    pub performance_count: u32,
}

#[derive(FromQueryResult)]
struct Row {
    concert: i64,
    opens_at_ms: i64,
    performance: i64,
    performance_count: i64,
}

impl Catalogue {
    /// The openings of `days`, as people at each venue count days; only those of concerts that a person likes, if
    /// one is given. At most [`CALENDAR_ROWS_MAX`].
    ///
    /// # Errors
    /// If the database fails.
    pub async fn calendar(
        &self,
        days: Days,
        liked_by: Option<PersonId>,
    ) -> Result<Calendar, CatalogueError> {
        let rows_max = i64::try_from(CALENDAR_ROWS_MAX).unwrap_or(i64::MAX);
        let mut values = vec![i64::from(days.from.0), i64::from(days.to.0), rows_max + 1];
        let liked = match liked_by {
            Some(person) => {
                values.push(person.0);
                "AND concert IN (SELECT concert FROM favourites WHERE person = $4)"
            }
            None => "",
        };
        let sql = format!(
            "SELECT concert, opens_at_ms, MIN(performance) AS performance,
                 COUNT(*) AS performance_count
             FROM openings WHERE opens_on BETWEEN $1 AND $2 {liked}
             GROUP BY opens_at_ms, concert ORDER BY opens_at_ms, concert LIMIT $3"
        );
        let values = values.into_iter().map(Into::into);
        let rows = Row::find_by_statement(statement(self.read(), &sql, values));
        let mut rows = rows.all(self.read()).await?;
        let is_cut = rows.len() as u64 > CALENDAR_ROWS_MAX;
        rows.truncate(usize::try_from(CALENDAR_ROWS_MAX).unwrap_or(usize::MAX));
        let mut ids: Vec<ConcertId> = rows.iter().map(|row| ConcertId(row.concert)).collect();
        ids.sort_unstable();
        ids.dedup();
        let cards = self.cards(&ids).await?;
        let entries = rows.into_iter().filter_map(|row| {
            Some(CalendarEntry {
                card: cards.get(&ConcertId(row.concert))?.clone(),
                opens_at: UtcMs(row.opens_at_ms),
                performance: PerformanceId(row.performance),
                performance_count: u32::try_from(row.performance_count).unwrap_or(u32::MAX),
            })
        });
        Ok(Calendar { entries: entries.collect(), is_cut })
    }
}
