//! Keeping venues, performers and concerts: one transaction for all that was given, or nothing of it.

use std::collections::BTreeMap;

use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DatabaseTransaction, EntityTrait,
    Iterable as _, Value,
};

use crate::catalogue::Catalogue;
use crate::concert::{NewConcert, NewPerformer, NewVenue, Summary, check_name};
use crate::days::Zone;
use crate::engine::Engine;
use crate::entity::{
    concert_performers, concerts, grades, openings, performances, performers, venues,
};
use crate::error::{CatalogueError, Unfit};
use crate::names::{ConcertId, PerformanceId, PerformerId, VenueId};
use crate::rows::{execute, statement};
use crate::text;

/// Parameters of one statement. SQLite takes 32,766 and PostgreSQL 65,535.
const PARAMETERS_MAX: usize = 32_000;

/// The bits of a search key below the day.
pub(crate) const KEY_ID_BITS: u32 = 40;

/// A concert that was kept, with the number of each performance in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptConcert {
    /// Its number.
    pub id: ConcertId,
    /// Those of its performances.
    pub performances: Vec<PerformanceId>,
}

impl Catalogue {
    /// Keeps venues, and returns their numbers in the same order.
    ///
    /// # Errors
    /// If a text or a zone is unfit, or a venue of that name in that city exists.
    pub async fn add_venues(&self, new: &[NewVenue]) -> Result<Vec<VenueId>, CatalogueError> {
        for venue in new {
            venue.check()?;
            Zone::named(&venue.zone)?;
        }
        let transaction = self.begin_write().await?;
        let ids = take_ids(&transaction, self.engine(), "venues", new.len()).await?;
        let rows = new.iter().zip(&ids).map(|(venue, id)| venues::ActiveModel {
            id: set(*id),
            name: set(venue.name.clone()),
            city: set(venue.city.clone()),
            zone: set(venue.zone.clone()),
            plan: set(venue.plan.clone()),
        });
        insert::<venues::Entity, _>(&transaction, rows.collect()).await?;
        transaction.commit().await?;
        Ok(ids.into_iter().map(VenueId).collect())
    }

    /// Keeps performers, and returns their numbers in the same order.
    ///
    /// # Errors
    /// If a name is unfit or taken.
    pub async fn add_performers(
        &self,
        new: &[NewPerformer],
    ) -> Result<Vec<PerformerId>, CatalogueError> {
        new.iter().try_for_each(|performer| check_name(&performer.name))?;
        let transaction = self.begin_write().await?;
        let ids = take_ids(&transaction, self.engine(), "performers", new.len()).await?;
        let rows = new.iter().zip(&ids).map(|(performer, id)| performers::ActiveModel {
            id: set(*id),
            name: set(performer.name.clone()),
            picture_seed: set(performer.picture_seed.cast_signed()),
        });
        insert::<performers::Entity, _>(&transaction, rows.collect()).await?;
        transaction.commit().await?;
        Ok(ids.into_iter().map(PerformerId).collect())
    }

    /// Keeps concerts with all that belongs to them, and returns their numbers in the same order.
    ///
    /// # Errors
    /// If one of them is unfit, or names a venue or a performer that does not exist. Then none is kept.
    pub async fn add_concerts(
        &self,
        new: &[NewConcert],
    ) -> Result<Vec<KeptConcert>, CatalogueError> {
        let known = Known::read(self, new).await?;
        let checked = known.check_all(new)?;
        let transaction = self.begin_write().await?;
        let kept = take_numbers(&transaction, self.engine(), new).await?;
        let items = items(new, &checked, &kept);
        insert_concerts(&transaction, &items).await?;
        insert_search(&transaction, self.engine(), &items, &known).await?;
        transaction.commit().await?;
        Ok(kept)
    }
}

/// What the new concerts refer to.
pub(crate) struct Known {
    venues: BTreeMap<i64, Venue>,
    performers: BTreeMap<i64, String>,
}

pub(crate) struct Venue {
    zone: Zone,
    city: String,
}

/// A concert that is being kept.
pub(crate) struct Item<'a> {
    pub(crate) new: &'a NewConcert,
    pub(crate) venue: &'a Venue,
    pub(crate) summary: &'a Summary,
    pub(crate) kept: &'a KeptConcert,
}

/// What was checked of each new concert.
pub(crate) type Checked<'a> = Vec<(&'a Venue, Summary)>;

pub(crate) fn items<'a>(
    new: &'a [NewConcert],
    checked: &'a Checked<'a>,
    kept: &'a [KeptConcert],
) -> Vec<Item<'a>> {
    let all = new.iter().zip(checked).zip(kept);
    all.map(|((new, (venue, summary)), kept)| Item { new, venue, summary, kept }).collect()
}

