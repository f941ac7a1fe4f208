//! What people are told of an opening: how far it is, and which seats are left.

use std::sync::Arc;

use catalogue::{Opening, PerformanceId, SaleNumber};
use protocol::OpeningStage;

use super::board::Seen;
use super::projection::look;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::gateway::Gateway;
use crate::ids::RaceId;
use crate::limits::{OPENING_LOBBY, SEATS_LEFT_FRESH};
use crate::problem::ApiError;
use crate::shows::unix;

/// How far an opening is, and its race if there is one.
pub(crate) fn stage(
    context: &Context,
    opening: &Opening,
    now: UnixTime,
) -> (OpeningStage, Option<RaceId>) {
    let sale = opening.sale.map(|SaleNumber(sale)| RaceId(sale));
    let under_way = context.openings.of(opening.performance);
    let race = under_way.as_ref().map(|sale| sale.race).or(sale);
    // The sale itself may go on: its time stood still while the server was away.
    if opening.ended_at.is_some() || unix(opening.starts_at) <= now {
        return (OpeningStage::Closed, race);
    }
    let seen = under_way.and_then(|sale| sale.seen);
    (seen.map_or_else(|| by_the_clock(opening, now), |seen| by_the_sale(&seen, now)), race)
}

fn by_the_sale(seen: &Seen, now: UnixTime) -> OpeningStage {
    if seen.stage == sale::Stage::Closed || seen.ends_at <= now {
        OpeningStage::Closed
    } else if now < seen.opens_at && seen.stage == sale::Stage::Before {
        OpeningStage::Lobby
    } else if seen.free == 0 {
        OpeningStage::SoldOut
    } else {
        OpeningStage::Open
    }
}

fn by_the_clock(opening: &Opening, now: UnixTime) -> OpeningStage {
    let (opens_at, closes_at) = (unix(opening.opens_at), unix(opening.closes_at));
    if now < opens_at.before(OPENING_LOBBY) {
        OpeningStage::Before
    } else if now < opens_at {
        OpeningStage::Lobby
    } else if now < closes_at {
        OpeningStage::Open
    } else {
        OpeningStage::Closed
    }
}

/// The seats left of a performance whose sale is under way, as they are or were a moment ago; `None` if it is not.
///
/// # Errors
///
/// What keeps the race from being looked at.
pub(crate) async fn seats_left(
    gateway: &Gateway,
    performance: PerformanceId,
) -> Result<Option<Arc<Seen>>, ApiError> {
    let openings = &gateway.context.openings;
    let fresh = |now: UnixTime| {
        let seen = openings.of(performance).and_then(|sale| sale.seen)?;
        (now < seen.at.after(SEATS_LEFT_FRESH)).then_some(seen)
    };
    if let Some(seen) = fresh(gateway.now()) {
        return Ok(Some(seen));
    }
    let Some(sale) = openings.of(performance) else { return Ok(None) };
    let _alone = openings.looking.lock().await;
    if let Some(seen) = fresh(gateway.now()) {
        return Ok(Some(seen));
    }
    see(gateway, performance, sale.race).await.map(Some)
}

/// Looks at a sale and notes how it stands.
pub(super) async fn see(
    gateway: &Gateway,
    performance: PerformanceId,
    race: RaceId,
) -> Result<Arc<Seen>, ApiError> {
    let seen = look(gateway, race).await?;
    let seen = Arc::new(Seen::new(gateway.now(), seen));
    gateway.context.openings.see(performance, Arc::clone(&seen));
    Ok(seen)
}
