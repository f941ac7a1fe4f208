//! Lets race time jump ahead.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use practice::Awaited;
use protocol::{Forward, ForwardTo, Problem, RaceView};

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::{InRace, Json as Body};
use crate::ids::RaceId;
use crate::problem::ApiError;
use crate::shard::{Ahead, Jump, MemberAsk};
use crate::workshop::{Wanted, Work};

/// Do not wait
///
/// Race time jumps ahead in a race that nobody else may enter: before the opening, so that it is ten seconds away; in the
/// queue or inside where no seat is free, so that what one waits for is three seconds away. Where no more time than that
/// remains, nothing changes.
#[utoipa::path(post, path = "/api/races/{id}/forward", tag = "races", request_body = Forward,
    params(("id" = String, Path, description = "A race of this guest")),
    responses((status = 200, body = RaceView), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn forward_race(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
    Body(Forward { to }): Body<Forward>,
) -> Result<Json<RaceView>, ApiError> {
    let to = match to {
        ForwardTo::Opening => Jump::Opening,
        ForwardTo::Turn => look_ahead(&app, client, race, Awaited::Turn).await?,
        ForwardTo::Returns => look_ahead(&app, client, race, Awaited::Returns).await?,
    };
    app.gateway.ask(client, race, |reply| MemberAsk::Forward { to, reply }).await.map(Json)
}

/// Finds the moment at which what a guest waits for happens, in a copy of the race. The workshop takes the copy when its
/// turn has come, so no copy waits.
async fn look_ahead(
    app: &App,
    client: Client,
    race: RaceId,
    awaited: Awaited,
) -> Result<Jump, ApiError> {
    app.gateway.check_entry(race, client).await?;
    let under_way = app.searches.begin(race)?;
    app.rates.check_search(client)?;
    let gateway = Arc::clone(&app.gateway);
    let search = move |wanted: &Wanted| {
        // A job that is given up drops it too.
        let _under_way = under_way;
        let ask = |reply| MemberAsk::Copy { awaited, reply };
        let Ahead { practice, member } = gateway.ask_and_wait(client, race, ask)?;
        let found = practice.find_ahead(member, awaited, || wanted.is_wanted());
        // Without one, nobody is there to hear why.
        Ok(Jump::Before { at: found.map_err(|_| ApiError::Stopping)?, awaited })
    };
    app.gateway.context.workshop.run(Work::Search, client.into(), search).await
}
