//! As which of its guests an account takes part in a race. Rule L14.

use super::Gateway;
use crate::client::Client;
use crate::ids::RaceId;
use crate::shard::{Ask, Look};

impl Gateway {
    /// The client as the one of its guests who is in a race. An account that is in it as none of them comes as its main guest.
    pub(crate) async fn as_member(&self, race: RaceId, client: Client) -> Client {
        let guests = self.context.accounts.guests_of(client);
        let index = &self.context.index;
        if guests.len() < 2 || !index.has(race) {
            return client;
        }
        if index.knows_nobody(race) {
            // After a start only the log knows who is in it. Without an answer the client is asked for by its main guest, and
            // gets the same error.
            let ask = |reply| Ask::Look(Look::Reach { reply });
            let _unknown = self.ask_any(race, Some(client.network), ask).await;
        }
        Client { guest: index.member_among(race, &guests).unwrap_or(client.guest), ..client }
    }
}
