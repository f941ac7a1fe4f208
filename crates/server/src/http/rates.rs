//! How many requests a guest and an address may send.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client::Network;
use crate::ids::GuestId;
use crate::limits::{
    REQUESTS_PER_ADDRESS_BURST, REQUESTS_PER_ADDRESS_PER_S, REQUESTS_PER_GUEST_BURST,
    REQUESTS_PER_GUEST_PER_S,
};
use crate::problem::ApiError;

/// How often a guest and an address may send a request.
#[derive(Debug)]
pub(crate) struct RateLimits {
    guests: DefaultKeyedRateLimiter<GuestId>,
    networks: DefaultKeyedRateLimiter<Network>,
    clock: DefaultClock,
}

impl RateLimits {
    pub(crate) fn new() -> Self {
        let quota = |per_s: u32, burst: u32| {
            let per_s = NonZeroU32::new(per_s).expect("a rate is above nothing");
            Quota::per_second(per_s)
                .allow_burst(NonZeroU32::new(burst).expect("a burst is above nothing"))
        };
        let guests = quota(REQUESTS_PER_GUEST_PER_S, REQUESTS_PER_GUEST_BURST);
        let networks = quota(REQUESTS_PER_ADDRESS_PER_S, REQUESTS_PER_ADDRESS_BURST);
        Self {
            guests: RateLimiter::keyed(guests),
            networks: RateLimiter::keyed(networks),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request, and refuses it if its guest or its address has sent too many.
    pub(super) fn check(&self, guest: Option<GuestId>, network: Network) -> Result<(), ApiError> {
        let now = self.clock.now();
        let too_many = |wait: Duration| ApiError::TooManyRequests {
            retry_after_ms: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
        };
        self.networks.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))?;
        let Some(guest) = guest else { return Ok(()) };
        self.guests.check_key(&guest).map_err(|not| too_many(not.wait_time_from(now)))
    }

    /// Forgets guests and addresses that have sent nothing for a while.
    pub(crate) fn sweep(&self) {
        self.guests.retain_recent();
        self.networks.retain_recent();
    }
}
