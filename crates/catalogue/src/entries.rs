//! Entries: which tickets were taken at the door. A ticket is a seat of a booking. Rules T6 and T9.

use crate::catalogue::Catalogue;
use crate::days::UtcMs;
use crate::error::CatalogueError;
use crate::names::{BookingNumber, SaleNumber};
use crate::rows::{execute, number};

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
