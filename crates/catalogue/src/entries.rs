//! Entries: which tickets were taken at the door. A ticket is a seat of a booking. Rules T6 and T9.

use std::collections::HashSet;

use sea_orm::FromQueryResult;

use crate::catalogue::Catalogue;
use crate::days::UtcMs;
use crate::error::CatalogueError;
use crate::names::{BookingNumber, PersonId, SaleNumber};
use crate::rows::{execute, number, statement};

/// A seat of a booking, as it is shown at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Of which sale.
    pub sale: SaleNumber,
    /// Of which booking in the sale.
    pub booking: BookingNumber,
    /// Which seat of the plan.
    pub seat: u32,
}

/// What became of a ticket at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It was taken.
    Taken,
    /// It had been taken before.
    TakenBefore {
        /// When.
        at: UtcMs,
    },
    /// There is no such seat in a booking that holds.
    NotLive,
}

#[derive(FromQueryResult)]
struct EnteredRow {
    sale: i64,
    number: i64,
}

impl Catalogue {
    /// Takes a ticket at the door. Of two who take it at once, one does.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn take_ticket(&self, ticket: Ticket, at: UtcMs) -> Result<Entry, CatalogueError> {
        let sql = "INSERT INTO entries (sale, number, seat, entered_at_ms)
             SELECT sale, number, seat, CAST($4 AS BIGINT) FROM booking_seats
             WHERE sale = $1 AND number = $2 AND seat = $3 AND is_live = 1
             ON CONFLICT DO NOTHING";
        let [sale, booking, seat] = key(ticket);
        let values = [sale, booking, seat, at.0].map(Into::into);
        if execute(self.write(), sql, values).await? > 0 {
            return Ok(Entry::Taken);
        }
        // Asked of the writer: a reader may not see yet what another has just written.
        let before = entered_at(self.write(), ticket).await?;
        Ok(before.map_or(Entry::NotLive, |at| Entry::TakenBefore { at }))
    }

    /// When a ticket was taken at the door; `None` if it was not.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn ticket_taken_at(&self, ticket: Ticket) -> Result<Option<UtcMs>, CatalogueError> {
        entered_at(self.read(), ticket).await
    }

    /// The live bookings of a person of which a ticket was taken at the door.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn entered_by(
        &self,
        person: PersonId,
    ) -> Result<HashSet<(SaleNumber, BookingNumber)>, CatalogueError> {
        let sql = "SELECT DISTINCT e.sale, e.number FROM bookings b
             JOIN entries e ON e.sale = b.sale AND e.number = b.number
             WHERE b.person = $1 AND b.cancelled_at_ms IS NULL";
        let rows = EnteredRow::find_by_statement(statement(self.read(), sql, [person.0.into()]));
        let entered = rows.all(self.read()).await?.into_iter().map(|row| {
            let number = BookingNumber(u32::try_from(row.number).unwrap_or_default());
            (SaleNumber::from_kept(row.sale), number)
        });
        Ok(entered.collect())
    }

    /// Whether any ticket of a booking was taken at the door.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn has_entered(
        &self,
        sale: SaleNumber,
        booking: BookingNumber,
    ) -> Result<bool, CatalogueError> {
        let sql = "SELECT COUNT(*) AS number FROM entries WHERE sale = $1 AND number = $2";
        // Asked of the writer: a reader may not see yet what the door has just written.
        let values = [sale.kept().into(), i64::from(booking.0).into()];
        Ok(number(self.write(), sql, values).await? > 0)
    }
}

async fn entered_at(
    connection: &impl sea_orm::ConnectionTrait,
    ticket: Ticket,
) -> Result<Option<UtcMs>, CatalogueError> {
    let sql = "SELECT COALESCE(MAX(entered_at_ms), -1) AS number FROM entries
         WHERE sale = $1 AND number = $2 AND seat = $3";
    let at = number(connection, sql, key(ticket).map(Into::into)).await?;
    Ok((at >= 0).then_some(UtcMs(at)))
}

fn key(ticket: Ticket) -> [i64; 3] {
    [ticket.sale.kept(), ticket.booking.0.into(), ticket.seat.into()]
}
