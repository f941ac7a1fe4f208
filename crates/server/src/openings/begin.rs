//! Begins the sales of performances, and lets people in. Rule K50.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use catalogue::{CancelledSeats, Opening, PerformanceId, SaleNumber};
use crowd::Visits;
use protocol::RaceView;
use scenario::{Course, Recipe, Returning};

use crate::choice;
use crate::client::Client;
use crate::gateway::{self, Gateway, MadeRace};
use crate::ids::RaceId;
use crate::limits::OPENING_LOBBY;
use crate::problem::ApiError;
use crate::shard::MemberAsk;
use crate::shows::unix;
use crate::workshop::{Asker, Wanted, Work};

/// Makes the sale of a performance if there is none, and returns its race. What happened since its opening happens at once.
///
/// # Errors
///
/// Those of the catalogue, of a course that cannot be raced, and of a server that takes no more races.
pub(crate) async fn begin(
    gateway: &Gateway,
    asker: Asker,
    opening: &Opening,
) -> Result<RaceId, ApiError> {
    let context = &gateway.context;
    let _alone = context.openings.beginning.lock().await;
    if context.is_journal_full() {
        return Err(ApiError::ServerFull);
    }
    let id = opening.performance;
    // The catalogue is first: if the server ends here, the race is made under the same number at the next start.
    let sale = SaleNumber(RaceId::random().0);
    let SaleNumber(sale) = context.asks.ask(context.catalogue.begin_opening(id, sale)).await?;
    let race = RaceId(sale);
    context.openings.note_terms(opening, race);
    if !context.index.has(race) {
        make(gateway, asker, opening, race).await?;
    }
    context.openings.add(id, race);
    Ok(race)
}

async fn make(
    gateway: &Gateway,
    asker: Asker,
    opening: &Opening,
    race: RaceId,
) -> Result<(), ApiError> {
    let lobby = lobby(gateway, opening);
    let terms = terms(gateway, opening, Visits::Many).await?;
    let terms = scenario::Opening { lobby_s: lobby.as_secs_f64(), ..terms };
    let library = gateway.library.clone();
    let performance = practice::PerformanceId(opening.performance.0);
    let make = move |_: &Wanted| {
        let recipe = Recipe::of_opening(&library, &terms).and_then(Course::new);
        MadeRace::opening(recipe.map_err(|error| choice::problem(&error))?, race, performance)
    };
    let made = gateway.context.workshop.run(Work::Setup, asker, make).await?;
    let begins_at = unix(opening.opens_at).before(lobby);
    let shared = gateway::Opening {
        host: None,
        network: None,
        guests: HashSet::new(),
        begins_at: Some(begins_at),
    };
    gateway.create_shared(race, made, shared).await?;
    Ok(())
}

/// How long a sale takes people in before it opens. If the server came back meanwhile and the opening is still ahead, only what is
/// left until then: race time stands still during an outage, and with a whole lobby the sale would open later than was announced.
fn lobby(gateway: &Gateway, opening: &Opening) -> Duration {
    let opens_at = unix(opening.opens_at);
    match gateway.context.outages.back_since(opens_at.before(OPENING_LOBBY)) {
        Some(back_at) if back_at < opens_at => Duration::from_nanos(opens_at.since(back_at)),
        _ => OPENING_LOBBY,
    }
}

/// What the sale of a performance is like, by the catalogue.
pub(super) async fn terms(
    gateway: &Gateway,
    opening: &Opening,
    visits: Visits,
) -> Result<scenario::Opening, ApiError> {
    let context = &gateway.context;
    let concert = context.asks.ask(context.catalogue.concert(opening.concert)).await?;
    let concert = concert.ok_or(ApiError::NoSuchPerformance)?;
    let price = |won: u64| u32::try_from(won).unwrap_or(u32::MAX);
    Ok(scenario::Opening {
        title: concert.card.title,
        plan: concert.plan,
        style: opening.style.clone(),
        rivals: opening.rivals,
        prices: concert.grades.into_iter().map(|one| (one.name, price(one.price_won))).collect(),
        lobby_s: OPENING_LOBBY.as_secs_f64(),
        open_s: open_seconds(opening),
        seats_max: u8::try_from(opening.seats_per_person).unwrap_or(u8::MAX),
        cancelled: match opening.cancelled_seats {
            CancelledSeats::AtOnce => Returning::AtOnce,
            CancelledSeats::InBatches => Returning::InBatches,
        },
        visits,
    })
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a year are exact")]
fn open_seconds(opening: &Opening) -> f64 {
    (opening.closes_at.0 - opening.opens_at.0) as f64 / 1_000.0
}

/// Lets a guest into the sale of a performance.
///
/// # Errors
///
/// [`ApiError::NoSuchPerformance`], [`ApiError::OpeningNotYet`], [`ApiError::OpeningClosed`], and those of [`begin`].
pub(crate) async fn enter(
    gateway: &Arc<Gateway>,
    client: Client,
    performance: PerformanceId,
    may_begin: impl FnOnce() -> Result<(), ApiError>,
) -> Result<RaceView, ApiError> {
    let context = &gateway.context;
    let opening = context.asks.ask(context.catalogue.opening(performance)).await?;
    let opening = opening.ok_or(ApiError::NoSuchPerformance)?;
    if !opening.guests_may_enter && client.account.is_none() {
        return Err(ApiError::LoginNeeded);
    }
    let race = if let Some(race) = race_of(gateway, &opening)? {
        race
    } else {
        may_begin()?;
        begin(gateway, client.into(), &opening).await?
    };
    let client = gateway.as_member(race, client).await;
    let view = gateway.ask(client, race, |reply| MemberAsk::Show { reply }).await;
    view.map_err(|error| {
        let is_closed = matches!(error, ApiError::Refused(sale::Refusal::Closed));
        if is_closed { ApiError::OpeningClosed } else { error }
    })
}

/// The race of an opening into which people are let in now; `None` if it is to be made.
fn race_of(gateway: &Gateway, opening: &Opening) -> Result<Option<RaceId>, ApiError> {
    let context = &gateway.context;
    let sale = opening.sale.map(|SaleNumber(sale)| RaceId(sale));
    let race = sale.filter(|race| context.index.has(*race));
    if opening.ended_at.is_some() {
        // Whoever was in it finds the results; to all others it is closed.
        return race.map(Some).ok_or(ApiError::OpeningClosed);
    }
    let (now, opens_at) = (gateway.now(), unix(opening.opens_at));
    if unix(opening.starts_at) <= now {
        return Err(ApiError::OpeningClosed);
    }
    if race.is_some() {
        return Ok(race);
    }
    if now < opens_at.before(OPENING_LOBBY) {
        let from_ms = opens_at.before(OPENING_LOBBY).as_millis_f64();
        return Err(ApiError::OpeningNotYet { from_ms });
    }
    if sale.is_none() && unix(opening.closes_at) <= now {
        return Err(ApiError::OpeningClosed);
    }
    Ok(None)
}
