//! The projection: tells the catalogue what the journal says of the sales of performances. Rules K51 to K53.

use std::error::Error;
use std::sync::Arc;

use catalogue::{LogSeq, SaleNumber};
use journal::{BoxError, Log, Seq};

use super::board::Told;
use super::outcomes::{Outcomes, read_outcomes, sale_events};
use super::places::Places;
use crate::gateway::Gateway;
use crate::ids::RaceId;
use crate::limits::OUTCOME_BATCHES_AT_ONCE;
use crate::problem::ApiError;
use crate::shard::{Ask, SaleSeen};
use crate::shows::utc_ms;
use crate::workshop::{Asker, Wanted, Work};

/// Why the news of a sale could not be told.
enum Untold {
    /// Something is away; it is tried again a second later.
    Later(ApiError),
    /// The same again would fail again.
    ForGood(BoxError),
}

impl From<ApiError> for Untold {
    fn from(error: ApiError) -> Self {
        if matches!(error, ApiError::RaceDamaged | ApiError::Internal) {
            Self::ForGood(error.code().as_str().into())
        } else {
            Self::Later(error)
        }
    }
}

/// Tells the catalogue all news that there is. Whoever reads bookings afterwards reads what was paid before, except of a sale
/// of which the catalogue refuses what its log tells (rule K61).
///
/// # Errors
///
/// The last news that could not be told for now; it is told the next time.
pub(crate) async fn settle(gateway: &Gateway) -> Result<(), ApiError> {
    let openings = &gateway.context.openings;
    let mut told = openings.telling.lock().await;
    let mut result = Ok(());
    for race in openings.races_with_news() {
        if openings.stuck.waits(race, gateway.now()) {
            continue;
        }
        let Some(news) = openings.take_news(race) else { continue };
        match tell(gateway, &mut told, race).await {
            Ok(()) => {
                news.are_told();
                note_told(gateway, race);
            }
            Err(Untold::Later(error)) => result = Err(error),
            Err(Untold::ForGood(error)) => note_refused(gateway, race, &*error),
        }
    }
    result
}

/// Notes that the catalogue has heard all of a sale.
pub(super) fn note_told(gateway: &Gateway, race: RaceId) {
    if gateway.context.openings.stuck.remove(race) {
        tracing::info!(race.id = %race, "the catalogue takes the bookings of a sale again");
    }
}

fn note_refused(gateway: &Gateway, race: RaceId, error: &(dyn Error + 'static)) {
    if gateway.context.openings.stuck.add(race, gateway.now()) {
        tracing::error!(
            race.id = %race,
            error,
            "the catalogue refuses the bookings of a sale, which people do not see now: run `tingting rebuild`"
        );
    }
}

/// Tells the catalogue what came of one sale since it was last told.
async fn tell(gateway: &Gateway, told: &mut Told, race: RaceId) -> Result<(), Untold> {
    let context = &gateway.context;
    let sale = SaleNumber(race.0);
    let mut after = if let Some(seq) = told.read.get(&race) {
        *seq
    } else {
        let kept = context.asks.ask(context.catalogue.checkpoint(sale)).await?;
        kept.map_or(Seq::NONE, |LogSeq(seq)| Seq(seq))
    };
    loop {
        let (outcomes, last) = read(gateway, race, after, OUTCOME_BATCHES_AT_ONCE).await?;
        for one in &outcomes {
            let places = places(gateway, told, race).await?;
            let (seq, events) = sale_events(one, &places, utc_ms(context.clock.now()));
            let apply = async {
                match context.catalogue.apply(sale, seq, &events).await {
                    Ok(applied) => Ok(Ok(applied)),
                    // The database works; it is the news that it does not take.
                    Err(error) if error.is_refused() => Ok(Err(error)),
                    Err(error) => Err(error),
                }
            };
            let applied = context.asks.ask(apply).await?;
            applied.map_err(|refused| Untold::ForGood(refused.into()))?;
        }
        told.read.insert(race, last);
        if last == after {
            break;
        }
        after = last;
    }
    Ok(())
}

pub(super) async fn read(
    gateway: &Gateway,
    race: RaceId,
    after: Seq,
    most: usize,
) -> Result<(Vec<Outcomes>, Seq), ApiError> {
    let read = gateway.call(move |store| read_outcomes(store, race.sale(), after, most)).await?;
    read.map_err(|error| gateway.context.judge(race, &Arc::new(error)))
}

pub(super) async fn places(
    gateway: &Gateway,
    told: &mut Told,
    race: RaceId,
) -> Result<Arc<Places>, ApiError> {
    if let Some(places) = told.places_of(race) {
        return Ok(places);
    }
    let header = gateway.call(move |store| Log::header_of(store, race.sale())).await?;
    let header = header.map_err(|error| gateway.context.judge(race, &Arc::new(error)))?;
    let make = move |_: &Wanted| Places::of_header(&header).map_err(|_| ApiError::RaceDamaged);
    let places = gateway.context.workshop.run(Work::Setup, Asker::SERVER, make).await?;
    let places = Arc::new(places);
    told.keep_places(race, Arc::clone(&places));
    Ok(places)
}

/// Removes the logs of sales that the catalogue has forgotten.
pub(crate) async fn forget(gateway: &Gateway, sales: &[SaleNumber]) {
    for &SaleNumber(sale) in sales {
        let race = RaceId(sale);
        gateway.context.openings.telling.lock().await.read.remove(&race);
        let openings = &gateway.context.openings;
        openings.drop_news(race);
        let removed = gateway.ask_any(race, None, |reply| Ask::Remove { reply }).await;
        if removed.unwrap_or(false) {
            // Not before: as long as there is a race, it lets in nobody whom its sale did not.
            openings.drop_terms(race);
        } else {
            tracing::debug!(race.id = %race, "the log of a forgotten sale stays for now");
        }
    }
}

/// How a sale stands now.
pub(super) async fn look(gateway: &Gateway, race: RaceId) -> Result<SaleSeen, ApiError> {
    if gateway.context.index.is_damaged(race) {
        return Err(ApiError::RaceDamaged);
    }
    let ask = |reply| Ask::Look(crate::shard::Look::Sale { reply });
    gateway.ask_any(race, None, ask).await
}
