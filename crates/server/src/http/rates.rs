//! How many requests a guest and an address may send.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client::{Client, Network};
use crate::ids::GuestId;
use crate::limits::{
    HANDOVER_TRIES_ALL_BURST, HANDOVER_TRIES_BURST, HANDOVER_TRY_ALL_EVERY, HANDOVER_TRY_EVERY,
    JOIN_PER_GUEST_EVERY, JOIN_PER_NETWORK_EVERY, JOINS_PER_GUEST_BURST, JOINS_PER_NETWORK_BURST,
    RACE_PER_GUEST_EVERY, RACE_PER_NETWORK_EVERY, RACES_PER_GUEST_BURST, RACES_PER_NETWORK_BURST,
    RACES_PER_NETWORK_PER_DAY, REQUESTS_PER_ADDRESS_PER_S, REQUESTS_PER_GUEST_PER_S,
    ROOM_PER_GUEST_EVERY, ROOM_PER_NETWORK_EVERY, ROOMS_PER_GUEST_BURST, ROOMS_PER_NETWORK_BURST,
};
use crate::problem::ApiError;

/// A guest or an address that was silent before may send as many requests at once as else in so many seconds.
const BURST_S: NonZeroU32 = NonZeroU32::new(4).expect("four is above nothing");

/// How many requests a second are answered, lasting. Four times as many may come at once.
#[derive(Clone, Copy, Debug)]
pub struct RequestRates {
    /// Those of one guest.
    pub per_guest: NonZeroU32,
    /// Those of one address, or of one network of an IPv6 subscriber.
    pub per_address: NonZeroU32,
}

impl Default for RequestRates {
    fn default() -> Self {
        Self { per_guest: REQUESTS_PER_GUEST_PER_S, per_address: REQUESTS_PER_ADDRESS_PER_S }
    }
}

/// How often a guest and an address may send a request.
#[derive(Debug)]
pub(crate) struct RateLimits {
    guests: DefaultKeyedRateLimiter<GuestId>,
    networks: DefaultKeyedRateLimiter<Network>,
    races: RaceLimits,
    rooms: Both,
    joins: Both,
    handovers: HandoverLimits,
    clock: DefaultClock,
}

/// How often a guest and a network may do something.
#[derive(Debug)]
struct Both {
    guests: DefaultKeyedRateLimiter<GuestId>,
    networks: DefaultKeyedRateLimiter<Network>,
}

/// How many hand-over codes a network and all networks may try.
#[derive(Debug)]
struct HandoverLimits {
    networks: DefaultKeyedRateLimiter<Network>,
    all: DefaultDirectRateLimiter,
}

/// How many races a guest and a network may begin.
#[derive(Debug)]
struct RaceLimits {
    guests: DefaultKeyedRateLimiter<GuestId>,
    networks: DefaultKeyedRateLimiter<Network>,
    /// A race takes room on disk for weeks.
    days: DefaultKeyedRateLimiter<Network>,
}

impl RaceLimits {
    fn new() -> Self {
        let day = Duration::from_hours(24) / RACES_PER_NETWORK_PER_DAY;
        Self {
            guests: RateLimiter::keyed(one_in_each(RACE_PER_GUEST_EVERY, RACES_PER_GUEST_BURST)),
            networks: RateLimiter::keyed(one_in_each(
                RACE_PER_NETWORK_EVERY,
                RACES_PER_NETWORK_BURST,
            )),
            days: RateLimiter::keyed(one_in_each(day, RACES_PER_NETWORK_PER_DAY)),
        }
    }
}

fn one_in_each(every: Duration, burst: u32) -> Quota {
    let quota = Quota::with_period(every).expect("a period is above nothing");
    quota.allow_burst(NonZeroU32::new(burst).expect("a burst is above nothing"))
}

fn too_many(wait: Duration) -> ApiError {
    let retry_after_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    ApiError::TooManyRequests { retry_after_ms }
}