impl Known {
    pub(crate) async fn read(
        catalogue: &Catalogue,
        new: &[NewConcert],
    ) -> Result<Self, CatalogueError> {
        use sea_orm::{ColumnTrait as _, QueryFilter as _};

        let mut known = Self { venues: BTreeMap::new(), performers: BTreeMap::new() };
        let mut wanted: Vec<i64> = new.iter().map(|concert| concert.venue.0).collect();
        wanted.sort_unstable();
        wanted.dedup();
        for ids in wanted.chunks(1000) {
            let query =
                venues::Entity::find().filter(venues::Column::Id.is_in(ids.iter().copied()));
            for row in query.all(catalogue.read()).await? {
                let zone = Zone::named(&row.zone)?;
                known.venues.insert(row.id, Venue { zone, city: row.city });
            }
        }
        let mut wanted: Vec<i64> =
            new.iter().flat_map(|concert| &concert.performers).map(|id| id.0).collect();
        wanted.sort_unstable();
        wanted.dedup();
        for ids in wanted.chunks(1000) {
            let query = performers::Entity::find()
                .filter(performers::Column::Id.is_in(ids.iter().copied()));
            let rows = query.all(catalogue.read()).await?;
            known.performers.extend(rows.into_iter().map(|row| (row.id, row.name)));
        }
        Ok(known)
    }

    pub(crate) fn check_all(&self, new: &[NewConcert]) -> Result<Checked<'_>, CatalogueError> {
        new.iter().map(|concert| self.check(concert)).collect()
    }

    pub(crate) fn check(&self, concert: &NewConcert) -> Result<(&Venue, Summary), CatalogueError> {
        let venue = self.venues.get(&concert.venue.0).ok_or(CatalogueError::Missing("venue"))?;
        if concert.performers.iter().any(|id| !self.performers.contains_key(&id.0)) {
            return Err(CatalogueError::Missing("performer"));
        }
        Ok((venue, concert.check(&venue.zone)?))
    }

    fn names(&self, concert: &NewConcert) -> Vec<&str> {
        let ids = concert.performers.iter();
        ids.filter_map(|id| self.performers.get(&id.0)).map(String::as_str).collect()
    }
}

pub(crate) async fn take_numbers(
    connection: &impl ConnectionTrait,
    engine: Engine,
    new: &[NewConcert],
) -> Result<Vec<KeptConcert>, CatalogueError> {
    let ids = take_ids(connection, engine, "concerts", new.len()).await?;
    let count = new.iter().map(|concert| concert.performances.len()).sum();
    let performances = take_ids(connection, engine, "performances", count).await?;
    let mut performances = performances.into_iter().map(PerformanceId);
    let kept = new.iter().zip(ids).map(|(concert, id)| KeptConcert {
        id: ConcertId(id),
        performances: performances.by_ref().take(concert.performances.len()).collect(),
    });
    Ok(kept.collect())
}

