//! What the catalogue shows of sales: bookings and their seats, as the journal tells them. Rules K2, K22 to K25 and M5.
//!
//! ```text
//!  journal, sale 7:   batch 1   batch 2   batch 3   batch 4
//!                     └─ applied, checkpoint 2 ─┘  └ next: 3
//! ```
//!
//! A batch and the checkpoint behind it are one transaction. So a crash leaves the projection behind the journal, never
//! beside it, and telling a batch twice changes nothing. What a batch means for the points of people is in the same
//! transaction; making a projection anew leaves the ledger as it is.

pub(crate) mod kept;

use std::collections::BTreeSet;

use sea_orm::{DatabaseTransaction, FromQueryResult};

use crate::catalogue::{Catalogue, Page, PageQuery};
use crate::cursor::{ListTag, Place};
use crate::days::UtcMs;
use crate::entity::{booking_seats, bookings};
use crate::error::{CatalogueError, Unfit};
use crate::limits::SEATS_PER_PERSON_MAX;
use crate::names::{
    BookingNumber, GuestKey, LogSeq, PaymentNumber, PerformanceId, PersonId, SaleNumber,
};
use crate::people::take_in;
use crate::points::{book_payment, credit_cancel};
use crate::rows::{execute, number, statement};
use crate::write::{insert, set};

/// What happened in a sale, as far as the catalogue shows it. Bookings of rivals are not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaleEvent {
    /// A person paid for seats.
    Booked(Booked),
    /// A booking was cancelled.
    Cancelled {
        /// Which.
        booking: BookingNumber,
        /// When.
        at: UtcMs,
        /// How much was given back.
        refunded_won: u64,
    },
    /// The sale is over.
    Ended {
        /// When.
        at: UtcMs,
    },
}

/// Seats that a person paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The booking's number in its sale.
    pub booking: BookingNumber,
    /// Who paid.
    pub guest: GuestKey,
    /// When.
    pub at: UtcMs,
    /// What was paid, fees included.
    pub total_won: u64,
    /// The payment, if points were paid; `None` if it was paid from the purse for practice.
    pub payment: Option<PaymentNumber>,
    /// The seats; at least one, each once.
    pub seats: Vec<BookedSeat>,
}

/// A seat of a booking, with all that a ticket shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedSeat {
    /// Its number in the plan.
    pub seat: u32,
    /// Section, row and number, as people read them.
    pub place: String,
    /// The name of its grade.
    pub grade: String,
    /// The price of the seat, without fees.
    pub price_won: u64,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It is in the projection.
    Now,
    /// It had been applied before, or a later one had. Nothing changed.
    Before,
}

/// A booking as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Of which sale.
    pub sale: SaleNumber,
    /// Its number in the sale.
    pub booking: BookingNumber,
    /// Of which performance.
    pub performance: PerformanceId,
    /// When it was paid.
    pub booked_at: UtcMs,
    /// When it was cancelled.
    pub cancelled_at: Option<UtcMs>,
    /// What was paid.
    pub total_won: u64,
    /// What was given back.
    pub refunded_won: Option<u64>,
    /// The payment, if points were paid.
    pub payment: Option<PaymentNumber>,
    /// Its seats, also after it was cancelled.
    pub seats: Vec<BookedSeat>,
}

#[derive(FromQueryResult)]
struct Row {
    sale: i64,
    number: i64,
    performance: i64,
    person: Option<i64>,
    booked_at_ms: i64,
    cancelled_at_ms: Option<i64>,
    total_won: i64,
    refunded_won: Option<i64>,
    payment: Option<i64>,
}

#[derive(FromQueryResult)]
struct SeatRow {
    seat: i64,
    place: String,
    grade: String,
    price_won: i64,
}

impl Catalogue {
    /// Applies a batch of a sale's log. Batches come in the order of the log; those in which nothing happened that the
    /// catalogue shows need not be told.
    ///
    /// # Errors
    /// If no opening has this sale, or what is told breaks a rule: a seat that is in another live booking, a booking
    /// without seats, the end of a booking that was never told. Then nothing changed, and the sale's projection has to be
    /// rebuilt.
    pub async fn apply(
        &self,
        sale: SaleNumber,
        seq: LogSeq,
        events: &[SaleEvent],
    ) -> Result<Applied, CatalogueError> {
        let transaction = self.begin_write().await?;
        let applied = self.apply_in(&transaction, sale, seq, events).await?;
        if applied == Applied::Now {
            transaction.commit().await?;
        }
        Ok(applied)
    }

