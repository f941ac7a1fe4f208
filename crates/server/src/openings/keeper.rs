//! The keeper: begins sales when their time comes, looks at those under way, and has the catalogue told what came of them.

use std::sync::Arc;
use std::time::Duration;

use catalogue::{PerformanceId, SaleNumber};
use tokio::time::{MissedTickBehavior, interval};

use super::begin::begin;
use super::board::{Seen, UnderWay};
use super::projection::settle;
use super::told::see;
use crate::clock::UnixTime;
use crate::gateway::Gateway;
use crate::ids::RaceId;
use crate::limits::{
    OPENING_LOBBY, OPENINGS_BEGUN_AT_ONCE, OPENINGS_BEGUN_MAX, OPENINGS_SEEN_AT_ONCE,
    SEATS_LEFT_AGE_MAX,
};
use crate::problem::ApiError;
use crate::shows::utc_ms;
use crate::workshop::Asker;

/// The time between two looks at the clock.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Keeps the openings for as long as it is polled.
pub(crate) async fn keep(gateway: Arc<Gateway>) {
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut is_caught_up = false;
    loop {
        tokio::select! {
            () = gateway.context.openings.wake.notified() => {}
            _ = looks.tick() => {
                if !is_caught_up {
                    is_caught_up = report("the sales under way", catch_up(&gateway).await);
                }
                if is_caught_up {
                    report("openings that are due", begin_due(&gateway).await);
                    report("sales under way", look_at_all(&gateway).await);
                }
            }
        }
        report("bookings", settle(&gateway).await);
    }
}

/// Logs what went wrong, and returns whether all went well. Each is tried again a second later.
fn report(what: &'static str, result: Result<(), ApiError>) -> bool {
    if let Err(error) = &result {
        tracing::debug!(
            what,
            code = error.code().as_str(),
            "the keeper of the openings tries again"
        );
    }
    result.is_ok()
}

/// After a start: learns from the catalogue which sales are under way, and has it told what it missed of each.
async fn catch_up(gateway: &Gateway) -> Result<(), ApiError> {
    let context = &gateway.context;
    let mut after = PerformanceId(i64::MIN);
    loop {
        let page = context.asks.ask(context.catalogue.openings_under_way(after)).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.performance;
        for opening in &page {
            let Some(SaleNumber(sale)) = opening.sale else { continue };
            let race = RaceId(sale);
            if context.index.is_damaged(race) {
                continue;
            }
            if context.index.has(race) {
                context.openings.add(opening.performance, race);
                context.openings.note_news(race);
            } else if let Err(error) = begin(gateway, Asker::SERVER, opening).await {
                // The server ended between the claim of the sale and the beginning of its race. Whoever enters makes it.
                let (code, performance) = (error.code().as_str(), opening.performance.0);
                tracing::warn!(code, performance, "an opening did not begin again");
            }
        }
    }
}

/// Begins the sales whose lobby has opened.
async fn begin_due(gateway: &Gateway) -> Result<(), ApiError> {
    let context = &gateway.context;
    let room = OPENINGS_BEGUN_MAX.saturating_sub(context.openings.count());
    if room == 0 || context.is_journal_full() {
        return Ok(());
    }
    let now = gateway.now();
    let (from, until) = (utc_ms(now), utc_ms(now.after(OPENING_LOBBY)));
    let due = context.asks.ask(context.catalogue.openings_to_begin(from, until)).await?;
    for opening in due.iter().take(room.min(OPENINGS_BEGUN_AT_ONCE)) {
        if let Err(error) = begin(gateway, Asker::SERVER, opening).await {
            let (code, performance) = (error.code().as_str(), opening.performance.0);
            tracing::warn!(code, performance, "an opening did not begin");
        }
    }
    Ok(())
}

/// Looks at the sales that nobody has looked at for long, and at those that may have closed.
async fn look_at_all(gateway: &Gateway) -> Result<(), ApiError> {
    let now = gateway.now();
    let all = gateway.context.openings.all();
    let mut due: Vec<(PerformanceId, UnderWay)> =
        all.into_iter().filter(|(_, sale)| is_due(now, sale.seen.as_deref())).collect();
    due.sort_by_key(|(_, sale)| sale.seen.as_ref().map(|seen| seen.at));
    for (performance, sale) in due.into_iter().take(OPENINGS_SEEN_AT_ONCE) {
        if let Err(error) = look_at(gateway, performance, sale.race).await {
            let code = error.code().as_str();
            tracing::debug!(race.id = %sale.race, code, "a sale could not be looked at");
            if !error.is_passing() {
                // It is damaged or gone: nobody can be told more of it.
                gateway.context.openings.remove(performance);
            }
        }
    }
    Ok(())
}

fn is_due(now: UnixTime, seen: Option<&Seen>) -> bool {
    seen.is_none_or(|seen| {
        let has_opened = seen.at < seen.opens_at && seen.opens_at <= now;
        has_opened || seen.ends_at <= now || seen.at.after(SEATS_LEFT_AGE_MAX) <= now
    })
}

async fn look_at(
    gateway: &Gateway,
    performance: PerformanceId,
    race: RaceId,
) -> Result<(), ApiError> {
    let context = &gateway.context;
    let seen = see(gateway, performance, race).await?;
    let keep = context.catalogue.set_seats_left(performance, utc_ms(seen.at), &seen.left);
    context.asks.ask(keep).await?;
    if seen.stage == sale::Stage::Closed {
        context.openings.note_news(race);
        settle(gateway).await?;
        context.openings.remove(performance);
        context.openings.telling.lock().await.read.remove(&race);
    }
    Ok(())
}
