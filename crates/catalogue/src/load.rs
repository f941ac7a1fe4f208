//! Loading: many rows at once, as the generator makes them. Rule K60.
//!
//! ```text
//!   set aside ─▶ rows, a transaction for each batch ─▶ put back
//! ```
//!
//! A load that is larger than what is there sets the indexes aside that only make reading quick, and makes them anew at its
//! end: to sort all rows once costs less than to put each row into each index. PostgreSQL takes the rows by `COPY`. Keys,
//! references and checks are never set aside.

mod copy;
mod set_aside;

use sea_orm::sqlx::postgres::PgConnection;

use crate::catalogue::Catalogue;
use crate::concert::NewConcert;
use crate::days::UtcMs;
use crate::engine::Engine;
use crate::entity::{concert_performers, concerts, grades, guests, openings, people, performances};
use crate::error::CatalogueError;
use crate::names::GuestKey;
use crate::write::{self, Item, Known, insert, set, take_ids, take_numbers};

pub(crate) use set_aside::put_back;

impl Catalogue {
    /// Makes reading slow and loading quick, until [`put_back`]. What is set aside is written down, so whoever opens the
    /// catalogue after a crash puts it back.
    pub(crate) async fn set_aside(&self) -> Result<(), CatalogueError> {
        set_aside::set_aside(self.write(), self.engine()).await
    }

    /// Makes each guest a person.
    pub(crate) async fn load_people(
        &self,
        guests: &[GuestKey],
        now: UtcMs,
    ) -> Result<(), CatalogueError> {
        let (engine, count) = (self.engine(), guests.len());
        match engine {
            Engine::Sqlite => {
                let transaction = self.begin_write().await?;
                let ids = take_ids(&transaction, engine, "people", count).await?;
                insert::<people::Entity, _>(&transaction, people(&ids, now).collect()).await?;
                insert::<guests::Entity, _>(&transaction, known(guests, &ids).collect()).await?;
                transaction.commit().await?;
            }
            Engine::Postgres => {
                let ids = take_ids(self.write(), engine, "people", count).await?;
                let mut transaction = copy::begin(self.write()).await?;
                copy::rows::<people::Entity, _>(&mut transaction, people(&ids, now)).await?;
                copy::rows::<guests::Entity, _>(&mut transaction, known(guests, &ids)).await?;
                copy::commit(transaction).await?;
            }
        }
        Ok(())
    }

    /// Keeps concerts as [`Self::add_concerts`] does.
    pub(crate) async fn load_concerts(&self, new: &[NewConcert]) -> Result<(), CatalogueError> {
        if self.engine() == Engine::Sqlite {
            return self.add_concerts(new).await.map(drop);
        }
        let known = Known::read(self, new).await?;
        let checked = known.check_all(new)?;
        let kept = take_numbers(self.write(), self.engine(), new).await?;
        let items = write::items(new, &checked, &kept);
        let mut transaction = copy::begin(self.write()).await?;
        copy_items(&mut transaction, &items, &known).await?;
        copy::commit(transaction).await
    }
}

fn people(ids: &[i64], now: UtcMs) -> impl Iterator<Item = people::ActiveModel> {
    ids.iter().map(move |id| people::ActiveModel { id: set(*id), made_at_ms: set(now.0) })
}

fn known(guests: &[GuestKey], ids: &[i64]) -> impl Iterator<Item = guests::ActiveModel> {
    guests
        .iter()
        .zip(ids)
        .map(|(guest, id)| guests::ActiveModel { guest: set(guest.bytes()), person: set(*id) })
}

async fn copy_items(
    connection: &mut PgConnection,
    items: &[Item<'_>],
    known: &Known,
) -> Result<(), CatalogueError> {
    copy::rows::<concerts::Entity, _>(connection, items.iter().map(Item::concert)).await?;
    let performers = items.iter().flat_map(Item::performers);
    copy::rows::<concert_performers::Entity, _>(connection, performers).await?;
    copy::rows::<grades::Entity, _>(connection, items.iter().flat_map(Item::grades)).await?;
    let performances = items.iter().flat_map(Item::performances);
    copy::rows::<performances::Entity, _>(connection, performances).await?;
    copy::rows::<openings::Entity, _>(connection, items.iter().flat_map(Item::openings)).await?;
    let columns = write::search_columns(Engine::Postgres);
    let search = items.iter().map(|item| item.search(known, Engine::Postgres));
    copy::values(connection, "concert_search", columns, search).await
}
