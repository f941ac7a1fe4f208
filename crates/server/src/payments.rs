//! Payments with points: in a sale and in the ledger, of which neither knows the other. Rules M9 to M14.
//!
//! ```text
//!   the sale          BeginPayment ───────────────▶ ConfirmPayment ─▶ booked ─▶ projection: the payment is booked
//!                          │                             ▲
//!   the ledger             └────────▶ debit ─────────────┘
//!
//!   after a crash between any two: the keeper asks the sale, which books it, still waits, or never will: given back
//! ```
//!
//! A debit is given back only when the sale has said, in a log that is on disk, that the payment is over and led to no booking.
//! So a payment is paid once or not at all, wherever the process dies.

mod keeper;
mod pending;

use std::num::NonZeroU64;
use std::sync::Arc;

use catalogue::{Debit, NewPayment, PaymentNumber, PersonId, SaleNumber};
use practice::Act;
use protocol::{Commanded, Outcome};
use sale::{PaymentId, Refusal, Tag};

pub(crate) use self::keeper::keep;
use self::keeper::resolve;
pub(crate) use self::pending::Payments;
use crate::client::Client;
use crate::gateway::Gateway;
use crate::ids::RaceId;
use crate::keys::{PaymentStep, content_of_act, key_of_step};
use crate::problem::ApiError;
use crate::shows::utc_ms;

/// A payment of a person who has logged in, in the sale of a performance. Each step may be done again: a request that is sent
/// again under its key finishes what the first one began.
#[derive(Clone, Debug)]
pub(crate) struct Paying {
    pub(crate) client: Client,
    pub(crate) payer: PersonId,
    pub(crate) race: RaceId,
    /// The key of the request.
    pub(crate) key: NonZeroU64,
    pub(crate) pass: Option<String>,
    pub(crate) expected_won: u64,
}

/// A payment that the sale has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Begun {
    payment: PaymentId,
    total_won: u64,
}

impl Paying {
    /// Pays, and returns the answer of the sale to the confirmation.
    ///
    /// # Errors
    ///
    /// Those of a payment, [`ApiError::PointsShort`], and those of a race and a catalogue that cannot be asked. In each case the
    /// person has the points or the seats, at the latest when the keeper has looked at the payment.
    pub(crate) async fn pay(self, gateway: Arc<Gateway>) -> Result<Commanded, ApiError> {
        let Some(under_way) = gateway.context.leaving.begin(self.client.guest) else {
            return Err(ApiError::NoSuchRace);
        };
        // A task of its own: it goes on when the person who asked goes away.
        let task = tokio::spawn(async move {
            let _under_way = under_way;
            self.run(&gateway).await
        });
        task.await.map_err(|_| ApiError::Internal)?
    }

    async fn run(&self, gateway: &Gateway) -> Result<Commanded, ApiError> {
        let _looked_for = gateway.context.payments.note_at_the_end();
        let begun = self.begin(gateway).await?;
        match self.debit(gateway, begun).await? {
            Debit::Debited => self.confirm(gateway, begun).await,
            Debit::Short { balance_won } => {
                self.end(gateway, begun).await?;
                Err(ApiError::PointsShort { balance_won, total_won: begun.total_won })
            }
            Debit::Returned => Err(Refusal::NoPayment.into()),
        }
    }

    /// Begins the payment in the sale.
    pub(crate) async fn begin(&self, gateway: &Gateway) -> Result<Begun, ApiError> {
        let act = Act::BeginPayment { expected_won: self.expected_won };
        let tag = Tag { key: self.key, content: content_of_act(act) };
        let pass = self.pass.clone();
        let answer = gateway.act(self.client, self.race, act, tag, pass).await?;
        let Outcome::PaymentBegun { payment, total_won, .. } = answer.outcome else {
            return Err(ApiError::Internal);
        };
        Ok(Begun { payment: PaymentId(payment), total_won })
    }

    /// Takes the points.
    pub(crate) async fn debit(&self, gateway: &Gateway, begun: Begun) -> Result<Debit, ApiError> {
        let context = &gateway.context;
        // Noted first: a debit whose answer is lost is looked for too.
        context.payments.note();
        let new = NewPayment {
            sale: SaleNumber(self.race.0),
            payment: PaymentNumber(begun.payment.0),
            person: self.payer,
            total_won: begun.total_won,
        };
        let debit = context.catalogue.debit(new, utc_ms(context.clock.now()));
        context.asks.ask(debit).await
    }

    /// Books what was paid. A payment that is over by now is given back.
    pub(crate) async fn confirm(
        &self,
        gateway: &Gateway,
        begun: Begun,
    ) -> Result<Commanded, ApiError> {
        let confirmed =
            self.step(gateway, PaymentStep::Confirm, Act::ConfirmPayment(begun.payment)).await;
        if let Err(ApiError::Refused(_)) = confirmed {
            let given = resolve(gateway, self.race, begun.payment).await;
            if given.is_err() {
                // The keeper looks again.
                gateway.context.payments.wake.notify_one();
            }
        }
        confirmed
    }

    /// Ends the payment, so that the hold goes on at once.
    async fn end(&self, gateway: &Gateway, begun: Begun) -> Result<(), ApiError> {
        match self.step(gateway, PaymentStep::End, Act::EndPayment(begun.payment)).await {
            Ok(_) | Err(ApiError::Refused(Refusal::NoPayment)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// A step after the first, under a key of its own that follows from the request's.
    async fn step(
        &self,
        gateway: &Gateway,
        step: PaymentStep,
        act: Act,
    ) -> Result<Commanded, ApiError> {
        let tag = Tag { key: key_of_step(self.key, step), content: content_of_act(act) };
        gateway.act(self.client, self.race, act, tag, None).await
    }
}

#[cfg(test)]
mod tests;
