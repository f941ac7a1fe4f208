//! What would have come of a run if some of its steps had taken another time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use practice::what_if::UsualTimes;
use protocol::{Problem, WhatIfTold};

use super::report::{check_versions, not_replayed, problem, tells_all};
use crate::client::Client;
use crate::gateway::Gateway;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::http::questions::Asked;
use crate::http::reruns::Reruns;
use crate::ids::RaceId;
use crate::problem::ApiError;
use crate::shard::MemberAsk;
use crate::what_if::Rerun;
use crate::workshop::{Wanted, Work};

/// What if
///
/// What would have come of the own run if these steps had taken other times: the race is run again by a script that else
/// keeps the person's own times. Name at least one. Times are rounded to 50 ms; `press_ms` counts from the opening. With
/// `crowds`, it also tells in how many of so many races with other crowds the same would have got a seat. Possible as soon
/// as the report is. Two questions of a guest may be under way. Another one ends the older of them, whose answer is then 409
/// `superseded`; asked again, it is answered.
#[utoipa::path(get, path = "/api/races/{id}/what-if", tag = "races",
    params(("id" = String, Path, description = "A race of this guest"),
        ("press_ms" = Option<f64>, Query, description = "From the opening to the press"),
        ("page_ms" = Option<f64>, Query, description = "From the press to the place"),
        ("captcha_ms" = Option<f64>, Query, description = "From admission until the captcha is passed"),
        ("first_seat_ms" = Option<f64>, Query, description = "From the map to the first click for a seat, while any seat is free"),
        ("held_ms" = Option<f64>, Query, description = "From each conflict to the next click"),
        ("pay_ms" = Option<f64>, Query, description = "From the first held seat to the payment"),
        ("crowds" = Option<u32>, Query, description = "How many races with other crowds the chance is taken from")),
    responses((status = 200, body = WhatIfTold), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 410, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn read_what_if(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let asked = Asked::read(race, client.guest, query.as_deref().unwrap_or_default())?;
    app.gateway.check_entry(race, client).await?;
    check_versions(&app.gateway, race).await?;
    app.gateway.ask(client, race, |reply| MemberAsk::IsOver { reply }).await?;
    let json = match app.what_ifs.get(&asked) {
        Some(json) => Bytes::clone(&json),
        None => make(&app, client, asked).await?,
    };
    Ok(([(CONTENT_TYPE, "application/json")], json))
}

/// Has the workshop make the answer. Whoever asks for the same meanwhile waits for the same job.
async fn make(app: &App, client: Client, asked: Asked) -> Result<Bytes, ApiError> {
    let usual = app.gateway.usual_times(client.guest, asked.race).await;
    let start = || {
        let (gateway, kept) = (Arc::clone(&app.gateway), Arc::clone(&app.what_ifs));
        let reruns = Arc::clone(&app.reruns);
        let superseded = Arc::new(AtomicBool::new(false));
        let noted = Arc::clone(&superseded);
        let answer = move |wanted: &Wanted| {
            let go_on = || wanted.is_wanted() && !superseded.load(Ordering::Relaxed);
            let answered = answer(&gateway, &reruns, &asked, usual, go_on)?;
            // Whoever still waits is told that other questions came since.
            let json = answered.ok_or(ApiError::Superseded)?;
            kept.keep(asked, Arc::new(json.clone()), json.len() + size_of::<Asked>());
            Ok(json)
        };
        let job = app.gateway.context.workshop.submit(Work::Report, client.into(), answer)?;
        app.newest_what_ifs.note(client.guest, &noted);
        Ok(job)
    };
    app.what_ifs_under_way.join(asked, start).await
}

/// Runs the race again on a thread of the workshop; `None` once `go_on` returns false.
fn answer(
    gateway: &Gateway,
    reruns: &Reruns,
    asked: &Asked,
    usual: UsualTimes,
    mut go_on: impl FnMut() -> bool,
) -> Result<Option<Bytes>, ApiError> {
    let (race, guest) = (asked.race, asked.guest);
    let rerun = match reruns.get(&(race, guest)) {
        Some(rerun) if is_current(gateway, race, &rerun)? => rerun,
        Some(_) | None => {
            let log = gateway.read_log_and_wait(race)?;
            let made = Rerun::of(guest.person(), &log, usual, &mut go_on);
            match made.map_err(|error| not_replayed(race, &*error))? {
                Some(made) => reruns.keep((race, guest), made),
                None => return Ok(None),
            }
        }
    };
    let rerun = rerun.lock().unwrap_or_else(PoisonError::into_inner);
    let told = rerun.answer(race, &asked.question(), &gateway.context.clock, go_on);
    let json = |told: &WhatIfTold| serde_json::to_vec(told).expect("an answer becomes JSON");
    Ok(told.as_ref().map(json).map(Bytes::from))
}

/// Whether nothing came into the log since that a run tells.
fn is_current(gateway: &Gateway, race: RaceId, rerun: &Mutex<Rerun>) -> Result<bool, ApiError> {
    let through = rerun.lock().unwrap_or_else(PoisonError::into_inner).through;
    let told = gateway.call_and_wait(move |store| tells_all(store, race, through))?;
    told.map_err(|error| problem(gateway, race, error))
}
