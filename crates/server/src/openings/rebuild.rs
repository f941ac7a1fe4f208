//! Rebuilding: makes what the catalogue shows of sales anew from their logs. Rule K53.
//!
//! The logs are the truth, and their notes are enough: no rule of the sale is applied again.

use catalogue::{Catalogue, LogSeq, SaleEvent, SaleNumber};
use journal::{BoxError, Log, Seq, Store};
use practice::Header;

use super::outcomes::{read_outcomes, sale_events};
use super::places::Places;
use super::projection::{note_told, places, read};
use crate::gateway::Gateway;
use crate::ids::RaceId;
use crate::limits::OUTCOME_BATCHES_AT_ONCE;
use crate::problem::ApiError;

/// Makes the projections of all sales of a running server anew, and returns how many. Until the projection of a sale is done,
/// people see the old one.
///
/// # Errors
///
/// What kept the last of those logs from being read or told that could not be. The old projections of these sales stay; all
/// others are made anew.
pub(crate) async fn rebuild_all(gateway: &Gateway) -> Result<u32, ApiError> {
    let (mut count, mut result) = (0, Ok(()));
    for race in gateway.context.index.openings() {
        match rebuild(gateway, race).await {
            Ok(is_anew) => count += u32::from(is_anew),
            Err(error) => result = Err(error),
        }
    }
    result.map(|()| count)
}

/// Makes the projection of a sale anew, unless the catalogue has forgotten it.
async fn rebuild(gateway: &Gateway, race: RaceId) -> Result<bool, ApiError> {
    let (context, sale) = (&gateway.context, SaleNumber(race.0));
    let mut told = context.openings.telling.lock().await;
    let opening = context.asks.ask(context.catalogue.opening_of(sale)).await?;
    let Some(opening) = opening else { return Ok(false) };
    let ended_at = opening.ended_at.unwrap_or(opening.closes_at);
    let places = places(gateway, &mut told, race).await?;
    let (mut batches, mut after) = (Vec::new(), Seq::NONE);
    loop {
        let (outcomes, last) = read(gateway, race, after, OUTCOME_BATCHES_AT_ONCE).await?;
        batches.extend(outcomes.iter().map(|one| sale_events(one, &places, ended_at)));
        if last == after {
            break;
        }
        after = last;
    }
    context.asks.ask(context.catalogue.rebuild(sale, batches)).await?;
    told.read.insert(race, after);
    note_told(gateway, race);
    Ok(true)
}

/// Makes the projections of all sales of a journal anew that no server runs on, and returns how many.
///
/// # Errors
///
/// What keeps a log from being read or the catalogue from being written. Then the old projection of that sale stays, and so do
/// those behind it.
pub async fn rebuild_folder(
    store: &mut (impl Store + Send),
    catalogue: &Catalogue,
) -> Result<u32, BoxError> {
    let mut count = 0;
    for sale in store.sales()? {
        // The header of a damaged sale cannot say whether it is an opening; it has no bookings that could be told.
        let Ok(header) = Log::header_of(store, sale) else { continue };
        let is_opening = Header::decode(&header).is_ok_and(|it| it.about.performance.is_some());
        let opening = catalogue.opening_of(SaleNumber(sale.0)).await?;
        let Some(opening) = opening.filter(|_| is_opening) else { continue };
        let places = Places::of_header(&header)?;
        let (outcomes, _) = read_outcomes(store, sale, Seq::NONE, usize::MAX)?;
        let ended_at = opening.ended_at.unwrap_or(opening.closes_at);
        let told = outcomes.iter().map(|one| sale_events(one, &places, ended_at));
        let told: Vec<(LogSeq, Vec<SaleEvent>)> = told.collect();
        catalogue.rebuild(SaleNumber(sale.0), told).await?;
        count += 1;
    }
    Ok(count)
}
