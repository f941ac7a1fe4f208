//! Bookings: paid seats. A cancelled booking keeps its row (rule B4).

use borsh::{BorshDeserialize, BorshSerialize};

use crate::moment::Moment;
use crate::names::{PaymentId, Seats, Visitor, Won};

/// Paid seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Booking {
    /// Who paid.
    pub visitor: Visitor,
    /// Which seats.
    pub seats: Seats,
    /// What was paid, fees included.
    pub total: Won,
    /// When it was paid.
    pub paid_at: Moment,
    /// When it was cancelled, if it was.
    pub cancelled_at: Option<Moment>,
    /// The payment that was confirmed; `None` if the visitor paid in one step.
    pub payment: Option<PaymentId>,
}