    /// How far the log of a sale was applied; `None` if nothing of it was.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn checkpoint(&self, sale: SaleNumber) -> Result<Option<LogSeq>, CatalogueError> {
        let sql = "SELECT COALESCE(MAX(seq), -1) AS number FROM checkpoints WHERE sale = $1";
        let seq = number(self.read(), sql, [sale.kept().into()]).await?;
        Ok(u64::try_from(seq).ok().map(LogSeq))
    }

    /// Makes the projection of a sale anew, from all batches of its log. Until it is done, people see the old one.
    ///
    /// # Errors
    /// As [`Self::apply`]; then the old projection stays.
    pub async fn rebuild(
        &self,
        sale: SaleNumber,
        batches: impl IntoIterator<Item = (LogSeq, Vec<SaleEvent>)>,
    ) -> Result<(), CatalogueError> {
        let transaction = self.begin_write().await?;
        for sql in [
            "DELETE FROM booking_seats WHERE sale = $1",
            "DELETE FROM bookings WHERE sale = $1",
            "DELETE FROM checkpoints WHERE sale = $1",
            "UPDATE openings SET ended_at_ms = NULL WHERE sale = $1",
        ] {
            execute(&transaction, sql, [sale.kept().into()]).await?;
        }
        for (seq, events) in batches {
            self.apply_in(&transaction, sale, seq, &events).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// How many seats of a performance a person has in live bookings.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn live_seats(
        &self,
        performance: PerformanceId,
        person: PersonId,
    ) -> Result<u32, CatalogueError> {
        let sql = "SELECT CAST(COALESCE(SUM(seat_count), 0) AS BIGINT) AS number FROM bookings
             WHERE performance = $1 AND person = $2 AND cancelled_at_ms IS NULL";
        let count = number(self.read(), sql, [performance.0.into(), person.0.into()]).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The bookings of a person, the newest first, cancelled ones among them.
    ///
    /// # Errors
    /// If the cursor is not one of this list, or the database fails.
    pub async fn bookings(
        &self,
        person: PersonId,
        query: &PageQuery,
    ) -> Result<Page<Booking>, CatalogueError> {
        let list = ListTag::new("bookings", &[Some(&person.to_string())]);
        let end = Place { first: i64::MAX, second: i64::MAX, third: i64::MAX };
        let place = self.begin(list, query, end)?;
        let sql =
            "SELECT sale, number, performance, person, booked_at_ms, cancelled_at_ms, total_won,
                 refunded_won, payment
             FROM bookings WHERE person = $1 AND (booked_at_ms, sale, number) < ($2, $3, $4)
             ORDER BY booked_at_ms DESC, sale DESC, number DESC LIMIT $5";
        let values =
            [person.0, place.first, place.second, place.third, query.limit()].map(Into::into);
        let rows = Row::find_by_statement(statement(self.read(), sql, values));
        let rows = rows.all(self.read()).await?;
        let place =
            |row: &Row| Place { first: row.booked_at_ms, second: row.sale, third: row.number };
        let page = self.page(list, query, rows, place);
        let mut bookings = Vec::with_capacity(page.rows.len());
        for row in &page.rows {
            let seats = self.seats(row).await?;
            bookings.push(booking(row, seats));
        }
        Ok(page.with(|_| bookings))
    }

    /// A booking, whosever it is; `None` if there is none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn booking(
        &self,
        sale: SaleNumber,
        booking: BookingNumber,
    ) -> Result<Option<Booking>, CatalogueError> {
        let sql = "SELECT * FROM bookings WHERE sale = $1 AND number = $2";
        self.one_booking(sql, &[sale.kept(), booking.0.into()]).await
    }

    /// A booking of a person; `None` if the person has none of this number.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn booking_of(
        &self,
        person: PersonId,
        sale: SaleNumber,
        booking: BookingNumber,
    ) -> Result<Option<Booking>, CatalogueError> {
        let sql = "SELECT * FROM bookings WHERE sale = $1 AND number = $2 AND person = $3";
        self.one_booking(sql, &[sale.kept(), booking.0.into(), person.0]).await
    }

    async fn one_booking(
        &self,
        sql: &str,
        values: &[i64],
    ) -> Result<Option<Booking>, CatalogueError> {
        let values = values.iter().copied().map(Into::into);
        let query = Row::find_by_statement(statement(self.read(), sql, values));
        let Some(row) = query.one(self.read()).await? else { return Ok(None) };
        let seats = self.seats(&row).await?;
        Ok(Some(booking(&row, seats)))
    }

    async fn seats(&self, row: &Row) -> Result<Vec<BookedSeat>, CatalogueError> {
        let sql = "SELECT seat, place, grade, price_won FROM booking_seats
             WHERE sale = $1 AND number = $2 ORDER BY seat";
        let values = [row.sale.into(), row.number.into()];
        let rows = SeatRow::find_by_statement(statement(self.read(), sql, values));
        let seats = rows.all(self.read()).await?.into_iter().map(|row| BookedSeat {
            seat: u32::try_from(row.seat).unwrap_or_default(),
            place: row.place,
            grade: row.grade,
            price_won: row.price_won.cast_unsigned(),
        });
        Ok(seats.collect())
    }

    async fn apply_in(
        &self,
        transaction: &DatabaseTransaction,
        sale: SaleNumber,
        seq: LogSeq,
        events: &[SaleEvent],
    ) -> Result<Applied, CatalogueError> {
        // First of all: it locks the sale's row, so that two who tell the same batch take turns.
        let sql = "INSERT INTO checkpoints (sale, seq) VALUES ($1, $2)
             ON CONFLICT (sale) DO UPDATE SET seq = excluded.seq WHERE checkpoints.seq < excluded.seq";
        let values = [sale.kept().into(), seq.0.cast_signed().into()];
        if execute(transaction, sql, values).await? == 0 {
            return Ok(Applied::Before);
        }
        let sql = "SELECT COALESCE(MAX(performance), 0) AS number FROM openings WHERE sale = $1";
        let performance = number(transaction, sql, [sale.kept().into()]).await?;
        let told = Telling { transaction, sale: sale.kept(), performance };
        for event in events {
            match event {
                SaleEvent::Booked(booked) => {
                    let person =
                        take_in(transaction, self.engine(), booked.guest, booked.at).await?;
                    told.booked(booked, person).await?;
                }
                SaleEvent::Cancelled { booking, at, refunded_won } => {
                    told.cancelled(*booking, *at, *refunded_won).await?;
                }
                SaleEvent::Ended { at } => told.ended(*at).await?,
            }
        }
        Ok(Applied::Now)
    }
}

