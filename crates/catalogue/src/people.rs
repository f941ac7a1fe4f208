//! People and what they like. Rules K1, K16 and K17.

use std::collections::HashSet;

use sea_orm::FromQueryResult;

use crate::card::Card;
use crate::catalogue::{Catalogue, Page, PageQuery};
use crate::cursor::{ListTag, Place};
use crate::days::UtcMs;
use crate::engine::Engine;
use crate::error::{CatalogueError, Unfit};
use crate::limits::LIKES_MAX;
use crate::names::{ConcertId, GuestKey, PersonId};
use crate::rows::{execute, number, statement};
use crate::write::take_ids;

#[derive(FromQueryResult)]
struct Liked {
    concert: i64,
    liked_at_ms: i64,
}

#[derive(FromQueryResult)]
struct Person {
    person: i64,
}

impl Catalogue {
    /// The person at the browser of this guest, if the catalogue knows one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn person(&self, guest: GuestKey) -> Result<Option<PersonId>, CatalogueError> {
        find_person(self.read(), guest).await
    }

    /// The person at the browser of this guest. A guest who is not known becomes a person.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn take_in(&self, guest: GuestKey, now: UtcMs) -> Result<PersonId, CatalogueError> {
        if let Some(person) = self.person(guest).await? {
            return Ok(person);
        }
        let transaction = self.begin_write().await?;
        let person = take_in(&transaction, self.engine(), guest, now).await?;
        let person = person.ok_or(CatalogueError::Missing("guest who was not deleted"))?;
        transaction.commit().await?;
        Ok(person)
    }

    /// Makes a concert one that a person likes. To say it twice changes nothing.
    ///
    /// # Errors
    /// If there is no such concert or person, or the person likes too many.
    pub async fn like(
        &self,
        person: PersonId,
        concert: ConcertId,
        now: UtcMs,
    ) -> Result<(), CatalogueError> {
        let transaction = self.begin_write().await?;
        // The row of the person is locked, so that many requests at once do not pass the limit together.
        let lock = "UPDATE people SET made_at_ms = made_at_ms WHERE id = $1";
        if execute(&transaction, lock, [person.0.into()]).await? == 0 {
            return Err(CatalogueError::Missing("person"));
        }
        let exists = "SELECT COUNT(*) AS number FROM concerts WHERE id = $1";
        if number(&transaction, exists, [concert.0.into()]).await? == 0 {
            return Err(CatalogueError::Missing("concert"));
        }
        let sql = "INSERT INTO favourites (person, concert, liked_at_ms) VALUES ($1, $2, $3)
             ON CONFLICT (person, concert) DO NOTHING";
        let is_new = execute(&transaction, sql, [person.0.into(), concert.0.into(), now.0.into()])
            .await?
            > 0;
        let count = "SELECT COUNT(*) AS number FROM favourites WHERE person = $1";
        let count = number(&transaction, count, [person.0.into()]).await?;
        if is_new && count.cast_unsigned() > LIKES_MAX {
            return Err(Unfit::Likes.into());
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Makes a concert one that a person does not like. To say it twice changes nothing.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn unlike(&self, person: PersonId, concert: ConcertId) -> Result<(), CatalogueError> {
        let sql = "DELETE FROM favourites WHERE person = $1 AND concert = $2";
        execute(self.write(), sql, [person.0.into(), concert.0.into()]).await?;
        Ok(())
    }

    /// Whether a person likes a concert.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn likes(
        &self,
        person: PersonId,
        concert: ConcertId,
    ) -> Result<bool, CatalogueError> {
        let sql = "SELECT COUNT(*) AS number FROM favourites WHERE person = $1 AND concert = $2";
        Ok(number(self.read(), sql, [person.0.into(), concert.0.into()]).await? > 0)
    }

    /// Which of these concerts a person likes. Many concerts are asked for at once, as a list has them.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn liked_among(
        &self,
        person: PersonId,
        concerts: &[ConcertId],
    ) -> Result<HashSet<ConcertId>, CatalogueError> {
        if concerts.is_empty() {
            return Ok(HashSet::new());
        }
        let places: Vec<String> =
            (2..concerts.len() + 2).map(|place| format!("${place}")).collect();
        let sql = format!(
            "SELECT concert, liked_at_ms FROM favourites WHERE person = $1 AND concert IN ({})",
            places.join(", ")
        );
        let values = std::iter::once(person.0).chain(concerts.iter().map(|id| id.0));
        let rows = Liked::find_by_statement(statement(self.read(), &sql, values.map(Into::into)));
        let rows = rows.all(self.read()).await?;
        Ok(rows.into_iter().map(|row| ConcertId(row.concert)).collect())
    }

    /// The concerts that a person likes, the newest like first.
    ///
    /// # Errors
    /// If the cursor is not one of this list, or the database fails.
    pub async fn favourites(
        &self,
        person: PersonId,
        query: &PageQuery,
    ) -> Result<Page<Card>, CatalogueError> {
        let list = ListTag::new("favourites", &[Some(&person.to_string())]);
        let place = self.begin(list, query, Place::of(i64::MAX, i64::MAX))?;
        let sql = "SELECT concert, liked_at_ms FROM favourites
             WHERE person = $1 AND (liked_at_ms, concert) < ($2, $3)
             ORDER BY liked_at_ms DESC, concert DESC LIMIT $4";
        let values = [person.0, place.first, place.second, query.limit()].map(Into::into);
        let rows = Liked::find_by_statement(statement(self.read(), sql, values));
        let rows = rows.all(self.read()).await?;
        let place = |row: &Liked| Place::of(row.liked_at_ms, row.concert);
        let page = self.page(list, query, rows, place);
        let ids: Vec<ConcertId> = page.rows.iter().map(|row| ConcertId(row.concert)).collect();
        let mut cards = self.cards(&ids).await?;
        Ok(page.with(|rows| {
            rows.iter().filter_map(|row| cards.remove(&ConcertId(row.concert))).collect()
        }))
    }

    /// Makes a person one who may make concerts.
    ///
    /// # Errors
    /// If there is no such person, or the database fails.
    pub async fn grant(&self, person: PersonId, now: UtcMs) -> Result<(), CatalogueError> {
        let sql = "INSERT INTO administrators (person, granted_at_ms) VALUES ($1, $2)
             ON CONFLICT (person) DO NOTHING";
        execute(self.write(), sql, [person.0.into(), now.0.into()]).await?;
        Ok(())
    }

    /// Whether a person may make concerts.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn is_administrator(&self, person: PersonId) -> Result<bool, CatalogueError> {
        let sql = "SELECT COUNT(*) AS number FROM administrators WHERE person = $1";
        Ok(number(self.read(), sql, [person.0.into()]).await? > 0)
    }
}

