//! The original service's numbers: 302,400 concerts and 675,324 people, or any number of concerts in that proportion.
//! Rule K28.
//!
//! A run that was interrupted goes on where it stopped.

use sale::random::Stream;
use sea_orm::ConnectionTrait as _;

use super::{Cast, Stock, invent};
use crate::catalogue::Catalogue;
use crate::concert::{CancelledSeats, NewConcert, NewOpening, NewPerformance, Origin};
use crate::days::{UtcMs, Zone};
use crate::engine::Engine;
use crate::error::CatalogueError;
use crate::load::put_back;
use crate::names::GuestKey;
use crate::rows::number;

/// Concerts and people of the original service.
const CONCERTS: u64 = 302_400;
const PEOPLE: u64 = 675_324;

/// Concerts in one transaction. More would gain nothing and cost memory.
const BATCH: u64 = 2_000;
/// People in one transaction.
const PEOPLE_BATCH: u64 = 20_000;
/// The first performances lie in ten years around now, as they lay in ten years in the original.
const SPREAD_DAYS: u64 = 3_650;

const CONCERT: u64 = 0x6f72_6967_696e_0000;
const GUEST: u64 = 0x6775_6573_7400_0000;

/// How many concerts are made. People are in proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OriginalScale {
    /// The number of concerts.
    pub concerts: u64,
}

/// How far the generator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being made.
    pub stage: Stage,
    /// How many of them there are.
    pub done: u64,
    /// How many there will be.
    pub total: u64,
}

/// What the generator makes, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// People.
    People,
    /// Concerts with all that belongs to them.
    Concerts,
    /// What makes searching quick, once everything is there.
    Indexes,
}

/// How the one connection that writes to SQLite goes about it.
#[derive(Clone, Copy)]
enum Pace {
    /// Without waiting for the disk, and with 256 MiB of pages in memory.
    Loading,
    /// As the catalogue was opened.
    Usual,
}

impl OriginalScale {
    /// As many as the original service had.
    pub const WHOLE: Self = Self { concerts: CONCERTS };

    fn people(self) -> u64 {
        self.concerts * PEOPLE / CONCERTS
    }
}

impl Catalogue {
    /// Makes people and concerts up to the numbers of `scale`. What an earlier run with the same seed made counts.
    ///
    /// # Errors
    /// If the stock is empty, or the database fails. What was made until then stays.
    pub async fn generate_original(
        &self,
        scale: OriginalScale,
        now: UtcMs,
        seed: u64,
        stock: &Stock,
        mut progress: impl FnMut(Progress),
    ) -> Result<(), CatalogueError> {
        self.hurry(Pace::Loading).await?;
        let made = self.make_original(scale, now, seed, stock, &mut progress).await;
        self.hurry(Pace::Usual).await?;
        made
    }

    async fn make_original(
        &self,
        scale: OriginalScale,
        now: UtcMs,
        seed: u64,
        stock: &Stock,
        progress: &mut impl FnMut(Progress),
    ) -> Result<(), CatalogueError> {
        let sql = "SELECT COUNT(*) AS number FROM concerts WHERE origin = 'original'";
        let concerts = number(self.read(), sql, []).await?.cast_unsigned();
        if scale.concerts.saturating_sub(concerts) > concerts {
            self.set_aside().await?;
        }
        let (mut done, total) =
            (self.generated_people(seed, scale.people()).await?, scale.people());
        while done < total {
            let batch = done..total.min(done + PEOPLE_BATCH);
            done = batch.end;
            let guests: Vec<GuestKey> = batch.map(|number| guest(seed, number)).collect();
            self.load_people(&guests, now).await?;
            progress(Progress { stage: Stage::People, done, total });
        }
        let venues = invent::venues(stock);
        let cast = self.cast(stock, venues, invent::performers(seed)).await?;
        let (mut done, total) = (concerts, scale.concerts);
        while done < total {
            let batch = done..total.min(done + BATCH);
            done = batch.end;
            let new: Vec<NewConcert> =
                batch.filter_map(|number| concert(seed, number, now, stock, &cast)).collect();
            self.load_concerts(&new).await?;
            progress(Progress { stage: Stage::Concerts, done, total });
        }
        self.finish_indexes().await?;
        progress(Progress { stage: Stage::Indexes, done: 1, total: 1 });
        Ok(())
    }

