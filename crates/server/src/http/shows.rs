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

use catalogue::{CatalogueError, PersonId};

use super::app::App;
use crate::client::Client;
use crate::shows::person_of;

impl App {
    /// The person at the client's browser, if the catalogue knows one.
    pub(super) async fn person(&self, client: Client) -> Result<Option<PersonId>, CatalogueError> {
        person_of(&self.gateway.context.catalogue, client).await
    }
}
