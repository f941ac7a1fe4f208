//! A log-in: the guest at the browser becomes the account, or one with it. Rules L1, L2, L3 and L32.

use catalogue::{GuestKey, PersonId};

use super::{Accounts, TakenIn};
use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::GuestId;
use crate::limits::{ACCOUNTS_MAX, GUESTS_PER_ACCOUNT_MAX};
use crate::problem::ApiError;
use crate::providers::Person;
use crate::shows::utc_ms;

impl Accounts {
    /// Takes in a person who comes with the browser of a guest, and returns the account. A guest who has nothing stays apart,
    /// except at a first log-in.
    ///
    /// # Errors
    ///
    /// Those of the catalogue, and [`ApiError::ServerFull`] if there are too many accounts.
    pub(crate) async fn take_in(
        &self,
        context: &Context,
        person: Person,
        guest: GuestId,
        has_something: bool,
        now: UnixTime,
    ) -> Result<TakenIn, ApiError> {
        let _turn = self.turn.lock().await;
        let known = self.account_of(&person);
        if known.is_none() && self.read().accounts.len() >= ACCOUNTS_MAX {
            return Err(ApiError::ServerFull);
        }
        let has_room = |account| {
            let others = self.get(account).map_or(0, |account| account.others.len());
            others < GUESTS_PER_ACCOUNT_MAX
        };
        // A guest of another account is at this browser no more since it was asked.
        let guest = if self.is_spent(guest) { GuestId::random() } else { guest };
        let joins = known.is_none_or(|account| has_something && has_room(account));
        if joins
            && let Some(account) = known
            && would_gain_right(context, guest, account).await?
        {
            return Ok(TakenIn::NotAdministrator);
        }
        let guest = joins.then_some(GuestKey(guest.0));
        let log_in =
            context.catalogue.log_in(&person.login, person.name.as_deref(), guest, utc_ms(now));
        let logged_in = context.asks.ask(log_in).await?;
        let account = logged_in.account.person;
        self.write().put(logged_in.account);
        Ok(TakenIn::As(account))
    }

    fn account_of(&self, person: &Person) -> Option<PersonId> {
        self.read().logins.get(&person.login).copied()
    }
}

/// Whether an account may not make concerts and would if the guest became one of it.
async fn would_gain_right(
    context: &Context,
    guest: GuestId,
    account: PersonId,
) -> Result<bool, ApiError> {
    let catalogue = &context.catalogue;
    let is_administrator = async {
        let Some(person) = catalogue.person(GuestKey(guest.0)).await? else { return Ok(false) };
        Ok(catalogue.is_administrator(person).await?
            && !catalogue.is_administrator(account).await?)
    };
    context.asks.ask(is_administrator).await
}
