//! The page of one concert, with everything that it shows. Rule K18.

use sea_orm::FromQueryResult;

use crate::card::{Card, day};
use crate::catalogue::Catalogue;
use crate::concert::Grade;
use crate::days::{Day, UtcMs};
use crate::error::CatalogueError;
use crate::names::{ConcertId, PerformanceId, PerformerId, VenueId};
use crate::opening::{Opening, OpeningRow};
use crate::rows::statement;
use crate::seats_left::SeatsSeen;

/// Everything that the page of a concert shows, besides what the sales themselves tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcertPage {
    /// What a list shows too.
    pub card: Card,
    /// What it is about.
    pub description: String,
    /// The number of the venue.
    pub venue: VenueId,
    /// The name of the venue's plan.
    pub plan: String,
    /// The prices, dearest first.
    pub grades: Vec<Grade>,
    /// Who plays, in order.
    pub performers: Vec<Performer>,
    /// The dates, in order.
    pub performances: Vec<Performance>,
}

/// Who plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Performer {
    /// The performer's number.
    pub id: PerformerId,
    /// The name on the poster.
    pub name: String,
    /// What the picture is drawn from.
    pub picture_seed: u64,
}

/// One date of a concert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Performance {
    /// Its number.
    pub id: PerformanceId,
    /// When it begins.
    pub starts_at: UtcMs,
    /// The day at the venue.
    pub day: Day,
    /// How it is sold.
    pub opening: Opening,
    /// The seats left, if the caller has told any.
    pub seats: Option<SeatsSeen>,
}

#[derive(FromQueryResult)]
struct Head {
    description: String,
    venue: i64,
    plan: String,
}

#[derive(FromQueryResult)]
struct PerformerRow {
    id: i64,
    name: String,
    picture_seed: i64,
}

#[derive(FromQueryResult)]
struct CityRow {
    city: String,
}

#[derive(FromQueryResult)]
struct GradeRow {
    name: String,
    price_won: i64,
}

#[derive(FromQueryResult)]
struct DayRow {
    id: i64,
    day: i64,
}

impl Catalogue {
    /// The page of a concert; `None` if there is no such concert.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn concert(&self, id: ConcertId) -> Result<Option<ConcertPage>, CatalogueError> {
        let Some(card) = self.cards(&[id]).await?.remove(&id) else { return Ok(None) };
        let sql = "SELECT c.description, c.venue, v.plan FROM concerts c
             JOIN venues v ON v.id = c.venue WHERE c.id = $1";
        let Some(head) = self.rows_of::<Head>(sql, id).await?.into_iter().next() else {
            return Ok(None);
        };
        let sql = "SELECT p.id, p.name, p.picture_seed FROM concert_performers cp
             JOIN performers p ON p.id = cp.performer WHERE cp.concert = $1 ORDER BY cp.position";
        let performers = self.rows_of::<PerformerRow>(sql, id).await?;
        let sql = "SELECT name, price_won FROM grades WHERE concert = $1 ORDER BY position";
        let grades = self.rows_of::<GradeRow>(sql, id).await?;
        Ok(Some(ConcertPage {
            card,
            description: head.description,
            venue: VenueId(head.venue),
            plan: head.plan,
            grades: grades.into_iter().map(grade).collect(),
            performers: performers.into_iter().map(performer).collect(),
            performances: self.performances(id).await?,
        }))
    }

    /// A performance; `None` if there is no such performance.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn performance(
        &self,
        id: PerformanceId,
    ) -> Result<Option<Performance>, CatalogueError> {
        let Some(opening) = self.opening(id).await? else { return Ok(None) };
        let performances = self.performances(opening.concert).await?;
        Ok(performances.into_iter().find(|performance| performance.id == id))
    }

    /// A performer; `None` if there is no such performer.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn performer(&self, id: PerformerId) -> Result<Option<Performer>, CatalogueError> {
        let sql = "SELECT id, name, picture_seed FROM performers WHERE id = $1";
        let query = PerformerRow::find_by_statement(statement(self.read(), sql, [id.0.into()]));
        Ok(query.one(self.read()).await?.map(performer))
    }

    /// The cities that have a venue, in the order of their names.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn cities(&self) -> Result<Vec<String>, CatalogueError> {
        let sql = "SELECT DISTINCT city FROM venues ORDER BY city";
        let query = CityRow::find_by_statement(statement(self.read(), sql, []));
        Ok(query.all(self.read()).await?.into_iter().map(|row| row.city).collect())
    }

    async fn performances(&self, id: ConcertId) -> Result<Vec<Performance>, CatalogueError> {
        let sql = "SELECT id, day FROM performances WHERE concert = $1 ORDER BY starts_at_ms";
        let days = self.rows_of::<DayRow>(sql, id).await?;
        let sql = "SELECT * FROM openings WHERE concert = $1 ORDER BY starts_at_ms";
        let openings = self.rows_of::<OpeningRow>(sql, id).await?;
        let mut seats = self.seats_seen(id).await?;
        let performances = days.into_iter().zip(openings).map(|(row, opening)| {
            let opening = Opening::from(opening);
            Performance {
                id: PerformanceId(row.id),
                starts_at: opening.starts_at,
                day: day(row.day),
                opening,
                seats: seats.remove(&PerformanceId(row.id)),
            }
        });
        Ok(performances.collect())
    }

    async fn rows_of<R: FromQueryResult + Send + Sync>(
        &self,
        sql: &str,
        concert: ConcertId,
    ) -> Result<Vec<R>, CatalogueError> {
        let query = R::find_by_statement(statement(self.read(), sql, [concert.0.into()]));
        Ok(query.all(self.read()).await?)
    }
}

fn performer(row: PerformerRow) -> Performer {
    Performer {
        id: PerformerId(row.id),
        name: row.name,
        picture_seed: row.picture_seed.cast_unsigned(),
    }
}

fn grade(row: GradeRow) -> Grade {
    Grade { name: row.name, price_won: row.price_won.cast_unsigned() }
}
