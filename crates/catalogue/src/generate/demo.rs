//! The demo: some forty concerts, of which one opens every few minutes, for ever. Rule K27.
//!
//! ```text
//!   closed, forgotten        on sale            opening soon           every evening
//!  ·····─────────────┤ · · · · · · · ▶now · · · · · · · · · · · · · ┤  ·    ·    ·    ·
//!    a day after       30 minutes               100 minutes              8 evenings
//! ```
//!
//! A concert of the demo is a function of the seed and the moment at which it opens. So the demo needs no memory: what is
//! missing among the moments of now is added.

use std::collections::BTreeSet;

use sale::random::Stream;
use sea_orm::FromQueryResult;

use super::{Cast, Stock, invent};
use crate::catalogue::Catalogue;
use crate::concert::{CancelledSeats, NewConcert, NewOpening, NewPerformance, Origin};
use crate::days::{UtcMs, Zone};
use crate::error::CatalogueError;
use crate::names::SaleNumber;
use crate::rows::{execute, number, statement};
use crate::write::KEY_ID_BITS;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A concert opens every four minutes: something is always about to open, and there is time to look at it before.
const EVERY_MS: i64 = 4 * MINUTE_MS;
/// How long before now a concert may have opened to be added: it is still on sale.
const BEHIND_MS: i64 = 28 * MINUTE_MS;
/// How far ahead concerts stand in the lists.
const AHEAD_MS: i64 = 100 * MINUTE_MS;
/// How long a sale of the demo is open.
const OPEN_MS: i64 = 30 * MINUTE_MS;
/// Evenings ahead on which a concert opens that stays open for a day, so that the calendar has something to show.
const EVENINGS: i64 = 8;
/// Eight in the evening in Korea.
const EVENING_MS: i64 = 11 * 60 * MINUTE_MS;
/// A concert that nobody booked is forgotten a day after it closed: some 360 are kept.
const KEPT_MS: i64 = DAY_MS;
/// One that somebody booked stays for a month after its last performance, for the sake of the booking.
const BOOKED_KEPT_MS: i64 = 30 * DAY_MS;
/// Concerts that are forgotten in one step; the next step takes the others.
const FORGOTTEN_MAX: i64 = 500;

const CONCERT: u64 = 0x6465_6d6f_0000_0000;

/// What a renewal changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renewed {
    /// How many concerts were added.
    pub added: u32,
    /// The sales of concerts that were forgotten. Their logs may go as well.
    pub forgotten: Vec<SaleNumber>,
}

#[derive(FromQueryResult)]
struct Opened {
    books_from_ms: i64,
}

#[derive(FromQueryResult)]
struct Old {
    id: i64,
    first_day: i64,
}

#[derive(FromQueryResult)]
struct OldSale {
    sale: i64,
}

impl Catalogue {
    /// Adds the concerts of the demo that are missing at `now`, and forgets those that are over for long. To be called at
    /// start and every few minutes; it costs little when nothing is due.
    ///
    /// # Errors
    /// If the stock is empty, or the database fails.
    pub async fn renew_demo(
        &self,
        now: UtcMs,
        seed: u64,
        stock: &Stock,
    ) -> Result<Renewed, CatalogueError> {
        let mut missing = moments(now);
        let sql =
            "SELECT books_from_ms FROM concerts WHERE origin = 'demo' AND books_until_ms > $1";
        let rows =
            Opened::find_by_statement(statement(self.read(), sql, [(now.0 - DAY_MS).into()]));
        for row in rows.all(self.read()).await? {
            missing.remove(&UtcMs(row.books_from_ms));
        }
        if !missing.is_empty() {
            let venues = invent::demo_venues(stock);
            let cast = self.cast(stock, venues, invent::performers(seed)).await?;
            let concerts: Vec<NewConcert> =
                missing.iter().filter_map(|moment| concert(seed, *moment, stock, &cast)).collect();
            self.add_concerts(&concerts).await?;
        }
        let added = u32::try_from(missing.len()).unwrap_or(u32::MAX);
        Ok(Renewed { added, forgotten: self.forget_demo(now).await? })
    }

