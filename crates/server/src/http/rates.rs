//! How many requests a guest and an address may send.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client::{Client, Network};
use crate::ids::GuestId;
use crate::limits::{
    HANDOVER_TRIES_ALL_BURST, HANDOVER_TRIES_BURST, HANDOVER_TRY_ALL_EVERY, HANDOVER_TRY_EVERY,
    JOIN_PER_GUEST_EVERY, JOIN_PER_NETWORK_EVERY, JOINS_PER_GUEST_BURST, JOINS_PER_NETWORK_BURST,
    LIKE_PER_GUEST_EVERY, LIKE_PER_NETWORK_EVERY, LIKES_PER_GUEST_BURST, LIKES_PER_NETWORK_BURST,
    LOG_IN_EVERY, LOG_INS_BURST, RACE_PER_GUEST_EVERY, RACE_PER_NETWORK_EVERY,
    RACES_PER_GUEST_BURST, RACES_PER_NETWORK_BURST, RACES_PER_NETWORK_PER_DAY,
    REQUESTS_PER_ADDRESS_PER_S, REQUESTS_PER_GUEST_PER_S, ROOM_CHANGE_PER_GUEST_EVERY,
    ROOM_CHANGE_PER_NETWORK_EVERY, ROOM_CHANGES_PER_GUEST_BURST, ROOM_CHANGES_PER_NETWORK_BURST,
    ROOM_PER_GUEST_EVERY, ROOM_PER_NETWORK_EVERY, ROOMS_PER_GUEST_BURST, ROOMS_PER_NETWORK_BURST,
    SEARCH_PER_GUEST_EVERY, SEARCH_PER_NETWORK_EVERY, SEARCHES_PER_GUEST_BURST,
    SEARCHES_PER_NETWORK_BURST,
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
    requests: Both,
    races: RaceLimits,
    rooms: Both,
    joins: Both,
    changes: Both,
    likes: Both,
    searches: Both,
    handovers: HandoverLimits,
    log_ins: DefaultKeyedRateLimiter<Network>,
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
    both: Both,
    /// A race takes room on disk for weeks.
    days: DefaultKeyedRateLimiter<Network>,
}

impl Both {
    fn new(guest: Quota, network: Quota) -> Self {
        Self { guests: RateLimiter::keyed(guest), networks: RateLimiter::keyed(network) }
    }

    fn check(
        &self,
        now: <DefaultClock as Clock>::Instant,
        Client { guest, network, .. }: Client,
    ) -> Result<(), ApiError> {
        self.guests.check_key(&guest).map_err(|not| too_many(not.wait_time_from(now)))?;
        self.networks.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))
    }

    fn sweep(&self) {
        self.guests.retain_recent();
        self.networks.retain_recent();
    }
}

