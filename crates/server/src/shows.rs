//! The shows: the server's catalogue of concerts, how it is asked, and the demo that fills an empty one.
//!
//! Races need nothing of it. When its database is slow or away, requests about shows fail and races go on (rule K35).

mod ask;
mod database_url;
mod demo;
mod grant;
mod home;
mod rebuild;
mod stock;

pub(crate) use ask::Asks;
pub use database_url::{DatabaseUrl, DatabaseUrlInvalid};
pub(crate) use demo::keep_demo;
pub(crate) use grant::grant;
pub use home::home;
pub(crate) use home::{NotOpened, open};
pub(crate) use rebuild::{rebuild, rebuild_offline};
pub(crate) use stock::offer;
pub use stock::stock;

use catalogue::{Catalogue, CatalogueError, GuestKey, PersonId, UtcMs};

use crate::client::Client;
use crate::clock::UnixTime;

/// A moment as the catalogue counts it.
pub(crate) fn utc_ms(time: UnixTime) -> UtcMs {
    UtcMs(i64::try_from(time.as_millis()).unwrap_or(i64::MAX))
}

/// A moment of the catalogue as the clock counts it.
pub(crate) fn unix(at: UtcMs) -> UnixTime {
    UnixTime::from_millis(u64::try_from(at.0).unwrap_or(0))
}

/// The client's guest, as the catalogue knows guests.
pub(crate) fn guest_key(client: Client) -> GuestKey {
    GuestKey(client.guest.0)
}

/// The person that a client is, if the catalogue knows one.
pub(crate) async fn person_of(
    catalogue: &Catalogue,
    client: Client,
) -> Result<Option<PersonId>, CatalogueError> {
    match client.account {
        Some(account) => Ok(Some(account)),
        None => catalogue.person(guest_key(client)).await,
    }
}
