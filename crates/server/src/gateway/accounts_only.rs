//! Sales that are for people with an account alone. Rule L16.
//!
//! The terms of sales under way are known. Those of sales that were over before a start only the catalogue knows.

use catalogue::PerformanceId;

use super::Gateway;
use crate::client::Client;
use crate::ids::RaceId;
use crate::problem::ApiError;

impl Gateway {
    /// Refuses a race that asks for an account to whoever has none, also when its sale is over.
    ///
    /// # Errors
    ///
    /// [`ApiError::LoginNeeded`], and those of the catalogue for a sale of which only the catalogue knows it.
    pub(super) async fn check_account(&self, race: RaceId, client: Client) -> Result<(), ApiError> {
        let is_open = client.account.is_some() || self.guests_may_enter(race).await?;
        if is_open { Ok(()) } else { Err(ApiError::LoginNeeded) }
    }

    async fn guests_may_enter(&self, race: RaceId) -> Result<bool, ApiError> {
        let context = &*self.context;
        let Some(performance) = context.index.performance_of(race) else { return Ok(true) };
        if context.openings.is_for_accounts(race) {
            return Ok(false);
        }
        let performance = PerformanceId(performance.0);
        if context.openings.of(performance).is_some() {
            return Ok(true);
        }
        if let Some(known) = self.doors.of(race) {
            return Ok(known);
        }
        let opening = context.catalogue.opening(performance);
        let opening = context.asks.ask(opening).await?;
        // The log of a sale that the catalogue has forgotten is about to go.
        let is_open = opening.is_some_and(|opening| opening.guests_may_enter);
        self.doors.keep(race, is_open);
        Ok(is_open)
    }
}
