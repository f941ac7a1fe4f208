//! What the projection of a sale holds, whole, for whoever compares it with the log of the sale. Rule K56.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;

use super::{Row, booking_number};
use crate::catalogue::Catalogue;
use crate::days::UtcMs;
use crate::error::CatalogueError;
use crate::names::{BookingNumber, PaymentNumber, PersonId, SaleNumber};
use crate::rows::statement;

/// A booking as the projection of its sale holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBooking {
    /// Whose; `None` of somebody who was deleted.
    pub person: Option<PersonId>,
    /// When it was paid.
    pub booked_at: UtcMs,
    /// When it was cancelled.
    pub cancelled_at: Option<UtcMs>,
    /// What was paid.
    pub total_won: u64,
    /// What was given back, if it was cancelled.
    pub refunded_won: Option<u64>,
    /// The payment, if points were paid.
    pub payment: Option<PaymentNumber>,
    /// The numbers of its seats in the plan, in order.
    pub seats: Vec<u32>,
    /// Those of them that nobody else can have.
    pub live_seats: Vec<u32>,
}

#[derive(FromQueryResult)]
struct SaleRow {
    number: i64,
}

#[derive(FromQueryResult)]
struct KeptSeat {
    number: i64,
    seat: i64,
    is_live: i64,
}

impl Catalogue {
    /// All bookings that the projection of a sale holds, by their numbers.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn bookings_of(
        &self,
        sale: SaleNumber,
    ) -> Result<BTreeMap<BookingNumber, KeptBooking>, CatalogueError> {
        let sql = "SELECT * FROM bookings WHERE sale = $1";
        let rows = Row::find_by_statement(statement(self.read(), sql, [sale.kept().into()]));
        let rows = rows.all(self.read()).await?;
        let mut all: BTreeMap<_, _> = rows.iter().map(KeptBooking::of).collect();
        let sql =
            "SELECT number, seat, is_live FROM booking_seats WHERE sale = $1 ORDER BY number, seat";
        let rows = KeptSeat::find_by_statement(statement(self.read(), sql, [sale.kept().into()]));
        for KeptSeat { number, seat, is_live } in rows.all(self.read()).await? {
            let seat = u32::try_from(seat).unwrap_or_default();
            if let Some(booking) = all.get_mut(&booking_number(number)) {
                booking.seats.push(seat);
                booking.live_seats.extend((is_live == 1).then_some(seat));
            }
        }
        Ok(all)
    }

    /// All sales of which the projection holds bookings.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn sales_with_bookings(&self) -> Result<Vec<SaleNumber>, CatalogueError> {
        let sql = "SELECT DISTINCT sale AS number FROM bookings ORDER BY sale";
        let rows = SaleRow::find_by_statement(statement(self.read(), sql, []));
        let sales = rows.all(self.read()).await?;
        Ok(sales.into_iter().map(|row| SaleNumber::from_kept(row.number)).collect())
    }
}

impl KeptBooking {
    fn of(row: &Row) -> (BookingNumber, Self) {
        let kept = Self {
            person: row.person.map(PersonId),
            booked_at: UtcMs(row.booked_at_ms),
            cancelled_at: row.cancelled_at_ms.map(UtcMs),
            total_won: row.total_won.cast_unsigned(),
            refunded_won: row.refunded_won.map(i64::cast_unsigned),
            payment: row.payment.and_then(|one| u32::try_from(one).ok()).map(PaymentNumber),
            seats: Vec::new(),
            live_seats: Vec::new(),
        };
        (booking_number(row.number), kept)
    }
}