impl RaceLimits {
    fn new() -> Self {
        let day = Duration::from_hours(24) / RACES_PER_NETWORK_PER_DAY;
        Self {
            both: Both::new(
                one_in_each(RACE_PER_GUEST_EVERY, RACES_PER_GUEST_BURST),
                one_in_each(RACE_PER_NETWORK_EVERY, RACES_PER_NETWORK_BURST),
            ),
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
        Self {
            requests: Both::new(quota(rates.per_guest), quota(rates.per_address)),
            races: RaceLimits::new(),
            rooms: Both::new(
                one_in_each(ROOM_PER_GUEST_EVERY, ROOMS_PER_GUEST_BURST),
                one_in_each(ROOM_PER_NETWORK_EVERY, ROOMS_PER_NETWORK_BURST),
            ),
            joins: Both::new(
                one_in_each(JOIN_PER_GUEST_EVERY, JOINS_PER_GUEST_BURST),
                one_in_each(JOIN_PER_NETWORK_EVERY, JOINS_PER_NETWORK_BURST),
            ),
            changes: Both::new(
                one_in_each(ROOM_CHANGE_PER_GUEST_EVERY, ROOM_CHANGES_PER_GUEST_BURST),
                one_in_each(ROOM_CHANGE_PER_NETWORK_EVERY, ROOM_CHANGES_PER_NETWORK_BURST),
            ),
            likes: Both::new(
                one_in_each(LIKE_PER_GUEST_EVERY, LIKES_PER_GUEST_BURST),
                one_in_each(LIKE_PER_NETWORK_EVERY, LIKES_PER_NETWORK_BURST),
            ),
            searches: Both::new(
                one_in_each(SEARCH_PER_GUEST_EVERY, SEARCHES_PER_GUEST_BURST),
                one_in_each(SEARCH_PER_NETWORK_EVERY, SEARCHES_PER_NETWORK_BURST),
            ),
            handovers: HandoverLimits {
                networks: RateLimiter::keyed(one_in_each(HANDOVER_TRY_EVERY, HANDOVER_TRIES_BURST)),
                all: RateLimiter::direct(one_in_each(
                    HANDOVER_TRY_ALL_EVERY,
                    HANDOVER_TRIES_ALL_BURST,
                )),
            },
            log_ins: RateLimiter::keyed(one_in_each(LOG_IN_EVERY, LOG_INS_BURST)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request, and refuses it if its guest or its address has sent too many.
    pub(super) fn check(&self, guest: Option<GuestId>, network: Network) -> Result<(), ApiError> {
        let now = self.clock.now();
        let Both { guests, networks } = &self.requests;
        networks.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))?;
        let Some(guest) = guest else { return Ok(()) };
        guests.check_key(&guest).map_err(|not| too_many(not.wait_time_from(now)))
    }

    /// Counts a race that a client begins, and refuses it if its guest or its network has begun too many.
    pub(super) fn check_race(&self, client: Client) -> Result<(), ApiError> {
        let now = self.clock.now();
        let RaceLimits { both, days } = &self.races;
        both.check(now, client)?;
        days.check_key(&client.network).map_err(|not| too_many(not.wait_time_from(now)))
    }

    /// Counts a room that a client opens, and refuses it if its guest or its network has opened too many.
    pub(super) fn check_room(&self, client: Client) -> Result<(), ApiError> {
        self.rooms.check(self.clock.now(), client)
    }

    /// Counts that a client joins a room or takes another name, and refuses it if its guest or its network has done
    /// so too often.
    pub(super) fn check_join(&self, client: Client) -> Result<(), ApiError> {
        self.joins.check(self.clock.now(), client)
    }

    /// Counts that a client changes a room in another way, and refuses it if its guest or its network has done so too
    /// often.
    pub(super) fn check_change(&self, client: Client) -> Result<(), ApiError> {
        self.changes.check(self.clock.now(), client)
    }

    /// Counts that a client likes a concert or takes a like back, and refuses it if its guest or its network has done so
    /// too often.
    pub(super) fn check_like(&self, client: Client) -> Result<(), ApiError> {
        self.likes.check(self.clock.now(), client)
    }

    /// Counts a search for the moment to which race time is to jump, and refuses it if its guest or its network has begun
    /// too many.
    pub(super) fn check_search(&self, client: Client) -> Result<(), ApiError> {
        self.searches.check(self.clock.now(), client)
    }

    /// Counts a try of a hand-over code, and refuses it if its network or all networks have tried too many.
    pub(super) fn check_handover(&self, network: Network) -> Result<(), ApiError> {
        let now = self.clock.now();
        let HandoverLimits { networks, all } = &self.handovers;
        networks.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))?;
        all.check().map_err(|not| too_many(not.wait_time_from(now)))
    }

    /// Counts that somebody goes to a provider or comes from there, and refuses it if the network has done so too often.
    pub(super) fn check_log_in(&self, network: Network) -> Result<(), ApiError> {
        let now = self.clock.now();
        self.log_ins.check_key(&network).map_err(|not| too_many(not.wait_time_from(now)))
    }

    /// Forgets guests and addresses that have sent nothing for a while.
    pub(crate) fn sweep(&self) {
        let Self { requests, rooms, joins, changes, likes, searches, .. } = self;
        for both in [requests, &self.races.both, rooms, joins, changes, likes, searches] {
            both.sweep();
        }
        self.races.days.retain_recent();
        self.handovers.networks.retain_recent();
        self.log_ins.retain_recent();
    }
}
