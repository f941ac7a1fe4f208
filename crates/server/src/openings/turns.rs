//! Turns: a booking is cancelled, or somebody comes in with it, one after the other. Rules M17 and T6.

use tokio::sync::{Mutex, MutexGuard};

use crate::ids::RaceId;
use sale::BookingId;

/// Chosen: bookings that share a turn by chance rarely meet.
const TURNS: usize = 64;

/// One turn for many bookings.
#[derive(Debug)]
pub(crate) struct Turns([Mutex<()>; TURNS]);

impl Default for Turns {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::default()))
    }
}

impl Turns {
    /// Waits for the turn of a booking.
    pub(crate) async fn of(&self, race: RaceId, number: BookingId) -> MutexGuard<'_, ()> {
        let spread = race.0 ^ u64::from(number.0);
        // The rest is less than the number of turns.
        let turn = usize::try_from(spread % TURNS as u64).unwrap_or(0);
        self.0[turn].lock().await
    }
}
