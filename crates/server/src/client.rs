//! Who sends a request: a guest, and the network from which the guest comes.
//!
//! Anybody can be a new guest at any time, and nobody can choose a network so easily. So whatever many guests could use
//! up for others has a share for each network too.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use catalogue::PersonId;

use crate::ids::GuestId;

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Client {
    pub(crate) guest: GuestId,
    pub(crate) network: Network,
    /// The person whose account this is; `None` for whoever has not logged in.
    pub(crate) account: Option<PersonId>,
}

impl Client {
    /// A guest who has not logged in.
    pub(crate) fn without_account(guest: GuestId, network: Network) -> Self {
        Self { guest, network, account: None }
    }
}

/// An IPv4 address, or the first 56 bits of an IPv6 address: the network that a home line commonly has, in which
/// its subscriber can choose any address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Network(IpAddr);

impl Network {
    pub(crate) fn of(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Self(IpAddr::V4(ip)),
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                Self(IpAddr::V6(Ipv6Addr::new(a, b, c, d & 0xff00, 0, 0, 0, 0)))
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
