//! The keeper of payments: finishes or gives back what a crash, or a database that was away, left half done.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use catalogue::{PaymentNumber, PendingPayment, SaleNumber};
use sale::PaymentId;
use tokio::time::{MissedTickBehavior, interval};

use crate::gateway::Gateway;
use crate::ids::RaceId;
use crate::openings;
use crate::problem::ApiError;
use crate::shard::{Ask, Look, PaymentStand};
use crate::shows::utc_ms;

/// The time between two looks. Chosen: whoever waits for points to come back waits for the end of the payment anyway.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// The time between two looks although nobody noted a payment: a database may take a debit after everybody has given up on it.
const LOOK_ANYWAY_EVERY: Duration = Duration::from_mins(1);

/// Keeps the payments for as long as it is polled.
pub(crate) async fn keep(gateway: Arc<Gateway>) {
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut looks_anyway = interval(LOOK_ANYWAY_EVERY);
    looks_anyway.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = gateway.context.payments.wake.notified() => {}
            _ = looks.tick() => {}
            _ = looks_anyway.tick() => gateway.context.payments.note(),
        }
        let may_be_pending = &gateway.context.payments.may_be_pending;
        // Taken first: what is debited from here on is noted again.
        if !may_be_pending.swap(false, Ordering::SeqCst) {
            continue;
        }
        let left = settle(&gateway).await;
        if let Err(error) = &left {
            let code = error.code().as_str();
            tracing::debug!(code, "the keeper of the payments tries again");
        }
        if left.map_or(true, |left| left > 0) {
            may_be_pending.store(true, Ordering::SeqCst);
        }
    }
}

/// Looks at every pending payment, and returns how many still are.
async fn settle(gateway: &Gateway) -> Result<usize, ApiError> {
    let context = &gateway.context;
    openings::settle(gateway).await?;
    let (mut after, mut left) = (None, 0);
    loop {
        let page = context.asks.ask(context.catalogue.pending_payments(after)).await?;
        let Some(last) = page.last() else { return Ok(left) };
        after = Some(*last);
        for PendingPayment { sale: SaleNumber(sale), payment, .. } in page {
            match resolve(gateway, RaceId(sale), PaymentId(payment.0)).await {
                Ok(PaymentStand::UnderWay) => left += 1,
                Ok(PaymentStand::Booked | PaymentStand::Over) => {}
                Err(error) => {
                    // One sale that cannot be read keeps no other waiting.
                    let code = error.code().as_str();
                    tracing::debug!(race.id = %RaceId(sale), code, "a payment stays pending");
                    left += 1;
                }
            }
        }
    }
}

/// Does for a payment what its sale says: has the catalogue told of the booking, or gives it back once it is over.
pub(super) async fn resolve(
    gateway: &Gateway,
    race: RaceId,
    payment: PaymentId,
) -> Result<PaymentStand, ApiError> {
    let context = &gateway.context;
    let stand = stand(gateway, race, payment).await?;
    match stand {
        PaymentStand::UnderWay => {}
        PaymentStand::Booked => {
            context.openings.note_news(race);
            openings::settle(gateway).await?;
        }
        PaymentStand::Over => {
            let (sale, number) = (SaleNumber(race.0), PaymentNumber(payment.0));
            let now = utc_ms(context.clock.now());
            context.asks.ask(context.catalogue.give_back(sale, number, now)).await?;
        }
    }
    Ok(stand)
}

async fn stand(
    gateway: &Gateway,
    race: RaceId,
    payment: PaymentId,
) -> Result<PaymentStand, ApiError> {
    let context = &gateway.context;
    if context.index.is_damaged(race) {
        return Err(ApiError::RaceDamaged);
    }
    if !context.index.has(race) {
        // Gone with its concert, nobody will ever confirm it. As long as the concert is there, its log is somewhere else, as on another
        // server or in a folder that was not put back, and may say that it is booked.
        let sale = SaleNumber(race.0);
        let opening = context.asks.ask(context.catalogue.opening_of(sale)).await?;
        return opening.map_or(Ok(PaymentStand::Over), |_| Err(ApiError::RaceDamaged));
    }
    let ask = |reply| Ask::Look(Look::Payment { payment, reply });
    gateway.ask_any(race, None, ask).await
}