/// The sale that is being told of.
struct Telling<'a> {
    transaction: &'a DatabaseTransaction,
    sale: i64,
    performance: i64,
}

impl Telling<'_> {
    /// `person` is `None` if whoever booked was deleted since.
    async fn booked(
        &self,
        booked: &Booked,
        person: Option<PersonId>,
    ) -> Result<(), CatalogueError> {
        let distinct: BTreeSet<u32> = booked.seats.iter().map(|seat| seat.seat).collect();
        let is_counted = (1..=SEATS_PER_PERSON_MAX as usize).contains(&booked.seats.len());
        if !is_counted || distinct.len() != booked.seats.len() {
            return Err(Unfit::Seats.into());
        }
        let number = i64::from(booked.booking.0);
        let row = bookings::ActiveModel {
            sale: set(self.sale),
            number: set(number),
            performance: set(self.performance),
            person: set(person.map(|person| person.0)),
            booked_at_ms: set(booked.at.0),
            cancelled_at_ms: set(None),
            seat_count: set(i64::try_from(distinct.len()).map_err(|_| Unfit::Seats)?),
            total_won: set(won(booked.total_won)?),
            refunded_won: set(None),
            payment: set(booked.payment.map(|payment| payment.0.into())),
        };
        insert::<bookings::Entity, _>(self.transaction, vec![row]).await?;
        let mut seats = Vec::with_capacity(booked.seats.len());
        for seat in &booked.seats {
            seats.push(booking_seats::ActiveModel {
                sale: set(self.sale),
                number: set(number),
                seat: set(seat.seat.into()),
                performance: set(self.performance),
                place: set(seat.place.clone()),
                grade: set(seat.grade.clone()),
                price_won: set(won(seat.price_won)?),
                is_live: set(1),
            });
        }
        insert::<booking_seats::Entity, _>(self.transaction, seats).await?;
        if let Some(payment) = booked.payment {
            let key = (self.sale, payment.0.into());
            book_payment(self.transaction, key, number).await?;
        }
        Ok(())
    }

    async fn cancelled(
        &self,
        booking: BookingNumber,
        at: UtcMs,
        refunded_won: u64,
    ) -> Result<(), CatalogueError> {
        let (number, refunded_won) = (i64::from(booking.0), won(refunded_won)?);
        // Between the two the clock may have been set back.
        let sql = "UPDATE bookings SET refunded_won = $2,
                 cancelled_at_ms = CASE WHEN $1 < booked_at_ms THEN booked_at_ms ELSE $1 END
             WHERE sale = $3 AND number = $4 AND cancelled_at_ms IS NULL";
        let values = [at.0, refunded_won, self.sale, number].map(Into::into);
        if execute(self.transaction, sql, values).await? == 0 {
            return Err(CatalogueError::Missing("live booking"));
        }
        let sql = "UPDATE booking_seats SET is_live = 0 WHERE sale = $1 AND number = $2";
        execute(self.transaction, sql, [self.sale.into(), number.into()]).await?;
        credit_cancel(self.transaction, self.sale, number, at, refunded_won).await
    }

    async fn ended(&self, at: UtcMs) -> Result<(), CatalogueError> {
        let sql = "UPDATE openings SET ended_at_ms = $1 WHERE sale = $2 AND ended_at_ms IS NULL";
        execute(self.transaction, sql, [at.0.into(), self.sale.into()]).await?;
        Ok(())
    }
}

fn booking_number(kept: i64) -> BookingNumber {
    BookingNumber(u32::try_from(kept).unwrap_or_default())
}

fn won(amount: u64) -> Result<i64, Unfit> {
    i64::try_from(amount).map_err(|_| Unfit::Price)
}

fn booking(row: &Row, seats: Vec<BookedSeat>) -> Booking {
    Booking {
        sale: SaleNumber::from_kept(row.sale),
        booking: booking_number(row.number),
        performance: PerformanceId(row.performance),
        booked_at: UtcMs(row.booked_at_ms),
        cancelled_at: row.cancelled_at_ms.map(UtcMs),
        total_won: row.total_won.cast_unsigned(),
        refunded_won: row.refunded_won.map(i64::cast_unsigned),
        payment: row.payment.and_then(|one| u32::try_from(one).ok()).map(PaymentNumber),
        seats,
    }
}
