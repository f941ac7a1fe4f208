//! How fast a network may open connections.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client::Network;
use crate::http::connection_limits::ConnectionLimits;

/// How many connections each network has opened lately.
#[derive(Debug)]
pub(super) struct Pace(DefaultKeyedRateLimiter<Network>);

impl Pace {
    pub(super) fn new(limits: &ConnectionLimits) -> Self {
        let above_nothing = |count| NonZeroU32::new(count).expect("a limit is above nothing");
        let quota = Quota::per_second(above_nothing(limits.new_per_s));
        Self(RateLimiter::keyed(quota.allow_burst(above_nothing(limits.new_burst))))
    }

    /// Counts a connection, and returns whether its network has opened too many.
    pub(super) fn is_too_fast(&self, ip: IpAddr) -> bool {
        self.0.check_key(&Network::of(ip)).is_err()
    }

    /// Forgets the networks that have opened nothing for a while.
    pub(super) fn sweep(&self) {
        self.0.retain_recent();
    }
}