    /// How many of the people an earlier run made. They were made in order, so a search by halves finds the end.
    async fn generated_people(&self, seed: u64, total: u64) -> Result<u64, CatalogueError> {
        let (mut known, mut unknown) = (0, total + 1);
        while unknown - known > 1 {
            let middle = known + (unknown - known) / 2;
            if self.person(guest(seed, middle - 1)).await?.is_some() {
                known = middle;
            } else {
                unknown = middle;
            }
        }
        Ok(known)
    }

    /// A crash of the machine while the generator runs may leave a file that has to be made again. That costs less than a
    /// thousand syncs.
    async fn hurry(&self, pace: Pace) -> Result<(), CatalogueError> {
        if self.engine() == Engine::Sqlite {
            self.write()
                .execute_unprepared(match pace {
                    Pace::Loading => "PRAGMA synchronous = OFF; PRAGMA cache_size = -262144",
                    Pace::Usual => "PRAGMA synchronous = FULL; PRAGMA cache_size = -32768",
                })
                .await?;
        }
        Ok(())
    }

    async fn finish_indexes(&self) -> Result<(), CatalogueError> {
        put_back(self.write(), self.engine()).await?;
        let sql = match self.engine() {
            // One tree of letters instead of many small ones, and counts by which the planner chooses.
            Engine::Sqlite => {
                "INSERT INTO concert_search (concert_search) VALUES ('optimize'); ANALYZE"
            }
            Engine::Postgres => "ANALYZE",
        };
        self.write().execute_unprepared(sql).await?;
        Ok(())
    }
}

fn guest(seed: u64, number: u64) -> GuestKey {
    let draw = Stream::new(seed, GUEST, number);
    GuestKey(u128::from(draw.at(0)) << 64 | u128::from(draw.at(1)))
}

/// A concert as the original's generator made them: two to four evenings at seven, on sale from fourteen days before until
/// five days before.
fn concert(seed: u64, number: u64, now: UtcMs, stock: &Stock, cast: &Cast) -> Option<NewConcert> {
    let draw = Stream::new(seed, CONCERT, number);
    let pick = |position: u64, count: usize| {
        usize::try_from(draw.below(position, count as u64)).unwrap_or_default()
    };
    let (venue, zone, plan) = &cast.venues[pick(0, cast.venues.len())];
    let zone = Zone::named(zone).ok()?;
    let spread = i32::try_from(draw.below(1, SPREAD_DAYS)).ok()?;
    let first_day = zone.day_at(now)?.after(spread - i32::try_from(SPREAD_DAYS / 2).ok()?);
    let opening = NewOpening {
        opens_at: zone.moment(first_day.after(-14), 19, 0)?,
        closes_at: zone.moment(first_day.after(-5), 19, 0)?,
        style: stock.styles[pick(2, stock.styles.len())].clone(),
        rivals: [0, 5_000, 50_000, 200_000][pick(3, 4)],
        seats_per_person: 4,
        cancelled_seats: CancelledSeats::AtOnce,
        guests_may_enter: true,
    };
    let count = 2 + i32::try_from(draw.below(4, 3)).ok()?;
    let performances = (0..count).map(|day| {
        let starts_at = zone.moment(first_day.after(day), 19, 0)?;
        Some(NewPerformance { starts_at, opening: opening.clone() })
    });
    let (title, description) = invent::title(seed, number);
    Some(NewConcert {
        title,
        description: description.to_owned(),
        venue: *venue,
        performers: vec![cast.performers[pick(5, cast.performers.len())]],
        poster_seed: draw.at(6),
        grades: invent::grades(seed, number, plan),
        performances: performances.collect::<Option<_>>()?,
        origin: Origin::Original,
    })
}