pub(crate) async fn find_person(
    connection: &impl sea_orm::ConnectionTrait,
    guest: GuestKey,
) -> Result<Option<PersonId>, CatalogueError> {
    let sql = "SELECT person FROM guests WHERE guest = $1";
    let found = Person::find_by_statement(statement(connection, sql, [guest.bytes().into()]));
    Ok(found.one(connection).await?.map(|row| PersonId(row.person)))
}

/// Finds or makes the person at a guest's browser, inside of a transaction. A guest who was deleted is nobody (rule L26).
pub(crate) async fn take_in(
    transaction: &sea_orm::DatabaseTransaction,
    engine: Engine,
    guest: GuestKey,
    now: UtcMs,
) -> Result<Option<PersonId>, CatalogueError> {
    if let Some(person) = find_person(transaction, guest).await? {
        return Ok(Some(person));
    }
    let sql = "SELECT COUNT(*) AS number FROM forgotten_guests WHERE guest = $1";
    if number(transaction, sql, [guest.bytes().into()]).await? > 0 {
        return Ok(None);
    }
    let id = take_ids(transaction, engine, "people", 1).await?;
    let id = *id.first().ok_or(CatalogueError::Missing("person"))?;
    let insert = "INSERT INTO people (id, made_at_ms) VALUES ($1, $2)";
    execute(transaction, insert, [id.into(), now.0.into()]).await?;
    let insert =
        "INSERT INTO guests (guest, person) VALUES ($1, $2) ON CONFLICT (guest) DO NOTHING";
    if execute(transaction, insert, [guest.bytes().into(), id.into()]).await? > 0 {
        return Ok(Some(PersonId(id)));
    }
    // Another request of the same guest was quicker. PostgreSQL has waited for its end.
    execute(transaction, "DELETE FROM people WHERE id = $1", [id.into()]).await?;
    find_person(transaction, guest).await
}
