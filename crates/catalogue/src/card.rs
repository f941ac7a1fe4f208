//! Cards: what a list shows of a concert.

use std::collections::HashMap;

use sea_orm::{FromQueryResult, Value};

use crate::catalogue::Catalogue;
use crate::days::{Day, UtcMs};
use crate::error::CatalogueError;
use crate::names::ConcertId;
use crate::rows::statement;

/// What a list shows of a concert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its number.
    pub id: ConcertId,
    /// What it is called.
    pub title: String,
    /// What its poster is drawn from.
    pub poster_seed: u64,
    /// The name of the venue.
    pub venue: String,
    /// The venue's city.
    pub city: String,
    /// The venue's time zone.
    pub zone: String,
    /// The day of the first performance there.
    pub first_day: Day,
    /// The day of the last performance there.
    pub last_day: Day,
    /// When the first of its openings opens.
    pub books_from: UtcMs,
    /// When the last of its openings closes.
    pub books_until: UtcMs,
    /// Who plays, in order.
    pub performers: Vec<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    title: String,
    poster_seed: i64,
    venue: String,
    city: String,
    zone: String,
    first_day: i64,
    last_day: i64,
    books_from_ms: i64,
    books_until_ms: i64,
}

#[derive(FromQueryResult)]
struct Name {
    concert: i64,
    name: String,
}

impl Catalogue {
    /// The card of a concert; `None` if there is no such concert.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn card(&self, id: ConcertId) -> Result<Option<Card>, CatalogueError> {
        Ok(self.cards(&[id]).await?.remove(&id))
    }

    /// The cards of these concerts, by number. A concert that is gone meanwhile has none.
    pub async fn cards(
        &self,
        ids: &[ConcertId],
    ) -> Result<HashMap<ConcertId, Card>, CatalogueError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let (places, values) = list(ids);
        let sql = format!(
            "SELECT c.id, c.title, c.poster_seed, v.name AS venue, v.city, v.zone, c.first_day,
                 c.last_day, c.books_from_ms, c.books_until_ms
             FROM concerts c JOIN venues v ON v.id = c.venue WHERE c.id IN ({places})"
        );
        let rows = Row::find_by_statement(statement(self.read(), &sql, values.clone()));
        let mut cards: HashMap<ConcertId, Card> = rows
            .all(self.read())
            .await?
            .into_iter()
            .map(|row| (ConcertId(row.id), card(row)))
            .collect();
        let sql = format!(
            "SELECT cp.concert, p.name FROM concert_performers cp
             JOIN performers p ON p.id = cp.performer
             WHERE cp.concert IN ({places}) ORDER BY cp.concert, cp.position"
        );
        let names = Name::find_by_statement(statement(self.read(), &sql, values));
        for name in names.all(self.read()).await? {
            if let Some(card) = cards.get_mut(&ConcertId(name.concert)) {
                card.performers.push(name.name);
            }
        }
        Ok(cards)
    }
}

/// The places and values of a list of numbers: `$1, $2`.
fn list(ids: &[ConcertId]) -> (String, Vec<Value>) {
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    (places.join(", "), ids.iter().map(|id| id.0.into()).collect())
}

fn card(row: Row) -> Card {
    Card {
        id: ConcertId(row.id),
        title: row.title,
        poster_seed: row.poster_seed.cast_unsigned(),
        venue: row.venue,
        city: row.city,
        zone: row.zone,
        first_day: day(row.first_day),
        last_day: day(row.last_day),
        books_from: UtcMs(row.books_from_ms),
        books_until: UtcMs(row.books_until_ms),
        performers: Vec::new(),
    }
}

/// A day as the tables keep it; they check its range.
pub(crate) fn day(kept: i64) -> Day {
    Day(i32::try_from(kept).unwrap_or_default())
}