impl RateLimits {
    pub(crate) fn new(rates: RequestRates) -> Self {
        let quota = |per_s: NonZeroU32| {
            let burst = per_s.saturating_mul(BURST_S);
            Quota::per_second(per_s).allow_burst(burst)
        };
        let (guests, networks) = (quota(rates.per_guest), quota(rates.per_address));
        Self {
            guests: RateLimiter::keyed(guests),
            networks: RateLimiter::keyed(networks),
            races: RaceLimits::new(),
            rooms: Both {
                guests: RateLimiter::keyed(one_in_each(
                    ROOM_PER_GUEST_EVERY,
                    ROOMS_PER_GUEST_BURST,
                )),
                networks: RateLimiter::keyed(one_in_each(
                    ROOM_PER_NETWORK_EVERY,
                    ROOMS_PER_NETWORK_BURST,
                )),
            },
            joins: Both {
                guests: RateLimiter::keyed(one_in_each(
                    JOIN_PER_GUEST_EVERY,
                    JOINS_PER_GUEST_BURST,
                )),
                networks: RateLimiter::keyed(one_in_each(
                    JOIN_PER_NETWORK_EVERY,
                    JOINS_PER_NETWORK_BURST,
                )),
            },
            handovers: HandoverLimits {
                networks: RateLimiter::keyed(one_in_each(HANDOVER_TRY_EVERY, HANDOVER_TRIES_BURST)),
                all: RateLimiter::direct(one_in_each(
                    HANDOVER_TRY_ALL_EVERY,
                    HANDOVER_TRIES_ALL_BURST,
                )),
            },
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request, and refuses it if its guest or its address has sent too many.
    pub(super) fn check(&self, guest: Option<GuestId>, network: Network) -> Result<(), ApiError> {
        let now = self.clock.now();
        self.networks.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))?;
        let Some(guest) = guest else { return Ok(()) };
        self.guests.check_key(&guest).map_err(|not| too_many(not.wait_time_from(now)))
    }

    /// Counts a race that a client begins, and refuses it if its guest or its network has begun too many.
    pub(super) fn check_race(&self, client: Client) -> Result<(), ApiError> {
        let now = self.clock.now();
        let RaceLimits { guests, networks, days } = &self.races;
        let Client { guest, network } = client;
        guests.check_key(&guest).map_err(|not| too_many(not.wait_time_from(now)))?;
        networks.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))?;
        days.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))
    }

    /// Counts a room that a client opens, and refuses it if its guest or its network has opened too many.
    pub(super) fn check_room(&self, client: Client) -> Result<(), ApiError> {
        self.check_both(&self.rooms, client)
    }

    /// Counts that a client joins a room or takes another name, and refuses it if its guest or its network has done
    /// so too often.
    pub(super) fn check_join(&self, client: Client) -> Result<(), ApiError> {
        self.check_both(&self.joins, client)
    }

    /// Counts a try of a hand-over code, and refuses it if its network or all networks have tried too many.
    pub(super) fn check_handover(&self, network: Network) -> Result<(), ApiError> {
        let now = self.clock.now();
        let HandoverLimits { networks, all } = &self.handovers;
        networks.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))?;
        all.check().map_err(|not| too_many(not.wait_time_from(now)))
    }

    fn check_both(&self, both: &Both, Client { guest, network }: Client) -> Result<(), ApiError> {
        let now = self.clock.now();
        both.guests.check_key(&guest).map_err(|not| too_many(not.wait_time_from(now)))?;
        both.networks.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))
    }

    /// Forgets guests and addresses that have sent nothing for a while.
    pub(crate) fn sweep(&self) {
        self.guests.retain_recent();
        self.networks.retain_recent();
        self.races.guests.retain_recent();
        self.races.networks.retain_recent();
        self.races.days.retain_recent();
        for Both { guests, networks } in [&self.rooms, &self.joins] {
            guests.retain_recent();
            networks.retain_recent();
        }
        self.handovers.networks.retain_recent();
    }
}