async fn insert_concerts(
    transaction: &DatabaseTransaction,
    items: &[Item<'_>],
) -> Result<(), CatalogueError> {
    insert::<concerts::Entity, _>(transaction, items.iter().map(Item::concert).collect()).await?;
    insert_parts(transaction, items).await
}

/// Keeps what belongs to concerts that are kept already.
pub(crate) async fn insert_parts(
    transaction: &DatabaseTransaction,
    items: &[Item<'_>],
) -> Result<(), CatalogueError> {
    insert::<concert_performers::Entity, _>(
        transaction,
        items.iter().flat_map(Item::performers).collect(),
    )
    .await?;
    insert::<grades::Entity, _>(transaction, items.iter().flat_map(Item::grades).collect()).await?;
    insert::<performances::Entity, _>(
        transaction,
        items.iter().flat_map(Item::performances).collect(),
    )
    .await?;
    insert::<openings::Entity, _>(transaction, items.iter().flat_map(Item::openings).collect())
        .await
}

impl Item<'_> {
    pub(crate) fn concert(&self) -> concerts::ActiveModel {
        concerts::ActiveModel {
            id: set(self.kept.id.0),
            title: set(self.new.title.clone()),
            description: set(self.new.description.clone()),
            venue: set(self.new.venue.0),
            poster_seed: set(self.new.poster_seed.cast_signed()),
            first_day: set(self.summary.first_day.0.into()),
            last_day: set(self.summary.last_day.0.into()),
            books_from_ms: set(self.summary.books_from.0),
            books_until_ms: set(self.summary.books_until.0),
            origin: set(self.new.origin.word().to_owned()),
        }
    }

    pub(crate) fn performers(&self) -> impl Iterator<Item = concert_performers::ActiveModel> {
        (0..).zip(&self.new.performers).map(|(position, performer)| {
            concert_performers::ActiveModel {
                concert: set(self.kept.id.0),
                position: set(position),
                performer: set(performer.0),
            }
        })
    }

    pub(crate) fn grades(&self) -> impl Iterator<Item = grades::ActiveModel> {
        (0..).zip(&self.new.grades).map(|(position, grade)| grades::ActiveModel {
            concert: set(self.kept.id.0),
            position: set(position),
            name: set(grade.name.clone()),
            price_won: set(grade.price_won.cast_signed()),
        })
    }

    pub(crate) fn performances(&self) -> impl Iterator<Item = performances::ActiveModel> {
        self.new.performances.iter().zip(&self.kept.performances).map(|(new, id)| {
            performances::ActiveModel {
                id: set(id.0),
                concert: set(self.kept.id.0),
                starts_at_ms: set(new.starts_at.0),
                day: set(self.venue.zone.day_at(new.starts_at).map_or(0, |day| day.0.into())),
            }
        })
    }

    pub(crate) fn openings(&self) -> impl Iterator<Item = openings::ActiveModel> {
        self.new.performances.iter().zip(&self.kept.performances).map(|(new, id)| {
            let opening = &new.opening;
            openings::ActiveModel {
                performance: set(id.0),
                concert: set(self.kept.id.0),
                starts_at_ms: set(new.starts_at.0),
                opens_at_ms: set(opening.opens_at.0),
                opens_on: set(self
                    .venue
                    .zone
                    .day_at(opening.opens_at)
                    .map_or(0, |day| day.0.into())),
                closes_at_ms: set(opening.closes_at.0),
                style: set(opening.style.clone()),
                rivals: set(opening.rivals.into()),
                seats_per_person: set(opening.seats_per_person.into()),
                cancelled_seats: set(opening.cancelled_seats.word().to_owned()),
                guests_may_enter: set(opening.guests_may_enter.into()),
                sale: set(None),
                ended_at_ms: set(None),
            }
        })
    }

    fn key(&self) -> i64 {
        i64::from(self.summary.first_day.0) << KEY_ID_BITS | self.kept.id.0
    }

    /// What a search reads of the concert.
    pub(crate) fn search(&self, known: &Known, engine: Engine) -> Vec<Value> {
        let mut values: Vec<Value> = vec![
            self.key().into(),
            text::kept([self.new.title.as_str()]).into(),
            text::kept(known.names(self.new)).into(),
            text::whole(&self.venue.city).into(),
        ];
        if engine == Engine::Postgres {
            values.push(i64::from(self.summary.last_day.0).into());
        }
        values
    }
}

pub(crate) async fn insert_search(
    transaction: &DatabaseTransaction,
    engine: Engine,
    items: &[Item<'_>],
    known: &Known,
) -> Result<(), CatalogueError> {
    let columns = search_columns(engine);
    // SQLite writes a tree of letters for each number that is smaller than the one before it.
    let mut items: Vec<&Item<'_>> = items.iter().collect();
    items.sort_unstable_by_key(|item| item.key());
    for chunk in items.chunks(500) {
        let rows: Vec<Vec<Value>> = chunk.iter().map(|item| item.search(known, engine)).collect();
        let width = rows.first().map_or(0, Vec::len);
        let all: Vec<String> = (0..chunk.len()).map(|row| places(row * width, width)).collect();
        let sql = format!("INSERT INTO concert_search ({columns}) VALUES {}", all.join(", "));
        execute(transaction, &sql, rows.into_iter().flatten()).await?;
    }
    Ok(())
}

/// The columns of what a search reads, in the order of [`Item::search`].
pub(crate) fn search_columns(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "rowid, title, performers, city",
        Engine::Postgres => "key, title, performers, city, last_day",
    }
}

/// `($1, $2)`: the places of a row's values among all parameters.
fn places(before: usize, count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("${}", before + place)).collect();
    format!("({})", places.join(", "))
}

/// New numbers of a table, smallest first. A number that was ever given is not given again.
pub(crate) async fn take_ids(
    connection: &impl ConnectionTrait,
    engine: Engine,
    table: &str,
    count: usize,
) -> Result<Vec<i64>, CatalogueError> {
    let count = i64::try_from(count).map_err(|_| Unfit::PerformanceCount)?;
    let sql = match engine {
        // The only writer may count on. The table keeps the largest number that it ever had.
        Engine::Sqlite => format!(
            "WITH RECURSIVE ids (id) AS (
                 SELECT 1 + COALESCE((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0)
                 UNION ALL SELECT id + 1 FROM ids)
             SELECT id FROM ids LIMIT $1"
        ),
        Engine::Postgres => format!(
            "SELECT nextval(pg_get_serial_sequence('{table}', 'id')) AS id
             FROM generate_series(1, $1)"
        ),
    };
    let rows = connection.query_all_raw(statement(connection, &sql, [count.into()])).await?;
    rows.iter().map(|row| row.try_get("", "id").map_err(CatalogueError::from)).collect()
}

/// Inserts rows in statements that are as large as both databases allow.
pub(crate) async fn insert<E, A>(
    transaction: &DatabaseTransaction,
    rows: Vec<A>,
) -> Result<(), CatalogueError>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E> + Send,
{
    let rows_max = PARAMETERS_MAX / E::Column::iter().count();
    let mut rows = rows.into_iter();
    while !rows.as_slice().is_empty() {
        let chunk: Vec<A> = rows.by_ref().take(rows_max).collect();
        E::insert_many(chunk).exec_without_returning(transaction).await?;
    }
    Ok(())
}

pub(crate) fn set<T: Into<Value>>(value: T) -> ActiveValue<T> {
    ActiveValue::Set(value)
}
