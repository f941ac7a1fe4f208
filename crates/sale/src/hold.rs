//! Holds: seats promised to one visitor until a deadline. A hold is live, confirmed by payment,
//! released, or expired; the last three are final and leave nothing here.
//!
//! Where seats become the visitor's only by paying (rule H10), a hold promises nothing: it is the
//! visitor's choice, and has no end of its own.
//!
//! ```text
//! live ──begin──▶ being paid ──confirm──▶ booked
//!  ▲                   │
//!  └──end, time over───┘ unless the hold's own end has passed
//! ```

use borsh::{BorshDeserialize, BorshSerialize};

use crate::limits::SEATS_PER_HOLD_MAX;
use crate::moment::Moment;
use crate::names::{Discount, PaymentId, Seat, Seats};

/// A payment that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Payment {
    /// Its number.
    pub id: PaymentId,
    /// When it ends by itself.
    pub until: Moment,
    /// Whether the visitor's connection was lost, so that the visit ends with the payment (rule H27).
    pub(crate) is_visitor_lost: bool,
}

/// A live hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Hold {
    /// The seats, in the order they were chosen.
    pub seats: Seats,
    /// When it began.
    pub since: Moment,
    /// When it ends; a seat added later does not move it (rule H2). `None` if nothing is promised.
    pub until: Option<Moment>,
    /// The payment that is under way. Until it ends, the hold does not end either (rule H25).
    pub payment: Option<Payment>,
    /// The discount of each seat, in the order of the seats (rule B8).
    pub(crate) discounts: [Discount; SEATS_PER_HOLD_MAX],
    /// The number of this hold, so that the deadline of an earlier one does not end it.
    pub(crate) serial: u32,
}

impl Hold {
    /// Whether the seats are promised to the visitor: nobody else can take them until the hold
    /// ends, or until the payment ends that is under way. If not, others may choose them too, and whoever
    /// pays first has them.
    pub const fn is_promise(&self) -> bool {
        self.until.is_some() || self.payment.is_some()
    }

    /// The seats in the order they were chosen, each with its discount.
    pub fn priced(&self) -> impl Iterator<Item = (Seat, Discount)> + '_ {
        self.seats.iter().zip(self.discounts)
    }

    /// Notes `discount` for `seat`. Returns whether the seat is in the hold.
    pub(crate) fn price(&mut self, seat: Seat, discount: Discount) -> bool {
        let at = self.seats.iter().position(|other| other == seat);
        at.map(|at| self.discounts[at] = discount).is_some()
    }

    /// Removes `seat` and its discount; the other seats keep theirs.
    pub(crate) fn remove(&mut self, seat: Seat) {
        let at = self.seats.iter().position(|other| other == seat);
        if let Some(at) = at {
            self.seats.remove(seat);
            self.discounts.copy_within(at + 1.., at);
            // Past the end every price is regular, so a seat that is added later has the regular
            // price.
            self.discounts[self.seats.len()] = Discount::NONE;
        }
    }
}
