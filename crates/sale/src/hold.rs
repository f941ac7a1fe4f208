//! Holds: seats promised to one visitor until a deadline. A hold is live, confirmed by payment,
//! released, or expired; the last three are final and leave nothing here.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::moment::Moment;
use crate::names::Seats;

/// A live hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Hold {
    /// The seats, in the order they were chosen.
    pub seats: Seats,
    /// When it began.
    pub since: Moment,
    /// When it ends; a seat added later does not move it (rule H2).
    pub until: Moment,
    /// Tells this hold from earlier ones of the same visit in the list of deadlines.
    pub(crate) serial: u32,
}
