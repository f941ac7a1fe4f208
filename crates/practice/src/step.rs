//! The steps of a run.

/// A step of a run that takes time. Steps may overlap: a captcha that a style asks for later goes on
/// beside the choice of seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// From the opening to the place in the queue.
    Placed,
    /// In the queue.
    Admitted,
    /// From admission to the captcha passed.
    Captcha,
    /// From the map to the first seat tried, as long as some seat was free.
    FirstSeat,
    /// From the first try to the first seat held, as long as some seat was free: the time that conflicts cost. Further seats are
    /// not counted here, since people click them one by one and rivals ask for all of them at once.
    Held,
    /// From the first seat held to the payment.
    Paid,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 6] =
        [Self::Placed, Self::Admitted, Self::Captcha, Self::FirstSeat, Self::Held, Self::Paid];
}
