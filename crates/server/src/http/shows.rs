//! The handlers of shows: lists, search, concerts, likes, the calendar, and pictures.

pub(super) mod admin;
pub(super) mod bookings;
pub(super) mod calendar;
pub(super) mod concerts;
pub(super) mod files;
mod ics;
mod ids;
pub(super) mod likes;
pub(super) mod openings;
pub(super) mod pictures;
pub(super) mod points;
mod query;
mod tagged;
pub(super) mod tell;
pub(super) mod tickets;

use catalogue::{CatalogueError, GuestKey, PersonId};

use super::app::App;
use crate::client::Client;

impl App {
    /// The person at the client's browser, if the catalogue knows one.
    pub(super) async fn person(&self, client: Client) -> Result<Option<PersonId>, CatalogueError> {
        if client.account.is_some() {
            return Ok(client.account);
        }
        self.gateway.context.catalogue.person(guest_key(client)).await
    }
}

/// The client's guest, as the catalogue knows guests.
pub(crate) fn guest_key(client: Client) -> GuestKey {
    GuestKey(client.guest.0)
}
