//! Open races: the timetable, and entering a race of it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use protocol::{OpenRace, OpenRaces, Problem, Room, RoomSettings, RoomStage, RoomStart};

use crate::choice::course_of_room;
use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::InRoom;
use crate::http::open_cards::{OpenCard, OpenCards};
use crate::limits::{OPEN_COUNTDOWN_S, OPEN_ENTRY_BEFORE};
use crate::problem::ApiError;
use crate::rooms::{Drawn, OpenRoom, OpenTurn, RoomCode, Slot, Timetable, Town};
use crate::sheet::about;
use crate::workshop::{Asker, Wanted, Work};

/// The open races
///
/// Those that open next and those that are under way. Everybody may enter, from `enter_from_ms` on: five minutes before the opening.
#[utoipa::path(get, path = "/api/open-races", tag = "rooms", responses((status = 200, body = OpenRaces)))]
pub(crate) async fn list_open_races(State(app): State<App>) -> Result<Json<OpenRaces>, ApiError> {
    let now_ms = app.rooms.now().as_millis_f64();
    let Some(timetable) = &app.rooms.timetable else {
        return Ok(Json(OpenRaces { next: Vec::new(), running: Vec::new(), now_ms }));
    };
    let (cards, now) = (cards(&app, timetable).await?, app.rooms.now());
    let slots = timetable.next(now, &app.gateway.context.keys);
    let codes: Vec<RoomCode> = slots.iter().map(|slot| slot.code).collect();
    let ask = move |town: &mut Town, now| {
        Ok((town.open_races(now, &codes), town.running_open_races(now)))
    };
    let (entered, running) = app.rooms.ask(ask).await?;
    let next = slots.iter().filter_map(|slot| {
        let room = entered.iter().find(|room| room.code == slot.code);
        Some(race_of(*slot, cards.get(slot.turn)?.as_ref()?, room))
    });
    let running = running.iter().filter_map(|room| running_of(timetable, &cards, room));
    let (next, running) = (next.collect(), running.collect());
    Ok(Json(OpenRaces { next, running, now_ms }))
}

/// Enter an open race
///
/// The server gives the name. Possible from five minutes before the opening until the sale is over; who comes after the
/// opening joins the queue. Sent again, it changes nothing.
#[utoipa::path(post, path = "/api/open-races/{code}/enter", tag = "rooms",
    params(("code" = String, Path, description = "The code of an open race")),
    responses((status = 200, body = Room), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn enter_open_race(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
) -> Result<Json<Room>, ApiError> {
    app.rates.check_join(client)?;
    let slot = slot(&app, code).await?;
    app.rooms.ask(move |town, now| town.enter(now, code, client, slot)).await.map(Json)
}

/// The race of the timetable with this code that nobody may have entered yet, with all that its room needs.
async fn slot(app: &App, code: RoomCode) -> Result<Option<(Slot, OpenTurn, Drawn)>, ApiError> {
    let Some(timetable) = &app.rooms.timetable else { return Ok(None) };
    let keys = &app.gateway.context.keys;
    let Some(slot) = timetable.enterable(app.rooms.now(), keys, code) else { return Ok(None) };
    let cards = cards(app, timetable).await?;
    let card = cards.get(slot.turn).and_then(Option::as_ref);
    let Some((card, turn)) = card.zip(timetable.turns.get(slot.turn)) else { return Ok(None) };
    Ok(Some((slot, turn.clone(), Drawn { title: card.about.title.clone() })))
}

async fn cards(app: &App, timetable: &Timetable) -> Result<Arc<OpenCards>, ApiError> {
    let make = || {
        let (library, turns) = (app.gateway.library.clone(), timetable.turns.clone());
        let card = move |turn: &OpenTurn| match course_of_room(&library, &settings_of(turn)) {
            Ok(course) => Some(OpenCard { about: about(&course) }),
            Err(error) => {
                let code = error.code().as_str();
                tracing::warn!(turn.scenario, code, "an open race is left out");
                None
            }
        };
        let make = move |_: &Wanted| Ok(Arc::new(turns.iter().map(card).collect::<OpenCards>()));
        app.gateway.context.workshop.run(Work::Pack, Asker::SERVER, make)
    };
    app.open_cards.get_or_try_init(make).await.cloned()
}

fn settings_of(turn: &OpenTurn) -> RoomSettings {
    RoomSettings {
        scenario: Some(turn.scenario.clone()),
        plan: None,
        demand: None,
        style: turn.style.clone(),
        rivals: None,
        start: RoomStart::Button,
        countdown_s: OPEN_COUNTDOWN_S,
    }
}

/// A race of the timetable, with its room if somebody has entered.
fn race_of(slot: Slot, card: &OpenCard, room: Option<&OpenRoom>) -> OpenRace {
    let countdown = std::time::Duration::from_secs(u64::from(OPEN_COUNTDOWN_S));
    let about = card.about.clone();
    OpenRace {
        code: slot.code.to_string(),
        title: about.title,
        starts_at_ms: slot.opens_at.before(countdown).as_millis_f64(),
        opens_at_ms: slot.opens_at.as_millis_f64(),
        enter_from_ms: slot.opens_at.before(OPEN_ENTRY_BEFORE).as_millis_f64(),
        scenario: about.scenario,
        plan: about.plan,
        demand: about.demand,
        style: about.style,
        entered: room.map_or(0, |room| room.entered),
        rivals: about.rivals,
        seats: about.seats,
        stage: room.map_or(RoomStage::Lobby, |room| room.stage),
    }
}

/// An open race that is under way. The timetable may have changed since it began.
fn running_of(timetable: &Timetable, cards: &OpenCards, room: &OpenRoom) -> Option<OpenRace> {
    let is_same = |turn: &OpenTurn| {
        room.scenario.as_ref() == Some(&turn.scenario) && room.style == turn.style
    };
    let turn = timetable.turns.iter().position(is_same)?;
    let slot = Slot { code: room.code, opens_at: room.opens_at, turn };
    let race = race_of(slot, cards.get(turn)?.as_ref()?, Some(room));
    Some(OpenRace { starts_at_ms: room.starts_at.as_millis_f64(), ..race })
}
