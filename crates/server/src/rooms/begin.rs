//! Begins the races of rooms: the one place where a room meets the shards.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::keeper::Rooms;
use super::room::Round;
use super::town::Town;
use super::wish::Wish;
use crate::choice::course_of_room;
use crate::gateway::{Gateway, MadeRace, Opening, SharedRace};
use crate::ids::RaceId;
use crate::problem::ApiError;
use crate::workshop::{Asker, Wanted, Work};

/// How often a race is tried that the clock starts, and the time between two tries.
const TRIES: usize = 3;
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// The time between two looks at how far the runs of rooms' races are.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Makes the races that rooms wish for, and tells rooms how far their races are.
pub(crate) async fn serve(
    mut wishes: mpsc::UnboundedReceiver<Wish>,
    gateway: Arc<Gateway>,
    rooms: Arc<Rooms>,
) {
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            wish = wishes.recv() => match wish {
                // A room has one wish at a time, and rooms are limited.
                Some(wish) => drop(tokio::spawn(fulfil(Arc::clone(&gateway), Arc::clone(&rooms), wish))),
                None => return,
            },
            _ = looks.tick() => {
                // A race may have to be loaded, and other rooms must not wait for that.
                let thinned = Arc::clone(&gateway);
                drop(tokio::spawn(async move { thinned.look_at_thinned().await }));
                look(&gateway, &rooms).await;
            }
        }
    }
}

async fn fulfil(gateway: Arc<Gateway>, rooms: Arc<Rooms>, wish: Wish) {
    let code = wish.code;
    let begun = try_to_begin(&gateway, &wish).await;
    if let Err(error) = &begun {
        tracing::warn!(code = error.code().as_str(), "the race of a room did not begin");
    }
    loop {
        let begun = begun.clone();
        let settled = rooms.ask(move |town, now| town.settle(now, code, begun)).await;
        // Else the room has heard, or it has ended, or the server stops.
        let Err(ApiError::Overloaded | ApiError::DiskFull) = settled else { return };
        sleep(TRY_AGAIN_AFTER).await;
    }
}

/// Tells each room how far the runs of its race are.
async fn look(gateway: &Gateway, rooms: &Rooms) {
    let context = Arc::clone(&gateway.context);
    let errand = move |town: &mut Town, now| {
        for (code, race) in town.under_way(now) {
            if let Some((runs, is_over)) = context.index.standing(race) {
                town.note_runs(code, &runs, is_over);
            }
        }
        Ok(())
    };
    // A keeper with too much to do is told a second later.
    let _later = rooms.ask(errand).await;
}

async fn try_to_begin(gateway: &Gateway, wish: &Wish) -> Result<Round, ApiError> {
    // A person who pressed the button learns at once what is wrong.
    let tries = if wish.client.is_some() { 1 } else { TRIES };
    let mut begun = begin_race(gateway, wish).await;
    for _ in 1..tries {
        let Err(ApiError::Overloaded | ApiError::ServerFull | ApiError::TooMuchWork) = begun else {
            break;
        };
        sleep(TRY_AGAIN_AFTER).await;
        begun = begin_race(gateway, wish).await;
    }
    begun
}

/// Makes a race for everybody in a room. Nobody knows its seed.
async fn begin_race(gateway: &Gateway, wish: &Wish) -> Result<Round, ApiError> {
    let id = RaceId::random();
    let (library, settings) = (gateway.library.clone(), wish.settings.clone());
    let make = move |_: &Wanted| MadeRace::fair(course_of_room(&library, &settings)?, id);
    let asker = wish.client.map_or(Asker::SERVER, Asker::from);
    let made = gateway.context.workshop.run(Work::Setup, asker, make).await?;
    let opening = Opening {
        host: wish.host,
        network: wish.client.map(|client| client.network),
        // The room lets its people in when it hears of the race: some may have left until then.
        guests: HashSet::new(),
        begins_at: Some(wish.starts_at),
    };
    let SharedRace { started_at, opens_at, ends_at, commitment } =
        gateway.create_shared(id, made, opening).await?;
    let round = Round::new(id, started_at, opens_at, ends_at);
    Ok(Round { commitment: Some(commitment.to_string()), ..round })
}
