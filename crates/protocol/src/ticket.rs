//! Tickets: the seats of a booking, as they are shown at the door.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::show::ShowBooking;

/// A booking with its tickets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TicketedBooking {
    /// The booking.
    pub booking: ShowBooking,
    /// A ticket for each of its seats, in their order; none if it was cancelled.
    pub tickets: Vec<Ticket>,
}

/// One seat of a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ticket {
    /// Floor, section, row and number: `1-A-2-4`.
    pub place: String,
    /// The name of its grade.
    pub grade: String,
    /// The price of the seat, without fees, in won.
    pub price_won: u64,
    /// What a QR code shows at the door: 40 characters A to Z and 2 to 7. Whoever has it can come in with it.
    pub code: String,
}

/// A ticket as the door sees it. It says nothing of who bought it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DoorTicket {
    /// What it is worth.
    pub state: TicketState,
    /// The title of the concert.
    pub title: String,
    /// The name of the venue.
    pub venue: String,
    /// When the performance begins, in Unix milliseconds.
    pub starts_at_ms: f64,
    /// Floor, section, row and number: `1-A-2-4`.
    pub place: String,
    /// The name of its grade.
    pub grade: String,
    /// When it was taken at the door, in Unix milliseconds; `null` if it was not.
    #[schema(required = true)]
    pub entered_at_ms: Option<f64>,
}

/// What a ticket is worth at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TicketState {
    /// Its bearer may come in.
    Valid,
    /// The booking was cancelled.
    Cancelled,
    /// It is of a sale with simulated visitors, which is practice.
    Practice,
    /// Somebody came in with it.
    Entered,
}
