//! Changing and removing a concert, as long as no sale of it has begun. Rule K44.

use sea_orm::{DatabaseTransaction, FromQueryResult};

use crate::catalogue::Catalogue;
use crate::concert::NewConcert;
use crate::engine::Engine;
use crate::error::CatalogueError;
use crate::names::{ConcertId, PerformanceId, VenueId};
use crate::rows::{execute, number, statement};
use crate::write::{Item, KEY_ID_BITS, KeptConcert, Known, insert_parts, insert_search, take_ids};

#[derive(FromQueryResult)]
struct Plan {
    plan: String,
}

impl Catalogue {
    /// The name of a venue's plan; `None` if there is no such venue.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn plan_of(&self, venue: VenueId) -> Result<Option<String>, CatalogueError> {
        let sql = "SELECT plan FROM venues WHERE id = $1";
        let query = Plan::find_by_statement(statement(self.read(), sql, [venue.0.into()]));
        Ok(query.one(self.read()).await?.map(|row| row.plan))
    }

    /// Keeps a concert in the place of another. Its number, poster and likes stay; its performances get new numbers.
    ///
    /// # Errors
    /// If there is no such concert, a sale of it has begun, or the new one is unfit. Then the old one stays.
    pub async fn replace_concert(
        &self,
        id: ConcertId,
        new: &NewConcert,
    ) -> Result<KeptConcert, CatalogueError> {
        let known = Known::read(self, std::slice::from_ref(new)).await?;
        let (venue, summary) = known.check(new)?;
        let transaction = self.begin_write().await?;
        self.clear(&transaction, id).await?;
        let sql = "UPDATE concerts SET title = $2, description = $3, venue = $4, first_day = $5,
                 last_day = $6, books_from_ms = $7, books_until_ms = $8 WHERE id = $1";
        let values = [
            id.0.into(),
            new.title.clone().into(),
            new.description.clone().into(),
            new.venue.0.into(),
            i64::from(summary.first_day.0).into(),
            i64::from(summary.last_day.0).into(),
            summary.books_from.0.into(),
            summary.books_until.0.into(),
        ];
        execute(&transaction, sql, values).await?;
        let count = new.performances.len();
        let performances = take_ids(&transaction, self.engine(), "performances", count).await?;
        let performances = performances.into_iter().map(PerformanceId).collect();
        let kept = KeptConcert { id, performances };
        let items = [Item { new, venue, summary: &summary, kept: &kept }];
        insert_parts(&transaction, &items).await?;
        insert_search(&transaction, self.engine(), &items, &known).await?;
        transaction.commit().await?;
        Ok(kept)
    }

    /// Removes a concert with all that belongs to it, likes included.
    ///
    /// # Errors
    /// If there is no such concert, or a sale of it has begun. Then it stays.
    pub async fn remove_concert(&self, id: ConcertId) -> Result<(), CatalogueError> {
        let transaction = self.begin_write().await?;
        self.clear(&transaction, id).await?;
        execute(&transaction, "DELETE FROM concerts WHERE id = $1", [id.0.into()]).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Removes what belongs to a concert, but not its likes.
    async fn clear(
        &self,
        transaction: &DatabaseTransaction,
        id: ConcertId,
    ) -> Result<(), CatalogueError> {
        // An opening that is given its sale at this moment is waited for, and then not removed.
        let sql = "DELETE FROM openings WHERE concert = $1 AND sale IS NULL";
        execute(transaction, sql, [id.0.into()]).await?;
        let sql = "SELECT COUNT(*) AS number FROM openings WHERE concert = $1";
        if number(transaction, sql, [id.0.into()]).await? > 0 {
            return Err(CatalogueError::OnSale);
        }
        let sql = "SELECT COALESCE(MAX(first_day), -1) AS number FROM concerts WHERE id = $1";
        let first_day = number(transaction, sql, [id.0.into()]).await?;
        if first_day < 0 {
            return Err(CatalogueError::Missing("concert"));
        }
        let sql = match self.engine() {
            Engine::Sqlite => "DELETE FROM concert_search WHERE rowid = $1",
            Engine::Postgres => "DELETE FROM concert_search WHERE key = $1",
        };
        execute(transaction, sql, [(first_day << KEY_ID_BITS | id.0).into()]).await?;
        for sql in [
            "DELETE FROM performances WHERE concert = $1",
            "DELETE FROM grades WHERE concert = $1",
            "DELETE FROM concert_performers WHERE concert = $1",
        ] {
            execute(transaction, sql, [id.0.into()]).await?;
        }
        Ok(())
    }
}