    /// Whether the catalogue has no concerts but those of the demo. An empty one has none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn has_only_demo(&self) -> Result<bool, CatalogueError> {
        let sql = "SELECT COUNT(*) AS number FROM
             (SELECT 1 AS other FROM concerts WHERE origin <> 'demo' LIMIT 1) AS others";
        Ok(number(self.read(), sql, []).await? == 0)
    }

    /// Forgets concerts of the demo that are over for long, with their bookings, and returns their sales.
    /// [`Self::renew_demo`] does it as well.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forget_demo(&self, now: UtcMs) -> Result<Vec<SaleNumber>, CatalogueError> {
        let sql = "SELECT c.id, c.first_day FROM concerts c
             WHERE c.origin = 'demo' AND c.books_until_ms <= $1
                 AND (NOT EXISTS (SELECT 1 FROM openings o WHERE o.concert = c.id AND o.starts_at_ms > $2)
                     OR NOT EXISTS (SELECT 1 FROM bookings b
                         JOIN performances p ON p.id = b.performance WHERE p.concert = c.id))
             ORDER BY c.books_until_ms LIMIT $3";
        let values = [now.0 - KEPT_MS, now.0 - BOOKED_KEPT_MS, FORGOTTEN_MAX].map(Into::into);
        let rows = Old::find_by_statement(statement(self.read(), sql, values));
        let mut sales = Vec::new();
        for old in rows.all(self.read()).await? {
            sales.extend(self.forget_concert(&old).await?);
        }
        Ok(sales)
    }

    async fn forget_concert(&self, old: &Old) -> Result<Vec<SaleNumber>, CatalogueError> {
        let transaction = self.begin_write().await?;
        let sql = "SELECT sale FROM openings WHERE concert = $1 AND sale IS NOT NULL";
        let rows = OldSale::find_by_statement(statement(&transaction, sql, [old.id.into()]));
        let sales = rows.all(&transaction).await?;
        for sale in &sales {
            // The seats of a booking go with it.
            execute(&transaction, "DELETE FROM bookings WHERE sale = $1", [sale.sale.into()])
                .await?;
        }
        let key = old.first_day << KEY_ID_BITS | old.id;
        let sql = match self.engine() {
            crate::Engine::Sqlite => "DELETE FROM concert_search WHERE rowid = $1",
            crate::Engine::Postgres => "DELETE FROM concert_search WHERE key = $1",
        };
        execute(&transaction, sql, [key.into()]).await?;
        execute(&transaction, "DELETE FROM concerts WHERE id = $1", [old.id.into()]).await?;
        transaction.commit().await?;
        Ok(sales.into_iter().map(|sale| SaleNumber::from_kept(sale.sale)).collect())
    }
}

/// The moments at which concerts of the demo open, as seen at `now`.
fn moments(now: UtcMs) -> BTreeSet<UtcMs> {
    let next = |from: i64, every: i64| from.div_euclid(every) * every + every;
    let mut moments = BTreeSet::new();
    let mut moment = next(now.0 - BEHIND_MS, EVERY_MS);
    while moment <= now.0 + AHEAD_MS {
        moments.insert(UtcMs(moment));
        moment += EVERY_MS;
    }
    let evening = next(now.0 - EVENING_MS, DAY_MS) + EVENING_MS;
    moments.extend((0..EVENINGS).map(|day| UtcMs(evening + day * DAY_MS)));
    moments
}

fn concert(seed: u64, opens_at: UtcMs, stock: &Stock, cast: &Cast) -> Option<NewConcert> {
    let number = opens_at.0.cast_unsigned();
    let draw = Stream::new(seed, CONCERT, number);
    let pick = |position: u64, count: usize| {
        usize::try_from(draw.below(position, count as u64)).unwrap_or_default()
    };
    let (venue, zone, plan) = &cast.venues[pick(0, cast.venues.len())];
    let (title, description) = invent::title(seed, number / EVERY_MS.cast_unsigned());
    let zone = Zone::named(zone).ok()?;
    let first_day = zone.day_at(opens_at)?.after(10 + i32::try_from(draw.below(1, 30)).ok()?);
    let is_evening = opens_at.0.rem_euclid(DAY_MS) == EVENING_MS;
    let opening = NewOpening {
        opens_at,
        closes_at: opens_at.after(if is_evening { DAY_MS } else { OPEN_MS }),
        style: stock.styles[pick(2, stock.styles.len())].clone(),
        // One of four is for people alone.
        rivals: [0, 800, 5_000, 20_000][pick(3, 4)],
        seats_per_person: 1 + u32::try_from(draw.below(4, 4)).ok()?,
        cancelled_seats: [CancelledSeats::AtOnce, CancelledSeats::InBatches][pick(5, 2)],
        guests_may_enter: true,
    };
    let count = 1 + i32::try_from(draw.below(6, 2)).ok()?;
    let performances = (0..count).map(|day| {
        let starts_at = zone.moment(first_day.after(day), 19, 0)?;
        Some(NewPerformance { starts_at, opening: opening.clone() })
    });
    Some(NewConcert {
        title,
        description: description.to_owned(),
        venue: *venue,
        performers: vec![cast.performers[pick(7, cast.performers.len())]],
        poster_seed: draw.at(8),
        grades: invent::grades(seed, number, plan),
        performances: performances.collect::<Option<_>>()?,
        origin: Origin::Demo,
    })
}

#[cfg(test)]
mod tests;
