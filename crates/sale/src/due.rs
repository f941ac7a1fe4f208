//! What falls due by itself: deadlines, and the order in which things due at one moment happen.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::moment::Moment;

/// When a pass, a hold or a payment ends. Passes all last equally long, and so do holds and payments: added
/// at the back of a queue of their kind, deadlines are in order. Those of visits, holds and payments that are over stay in
/// the queue until their moment comes or the queue is swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Deadline {
    pub(crate) at: Moment,
    /// The slot of the visitor inside.
    pub(crate) slot: u32,
    /// The number of the visit, the hold or the payment that ends.
    pub(crate) serial: u32,
}

/// Something due. Of tasks due at one moment, the earlier variant comes first (rule S9).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    Open,
    EndPayment,
    EndHold,
    EndPass,
    ReturnCancelled,
    Admit,
    Close,
}
