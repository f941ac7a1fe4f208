//! Begins the races of rooms: the one place where a room meets the shards.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;

use super::keeper::Rooms;
use super::room::Round;
use super::town::Wish;
use crate::choice::course_of_room;
use crate::client::{Client, Network};
use crate::clock::UnixTime;
use crate::gateway::{Gateway, MadeRace};
use crate::ids::{GuestId, RaceId, random_bytes};
use crate::limits::SEED_MAX;
use crate::problem::ApiError;
use crate::workshop::{Wanted, Work};

/// How often a race is tried that the clock starts, and the time between two tries.
const TRIES: usize = 3;
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Makes the races that rooms wish, and tells the rooms what became of them.
pub(crate) async fn serve(
    mut wishes: mpsc::UnboundedReceiver<Wish>,
    gateway: Arc<Gateway>,
    rooms: Arc<Rooms>,
) {
    while let Some(wish) = wishes.recv().await {
        let (gateway, rooms) = (Arc::clone(&gateway), Arc::clone(&rooms));
        // A room has one wish at a time, and rooms are limited.
        tokio::spawn(async move {
            let code = wish.code;
            let begun = try_to_begin(&gateway, &wish).await;
            if let Err(error) = &begun {
                tracing::warn!(code = error.code().as_str(), "the race of a room did not begin");
            }
            // It fails only if the room has ended or the server stops.
            let _gone = rooms.ask(move |town, now| town.settle(now, code, begun)).await;
        });
    }
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
    let seed = u64::from_le_bytes(random_bytes()) & SEED_MAX;
    let (library, settings) = (gateway.library.clone(), wish.settings.clone());
    let guest = wish.guests.first().copied().unwrap_or_else(GuestId::random);
    let client = wish.client.unwrap_or(Client { guest, network: Network::nowhere() });
    let make = move |_: &Wanted| MadeRace::on(course_of_room(&library, &settings)?, id, seed);
    let made = gateway.context.workshop.run(Work::Setup, client.into(), make).await?;
    let view = gateway.create(client, id, id.0, made, seed).await?;
    let after = |ms: f64| UnixTime::from_millis_f64(view.state.started_at_ms + ms);
    Ok(Round {
        race: id,
        starts_at: after(0.0),
        opens_at: after(view.race.opens_at_ms),
        ends_at: after(view.race.ends_at_ms),
        commitment: None,
        is_over: false,
    })
}
